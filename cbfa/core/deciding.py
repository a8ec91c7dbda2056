"""From a request to one change of an act: what is in force before it, and what it makes of that.

`cbfa amend` shows what is drafted here, asks, and writes it. Nothing here writes anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from cbfa.core.agencies import Agency, resolve_agency
from cbfa.core.amendments import Amendment, Change
from cbfa.core.checks.amendments import act_days_fit
from cbfa.core.decimals import parse_number, written
from cbfa.core.history import History
from cbfa.core.occurrences import resolve_milestone, resolve_occurrence
from cbfa.core.periods import Period, parse_period
from cbfa.core.plain import one_or_list, plain, plain_value
from cbfa.core.plan import Occurrence, Plan, id_in
from cbfa.core.resolve import equals
from cbfa.core.roadmap import Milestone
from cbfa.core.schedule import Every, Schedule
from cbfa.core.targets import Target
from cbfa.core.text import nfc, without_marks
from cbfa.core.words import context_of
from cbfa.errors import Invalid, Refused
from cbfa.messages import Message

M = TypeVar("M", bound=BaseModel)

Data = Mapping[str, Any]
"""Plain data, as a file has it."""

_BEFORE = {"change": ("found", "change"), "repeal": ("found", "change", "repeal")}
"""The kinds of change of the same act that count before a kind, however they are ordered in the file."""


class Wish(NamedTuple):
    """A wish to write one change: the word for what it changes, the act, and the new values."""

    key: str
    act: str | None
    signed: Period | None
    effective: Period | None = None
    act_id: str | None = None
    due: str | None = None
    leads: Sequence[str] = ()
    target: str | None = None
    repeal: bool = False
    clause: str | None = None
    why: str | None = None


class Decision(NamedTuple):
    """An act with one more change, which comes last in it.

    `head` has the fields of a new act; None if the act is in the file already. `data` has those of the change. `key` is the milestone or
    the occurrence that it changes.
    """

    act: Amendment
    key: str
    head: Data | None
    data: Data
    history: History
    questions: tuple[Message, ...] = ()


def draft_change(wish: Wish, history: History, today: date) -> Decision:
    """Draft the change that a wish asks for. Raises Invalid for a word that cannot be understood, Refused for what cannot be changed."""
    known = _known_act(wish, history)
    head = _head(wish, history, today) if known is None else None
    languages = history.adopted.programme.languages
    bare = known or _validated(Amendment, {**(head or {}), "changes": [{"repeal": "x"}]}, languages)
    kind = "repeal" if wish.repeal else "change"
    before, plan = _plans_before(history, bare, kind, is_new=known is None)
    key, data = _change(wish, before, plan)
    change = _validated(Change, data, languages)
    act = bare.model_copy(update={"changes": [*(known.changes if known else ()), change]})
    for problem in act_days_fit(history, [act]):
        raise Refused(problem.message, problem.fix)
    others = [one for one in history.amendments if one is not known]
    place = next((number for number, one in enumerate(history.amendments) if one is known), len(others))
    after = History.of(history.adopted, [*others[:place], act, *others[place:]])
    return Decision(act, key, head, data, after, tuple(_questions(known, today, act, change)))


def _questions(known: Amendment | None, today: date, act: Amendment, change: Change) -> Iterator[Message]:
    due = _new_deadline(change)
    if due is not None and due < act.day:
        yield Message(
            "The new deadline, {due}, is before {day}, when the act takes effect. Is it meant?", due=due, day=act.day
        )
    if known is not None and known.known < today:
        yield Message(
            "The act is known since {day}, so answers by what was known then (--known-by) will have this change, too. Add it?",
            day=known.known,
        )


def _new_deadline(change: Change) -> date | None:
    """Return the deadline that a change fixes; None for that of what recurs."""
    if change.now is None:
        return None
    schedule = change.now.schedule
    period = change.now.due or ((schedule.in_ or schedule.deadline) if schedule else None)
    return period.last if period else None


def _known_act(wish: Wish, history: History) -> Amendment | None:
    """Return the act that is meant if the file has it: by its id, else by its words and the day on which it was signed."""
    if wish.act_id is None:
        its = (one for one in history.amendments if wish.act in one.act.texts and one.signed == wish.signed)
    else:
        its = (one for one in history.amendments if one.id == wish.act_id)
    found = next(its, None)
    if found is None:
        return None
    other = (wish.signed and wish.signed != found.signed) or (wish.act and wish.act not in found.act.texts)
    if other or (wish.effective and wish.effective.last != found.day):
        raise Refused(
            Message("the act “{id}” is {act}, signed on {day}", id=found.id, act=found.act, day=found.signed.last),
            Message("leave out --act, --signed and --effective; or use another --id for another act"),
        )
    return found


def _head(wish: Wish, history: History, today: date) -> Data:
    """Return the fields of a new act."""
    if wish.act is None or wish.signed is None:
        raise Invalid(
            Message("a new act needs its words and the day on which it was signed"),
            Message("add --act and --signed; for an act that is in the file its --id is enough"),
        )
    head: dict[str, Any] = {"id": wish.act_id or _new_id(wish.act, history), "act": wish.act}
    head["signed"] = wish.signed.notation
    if wish.effective is not None and wish.effective != wish.signed:
        head["effective"] = wish.effective.notation
    if today > wish.signed.last:
        head["entered"] = today.isoformat()
    return head


def _new_id(act: str, history: History) -> str:
    """Return an id of the letters and digits of an act, which no other act has."""
    plain = "".join(one if one.isascii() and one.isalnum() else " " for one in without_marks(act).lower())
    stem = "-".join(plain.split())[:60].strip("-")
    stem = stem if stem[:1].isalpha() else f"act-{stem}".strip("-")
    taken, number, name = {one.id for one in history.amendments}, 1, stem
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def _plans_before(history: History, act: Amendment, kind: str, *, is_new: bool) -> tuple[Plan, Plan]:
    """Return the plan in force on the act's day before the act, and before one more change of it."""
    if is_new:
        plan = history.until(act.day).plan
        return plan, plan
    earlier = history.amendments[: next(n for n, one in enumerate(history.amendments) if one is act)]
    its = act.model_copy(update={"changes": [one for one in act.changes if one.kind in _BEFORE[kind]]})
    before, after = (History.of(history.adopted, acts).whole.plan for acts in (earlier, (*earlier, its)))
    return before, after


