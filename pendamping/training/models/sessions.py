"""Meeting face to face: sessions, who is expected, who came and how we know."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.regions.models import RegionBound
from pendamping.training.enums.sessions import AttendanceChannel, Presence, SessionState
from pendamping.training.models.curriculum import Activity, CourseVersion
from pendamping.training.models.learning import Enrolment


class Session(RegionBound):
    """A meeting of learners with a trainer (id: sesi tatap muka). `region` is where it is held."""

    code_kind = "C"
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="sessions")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="sessions")
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)  # places given and not given up; the database holds the limit
    trainer = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    trainer_office = models.CharField(max_length=120, blank=True)  # of a guest without an account
    materials = models.TextField(blank=True)  # what to bring and read
    opens_minutes = models.PositiveSmallIntegerField(default=30)  # before the start the QR code begins to count
    late_minutes = models.PositiveSmallIntegerField(default=15)  # after the start somebody counts as late
    closes_minutes = models.PositiveSmallIntegerField(default=60)  # after the start the QR code stops counting
    secret = models.CharField(max_length=64)  # of the changing code
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    sequence = models.PositiveSmallIntegerField(default=0)  # of the calendar entry (RFC 5545, 3.8.7.4)
    changed_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)  # of the last move or of the cancelling
    planned_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [*RegionBound.Meta.indexes, models.Index(fields=["starts_at"], name="session_starts_idx")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at"), capacity__gt=0), name="session_sensible"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="session_is_not_overfull"),
            models.CheckConstraint(
                condition=Q(state="planned", closed_at__isnull=True)
                | Q(state="held", closed_at__isnull=False)
                | (Q(state="cancelled", closed_at__isnull=False) & ~Q(reason="")),
                name="session_moments_fit_state",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_planned(self) -> bool:
        return self.state == SessionState.PLANNED

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    @property
    def was_moved(self) -> bool:
        return self.is_planned and self.sequence > 0


class Place(Record):
    """Somebody expected at a session (id: peserta sesi), and whether they came."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="places")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="places")
    row = models.PositiveSmallIntegerField()  # on the printed sheet
    given_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    given_up_at = models.DateTimeField(null=True, blank=True)
    presence = models.CharField(max_length=8, choices=Presence, blank=True)
    channel = models.CharField(max_length=5, choices=AttendanceChannel, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    device = models.CharField(max_length=64, blank=True)  # keyed hash of the phone that showed up
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["row"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="place_once_per_session"),
            models.UniqueConstraint(fields=["session", "row"], name="place_one_per_row"),
            models.UniqueConstraint(
                fields=["session", "device"], condition=~Q(device=""), name="place_one_person_per_device"
            ),
            models.CheckConstraint(
                condition=Q(presence="", channel="", marked_at__isnull=True, device="")
                | (~Q(presence="") & ~Q(channel="") & Q(marked_at__isnull=False)),
                name="place_marked_whole",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.session.region_path

    @property
    def journal_label(self) -> str:
        return self.session.code


class SheetReading(Record):
    """What was read from the photo of a signed sheet (id: hasil baca daftar hadir): rows, until a trainer confirms."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="readings")
    read_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    rows = models.JSONField()  # [{row, ink, signed}]; the photo itself is not kept
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True) | Q(confirmed_at__isnull=False),
                name="sheet_reading_confirmed_whole",
            )
        ]

    @property
    def region_path(self) -> str:
        return self.session.region_path


class CalendarKey(Record):
    """The secret in the address of somebody's calendar (id: alamat kalender); made anew, the old one is dead."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="calendar_key")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(digest=""), name="calendar_key_is_one")]
