"""Two hundred personal strings go in by every door that takes words of residents; outside, none is found again.

Not on a page, in a feed, an address, the API, Open311, a log, a file, the journal or a table; and what is about persons
not even in its own words.
"""

from __future__ import annotations

import io
import json
import logging
import random
import re
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from pendamping.access import tokens
from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.assets.models import Asset, FaultReport
from pendamping.assets.tests import factories as assets
from pendamping.core import journal
from pendamping.core.models import Photo
from pendamping.needs import gateways, services
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.enums.exports import ExportFormat
from pendamping.needs.enums.moderation import HideReason
from pendamping.needs.enums.visits import VisitResult
from pendamping.needs.gateways.fake import Fake
from pendamping.needs.gateways.relay import SIGNATURE, TIME
from pendamping.needs.models import Following, Voice
from pendamping.needs.rules.gateway import signature
from pendamping.needs.services import exports, moderation
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places
from tests.access.routes import doors
from tests.journey.test_no_person_stays import every_text

pytestmark = [pytest.mark.django_db, pytest.mark.once]

planted_senders: list[str] = []
SYLLABLES = ("qua", "xol", "vry", "zhe", "qim", "wox", "yxa", "vuq")  # of no Indonesian word
PAGES_MOST = 400


@dataclass
class Planted:
    """Strings of persons, and the bare core by which each is found again."""

    strings: list[str] = field(default_factory=list)
    cores: list[str] = field(default_factory=list)

    def add(self, written: str, *cores: str) -> str:
        self.strings.append(written)
        self.cores += cores
        return written


def planted_strings() -> Planted:
    """Two hundred: numbers of people and families, phones, addresses, accounts, and names that are announced."""
    dice, made = random.Random(3278), Planted()
    for number in range(200):
        kind = number % 5
        if kind == 0:
            nik = f"3278{dice.randint(1, 9):02}{dice.randint(1, 28):02}{dice.randint(1, 12):02}{dice.randint(70, 99)}"
            nik += f"{dice.randint(1, 9999):04}"
            made.add(f"NIK {nik}" if number % 2 else nik, nik)
        elif kind == 1:
            tail = f"{dice.randint(1000, 9999)}{dice.randint(1000, 9999)}"
            shapes = (f"0812{tail}", f"+62 812-{tail[:4]}-{tail[4:]}", f"0812 {tail[:4]} {tail[4:]}")
            made.add(shapes[number % 3], tail, f"{tail[:4]}-{tail[4:]}", f"{tail[:4]} {tail[4:]}")
        elif kind == 2:
            name = _name(dice)
            made.add(f"{name.lower()}@contoh.example", name.lower())
        elif kind == 3:
            digits = "".join(str(dice.randint(0, 9)) for _ in range(11))
            made.add(f"rek. BRI 7{digits}", digits)
        else:
            first, last = _name(dice), _name(dice)
            made.add(f"{('a.n.', 'Pak', 'Ibu')[number % 3]} {first} {last}", first, last)
    return made


def _name(dice: random.Random) -> str:
    return "".join(dice.choice(SYLLABLES) for _ in range(4)).capitalize()


@dataclass
class Village:
    """Where the strings go in, and who works there."""

    ward: Region
    sari: Account
    asset: Asset
    turn: int = 0

    def client(self) -> Client:
        """Somebody else each time, with an address and a phone that nobody may learn of."""
        self.turn += 1
        return Client(
            REMOTE_ADDR=f"198.51.100.{self.turn % 250}", HTTP_USER_AGENT=f"PonselWarga/{self.turn}",
            HTTP_X_REQUEST_ID=f"jejak-proksi-{self.turn}",
        )  # fmt: skip


@pytest.fixture
def village(settings: Any, request: pytest.FixtureRequest) -> Village:
    settings.MFA_REQUIRED = False
    planted_senders.clear()
    gateways.replace(Fake())
    request.addfinalizer(lambda: gateways.replace(None))
    make.menu()
    ward = places.ward(1)
    return Village(ward, personas.sari(ward), assets.standing(ward))


def by_page(place: Village, words: str, photo: SimpleUploadedFile | None = None, **more: str) -> None:
    sent: dict[str, Any] = {
        "text": f"Jalan rusak, hubungi {words}", "ward": place.ward.path, "category": "other", "rw": "3",
        "place_words": f"depan rumah {words}"[:120], "other_words": f"lapor {words}"[:120], "op": str(uuid.uuid4()),
    }  # fmt: skip
    answer = place.client().post(reverse("needs:give"), {**sent, **more, **({"photos": photo} if photo else {})})
    assert answer.status_code in (200, 303), answer.content.decode()[:2000]


