"""Fills an empty system with a city where something is happening at every step of the road."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from pendamping.assets.enums import Condition
from pendamping.deliberation.enums.meetings import Outcome
from pendamping.demo import before, listening, meetings, voting
from pendamping.demo.facilitators import (
    appointment,
    evaluation,
    exam,
    logbook,
    months,
    result,
    selection,
    serving,
    training,
)
from pendamping.demo.people import cast_of, city_people, sign_in
from pendamping.demo.road import Clock, Road
from pendamping.demo.stories import LOOSE, STORIES, Story
from pendamping.needs import services as needs
from pendamping.needs.menu import seed_menu
from pendamping.needs.models import Proposal, Voice
from pendamping.needs.queries.categories import categories_of
from pendamping.planning.models import Project
from pendamping.planning.seeds import seed_rules, seed_sub_activities
from pendamping.regions import queries as places
from pendamping.regions import services as regions
from pendamping.regions.models import Region

FULL = ("3278101005", "3278051002", "3278021001")  # Sukajaya (Purbaratu) and two wards more get whole stories
DECIDED = ("deferred", "funded", "prepared", "reported", "half", "confirmed", "handed_over", "fault")
Say = Callable[[str], None]


def reference(code: str, years: tuple[int, ...], at: datetime, *, with_wards: bool = True) -> Region:
    """A city with what its work needs first: places, menu, budget lines, rules."""
    city = regions.add_city(by=None, at=at, code=code, with_wards=with_wards)
    seed_menu(at)
    seed_sub_activities()
    for year in years:
        seed_rules(city, year, at)
    return city


def build(*, today: date, say: Say) -> None:
    """The whole demo; run on a city that already has voices it does nothing."""
    if Voice.objects.exists():
        say("Sudah ada suara di sini; tidak ada yang ditambahkan.")
        return
    start = Clock.on(today - timedelta(days=310)).now
    city = reference("32.78", (today.year - 1, today.year, today.year + 1), start)
    wards = list(places.wards(city.path))
    chosen = [ward for path in FULL for ward in wards if ward.path == path] or wards[:3]
    first = chosen[0]
    city_people(city, Region.objects.get(path=first.path[:6]), start)
    before.build(city, sign_in("perencana", "Rini Contoh"), (today.year - 1, today.year, today.year + 1), start)
    for number, ward in enumerate(chosen):
        say(f"{ward.label} …")
        _ward(ward, today, suffix="" if number == 0 else ward.name.lower().replace(" ", ""), lag=number * 9)
    _loose_voices([ward for ward in wards if ward not in chosen], today)
    _listening(first, today, say)
    spots = list(places.below(first.path, "rt"))
    meetings.build(first, spots, cast_of(first, start), today=today, say=say)
    voting.build(first, spots, cast_of(first, start), today=today, say=say)
    _facilitators(city, today, say)
    say("siap")


def _listening(ward: Region, today: date, say: Say) -> None:
    """Every turn of listening in one ward, answers in the others."""
    spots = list(places.below(ward.path, "rt"))
    people = cast_of(ward, Clock.on(today).now)
    office, inspector = sign_in("sekretariat", "Sinta Contoh"), sign_in("inspektorat", "Iman Contoh")
    listening.build(ward, spots, people, office=office, inspector=inspector, today=today, say=say)
    listening.answered(office, today)


def _facilitators(city: Region, today: date, say: Say) -> None:
    """One round to its final result; those chosen are appointed."""
    selection.build(city, None, today, say)
    office = sign_in("sekretariat", "Sinta Contoh")
    exam.build(
        city, {"secretariat": office, "selection_checker": sign_in("pemeriksa3", "Pemeriksa 3 Contoh")}, today, say
    )
    result.build(city, None, today, say)
    serving.build(city, office, today, say)
    appointment.build(city, office, today, say)
    logbook.build(city, office, today, say)
    months.build(city, office, today, say)
    evaluation.build(city, office, today, say)
    training.build(city, office, today, say)


def _ward(ward: Region, today: date, *, suffix: str, lag: int) -> None:
    """A ward with RW and RT, its people, and the stories of one year."""
    begin = Clock.on(today - timedelta(days=300 - lag))
    spots = [
        regions.add_unit(by=None, at=begin.now, ward=ward, rw=str(rw), rt=str(rt))
        for rw in range(1, 6)
        for rt in (1, 2, 3)
    ]
    road = Road(ward, cast_of(ward, begin.now, suffix), begin.now.year, begin)
    decided = [story for story in STORIES if story.reaches in DECIDED]
    ready: list[tuple[Story, Proposal]] = []
    for number, story in enumerate(STORIES):
        near = meetings.named_in(story.wish, spots) or spots[number * 2 : number * 2 + 3]
        need = road.voices_to_need(list(story.texts), story.wish, near)
        road.verify(need, story.wish, story.finding)
        proposal = road.propose(need, story.wish)
        if story.reaches == "proposal":
            continue
        road.check(proposal)
        if story in decided:
            ready.append((story, proposal))
    meeting = road.meet(
        [proposal for _story, proposal in ready],
        title=f"Musyawarah pembangunan {ward.label} {road.year}",
        agenda="1. Pembukaan\n2. Paparan usulan dan pagu\n3. Pembahasan dan putusan\n4. Penutup",
    )
    road.decide(meeting, {p.pk: _decision(s, p) for s, p in ready}, "Musyawarah berjalan tertib; semua RW hadir.")
    decided_at = road.clock.now
    for story, proposal in ready:
        if _decision(story, proposal)[0] == Outcome.FUNDED:
            _carry(road, story, proposal, Clock(decided_at), today)
    _next_meeting(road, today)


def _decision(story: Story, proposal: Proposal) -> tuple[Outcome, str, int | None]:
    if story.reaches == "deferred":
        return Outcome.DEFERRED, "Pagu tahun ini tidak cukup; diajukan lagi tahun depan.", None
    return Outcome.FUNDED, "Paling banyak warga yang merasakan, lahan siap, biaya wajar.", proposal.estimated_cost


def _carry(road: Road, story: Story, proposal: Proposal, clock: Clock, today: date) -> None:
    """As far as the story goes, never past today."""
    road.clock = clock
    if story.reaches == "funded":
        return
    project: Project = road.plan(proposal, story.wish)
    if story.reaches == "prepared":
        return
    road.approve(project)
    if story.reaches == "reported":
        road.report(project, story.wish, 0, today)
        return
    if story.reaches == "half":
        road.build(project, story.wish, until=50, pays=1)
        return
    project = road.build(project, story.wish)
    answers = [("yes", ""), ("yes", ""), ("yes", ""), ("partly", "Bagian ujung belum rapi."), ("yes", ""), ("yes", "")]
    road.benefit(project, story.wish, answers)
    if story.reaches == "confirmed":
        return
    asset = road.hand_over(project, story.wish)
    if story.reaches == "fault" and road.clock.now.date() + timedelta(days=64) <= today:
        road.inspect(asset, story.wish.scene, Condition.LIGHT_DAMAGE, "Dua paving terangkat di dekat tikungan.")
        road.fault(asset, "Paving di tikungan terangkat, ban sepeda anak saya tersangkut.")


def _next_meeting(road: Road, today: date) -> None:
    """What is decided today: a checked proposal on the agenda of a meeting already called."""
    waiting = list(Proposal.objects.filter(region_path__startswith=road.ward.path, state="checked"))
    road.clock = Clock.on(today - timedelta(days=3))
    if waiting:
        road.meet(
            waiting, title=f"Musyawarah lanjutan {road.ward.label}", agenda="1. Usulan yang tersisa\n2. Lain-lain",
            held_on=today, starts_at=meetings.hour_beside(road.ward, today),
        )  # fmt: skip
    offered = {one.key: one for one in categories_of(road.ward.path, today)}
    for number, (key, text, extra) in enumerate(LOOSE[:4]):
        at = road.clock.after(hours=5 + number)
        needs.give_voice(by=None, at=at, text=text, region=road.ward, category=offered[key], extra=extra)


def _loose_voices(wards: list[Region], today: date) -> None:
    """A voice or two in the other wards, so that the map of the city has tints."""
    offered = {one.key: one for one in categories_of(wards[0].path, today)} if wards else {}
    for number, ward in enumerate(wards):
        for more in range(number % 4):
            key, text, extra = LOOSE[(number + more * 3) % len(LOOSE)]
            at = Clock.on(today - timedelta(days=(number * 5 + more * 11) % 60 + 1)).now
            needs.give_voice(by=None, at=at, text=text, region=ward, category=offered[key], extra=extra)
