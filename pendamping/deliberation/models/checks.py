"""The technical check of a proposal before a meeting: aspects, lines of cost, the rules it follows."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.deliberation.enums.checks import Aspect, CheckResult, CheckState, Finding
from pendamping.deliberation.models.unit_prices import PriceList, UnitPrice
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region


class CheckRules(Record):
    """What technical checks of a city, or of all, follow from a day on (id: aturan verifikasi teknis)."""

    city = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    condition_permille = models.PositiveSmallIntegerField()  # off the unit prices by more: only with a condition
    unfit_permille = models.PositiveSmallIntegerField()  # off by more: not in order
    needs_check = models.BooleanField(default=False)  # ward meetings take no proposal without a fit check
    legal_basis = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city"], condition=Q(valid_to__isnull=True), name="check_rules_once_in_a_city"
            ),
            models.UniqueConstraint(
                fields=["valid_from"], condition=Q(city__isnull=True), name="check_rules_for_all_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(unfit_permille__gte=F("condition_permille")), name="check_rules_bounds_in_order"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="check_rules_days_in_order"
            ),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="check_rules_have_basis"),
        ]

    def __str__(self) -> str:
        return self.valid_from.isoformat()

    @property
    def condition(self) -> float:
        """As a share of the calculated cost."""
        return self.condition_permille / 1000

    @property
    def unfit(self) -> float:
        """As a share of the calculated cost."""
        return self.unfit_permille / 1000


class TechnicalCheck(Record):
    """A proposal looked at before a meeting (id: verifikasi teknis); once published it is never changed."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="technical_checks")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=CheckState, default=CheckState.DRAFT)
    begun_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    why_anew = models.TextField(blank=True)
    revisions = models.PositiveSmallIntegerField()  # how often the proposal had been repaired when it began
    estimated_cost = models.BigIntegerField()  # rupiah, as the proposal said then
    prices = models.ForeignKey(PriceList, models.PROTECT, null=True, blank=True, related_name="+")
    rules = models.ForeignKey(CheckRules, models.PROTECT, null=True, blank=True, related_name="+")
    calculated = models.BigIntegerField(null=True, blank=True)  # rupiah, the sum of its lines when published
    likenesses = models.JSONField(default=list)  # [{"kind", "code", "permille"}] found like it when published
    result = models.CharField(max_length=10, choices=CheckResult, blank=True)
    reason = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="technical_check_number_once"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(state="draft"), name="technical_check_one_under_way"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True, result="")
                | (Q(state="published", published_at__isnull=False) & ~Q(result="") & ~Q(reason="")),
                name="technical_check_published_whole",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.proposal.region_path

    @property
    def code(self) -> str:
        return self.proposal.code

    def __str__(self) -> str:
        return f"{self.proposal.code}/{self.number}"


class CheckAspect(Record):
    """What was found about one aspect, why, and by whom (id: temuan verifikasi)."""

    check_of = models.ForeignKey(TechnicalCheck, models.PROTECT, related_name="aspects")
    aspect = models.CharField(max_length=10, choices=Aspect)
    finding = models.CharField(max_length=10, choices=Finding)
    reason = models.TextField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    office = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_of", "aspect"], name="check_aspect_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="check_aspect_has_reason"),
        ]

    def __str__(self) -> str:
        return self.aspect


class CheckLine(Record):
    """So much of one item of the unit prices (id: rincian biaya verifikasi)."""

    check_of = models.ForeignKey(TechnicalCheck, models.PROTECT, related_name="lines")
    item = models.ForeignKey(UnitPrice, models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_of", "item"], name="check_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="check_line_above_zero"),
        ]

    @property
    def amount(self) -> int:
        """Rupiah, rounded to the whole one."""
        return int((self.quantity * self.item.price).quantize(Decimal(1)))

    def __str__(self) -> str:
        return f"{self.item} × {self.quantity}"
