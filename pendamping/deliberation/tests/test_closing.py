"""What lacks under the rules blocks the close, on pages and over the API, until its reason stands in the minutes."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from pendamping.access.tests import personas
from pendamping.core.models import JournalEntry
from pendamping.deliberation import papers, services
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting, Waiver
from pendamping.deliberation.tests.before import closed_matrix, frozen, scored, seat
from pendamping.deliberation.tests.factories import AT, called, counted, decided, put, ruled
from pendamping.deliberation.tests.presence_factories import rts
from pendamping.deliberation.tests.test_api import ask
from pendamping.deliberation.tests.test_pages import get, post, text
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
REASONS = {
    "quorum": "Hujan deras sejak pagi", "women": "Tiga RT hanya mengutus laki-laki", "rts": "RT 002 dilanda banjir",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def meeting() -> Meeting:
    """Everything decided, but too few people, too few women and nobody known to come from an RT."""
    ward = places.ward()
    rts(ward)
    ruled(places.city(), rts=1000, notice_days=0)
    made = called(ward)
    decided(put(made))
    return counted(made, women=2, men=10, youth=0, disabled=0)


def printed(paper: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())


def test_by_the_pages(client: Client, meeting: Meeting) -> None:
    lurah = personas.lurah(meeting.region)
    for requirement in REASONS:
        kept = text(post(client, lurah, "close", meeting.code, notes="Catatan yang tetap ada"))
        assert "Catatan yang tetap ada" in kept  # refused, and nothing typed is lost
        meeting.refresh_from_db()
        assert (meeting.state, meeting.minutes) == (MeetingState.CALLED, None)
        way = reverse("deliberation:waive", args=[meeting.code, requirement])
        assert way in text(get(client, lurah, "close", meeting.code))
        facts = {"ground": "other", "reason": REASONS[requirement]}
        assert post(client, lurah, "waive", meeting.code, requirement, **facts).status_code == 302
    assert post(client, lurah, "close", meeting.code, notes="Lancar").status_code == 302
    told = printed(get(client, lurah, "minutes", meeting.code).content)
    assert [words for words in REASONS.values() if words not in told] == []
    assert "Diminta: paling sedikit 20 orang. Yang ada: 12 orang." in told


def test_over_the_api(client: Client, meeting: Meeting) -> None:
    lurah, path = personas.lurah(meeting.region), f"/meetings/{meeting.code}"
    for requirement in REASONS:
        refused = ask(client, lurah, "POST", f"{path}/closing", {})
        assert (refused.status_code, refused.json()["code"]) == (422, "requirements_missing")
        body = {"requirement": requirement, "ground": "other", "reason": REASONS[requirement]}
        assert ask(client, lurah, "POST", f"{path}/waivers", body).status_code == 201
    assert ask(client, lurah, "POST", f"{path}/closing", {}).json()["state"] == "closed"
    paper = Meeting.objects.get().minutes
    assert paper is not None
    with paper.file.open("rb") as file:
        told = printed(file.read())
    assert [words for words in REASONS.values() if words not in told] == []


def test_money_shared_otherwise_than_the_rules_mean_it_wants_its_reason(client: Client) -> None:
    ward = places.ward()
    ruled(places.city(), notice_days=0, split={"infrastructure": 200, "empowerment": 800})
    meeting = called(ward)
    for amount in (40_000_000, 60_000_000):
        decided(put(meeting), amount=amount)
    lurah, public = personas.lurah(ward), reverse("deliberation:public", args=[meeting.code])
    counted(meeting)
    refused = ask(client, lurah, "POST", f"/meetings/{meeting.code}/closing", {})
    assert "Pembagian uang antarbidang" in refused.json()["detail"]
    assert (
        "Pembagian uang antarbidang" not in client.get(public).content.decode()
    )  # tells what is decided before the close
    mend = "Ubah putusan sampai tidak ada bidang"
    assert mend in get(client, lurah, "meeting", meeting.code).content.decode()
    facts = {"ground": "other", "reason": "Talut ambruk sesudah banjir"}
    assert post(client, lurah, "waive", meeting.code, "split", **facts).status_code == 302
    assert mend not in get(client, lurah, "meeting", meeting.code).content.decode()
    assert not JournalEntry.objects.get(verb="deliberation.requirement_waived").is_public
    assert post(client, lurah, "close", meeting.code, notes="").status_code == 302
    told = printed(get(client, lurah, "minutes", meeting.code).content)
    asked = "Diminta: paling banyak Sarana dan prasarana 20%, Pemberdayaan masyarakat 80%;"
    asked += " suatu bidang boleh lebih sebesar kegiatan terkecilnya."
    assert f"{asked} Yang ada: Sarana dan prasarana 100%, Pemberdayaan masyarakat 0%." in told
    assert facts["reason"] in told
    assert "Pembagian uang antarbidang" in client.get(public).content.decode()


@pytest.mark.parametrize("seats", [2, 3])
def test_anybody_reads_the_matrix_with_its_spread_once_scoring_is_over(client: Client, seats: int) -> None:
    matrix = frozen(places.ward())
    address = reverse("deliberation:public", args=[matrix.meeting.code])
    for place, levels in enumerate(((5, 1), (4, 2), (3, 3))[:seats], start=1):
        scored(seat(matrix.meeting, f"RW 0{place}"), levels)
    assert 'id="matriks"' not in client.get(address).content.decode()
    services.close_matrix(by=personas.lurah(matrix.meeting.region), at=AT, meeting=matrix.meeting)
    shown = client.get(address).content.decode()
    assert 'id="matriks"' in shown
    assert ("Terendah dan tertinggi" in shown) == (seats == 3)


@pytest.mark.parametrize("reason", ["-", "...", "ok", "12345"])
def test_a_dash_is_no_reason(client: Client, meeting: Meeting, reason: str) -> None:
    body = {"requirement": "quorum", "ground": "other", "reason": reason}
    lurah = personas.lurah(meeting.region)
    refused = ask(client, lurah, "POST", f"/meetings/{meeting.code}/waivers", body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "reason")
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("seats", [2, 3])
def test_the_minutes_tell_the_spread_of_the_matrix_among_three_seats(seats: int) -> None:
    ward: Region = places.ward()
    meeting = closed_matrix(ward, ((5, 1), (4, 2), (3, 3))[:seats]).meeting
    for item in meeting.items.all():
        decided(item)
    done = services.close_meeting(by=personas.lurah(ward), at=AT, meeting=counted(meeting))
    blocks = [one for one in papers.minutes(Meeting.objects.get(pk=done.pk))["blocks"] if one["kind"] == "table"]
    table = next(one for one in blocks if one["columns"][0]["title"] == "Peringkat")
    assert len(table["columns"]) == len(table["rows"][0]) == (5 if seats == 3 else 3)
    assert "None" not in str(table)


def test_the_minutes_of_a_closed_meeting_say_that_its_step_is_done() -> None:
    ward: Region = places.ward()
    made = called(ward)
    decided(put(made))
    done = services.close_meeting(by=personas.lurah(ward), at=AT, meeting=counted(made))
    assert papers.minutes(done)["trace"] == {
        "steps": 8, "at": 4, "over": True, "text": "langkah 4 dari 8 selesai: musyawarah",
    }  # fmt: skip
    with services.issue_minutes(meeting=done, at=AT).file.open() as paper:
        assert "langkah 4 dari 8 selesai: musyawarah" in printed(paper.read())
