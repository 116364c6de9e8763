"""What a meeting funded becomes projects in one act, or nothing does."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.core.money import rupiah
from pendamping.deliberation.enums.meetings import Outcome
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.tests.factories import AT, YEAR, called, closed, decided, objected, put, ready
from pendamping.deliberation.tests.test_api import ask
from pendamping.planning import services
from pendamping.planning.enums import ProjectState, Reason
from pendamping.planning.models import Project
from pendamping.planning.tests.factories import LINES, line, rules
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    rules()
    return places.ward()


def shared(**changes: Any) -> dict[str, Any]:
    return {
        "lines": {stream: line(stream) for stream in LINES}, "funding_source": "DAU kelurahan 2026",
        "executor": "Pokmas Melati", "starts_on": date(YEAR, 4, 1), "ends_on": date(YEAR, 6, 30), **changes,
    }  # fmt: skip


def met(ward: Region, *amounts: int | None) -> Meeting:
    """A closed meeting that funded a proposal with each amount, and deferred one for each None."""
    meeting = called(ward)
    for place, amount in enumerate(amounts):
        outcome = Outcome.FUNDED if amount else Outcome.DEFERRED
        decided(put(meeting, ready(ward, title=f"Usulan {place}")), outcome, amount)
    return closed(meeting)


def taken_over(meeting: Meeting, **changes: Any) -> Meeting:
    return services.take_over(
        by=personas.pptk(Region.objects.get(path=meeting.region_path)), at=AT, meeting=meeting, **shared(**changes)
    )


def test_everything_funded_becomes_a_project_with_title_and_amount(ward: Region) -> None:
    meeting = met(ward, 30_000_000, None, 20_000_000)
    taken_over(meeting)
    made = [(one.title, one.budget, one.state) for one in Project.objects.order_by("id")]
    assert made == [
        ("Usulan 0", 30_000_000, ProjectState.PREPARED),
        ("Usulan 2", 20_000_000, ProjectState.PREPARED),
    ]
    told = JournalEntry.objects.get(verb="planning.meeting_taken_over")
    assert told.changes == {"projects": 2, "amount": 50_000_000}
    assert JournalEntry.objects.filter(verb="planning.project_prepared").count() == 2


def test_asked_again_it_plans_nothing_twice(ward: Region) -> None:
    meeting, op = met(ward, 30_000_000), uuid.uuid4()
    taken_over(meeting, op=op)
    taken_over(meeting, op=op)  # the same operation
    with pytest.raises(Refused) as refusal:
        taken_over(meeting)
    assert (refusal.value.reason, Project.objects.count()) == (Reason.NOTHING_TO_TAKE_OVER, 1)


def test_one_that_was_given_up_stays_with_its_meeting_and_is_not_planned_again(ward: Region) -> None:
    meeting = met(ward, 30_000_000, 20_000_000)
    taken_over(meeting)
    services.cancel_project(by=personas.lurah(ward), at=AT, project=Project.objects.earliest("id"), reason="Pagu turun")
    with pytest.raises(Refused) as refusal:  # its proposal is deferred: a later meeting decides anew
        taken_over(meeting)
    assert refusal.value.reason == Reason.NOTHING_TO_TAKE_OVER


def test_one_that_does_not_fit_stops_all_and_is_named(ward: Region) -> None:
    meeting = met(ward, 30_000_000, 200_000_000)
    with pytest.raises(Refused) as refusal:
        taken_over(meeting)
    over = meeting.items.get(position=2).proposal
    assert refusal.value.reason == Reason.TAKE_OVER_STOPPED
    assert over.code in refusal.value.message
    assert "Rp" in refusal.value.message  # by how much, from the refusal of the one
    assert not Project.objects.exists()
    assert not JournalEntry.objects.filter(verb="planning.project_prepared").exists()


def test_an_open_meeting_and_a_stream_without_a_line_are_refused(ward: Region) -> None:
    meeting = called(ward)
    decided(put(meeting))
    with pytest.raises(Refused) as refusal:
        taken_over(meeting)
    assert refusal.value.reason == Reason.MEETING_NOT_CLOSED
    closed(meeting)
    with pytest.raises(Refused) as refusal:
        taken_over(meeting, lines={"empowerment": line("empowerment")})
    assert (refusal.value.reason, refusal.value.field) == (Reason.LINE_MISSING, "line_infrastructure")


def test_who_checked_or_decided_cannot_plan(ward: Region) -> None:
    meeting = met(ward, 30_000_000)
    with pytest.raises(Refused) as refusal:
        services.take_over(by=personas.lurah(ward), at=AT, meeting=meeting, **shared())
    assert refusal.value.reason == Reason.TAKE_OVER_STOPPED
    assert not Project.objects.exists()


def test_the_page_shows_what_waits_and_makes_the_projects(client: Client, ward: Region) -> None:
    meeting = met(ward, 30_000_000, 20_000_000)
    line()
    address = reverse("planning:take_over", args=[meeting.code])
    client.force_login(personas.pptk(ward))
    shown = client.get(address).content.decode()
    assert "Usulan 0" in shown
    assert rupiah(50_000_000) in shown
    sent = {
        "funding_source": "DAU kelurahan 2026", "executor": "Pokmas Melati", "starts_on": "2026-04-01",
        "ends_on": "2026-06-30", "line_infrastructure": line().pk,
    }  # fmt: skip
    wrong = client.post(address, {**sent, "ends_on": "2027-06-30"})
    assert wrong.status_code == 422
    assert b"Pokmas Melati" in wrong.content  # nothing typed is lost
    assert client.post(address, sent)["Location"] == reverse("planning:projects")
    assert Project.objects.count() == 2
    again = client.get(address).content.decode()
    assert "Usulan 0" not in again


def test_over_the_api(client: Client, ward: Region) -> None:
    meeting = met(ward, 30_000_000)
    line()
    facts = {
        "lines": [{"stream": "infrastructure", "sub_activity": LINES["infrastructure"]}],
        "funding_source": "DAU kelurahan 2026", "executor": "Pokmas Melati", "starts_on": "2026-04-01",
        "ends_on": "2026-06-30",
    }  # fmt: skip
    path, op = f"/meetings/{meeting.code}/projects", str(uuid.uuid4())
    unknown = {**facts, "lines": [{"stream": "infrastructure", "sub_activity": "9"}]}
    assert ask(client, personas.pptk(ward), "POST", path, unknown).status_code == 422
    made, again = (ask(client, personas.pptk(ward), "POST", path, facts, op) for _time in range(2))
    assert (made.status_code, made.json()) == (201, again.json())
    assert [one["budget"] for one in made.json()] == [30_000_000]
    assert Project.objects.count() == 1


def test_what_became_a_project_keeps_its_meeting_closed(client: Client, ward: Region) -> None:
    """Upheld by page or API, an objection does not open the meeting while a decision of it is a project."""
    meeting = met(ward, 30_000_000)
    objection = objected(meeting)
    taken_over(meeting)
    code = meeting.items.get().proposal.code
    camat = personas.camat(places.district())
    body = {"is_upheld": True, "answer": "Usulan RW 003 memang belum dibacakan"}
    refused = ask(client, camat, "POST", f"/meeting-objections/{objection.code}/answer", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "in_planning")
    assert (refused.json()["errors"][0]["field"], code in refused.json()["detail"]) == ("is_upheld", True)
    client.force_login(camat)
    address = reverse("deliberation:answer_objection", args=[objection.code])
    shown = client.post(address, {"is_upheld": "yes", "answer": body["answer"]}).content.decode()
    assert code in shown and body["answer"] in shown
    meeting.refresh_from_db()
    objection.refresh_from_db()
    assert (meeting.state, meeting.revision, objection.answer) == ("closed", 1, "")
    assert client.post(address, {"is_upheld": "no", "answer": "Sudah dikerjakan"}).status_code == 302
