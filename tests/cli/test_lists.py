"""`cbfa overdue`, `upcoming`, `list` and `show`."""

from __future__ import annotations

import re
import unicodedata

import pytest

from cbfa.core.selection import resolve_state
from cbfa.core.text import without_marks
from cbfa.locale import get_language
from cbfa.views.looks import STATE, known_as, spoken


def test_overdue_lists_the_longest_first(cbfa, programme):
    """Without a year it lists everything that is overdue on the day, the longest first."""
    items = cbfa.json("overdue", "--as-of", "2013-06-30").page["items"]
    dues = [item["due"] for item in items]

    assert items
    assert dues == sorted(dues)
    assert {item["timing"] for item in items} == {"overdue"}
    assert items[0]["key"] == "directive-41-plan"
    assert items[0]["days_overdue"] == 822


def test_overdue_with_a_year_lists_what_fell_due_in_it(cbfa, bridges):
    """With `--year` it lists what fell due in that year and is unfinished on the day asked about."""
    assert cbfa.json("overdue", "--year", "2012", "--as-of", "2014").keys == ["stone-bridge", "inspection@2012"]
    assert cbfa.json("overdue", "--year", "2011", "--as-of", "2014").keys == []
    assert cbfa.json("overdue", "--year", "2012", "--as-of", "2012-12-31").keys == []


def test_done_on_the_due_date_is_not_overdue(cbfa, bridges):
    """What is done on its due date is on time, whenever it is asked about."""
    cbfa("mark", "stone-bridge", "done", "--on", "2012-12-31")

    assert cbfa.json("overdue", "--year", "2012", "--as-of", "2014").keys == ["inspection@2012"]
    assert cbfa.json("list", "--search", "stone", "--as-of", "2014").page["items"][0]["timing"] == "on-time"


def test_overdue_of_an_agency(cbfa, bridges):
    """With `--agency` it lists what that agency leads or supports."""
    assert cbfa.json("overdue", "--agency", "SD", "--as-of", "2013-01-01").keys == ["inspection@2012"]
    assert cbfa.json("overdue", "--agency", "SoCau", "--as-of", "2013-01-01").keys == ["stone-bridge"]


@pytest.mark.parametrize(("day", "code"), [("2013-01-01", 1), ("2012-12-31", 0)])
def test_fail_ends_with_1_if_anything_is_overdue(cbfa, bridges, day, code):
    """`--fail` turns the answer into an exit code, and prints the same page."""
    answer = cbfa("overdue", "--fail", "--as-of", day)

    assert answer.code == code
    assert answer.out == cbfa("overdue", "--as-of", day).out
    assert answer.err == ""


def test_fail_asks_about_the_chosen_year_and_agency(cbfa, bridges):
    """`--fail` looks only at what is listed."""
    assert cbfa("overdue", "--fail", "--as-of", "2013-01-01", "--year", "2011").code == 0
    assert cbfa("overdue", "--fail", "--as-of", "2013-01-01", "--year", "2012", "--agency", "SD").code == 1


def test_an_empty_list_says_so(cbfa, bridges):
    """Where nothing is overdue, a sentence says it."""
    assert "Nothing is overdue." in cbfa("overdue", "--as-of", "2011-06-30").out
    assert "Of what fell due in 2011, nothing is overdue." in cbfa("overdue", "--year", "2011", "--as-of", "2014").out
    assert "Nothing falls due in that time." in cbfa("upcoming", "--as-of", "2014").out
    assert "Nothing matches this selection." in cbfa("list", "--state", "dropped").out


def test_upcoming_counts_the_days_inclusively(cbfa, bridges):
    """`--days` reaches to that day and not one further; what is done does not come up."""
    assert cbfa.json("upcoming", "--as-of", "2012-12-01", "--days", "30").keys == ["stone-bridge", "inspection@2012"]
    assert cbfa.json("upcoming", "--as-of", "2012-12-01", "--days", "29").keys == []
    assert cbfa.json("upcoming", "--as-of", "2012-12-31", "--days", "0").keys == ["stone-bridge", "inspection@2012"]
    assert cbfa.json("upcoming", "--as-of", "2011-12-31", "--days", "0").keys == []


def test_list_has_every_occurrence_in_the_order_of_the_roadmap(cbfa, bridges):
    """Without filters it lists all occurrences."""
    keys = cbfa.json("list", "--as-of", "2012").keys

    assert keys == ["stone-bridge", "rope-bridges", "inspection@2011", "inspection@2012", "inspection@2013"]


