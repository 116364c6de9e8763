"""The rules of a fiscal year as data, the ceiling of each ward, and the projects planned under them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.deliberation.models import Decision
from pendamping.needs.enums.menu import Stream
from pendamping.planning.enums import ProjectState
from pendamping.regions.models import Region, RegionBound

WHOLE = 10_000  # shares are kept in hundredths of a percent


class SubActivity(models.Model):
    """A budget line of the national nomenclature (id: sub kegiatan): Permendagri 90/2019 and its updates."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=200)
    stream = models.CharField(max_length=20, choices=Stream, blank=True)
    indicator = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(code=""), name="sub_activity_has_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class RuleSet(Record):
    """What holds in a city in one fiscal year (id: aturan tahun anggaran). A change is a new version with its basis."""

    city = models.ForeignKey(Region, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=200)
    default_ceiling = models.BigIntegerField()  # rupiah per ward
    infrastructure_min = models.PositiveSmallIntegerField(default=0)  # hundredths of a percent of the ceiling
    infrastructure_max = models.PositiveSmallIntegerField(default=WHOLE)
    empowerment_min = models.PositiveSmallIntegerField(default=0)
    empowerment_max = models.PositiveSmallIntegerField(default=WHOLE)
    tranches = models.JSONField()  # [[percent, progress percent needed before], …], e.g. [[40, 0], [30, 50], [30, 100]]
    note = models.TextField(blank=True)
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city", "fiscal_year", "valid_from"],
                name="rule_set_version_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    infrastructure_min__lte=models.F("infrastructure_max"),
                    infrastructure_max__lte=WHOLE,
                )
                & Q(
                    empowerment_min__lte=models.F("empowerment_max"),
                    empowerment_max__lte=WHOLE,
                ),
                name="rule_set_shares_in_order",
            ),
            models.CheckConstraint(
                condition=Q(default_ceiling__gte=0),
                name="rule_set_ceiling_not_negative",
            ),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="rule_set_has_basis"),
        ]

    @property
    def region_path(self) -> str:
        return self.city.path

    def __str__(self) -> str:
        return f"{self.city} {self.fiscal_year}"

    @property
    def infrastructure_span(self) -> str:
        """ "30–60 %"."""
        return f"{self.infrastructure_min / 100:g}–{self.infrastructure_max / 100:g} %"

    @property
    def empowerment_span(self) -> str:
        """ "40–70 %"."""
        return f"{self.empowerment_min / 100:g}–{self.empowerment_max / 100:g} %"

    @property
    def tranche_words(self) -> str:
        """ "40/30/30"."""
        return "/".join(str(part) for part, _progress in self.tranches)


class Ceiling(Record):
    """The most a ward may plan in a year (id: pagu): the row that planning locks."""

    ward = models.ForeignKey(Region, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()  # rupiah
    legal_basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ward", "fiscal_year"], name="ceiling_once_per_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="ceiling_not_negative"),
        ]

    @property
    def region_path(self) -> str:
        return self.ward.path

    def __str__(self) -> str:
        return f"{self.ward} {self.fiscal_year}"


class Project(RegionBound):
    """Work with a budget and a schedule, born from a decision (id: kegiatan)."""

    code_kind = "P"
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    stream = models.CharField(max_length=20, choices=Stream)
    sub_activity = models.ForeignKey(SubActivity, models.PROTECT, related_name="+")
    budget = models.BigIntegerField()  # rupiah
    funding_source = models.CharField(max_length=80)
    executor = models.CharField(max_length=120)  # the community group or provider, never a private person
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=12, choices=ProjectState, default=ProjectState.PREPARED)
    prepared_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)
    verdict_note = models.TextField(blank=True)  # why it was returned or cancelled

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(
                fields=["ward_path", "fiscal_year", "stream"],
                name="project_ceiling_idx",
            ),
            models.Index(fields=["ward_path", "state", "-id"], name="project_ward_state_idx"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(budget__gt=0), name="project_budget_above_zero"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="project_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="project_approved_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "returned", "cancelled"]) | Q(approved_at__isnull=False),
                name="project_started_only_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(prepared_by__isnull=True)
                | ~Q(approved_by=models.F("prepared_by")),
                name="project_approver_not_preparer",
            ),
        ]

    @property
    def sign(self) -> str:
        """The state as pages draw it."""
        return {"prepared": "waiting", "returned": "waiting", "cancelled": "stopped", "handed_over": "done"}.get(
            self.state, "active"
        )

    def __str__(self) -> str:
        return self.title


class ProjectRevision(Record):
    """How a project read before it was repaired (id: riwayat kegiatan)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="revisions")
    facts = models.JSONField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "created_at"], name="project_revision_once")
        ]
