"""The entry point: `cbfa`, and `python -m cbfa`."""

import gc
import os

# A run is short and makes few reference cycles; searching for them slows `cbfa status` down.
gc.disable()

# Pydantic would search every installed package for plugins, which takes time, and run them; cbfa has no use for any.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"

from cbfa.cli.main import main  # noqa: E402 - imports are what must not be interrupted

if __name__ == "__main__":
    main()
