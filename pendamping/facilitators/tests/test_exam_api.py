"""The computer test over the API: the same acts, refusals as problems; a candidate with the pass of their entry."""

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
from pendamping.facilitators.models import Answer, Question, Seat, Sitting
from pendamping.facilitators.services import exam_papers
from pendamping.facilitators.tests import exam_factories as make
from pendamping.facilitators.tests.exam_factories import STARTS
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: STARTS)


def ask(client: Client, person: Account | None, method: str, path: str, body: Any = None, **headers: str) -> Any:
    if person is not None:
        _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
        headers["Authorization"] = f"Bearer {key}"
    sent = "" if body is None else json.dumps(body)
    return client.generic(method, f"/api/v1{path}", sent, content_type="application/json", headers=headers)


QUESTION = {
    "kind": "single", "topic": "Umum", "text": "Berapa RT?",
    "options": [{"text": "tiga", "weight": 100}, {"text": "dua", "weight": 0}],
}  # fmt: skip


def test_committee_and_candidate_go_the_whole_way(client: Client) -> None:
    who, round = make.committee(), make.round()
    code = ask(client, who, "POST", "/question-banks", {"region": "3278", "name": "Bank API"}).json()["code"]
    op = str(uuid.uuid4())
    for _time in range(2):  # the second is the first again
        made = ask(client, who, "POST", f"/question-banks/{code}/questions", QUESTION, **{"Idempotency-Key": op})
        assert made.status_code == 201
    assert Question.objects.get().options[0]["weight"] == "100"
    known = ask(client, who, "POST", f"/question-banks/{code}/questions", QUESTION)
    assert (known.status_code, known.json()["code"]) == (422, "question_known")
    asked = {"bank": code, "minutes": 60, "lines": [{"topic": "Umum", "number": 1}]}
    assert ask(client, who, "POST", f"/rounds/{round.code}/exam/blueprint", asked).status_code == 201
    sitting = {"place": "Lab", "starts_at": (STARTS + timedelta(minutes=30)).isoformat(), "seats": 2}
    planned = ask(client, who, "POST", f"/rounds/{round.code}/exam/sittings", sitting)
    assert planned.status_code == 201
    assert "seed" not in planned.content.decode()
    make.applicant(round)
    assert ask(client, who, "POST", f"/rounds/{round.code}/exam/seats").json()["waiting_for_seat"] == 0
    path = f"/sittings/{planned.json()['code']}"
    assert ask(client, who, "POST", f"{path}/opening").json()["state"] == "open"
    seat = Seat.objects.select_related("application", "sitting").get()
    entry = {"code": seat.application.code, "pin": exam_papers.pin_of(seat)}
    held = {"X-Exam-Pass": ask(client, None, "POST", "/exam/entry", entry).json()["exam_pass"]}
    early = ask(client, None, "GET", "/exam/paper", **held)
    assert (early.status_code, early.json()["code"]) == (422, "exam_not_started")
    paper = ask(client, None, "POST", "/exam/start", **held).json()
    place = str(paper["questions"][0]["options"].index("tiga"))
    for _time in range(2):
        kept = ask(client, None, "PUT", "/exam/answers/1", {"answer": [place], "sequence": 1}, **held)
        assert (kept.status_code, kept.json()["sequence"]) == (200, 1)
    assert ask(client, None, "GET", "/exam/paper", **held).json()["questions"][0]["answer"] == [place]
    more = ask(client, who, "POST", f"{path}/seats/1/time", {"minutes": 5, "reason": "Listrik"})
    assert more.json()["extra_minutes"] == 5
    assert ask(client, None, "POST", "/exam/hand-in", **held).status_code == 201
    assert ask(client, who, "POST", f"{path}/closing").json()["state"] == "closed"
    items = ask(client, who, "GET", f"/rounds/{round.code}/exam/analysis").json()["results"]
    assert (items[0]["n"], items[0]["judged"]) == (1, False)
    void = {"question": items[0]["question"], "reason": "Rusak"}
    last = ask(client, who, "POST", f"/rounds/{round.code}/exam/voided", void)
    assert last.json()["code"] == "nothing_left"
    assert ask(client, who, "POST", f"/rounds/{round.code}/exam/release").json()["released"] is True


