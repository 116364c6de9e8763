"""Enrolling, moving, reading, quizzes, practice, field tasks, passing and opinions, through the services."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry, Operation
from pendamping.core.moments import day
from pendamping.facilitators.enums.exams import Finish
from pendamping.facilitators.models import Question
from pendamping.facilitators.services import assignments
from pendamping.facilitators.tests import appointment_factories as people
from pendamping.facilitators.tests import exam_factories as banks
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose
from pendamping.training.enums.learning import Aspect, EnrolmentState, Reason, TaskState
from pendamping.training.enums.sessions import AttendanceChannel, Presence
from pendamping.training.models import (
    Activity,
    Attempt,
    AttemptAnswer,
    CourseVersion,
    Enrolment,
    Opinion,
    Place,
    PracticeCard,
    Progress,
    Quiz,
    Session,
)
from pendamping.training.queries import learning as queries
from pendamping.training.queries.quizzes import due_cards
from pendamping.training.services import enrolments, opinions, practice, progress, quizzes, tasks
from pendamping.training.tests import factories as make
from pendamping.training.tests.learning_factories import answered, assessed, begun, handed_in, passed, step, tried

pytestmark = pytest.mark.django_db
NOW = make.NOW


def refused(reason: Reason) -> Any:
    return pytest.raises(Refused, check=lambda refusal: refusal.reason == reason)


# Enrolling


def test_one_person_is_enrolled_where_they_serve() -> None:
    of = make.version()
    placed = people.placed(places.ward())
    made = enrolments.enrol(by=make.manager(), at=NOW, version=of, account=placed.account)
    assert (made.region, made.state) == (placed.region, EnrolmentState.ACTIVE)
    entry = JournalEntry.objects.get(verb="training.enrolled")
    assert (entry.subject_code, entry.is_public) == (made.code, False)
    with refused(Reason.ALREADY_LEARNING):
        enrolments.enrol(by=make.manager(), at=NOW, version=of, account=placed.account)


def test_who_serves_nowhere_is_enrolled_in_the_city() -> None:
    of = make.version()
    made = enrolments.enrol(by=make.manager(), at=NOW, version=of, account=make.trainer())
    assert made.region == of.course.region


def test_a_draft_cannot_be_learned() -> None:
    with refused(Reason.VERSION_CLOSED):
        enrolments.enrol(by=make.manager(), at=NOW, version=make.version(published=False), account=make.trainer())


def test_all_of_an_area_are_enrolled_once() -> None:
    of, here = make.version(), places.ward()
    for number in range(3):
        people.placed(here, f"Ani {number}")
    manager = make.manager()
    enrolments.enrol_all(by=manager, at=NOW, version=of, region=here.parent)
    assert Enrolment.objects.filter(version=of, region=here).count() == 3
    with refused(Reason.NOBODY_TO_ENROL):
        enrolments.enrol_all(by=manager, at=NOW, version=of, region=of.course.region)


def test_leaving_needs_a_reason_and_lets_somebody_come_back() -> None:
    mine = make.enrolled()
    manager = make.manager()
    with refused(Reason.LEAVE_REASON):
        enrolments.leave(by=manager, at=NOW, enrolment=mine, reason=" ")
    left = enrolments.leave(by=manager, at=NOW, enrolment=mine, reason="Cuti panjang")
    assert (left.state, left.ended_reason) == (EnrolmentState.WITHDRAWN, "Cuti panjang")
    with refused(Reason.HAS_LEFT):
        progress.mark_read(by=mine.account, at=NOW, enrolment=left, activity=step(mine, "baca"))
    enrolments.enrol(by=manager, at=NOW, version=mine.version, account=mine.account)


# A learner moves ward mid-course


def _other_ward() -> Region:
    return places.ward(of=places.district(2))


def test_a_learner_who_moves_ward_keeps_everything_and_is_seen_by_the_coordinators_there() -> None:
    placed, there = people.placed(places.ward()), _other_ward()
    make.questions()
    mine = enrolments.enrol(by=make.manager(), at=NOW, version=make.version(), account=placed.account)
    attempt = begun(mine)
    here, beyond = (
        personas.person("area_coordinator", one.parent, name) for one, name in ((placed.region, "a"), (there, "b"))
    )
    sees = lambda who: scope_of(who, day(NOW)).narrow(queries.enrolments(), Verb.TASK_ASSESS).exists()  # noqa: E731
    assert (sees(here), sees(beyond)) == (True, False)
    manager = people.secretariat()
    today = day(NOW)
    assignments.end_assignment(
        by=manager, at=NOW, assignment=placed, ended_on=today - timedelta(days=1), reason="Pindah tugas"
    )
    mine.refresh_from_db()
    assert mine.region == placed.region  # serving nowhere: stays where they were
    assignments.assign(
        by=manager, at=NOW, appointment=placed.appointment, region=there, starts_on=today, ends_on=placed.ends_on
    )
    mine.refresh_from_db()
    assert (mine.region, mine.region_path) == (there, there.path)
    assert (sees(here), sees(beyond)) == (False, True)
    answered(attempt)  # the quiz under way goes on
    assert quizzes.hand_in(by=mine.account, at=NOW, attempt=attempt).percent == 100
    assert JournalEntry.objects.get(verb="training.enrolment_moved").changes["region"] == [
        placed.region.path, there.path,
    ]  # fmt: skip


def test_a_placement_that_begins_later_is_followed_on_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    placed, there = people.placed(places.ward()), _other_ward()
    mine = enrolments.enrol(by=make.manager(), at=NOW, version=make.version(), account=placed.account)
    manager, begins = people.secretariat(), day(NOW) + timedelta(days=5)
    told: list[Any] = []
    later = SimpleNamespace(
        using=lambda **when: SimpleNamespace(enqueue=lambda who: told.append((when["run_after"], who)))
    )
    monkeypatch.setattr(enrolments, "follow_later", later)
    assignments.end_assignment(
        by=manager, at=NOW, assignment=placed, ended_on=begins - timedelta(days=1), reason="Pindah tugas"
    )
    assignments.assign(
        by=manager, at=NOW, appointment=placed.appointment, region=there, starts_on=begins, ends_on=placed.ends_on
    )
    mine.refresh_from_db()
    assert mine.region == placed.region
    assert told[-1][1] == mine.account_id
    assert day(told[-1][0]) == begins
    enrolments.follow(by=None, at=told[-1][0], account=mine.account)
    mine.refresh_from_db()
    assert mine.region == there


# Reading


def test_a_page_is_read_once_and_one_goes_on_there() -> None:
    mine = make.enrolled()
    page = step(mine, "baca")
    progress.keep_place(by=mine.account, at=NOW, enrolment=mine, activity=page, place=40)
    mine.refresh_from_db()
    assert queries.standing(mine).next_step(mine.last_activity_id).activity == page  # type: ignore[union-attr]
    first = progress.mark_read(by=mine.account, at=NOW, enrolment=mine, activity=page)
    again = progress.mark_read(by=mine.account, at=NOW + timedelta(hours=1), enrolment=mine, activity=page)
    assert (first.done_at, again.done_at, Progress.objects.count()) == (NOW, NOW, 1)
    with refused(Reason.NOT_READ_BY_HAND):
        progress.mark_read(by=mine.account, at=NOW, enrolment=mine, activity=step(mine, "kuis"))


def test_a_step_of_another_course_is_refused() -> None:
    mine = make.enrolled()
    other = make.version(make.course("lain"))
    foreign = Activity.objects.filter(module__version=other, kind=ActivityKind.PAGE).first()
    with refused(Reason.NOT_IN_COURSE):
        progress.mark_read(by=mine.account, at=NOW, enrolment=mine, activity=foreign)


# Quizzes


def test_a_quiz_draws_evenly_and_scores_what_was_right() -> None:
    make.questions()
    attempt = tried(make.enrolled())
    assert (attempt.percent, attempt.is_passed, attempt.finish) == (100, True, Finish.HANDED_IN)
    assert attempt.answers.count() == 3
    assert Progress.objects.get().done_at == NOW


def test_questions_come_from_all_topics_evenly() -> None:
    make.questions("m1", 6)
    make.questions("m2", 6)
    mine = make.enrolled()
    Quiz.objects.filter(activity=step(mine, "kuis")).update(topics=["m1", "m2"], number=4)
    topics = sorted(one.question.topic for one in begun(mine).answers.select_related("question"))
    assert topics == ["m1", "m1", "m2", "m2"]


def test_a_quiz_without_questions_says_so() -> None:
    with refused(Reason.NO_QUESTIONS):
        begun(make.enrolled())


def test_an_attempt_under_way_is_come_back_to() -> None:
    make.questions()
    mine = make.enrolled()
    assert begun(mine) == begun(mine)
    assert Attempt.objects.count() == 1


def test_quiz_and_bank_changed_while_attempts_run_touch_nothing_under_way() -> None:
    make.questions()
    mine = make.enrolled()
    attempt = begun(mine)
    before = list(attempt.answers.values_list("position", "question_id", "order"))
    Quiz.objects.filter(activity=attempt.activity).update(topics=["m2"], number=1, pass_percent=100, minutes=1)
    Question.objects.update(retired_at=NOW, retired_reason="Diganti")
    make.questions("m2", 4)
    answered(attempt, at=NOW + timedelta(hours=3))
    done = quizzes.hand_in(by=mine.account, at=NOW + timedelta(hours=3), attempt=attempt)
    assert list(attempt.answers.values_list("position", "question_id", "order")) == before
    assert (done.percent, done.pass_percent, done.finish) == (100, 70, Finish.HANDED_IN)


def test_an_answer_that_comes_twice_or_late_is_kept_once() -> None:
    make.questions()
    mine = make.enrolled()
    attempt = begun(mine)
    save = lambda given, sequence: quizzes.save_answer(  # noqa: E731
        by=mine.account, at=NOW, attempt=attempt, position=1, given=given, sequence=sequence
    )
    save(["2"], 7)
    assert save(["1"], 6).sequence == 7  # an older one that was held up on the way
    kept = AttemptAnswer.objects.get(attempt=attempt, position=1)
    assert kept.choice == [kept.order[2]]
    assert save(["0"], None).sequence == 8  # a plain form
    assert save([], None).choice is None
    with refused(Reason.NO_SUCH_QUESTION):
        quizzes.save_answer(by=mine.account, at=NOW, attempt=attempt, position=9, given=["0"], sequence=1)


def test_time_is_the_servers_whatever_the_clock_of_the_phone_says() -> None:
    """Nothing an answer carries tells a time: its counter may be as wrong as the phone's clock."""
    make.questions()
    mine = make.enrolled()
    Quiz.objects.update(minutes=10)
    attempt = begun(mine)
    wrong_clock = int((NOW + timedelta(days=3650)).timestamp() * 1000)
    one = quizzes.save_answer(
        by=mine.account, at=NOW + timedelta(minutes=9), attempt=attempt, position=1, given=["0"], sequence=wrong_clock
    )
    assert (one.saved_at, quizzes.seconds_left(attempt, NOW + timedelta(minutes=9))) == (NOW + timedelta(minutes=9), 60)
    quizzes.save_answer(  # on its way when the time ended
        by=mine.account, at=NOW + timedelta(minutes=10, seconds=29), attempt=attempt, position=2, given=["0"],
        sequence=1,
    )  # fmt: skip
    late = NOW + timedelta(minutes=11)
    with refused(Reason.ATTEMPT_TIME_UP):
        quizzes.save_answer(by=mine.account, at=late, attempt=attempt, position=3, given=["0"], sequence=1)
    done = quizzes.hand_in(by=mine.account, at=late, attempt=attempt)
    assert done.finish == Finish.TIME
    assert done.answers.get(position=3).share == 0
    with refused(Reason.ATTEMPT_FINISHED):
        quizzes.save_answer(by=mine.account, at=late, attempt=attempt, position=1, given=["0"], sequence=99)


