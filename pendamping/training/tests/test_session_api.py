"""Sessions over the API: the same acts, refusals as problems."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.access.tokens import issue
from pendamping.regions.tests import factories as places
from pendamping.training import sheet_paper
from pendamping.training.enums.curriculum import ActivityKind
from pendamping.training.models import CourseVersion, Session
from pendamping.training.rules import attendance_codes
from pendamping.training.tests import factories as make
from pendamping.training.tests import sheet_photos as photos
from pendamping.training.tests.factories import NOW, STARTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    def put(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    put(NOW)
    return put


def key_of(person: Account) -> str:
    _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
    return f"Bearer {key}"


def ask(client: Client, person: Account, method: str, path: str, body: Any = None, **headers: str) -> Any:
    headers["Authorization"] = key_of(person)
    sent = "" if body is None else json.dumps(body)
    return client.generic(method, f"/api/v1{path}", sent, content_type="application/json", headers=headers)


def test_trainer_and_learner_go_the_whole_way(client: Client, at: Any) -> None:
    trainer, learner = make.trainer(), make.enrolled().account
    make.enrolled(places.ward(2), "wati")
    version = CourseVersion.objects.get()
    body = {
        "course": version.course.code, "version": version.number, "region": "3278", "title": "Tatap muka",
        "place": "Aula", "starts_at": STARTS.isoformat(), "ends_at": (STARTS + timedelta(hours=2)).isoformat(),
        "capacity": 2, "trainer": "pelatih",
    }  # fmt: skip
    op = str(uuid.uuid4())
    for _time in range(2):  # the second is the first again
        made = ask(client, trainer, "POST", "/training-sessions", body, **{"Idempotency-Key": op})
        assert made.status_code == 201
    session = Session.objects.get()
    assert (made.json()["code"], session.secret in made.content.decode()) == (session.code, False)
    path = f"/training-sessions/{session.code}"
    assert len(ask(client, trainer, "POST", f"{path}/places", {}).json()["places"]) == 2
    assert ask(client, trainer, "POST", f"{path}/places", {}).json()["code"] == "session_nobody_left"
    moved = {"place": "Gedung B", "starts_at": body["starts_at"], "ends_at": body["ends_at"], "reason": "Banjir"}
    assert ask(client, trainer, "POST", f"{path}/move", moved).json()["sequence"] == 1
    [mine] = ask(client, learner, "GET", "/my-training-sessions").json()
    assert (mine["place"], mine["reason"], mine["presence"]) == ("Gedung B", "Banjir", "")
    at(STARTS)
    shown = {"code": attendance_codes.code_at(session.secret, STARTS), "device": "telepon-sari-0001"}
    here = ask(client, learner, "POST", f"/my-training-sessions/{session.code}/attendance", shown)
    assert here.json()["presence"] == "present"
    wati = Account.objects.get(username="wati")
    refused = ask(client, wati, "POST", f"/my-training-sessions/{session.code}/attendance", shown)
    assert (refused.status_code, refused.json()["code"]) == (422, "attendance_other_person")
    photo = photos.jpeg(photos.sign(photos.pages(sheet_paper.data(session))[0], {2}))
    read = client.post(
        f"/api/v1{path}/readings", {"photo": SimpleUploadedFile("l.jpg", photo, "image/jpeg")},
        headers={"Authorization": key_of(trainer)},
    )  # fmt: skip
    assert [row["signed"] for row in read.json()["rows"]] == [False, True]
    uid = read.json()["uid"]
    confirmed = ask(client, trainer, "POST", f"{path}/readings/{uid}/confirmation", {"rows": {"2": "late"}})
    assert [one["presence"] for one in confirmed.json()["places"]] == ["present", "late"]
    second = confirmed.json()["places"][1]["uid"]
    ask(client, trainer, "POST", f"{path}/places/{second}/attendance", {"presence": "excused"})
    at(STARTS + timedelta(hours=2))
    closed = ask(client, trainer, "POST", f"{path}/close")
    assert (closed.json()["state"], closed.json()["places"][1]["channel"]) == ("held", "list")
    [told] = ask(client, learner, "GET", "/my-training-attendance").json()
    assert (told["expected"], told["attended"]) == (1, 1)
    assert len(ask(client, trainer, "GET", "/training-sessions").json()["results"]) == 1


def test_learner_takes_and_gives_up_a_place_and_a_stranger_finds_nothing(client: Client) -> None:
    learner, session = make.enrolled().account, make.session()
    path = f"/my-training-sessions/{session.code}"
    assert ask(client, learner, "POST", f"{path}/place").status_code == 201
    assert ask(client, learner, "POST", f"{path}/place").json()["code"] == "session_has_place"
    assert ask(client, learner, "POST", f"{path}/release").status_code == 201
    stranger = make.trainer()
    assert ask(client, stranger, "POST", f"{path}/place").status_code == 404
    cancelled = ask(client, stranger, "POST", f"/training-sessions/{session.code}/cancel", {"reason": "Sakit"})
    assert (cancelled.json()["state"], cancelled.json()["sequence"]) == ("cancelled", 1)
    assert ask(client, learner, "POST", f"{path}/place").json()["code"] == "session_cancelled"
    assert ask(client, learner, "GET", f"/training-sessions/{session.code}").status_code == 403


def test_session_of_a_part_is_planned_and_slips_are_answered(client: Client) -> None:
    trainer, version = make.trainer(), make.version()
    make.activity(version.modules.get(key="m1"), 4, "temu", ActivityKind.SESSION)
    body = {
        "course": version.course.code, "version": version.number, "region": "3278", "title": "Tatap muka",
        "place": "Aula", "starts_at": STARTS.isoformat(), "ends_at": (STARTS + timedelta(hours=2)).isoformat(),
        "capacity": 2, "trainer": "Pelatih", "module": "m1", "activity": "temu",
    }  # fmt: skip
    made = ask(client, trainer, "POST", "/training-sessions", body).json()
    assert (made["module"], made["activity"]) == ("m1", "temu")
    assert Session.objects.get().trainer == trainer
    for slip in ({"activity": "baca"}, {"module": "m9"}, {"trainer": "siapa"}):
        assert ask(client, trainer, "POST", "/training-sessions", body | slip).status_code == 404
    far = {"starts_at": "9999-12-31T22:00:00Z", "ends_at": "9999-12-31T23:00:00Z"}
    assert ask(client, trainer, "POST", "/training-sessions", body | far).json()["code"] == "session_too_far"
    assert ask(client, trainer, "POST", "/training-sessions", body | {"title": "  "}).status_code == 422
    make.enrolled()
    places_of = f"/training-sessions/{made['code']}/places"
    assert ask(client, trainer, "POST", places_of, {"enrolment": ""}).status_code == 422
    assert ask(client, trainer, "GET", f"/training-sessions/{made['code']}").json()["places"] == []
