"""Gain, items, opinions, errors before and after, and suggestions, from the rows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.facilitators.enums.exams import ItemFlag
from pendamping.facilitators.models import Question
from pendamping.facilitators.tests import evaluation_factories as evaluated
from pendamping.regions.tests import factories as places
from pendamping.training import errors
from pendamping.training.enums.curriculum import QuizPurpose
from pendamping.training.models import Certificate, CourseVersion, Enrolment
from pendamping.training.queries import effect, suggestions
from pendamping.training.tests import certificate_factories as certified
from pendamping.training.tests import effect_factories as made
from pendamping.training.tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def everybody() -> Any:
    return Enrolment.objects.all()


def test_gain_takes_the_first_attempt_before_and_the_best_after() -> None:
    version = make.version()
    [learner] = made.before_and_after(version, [(40, 60)])
    first, last = (made.Attempt.objects.get(activity__quiz__purpose=one).activity for one in ("before", "after"))
    made.attempt(learner, first, 90)
    made.attempt(learner, last, 70)
    made.attempt(learner, last, 50)
    [pair] = effect.tests(version, everybody()).pairs
    assert (pair.before, pair.after, pair.gain) == (Decimal(40), Decimal(70), Decimal("0.50"))
    with override_settings(TRAINING_GAIN_BY="first"):
        assert effect.tests(version, everybody()).pairs[0].after == Decimal(60)


def test_only_those_who_took_both_tests_count() -> None:
    version = make.version()
    made.before_and_after(version, [(40, 60), (100, 100), (50, 30)])
    only_before = made.Attempt.objects.filter(activity__quiz__purpose=QuizPurpose.BEFORE)[0].activity
    made.attempt(make.enrolled(name="separuh", of=version), only_before, 10)
    found = effect.tests(version, everybody())
    assert (found.gains.sample, found.gains.full_before, found.gains.negative) == (2, 1, 1)
    assert {one.purpose: one.learners for one in found.quizzes if one.learners} == {"before": 4, "after": 3}


def test_a_test_before_taken_when_the_one_after_had_begun_is_no_test_before() -> None:
    version = make.version()
    made.before_and_after(version, [(40, 60), (30, 90)])
    late = made.Attempt.objects.filter(activity__quiz__purpose=QuizPurpose.BEFORE).order_by("pk")[0]
    made.Attempt.objects.filter(pk=late.pk).update(finished_at=make.NOW + timedelta(hours=1))
    assert [(one.before, one.after) for one in effect.tests(version, everybody()).pairs] == [(30, 90)]


def test_asked_for_an_opinion_is_whoever_passed() -> None:
    version = make.version()
    for place in range(4):
        passed = {"state": "completed", "completed_at": make.NOW} if place < 2 else {}
        make.enrolled(name=f"p{place}", of=version, **passed)
    made.opinion(version, useful=4)
    found = effect.opinions(version)
    assert (found.asked, found.rate) == (2, Decimal("0.50"))


def test_certificates_are_told_by_what_they_are_worth_on_the_day() -> None:
    make.version(make.course(valid_months=12))
    ends = [TODAY, TODAY - timedelta(days=1), None]
    for place, until in enumerate(ends):
        one = certified.issued(f"p{place}")
        Certificate.objects.filter(pk=one.pk).update(valid_until=until)
    assert effect.certificates(everybody(), TODAY) == {"valid": 2, "expired": 1}


def test_items_are_analysed_from_first_attempts() -> None:
    version = make.version()
    make.questions("m1", 2)
    quiz = version.modules.get(key="m1").activities.get(key="kuis")
    known, odd = Question.objects.order_by("id")
    for place in range(30):
        mine = made.attempt(make.enrolled(name=f"p{place}", of=version), quiz, 50)
        made.answer(mine, known, place % 3 > 0)
        made.answer(mine, odd, place % 3 == 0, [1])
        again = made.attempt(mine.enrolment, quiz, 100)
        made.answer(again, odd, 1)
    [(activity, found)] = effect.items(version, everybody())
    assert (activity, [one.item.n for one in found]) == (quiz, [30, 30])
    assert ItemFlag.REVERSED in found[1].item.flags
    assert found[1].item.chosen[1] == 30
    assert len(effect.to_look_at([(activity, found)])) == 2


def test_learners_are_those_of_my_place() -> None:
    version = make.version()
    make.enrolled(name="sari", of=version)
    make.enrolled(places.ward(1, of=places.district(2)), "jauh", version)
    near = scope_of(personas.person("area_coordinator", places.district(1), "wilayah"), TODAY)
    assert effect.learners_seen(near, version).count() == 1
    assert [one.enrolled for one in effect.counted(near)] == [1]
    whole = scope_of(make.manager(), TODAY)
    assert [one.enrolled for one in effect.counted(whole)] == [2]
    lines = effect.by_district(effect.learners_seen(whole, version))
    assert [(one.label, one.active) for one in lines] == [(places.district(1).label, 1), (places.district(2).label, 1)]


def test_errors_of_those_who_passed_before_and_after() -> None:
    version, passed_on = make.version(), TODAY - timedelta(days=60)
    made.treating(version, "log.returned", "need.unverified", "payment.refused.documents")
    for place in range(5):
        one = made.placed(name=f"Orang {place}")
        made.learning(one, version, passed_on=passed_on)
        made.lines_returned(one, passed_on - timedelta(days=5), passed_on - timedelta(days=6))
    made.lines_returned(one, passed_on + timedelta(days=5), passed_on - timedelta(days=61))
    made.line(one, passed_on - timedelta(days=3), flags=("late",))  # no module treats it
    found = effect.in_the_field(version, everybody(), TODAY)
    assert (found.whole.before, found.whole.after, found.whole.change) == (10, 1, "fewer")
    assert {line.key: line.effect.before for line in found.lines} == {"log.returned": 10, "need.unverified": 0}
    assert found.uncounted == ["payment.refused.documents"]


def test_a_late_voice_belongs_to_whoever_served_there_then() -> None:
    ward = places.ward()
    ani = made.placed(ward)
    before = made.placed(ward, "Orang Lama")
    made.Assignment.objects.filter(pk=before.pk).update(ended_on=date(2026, 5, 1), ended_reason="Pindah")
    evaluated.voices(ward, [None, 3, 20], began=date(2026, 6, 1))
    evaluated.voices(places.ward(2), [None], began=date(2026, 6, 1))
    [found] = suggestions.of_person(ani.account, TODAY)
    assert (found.key, found.count) == ("voice.late_answer", 2)
    assert suggestions.of_person(before.account, TODAY) == []
    [area] = suggestions.of_places([places.city().path], TODAY)
    assert (area.count, area.wards) == (3, 2)


def test_suggestions_tell_errors_before_passing_from_those_since() -> None:
    version = make.version(modules=3)
    made.treating(version, "log.returned")
    made.treating(version, "log.late", module="m2")
    made.treating(version, "month.returned", module="m3")
    ani = made.placed()
    made.lines_returned(ani, *(TODAY - timedelta(days=n) for n in (50, 40, 30, 10)))
    made.line(ani, TODAY - timedelta(days=50), flags=("late", "no_fix"))
    made.lines_returned(ani, TODAY - timedelta(days=91))  # too long ago
    made.lines_returned(made.placed(places.ward(2), "Orang Lain"), TODAY)
    learner = made.learning(ani, version)
    one, two = (version.modules.get(key=key).activities.get(key="kuis") for key in ("m1", "m2"))
    made.attempt(learner, one, 60, at=made.noon(TODAY - timedelta(days=60)))  # not passed
    made.attempt(learner, one, 80, at=made.noon(TODAY - timedelta(days=35)))
    made.attempt(learner, two, 80, at=made.noon(TODAY - timedelta(days=20)))
    found = {line.key: line for line in suggestions.of_person(ani.account, TODAY)}
    assert list(found) == ["log.returned", "log.no_place", "log.late"]  # settled ones last
    returned = found["log.returned"]
    assert (returned.count, returned.treatments[0].apart) == (4, suggestions.Since(2, 2))
    assert (returned.treatments[0].minutes, returned.treatments[0].enrolment) == (90, learner.code)
    assert found["log.late"].is_settled
    assert found["log.no_place"].treatments == []


def test_a_module_is_found_only_in_a_version_that_has_it() -> None:
    old = make.version(modules=1)
    learner = made.learning(made.placed(), old)
    CourseVersion.objects.filter(pk=old.pk).update(state="withdrawn", withdrawn_at=make.NOW)
    version = make.version(modules=2)
    made.treating(version, "log.returned")
    made.treating(version, "log.late", module="m2")
    ani = made.Assignment.objects.get()
    made.line(ani, TODAY - timedelta(days=5), returned_on=TODAY - timedelta(days=4), flags=("late",))
    found = {line.key: line.treatments[0].enrolment for line in suggestions.of_person(ani.account, TODAY)}
    assert found == {"log.returned": learner.code, "log.late": ""}


def test_a_passed_course_settles_its_modules() -> None:
    version = make.version()
    made.treating(version, "log.returned")
    ani = made.placed()
    made.lines_returned(ani, TODAY - timedelta(days=50))
    made.learning(ani, version, passed_on=TODAY - timedelta(days=20))
    [found] = suggestions.of_person(ani.account, TODAY)
    assert (found.is_settled, found.treatments[0].passed_on) == (True, TODAY - timedelta(days=20))


def test_weak_indicators_are_the_persons_own_while_few() -> None:
    made.placed()
    ani = evaluated.judged(made.Assignment.objects.get())
    on = evaluated.AFTER.date()
    mine = {one.key: one for one in suggestions.of_person(ani.account, on)}
    assert mine["indicator.timeliness"].example == ani.code
    area = {one.key: one for one in suggestions.of_places([places.city().path], on)}
    assert (area["indicator.timeliness"].count, area["indicator.timeliness"].wards) == (None, None)
    evaluated.Evaluation.objects.update(state="draft", shown_at=None, reply_by=None)
    assert "indicator.timeliness" not in {one.key for one in suggestions.of_person(ani.account, on)}


@pytest.mark.parametrize(
    ("serves", "treated"),
    [
        (["progress.returned.photo"], True), (["progress.returned"], True), (["progress"], False),
        (["progress.returnedx"], False), ([], False),
    ],
)  # fmt: skip
def test_a_finer_key_treats_what_is_only_known_coarsely(serves: list[str], treated: bool) -> None:
    assert errors.is_treated("progress.returned", serves) is treated


def test_queries_do_not_grow_with_people_and_rows() -> None:
    version = make.version()
    made.treating(version, *errors.known())

    def number() -> tuple[int, int, int]:
        counts = []
        for ask in (
            lambda: effect.report(version, everybody(), TODAY),
            lambda: suggestions.of_places([places.city().path], TODAY),
            lambda: suggestions.of_person(made.Assignment.objects.order_by("id")[0].account, TODAY),
        ):
            with CaptureQueriesContext(connection) as seen:
                ask()
            counts.append(len(seen))
        return counts[0], counts[1], counts[2]

    def grow(place: int) -> None:
        one = made.placed(places.ward(place), f"Orang {place}")
        made.learning(one, version, passed_on=TODAY - timedelta(days=50))
        made.lines_returned(one, TODAY - timedelta(days=40), TODAY - timedelta(days=60))
        evaluated.voices(places.ward(place), [None], began=TODAY - timedelta(days=40))
        made.before_and_after(version, [(40, 60)])

    grow(1)
    once = number()
    for place in (2, 3):
        grow(place)
    assert number() == once
