"""Builds a city with any number of voices, quickly: shaped like the real lists, written in bulk.

What is like the reports of Jakarta (2019) and the 311 cases of Boston (July 2011): half is about waste, a few wards
hold a tenth of all each, seven in a hundred are still open, two thirds of the pinned places are named only once, and
the words are few for most and rare for some. The journal is left out: no list and no search reads it. Runs where
Django is set up: see site.Site.child.
"""

from __future__ import annotations

import itertools
import time
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

from benchmarks.world import FINDING, World, _answer, _session
from pendamping.core.moments import day
from pendamping.needs.enums.conversations import Turn
from pendamping.needs.models import Category, Deadline, Gathering, MenuItem, Need, Voice
from pendamping.regions.models import Region

CHUNK = 5000
A_NEED = 4  # voices gathered into one
OPEN, GATHERED = 0.07, 0.16  # shares of all; the rest is answered
PINNED = 0.5
SAMPLES = 60

# Menu item, its share in a thousand, and what is said: a thing, what is wrong with it.
SUBJECTS = (
    ("A1.03", 500, ("sampah", "tumpukan sampah", "bak sampah", "sampah got", "puing"), (
        "menumpuk", "tidak diangkut", "berbau", "dibakar warga")),
    ("B5.99", 230, ("spanduk liar", "pedagang kaki lima", "parkir liar", "iklan liar"), (
        "mengganggu jalan", "menutup trotoar", "dipasang di pohon")),
    ("A1.02", 90, ("selokan", "saluran air", "gorong-gorong", "kali kecil"), (
        "mampet", "meluap", "penuh lumpur", "ambrol")),
    ("A2.01", 80, ("jalan gang", "trotoar", "jembatan kecil", "paving"), ("berlubang", "rusak", "licin", "amblas")),
    ("A1.08", 40, ("lampu jalan", "lampu gang", "PJU"), ("mati", "redup", "pecah")),
    ("A1.01", 30, ("air bersih", "pipa air", "sumur umum"), ("keruh", "bocor", "kering")),
    ("B1.01", 20, ("genangan", "jentik nyamuk", "tikus"), ("banyak sekali", "dekat rumah", "di kebun kosong")),
    ("A3.02", 10, ("posyandu", "ruang tunggu posbindu"), ("sempit", "bocor", "tidak ada kursi")),
)  # fmt: skip
STREETS = (
    "Melati", "Mawar", "Anggrek", "Kenanga", "Cempaka", "Flamboyan", "Dahlia", "Teratai", "Kamboja", "Seruni", "Bakung",
    "Nusa Indah", "Cendana", "Jati", "Mahoni", "Akasia", "Beringin", "Ketapang", "Waru", "Pinus", "Manggis", "Rambutan",
    "Duku", "Salak", "Sirsak", "Belimbing", "Jambu", "Nangka", "Kelapa", "Pandan", "Merpati", "Kutilang", "Cendrawasih",
    "Garuda", "Rajawali", "Kenari", "Nuri", "Elang", "Walet", "Jalak",
)  # fmt: skip
NEAR = (
    "belakang masjid", "depan sekolah", "samping pos ronda", "dekat pasar", "di tikungan", "di ujung gang",
    "dekat balai warga",
)  # fmt: skip
SINCE = (
    "sejak kemarin", "sudah seminggu", "sudah sebulan", "sejak Lebaran", "tiap hujan", "tiap malam",
    "sudah lama sekali",
)  # fmt: skip
SO = (
    "anak-anak sering jatuh", "air masuk ke rumah", "warga terganggu", "motor tidak bisa lewat",
    "mohon ditindaklanjuti", "mohon segera dicek", "takut jadi sarang penyakit", "sudah dilaporkan ke RT",
    "gelap sekali kalau pulang kerja",
)  # fmt: skip


def main(*, voices: int) -> dict[str, Any]:
    """Fill an empty data folder; gives back what a measuring client needs to find its way."""
    started = time.monotonic()
    crowd = Crowd(voices)
    crowd.build()
    return {**crowd.signposts(), "seconds": round(time.monotonic() - started, 1)}


