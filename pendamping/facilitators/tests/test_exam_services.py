"""The course of a test in the database: seats, PINs, answers, time, seal, voiding, release."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from pendamping.core import journal
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.facilitators import letters, seating_paper
from pendamping.facilitators.enums.exams import Finish, SittingState
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage, Stage
from pendamping.facilitators.importers import questions as importer
from pendamping.facilitators.models import Answer, Application, Round, Seat, Sitting, StageResult
from pendamping.facilitators.queries import exams as queries
from pendamping.facilitators.queries.item_analysis import analysis
from pendamping.facilitators.rules.draw import Line
from pendamping.facilitators.services import evidence, exam_papers, exam_results, sittings
from pendamping.facilitators.services import questions as banks
from pendamping.facilitators.tests import exam_factories as make
from pendamping.facilitators.tests.exam_factories import NOW, STARTS
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(Refused, check=lambda problem: problem.code == code)


def result(seat: Seat) -> StageResult:
    return StageResult.objects.get(application=seat.application, stage=Stage.EXAM)


def test_same_question_twice_is_refused_and_kept_once() -> None:
    make.question(text="Sama?")
    with refused("question_known"):
        make.question(text="Sama?")
    assert make.bank().questions.count() == 1


@pytest.fixture
def letters_sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """To whom news went, and its words."""
    sent: list[tuple[int, str]] = []
    monkeypatch.setattr(letters, "send_news", lambda to, news, **facts: sent.append((to.pk, news % facts)))
    return sent


def test_who_gets_a_seat_is_told_place_hour_and_number(letters_sent: list[tuple[int, str]]) -> None:
    sitting = make.seated(candidates=2)
    words = "You have a seat in the computer test: Sel, 3 Maret 2026 08.00 WIB, Lab komputer SMK Contoh, seat {}."
    assert letters_sent == [(seat.application_id, words.format(seat.number)) for seat in queries.seats_of(sitting)]


def test_result_is_told_at_the_release_to_those_still_in(letters_sent: list[tuple[int, str]]) -> None:
    sitting = make.opened(candidates=2)
    make.closed(sitting)
    gone, stays = (seat.application for seat in queries.seats_of(sitting))
    Application.objects.filter(pk=gone.pk).update(state=ApplicationState.WITHDRAWN, withdrawn_at=NOW)
    letters_sent.clear()
    exam_results.release_exam(by=None, at=make.over(sitting), round=sitting.round)
    assert letters_sent == [(stays.pk, exam_results.RELEASED)]


def test_bank_of_the_same_name_is_refused() -> None:
    make.bank()
    with refused("bank_name_taken"):
        banks.make_bank(by=make.committee(), at=NOW, region=places.city(), name="Bank  umum")


def test_retired_question_is_no_longer_drawn_and_needs_a_reason() -> None:
    question = make.question()
    with refused("retire_reason_missing"):
        banks.retire_question(by=make.committee(), at=NOW, question=question, reason=" ")
    banks.retire_question(by=make.committee(), at=NOW, question=question, reason="Aturannya berubah")
    with refused("too_few_questions"):
        make.blueprint(make.round(), held=1, questions=1)


def test_blueprint_is_fixed_once_a_sitting_began() -> None:
    sitting = make.opened()
    with refused("blueprint_fixed"):
        make.blueprint(sitting.round)


def test_blueprint_of_another_citys_bank_is_refused() -> None:
    elsewhere = make.bank(places.city("3279", "Kota Lain"))
    make.question(elsewhere)
    with refused("bank_elsewhere"):
        sittings.set_blueprint(
            by=None, at=NOW, round=make.round(), bank=elsewhere, minutes=60, lines=[Line("Pemerintahan", 1)]
        )


def test_sitting_needs_a_blueprint_and_an_hour_to_come() -> None:
    round = make.round()
    facts: dict[str, Any] = {"by": None, "at": NOW, "round": round, "place": "Lab", "seats": 5}
    with refused("blueprint_missing"):
        sittings.plan_sitting(**facts, starts_at=STARTS)
    make.blueprint(round)
    with refused("sitting_past"):
        sittings.plan_sitting(**facts, starts_at=NOW - timedelta(hours=1))


def test_seats_go_to_those_who_passed_the_files_and_only_once() -> None:
    sitting = make.planned(seats=2)
    make.applicant(sitting.round, passed=False)
    make.applicant(sitting.round, state=ApplicationState.WITHDRAWN, withdrawn_at=NOW)
    here = [make.applicant(sitting.round) for _n in range(2)]
    sittings.seat_applicants(by=None, at=NOW, round=sitting.round)
    assert {seat.application_id for seat in sitting.places.all()} == {one.pk for one in here}
    assert sorted(seat.number for seat in sitting.places.all()) == [1, 2]
    with refused("nobody_to_seat"):
        sittings.seat_applicants(by=None, at=NOW, round=sitting.round)


def test_missing_chairs_are_named_and_nobody_is_seated() -> None:
    sitting = make.planned(seats=1)
    for _n in range(3):
        make.applicant(sitting.round)
    with pytest.raises(Refused) as problem:
        sittings.seat_applicants(by=None, at=NOW, round=sitting.round)
    assert (problem.value.code, problem.value.params) == ("not_enough_seats", {"missing": 2})
    assert not sitting.places.exists()


def test_late_applicants_fill_the_seats_left_in_the_next_sitting() -> None:
    first = make.seated(seats=2, candidates=2)
    second = make.planned(first.round, seats=3, starts_at=STARTS + timedelta(hours=3))
    make.applicant(first.round)
    sittings.seat_applicants(by=None, at=NOW, round=first.round)
    assert [first.places.count(), second.places.count()] == [2, 1]


def test_pin_opens_only_its_own_seat_and_stands_in_no_table() -> None:
    sitting = make.opened(candidates=2)
    one, two = queries.seats_of(sitting)
    assert exam_papers.seat_with_pin(one.application.code, exam_papers.pin_of(one)) == one
    for code, pin in ((one.application.code, exam_papers.pin_of(two)), ("D26-XXXXX-X", exam_papers.pin_of(one))):
        with refused("wrong_pin"):
            exam_papers.seat_with_pin(code, pin)
    before = exam_papers.pin_of(one)
    changed = sittings.renew_pin(by=None, at=STARTS, seat=one, reason="Kartu hilang")
    assert exam_papers.pin_of(changed) != before


def test_seating_list_holds_name_code_and_pin() -> None:
    sitting = make.seated()
    seat = queries.seats_of(sitting).get()
    table = seating_paper.seating(sitting)["blocks"][-1]
    assert table["rows"] == [["1", "Pelamar Contoh 0", seat.application.code, exam_papers.pin_of(seat), ""]]


@pytest.mark.parametrize(("early", "opens"), [(61, False), (60, True), (-30, True)])
def test_sitting_opens_from_an_hour_before(early: int, opens: bool) -> None:
    sitting = make.seated()
    at = STARTS - timedelta(minutes=early)
    if opens:
        assert sittings.open_sitting(by=None, at=at, sitting=sitting).state == SittingState.OPEN
    else:
        with refused("sitting_early"):
            sittings.open_sitting(by=None, at=at, sitting=sitting)


def test_sitting_opens_only_while_the_round_is_testing_and_somebody_is_seated() -> None:
    with refused("no_seats_taken"):
        sittings.open_sitting(by=None, at=STARTS, sitting=make.planned())
    with refused("exam_round_stage"):
        sittings.open_sitting(by=None, at=STARTS, sitting=make.seated(make.round(stage=RoundStage.CHECKING)))


def test_nobody_enters_before_the_opening_or_after_withdrawing() -> None:
    sitting = make.seated()
    seat = queries.seats_of(sitting).get()
    with refused("sitting_not_open"):
        make.entered(seat)
    sittings.open_sitting(by=None, at=STARTS, sitting=sitting)
    Application.objects.filter(pk=seat.application_id).update(state=ApplicationState.WITHDRAWN, withdrawn_at=NOW)
    with refused("exam_withdrawn"):
        make.entered(seat)


def test_paper_is_drawn_once_from_the_sealed_seed() -> None:
    seat = make.begun(make.opened(candidates=2))
    first = list(Answer.objects.filter(seat=seat).values_list("question", "order"))
    again = exam_papers.begin_exam(by=None, at=STARTS, seat=seat, entry=seat.entry)
    assert (again.started_at, len(first)) == (STARTS, 4)
    assert list(Answer.objects.filter(seat=seat).values_list("question", "order")) == first
    sitting = Sitting.objects.get()
    told = JournalEntry.objects.get(verb="facilitators.sitting_planned")
    assert told.changes["seed_sha256"] == hashlib.sha256(sitting.seed.encode()).hexdigest()
    assert not JournalEntry.objects.filter(changes__icontains=sitting.seed).exists()


def test_who_is_too_late_does_not_begin_but_who_began_comes_back() -> None:
    sitting = make.opened(candidates=2)
    seat = make.begun(sitting)
    assert make.entered(seat, STARTS + timedelta(minutes=80)).entry == 2
    with refused("exam_too_late"):
        make.begun(sitting, 2, STARTS + timedelta(minutes=31))


def test_a_sitting_opened_early_lets_everybody_in_who_comes_on_time() -> None:
    sitting = make.seated(candidates=1)
    sittings.open_sitting(by=make.committee(), at=STARTS - timedelta(minutes=55), sitting=sitting)
    assert make.begun(Sitting.objects.get(), 1, STARTS + timedelta(minutes=30)).started_at is not None
    assert not queries.sittings_waiting_to_close(STARTS + timedelta(minutes=29))


def test_answer_is_kept_in_the_numbers_of_the_bank_and_can_be_cleared() -> None:
    seat = make.begun()
    assert make.answered(seat, 1, 2).choice == [2]
    cleared = exam_papers.save_answer(by=None, at=STARTS, seat=seat, entry=seat.entry, position=1, given=[], sequence=2)
    assert (cleared.choice, cleared.sequence) == (None, 2)


def test_highest_sequence_stays_in_whatever_order_answers_arrive() -> None:
    seat = make.begun()
    make.answered(seat, 1, 3, sequence=5)
    late = make.answered(seat, 1, 1, sequence=4)
    assert (late.choice, late.sequence) == ([3], 5)
    assert make.answered(seat, 1, 3, sequence=5).choice == [3]
    plain = exam_papers.save_answer(
        by=None, at=STARTS, seat=seat, entry=seat.entry, position=1, given=[make.shown(late, 0)], sequence=None
    )
    assert (plain.choice, plain.sequence) == ([0], 6)


def test_answers_are_not_journaled_but_what_frames_them_is() -> None:
    seat = make.begun()
    before = JournalEntry.objects.count()
    make.answered(seat, 1)
    assert JournalEntry.objects.count() == before
    verbs = list(JournalEntry.objects.order_by("id").values_list("verb", flat=True))[-4:]
    assert verbs == [
        "facilitators.applicants_seated", "facilitators.sitting_opened", "facilitators.seat_taken",
        "facilitators.exam_begun",
    ]  # fmt: skip


def test_answer_at_the_last_second_counts_and_after_the_grace_does_not() -> None:
    seat = make.begun()
    end = STARTS + timedelta(minutes=90)
    make.answered(seat, 1, at=end + timedelta(seconds=20))
    with refused("exam_time_up"):
        make.answered(seat, 2, at=end + timedelta(seconds=21))
    sittings.grant_extra_time(by=None, at=end, seat=seat, minutes=10, reason="Listrik padam")
    assert make.answered(seat, 2, at=end + timedelta(minutes=9)).choice == [0]


def test_reason_of_extra_time_stays_with_the_seat_and_goes_with_the_applicant() -> None:
    seat = make.begun()
    for reason in ("Tunanetra", "Listrik padam"):
        seat = sittings.grant_extra_time(by=None, at=STARTS, seat=seat, minutes=5, reason=reason)
    assert seat.extra_reason == "Tunanetra\nListrik padam"
    told = JournalEntry.objects.filter(verb="facilitators.extra_time_granted").order_by("id")
    assert [(one.reason, one.changes) for one in told] == [
        ("", {"extra_minutes": [0, 5]}), ("", {"extra_minutes": [5, 10]}),
    ]  # fmt: skip
    evidence.forget_application(by=None, at=NOW, application=seat.application)
    seat.refresh_from_db()
    assert seat.extra_reason == evidence.DELETED


def test_device_before_is_superseded_by_the_one_that_entered_last() -> None:
    seat = make.begun()
    make.answered(seat, 1)
    newer = make.entered(seat)
    with refused("exam_superseded"):
        make.answered(seat, 2)
    assert make.answered(newer, 2, sequence=2).choice == [0]


def test_unknown_question_and_option_are_refused() -> None:
    seat = make.begun()
    for position, given, code in ((99, ["0"], "no_such_question"), (1, ["7"], "choice_unknown")):
        with refused(code):
            exam_papers.save_answer(
                by=None, at=STARTS, seat=seat, entry=seat.entry, position=position, given=given, sequence=1
            )


def test_handing_in_ends_it_and_twice_is_once() -> None:
    seat = make.begun()
    make.answered(seat, 1)
    done = exam_papers.hand_in(by=None, at=STARTS, seat=seat, entry=seat.entry)
    assert exam_papers.hand_in(by=None, at=STARTS, seat=done, entry=seat.entry).finish == Finish.HANDED_IN
    with refused("exam_finished"):
        make.answered(seat, 1, 1, sequence=2)
    with refused("exam_finished"):
        make.entered(seat)
    assert JournalEntry.objects.filter(verb="facilitators.exam_handed_in").count() == 1


@pytest.mark.parametrize(("minutes", "reason", "code"), [(121, "x", "extra_much"), (10, " ", "extra_reason")])
def test_extra_time_has_a_limit_and_a_reason(minutes: int, reason: str, code: str) -> None:
    with refused(code):
        sittings.grant_extra_time(by=None, at=STARTS, seat=make.begun(), minutes=minutes, reason=reason)


def test_extra_time_is_for_those_who_write() -> None:
    with refused("seat_not_running"):
        sittings.grant_extra_time(
            by=None, at=STARTS, seat=queries.seats_of(make.opened()).get(), minutes=5, reason="Listrik padam"
        )


def test_sitting_closes_only_when_no_answer_can_count_any_more() -> None:
    sitting = make.opened()
    seat, end = make.begun(sitting), STARTS + timedelta(minutes=90)
    for early in (end - timedelta(minutes=1), end + timedelta(seconds=2), end + timedelta(seconds=20)):
        with refused("still_running"):
            exam_results.close_sitting(by=None, at=early, sitting=sitting)
    make.answered(seat, 1, at=end + timedelta(seconds=20))
    assert not queries.sittings_waiting_to_close(end + timedelta(seconds=20))
    assert make.closed(sitting).state == SittingState.CLOSED
    with refused("sitting_closed"):
        make.closed(sitting)


def test_sitting_stays_open_for_those_who_may_still_begin() -> None:
    sitting = make.opened(candidates=2)
    seat, last = make.begun(sitting), STARTS + timedelta(minutes=30)
    exam_papers.hand_in(by=None, at=STARTS, seat=seat, entry=seat.entry)
    with refused("still_expected") as refusal:
        exam_results.close_sitting(by=None, at=last, sitting=sitting)
    assert refusal.value.params == {"count": 1, "until": "08.31 WIB"}
    assert not queries.sittings_waiting_to_close(last)
    exam_results.close_sitting(by=None, at=last + timedelta(seconds=1), sitting=sitting)
    assert sorted(Seat.objects.values_list("finish", flat=True)) == ["absent", "handed_in"]


def test_nobody_waits_for_who_withdrew_before_the_test() -> None:
    sitting = make.opened(candidates=2)
    seat = make.begun(sitting)
    exam_papers.hand_in(by=None, at=STARTS, seat=seat, entry=seat.entry)
    Application.objects.exclude(seat=seat).update(state="withdrawn", withdrawn_at=STARTS)
    exam_results.close_sitting(by=None, at=STARTS, sitting=sitting)
    assert Sitting.objects.get().state == SittingState.CLOSED


def test_closing_scores_everybody_under_seal_and_marks_the_absent() -> None:
    sitting = make.opened(candidates=3)
    one, two = make.begun(sitting, 1), make.begun(sitting, 2)
    for position in (1, 2, 3):
        make.answered(one, position, sequence=position)
    make.answered(two, 1, 1)
    make.closed(sitting)
    absent = Seat.objects.get(sitting=sitting, number=3)
    found = [result(seat) for seat in (one, two, absent)]
    assert [(row.score, row.passed) for row in found] == [
        (Decimal("75.000"), True), (Decimal("0.000"), False), (None, False),
    ]  # fmt: skip
    assert [row.released_at for row in found] == [None] * 3
    assert "75 dari 100" in found[0].reason
    assert [seat.finish for seat in queries.seats_of(sitting)] == [Finish.TIME, Finish.TIME, Finish.ABSENT]


def test_release_waits_for_every_sitting_and_every_applicant() -> None:
    sitting = make.opened()
    later = make.planned(sitting.round, starts_at=STARTS + timedelta(hours=4))
    make.closed(sitting)
    assert list(queries.rounds_waiting_for_release()) == [sitting.round]  # one planned too many keeps nobody waiting
    make.applicant(sitting.round)
    sittings.seat_applicants(by=None, at=NOW, round=sitting.round)
    with refused("sittings_open"):
        exam_results.release_exam(by=None, at=make.over(sitting), round=sitting.round)
    sittings.open_sitting(by=None, at=STARTS + timedelta(hours=4), sitting=later)
    make.closed(later)
    exam_results.release_exam(by=None, at=make.over(sitting), round=sitting.round)
    assert not StageResult.objects.filter(stage=Stage.EXAM, released_at=None).exists()
    told = JournalEntry.objects.get(verb="facilitators.exam_released")
    assert told.changes["seeds"] == {one.code: one.seed for one in Sitting.objects.all()}
    with refused("exam_released"):
        exam_results.release_exam(by=None, at=make.over(sitting), round=sitting.round)
    assert list(journal.verify()) == []


def test_release_with_somebody_unseated_is_refused() -> None:
    sitting = make.opened()
    make.closed(sitting)
    make.applicant(sitting.round)
    with refused("exam_unseated"):
        exam_results.release_exam(by=None, at=make.over(sitting), round=sitting.round)


def test_voided_question_counts_for_nobody_and_all_are_scored_anew() -> None:
    round = make.round()
    make.blueprint(round, questions=4, held=4)
    sitting = make.opened(round, candidates=2)
    seats = [make.begun(sitting, 1), make.begun(sitting, 2)]
    wrong = Answer.objects.get(seat=seats[0], position=1).question
    for seat in seats:
        for answer in Answer.objects.filter(seat=seat):
            make.answered(seat, answer.position, 1 if answer.question == wrong else 0, sequence=answer.position)
    make.closed(sitting)
    assert [result(seat).score for seat in seats] == [Decimal("75.000")] * 2
    with refused("void_reason"):
        exam_results.void_question(by=None, at=NOW, round=round, question=wrong, reason=" ")
    exam_results.void_question(by=None, at=NOW, round=round, question=wrong, reason="Kunci salah")
    assert [result(seat).score for seat in seats] == [Decimal("100.000")] * 2
    with refused("voided_already"):
        exam_results.void_question(by=None, at=NOW, round=round, question=wrong, reason="Kunci salah")
    exam_results.release_exam(by=None, at=NOW, round=round)
    other = Answer.objects.filter(seat=seats[0]).exclude(question=wrong)[0].question
    with refused("exam_released"):
        exam_results.void_question(by=None, at=NOW, round=round, question=other, reason="Terlambat")


def test_a_sitting_not_opened_yet_is_moved_and_those_seated_are_told(letters_sent: list[tuple[int, str]]) -> None:
    sitting = make.seated(candidates=2)
    stays, gone = queries.seats_of(sitting)
    Application.objects.filter(pk=gone.application_id).update(state=ApplicationState.WITHDRAWN, withdrawn_at=NOW)
    letters_sent.clear()
    facts = {"by": make.committee(), "at": NOW, "sitting": sitting, "starts_at": STARTS + timedelta(days=1)}
    moved = sittings.move_sitting(**facts, place="Aula SMK Contoh", reason="Lab kebanjiran")
    assert (moved.place, moved.starts_at) == ("Aula SMK Contoh", STARTS + timedelta(days=1))
    said = "Your computer test was moved to Rab, 4 Maret 2026 08.00 WIB, Aula SMK Contoh, seat {}. Reason: {}"
    assert letters_sent == [(stays.application_id, said.format(stays.number, "Lab kebanjiran"))]
    told = JournalEntry.objects.get(verb="facilitators.sitting_moved")
    assert (told.reason, told.changes["place"]) == (
        "Lab kebanjiran", ["Lab komputer SMK Contoh", "Aula SMK Contoh"],
    )  # fmt: skip
    with refused("sitting_same"):
        sittings.move_sitting(**facts, place="Aula SMK Contoh", reason="Lagi")
    with refused("sitting_past"):
        sittings.move_sitting(**{**facts, "starts_at": NOW - timedelta(hours=1)}, place="Aula", reason="Lagi")
    assert queries.seats_of(sitting).count() == 2


def test_a_sitting_called_off_frees_its_seats_and_tells_who_had_them(letters_sent: list[tuple[int, str]]) -> None:
    sitting = make.seated()
    seat = queries.seats_of(sitting).get()
    letters_sent.clear()
    off = {"by": make.committee(), "at": NOW, "sitting": sitting}
    with refused("sitting_reason"):
        sittings.call_off_sitting(**off, reason=" ")
    gone = sittings.call_off_sitting(**off, reason="Listrik padam")
    assert (gone.state, Seat.objects.count()) == (SittingState.CALLED_OFF, 0)
    said = (
        "Your computer test of Sel, 3 Maret 2026 08.00 WIB, Lab komputer SMK Contoh, was called off; "
        "you will be given another seat. Reason: Listrik padam"
    )
    assert letters_sent == [(seat.application_id, said)]
    assert queries.applications_waiting_for_seat(sitting.round).get() == seat.application
    assert not queries.has_begun(sitting.round)
    for act in (sittings.open_sitting, exam_results.close_sitting):
        with pytest.raises(Refused):
            act(by=None, at=STARTS, sitting=sitting)
    other = make.planned(sitting.round, place="Aula")
    sittings.seat_applicants(by=None, at=NOW, round=sitting.round)
    assert queries.seats_of(other).get().application == seat.application


def test_a_sitting_that_was_opened_is_neither_moved_nor_called_off() -> None:
    sitting = make.opened()
    held = {"by": None, "at": STARTS, "sitting": sitting, "reason": "Banjir"}
    with refused("sitting_begun"):
        sittings.move_sitting(**held, place="Aula", starts_at=STARTS + timedelta(days=1))
    with refused("sitting_begun"):
        sittings.call_off_sitting(**held)


def test_bank_stands_still_while_a_test_that_has_begun_draws_from_it() -> None:
    sitting, other = make.opened(), make.bank(name="Bank lain")
    question = make.bank().questions.earliest("id")
    retire = {"by": None, "at": STARTS, "question": question, "reason": "Basi"}
    with refused("bank_in_test"):
        banks.retire_question(**retire)
    with refused("bank_in_test"):
        make.question(text="Soal susulan?")
    with refused("bank_in_test"):
        importer.run(b"Apa?{=ya ~tidak}", bank=make.bank(), by=None, at=STARTS, dry_run=True, format="gift")
    make.question(other)
    make.closed(sitting)
    with refused("bank_in_test"):
        banks.retire_question(**retire)
    exam_results.release_exam(by=None, at=NOW, round=sitting.round)
    banks.retire_question(**retire)
    make.question(text="Soal susulan?")


def test_cancelled_selection_leaves_its_bank_free() -> None:
    sitting = make.opened()
    Round.objects.filter(pk=sitting.round_id).update(stage=RoundStage.CANCELLED, cancelled_at=NOW, cancelled_reason="x")
    make.question(text="Soal susulan?")


def test_sitting_is_not_opened_when_the_bank_no_longer_holds_what_is_asked() -> None:
    of = make.round()
    make.blueprint(of, questions=2, held=2)
    sitting = make.seated(of)
    question = make.bank().questions.earliest("id")
    banks.retire_question(by=None, at=NOW, question=question, reason="Basi")
    with refused("too_few_questions"):
        sittings.open_sitting(by=None, at=STARTS, sitting=sitting)
    make.question(text="Soal pengganti?")
    assert sittings.open_sitting(by=None, at=STARTS, sitting=sitting).state == SittingState.OPEN


@pytest.mark.parametrize("held", [2, 3])
def test_question_is_voided_only_where_those_still_to_be_tested_get_as_many(held: int) -> None:
    of = make.round()
    make.blueprint(of, questions=2, held=held)
    first = make.begun(make.opened(of, seats=1)).sitting
    make.closed(first)
    asked = Answer.objects.filter(seat__sitting=first).earliest("position").question
    void = {"by": None, "at": NOW, "round": of, "question": asked, "reason": "Kunci ganda"}
    make.applicant(of, "Ina Contoh")
    if held == 3:
        exam_results.void_question(**void)
        return
    with refused("void_later"):
        exam_results.void_question(**void)
    second = sittings.seat_applicants(by=None, at=NOW, round=make.planned(of).round).sittings.latest("id")
    make.closed(sittings.open_sitting(by=None, at=STARTS, sitting=second))
    exam_results.void_question(**void)


def test_last_question_of_a_paper_cannot_be_voided() -> None:
    round = make.round()
    make.blueprint(round, questions=1, held=1)
    make.begun(make.opened(round))
    with refused("nothing_left"):
        exam_results.void_question(by=None, at=NOW, round=round, question=make.bank().questions.get(), reason="Rusak")


def test_question_not_asked_cannot_be_voided() -> None:
    sitting = make.opened()
    with refused("question_not_asked"):
        exam_results.void_question(
            by=None, at=NOW, round=sitting.round, question=make.bank().questions.all()[0], reason="Rusak"
        )


def test_analysis_counts_who_was_asked_and_leaves_open_sittings_out() -> None:
    round = make.round()
    make.blueprint(round, questions=2, held=2, sample_least=10)
    sitting = make.opened(round, candidates=3)
    for number in (1, 2):
        seat = make.begun(sitting, number)
        make.answered(seat, 1)
    assert analysis(round, round.blueprint) == []
    make.closed(sitting)
    found = analysis(round, round.blueprint)
    assert [one.item.n for one in found] == [2, 2]
    assert sum(count for one in found for _text, count in one.options) == 2
    assert not any(one.item.judged for one in found)


def test_waiting_lists_follow_the_course() -> None:
    sitting = make.seated()
    late = STARTS + timedelta(hours=3)
    assert list(queries.sittings_waiting_to_open(STARTS)) == [sitting]
    sittings.open_sitting(by=None, at=STARTS, sitting=sitting)
    assert (list(queries.sittings_waiting_to_open(STARTS)), list(queries.sittings_waiting_to_close(STARTS))) == ([], [])
    assert list(queries.sittings_waiting_to_close(late)) == [sitting]
    make.closed(sitting)
    assert list(queries.rounds_waiting_for_release()) == [sitting.round]
    exam_results.release_exam(by=None, at=late, round=sitting.round)
    assert list(queries.rounds_waiting_for_release()) == []


def test_tables_guard_one_seat_per_applicant_and_number() -> None:
    sitting = make.seated()
    seat = queries.seats_of(sitting).get()
    for facts in ({"application": seat.application, "number": 9}, {"application": make.applicant(sitting.round)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(**{"created_at": NOW, "sitting": sitting, "number": 1, **facts})
