"""What people write into the selection and the service of facilitators leaves no number or name of a person either."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from django.utils import timezone

from pendamping.core import journal
from pendamping.core.moments import day
from pendamping.facilitators import services
from pendamping.facilitators.models import Appointment, Seat
from pendamping.facilitators.rules.draw import Line
from pendamping.facilitators.services import (
    absences,
    appointments,
    assignments,
    ceremonies,
    checks,
    coaching,
    contracts,
    decrees,
    duty_handovers,
    ethics_cases,
    ethics_code,
    ethics_decisions,
    evaluations,
    evidence,
    exam_results,
    interviews,
    log_rules,
    log_verification,
    logbook,
    month_rules,
    months,
    objections,
    panels,
    pay_accounts,
    pay_receipts,
    pay_runs,
    questions,
    requirements,
    rounds,
    sittings,
)
from pendamping.facilitators.services import applications as applying
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import evaluation_factories as judging
from pendamping.facilitators.tests import exam_factories as exam
from pendamping.facilitators.tests import logbook_factories as days
from pendamping.facilitators.tests import month_factories as month
from pendamping.facilitators.tests import ranking_factories as ranking
from pendamping.facilitators.tests import selection_factories as selection
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places
from tests.journey import test_no_person_stays as road
from tests.journey.planting import PLANT, plant

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Chosen from a list, made by the machine, or the number of a paper, which must stay what it is.
CHOSEN = {
    "kind", "specialism", "role", "right", "result", "sanction", "difficulty", "to", "said", "secret_hash",
    "shown_index", "ticket", "number", "activity", "linked_code", "work_days", "outcome",
    "stage", "objection", "part", "form",
}  # fmt: skip
# Acts that take the facts of a record as it stands, and which of them people write.
FACTS = {
    "make_round": ("title", "legal_basis", "legal_article"), "edit_round": ("title", "legal_basis", "legal_article"),
    **dict.fromkeys(
        ("add_requirement", "edit_requirement"),
        ("text", "regulation", "article", "evidence", "checked_by", "checked_against", "register_name"),
    ),
    "finish_coaching": ("result",),
}  # fmt: skip
# A question may tell of invented people ("Pak Budi, ketua RW 03"): masked, it could not be answered.
OF_THE_BANK = {"Question.topic", "Question.text", "Question.feedback", "Question.source", "BlueprintLine.topic"}
OPTIONS = [{"text": "Ketua RW", "weight": "100"}, {"text": "Camat", "weight": "0"}]


def written(act: Callable[..., Any]) -> list[str]:
    """The arguments in which a person writes what they like."""
    given = inspect.signature(act).parameters.values()
    named = [one.name for one in given if one.annotation in ("str", str) and one.name not in CHOSEN]
    return [*named, *FACTS.get(act.__name__, ())]


def acts() -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    for found in iter_modules(services.__path__):
        module = import_module(f"{services.__name__}.{found.name}")
        for name, act in vars(module).items():
            if hasattr(act, "verb") and act.__module__ == module.__name__ and written(act):
                yield module, name, act


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every act gets the words of a person in front of whatever is written; which acts were done."""
    return plant(monkeypatch, acts(), written)


def test_no_number_or_name_of_a_person_stays_in_the_selection_or_the_service(planted: set[str]) -> None:
    city, wards = places.city(), [places.ward(n) for n in (1, 2)]
    apply_and_check(city)
    take_a_test(city)
    judge_and_object(city)
    one = appoint_and_place(city, wards)
    answer_for_a_breach(one)
    be_evaluated(one)
    keep_a_logbook(one)
    plan_report_and_pay(one)
    assert planted == {name for _module, name, _act in acts()}, "do these too"
    held = [
        f"{where}: {told[:60]}"
        for where, told in road.every_text()
        if where not in OF_THE_BANK and road.is_of_a_person(told)
    ]
    assert held == [], "\n".join(held)
    assert road.too_long() == []
    assert list(journal.verify()) == []


def by_now(city: Region) -> dict[str, Any]:
    return {"by": selection.secretariat(city), "at": timezone.now()}


