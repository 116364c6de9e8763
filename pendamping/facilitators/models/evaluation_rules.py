"""How facilitators are evaluated, as data: weights, bounds, least samples, thresholds, days."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.regions.models import Region


class EvaluationRules(Record):
    """One version of the rules of evaluation (id: aturan evaluasi). Without a region: our proposal for any city.

    A half-year is judged by the version in force on its first day, so that everybody knew it before.
    """

    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=200)
    is_proposal = models.BooleanField(default=False)  # not decided by the city
    reason = models.CharField(max_length=300, blank=True)  # why it differs from the version before
    weak_below = models.PositiveSmallIntegerField()  # points of 100 under which an indicator asks for coaching
    judged_least = models.PositiveSmallIntegerField()  # percent of the weight that must be judged to give a total
    reply_days = models.PositiveSmallIntegerField()
    coaching_days = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "version"], name="evaluation_rules_one_per_version"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(region__isnull=True), name="evaluation_rules_one_proposal"
            ),
            models.UniqueConstraint(fields=["region", "valid_from"], name="evaluation_rules_one_per_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="evaluation_rules_dates_in_order",
            ),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="evaluation_rules_have_basis"),
            models.CheckConstraint(
                condition=Q(weak_below__lte=100, judged_least__lte=100),
                name="evaluation_rules_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def region_path(self) -> str:
        return self.region.path if self.region else ""


class IndicatorRule(models.Model):
    """What one indicator weighs under some rules (id: bobot indikator), and where points begin and end."""

    id = models.BigAutoField(primary_key=True)
    rules = models.ForeignKey(EvaluationRules, models.PROTECT, related_name="lines")
    indicator = models.CharField(max_length=40)  # its key in the registry
    weight = models.PositiveSmallIntegerField()  # of 100
    sample_least = models.PositiveSmallIntegerField()  # below it nothing is judged
    good = models.DecimalField(max_digits=9, decimal_places=4)  # full points here and beyond; a share of 1, or days
    poor = models.DecimalField(max_digits=9, decimal_places=4)  # no points here and beyond

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rules", "indicator"], name="indicator_rule_once"),
            models.CheckConstraint(condition=~Q(good=F("poor")), name="indicator_rule_bounds_differ"),
            models.CheckConstraint(condition=Q(sample_least__gte=1, weight__lte=100), name="indicator_rule_in_bounds"),
        ]
