"""Messages of the phone: signed, once, asked where it is, and answered by the way they came."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.needs import gateways, services
from pendamping.needs.enums.contacts import Pace
from pendamping.needs.enums.conversations import Solved
from pendamping.needs.enums.gateway import Delivery
from pendamping.needs.gateways.fake import Fake
from pendamping.needs.gateways.relay import SIGNATURE, TIME, Relay
from pendamping.needs.keys import voice_key
from pendamping.needs.models import Contact, Following, GatewayMessage, Message, Solving, Voice
from pendamping.needs.rules import gateway as rules
from pendamping.needs.services.following import follow_voice
from pendamping.needs.services.gateway import let_go
from pendamping.needs.tests import factories as make
from pendamping.needs.views import gateway as view
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

ANI = "whatsapp:+6281234567890"
BODY = b'{"messages": []}'
SIGNED = rules.signature("kunci", "1000", BODY)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None), ({"now": 1300.0}, None), ({"now": 700.0}, None), ({"now": 1301.0}, Delivery.TOO_OLD),
        ({"now": 699.0}, Delivery.TOO_OLD), ({"body": BODY + b" "}, Delivery.NOT_SIGNED),
        ({"timestamp": "1001"}, Delivery.NOT_SIGNED), ({"signed": ""}, Delivery.NOT_SIGNED),
        ({"signed": "é"}, Delivery.NOT_SIGNED), ({"key": ""}, Delivery.NOT_SIGNED),
        ({"key": "lain"}, Delivery.NOT_SIGNED),
        ({"timestamp": "-1", "signed": rules.signature("kunci", "-1", BODY)}, Delivery.TOO_OLD),
    ],
)  # fmt: skip
def test_deliveries_that_are_opened(changes: dict[str, Any], reason: Delivery | None) -> None:
    facts = {"key": "kunci", "timestamp": "1000", "body": BODY, "signed": SIGNED, "now": 1000.0}
    assert rules.may_open(**{**facts, **changes}).reason == reason


@pytest.mark.parametrize(
    ("text", "greets", "stops", "solved"),
    [
        ("Halo!", True, False, None), ("Assalamu'alaikum wr wb", True, False, None),
        ("selamat pagi Pak", True, False, None), ("  ", True, False, None), ("👍", True, False, None),
        ("halo, lampu mati", False, False, None),
        ("BERHENTI", False, True, None), ("stop.", False, True, None),
        ("berhenti di depan sekolah", False, False, None),
        ("Sudah", False, False, Solved.YES), ("belum!", False, False, Solved.NO),
        ("sebagian", False, False, Solved.PARTLY),
        ("sudah tiga hari banjir", False, False, None),
    ],
)  # fmt: skip
def test_fixed_words(text: str, greets: bool, stops: bool, solved: Solved | None) -> None:
    assert (rules.is_greeting(text), rules.is_stop(text), rules.solved_in(text)) == (greets, stops, solved)


def test_secret_is_the_first_word() -> None:
    assert rules.is_secret("RAHASIA: petugas minta uang")
    assert rules.without_secret("RAHASIA: petugas minta uang") == "petugas minta uang"
    assert not rules.is_secret("bukan rahasia lagi")
    assert not rules.is_secret("rahasiakan")


@pytest.fixture
def phone() -> Iterator[Fake]:
    """The local fake, in place of the usual gateway."""
    fake = Fake()
    gateways.replace(fake)
    yield fake
    gateways.replace(None)


@pytest.fixture
def ward() -> Region:
    make.menu()
    made = places.ward(1)
    places.rt(places.rw(made, 5), 2)
    return made


_count = iter(range(1, 10_000))


def delivery(*texts: str, sender: str = ANI, **facts: Any) -> dict[str, Any]:
    now = timezone.now().isoformat()
    return {
        "messages": [
            {"id": f"m{next(_count)}", "from": sender, "at": now, "text": text, **facts} for text in texts
        ]
    }  # fmt: skip


def deliver(
    phone: Fake, content: dict[str, Any], *, age: int = 0, signed: str = "", kind: str = "application/json",
    padding: str = "",
) -> Any:  # fmt: skip
    """A delivery as the gateway makes it; what the worker then sends is in `phone.sent`."""
    body = (json.dumps(content) + padding).encode()
    stamp = str(int(timezone.now().timestamp()) - age)
    headers = {TIME: stamp, SIGNATURE: signed or rules.signature(phone.key, stamp, body)}
    return Client().post("/gerbang/relay/", body, content_type=kind, headers=headers)


def say(phone: Fake, text: str, **facts: Any) -> str:
    """One message and the answer to it."""
    before = len(phone.sent)
    sent = deliver(phone, delivery(text, **facts))
    assert sent.status_code == 200, sent.content
    return phone.sent[-1][1] if len(phone.sent) > before else ""


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    """The worker does its work at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.mark.django_db
def test_a_message_with_its_place_is_a_voice(phone: Fake, ward: Region) -> None:
    answer = say(phone, f"Selokan mampet di RT 2 RW 5 kel. Sukamaju 1, NIK {make.NIK}, hubungi 0812-3456-7890")
    made = Voice.objects.get()
    assert (made.region_path, made.channel, made.recorded_by) == (f"{ward.path}005002", "gateway", None)
    assert made.text == "Selokan mampet di RT 2 RW 5 kel. Sukamaju 1, NIK [NIK], hubungi [telepon]"
    assert (made.code in answer, voice_key(made) in answer, phone.sent[0][0]) == (True, True, ANI)
    following = Following.objects.get(voice=made)
    assert (following.is_speaker, following.pace, following.confirmed_at is None) == (True, Pace.AT_ONCE, False)
    stored = str(list(Contact.objects.values())) + str(list(GatewayMessage.objects.values()))
    stored += str(list(Voice.objects.values())) + str(list(JournalEntry.objects.values()))
    assert not [word for word in ("81234567890", "0812", make.NIK) if word in stored]


