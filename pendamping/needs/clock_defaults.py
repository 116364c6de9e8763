"""What a new installation knows of time: three working days to be routed, five to a first answer, and the days off.

The days follow what SP4N-LAPOR! promises. Days off of 2026 are those of the joint decree of three ministers; of 2027
there is none yet: dates by the sun stand in Keppres 8/2024, those by the moon are reckoned and say so, until a release
brings the decree. A city corrects both on its own page.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from importlib import resources

from pendamping.core.models import JournalEntry
from pendamping.core.moments import day
from pendamping.needs.enums.categories import Step
from pendamping.needs.models import Holiday, StepDays
from pendamping.needs.queries.clock import scope_key
from pendamping.needs.services.clock import spare
from pendamping.regions.models import Level, Region

VALID_FROM = date(2018, 1, 1)
LEGAL_BASIS = "Bawaan Pendamping, seperti SP4N-LAPOR!: 3 hari kerja disalurkan, 5 hari kerja jawaban pertama"
DAYS = {Step.ROUTE: 3, Step.ANSWER: 5}


def seed_clock(at: datetime) -> None:
    """Set the days that nobody has set, and the days off as this release knows them. May run again and again."""
    scope = scope_key(None, None)
    for step, days in DAYS.items():
        if not StepDays.objects.filter(scope=scope, step=step).exists():
            StepDays.objects.create(
                scope=scope, step=step, days=days, legal_basis=LEGAL_BASIS, valid_from=VALID_FROM, created_at=at
            )
    _renew_holidays(day(at))


def _renew_holidays(today: date) -> None:
    """The nation's days off become those of this release: reckoned ones give way to a decree. What a city added stays,
    what somebody took off the list stays off it, and of days that are over none is taken away: deadlines were counted
    with them."""
    kept = {one.day: one for one in Holiday.objects.filter(city__isnull=True)}
    told = {one.day: one for one in holidays()}
    removed = JournalEntry.objects.filter(verb="needs.holiday_removed").values_list("changes", flat=True)
    unwanted = {date.fromisoformat(changes["day"]) for changes in removed}
    for on in kept.keys() & told.keys():
        Holiday.objects.filter(pk=kept[on].pk).update(title=told[on].title, decree=told[on].decree)
    Holiday.objects.filter(city__isnull=True, day__in=[on for on in kept if on not in told and on > today]).delete()
    fresh = sorted(told.keys() - kept.keys() - unwanted)
    Holiday.objects.bulk_create(told[on] for on in fresh)
    if fresh and kept:
        for city in Region.objects.filter(level=Level.CITY):
            spare(fresh[0], city)


def holidays() -> list[Holiday]:
    """The days off that come with the software, not yet kept."""
    text = resources.files("pendamping.needs").joinpath("data", "holidays.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return [Holiday(day=date.fromisoformat(row["tanggal"]), title=row["nama"], decree=row["dasar"]) for row in rows]