def test_list_of_the_shipped_programme_is_whole(cbfa, programme):
    """The shipped programme has 68 occurrences of 41 milestones, each with its own key."""
    keys = cbfa.json("list", "--as-of", "2012").keys

    assert len(keys) == len(set(keys)) == 68
    assert len({key.partition("@")[0] for key in keys}) == 41


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        (["--agency", "SoDay"], ["rope-bridges", "inspection@2011", "inspection@2012", "inspection@2013"]),
        (["--agency", "SoDay", "--role", "lead"], ["inspection@2011", "inspection@2012", "inspection@2013"]),
        (["--agency", "SoDay", "--role", "support"], ["rope-bridges"]),
        (["--agency", "so cau", "--role", "SUPPORT"], []),
        (["--state", "overdue"], ["stone-bridge", "inspection@2012"]),
        (["--state", "done"], ["inspection@2011"]),
        (["--state", "On Time"], ["inspection@2011"]),
        (["--state", "in-progress"], ["rope-bridges"]),
        (["--state", "within deadline"], ["rope-bridges", "inspection@2013"]),
        (
            ["--state", "not-started", "--year", "2013"],
            ["stone-bridge", "inspection@2012", "inspection@2013"],
        ),
        (["--year", "2011"], ["rope-bridges", "inspection@2011"]),
        (["--class", "overdue"], ["stone-bridge", "inspection@2012"]),
        (["--class", "within-deadline"], ["rope-bridges", "inspection@2013"]),
        (["--class", "done on time"], ["inspection@2011"]),
        (["--class", "unfinished, overdue"], ["stone-bridge", "inspection@2012"]),
        (["--class", "no-deadline"], []),
        (["--silent", "366"], ["stone-bridge", "rope-bridges", "inspection@2012"]),
        (["--silent", "580"], ["rope-bridges"]),
        (["--silent", "581"], []),
        (["--year", "2012"], ["stone-bridge", "rope-bridges", "inspection@2012"]),
        (
            ["--search", "cầu"],
            ["stone-bridge", "rope-bridges", "inspection@2011", "inspection@2012", "inspection@2013"],
        ),
        (["--search", "CAU DA"], ["stone-bridge"]),
        (["--search", "bridge rope"], ["rope-bridges"]),
        (["--search", "dự kiến"], ["stone-bridge"]),
        (["--search", "du kien"], ["stone-bridge"]),
        (["--search", "III.2"], ["rope-bridges"]),
        (["--search", "aqueduct"], []),
        (["--workstream", "building", "--state", "done"], ["inspection@2011"]),
    ],
)
def test_filters_of_list(cbfa, bridges, filters, keys):
    """Each filter keeps what it names, and together they keep what all of them name."""
    assert cbfa.json("list", "--as-of", "2013-01-01", *filters).keys == keys


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--agency", "SoCau", "--agency", "SD"],
        ["overdue", "--agency", "SoCau", "--agency", "SD", "--as-of", "2014"],
        ["upcoming", "--agency", "SoCau", "--agency", "SD", "--days", "400", "--as-of", "2012-06-01"],
        ["timeline", "--agency", "SoCau", "--agency", "SD"],
        ["timeline", "--state", "done", "--state", "in-progress", "--as-of", "2013-01-01"],
        ["list", "--state", "done", "--state", "overdue", "--as-of", "2013-01-01"],
        ["list", "--agency", "SoCau", "--agency", "SD", "--role", "lead"],
        ["log", "--agency", "SD", "--agency", "SoCau"],
        ["report", "--agency", "SD", "--agency", "SoCau"],
    ],
    ids=" ".join,
)
def test_a_repeated_filter_keeps_what_any_of_its_values_keeps(cbfa, bridges, arguments):
    """Two agencies, states or workstreams give the union of what each gives alone, and not those of the last alone."""
    command, option, first, _, second, *more = arguments
    both = cbfa.json(*arguments).keys
    one, other = (set(cbfa.json(command, option, value, *more).keys) for value in (first, second))

    assert set(both) == one | other
    assert set(both) > other


