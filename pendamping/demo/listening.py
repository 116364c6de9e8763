"""What listening looks like in the demo: in one ward a voice at every turn it can take, elsewhere answers and silence.

Everybody in it is invented: residents are addresses of example.com, which reaches nobody.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from pendamping.access.models import Account
from pendamping.demo.people import Cast
from pendamping.demo.pictures import picture
from pendamping.demo.road import Clock
from pendamping.needs import services as needs
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.enums.conversations import PauseReason, Solved
from pendamping.needs.enums.moderation import HideReason
from pendamping.needs.enums.visits import Group, VisitResult
from pendamping.needs.enums.voices import Behalf, VoiceState
from pendamping.needs.keys import giver_path
from pendamping.needs.models import Category, Contact, Need, Voice
from pendamping.needs.queries.categories import categories_of
from pendamping.needs.rules.visits import quarter_of
from pendamping.needs.services import cases, contacts, following, moderation, ready_answers
from pendamping.needs.services.clock import escalate_due
from pendamping.regions.models import Region

Say = Callable[[str], object]
FRIDAY = 4

READY = (
    ("", "Diteruskan ke dinas", "Terima kasih. Kami teruskan ke dinas yang menangani; kabarnya kami tulis di sini."),
    ("drain", "Jadwal bersih selokan", "Selokan dibersihkan bersama warga pada hari Minggu pertama tiap bulan."),
    ("light", "Lampu jalan dilaporkan", "Lampu sudah kami laporkan; biasanya diganti dalam tujuh hari kerja."),
    ("waste", "Jadwal angkut sampah", "Sampah diangkut Senin dan Kamis pagi. Bila terlewat, tulis lagi di sini."),
)  # fmt: skip
HEARD_AT_MEETING = """No;Nama;RW;RT;Perihal;Suara;Lokasi
1;Peserta A (contoh);1;1;Lampu jalan;Gang menuju makam gelap, warga takut lewat sesudah magrib.;Gang Kamboja
2;Peserta B (contoh);2;1;Sampah;Bak sampah di pertigaan kurang satu, selalu meluap hari Sabtu.;Pertigaan RW 2
3;Peserta C (contoh);3;2;Air bersih;Sumur umum keruh sejak kemarau.;Dekat musala
4;Peserta D (contoh);4;2;Jalan dan gang;Tangga gang licin, lansia berpegangan pada dinding.;Gang Cempaka
5;Peserta E (contoh);5;1;Posyandu dan kesehatan;Timbangan bayi di posyandu rusak.;Posyandu RW 5
"""
ANSWERS = {
    "waste": "Sudah diangkut; mulai bulan ini dua kali seminggu.",
    "drain": "Sudah dibersihkan bersama warga hari Minggu.",
    "road": "Lubang ditambal dalam kerja bakti; aspal baru menunggu musyawarah.",
    "light": "Lampu sudah diganti dinas.",
    "water": "Bukan urusan kelurahan: sudah kami teruskan ke PDAM, dan kami tanyakan kabarnya bulan depan.",
    "learning": "Balai RW dibuka untuk membaca setiap sore; buku masih dikumpulkan.",
    "health": "Puskesmas datang ke posyandu minggu depan.",
    "work": "Pelatihan dibuka dua bulan lagi; pengumumannya di papan kelurahan.",
    "safety": "Atap pos ronda diperbaiki warga dengan bahan dari kelurahan.",
    "toilet": "Pompa sudah diganti; air mengalir lagi.",
}
SCORES = {
    "urgency": (4, "Musim hujan mulai bulan depan."),
    "seriousness": (4, "Air masuk sebelas rumah, dua anak sakit kulit."),
    "growth": (3, "Dinding saluran retak makin panjang sejak tahun lalu."),
    "people": (3, "Dihitung 140 orang di tiga RT."),
    "poverty": (4, "Dua puluh dari tiga puluh keluarga di data keluarga miskin."),
    "hazard": (4, "Tergenang tiap tahun menurut catatan RW."),
    "distance": (2, "Saluran induk 300 m dari sini."),
}
OTHER_SCORES = {
    "urgency": (2, "Masih bisa memutar lewat jalan lain."),
    "seriousness": (2, "Becek setiap hujan, tidak masuk rumah."),
    "people": (2, "Sekitar 60 orang lewat setiap hari."),
    "poverty": (3, "Separuh warga gang ini keluarga miskin."),
}


@dataclass
class Ear:
    """One ward in which every turn of listening is taken, each on its day before today."""

    ward: Region
    spots: list[Region]  # its RTs
    cast: Cast
    office: Account  # the secretariat of the city
    today: date
    offered: dict[str, Category] = field(init=False)

    def __post_init__(self) -> None:
        self.offered = {one.key: one for one in categories_of(self.ward.path, self.today)}

    def ago(self, days: int) -> Clock:
        """So many days before today; on the Friday before when that is a weekend."""
        on = self.today - timedelta(days=days)
        return Clock.on(on - timedelta(days=max(0, on.weekday() - FRIDAY)), self.ward.zone)

    def hear(
        self, past: int, key: str, text: str, *, spot: int = 0, contact: Contact | None = None, scene: str = "",
        **extra: str,
    ) -> Voice:  # fmt: skip
        """A resident speaks `past` days before today, with what the category asks besides."""
        photos = [picture(scene, 0)] if scene else []
        return needs.give_voice(
            by=None, at=self.ago(past).now, text=text, region=self.spots[spot], category=self.offered[key], extra=extra,
            contact=contact, photos=photos,
        )  # fmt: skip

    def resident(self, name: str, days: int) -> Contact:
        return contacts.reach(kind=ContactKind.EMAIL, address=f"{name}@example.com", at=self.ago(days).now)

    def ready(self) -> None:
        for key, title, text in READY:
            ready_answers.write_ready_answer(
                by=self.office, at=self.ago(60).now, city=Region.objects.get(path=self.ward.city_path), title=title,
                text=text, category=self.offered.get(key),
            )  # fmt: skip

    def thread(self) -> Voice:
        """A question, its answer, and what the office then says to everybody."""
        teller = self.resident("warga-satu", 9)
        voice = self.hear(
            9, "drain", "Selokan di samping warung mampet, airnya naik ke jalan setiap hujan.", contact=teller,
            scene="drain", depth="ankle", inside="no",
        )  # fmt: skip
        contacts.confirm(teller, at=self.ago(9).after())
        by, clock = self.cast.facilitator, self.ago(7)
        needs.write_message(
            by=by, at=clock.now, voice=voice, text="Warung yang mana, dan sejak kapan airnya naik?", asks=True
        )
        needs.write_message(
            by=None,
            at=clock.after(hours=3),
            voice=voice,
            text="Warung di ujung gang, sejak ada galian pipa bulan lalu.",
        )
        needs.write_message(
            by=by, at=clock.after(hours=4), voice=voice, photos=[picture("drain", 50)], is_public=True,
            text="Sudah kami lihat: bekas galian menutup selokan. Hari Sabtu dibersihkan bersama warga.",
        )  # fmt: skip
        return voice

    def clock(self) -> None:
        """One deadline waits with its reason; one was missed and goes up the tree."""
        lamp = self.hear(4, "light", "Tiga lampu di jalan menuju sekolah mati.", spot=3, scene="lamp", lamps="3")
        needs.pause_clock(
            by=self.cast.facilitator, at=self.ago(2).now, voice=lamp, reason=PauseReason.OTHER_OFFICE,
            words="Jadwal penggantian lampu ditunggu dari dinas.",
        )  # fmt: skip
        self.hear(14, "road", "Jembatan kecil ke sawah tinggal dua papan.", spot=3, passable="foot")

    def merged(self) -> Voice:
        first = self.hear(3, "waste", "Sampah di pinggir lapangan sudah lima hari tidak diangkut.", spot=3, days="5")
        again = self.hear(2, "waste", "Tumpukan sampah dekat lapangan bau sekali, blm diangkut jg.", spot=3, days="6")
        needs.merge_voice(by=self.cast.facilitator, at=self.ago(1).now, voice=again, into=first)
        return first

    def moderated(self) -> None:
        """One hidden with its reason; one reported, which waits for whoever decides."""
        noise = self.hear(3, "community", "DIJUAL kasur bekas, masih bagus, bisa antar!", spot=0)
        moderation.hide(by=self.cast.facilitator, at=self.ago(2).now, voice=noise, reason=HideReason.SPAM)
        told = self.hear(3, "safety", "Anak kos di rumah cat hijau ribut tiap malam, usir saja.", spot=3)
        moderation.report(
            by=None, at=self.ago(1).now, voice=told, reason=HideReason.PERSON,
            words="Semua tahu rumah siapa yang dimaksud.",
        )  # fmt: skip

    def case(self, inspector: Account) -> None:
        """A voice about a person, read by the two who were named and by nobody else."""
        voice = self.hear(8, "conduct", "Petugas loket minta uang tambahan untuk surat pengantar.")
        for number, (by, account) in enumerate(((self.office, inspector), (inspector, self.office))):
            cases.name_member(by=by, at=self.ago(7).after(hours=number), voice=voice, account=account)

    def solved(self) -> None:
        """Asked whether it is solved, one resident says yes, and another no: that voice is open again."""
        for spot, text, said, words in (
            (0, "Jalan di depan pos ronda berlubang.", Solved.YES, ""),
            (3, "Aspal di tikungan masjid terkelupas.", Solved.NO, "Baru disiram air, lubangnya masih ada."),
        ):
            voice = self.hear(13, "road", text, spot=spot, passable="yes")
            needs.answer_voice(
                by=self.cast.head, at=self.ago(10).now, voice=voice, answer="Sudah ditambal kerja bakti hari Minggu."
            )
            needs.say_solved(by=None, at=self.ago(2).now, voice=voice, answer=said, words=words)

    def meeting(self) -> None:
        common: dict[str, Any] = {
            "by": self.cast.facilitator, "at": self.ago(2).now, "ward": self.ward, "held_on": self.ago(3).now.date(),
            "file": io.BytesIO(HEARD_AT_MEETING.encode()), "good_rows": False,
        }  # fmt: skip
        needs.take_list(**common, tried=needs.try_list(**common).sha256)

    def doors(self) -> None:
        """From door to door this quarter, as far as it has come; the other RTs still wait to be heard."""
        first, _last = quarter_of(self.today)
        knocks = (
            (10, 3, VisitResult.HEARD, (Group.ELDERLY, Group.WOMEN), "Nenek di rumah ujung tidak bisa ke puskesmas."),
            (11, 3, VisitResult.NOBODY, (), ""),
            (12, 2, VisitResult.HEARD, (Group.DISABLED,), "Kursi roda tidak bisa lewat, mulut gang terlalu sempit."),
            (13, 2, VisitResult.NOTHING, (Group.POOR,), ""),
        )  # fmt: skip
        for spot, days, result, groups, heard in knocks:
            clock, rt = self.ago(days), self.spots[spot]
            if clock.now.date() < first:
                continue
            if heard:
                needs.record_voice(
                    by=self.cast.facilitator, at=clock.now, text=heard, region=rt, behalf=Behalf.VISIT,
                    category=self.offered["health" if spot == 10 else "road"],
                )  # fmt: skip
            needs.record_visit(
                by=self.cast.facilitator, at=clock.after(), region=rt, day=clock.now.date(), result=result,
                groups=groups,
            )  # fmt: skip

    def followers(self, voice: Voice) -> None:
        """A neighbour follows a voice, somebody the ward, and somebody one category in it."""
        at = self.ago(3).now
        following.follow_voice(contact=self.resident("warga-dua", 3), voice=voice, is_speaker=False, at=at)
        following.follow_place(contact=self.resident("warga-tiga", 3), place=self.ward, at=at)
        following.follow_place(
            contact=self.resident("warga-empat", 3), place=self.ward, category=self.offered["drain"], at=at
        )
        for name in ("warga-dua", "warga-tiga", "warga-empat"):
            contacts.confirm(self.resident(name, 3), at=self.ago(3).after())

    def weighed(self) -> Need:
        """Two needs about water side by side: one weighed whole and photographed twice from one point, one in part."""
        need = self._need(
            "Saluran di belakang SD meluap", ("Air dari selokan masuk kelas setiap hujan deras.",
                                              "Rumah saya kemasukan air dari selokan belakang SD."),
            "Dinding saluran retak sepanjang 25 meter; bekas air setinggi lutut di sebelas rumah.", 140,
            viewpoint="Dari jembatan kecil, menghadap gerbang SD", heading=75,
        )  # fmt: skip
        needs.take_view(
            by=self.cast.facilitator, at=self.ago(2).now, need=need, photo=picture("drain", 50),
            taken_on=self.ago(2).now.date(), viewpoint=need.viewpoints.get(),
        )  # fmt: skip
        needs.score_need(by=self.cast.facilitator, at=self.ago(2).after(), need=need, scores=SCORES)
        other = self._need(
            "Selokan gang buntu di RT sebelah", ("Selokan gang kami tidak ada ujungnya, becek terus.",),
            "Selokan berhenti di tembok; genangan tipis selebar gang.", 60,
        )  # fmt: skip
        needs.score_need(by=self.cast.facilitator, at=self.ago(2).after(hours=2), need=other, scores=OTHER_SCORES)
        return need

    def _need(self, title: str, texts: tuple[str, ...], finding: str, people: int, **point: str | int) -> Need:
        voices = [self.hear(20, "drain", text, spot=6, scene="drain", depth="knee", inside="yes") for text in texts]
        by, drains = self.cast.facilitator, self.offered["drain"].menu_item
        need = needs.gather_voices(
            by=by, at=self.ago(18).now, voices=voices, title=title, summary=texts[0], menu_item=drains
        )
        return needs.verify_need(
            by=by, at=self.ago(16).now, need=need, finding=finding, people_affected=people,
            photos=[picture("drain", 0)], **point,
        )  # fmt: skip


def build(
    ward: Region, spots: list[Region], cast: Cast, *, office: Account, inspector: Account, today: date, say: Say
) -> None:
    """Every turn of listening in one ward."""
    ear = Ear(ward, spots, cast, office, today)
    ear.ready()
    voice = ear.thread()
    ear.clock()
    ear.merged()
    ear.moderated()
    ear.case(inspector)
    ear.solved()
    ear.meeting()
    ear.doors()
    ear.followers(voice)
    ear.weighed()
    say(f"mendengar di {ward.label}; tanda terima satu warga: {giver_path(voice)}")


def answered(office: Account, today: date) -> None:
    """Two of three voices that wait elsewhere get an answer after some days; what nobody answered goes up the tree."""
    old = Clock.on(today - timedelta(days=15)).now
    waiting = Voice.objects.filter(state=VoiceState.HEARD, category__key__in=ANSWERS, heard_at__lt=old)
    for number, voice in enumerate(waiting.select_related("category").order_by("pk")):
        if number % 3 and voice.category:
            at = Clock(voice.heard_at).after(days=1 + number % 9, hours=3)
            needs.answer_voice(by=office, at=at, voice=voice, answer=ANSWERS[voice.category.key])
    escalate_due(min(Clock.on(today).now, timezone.now()))  # a demo made before the offices open