class Crowd(World):
    """The voices of a city, in the order of time, with the needs some of them are gathered into."""

    besides = (Deadline,)

    def build(self) -> None:
        """Places and people by their services, all else in bulk."""
        self._places_and_people()
        items = {item.code: item for item in MenuItem.objects.filter(valid_to=None)}
        self.subjects = [(items[code], things, wrongs) for code, _share, things, wrongs in SUBJECTS]
        self.categories = {one.menu_item_id: one for one in Category.objects.filter(city=None, valid_to=None)}
        self.shares = list(itertools.accumulate(share for _code, share, *_words in SUBJECTS))
        self.crowded = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(self.wards))))
        self.waiting: dict[tuple[str, int], list[Voice]] = defaultdict(list)
        for first in range(0, self.needs, CHUNK):
            for number in range(first, min(first + CHUNK, self.needs)):
                self._said(number)
            self._flush()
        for voices in self.waiting.values():  # what is left over becomes small needs
            self._gather(voices)
        self._flush()
        self._books()

    def _said(self, number: int) -> None:
        """One voice; when enough of a ward are about the same, they are one need."""
        at = self.begin + (self.end - self.begin) * number / self.needs
        dice = self.dice.random()
        state = "heard" if dice < OPEN else "gathered" if dice < OPEN + GATHERED else "answered"
        ward = self.dice.choices(self.wards, cum_weights=self.crowded)[0]
        item, things, wrongs = self.dice.choices(self.subjects, cum_weights=self.shares)[0]
        told = min(self.end, at + timedelta(hours=self.dice.expovariate(1 / 60)))
        voice = self._keep(
            Voice, "S", at, self.dice.choice(self.spots[ward.path]), text=self._words(things, wrongs),
            menu_item=item, category=self.categories.get(item.pk), channel="web", heard_at=at, state=state,
            turn=Turn.FACILITATOR if state == "heard" else Turn.NOBODY, **_answer(state, told, self.sari),
            **self._pin(ward),
        )  # fmt: skip
        due, met = day(at) + timedelta(days=7), None if state == "heard" else told
        clock = Deadline(voice=voice, step="answer", days=5, starts_at=at, due_on=due, met_at=met, created_at=at)
        self._add(Deadline, clock)
        self._count("voice.state", voice, state)
        self._count("voice.received", voice, "web")
        if state == "gathered":
            alike = self.waiting[ward.path, item.pk]
            alike.append(voice)
            if len(alike) == A_NEED:
                self._gather(alike)
                alike.clear()

    def _words(self, things: tuple[str, ...], wrongs: tuple[str, ...]) -> str:
        """Six to twenty words; the number of a house makes some of them rare."""
        say = self.dice.choice
        street = f"{say(('Gang', 'Jalan', 'Jl.'))} {say(STREETS)} {int(self.dice.paretovariate(0.8)) % 400 + 1}"
        parts = [f"{say(things)} {say(wrongs)}", street, say(NEAR), say(SINCE), say(SO)]
        return f"{', '.join(parts[: self.dice.randint(2, 5)]).capitalize()}."

    def _pin(self, ward: Region) -> dict[str, Decimal]:
        """A point near the ward's label point, for half of the voices; a third stands where another does."""
        if ward.latitude is None or ward.longitude is None or self.dice.random() > PINNED:
            return {}
        digits = 3 if self.dice.random() < 1 / 3 else 6
        latitude, longitude = (
            Decimal(f"{self.dice.gauss(float(centre), 0.004):.{digits}f}") for centre in (ward.latitude, ward.longitude)
        )
        return {"latitude": latitude, "longitude": longitude}

    def _gather(self, voices: list[Voice]) -> None:
        if not voices:
            return
        last, at = voices[-1], voices[-1].heard_at
        state = self.dice.choice(("open", "verified"))
        seen = {"finding": FINDING, "verified_at": at, "verified_by": self.sari} if state == "verified" else {}
        need = self._keep(
            Need, "K", at, last.region, title=last.text[:100], menu_item=last.menu_item, recorded_by=self.sari,
            state=state, **seen,
        )  # fmt: skip
        self._count("need.state", need, state)
        self._add(Gathering, *(Gathering(voice=one, need=need, at=at, by=self.sari) for one in voices))

    def signposts(self) -> dict[str, Any]:
        """Sessions, codes spread evenly over time, the voice half way down."""
        step = max(1, self.needs // SAMPLES)
        return {
            "voices": self.made["S"],
            "needs": self.made["K"],
            "codes": list(Voice.objects.filter(pk__in=range(1, self.needs + 1, step)).values_list("code", flat=True)),
            "ward": self.wards[0].path,
            "wards": [ward.path for ward in self.wards],
            "half": Voice.objects.get(pk=self.needs // 2).code,
            "half_id": self.needs // 2,
            "sessions": {name: _session(name) for name in ("sari", "sekretaris", "budi")},
        }
