"""Meetings over the API: the same acts, refusals as problems."""

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
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.tests.factories import called, counted, decided, put, ready
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db

CALL = {
    "kind": "development", "title": "Musyawarah", "fiscal_year": 2026, "held_on": "2026-03-10", "starts_at": "13:00",
    "place": "Aula", "agenda": "Pembukaan", "chair_office": "Lurah",
}  # fmt: skip


@pytest.fixture
def ward() -> Region:
    return places.ward()


def ask(client: Client, person: Account, method: str, path: str, body: Any = None, op: str = "") -> Any:
    _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
    headers = {"Authorization": f"Bearer {key}", **({"Idempotency-Key": op} if op else {})}
    return client.generic(method, f"/api/v1{path}", _json(body), content_type="application/json", headers=headers)


def _json(body: Any) -> str:

    return "" if body is None else json.dumps(body)


def test_a_whole_meeting(client: Client, ward: Region) -> None:
    sari, lurah = personas.sari(ward), personas.lurah(ward)
    op = str(uuid.uuid4())
    made, again = (ask(client, sari, "POST", "/meetings", {**CALL, "region": ward.path}, op) for _time in range(2))
    assert (made.status_code, again.json()["code"]) == (201, made.json()["code"])
    path = f"/meetings/{made.json()['code']}"
    proposal = ready(ward)
    put_on = ask(client, sari, "POST", f"{path}/agenda", {"proposals": [proposal.code]})
    assert [item["proposal"] for item in put_on.json()["items"]] == [proposal.code]
    ask(client, sari, "POST", f"{path}/attendance", {"women": 12, "men": 9, "pkk": 4})
    refused = ask(client, lurah, "POST", f"{path}/closing", {})
    assert (refused.status_code, refused.json()["code"]) == (422, "undecided")
    assert proposal.code in refused.json()["detail"]
    decision = {"outcome": "funded", "amount": 30_000_000, "reason": "Mendesak"}
    assert ask(client, lurah, "POST", f"{path}/agenda/{proposal.code}/decision", decision).status_code == 201
    late = ask(client, lurah, "POST", f"{path}/closing", {"notes": "Lancar"})  # called after its day
    assert (late.status_code, late.json()["code"]) == (422, "requirements_missing")
    waiver = {"requirement": "notice", "ground": "other", "reason": "Dicatat dari daftar lama"}
    assert ask(client, lurah, "POST", f"{path}/waivers", waiver).status_code == 201
    closed = ask(client, lurah, "POST", f"{path}/closing", {"notes": "Lancar"})
    assert (closed.status_code, closed.json()["state"]) == (201, "closed")
    seen = ask(client, personas.budi(places.city()), "GET", path).json()
    assert (seen["items"][0]["amount"], seen["attendance"]["women"], seen["items"][0]["method"]) == (
        30_000_000, 12, "consensus",
    )  # fmt: skip
    assert [meeting["code"] for meeting in ask(client, sari, "GET", "/meetings?state=closed").json()["results"]] == [
        seen["code"]
    ]


def test_nothing_is_decided_before_the_day(client: Client, ward: Region) -> None:
    item, lurah = put(called(ward)), personas.lurah(ward)
    path = f"/meetings/{item.meeting.code}"
    Meeting.objects.update(held_on=day(timezone.now()) + timedelta(days=1))
    decision = {"outcome": "rejected", "reason": "Tidak perlu"}
    for door, facts in (
        (f"agenda/{item.proposal.code}/decision", decision), ("consensus-failure", {"reason": "Belum sepakat"}),
        ("consensus", {"words": "Semua sepakat"}),
    ):  # fmt: skip
        answer = ask(client, lurah, "POST", f"{path}/{door}", facts)
        assert (answer.status_code, answer.json()["code"]) == (422, "meeting_not_yet"), door


def test_refusals_are_problems_at_their_field(client: Client, ward: Region) -> None:
    item = put(called(ward))
    path = f"/meetings/{item.meeting.code}/agenda/{item.proposal.code}/decision"
    answer = ask(client, personas.lurah(ward), "POST", path, {"outcome": "funded", "reason": "Perlu"})
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == "amount"
    unknown = ask(client, personas.lurah(ward), "POST", path, {"outcome": "later", "reason": "Perlu"})
    assert unknown.json()["code"] == "invalid"


def test_an_operation_id_that_is_none_is_malformed(client: Client, ward: Region) -> None:
    answer = ask(client, personas.sari(ward), "POST", "/meetings", {**CALL, "region": ward.path}, op="sekali")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert not Meeting.objects.exists()


def test_taking_off(client: Client, ward: Region) -> None:
    item = put(called(ward))
    path = f"/meetings/{item.meeting.code}/agenda/{item.proposal.code}/removal"
    assert ask(client, personas.sari(ward), "POST", path).json()["items"] == []
    assert ask(client, personas.sari(ward), "POST", path).status_code == 404


def test_places_and_verbs_hold_here_too(client: Client, ward: Region) -> None:
    meeting = counted(called(ward))
    decided(put(meeting))
    wati, path = personas.wati(places.ward(2)), f"/meetings/{meeting.code}"
    assert ask(client, wati, "GET", path).status_code == 404
    assert ask(client, wati, "GET", "/meetings").json()["results"] == []
    assert ask(client, personas.sari(ward), "POST", f"{path}/closing", {}).status_code == 403
    assert ask(client, wati, "POST", "/meetings", {**CALL, "region": ward.path}).status_code == 404
    here = called(places.ward(2))
    foreign = ask(client, wati, "POST", f"/meetings/{here.code}/agenda", {"proposals": [ready(ward).code]})
    assert foreign.status_code == 404
    assert client.get(f"/api/v1{path}").status_code == 401
    assert Meeting.objects.count() == 2


def test_moving_and_cancelling(client: Client, ward: Region) -> None:
    item, sari = put(called(ward)), personas.sari(ward)
    path = f"/meetings/{item.meeting.code}"
    moved = ask(client, sari, "POST", f"{path}/move", {"held_on": "2026-03-17", "reason": "Aula dipakai"})
    assert (moved.status_code, moved.json()["held_on"]) == (201, "2026-03-17")
    refused = ask(client, sari, "POST", f"{path}/cancellation", {"reason": "  "})
    assert (refused.status_code, refused.json()["code"]) == (422, "reason_missing")
    done = ask(client, sari, "POST", f"{path}/cancellation", {"reason": "Hujan lebat"}).json()
    assert (done["state"], done["cancellation"], done["items"]) == ("cancelled", "Hujan lebat", [])
    assert (
        ask(
            client, personas.sekretaris(ward), "POST", f"{path}/move", {"held_on": "2026-03-18", "reason": "x"}
        ).status_code
        == 403
    )


def test_a_call_of_spaces_is_refused(client: Client, ward: Region) -> None:
    for field in ("title", "place", "agenda", "chair_office"):
        answer = ask(client, personas.sari(ward), "POST", "/meetings", {**CALL, "region": ward.path, field: "  "})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), field
