"""The city sets the days of plan, correction and pay, and what is deducted, each with its legal basis."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask_to
from pendamping.facilitators.enums import months, pay
from pendamping.facilitators.models import Deduction, MonthRules
from pendamping.facilitators.services.telling import tell
from pendamping.regions.models import Region

WHOLE = 10_000  # hundredths of a percent


@act("facilitators.month_rules_set")
def set_month_rules(
    *, by: Account | None, at: datetime, city: Region, valid_from: date, legal_basis: str, plan_day: int,
    correction_days: int, pay_day: int, pays_suspension: bool = False,
) -> MonthRules:  # fmt: skip
    """Set the days that hold for months from a day on, and whether days of a suspension are paid (id: menetapkan
    aturan bulan); earlier versions stay.

    Refused: without basis, a second version from the same day.
    """
    if not legal_basis.strip():
        raise Refused(months.Reason.BASIS_MISSING, field="legal_basis")
    try:
        with transaction.atomic():
            made = MonthRules.objects.create(
                created_at=at, city=city, valid_from=valid_from, legal_basis=mask_to(legal_basis, 200),
                plan_day=plan_day, correction_days=correction_days, pay_day=pay_day,
                pays_suspension=pays_suspension, set_by=by,
            )  # fmt: skip
    except IntegrityError as problem:
        raise Refused(months.Reason.RULES_TAKEN, field="valid_from", day=valid_from) from problem
    names = ("valid_from", "plan_day", "correction_days", "pay_day", "pays_suspension", "legal_basis")
    facts = {name: getattr(made, name) for name in names}
    tell("facilitators.month_rules_set", made, by=by, at=at, right=Verb.RULES_MANAGE, changes=facts)
    return made


@act("facilitators.deduction_set")
def set_deduction(
    *, by: Account | None, at: datetime, city: Region, title: str, legal_basis: str, rate: int, valid_from: date,
    rate_without_tax_number: int | None = None, valid_to: date | None = None,
) -> Deduction:  # fmt: skip
    """Record what is deducted from pay (id: menetapkan potongan); rates in hundredths of a percent of the gross.

    Refused: without name or basis, a rate above the whole, dates reversed.
    """
    if not title.strip():
        raise Refused(pay.Reason.NAME_MISSING, field="title")
    if not legal_basis.strip():
        raise Refused(pay.Reason.BASIS_MISSING, field="legal_basis")
    if not 0 <= rate <= WHOLE or not 0 <= (rate_without_tax_number or 0) <= WHOLE:
        raise Refused(pay.Reason.RATE_UNREADABLE, field="rate")
    if valid_to is not None and valid_to < valid_from:
        raise Refused(pay.Reason.DATES_REVERSED, field="valid_to")
    made = Deduction.objects.create(
        created_at=at, city=city, name=mask_to(title, 80), legal_basis=mask_to(legal_basis, 200), rate=rate,
        rate_without_tax_number=rate_without_tax_number, valid_from=valid_from, valid_to=valid_to, set_by=by,
    )  # fmt: skip
    names = ("rate", "rate_without_tax_number", "valid_from", "valid_to", "legal_basis")
    facts = {name: getattr(made, name) for name in names}
    tell("facilitators.deduction_set", made, by=by, at=at, right=Verb.RULES_MANAGE, changes=facts)
    return made


@act("facilitators.deduction_ended")
def end_deduction(*, by: Account | None, at: datetime, deduction: Deduction, valid_to: date) -> Deduction:
    """End a deduction with a last day (id: mengakhiri potongan). Months that end later are paid without it."""
    deduction = Deduction.objects.select_for_update(of=("self",)).select_related("city").get(pk=deduction.pk)
    if deduction.valid_to is not None:
        raise Refused(pay.Reason.ENDED_ALREADY, day=deduction.valid_to)
    if valid_to < deduction.valid_from:
        raise Refused(pay.Reason.DATES_REVERSED, field="valid_to")
    deduction.valid_to = valid_to
    deduction.save(update_fields=["valid_to"])
    facts = {"valid_to": valid_to}
    tell("facilitators.deduction_ended", deduction, by=by, at=at, right=Verb.RULES_MANAGE, changes=facts)
    return deduction
