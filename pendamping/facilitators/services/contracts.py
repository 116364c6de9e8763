"""The contract of each fiscal year: signed, and renewed for the next by a decision with a reason."""

from __future__ import annotations

from datetime import date, datetime

from pendamping.access.models import Account
from pendamping.core import formats
from pendamping.core.acts import act
from pendamping.core.personal import mask_to
from pendamping.facilitators.models import Appointment, Contract
from pendamping.facilitators.queries.evaluations import denied
from pendamping.facilitators.rules import appointments as rules
from pendamping.facilitators.services.telling import tell


@act("facilitators.contract_signed")
def sign_contract(
    *, by: Account | None, at: datetime, appointment: Appointment, fiscal_year: int, number: str, signed_on: date,
    starts_on: date, ends_on: date, monthly: int, reason: str = "",
) -> Contract:  # fmt: skip
    """Record the contract of a fiscal year (id: menandatangani kontrak); `monthly` is rupiah a month.

    Refused: a second one for the year, one that follows upon that of the year before (it is renewed), days outside
    the year or the term, against an evaluation of the year before that decided not to renew, unless the reason names
    it: a new appointment does not undo that.
    """
    signed = appointment.contracts.order_by().values_list("fiscal_year", flat=True)
    denied_by = denied(appointment.account, fiscal_year - 1)
    rules.may_sign(year=fiscal_year, years=signed, denied_by=denied_by, reason=reason).or_raise()
    return _add(
        appointment, fiscal_year, number, signed_on, starts_on, ends_on, monthly, by=by, at=at,
        reason=mask_to(reason, 300),
    )  # fmt: skip


@act("facilitators.contract_renewed")
def renew_contract(
    *, by: Account | None, at: datetime, contract: Contract, number: str, signed_on: date, starts_on: date,
    ends_on: date, monthly: int, reason: str,
) -> Contract:  # fmt: skip
    """Renew a contract for the next fiscal year (id: memperpanjang kontrak), for the reason the decision gives.

    Refused: twice, a year that does not follow, days outside the term (a new term needs a new appointment), against
    an evaluation that decided not to renew unless the reason names it.
    """
    held = Contract.objects.select_for_update(of=("self",)).select_related("appointment__account")
    contract = held.get(pk=contract.pk)
    rules.may_renew(
        before=contract.fiscal_year, year=starts_on.year, reason=reason,
        is_renewed=Contract.objects.filter(renews=contract).exists(),
        denied_by=denied(contract.appointment.account, contract.fiscal_year),
    ).or_raise()  # fmt: skip
    return _add(
        contract.appointment, starts_on.year, number, signed_on, starts_on, ends_on, monthly, by=by, at=at,
        renews=contract, reason=mask_to(reason, 300),
    )  # fmt: skip


def _add(
    appointment: Appointment, year: int, number: str, signed_on: date, starts_on: date, ends_on: date, monthly: int, *,
    by: Account | None, at: datetime, renews: Contract | None = None, reason: str = "",
) -> Contract:  # fmt: skip
    appointment = Appointment.objects.select_for_update(of=("self",)).select_related("region").get(pk=appointment.pk)
    rules.may_contract(
        year=year, starts_on=starts_on, ends_on=ends_on, term_from=appointment.starts_on, term_to=appointment.last_day,
        monthly=monthly, years=appointment.contracts.order_by().values_list("fiscal_year", flat=True),
        term=f"{formats.day(appointment.starts_on)} – {formats.day(appointment.last_day)}",
    ).or_raise()  # fmt: skip
    made = Contract.objects.create(
        created_at=at, appointment=appointment, fiscal_year=year, number=mask_to(number, 80), signed_on=signed_on,
        starts_on=starts_on, ends_on=ends_on, monthly=monthly, renews=renews, reason=reason, made_by=by,
    )  # fmt: skip
    facts = {"appointment": appointment.code, "fiscal_year": year, "number": made.number}
    verb = "facilitators.contract_renewed" if renews else "facilitators.contract_signed"
    tell(verb, made, by=by, at=at, changes=facts, reason=reason)
    return made
