"""Operations of bank details, lists of honoraria, receipts and deductions over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.facilitators.api.appointments import who
from pendamping.facilitators.api.months import city_of
from pendamping.facilitators.bank_details import as_typed
from pendamping.facilitators.models import Deduction, PayAccount, PayLine, PayRun
from pendamping.facilitators.pay_flood import too_many_reveals
from pendamping.facilitators.queries import pay as queries
from pendamping.facilitators.schemas import pay as schemas
from pendamping.facilitators.services import month_rules, pay_accounts, pay_receipts, pay_runs

router = Router(tags=["pay"])
PAGE = 200
MAKE, PAY, SET = Verb.MONTH_APPROVE, Verb.HONORARIUM_PAY, Verb.RULES_MANAGE


@endpoint(router, "POST", "/my-honoraria/account", own=True, response=schemas.PayAccountOut)
def set_account(request: HttpRequest, facts: schemas.PayAccountIn) -> Any:
    """Give or change one's own bank details; kept encrypted."""
    details = as_typed(facts.bank, facts.number, facts.holder, facts.tax_number)
    return 201, pay_accounts.set_pay_account(**who(request), details=details, confirmed=facts.confirmed)


@endpoint(router, "GET", "/my-honoraria", own=True, response=list[schemas.PayLineOut])
def list_own_pay(request: HttpRequest) -> Any:
    """One's own pay, the newest month first."""
    return [_line(one) for one in queries.own_lines(request.auth)[:36]]  # type: ignore[attr-defined]


@endpoint(router, "POST", "/my-honoraria/{uid}/receipt", own=True, response=schemas.PayLineOut)
def answer_receipt(request: HttpRequest, uid: UUID, facts: schemas.ReceiptIn) -> Any:
    """Confirm that one's pay came, or say that it did not."""
    line = get_object_or_404(queries.own_lines(request.auth), uid=uid)  # type: ignore[attr-defined]
    if facts.came:
        return 201, _line(pay_receipts.confirm_receipt(**who(request), line=line))
    return 201, _line(pay_receipts.deny_receipt(**who(request), line=line, said=facts.said))


@endpoint(router, "POST", "/honorarium-lists", verb=MAKE, response=schemas.PayRunOut)
def make_run(request: HttpRequest, facts: schemas.PayRunIn) -> Any:
    """Make the list of everybody whose report of a month is approved and not paid."""
    city = city_of(request, facts.region, MAKE)
    return 201, _whole(pay_runs.make_run(**who(request), city=city, year=facts.year, month=facts.month))


@endpoint(router, "GET", "/honorarium-lists", verb=MAKE, response=list[schemas.PayRunLineOut])
def list_runs(request: HttpRequest) -> Any:
    """The lists of honoraria of your city, the newest month first."""
    return list(request.scope.narrow(queries.runs(), MAKE)[:PAGE])  # type: ignore[attr-defined]


@endpoint(router, "GET", "/honorarium-lists/{code}", verb=MAKE, response=schemas.PayRunOut)
def get_run(request: HttpRequest, code: str) -> Any:
    """One list, for the secretariat."""
    return _whole(_run(request, code, MAKE))


@endpoint(router, "POST", "/honorarium-lists/{code}/handover", verb=MAKE, response=schemas.PayRunOut)
def hand_over(request: HttpRequest, code: str) -> Any:
    """Hand a list to the treasurer; one on which nobody has given bank details closes instead."""
    return 201, _whole(pay_runs.hand_over_run(**who(request), run=_run(request, code, MAKE)))


@endpoint(router, "GET", "/honoraria", verb=PAY, response=list[schemas.PayRunLineOut])
def list_payments(request: HttpRequest) -> Any:
    """The lists that were handed to you, the newest month first."""
    return list(request.scope.narrow(queries.runs_handed_over(), PAY)[:PAGE])  # type: ignore[attr-defined]


@endpoint(router, "GET", "/honoraria/{code}", verb=PAY, response=schemas.PayRunOut)
def get_payment(request: HttpRequest, code: str) -> Any:
    """One list, for the treasurer."""
    return _whole(_run(request, code, PAY))


