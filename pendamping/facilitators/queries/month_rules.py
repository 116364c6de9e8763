"""Which days and rates hold for months and pay in a city."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from pendamping.facilitators.models import Deduction, MonthRules
from pendamping.facilitators.rules.months import Terms
from pendamping.facilitators.rules.pay import Rate


def rules_of(city_path: str) -> QuerySet[MonthRules]:
    """All versions of a city, the newest first."""
    return MonthRules.objects.filter(city__path=city_path).select_related("city").order_by("-valid_from")


def terms(city_path: str, on: date) -> Terms:
    """What holds on a day; without rules of the city, a proposal whose legal basis is empty."""
    found = rules_of(city_path).filter(valid_from__lte=on).first()
    if found is None:
        return Terms()
    return Terms(found.plan_day, found.correction_days, found.pay_day, found.legal_basis, found.pays_suspension)


def deductions_of(city_path: str) -> QuerySet[Deduction]:
    """All deductions of a city, also those over."""
    return Deduction.objects.filter(city__path=city_path).select_related("city").order_by("valid_from", "id")


def rates(city_path: str, on: date) -> list[Rate]:
    """What is deducted from pay for a month that ends on this day."""
    found = deductions_of(city_path).filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return [Rate(one.name, one.legal_basis, one.rate, one.rate_without_tax_number) for one in found]
