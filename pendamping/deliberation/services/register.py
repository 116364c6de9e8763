"""People come on the attendance register: by their own phone, by the facilitator's list, by a paper sheet.

All three end in `add_row`. Nothing about a person is in the journal: it says that a row was added, and by which way.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import crypt
from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.deliberation import sealed
from pendamping.deliberation.enums.invitations import Capacity
from pendamping.deliberation.enums.presence import PresenceReason, Source
from pendamping.deliberation.keys import room_secret
from pendamping.deliberation.models import Attendance, Invitation, Meeting, PaperSheet, Presence
from pendamping.deliberation.queries.composition import in_the_room
from pendamping.deliberation.queries.ladder import hour, spans_of
from pendamping.deliberation.queries.own_groups import own_of
from pendamping.deliberation.rules import meetings, screens
from pendamping.deliberation.rules import register as rules
from pendamping.deliberation.rules.own_groups import is_capacity
from pendamping.deliberation.services.deciding import count_attendance
from pendamping.deliberation.services.shared import locked, tell
from pendamping.regions.models import Region
from pendamping.training.enums.sessions import CodeState
from pendamping.training.rules.attendance_codes import judged


@dataclass(frozen=True)
class Facts:
    """What is written down of somebody present (id: isian daftar hadir)."""

    sex: str
    age_group: str = ""
    is_disabled: bool | None = None
    is_poor: bool | None = None
    capacity: str = Capacity.RESIDENT
    place: Region | None = None
    name: str = ""

    def __str__(self) -> str:  # what an operation's digest compares
        place = self.place.pk if self.place else ""
        return f"{self.sex}|{self.age_group}|{self.is_disabled}|{self.is_poor}|{self.capacity}|{place}|{self.name}"


@act("deliberation.presence_added")
def add_presence(
    *, by: Account | None, at: datetime, meeting: Meeting, facts: Facts, invitation: Invitation | None = None,
    claimed_at: datetime | None = None,
) -> Presence:  # fmt: skip
    """Put somebody on the register by list (id: mencatat hadirin); with an invitation, as the office invited.

    `claimed_at` is the instant at which a phone without a signal says they were: the hours of attendance are judged
    by it, and the journal says that word of it came late.
    Refuses before the day, no sex, a place of another area, an invitation or a name with its RT twice.
    """
    meeting = locked(meeting)
    moment = screens.chosen_at(claimed_at=claimed_at, at=at)
    _is_on(meeting, moment)
    if invitation is not None:
        place = facts.place or invitation.place
        facts = Facts(
            facts.sex, facts.age_group, facts.is_disabled, facts.is_poor, invitation.capacity, place,
            facts.name or sealed.name_of(invitation),
        )  # fmt: skip
    made = add_row(meeting, facts, Source.LIST, by=by, at=at, invitation=invitation)
    late = {"claimed_at": claimed_at} if screens.has_waited(moment=moment, at=at) else {}
    _told("deliberation.presence_added", made, by=by, at=at, **late)
    return made


@act("deliberation.presence_shown")
def show_up(*, by: None, at: datetime, meeting: Meeting, facts: Facts, device: str) -> Presence:
    """Somebody in the room puts themselves on the register with their own phone (id: mengisi daftar hadir sendiri).

    The code of the room was judged before. `device` is the keyed hash of the phone: sent again, also under another
    operation id, it gives the row there is; for another person it is refused, naming the row.
    """
    meeting = locked(meeting)
    _is_on(meeting, at)
    known = Presence.objects.filter(meeting=meeting, device=device, struck_at__isnull=True).first()
    if known is not None:
        same = (known.sex, known.age_group, known.place_id) == (
            facts.sex, facts.age_group, facts.place.pk if facts.place else None,
        )  # fmt: skip
        if not same:
            raise Refused(PresenceReason.OTHER_ON_PHONE, number=known.number)
        return known
    made = add_row(meeting, facts, Source.QR, by=by, at=at, device=device)
    _told("deliberation.presence_shown", made, by=by, at=at)
    return made


def judge_code(meeting: Meeting, code: str, at: datetime) -> None:
    """Is this the code shown in the room now? Refuses none, a wrong one and one that has changed."""
    _is_on(meeting, at)
    if not code.strip():
        raise Refused(PresenceReason.CODE_MISSING, field="code")
    state = judged(room_secret(meeting), code, at)
    if state != CodeState.GOOD:
        raise Refused(
            PresenceReason.CODE_OLD if state == CodeState.OLD else PresenceReason.CODE_WRONG, field="code"
        )  # fmt: skip


@act("deliberation.presence_struck")
def strike_presence(
    *, by: Account | None, at: datetime, presence: Presence, same_as: Presence | None = None
) -> Presence:
    """Strike a row out (id: mencoret hadirin), or join it with the row of the same person (id: menggabungkan).

    Joined, the row that stays takes over what it did not say. The name on the struck one is dropped at once; what is
    counted once is counted once.
    """
    meeting = locked(presence.meeting)
    meetings.is_open(state=meeting.state).or_raise()
    presence = Presence.objects.select_related("place").get(pk=presence.pk)
    rules.may_strike(
        is_struck=presence.struck_at is not None, is_itself=same_as is not None and same_as.pk == presence.pk
    ).or_raise()
    name = sealed.name_of(presence)
    invitation, presence.invitation = presence.invitation, None
    presence.struck_at, presence.struck_by, presence.same_as = at, by, same_as
    forget_name(presence)
    presence.save()
    if same_as is not None:
        _take_over(same_as, presence, name, invitation, meeting)
    tell(
        "deliberation.presence_struck", meeting, Verb.MEETING_ATTENDANCE, by=by, at=at, public=False,
        changes={"number": presence.number, "same_as": same_as and same_as.number},
    )  # fmt: skip
    return presence


def _take_over(
    kept: Presence, gone: Presence, name: str, invitation: Invitation | None, meeting: Meeting
) -> None:  # fmt: skip
    """The row that stays says what only the other said."""
    kept = Presence.objects.select_related("place").get(pk=kept.pk, meeting=meeting)
    rules.may_strike(is_struck=kept.struck_at is not None, is_itself=False).or_raise()
    kept.place = kept.place or gone.place
    kept.age_group = kept.age_group or gone.age_group
    kept.is_disabled = gone.is_disabled if kept.is_disabled is None else kept.is_disabled
    kept.is_poor = gone.is_poor if kept.is_poor is None else kept.is_poor
    kept.invitation = kept.invitation or invitation
    if kept.capacity == Capacity.RESIDENT:
        kept.capacity = gone.capacity
    _seal(kept, meeting, sealed.name_of(kept) or name)
    _keep(kept)


@act("deliberation.register_counted")
def count_register(*, by: Account | None, at: datetime, meeting: Meeting) -> Meeting:
    """Write the totals of the register as the count of those present (id: menghitung dari daftar hadir).

    The same act as counting heads, with the same refusals; refuses an empty register.
    """
    room = in_the_room(locked(meeting))
    if not room.present:
        raise Refused(PresenceReason.REGISTER_EMPTY)
    own = {key: count for key, count in room.groups.items() if key not in Attendance.GROUPS}
    plain = {name: count for name, count in room.groups.items() if name in Attendance.GROUPS}
    return count_attendance(by=by, at=at, meeting=meeting, women=room.women, men=room.men, own=own, **plain)


def add_row(
    meeting: Meeting, facts: Facts, source: Source, *, by: Account | None, at: datetime, device: str = "",
    invitation: Invitation | None = None, sheet: PaperSheet | None = None, sheet_row: int | None = None,
) -> Presence:  # fmt: skip
    """One row of the register, within the caller's act and under the lock of the meeting."""
    place = facts.place.path if facts.place else ""
    rules.may_add(sex=facts.sex, place=place, area=meeting.region_path).or_raise()
    capacity_verdict(meeting, facts.capacity).or_raise()
    last = Presence.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    row = Presence(
        created_at=at, meeting=meeting, number=last + 1, sex=facts.sex, age_group=facts.age_group,
        is_disabled=facts.is_disabled, is_poor=facts.is_poor, capacity=facts.capacity, place=facts.place,
        source=source, device=device, invitation=invitation, sheet=sheet, sheet_row=sheet_row, added_by=by,
    )  # fmt: skip
    _seal(row, meeting, facts.name)
    _keep(row)
    return row


