"""The inauguration: called, attended by ticket or by hand, the oath recorded, photos kept."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils import timezone

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.core.codes import ALPHABET
from pendamping.core.errors import Refused
from pendamping.core.images import store
from pendamping.core.images.door import CleanImage
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.facilitators.enums.ceremonies import Manner, Reason
from pendamping.facilitators.models import Appointment, Attendee, Ceremony, Decree
from pendamping.facilitators.rules import ceremonies as rules
from pendamping.facilitators.rules import decrees as decree_rules
from pendamping.facilitators.rules.tickets import read_ticket
from pendamping.facilitators.services.telling import tell

TICKET_SIGNS = 10  # of 32 each: nobody guesses one, and it can be read aloud


@act("facilitators.ceremony_called")
def call_ceremony(
    *, by: Account | None, at: datetime, decree: Decree, title: str, place: str, held_on: date,
    starts_at: time | None = None,
) -> Ceremony:  # fmt: skip
    """Call the inauguration of those a decree appoints (id: mengundang pelantikan); each gets a ticket."""
    decree = Decree.objects.select_related("region").get(pk=decree.pk)
    decree_rules.in_force(number=decree.number, revoked_on=decree.revoked_on).or_raise()
    if not Appointment.objects.filter(decree=decree, ended_on=None).exists():
        raise Refused(Reason.NOBODY_APPOINTED, field="decree")
    made = Ceremony.add(
        at=at, region=decree.region, decree=decree, title=mask_to(title, 160), place=mask_to(place, 200),
        held_on=held_on, starts_at=starts_at, made_by=by,
    )  # fmt: skip
    count = _invite(made, at=at)
    facts = {"decree": decree.number, "held_on": held_on, "invited": count}
    tell("facilitators.ceremony_called", made, by=by, at=at, changes=facts, public=True)
    return made


@act("facilitators.ceremony_invited")
def invite_appointed(*, by: Account | None, at: datetime, ceremony: Ceremony) -> Ceremony:
    """Give tickets to those appointed by the decree since the ceremony was called."""
    ceremony = _locked(ceremony)
    count = _invite(ceremony, at=at)
    tell("facilitators.ceremony_invited", ceremony, by=by, at=at, changes={"invited": count})
    return ceremony


@act("facilitators.attended")
def check_in(*, by: Account | None, at: datetime, ceremony: Ceremony, ticket: str) -> Attendee:
    """Record somebody as present by the code of their invitation (id: presensi), once."""
    ceremony = _locked(ceremony)
    found = Attendee.objects.select_for_update(of=("self",)).select_related("appointment__account", "ceremony")
    attendee = found.filter(ceremony=ceremony, ticket=read_ticket(ticket)).first()
    if attendee is None:
        raise Refused(Reason.TICKET_UNKNOWN, field="ticket")
    return _attend(attendee, Manner.TICKET, "", by=by, at=at)


@act("facilitators.attended")
def tick_by_hand(*, by: Account | None, at: datetime, attendee: Attendee, note: str) -> Attendee:
    """Record somebody as present without a ticket (id: presensi manual), with the reason."""
    found = Attendee.objects.select_for_update(of=("self",)).select_related("appointment__account", "ceremony")
    return _attend(found.get(pk=attendee.pk), Manner.MANUAL, mask_to(note, 200), by=by, at=at)


@act("facilitators.oath_taken")
def record_oath(
    *, by: Account | None, at: datetime, ceremony: Ceremony, version: str, text: str, read_by: str, witnesses: str
) -> Ceremony:
    """Record the oath those present took (id: pengambilan sumpah): text and its version, who read it, who witnessed."""
    ceremony = _locked(ceremony)
    came = ceremony.attendees.filter(attended_at__isnull=False).count()
    rules.may_swear(
        held_on=ceremony.held_on, today=day(at), came=came, is_sworn=ceremony.oath_at is not None, text=text,
        read_by=read_by,
    ).or_raise()  # fmt: skip
    ceremony.oath_version, ceremony.oath_text = mask_to(version, 80), mask(text).text
    ceremony.oath_read_by, ceremony.oath_witnesses = mask_to(read_by, 80), mask_to(witnesses, 200)
    ceremony.oath_at, ceremony.oath_by = at, by
    ceremony.save(
        update_fields=["oath_version", "oath_text", "oath_read_by", "oath_witnesses", "oath_at", "oath_by"]
    )  # fmt: skip
    tell("facilitators.oath_taken", ceremony, by=by, at=at, public=True, changes={"sworn": came})
    return ceremony


@act("facilitators.ceremony_photographed")
def add_photos(*, by: Account | None, at: datetime, ceremony: Ceremony, photos: Sequence[CleanImage]) -> Ceremony:
    """Keep photos of the ceremony; they stay inside until somebody publishes them."""
    ceremony = _locked(ceremony)
    rules.has_come(held_on=ceremony.held_on, today=day(at)).or_raise()
    rules.may_add_photos(kept=ceremony.photos.count(), more=len(photos)).or_raise()
    for image in photos:
        ceremony.photos.add(store.keep(image, region_path=ceremony.region_path, at=at))
    tell("facilitators.ceremony_photographed", ceremony, by=by, at=at, changes={"photos": len(photos)})
    return ceremony


def _attend(attendee: Attendee, manner: Manner, note: str, *, by: Account | None, at: datetime) -> Attendee:
    came = attendee.attended_at
    rules.may_attend(
        held_on=attendee.ceremony.held_on, today=day(at), attended_at=came,
        time=f"{timezone.localtime(came):%H.%M}" if came else "", ended_on=attendee.appointment.ended_on,
        manner=manner, note=note,
    ).or_raise()  # fmt: skip
    attendee.attended_at, attendee.attended_by, attendee.manner, attendee.note = at, by, manner, note
    attendee.save(update_fields=["attended_at", "attended_by", "manner", "note"])
    facts = {"appointment": attendee.appointment.code, "manner": manner}
    tell("facilitators.attended", attendee, by=by, at=at, changes=facts, reason=note)
    return attendee


def _invite(ceremony: Ceremony, *, at: datetime) -> int:
    known = ceremony.attendees.values("appointment")
    new = Appointment.objects.filter(decree=ceremony.decree_id, ended_on=None).exclude(pk__in=known).order_by("id")
    made = [Attendee(created_at=at, ceremony=ceremony, appointment=one, ticket=_ticket()) for one in new]
    Attendee.objects.bulk_create(made)
    return len(made)


def _ticket() -> str:
    return "".join(secrets.choice(ALPHABET) for _sign in range(TICKET_SIGNS))


def _locked(ceremony: Ceremony) -> Ceremony:
    return Ceremony.objects.select_for_update(of=("self",)).select_related("region", "decree").get(pk=ceremony.pk)