def test_a_list_names_all_values_of_a_filter(cbfa, programme):
    """Each value is named once, as the programme has it."""
    options = ["--agency", "SNV", "--agency", "stc", "--agency", "SNV", "--state", "overdue", "--state", "done"]
    workstreams = ["--workstream", "3", "--workstream", "4"]

    assert (
        "\nIII.3 Aid from international NGOs or III.4 Network and staff · led or supported by Department of Home Affairs "
        "or Department of Finance · overdue or done\n"
    ) in cbfa("list", *options, *workstreams).out
    assert "Sở Nội vụ hoặc Sở Tài chính" in cbfa("list", *options, "--lang", "vi").out


def test_a_report_on_two_agencies_has_each_once(cbfa, bridges):
    """They come in the order of the file, however often they are named."""
    page = cbfa.json("report", "--agency", "SD", "--agency", "SoCau", "--agency", "so day").page

    assert [agency["id"] for agency in page["agencies"]] == ["SoCau", "SoDay"]


@pytest.mark.parametrize(
    "arguments",
    [
        *(["list", option, "x", option, "y"] for option in ("--year", "--search", "--role", "--as-of", "--known-by")),
        *(
            ["mark", "stone-bridge", "done", option, "x", option, "y"]
            for option in ("--note", "--count", "--on", "--by")
        ),
        *(["upcoming", "--days", "1", "--days", "2"], ["log", "--since", "x", "--since", "y"]),
    ],
    ids=" ".join,
)
def test_an_option_with_one_value_is_not_given_twice(cbfa, bridges, arguments):
    """No value is dropped in silence; only of language, folder and format the last one counts."""
    answer = cbfa(*arguments)

    assert answer.code == 2
    assert f"error: {arguments[-2]} is given more than once\n" in answer.err
    assert cbfa("list", "--data", "x", "--data", "data", "--format", "csv", "--format", "json").keys


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_state_can_be_asked_for_as_the_screen_says_it(cbfa, bridges, language):
    """The words for states on the screen and those of `--state` mean the same, with or without diacritics."""
    words = spoken(STATE, get_language(language))
    for state, shown in words.items():
        asked = [
            cbfa.json("list", "--state", word, "--lang", language) for word in (state, shown, without_marks(shown))
        ]

        assert asked[0].out == asked[1].out == asked[2].out
        assert resolve_state(without_marks(shown), known_as(STATE, get_language(language))) == state


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("quá hạn", "overdue"),
        ("in progress", "in-progress"),
        ("đang thực hiện", "in-progress"),
        ("xong", "done"),
        ("chưa có bản ghi", "no-entry"),
        ("no entry", "no-entry"),
        ("due today", "due-today"),
    ],
)
def test_a_state_is_understood_in_either_language(cbfa, bridges, language, word, state):
    """A word of any screen is understood, whatever the language of this one."""
    asked = [cbfa.json("list", "--state", one, "--as-of", "2013", "--lang", language).keys for one in (word, state)]

    assert asked[0] == asked[1]


def test_what_nobody_has_recorded_anything_for_can_be_listed(cbfa, bridges):
    """As many as the first screen counts."""
    total = cbfa.json("status").page["total"]

    assert cbfa.json("list", "--state", "no-entry").keys == ["stone-bridge", "inspection@2012", "inspection@2013"]
    assert total["without_entry"] == 3


def test_what_is_due_today_says_so(cbfa, bridges):
    """On its due date it is due today, the day before it is due soon; it can be listed by both."""
    assert "due today" in cbfa("upcoming", "--as-of", "2012-12-31").out
    assert "đến hạn trong ngày" in cbfa("upcoming", "--as-of", "2012-12-31", "--lang", "vi").out
    assert "due today" not in cbfa("upcoming", "--as-of", "2012-12-30").out
    assert "due soon" in cbfa("upcoming", "--as-of", "2012-12-30").out
    assert cbfa.json("list", "--state", "due-today", "--as-of", "2012-12-31").keys == [
        "stone-bridge",
        "inspection@2012",
    ]
    assert cbfa.json("list", "--state", "due-today", "--as-of", "2013-01-01").keys == []
    assert "Due today" in cbfa("upcoming", "--days", "0", "--as-of", "2012-12-31").out


