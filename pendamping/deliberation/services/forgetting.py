"""Names and addresses of people at meetings are dropped when their time is over; the counts stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from pendamping.access.duties import OPERATOR
from pendamping.core import journal
from pendamping.core.moments import day
from pendamping.deliberation.models import Invitation, Meeting, PaperSheet, Presence
from pendamping.deliberation.services.sheets import drop_photo


def drop_names(at: datetime) -> int:
    """Drop what names anybody at meetings held so many days ago (PENDAMPING_ATTENDANCE_NAMES_DAYS); how many meetings.

    The rounds ask it every hour; done again it finds nothing. What people said of a disability or poverty goes too:
    beside RT and age it could still tell of whom it is, and the counts have it.
    """
    last = day(at) - timedelta(days=settings.ATTENDANCE_NAMES_DAYS)
    rows = Presence.objects.filter(forgotten_at__isnull=True).values("meeting")
    guests = Invitation.objects.filter(forgotten_at__isnull=True).values("meeting")
    photos = PaperSheet.objects.exclude(file_name="").values("meeting")
    old = Meeting.objects.filter(held_on__lt=last)
    due = old.filter(pk__in=rows) | old.filter(pk__in=guests) | old.filter(pk__in=photos)
    done = 0
    for meeting in due.distinct().order_by("pk").iterator():
        with transaction.atomic():
            _drop(meeting, at)
        done += 1
    return done


def _drop(meeting: Meeting, at: datetime) -> None:
    named = Presence.objects.filter(meeting=meeting, forgotten_at__isnull=True)
    rows = named.update(
        subject_key=None, name_cipher=None, name_digest="", device="", is_disabled=None, is_poor=None, forgotten_at=at
    )
    invited = Invitation.objects.filter(meeting=meeting, forgotten_at__isnull=True).update(
        subject_key=None, name_cipher=None, address_cipher=None, instead_cipher=None, address_digest="",
        forgotten_at=at,
    )  # fmt: skip
    photos = list(meeting.sheets.exclude(file_name=""))
    for sheet in photos:
        drop_photo(sheet)
    journal.record(
        "deliberation.names_dropped", subject=meeting, region=meeting.region_path, by=None, at=at, office=OPERATOR,
        public=False, changes={"rows": rows, "invited": invited, "sheets": len(photos)},
    )  # fmt: skip