def test_an_attempt_forgotten_is_counted_when_somebody_comes_back_also_the_last_one() -> None:
    make.questions()
    mine = make.enrolled()
    Quiz.objects.update(minutes=10, attempts_most=2)
    first, later = begun(mine), NOW + timedelta(days=1)
    answered(first)
    back = begun(mine, at=later)
    assert (back.pk, back.finish, back.percent) == (first.pk, Finish.TIME, 100)
    assert back.finished_at == NOW + timedelta(minutes=10)
    assert begun(mine, at=later).number == 2
    assert begun(mine, at=later + timedelta(days=1)).finish == Finish.TIME
    with refused(Reason.NO_ATTEMPT_LEFT):
        begun(mine, at=later + timedelta(days=1))


def test_after_the_last_attempt_no_other_begins() -> None:
    make.questions()
    mine = make.enrolled()
    Quiz.objects.update(attempts_most=1)
    tried(mine, right=False)
    with refused(Reason.NO_ATTEMPT_LEFT):
        begun(mine)


def test_handing_in_twice_counts_once() -> None:
    make.questions()
    mine = make.enrolled()
    attempt = tried(mine)
    assert quizzes.hand_in(by=mine.account, at=NOW + timedelta(days=1), attempt=attempt).finished_at == NOW
    assert JournalEntry.objects.filter(verb="training.attempt_finished").count() == 1


