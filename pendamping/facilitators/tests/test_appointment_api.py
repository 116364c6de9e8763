"""The same acts over the API: works, refused as problems, outsiders find nothing."""

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
from pendamping.core.moments import day
from pendamping.facilitators.models import Appointment, Attendee, EthicsCase
from pendamping.facilitators.services import appointments
from pendamping.facilitators.tests import appointment_factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _this_year(monkeypatch: pytest.MonkeyPatch) -> None:
    today = day(timezone.now())
    for name, value in (
        ("NOW", timezone.now()), ("TODAY", today), ("START", date(today.year, 1, 1)), ("END", date(today.year, 12, 31)),
    ):  # fmt: skip
        monkeypatch.setattr(make, name, value)


@pytest.fixture
def ward() -> Region:
    return places.ward()


def ask(client: Client, person: Account | None, method: str, path: str, body: Any = None, op: str = "") -> Any:
    headers = {"Idempotency-Key": op} if op else {}
    if person is not None:
        _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
        headers["Authorization"] = f"Bearer {key}"
    sent = "" if body is None else json.dumps(body)
    return client.generic(method, f"/api/v1{path}", sent, content_type="application/json", headers=headers)


def iso(days: int = 0) -> str:
    return (make.TODAY + timedelta(days=days)).isoformat()


def test_a_term_from_decree_to_successor(client: Client, ward: Region) -> None:
    boss, op = make.secretariat(), str(uuid.uuid4())
    facts = {
        "region": places.city().path, "kind": "appointment", "number": "SK-1/2026", "dated_on": iso(), "about": "x",
        "signatory": "Wali Kota", "starts_on": make.START.isoformat(), "ends_on": make.END.isoformat(),
    }  # fmt: skip
    made, again = (ask(client, boss, "POST", "/decrees", facts, op) for _time in range(2))
    assert (made.status_code, again.json()["code"]) == (201, made.json()["code"])
    decree = f"/decrees/{made.json()['code']}"
    personas.account("ani", "Ani Contoh")
    one = ask(client, boss, "POST", f"{decree}/appointments", {"account": "ani", "kind": "ward_facilitator"}).json()
    path = f"/appointments/{one['code']}"
    days = {"starts_on": iso(), "ends_on": make.END.isoformat()}
    put = ask(client, boss, "POST", f"{path}/assignments", {"regions": [ward.path], **days})
    assert [place["region"] for place in put.json()["assignments"]] == [ward.path]
    overlap = ask(client, boss, "POST", f"{path}/assignments", {"regions": [ward.path], **days})
    assert (overlap.status_code, overlap.json()["code"]) == (422, "overlaps")
    missing = ask(client, boss, "POST", f"{path}/assignments", {"regions": [places.foreign_ward().path], **days})
    assert missing.status_code == 404
    contract = {"fiscal_year": make.TODAY.year, "number": "K", "signed_on": iso(), "monthly": 2_000_000, **days}
    assert ask(client, boss, "POST", f"{path}/contracts", contract).status_code == 201
    renewal = {**contract, "reason": "Baik"}
    renewal.pop("fiscal_year")
    late = ask(client, boss, "POST", f"{path}/contracts/{make.TODAY.year}/renewal", renewal)
    assert late.json()["code"] == "not_next_year"
    place = put.json()["assignments"][0]["code"]
    end = {"ended_on": iso(-1), "reason": "Mutasi"}
    assert ask(client, boss, "POST", f"/assignments/{place}/end", end).json()["ended_on"] == iso(-1)
    assert ask(client, boss, "POST", f"{path}/end", {"ended_on": iso(), "reason": "Mundur"}).status_code == 201
    second = ask(client, boss, "POST", "/decrees", {**facts, "kind": "replacement", "number": "SK-2"}).json()
    personas.account("tono", "Tono Contoh")
    after = {"decree": second["code"], "account": "tono", "reason": "Mundur", "unit": ward.path, "starts_on": iso(1)}
    successor = ask(client, boss, "POST", f"{path}/successor", after).json()
    assert successor["replaces"] == one["code"]
    me = Appointment.objects.get(code=successor["code"]).account
    listed = ask(client, boss, "GET", "/appointments").json()["results"]
    assert {row["name"] for row in listed} == {"Ani Contoh", "Tono Contoh"}
    revoked = ask(client, boss, "POST", f"{decree}/revocation", {"on": iso(), "reason": "PTUN"})
    assert revoked.json()["revoked_reason"] == "PTUN"
    assert ask(client, boss, "GET", decree).status_code == 200
    assert ask(client, me, "GET", decree).status_code == 403
    assert ask(client, personas.lurah(ward), "GET", decree).status_code == 404