def _change(wish: Wish, before: Plan, plan: Plan) -> tuple[str, Data]:
    """Return the key of what is changed, and the fields of the change.

    `was` of a milestone counts the earlier changes of its act; that of one occurrence is of the plan `before` the act.
    """
    its = _resolve(wish.key, plan)
    if isinstance(its, Occurrence):
        its = next((one for one in before.occurrences if one.key == its.key), its)
    key = its.key if isinstance(its, Occurrence) else its.id
    if key in plan.ended or id_in(key) in plan.ended:
        raise Refused(Message("“{key}” is repealed already", key=key), Message("choose another milestone: cbfa list"))
    more = {"clause": wish.clause, "why": wish.why}
    more = {field: text for field, text in more.items() if text is not None}
    values = wish.due is not None or wish.target is not None or bool(wish.leads)
    if wish.repeal == values:
        raise Invalid(
            Message("nothing to change") if not values else Message("what is repealed has no other change"),
            Message("give --repeal alone, or one or more of --due, --lead, --target"),
        )
    if wish.repeal:
        return key, {"repeal": key, **more}
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    if wish.due is not None:
        field, was_due, now_due = _due(its, wish.due)
        was[field], now[field] = was_due, now_due
    if wish.target is not None:
        was["target"], now["target"] = _target(key, its, wish.target)
    if wish.leads:
        was["lead"] = plain_value(its.leads, "lead")
        leads = list(dict.fromkeys(_agency(plan, word).id for word in wish.leads))
        now["lead"] = one_or_list(leads)
        if isinstance(its, Milestone) and any(one.agency in leads for one in its.support):
            was["support"] = plain_value(its.support, "support")
            now["support"] = plain_value([one for one in its.support if one.agency not in leads], "support")
    if was == now:
        raise Refused(Message("“{key}” is this already on that day", key=key), Message("give another value"))
    return key, {"change": key, "was": was, "now": now, **more}


