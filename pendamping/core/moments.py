"""Days and months in the zone of the site; instants are kept in UTC."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone


def day(at: datetime) -> date:
    """The calendar day of an instant in the site's zone."""
    return timezone.localtime(at).date()


def noon_of(on: date | None) -> datetime | None:
    """Noon of an earlier day, for what was only dated; None for today, whose moment is known."""
    if on is None or on == timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(on, time(12)))


def period(at: datetime | date) -> int:
    """The month of an instant as yyyymm in the site's zone: what counters are kept by."""
    on = day(at) if isinstance(at, datetime) else at
    return on.year * 100 + on.month


def fiscal_year(at: datetime | date) -> int:
    """The budget year (id: tahun anggaran): the calendar year."""
    return period(at) // 100
