"""Who came: by changing code, by the trainer's list, by the signed sheet. All three end in one act, `mark`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask_to
from pendamping.training.enums.sessions import AttendanceChannel, CodeState, Presence, Reason
from pendamping.training.models import Place, Session, SheetReading
from pendamping.training.queries import sessions as queries
from pendamping.training.rules import attendance_codes, sheet
from pendamping.training.rules import sessions as rules
from pendamping.training.services import learners
from pendamping.training.services.sessions import clock, locked, tell
from pendamping.training.sheet_reader import Seen


@act("training.attendance_marked")
def mark(
    *, by: Account | None, at: datetime, place: Place, presence: str, channel: str, device: str = "", note: str = ""
) -> Place:
    """Record how somebody took part and how we know (id: mencatat kehadiran). The one act of all three channels.

    Showing the code again, also with a second phone, changes nothing once they are present or late, and is refused
    once the trainer wrote that they are not. A correction by list keeps who did it. `device` is the keyed hash of the
    phone; that it shows up for one person only is held by the database.
    """
    session = locked(place.session)
    place = Place.objects.select_related("enrolment").get(pk=place.pk)
    opens_at = session.starts_at - timedelta(minutes=session.opens_minutes)
    rules.may_mark(
        state=session.state, channel=channel, known=place.presence,
        is_self=by is not None and by.pk == place.enrolment.account_id, given_up=place.given_up_at is not None,
        opens_at=opens_at, at=at, time=clock(session.starts_at), opens=clock(opens_at),
    ).or_raise()  # fmt: skip
    if channel == AttendanceChannel.QR and place.presence in rules.CAME:
        return place
    before = place.presence
    place.presence, place.channel, place.marked_at, place.marked_by = presence, channel, at, by
    place.note, place.device = mask_to(note.strip(), 200), device or place.device
    _keep(place)
    tell("training.attendance_marked", place, session, by=by, at=at, changes={
        "enrolment": place.enrolment.code, "presence": [before, presence], "channel": channel,
    })  # fmt: skip
    learners.settle(learners.locked(place.enrolment), by=by, at=at)
    return place


def _keep(place: Place) -> None:
    try:
        with transaction.atomic():
            place.save(update_fields=["presence", "channel", "marked_at", "marked_by", "note", "device"])
    except IntegrityError as problem:
        if "device" not in str(problem) and "place_one_person_per_device" not in str(problem):
            raise
        raise Refused(Reason.OTHER_PERSON, field="code") from problem


@act("training.code_shown")
def show_code(
    *, by: Account, at: datetime, session: Session, code: str, device: str, seen_at: datetime | None = None
) -> Place:
    """A learner shows the code of the trainer's page (id: presensi dengan kode): present or late by the window.

    `seen_at` is when this server first saw the code, by its own clock: when the link was opened; else it is now.
    """
    seen_at = seen_at or at
    place = queries.place_in(session, by)
    if place is None:
        raise Refused(Reason.NO_PLACE)
    presence = judge_code(place.session, code, seen_at)
    if not device:
        raise Refused(Reason.OTHER_PHONE_NEEDED)
    return mark(by=by, at=at, place=place, presence=presence, channel=AttendanceChannel.QR, device=device)


def judge_code(session: Session, code: str, at: datetime) -> str:
    """What this code means at this moment: present or late; refused outside the window, wrong or old."""
    presence = presence_now(session, at)
    state = attendance_codes.judged(session.secret, code, at)
    if state != CodeState.GOOD:
        raise Refused(Reason.OLD_CODE if state == CodeState.OLD else Reason.WRONG_CODE, field="code")
    return presence


def presence_now(session: Session, at: datetime) -> str:
    """What showing the code now means; refused outside the window, saying when it is."""
    opens_at = session.starts_at - timedelta(minutes=session.opens_minutes)
    closes_at = session.starts_at + timedelta(minutes=session.closes_minutes)
    rules.in_window(
        state=session.state, opens_at=opens_at, closes_at=closes_at, at=at, opens=clock(opens_at),
        closes=clock(closes_at),
    ).or_raise()  # fmt: skip
    found = rules.by_window(
        starts_at=session.starts_at, opens_minutes=session.opens_minutes, late_minutes=session.late_minutes,
        closes_minutes=session.closes_minutes, at=at,
    )  # fmt: skip
    return found or Presence.LATE


@act("training.sheet_read")
def keep_reading(*, by: Account | None, at: datetime, session: Session, seen: Sequence[Seen]) -> SheetReading:
    """Keep what was read from the photo of a sheet (id: membaca daftar hadir), until a trainer confirms it.

    Only rows of this session; those of others are named. The photo itself is not kept.
    """
    session = locked(session)
    found = [(row, one.ink) for one in seen if (row := sheet.read_row(one.text)) is not None]
    if not found:
        raise Refused(Reason.NO_ROWS, field="photo")
    own = [(row, ink) for row, ink in found if row.session == session.code and sheet.is_genuine(row, session.secret)]
    others = sorted({row.session for row, _ink in found if row.session != session.code})
    if not own:
        raise Refused(Reason.ONLY_OTHERS if others else Reason.NO_ROWS, field="photo", code=", ".join(others))
    rows = [
        {"row": row.row, "ink": ink, "signed": sheet.is_signed(ink)}
        for row, ink in sorted(own, key=lambda pair: pair[0].row)
    ]
    foreign = [{"session": row.session, "row": row.row} for row, _ink in found if row.session != session.code]
    reading = SheetReading.objects.create(created_at=at, session=session, read_by=by, rows=[*rows, *foreign])
    tell("training.sheet_read", session, session, by=by, at=at, changes={
        "rows": len(rows), "signed": sum(row["signed"] is True for row in rows), "others": others,
    })  # fmt: skip
    return reading


@act("training.sheet_confirmed")
def confirm_reading(
    *, by: Account | None, at: datetime, reading: SheetReading, rows: Mapping[int, str]
) -> SheetReading:
    """Mark what the trainer confirmed or corrected (id: menegaskan daftar hadir): row → presence; others stay."""
    session = locked(reading.session)
    reading = SheetReading.objects.select_for_update().get(pk=reading.pk)
    if reading.confirmed_at is not None:
        raise Refused(Reason.CONFIRMED)
    reading.confirmed_at, reading.confirmed_by = at, by
    reading.save(update_fields=["confirmed_at", "confirmed_by"])
    read = {one["row"] for one in reading.rows if "session" not in one}
    places = {one.row: one for one in queries.expected(session) if one.row in read}
    for row, presence in sorted(rows.items()):
        if row not in places:
            raise Refused(Reason.ROW_UNKNOWN, row=row)
        mark(by=by, at=at, place=places[row], presence=presence, channel=AttendanceChannel.SHEET)
    tell("training.sheet_confirmed", session, session, by=by, at=at, changes={"marked": len(rows)})
    return reading