def test_every_kind_of_question_is_scored() -> None:
    of = make.bank()
    add = lambda kind, options, text: banks.question(  # noqa: E731
        of, text, kind=kind, topic="m1", options=options
    )
    yes = [{"text": "benar", "weight": "100"}, {"text": "salah", "weight": "0"}]
    both = [{"text": "a", "weight": "50"}, {"text": "b", "weight": "50"}, {"text": "c", "weight": "-100"}]
    add("single", banks.choices("ya", "bukan"), "Satu?")
    add("true_false", yes, "Benarkah?")
    add("multiple", both, "Beberapa?")
    add("short_number", [{"low": "40", "high": "40", "weight": "100"}], "Berapa?")
    add("short_text", [{"text": "pagu", "weight": "100"}], "Apa?")
    add("ordering", [{"text": "satu"}, {"text": "dua"}, {"text": "tiga"}], "Urutkan")
    add("matching", [{"text": "x", "match": "1"}, {"text": "y", "match": "2"}], "Pasangkan")
    mine = make.enrolled()
    Quiz.objects.update(number=7)
    attempt = begun(mine)
    for one in attempt.answers.select_related("question"):
        kind, order = one.question.kind, one.order
        given = {"short_number": ["40"], "short_text": ["Pagu."], "ordering": [str(i) for i in order]}.get(kind)
        if kind in ("single", "true_false"):
            given = [str(order.index(0))]
        elif kind == "multiple":
            given = [str(order.index(0)), str(order.index(1))]
        elif kind == "matching":
            shown = [order[index] for index in order]
            given = [str(shown.index(index)) for index in order]
        quizzes.save_answer(
            by=mine.account, at=NOW, attempt=attempt, position=one.position, given=given, sequence=1
        )  # fmt: skip
    done = quizzes.hand_in(by=mine.account, at=NOW, attempt=attempt)
    assert {one.question.kind: one.share for one in done.answers.select_related("question")} == dict.fromkeys(
        ["single", "true_false", "multiple", "short_number", "short_text", "ordering", "matching"], Decimal(1)
    )


