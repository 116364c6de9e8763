"""Records: facts, rows, tables, photos, papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pendamping.core.components.checks import render
from pendamping.core.pieces import Column, Photo
from pendamping.core.trace import Trace

register = template.Library()


@register.simple_block_tag
def facts(content: str, columns: int = 1) -> SafeString:
    """A list of facts; put `fact` inside."""
    return format_html('<dl class="facts facts-{}">{}</dl>', columns, content)


@register.inclusion_tag("ui/fact.html")
def fact(label: str, value: Any = "", href: str = "", note: str = "") -> dict[str, Any]:
    """One fact; an unknown value shows as a dash."""
    return {**locals(), "value": "–" if value is None or value == "" else value}


@register.simple_block_tag
def rows(content: str, foot_label: str = "", foot_value: str = "", label: str = "") -> SafeString:
    """A list readable at arm's length, with its sum at the foot; put `row` inside."""
    return render("rows", content=content, foot_label=foot_label, foot_value=foot_value, label=label)


@register.inclusion_tag("ui/row.html")
def row(
    title: str,
    href: str = "",
    meta: str = "",
    note: str = "",
    badge: str = "",
    state: str = "neutral",
    at: Trace | str = "",
    amount: str = "",
    due: date | datetime | None = None,
    late: bool = False,
    photo: str = "",
) -> dict[str, Any]:
    """One record in `rows`."""
    return locals()


@register.inclusion_tag("ui/table.html")
def table(
    columns: Sequence[Column | str], rows: Sequence[Sequence[Any]], caption: str, foot: Sequence[Any] = ()
) -> dict[str, Any]:
    """A table with a caption; cells are texts or `Cell`s; the first column names the row."""
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    lines = [list(zip(heads, line, strict=True)) for line in rows]
    return {
        "heads": heads,
        "lines": lines,
        "caption": caption,
        "foot": list(zip(heads, foot, strict=True)) if foot else [],
    }


@register.inclusion_tag("ui/photo.html")
def photo(
    src: str = "", alt: str = "", caption: str = "", on: date | datetime | None = None, href: str = "", label: str = ""
) -> dict[str, Any]:
    """A photo with its caption and day; an empty `src` says that there is none."""
    return {"photo": Photo(src, alt, caption, on, href), "label": label}


@register.inclusion_tag("ui/photo_pair.html")
def photo_pair(before: Photo, after: Photo) -> dict[str, Any]:
    """The same place before and after."""
    return locals()


@register.inclusion_tag("ui/qr.html")
def qr(url: str, label: str = "", code: str = "") -> dict[str, Any]:
    """A QR code with the address below it in words."""
    svg = segno.make(url, micro=False, error="m").svg_inline(
        scale=4, border=2, dark="#000", light="#fff", omitsize=True
    )
    return {"svg": mark_safe(svg), "url": url, "label": label, "code": code}


@register.inclusion_tag("ui/share.html")
def share(url: str, title: str = "", label: str = "") -> dict[str, Any]:
    """An address to copy, and a button that shares it; `label` says whose it is when it is not this page's."""
    return {"url": url, "title": title, "label": label or _("Address of this page")}


@register.inclusion_tag("ui/file_card.html")
def file_card(
    name: str, href: str, kind: str = "", size: int | None = None, on: date | datetime | None = None
) -> dict[str, Any]:
    """A document to open, with its kind and size."""
    return locals()


@register.inclusion_tag("ui/tags.html")
def tags(items: Sequence[Any], label: str = "") -> dict[str, Any]:
    """Themes and other words: texts, or label and url each."""
    return locals()
