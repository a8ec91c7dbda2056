"""`cbfa check`, `cbfa schema` and `cbfa init`."""

from __future__ import annotations

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from cbfa import __version__
from tests.cli.running import FILES, SHIPPED, contents, process, today

KINDS = ("roadmap", "agencies", "progress")


def test_check_says_that_all_is_well(cbfa, programme):
    """Files without problems get exit code 0 and a sentence that counts what was looked at."""
    answer = cbfa("check")

    assert answer.code == 0
    assert answer.out.startswith("No problems: 41 milestones, 9 agencies, ")
    assert answer.err == ""


def test_check_ends_with_1_where_status_ends_with_3(cbfa, bridges):
    """For `check` a problem is the answer; for any other command it is bad data."""
    path = bridges / "data" / "roadmap.yaml"
    path.write_text(path.read_text("utf-8").replace("in: 2012", "in: 1812"), "utf-8")
    check, status = cbfa("check"), cbfa("status")

    assert (check.code, status.code) == (1, 3)
    assert check.out == "1 error, 0 warnings\n"
    assert status.out == ""
    assert status.err == check.err + "1 problem in the data\n"


def test_check_in_vietnamese_keeps_the_place(cbfa, bridges):
    """The place and the excerpt are the same in both languages; the sentence is not."""
    path = bridges / "data" / "roadmap.yaml"
    path.write_text(path.read_text("utf-8").replace("in: 2012", "in: 1812"), "utf-8")
    english, vietnamese = cbfa("check").err, cbfa("check", "--lang", "vi").err

    assert vietnamese.startswith("data/roadmap.yaml:30:24: ")
    assert vietnamese.splitlines()[1:3] == english.splitlines()[1:3]
    assert vietnamese.splitlines()[0] != english.splitlines()[0]


