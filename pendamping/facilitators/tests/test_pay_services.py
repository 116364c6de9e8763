"""Pay from the approved report to the receipt: amounts, who may, bank details, failures, what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry, Operation
from pendamping.core.personal.crypt import new_subject_key
from pendamping.facilitators.bank_details import as_typed
from pendamping.facilitators.enums.pay import LineState, RunState
from pendamping.facilitators.models import Assignment, Contract, PayAccount, PayLine, PayRun
from pendamping.facilitators.queries import pay as queries
from pendamping.facilitators.services import (
    appointments,
    ethics_decisions,
    month_rules,
    months,
    pay_accounts,
    pay_receipts,
    pay_runs,
)
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import month_factories as make
from pendamping.facilitators.tests.month_factories import AFTER, FEBRUARY, LATE, MONTH, NUMBER, YEAR
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


def refusal(act: object, **facts: object) -> str:
    with pytest.raises(Refused) as caught:
        act(**facts)  # type: ignore[operator]
    return caught.value.code


# What it comes to


def test_a_list_takes_the_contract_and_the_deductions_in_force(ward: Region) -> None:
    sari = make.serving(ward)
    make.banked(sari, tax_number="09.254.294.3-407.000")
    make.taxed()
    make.taxed(title="Iuran lama", rate=100, valid_from=date(2025, 1, 1), valid_to=date(2026, 2, 28))
    make.approved(sari)
    line = make.run().lines.get()
    assert (line.gross, line.net, line.state) == (2_500_000, 2_375_000, LineState.READY)
    assert line.deductions == [{"name": "PPh 21", "rate": 500, "amount": 125_000, "basis": "PP 58/2023 (contoh)"}]
    assert [(one["days"], one["of"]) for one in line.parts] == [(31, 31)]


def test_without_a_tax_number_the_other_rate_holds_until_it_is_given(ward: Region) -> None:
    sari = make.serving(ward)
    make.banked(sari)
    make.taxed()
    make.approved(sari)
    run = make.run()
    assert run.lines.get().net == 2_350_000
    make.banked(sari, at=AFTER.replace(hour=4), tax_number="092542943407000", confirmed=True)
    pay_runs.hand_over_run(by=make.boss(), at=AFTER.replace(hour=5), run=run)
    assert run.lines.get().net == 2_375_000


def test_a_contract_that_begins_mid_month_pays_by_days(ward: Region) -> None:
    sari = make.serving(ward, starts_on=date(2026, 3, 17))
    make.approved(sari)
    line = make.run().lines.get()
    assert line.parts == [
        {
            "contract": Contract.objects.get().number, "monthly": 2_500_000, "days": 15, "of": 31,
            "gross": 2_500_000 * 15 // 31,
        }
    ]  # fmt: skip
    assert line.gross == 1_209_677


def test_whoever_left_mid_month_is_paid_to_their_last_day(ward: Region) -> None:
    sari = make.serving(ward)
    appointments.end_appointment(
        by=make.boss(), at=FEBRUARY, appointment=sari.appointment, ended_on=date(2026, 3, 12), reason="Pindah"
    )
    report = make.approved(sari)
    assert report.served_to == date(2026, 3, 12)
    assert make.run().lines.get().parts[0]["days"] == 12


def test_without_a_contract_nobody_is_paid_and_the_list_says_who_is_left_out(ward: Region) -> None:
    without = service.placed(ward)
    make.approved(without)
    assert refusal(make.run) == "nothing_to_pay"
    assert [one.contract for one in queries.payables(places.city().path, YEAR, MONTH)] == [None]
    make.approved(make.serving(places.ward(2), "Wati Contoh"))
    assert [line.account.name for line in make.run().lines.select_related("account")] == ["Wati Contoh"]
    service.contract(without.appointment, number="K-9")
    second = make.run()
    assert (second.number, second.lines.get().account) == (2, without.account)


def suspended(of: Assignment, since: date, until: date) -> None:
    """A panel decides so before March, and a second member confirms."""
    facts = {"reason": "Terbukti", "skip_reason": "Berat", "suspended_from": since, "suspended_until": until}
    case = ethics_decisions.decide_case(
        by=service.panelist(), at=FEBRUARY, case=service.heard(of.appointment), sanction="suspension", **facts
    )
    ethics_decisions.confirm_decision(by=service.panelist(2), at=FEBRUARY, case=case)


@pytest.mark.parametrize(("pays", "days"), [(None, 21), (False, 21), (True, 31)])
def test_days_of_a_suspension_are_paid_only_where_the_city_says_so(ward: Region, pays: bool | None, days: int) -> None:
    if pays is not None:
        month_rules.set_month_rules(
            by=make.boss(), at=FEBRUARY, city=places.city(), valid_from=date(2026, 1, 1), legal_basis="Perwal contoh",
            plan_day=25, correction_days=3, pay_day=10, pays_suspension=pays,
        )  # fmt: skip
    sari, wati = make.serving(ward), make.serving(places.ward(2), "Wati Contoh")
    suspended(sari, date(2026, 3, 1), date(2026, 3, 10))
    make.approved(sari)
    make.approved(wati)
    paid = {line.account_id: [one["days"] for one in line.parts] for line in make.run().lines.all()}
    assert paid == {sari.account_id: [days], wati.account_id: [31]}


def test_whose_second_contract_of_the_month_is_missing_waits_for_it(ward: Region) -> None:
    sari = make.serving(ward)
    appointments.end_appointment(
        by=make.boss(), at=FEBRUARY, appointment=sari.appointment, ended_on=date(2026, 3, 15), reason="Naik jabatan"
    )
    later = service.appointed(
        of=service.decree("SK-2/2026"), account=sari.account, starts_on=date(2026, 3, 16), ends_on=service.END
    )
    service.assignments.assign(
        by=make.boss(), at=FEBRUARY, appointment=later, region=ward, starts_on=date(2026, 3, 16), ends_on=service.END
    )
    make.approved(sari)
    assert refusal(make.run) == "nothing_to_pay"
    assert [one.contract for one in queries.payables(places.city().path, YEAR, MONTH)] == [None]
    service.contract(later, number="K-2", starts_on=date(2026, 3, 16), monthly=3_100_000)
    assert [one["days"] for one in make.run().lines.get().parts] == [15, 16]


def test_a_report_is_paid_once_and_only_when_approved(ward: Region) -> None:
    sari = make.serving(ward)
    report = make.sent(sari)
    assert refusal(make.run) == "nothing_to_pay"
    months.approve_report(by=make.boss(), at=AFTER, report=report)
    make.run()
    assert refusal(make.run) == "nothing_to_pay"
    assert (PayRun.objects.count(), PayLine.objects.count()) == (1, 1)


# Up to the payment


def test_a_list_goes_to_the_treasurer_and_is_paid(ward: Region) -> None:
    sari, cash = make.serving(ward), make.treasurer()
    make.banked(sari)
    make.approved(sari)
    run = make.run()
    facts = {"by": cash, "at": AFTER, "run": run, "paid_on": AFTER.date(), "number": "SP2D-7"}
    assert refusal(pay_runs.take_file, by=cash, at=AFTER, run=run) == "run_not_at"
    assert refusal(pay_runs.pay_run, **facts) == "run_not_at"
    run = pay_runs.hand_over_run(by=make.boss(), at=AFTER, run=run)
    facts["run"] = run
    assert refusal(pay_runs.pay_run, **facts) == "file_first"
    pay_runs.take_file(by=cash, at=AFTER, run=run)
    assert refusal(pay_runs.pay_run, **{**facts, "paid_on": LATE.date()}) == "paid_ahead"
    assert refusal(pay_runs.pay_run, **{**facts, "paid_on": FEBRUARY.date()}) == "paid_before"
    assert refusal(pay_runs.pay_run, **{**facts, "number": " "}) == "reference_missing"
    paid = pay_runs.pay_run(**facts)
    assert (paid.state, paid.reference, paid.lines.get().state) == (RunState.PAID, "SP2D-7", LineState.PAID)
    assert refusal(pay_runs.hand_over_run, by=make.boss(), at=AFTER, run=run) == "run_not_at"


def test_whoever_approved_or_made_the_list_does_not_pay_it(ward: Region) -> None:
    sari = make.serving(ward)
    make.banked(sari)
    make.approved(sari)
    run = make.handed_over()
    boss = personas.person("assistant_treasurer", places.city(), make.boss().username)
    pay_runs.take_file(by=make.treasurer(), at=AFTER, run=run)
    facts = {"at": AFTER, "run": run, "paid_on": AFTER.date(), "number": "SP2D-7"}
    assert refusal(pay_runs.pay_run, by=boss, **facts) == "same_person"
    assert refusal(pay_runs.pay_run, by=sari.account, **facts) == "own_pay"
    assert refusal(pay_runs.pay_run, by=make.korkot(), **facts) == "facilitator_never"


def test_missing_bank_details_wait_with_a_clear_cure_and_stand_on_the_next_list(ward: Region) -> None:
    sari, wati = make.serving(ward), make.serving(places.ward(2), "Wati Contoh")
    make.approved(sari)
    make.approved(wati)
    run = make.run()
    assert {line.state for line in run.lines.all()} == {LineState.WAITING}
    make.banked(wati, at=AFTER)
    pay_runs.hand_over_run(by=make.boss(), at=AFTER, run=run)
    states = {line.account_id: (line.state, bool(line.reason)) for line in run.lines.all()}
    assert states == {sari.account_id: (LineState.FAILED, True), wati.account_id: (LineState.READY, False)}
    make.banked(sari, at=LATE)
    assert make.run(at=LATE).lines.get().state == LineState.READY


def test_a_list_on_which_nobody_has_bank_details_closes_and_frees_the_reports(ward: Region) -> None:
    sari = make.serving(ward)
    report = make.approved(sari)
    run = pay_runs.hand_over_run(by=make.boss(), at=AFTER, run=make.run())
    assert (run.state, run.handed_over_at, run.lines.get().state) == (RunState.CLOSED, None, LineState.FAILED)
    assert not queries.runs_waiting_to_hand_over()
    told = JournalEntry.objects.filter(subject_label=run.code).order_by("id").values_list("verb", flat=True)
    assert list(told) == ["facilitators.pay_run_made", "facilitators.pay_run_closed"]
    assert months.return_report(by=make.boss(), at=LATE, report=report, reason="Lengkapi").state == "returned"
    make.banked(sari, at=LATE)
    make.approved(sari, at=LATE)
    assert make.run(at=LATE).lines.get().state == LineState.READY


def test_a_failed_line_goes_on_the_next_list(ward: Region) -> None:
    sari, cash = make.serving(ward), make.treasurer()
    make.banked(sari)
    make.approved(sari)
    line = make.run().lines.get()
    assert refusal(pay_runs.fail_line, by=cash, at=AFTER, line=line, reason="Tutup") == "line_not_at"
    pay_runs.hand_over_run(by=make.boss(), at=AFTER, run=line.run)
    assert refusal(pay_runs.fail_line, by=cash, at=AFTER, line=line, reason=" ") == "reason_missing"
    failed = pay_runs.fail_line(by=cash, at=AFTER, line=line, reason="Rekening tutup")
    assert (failed.state, failed.reason) == (LineState.FAILED, "Rekening tutup")
    assert list(queries.runs_waiting_to_pay()) == []
    assert make.run(at=LATE).number == 2


def test_a_list_on_which_nobody_is_left_closes_and_is_never_paid(ward: Region) -> None:
    sari, wati, cash = make.serving(ward), make.serving(places.ward(2), "Wati Contoh"), make.treasurer()
    for one in (sari, wati):
        make.banked(one)
        make.approved(one)
    run = make.handed_over()
    pay_runs.take_file(by=cash, at=AFTER, run=run)
    first, second = run.lines.order_by("id")
    pay_runs.fail_line(by=cash, at=AFTER, line=first, reason="Ditolak bank")
    run.refresh_from_db()
    assert run.state == RunState.HANDED_OVER
    pay_runs.fail_line(by=cash, at=AFTER, line=second, reason="Ditolak bank")
    run.refresh_from_db()
    assert (run.state, run.paid_on, run.reference) == (RunState.CLOSED, None, "")
    assert JournalEntry.objects.filter(verb="facilitators.pay_run_closed", subject_label=run.code).count() == 1
    facts = {"by": cash, "at": AFTER, "run": run, "paid_on": AFTER.date(), "number": "SP2D-7"}
    assert refusal(pay_runs.pay_run, **facts) == "run_not_at"
    PayRun.objects.filter(pk=run.pk).update(state=RunState.HANDED_OVER)  # whatever came between
    assert refusal(pay_runs.pay_run, **facts) == "nobody_left"
    assert make.run(at=LATE).lines.count() == 2


def test_a_list_that_was_paid_stays_so_when_money_comes_back(ward: Region) -> None:
    sari = make.serving(ward)
    make.banked(sari)
    make.approved(sari)
    run = make.paid()
    pay_runs.fail_line(by=make.treasurer(), at=AFTER, line=run.lines.get(), reason="Dikembalikan bank")
    run.refresh_from_db()
    assert run.state == RunState.PAID


# Receipt


def test_the_person_confirms_and_nobody_else(ward: Region) -> None:
    sari = make.serving(ward)
    make.banked(sari)
    make.approved(sari)
    line = make.paid().lines.get()
    assert list(queries.lines_waiting_for_receipt(sari.account)) == [line]
    assert refusal(pay_receipts.confirm_receipt, by=make.boss(), at=AFTER, line=line) == "not_yours"
    done = pay_receipts.confirm_receipt(by=sari.account, at=AFTER, line=line)
    assert (done.state, done.answered_at) == (LineState.RECEIVED, AFTER)
    assert refusal(pay_receipts.deny_receipt, by=sari.account, at=AFTER, line=line) == "line_not_at"
    assert refusal(pay_runs.fail_line, by=make.treasurer(), at=AFTER, line=line, reason="x") == "line_not_at"


def test_a_denied_receipt_waits_at_the_treasurer_who_answers_or_pays_again(ward: Region) -> None:
    sari, cash = make.serving(ward), make.treasurer()
    make.banked(sari)
    make.approved(sari)
    line = make.paid().lines.get()
    denied = pay_receipts.deny_receipt(by=sari.account, at=AFTER, line=line, said="Belum masuk, hubungi 081234567890")
    assert denied.said == "Belum masuk, hubungi [telepon]"
    assert list(queries.lines_waiting_for_treasurer()) == [line]
    answered = pay_runs.answer_denial(by=cash, at=AFTER, line=line, reason="Masuk tanggal 3, cek lagi")
    assert (answered.state, answered.reason) == (LineState.PAID, "Masuk tanggal 3, cek lagi")
    pay_receipts.deny_receipt(by=sari.account, at=LATE, line=line)
    pay_runs.fail_line(by=cash, at=LATE, line=line, reason="Dikembalikan bank")
    assert make.run(at=LATE).lines.get().report_id == line.report_id
    told = JournalEntry.objects.filter(verb__startswith="facilitators.pay_line_")
    assert [one.reason for one in told] == ["", ""]


# Bank details


def test_bank_details_are_sealed_masked_and_in_no_journal_or_digest(ward: Region) -> None:
    import uuid

    sari = make.serving(ward)
    details = as_typed("Bank Contoh", "0012-3456 78901", "Ani Contoh", "09.254.294.3-407.000")
    made = pay_accounts.set_pay_account(by=sari.account, at=AFTER, op=uuid.uuid4(), details=details)
    assert made.masked == "Bank Contoh •••• 8901"
    assert pay_accounts.details_of(PayAccount.objects.get()) == details
    assert NUMBER not in str(PayAccount.objects.values().get())
    kept = str(list(JournalEntry.objects.values())) + str(list(Operation.objects.values()))
    assert not any(word in kept for word in (NUMBER, "Ani Contoh", "Bank Contoh", "092542943407000"))
    told = str(list(JournalEntry.objects.values_list("changes", "reason", "subject_label")))  # hashes hold any 4 digits
    assert "8901" not in told
    assert NUMBER not in f"{details} {details!r}"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"number": "12a45678"}, "number_unreadable"), ({"number": "1234"}, "number_unreadable"),
        ({"holder": " "}, "holder_missing"), ({"bank": ""}, "bank_missing"),
        ({"tax_number": "123"}, "tax_number_unreadable"),
    ],
)  # fmt: skip
def test_bank_details_must_be_whole(ward: Region, facts: dict[str, str], code: str) -> None:
    assert refusal(make.banked, of=make.serving(ward), **facts) == code


def test_nobody_unappointed_gives_bank_details(ward: Region) -> None:
    details = as_typed("Bank Contoh", NUMBER, "Siapa")
    somebody = personas.account("siapa")
    assert refusal(pay_accounts.set_pay_account, by=somebody, at=AFTER, details=details) == "nobody_pays"


def test_a_change_asks_again_while_pay_is_on_its_way_and_makes_the_file_stale(ward: Region) -> None:
    sari, cash = make.serving(ward), make.treasurer()
    before = make.banked(sari)
    make.approved(sari)
    run = make.handed_over()
    pay_runs.take_file(by=cash, at=AFTER, run=run)
    assert refusal(make.banked, of=sari, at=LATE, number="5550001111") == "pay_under_way"
    after = make.banked(sari, at=LATE, number="5550001111", confirmed=True)
    before.refresh_from_db()
    assert (before.replaced_at, before.subject_key) == (LATE, None)
    assert refusal(pay_accounts.reveal_pay_account, by=cash, at=LATE, pay_account=before, reason="x") == "details_gone"
    facts = {"by": cash, "at": LATE, "run": run, "paid_on": AFTER.date(), "number": "SP2D-7"}
    assert refusal(pay_runs.pay_run, **facts) == "file_stale"
    pay_runs.take_file(by=cash, at=LATE.replace(hour=4), run=run)
    third = make.banked(sari, at=LATE, number="5550002222", confirmed=True)  # its clock was read before the file's
    assert refusal(pay_runs.pay_run, **facts) == "file_stale"
    pay_runs.take_file(by=cash, at=LATE.replace(hour=5), run=run)
    pay_runs.pay_run(**{**facts, "at": LATE.replace(hour=6)})
    assert run.lines.get().pay_account == third != after


def test_a_tax_number_given_while_the_list_is_with_the_treasurer_changes_what_is_kept(ward: Region) -> None:
    sari = make.serving(ward)
    make.taxed()
    make.banked(sari)
    make.approved(sari)
    run = make.handed_over()
    assert run.lines.get().deductions[0]["rate"] == 600
    make.banked(sari, at=LATE, tax_number="092542943407000", confirmed=True)
    line = run.lines.get()
    assert (line.deductions[0]["rate"], line.net) == (500, line.gross - line.gross * 500 // 10_000)


def test_replaced_details_stay_readable_until_the_payment_to_them_is_settled(ward: Region) -> None:
    sari = make.serving(ward)
    before = make.banked(sari)
    make.approved(sari)
    line = make.paid().lines.get()
    make.banked(sari, at=LATE, number="5550001111")
    before.refresh_from_db()
    assert before.subject_key
    pay_receipts.confirm_receipt(by=sari.account, at=LATE, line=line)
    before.refresh_from_db()
    assert before.subject_key is None


def test_a_reveal_needs_a_reason_and_is_journaled(ward: Region) -> None:
    made = make.banked(make.serving(ward))
    cash = make.treasurer()
    assert refusal(pay_accounts.reveal_pay_account, by=cash, at=AFTER, pay_account=made, reason=" ") == (
        "reveal_reason_missing"
    )
    pay_accounts.reveal_pay_account(by=cash, at=AFTER, pay_account=made, reason="Transfer ditolak bank")
    entry = JournalEntry.objects.get(verb="facilitators.pay_account_revealed")
    assert (entry.office, entry.reason, entry.actor_uid) == ("assistant_treasurer", "Transfer ditolak bank", cash.uid)
    assert entry.subject_label == str(made.account.uid)
    assert not entry.is_public


def test_a_wrong_key_opens_nothing(ward: Region) -> None:
    from pendamping.core.personal.crypt import Unreadable

    made = make.banked(make.serving(ward))
    made.subject_key = new_subject_key()
    with pytest.raises(Unreadable):
        pay_accounts.details_of(made)


# Rules as data


def test_deductions_have_a_basis_and_end(ward: Region) -> None:
    city = places.city()
    facts = {"by": make.boss(), "at": AFTER, "city": city, "valid_from": date(2026, 1, 1)}
    assert refusal(month_rules.set_deduction, title="PPh", legal_basis=" ", rate=500, **facts) == "basis_missing"
    assert refusal(month_rules.set_deduction, title=" ", legal_basis="UU", rate=500, **facts) == "name_missing"
    assert refusal(month_rules.set_deduction, title="PPh", legal_basis="UU", rate=10_001, **facts) == "rate_unreadable"
    made = make.taxed()
    ended = month_rules.end_deduction(by=make.boss(), at=AFTER, deduction=made, valid_to=date(2026, 3, 30))
    assert ended.valid_to == date(2026, 3, 30)
    assert refusal(
        month_rules.end_deduction, by=make.boss(), at=AFTER, deduction=made, valid_to=date(2026, 5, 1)
    ) == "ended_already"  # fmt: skip
    sari = make.serving(ward)
    make.approved(sari)
    assert make.run().lines.get().deductions == []


def test_rules_of_a_month_are_versions_with_a_basis(ward: Region) -> None:
    facts = {
        "by": make.boss(), "at": AFTER, "city": places.city(), "valid_from": date(2026, 1, 1), "plan_day": 20,
        "correction_days": 5, "pay_day": 8,
    }  # fmt: skip
    assert refusal(month_rules.set_month_rules, legal_basis=" ", **facts) == "basis_missing"
    month_rules.set_month_rules(legal_basis="Perwal contoh", **facts)
    assert refusal(month_rules.set_month_rules, legal_basis="Perwal lain", **facts) == "rules_taken"
    assert make.sent(make.serving(ward)).closes_on == date(2026, 4, 5)
