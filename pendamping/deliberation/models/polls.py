"""A ballot of a meeting: what is voted on, by which rule, and whether its ballots are fixed.

The rule, the ceiling and the lot are published under a hash before the first vote; the key that seals the ballots is
there only from the announcement to the count (docs/adr/0015-ballots-are-secret.md).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.deliberation.enums.polls import PollBasis, PollKind, PollState
from pendamping.deliberation.models.meetings import Meeting
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region


class NoConsensus(Record):
    """Consensus was sought and not reached, and why (id: mufakat tidak tercapai); perhaps it was reached after all."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="no_consensus")
    reason = models.TextField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    reached_at = models.DateTimeField(null=True, blank=True)  # when it was reached after all
    reached_words = models.TextField(blank=True)
    reached_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="no_consensus_has_reason"),
            models.CheckConstraint(
                condition=Q(reached_at__isnull=True, reached_words="")
                | (Q(reached_at__isnull=False) & ~Q(reached_words="")),
                name="no_consensus_reached_with_words",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.meeting.region_path

    @property
    def code(self) -> str:
        return self.meeting.code

    def __str__(self) -> str:
        return str(self.meeting)


class Poll(Record):
    """A ballot over proposals of the agenda (id: pemungutan suara)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="polls")
    number = models.PositiveSmallIntegerField()  # first, second, … of its meeting
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=PollKind)
    basis = models.CharField(max_length=8, choices=PollBasis)
    no_consensus = models.ForeignKey(NoConsensus, models.PROTECT, null=True, blank=True, related_name="polls")
    least = models.PositiveSmallIntegerField(default=3)  # asked for; fewer are taken once the voter is sure
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    points = models.PositiveSmallIntegerField(null=True, blank=True)  # to share out, when points are given
    ceiling = models.BigIntegerField()  # rupiah
    has_hall = models.BooleanField(default=False)
    has_remote = models.BooleanField(default=False)
    has_paper = models.BooleanField(default=False)
    rule = models.JSONField(default=dict)  # shaped like allocation's Rule, with pots and limits
    rule_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=PollState, default=PollState.DRAFT)
    prepared_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    announced_at = models.DateTimeField(null=True, blank=True)
    announced_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    opens_at = models.DateTimeField(null=True, blank=True)  # planned, then what it was
    closes_at = models.DateTimeField(null=True, blank=True)
    sealing_key = models.BinaryField(null=True, blank=True)  # wrapped; destroyed by the count
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    ballots_hash = models.CharField(max_length=64, blank=True)
    remark = models.TextField(blank=True)  # why more ballots than marks, and the like
    present = models.PositiveIntegerField(null=True, blank=True)  # people counted at the meeting when it was counted
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="poll_number_once"),
            models.CheckConstraint(condition=Q(ceiling__gt=0), name="poll_has_ceiling"),
            models.CheckConstraint(
                condition=Q(basis="planned", no_consensus__isnull=True)
                | Q(basis="fallback", no_consensus__isnull=False),
                name="poll_fallback_names_its_failure",
            ),
            models.CheckConstraint(
                condition=Q(has_hall=True) | Q(has_remote=True) | Q(has_paper=True), name="poll_some_channel"
            ),
            models.CheckConstraint(condition=~Q(kind="points") | Q(points__gt=0), name="poll_points_to_share"),
            models.CheckConstraint(condition=~Q(kind="k_approval") | Q(most__gt=0), name="poll_k_is_given"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gte=models.F("opens_at")),
                name="poll_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "void"])
                | (Q(state__in=["announced", "closed"], announced_at__isnull=False) & ~Q(rule_hash="")),
                name="poll_announced_with_hash",
            ),
            models.CheckConstraint(
                condition=Q(state="announced", sealing_key__isnull=False)
                | (~Q(state="announced") & Q(sealing_key__isnull=True)),
                name="poll_key_only_while_announced",
            ),
            models.CheckConstraint(
                condition=(Q(state="closed", closed_at__isnull=False) & ~Q(ballots_hash=""))
                | (~Q(state="closed") & Q(closed_at__isnull=True, ballots_hash="")),
                name="poll_closed_whole",
            ),
            models.CheckConstraint(
                condition=(Q(state="void", voided_at__isnull=False) & ~Q(void_reason=""))
                | (~Q(state="void") & Q(voided_at__isnull=True, void_reason="")),
                name="poll_void_with_words",
            ),
        ]
        ordering: ClassVar = ["number"]

    @property
    def region_path(self) -> str:
        return self.meeting.region_path

    @property
    def code(self) -> str:
        return f"{self.meeting.code}/{self.number}"

    def __str__(self) -> str:
        return self.title


class PollChoice(models.Model):
    """A proposal on a ballot (id: pilihan), as it stood when the ballot was announced."""

    id = models.BigAutoField(primary_key=True)
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="choices")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()  # as printed on the ballot
    title = models.CharField(max_length=160)
    cost = models.BigIntegerField()  # rupiah
    facts = models.JSONField(default=dict)  # heading, area, groups, need, requires, excludes: what the rule looks at
    lay_in = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")  # as of AgendaItem
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.TextField(blank=True)
    struck_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "proposal"], name="poll_choice_once"),
            models.UniqueConstraint(fields=["poll", "number"], name="poll_choice_number_once"),
            models.CheckConstraint(condition=Q(cost__gte=0), name="poll_choice_cost_not_negative"),
            models.CheckConstraint(
                condition=(Q(struck_at__isnull=True, struck_reason=""))
                | (Q(struck_at__isnull=False) & ~Q(struck_reason="")),
                name="poll_choice_struck_with_words",
            ),
        ]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Region:
        """Where the proposal lay when it was voted on."""
        return self.lay_in or self.proposal.region
