"""Numbers, amounts and days as people write them, in the active language."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS_ABBR
from django.utils.translation import get_language

NONE = "–"

Number = int | float | Decimal


def _english() -> bool:
    return (get_language() or "").startswith("en")


def number(value: Number | None, decimals: int = 0) -> str:
    """12345 → "12.345" (in English "12,345"); up to `decimals` places, without idle zeros; None → "–"."""
    if value is None:
        return NONE
    text = f"{value:,.{decimals}f}".replace("-", "−")
    if decimals:
        text = text.rstrip("0").rstrip(".")
    return text if _english() else text.translate({ord(","): ".", ord("."): ","})


def typed(command: str) -> str:
    """A command of ours as somebody types it in the program's folder who did no more than the README says."""
    return f".venv/bin/python -m pendamping {command}"


def volume(value: Number | None, unit: str = "") -> str:
    """Decimal("120.50"), "m" → "120,5 m"; None → "–"."""
    return NONE if value is None else f"{number(value, 3)} {unit}".strip()


def percent(share: Number | None, decimals: int = 0) -> str:
    """A share of one: 0.125 → "13%", with one decimal "12,5%"; None → "–"."""
    return NONE if share is None else f"{number(share * 100, int(decimals))}%"


def day(value: date | datetime | None, shape: str = "") -> str:
    """1 Juli 2025; shapes: "hari" Sel, 1 Juli 2025; "jam" … 10.32 WIB; "bulan" Juli 2025; "singkat" 1 Jul."""
    if value is None:
        return NONE
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    month = f"{MONTHS[value.month]} {value.year}"
    if shape == "bulan":
        return month
    if shape == "singkat":
        return f"{value.day} {str(MONTHS_3[value.month]).capitalize()}"
    text = f"{value.day} {month}"
    if shape in ("hari", "jam"):
        text = f"{WEEKDAYS_ABBR[value.weekday()]}, {text}"
    if shape == "jam" and isinstance(value, datetime):
        text = f"{text} {_clock(value)} {value.tzname() or ''}".rstrip()
    return text


def hour(value: time | None) -> str:
    """time(9) → "09.00 WIB" (in English "09:00 WIB"): an hour of the site's own clock; None → "–"."""
    return NONE if value is None else f"{_clock(value)} {timezone.localtime().tzname() or ''}".rstrip()


def _clock(value: time | datetime) -> str:
    return f"{value.hour:02d}{':' if _english() else '.'}{value.minute:02d}"


def size(bytes_: int | None) -> str:
    """1536000 → "1,5 MB"; None → "–"."""
    if bytes_ is None:
        return NONE
    return f"{number(bytes_ / 1_000_000, 1)} MB" if bytes_ >= 1_000_000 else f"{number(max(1, bytes_ / 1000))} kB"