def _resolve(word: str, plan: Plan) -> Milestone | Occurrence:
    """Return the occurrence of a key with a period or an agency, else the milestone."""
    if "@" in word or "/" in word:
        return resolve_occurrence(plan, word, by_words=False)
    return resolve_milestone(plan, word, by_words=False)[1]


def _agency(plan: Plan, word: str) -> Agency:
    """Return the agency that a word means. Raises Invalid, for one that ended with its successors."""
    try:
        return resolve_agency(plan.agencies, word)
    except Invalid:
        ended = next((one for one in plan.gone.values() if any(equals(word, its) for its in one.spellings)), None)
        if ended is None or not plan.heirs.get(ended.id):
            raise
        raise Invalid(
            Message("{agency} no longer exists", agency=ended.name),
            Message("name its successor: {names}", names=", ".join(plan.heirs[ended.id])),
        ) from None


def _due(its: Milestone | Occurrence, word: str) -> tuple[str, Any, Any]:
    """Return the field that holds the deadline, and its value before and after."""
    if isinstance(its, Occurrence):
        due = its.window.due
        return "due", _notation(due), parse_period(word).notation
    before = plain(its.schedule) if its.schedule else None
    return "schedule", before, _rescheduled(its.id, its.schedule, word)


def _rescheduled(name: str, schedule: Schedule | None, word: str) -> Data:
    """Return a schedule of the same form with another deadline. An act fixes it: it is neither tentative nor derived."""
    if schedule is not None and schedule.every:
        return _given_days(name, schedule, schedule.every, word)
    period = parse_period(word)
    if schedule is None:
        return {"due": period.notation}
    if schedule.in_ and not (period.is_day and not schedule.in_.is_day):
        return {"in": period.notation}
    start = schedule.in_ or schedule.from_
    return {"from": start.notation, "due": period.notation} if start else {"due": period.notation}


def _given_days(name: str, schedule: Schedule, every: Every, word: str) -> Data:
    """Return the schedule of what recurs with other given days."""
    days = [one.strip() for one in word.split(",")]
    if not all((one.isdecimal() and len(one) <= len("31")) or one.count("/") == 1 for one in days):
        raise Refused(
            Message("“{id}” recurs (every: {every}), so it has no one deadline", id=name, every=every.value),
            Message(
                "name one of its occurrences, which cbfa show {id} lists; or give the day in each period, such as --due 31/3",
                id=name,
            ),
        )
    kept = {field: value for field, value in plain(schedule).items() if field not in ("due", "tentative", "derived")}
    return {**kept, "due": one_or_list(days)}


def _target(key: str, its: Milestone | Occurrence, word: str) -> tuple[Data, Data]:
    """Return the target before and after: the same with another figure, without an upper one that it reaches."""
    target: Target | None = its.milestone.target if isinstance(its, Occurrence) else its.target
    if target is None:
        raise Refused(
            Message("“{key}” has no target, so it is not known what the number would count", key=key),
            Message(
                "write {form} into amendments.yaml", form=f"was: {{target: null}}, now: {{target: {{count: {word}}}}}"
            ),
        )
    before = plain(target)
    figure = parse_number(word)
    kept = {field: value for field, value in before.items() if field != "most" or parse_number(value) > figure}
    if target.level is None:
        if figure != figure.to_integral_value() or figure < 1:
            raise Invalid(
                Message("“{text}” is not a count", text=word), Message("a count is a whole number from 1, such as 3")
            )
        return before, {**kept, "count": int(figure)}
    return before, {**kept, target.level.bound.value: written(figure)}


def _notation(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _validated(model: type[M], data: Data, languages: Sequence[str]) -> M:
    """Return the model of plain data. Raises Invalid with the first thing that is wrong."""
    try:
        return model.model_validate(data, context=context_of(languages))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        cause = first.get("ctx", {}).get("error")
        if isinstance(cause, Invalid):
            raise Invalid(cause.message, cause.fix) from error
        field = str(next((one for one in reversed(first["loc"]) if isinstance(one, str)), ""))
        raise Invalid(
            Message("“{value}” is not a valid value of “{field}”", value=nfc(str(first["input"])), field=field),
            Message("begin with a letter, then use letters, digits, “.”, “_” and “-”, without diacritics")
            if field == "id"
            else None,
        ) from error
