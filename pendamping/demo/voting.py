"""A meeting of the demo whose money was shared out by a ballot: rules fixed, votes counted, result public."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.urls import reverse

from pendamping.deliberation import papers_results, sealing
from pendamping.deliberation import services as deliberation
from pendamping.deliberation.enums.checks import Aspect, Finding
from pendamping.deliberation.enums.meetings import MeetingKind, Outcome
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.models import Meeting, Poll, Result, Slip, UnitPrice
from pendamping.deliberation.queries.ladder import open_gaps_of
from pendamping.demo.meetings import near_of
from pendamping.demo.people import Cast
from pendamping.demo.road import Clock, Road, Wish
from pendamping.demo.stories import ALLEY, DRAIN, FLOOD, HEALTH_POST, LAMPS, READING, SEWING, WELLS
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region

Say = Callable[[str], object]
CEILING = 150_000_000
# What is put to the vote, what a resident said of it, and which amounts of the unit prices make its cost
PUT: tuple[tuple[Wish, str, Mapping[str, int]], ...] = (
    (
        replace(ALLEY, title="Perbaikan Gang Kenanga RW 005", place="Gang Kenanga, RW 005", cost=48_000_000),
        "Gang Kenanga berlubang, kursi roda ibu saya tidak bisa lewat.",
        {"2.01": 180, "2.02": 18, "2.03": 300, "1.02": 30, "1.01": 50},
    ),
    (
        replace(DRAIN, title="Saluran Gang Cempaka RW 003", place="Gang Cempaka, RW 003", cost=60_000_000),
        "Saluran di Gang Cempaka meluap setiap hujan lebat.",
        {"2.06": 150, "2.04": 60, "1.02": 35, "1.01": 55},
    ),
    (
        replace(
            LAMPS, title="Lampu jalan menuju madrasah RW 004", place="Jalan Madrasah, RW 004", cost=18_000_000,
            volume=Decimal(9),
        ),
        "Jalan ke madrasah gelap sekali, anak-anak pulang mengaji takut.",
        {"2.07": 9, "1.02": 6},
    ),
    (
        replace(SEWING, title="Pelatihan menjahit lanjutan", cost=30_000_000),
        "Ibu-ibu yang sudah bisa menjahit ingin belajar membuat pola.",
        {"3.03": 8, "3.01": 10, "3.02": 120},
    ),
    (
        replace(READING, title="Pojok baca RW 002", place="Balai RW 002", cost=12_000_000),
        "Anak-anak RW 002 belum punya tempat membaca.",
        {"3.04": 150, "2.08": 2},
    ),
    (
        replace(HEALTH_POST, title="Gedung posyandu RW 005", place="Lapangan RW 005"),
        "Posyandu kami masih menumpang di garasi warga.",
        {"2.05": 20, "2.04": 260, "1.02": 150, "1.01": 220, "2.02": 20},
    ),
    (
        replace(WELLS, title="Sumur resapan RW 001", place="Gang Teratai, RW 001", cost=24_000_000, volume=Decimal(12)),
        "Gang Teratai tergenang sampai sore setiap habis hujan.",
        {"2.09": 12, "1.01": 24},
    ),
    (
        replace(FLOOD, title="Pelatihan siaga banjir RW 003", cost=26_000_000),
        "Kami butuh relawan yang tahu harus berbuat apa kalau banjir.",
        {"3.01": 20, "3.02": 240, "3.05": 4},
    ),
)  # fmt: skip
CONDITION = ("2.07", "Harga satu titik lampu di atas standar; dirinci lagi sebelum pekerjaan dimulai.")
# As the tellers wrote them down: the numbers on a ballot, and how many ballots say so
SHEETS = (
    ("1 2 6 × 12\n1 6 × 6\n4 5 7 × 5\n7 8 3 × 4\n3 4 × 7\n1 2 × 8", 1, 0),
    ("1 2 6 × 9\n1 6 × 9\n1 2 3 6 × 10\n4 5 × 9\n3 4 8 × 9", 0, 1),
    ("1 2 6 × 9\n4 5 7 × 6\n3 5 7 × 7\n7 8 3 × 5\n5 4 × 6\n8 7 × 6", 0, 0),
)
MISREAD = "1 2 6 × 9\n4 5 7 × 6\n3 5 7 × 7\n7 8 3 × 5\n5 4 × 5\n8 7 × 6"  # of the last sheet, by the second teller
BY_PHONE = ((4, (1, 2, 6)), (3, (1, 6)), (2, (1, 2, 3, 6)), (3, (4, 5, 7)), (2, (3, 4, 8)), (3, (3, 5, 7)),
            (3, (3, 7, 8)), (2, (4, 5)), (2, (3, 4)))  # fmt: skip


def build(ward: Region, spots: Sequence[Region], people: Cast, *, today: date, say: Say) -> Result:
    """Called, checked, announced, voted, counted, decided and closed a few days ago; `spots` are the ward's RTs."""
    on = today - timedelta(days=4)
    proposals = _proposals(ward, spots, people, on)
    meeting = deliberation.call_meeting(
        by=people.facilitator, at=_hour(ward, on, -9 * 24), region=ward, kind=MeetingKind.DEVELOPMENT,
        title=f"Musyawarah dengan pemungutan suara {ward.label}", fiscal_year=proposals[0].fiscal_year, held_on=on,
        starts_at=time(9, 0), place=f"Aula Kantor {ward.label}", chair_office="Lurah",
        agenda="1. Pembukaan\n2. Paparan usulan\n3. Pemungutan suara\n4. Penghitungan dan putusan\n5. Penutup",
    )  # fmt: skip
    deliberation.put_proposals(
        by=people.facilitator, at=_hour(ward, on, -8 * 24), meeting=meeting, proposals=proposals
    )  # fmt: skip
    poll = _announced(meeting, people, proposals, _hour(ward, on, -5 * 24))
    _vote(meeting, people, poll, _hour(ward, on, 9))
    result = _counted(people, poll, _hour(ward, on, 11))
    _closed(meeting, people, result, _hour(ward, on, 12))
    page = reverse("deliberation:public_result", args=[meeting.code, result.number])
    say(f"pemungutan suara yang sudah dihitung, hasilnya dapat dihitung ulang: {page}")
    return result


