"""One's own over the API: open to the token's owner also when no role is in force; a key that reads changes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from pendamping.access.models import Account, Grant
from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.facilitators.models import Assignment
from pendamping.facilitators.services import absences, appointments, ethics_cases, pay_runs
from pendamping.facilitators.services import evaluations as evaluation_services
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import evaluation_factories as judging
from pendamping.facilitators.tests import month_factories as make
from pendamping.facilitators.tests.test_months_api import ask

pytestmark = pytest.mark.django_db
AFTER = make.AFTER  # the day after the last one served
OWN = ["/logbook", "/absences", "/my-honoraria", "/my-evaluations", "/my-appointments", "/my-cases"]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    def at(moment: Any) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    at(AFTER)
    return at


@pytest.fixture
def left() -> Assignment:
    """Somebody whose service ended yesterday, at the end of March."""
    one = make.serving()
    make.entry(one)
    appointments.end_appointment(
        by=make.boss(), at=AFTER, appointment=one.appointment, ended_on=date(2026, 3, 31), reason="Pindah"
    )
    assert not Grant.objects.filter(account=one.account, ends_on=None).exists()
    return one


@pytest.mark.parametrize("path", OWN)
def test_whoever_left_still_reads_what_is_theirs(client: Client, left: Assignment, path: str) -> None:
    assert ask(client, left.account, "GET", path).status_code == 200
    assert ask(client, None, "GET", path).status_code == 401


def test_whoever_left_sends_the_last_month_mends_it_and_confirms_the_pay(client: Client, left: Assignment) -> None:
    me, entry = left.account, left.account.log_entries.get()
    assert ask(client, me, "GET", f"/logbook/{entry.code}").json()["code"] == entry.code
    refused = ask(client, me, "POST", f"/logbook/{entry.code}/done", {"on": "2026-03-31"})
    assert refused.status_code == 422  # because of the line, which promised nothing
    details = {"bank": "Bank Contoh", "number": make.NUMBER, "holder": "Ani Contoh", "tax_number": ""}
    assert ask(client, me, "POST", "/my-honoraria/account", details).status_code == 201
    assert ask(client, me, "POST", "/my-months/2026/3/report", {"note": ""}).status_code == 201
    assert ask(client, me, "GET", "/my-months/2026/3").status_code == 200
    report = me.month_reports.get()
    while report.awaits != "secretariat":
        who = make.area() if report.awaits == "area_coordinator" else make.korkot()
        report = make.months.recommend_report(by=who, at=AFTER, report=report)
    make.months.approve_report(by=make.boss(), at=AFTER, report=report)
    line = make.paid().lines.get()
    assert ask(client, me, "POST", f"/my-honoraria/{line.uid}/receipt", {"came": True}).json()["state"] == "received"
    other = personas.account("lain")
    assert ask(client, other, "GET", f"/logbook/{entry.code}").status_code == 404
    assert ask(client, other, "POST", f"/my-honoraria/{line.uid}/receipt", {"came": True}).status_code == 404


def test_a_key_that_only_reads_changes_nothing_of_ones_own(client: Client, left: Assignment) -> None:
    _token, key = issue(account=left.account, label="baca", expires_on=date(2099, 1, 1), reads_only=True)
    headers = {"Authorization": f"Bearer {key}"}
    assert client.get("/api/v1/my-honoraria", headers=headers).status_code == 200
    details = {"bank": "Bank Contoh", "number": make.NUMBER, "holder": "Ani Contoh", "tax_number": ""}
    for path, body in (("/my-months/2026/3/report", {"note": ""}), ("/my-honoraria/account", details)):
        assert client.post(f"/api/v1{path}", body, "application/json", headers=headers).status_code == 403, path
    assert not left.account.month_reports.exists()


def test_whoever_left_reads_their_evaluation_and_replies(client: Client, clock: Any) -> None:
    made = judging.computed()
    appointments.end_appointment(
        by=make.boss(), at=judging.AFTER, appointment=made.appointment, ended_on=date(2026, 7, 5), reason="Pindah"
    )
    clock(judging.AFTER)
    me, path = made.account, f"/my-evaluations/{made.code}"
    assert ask(client, me, "GET", path).status_code == 404  # nobody was shown it
    evaluation_services.show_evaluation(by=judging.coordinator(), at=judging.AFTER, evaluation=made)
    assert [row["code"] for row in ask(client, me, "GET", "/my-evaluations").json()] == [made.code]
    assert {value["indicator"] for value in ask(client, me, "GET", path).json()["values"]} >= {judging.WEAK}
    assert ask(client, judging.coordinator(), "GET", path).status_code == 404
    assert ask(client, me, "POST", f"/evaluations/{made.code}/reply", {"reply": "Banjir"}).json()["reply"] == "Banjir"


def test_whoever_is_suspended_answers_in_their_case(client: Client, left: Assignment, clock: Any) -> None:
    made = service.panelled(left.appointment)
    called = datetime(2026, 2, 2, 3, tzinfo=UTC)
    ethics_cases.call_person(
        by=service.panelist(), at=called, case=made, allegation="Imbalan", answer_by=date(2026, 4, 10)
    )
    (told,) = ask(client, left.account, "GET", "/my-cases").json()
    assert (told["code"], told["allegation"], told["answer_by"]) == (made.code, "Imbalan", "2026-04-10")
    assert ask(client, left.account, "GET", f"/my-cases/{made.code}").json() == told
    assert ask(client, service.panelist(), "GET", f"/my-cases/{made.code}").status_code == 404
    assert [one["code"] for one in ask(client, service.panelist(), "GET", "/ethics/cases").json()] == [made.code]
    assert ask(client, service.panelist(4), "GET", "/ethics/cases").json() == []
    answer = ask(client, left.account, "POST", f"/ethics/cases/{made.code}/answer", {"statement": "Tidak benar"})
    assert (answer.status_code, answer.json()["answer"]) == (201, "Tidak benar")


def test_what_one_has_to_sign_is_told_with_its_text(client: Client) -> None:
    service.case()
    me = make.serving().account
    (mine,) = ask(client, me, "GET", "/my-appointments").json()
    code = ask(client, None, "GET", "/ethics/code").json()
    assert (mine["code_to_sign"], mine["may_take_over"]) == (code["version"], False)
    assert code["text_id"]
    signed = ask(client, me, "POST", f"/appointments/{mine['code']}/signature", {"version": code["version"]})
    assert signed.status_code == 201
    assert ask(client, me, "GET", "/my-appointments").json()[0]["code_to_sign"] is None


def reading(account: Account) -> dict[str, str]:
    """The header of a key that only reads."""
    _token, key = issue(account=account, label="baca", expires_on=date(2099, 1, 1), reads_only=True)
    return {"Authorization": f"Bearer {key}"}


def test_a_key_that_only_reads_reads_what_its_owner_decides_on_and_decides_nothing(client: Client) -> None:
    one = make.serving()
    entry = make.entry(one)
    asked = absences.ask_absence(
        by=one.account, at=AFTER, kind="leave", first_day=date(2026, 4, 20), last_day=date(2026, 4, 21), why="Hajatan"
    )
    headers = reading(make.area())

    def read(path: str) -> Any:
        return client.get(f"/api/v1{path}", headers=headers)

    assert [line["code"] for line in read("/logbooks").json()["results"]] == [entry.code]
    assert read(f"/logbook/{entry.code}").status_code == 200
    assert [(row["code"], row["person"]) for row in read("/absences/waiting").json()] == [
        (asked.code, one.account.name)
    ]
    assert read("/honorarium-lists").status_code == 403  # no office for it, whichever key
    for path, body in (
        ("/logbook/verification", {"entries": [entry.code]}),
        (f"/logbook/{entry.code}/return", {"reason": "Kurang"}),
        (f"/absences/{asked.code}/decision", {"approve": True, "reason": ""}),
    ):
        assert client.post(f"/api/v1{path}", body, "application/json", headers=headers).status_code == 403, path
    entry.refresh_from_db()
    assert entry.verified_at is None


def test_a_key_that_only_reads_finds_evaluations_to_coach(client: Client, clock: Any) -> None:
    made = judging.shown()
    clock(judging.AFTER)
    headers = reading(judging.coordinator())
    assert [row["code"] for row in client.get("/api/v1/evaluations", headers=headers).json()] == [made.code]
    assert client.get(f"/api/v1/evaluations/{made.code}", headers=headers).status_code == 200
    plan = {"steps": "Jadwal", "due_on": "2026-09-01"}
    path = f"/api/v1/evaluations/{made.code}/coaching/{judging.WEAK}/plan"
    assert client.post(path, plan, "application/json", headers=headers).status_code == 403
    assert client.post(f"/api/v1/evaluations/{made.code}/showing", headers=headers).status_code == 404


def test_a_key_that_only_reads_does_not_gather_lines(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    me, gathered = make.serving().account, []
    monkeypatch.setattr("pendamping.facilitators.services.logbook.gather", lambda *given: gathered.append(given))
    assert client.get("/api/v1/logbook", headers=reading(me)).status_code == 200
    assert gathered == []
    assert ask(client, me, "GET", "/logbook").status_code == 200
    assert len(gathered) == 1


def test_lists_of_honoraria_are_listed_by_desk(client: Client) -> None:
    one = make.serving()
    make.banked(one)
    make.approved(one)
    run = make.run()
    assert [row["code"] for row in ask(client, make.boss(), "GET", "/honorarium-lists").json()] == [run.code]
    assert ask(client, make.treasurer(), "GET", "/honoraria").json() == []
    pay_runs.hand_over_run(by=make.boss(), at=AFTER, run=run)
    assert [row["code"] for row in ask(client, make.treasurer(), "GET", "/honoraria").json()] == [run.code]
