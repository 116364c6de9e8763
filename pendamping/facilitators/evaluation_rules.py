"""Our proposal for the rules of evaluation, for cities that have set none of their own.

The weights follow an idea, not a law (domain 2.8): discipline of the log 15, timeliness of the cycle 25, acceptance at
first 20, participation 15, technical result 15, residents' word 10. Bounds and least samples are starting points as
well, to be set by the city once it knows its own figures.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pendamping.facilitators.models import EvaluationRules, IndicatorRule

BASIS = "Usulan, disusun dari panduan EVKIN PNPM dan evaluasi KOTAKU 2022; belum ditetapkan kota"
SINCE = date(2025, 1, 1)
# indicator: weight, least sample, full points at, no points at (a share of 1, or days)
LINES: dict[str, tuple[int, int, str, str]] = {
    "facilitators.log_days": (10, 20, "0.95", "0.5"),
    "facilitators.log_on_time": (5, 20, "0.95", "0.6"),
    "facilitators.months_on_time": (5, 3, "1", "0.5"),
    "needs.first_answer": (10, 10, "3", "21"),
    "needs.verification": (10, 5, "7", "42"),
    "facilitators.months_first_pass": (4, 3, "1", "0.4"),
    "needs.proposals_first_pass": (8, 3, "0.9", "0.4"),
    "delivery.first_pass": (8, 3, "0.9", "0.4"),
    "deliberation.women": (5, 30, "0.45", "0.15"),
    "deliberation.poor": (3, 30, "0.25", "0.05"),
    "deliberation.disabled": (2, 30, "0.05", "0"),
    "needs.rts_unheard": (5, 5, "0.1", "0.8"),
    "assets.working": (15, 3, "0.95", "0.5"),
    "benefits.confirmed": (10, 10, "0.85", "0.4"),
}
PROCEDURE = {"weak_below": 40, "judged_least": 50, "reply_days": 14, "coaching_days": 60}


def seed_rules(at: datetime) -> EvaluationRules:
    """Put the proposal into the table, once."""
    facts = {"created_at": at, "valid_from": SINCE, "legal_basis": BASIS, "is_proposal": True, **PROCEDURE}
    rules, is_new = EvaluationRules.objects.get_or_create(region=None, version=1, defaults=facts)
    if is_new:
        IndicatorRule.objects.bulk_create(
            IndicatorRule(
                rules=rules, indicator=key, weight=weight, sample_least=least, good=Decimal(good), poor=Decimal(poor)
            )
            for key, (weight, least, good, poor) in LINES.items()
        )
    return rules