def _proposals(ward: Region, spots: Sequence[Region], people: Cast, on: date) -> list[Proposal]:
    """Heard, seen on site, written, and checked against the unit prices of the city."""
    made = []
    for number, (wish, words, amounts) in enumerate(PUT):
        road = Road(ward, people, on.year, Clock.on(on - timedelta(days=50 - number)))
        near = near_of(wish, spots, number * 2)
        need = road.voices_to_need([words, f"{words} Tetangga saya bilang begitu juga."], wish, near)
        road.verify(need, wish, "Dilihat bersama ketua RT; keadaannya seperti yang disampaikan warga.")
        proposal = road.check(road.propose(need, wish))
        technical_check(proposal, people, amounts, road.clock)
        made.append(proposal)
    return made


def technical_check(proposal: Proposal, people: Cast, amounts: Mapping[str, int], clock: Clock) -> None:
    """Looked at by the ward's secretary: menu, cost by the unit prices, land, and what is there already."""
    by = people.secretary
    check = deliberation.begin_check(by=by, at=clock.after(days=1), proposal=proposal)
    for code, quantity in amounts.items():
        item = UnitPrice.objects.get(prices=check.prices, item_code=code)
        deliberation.add_line(
            by=by, at=clock.after(), proposal=proposal, item=item, code=code, quantity=Decimal(quantity)
        )  # fmt: skip
    item_code, why = CONDITION
    is_off = item_code in amounts
    said = {
        Aspect.MENU: (Finding.FIT, "Kegiatan ada dalam menu tahun anggaran ini."),
        Aspect.COST: (Finding.CONDITION, why) if is_off else (Finding.FIT, "Sesuai standar harga satuan kota."),
        Aspect.LAND: (Finding.FIT, "Lahan milik kota atau tidak diperlukan."),
        Aspect.DUPLICATE: (Finding.FIT, "Belum pernah dikerjakan di tempat ini."),
    }
    for aspect, (finding, reason) in said.items():
        deliberation.judge_aspect(
            by=by, at=clock.after(), proposal=proposal, aspect=aspect, finding=finding, reason=reason
        )  # fmt: skip
    words = "Layak dengan syarat: rincian harga dilengkapi." if is_off else "Layak; biaya dapat dipertanggungjawabkan."
    deliberation.publish_check(by=by, at=clock.after(), proposal=proposal, reason=words)


