"""A list of honoraria from approved reports: made, handed over, its file taken, paid; a line failed or answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from pendamping.access import duties
from pendamping.access.duties import Done, Duty
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.core.verdicts import first_refusal
from pendamping.facilitators.enums.pay import LineState, Reason, RunState
from pendamping.facilitators.models import Contract, PayLine, PayRun
from pendamping.facilitators.queries import pay as queries
from pendamping.facilitators.queries.month_rules import rates
from pendamping.facilitators.queries.pay import Payable
from pendamping.facilitators.rules import pay as rules
from pendamping.facilitators.rules.months import first_day, last_day
from pendamping.facilitators.services.holding import hold_all
from pendamping.facilitators.services.pay_accounts import forget_if_settled
from pendamping.facilitators.services.telling import tell
from pendamping.regions.models import Region


@act("facilitators.pay_run_made")
def make_run(*, by: Account | None, at: datetime, city: Region, year: int, month: int) -> PayRun:
    """Make the list of everybody whose report of a month is approved and not paid (id: membuat daftar honorarium).

    Who has no contract for days served is left out; who has no bank details waits on the list. Refused: nothing to
    pay, also to the second of two at once; whoever makes it standing on it.
    """
    if not 1 <= month <= 12:
        raise Refused(Reason.MONTH_MISSING, field="month")
    Region.objects.select_for_update(no_key=True).get(pk=city.pk)  # one list of a city at a time
    held = hold_all(queries.unpaid_reports(city.path, year, month).values_list("account", flat=True))
    shown = formats.day(first_day(year, month), "bulan")
    found = [one for one in queries.payables(city.path, year, month) if one.report.account_id in held]
    payable = [(one, one.contract) for one in found if one.contract is not None]
    if not payable:
        raise Refused(Reason.NOTHING_TO_PAY, month=shown)
    actor = by.pk if by else None
    rules.not_own(actor=actor, people=[one.report.account_id for one, _contract in payable]).or_raise()
    before = PayRun.objects.filter(region=city, year=year, month=month).aggregate(last=Max("number"))["last"] or 0
    taken = rates(city.path, last_day(year, month))
    try:
        with transaction.atomic():
            run = PayRun.add(at=at, region=city, year=year, month=month, number=before + 1, made_by=by)
            lines = PayLine.objects.bulk_create(_line(run, one, contract, taken, at) for one, contract in payable)
    except IntegrityError as problem:
        raise Refused(Reason.NOTHING_TO_PAY, month=shown) from problem
    facts = {
        "month": f"{year}-{month:02d}", "number": run.number, "lines": len(lines),
        "gross": sum(one.gross for one in lines), "net": sum(one.net for one in lines),
    }  # fmt: skip
    tell("facilitators.pay_run_made", run, by=by, at=at, right=Verb.MONTH_APPROVE, changes=facts)
    return run


def _line(run: PayRun, one: Payable, contract: Contract, taken: list[rules.Rate], at: datetime) -> PayLine:
    known = one.pay_account
    deductions = rules.deductions(one.gross, taken, has_tax_number=known is not None and known.has_tax_number)
    return PayLine(
        created_at=at, run=run, report=one.report, account=one.report.account, contract=contract, parts=one.parts,
        deductions=deductions, gross=one.gross, net=rules.net(one.gross, deductions), pay_account=known,
        pointed_at=at if known else None, state=LineState.READY if known else LineState.WAITING,
    )  # fmt: skip


@act("facilitators.pay_run_handed_over")
def hand_over_run(*, by: Account | None, at: datetime, run: PayRun) -> PayRun:
    """Give a list to the treasurer (id: menyerahkan daftar ke bendahara). Who still has no bank details leaves it and
    stands on the next one; a list on which nobody has any closes instead."""
    run = _locked(run)
    rules.is_at(run.state, run.get_state_display(), RunState.MADE).or_raise()
    lines = run.lines.all()
    rules.not_own(actor=by.pk if by else None, people=lines.values_list("account", flat=True)).or_raise()
    left_out = lines.filter(state=LineState.WAITING).update(
        state=LineState.FAILED, reason="Rekening belum diisi; masuk daftar berikutnya setelah diisi."
    )
    ready = lines.filter(state=LineState.READY).count()
    if not ready:
        return _close(run, by=by, at=at, right=Verb.MONTH_APPROVE)
    run.state, run.handed_over_at, run.handed_over_by = RunState.HANDED_OVER, at, by
    run.save(update_fields=["state", "handed_over_at", "handed_over_by"])
    facts = {"lines": ready, "left_out": left_out}
    tell("facilitators.pay_run_handed_over", run, by=by, at=at, right=Verb.MONTH_APPROVE, changes=facts)
    return run


@act("facilitators.pay_file_taken")
def take_file(*, by: Account, at: datetime, run: PayRun) -> PayRun:
    """Note that the treasurer took the file with everybody's bank details (id: mengambil berkas pembayaran).

    Only while the list is with the treasurer.
    """
    run = _locked(run)
    rules.is_at(run.state, run.get_state_display(), RunState.HANDED_OVER).or_raise()
    run.file_taken_at = at
    run.save(update_fields=["file_taken_at"])
    facts = {"lines": run.lines.filter(state=LineState.READY).count()}
    tell("facilitators.pay_file_taken", run, by=by, at=at, right=Verb.HONORARIUM_PAY, changes=facts)
    return run


@act("facilitators.pay_run_paid")
def pay_run(*, by: Account, at: datetime, run: PayRun, paid_on: date, number: str) -> PayRun:
    """The treasurer records that a list was paid (id: mencatat pembayaran), with day and number; everybody on it is
    asked whether it came.

    Refused: the file not taken or stale, a day ahead, whoever approved, made or stands on it, a facilitator.
    """
    run = _locked(run)
    lines = run.lines.filter(state=LineState.READY)
    first_refusal(
        rules.not_own(actor=by.pk, people=lines.values_list("account", flat=True)),
        rules.may_pay(
            state=run.state, state_label=run.get_state_display(), paid_on=paid_on, today=day(at), number=number,
            handed_over_on=day(run.handed_over_at) if run.handed_over_at else None,
            file_taken=run.file_taken_at is not None, file_stale=queries.is_stale(run), ready=lines.count(),
        ),
        duties.duty_verdict(by=by, place=run.region_path, at=at, takes=Duty.PAYER, earlier=_approvers(run)),
    ).or_raise()  # fmt: skip
    run.state, run.paid_at, run.paid_by, run.paid_on = RunState.PAID, at, by, paid_on
    run.reference = " ".join(number.split())[:80]
    run.save(update_fields=["state", "paid_at", "paid_by", "paid_on", "reference"])
    count = lines.update(state=LineState.PAID)
    facts: dict[str, Any] = {"paid_on": paid_on, "reference": run.reference, "lines": count}
    tell("facilitators.pay_run_paid", run, by=by, at=at, right=Verb.HONORARIUM_PAY, changes=facts)
    return run


def _approvers(run: PayRun) -> list[Done]:
    """Whoever made or handed over the list, or approved a report on it, does not pay it."""
    people = {run.made_by_id, run.handed_over_by_id, *run.lines.values_list("report__approved_by", flat=True)}
    return [Done(Duty.APPROVER, person) for person in people if person is not None]


@act("facilitators.pay_line_failed")
def fail_line(*, by: Account, at: datetime, line: PayLine, reason: str) -> PayLine:
    """The treasurer says that somebody's pay did not go through (id: menandai gagal), with the reason.

    The report stands on the next list of its month; a list on which nobody is left to be paid closes. Refused: receipt
    confirmed, the list not with the treasurer yet.
    """
    run = _locked(line.run)
    line = locked_line(line)
    first_refusal(
        rules.not_own(actor=by.pk, people=[line.account_id]),
        rules.may_fail(state=line.state, state_label=line.get_state_display(), run_state=line.run.state, reason=reason),
    ).or_raise()
    before, line.state, line.reason = line.state, LineState.FAILED, mask_to(reason, 200)
    line.save(update_fields=["state", "reason"])
    if line.pay_account is not None:
        forget_if_settled(line.pay_account)
    facts = {"state": [before, line.state], "list": line.run.code}
    is_over = run.state == RunState.HANDED_OVER and not run.lines.filter(state=LineState.READY).exists()
    tell("facilitators.pay_line_failed", line, by=by, at=at, right=Verb.HONORARIUM_PAY, changes=facts)
    if is_over:
        _close(run, by=by, at=at, right=Verb.HONORARIUM_PAY)
    return line


def _close(run: PayRun, *, by: Account | None, at: datetime, right: Verb) -> PayRun:
    """A list on which nobody is left to be paid; the reports are free for the next one, or to be sent back."""
    run.state = RunState.CLOSED
    run.save(update_fields=["state"])
    tell("facilitators.pay_run_closed", run, by=by, at=at, right=right)
    return run


@act("facilitators.pay_line_answered")
def answer_denial(*, by: Account, at: datetime, line: PayLine, reason: str) -> PayLine:
    """The treasurer answers somebody whose pay did not come (id: menjawab sanggahan), and asks them again."""
    line = locked_line(line)
    first_refusal(
        rules.not_own(actor=by.pk, people=[line.account_id]),
        rules.may_answer(state=line.state, state_label=line.get_state_display(), reason=reason),
    ).or_raise()
    line.state, line.reason = LineState.PAID, mask_to(reason, 200)
    line.save(update_fields=["state", "reason"])
    facts = {"list": line.run.code}
    tell("facilitators.pay_line_answered", line, by=by, at=at, right=Verb.HONORARIUM_PAY, changes=facts)
    return line


def locked_line(line: PayLine) -> PayLine:
    """The line, held, with what the rules ask about."""
    found = PayLine.objects.select_for_update(of=("self",))
    return found.select_related("run__region", "report", "account", "pay_account").get(pk=line.pk)


def _locked(run: PayRun) -> PayRun:
    return PayRun.objects.select_for_update(of=("self",)).select_related("region").get(pk=run.pk)