# Daily practice


def test_what_was_wrong_comes_back_the_next_day_and_later_when_known() -> None:
    make.questions(number=3)
    mine = make.enrolled()
    tried(mine, right=False)
    me = mine.account
    assert not due_cards(me, NOW)
    tomorrow = NOW + timedelta(days=1)
    card = due_cards(me, tomorrow)[0]
    assert len(due_cards(me, tomorrow)) == 3
    place = str(practice.order_of(card).index(0))
    done = practice.practise(by=me, at=tomorrow, card=card, review=0, given=[place])
    assert (done.reviews, done.last_right) == (1, True)
    assert done.due_at > tomorrow + timedelta(hours=20)
    with pytest.raises(Refused) as twice:
        practice.practise(by=me, at=tomorrow, card=card, review=0, given=[place])
    assert twice.value.reason == Reason.PRACTISED
    card.refresh_from_db()
    assert (card.reviews, card.due_at) == (1, done.due_at)
    wrong = due_cards(me, tomorrow)[0]
    place = str(practice.order_of(wrong).index(1))
    missed = practice.practise(by=me, at=tomorrow, card=wrong, review=0, given=[place])
    assert missed.last_right is False
    assert missed.due_at <= tomorrow + timedelta(days=1)
    assert not JournalEntry.objects.filter(verb="training.practised").exists()