def apply_and_check(city: Region) -> None:
    """A round prepared, mended and opened, its requirements changed, two applications, the file check, called off."""
    made, facts = selection.prepared(city), by_now(city)
    rounds.edit_round(round=made, **selection.round_facts(), **facts)
    requirements.edit_requirement(
        requirement=selection.requirement(made), **selection.requirement_facts(kind="document"), **facts
    )
    made = rounds.advance_round(round=made, to="open", **facts)
    requirements.begin_change(round=made, reason="Lebih jelas", **facts)
    selection.requirement(made, text="Sehat")
    requirements.publish_change(round=made, **facts)
    gone = selection.submitted(made)
    applying.withdraw_application(by=None, at=timezone.now(), application=gone, reason="Sudah bekerja")
    stays = selection.submitted(made, "3278014506950002")
    selection.closed(made)
    first = made.requirement_sets.latest("version").requirements.get(position=1)
    asked = {"application": stays, "requirement": first}
    checks.check_requirement(
        by=selection.checker(), at=timezone.now(), is_there=True, right="unclear", note="Buram", reference="1",
        reason="Kirim lagi", answer_until=day(timezone.now()) + timedelta(days=2), **asked,
    )  # fmt: skip
    evidence.answer_clarification(by=None, at=timezone.now(), answer="Ini yang jelas", **asked)
    selection.second(stays)
    rounds.cancel_round(round=made, reason="Anggaran dialihkan", **facts)


def take_a_test(city: Region) -> None:
    """A bank, a question retired, a sitting, a lost card, more time, a question that does not count."""
    facts: dict[str, Any] = {"by": exam.committee(city), "at": exam.NOW}
    of = exam.round(city)
    bank = questions.make_bank(region=city, name="Bank", about="Soal", **facts)
    asked = [
        questions.add_question(
            bank=bank, kind="single", topic="Umum", text=f"{n}: siapa memimpin?", options=OPTIONS, feedback="Ya",
            source="Buku", **facts,
        )
        for n in range(3)
    ]  # fmt: skip
    questions.retire_question(question=asked[2], reason="Sudah dikenal", **facts)
    sittings.set_blueprint(round=of, bank=bank, minutes=60, lines=[Line(asked[0].topic, 2)], **facts)
    held = {"round": of, "starts_at": exam.STARTS + timedelta(days=1), "seats": 4, **facts}
    planned, spare = (sittings.plan_sitting(place=place, **held) for place in ("Lab", "Kelas"))
    sittings.call_off_sitting(sitting=spare, reason="Listrik padam", **facts)
    sittings.move_sitting(sitting=planned, place="Aula", starts_at=exam.STARTS, reason="Lab kebanjiran", **facts)
    exam.applicant(of)
    sittings.seat_applicants(round=of, **facts)
    sitting = sittings.open_sitting(by=None, at=exam.STARTS, sitting=planned)
    sittings.renew_pin(seat=Seat.objects.get(sitting=sitting), reason="Kartu hilang", **facts)
    seat = exam.begun(sitting)
    sittings.grant_extra_time(by=None, at=exam.STARTS, seat=seat, minutes=10, reason="Listrik padam")
    exam.closed(sitting)
    void = seat.answers.order_by("position").first()
    assert void is not None
    exam_results.void_question(round=of, question=void.question, reason="Dua jawaban benar", **facts)


def judge_and_object(city: Region) -> None:
    """A conflict, scores, one of them striking, an interview closed early, a seat ended, objections upheld."""
    of, facts = ranking.interviewing(city, members=4), {"by": ranking.secretariat(city), "at": ranking.NOW}
    one, two = ranking.applicant(of), ranking.applicant(of)
    ranking.declared(one, 4, has_conflict=True, kind="family", reason="Sepupu")
    wrong = {"application": one, "member": of.panel.get(account=ranking.judge(4))}
    interviews.lift_conflict(reason="Salah orang", **wrong, **facts)
    ranking.declared(one, 4, has_conflict=True, kind="work", reason="Rekan")
    for number, mark in ((1, 80), (2, 82), (3, 30)):
        ranking.locked(one, number, mark)
    interviews.note_outlier(sheet=one.sheets.get(is_outlier=True), note="Wajar", **facts)
    ranking.locked(two, 1)
    ranking.locked(two, 2)
    interviews.close_interview(application=two, reason="Anggota sakit", **facts)
    panels.end_seat(member=of.panel.get(account=ranking.judge(4)), reason="Pindah tugas", **facts)
    interviews.record_absence(application=ranking.applicant(of), reason="Tidak datang", **facts)
    failed = ranking.applicant(of, None)
    failed.results.filter(stage="files").update(passed=False)
    ranking.published(of)
    about_files = objections.lodge_objection(
        by=None, at=ranking.NOW, application=failed, stage="files", text="Ijazah ada"
    )  # fmt: skip
    objections.answer_objection(objection=about_files, is_upheld=True, reason="Ada di halaman 3", **facts)
    made = objections.lodge_objection(
        by=None, at=ranking.NOW, application=two, stage="exam", text="Nomor 7 keliru"
    )  # fmt: skip
    objections.answer_objection(objection=made, is_upheld=True, reason="Benar", new_score=Decimal(90), **facts)


