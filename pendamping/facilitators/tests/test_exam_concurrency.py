"""Several at the same moment: tabs, resends, two computers, closing while answers arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from pendamping.core.errors import Refused
from pendamping.facilitators.models import Answer, Seat, StageResult
from pendamping.facilitators.services import exam_papers, exam_results, sittings
from pendamping.facilitators.tests import exam_factories as make
from pendamping.facilitators.tests.exam_factories import NOW, STARTS
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_tabs_answering_at_once_leave_the_later_answer(shared: Callable[[], None]) -> None:
    seat = make.begun()
    shared()

    def answer(index: int, sequence: int) -> Callable[[], int]:
        return lambda: make.answered(seat, 1, index, sequence=sequence).sequence

    at_once(*(answer(number % 4, number) for number in range(1, 7)))
    kept = at_once(lambda: list(Answer.objects.filter(seat=seat, position=1).values_list("sequence", "choice")))
    assert kept == [[(6, [2])]]


def test_one_answer_sent_many_times_is_kept_once_and_always_acknowledged(shared: Callable[[], None]) -> None:
    seat = make.begun()
    shared()

    def send() -> tuple[int, list[int]]:
        answer = make.answered(seat, 2, 3, sequence=1)
        return answer.sequence, answer.choice

    assert at_once(*[send] * 6) == [(1, [3])] * 6
    assert at_once(lambda: Answer.objects.filter(seat=seat).count()) == [4]


def test_candidates_answering_at_once_lose_nothing(shared: Callable[[], None]) -> None:
    sitting = make.opened(candidates=4)
    seats = [make.begun(sitting, number) for number in (1, 2, 3, 4)]
    shared()

    def write(seat: Seat) -> Callable[[], int]:
        return lambda: sum(make.answered(seat, place, 1, sequence=place).choice == [1] for place in (1, 2, 3, 4))

    assert at_once(*(write(seat) for seat in seats)) == [4] * 4
    assert at_once(lambda: Answer.objects.filter(choice__isnull=False).count()) == [16]


def test_beginning_twice_at_once_draws_one_paper(shared: Callable[[], None]) -> None:
    seat = make.entered(Seat.objects.get(sitting=make.opened()))
    shared()

    def begin() -> int:
        return Answer.objects.filter(
            seat=exam_papers.begin_exam(by=None, at=STARTS, seat=seat, entry=seat.entry)
        ).count()

    assert at_once(begin, begin, begin) == [4] * 3


def test_two_computers_entering_at_once_leave_one_that_counts(shared: Callable[[], None]) -> None:
    seat = make.begun()
    shared()
    entries = at_once(lambda: make.entered(seat).entry, lambda: make.entered(seat).entry)
    assert sorted(entries) == [2, 3]

    def answer(entry: int) -> Callable[[], str]:
        def run() -> str:
            exam_papers.save_answer(by=None, at=STARTS, seat=seat, entry=entry, position=1, given=["0"], sequence=entry)
            return "kept"

        return run

    assert at_once(answer(2)) == ["exam_superseded"]
    assert at_once(answer(3)) == ["kept"]


def test_answer_meeting_the_close_is_either_scored_or_refused(shared: Callable[[], None]) -> None:
    sitting = make.opened()
    seat = make.begun(sitting)
    end = STARTS + timedelta(minutes=90)
    shared()

    def answer() -> str:
        make.answered(seat, 1, at=end + timedelta(seconds=5))
        return "kept"

    def close() -> str:
        exam_results.close_sitting(by=None, at=end + timedelta(seconds=21), sitting=sitting)
        return "closed"

    said, _closed = at_once(answer, close)
    score = at_once(lambda: float(StageResult.objects.get(stage="exam").score or 0))[0]
    assert (said, score) in (("kept", 25.0), ("exam_finished", 0.0))


def test_seats_given_out_twice_at_once_seat_everybody_once(shared: Callable[[], None]) -> None:
    sitting = make.planned(seats=3)
    for _n in range(3):
        make.applicant(sitting.round)
    shared()

    def seat() -> str:
        sittings.seat_applicants(by=None, at=NOW, round=sitting.round)
        return "seated"

    assert sorted(at_once(seat, seat)) == ["nobody_to_seat", "seated"]
    assert at_once(Seat.objects.count) == [3]


def test_answer_cut_off_before_the_commit_is_not_there_and_comes_in_when_sent_again() -> None:
    seat = make.begun()
    cut = RuntimeError("power")

    def broken(*_args: object, **_facts: object) -> None:
        raise cut

    patch = pytest.MonkeyPatch()
    patch.setattr(Answer, "save", broken)
    with pytest.raises(RuntimeError):
        make.answered(seat, 1)
    patch.undo()
    assert Answer.objects.get(seat=seat, position=1).choice is None
    assert make.answered(seat, 1).choice == [0]


def test_question_voided_twice_at_once_is_voided_once(shared: Callable[[], None]) -> None:
    sitting = make.opened()
    seat = make.begun(sitting)
    question = Answer.objects.filter(seat=seat)[0].question
    shared()

    def void() -> str:
        try:
            exam_results.void_question(by=None, at=STARTS, round=sitting.round, question=question, reason="Rusak")
        except Refused as refusal:
            return refusal.code
        return "voided"

    assert sorted(at_once(void, void)) == ["voided", "voided_already"]
