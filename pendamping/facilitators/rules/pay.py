"""What is paid for a month, and may a list, a line or bank details go on? Values in, amounts and verdicts out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.facilitators.enums.pay import LineState, Reason, RunState
from pendamping.facilitators.rules.months import first_day, last_day

WHOLE = 10_000  # hundredths of a percent
Days = tuple[date, date]  # the first and the last of them


@dataclass(frozen=True)
class Paid:
    """A contract as facts: rupiah a month, from its first day to the last day it is really served (id: kontrak)."""

    number: str
    monthly: int
    starts_on: date
    last_day: date


@dataclass(frozen=True)
class Rate:
    """A deduction as facts (id: potongan). Rates in hundredths of a percent of the gross amount."""

    name: str
    legal_basis: str
    rate: int
    rate_without_tax_number: int | None


def parts(contracts: Iterable[Paid], year: int, month: int, unpaid: Iterable[Days] = ()) -> list[dict[str, Any]]:
    """What each contract gives for a month: monthly × days in force ÷ days of the month, rounded down to a rupiah.

    A day counts once, for the contract in force that began last; `unpaid` days, as those of a suspension, for none.
    """
    whole, unpaid = last_day(year, month).day, tuple(unpaid)
    inside = sorted(contracts, key=lambda one: one.starts_on)
    counted: dict[Paid, int] = dict.fromkeys(inside, 0)
    for on in _days_of(year, month):
        in_force = [one for one in inside if one.starts_on <= on <= one.last_day]
        if in_force and not _is_in(on, unpaid):
            counted[in_force[-1]] += 1
    return [
        {
            "contract": one.number, "monthly": one.monthly, "days": days, "of": whole,
            "gross": one.monthly * days // whole,
        }
        for one, days in counted.items() if days
    ]  # fmt: skip


def awaits_contract(contracts: Iterable[Paid], served: Iterable[Days], year: int, month: int) -> bool:
    """Is a day of a month served that no contract pays? `served`: the days under appointments without a contract of
    the year, which may still be recorded; a list made before would leave these days unpaid for good."""
    contracts, served = tuple(contracts), tuple(served)
    return any(
        _is_in(on, served) and not any(one.starts_on <= on <= one.last_day for one in contracts)
        for on in _days_of(year, month)
    )


def _days_of(year: int, month: int) -> Iterator[date]:
    return (first_day(year, month) + timedelta(days=passed) for passed in range(last_day(year, month).day))


def _is_in(on: date, spans: Iterable[Days]) -> bool:
    return any(first <= on <= last for first, last in spans)


def deductions(gross: int, rates: Iterable[Rate], *, has_tax_number: bool) -> list[dict[str, Any]]:
    """What is taken off, each rounded down to a rupiah."""
    found = []
    for one in rates:
        without = one.rate if one.rate_without_tax_number is None else one.rate_without_tax_number
        rate = one.rate if has_tax_number else without
        found.append({"name": one.name, "rate": rate, "amount": gross * rate // WHOLE, "basis": one.legal_basis})
    return found


def net(gross: int, taken: Iterable[dict[str, Any]]) -> int:
    """What is left; never below nothing."""
    return max(0, gross - sum(one["amount"] for one in taken))


def may_keep_account(
    *, bank: str, number: str, holder: str, tax_number: str, under_way: str, confirmed: bool
) -> Verdict:
    """Are these bank details whole, and may they take the place of earlier ones? `under_way`: a month whose pay is
    already on a list, which asks once more."""
    if not bank.strip():
        return refused(Reason.BANK_MISSING, field="bank")
    if not re.fullmatch(r"\d{5,20}", number):
        return refused(Reason.NUMBER_UNREADABLE, field="number")
    if not holder.strip():
        return refused(Reason.HOLDER_MISSING, field="holder")
    if tax_number and not re.fullmatch(r"\d{15,16}", tax_number):
        return refused(Reason.TAX_NUMBER_UNREADABLE, field="tax_number")
    if under_way and not confirmed:
        return refused(Reason.PAY_UNDER_WAY, field="confirmed", month=under_way)
    return ALLOWED


def may_reveal(*, reason: str, is_readable: bool) -> Verdict:
    """May bank details be shown? With a reason, as long as they are kept."""
    if not is_readable:
        return refused(Reason.DETAILS_GONE)
    return ALLOWED if reason.strip() else refused(Reason.REVEAL_REASON_MISSING, field="reason")


def is_at(state: str, state_label: str, *wanted: str, reason: Reason = Reason.RUN_NOT_AT) -> Verdict:
    """Does a list (or with LINE_NOT_AT a line) stand at one of these steps?"""
    return ALLOWED if state in wanted else refused(reason, state=state_label)


def may_pay(
    *, state: str, state_label: str, handed_over_on: date | None, paid_on: date, today: date, number: str,
    file_taken: bool, file_stale: bool, ready: int,
) -> Verdict:  # fmt: skip
    """May a list be marked as paid? After its file was taken as it stands, with day and number of the payment.

    `ready`: how many on it are paid; of none there is no payment to record.
    """
    if state != RunState.HANDED_OVER or handed_over_on is None:
        return refused(Reason.RUN_NOT_AT, state=state_label)
    if not ready:
        return refused(Reason.NOBODY_LEFT)
    if not file_taken:
        return refused(Reason.FILE_FIRST)
    if file_stale:
        return refused(Reason.FILE_STALE)
    if paid_on > today:
        return refused(Reason.PAID_AHEAD, field="paid_on")
    if paid_on < handed_over_on:
        return refused(Reason.PAID_BEFORE, field="paid_on", day=handed_over_on)
    return ALLOWED if number.strip() else refused(Reason.REFERENCE_MISSING, field="number")


def not_own(*, actor: int | None, people: Iterable[int]) -> Verdict:
    """Nobody makes, hands over or pays a list they stand on."""
    return refused(Reason.OWN_PAY) if actor is not None and actor in set(people) else ALLOWED


def may_fail(*, state: str, state_label: str, run_state: str, reason: str) -> Verdict:
    """May a line be marked as failed? Once the list is with the treasurer, as long as receipt is not confirmed."""
    if run_state == RunState.MADE or state in (LineState.RECEIVED, LineState.FAILED):
        return refused(Reason.LINE_NOT_AT, state=state_label)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def may_answer(*, state: str, state_label: str, reason: str) -> Verdict:
    """May the treasurer answer somebody whose money did not come, and ask them to look again?"""
    if state != LineState.DENIED:
        return refused(Reason.LINE_NOT_AT, state=state_label)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def may_receive(*, is_own: bool, state: str, state_label: str) -> Verdict:
    """May somebody say whether their pay came? Once it was paid; a "did not arrive" may still turn into "received"."""
    if not is_own:
        return refused(Reason.NOT_YOURS)
    return is_at(state, state_label, LineState.PAID, LineState.DENIED, reason=Reason.LINE_NOT_AT)