def test_upcoming_takes_a_last_day(cbfa, bridges):
    """`--until` is inclusive, and a period means its last day; the page names it."""
    asked = ("upcoming", "--as-of", "2012-06-01", "--until")

    assert cbfa.json(*asked, "2012-12-31").keys == ["stone-bridge", "inspection@2012"]
    assert cbfa.json(*asked, "2012-12-30").keys == []
    assert cbfa.json(*asked, "2012").keys == ["stone-bridge", "inspection@2012"]
    assert "Due by 2012-12-31" in cbfa(*asked, "2012-12-31").out


@pytest.mark.parametrize(
    ("arguments", "sentence", "follow"),
    [
        (["log", "--since", "2013", "--as-of", "2012"], "--since 2013-01-01 is after the as-of date, 2012-12-31", 0),
        (["overdue", "--year", "2013", "--as-of", "2012"], "2013 begins after the as-of date, 2012-12-31", None),
        (["upcoming", "--until", "2011", "--as-of", "2012"], "--until 2011-12-31 is before the as-of date", None),
        (["upcoming", "--until", "2012", "--days", "3"], "--days and --until contradict each other", None),
        (["list", "--done-in", "2013", "--as-of", "2012"], "2013 begins after the as-of date, 2012-12-31", None),
    ],
)
def test_a_contradictory_range_is_refused(cbfa, bridges, arguments, sentence, follow):
    """Nothing can match it, and an empty page would look like an answer. A command in the fix works."""
    answer = cbfa(*arguments)
    fix = answer.err.partition("fix: ")[2].strip()

    assert answer.code == 2
    assert sentence in answer.err
    if ": cbfa " in fix:
        assert cbfa(*fix.partition(": cbfa ")[2].split()).code == 0
    if follow is not None:
        assert cbfa("log", "--since", "2013", "--as-of", "2013-01-01").code == follow


def test_a_key_can_be_searched_for(cbfa, bridges):
    """`--search` looks into keys, the year among it."""
    assert cbfa.json("list", "--search", "inspection@2012").keys == ["inspection@2012"]


def test_a_title_names_a_milestone(cbfa, bridges):
    """`show` and `log` take some of its words, `mark` the whole title; for anything less the hint has the key."""
    marked = cbfa("mark", "stone bridge", "xong", "--on", "2012-05-01")
    refused = cbfa("mark", "treo", "progress", "--on", "2012-05-01")

    assert cbfa("show", "treo").out.startswith(cbfa("show", "rope-bridges").out[:20])
    assert cbfa.json("log", "treo").keys == ["rope-bridges"]
    assert (marked.code, cbfa.json("log", "stone-bridge").page["items"][0]["event"]) == (0, "done")
    assert refused.code == 2
    assert "fix: did you mean rope-bridges?" in refused.err


def test_a_year_that_does_not_exist_is_not_shown(cbfa, bridges):
    """`show inspection@2099` would else look like an answer about 2099."""
    assert cbfa("show", "inspection@2099").code == 2
    assert cbfa("show", "inspection@2012").code == 0


def test_a_role_can_be_asked_for_as_the_screen_says_it(cbfa, bridges):
    """`--role "phối hợp"` is `--role support`."""
    asked = [cbfa.json("list", "--agency", "SoDay", "--lang", "vi", "--role", word) for word in ("support", "phối hợp")]

    assert asked[0].keys == asked[1].keys == ["rope-bridges"]


@pytest.mark.parametrize("word", ["ingo-aid", "III.3", "3", "viện trợ", "vien tro", "NGOs"])
def test_a_workstream_by_id_number_or_name(cbfa, programme, word):
    """A workstream can be given by its id, its number, its position or a part of its name."""
    items = cbfa.json("list", "--workstream", word).page["items"]

    assert {item["workstream"] for item in items} == {"ingo-aid"}


@pytest.mark.parametrize("word", ["SoNgoaiVu", "SNgV", "sngv", "sở ngoại vụ", "so ngoai vu", "Foreign Affairs", "DOFA"])
def test_an_agency_by_any_of_its_names(cbfa, programme, word):
    """An agency can be given by id, code or name, in any case, with or without diacritics."""
    assert {item["lead"] for item in cbfa.json("list", "--agency", word, "--role", "lead").page["items"]} == {
        "SoNgoaiVu"
    }


def test_snv_is_home_affairs(cbfa, programme):
    """SNV is Sở Nội vụ, and not Sở Ngoại vụ."""
    items = cbfa.json("list", "--agency", "SNV", "--role", "lead").page["items"]

    assert {item["lead"] for item in items} == {"SoNoiVu"}