def capacity_verdict(meeting: Meeting, capacity: str) -> Verdict:
    """Can somebody be present as this at this meeting?"""
    if is_capacity(capacity, own_of(meeting)):
        return ALLOWED
    return refused(PresenceReason.CAPACITY_UNKNOWN, field="capacity", capacity=capacity)


def _seal(row: Presence, meeting: Meeting, name: str) -> None:
    """The name under a key of its own; a name without a letter is none."""
    name = " ".join(name.split())[:120]
    if not rules.same_name(name):
        return
    row.subject_key = row.subject_key or crypt.new_subject_key()
    row.name_cipher = sealed.seal(bytes(row.subject_key), sealed.NAME, name)
    row.name_digest = sealed.name_digest(meeting, name, row.place.path if row.place else "")


def _keep(row: Presence) -> None:
    """Saved, or refused by what the database says is there already."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as problem:
        told = str(problem)
        others = Presence.objects.filter(meeting=row.meeting, struck_at__isnull=True).exclude(pk=row.pk)
        for field, constraint, reason in _TAKEN:
            if field in told or constraint in told:
                known = others.filter(**{field: getattr(row, field)}).first()
                raise Refused(reason, field="name", number=known.number if known else "?") from problem
        raise


_TAKEN = (
    ("name_digest", "presence_one_per_name_and_rt", PresenceReason.SAME_NAME),
    ("device", "presence_one_per_device", PresenceReason.OTHER_ON_PHONE),
    ("invitation_id", "presence_one_per_invitation", PresenceReason.INVITED_PRESENT),
)


def forget_name(row: Presence) -> None:
    """Nothing that names somebody, or their phone, stays on the row; the caller saves it."""
    row.subject_key, row.name_cipher, row.name_digest, row.device = None, None, "", ""


def _is_on(meeting: Meeting, at: datetime) -> None:
    register_verdict(meeting, at).or_raise()


def register_verdict(meeting: Meeting, at: datetime) -> Verdict:
    """May somebody be put on the register at this hour? On the day, and in the hours of attendance where they are set.

    A paper sheet was signed in the room and may be typed in later.
    """
    return rules.may_come(
        state=meeting.state, held_on=meeting.held_on, spans=spans_of(meeting), moment=at, today=day(at), hour=hour
    )


def _told(verb: str, row: Presence, *, by: Account | None, at: datetime, **more: datetime | None) -> None:
    tell(
        verb, row.meeting, Verb.MEETING_ATTENDANCE, by=by, at=at, public=False,
        changes={"number": row.number, "source": row.source, **more},
    )  # fmt: skip


def phone_hash(meeting: Meeting, token: str | uuid.UUID) -> str:
    """What is kept of a phone: keyed with the meeting, so that nobody is followed from one to the next."""
    return crypt.blind_index(f"{meeting.uid}\0{token}", purpose="deliberation.phone")
