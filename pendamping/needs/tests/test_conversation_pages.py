"""The thread behind the key, on the receipt and on the working page; the lists that show whose turn it is."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.signing import TimestampSigner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core import tickets
from pendamping.needs import giver, keys, services
from pendamping.needs.clock_defaults import seed_clock
from pendamping.needs.enums.conversations import PauseReason, Solved, Turn
from pendamping.needs.enums.moderation import HideReason
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Hiding, Message, Pause, Solving, Voice
from pendamping.needs.services import moderation
from pendamping.needs.services.ready_answers import write_ready_answer
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
def voice(ward: Region) -> Voice:
    return make.voice(ward, at=timezone.now())


def door(voice: Voice, act: str = "") -> str:
    return reverse("needs:receipt", args=[voice.code]) + (f"?act={act}" if act else "")


def send(client: Client, voice: Voice, act: str = "", key: str | None = None, **typed: Any) -> Any:
    typed.setdefault("op", str(uuid.uuid4()))
    return client.post(door(voice, act), {"key": keys.voice_key(voice) if key is None else key, **typed})


def seen(client: Client, photo: str) -> int:
    """The status of an answer whose picture was read to its end."""
    answer = client.get(photo)
    answer.close()
    return answer.status_code


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


# The key


def test_the_key_is_shown_once_right_after_sending(ward: Region, client: Client) -> None:
    make.menu()
    typed = {"text": "Jalan gang berlubang", "ward": ward.path, "category": "road", "op": str(uuid.uuid4())}
    fresh = client.post(reverse("needs:give"), typed).headers["Location"]
    voice = Voice.objects.get()
    key = keys.voice_key(voice)
    assert key not in fresh
    page = client.get(fresh)
    assert key in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert key not in client.get(door(voice)).content.decode()


@pytest.mark.parametrize("ticket", ["", "x", "1:2", "é"])
def test_no_other_ticket_shows_the_key(voice: Voice, client: Client, ticket: str) -> None:
    assert keys.voice_key(voice) not in client.get(door(voice), {"baru": ticket}).content.decode()


def test_a_ticket_goes_stale_and_is_of_one_voice(voice: Voice, ward: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = TimestampSigner(salt="pendamping.needs.receipt").sign(voice.code).split(":", 1)[1]
    assert keys.is_fresh(voice, ticket)
    assert not keys.is_fresh(make.voice(ward), ticket)
    monkeypatch.setattr(tickets, "SECONDS", -1)
    assert not keys.is_fresh(voice, ticket)


def test_who_knows_only_the_code_reads_no_thread(voice: Voice, client: Client) -> None:
    services.write_message(by=None, at=timezone.now(), voice=voice, text="Rumah biru di ujung gang")
    assert "Rumah biru" not in client.get(door(voice)).content.decode()
    refused = send(client, voice, key="0000-0000-0000-0000")
    assert (refused.status_code, "Rumah biru" in refused.content.decode()) == (422, False)
    opened = send(client, voice)
    assert (opened.status_code, "Rumah biru" in opened.content.decode()) == (200, True)
    assert opened.headers["Cache-Control"] == "no-store"
    assert client.cookies == {}


def test_the_key_stands_in_no_address_of_the_thread(voice: Voice, client: Client) -> None:
    html = send(client, voice).content.decode()
    bare = html.replace(f'value="{keys.voice_key(voice)}"', "")
    assert keys.voice_key(voice) not in bare


def test_wrong_keys_are_counted_and_right_ones_are_not(
    voice: Voice, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giver, "TRIES_AN_HOUR", 2)
    answers = [send(client, voice, key="X" * 16).status_code for _ in range(3)]
    assert answers == [422, 422, 429]
    assert [send(client, voice).status_code for _ in range(3)] == [200, 200, 200]


@pytest.mark.parametrize("closed_by", ["hiding", "persons", "nobody"])
def test_a_voice_that_nobody_may_know_of_answers_as_a_code_that_nobody_has(
    voice: Voice, client: Client, closed_by: str
) -> None:
    if closed_by == "hiding":
        Hiding.objects.create(voice=voice, reason=HideReason.OTHER, created_at=timezone.now())
    elif closed_by == "persons":
        Voice.objects.update(is_confidential=True)
    else:
        voice = Voice(code="S26-00000-0", uid=voice.uid)
    wrong = "0000-0000-0000-0000"
    assert client.get(door(voice)).status_code == 404
    assert [send(client, voice, act, key=wrong, text="Halo", answer="no").status_code for act in ("", "reply")] == [
        404
    ] * 2
    assert not Message.objects.exists()
    if closed_by != "nobody":  # its giver may still read it and write
        assert send(client, voice, "reply", text="Halo").status_code == 200
        assert Message.objects.get().speaker == "resident"


# What the giver does


def test_the_giver_answers_a_question(voice: Voice, ward: Region, client: Client) -> None:
    services.write_message(
        by=personas.sari(ward), at=timezone.now(), voice=voice, text="Di sebelah mana?", asks=True,
        photos=[make.picture()],
    )  # fmt: skip
    html = send(client, voice).content.decode()
    assert "Di sebelah mana?" in html
    assert "/foto/" in html
    sent = send(client, voice, "reply", text="Dekat masjid", photos=make.upload())
    assert sent.status_code == 200
    message = Message.objects.get(speaker="resident")
    assert (message.text, message.photos.count(), message.is_public) == ("Dekat masjid", 1, False)
    assert sent.content.decode().count("/foto/") == html.count("/foto/"), "their own photo stays private"


def test_photos_of_a_private_message_are_opened_by_its_giver_and_those_at_work_alone(
    voice: Voice, ward: Region, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sari, at = personas.sari(ward), timezone.now()
    message = services.write_message(by=sari, at=at, voice=voice, text="Ini?", photos=[make.picture()])
    photo = reverse("access:photo", args=[message.photos.get().name, "full"])

    def shown() -> list[str]:
        return [unescape(one) for one in re.findall(f'href="({photo}[^"]*)"', send(client, voice).content.decode())]

    [opened] = shown()
    assert seen(client, opened) == 200
    for stranger in (photo, f"{photo}?tiket=x", opened.replace("tiket=", "tiket=1")):
        assert seen(client, stranger) == 404, stranger
    monkeypatch.setattr(tickets, "SECONDS", -1)
    assert seen(client, opened) == 404, "kept by a log it opens nothing"
    monkeypatch.undo()
    worker = Client()
    worker.force_login(sari)
    assert seen(worker, photo) == 200
    moderation.hide(by=sari, at=at, voice=voice, message=message, reason=HideReason.PERSON)
    assert shown() == []
    moderation.lift(by=sari, at=at, hiding=Hiding.objects.get())
    [again] = shown()
    assert seen(client, again) == 200, "what hiding took is given back"
    assert seen(client, photo) == 404


def test_sent_twice_by_a_reload_it_is_one_message(voice: Voice, client: Client) -> None:
    op = str(uuid.uuid4())
    for _again in range(2):
        assert send(client, voice, "reply", text="Dekat masjid", op=op).status_code == 200
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "status"), [({"text": ""}, 422), ({"text": "x" * 2001}, 422), ({"text": "Halo", "website": "x"}, 422)]
)
def test_what_cannot_be_sent_is_shown_again(voice: Voice, client: Client, typed: dict[str, str], status: int) -> None:
    page = send(client, voice, "reply", **typed)
    assert page.status_code == status
    assert page.context["reply"].errors
    assert not Message.objects.exists()


def test_nobody_writes_without_end(voice: Voice, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giver, "MESSAGES_A_DAY", 1)
    assert [send(client, voice, "reply", text="Halo").status_code for _ in range(2)] == [200, 429]


def test_no_other_site_writes_for_the_giver(voice: Voice, client: Client) -> None:
    typed = {"key": keys.voice_key(voice), "text": "Halo"}
    sent = client.post(door(voice, "reply"), typed, headers={"Sec-Fetch-Site": "cross-site"})
    assert (sent.status_code, Message.objects.count()) == (403, 0)


def test_the_giver_says_that_it_is_not_solved(voice: Voice, ward: Region, client: Client) -> None:
    assert not send(client, voice).context["may_say"]
    services.answer_voice(by=personas.sari(ward), at=timezone.now(), voice=voice, answer="Sudah dibersihkan")
    page = send(client, voice)
    assert page.context["may_say"]
    assert page.context["reply"] is None, "an answered voice takes no more words"
    assert send(client, voice, "solved", answer="perhaps").status_code == 422
    said = send(client, voice, "solved", answer=Solved.NO, words="Masih mampet")
    assert (said.status_code, said.context["may_say"]) == (200, False)
    assert Voice.objects.get().state == VoiceState.HEARD
    assert said.context["reply"] is not None
    again = send(client, voice, "solved", answer=Solved.YES)
    assert again.status_code == 422
    assert Solving.objects.get().answer == Solved.NO


def test_the_giver_reads_by_when_it_is_due_and_why_it_waits(voice: Voice, ward: Region, client: Client) -> None:
    services.pause_clock(
        by=personas.sari(ward), at=timezone.now(), voice=voice, reason=PauseReason.OTHER, words="Jembatan putus"
    )
    page = send(client, voice)
    assert "Jembatan putus" in page.content.decode()
    assert len(page.context["stands"].deadlines) == 2
    assert not page.context["late"]


# What an office does


def act(client: Client, voice: Voice, key: str, **typed: Any) -> Any:
    address = reverse("needs:voice", args=[voice.code]) + f"?act={key}"
    return client.post(address, {f"{key}-{name}": value for name, value in typed.items()})


def test_an_office_writes_with_ready_words_or_its_own(voice: Voice, ward: Region) -> None:
    city = Region.objects.get(path=ward.city_path)
    by = personas.person("secretariat", city)
    ready = write_ready_answer(by=by, at=timezone.now(), city=city, title="Terima kasih", text="Kami periksa besok.")
    write_ready_answer(by=by, at=timezone.now(), city=city, title="Selesai", text="Beres.", status="answered")
    sari = signed_in(personas.sari(ward))
    html = sari.get(reverse("needs:voice", args=[voice.code])).content.decode()
    assert 'data-words="Kami periksa besok."' in html
    assert "Beres." not in html, "words for another state are not offered"
    assert act(sari, voice, "message", ready=ready.pk, text="").status_code == 302
    assert act(sari, voice, "message", ready=ready.pk, text="Kamis jam 9", asks="on").status_code == 302
    assert [(one.text, one.asks) for one in Message.objects.order_by("id")] == [
        ("Kami periksa besok.", False), ("Kamis jam 9", True),
    ]  # fmt: skip
    assert act(sari, voice, "message", text=" ").status_code == 422


def test_a_voice_is_passed_on_paused_and_resumed_on_its_page(voice: Voice, ward: Region) -> None:
    sari = signed_in(personas.sari(ward))
    assert act(sari, voice, "turn", turn=Turn.WARD).status_code == 302
    assert Voice.objects.get().turn == Turn.WARD
    assert act(sari, voice, "pause", reason=PauseReason.OTHER, words="").status_code == 422
    assert act(sari, voice, "pause", reason=PauseReason.SITE).status_code == 302
    page = sari.get(reverse("needs:voice", args=[voice.code]))
    offered = {one.step.key for one in page.context["steps"]}
    assert offered >= {"message", "turn", "resume", "answer"}
    assert "pause" not in offered
    assert act(sari, voice, "resume").status_code == 302
    assert not Pause.objects.filter(last_day__isnull=True).exists()


def test_who_may_not_answer_is_offered_nothing_and_refused(voice: Voice, ward: Region) -> None:
    chair = signed_in(personas.person("rt_rw", ward))
    page = chair.get(reverse("needs:voice", args=[voice.code]))
    assert page.context["steps"] == []
    assert act(chair, voice, "message", text="Halo").status_code == 403
    neighbour = signed_in(personas.wati(places.ward(2)))
    assert act(neighbour, voice, "message", text="Halo").status_code == 404
    assert not Message.objects.exists()


def test_the_working_page_shows_the_whole_thread_and_what_the_resident_says(voice: Voice, ward: Region) -> None:
    sari = personas.sari(ward)
    services.write_message(by=None, at=timezone.now(), voice=voice, text="Rumah biru", photos=[make.picture()])
    services.answer_voice(by=sari, at=timezone.now(), voice=voice, answer="Sudah")
    services.say_solved(by=None, at=timezone.now(), voice=voice, answer=Solved.PARTLY, words="Tinggal ujungnya")
    html = signed_in(sari).get(reverse("needs:voice", args=[voice.code])).content.decode()
    assert all(words in html for words in ("Rumah biru", "Tinggal ujungnya", "/foto/"))


def test_the_list_tells_my_turn_from_others_and_what_is_late(voice: Voice, ward: Region) -> None:
    late = make.voice(ward, at=timezone.now() - timedelta(days=30), text="Lampu mati")
    passed = make.voice(ward, at=timezone.now(), text="Jembatan goyah")
    services.pass_turn(by=personas.sari(ward), at=timezone.now(), voice=passed, turn=Turn.WARD)
    rows = signed_in(personas.lurah(ward)).get(reverse("needs:voices"), {"view": "mine"}).context["rows"]
    assert [row.record for row in rows] == [passed]
    rows = signed_in(personas.sari(ward)).get(reverse("needs:voices"), {"view": "mine"}).context["rows"]
    assert [(row.record, row.late) for row in rows] == [(late, True), (voice, False)]
    page = signed_in(personas.person("rt_rw", ward)).get(reverse("needs:voices"))
    assert "view=mine" not in page.content.decode()


def test_the_thread_costs_the_same_for_one_and_three(
    voice: Voice, ward: Region, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sari = personas.sari(ward)

    def write() -> None:
        services.write_message(by=sari, at=timezone.now(), voice=voice, text="Halo", photos=[make.picture()])

    write()
    send(client, voice)  # whatever is read once for good
    with CaptureQueriesContext(connection) as one:
        send(client, voice)
    write()
    write()
    with django_assert_num_queries(len(one)):
        send(client, voice)