def test_a_place_declined(client: Client, ward: Region) -> None:
    boss, decree = make.secretariat(), make.decree()
    chosen = make.standing(make.post(make.final_round(), ward)).application.code
    path = f"/decrees/{decree.code}/declined"
    done = ask(client, boss, "POST", path, {"application": chosen, "reason": "Bekerja di tempat lain"})
    assert (done.status_code, done.json()["application"]) == (201, chosen)
    again = ask(client, boss, "POST", path, {"application": chosen, "reason": "x"})
    assert (again.status_code, again.json()["code"]) == (422, "declined")
    gone = ask(client, boss, "POST", f"/decrees/{decree.code}/appointments", {"application": chosen})
    assert gone.json()["code"] == "declined"


def test_taking_over_and_signing_are_ones_own(client: Client, ward: Region) -> None:
    before = make.left(ward, on=make.TODAY - timedelta(days=1))
    made = appointments.replace(
        by=make.secretariat(), at=make.NOW, leaving=before, decree=make.decree("SK-2", "replacement"), reason="Mundur",
        account=personas.account("tono"), unit=ward, starts_on=make.TODAY,
    )  # fmt: skip
    make.case()
    path = f"/appointments/{made.code}"
    assert ask(client, personas.lurah(ward), "POST", f"{path}/takeover", {}).status_code == 404
    assert ask(client, made.account, "POST", f"{path}/takeover", {"missing": "Kunci"}).status_code == 201
    assert ask(client, made.account, "POST", f"{path}/takeover", {}).json()["code"] == "taken_over"
    assert ask(client, made.account, "POST", f"{path}/signature", {"version": 9}).status_code == 404
    assert ask(client, made.account, "POST", f"{path}/signature", {"version": 1}).status_code == 201


