"""Apply an act's changes backwards: `revoke`."""

from typing import TypeVar

from pydantic import BaseModel

from cbfa.core.amending.draft import DELETE, Draft, Effect
from cbfa.core.amendments import Change
from cbfa.core.plan import id_in
from cbfa.core.resolve import suggest
from cbfa.messages import Message

M = TypeVar("M", bound=BaseModel)


def revoke(draft: Draft, change: Change) -> None:
    """Apply an act's changes backwards, where nothing has changed them since."""
    name, earlier = change.revoke or "", draft.earlier
    if name not in earlier:
        fix = suggest(name, earlier) if earlier else DELETE
        draft.trouble(Message("no earlier act has the id “{id}”", id=name), fix, "revoke")
        return
    if name in draft.revoked:
        draft.trouble(Message("the act “{id}” is revoked already", id=name), DELETE, "revoke")
        return
    draft.revoked.add(name)
    draft.effects.append(Effect("revoked", name, False, True))
    now = {one.key: one for one in draft.plan.occurrences}
    draft.reverted |= {key: before for key, (before, after) in earlier[name].changed.items() if now.get(key) == after}
    for effect in reversed(earlier[name].effects):
        if not _undo(draft, effect):
            draft.trouble(
                Message(
                    "“{key}” has been changed since “{id}”, so the act cannot be revoked as a whole",
                    key=effect.name,
                    id=name,
                ),
                Message("write the changes that are meant, one by one"),
                "revoke",
            )
            return


def _undo(draft: Draft, effect: Effect) -> bool:
    """Take one effect back; False if something has changed it since."""
    undo = {
        "milestone": _undo_milestone,
        "agency": _undo_agency,
        "founded": _undo_founded,
        "own": _undo_own,
        "heirs": _undo_heirs,
        "ended": _undo_ended,
        "restored": _undo_restored,
        "programme": _undo_programme,
        "revoked": _undo_revoked,
    }.get(effect.kind)
    return undo is not None and undo(draft, effect)


def _undo_milestone(draft: Draft, effect: Effect) -> bool:
    (workstream, before), (_, after) = effect.before, effect.after
    now = draft.milestones[effect.name][1]
    if before is not None:
        undone = _undone(now, before, after)
        if undone is not None:
            draft.set_milestone(workstream, now, undone)
        return undone is not None
    if now != after or effect.name in draft.ended:
        return False
    draft.end(effect.name, ())
    return True


def _undone(now: M, before: M, after: M) -> M | None:
    """Return something with the fields as they were before an act changed them; None if another act has changed them since."""
    changed = [field for field in type(now).model_fields if getattr(before, field) != getattr(after, field)]
    if any(getattr(now, field) != getattr(after, field) for field in changed):
        return None
    return now.model_copy(update={field: getattr(before, field) for field in changed})


def _undo_agency(draft: Draft, effect: Effect) -> bool:
    now = draft.agencies.get(effect.name)
    if now is not None and effect.before is not None and effect.after is not None:
        undone = _undone(now, effect.before, effect.after)
        if undone is not None:
            draft.set_agency(effect.name, undone)
        return undone is not None
    if now != effect.after:
        return False
    draft.set_agency(effect.name, effect.before)
    return True


def _undo_founded(draft: Draft, effect: Effect) -> bool:
    """Return False if a later act made it answer for something: that has been changed since."""
    return effect.name not in draft.assigned


def _undo_heirs(draft: Draft, effect: Effect) -> bool:
    """Give back to an agency that ended what its heirs had of it: what fell due before, and its place among the agencies."""
    heirs, leads, order = effect.before
    now = {one.key: list(one.leads) for one in draft.plan.occurrences}
    former = (dict(draft.heirs), {key: now[key] for key in leads if key in now}, draft.order())
    for name, its in effect.after.items():
        if draft.heirs.get(name) == its:
            draft.heirs.pop(name, None)
            draft.heirs.update({name: heirs[name]} if name in heirs else {})
    for key, its in leads.items():
        own = draft.own.get(key)
        if key in now and not (own and "leads" in own.model_fields_set):
            draft.named[key] = {**draft.named.get(key, {}), "leads": its}
            draft.touched.add(id_in(key))
    draft.agencies = dict(sorted(draft.agencies.items(), key=lambda one: order.get(one[0], len(order))))
    draft.effects.append(Effect("heirs", effect.name, former, {name: draft.heirs.get(name) for name in effect.after}))
    return True


def _undo_own(draft: Draft, effect: Effect) -> bool:
    own, former = effect.before
    if draft.own.get(effect.name) != effect.after:
        return False
    draft.set_own(effect.name, own, former)
    return True


def _undo_ended(draft: Draft, effect: Effect) -> bool:
    if effect.name not in draft.ended:
        return False
    draft.effects.append(Effect("restored", effect.name, draft.ended.pop(effect.name), None))
    draft.touched.add(id_in(effect.name))
    return True


def _undo_restored(draft: Draft, effect: Effect) -> bool:
    if effect.name in draft.ended:
        return False
    draft.end(effect.name, effect.before)
    return True


def _undo_revoked(draft: Draft, effect: Effect) -> bool:
    draft.revoked.discard(effect.name)
    return True


def _undo_programme(draft: Draft, effect: Effect) -> bool:
    undone = _undone(draft.programme, effect.before, effect.after)
    if undone is not None:
        draft.set_programme(undone)
    return undone is not None
