"""Pages and operations of the ladder, as residents and offices see them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from pendamping.access.tests import personas
from pendamping.deliberation import services
from pendamping.deliberation.enums.ladder import MeetingObjectionState
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import ChairChange, Meeting, MeetingObjection, MeetingPhase, MeetingRules, Waiver
from pendamping.deliberation.tests.factories import AT, called, closed, counted, decided, objected, put, ruled
from pendamping.deliberation.tests.test_api import ask
from pendamping.deliberation.tests.test_pages import get, post, text
from pendamping.needs import flood
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    return places.ward()


def over(ward: Region) -> Meeting:
    """A closed meeting to which anyone may still object today."""
    meeting = called(ward)
    decided(put(meeting))
    services.issue_minutes(meeting=closed(meeting), at=AT)
    span = {"opens_at": AT, "closes_at": timezone.now() + timedelta(days=3)}
    services.set_phase(by=personas.sari(ward), at=AT, meeting=meeting, phase="objections", **span)
    return Meeting.objects.get(pk=meeting.pk)


def test_what_lacks_is_led_to_and_reasoned_on_its_page(client: Client, ward: Region) -> None:
    meeting, lurah = called(ward), personas.lurah(ward)
    decided(put(meeting))
    counted(meeting, women=2, men=10, youth=0, disabled=0)
    address = reverse("deliberation:waive", args=[meeting.code, "quorum"])
    assert address in text(get(client, lurah, "meeting", meeting.code))
    assert address not in text(get(client, personas.sari(ward), "meeting", meeting.code))
    kept = text(post(client, lurah, "waive", meeting.code, "quorum", ground="no_woman", reason="Kata yang tetap ada"))
    assert "Kata yang tetap ada" in kept and not Waiver.objects.exists()
    offered = {one: text(get(client, lurah, "waive", meeting.code, one)) for one in ("quorum", "women")}
    assert {one: 'value="no_woman"' in page for one, page in offered.items()} == {"quorum": False, "women": True}
    assert all("Alasan lain, dengan kata saya sendiri" in page for page in offered.values())
    post(client, lurah, "waive", meeting.code, "quorum", ground="emergency", reason="Banjir di dua RW")
    assert "Banjir di dua RW" in text(get(client, lurah, "meeting", meeting.code))
    assert "Banjir di dua RW" in client.get(reverse("deliberation:public", args=[meeting.code])).content.decode()
    assert get(client, lurah, "waive", meeting.code, "rts").status_code == 200
    assert get(client, lurah, "waive", meeting.code, "bulan").status_code == 404


def test_what_to_do_about_a_requirement_is_told_to_those_who_hold_the_meeting(client: Client, ward: Region) -> None:
    meeting = called(ward)
    counted(meeting, women=2, men=10, youth=0, disabled=0)
    cure = "Hitung lagi setelah lebih banyak yang datang"
    for holder in (personas.sari(ward), personas.lurah(ward)):
        assert cure in text(get(client, holder, "meeting", meeting.code))
    page = text(get(client, personas.budi(places.city()), "meeting", meeting.code))
    assert "Diminta: paling sedikit" in page and cure not in page


def test_anybody_finds_the_meetings_of_a_year_from_the_calendar(client: Client, ward: Region) -> None:
    held, off = called(ward, title="Sudah lewat"), called(ward, title="Batal")
    services.cancel_meeting(by=personas.sari(ward), at=AT, meeting=off, reason="Hujan")
    coming = called(ward, title="Nanti", held_on=timezone.localdate() + timedelta(days=9))
    said = client.get(reverse("deliberation:calendar"), {"tahun": str(held.fiscal_year)}).content.decode()
    found = [said.find(reverse("deliberation:public", args=[one.code])) for one in (coming, held)]
    assert -1 < found[0] < found[1]
    assert reverse("deliberation:public", args=[off.code]) not in said
    whole = reverse("portal:records", args=["musyawarah"])  # for those that are too many for the calendar
    assert f'href="{whole}"' in said and held.title in client.get(whole).content.decode()


def test_a_meeting_of_today_says_so_until_it_is_over(client: Client, ward: Region) -> None:
    today, coming = (called(ward, held_on=timezone.localdate() + timedelta(days=ahead)) for ahead in (0, 3))
    badges = [
        re.findall(r'class="badge[^"]*"[^>]*>(?:<[^>]*>)*([^<]+)', client.get(address).content.decode())[0].strip()
        for address in (reverse("deliberation:public", args=[one.code]) for one in (today, coming))
    ]
    assert badges == ["Hari ini", "Sudah diundang"]


def test_what_is_agreed_is_public_once_the_meeting_is_closed(client: Client, ward: Region) -> None:
    meeting = called(ward)
    decided(put(meeting), amount=37_000_000)
    address = reverse("deliberation:public", args=[meeting.code])
    assert "37.000.000" not in client.get(address).content.decode()
    closed(meeting)
    assert "37.000.000" in client.get(address).content.decode()


def test_voices_of_a_connection_do_not_use_up_its_objections(
    client: Client, ward: Region, monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    monkeypatch.setattr(flood, "UNPROVEN_AN_HOUR", 1)
    meeting = over(ward)
    assert flood.too_many(rf.post("/"), timezone.now()) is None
    assert flood.too_many(rf.post("/"), timezone.now()) is not None  # this connection sends no more voices just now
    address = reverse("deliberation:make_objection", args=[meeting.code])
    sent = [client.post(address, {"words": f"RW 003 tidak diundang {n}"}) for n in range(2)]
    assert [one.status_code for one in sent] == [302, 429]
    assert "keberatan" in sent[1].content.decode().split("Coba lagi")[0][-200:]


def test_chair_and_phases_by_their_forms(client: Client, ward: Region) -> None:
    meeting, sari = called(ward), personas.sari(ward)
    facts = {"office": "Ketua LPM", "since": "2026-03-10T09:30", "reason": "Lurah sakit"}
    assert post(client, sari, "chair", meeting.code, **facts).status_code == 302
    assert ChairChange.objects.get().office == "Ketua LPM"
    hours = {"opens_at": "2030-03-10T09:00", "closes_at": "2030-03-10T10:00"}
    assert post(client, sari, "phase", meeting.code, "attendance", **hours).status_code == 302
    later = {**hours, "opens_at": "2030-03-10T09:30"}
    assert "reason" in text(post(client, sari, "phase", meeting.code, "attendance", **later))
    post(client, sari, "phase", meeting.code, "attendance", **later, reason="Listrik padam")
    assert MeetingPhase.objects.get().reason == "Listrik padam"
    assert "Listrik padam" in text(get(client, sari, "phases", meeting.code))
    shown = text(get(client, sari, "meeting", meeting.code))
    assert reverse("deliberation:attendance", args=[meeting.code]) not in shown  # not in its hours, and it says so
    assert get(client, sari, "phase", meeting.code, "malam").status_code == 404


def test_a_resident_objects_without_an_account_and_reads_the_answer(client: Client, ward: Region) -> None:
    meeting = over(ward)
    address = reverse("deliberation:make_objection", args=[meeting.code])
    assert address in client.get(reverse("deliberation:public", args=[meeting.code])).content.decode()
    assert client.post(address, {"words": " "}).status_code == 422
    answer = client.post(address, {"words": "RW 003 tidak diundang, hubungi 081234567890"})
    made = MeetingObjection.objects.get()
    receipt = reverse("deliberation:objection", args=[made.code])
    assert answer.headers["Location"] == receipt and not answer.cookies
    shown = client.get(receipt).content.decode()
    assert "RW 003 tidak diundang" in shown and "081234567890" not in shown
    public = client.get(reverse("deliberation:public", args=[meeting.code])).content.decode()
    assert made.code not in public and "RW 003" not in public
    camat = personas.camat(places.district())
    assert get(client, personas.lurah(ward), "answer_objection", made.code).status_code == 403
    post(client, camat, "answer_objection", made.code, is_upheld="yes", answer="Undangan memang tidak sampai")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.revision) == (MeetingState.CALLED, 2)
    client.logout()
    assert "Undangan memang tidak sampai" in client.get(receipt).content.decode()
    public = client.get(reverse("deliberation:public", args=[meeting.code])).content.decode()
    assert "Revisi 1, sudah digantikan" in public
    assert client.get(reverse("deliberation:objection", args=["I26-00000-0"])).status_code == 404


def test_an_objection_at_the_counter(client: Client, ward: Region) -> None:
    meeting, sari = over(ward), personas.sari(ward)
    post(client, sari, "record_objection", meeting.code, words="Usulan RW 003 tidak dibacakan")
    made = MeetingObjection.objects.get()
    assert made.recorded_by == sari
    assert made.code in text(get(client, sari, "objections", meeting.code))
    assert get(client, personas.wati(places.ward(2)), "objections", meeting.code).status_code == 404


def test_the_rules_of_a_year_by_their_form(client: Client, ward: Region) -> None:
    city = places.city()
    boss = personas.secretariat(city)
    ruled(city)
    facts = {
        "kind": "development", "fiscal_year": 2026, "valid_from": "2026-02-01", "legal_basis": "Perwal 9/2026",
        "notice_days": 7, "objection_days": 5, "quorum": 30, "women": "33.3", "rts": "100", "least_youth": 3,
        "part_infrastructure": "60",
    }  # fmt: skip
    assert post(client, boss, "meeting_rules", **facts).status_code == 302
    made = MeetingRules.objects.latest("version")
    assert (made.women, made.rts, made.groups, made.split) == (333, 1000, {"youth": 3}, {"infrastructure": 600})
    wrong = text(post(client, boss, "meeting_rules", **{**facts, "legal_basis": "Kata yang tetap ada"}))
    assert "Kata yang tetap ada" in wrong and MeetingRules.objects.count() == 2
    assert get(client, personas.lurah(ward), "meeting_rules").status_code == 403
    assert "Perwal 9/2026" in client.get(reverse("deliberation:calendar"), {"tahun": "2026"}).content.decode()


def test_the_ladder_over_the_api(client: Client, ward: Region) -> None:
    meeting, lurah, sari = called(ward), personas.lurah(ward), personas.sari(ward)
    counted(meeting, women=2, men=10, youth=0, disabled=0)
    path = f"/meetings/{meeting.code}"
    seen = {one["requirement"]: one for one in ask(client, sari, "GET", f"{path}/ladder").json()["requirements"]}
    assert (seen["quorum"]["needed"], seen["quorum"]["found"], seen["quorum"]["is_met"]) == (20, 12, False)
    assert seen["quorum"]["grounds"] == ["emergency", "other"]
    body = {"requirement": "quorum", "ground": "no_woman", "reason": "Banjir"}
    unfit = ask(client, lurah, "POST", f"{path}/waivers", body)
    assert (unfit.status_code, unfit.json()["code"]) == (422, "ground_unfit")
    assert "Bencana atau cuaca, Alasan lain" in unfit.json()["detail"]
    body = {"requirement": "quorum", "ground": "emergency", "reason": "Banjir"}
    waived = ask(client, lurah, "POST", f"{path}/waivers", body).json()
    assert next(one for one in waived["requirements"] if one["requirement"] == "quorum")["reason"] == "Banjir"
    chair = {"office": "Ketua LPM", "since": "2026-03-10T02:30:00Z", "reason": "Lurah sakit"}
    assert ask(client, sari, "POST", f"{path}/chairs", chair).json()["chairs"][0]["office"] == "Ketua LPM"
    span = {"phase": "agenda", "opens_at": "2030-01-01T02:00:00Z", "closes_at": "2030-01-01T01:00:00Z"}
    refused = ask(client, sari, "POST", f"{path}/phases", span)
    assert (refused.status_code, refused.json()["code"]) == (422, "phase_backwards")
    done = over(ward)
    made = ask(client, sari, "POST", f"/meetings/{done.code}/objections", {"words": "RW 003 tidak diundang"}).json()
    answer = {"is_upheld": False, "answer": "Undangan terkirim"}
    path = f"/meeting-objections/{made['code']}/answer"
    assert ask(client, lurah, "POST", path, answer).status_code == 403
    said = ask(client, personas.camat(places.district()), "POST", path, answer).json()
    assert said["state"] == MeetingObjectionState.DISMISSED
    listed = ask(client, sari, "GET", f"/meetings/{done.code}/objections").json()["results"]
    assert [one["answer"] for one in listed] == ["Undangan terkirim"]
    rules = ask(client, sari, "GET", "/meeting-rules?year=2026").json()["results"]
    assert [one["origin"] for one in rules] == ["default"]
    assert objected(done).code != made["code"]
