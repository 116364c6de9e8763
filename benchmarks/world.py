"""Builds a city with any number of needs, quickly and whole: voices, proposals, counters and a journal that verifies.

The services would take hours for a million needs, so rows are written in bulk here, as the services would have left
them; `make bench only=books` proves it (recount and journal verify find nothing). Runs where Django is set up:
see site.Site.child.
"""

from __future__ import annotations

import random
import time
from collections import Counter as Tally
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone

from pendamping.core.codes import ALPHABET, check_character
from pendamping.core.journal import GENESIS, entry_hash
from pendamping.core.models import Counter, JournalEntry, JournalHead
from pendamping.core.moments import day, period
from pendamping.demo.city import reference
from pendamping.demo.people import cast_of, city_people
from pendamping.needs.models import Gathering, MenuItem, Need, Proposal, Voice
from pendamping.regions.models import Level, Region

VOICES_A_NEED = 2
MONTHS = 24
CHUNK = 1000
SAMPLES = 60
RWS, RTS = 5, 3
STATES = ("open",) * 8 + ("verified",) * 8 + ("answered",) * 2 + ("proposed",) * 2
TITLES = ("Saluran air", "Jalan gang", "Lampu jalan", "Posyandu", "Sumur umum", "Pelatihan menjahit", "Jembatan kecil")
TEXTS = (
    "Saluran di depan rumah kami tersumbat, kalau hujan air masuk ke dalam.",
    "Jalan gang rusak, anak-anak sering jatuh waktu berangkat sekolah.",
    "Lampu penerangan di tikungan mati sudah tiga bulan, gelap sekali.",
    "Posyandu sempit, ibu-ibu menunggu di luar kepanasan.",
    "Sumur umum kering, kami mengambil air dari kampung sebelah.",
    "Perlu pelatihan untuk ibu-ibu yang kehilangan pekerjaan.",
    "Jembatan kecil ke masjid sudah lapuk, papan banyak yang hilang.",
)
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)
FINDING = "Sudah dilihat di tempat: keadaan seperti yang disampaikan warga."
ANSWER = "Sudah ditangani oleh dinas pada anggaran berjalan."


def main(*, needs: int) -> dict[str, Any]:
    """Fill an empty data folder; gives back what a measuring client needs to find its way."""
    started = time.monotonic()
    world = World(needs)
    world.build()
    return {**world.signposts(), "seconds": round(time.monotonic() - started, 1)}


