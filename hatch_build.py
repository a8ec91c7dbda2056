"""Compiles the message catalogues when cbfa is built or installed, so that no binary stands in the repository."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Turns every `cbfa/locale/*/LC_MESSAGES/*.po` into the `.mo` beside it."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Runs for wheels, source archives and editable installs alike."""
        for po in Path(self.root, "cbfa", "locale").glob("*/LC_MESSAGES/*.po"):
            with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source))