def test_at_most_ten_questions_a_day() -> None:
    make.questions(number=14)
    mine = make.enrolled()
    Quiz.objects.update(number=14)
    tried(mine, right=False)
    me, tomorrow = mine.account, NOW + timedelta(days=1)
    assert PracticeCard.objects.count() == 14
    assert len(due_cards(me, tomorrow)) == 10
    practice.practise(by=me, at=tomorrow, card=due_cards(me, tomorrow)[0], review=0, given=["0"])
    assert len(due_cards(me, tomorrow)) == 9


def test_the_test_before_the_course_makes_no_cards_and_is_done_whatever_its_result() -> None:
    make.questions()
    mine = make.enrolled()
    Quiz.objects.filter(activity__module__key="m1").update(purpose=QuizPurpose.BEFORE)
    tried(mine, right=False)
    assert not PracticeCard.objects.exists()
    assert queries.facts_of(mine).before == 0
    assert queries.standing(mine).done == 1


# Field tasks


def test_a_field_task_is_assessed_by_the_rubric() -> None:
    mine = make.enrolled()
    one = handed_in(mine)
    with refused(Reason.TASK_WAITS):
        handed_in(mine)
    with refused(Reason.SCORES_MISSING):
        tasks.assess_task(by=make.trainer(), at=NOW, submission=one, scores={"lengkap": 7})
    done = assessed(one, 1)
    assert (done.state, done.percent, done.scores) == (TaskState.ASSESSED, 50, {"lengkap": 1})
    with refused(Reason.TASK_ASSESSED):
        assessed(one)
    with refused(Reason.TASK_ASSESSED):
        handed_in(mine)


def test_a_returned_task_is_handed_in_anew() -> None:
    mine = make.enrolled()
    first = handed_in(mine)
    with refused(Reason.REMARK_MISSING):
        tasks.return_task(by=make.trainer(), at=NOW, submission=first, remark="")
    tasks.return_task(by=make.trainer(), at=NOW, submission=first, remark="Berapa warga?")
    assert list(queries.with_returned_tasks(mine.account)) == [mine]
    again = handed_in(mine)
    assert (again.number, again.state) == (2, TaskState.SUBMITTED)
    assert not queries.with_returned_tasks(mine.account)
    with refused(Reason.TASK_RETURNED):
        assessed(first)


@pytest.mark.parametrize(("text", "reason"), [("Sudah.", Reason.TASK_WORDS), ("x" * 6001, Reason.TASK_LONG)])
def test_a_task_without_enough_words_is_refused(text: str, reason: Reason) -> None:
    with refused(reason):
        handed_in(make.enrolled(), text=text)


def test_a_trainer_who_learns_too_does_not_assess_their_own_task() -> None:
    trainer = make.trainer()
    own = enrolments.enrol(by=make.manager(), at=NOW, version=make.version(), account=trainer)
    one = handed_in(own)
    with refused(Reason.OWN_TASK):
        tasks.assess_task(by=trainer, at=NOW, submission=one, scores={"lengkap": 2})
    with refused(Reason.OWN_TASK):
        tasks.return_task(by=trainer, at=NOW, submission=one, remark="Kurang")
    assert own not in queries.with_waiting_tasks(trainer)
    manager = make.manager()
    assert own in queries.with_waiting_tasks(manager)
    assert tasks.assess_task(by=manager, at=NOW, submission=one, scores={"lengkap": 2}).percent == 100


def test_a_task_of_whoever_left_the_course_waits_for_nobody() -> None:
    mine = make.enrolled()
    handed_in(mine)
    assert mine in queries.with_waiting_tasks(make.trainer())
    enrolments.leave(by=make.manager(), at=NOW, enrolment=mine, reason="Pindah kota")
    assert mine not in queries.with_waiting_tasks(make.trainer())


# Passing


