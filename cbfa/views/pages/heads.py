"""The head and the end of official documents. Number and date are left open: the clerk's office gives them at issue."""

from collections.abc import Iterator

from cbfa.core.agencies import Agency
from cbfa.core.snapshot import Snapshot
from cbfa.messages import Message
from cbfa.views.page import Letterhead, Signature, Text
from cbfa.views.pages.parts import act_of
from cbfa.views.pages.requests import Kind, Request, addressees_of, issuer_of

DOTS = "……………"
"""A place that is filled in by hand."""


def _subject(request: Request, programme: Text) -> Message:
    year = request.year
    match request.kind:
        case Kind.ANNUAL:
            return Message("Results in {year}: {programme}", programme=programme, year=year)
        case Kind.MIDTERM:
            return Message("Mid-term review: {programme}", programme=programme)
        case Kind.FINAL:
            return Message("Final review: {programme}", programme=programme)
        case Kind.LETTER:
            return Message("Report on results: {programme}", programme=programme)
    if year:
        return Message("Progress in {year}: {programme}", programme=programme, year=year)
    return Message("Progress: {programme}", programme=programme)


def superior_of(agency: Agency) -> Text:
    """Return the body to which an agency belongs, else the place for it."""
    return agency.office.superior if agency.office else DOTS


def addressee_of(snapshot: Snapshot, issuer: Agency) -> Text:
    """Return the body to which a report goes: the coordinator, and of the coordinator the superior."""
    coordinator = snapshot.agencies[snapshot.roadmap.programme.coordinator]
    return superior_of(issuer) if issuer == coordinator else coordinator.name


def head_of(snapshot: Snapshot, request: Request) -> Letterhead:
    """Return the head of a document."""
    issuer, programme = issuer_of(snapshot, request), snapshot.roadmap.programme
    code: Text = issuer.code or DOTS
    is_letter = request.kind is Kind.LETTER
    number = Message("No.:       /{code}-……", code=code) if is_letter else Message("No.:       /BC-{code}", code=code)
    addressees = (
        [one.name for one in addressees_of(snapshot, request)] if is_letter else [addressee_of(snapshot, issuer)]
    )
    bases: list[Text] = [Message("Pursuant to {act}", act=act)] if (act := act_of(programme)) else []
    bases += _amending(snapshot)
    about = Message("For the programme: {programme}", programme=programme.title)
    if programme.is_draft:
        about = Message("For the programme: {programme} (draft, not adopted)", programme=programme.title)
    bases.append(about)
    return Letterhead(
        kind=None if is_letter else Message("Report"),
        subject=_subject(request, programme.title),
        superior=superior_of(issuer),
        issuer=issuer.name,
        number=number,
        dated=Message("{place}, date: ……………", place=issuer.office.place if issuer.office else DOTS),
        addressees=addressees,
        bases=[] if is_letter else bases,
    )


def _amending(snapshot: Snapshot) -> Iterator[Text]:
    """Yield the acts in force that amend the programme, with the day of signing where it is known."""
    for act in (step.act for step in snapshot.past.steps if step.act.id not in snapshot.plan.revoked):
        signed = act.signed
        if signed.first == signed.last:
            yield Message("Pursuant to {act} of {day}", act=act.act, day=signed.first)
        else:
            yield Message("Pursuant to {act}", act=act.act)


def signature_of(agency: Agency) -> Signature:
    """Return the end of a document of an agency, else the places for it."""
    office = agency.office
    return (
        Signature(office.signer.title, office.signer.name, office.recipients)
        if office
        else Signature(DOTS, None, [DOTS])
    )
