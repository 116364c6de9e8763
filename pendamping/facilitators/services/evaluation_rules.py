"""A new version of the rules of evaluation; those before stay as they were, with everything they judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.facilitators import indicators as registry
from pendamping.facilitators.models import EvaluationRules, IndicatorRule
from pendamping.facilitators.rules import evaluations as rules
from pendamping.facilitators.services.telling import tell
from pendamping.regions.models import Region


@act("facilitators.evaluation_rules_set")
def set_evaluation_rules(
    *, by: Account | None, at: datetime, region: Region, valid_from: date, legal_basis: str, reason: str,
    lines: Sequence[rules.RuleLine], weak_below: int, judged_least: int, reply_days: int, coaching_days: int,
) -> EvaluationRules:  # fmt: skip
    """Set the next version of a city (id: menetapkan aturan evaluasi); the one before ends the day before.

    They judge half-years that begin on `valid_from` or later. Refused: backdated, weights that are not 100 together,
    bounds that are equal or impossible, without basis or reason.
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    before = EvaluationRules.objects.filter(region=region).order_by("-valid_from").first()
    known = {one.key: one for one in registry.indicators()}
    rules.may_set_rules(
        legal_basis=legal_basis, reason=reason, valid_from=valid_from, today=day(at), lines=lines,
        holds_from=before.valid_from if before else None,
        units={key: one.unit for key, one in known.items()}, labels={key: str(one.label) for key, one in known.items()},
    ).or_raise()  # fmt: skip
    if before is not None:
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    made = EvaluationRules.objects.create(
        created_at=at, region=region, version=before.version + 1 if before else 1, valid_from=valid_from,
        legal_basis=mask_to(legal_basis.strip(), 200), reason=mask_to(reason, 300), weak_below=weak_below,
        judged_least=judged_least, reply_days=reply_days, coaching_days=coaching_days, set_by=by,
    )  # fmt: skip
    IndicatorRule.objects.bulk_create(
        IndicatorRule(
            rules=made, indicator=line.indicator, weight=line.weight, sample_least=line.sample_least, good=line.good,
            poor=line.poor,
        )
        for line in lines
    )  # fmt: skip
    changes = {
        "version": made.version, "valid_from": valid_from, "legal_basis": made.legal_basis,
        "weights": {line.indicator: line.weight for line in lines}, "weak_below": weak_below,
    }  # fmt: skip
    tell(
        "facilitators.evaluation_rules_set", made, by=by, at=at, right=Verb.EVALUATION_DECIDE, changes=changes,
        reason=made.reason, public=True,
    )  # fmt: skip
    return made