def _announced(meeting: Meeting, people: Cast, proposals: Sequence[Proposal], at: datetime) -> Poll:
    """The rule, the money and the lot stand five days before the first vote."""
    poll = deliberation.prepare_poll(
        by=people.facilitator, at=at, meeting=meeting, title=f"Kegiatan {meeting.region.label} {meeting.fiscal_year}",
        kind="approval", basis="planned", proposals=proposals, channels=["paper", "hall"], ceiling=CEILING, least=2,
    )  # fmt: skip
    poll = deliberation.announce_poll(by=people.head, at=at, poll=poll)
    slips = sum(count for count, _numbers in BY_PHONE)
    return deliberation.make_slips(by=people.facilitator, at=at, poll=poll, count=slips + 6)


def _vote(meeting: Meeting, people: Cast, poll: Poll, at: datetime) -> None:
    deliberation.count_attendance(
        by=people.facilitator, at=at, meeting=meeting, women=84, men=76, youth=31, elderly=22, poor=40, disabled=4,
        rt_rw=17, lpm=3, pkk=12,
    )  # fmt: skip
    poll = deliberation.open_poll(by=people.head, at=at + timedelta(minutes=60), poll=poll)
    slips = iter(Slip.objects.filter(poll=poll).order_by("number"))
    for count, numbers in BY_PHONE:
        for _ballot in range(count):
            deliberation.cast_ballot(
                at=at + timedelta(minutes=75), poll=poll, code=sealing.slip_code(next(slips).uid), op=uuid.uuid4(),
                picks=tuple((number, 1) for number in numbers), is_sure=True,
            )  # fmt: skip
    deliberation.end_poll(by=people.head, at=at + timedelta(minutes=100), poll=poll)


def _counted(people: Cast, poll: Poll, at: datetime) -> Result:
    """Count sheets entered by two people; where they differ the chair looks at the paper again."""
    for number, (lines, blank, spoiled) in enumerate(SHEETS, start=1):
        sheet = deliberation.add_sheet(by=people.secretary, at=at, poll=poll)
        is_last = number == len(SHEETS)
        for by, entered in ((people.secretary, lines), (people.facilitator, MISREAD if is_last else lines)):
            deliberation.enter_sheet(by=by, at=at, sheet=sheet, lines=entered, blank=blank, spoiled=spoiled)
        if is_last:
            deliberation.settle_sheet(
                by=people.head, at=at + timedelta(minutes=10), sheet=sheet, lines=lines, blank=blank, spoiled=spoiled,
                reason="Lembar dihitung ulang di depan para saksi; pilihan 4 dan 5 ada enam suara.",
            )  # fmt: skip
    poll = deliberation.count_poll(by=people.head, at=at + timedelta(minutes=20), poll=poll)
    result = deliberation.run_result(by=people.head, at=at + timedelta(minutes=22), poll=poll)
    papers_results.issue_annex(result, at=at + timedelta(minutes=22))
    return result


def _closed(meeting: Meeting, people: Cast, result: Result, at: datetime) -> None:
    deliberation.show_on_screen(by=people.facilitator, at=at, meeting=meeting, view=ScreenView.RESULT)
    deliberation.decide_from_result(by=people.head, at=at, result=result, unfunded=Outcome.DEFERRED)
    for gap in open_gaps_of(meeting):
        deliberation.waive(
            by=people.head, at=at, meeting=meeting, requirement=gap.requirement, ground="other",
            reason="Warga sepakat musyawarah tetap dilanjutkan.",
        )  # fmt: skip
    done = deliberation.close_meeting(
        by=people.head, at=at + timedelta(minutes=30), meeting=meeting,
        notes="Pemungutan suara berjalan tertib; penghitungan disaksikan wakil tiap RW.",
    )  # fmt: skip
    deliberation.issue_minutes(meeting=done, at=at + timedelta(minutes=30))
    papers_results.issue_priority_list(done, at=at + timedelta(minutes=31))


def _hour(place: Region, on: date, hours: int) -> datetime:
    """So many hours after the first minute of a day; earlier ones are below zero."""
    return datetime.combine(on, time(0, 0), ZoneInfo(place.zone)) + timedelta(hours=hours)