def test_an_agency_with_decomposed_diacritics(cbfa, programme):
    """A name typed in decomposed Unicode means the same agency."""
    word = unicodedata.normalize("NFD", "Sở Kế hoạch và Đầu tư")

    assert cbfa.json("list", "--agency", word, "--role", "lead").keys


def test_show_has_everything_about_one_milestone(cbfa, bridges):
    """It shows both titles, clauses, timing words and their reading, assignments with their basis, and entries."""
    out = cbfa("show", "rope-bridges", "--as-of", "2012").out

    for part in (
        "Rope bridges",
        "Cầu treo",
        "III.2",
        "“2011–2013”",
        "one span, 1 January 2011 to 31 December 2013",
        "2–3 bridges in all",
        "Bridge Department",
        "by clause IV.1",
        "Rope Department",
        "by clause IV.2",
        "1 of 2–3 bridges",
        "Cầu treo ở làng Nà Sác.",
    ):
        assert part in out


def test_show_explains_an_inferred_assignment_and_a_tentative_date(cbfa, bridges):
    """What is inferred says why; what is tentative is marked, and the legend says what the mark means."""
    inspection, stone = cbfa("show", "inspection").out, cbfa("show", "stone-bridge").out

    assert "inferred: Ropes wear out fast" in inspection
    assert "* inferred assignment" in inspection
    assert "(tentative)" in stone
    assert "~ tentative date" in stone
    assert "* inferred assignment" not in stone


def test_show_lists_all_occurrences_of_what_recurs(cbfa, bridges):
    """A yearly milestone is shown with each of its years, by id, by a unique beginning, or by the key of one year."""
    for word in ("inspection", "insp", "INSPECTION", "inspection@2012"):
        assert cbfa.json("show", word).keys == ["inspection@2011", "inspection@2012", "inspection@2013"]


def test_show_has_its_entries_in_json(cbfa, bridges):
    """The JSON form holds the entries of the milestone."""
    page = cbfa.json("show", "rope-bridges").page

    assert page["kind"] == "show"
    assert [entry["id"] for entry in page["entries"]] == ["e-1"]


@pytest.mark.parametrize("mark", ["~ tentative date", "† derived date", "* inferred assignment"])
def test_a_legend_explains_each_mark(cbfa, programme, mark):
    """Every mark on a page is explained on it."""
    assert mark in cbfa("list", "--as-of", "2012").out


def test_every_list_says_when_it_was_done(cbfa, bridges):
    """`done_on` and `days_late` are in JSON and CSV; a month is given as a month."""
    cbfa("mark", "stone-bridge", "done", "--on", "10/01/2013")
    cbfa("mark", "rope-bridges", "done", "--count", "1", "--on", "2013-05")
    items = {item["key"]: item for item in cbfa.json("list", "--as-of", "2014").page["items"]}
    heading, *rows = cbfa("list", "--as-of", "2014", "--format", "csv").out.splitlines()
    columns = dict(zip(heading.split(","), next(row for row in rows if "stone-bridge" in row).split(","), strict=True))

    assert (items["stone-bridge"]["done_on"], items["stone-bridge"]["days_late"]) == ("2013-01-10", 10)
    assert (items["rope-bridges"]["done_on"], items["rope-bridges"]["days_late"]) == ("2013-05", None)
    assert (items["inspection@2012"]["done_on"], items["inspection@2012"]["days_late"]) == (None, None)
    assert (columns["done_on"], columns["days_late"]) == ("2013-01-10", "10")


def test_show_says_by_how_many_days_it_was_late(cbfa, bridges):
    """The days are below the day on which it was done."""
    cbfa("mark", "stone-bridge", "done", "--on", "2013-01-10")
    cbfa("mark", "inspection@2012", "done", "--on", "2013-01-01")

    assert "2013-01-10 · 10 days late" in cbfa("show", "stone-bridge").out
    assert "2013-01-01 · 1 day late" in cbfa("show", "inspection").out


