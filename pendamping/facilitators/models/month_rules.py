"""What holds for plans, reports and pay of a month in a city: days and rates as data, each with its basis."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.regions.models import Region


class MonthRules(Record):
    """The days of plan, correction and pay in a city, and whether a suspension is paid (id: aturan bulan).

    A change is a new row with its basis.
    """

    city = models.ForeignKey(Region, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    legal_basis = models.CharField(max_length=200)
    plan_day = models.PositiveSmallIntegerField(default=25)  # of the month before: the last day for the plan
    correction_days = models.PositiveSmallIntegerField(default=3)  # after the month's end; later is late
    pay_day = models.PositiveSmallIntegerField(default=10)  # of the month after: until when pay is expected
    pays_suspension = models.BooleanField(default=False)  # are the days of a suspension paid?
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "valid_from"], name="month_rules_version_once"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="month_rules_have_basis"),
            models.CheckConstraint(
                condition=Q(plan_day__range=(1, 28), pay_day__range=(1, 28), correction_days__lte=28),
                name="month_rules_sensible",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.city.path

    @property
    def journal_label(self) -> str:
        return str(self.valid_from)


class Deduction(Record):
    """What is taken off the honorarium, by a rate with its basis (id: potongan honorarium), for example tax."""

    city = models.ForeignKey(Region, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    legal_basis = models.CharField(max_length=200)
    rate = models.PositiveSmallIntegerField()  # hundredths of a percent of the gross amount
    rate_without_tax_number = models.PositiveSmallIntegerField(null=True, blank=True)  # None: the same
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["valid_from", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(legal_basis="") & ~Q(name=""), name="deduction_has_basis"),
            models.CheckConstraint(
                condition=Q(rate__lte=10_000)
                & (Q(rate_without_tax_number__isnull=True) | Q(rate_without_tax_number__lte=10_000)),
                name="deduction_rate_within_whole",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="deduction_dates_in_order"
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.city.path

    @property
    def journal_label(self) -> str:
        return self.name

    @property
    def shown_rate(self) -> str:
        """ "5 %"."""
        return f"{self.rate / 100:g} %"
