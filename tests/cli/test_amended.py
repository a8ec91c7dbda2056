"""The promise: a report about any past day can be made again, byte for byte, after the plan was amended."""

from __future__ import annotations

import pytest

ACT = ("--act", "Nghị quyết 15/2013/NQ-HĐND", "--signed", "2013-07-12", "--yes")
CHANGES = (
    ("guangxi-mou", "--due", "2014"),
    ("ingo-workshop", "--repeal"),
    ("local-ngos", "--target", "5"),
    ("ingo-conference@2013", "--due", "2014-03-31"),
    ("staff-training", "--lead", "SoNgoaiVu"),
)
DAYS = ("2011-06-30", "2012-12-31", "2013-06-30", "2013-07-11")
COMMANDS = (
    *(
        ("status",),
        ("overdue",),
        ("overdue", "--year", "2012"),
        ("upcoming", "--days", "400"),
        ("list",),
        ("agencies",),
    ),
    *(
        ("report", "--agency", "SNgV"),
        ("report", "--kind", "midterm"),
        ("timeline",),
        ("log",),
        ("amendments",),
        ("show", "guangxi-mou"),
    ),
)
FORMS = ("table", "plain", "markdown", "csv", "json")


@pytest.mark.parametrize("day", DAYS)
def test_no_earlier_answer_changes(cbfa, programme, day):
    """Moved, repealed, with another target, another lead: the day before the act knows nothing of it."""

    def answers() -> list[str]:
        forms = [FORMS[(number + DAYS.index(day)) % len(FORMS)] for number in range(len(COMMANDS))]
        return [
            cbfa(*command, "--as-of", day, "--format", form).out for command, form in zip(COMMANDS, forms, strict=True)
        ]

    before = answers()
    codes = [cbfa("amend", *change, *ACT).code for change in CHANGES]

    assert codes == [0] * len(CHANGES)
    assert answers() == before
    assert cbfa("check").code == 0


def test_what_was_known_before_the_act_was_entered_stays(cbfa, programme):
    """With `--known-by`, even a day after the act is answered as it was then."""
    arguments = ("list", "--as-of", "2014-06-30", "--known-by", "2014-06-30", "--format", "json")
    before = cbfa(*arguments).out
    for change in CHANGES:
        cbfa("amend", *change, *ACT)

    assert cbfa(*arguments).out == before
    assert cbfa("list", "--as-of", "2014-06-30", "--format", "json").out != before