def test_done_in_lists_what_was_completed_in_a_period(cbfa, bridges):
    """The earliest comes first, counted targets are among it, and the page names the period."""
    cbfa("mark", "stone-bridge", "done", "--on", "2012-09-30")
    cbfa("mark", "rope-bridges", "done", "--count", "1", "--on", "2012-07")
    out = cbfa("list", "--done-in", "2012-Q3").out

    assert cbfa.json("list", "--done-in", "2012-Q3").keys == ["rope-bridges", "stone-bridge"]
    assert cbfa.json("list", "--done-in", "2012-q3", "--agency", "SoDay").keys == ["rope-bridges"]
    assert cbfa.json("list", "--done-in", "10/2012").keys == []
    assert "completed in 2012-Q3" in out
    assert out.index("2012-07 · 2 of 2–3 bridges") < out.index("2012-09-30")
    assert "hoàn thành trong quý III/2012" in cbfa("list", "--done-in", "quý III/2012", "--lang", "vi").out


def test_what_is_done_is_listed_by_the_day_on_which_it_was_done(cbfa, bridges):
    """So is what was done late or on time."""
    cbfa("mark", "stone-bridge", "done", "--on", "2013-02-01")
    cbfa("mark", "inspection@2012", "done", "--on", "2013-01-15")

    assert cbfa.json("list", "--state", "done").keys == ["inspection@2011", "inspection@2012", "stone-bridge"]
    assert cbfa.json("list", "--state", "late").keys == ["inspection@2012", "stone-bridge"]


def test_a_period_after_the_as_of_date_is_refused(cbfa, bridges):
    """Nothing can have been completed in it; both ways of the fix work."""
    answer = cbfa("list", "--done-in", "2012-Q3", "--as-of", "2012-06")

    assert answer.code == 2
    assert answer.err == (
        "error: 2012-Q3 begins after the as-of date, 2012-06-30\n"
        "  fix: give an earlier period, or a later day with --as-of\n"
    )
    assert cbfa("list", "--done-in", "2012-Q2", "--as-of", "2012-06").code == 0
    assert cbfa("list", "--done-in", "2012-Q3", "--as-of", "2012-07-01").code == 0


@pytest.mark.parametrize(
    ("period", "day"),
    [("2012", "2012-12-31"), ("2012-H1", "2012-06-30"), ("2012-Q3", "2012-09-30"), ("06/2012", "2012-06-30")],
)
def test_a_period_means_its_last_day_where_a_day_is_asked_for(cbfa, bridges, period, day):
    """`--as-of` and `--known-by` take every period."""
    page = cbfa.json("status", "--as-of", period, "--known-by", period).page

    assert (page["as_of"], page["known_by"]) == (day, day)


@pytest.mark.parametrize("day", ["2011-06-30", "2013-06-30", "2015-12-31", "2026-01-01"])
def test_the_classes_of_status_can_be_listed(cbfa, programme, day):
    """`list --class` gives as many occurrences as the first screen counts, and says in each item which class it is."""
    total = cbfa.json("status", "--as-of", day).page["total"]
    for name, count in total["official"].items():
        items = cbfa.json("list", "--class", name, "--as-of", day).page["items"]

        assert len(items) == count
        assert {item["official"] for item in items} <= {name}
    waiting = cbfa.json("list", "--class", "within-deadline", "--state", "upcoming", "--as-of", day).keys
    silent = cbfa.json("list", "--class", "no-deadline", "--silent", "180", "--as-of", day).keys

    assert len(waiting) == total["not_yet_open"]
    assert len(silent) == total["no_deadline_silent_180_days"]


def test_a_class_that_does_not_exist_gets_the_nearest(cbfa, bridges):
    """The fix names the classes, and one of them works."""
    answer = cbfa("list", "--class", "overdu e x")

    assert answer.code == 2
    assert "unknown class “overdu e x”" in answer.err
    assert cbfa("list", "--silent", "-1").code == 2
    assert cbfa("list", "--silent", "180").code == 0


def test_a_year_shows_what_is_owed_from_before(cbfa, programme):
    """What fell due before the year and is overdue is listed, and marked in text, JSON and CSV."""
    items = cbfa.json("list", "--year", "2013", "--as-of", "2013-06-30").page["items"]
    carried = [item["key"] for item in items if item["carried_over"]]
    owed = [
        key for year in ("2011", "2012") for key in cbfa.json("overdue", "--year", year, "--as-of", "2013-06-30").keys
    ]
    out = cbfa("list", "--year", "2013", "--as-of", "2013-06-30").out

    assert "special-recruitment" in carried
    assert sorted(carried) == sorted(owed)
    assert out.count("carried over into 2013") == len(owed)
    assert "planned period includes 2013, or overdue from before" in out
    assert cbfa("list", "--year", "2013", "--format", "csv").out.splitlines()[0].endswith(",carried_over")
    assert {item["carried_over"] for item in cbfa.json("list").page["items"]} == {None}


