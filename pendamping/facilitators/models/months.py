"""What a facilitator means to do in a month, what came of it, and who said yes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.enums.logbook import Activity
from pendamping.facilitators.enums.months import DecisionKind, MonthOffice, MonthState
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.regions.models import Region, RegionBound


class MonthPlan(Record):
    """What a facilitator means to do in a month (id: rencana kerja bulanan). `region` holds all their places of it."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="month_plans")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    region_path = models.CharField(max_length=16, editable=False)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["region_path", "year", "month"], name="month_plan_where_idx")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "year", "month"], name="month_plan_once"),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="month_plan_has_month"),
        ]

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def journal_label(self) -> str:
        return f"{self.year}-{self.month:02d}"


class PlanLine(Record):
    """So many acts of one kind planned in one place (id: baris rencana)."""

    plan = models.ForeignKey(MonthPlan, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    activity = models.CharField(max_length=16, choices=Activity)
    wanted = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "position"], name="plan_line_position_once"),
            models.CheckConstraint(condition=Q(wanted__gte=1), name="plan_line_wants_something"),
            models.CheckConstraint(condition=~Q(what=""), name="plan_line_says_what"),
        ]

    @property
    def region_path(self) -> str:
        return self.region.path


class MonthReport(RegionBound):
    """A facilitator's month as the logbook told it when it was sent (id: laporan bulanan).

    One to a person and month. `figures` are frozen with each sending; `region` is the smallest place around all places
    served in the month. A month without a report is open.
    """

    code_kind = "X"
    account = models.ForeignKey(Account, models.PROTECT, related_name="month_reports")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=PostKind)  # the highest served in the month
    served_from = models.DateField()
    served_to = models.DateField()
    note = models.TextField(blank=True)  # the person's own words, masked
    figures = models.JSONField()
    digest = models.CharField(max_length=64)  # of figures and note: what each office decided on
    sendings = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)  # of the first sending
    closes_on = models.DateField()  # last day of the correction window
    state = models.CharField(max_length=12, choices=MonthState, default=MonthState.SENT)
    awaits = models.CharField(max_length=20, choices=MonthOffice, blank=True)
    returned_reason = models.CharField(max_length=500, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["state", "awaits", "region_path"], name="month_report_state_idx"),
            models.Index(fields=["city_path", "year", "month"], name="month_report_month_idx"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "year", "month"], name="month_report_once"),
            models.CheckConstraint(
                condition=Q(month__range=(1, 12), sendings__gte=1, served_to__gte=F("served_from")),
                name="month_report_has_month",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False, approved_by__isnull=False)
                | (~Q(state="approved") & Q(approved_at__isnull=True, approved_by__isnull=True)),
                name="month_report_approved_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "recommended"]) & ~Q(awaits="")
                | Q(state__in=["returned", "approved"], awaits=""),
                name="month_report_waits_for_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(returned_reason=""), name="month_report_returned_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("account")), name="month_report_not_alone"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def journal_label(self) -> str:
        return self.code

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def sign(self) -> str:
        """The state as pages draw it."""
        return {"sent": "waiting", "recommended": "active", "returned": "stopped", "approved": "done"}[self.state]


class MonthDecision(Record):
    """One office's word on one sending of a month report (id: keputusan laporan bulanan)."""

    report = models.ForeignKey(MonthReport, models.PROTECT, related_name="decisions")
    sending = models.PositiveSmallIntegerField()
    office = models.CharField(max_length=20, choices=MonthOffice)
    kind = models.CharField(max_length=12, choices=DecisionKind)
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64)  # of what was decided on

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(  # what was approved may still be sent back, also by the same office and person
                fields=["report", "sending", "office"],
                condition=~Q(kind="returned"),
                name="month_decision_once_per_office",
            ),
            models.UniqueConstraint(
                fields=["report", "sending", "decided_by"],
                condition=~Q(kind="returned"),
                name="month_decision_once_per_person",
            ),
            models.CheckConstraint(
                condition=~Q(kind="returned") | ~Q(reason=""), name="month_decision_returned_with_reason"
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.report.region_path
