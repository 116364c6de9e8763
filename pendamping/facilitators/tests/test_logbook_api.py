"""The logbook over the API: works, refused as problems, outsiders find nothing, sent twice it is one line."""

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
from pendamping.facilitators.models import Absence, Assignment, LogEntry
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import logbook_factories as make
from pendamping.needs.tests.factories import upload
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    today = day(timezone.now())
    for name, value in (
        ("NOW", timezone.now()), ("TODAY", today), ("START", today - DAY * 200), ("END", today + DAY * 100),
    ):  # fmt: skip
        monkeypatch.setattr(service, name, value)
        if hasattr(make, name):
            monkeypatch.setattr(make, name, value)


@pytest.fixture
def ani() -> Assignment:
    term = {"starts_on": service.START, "ends_on": service.END}
    service.decree("SK-1/2026", **term)
    return make.placed(**term)


def ask(client: Client, person: Account | None, method: str, path: str, body: Any = None, op: str = "") -> Any:
    headers = {"Idempotency-Key": op} if op else {}
    if person is not None:
        headers["Authorization"] = f"Bearer {key(person)}"
    sent = "" if body is None else json.dumps(body)
    return client.generic(method, f"/api/v1{path}", sent, content_type="application/json", headers=headers)


def key(person: Account) -> str:
    return issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)[1]


def send(client: Client, person: Account, path: str, op: str = "", **facts: Any) -> Any:
    """A line with its photos, as a form."""
    headers = {"Authorization": f"Bearer {key(person)}", **({"Idempotency-Key": op} if op else {})}
    return client.post(f"/api/v1{path}", facts, headers=headers)


def line(ani: Assignment, **changes: Any) -> dict[str, Any]:
    return {
        "region": ani.region.path, "day": service.TODAY.isoformat(), "activity": "visit", "what": "Mengukur selokan",
        "women": 2, **changes,
    }  # fmt: skip


def test_a_line_sent_twice_is_one_line_with_its_photo_and_question(client: Client, ani: Assignment) -> None:
    op = str(uuid.uuid4())
    first, again = (send(client, ani.account, "/logbook", op, **line(ani, photos=upload())) for _ in (1, 2))
    assert (first.status_code, again.status_code) == (201, 201), first.content
    told = first.json()
    assert told["code"] == again.json()["code"]
    assert (told["state"], len(told["photos"]), [flag["kind"] for flag in told["flags"]]) == ("written", 1, ["no_fix"])
    assert LogEntry.objects.count() == 1


def test_a_place_or_a_day_not_served_is_refused(client: Client, ani: Assignment) -> None:
    assert send(client, ani.account, "/logbook", **line(ani, region=places.ward(2).path)).status_code == 404
    refused = send(client, ani.account, "/logbook", **line(ani, day=(service.START - DAY).isoformat()))
    assert (refused.status_code, refused.json()["code"]) == (422, "not_then")
    assert send(client, ani.account, "/logbook", **line(ani, noted_at="2026-01-01T00:00:00")).status_code == 422
    assert send(client, make.coordinator(), "/logbook", **line(ani)).status_code == 404


def test_the_book_over_the_api_holds_acts_done_elsewhere(client: Client, ani: Assignment) -> None:
    make.done(ani.account, "needs.need_verified", ani.region, at=service.NOW)
    told = ask(client, ani.account, "GET", "/logbook").json()
    assert [one["automatic"] for one in told["results"]] == [True]
    code = told["results"][0]["code"]
    assert ask(client, ani.account, "POST", f"/logbook/{code}/words", {"problem": "Hujan"}).json()["state"] == "written"
    assert ask(client, ani.account, "GET", "/logbook?month=9999-99").status_code == 200


def test_a_line_goes_back_is_repaired_and_verified(client: Client, ani: Assignment) -> None:
    boss = make.coordinator()
    made = make.entry(ani, follow_up="Ukur", follow_up_by=service.TODAY)
    assert ask(client, ani.account, "POST", f"/logbook/{made.code}/return", {"reason": "x"}).status_code == 403
    back = ask(client, boss, "POST", f"/logbook/{made.code}/return", {"reason": "RT mana?"})
    assert (back.status_code, back.json()["returned_reason"]) == (201, "RT mana?")
    assert send(client, ani.account, f"/logbook/{made.code}/repair", **line(ani)).json()["state"] == "written"
    assert ask(client, boss, "GET", "/logbooks?state=written").json()["results"][0]["code"] == made.code
    done = ask(client, boss, "POST", "/logbook/verification", {"entries": [made.code, made.code]})
    assert (done.status_code, done.json()) == (201, {"verified": 1})
    again = ask(client, boss, "POST", "/logbook/verification", {"entries": [made.code]})
    assert (again.status_code, again.json()["code"]) == (422, "not_waiting")
    other = make.entry(ani, follow_up="Ukur", what="Menemui pengurus posyandu di balai RW")
    kept = ask(client, ani.account, "POST", f"/logbook/{other.code}/done", {"on": service.TODAY.isoformat()})
    assert kept.json()["follow_up_done_on"] == service.TODAY.isoformat()


def test_outsiders_find_nothing(client: Client, ani: Assignment) -> None:
    made, asked = make.entry(ani), make.asked(ani)
    ina = make.placed(places.ward(2), "Ina Contoh", starts_on=service.START, ends_on=service.END)
    assert ask(client, None, "GET", f"/logbook/{made.code}").status_code == 401
    assert ask(client, ina.account, "GET", f"/logbook/{made.code}").status_code == 404
    assert ask(client, ani.account, "GET", f"/logbook/{made.code}").status_code == 200
    assert ask(client, make.coordinator(), "GET", f"/logbook/{made.code}").status_code == 200
    assert ask(client, ina.account, "POST", f"/absences/{asked.code}/withdrawal").status_code == 404
    assert ask(client, personas.lurah(ani.region), "GET", "/logbooks").status_code == 403


def test_days_away_are_asked_for_decided_and_taken_back(client: Client, ani: Assignment) -> None:
    days = {"first_day": (service.TODAY + DAY).isoformat(), "last_day": (service.TODAY + DAY).isoformat()}
    asked = ask(client, ani.account, "POST", "/absences", {"kind": "leave", "why": "Acara keluarga", **days})
    assert (asked.status_code, "why" in asked.json()) == (201, False)
    path = f"/absences/{asked.json()['code']}"
    assert ask(client, make.coordinator(), "POST", f"{path}/decision", {"approve": False}).status_code == 422
    assert ask(client, make.coordinator(), "POST", f"{path}/decision", {"approve": True}).json()["state"] == "approved"
    assert ask(client, ani.account, "POST", f"{path}/withdrawal").json()["state"] == "withdrawn"
    assert len(ask(client, ani.account, "GET", "/absences").json()) == 1
    assert Absence.objects.get().reason_cipher is None


def test_thresholds_are_set_by_those_who_keep_the_rules(client: Client, ani: Assignment) -> None:
    body = {"region": "3278", "valid_from": service.TODAY.isoformat(), "legal_basis": "Surat edaran", "late_days": 5}
    assert ask(client, make.coordinator(), "POST", "/logbook/rules", body).status_code == 403
    assert ask(client, service.secretariat(), "POST", "/logbook/rules", body).status_code == 201
    assert ask(client, service.secretariat(), "POST", "/logbook/rules", {**body, "round_run": 1}).status_code == 422