def by_program(place: Village, words: str) -> None:
    sent = {
        "text": f"Selokan mampet {words}", "region": place.ward.path, "menu_item": "A1.02", "place_words": words,
        "latitude": "-7.35", "longitude": "108.22",
    }  # fmt: skip
    answer = place.client().post("/api/v1/voices", sent, headers={"Idempotency-Key": str(uuid.uuid4())})
    assert answer.status_code == 201, answer.content


def for_somebody(place: Village, words: str) -> None:
    client = Client()
    client.force_login(place.sari)
    sent = {
        "text": f"Titipan {words}", "ward": place.ward.path, "category": "other", "place_words": words[:120],
        "op": str(uuid.uuid4()), "behalf": "elderly", "channel": "counter",
        "heard_on": f"{timezone.localdate():%Y-%m-%d}",
    }  # fmt: skip
    assert client.post(reverse("needs:record_voice"), sent).status_code == 302


def in_the_thread(place: Village, words: str) -> None:
    voice = Voice.objects.order_by("-id")[0]
    services.write_message(by=None, at=timezone.now(), voice=voice, text=f"Tambahan {words}")


def by_phone(place: Village, words: str) -> None:
    sender = f"whatsapp:+62858{len(planted_senders):07}"
    planted_senders.append(sender.removeprefix("whatsapp:"))
    content = {"id": f"m{len(planted_senders)}", "from": sender, "at": timezone.now().isoformat()}
    content["text"] = f"Lampu mati {words}"
    body, stamp = json.dumps({"messages": [content]}).encode(), str(int(timezone.now().timestamp()))
    headers = {TIME: stamp, SIGNATURE: signature(Fake().key, stamp, body)}
    sent = place.client().post(
        reverse("needs:gateway", args=["relay"]), body, content_type="application/json", headers=headers
    )
    assert sent.status_code == 200, sent.content


def by_list(place: Village, words: str) -> None:
    client = Client()
    client.force_login(place.sari)
    rows = f"Nama;NIK;Aspirasi;Perihal;Lokasi;No HP\n{words};{words};Jalan rusak {words};Jalan;{words};{words}\n"
    sent = {"ward": place.ward.path, "held_on": "2026-01-09"}
    tried = ""
    for more in ({}, {"write": "on"}):
        file = SimpleUploadedFile(f"{words}.csv", rows.encode(), "text/csv")
        answer = client.post(reverse("needs:meeting_list"), {**sent, **more, "file": file, "tried": tried})
        tried = next(iter(re.findall(r'name="tried" value="(\w+)"', answer.content.decode())), "")
    assert answer.status_code == 302, answer.content.decode()[-3000:]


def as_an_answer(place: Village, words: str) -> None:
    voice = Voice.objects.filter(state="heard").order_by("id")[0]
    services.answer_voice(by=place.sari, at=timezone.now(), voice=voice, answer=f"Sudah dibahas dengan {words}")


def as_a_need(place: Village, words: str) -> None:
    voices = list(Voice.objects.filter(state="heard").order_by("id")[:1])
    services.gather_voices(
        by=place.sari, at=timezone.now(), voices=voices, title=f"Jalan {words}"[:160], summary=f"Kata warga {words}"
    )


def as_a_report(place: Village, words: str) -> None:
    voice = Voice.objects.order_by("id")[0]
    sent = {"reason": "other", "words": words, "op": str(uuid.uuid4())}
    assert place.client().post(reverse("needs:report_voice", args=[voice.code]), sent).status_code == 200


def as_an_edit(place: Village, words: str) -> None:
    voice = Voice.objects.order_by("-id")[0]
    moderation.edit(
        by=place.sari, at=timezone.now(), voice=voice, text=f"Disunting {words}", place_words=words, other_words=words
    )
    moderation.hide(by=place.sari, at=timezone.now(), voice=voice, reason=HideReason.OTHER, words=words)


def as_a_mistake(place: Village, words: str) -> None:
    """A form that is refused shows the words to whoever sent them, and keeps them nowhere."""
    sent = {"text": f"Rusak {words}", "ward": "", "category": "", "op": str(uuid.uuid4())}
    assert place.client().post(reverse("needs:give"), sent).status_code == 422


