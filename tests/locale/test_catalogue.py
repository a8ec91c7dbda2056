"""The Vietnamese catalogue is whole: every message of the code, with the same fields, and compiled as it is."""

import gettext
import string
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import cbfa
from cbfa.locale import DOMAIN, FOLDER

PACKAGE = Path(cbfa.__file__).parent
PO = PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "cbfa.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "Message": (1,), "Plural": (1, 2)}


def messages_of_the_code():
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


def catalogue():
    with PO.open("rb") as file:
        return read_po(file, locale="vi")


def fields(text):
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_code_has_messages():
    """The extraction finds what it is meant to find, so the tests below cannot pass on nothing."""
    found = messages_of_the_code()

    assert "unknown agency “{word}”" in found
    assert ("{count} entry", "{count} entries") in found


def test_every_message_has_a_translation():
    """A message without a Vietnamese sentence fails the build: run `make messages`, then translate what is new."""
    found = {message.id: message.string for message in catalogue()}
    missing = [message for message in messages_of_the_code() if not all(found.get(message) or [None])]

    assert missing == []


def test_translations_have_the_same_fields():
    """A field that a translation drops would be lost on screen; one that it adds would crash."""
    for message in catalogue():
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)

        assert fields(strings[0]) == fields(ids[-1]), message.id


def test_no_translation_is_left_over():
    """A translation whose message has gone is deleted."""
    code = messages_of_the_code()

    assert {message.id for message in catalogue() if message.id} - code == set()


def test_the_compiled_catalogue_is_current():
    """What an installed cbfa reads is what the .po file says."""
    compiled = BytesIO()
    write_mo(compiled, catalogue())
    compiled.seek(0)
    expected = gettext.GNUTranslations(compiled)
    installed = gettext.translation(DOMAIN, FOLDER, ["vi"])
    for message in messages_of_the_code():
        if isinstance(message, str):
            assert installed.gettext(message) == expected.gettext(message), (
                "run make: the catalogue is compiled when cbfa is installed"
            )


def test_translations_are_not_the_english_sentence():
    """A sentence that was copied instead of translated is found; what has no words is the same in both."""
    same = {message.id for message in catalogue() if message.id and message.id == message.string}

    assert same == {
        *(
            "{reason}",
            "{agency}, {formerly}.",
            "{progress}, {percent}%",
            "+{count}",
            "Markdown",
            "{number} {title}",
            "{place}: {message}",
        ),
        *("{title} ({period})", "{title} · {occurrence}", "{errors}, {warnings}", "{count} ({part})", "{value}"),
        *(
            "- {item};",
            "- {item}.",
            "{item};",
            "{item}.",
            "{number}. {part}",
            "{appendix}: {title}",
            "{text}; {more}",
            "[{part}: {hint}]",
            "{figure}",
            "{figure} {unit}",
            "{baseline} → {figure}",
            "{before} → {after}",
            "{value} ({target})",
            "{others}",
            "{period}",
            "{due}",
            "{month}",
            "{title} · {agency}",
            "{day}",
            "{day}: {value}",
            "{words}: {quotes}",
            "{name}: {count}",
            "{first} – {last}",
            "Q{number}",
            "{count} {things}",
            "{title}: {members}",
            "{heading} ({language})",
            "{kind}: {name}",
            "{heading}: {value}",
            "{words}: {count}",
            "{title}: {was} → {now}",
            " ({words})",
        ),
    }
