"""Learning over the API: the same acts, refusals as problems, each sees what is theirs."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.facilitators.tests import appointment_factories as people
from pendamping.regions.tests import factories as places
from pendamping.training.enums.learning import Aspect
from pendamping.training.models import Activity, Opinion, PracticeCard, Quiz, Submission
from pendamping.training.services import practice
from pendamping.training.tests import factories as make
from pendamping.training.tests.learning_factories import WORDS, handed_in, passed, tried

pytestmark = pytest.mark.django_db


def ask(person: Account, method: str, path: str, body: Any = None, *, reads: bool = False, **headers: str) -> Any:
    _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=reads)
    headers["Authorization"] = f"Bearer {key}"
    sent = "" if body is None else json.dumps(body)
    return Client().generic(method, f"/api/v1{path}", sent, content_type="application/json", headers=headers)


def test_a_learner_goes_the_whole_way_over_the_api() -> None:
    make.questions()
    mine = make.enrolled()
    me, path = mine.account, f"/learning/{mine.code}/m1"
    assert [one["code"] for one in ask(me, "GET", "/learning").json()] == [mine.code]
    told = ask(me, "GET", f"/learning/{mine.code}").json()
    assert (told["next"]["step"], len(told["steps"]), len(told["missing"])) == ("baca", 6, 3)
    assert ask(me, "PUT", f"{path}/baca/reading", {"is_done": True}).json()["place"] == 100
    attempt = ask(me, "POST", f"{path}/kuis/attempts")
    assert attempt.status_code == 201, attempt.content
    uid = attempt.json()["attempt"]
    for one in attempt.json()["questions"]:
        place = str(one["options"].index("benar"))
        kept = ask(me, "PUT", f"/quiz-attempts/{uid}/answers/{one['number']}", {"answer": [place], "sequence": 3})
        assert kept.json()["sequence"] == 3
    done = ask(me, "POST", f"/quiz-attempts/{uid}/hand-in").json()
    assert (done["percent"], done["is_passed"], len(done["explained"])) == ("100.00", True, 3)
    late = ask(me, "PUT", f"/quiz-attempts/{uid}/answers/1", {"answer": ["0"], "sequence": 4})
    assert (late.status_code, late.json()["code"]) == (422, "attempt_finished")


def test_what_is_another_persons_is_not_found_and_a_reading_key_changes_nothing() -> None:
    make.questions()
    mine = make.enrolled()
    other = make.enrolled(places.ward(2), "wati").account
    uid = tried(mine).uid
    for method, path in (
        ("GET", f"/learning/{mine.code}"), ("GET", f"/quiz-attempts/{uid}"), ("POST", f"/quiz-attempts/{uid}/hand-in"),
        ("POST", f"/learning/{mine.code}/m1/kuis/attempts"),
    ):  # fmt: skip
        assert ask(other, method, path).status_code == 404
    assert ask(mine.account, "POST", f"/learning/{mine.code}/m1/kuis/attempts", reads=True).status_code == 403


def test_practice_over_the_api() -> None:
    make.questions(number=3)
    mine = make.enrolled()
    tried(mine, right=False)
    PracticeCard.objects.update(due_at=timezone.now() - timedelta(hours=1))
    due = ask(mine.account, "GET", "/practice").json()
    assert len(due) == 3
    place = str(due[0]["options"].index("benar"))
    done = ask(mine.account, "POST", f"/practice/{due[0]['card']}", {"review": 0, "answer": [place]}).json()
    assert (done["is_right"], done["right"]) == (True, ["benar"])
    assert len(ask(mine.account, "GET", "/practice").json()) == 2


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"review": 9, "answer": ["0"]}, "practised_already"), ({"review": 9, "answer": ["99"]}, "practised_already"),
        ({"review": 0, "answer": ["99"]}, "choice_unknown"), ({"review": 0, "answer": []}, "nothing_answered"),
        ({"review": 0, "answer": [" "]}, "nothing_answered"),
    ],
)  # fmt: skip
def test_practice_tells_what_is_right_only_for_an_answer_that_counts(sent: dict[str, Any], code: str) -> None:
    make.questions(number=3)
    mine = make.enrolled()
    tried(mine, right=False)
    card = PracticeCard.objects.first()
    assert card is not None
    refused = ask(mine.account, "POST", f"/practice/{card.uid}", sent)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert "benar" not in refused.content.decode()
    assert PracticeCard.objects.get(pk=card.pk).reviews == 0


def test_a_practice_answer_sent_again_under_its_key_is_told_again_and_counts_once() -> None:
    make.questions(number=3)
    mine = make.enrolled()
    tried(mine, right=False)
    card, headers = PracticeCard.objects.all()[0], {"Idempotency-Key": str(uuid.uuid4())}
    place = str(practice.order_of(card).index(0))
    told = [
        ask(mine.account, "POST", f"/practice/{card.uid}", {"review": 0, "answer": [place]}, **headers).json()
        for _time in range(2)
    ]
    assert told[0] == told[1]
    assert (told[0]["is_right"], PracticeCard.objects.get(pk=card.pk).reviews) == (True, 1)


def test_a_task_is_handed_in_once_and_assessed_in_its_place() -> None:
    mine = make.enrolled()
    op = str(uuid.uuid4())
    _token, key = issue(account=mine.account, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
    for _time in range(2):
        made = Client().post(
            f"/api/v1/learning/{mine.code}/m1/tugas/tasks", {"text": WORDS},
            headers={"Authorization": f"Bearer {key}", "Idempotency-Key": op},
        )  # fmt: skip
        assert made.status_code == 201, made.content
    assert Submission.objects.count() == 1
    trainer, far = make.trainer(), personas.person("area_coordinator", places.district(2), "jauh")
    uid = made.json()["task"]
    assert [one["task"] for one in ask(trainer, "GET", "/field-tasks").json()] == [uid]
    assert ask(far, "GET", "/field-tasks").json() == []
    assert ask(far, "POST", f"/field-tasks/{uid}/return", {"remark": "Kurang"}).status_code == 404
    back = ask(trainer, "POST", f"/field-tasks/{uid}/return", {"remark": "Berapa warga?"}).json()
    assert (back["state"], back["remark"]) == ("returned", "Berapa warga?")
    again = handed_in(mine)
    rubric = again.activity.rubric
    rubric[0]["levels"][2]["points"] = 150
    Activity.objects.filter(pk=again.activity_id).update(rubric=rubric)
    done = ask(trainer, "POST", f"/field-tasks/{again.uid}/assessment", {"scores": {"lengkap": 150}}).json()
    assert (done["state"], done["percent"]) == ("assessed", "100.00")


def test_enrolling_and_leaving_over_the_api() -> None:
    of = make.version()
    manager, placed = make.manager(), people.placed(places.ward())
    facts = {"course": of.course.code, "username": placed.account.username}
    made = ask(manager, "POST", "/enrolments", facts)
    assert made.status_code == 201, made.content
    assert ask(manager, "POST", "/enrolments", facts).status_code == 422
    foreign = personas.person("ward_facilitator", places.foreign_ward(), "jauh")
    assert ask(manager, "POST", "/enrolments", {**facts, "username": foreign.username}).status_code == 404
    people.placed(places.ward(2), "Wati Contoh")
    area = ask(manager, "POST", "/enrolments/area", {"course": of.course.code, "region": "3278"})
    assert area.json() == {"learners": 2}
    code = made.json()["code"]
    assert ask(manager, "POST", f"/enrolments/{code}/leave", {"reason": "Cuti"}).json()["state"] == "withdrawn"
    assert len(ask(manager, "GET", "/enrolments").json()) == 2
    assert ask(placed.account, "POST", "/enrolments", facts).status_code == 403


def test_an_opinion_over_the_api_is_given_once() -> None:
    mine = passed(make.enrolled())
    facts = {"marks": {str(aspect): 3 for aspect in Aspect}, "words": "Baik"}
    assert ask(mine.account, "POST", f"/learning/{mine.code}/opinion", facts).status_code == 201
    assert ask(mine.account, "POST", f"/learning/{mine.code}/opinion", facts).status_code == 422
    assert (Opinion.objects.count(), Quiz.objects.count()) == (1, 2)
