"""Where the city sets working days, days off and ready answers; days off by file; the API of threads."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from pendamping.access import tokens
from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.imports import plan
from pendamping.core.imports.sheet import read
from pendamping.core.models import JournalEntry
from pendamping.core.moments import day
from pendamping.needs import keys, services
from pendamping.needs.clock_defaults import seed_clock
from pendamping.needs.enums import clock
from pendamping.needs.enums.categories import Step
from pendamping.needs.enums.conversations import Solved, Turn
from pendamping.needs.enums.messages import Reason
from pendamping.needs.holiday_list import Holidays
from pendamping.needs.models import Category, Holiday, Message, ReadyAnswer, StepDays, Voice
from pendamping.needs.queries.clock import days_given, days_off
from pendamping.needs.services.days import add_holiday, remove_holiday, set_days
from pendamping.needs.services.ready_answers import retire_ready_answer, write_ready_answer
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.MFA_REQUIRED = False
    seed_clock(timezone.now())


@pytest.fixture
def ward() -> Region:
    return places.ward(1)


@pytest.fixture
def city(ward: Region) -> Region:
    return Region.objects.get(path=ward.city_path)


@pytest.fixture
def office(city: Region) -> Account:
    return personas.person("secretariat", city, "sekretariat")


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def reason_of(service: Any, **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(at=timezone.now(), **facts)
    return caught.value.reason


NAMES = ["deadlines", "holidays", "ready_answers"]


@pytest.mark.parametrize("name", NAMES)
def test_only_who_manages_listening_comes_in(ward: Region, office: Account, name: str) -> None:
    assert signed_in(office).get(reverse(f"needs:{name}")).status_code == 200
    assert signed_in(personas.sari(ward)).get(reverse(f"needs:{name}")).status_code == 403
    assert Client().get(reverse(f"needs:{name}")).status_code == 302


def test_days_set_today_are_those_of_todays_voices(ward: Region, office: Account) -> None:
    today = day(timezone.now())
    client = signed_in(office)
    typed = {"step": Step.ANSWER, "days": 2, "valid_from": today.isoformat(), "legal_basis": "Perwal 1/2026"}
    assert client.post(reverse("needs:deadlines"), typed).status_code == 302
    assert days_given(ward.path, None, today)[Step.ANSWER] == 2
    assert client.post(reverse("needs:deadlines"), typed).status_code == 422, "once for a day"
    yesterday = (today - timedelta(days=1)).isoformat()
    assert client.post(reverse("needs:deadlines"), {**typed, "valid_from": yesterday}).status_code == 422
    assert StepDays.objects.filter(city__isnull=False).count() == 1
    assert JournalEntry.objects.get(verb="needs.days_set").changes["days"] == 2


def test_days_of_a_category_of_another_city_cannot_be_set(ward: Region, office: Account) -> None:
    elsewhere = places.city("3279")
    theirs = Category.objects.create(
        city=elsewhere, key="lain", title={"id": "Lain"}, valid_from=date(2020, 1, 1), created_at=timezone.now()
    )
    typed = {
        "step": Step.ANSWER, "days": 2, "valid_from": day(timezone.now()).isoformat(), "legal_basis": "x",
        "category": theirs.pk,
    }  # fmt: skip
    assert signed_in(office).post(reverse("needs:deadlines"), typed).status_code == 422


def test_a_day_off_is_added_once_and_taken_away_before_it_comes(ward: Region, city: Region, office: Account) -> None:
    client, soon = signed_in(office), day(timezone.now()) + timedelta(days=400)
    typed = {"day": soon.isoformat(), "title": "Hari jadi kota", "decree": "Perwal 2/2026"}
    assert client.post(reverse("needs:holidays"), typed).status_code == 302
    assert client.post(reverse("needs:holidays"), typed).status_code == 422
    assert soon in days_off(ward.path)
    assert soon not in days_off("9999")
    holiday = Holiday.objects.get(day=soon)
    assert client.post(reverse("needs:holidays") + "?act=remove", {"holiday": holiday.pk}).status_code == 302
    assert soon not in days_off(ward.path)
    for wrong in ("", "x", "0", "9" * 40):
        assert client.post(reverse("needs:holidays") + "?act=remove", {"holiday": wrong}).status_code == 404
    past = Holiday.objects.get(day=date(2026, 1, 1))
    assert reason_of(remove_holiday, by=office, city=city, holiday=past) == clock.Reason.HOLIDAY_PAST
    twice = {"day": past.day, "title": "x", "decree": "x"}
    assert reason_of(add_holiday, by=office, city=city, **twice) == clock.Reason.HOLIDAY_TWICE


def test_days_off_come_in_by_file_row_by_row(ward: Region, city: Region, office: Account, tmp_path: Path) -> None:
    file = tmp_path / "libur.csv"
    file.write_text("tanggal;nama;dasar\n2028-01-03;Cuti bersama;SKB 2028\n2026-01-01;Tahun baru;SKB\nbesok;x;y\n")
    report = plan.run(Holidays(city), read(file), mode="good", dry_run=False, by=office, at=timezone.now())
    assert (report.added, report.refused) == (1, 2)
    assert date(2028, 1, 3) in days_off(ward.path)


def test_ready_words_are_written_offered_and_taken_out_of_use(city: Region, office: Account) -> None:
    client = signed_in(office)
    typed = {"title": "Diperiksa", "text": "Kami periksa.", "status": "heard"}
    assert client.post(reverse("needs:ready_answers"), typed).status_code == 302
    ready = ReadyAnswer.objects.get()
    assert "Kami periksa." in client.get(reverse("needs:ready_answers")).content.decode()
    address = reverse("needs:ready_answers") + "?act=retire"
    assert client.post(address, {"ready": str(ready.uid)}).status_code == 302
    assert "Kami periksa." not in client.get(reverse("needs:ready_answers")).content.decode()
    ready.refresh_from_db()
    assert reason_of(retire_ready_answer, by=office, ready=ready) == Reason.ANSWER_NOT_IN_USE
    assert client.post(address, {"ready": "x"}).status_code == 404
    assert client.post(reverse("needs:ready_answers"), {**typed, "text": " "}).status_code == 422
    other = write_ready_answer(by=office, at=timezone.now(), city=places.city("3279"), title="x", text="y")
    assert client.post(address, {"ready": str(other.uid)}).status_code == 404


def test_a_number_of_days_reads_its_rule(city: Region, office: Account) -> None:
    facts = {"city": city, "step": Step.ROUTE, "days": 1, "legal_basis": "x"}
    past = day(timezone.now()) - timedelta(days=1)
    assert reason_of(set_days, by=office, valid_from=past, **facts) == clock.Reason.DAYS_PAST


# The API


def token_of(account: Account) -> str:
    return tokens.issue(account=account, label="uji", expires_on=date(2099, 1, 1), reads_only=False)[1]


def call(account: Account | None, method: str, path: str, data: dict[str, Any] | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token_of(account)}"} if account else {}
    return getattr(Client(headers=headers), method)(f"/api/v1{path}", data, content_type="application/json")


def test_the_thread_over_the_api_opens_by_the_key_in_the_body(ward: Region) -> None:
    voice = make.voice(ward, at=timezone.now())
    services.write_message(by=personas.sari(ward), at=timezone.now(), voice=voice, text="Di mana?", asks=True)
    key, wrong = {"key": keys.voice_key(voice)}, {"key": "0" * 16}
    opened = call(None, "post", f"/voices/{voice.code}/thread", key)
    assert (opened.status_code, opened.json()["messages"][0]["text"], opened.json()["turn"]) == (
        201, "Di mana?", "resident",
    )  # fmt: skip
    assert opened.json()["paused"] == "resident"
    for act, more in (("thread", {}), ("replies", {"text": "Halo"}), ("solved", {"answer": "no"})):
        assert call(None, "post", f"/voices/{voice.code}/{act}", {**wrong, **more}).status_code == 422
    assert call(None, "post", f"/voices/{voice.code}/replies", {**key, "text": "Dekat masjid"}).status_code == 201
    assert call(None, "post", f"/voices/{voice.code}/solved", {**key, "answer": "no"}).status_code == 422
    services.answer_voice(by=personas.sari(ward), at=timezone.now(), voice=voice, answer="Sudah")
    said = call(None, "post", f"/voices/{voice.code}/solved", {**key, "answer": Solved.NO})
    assert (said.status_code, said.json()["state"]) == (201, "heard")


def test_an_office_writes_passes_on_and_pauses_over_the_api(ward: Region) -> None:
    voice, sari = make.voice(ward, at=timezone.now()), personas.sari(ward)
    path = f"/voices/{voice.code}"
    assert call(sari, "post", f"{path}/messages", {"text": "Kami periksa", "is_public": True}).status_code == 201
    assert Message.objects.get().is_public
    assert call(sari, "post", f"{path}/turn", {"turn": "district"}).json()["turn"] == "district"
    assert call(sari, "post", f"{path}/turn", {"turn": "resident"}).status_code == 422
    assert call(sari, "post", f"{path}/pause", {"reason": "site"}).status_code == 422, "answered: nothing runs"
    assert call(sari, "get", f"{path}/messages").json()["turn"] == Turn.DISTRICT
    wati = personas.wati(places.ward(2))
    assert call(wati, "get", f"{path}/messages").status_code == 404
    assert call(wati, "post", f"{path}/messages", {"text": "x"}).status_code == 404
    assert call(personas.person("rt_rw", ward), "post", f"{path}/turn", {"turn": "ward"}).status_code == 403
    assert Voice.objects.get().turn == Turn.DISTRICT


def test_a_paused_clock_goes_on_over_the_api(ward: Region) -> None:
    voice, sari = make.voice(ward, at=timezone.now()), personas.sari(ward)
    path = f"/voices/{voice.code}"
    assert call(sari, "post", f"{path}/pause", {"reason": "disaster"}).json()["paused"] == "disaster"
    assert call(sari, "post", f"{path}/pause", {"reason": "resident"}).status_code == 422
    assert call(sari, "post", f"{path}/resume").json()["paused"] is None
