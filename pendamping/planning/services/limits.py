"""The rules of a budget year and the ceilings of its wards are set; the row of a ceiling is what planning waits for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.needs.enums.menu import Stream
from pendamping.planning import queries, rules
from pendamping.planning.enums import Reason
from pendamping.planning.models import WHOLE, Ceiling, RuleSet
from pendamping.regions.models import Region


@act("planning.rules_set")
def set_rules(
    *, by: Account | None, at: datetime, city: Region, fiscal_year: int, valid_from: date, legal_basis: str,
    default_ceiling: int, tranches: Sequence[Sequence[int]], infrastructure_min: int = 0,
    infrastructure_max: int = WHOLE, empowerment_min: int = 0, empowerment_max: int = WHOLE, note: str = "",
) -> RuleSet:  # fmt: skip
    """Set a version of the rules of a budget year (id: menetapkan aturan); the version before ends the day before.

    Shares are in hundredths of a percent; tranches are [[percent, progress needed], …]. Refuses shares that cannot
    all be kept, tranches that are not the whole, and a version that does not begin after the one in force.
    """
    city = Region.objects.select_for_update().get(pk=city.pk)
    before = RuleSet.objects.filter(city=city, fiscal_year=fiscal_year).order_by("-valid_from").first()
    shares = {
        Stream.INFRASTRUCTURE.value: rules.Share(infrastructure_min, infrastructure_max),
        Stream.EMPOWERMENT.value: rules.Share(empowerment_min, empowerment_max),
    }
    rules.may_set_rules(
        level=city.level, legal_basis=legal_basis, valid_from=valid_from, default_ceiling=default_ceiling,
        holds_from=before.valid_from if before else None, shares=shares, tranches=tranches,
    ).or_raise()  # fmt: skip
    if before is not None:
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    made = RuleSet.objects.create(
        created_at=at, city=city, fiscal_year=fiscal_year, valid_from=valid_from,
        legal_basis=mask_to(legal_basis.strip(), 200),
        default_ceiling=default_ceiling, infrastructure_min=infrastructure_min, infrastructure_max=infrastructure_max,
        empowerment_min=empowerment_min, empowerment_max=empowerment_max, tranches=[list(pair) for pair in tranches],
        note=mask(note).text, set_by=by,
    )  # fmt: skip
    tell(
        "planning.rules_set",
        made,
        Verb.RULES_MANAGE,
        by=by,
        at=at,
        changes=_differences(before, made),
    )
    return made


def _differences(before: RuleSet | None, made: RuleSet) -> dict[str, Any]:
    names = ("valid_from", "legal_basis", "default_ceiling", "infrastructure_min", "infrastructure_max",
             "empowerment_min", "empowerment_max", "tranches")  # fmt: skip
    pairs = {name: [getattr(before, name, None), getattr(made, name)] for name in names}
    return {
        "fiscal_year": made.fiscal_year,
        **{name: pair for name, pair in pairs.items() if pair[0] != pair[1]},
    }


@act("planning.ceiling_set")
def set_ceiling(
    *,
    by: Account | None,
    at: datetime,
    ward: Region,
    year: int,
    amount: int,
    legal_basis: str = "",
) -> Ceiling:
    """Set the ceiling of one ward in a year (id: menetapkan pagu); without a basis it names the city's rules.

    A ceiling may fall below what is planned (budgets are cut within the year): nothing more can be planned then.
    """
    rules.may_set_ceiling(level=ward.level, amount=amount).or_raise()
    rule_set = rules_or_refuse(ward.city_path, year, at)
    ceiling = locked_ceiling(ward, year, rule_set, at)
    before = queries.ceiling_state(ward, year, day(at)).amount
    ceiling.amount, ceiling.legal_basis = (
        amount,
        mask_to(legal_basis.strip(), 200) or rule_set.legal_basis,
    )
    ceiling.save(update_fields=["amount", "legal_basis"])
    tell("planning.ceiling_set", ceiling, Verb.RULES_MANAGE, by=by, at=at,
          changes={"year": year, "amount": [before, amount], "basis": ceiling.legal_basis})  # fmt: skip
    return ceiling


def rules_or_refuse(city_path: str, year: int, at: datetime) -> RuleSet:
    """The rules in force for a budget year; without any, nothing can be planned."""
    found = queries.rules_in_force(city_path, year, day(at))
    if found is None:
        raise Refused(Reason.NO_RULE_SET, year=year)
    return found


def locked_ceiling(ward: Region, year: int, rule_set: RuleSet, at: datetime) -> Ceiling:
    """The row every planner of this ward and year waits for, made when first needed: two at once make one row."""
    made = Ceiling(created_at=at, ward=ward, fiscal_year=year, amount=rule_set.default_ceiling)
    Ceiling.objects.bulk_create([made], ignore_conflicts=True)
    return Ceiling.objects.select_for_update().get(ward=ward, fiscal_year=year)


def tell(
    verb: str,
    subject: Any,
    right: Verb,
    *,
    by: Account | None,
    at: datetime,
    changes: dict[str, Any],
    reason: str = "",
) -> None:
    """One entry about a record of planning, by the office that holds the right."""
    office = duties.office_of(by, right, subject, at)
    journal.record(
        verb,
        subject=subject,
        region=subject.region_path,
        by=by,
        at=at,
        office=office,
        reason=reason,
        changes=changes,
    )
