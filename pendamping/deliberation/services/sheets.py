"""Paper sheets of the register: printed with empty rows, photographed, typed in, confirmed by their count."""

from __future__ import annotations

import functools
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import Max

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.images.door import CleanImage
from pendamping.core.moments import day
from pendamping.core.personal import crypt
from pendamping.deliberation.enums.presence import PresenceReason, Source
from pendamping.deliberation.models import Meeting, PaperSheet, Presence
from pendamping.deliberation.rules import meetings
from pendamping.deliberation.rules import register as rules
from pendamping.deliberation.rules.register import TypedRow
from pendamping.deliberation.services.register import Facts, add_row
from pendamping.deliberation.services.shared import locked, tell
from pendamping.regions.models import Region

PHOTO = "deliberation.sheet"


@act("deliberation.sheet_printed")
def print_sheet(*, by: Account | None, at: datetime, meeting: Meeting, rows: int) -> PaperSheet:
    """A new sheet with so many empty rows (id: mencetak lembar hadir), also before the day. It holds no names."""
    meeting = locked(meeting)
    meetings.is_open(state=meeting.state).or_raise()
    rules.may_print(rows=rows, sheets=meeting.sheets.count()).or_raise()
    number = (meeting.sheets.aggregate(last=Max("number"))["last"] or 0) + 1
    sheet = PaperSheet.objects.create(created_at=at, meeting=meeting, number=number, rows=rows, printed_by=by)
    _tell("deliberation.sheet_printed", sheet, by=by, at=at, rows=rows)
    return sheet


@act("deliberation.sheet_photographed")
def keep_photo(*, by: Account | None, at: datetime, sheet: PaperSheet, photo: CleanImage) -> PaperSheet:
    """Keep the photo of a signed sheet, sealed (id: menyimpan foto lembar hadir); a new one replaces it."""
    sheet = _locked(sheet)
    if sheet.confirmed_at is not None:
        raise Refused(PresenceReason.SHEET_FIXED)
    before, key = sheet.file_name, crypt.new_subject_key()
    cipher = crypt.encrypt_bytes(photo.data, subject_key=key, field=PHOTO)
    sheet.file_name = _sealed().save(f"hadir/{secrets.token_urlsafe(16)}", ContentFile(cipher))
    sheet.subject_key = key
    sheet.save(update_fields=["file_name", "subject_key"])
    if before:
        transaction.on_commit(functools.partial(_sealed().delete, before))
    _tell("deliberation.sheet_photographed", sheet, by=by, at=at)
    return sheet


def photo_of(sheet: PaperSheet) -> bytes:
    """The photo in the clear; empty when there is none. Whether it may be seen, the caller has asked."""
    if not sheet.file_name or sheet.subject_key is None:
        return b""
    with _sealed().open(sheet.file_name, "rb") as stored:
        return crypt.decrypt_bytes(stored.read(), subject_key=bytes(sheet.subject_key), field=PHOTO)


@act("deliberation.sheet_typed")
def type_sheet(*, by: Account | None, at: datetime, sheet: PaperSheet, rows: Sequence[TypedRow]) -> PaperSheet:
    """Keep the rows typed from a sheet (id: menyalin lembar hadir); until it is confirmed they replace those before.

    All or none. They count from the confirmation on. Refuses, naming the row: one without a sex, of another area, or
    whose name and RT are on the register already.
    """
    sheet = _locked(sheet, at)
    rows = [one for one in rows if not one.is_empty]
    rules.may_type(rows, on_paper=sheet.rows, is_confirmed=sheet.confirmed_at is not None).or_raise()
    before = sheet.presences.all()
    Presence.objects.filter(same_as__in=before).update(same_as=None)
    before.delete()
    paths = {one.place for one in rows if one.place}
    places = {place.path: place for place in Region.objects.filter(path__in=paths)}
    for one in rows:
        _add(sheet, one, places, by=by, at=at)
    _tell("deliberation.sheet_typed", sheet, by=by, at=at, rows=len(rows))
    return sheet


def _add(
    sheet: PaperSheet, one: TypedRow, places: Mapping[str, Region], *, by: Account | None, at: datetime
) -> None:  # fmt: skip
    if one.place and one.place not in places:
        raise Refused(PresenceReason.OTHER_AREA, field=f"row_{one.row}")
    facts = Facts(
        one.sex, one.age_group, one.is_disabled, one.is_poor, one.capacity, places.get(one.place), one.name
    )  # fmt: skip
    try:
        add_row(sheet.meeting, facts, Source.SHEET, by=by, at=at, sheet=sheet, sheet_row=one.row)
    except Refused as refusal:
        if refusal.reason == PresenceReason.SAME_NAME:
            number = refusal.params["number"]
            raise Refused(PresenceReason.ROW_TWICE, field=f"row_{one.row}", row=one.row, number=number) from refusal
        raise Refused(refusal.reason, field=f"row_{one.row}", **refusal.params) from refusal


@act("deliberation.sheet_confirmed")
def confirm_sheet(*, by: Account | None, at: datetime, sheet: PaperSheet, heads: int) -> PaperSheet:
    """Confirm a sheet by the rows counted on the paper (id: menegaskan lembar hadir); from then on its rows count.

    Refuses while the count on the paper is not the number of rows typed, naming both.
    """
    sheet = _locked(sheet, at)
    typed = sheet.presences.filter(struck_at__isnull=True).count()
    rules.may_confirm(is_confirmed=sheet.confirmed_at is not None, typed=typed, heads=heads).or_raise()
    sheet.heads, sheet.confirmed_at, sheet.confirmed_by = heads, at, by
    sheet.save(update_fields=["heads", "confirmed_at", "confirmed_by"])
    _tell("deliberation.sheet_confirmed", sheet, by=by, at=at, rows=heads)
    return sheet


def drop_photo(sheet: PaperSheet) -> None:
    """Destroy the photo of a sheet with its key; within the caller's transaction."""
    name = sheet.file_name
    PaperSheet.objects.filter(pk=sheet.pk).update(file_name="", subject_key=None)
    if name:
        transaction.on_commit(functools.partial(_sealed().delete, name))


def _locked(sheet: PaperSheet, at: datetime | None = None) -> PaperSheet:
    """The sheet under the lock of its meeting, which is open, and when `at` is given has begun."""
    meeting = locked(sheet.meeting)
    if at is None:
        meetings.is_open(state=meeting.state).or_raise()
    else:
        meetings.has_begun(state=meeting.state, held_on=meeting.held_on, today=day(at)).or_raise()
    found = PaperSheet.objects.get(pk=sheet.pk)
    found.meeting = meeting
    return found


def _sealed() -> Storage:
    return storages["evidence"]


def _tell(verb: str, sheet: PaperSheet, *, by: Account | None, at: datetime, **changes: int) -> None:
    tell(
        verb, sheet.meeting, Verb.MEETING_ATTENDANCE, by=by, at=at, public=False,
        changes={"sheet": sheet.number, **changes},
    )  # fmt: skip
