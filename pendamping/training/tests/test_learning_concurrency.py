"""Many learners at the same moment: opening one quiz together, answering, tabs and resends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pendamping.regions.tests import factories as places
from pendamping.training.models import Attempt, AttemptAnswer, Enrolment, PracticeCard
from pendamping.training.services import quizzes
from pendamping.training.tests import factories as make
from pendamping.training.tests.learning_factories import NOW, answered, begun
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LEARNERS = 8


def test_eight_learners_open_a_quiz_at_once_and_answer_it(shared: Callable[[], None]) -> None:
    make.questions()
    of = make.version()
    mine = [make.enrolled(places.ward(number), f"orang{number}", of) for number in range(1, LEARNERS + 1)]
    shared()

    def go(one: Enrolment) -> Callable[[], int]:
        def run() -> int:
            attempt = begun(one)
            answered(attempt, right=False)
            return int(quizzes.hand_in(by=one.account, at=NOW, attempt=attempt).percent or 0)

        return run

    assert at_once(*(go(one) for one in mine)) == [0] * LEARNERS
    kept = at_once(lambda: (Attempt.objects.count(), AttemptAnswer.objects.count(), PracticeCard.objects.count()))
    assert kept == [(LEARNERS, 3 * LEARNERS, 3 * LEARNERS)]


def test_one_learner_opening_a_quiz_in_many_tabs_gets_one_attempt(shared: Callable[[], None]) -> None:
    make.questions()
    mine = make.enrolled()
    shared()
    found = at_once(*[lambda: begun(mine).pk] * LEARNERS)
    assert len(set(found)) == 1


def test_answers_in_any_order_leave_the_last_one(shared: Callable[[], None]) -> None:
    make.questions()
    mine = make.enrolled()
    attempt = begun(mine)
    shared()

    def send(number: int) -> Callable[[], int]:
        return lambda: (
            quizzes.save_answer(
                by=mine.account, at=NOW, attempt=attempt, position=1, given=[str(number % 4)], sequence=number
            ).sequence
        )

    at_once(*(send(number) for number in range(1, LEARNERS + 1)))
    order = attempt.answers.get(position=1).order
    kept = at_once(lambda: AttemptAnswer.objects.values_list("sequence", "choice").get(attempt=attempt, position=1))
    assert kept == [(LEARNERS, [order[LEARNERS % 4]])]


def test_handing_in_many_times_at_once_counts_once(shared: Callable[[], None]) -> None:
    make.questions()
    mine = make.enrolled()
    attempt = begun(mine)
    answered(attempt)
    shared()
    end = lambda: quizzes.hand_in(by=mine.account, at=NOW, attempt=attempt).percent  # noqa: E731
    assert at_once(*[end] * LEARNERS) == [100] * LEARNERS
