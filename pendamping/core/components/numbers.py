"""Numbers: one, many, and how a whole is divided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template

from pendamping.core import drawings, formats, money
from pendamping.core.components.checks import one_of
from pendamping.core.pieces import Part

register = template.Library()


@register.inclusion_tag("ui/stat.html")
def stat(
    number: str,
    noun: str,
    href: str = "",
    on: date | datetime | None = None,
    note: str = "",
    series: Sequence[Any] = (),
) -> dict[str, Any]:
    """One number with its noun, the records behind it and its day."""
    return locals()


@register.inclusion_tag("ui/sparkline.html")
def sparkline(values: Sequence[Any], label: str) -> dict[str, Any]:
    """How a number went, from zero; `label` says it in words."""
    points = drawings.sparkline(values)
    return {"label": label, "points": " ".join(f"{x},{y}" for x, y in points), "last": points[-1] if points else None}


@register.inclusion_tag("ui/share_bar.html")
def share_bar(parts: Sequence[Part], caption: str, unit: str = "rupiah") -> dict[str, Any]:
    """How a whole is divided: bar, words and a table in one; `unit` is "rupiah" or a unit such as "m"."""
    spans = drawings.stretches([part.amount for part in parts])
    shown = [money.rupiah(part.amount) if unit == "rupiah" else formats.volume(part.amount, unit) for part in parts]
    whole = sum(part.amount for part in parts)
    total = money.rupiah(whole) if unit == "rupiah" else formats.volume(whole, unit)
    lines = [(part.label, text, span) for part, text, span in zip(parts, shown, spans, strict=True)]
    return {"lines": lines, "caption": caption, "total": total}


@register.inclusion_tag("ui/meter.html")
def meter(
    value: Any, whole: Any, label: str, text: str = "", tone: str = "action", planned: Any = None
) -> dict[str, Any]:
    """How much of a whole is there; `planned` marks where it should be by now."""
    one_of(tone, ("action", "waiting", "done", "stopped"), "tone of meter")
    text = text or formats.percent(value / whole if whole else None)
    mark = None if planned is None else drawings.filled(planned, whole)
    return {"full": drawings.filled(value, whole), "label": label, "text": text, "tone": tone, "mark": mark}
