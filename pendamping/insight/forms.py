"""Which place and which time the figures are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pendamping.core import formats

_PERIOD = re.compile(r"^20\d\d(0[1-9]|1[0-2])?$")


@dataclass(frozen=True)
class Span:
    """A stretch of months (id: rentang waktu); `value` is how it stands in the address."""

    value: str
    label: str
    since: int
    until: int


def spans(today: date) -> list[Span]:
    """The choices: this month, the fiscal year, the one before, everything."""
    this_month = today.year * 100 + today.month
    last = this_month - 1 if today.month > 1 else (today.year - 1) * 100 + 12
    return [
        Span(
            str(today.year),
            _("Fiscal year %(year)s") % {"year": today.year},
            today.year * 100 + 1,
            today.year * 100 + 12,
        ),
        Span(
            str(this_month),
            _("This month (%(month)s)") % {"month": formats.day(today, "bulan")},
            this_month,
            this_month,
        ),
        Span(str(last), _("Last month"), last, last),
        _year(today.year - 1),
        Span("semua", _("All the time"), 0, 999999),
    ]


def span_of(asked: Mapping[str, str], today: date) -> Span:
    """The span asked for; the fiscal year when nothing sensible is asked."""
    value = asked.get("masa", "")
    known = {span.value: span for span in spans(today)}
    if value in known:
        return known[value]
    if _PERIOD.match(value):
        return _year(int(value)) if len(value) == 4 else Span(value, f"{value[4:]}/{value[:4]}", int(value), int(value))
    return known[str(today.year)]


def _year(year: int) -> Span:
    return Span(str(year), _("Fiscal year %(year)s") % {"year": year}, year * 100 + 1, year * 100 + 12)