def test_a_warning_stops_nothing(cbfa, bridges):
    """A warning is shown by every command, on standard error, and the answer is given all the same."""
    path = bridges / "data" / "progress.yaml"
    path.write_text(path.read_text("utf-8").replace('"SoDay"', '"SoDai"'), "utf-8")
    status = cbfa("status")

    assert cbfa("check").code == 0
    assert status.code == 0
    assert "data/progress.yaml:2:116: warning: unknown agency “SoDai”" in status.err
    assert status.out


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_valid_and_current(cbfa, kind):
    """What `schema` prints is a JSON Schema of 2020-12, and data/schema/ has the same."""
    printed = cbfa("schema", kind).out
    Draft202012Validator.check_schema(json.loads(printed))

    assert json.loads(printed)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert printed == (SHIPPED / "schema" / f"{kind}.schema.json").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_file_fits_its_schema(cbfa, kind):
    """An editor that reads the file as YAML 1.2 finds nothing wrong with it."""
    schema = json.loads(cbfa("schema", kind).out)
    data = yaml.load((SHIPPED / f"{kind}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    errors = list(Draft202012Validator(schema).iter_errors(_plain(data)))

    assert errors == []


def _plain(value):
    """What an editor takes plain scalars for: dates stay text, whole numbers and booleans are what they look like."""
    match value:
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list():
            return [_plain(inner) for inner in value]
        case "true" | "false":
            return value == "true"
    return int(value) if value.isdigit() else value


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_refuses_what_is_wrong(cbfa, kind):
    """An editor marks an unknown key and a missing one."""
    schema = Draft202012Validator(json.loads(cbfa("schema", kind).out))
    wrong = [{"nonsense": 1}] if kind == "progress" else {"nonsense": 1}

    assert not schema.is_valid(wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_is_told_of_the_schema(kind):
    """The first line of each shipped file names its schema, which is there."""
    first = (SHIPPED / f"{kind}.yaml").read_text("utf-8").splitlines()[0]
    name = first.removeprefix("# yaml-language-server: $schema=")

    assert name == f"schema/{kind}.schema.json"
    assert (SHIPPED / name).is_file()


def test_schema_of_an_unknown_file(cbfa):
    """An unknown name is answered with the three that there are."""
    answer = cbfa("schema", "milestones")

    assert answer.code == 2
    assert "unknown file “milestones”" in answer.err
    assert "choose one of: roadmap, agencies, amendments, progress" in answer.err


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_init_makes_a_programme_that_passes_check(cbfa, tmp_path, lang):
    """The new files pass `check`, and every reading command works on them."""
    made = cbfa("init", str(tmp_path / "new"), "--lang", lang)
    data = tmp_path / "new" / "data"
    check = cbfa("check", "--data", str(data))

    assert made.code == 0
    assert made.out.splitlines()[:4] == [str(data / name) for name in (*FILES[:2], "amendments.yaml", FILES[2])]
    assert check.code == 0, check.err
    assert check.err == ""
    assert cbfa("status", "--data", str(data), "--lang", lang).code == 0
    assert str(today().year) in (data / "roadmap.yaml").read_text("utf-8")


def test_init_in_vietnamese_explains_in_vietnamese(cbfa, tmp_path):
    """The comments are in the language asked for."""
    cbfa("init", str(tmp_path / "vi"), "--lang", "vi")
    cbfa("init", str(tmp_path / "en"))
    vi, en = ((tmp_path / lang / "data" / "roadmap.yaml").read_text("utf-8") for lang in ("vi", "en"))

    assert "# What was decided." in en
    assert "# What was decided." not in vi
    assert sum(line.lstrip().startswith("#") for line in vi.splitlines()) >= 8


@pytest.mark.parametrize(
    ("wish", "languages"),
    [
        ((), "[en]"),
        (("--languages", "vi,en"), "[vi, en]"),
        (("--languages", "en, fr"), "[en, fr]"),
        (("--lang", "vi"), "[vi]"),
    ],
)
def test_init_takes_the_languages_of_the_texts(cbfa, tmp_path, wish, languages):
    """The first is the programme's own; left out, it is the language of the screen."""
    cbfa("init", str(tmp_path / "new"), *wish)

    assert f"languages: {languages}" in (tmp_path / "new" / "data" / "roadmap.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("wish", "sentence", "fix"),
    [
        ("vn", "“vn” is not a language", "did you mean vi?"),
        ("English", "“English” is not a language", "did you mean en?"),
        ("vi,xx", "“xx” is not a language", "write a code of ISO 639"),
        ("vi,vi", "a language is listed twice", "keep one of the two"),
    ],
)
def test_init_refuses_what_is_no_language(cbfa, tmp_path, wish, sentence, fix):
    """The fix says what to write, and nothing is written."""
    answer = cbfa("init", str(tmp_path / "new"), "--languages", wish)

    assert answer.code == 2
    assert sentence in answer.err
    assert fix in answer.err
    assert not (tmp_path / "new").exists()


def test_check_strict_ends_with_1_for_a_warning(cbfa, bridges):
    """An uncited clause stops a plan that is checked automatically, and nobody who encodes it day by day."""
    path = bridges / "data" / "roadmap.yaml"
    path.write_text(path.read_text("utf-8").replace("III: {clauses: 3", "III: {clauses: 5"), "utf-8")
    usual, strict = cbfa("check"), cbfa("check", "--strict")

    assert (usual.code, strict.code) == (0, 1)
    assert usual.out == strict.out == "0 errors, 1 warning\n"
    assert "2 clauses are not cited: III.4, III.5" in strict.err
    assert cbfa("status").code == 0


def test_check_strict_is_content_without_problems(cbfa, bridges):
    """Exit code 0 where nothing is wrong."""
    assert cbfa("check", "--strict").code == 0


def test_check_counts_what_lacks_a_translation(cbfa, bridges):
    """A language that the programme names is missing until every title and name has it."""
    path = bridges / "data" / "roadmap.yaml"
    path.write_text(path.read_text("utf-8").replace("id: bridges", "id: bridges\n  languages: [vi, en, fr]"), "utf-8")
    answer = cbfa("check", "--strict")

    assert answer.code == 1
    assert "5 titles have no translation into “fr”" in answer.err
    assert "2 names have no translation into “fr”: SoCau, SoDay" in answer.err


@pytest.mark.parametrize("outline", ["III: {clauses: 3", "III: {clauses: 4"])
def test_check_says_that_a_programme_is_a_draft(cbfa, bridges, outline):
    """A plan without a day of adoption says so, with or without warnings."""
    path = bridges / "data" / "roadmap.yaml"
    text = path.read_text("utf-8").replace("  adopted: 2010-12-09\n", "").replace("III: {clauses: 3", outline)
    path.write_text(text, "utf-8")
    answer = cbfa("check")

    assert answer.code == 0
    assert answer.out.endswith("The programme is a draft: “adopted” is left out.\n")


@pytest.mark.parametrize("name", FILES)
def test_init_replaces_nothing(cbfa, tmp_path, name):
    """Where one of the files is there already nothing is written at all."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / name).write_text("mine\n")
    before = contents(tmp_path)
    answer = cbfa("init", str(tmp_path))

    assert answer.code == 2
    assert f"{tmp_path / 'data' / name} already exists; nothing was written" in answer.err
    assert contents(tmp_path) == before


def test_init_where_a_file_stands_in_the_way(cbfa, tmp_path):
    """A folder that cannot be made ends with exit code 4 and a sentence."""
    (tmp_path / "new").write_text("a file\n")
    answer = cbfa("init", str(tmp_path / "new"))

    assert answer.code == 4
    assert "cannot write" in answer.err
    assert (tmp_path / "new").read_text() == "a file\n"


def test_a_new_programme_can_be_worked_on_at_once(cbfa, tmp_path, monkeypatch):
    """After `init` here, `mark` and `status` work here without naming the folder."""
    monkeypatch.chdir(tmp_path)
    cbfa("init", ".")
    marked = cbfa("mark", "founding-decision", "done", "--yes")

    assert marked.code == 0, marked.err
    assert cbfa.json("list", "--state", "done").keys == ["founding-decision"]


def test_version(tmp_path):
    """`--version` prints the name and the version, and nothing else is read."""
    answer = process("--version", "--lang=en", cwd=tmp_path, CBFA_DATA="nowhere")

    assert answer.code == 0
    assert answer.out == f"cbfa {__version__}\n"