def test_of_two_tests_after_the_course_the_easier_one_is_not_enough() -> None:
    for topic in ("m1", "m2"):
        make.questions(topic)
    mine = make.enrolled()
    Quiz.objects.update(purpose=QuizPurpose.AFTER)
    tried(mine)
    assert queries.facts_of(mine).after is None
    tried(mine, right=False, module="m2")
    assert queries.facts_of(mine).after == 50


def test_the_course_is_passed_inside_the_act_that_meets_the_rule() -> None:
    mine = make.enrolled()
    done = passed(mine)
    assert (done.state, done.completed_at) == (EnrolmentState.COMPLETED, NOW)
    assert JournalEntry.objects.filter(verb="training.course_passed").count() == 1


def test_a_missed_quiz_counts_as_nothing() -> None:
    make.questions()
    mine = make.enrolled()
    tried(mine)
    assert queries.facts_of(mine).quizzes == 50
    assert queries.facts_of(mine).quiz == {"m1": 100}


def _session(mine: Enrolment, presence: str, **changes: Any) -> Place:
    meeting = Session.add(
        at=NOW, region=mine.version.course.region, version=mine.version, title="Tatap muka", place="Aula",
        starts_at=NOW, ends_at=NOW + timedelta(hours=2), capacity=30, secret="s", changed_at=NOW, **changes,
    )  # fmt: skip
    marked = {"presence": presence, "channel": AttendanceChannel.LIST, "marked_at": NOW} if presence else {}
    return Place.objects.create(created_at=NOW, session=meeting, enrolment=mine, row=1, **marked)


def test_attendance_counts_expected_sessions_without_excused_and_cancelled_ones() -> None:
    mine = make.enrolled()
    assert queries.facts_of(mine).attendance == 100  # nothing was expected
    _session(mine, Presence.LATE)
    _session(mine, Presence.ABSENT)
    _session(mine, Presence.EXCUSED)
    _session(mine, "", state="cancelled", closed_at=NOW, reason="Banjir")
    assert queries.facts_of(mine).attendance == 50
    meet = make.activity(step(mine, "baca").module, 9, "temu", ActivityKind.SESSION)
    assert queries.facts_of(mine).attendance == Decimal("33.33")  # a required session without a place yet
    _session(mine, Presence.PRESENT, activity=meet)
    assert (queries.facts_of(mine).attendance, queries.facts_of(mine).attended) == (Decimal("66.66"), {"m1"})


def test_a_rule_nobody_can_read_passes_nobody_and_stops_nobody() -> None:
    mine = make.enrolled()
    CourseVersion.objects.update(pass_rule="ngawur >= 3")
    progress.mark_read(by=mine.account, at=NOW, enrolment=mine, activity=step(mine, "baca"))
    mine.refresh_from_db()
    assert mine.state == EnrolmentState.ACTIVE


# Opinions

MARKS = {str(aspect): 4 for aspect in Aspect}


def test_an_opinion_is_given_once_after_passing_and_leads_back_to_nobody() -> None:
    mine = make.enrolled()
    with refused(Reason.NOT_PASSED_YET):
        opinions.give_opinion(by=mine.account, at=NOW, enrolment=mine, marks=MARKS)
    mine = passed(mine)
    with refused(Reason.MARKS_MISSING):
        opinions.give_opinion(by=mine.account, at=NOW, enrolment=mine, marks={**MARKS, "useful": 6})
    entries = JournalEntry.objects.count()
    told = opinions.give_opinion(by=mine.account, at=NOW, enrolment=mine, marks=MARKS, words="NIK 3278010101900001")
    one = Opinion.objects.get()
    assert (told.has_opined, one.period, one.marks) == (True, 202603, MARKS)
    assert "3278010101900001" not in one.words
    assert (JournalEntry.objects.count(), Operation.objects.count()) == (entries, 0)
    with refused(Reason.OPINED_ALREADY):
        opinions.give_opinion(by=mine.account, at=NOW, enrolment=mine, marks=MARKS)


def test_how_far_somebody_is_takes_the_same_queries_however_many_modules(django_assert_num_queries: Any) -> None:
    small = make.enrolled()
    large = make.enrolled(of=make.version(make.course("besar"), modules=5))
    for mine in (small, large):
        with django_assert_num_queries(7):
            queries.standing(mine)