def as_a_look(place: Village, words: str) -> None:
    assert place.client().post(reverse("needs:preview"), {"text": f"Lihat {words}"}).status_code == 200


def by_another_system(place: Village, words: str) -> None:
    _token, key = tokens.issue(account=place.sari, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
    sent = {
        "api_key": key, "service_code": "other", "address_id": place.ward.path, "description": f"Air keruh {words}",
        "address_string": f"dekat {words}", "first_name": words, "phone": words, "device_id": words,
    }  # fmt: skip
    answer = Client().post(reverse("needs:open311_requests", args=["json"]), sent)  # the system's own connection
    assert answer.status_code == 201, answer.content


def at_a_door(place: Village, words: str) -> None:
    rt = places.rt(places.rw(place.ward, 3), 1)
    services.record_visit(
        by=place.sari, at=timezone.now(), region=rt, day=timezone.localdate(), result=VisitResult.NOTHING, note=words
    )


def at_an_asset(place: Village, words: str) -> None:
    address = reverse("assets:report_fault", args=[place.asset.code])
    sent = {"text": f"Tutupnya pecah {words}", "op": str(uuid.uuid4())}
    assert place.client().post(address, sent).status_code == 302
    fault = FaultReport.objects.order_by("-id")[0]
    if fault.pk % 2:  # an official has read it, so that its words are public
        services.answer_voice(by=place.sari, at=timezone.now(), voice=fault.voice, answer="Sudah dipasang lagi")


DOORS: tuple[Callable[[Village, str], None], ...] = (
    by_page, by_program, for_somebody, at_an_asset, by_phone, by_list, by_another_system, at_a_door,
    in_the_thread, as_an_answer, by_page, as_a_need, as_a_report,
    as_an_edit, as_a_mistake, as_a_look,
)  # fmt: skip


def picture(told: str) -> SimpleUploadedFile:
    """A photo that carries words in its EXIF, XMP, comment and name."""
    image, out = Image.effect_noise((640, 480), 60).convert("RGB"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = told, told, told  # description, artist, copyright
    image.save(out, "JPEG", exif=exif, comment=told, xmp=f"<x>{told}</x>".encode())
    return SimpleUploadedFile(f"{told}.jpg", out.getvalue(), "image/jpeg")


def test_nothing_of_two_hundred_persons_is_found_outside(village: Village, caplog: pytest.LogCaptureFixture) -> None:
    planted = planted_strings()
    assert len(set(planted.strings)) == 200
    in_pictures = [f"Fotografer{one}Qzx" for one in "ABC"]
    taken = [picture(told) for told in in_pictures]  # made before: the library that makes them tells its log of each
    with caplog.at_level(logging.DEBUG):
        for number, words in enumerate(planted.strings):
            DOORS[number % len(DOORS)](village, words)
        secrets = confidential(village)
        address = contact(village)
        for photo in taken:
            by_page(village, "tetangga", photo)
        unseen = hidden(village)
        taken_out = exported(village)
        seen = list(walked(village))
    assert len(seen) > 60
    assert sum(1 for where, _body in seen if where.startswith("/jejak/")) > 40  # words of voices were shown
    cores = {
        *planted.cores,
        *secrets,
        address,
        *in_pictures,
        "PonselWarga",
        "198.51.100.",
        "jejak-proksi",
        *planted_senders,
    }
    assert found_in(seen, cores | {"sembunyiqz"}) == []
    elsewhere = [(where, told) for where, told in seen if not any(code in where for code in unseen)]
    assert found_in(elsewhere, unseen) == []
    assert found_in([("log", caplog.text)], cores) == []
    tables = [(where, told) for where, told in every_text() if not where.startswith("Session")]
    assert found_in(tables, cores - set(secrets)) == []
    assert found_in(files(), cores) == []
    assert len(taken_out) == len(ExportFormat)
    assert all("Selokan mampet" in told for _where, told in taken_out)  # the words of voices are in them
    about_persons = set(Voice.everything.filter(is_confidential=True).values_list("code", flat=True))
    assert found_in(taken_out, cores | about_persons) == []
    assert list(journal.verify()) == []
    stored = (one.open("rb") for photo in Photo.objects.all() for one in (photo.file, photo.thumb))
    for picture_file in stored:
        with picture_file, Image.open(picture_file) as image:
            assert (dict(image.getexif()), set(image.info) & {"exif", "xmp", "comment", "icc_profile"}) == ({}, set())


def confidential(village: Village) -> list[str]:
    """Words about persons that no scan can know; they stay with their case alone."""
    words = [f"rahasia{number:02}qz" for number in range(20)]
    for one in words:
        by_page(village, one, is_confidential="on")
    assert Voice.everything.filter(is_confidential=True).count() == 20
    return words


def hidden(village: Village) -> set[str]:
    """A voice that was answered, so that its words were public, and then hidden; the codes of all that nobody sees."""
    by_page(village, "sembunyiqz")
    voice = Voice.objects.order_by("-id")[0]
    services.answer_voice(by=village.sari, at=timezone.now(), voice=voice, answer="Sudah")
    moderation.hide(by=village.sari, at=timezone.now(), voice=voice, reason=HideReason.SPAM)
    return {voice.code, *Voice.everything.filter(is_confidential=True).values_list("code", flat=True)}


def contact(place: Village) -> str:
    """An address given with a voice, to hear of it."""
    address = "pengirim.suara@warga.example"
    by_page(place, "tetangga", contact=address)
    assert Following.objects.filter(is_speaker=True, contact__kind=ContactKind.EMAIL).count() == 1
    return address


def exported(place: Village) -> list[tuple[str, str]]:
    """Files of every kind as their asker takes them, unpacked; with all that the working list holds."""
    client, told = Client(), []
    client.force_login(place.sari)
    for kind in ExportFormat:
        at = timezone.now()
        made = exports.ask_export(
            by=place.sari, at=at, place=place.ward.path, page="voices", query="view=all", format=kind
        )
        exports.make_file.call(made.pk)
        answer = client.get(reverse("needs:voice_file", args=[made.uid]))
        data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        parts = [data]
        if kind == ExportFormat.XLSX:
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                parts = [book.read(name) for name in book.namelist()]
        told.append((str(kind), str(dict(answer.headers)) + b"".join(parts).decode()))
    return told


def walked(place: Village) -> Iterator[tuple[str, str]]:
    """Every public page, feed and answer that links and the address map lead to, with headers; nobody signed in."""
    client = Client()
    codes = list(Voice.everything.values_list("code", flat=True))
    waiting = ["/", "/sitemap.xml", "/robots.txt", "/cari/?q=jalan", "/daftar/suara/", "/en/daftar/suara/"]
    waiting += [
        reverse(name, args=[code])
        for number, code in enumerate(codes)
        for name in ("portal:journey", "portal:journey_feed", "needs:receipt", "needs:report_voice")
        if number % 5 == 0 or name == "portal:journey"
    ]
    waiting += [f"/api/v1/{kind}/{code}" for code in codes[::5] for kind in ("voices", "journeys")]
    waiting += [door.path for door in doors() if door.is_api and door.method == "GET" and not door.params]
    waiting += [f"/open311/v2/requests.{kind}" for kind in ("json", "xml")]
    waiting += [reverse(name, args=[place.asset.code]) for name in ("assets:public", "portal:journey")]
    known: set[str] = set()
    while waiting and len(known) < PAGES_MOST:
        address = waiting.pop(0)
        if address in known or address.startswith(("/static/", "/ui/", "/foto/", "/en/jejak/")):
            continue
        known.add(address)
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        told = body.decode("utf-8", "replace")
        yield address, f"{address} {json.dumps(dict(answer.headers))} {told}"
        site = settings.SITE_URL.rstrip("/")
        found = re.findall(r'(?:href|src|action)="([^"#]*)|<(?:loc|id|uri)>([^<]*)<', told)
        links = [(one or other).replace("&amp;", "&").removeprefix(site) for one, other in found]
        waiting += [link for link in links if link.startswith("/")]


def files() -> Iterator[tuple[str, str]]:
    """Every file of the data folder: photos, thumbnails, sealed originals, exports."""
    for path in Path(settings.DATA_DIR).rglob("*"):
        if path.is_file():
            yield str(path), path.name + path.read_bytes().decode("latin-1")


def found_in(told: Any, cores: set[str]) -> list[str]:
    """Where one of the strings stands, with what stands around it."""
    pattern = re.compile("|".join(re.escape(core) for core in sorted(cores, key=len, reverse=True)), re.IGNORECASE)
    hits = ((where, pattern.search(text), text) for where, text in told)
    return [f"{where}: {text[max(0, hit.start() - 60) : hit.end() + 20]!r}" for where, hit, text in hits if hit][:20]
