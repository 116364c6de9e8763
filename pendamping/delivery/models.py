"""How a project comes along: progress reports that somebody else verifies, and money paid by tranche."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Photo
from pendamping.delivery.enums import ReportState
from pendamping.delivery.rules import STAGES
from pendamping.planning.models import Project
from pendamping.regions.models import RegionBound


class ProgressReport(RegionBound):
    """How far the work is and what was spent (id: laporan kemajuan)."""

    code_kind = "L"
    project = models.ForeignKey(Project, models.PROTECT, related_name="reports")
    stage = models.PositiveSmallIntegerField()  # percent of physical work
    spent = models.BigIntegerField()  # rupiah, to date
    note = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    photos = models.ManyToManyField(Photo, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.REPORTED)
    reported_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    verdict_note = models.TextField(blank=True)

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["ward_path", "state", "-id"], name="report_ward_state_idx"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(stage__in=STAGES), name="report_stage_known"),
            models.CheckConstraint(condition=Q(spent__gte=0), name="report_spent_not_negative"),
            models.UniqueConstraint(
                fields=["project", "stage"], condition=~Q(state="returned"), name="report_one_live_per_stage"
            ),
            models.CheckConstraint(
                condition=Q(state="reported", verified_at__isnull=True, verified_by__isnull=True)
                | (~Q(state="reported") & Q(verified_at__isnull=False, verified_by__isnull=False)),
                name="report_verdict_whole",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | Q(reported_by__isnull=True)
                | ~Q(verified_by=models.F("reported_by")),
                name="report_verifier_not_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.stage} %"

    @property
    def sign(self) -> str:
        """The state as pages draw it."""
        return {"reported": "waiting", "verified": "done", "returned": "stopped"}[self.state]


class Payment(RegionBound):
    """A tranche paid out to the executor (id: pembayaran termin); recorded by mistake, it is struck, not erased."""

    code_kind = "B"
    project = models.ForeignKey(Project, models.PROTECT, related_name="payments")
    tranche = models.PositiveSmallIntegerField()  # 1, 2, …
    amount = models.BigIntegerField()  # rupiah
    paid_on = models.DateField()
    reference = models.CharField(max_length=80)  # number of the payment order (SP2D or receipt)
    paid_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.TextField(blank=True)

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "tranche"], condition=Q(voided_at__isnull=True), name="payment_once_per_tranche"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="payment_voided_with_reason",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0, tranche__gte=1), name="payment_amount_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.tranche}"