class Deaf(Fake):
    """A gateway that is down, and says for whom."""

    def send(self, to: str, text: str) -> None:
        raise OSError(f"no way to {to}: {text}")


@pytest.mark.django_db
def test_an_answer_is_tried_again_until_the_gateway_is_back(
    phone: Fake, ward: Region, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Code and key come late rather than never; neither key nor address waits in the task table."""
    caplog.set_level("DEBUG")
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    begun = timezone.now()
    gateways.replace(Deaf(phone.key))
    deliver(phone, delivery("Lampu mati di Sukamaju 1"))
    made = Voice.objects.get()
    for minutes in (0, 3):
        monkeypatch.setattr(timezone, "now", lambda minutes=minutes: begun + timedelta(minutes=minutes))
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert DBTaskResult.objects.failed().count() == 2
    kept = str(list(DBTaskResult.objects.values())) + caplog.text
    assert not [word for word in ("81234567890", voice_key(made)) if word in kept]
    gateways.replace(phone)
    monkeypatch.setattr(timezone, "now", lambda: begun + timedelta(minutes=24))
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    [(to, answer)] = phone.sent
    assert (to, voice_key(made) in answer) == (ANI, True)


@pytest.mark.django_db
def test_without_a_place_it_is_asked_for_and_all_words_are_kept(phone: Fake, ward: Region) -> None:
    assert "Kelurahan mana" in say(phone, "Lampu mati")
    assert "Kelurahan mana" in say(phone, "sudah tiga hari")
    assert not Voice.objects.exists()
    assert "Kodenya" in say(phone, "sukamaju 1 rw 9")
    made = Voice.objects.get()
    assert (made.text, made.region, made.place_words) == (
        "Lampu mati\nsudah tiga hari\nsukamaju 1 rw 9",
        ward,
        "RW 009",
    )
    assert set(GatewayMessage.objects.values_list("state", "voice")) == {("taken", made.pk)}


@pytest.mark.django_db
def test_two_people_who_wait_are_not_mixed(phone: Fake, ward: Region) -> None:
    say(phone, "Lampu mati")
    say(phone, "Jalan rusak", sender="sms:+628999")
    say(phone, "Sukamaju 1", sender="sms:+628999")
    assert Voice.objects.get().text == "Jalan rusak\nSukamaju 1"


@pytest.mark.django_db
def test_a_location_says_where(phone: Fake, ward: Region) -> None:
    Region.objects.filter(pk=ward.pk).update(latitude="-7.350000", longitude="108.220000")
    say(phone, "", latitude=-7.3512345678, longitude=108.22)
    assert GatewayMessage.objects.get().place == ward
    say(phone, "Jembatan retak")
    made = Voice.objects.get()
    assert (made.region, made.text, made.latitude) == (ward, "Jembatan retak", None)
    say(phone, "Pohon tumbang", latitude=-7.3512345678, longitude=108.22)
    newer = Voice.objects.order_by("-id")[0]
    assert (newer.text, str(newer.latitude)) == ("Pohon tumbang", "-7.351235")


@pytest.mark.django_db
def test_what_never_says_where_is_let_go(phone: Fake, ward: Region) -> None:
    answers = [say(phone, f"Lampu mati {n}") for n in range(5)]
    assert [("Kelurahan mana" in answer) for answer in answers] == [True] * 4 + [False]
    assert set(GatewayMessage.objects.values_list("state", "refused_reason")) == {("refused", "place_missing")}
    say(phone, "Lampu mati lagi")
    GatewayMessage.objects.filter(state="waiting").update(created_at=timezone.now() - timedelta(days=4))
    assert "Kodenya" in say(phone, "Air keruh di Sukamaju 1")
    assert Voice.objects.get().text == "Air keruh di Sukamaju 1"


@pytest.mark.django_db
def test_greeting_gets_the_way_to_speak(phone: Fake, ward: Region) -> None:
    assert "RAHASIA" in say(phone, "Halo min")
    assert GatewayMessage.objects.get().state == "refused"


@pytest.mark.django_db
def test_about_a_person_it_is_for_the_case_team_alone(phone: Fake, ward: Region) -> None:
    answer = say(phone, "RAHASIA: petugas minta uang di Sukamaju 1")
    made = Voice.everything.get()
    assert (made.is_confidential, made.text, Voice.objects.exists()) == (
        True,
        "petugas minta uang di Sukamaju 1",
        False,
    )
    assert voice_key(made) in answer


@pytest.mark.django_db
def test_delivered_twice_is_taken_once(phone: Fake, ward: Region) -> None:
    content = delivery("Lampu mati di Sukamaju 1")
    for _ in range(2):
        assert deliver(phone, content).json() == {"taken": [content["messages"][0]["id"]]}
    assert (Voice.objects.count(), GatewayMessage.objects.count(), len(phone.sent)) == (1, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "status", "problem"),
    [
        ({"age": 301}, 401, "too_old"), ({"age": -360}, 401, "too_old"), ({"signed": "0" * 64}, 401, "not_signed"),
        ({"kind": "text/plain"}, 415, "unreadable"), ({"padding": " " * 1_100_000}, 413, "too_large"),
    ],
)  # fmt: skip
def test_what_is_not_from_the_gateway_stays_outside(
    phone: Fake, ward: Region, facts: dict[str, Any], status: int, problem: str
) -> None:
    sent = deliver(phone, delivery("Lampu mati di Sukamaju 1"), **facts)
    assert (sent.status_code, sent.json()["problem"]) == (status, problem)
    assert not GatewayMessage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"from": "+62812"}, {"from": "sms:1\0"}, {"id": ""}, {"id": "x" * 81}, {"id": "m\0"},
        {"at": "0001-01-01T00:00:00+14:00"}, {"at": "kemarin"}, {"latitude": 91}, {"text": "x" * 4001},
        {"photos": ["", "", "", "", ""]},
    ],
)  # fmt: skip
def test_unreadable_deliveries_say_nothing_of_what_was_written(
    phone: Fake, ward: Region, changes: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    content = delivery(f"Lampu mati, NIK {make.NIK}")
    content["messages"][0].update(changes)
    sent = deliver(phone, content)
    assert (sent.status_code, sent.json()["problem"]) == (400, "unreadable")
    assert make.NIK not in sent.content.decode() + caplog.text


@pytest.mark.django_db
def test_without_a_gateway_there_is_no_door(ward: Region) -> None:
    assert deliver(Fake(), delivery("Lampu mati")).status_code == 404


@pytest.mark.django_db
def test_a_sender_who_floods_is_not_kept(phone: Fake, ward: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "MESSAGES_AN_HOUR", 1)
    content = delivery("Lampu mati di Sukamaju 1", "Lampu mati di Sukamaju 1")
    assert len(deliver(phone, content).json()["taken"]) == 1
    assert len(deliver(phone, delivery("Jalan rusak di Sukamaju 1", sender="sms:+628999")).json()["taken"]) == 1
    assert Voice.objects.count() == 2


def picture() -> str:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 120, 90)).save(out, "JPEG")
    return base64.b64encode(out.getvalue()).decode()


@pytest.mark.django_db
def test_photos_come_through_the_door_and_what_is_none_is_left(phone: Fake, ward: Region) -> None:
    say(phone, "Lampu mati di Sukamaju 1", photos=[picture(), base64.b64encode(b"bukan foto").decode()])
    photo = Voice.objects.get().photos.get()
    assert not photo.is_public


@pytest.mark.django_db
def test_an_office_asks_and_the_next_message_is_the_answer(phone: Fake, ward: Region) -> None:
    say(phone, "Lampu mati di Sukamaju 1")
    made = Voice.objects.get()
    services.write_message(by=personas.sari(ward), at=timezone.now(), voice=made, text="Tiang nomor berapa?", asks=True)
    assert "Tiang nomor berapa?" in phone.sent[-1][1]
    assert made.code in say(phone, "Nomor 12 di Gang Melati")
    assert [one.text for one in Message.objects.order_by("id")] == ["Tiang nomor berapa?", "Nomor 12 di Gang Melati"]
    assert Voice.objects.count() == 1


@pytest.mark.django_db
def test_a_code_leads_to_their_own_voice_only(phone: Fake, ward: Region) -> None:
    say(phone, "Lampu mati di Sukamaju 1")
    made = Voice.objects.get()
    say(phone, f"{made.code.lower()}: sekarang dua lampu")
    assert Message.objects.get().text == "sekarang dua lampu"
    assert "Kelurahan mana" in say(phone, f"{made.code} halo apa kabar", sender="sms:+628999")
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_who_only_follows_a_voice_writes_nothing_in_its_thread(phone: Fake, ward: Region) -> None:
    say(phone, "Jalan rusak di Sukamaju 1", sender="sms:+628999")
    theirs = Voice.objects.get()
    say(phone, "Lampu mati di Sukamaju 1")
    follow_voice(contact=Contact.objects.latest("id"), voice=theirs, is_speaker=False, at=timezone.now())
    say(phone, f"{theirs.code} saya juga")
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_whether_it_is_solved_is_answered_by_message(phone: Fake, ward: Region) -> None:
    say(phone, "Lampu mati di Sukamaju 1")
    made = Voice.objects.get()
    services.answer_voice(by=personas.lurah(ward), at=timezone.now(), voice=made, answer="Sudah diganti")
    assert made.code in say(phone, "Belum")
    solving = Solving.objects.get()
    assert (solving.answer, solving.reopened_at is None) == (Solved.NO, False)
    assert say(phone, "terima kasih") != ""


@pytest.mark.django_db
def test_refusal_is_told_in_its_own_words(phone: Fake, ward: Region) -> None:
    Region.objects.filter(pk=ward.pk).update(latitude="-7.350000", longitude="108.220000")
    answer = say(phone, "Lampu mati di Sukamaju 1", latitude=-6.2, longitude=106.8)
    assert "km" in answer
    assert GatewayMessage.objects.get().refused_reason == "pin_outside"


@pytest.mark.django_db
def test_who_wants_no_more_messages_is_forgotten(phone: Fake, ward: Region) -> None:
    say(phone, "Lampu mati di Sukamaju 1")
    assert say(phone, "Berhenti") == ""
    assert Contact.objects.get().forgotten_at is not None
    assert not Following.objects.filter(ended_at=None).exists()
    services.answer_voice(by=personas.lurah(ward), at=timezone.now(), voice=Voice.objects.get(), answer="Sudah")
    assert len(phone.sent) == 1


@pytest.mark.django_db
def test_old_words_and_idle_addresses_go(phone: Fake, ward: Region) -> None:
    say(phone, "Lampu mati")
    say(phone, "Jalan rusak di Sukamaju 1", sender="sms:+628999")
    now = timezone.now()
    let_go(now + timedelta(days=2))
    assert GatewayMessage.objects.filter(state="waiting").count() == 1
    later = now + timedelta(days=8)
    let_go(later)
    assert GatewayMessage.objects.filter(state="waiting").count() == 0
    assert Contact.objects.filter(forgotten_at=None).count() == 1, "one has a voice to hear of"
    let_go(now + timedelta(days=366))
    assert set(GatewayMessage.objects.values_list("text", flat=True)) == {""}


def test_relay_signs_what_it_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    class Answered:
        def __enter__(self) -> None: ...

        def __exit__(self, *_: object) -> None: ...

    def opened(request: Any, timeout: int) -> Answered:
        seen.append(request)
        return Answered()

    monkeypatch.setattr("urllib.request.urlopen", opened)
    Relay("https://gerbang.contoh.id/kirim", "kunci").send(ANI, "Kodenya S26-…")
    (request,) = seen
    stamp = request.get_header(TIME.capitalize())
    assert request.get_header(SIGNATURE.capitalize()) == rules.signature("kunci", stamp, request.data)
    assert json.loads(request.data) == {"to": ANI, "text": "Kodenya S26-…"}


@pytest.mark.django_db
def test_usual_gateway_is_there_once_its_address_is_set(settings: Any) -> None:
    assert gateways.find("relay") is None
    settings.GATEWAY_URL, settings.GATEWAY_KEY = "https://gerbang.contoh.id/kirim", "kunci"
    assert isinstance(gateways.find("relay"), Relay)
    assert gateways.find("lain") is None


def test_time_of_a_message_is_never_ahead() -> None:
    now = datetime(2026, 5, 12, 5, 0, tzinfo=UTC)
    body = json.dumps({"messages": [{"id": "1", "from": ANI, "at": "2027-01-01T00:00:00+07:00", "text": "a\u0000b"}]})
    stamp = str(int(now.timestamp()))
    headers = {TIME: stamp, SIGNATURE: rules.signature("kunci", stamp, body.encode())}
    (one,) = Relay("", "kunci").opened(headers, body.encode(), now=now)
    assert (one.sent_at, one.text) == (now, "ab")
    with pytest.raises(Refused):
        Relay("", "lain").opened(headers, body.encode(), now=now)


@pytest.fixture
def desk(settings: Any) -> Client:
    settings.MFA_REQUIRED = False
    client = Client()
    client.force_login(personas.secretariat(places.city()))
    return client


def place(desk: Client, message: GatewayMessage, ward: Region) -> Any:
    return desk.post("/kerja/pesan/", {"message": str(message.uid), "ward": ward.path})


@pytest.mark.django_db
def test_secretariat_gives_a_message_its_place(phone: Fake, ward: Region, desk: Client) -> None:
    say(phone, "Lampu mati")
    say(phone, "di depan masjid")
    assert "/kerja/pesan/" in desk.get("/kerja/catatan/").content.decode()
    page = desk.get("/kerja/pesan/").content.decode()
    assert ("Lampu mati" in page, "81234567890" in page) == (True, False)
    first = GatewayMessage.objects.order_by("id")[0]
    assert place(desk, first, ward).status_code == 302
    made = Voice.objects.get()
    assert (made.text, made.region, made.recorded_by) == ("Lampu mati\ndi depan masjid", ward, None)
    assert made.code in phone.sent[-1][1]
    entry = JournalEntry.objects.get(verb="needs.message_placed")
    assert (entry.office, entry.is_public, entry.changes) == ("secretariat", False, {})
    again = place(desk, first, ward)
    assert (again.status_code, Voice.objects.count()) == (422, 1)
    assert "menemukan tempatnya" in again.content.decode()


@pytest.mark.django_db
def test_words_about_a_person_are_not_shown_to_the_desk(phone: Fake, ward: Region, desk: Client) -> None:
    say(phone, "Rahasia: petugas minta uang")
    assert "minta uang" not in desk.get("/kerja/pesan/").content.decode()
    assert place(desk, GatewayMessage.objects.get(), ward).status_code == 302
    assert Voice.everything.get().is_confidential
    assert not JournalEntry.objects.filter(verb="needs.message_placed").exists()


@pytest.mark.django_db
def test_all_that_is_joined_with_words_about_a_person_is_secret(phone: Fake, ward: Region, desk: Client) -> None:
    say(phone, "Mau lapor")
    say(phone, "RAHASIA")
    say(phone, "petugas minta uang")
    page = desk.get("/kerja/pesan/").content.decode()
    assert ("minta uang" in page, "Mau lapor" in page) == (False, False)
    assert place(desk, GatewayMessage.objects.order_by("id")[0], ward).status_code == 302
    assert (Voice.everything.get().text, Voice.objects.exists()) == ("Mau lapor\npetugas minta uang", False)


@pytest.mark.django_db
def test_words_about_a_person_never_stand_in_an_open_thread(phone: Fake, ward: Region) -> None:
    say(phone, "Lampu mati di Sukamaju 1")
    made = Voice.objects.get()
    services.write_message(by=personas.sari(ward), at=timezone.now(), voice=made, text="Tiang nomor berapa?", asks=True)
    say(phone, "RAHASIA: ketua RT minta uang di Sukamaju 1")
    say(phone, f"Rahasia {made.code} petugas juga, di Sukamaju 1")
    assert [one.text for one in Message.objects.order_by("id")] == ["Tiang nomor berapa?"]
    assert Voice.everything.filter(is_confidential=True).count() == 2


@pytest.mark.django_db
def test_words_that_are_a_voice_are_kept_nowhere_else(phone: Fake, ward: Region) -> None:
    say(phone, "Lampu mati")
    assert GatewayMessage.objects.get().text == "Lampu mati"
    say(phone, "di Sukamaju 1")
    say(phone, "RAHASIA: petugas minta uang di Sukamaju 1")
    say(phone, f"{Voice.objects.get().code} masih gelap")
    assert set(GatewayMessage.objects.values_list("text", flat=True)) == {""}


@pytest.mark.django_db
def test_inbox_is_for_who_manages_listening(ward: Region, client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = False
    client.force_login(personas.sari(ward))
    assert client.get("/kerja/pesan/").status_code == 403


@pytest.mark.django_db
def test_wrong_message_or_ward(phone: Fake, ward: Region, desk: Client) -> None:
    say(phone, "Lampu mati")
    message = GatewayMessage.objects.get()
    assert desk.post("/kerja/pesan/", {"message": "x", "ward": ward.path}).status_code == 422
    assert desk.post("/kerja/pesan/", {"message": str(ward.uid), "ward": ward.path}).status_code == 404
    assert place(desk, message, places.foreign_ward()).status_code == 422
    assert not Voice.objects.exists()
