"""The selection over the API: the same acts, refusals as problems."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.core.moments import day
from pendamping.facilitators import keys
from pendamping.facilitators.models import Application, Round
from pendamping.facilitators.tests import selection_factories as make
from pendamping.facilitators.tests.selection_factories import now
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def ask(client: Client, person: Account | None, method: str, path: str, body: Any = None, **headers: str) -> Any:
    if person is not None:
        _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
        headers["Authorization"] = f"Bearer {key}"
    sent = "" if body is None else json.dumps(body, default=str)
    return client.generic(method, f"/api/v1{path}", sent, content_type="application/json", headers=headers)


def done(answer: Any, status: int = 201) -> Any:
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.json()


def test_whoever_acts_for_one_city_need_not_name_it(client: Client) -> None:
    by, city = make.secretariat(), places.city()
    made = done(ask(client, by, "POST", "/selections", make.round_facts()))
    assert Round.objects.get(code=made["code"]).region == city
    personas.person("secretariat", places.city("3279", "Kota Lain"), by.username)
    assert ask(client, by, "POST", "/selections", make.round_facts()).status_code == 404


def test_a_round_from_preparation_to_a_new_version(client: Client) -> None:
    by, city = make.secretariat(), places.city()
    made = done(ask(client, by, "POST", "/selections", {**make.round_facts(), "region": city.path}))
    path = f"/selections/{made['code']}"
    assert ask(client, None, "GET", path).status_code == 404
    refused = ask(client, by, "POST", f"{path}/stage", {"to": "open"})
    assert (refused.status_code, refused.json()["code"]) == (422, "round_no_posts")
    added = done(
        ask(client, by, "POST", f"{path}/posts", {"kind": "ward_facilitator", "region": city.path, "number": 2})
    )
    done(ask(client, by, "POST", f"{path}/posts/{added['posts'][0]['uid']}/removal"))
    done(ask(client, by, "POST", f"{path}/posts", {"kind": "ward_facilitator", "region": city.path, "number": 2}))
    done(ask(client, by, "POST", f"{path}/facts", make.round_facts(title="Baru")))
    done(ask(client, by, "POST", f"{path}/requirements", make.requirement_facts()))
    done(ask(client, by, "POST", f"{path}/requirements/1", make.requirement_facts(text="KTP kota")))
    done(ask(client, by, "POST", f"{path}/requirements", make.requirement_facts(text="Buang")))
    done(ask(client, by, "POST", f"{path}/requirements/2/removal"))
    assert done(ask(client, by, "POST", f"{path}/stage", {"to": "open"}))["stage"] == "open"
    shown = done(ask(client, None, "GET", path), 200)
    assert [one["text"] for one in shown["versions"][0]["requirements"]] == ["KTP kota"]
    assert shown["title"] == "Baru"
    done(ask(client, by, "POST", f"{path}/requirement-change", {"reason": "Putusan Komisi I"}))
    done(ask(client, by, "POST", f"{path}/requirement-change/removal"))
    done(ask(client, by, "POST", f"{path}/requirement-change", {"reason": "Putusan Komisi I"}))
    done(ask(client, by, "POST", f"{path}/requirements", make.requirement_facts(text="Ijazah")))
    whole = done(ask(client, by, "POST", f"{path}/requirement-change/publication"))
    assert [one["version"] for one in whole["versions"]] == [2, 1]
    assert done(ask(client, None, "GET", "/selections?stage=open"), 200)["results"][0]["code"] == made["code"]
    assert done(ask(client, by, "POST", f"{path}/cancellation", {"reason": "x"}))["stage"] == "cancelled"


def test_an_applicant_over_the_api(client: Client) -> None:
    found = make.opened()
    facts, op = {"post": str(found.posts.get().uid), "email": "ani@contoh.invalid"}, str(uuid.uuid4())
    begun, again = (
        done(ask(client, None, "POST", f"/selections/{found.code}/applications", facts, **{"Idempotency-Key": op}))
        for _time in range(2)
    )
    assert begun == again
    own = {"X-Applicant-Key": begun["key"]}
    path = f"/applications/{begun['code']}"
    assert ask(client, None, "GET", path).status_code == 404
    person = {
        "name": "Ani",
        "nik": make.NIK,
        "born_on": "1995-06-05",
        "sex": "f",
        "address": "Jl",
        "phone": "081200000001",
    }
    assert len(done(ask(client, None, "POST", f"{path}/facts", person, **own))["missing"]) == 2
    upload = SimpleUploadedFile("a.pdf", make.pdf_bytes(), content_type="application/pdf")
    kept = client.post(f"/api/v1{path}/files/1", {"file": upload}, headers=own)
    assert kept.status_code == 201
    done(ask(client, None, "POST", f"{path}/files/1/removal", **own))
    upload.seek(0)
    client.post(f"/api/v1{path}/files/1", {"file": upload}, headers=own)
    fake = SimpleUploadedFile("a.pdf", b"MZ", content_type="application/pdf")
    assert client.post(f"/api/v1{path}/files/1", {"file": fake}, headers=own).status_code == 422
    done(ask(client, None, "POST", f"{path}/declarations/2", {"is_declared": True}, **own))
    application = Application.objects.get()
    code = keys.mail_code(application, "ani@contoh.invalid")
    done(ask(client, None, "POST", f"{path}/verification", {"code": code}, **own))
    assert done(ask(client, None, "POST", f"{path}/submission", **own))["state"] == "submitted"
    assert ask(client, None, "POST", f"{path}/requirements", **own).json()["code"] == "application_newest"
    assert done(ask(client, None, "GET", path, **own), 200)["missing"] == []
    make.seated(application)
    seat = done(ask(client, None, "GET", path, **own), 200)["seat"]
    assert seat == {"place": "Lab SMK Contoh", "starts_at": "2026-03-03T01:00:00Z", "number": 7}
    assert ask(client, None, "POST", f"{path}/answers/1", {"reason": "x"}, **own).json()["code"] == "clarify_not_asked"
    assert done(ask(client, None, "POST", f"{path}/withdrawal", {"reason": "Pindah"}, **own))["state"] == "withdrawn"


def test_wrong_keys_are_counted(client: Client) -> None:
    application = make.begun(make.opened())
    seen = [
        ask(client, None, "GET", f"/applications/{application.code}", **{"X-Applicant-Key": "A" * 16}).status_code
        for _try in range(9)
    ]
    assert seen == [404] * 8 + [422]


def test_counter_and_checkers_over_the_api(client: Client) -> None:
    found, counter = make.opened(), make.checker("loket")
    facts = {"post": str(found.posts.get().uid)}
    begun = done(ask(client, counter, "POST", f"/selections/{found.code}/paper-applications", facts))
    path = f"/paper-applications/{begun['code']}"
    done(ask(client, counter, "POST", f"{path}/facts", {"nik": make.NIK, "name": "Ani"}))
    done(ask(client, counter, "POST", f"{path}/card", {"nik": make.NIK}))
    done(ask(client, counter, "POST", f"{path}/key", {"nik": make.NIK}))
    refused = ask(client, counter, "POST", f"{path}/submission")
    assert (refused.status_code, refused.json()["code"]) == (422, "application_incomplete")
    early = ask(client, counter, "POST", f"{path}/objections", {"stage": "files", "text": "Keliru"})
    assert early.json()["code"] == "objection_not_handed_in"
    early = ask(client, counter, "POST", f"{path}/answers/1", {"reason": "Ini"})
    assert early.json()["code"] == "check_not_submitted"
    assert done(ask(client, counter, "POST", f"{path}/withdrawal", {"reason": ""}))["state"] == "withdrawn"
    application = make.submitted(found, "3278014506950002")
    make.closed(found)
    first, second = make.checker("satu"), make.checker("dua")
    assert done(ask(client, first, "GET", "/file-checks"), 200)["results"] == [application.code]
    path = f"/file-checks/{application.code}"
    for position in (1, 2):
        done(ask(client, first, "POST", f"{path}/requirements/{position}", {"is_there": True, "right": "yes"}))
    assert ask(client, first, "POST", f"{path}/conclusion").json()["code"] == "check_still_open"
    says = {"result": "clear", "done_on": day(now()), "reference": "SIPOL-1"}
    assert ask(client, first, "POST", f"{path}/requirements/2/second", says).json()["code"] == "check_same_checker"
    done(ask(client, second, "POST", f"{path}/requirements/2/second", says))
    assert done(ask(client, second, "POST", f"{path}/conclusion"))["passed"] is True
    assert done(ask(client, second, "GET", path), 200)["requirements"][1]["second"] == "clear"


def test_outsiders_are_told_nothing(client: Client) -> None:
    application = make.submitted(make.opened())
    elsewhere = make.checker("jauh", places.city("3279", "Kota Lain"))
    assert ask(client, elsewhere, "GET", f"/file-checks/{application.code}").status_code == 404
    assert ask(client, personas.sari(places.ward()), "GET", f"/file-checks/{application.code}").status_code == 403