class World:
    """The rows of a city, in the order of time."""

    besides: tuple[type[models.Model], ...] = ()  # written after those of every city

    def __init__(self, needs: int) -> None:
        self.needs, self.dice = needs, random.Random(needs)
        self.end = timezone.now().replace(microsecond=0)
        self.begin = self.end - timedelta(days=30 * MONTHS - 20)
        self.counts: Tally[tuple[str, str, int, str]] = Tally()
        self.heads: dict[str, tuple[int, str]] = {}
        self.made: Tally[str] = Tally()
        self.rows: dict[type[models.Model], list[Any]] = {}

    def build(self) -> None:
        """Places and people by their services, all else in bulk."""
        self._places_and_people()
        for first in range(0, self.needs, CHUNK):
            for number in range(first, min(first + CHUNK, self.needs)):
                self._need(number)
            self._flush()
        self._books()

    def _places_and_people(self) -> None:
        self.city = reference("32.78", (self.end.year - 1, self.end.year, self.end.year + 1), self.begin)
        self.wards = list(Region.objects.filter(level=Level.WARD).select_related("parent").order_by("path"))
        self.spots = {ward.path: self._neighbourhoods(ward) for ward in self.wards}
        first = self.wards[0]
        self.sari = cast_of(first, self.begin).facilitator
        city_people(self.city, first.parent, self.begin)
        self.menu = list(MenuItem.objects.filter(valid_to=None, is_other=False).order_by("code"))
        self.heads = {head.chain: (head.position, head.hash) for head in JournalHead.objects.all()}

    def _neighbourhoods(self, ward: Region) -> list[Region]:
        common = {"created_at": self.begin, "zone": ward.zone}
        rws = [
            Region(parent=ward, level=Level.RW, path=f"{ward.path}{rw:03d}", name=f"{rw:03d}", **common)
            for rw in range(1, RWS + 1)
        ]
        Region.objects.bulk_create(rws)
        rts = [
            Region(parent=rw, level=Level.RT, path=f"{rw.path}{rt:03d}", name=f"{rt:03d}", **common)
            for rw in rws
            for rt in range(1, RTS + 1)
        ]
        return Region.objects.bulk_create(rts)

    def _need(self, number: int) -> None:
        """One need with its voices, one lonely voice for every second need, a proposal for every tenth."""
        at = self.begin + (self.end - self.begin) * number / self.needs
        ward, state = self.dice.choice(self.wards), self.dice.choice(STATES)
        spots, item = self.spots[ward.path], self.dice.choice(self.menu)
        told = "answered" if state == "answered" else "gathered"
        voices = [self._voice(at, self.dice.choice(spots), item, told) for _ in range(VOICES_A_NEED)]
        if number % 2:
            self._voice(at, self.dice.choice(spots), item, "heard")
        seen = state in ("verified", "proposed")
        need = self._keep(
            Need, "K", at, spots[number % len(spots)], title=f"{self.dice.choice(TITLES)} {number + 1}",
            summary=TEXTS[number % len(TEXTS)], menu_item=item, recorded_by=self.sari, state=state,
            finding=FINDING if seen else "", people_affected=40 if seen else None,
            verified_at=at if seen else None, verified_by=self.sari if seen else None, **_answer(state, at, self.sari),
        )  # fmt: skip
        self._count("need.state", need, state)
        self._add(Gathering, *(Gathering(voice=voice, need=need, at=at, by=self.sari) for voice in voices))
        self._tell("needs.voices_gathered", need, at, {"voices": [voice.code for voice in voices]})
        if seen:
            self._tell("needs.need_verified", need, at, {"state": ["open", "verified"]}, FINDING)
        if state == "answered":
            self._tell("needs.need_answered", need, at, {"state": ["open", "answered"]}, ANSWER)
        if state == "proposed":
            self._proposal(need, at)

    def _voice(self, at: datetime, spot: Region, item: MenuItem, state: str) -> Voice:
        voice = self._keep(
            Voice, "S", at, spot, text=self.dice.choice(TEXTS), menu_item=item, channel="web", heard_at=at,
            state=state, **_answer(state, at, self.sari),
        )  # fmt: skip
        self._count("voice.state", voice, state)
        self._count("voice.received", voice, "web")
        self._tell("needs.voice_given", voice, at, {"channel": "web", "menu": item.code})
        return voice

    def _proposal(self, need: Need, at: datetime) -> None:
        state = "submitted" if need.pk % 2 else "draft"
        sent = {"submitted_at": at, "submitted_by": self.sari} if state == "submitted" else {}
        proposal = self._keep(
            Proposal, "U", at, need.region, need=need, fiscal_year=at.year, title=need.title, place=need.region.name,
            menu_item=need.menu_item, volume=Decimal(40), unit="m", estimated_cost=45_000_000, women=30, men=28,
            land_status="public", state=state, proposed_by=self.sari, **sent,
        )  # fmt: skip
        self._count("proposal.state", proposal, state)
        self._tell("needs.proposal_written", proposal, at, {})
        if sent:
            self._tell("needs.proposal_submitted", proposal, at, {"state": ["draft", "submitted"]})

    def _keep(self, model: Any, kind: str, at: datetime, region: Region, **values: Any) -> Any:
        self.made[kind] += 1
        record = model(
            id=self.made[kind], code=_code(kind, self.made[kind], at), created_at=at, region=region,
            region_path=region.path, period=period(at), **values,
        )  # fmt: skip
        self._add(model, record)
        return record

    def _add(self, model: type[models.Model], *records: Any) -> None:
        self.rows.setdefault(model, []).extend(records)

    def _count(self, measure: str, record: Any, dimension: str) -> None:
        self.counts[measure, record.region_path[:10], record.period, dimension] += 1

    def _tell(self, verb: str, subject: Any, at: datetime, changes: dict[str, Any], reason: str = "") -> None:
        chain = subject.region_path[:10]
        position, before = self.heads.get(chain, (0, GENESIS))
        entry = JournalEntry(
            chain=chain, position=position + 1, verb=verb, actor_uid=self.sari.uid, office="ward_facilitator",
            subject_type=subject._meta.label, subject_id=subject.pk, subject_code=subject.code,
            subject_label=str(subject), region_path=subject.region_path, at=at.astimezone(UTC), reason=reason,
            changes=changes, previous_hash=before,
        )  # fmt: skip
        entry.hash = entry_hash(entry)
        self.heads[chain] = (entry.position, entry.hash)
        self._add(JournalEntry, entry)

    def _flush(self) -> None:
        with transaction.atomic():
            for model in (Voice, Need, Gathering, Proposal, JournalEntry, *self.besides):
                _insert(model, self.rows.pop(model, []))

    def _books(self) -> None:
        """Counters and heads; on PostgreSQL the sequences must be told of the ids given out here."""
        with transaction.atomic():
            Counter.objects.bulk_create(
                (
                    Counter(measure=m, region_path=p, period=at, dimension=d, value=v)
                    for (m, p, at, d), v in self.counts.items()
                ),
                batch_size=CHUNK,
            )
            JournalHead.objects.all().delete()
            JournalHead.objects.bulk_create(
                JournalHead(chain=c, position=p, hash=h) for c, (p, h) in self.heads.items()
            )
            from django.core.management.color import no_style

            with connection.cursor() as cursor:
                for sql in connection.ops.sequence_reset_sql(no_style(), [Voice, Need, Proposal]):
                    cursor.execute(sql)

    def signposts(self) -> dict[str, Any]:
        """Sessions, codes spread evenly over time and all of one shape, the number of rows."""
        shaped = list(
            Need.objects.filter(state="verified").order_by("id").values_list("code", "gatherings__voice__code")
        )
        step = max(1, len(shaped) // SAMPLES)
        return {
            "needs": self.needs,
            "voices": self.made["S"],
            "journal": JournalEntry.objects.count(),
            "cells": Counter.objects.count(),
            "codes": [need for need, _voice in shaped[::step]][:SAMPLES],
            "voice_codes": [voice for _need, voice in shaped[::step]][:SAMPLES],
            "ward": self.wards[0].path,
            "wards": [ward.path for ward in self.wards],
            "half": Need.objects.order_by("id").values_list("id", "code")[self.needs // 2],
            "sessions": {name: _session(name) for name in ("sari", "sekretaris", "budi")},
        }


def _insert(model: type[models.Model], records: list[Any]) -> None:
    """Plain rows in one prepared statement: a third of the time that bulk_create takes to compile them."""
    keyed = bool(records) and records[0].pk is not None
    fields = [f for f in model._meta.concrete_fields if not f.generated and (keyed or not f.primary_key)]
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join("%s" for _ in fields)
    ways = [(field.attname, None if isinstance(field, PLAIN) else field.get_db_prep_save) for field in fields]
    rows = [
        [
            getattr(record, name) if prepared is None else prepared(getattr(record, name), connection)
            for name, prepared in ways
        ]
        for record in records
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', rows)


def _answer(state: str, at: datetime, by: Any) -> dict[str, Any]:
    return {"answer": ANSWER, "answered_at": at, "answered_by": by} if state == "answered" else {}


def _code(kind: str, number: int, at: datetime) -> str:
    """Codes as people get them, but never twice the same: a walk through all of a year's in a fixed order."""
    left, word = number * 7_368_787 % 32**5, ""
    for _ in range(5):
        left, digit = divmod(left, 32)
        word += ALPHABET[digit]
    body = f"{kind}{day(at).year % 100:02d}{word}"
    return f"{body[:3]}-{word}-{check_character(body)}"


def _session(username: str) -> str:
    """A session of somebody, as signing in makes it."""
    from pendamping.access.models import Account

    client = Client()
    client.force_login(Account.objects.get(username=username))
    return next(cookie.value for name, cookie in client.cookies.items() if name.endswith("session"))