def appoint_and_place(city: Region, wards: list[Region]) -> Appointment:
    """A decree, one who declines, the oath, somebody who leaves, a successor; a decree revoked. Gives who stays."""
    facts: dict[str, Any] = {"by": service.secretariat(), "at": service.NOW}
    decree = service.decree(ends_on=date(2027, 12, 31))
    chosen = service.standing(service.post(service.final_round(), wards[0]))
    appointments.decline_place(standing=chosen, reason="Merawat ibu", **facts)
    stays, goes = (service.appointed(name, of=decree) for name in ("Ani Contoh", "Ina Contoh"))
    for one, ward in ((stays, wards[0]), (goes, wards[1])):
        assignments.assign(appointment=one, region=ward, starts_on=service.START, ends_on=date(2027, 12, 31), **facts)
    renewed = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31), "signed_on": service.TODAY}
    contracts.renew_contract(
        contract=service.contract(stays), number="K-2", monthly=2_500_000, reason="Baik", **renewed, **facts
    )
    called = service.ceremony(decree)
    ceremonies.tick_by_hand(attendee=called.attendees.order_by("id").first(), note="Ponsel tertinggal", **facts)
    ceremonies.record_oath(
        ceremony=called, version="Lampiran", text="Demi Tuhan", read_by="Sekda", witnesses="Camat", **facts
    )
    assignments.end_assignment(assignment=goes.assignments.get(), ended_on=service.TODAY, reason="Dipindah", **facts)
    leaving = appointments.end_appointment(appointment=goes, ended_on=service.TODAY, reason="Sakit", **facts)
    second = service.decree("SK-2/2026", "replacement")
    successor = appointments.replace(
        leaving=leaving, decree=second, reason="Sakit", skipped="", account=service.personas.account("uci"),
        starts_on=date(2026, 2, 3), unit=wards[1], **facts,
    )  # fmt: skip
    duty_handovers.take_over(by=successor.account, at=service.NOW, appointment=successor, missing="Kunci balai")
    decrees.revoke_decree(decree=second, on=date(2026, 2, 20), reason="Salah dasar", **facts)
    return stays


def answer_for_a_breach(about: Appointment) -> None:
    """A code, a case answered in writing and decided, one heard, one closed, a member who leaves."""
    at: datetime = service.NOW
    ethics_code.publish_code(
        by=service.secretariat(), at=at, region=about.region, text_id="Jujur", text_en="Honest", reason="Pertama",
        legal_basis="Perwal",
    )  # fmt: skip
    member: dict[str, Any] = {"by": service.panelist(), "at": at}
    decided = service.heard(about, contact="surat@contoh.invalid")
    heavy = {"case": decided, "sanction": "termination", "reason": "Terbukti", "skip_reason": "Berat"}
    ethics_decisions.decide_case(**heavy, **member)
    ethics_decisions.send_back(case=decided, reason="Terlalu berat", **member)
    ethics_decisions.decide_case(case=decided, sanction="oral", reason="Terbukti", skip_reason="", **member)
    spoken = service.panelled(about)
    ethics_cases.call_person(case=spoken, allegation="Datang terlambat", answer_by=date(2026, 2, 10), **member)
    ethics_cases.record_hearing(case=spoken, statement="Hujan", **member)
    ethics_cases.leave_panel(case=spoken, reason="Kenal dekat", **member)
    ethics_cases.close_case(case=service.panelled(), reason="Bukan pendamping", **member)


