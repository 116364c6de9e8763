"""Interviews, ranking and objections over the API: the same acts, refusals as problems."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.facilitators.models import Objection, ScoreSheet
from pendamping.facilitators.rules import ranking
from pendamping.facilitators.tests import ranking_factories as make
from pendamping.facilitators.tests.ranking_factories import NOW
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def ask(client: Client, person: Account | None, method: str, path: str, body: Any = None, **headers: str) -> Any:
    if person is not None:
        _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
        headers["Authorization"] = f"Bearer {key}"
    sent = "" if body is None else json.dumps(body)
    return client.generic(method, f"/api/v1{path}", sent, content_type="application/json", headers=headers)


def test_panel_and_secretariat_go_the_whole_way(client: Client) -> None:
    of, office = make.testing(), make.secretariat()
    base = f"/rounds/{of.code}/interviews"
    rules = {"criteria": [{"name": "Tugas", "weight": 100}], "least": 2}
    assert ask(client, office, "POST", f"{base}/rules", rules).status_code == 201
    make.judge(1), make.judge(2)
    for number in (1, 2):
        sent = {"member": f"panel-{number}", "is_chair": number == 1}
        assert ask(client, office, "POST", f"{base}/panel", sent).status_code == 201
    assert ask(client, office, "POST", f"{base}/panel", {"member": "tidak-ada"}).json()["code"] == "interview_no_right"
    make.Post.objects.create(round=of, kind="ward_facilitator", region=of.region, number=1, created_at=NOW)
    one = make.applicant(of)
    make.rounds_services.advance_round(by=office, at=NOW, round=of, to="interviewing")
    for number in (1, 2):
        me, door = make.judge(number), f"/interviews/{one.code}"
        early = ask(client, me, "POST", f"{door}/scores", {"marks": [80]})
        assert (early.status_code, early.json()["code"]) == (422, "interview_undeclared")
        assert ask(client, me, "POST", f"{door}/declaration", {"has_conflict": False}).json()["step"] == "score"
        assert ask(client, me, "POST", f"{door}/scores", {"marks": [80]}).json()["step"] == "lock"
        assert ask(client, me, "POST", f"{door}/lock").status_code == 201
    assert ask(client, make.judge(1), "GET", "/interviews").json()[0]["step"] == "revealed"
    made = ask(client, office, "POST", f"/rounds/{of.code}/ranking")
    assert made.status_code == 201
    told = ask(client, None, "GET", f"/selections/{of.code}/ranking").json()
    assert ranking.first_difference(json.dumps(told["document"])) == ""
    assert ask(client, None, "GET", f"/selections/{of.code}/ranking?version=7").status_code == 404


def test_seat_ends_interview_closes_and_striking_score_is_noted(client: Client) -> None:
    of, office = make.interviewing(members=4), make.secretariat()
    one, other = make.applicant(of), make.applicant(of)
    base = f"/rounds/{of.code}/interviews"
    for number, mark in ((1, 80), (2, 82), (3, 30)):
        make.locked(one, number, mark)
    seat = of.panel.order_by("id").last()
    assert seat is not None
    closed = ask(client, office, "POST", f"{base}/applicants/{one.code}/closing", {"reason": "Anggota sakit"})
    assert closed.status_code == 201
    ended = ask(client, office, "POST", f"{base}/panel/{seat.uid}/end", {"reason": "Sakit"})
    assert [row["application"] for row in ended.json()["applicants"]] == sorted([one.code, other.code])
    sheet = ScoreSheet.objects.get(is_outlier=True)
    note = {"note": "Wajar"}
    assert (
        ask(client, make.judge(1), "POST", f"/interviews/{one.code}/outliers/{sheet.uid}/note", note).status_code == 201
    )
    again = ask(client, office, "POST", f"{base}/outliers/{sheet.uid}/note", note)
    assert (again.status_code, again.json()["code"]) == (422, "interview_noted")
    assert ask(client, office, "POST", f"{base}/panel/bukan-uuid/end", {"reason": "x"}).status_code == 404


def test_who_did_not_come_is_recorded_over_the_api(client: Client) -> None:
    one, office = make.applicant(make.interviewing()), make.secretariat()
    path = f"/rounds/{one.round.code}/interviews/applicants/{one.code}/absence"
    assert ask(client, office, "POST", path, {"reason": "Tidak datang"}).json()["applicants"][0]["is_revealed"]
    assert ask(client, office, "POST", path, {"reason": "Lagi"}).json()["code"] == "interview_revealed"


def test_a_conflict_is_lifted_over_the_api(client: Client) -> None:
    of, office = make.interviewing(), make.secretariat()
    one, member = make.applicant(of), of.panel.get(account=make.judge(2))
    door = f"/rounds/{of.code}/interviews/applicants/{one.code}/conflicts/{member.uid}/lifting"
    assert ask(client, office, "POST", door, {"reason": "x"}).json()["code"] == "interview_no_conflict"
    make.declared(one, 2, has_conflict=True, kind="family", reason="Sepupu")
    answer = ask(client, office, "POST", door, {"reason": "Salah orang"})
    assert (answer.status_code, answer.json()["applicants"][0]["conflicted"]) == (201, [])


def test_applicant_objects_once_and_the_secretariat_answers(client: Client) -> None:
    _of, (_first, one) = make.ranked((82, 80), (80, 80))
    path, body, op = f"/applications/{one.code}/objections", {"stage": "exam", "text": "Nomor 7"}, str(uuid.uuid4())
    assert ask(client, None, "POST", path, body).status_code == 404
    key = {"X-Applicant-Key": make.KEY}
    for _time in range(2):  # the second is the first again
        sent = ask(client, None, "POST", path, body, **{**key, "Idempotency-Key": op})
        assert sent.status_code == 201
    code = Objection.objects.get().code
    office = make.secretariat()
    assert [row["code"] for row in ask(client, office, "GET", "/objections").json()] == [code]
    answer = {"is_upheld": True, "reason": "Kunci salah", "new_score": 84}
    done = ask(client, office, "POST", f"/objections/{code}/answer", answer)
    assert (done.status_code, done.json()["new_version"]) == (201, 2)
    assert ask(client, office, "POST", f"/objections/{code}/answer", {**answer, "new_score": 101}).status_code == 422
    own = ask(client, None, "GET", f"/applications/{one.code}", **key).json()
    assert (own["place"]["rank"], own["place"]["version"]) == (1, 2)
    assert own["place"]["reason"].startswith("Peringkat 1")
    (said,) = own["objections"]
    assert (said["code"], said["answer"], said["new_version"]) == (code, answer["reason"], 2)


def test_strangers_are_kept_out(client: Client) -> None:
    of, (one,) = make.ranked()
    sari = personas.sari(places.ward(1))
    assert ask(client, sari, "GET", f"/rounds/{of.code}/interviews").status_code == 403
    assert ask(client, sari, "GET", "/objections").status_code == 403
    assert ask(client, make.judge(9), "POST", f"/interviews/{one.code}/lock").status_code == 404
    assert ask(client, None, "POST", f"/rounds/{of.code}/ranking").status_code == 401