def test_import_tries_first(client: Client) -> None:
    bank, body = make.bank(), {"content": "Apa? {=ya ~tidak}\n\nEsai {}", "format": "gift"}
    tried = ask(client, make.committee(), "POST", f"/question-banks/{bank.code}/imports", body).json()
    assert (tried["dry_run"], tried["added"], tried["refused"]) == (True, 1, 1)
    assert [(one["row"], one["code"]) for one in tried["problems"]] == [(3, "essay")]
    assert not Question.objects.exists()
    written = {**body, "write": True, "good_rows": True}
    ask(client, make.committee(), "POST", f"/question-banks/{bank.code}/imports", written)
    assert Question.objects.count() == 1
    uid = Question.objects.get().uid
    path = f"/question-banks/{bank.code}/questions"
    assert ask(client, make.committee(), "POST", f"{path}/{uid}/retirement", {"reason": "Usang"}).status_code == 201
    assert ask(client, make.committee(), "GET", path).json()["results"] == []


def test_without_the_pass_or_with_a_superseded_one(client: Client) -> None:
    seat = make.begun()
    body = {"answer": ["0"], "sequence": 1}
    assert ask(client, None, "PUT", "/exam/answers/1", body).status_code == 401
    entry = {"code": seat.application.code, "pin": exam_papers.pin_of(seat)}
    first = ask(client, None, "POST", "/exam/entry", entry).json()["exam_pass"]
    ask(client, None, "POST", "/exam/entry", entry)
    refused = ask(client, None, "PUT", "/exam/answers/1", body, **{"X-Exam-Pass": first})
    assert refused.json()["code"] == "exam_superseded"
    assert Answer.objects.get(seat=seat, position=1).choice is None


def test_pin_is_guessed_only_eight_times(client: Client) -> None:
    seat = Seat.objects.get(sitting=make.opened())
    wrong = {"code": seat.application.code, "pin": "1"}
    states = [ask(client, None, "POST", "/exam/entry", wrong).status_code for _try in range(9)]
    assert states == [422] * 8 + [429]


def test_a_renewed_pin_opens_and_the_old_one_does_not(client: Client) -> None:
    seat = Seat.objects.get(sitting=make.opened())
    old = exam_papers.pin_of(seat)
    path = f"/sittings/{seat.sitting.code}/seats/{seat.number}/pin"
    assert ask(client, make.committee(), "POST", path, {"reason": "Kartu hilang"}).status_code == 201
    entry = {"code": seat.application.code, "pin": old}
    assert ask(client, None, "POST", "/exam/entry", entry).json()["code"] == "wrong_pin"


@pytest.mark.parametrize(("role", "sees"), [("council", False), ("selection_checker", True)])
def test_the_room_names_nobody_to_who_may_not_see_codes(client: Client, role: str, sees: bool) -> None:
    sitting = make.opened()
    code = Seat.objects.get(sitting=sitting).application.code
    who = personas.person(role, sitting.region)
    (seat,) = ask(client, who, "GET", f"/sittings/{sitting.code}").json()["places"]
    assert seat["application"] == (code if sees else "")


@pytest.mark.parametrize(
    ("method", "path", "council"),
    [
        ("GET", "/rounds/{round}/exam", 200),
        ("GET", "/rounds/{round}/exam/analysis", 403),
        ("GET", "/sittings/{sitting}", 200),
        ("POST", "/sittings/{sitting}/opening", 403),
        ("GET", "/question-banks/{bank}/questions", 403),
    ],
)
def test_outsiders_find_nothing(client: Client, method: str, path: str, council: int) -> None:
    sitting = make.opened()
    path = path.format(round=sitting.round.code, sitting=sitting.code, bank=make.bank().code)
    stranger = personas.person("secretariat", places.city("3279", "Kota Lain"), "asing")
    assert ask(client, stranger, method, path).status_code == 404
    assert ask(client, personas.person("council", sitting.region), method, path).status_code == council
    assert Sitting.objects.count() == 1


def test_a_sitting_is_moved_and_called_off(client: Client) -> None:
    sitting, who = make.seated(), make.committee()
    later = (STARTS + timedelta(days=1)).isoformat()
    held = {"place": "Aula", "starts_at": later, "reason": "Banjir"}
    moved = ask(client, who, "POST", f"/sittings/{sitting.code}/move", held)
    assert (moved.status_code, moved.json()["place"]) == (201, "Aula")
    off = ask(client, who, "POST", f"/sittings/{sitting.code}/calling-off", {"reason": "Listrik padam"})
    assert (off.json()["state"], off.json()["places"]) == ("called_off", [])
    again = ask(client, who, "POST", f"/sittings/{sitting.code}/calling-off", {"reason": "Listrik padam"})
    assert (again.status_code, again.json()["code"]) == (422, "sitting_called_off")
