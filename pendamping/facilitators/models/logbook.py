"""A facilitator's days: lines, what about them catches the eye, and the thresholds for that."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Photo, Record
from pendamping.facilitators.enums.logbook import Activity, FlagKind, LogState
from pendamping.facilitators.models.assignments import Assignment
from pendamping.regions.models import Region, RegionBound


class LogRules(Record):
    """When a line of the logbook catches the eye (id: aturan buku harian). A change is a new row with its basis."""

    city = models.ForeignKey(Region, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    legal_basis = models.CharField(max_length=200)
    ward_radius_m = models.PositiveIntegerField(default=2000)  # around the label point, where there is no outline
    slack_m = models.PositiveIntegerField(
        default=250
    )  # how far beyond the outline or the radius still counts as inside
    gap_minutes = models.PositiveSmallIntegerField(default=15)  # less than this between two places is too close
    gap_m = models.PositiveIntegerField(default=1000)  # from how far apart two fixes are two places
    photo_bits = models.PositiveSmallIntegerField(default=3)  # perceptual hashes differing in no more are one photo
    look_back_days = models.PositiveSmallIntegerField(default=92)  # how far back photos and words are compared
    text_letters = models.PositiveSmallIntegerField(default=20)  # shorter words may well repeat
    round_minutes = models.PositiveSmallIntegerField(default=30)  # times are round when on a multiple of this
    round_run = models.PositiveSmallIntegerField(default=6)  # so many lines in a row, all round, catch the eye
    opens = models.TimeField(default=time(6, 0))
    closes = models.TimeField(default=time(22, 0))
    work_days = models.CharField(max_length=7, default="12345")  # ISO weekdays on which a line is expected, Monday 1
    late_days = models.PositiveSmallIntegerField(default=3)  # written later than this many days after its day
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "valid_from"], name="log_rules_version_once"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="log_rules_have_basis"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="log_rules_hours_in_order"),
            models.CheckConstraint(
                condition=Q(round_minutes__gte=1, round_run__gte=2, photo_bits__lte=64), name="log_rules_sensible"
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.city.path

    @property
    def journal_label(self) -> str:
        return str(self.valid_from)


class LogEntry(RegionBound):
    """One thing a facilitator did on a day (id: catatan harian). `region` is the place it was done in, mostly the ward.

    A line with a `source` fell into the log by itself from that journal entry: `verb` says which act, `what` keeps its
    sentence in the language of the site, and what happened is never edited. It is verified by the journal (without
    `verified_by`) until the person adds words to it.
    """

    code_kind = "F"
    account = models.ForeignKey(Account, models.PROTECT, related_name="log_entries")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="log_entries")
    day = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    activity = models.CharField(max_length=16, choices=Activity)
    what = models.TextField()
    place = models.CharField(max_length=120, blank=True)  # RT/RW or the name of a place, never of a person
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    accuracy_m = models.PositiveIntegerField(null=True, blank=True)
    women = models.PositiveSmallIntegerField(default=0)
    men = models.PositiveSmallIntegerField(default=0)
    vulnerable = models.PositiveSmallIntegerField(default=0)  # among those met: elderly, disabled, poor
    problem = models.TextField(blank=True)
    solution = models.TextField(blank=True)
    follow_up = models.TextField(blank=True)
    follow_up_by = models.DateField(null=True, blank=True)
    follow_up_done_on = models.DateField(null=True, blank=True)
    linked_code = models.CharField(max_length=12, blank=True)
    photos = models.ManyToManyField(Photo, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=LogState, default=LogState.WRITTEN)
    written_at = models.DateTimeField()  # when it first reached us; of an automatic line, when its act was done
    noted_at = models.DateTimeField(null=True, blank=True)  # when the device says they were written, without signal
    late_reason = models.CharField(max_length=200, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.TextField(blank=True)
    returns = models.PositiveSmallIntegerField(default=0)  # how often it was sent back; 0 passed at first sight
    source = models.PositiveBigIntegerField(null=True, blank=True)  # the journal entry an automatic line came from
    verb = models.CharField(max_length=60, blank=True)  # its act
    text_key = models.CharField(max_length=64, blank=True)  # digest of `what` without case, signs and spaces

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["account", "day", "id"], name="logentry_days_idx"),
            models.Index(fields=["account", "text_key"], name="logentry_text_idx"),
            models.Index(fields=["state", "region_path", "id"], name="logentry_state_idx"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "source"], name="logentry_once_per_source"),
            models.CheckConstraint(
                condition=Q(source__isnull=True, verb="") | (Q(source__isnull=False) & ~Q(verb="")),
                name="logentry_source_with_verb",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="logentry_says_what"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(begins__isnull=False, ends__gte=F("begins")),
                name="logentry_times_in_order",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True, accuracy_m__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="logentry_fix_whole",
            ),
            models.CheckConstraint(
                condition=Q(vulnerable__lte=F("women") + F("men")), name="logentry_vulnerable_among_met"
            ),
            models.CheckConstraint(
                condition=(Q(follow_up_by__isnull=True) | ~Q(follow_up=""))
                & (Q(follow_up_done_on__isnull=True) | ~Q(follow_up="")),
                name="logentry_follow_up_says_what",
            ),
            models.CheckConstraint(
                condition=Q(state="verified", verified_at__isnull=False)
                | (~Q(state="verified") & Q(verified_at__isnull=True, verified_by__isnull=True)),
                name="logentry_verified_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(verified_by__isnull=False) | Q(source__isnull=False),
                name="logentry_verified_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned")
                | (Q(returned_at__isnull=False, returns__gte=1) & ~Q(returned_reason="")),
                name="logentry_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("account")),
                name="logentry_verifier_not_writer",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def journal_label(self) -> str:
        return self.code

    @property
    def is_automatic(self) -> bool:
        """Whether it fell into the log from an act done elsewhere."""
        return self.source is not None

    @property
    def met(self) -> int:
        """How many people were met."""
        return self.women + self.men

    @property
    def sign(self) -> str:
        """The state as pages draw it."""
        return {"written": "waiting", "verified": "done", "returned": "stopped"}[self.state]


class LogFlag(Record):
    """One thing about a line that catches the eye (id: tanda catatan): asked about, never refused."""

    entry = models.ForeignKey(LogEntry, models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=16, choices=FlagKind)
    figure = models.PositiveIntegerField(default=0)  # metres, minutes, days or lines, by kind
    note = models.CharField(max_length=40, blank=True)  # the code of the line it resembles, a time, …

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "kind"], name="log_flag_once_per_kind"),
        ]

    @property
    def region_path(self) -> str:
        return self.entry.region_path


class LogVersion(Record):
    """What a line said before its writer changed it (id: versi catatan): kept as long as the line, for its readers."""

    entry = models.ForeignKey(LogEntry, models.PROTECT, related_name="versions")
    said = models.JSONField()  # {field: what stood in it}, changed fields only
    digest = models.CharField(max_length=64)  # of uid and words; the journal has it too

    class Meta:
        ordering: ClassVar = ["id"]

    @property
    def region_path(self) -> str:
        return self.entry.region_path
