"""The demo's appointments: a decree, an inauguration, places, contracts, one successor, a code that is signed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pendamping.access.models import Account
from pendamping.demo.people import PASSWORD, hold, sign_in
from pendamping.facilitators.enums.appointments import DecreeKind
from pendamping.facilitators.enums.rounds import PostKind, SelectionOutcome
from pendamping.facilitators.ethics_text import seed_code
from pendamping.facilitators.models import Appointment, Assignment, Attendee, Decree, Standing
from pendamping.facilitators.queries.appointments import candidates, reserves_for
from pendamping.facilitators.services import (
    appointments,
    assignments,
    ceremonies,
    contracts,
    decrees,
    duty_handovers,
    ethics_cases,
    ethics_code,
)
from pendamping.regions import queries as regions
from pendamping.regions.models import Region

OATH = "Demi Tuhan, saya bersumpah akan menjalankan tugas pendamping dengan jujur dan adil. (teks contoh)"


@dataclass(frozen=True)
class Term:
    """The days of the demo's term: this year's."""

    first: date
    last: date
    at: datetime  # the instant of every act here


def build(city: Region, people: Account, today: date, say: Callable[[str], object]) -> None:
    """Appoint whoever was selected, or fictional people where there was no round; `people` is the secretariat."""
    boss = people
    term = Term(date(today.year, 1, 1), date(today.year, 12, 31), _noon(today))
    decree = _decree(city, boss, term, "821/DEMO-1", DecreeKind.APPOINTMENT)
    for standing in candidates(city.path, SelectionOutcome.CHOSEN):
        appointments.appoint(by=boss, at=term.at, decree=decree, standing=standing, unit=_unit(standing))
    if not Appointment.objects.filter(decree=decree).exists():
        for number, ward in enumerate(regions.wards(city.path)[:3], start=1):
            account = sign_in(f"pendamping-{number}", f"Pendamping Contoh {number}")
            _appoint(decree, boss, term, account, ward)
    made = list(Appointment.objects.filter(decree=decree, ended_on=None).order_by("id"))
    for number, one in enumerate(made, start=1):
        _signs_in(one.account, f"pendamping-{number}")
    say(f"{len(made)} pendamping diangkat dengan {decree.number}")
    _inaugurate(decree, boss, term, made)
    for number, one in enumerate(made, start=1):
        contracts.sign_contract(
            by=boss, at=term.at, appointment=one, fiscal_year=today.year, number=f"K-{number}/DEMO",
            signed_on=term.first, starts_on=one.starts_on, ends_on=one.ends_on, monthly=2_500_000,
        )  # fmt: skip
    _sign(made[:-1], term)
    if len(made) > 1:
        _succeed(city, boss, term, made[-1], today)
        _report(city, term, made[0])
    say("pelantikan, kontrak, kode etik, dan satu penggantian antarwaktu")


def _decree(city: Region, boss: Account, term: Term, number: str, kind: str) -> Decree:
    return decrees.record_decree(
        by=boss, at=term.at, region=city, kind=kind, number=number, dated_on=min(term.first, term.at.date()),
        signatory="Wali Kota", about="Tenaga pendamping kelurahan (contoh)", starts_on=term.first, ends_on=term.last,
    )  # fmt: skip


def _appoint(decree: Decree, boss: Account, term: Term, account: Account, ward: Region) -> Appointment:
    return appointments.appoint(
        by=boss, at=term.at, decree=decree, account=account, kind=PostKind.WARD_FACILITATOR, unit=ward
    )


def _unit(standing: Standing) -> Region | None:
    """The first ward of an area, if possible one that nobody serves yet; a post for one place names its own."""
    post = standing.application.post
    if post.kind != PostKind.WARD_FACILITATOR or post.region.level == "ward":
        return None
    wards = regions.below(post.region.path, "ward")
    return wards.exclude(pk__in=Assignment.objects.values("region")).first() or wards.first()


def _signs_in(account: Account, username: str) -> Account:
    """Whoever was selected signs in by a name that is told, as the rest of the demo does."""
    account.username = username
    account.set_password(PASSWORD)
    account.save(update_fields=["username", "password"])
    return account


def _inaugurate(decree: Decree, boss: Account, term: Term, people: list[Appointment]) -> None:
    if not people:
        return
    called = ceremonies.call_ceremony(
        by=boss, at=term.at, decree=decree, title="Pelantikan pendamping kelurahan", place="Balai Kota (contoh)",
        held_on=term.at.date(), starts_at=time(9, 0),
    )  # fmt: skip
    *by_code, last = Attendee.objects.filter(ceremony=called).order_by("id")
    for one in by_code:
        ceremonies.check_in(by=boss, at=term.at, ceremony=called, ticket=one.ticket)
    ceremonies.tick_by_hand(by=boss, at=term.at, attendee=last, note="Ponsel tertinggal")
    ceremonies.record_oath(
        by=boss, at=term.at, ceremony=called, version="Teks contoh", text=OATH, read_by="Sekretaris Daerah",
        witnesses="Camat, Inspektur",
    )  # fmt: skip


def _sign(people: Iterable[Appointment], term: Term) -> None:
    version = seed_code(term.at)
    for one in people:
        ethics_code.sign_code(by=one.account, at=term.at, appointment=one, ethics_code=version)


def _succeed(city: Region, boss: Account, term: Term, leaving: Appointment, today: date) -> None:
    """Somebody leaves; the first of the reserve list, or somebody fictional, serves out the term."""
    places = [one.region for one in leaving.assignments.select_related("region").order_by("id")]
    appointments.end_appointment(
        by=boss, at=term.at, appointment=leaving, ended_on=today, reason="Mengundurkan diri (contoh)"
    )
    reserve = next(iter(reserves_for(leaving, term.at)), None)
    account = None if reserve else sign_in("pengganti", "Pengganti Contoh")
    decree = _decree(city, boss, term, "821/DEMO-2", DecreeKind.REPLACEMENT)
    made = appointments.replace(
        by=boss, at=term.at, leaving=leaving, decree=decree, reason="Mengundurkan diri (contoh)", standing=reserve,
        account=account, unit=places[0] if places else None, starts_on=today + timedelta(days=1),
    )  # fmt: skip
    for extra in places[1:]:
        assignments.assign(
            by=boss, at=term.at, appointment=made, region=extra, starts_on=made.starts_on, ends_on=made.ends_on
        )
    _signs_in(made.account, "pengganti")
    duty_handovers.take_over(by=made.account, at=term.at, appointment=made, missing="Kunci balai RW belum diserahkan")


def _report(city: Region, term: Term, about: Appointment) -> None:
    """A report that waits for its panel; three people hold the office."""
    for number in (1, 2, 3):
        hold(sign_in(f"majelis-{number}", f"Majelis Contoh {number}"), "ethics_panel", city, term.at)
    ethics_cases.report_breach(
        by=None, at=term.at, city=city, text="Laporan contoh: datang terlambat ke musyawarah.", about=about
    )


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12, 0), ZoneInfo("Asia/Jakarta"))
