"""Bank details: given by the person, sealed under a key of their own, shown to the treasurer for a reason, replaced."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import crypt, mask_to
from pendamping.facilitators.bank_details import HOLDER, NUMBER, TAX_NUMBER, BankDetails
from pendamping.facilitators.enums.pay import LineState, Reason, RunState
from pendamping.facilitators.models import PayAccount, PayLine, PayRun
from pendamping.facilitators.queries import pay as queries
from pendamping.facilitators.queries.month_rules import rates
from pendamping.facilitators.rules import pay as rules
from pendamping.facilitators.rules.months import last_day
from pendamping.facilitators.services.holding import hold
from pendamping.facilitators.services.telling import tell

OPEN = (LineState.PAID, LineState.DENIED)  # somebody may still ask where the money went


@act("facilitators.pay_account_set")
def set_pay_account(*, by: Account, at: datetime, details: BankDetails, confirmed: bool = False) -> PayAccount:
    """Give or change one's own bank details (id: mengisi rekening). Earlier ones are forgotten once nothing is open.

    While pay is on its way to the earlier account it asks once more (`confirmed`); that pay then goes to the new one.
    Refused: not appointed, a number, holder or bank that is missing.
    """
    hold(by)  # as a list of honoraria being made
    appointment, before = queries.last_appointment(by), _in_use(by)
    if appointment is None:
        raise Refused(Reason.NOBODY_PAYS)
    moving = queries.under_way(by)
    rules.may_keep_account(
        bank=details.bank, number=details.number, holder=details.holder, tax_number=details.tax_number,
        confirmed=confirmed,
        under_way=formats.day(moving.run.first_day, "bulan") if moving else "",
    ).or_raise()  # fmt: skip
    if before is not None:
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    key = crypt.new_subject_key()
    try:
        with transaction.atomic():
            made = PayAccount.objects.create(
                created_at=at, account=by, city=appointment.region, subject_key=key, bank=mask_to(details.bank, 60),
                number_cipher=crypt.encrypt(details.number, subject_key=key, field=NUMBER),
                holder_cipher=crypt.encrypt(details.holder, subject_key=key, field=HOLDER),
                tax_number_cipher=crypt.encrypt(details.tax_number, subject_key=key, field=TAX_NUMBER)
                if details.tax_number
                else None,
                last_four=details.number[-4:], has_tax_number=bool(details.tax_number),
            )  # fmt: skip
    except IntegrityError as problem:
        raise Refused(Reason.DETAILS_CHANGED) from problem
    pointed = _point(by, made, at)
    if before is not None:
        forget_if_settled(before)
    facts = {"replaces": before is not None, "lines": pointed}
    tell("facilitators.pay_account_set", made, by=by, at=at, right=Verb.LOG_WRITE, changes=facts)
    return made


def _in_use(account: Account) -> PayAccount | None:
    found = PayAccount.objects.select_for_update(of=("self",)).filter(account=account, replaced_at__isnull=True)
    return found.first()


def _point(account: Account, made: PayAccount, at: datetime) -> int:
    """Lines not paid yet go to these details; those that waited for them are ready. How many.

    Their lists are held first: a file taken before this is stale, whichever clock was read earlier.
    """
    mine = Q(lines__account=account, lines__state__in=(LineState.READY, LineState.WAITING))
    runs = PayRun.objects.filter(mine).exclude(state=RunState.PAID).order_by("pk").values_list("pk", flat=True)
    held = {run.pk: run for run in PayRun.objects.select_for_update().filter(pk__in=set(runs)).order_by("pk")}
    unpaid = [run for run in held.values() if run.state != RunState.PAID]
    lines = PayLine.objects.filter(account=account, run__in=unpaid)
    open_lines = list(lines.filter(Q(state=LineState.READY) | Q(state=LineState.WAITING, run__state=RunState.MADE)))
    for line in open_lines:
        run = held[line.run_id]
        line.run, line.pay_account, line.state = run, made, LineState.READY
        line.pointed_at = max(at, run.file_taken_at + timedelta(microseconds=1)) if run.file_taken_at else at
        reckon(line)
    PayLine.objects.bulk_update(open_lines, ["pay_account", "state", "pointed_at", "deductions", "net"])
    return len(open_lines)


def reckon(line: PayLine) -> None:
    """The deductions of a line with the tax number that is known now; not saved."""
    taken = rates(line.run.region_path, last_day(line.run.year, line.run.month))
    has = line.pay_account is not None and line.pay_account.has_tax_number
    line.deductions = rules.deductions(line.gross, taken, has_tax_number=has)
    line.net = rules.net(line.gross, line.deductions)


def forget_if_settled(account: PayAccount) -> None:
    """Destroy the key of replaced details to which no payment is open any more."""
    if account.replaced_at is not None and not account.pay_lines.filter(state__in=(*OPEN, LineState.READY)).exists():
        PayAccount.objects.filter(pk=account.pk).update(subject_key=None)


@act("facilitators.pay_account_revealed")
def reveal_pay_account(*, by: Account, at: datetime, pay_account: PayAccount, reason: str) -> PayAccount:
    """Note that the treasurer looked at somebody's bank details (id: membuka rekening), and why."""
    pay_account = PayAccount.objects.select_related("city", "account").get(pk=pay_account.pk)
    rules.may_reveal(reason=reason, is_readable=pay_account.subject_key is not None).or_raise()
    tell(
        "facilitators.pay_account_revealed", pay_account, by=by, at=at, right=Verb.HONORARIUM_PAY,
        reason=mask_to(reason, 200),
    )  # fmt: skip
    return pay_account


def details_of(pay_account: PayAccount) -> BankDetails:
    """The details in clear, after an act that was journaled; Refused once they are forgotten."""
    key = pay_account.subject_key
    if key is None:
        raise Refused(Reason.DETAILS_GONE)
    opened = [
        crypt.decrypt(bytes(sealed), subject_key=bytes(key), field=field) if sealed else ""
        for sealed, field in (
            (pay_account.number_cipher, NUMBER), (pay_account.holder_cipher, HOLDER),
            (pay_account.tax_number_cipher, TAX_NUMBER),
        )
    ]  # fmt: skip
    return BankDetails(pay_account.bank, *opened)
