"""How many working days a step has, and which days do not count: set by the city."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Model

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.needs.enums.categories import Step
from pendamping.needs.enums.clock import Reason
from pendamping.needs.models import Category, Holiday, StepDays
from pendamping.needs.queries.clock import scope_key
from pendamping.needs.rules import clock as rules
from pendamping.needs.services import clock
from pendamping.regions.models import Region

TITLE_MOST, BASIS_MOST = 120, 160


@act("needs.days_set")
def set_days(
    *, by: Account, at: datetime, city: Region, step: Step, days: int, legal_basis: str, valid_from: date,
    category: Category | None = None,
) -> StepDays:  # fmt: skip
    """Give a step so many working days from a day on (id: menetapkan tenggat), for one category or for all.

    Deadlines that run already keep theirs. Refuses a day that is over, and a second number for the same day. Needs
    listening.manage in the city.
    """
    scope = scope_key(city, category)
    is_there = StepDays.objects.filter(scope=scope, step=step, valid_from=valid_from).exists()
    rules.may_set_days(valid_from=valid_from, today=day(at), is_there=is_there).or_raise()
    made = StepDays.objects.create(
        city=city, category=category, scope=scope, step=step, days=days, legal_basis=mask_to(legal_basis, BASIS_MOST),
        valid_from=valid_from, created_at=at,
    )  # fmt: skip
    changes = {
        "step": str(step), "days": days, "category": category.key if category else "", "valid_from": valid_from,
        "legal_basis": made.legal_basis,
    }  # fmt: skip
    _told("needs.days_set", made, city, by=by, at=at, changes=changes)
    return made


@act("needs.holiday_added")
def add_holiday(*, by: Account | None, at: datetime, city: Region, day: date, title: str, decree: str) -> Holiday:
    """A day on which no working day counts in this city (id: menambah hari libur): what is due then or after it is due
    later. Refuses one on the list already."""
    if (
        Holiday.objects.filter(day=day, city__isnull=True).exists()
        or Holiday.objects.filter(day=day, city=city).exists()
    ):
        raise Refused(Reason.HOLIDAY_TWICE, field="day")
    made = Holiday.objects.create(
        day=day, city=city, title=mask_to(title, TITLE_MOST), decree=mask_to(decree, BASIS_MOST)
    )
    clock.spare(day, city)
    changes = {"day": day, "title": made.title, "legal_basis": made.decree}
    _told("needs.holiday_added", made, city, by=by, at=at, changes=changes)
    return made


@act("needs.holiday_removed")
def remove_holiday(*, by: Account, at: datetime, city: Region, holiday: Holiday) -> Region:
    """A day off was moved or is none (id: menghapus hari libur), of this city or of the nation; deadlines set from now
    on count it. Refuses a day that is over: deadlines were counted with it."""
    holiday = Holiday.objects.select_for_update().get(pk=holiday.pk)
    rules.may_remove_holiday(on=holiday.day, today=day(at)).or_raise()
    _told("needs.holiday_removed", city, city, by=by, at=at, changes={"day": holiday.day, "title": holiday.title})
    holiday.delete()
    return city


def _told(
    verb: str, subject: Model, city: Region, *, by: Account | None, at: datetime, changes: dict[str, Any]
) -> None:
    office = office_of(by, Verb.LISTENING_MANAGE, city, at) if by is not None else None
    journal.record(verb, subject=subject, region=city.path, by=by, at=at, office=office, changes=changes)
