"""What meetings look like in the demo: one of an RW, one that planned by a matrix, one that runs today."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pendamping.deliberation import services as deliberation
from pendamping.deliberation.enums.checks import Aspect, Finding
from pendamping.deliberation.enums.invitations import Capacity
from pendamping.deliberation.enums.meetings import MeetingKind, Outcome
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.models import AgendaItem, AgendaPoint, Meeting
from pendamping.deliberation.queries import matrices
from pendamping.deliberation.queries.ladder import open_gaps_of
from pendamping.deliberation.rules.points import read_lines
from pendamping.deliberation.services.register import Facts
from pendamping.demo.people import Cast
from pendamping.demo.road import Clock, Road, Wish
from pendamping.demo.stories import ALLEY, DRAIN, LAMPS
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region

Say = Callable[[str], object]
MORNING, NOON, EVENING, NIGHT = time(8), time(13, 30), time(19, 30), time(21)
POINTS = "Pembukaan 10\nPaparan usulan 30\nPenilaian prioritas 30\nPembahasan dan putusan 45\nPenutup 5"
AGENDA = "1. Pembukaan\n2. Paparan usulan\n3. Penilaian prioritas\n4. Pembahasan dan putusan\n5. Penutup"
WISHES = (
    (replace(ALLEY, title="Gang Dahlia RW 001", place="Gang Dahlia, RW 001", cost=22_000_000), "Gang Dahlia becek."),
    (replace(DRAIN, title="Selokan Gang Mawar RW 003", place="Gang Mawar, RW 003", cost=18_000_000), "Selokan buntu."),
    (replace(LAMPS, title="Lampu jalan RW 004", place="Jalan Kemuning, RW 004", cost=12_000_000), "Jalan gelap."),
)
# Which unit price (before.py) a work of the menu is calculated by
CALCULATED = {"A2.01": "4.01", "A1.02": "4.02", "A1.08": "4.03"}
LOOKED = {
    Aspect.MENU: "Kegiatan ada di menu sarana dan prasarana kelurahan.",
    Aspect.COST: "Perkiraan biaya sesuai standar harga satuan kali volumenya.",
    Aspect.LAND: "Lahan jalan lingkungan milik pemerintah.",
    Aspect.DUPLICATE: "Belum pernah dikerjakan; usulan serupa di tempat lain.",
}
SEATS = ("RW 01", "RW 03", "PKK", "Karang Taruna", "LPM")
# Capacity, sex, age group, with a disability, from a poor household, which RT of the ward
CAME = (
    ("rw", "m", "adult", False, False, 0), ("rt", "m", "elderly", False, False, 0),
    ("rt", "f", "adult", False, False, 3), ("pkk", "f", "adult", False, False, 4),
    ("pkk", "f", "adult", False, True, 6), ("youth", "m", "youth", False, False, 6),
    ("youth", "f", "youth", False, False, 7), ("lpm", "m", "adult", False, False, 9),
    ("resident", "f", "elderly", False, True, 9), ("resident", "f", "adult", True, True, 10),
    ("resident", "m", "adult", False, True, 12), ("posyandu", "f", "adult", False, False, 12),
)  # fmt: skip


def build(ward: Region, spots: Sequence[Region], people: Cast, *, today: date, say: Say) -> None:
    """The meetings of one ward; `spots` are its RTs."""
    in_rw(spots[0].parent or ward, people, today - timedelta(days=40))
    planned(ward, spots, people, today - timedelta(days=25))
    meeting = running(ward, spots, people, today)
    way = f"/kerja/musyawarah/{meeting.code}/kendali/"
    say(f"musyawarah hari ini: pimpin sebagai {people.facilitator.username} di {way}")


def _technical(proposals: Sequence[Proposal], people: Cast, at: datetime) -> None:
    """Each proposal calculated by the unit prices, looked at and published with its reason."""
    for proposal in proposals:
        facts: dict[str, Any] = {"by": people.secretary, "at": at, "proposal": proposal}
        check = deliberation.begin_check(**facts)
        code = CALCULATED[proposal.menu_item.code]
        item = check.prices.items.get(item_code=code) if check.prices else None
        deliberation.add_line(**facts, item=item, code=code, quantity=proposal.volume)
        for aspect, reason in LOOKED.items():
            deliberation.judge_aspect(**facts, aspect=aspect, finding=Finding.FIT, reason=reason)
        deliberation.publish_check(**facts, reason="Layak dibahas; biaya wajar dibanding standar harga satuan.")


def in_rw(place: Region, people: Cast, on: date) -> Meeting:
    """Residents of an RW spoke of their needs; no proposal came of it, the course of the evening did."""
    meeting = _called(
        place, people, on, kind=MeetingKind.RW, title=f"Rembug warga {place.label}", year=on.year + 1,
        starts_at=EVENING, hall=f"Balai {place.label}", chair_office=f"Ketua {place.label}",
        agenda="1. Pembukaan\n2. Kebutuhan tiap RT\n3. Lain-lain\n4. Penutup",
    )  # fmt: skip
    at = _hour(place, on, 20)
    deliberation.count_attendance(
        by=people.facilitator, at=at, meeting=meeting, women=14, men=17, youth=6, elderly=5, poor=6, rt_rw=4, pkk=5
    )
    return _close(
        meeting, people, at, "Warga membahas selokan, lampu jalan, dan jadwal posyandu; usulan disusun kemudian."
    )


def planned(ward: Region, spots: Sequence[Region], people: Cast, on: date) -> Meeting:
    """A planning meeting that ranked what stands before it by a matrix, then decided."""
    proposals = _proposals(ward, spots, people, on, "tahap 1")
    meeting = _called(
        ward, people, on, kind=MeetingKind.PLANNING, title=f"Musrenbang {ward.label}", year=proposals[0].fiscal_year
    )
    _technical(proposals, people, _hour(ward, on - timedelta(days=6), 8))
    _put(meeting, people, proposals, _hour(ward, on - timedelta(days=6), 9))
    at = _hour(ward, on, 9)
    _register(meeting, spots, people, at)
    deliberation.count_register(by=people.facilitator, at=at, meeting=meeting)
    _matrix(meeting, people, at, seats=len(SEATS))
    deliberation.close_matrix(by=people.head, at=at + timedelta(hours=1), meeting=meeting)
    outcomes = ((Outcome.FUNDED, 22_000_000), (Outcome.FUNDED, 18_000_000), (Outcome.DEFERRED, None))
    for item, (outcome, amount) in zip(AgendaItem.objects.filter(meeting=meeting), outcomes, strict=True):
        deliberation.decide(
            by=people.head, at=at + timedelta(hours=2), item=item, outcome=outcome, amount=amount,
            reason="Menurut urutan matriks prioritas, disepakati peserta.",
        )  # fmt: skip
    return _close(meeting, people, at + timedelta(hours=3), "Penilaian dilakukan per kursi; urutannya disepakati.")


def running(ward: Region, spots: Sequence[Region], people: Cast, today: date) -> Meeting:
    """A meeting in its second point: some have come, the matrix is being scored, a proposal is on the screen.

    What happened in it lies in the half hour before the demo is built, so that its clock runs at any hour; it is called
    for the half hour in which it began (or its clock would say how late it is), by night for the nearest of the day.
    """
    proposals = _proposals(ward, spots, people, today, "tahap 2")
    at = _lately(ward, today)
    meeting = _called(
        ward, people, today, kind=MeetingKind.DEVELOPMENT, title=f"Musyawarah hari ini {ward.label}",
        year=proposals[0].fiscal_year, starts_at=called_for(at),
    )  # fmt: skip
    _technical(proposals[:2], people, _hour(ward, today - timedelta(days=6), 8))  # one is still to be checked
    _put(meeting, people, proposals, _hour(ward, today - timedelta(days=6), 9))
    deliberation.set_points(
        by=people.facilitator, at=_hour(ward, today - timedelta(days=5), 9), meeting=meeting, planned=read_lines(POINTS)
    )
    groups = [Capacity.RW, Capacity.LPM, Capacity.PKK, Capacity.YOUTH]
    deliberation.invite(
        by=people.facilitator, at=_hour(ward, today - timedelta(days=5), 10), meeting=meeting, capacities=groups
    )
    _register(meeting, spots, people, at)
    first, second = AgendaPoint.objects.filter(meeting=meeting).select_related("meeting")[:2]
    deliberation.begin_point(by=people.facilitator, at=at, point=first)
    deliberation.begin_point(by=people.facilitator, at=at + timedelta(minutes=12), point=second)
    _matrix(meeting, people, at + timedelta(minutes=14), seats=2)
    item = AgendaItem.objects.filter(meeting=meeting).select_related("proposal").first()
    deliberation.show_on_screen(
        by=people.facilitator, at=at + timedelta(minutes=15), meeting=meeting, view=ScreenView.PROPOSAL, item=item
    )
    return meeting


def called_for(begun: datetime) -> time:
    """The hour for which a meeting is called that began then: its half hour, by night the nearest of the day."""
    return min(max(time(begun.hour, begun.minute // 30 * 30), MORNING), NIGHT)


def hour_beside(ward: Region, today: date) -> time:
    """For another meeting of the ward today: not the hour of the one that runs."""
    return NOON if called_for(_lately(ward, today)) < time(11) else time(9)


def _lately(ward: Region, today: date) -> datetime:
    """A full quarter of an hour of today, long enough ago that nothing of the meeting lies ahead."""
    zone = ZoneInfo(ward.zone)
    begun = datetime.now(zone) - timedelta(minutes=25)
    begun = begun.replace(minute=begun.minute // 15 * 15, second=0, microsecond=0)
    return begun if begun.date() == today else _hour(ward, today, 0)


def _called(
    place: Region, people: Cast, on: date, *, kind: MeetingKind, title: str, year: int, starts_at: time = time(9),
    hall: str = "", chair_office: str = "Lurah", agenda: str = AGENDA,
) -> Meeting:  # fmt: skip
    return deliberation.call_meeting(
        by=people.facilitator, at=_hour(place, on - timedelta(days=7), 9), region=place, kind=kind, title=title,
        fiscal_year=year, held_on=on, starts_at=starts_at, place=hall or f"Aula Kantor {place.label}",
        chair_office=chair_office, agenda=agenda,
    )  # fmt: skip


def _proposals(ward: Region, spots: Sequence[Region], people: Cast, on: date, mark: str) -> list[Proposal]:
    """Heard, seen on site, written and checked in the weeks before."""
    made = []
    for number, (wanted, words) in enumerate(WISHES):
        wish, near = replace(wanted, title=f"{wanted.title}, {mark}"), near_of(wanted, spots, number * 4)
        road = Road(ward, people, on.year, Clock.on(on - timedelta(days=45 - number)))
        need = road.voices_to_need([words, f"{words} Anak-anak lewat sini."], wish, near)
        road.verify(need, wish, "Dilihat bersama ketua RT.")
        made.append(road.check(road.propose(need, wish)))
    return made


def near_of(wish: Wish, spots: Sequence[Region], first: int) -> list[Region]:
    """Where a wish says it lies, or two neighbours from `first` on."""
    return named_in(wish, spots) or [spots[(first + step) % len(spots)] for step in (0, 1)]


def named_in(wish: Wish, spots: Sequence[Region]) -> list[Region]:
    """The RT that a wish names, else two RTs of the RW it names; none where it names neither."""
    named = re.search(r"(?:RT (\d{3}) )?RW (\d{3})", f"{wish.place} {wish.title}")
    if named is None:
        return []
    inside = [one for one in spots if one.parent and one.parent.name == named[2]]
    return [one for one in inside if one.name == named[1]] or inside[:2]


def _put(meeting: Meeting, people: Cast, proposals: Sequence[Proposal], at: datetime) -> None:
    deliberation.put_proposals(by=people.facilitator, at=at, meeting=meeting, proposals=proposals)


def _register(meeting: Meeting, spots: Sequence[Region], people: Cast, at: datetime) -> None:
    for number, (capacity, sex, age, disabled, poor, rt) in enumerate(CAME, start=1):
        facts = Facts(
            sex=sex, age_group=age, is_disabled=disabled, is_poor=poor, capacity=capacity, place=spots[rt % len(spots)],
            name=f"Hadirin {number} (contoh)",
        )  # fmt: skip
        deliberation.add_presence(by=people.facilitator, at=at, meeting=meeting, facts=facts)


def _matrix(meeting: Meeting, people: Cast, at: datetime, *, seats: int) -> None:
    """Criteria of the city, fixed by the chair; so many of the seats have scored."""
    deliberation.begin_matrix(by=people.facilitator, at=at, meeting=meeting)
    matrix = deliberation.freeze_matrix(by=people.head, at=at, meeting=meeting)
    items, criteria = matrices.items_of(matrix), list(matrix.criteria.all())
    for number, label in enumerate(SEATS):
        seat = deliberation.give_seat(by=people.head, at=at, meeting=meeting, label=label)
        if number >= seats:
            continue
        points: dict[str, Mapping[str, Any]] = {
            item.proposal.code: {one.key: _level(sorted(one.level_words), 4 - place + number % 2) for one in criteria}
            for place, item in enumerate(items)
        }
        deliberation.send_scores(by=None, at=at, seat=seat, points=points)


def _level(levels: Sequence[int], wanted: int) -> int:
    return levels[min(max(wanted - 1, 0), len(levels) - 1)]


def _close(meeting: Meeting, people: Cast, at: datetime, notes: str) -> Meeting:
    for gap in open_gaps_of(meeting):  # a story told faster than the rules of a meeting allow
        deliberation.waive(
            by=people.head, at=at, meeting=meeting, requirement=gap.requirement, ground="other",
            reason="Warga sepakat musyawarah tetap dilanjutkan.",
        )  # fmt: skip
    done = deliberation.close_meeting(by=people.head, at=at, meeting=meeting, notes=notes)
    deliberation.issue_minutes(meeting=done, at=at)
    return done


def _hour(place: Region, on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour, 0), ZoneInfo(place.zone))
