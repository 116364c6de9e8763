"""The same acts over HTTP: what goes in, what comes out, and problems as problem+json."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from pendamping.access import tokens
from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.needs import flood
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Need, Proposal, Voice
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def ward() -> Region:
    make.menu()
    return places.ward(1)


def caller(account: Account, *, reads_only: bool = False) -> Client:
    _token, key = tokens.issue(account=account, label="uji", expires_on=date(2099, 1, 1), reads_only=reads_only)
    return Client(headers={"Authorization": f"Bearer {key}"})


def words(ward: Region, **changes: Any) -> dict[str, Any]:
    return {"text": f"Lampu mati, NIK {make.NIK}", "region": ward.path, "menu_item": "A1.08", **changes}


def test_voice_given_twice_with_one_key_is_one_voice(ward: Region, client: Client) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first, second = (client.post(f"{API}/voices", words(ward), headers=key) for _ in range(2))
    assert (first.status_code, first.json()) == (201, second.json())
    assert (Voice.objects.count(), first.json()["state"]) == (1, "heard")
    assert client.post(f"{API}/voices", words(ward, text="Lain"), headers=key).status_code == 409


def test_public_facts_hold_no_words(ward: Region, client: Client) -> None:
    voice = make.voice(ward)
    answer = client.get(f"{API}/voices/{voice.code}")
    assert sorted(answer.json()) == ["answer", "code", "heard_at", "need", "region", "state", "subject"]
    assert client.get(f"{API}/voices/S26-00000-0").json()["code"] == "not_found"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"menu_item": ""}, 422, "need_other_words"),
        ({"menu_item": "Z9.01"}, 422, "menu_not_valid"),
        ({"region": "3278"}, 422, "place_not_ward"),
        ({"region": "9999"}, 422, "place_not_ward"),
        ({"text": ""}, 422, "invalid"),
        ({"text": "   "}, 422, "invalid"),
        ({"text": "Lampu\0mati"}, 400, "malformed"),
        ({"latitude": "-7.3"}, 400, "malformed"),
    ],
)
def test_voice_refused_as_a_problem(
    ward: Region, client: Client, changes: dict[str, Any], status: int, code: str
) -> None:
    answer = client.post(f"{API}/voices", words(ward, **changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Voice.objects.count() == 0


def test_malformed_key_and_flood(ward: Region, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.post(f"{API}/voices", words(ward), headers={"Idempotency-Key": "x"}).status_code == 400
    monkeypatch.setattr(flood, "VOICES_AN_HOUR", 1)
    assert client.post(f"{API}/voices", words(ward)).json()["code"] == "too_many_voices"


def test_list_holds_ones_own_place_masked(ward: Region) -> None:
    own, other = make.voice(ward, text=f"NIK {make.NIK}"), make.voice(places.ward(2))
    page = caller(personas.sari(ward)).get(f"{API}/voices").json()
    assert [one["code"] for one in page["results"]] == [own.code]
    assert make.NIK not in page["results"][0]["text"]
    city = caller(personas.budi(places.city())).get(f"{API}/voices", {"after": other.code}).json()
    assert [one["code"] for one in city["results"]] == [own.code]
    assert Client().get(f"{API}/voices").status_code == 401


def test_from_voices_to_a_checked_proposal(ward: Region) -> None:
    voice, sari = make.voice(ward), caller(personas.sari(ward))
    gathered = sari.post(
        f"{API}/needs", {"voices": [voice.code], "title": "Lampu gang"}, content_type="application/json"
    )
    assert gathered.status_code == 201, gathered.content
    need = gathered.json()["code"]
    assert sari.post(f"{API}/needs/{need}/verify", {"finding": "Gelap"}).json()["code"] == "photo_missing"
    seen = sari.post(f"{API}/needs/{need}/verify", {"finding": "Gelap", "photos": make.upload()})
    assert seen.json()["state"] == "verified"
    typed = {
        "need": need, "fiscal_year": 2027, "title": "Lampu jalan", "menu_item": "A1.08", "place": "Gang Melati",
        "volume": "10", "unit": "unit", "estimated_cost": 30_000_000, "women": 20, "men": 20, "land_status": "public",
    }  # fmt: skip
    written = sari.post(f"{API}/proposals", {**typed, "photos": make.upload()})
    assert written.status_code == 201, written.content
    code = written.json()["code"]
    assert sari.post(f"{API}/proposals/{code}/submit").json()["state"] == "submitted"
    checked: dict[str, Any] = {"content_type": "application/json"}
    assert sari.post(f"{API}/proposals/{code}/check", {"ok": True}, **checked).status_code == 403
    secretary = caller(personas.sekretaris(ward))
    assert secretary.post(f"{API}/proposals/{code}/check", {"ok": False}, **checked).json()["code"] == "reason_missing"
    assert secretary.post(f"{API}/proposals/{code}/check", {"ok": True}, **checked).json()["state"] == "checked"
    assert Proposal.objects.get().state == ProposalState.CHECKED
    assert sari.get(f"{API}/proposals/{code}").json()["need"] == need
    assert sari.get(f"{API}/proposals").json()["results"][0]["code"] == code


def test_answers_close_voice_and_need(ward: Region) -> None:
    sari = caller(personas.sari(ward))
    voice, need = make.voice(ward), make.need(ward)
    said = {"answer": "Sudah diperbaiki"}
    assert (
        sari.post(f"{API}/voices/{voice.code}/answer", said, content_type="application/json").json()["state"]
        == "answered"
    )
    assert (
        sari.post(f"{API}/needs/{need.code}/answer", said, content_type="application/json").json()["state"]
        == "answered"
    )
    assert sari.get(f"{API}/needs/{need.code}").json()["answer"] == "Sudah diperbaiki"


def test_neighbour_finds_nothing_and_a_reading_token_does_nothing(ward: Region) -> None:
    need = make.need(ward)
    wati = caller(personas.wati(places.ward(2)))
    assert wati.get(f"{API}/needs/{need.code}").status_code == 404
    assert wati.post(f"{API}/needs/{need.code}/verify", {"finding": "x"}).status_code == 404
    reader = caller(personas.sari(ward), reads_only=True)
    assert reader.get(f"{API}/needs").json()["results"][0]["voices"] == [Voice.objects.get().code]
    assert reader.post(f"{API}/needs/{need.code}/verify", {"finding": "x"}).status_code == 403
    assert Need.objects.get().verified_at is None


def test_nul_is_refused_wherever_it_comes_in(ward: Region, client: Client) -> None:
    need, sari = make.need(ward), caller(personas.sari(ward))
    assert client.get(f"{API}/voices/S26%00").status_code == 404
    assert client.get(f"{API}/voices/S26%00").headers["Content-Type"] == "application/problem+json"
    assert client.get("/jejak/S26%00/", follow=True).status_code == 404
    assert client.get("/cari/?q=a%00b", follow=True).status_code == 400
    told = sari.post(f"{API}/needs/{need.code}/answer", {"answer": "a\0b"}, content_type="application/json")
    listed = sari.post(f"{API}/needs", {"voices": ["S\0"], "title": "x"}, content_type="application/json")
    assert [(answer.status_code, answer.json()["code"]) for answer in (told, listed)] == [(400, "malformed")] * 2


def test_words_lose_the_spaces_around_them(ward: Region) -> None:
    sari, body = caller(personas.sari(ward)), {"voices": [make.voice(ward).code], "title": "   "}
    assert sari.post(f"{API}/needs", body, content_type="application/json").json()["code"] == "invalid"
    made = sari.post(f"{API}/needs", {**body, "title": "  Lampu gang "}, content_type="application/json")
    assert made.json()["title"] == "Lampu gang"


def test_voice_for_a_retired_ward_is_refused(ward: Region, client: Client) -> None:
    Region.objects.filter(pk=ward.pk).update(valid_to=date(2020, 12, 31))
    assert client.post(f"{API}/voices", words(ward)).json()["code"] == "place_retired"


def test_recording_for_somebody(ward: Region) -> None:
    sari, body = caller(personas.sari(ward)), words(ward, behalf="elderly", heard_on="2026-01-05")
    made = sari.post(f"{API}/recorded-voices", body)
    assert made.status_code == 201, made.content
    assert (made.json()["behalf"], made.json()["channel"]) == ("elderly", "facilitator")
    assert Voice.objects.get().heard_at.date() == date(2026, 1, 5)
    assert sari.post(f"{API}/recorded-voices", {**body, "heard_on": "2099-01-01"}).json()["code"] == "day_ahead"
    assert sari.post(f"{API}/recorded-voices", {**body, "behalf": "Pak Aminudin"}).json()["code"] == "invalid"
    assert caller(personas.wati(places.ward(2))).post(f"{API}/recorded-voices", body).status_code == 404


def test_further_voices_join_a_need(ward: Region) -> None:
    need, voice, other = make.need(ward), make.voice(ward), make.voice(places.ward(2))
    sari = caller(personas.sari(ward))
    path, typed = f"{API}/needs/{need.code}/voices", {"content_type": "application/json"}
    joined = sari.post(path, {"voices": [voice.code]}, **typed)
    assert (joined.status_code, voice.code in joined.json()["voices"]) == (201, True)
    assert sari.post(path, {"voices": [voice.code]}, **typed).json()["code"] == "voice_already_handled"
    assert sari.post(path, {"voices": [other.code]}, **typed).status_code == 404


def test_returned_proposal_is_repaired_and_withdrawn(ward: Region) -> None:
    proposal, rw = make.submitted(ward), places.rw(ward)
    sari, typed = caller(personas.sari(ward)), {"content_type": "application/json"}
    secretary = caller(personas.sekretaris(ward))
    path = f"{API}/proposals/{proposal.code}"
    assert secretary.post(f"{path}/check", {"ok": False, "note": "x", "lack": "salah"}, **typed).status_code == 422
    back = secretary.post(f"{path}/check", {"ok": False, "note": "Biaya", "lack": "cost"}, **typed).json()
    assert back["check_lack"] == "cost"
    facts = {
        "fiscal_year": 2027, "title": "Selokan", "menu_item": "A1.02", "estimated_cost": 40_000_000, "region": rw.path,
    }  # fmt: skip
    repaired = sari.post(f"{path}/revision", {**facts, "photos": make.upload()})
    assert repaired.status_code == 201, repaired.content
    assert (repaired.json()["estimated_cost"], repaired.json()["region"]) == (40_000_000, rw.path)
    assert sari.post(f"{path}/revision", {**facts, "region": places.ward(2).path}).status_code == 404
    assert sari.post(f"{path}/withdrawal", {"reason": " "}, **typed).json()["code"] == "reason_missing"
    done = sari.post(f"{path}/withdrawal", {"reason": "Sudah dikerjakan"}, **typed).json()
    assert (done["state"], done["withdrawal"]) == ("withdrawn", "Sudah dikerjakan")
    assert secretary.post(f"{path}/withdrawal", {"reason": "x"}, **typed).status_code == 403