@pytest.mark.parametrize(
    ("command", "chosen"),
    [
        (["overdue", "--agency", "SC"], "led or supported by Bridge Department"),
        (["overdue", "--agency", "SC", "--role", "lead"], "led by Bridge Department"),
        (["upcoming", "--agency", "SD", "--role", "support"], "supported by Rope Department"),
        (["timeline", "--agency", "SD", "--state", "overdue"], "led or supported by Rope Department · overdue"),
        (["list", "--class", "overdue", "--silent", "30"], "class: unfinished, overdue · no entry for 30 days or more"),
        (["list", "--workstream", "III", "--search", "cầu"], "III Building · “cầu”"),
    ],
)
def test_a_list_says_what_was_chosen(cbfa, bridges, command, chosen):
    """A list can be handed out: its head names the programme, the day and the choice."""
    lines = cbfa(*command, "--as-of", "2013-01-01").out.splitlines()

    assert lines[2] == "Bridges · As of 2013-01-01"
    assert lines[3] == chosen


@pytest.mark.parametrize(
    "command",
    [
        ("overdue",),
        ("upcoming",),
        ("list",),
        ("show", "inspection"),
        ("report",),
        ("agencies",),
        ("timeline",),
        ("log",),
    ],
)
def test_every_page_names_the_programme_and_the_day(cbfa, bridges, command):
    """A page that is printed alone says what it is about."""
    assert "\nBridges · As of 2013-01-01\n" in cbfa(*command, "--as-of", "2013-01-01").out


def test_overdue_and_upcoming_take_a_role(cbfa, bridges):
    """With a role they keep what it names; without one, each row says which role the agency has."""
    late, ahead = (
        ("overdue", "--agency", "SC", "--as-of", "2014"),
        ("upcoming", "--agency", "SD", "--as-of", "2013-12-01"),
    )

    assert cbfa.json(*late, "--role", "lead").keys == ["stone-bridge", "rope-bridges"]
    assert cbfa.json(*late, "--role", "support").keys == []
    assert "Nothing in this selection is overdue." in cbfa(*late, "--role", "support").out
    assert cbfa.json(*ahead, "--role", "support").keys == ["rope-bridges"]
    assert cbfa.json(*ahead, "--role", "lead").keys == ["inspection@2013"]
    rows = cbfa(*ahead).out
    assert re.search(r"rope-bridges +supports +SC", rows)
    assert re.search(r"inspection@2013 +leads +SD", rows)
    assert cbfa("overdue", "--role", "lead").code == 2


def test_what_nobody_estimated_has_no_percentage(cbfa, bridges):
    """JSON says null and CSV leaves the cell empty; a counted target has a percentage from the first day."""
    items = {item["key"]: item for item in cbfa.json("list", "--as-of", "2012").page["items"]}

    assert [items[key]["percent"] for key in ("stone-bridge", "rope-bridges", "inspection@2011")] == [None, 50, 100]


def test_an_item_says_its_day_its_class_and_its_silence(cbfa, bridges):
    """Each item can be read alone."""
    items = {item["key"]: item for item in cbfa.json("list", "--as-of", "2012-12-31").page["items"]}

    assert {item["as_of"] for item in items.values()} == {"2012-12-31"}
    assert {key: item["official"] for key, item in items.items()} == {
        "stone-bridge": "within-deadline",
        "rope-bridges": "within-deadline",
        "inspection@2011": "done-on-time",
        "inspection@2012": "within-deadline",
        "inspection@2013": "within-deadline",
    }
    assert {key: item["silent_days"] for key, item in items.items()} == {
        "stone-bridge": 365,
        "rope-bridges": 579,
        "inspection@2011": None,
        "inspection@2012": 365,
        "inspection@2013": None,
    }
    assert {key for key, item in items.items() if item["inferred"]} == {
        f"inspection@{year}" for year in (2011, 2012, 2013)
    }
    assert items["inspection@2011"]["basis_en"] == ["SoDay: Ropes wear out fast"]
    assert items["inspection@2011"]["basis_vi"] == ["SoDay: Dây mòn nhanh"]
