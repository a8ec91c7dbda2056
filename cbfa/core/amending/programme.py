"""Apply the changes of the programme: its period, title, coordinator."""

from cbfa.core.amending.draft import Draft
from cbfa.core.amendments import Change
from cbfa.core.resolve import shorten
from cbfa.core.roadmap import Programme
from cbfa.core.schedule import Frame, Schedule
from cbfa.messages import Message


def programme(draft: Draft, change: Change) -> None:
    """Change fields of the programme."""
    if change.programme is None:
        return
    was, now = change.programme.was, change.programme.now
    if was.model_fields_set != now.model_fields_set or not now.model_fields_set:
        form = Message("write {form}", form="{programme: {was: {period: …}, now: {period: …}}}")
        draft.trouble(Message("“was” and “now” must name the same fields"), form, "programme")
        return
    for field in was.model_fields_set:
        if getattr(was, field) != getattr(draft.programme, field):
            draft.differs(draft.programme.id, field, getattr(draft.programme, field), "programme")
    update = {field: getattr(now, field) for field in now.model_fields_set}
    if now.coordinator and draft.find_agency(now.coordinator, "programme", "now", "coordinator") is None:
        del update["coordinator"]
    after = draft.programme.model_copy(update=update)
    _check_period(draft, after)
    draft.set_programme(after)


def _check_period(draft: Draft, after: Programme) -> None:
    """Note a period that ends before the act, and milestones that were in the period and no longer are."""
    path = ("programme", "now", "period")
    before, now = draft.programme.frame, after.frame
    if now.last < draft.day:
        draft.trouble(
            Message("the programme would end on {last}, before this act is in force", last=now.last),
            Message("check both dates"),
            *path,
        )
        return
    outside = [
        one.id
        for _, one in draft.milestones.values()
        if one.schedule
        and one.id not in draft.ended
        and _is_within(one.schedule, before)
        and not _is_within(one.schedule, now)
    ]
    if outside:
        draft.trouble(
            Message("of these milestones the dates lie outside the new period: {names}", names=shorten(outside)),
            Message("change their schedules in the same act, or repeal them"),
            *path,
            warning=True,
        )


def _is_within(schedule: Schedule, frame: Frame) -> bool:
    limits = schedule.limits(frame)
    return frame.first <= limits.first and limits.last <= frame.last
