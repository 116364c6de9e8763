"""What a new installation knows of time: three working days to be routed, five to a first answer, and the days off.

The days follow what SP4N-LAPOR! promises. Days off of 2026 are those of the joint decree of three ministers; of 2027
there is none yet: dates by the sun stand in Keppres 8/2024, those by the moon are reckoned and say so. A city corrects
both on its own page.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from importlib import resources

from pendamping.needs.enums.categories import Step
from pendamping.needs.models import Holiday, StepDays
from pendamping.needs.queries.clock import scope_key

VALID_FROM = date(2018, 1, 1)
LEGAL_BASIS = "Bawaan Pendamping, seperti SP4N-LAPOR!: 3 hari kerja disalurkan, 5 hari kerja jawaban pertama"
DAYS = {Step.ROUTE: 3, Step.ANSWER: 5}


def seed_clock(at: datetime) -> None:
    """Set the days that nobody has set, and the days off of years of which none is known. May run again and again."""
    scope = scope_key(None, None)
    for step, days in DAYS.items():
        if not StepDays.objects.filter(scope=scope, step=step).exists():
            StepDays.objects.create(
                scope=scope, step=step, days=days, legal_basis=LEGAL_BASIS, valid_from=VALID_FROM, created_at=at
            )
    known = {on.year for on in Holiday.objects.filter(city__isnull=True).order_by().values_list("day", flat=True)}
    fresh = [row for row in holidays() if row.day.year not in known]
    Holiday.objects.bulk_create(fresh)


def holidays() -> list[Holiday]:
    """The days off that come with the software, not yet kept."""
    text = resources.files("pendamping.needs").joinpath("data", "holidays.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return [Holiday(day=date.fromisoformat(row["tanggal"]), title=row["nama"], decree=row["dasar"]) for row in rows]