def be_evaluated(about: Appointment) -> None:
    """Rules set, a half-year shown, replied to and settled, coaching to its end, the contract decided on."""
    judging.rules(legal_basis="Perwal 9")
    made = judging.judged(about.assignments.get())
    boss: dict[str, Any] = {"by": judging.secretariat(), "at": judging.AFTER, "evaluation": made}
    evaluations.reply_to_evaluation(by=made.account, at=judging.AFTER, evaluation=made, reply="Banjir dua minggu")
    coaching.finish_coaching(
        by=judging.coordinator(), at=judging.AFTER, task=judging.agreed(made), result="Median lima hari"
    )
    evaluations.settle_evaluation(words="Diterima sebagian", **boss)
    evaluations.decide_renewal(outcome="conditions", conditions="Ikut pelatihan", reason="Warga puas", **boss)


def keep_a_logbook(one: Appointment) -> None:
    """A line, its repair, words beside an automatic one, thresholds, a sick day refused."""
    placed = one.assignments.order_by("id").first()
    assert placed is not None
    boss: dict[str, Any] = {"by": days.coordinator(), "at": service.NOW}
    own: dict[str, Any] = {"by": one.account, "at": service.NOW}
    words = {"problem": "Hujan", "solution": "Menunggu", "follow_up": "Ukur", "late_reason": "Ponsel rusak"}
    made = logbook.write_entry(region=placed.region, **days.facts(**words), **own)
    log_verification.return_entry(entry=made, reason="RT mana?", **boss)
    logbook.repair_entry(entry=made, region=placed.region, **days.facts(**{**words, "problem": "Gerimis"}), **own)
    days.done(one.account, "needs.need_verified", placed.region)
    logbook.gather(one.account, service.TODAY, service.TODAY)
    automatic = one.account.log_entries.get(source__isnull=False)
    logbook.add_words(entry=automatic, problem="Hujan", solution="Menunggu", follow_up="Ukur", **own)
    log_rules.set_log_rules(
        by=service.secretariat(), at=service.NOW, region=one.region, valid_from=service.START, legal_basis="Perwal",
        opens=time(6), closes=time(22), work_days="12345", **days.NUMBERS,
    )  # fmt: skip
    asked = absences.ask_absence(kind="sick", first_day=service.TODAY, last_day=service.TODAY, why="Demam", **own)
    absences.decide_absence(absence=asked, approve=False, reason="Lampirkan surat", **boss)


def plan_report_and_pay(about: Appointment) -> None:
    """A month planned, reported, sent back, recommended, approved; paid, looked at, denied, answered, failed."""
    placed = about.assignments.order_by("id").first()
    assert placed is not None
    facts: dict[str, Any] = {"at": month.AFTER}
    askot, boss, cash = month.area(), month.boss(), month.treasurer()
    month_rules.set_month_rules(
        by=boss, city=places.city(), valid_from=service.START, legal_basis="Perwal", plan_day=25, correction_days=3,
        pay_day=10, **facts,
    )  # fmt: skip
    month.taxed()
    month.planned(placed, items=[(f"{PLANT}Kunjungan", placed.region, "visit", 2)])
    month.banked(placed)
    korkot = month.korkot()
    for sending in (1, 2):
        report = months.recommend_report(by=askot, report=month.sent(placed, note="Lancar"), reason="Baik", **facts)
        report = months.recommend_report(by=korkot, report=report, reason="Baik", **facts)
        if sending == 1:
            months.return_report(by=boss, report=report, reason="Lengkapi", **facts)
    months.approve_report(by=boss, report=report, **facts)
    line = month.paid().lines.get()
    assert line.pay_account is not None
    pay_accounts.reveal_pay_account(by=cash, pay_account=line.pay_account, reason="Ditolak bank", **facts)
    pay_receipts.deny_receipt(by=placed.account, line=line, said=f"{PLANT}Belum masuk", **facts)
    pay_runs.answer_denial(by=cash, line=line, reason="Sudah keluar", **facts)
    pay_runs.fail_line(by=cash, line=line, reason="Dikembalikan bank", **facts)
