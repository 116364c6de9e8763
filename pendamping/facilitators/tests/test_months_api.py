"""The same acts over the API: works, refused as problems, outsiders find nothing, secrets stay masked."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.core.models import JournalEntry
from pendamping.facilitators.models import Absence, MonthReport, PayAccount
from pendamping.facilitators.tests import month_factories as make
from pendamping.facilitators.tests.month_factories import AFTER, FEBRUARY, NUMBER
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    def at(moment: Any) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    at(AFTER)
    return at


def ask(client: Client, person: Account | None, method: str, path: str, body: Any = None, op: str = "") -> Any:
    headers = {"Idempotency-Key": op} if op else {}
    if person is not None:
        _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
        headers["Authorization"] = f"Bearer {key}"
    sent = "" if body is None else json.dumps(body)
    return client.generic(method, f"/api/v1{path}", sent, content_type="application/json", headers=headers)


def test_a_month_from_plan_to_approval(client: Client, clock: Any) -> None:
    sari, boss, askot = make.serving(), make.boss(), make.area()
    clock(FEBRUARY)
    lines = [{"what": "Kunjungan RW", "region": sari.region_path, "activity": "visit", "wanted": 3}]
    plan = ask(client, sari.account, "POST", "/my-months/2026/3/plan", {"lines": lines})
    assert (plan.status_code, plan.json()["lines"][0]["wanted"]) == (201, 3)
    lines[0]["region"] = "3299010001"
    assert ask(client, sari.account, "POST", "/my-months/2026/3/plan", {"lines": lines}).status_code == 404
    early = ask(client, sari.account, "POST", "/my-months/2026/3/report", {"note": ""})
    assert (early.status_code, early.json()["code"]) == (422, "too_early")
    clock(AFTER)
    op = str(uuid.uuid4())
    sent, again = (
        ask(client, sari.account, "POST", "/my-months/2026/3/report", {"note": "Lancar"}, op) for _time in range(2)
    )
    assert (sent.status_code, again.json()["code"]) == (201, sent.json()["code"])
    assert sent.json()["figures"]["plan"][0]["wanted"] == 3
    code = sent.json()["code"]
    assert ask(client, sari.account, "GET", "/my-months/2026/3").json()["state"] == "sent"
    assert ask(client, askot, "GET", "/months/2026/3").json()["reports"][0]["code"] == code
    assert ask(client, boss, "POST", f"/month-reports/{code}/approval", {}).json()["code"] == "waits_for"
    assert ask(client, askot, "POST", f"/month-reports/{code}/approval", {}).status_code == 403
    back = ask(client, askot, "POST", f"/month-reports/{code}/return", {"reason": "Lengkapi", "sending": 1})
    assert back.json()["returned_reason"] == "Lengkapi"
    assert ask(client, sari.account, "POST", "/my-months/2026/3/report", {}).json()["sendings"] == 2
    yes = ask(client, askot, "POST", f"/month-reports/{code}/recommendation", {"sending": 2, "reason": "Baik"})
    assert yes.json()["awaits"] == "secretariat"
    stale = ask(client, boss, "POST", f"/month-reports/{code}/rejection", {"reason": "Kurang", "sending": 1})
    assert stale.json()["code"] == "changed_meanwhile"
    done = ask(client, boss, "POST", f"/month-reports/{code}/approval", {"sending": 2})
    assert (done.json()["state"], len(done.json()["decisions"])) == ("approved", 3)
    other = make.area(places.district(2), "askot-lain")
    assert ask(client, other, "GET", f"/month-reports/{code}").status_code == 404
    assert ask(client, None, "GET", f"/month-reports/{code}").status_code == 401
    assert ask(client, askot, "GET", "/months/2026/13").status_code == 422


def test_pay_from_bank_details_to_receipt(client: Client) -> None:
    sari, boss, cash = make.serving(), make.boss(), make.treasurer()
    city = places.city().path
    tax = {"region": city, "title": "PPh 21", "legal_basis": "UU contoh", "rate": 500, "valid_from": "2026-01-01"}
    made = ask(client, boss, "POST", "/deductions", tax)
    assert made.status_code == 201
    account = {"bank": "Bank Contoh", "number": NUMBER, "holder": "Ani Contoh"}
    given = ask(client, sari.account, "POST", "/my-honoraria/account", account, str(uuid.uuid4()))
    assert given.json() == {"masked": "Bank Contoh •••• 8901", "has_tax_number": False}
    make.approved(sari)
    month = {"region": city, "year": 2026, "month": 3}
    run = ask(client, boss, "POST", "/honorarium-lists", month)
    assert (run.status_code, run.json()["lines"][0]["net"]) == (201, 2_375_000)
    assert NUMBER not in run.content.decode()
    assert ask(client, boss, "POST", "/honorarium-lists", month).json()["code"] == "nothing_to_pay"
    code, line = run.json()["code"], run.json()["lines"][0]["uid"]
    assert ask(client, boss, "POST", f"/honorarium-lists/{code}/handover").json()["state"] == "handed_over"
    assert ask(client, boss, "POST", f"/honoraria/{code}/file").status_code == 403
    op = str(uuid.uuid4())
    for _time in range(2):
        row = ask(client, cash, "POST", f"/honoraria/{code}/file", op=op).json()[0]
        assert (row["number"], row["line"]) == (NUMBER, line) and row["net"] > 0
    shown = ask(client, cash, "POST", f"/honorarium-lines/{line}/reveal", {"reason": "Ditolak"})
    assert shown.json()["holder"] == "Ani Contoh"
    verbs = list(JournalEntry.objects.values_list("verb", flat=True))
    assert verbs.count("facilitators.pay_file_taken") == 2
    paid = ask(client, cash, "POST", f"/honoraria/{code}/payment", {"paid_on": "2026-04-01", "number": "SP2D-7"})
    assert paid.json()["state"] == "paid"
    no = ask(client, sari.account, "POST", f"/my-honoraria/{line}/receipt", {"came": False, "said": "Belum"})
    assert no.json()["state"] == "denied"
    answer = ask(client, cash, "POST", f"/honorarium-lines/{line}/answer", {"reason": "Masuk hari ini"})
    assert answer.json()["state"] == "paid"
    yes = ask(client, sari.account, "POST", f"/my-honoraria/{line}/receipt", {"came": True})
    assert yes.json()["state"] == "received"
    late = ask(client, cash, "POST", f"/honorarium-lines/{line}/failure", {"reason": "Gagal"})
    assert late.json()["code"] == "line_not_at"
    assert ask(client, sari.account, "GET", "/my-honoraria").json()[0]["account"] == "Bank Contoh •••• 8901"
    assert ask(client, cash, "GET", f"/honoraria/{code}").json()["reference"] == "SP2D-7"
    assert ask(client, boss, "GET", f"/honorarium-lists/{code}").json()["reference"] == "SP2D-7"
    other = personas.person("ward_facilitator", places.ward(2), "lain")
    assert ask(client, other, "POST", f"/my-honoraria/{line}/receipt", {"came": True}).status_code == 404
    end = ask(client, boss, "POST", f"/deductions/{made.json()['uid']}/end", {"valid_to": "2026-12-31"})
    assert end.json()["valid_to"] == "2026-12-31"


def test_the_city_sets_its_days(client: Client) -> None:
    facts = {"region": places.city().path, "valid_from": "2026-01-01", "legal_basis": "Perwal contoh"}
    made = ask(client, make.boss(), "POST", "/month-rules", facts)
    assert (made.status_code, made.json()["correction_days"], made.json()["pays_suspension"]) == (201, 3, False)
    again = ask(client, make.boss(), "POST", "/month-rules", facts)
    assert (again.status_code, again.json()["code"]) == (422, "rules_taken")
    assert ask(client, make.boss(), "POST", "/month-rules", {**facts, "plan_day": 31}).status_code == 422
    assert ask(client, make.area(), "POST", "/month-rules", facts).status_code == 403


def test_nobody_signed_in_changes_nothing(client: Client) -> None:
    report = make.sent()
    assert ask(client, None, "POST", f"/month-reports/{report.code}/approval", {}).status_code == 401
    assert ask(client, None, "POST", "/my-honoraria/account", {}).status_code == 401
    assert (MonthReport.objects.get().state, PayAccount.objects.count()) == ("sent", 0)


def test_why_somebody_was_away_is_no_matter_of_everybody_who_sees_facilitators(client: Client) -> None:
    sari, boss = make.serving(), make.boss()
    Absence.add(
        at=FEBRUARY, region=sari.region, account=sari.account, kind="sick", first_day=date(2026, 3, 4),
        last_day=date(2026, 3, 5), state="approved", decided_at=FEBRUARY, decided_by=boss,
    )  # fmt: skip
    code = make.sent(sari).code
    told = [
        ask(client, who, "GET", f"/month-reports/{code}").json()["figures"]["absences"]
        for who in (personas.person("ward_head", places.ward(), "lurah-1"), boss)
    ]
    assert told == [[{"days": 2}], [{"kind": "sick", "from": "2026-03-04", "to": "2026-03-05", "days": 2}]]
