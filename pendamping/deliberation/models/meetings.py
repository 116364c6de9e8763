"""A meeting, who was there, what was put to it and what it decided.

`Decision.method` says how it was reached: by consensus, or by a ballot and its allocation (services/applying.py).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.core.models import Document, Record
from pendamping.core.trace import Step, Trace
from pendamping.deliberation.enums.invitations import Capacity
from pendamping.deliberation.enums.meetings import MeetingKind, MeetingState, Outcome
from pendamping.deliberation.models.rules_of_year import MeetingRules
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region, RegionBound

CONSENSUS, BALLOT = "consensus", "ballot"  # how a decision was reached


class Meeting(RegionBound):
    """Residents and officials deciding together (id: musyawarah)."""

    code_kind = "M"
    kind = models.CharField(max_length=12, choices=MeetingKind)
    title = models.CharField(max_length=160)
    fiscal_year = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200)
    agenda = models.TextField()
    chair_office = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.CALLED)
    called_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    notes = models.TextField(blank=True)  # course of the meeting, dissent
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    cancellation = models.TextField(blank=True)  # why it was called off
    minutes = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="+")
    rules = models.ForeignKey(MeetingRules, models.PROTECT, null=True, blank=True, related_name="+")  # when called
    told_on = models.DateField(null=True, blank=True)  # when its present day was told; without one, when it was called
    revision = models.PositiveSmallIntegerField(default=1)  # of its minutes: one more each time it is opened again

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True, closed_by__isnull=True)),
                name="meeting_closed_whole",
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled", cancelled_at__isnull=False) & ~Q(cancellation=""))
                | (~Q(state="cancelled") & Q(cancelled_at__isnull=True, cancellation="")),
                name="meeting_cancelled_with_words",
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="meeting_revision_from_one"),
        ]

    def __str__(self) -> str:
        return self.title

    def capacity_label(self, capacity: str) -> str:
        """In which capacity somebody is invited or present here, in words: one everybody has, or the city's own."""
        if capacity in Capacity.values:
            return str(Capacity(capacity).label)
        return self.rules.own_name(capacity) if self.rules is not None else capacity

    @property
    def stands(self) -> tuple[str, str]:
        """Where it stands, in words, and the tone of them; one that is not over says when its day has come."""
        if self.state == MeetingState.CALLED and self.held_on == timezone.localdate():
            return str(_("Today")), "active"
        tones = {MeetingState.CLOSED: "done", MeetingState.CANCELLED: "stopped"}
        return self.get_state_display(), tones.get(MeetingState(self.state), "waiting")

    @property
    def trace(self) -> Trace:
        """Where it stands on the eight steps; one that is closed or cancelled is no longer under way."""
        is_off = self.state == MeetingState.CANCELLED
        return Trace(Step.DELIBERATION, stopped=is_off, over=self.state == MeetingState.CLOSED)


class Attendance(models.Model):
    """Who was present, counted by sex and group (id: daftar hadir). Counts only: no names are kept here."""

    # Each group on its own is part of women + men; somebody may belong to several.
    GROUPS: ClassVar = {
        "youth": _("Youth"),
        "elderly": _("Elderly"),
        "poor": _("From poor households"),
        "disabled": _("With a disability"),
        "rt_rw": _("RT and RW chairs"),
        "lpm": _("LPM"),
        "pkk": _("PKK"),
    }

    id = models.BigAutoField(primary_key=True)
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="attendance")
    women = models.PositiveIntegerField()
    men = models.PositiveIntegerField()
    youth = models.PositiveIntegerField(default=0)
    elderly = models.PositiveIntegerField(default=0)
    poor = models.PositiveIntegerField(default=0)
    disabled = models.PositiveIntegerField(default=0)
    rt_rw = models.PositiveIntegerField(default=0)
    lpm = models.PositiveIntegerField(default=0)
    pkk = models.PositiveIntegerField(default=0)
    own = models.JSONField(default=dict)  # the same of the city's own groups, by their key in the rules
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(women__gt=0) | Q(men__gt=0), name="attendance_somebody_came")
        ]

    @property
    def present(self) -> int:
        return self.women + self.men


class AgendaItem(models.Model):
    """A proposal put to a meeting (id: acara musyawarah)."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    state_before = models.CharField(max_length=12)  # ready, deferred, passed on: what it is again when taken off
    year_before = models.PositiveSmallIntegerField()  # its budget year then; a deferred one is carried over
    lay_in = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")  # if it went elsewhere

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "proposal"], name="agenda_item_once"),
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_one_item_per_position"),
        ]
        ordering: ClassVar = ["position"]

    @property
    def place(self) -> Region:
        """Where the proposal lay at this meeting; its ward may have been split or merged since."""
        return self.lay_in or self.proposal.region


class Decision(Record):
    """What a meeting decided about one proposal, and why (id: keputusan)."""

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.TextField()
    amount = models.BigIntegerField(null=True, blank=True)  # rupiah agreed, when funded
    method = models.CharField(max_length=20, default=CONSENSUS)
    result = models.ForeignKey(  # that it was decided by, also where it says otherwise
        "deliberation.Result", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
            models.CheckConstraint(
                condition=(Q(outcome="funded", amount__gt=0)) | (~Q(outcome="funded") & Q(amount__isnull=True)),
                name="decision_amount_only_when_funded",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.item.meeting.region_path

    @property
    def code(self) -> str:
        return self.item.proposal.code

    def __str__(self) -> str:
        return str(self.item.proposal)