@endpoint(router, "POST", "/honoraria/{code}/file", verb=PAY, response=list[schemas.PayRowOut])
def take_file(request: HttpRequest, code: str) -> Any:
    """Take the bank details of a list, one row for each line that is ready; each time it is written down."""
    found = _run(request, code, PAY)
    _not_too_often(request)
    pay_runs.take_file(**_looking(request), run=found)
    ready = [one for one in queries.lines_of(found) if one.state == "ready" and one.pay_account is not None]
    return 201, [_row(one, one.pay_account) for one in ready if one.pay_account is not None]


def _row(line: PayLine, account: PayAccount) -> dict[str, Any]:
    facts = {"line": str(line.uid), "report": line.report.code, "net": line.net}
    return {**asdict(pay_accounts.details_of(account)), **facts}


@endpoint(router, "POST", "/honoraria/{code}/payment", verb=PAY, response=schemas.PayRunOut)
def record_payment(request: HttpRequest, code: str, facts: schemas.PayPaidIn) -> Any:
    """Record that a list was paid."""
    return 201, _whole(pay_runs.pay_run(**who(request), run=_run(request, code, PAY), **facts.dict()))


@endpoint(router, "POST", "/honorarium-lines/{uid}/failure", verb=PAY, response=schemas.PayLineOut)
def fail_line(request: HttpRequest, uid: UUID, facts: schemas.PayReasonIn) -> Any:
    """Mark one payment as failed; it stands on the next list."""
    return 201, _line(pay_runs.fail_line(**who(request), line=_found(request, uid), reason=facts.reason))


@endpoint(router, "POST", "/honorarium-lines/{uid}/answer", verb=PAY, response=schemas.PayLineOut)
def answer_line(request: HttpRequest, uid: UUID, facts: schemas.PayReasonIn) -> Any:
    """Answer somebody whose pay did not arrive; they are asked once more."""
    return 201, _line(pay_runs.answer_denial(**who(request), line=_found(request, uid), reason=facts.reason))


@endpoint(router, "POST", "/honorarium-lines/{uid}/reveal", verb=PAY, response=schemas.RevealOut)
def reveal_account(request: HttpRequest, uid: UUID, facts: schemas.RevealIn) -> Any:
    """Look at somebody's bank details; it is written down that you did, and why."""
    account = _found(request, uid).pay_account
    if account is None:
        raise Http404
    _not_too_often(request)
    pay_accounts.reveal_pay_account(**_looking(request), pay_account=account, reason=facts.reason)
    return 201, pay_accounts.details_of(account)


@endpoint(router, "POST", "/deductions", verb=SET, response=schemas.DeductionOut)
def set_deduction(request: HttpRequest, facts: schemas.DeductionIn) -> Any:
    """Record what is deducted from pay."""
    given = facts.dict()
    return 201, month_rules.set_deduction(**who(request), city=city_of(request, given.pop("region"), SET), **given)


@endpoint(router, "POST", "/deductions/{uid}/end", verb=SET, response=schemas.DeductionOut)
def end_deduction(request: HttpRequest, uid: UUID, facts: schemas.DeductionEndIn) -> Any:
    """End a deduction with a last day."""
    found = request.scope.get_or_404(Deduction.objects.select_related("city"), SET, uid=uid)  # type: ignore[attr-defined]
    return 201, month_rules.end_deduction(**who(request), deduction=found, valid_to=facts.valid_to)


def _looking(request: Any) -> dict[str, Any]:
    """Without the operation id: a look at bank details is written down each time, also when asked again."""
    return {**who(request), "op": None}


def _not_too_often(request: Any) -> None:
    refusal = too_many_reveals(request.auth, timezone.now())
    if refusal is not None:
        raise refusal


def _run(request: Any, code: str, verb: Verb) -> PayRun:
    found: PayRun = request.scope.get_or_404(queries.runs(), verb, code=code)
    return found


def _found(request: Any, uid: UUID) -> PayLine:
    found: PayLine = request.scope.get_or_404(queries.lines(), PAY, uid=uid)
    return found


def _line(line: PayLine) -> dict[str, Any]:
    names = ("uid", "parts", "deductions", "gross", "net", "state", "reason")
    masked = line.pay_account.masked if line.pay_account else ""
    return {**{name: getattr(line, name) for name in names}, "report": line.report.code, "account": masked}


def _whole(run: PayRun) -> dict[str, Any]:
    names = ("code", "year", "month", "number", "state", "paid_on", "reference")
    return {**{name: getattr(run, name) for name in names}, "lines": [_line(one) for one in queries.lines_of(run)]}
