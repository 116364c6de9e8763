"""Offices, groups and guests are invited to a meeting, answer, and are taken off the list again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import mail
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.models import new_uid
from pendamping.core.moments import day
from pendamping.core.personal import crypt, mask_to
from pendamping.deliberation import sealed
from pendamping.deliberation.enums.invitations import (
    EACH_PLACE,
    SENT,
    InvitationAnswer,
    InvitationReason,
    Way,
)
from pendamping.deliberation.keys import answer_digest, answer_secret
from pendamping.deliberation.models import Invitation, Meeting
from pendamping.deliberation.queries import invitations as queries
from pendamping.deliberation.rules import invitations as rules
from pendamping.deliberation.services.register import capacity_verdict
from pendamping.deliberation.services.shared import locked, tell
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.enums.contacts import Reason as ContactReason
from pendamping.needs.models import Contact
from pendamping.needs.services.contacts import digest_of
from pendamping.regions.models import Region


@act("deliberation.invited")
def invite(*, by: Account | None, at: datetime, meeting: Meeting, capacities: Sequence[str]) -> Meeting:
    """Put offices and groups on the list of invited (id: mengundang), each RT and RW of the area by itself.

    Whoever is on it stays as they are. Refuses an empty choice, places that nobody listed yet, a day that is past.
    """
    meeting = locked(meeting)
    rules.may_invite(state=meeting.state, held_on=meeting.held_on, today=day(at)).or_raise()
    chosen = list(dict.fromkeys(capacities))
    for one in chosen:
        capacity_verdict(meeting, one).or_raise()
    if not chosen:
        raise Refused(InvitationReason.NOBODY_CHOSEN, field="capacities")
    added = sum(_invite_all(meeting, one, by=by, at=at) for one in chosen)
    tell(
        "deliberation.invited", meeting, Verb.MEETING_CALL, by=by, at=at, public=False,
        changes={"invited": added, "capacities": chosen},
    )  # fmt: skip
    return meeting


def _invite_all(meeting: Meeting, capacity: str, *, by: Account | None, at: datetime) -> int:
    """Everybody of one capacity who is not invited yet; returns how many."""
    places: list[Region | None] = list(queries.places_of(meeting, capacity)) if capacity in EACH_PLACE else [None]
    if not places:
        raise Refused(InvitationReason.NO_SUCH_PLACES, field="capacities")
    known = set(queries.invitations(meeting).filter(is_guest=False, capacity=capacity).values_list("place", flat=True))
    paths = [place.path if place else meeting.ward_path for place in places]
    accounts = queries.holders(capacity, paths, meeting.held_on)
    new = [
        _new(at, by, meeting=meeting, capacity=capacity, place=place, account_id=accounts.get(path))
        for place, path in zip(places, paths, strict=True)
        if (place.pk if place else None) not in known
    ]
    return len(Invitation.objects.bulk_create(new))


def _new(at: datetime, by: Account | None, **facts: Any) -> Invitation:
    uid = new_uid()
    return Invitation(
        uid=uid, created_at=at, invited_by=by, answer_digest=answer_digest(answer_secret(uid)), **facts
    )  # fmt: skip


@act("deliberation.guest_invited")
def invite_guest(
    *, by: Account | None, at: datetime, meeting: Meeting, capacity: str, label: str = "", name: str = "",
    way: str = "", address: str = "",
) -> Invitation:  # fmt: skip
    """Invite one guest (id: mengundang tamu). Name and address are sealed and dropped after their time.

    Refuses a guest without name and label, an address that is none or that asked for no letters, one invited already.
    """
    meeting = locked(meeting)
    rules.may_invite(state=meeting.state, held_on=meeting.held_on, today=day(at)).or_raise()
    capacity_verdict(meeting, capacity).or_raise()
    label, name = mask_to(label.strip(), 120), name.strip()
    if not (label or name):
        raise Refused(InvitationReason.GUEST_NAMELESS, field="label")
    address = rules.tidy(way, address) if way in SENT else ""
    rules.is_address(way, address).or_raise()
    _may_write(way, address)
    key = crypt.new_subject_key()
    guest = _new(
        at, by, meeting=meeting, capacity=capacity, label=label, is_guest=True, way=way, subject_key=key,
        name_cipher=sealed.seal(key, sealed.NAME, name), address_cipher=sealed.seal(key, sealed.ADDRESS, address),
        address_digest=sealed.address_digest(way, address) if address else "",
    )  # fmt: skip
    try:
        with transaction.atomic():
            guest.save(force_insert=True)
    except IntegrityError as problem:
        raise Refused(InvitationReason.GUEST_TWICE, field="address") from problem
    tell(
        "deliberation.guest_invited", meeting, Verb.MEETING_CALL, by=by, at=at, public=False,
        changes={"capacities": [guest.capacity], "way": way},
    )  # fmt: skip
    return guest


def _may_write(way: str, address: str) -> None:
    """Nobody who asked for no letters is written to (needs/services/contacts.py), nor anybody without a mail server."""
    if way != Way.EMAIL:
        return
    if not mail.goes():
        raise Refused(ContactReason.NO_MAIL, field="address")
    digest = digest_of(ContactKind.EMAIL, address)
    if Contact.objects.filter(kind=ContactKind.EMAIL, digest=digest, forgotten_at__isnull=False).exists():
        raise Refused(InvitationReason.ADDRESS_UNWANTED, field="address")


@act("deliberation.invitation_withdrawn")
def withdraw_invitation(*, by: Account | None, at: datetime, invitation: Invitation) -> Invitation:
    """Take somebody off the list of invited (id: mencabut undangan). Refuses once they are on the register."""
    meeting, invitation = _locked(invitation)
    present = invitation.presences.filter(struck_at__isnull=True).exists()
    rules.may_withdraw(
        state=meeting.state, withdrawn=invitation.withdrawn_at is not None, is_present=present
    ).or_raise()
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    tell(
        "deliberation.invitation_withdrawn", meeting, Verb.MEETING_CALL, by=by, at=at, public=False,
        changes={"capacities": [invitation.capacity]},
    )  # fmt: skip
    return invitation


@act("deliberation.invitation_answered")
def answer_invitation(
    *, by: Account | None, at: datetime, invitation: Invitation, answer: str, instead: str = ""
) -> Invitation:
    """Say who comes (id: menjawab undangan): by the link without an account, or noted by those who invited.

    It may change until the day is over. Who comes instead is sealed. Refuses a withdrawn invitation and late answers.
    """
    meeting, invitation = _locked(invitation)
    verdict = answer_verdict(meeting, invitation, at, answer=answer, instead=instead)
    verdict.or_raise()
    known = invitation.answer
    invitation.answer, invitation.answered_at, invitation.answered_by = answer, at, by
    words = instead.strip()[:160] if answer == InvitationAnswer.SENDING else ""
    if words and invitation.subject_key is None:
        invitation.subject_key = crypt.new_subject_key()
    key = bytes(invitation.subject_key) if invitation.subject_key else None
    invitation.instead_cipher = sealed.seal(key, sealed.INSTEAD, words)
    invitation.save(update_fields=["answer", "answered_at", "answered_by", "instead_cipher", "subject_key"])
    tell(
        "deliberation.invitation_answered", meeting, Verb.MEETING_CALL, by=by, at=at, public=False,
        changes={"capacities": [invitation.capacity], "answer": [known, answer]},
    )  # fmt: skip
    return invitation


def answer_verdict(
    meeting: Meeting, invitation: Invitation, at: datetime, *, answer: str = "", instead: str = ""
) -> Any:
    """May this be answered now? The verdict that the page shows and the act raises."""
    return rules.may_answer(
        state=meeting.state, held_on=meeting.held_on, today=day(at), withdrawn=invitation.withdrawn_at is not None,
        answer=answer, instead=instead,
    )  # fmt: skip


def _locked(invitation: Invitation) -> tuple[Meeting, Invitation]:
    meeting = locked(invitation.meeting)
    found = Invitation.objects.select_related("place__parent__parent").get(pk=invitation.pk)
    found.meeting = meeting
    return meeting, found