def test_an_inauguration(client: Client, ward: Region) -> None:
    boss, one = make.secretariat(), make.appointed()
    facts = {"title": "Pelantikan", "place": "Aula", "held_on": iso()}
    made = ask(client, boss, "POST", f"/decrees/{one.decree.code}/ceremonies", facts).json()
    path = f"/ceremonies/{made['code']}"
    assert "ticket" not in json.dumps(made)
    wrong = ask(client, boss, "POST", f"{path}/attendance", {"ticket": "XXXXX"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "ticket_unknown")
    came = ask(client, boss, "POST", f"{path}/attendance", {"ticket": Attendee.objects.get().ticket})
    assert came.json()["attendees"][0]["manner"] == "ticket"
    two = make.appointed("Tono Contoh")
    assert len(ask(client, boss, "POST", f"{path}/invitations").json()["attendees"]) == 2
    by_hand = {"appointment": two.code, "note": "Ponsel mati"}
    assert ask(client, boss, "POST", f"{path}/attendance", by_hand).status_code == 201
    oath = {"text": "Demi Allah", "read_by": "Sekda"}
    assert ask(client, boss, "POST", f"{path}/oath", oath).json()["oath_at"]
    assert ask(client, personas.sari(ward), "GET", path).status_code == 403


def test_a_case_of_ethics(client: Client, ward: Region) -> None:
    boss, one = make.secretariat(), make.placed(ward)
    make.case()
    report = {"text": "Minta imbalan", "appointment": one.appointment.code, "contact": "ani@contoh.test"}
    made = ask(client, None, "POST", "/ethics/reports", report)
    assert (made.status_code, set(made.json())) == (201, {"code"})
    path = f"/ethics/cases/{made.json()['code']}"
    members = [make.panelist(n) for n in (1, 2, 3)]
    named = ask(client, boss, "POST", f"{path}/panel", {"members": [member.username for member in members]})
    assert named.json() == {"code": made.json()["code"], "seated": 3, "panel_least": 3}
    assert ask(client, boss, "GET", path).status_code == 403
    assert ask(client, make.panelist(4), "GET", path).status_code == 404
    assert ask(client, members[0], "GET", path).json()["report"] == "Minta imbalan"
    call = {"allegation": "Imbalan", "answer_by": iso(7)}
    assert ask(client, members[0], "POST", f"{path}/call", call).json()["state"] == "called"
    answer = ask(client, one.account, "POST", f"{path}/answer", {"statement": "Tidak benar"})
    assert (answer.json()["state"], "report" in answer.json()) == ("heard", False)
    skipped = ask(client, members[1], "POST", f"{path}/decision", {"sanction": "written_2", "reason": "x"})
    assert skipped.json()["code"] == "grade_skipped"
    done = ask(client, members[1], "POST", f"{path}/decision", {"sanction": "oral", "reason": "Terbukti"})
    assert done.json()["state"] == "decided"


def test_other_steps_of_a_panel(client: Client, ward: Region) -> None:
    one, boss, member = make.placed(ward), make.secretariat(), make.panelist(1)
    first = f"/ethics/cases/{make.panelled().code}"
    person = {"appointment": one.appointment.code}
    assert ask(client, member, "POST", f"{first}/person", person).json()["appointment"] == one.appointment.code
    ask(client, member, "POST", f"{first}/call", {"allegation": "x", "answer_by": iso(7)})
    assert ask(client, member, "POST", f"{first}/silence").json()["code"] == "still_time"
    assert ask(client, member, "POST", f"{first}/hearing", {"statement": "Tidak"}).json()["state"] == "heard"
    heavy = {"sanction": "termination", "reason": "Terbukti", "skip_reason": "Berat"}
    early = ask(client, member, "POST", f"{first}/decision", heavy)
    assert early.json()["code"] == "may_still_answer"
    answer = ask(client, one.account, "POST", f"{first}/answer", {"statement": "Sungguh tidak"}).json()
    assert (answer["answer"], answer["statement"]) == ("Sungguh tidak", "Tidak")
    assert ask(client, member, "POST", f"{first}/decision", heavy).json()["state"] == "proposed"
    assert ask(client, member, "POST", f"{first}/confirmation").json()["code"] == "second_member"
    back = ask(client, make.panelist(2), "POST", f"{first}/return", {"reason": "Terlalu berat"})
    assert (back.json()["state"], back.json()["sanction"]) == ("heard", "")
    ask(client, member, "POST", f"{first}/decision", heavy)
    assert ask(client, make.panelist(2), "POST", f"{first}/confirmation").json()["state"] == "decided"
    first = f"/ethics/cases/{make.panelled().code}"
    assert ask(client, member, "POST", f"{first}/leaving", {"reason": "Kerabat"}).status_code == 201
    second = f"/ethics/cases/{make.panelled().code}"
    assert ask(client, member, "POST", f"{second}/closing", {"reason": "Bukan pendamping"}).json()["state"] == "closed"
    code = {"region": places.city().path, "text_id": "Teks", "reason": "Perwal"}
    assert ask(client, boss, "POST", "/ethics/codes", {**code, "panel_least": 1}).status_code == 422
    assert ask(client, boss, "POST", "/ethics/codes", code).json()["version"] == 2
    assert EthicsCase.objects.count() == 3
