"""The public lists with their filters, and the same as feeds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.core import formats
from pendamping.core.codes import read_code
from pendamping.core.moments import day
from pendamping.core.pieces import Link
from pendamping.needs import pointmap
from pendamping.needs.queries import following, search
from pendamping.needs.queries.map import by_ward
from pendamping.portal import feeds
from pendamping.portal.enums import PublicList
from pendamping.portal.queries import lists, places
from pendamping.regions import queries as regions
from pendamping.regions import tilemap
from pendamping.regions.models import Region

_PERIOD = re.compile(r"^20\d\d(0[1-9]|1[0-2])?$")


@public_page()
def records(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind of record, newest first, by place, state and time."""
    known, city = _known(kind), places.site_city()
    if city is None:
        raise Http404
    asked = _asked(request, known, city.path)
    drawn = _map(request, known, asked) if kind == PublicList.VOICES else ""
    page, count = lists.Listed() if drawn else lists.listed(known, asked), lists.counted(known, asked)
    wards = list(regions.wards(city.path))
    context = {
        "kind": PublicList(kind),
        "map": drawn,
        **(_of_voices(request, asked) if kind == PublicList.VOICES else {"is_of_voices": False, "search_label": ""}),
        "tabs": [Link(str(item.label), _kept(request, item), current=item == kind) for item in PublicList],
        "rows": page.rows,
        "count": count,
        "count_text": formats.number(count),
        "wards": wards,
        "other_place": asked.path not in {city.path, *(ward.path for ward in wards)},
        "city": city,
        "here": _named(asked.path),
        "asked": asked,
        "states": known.states.choices if known.states else [],
        "periods": _periods(request.GET.get("masa", "")),
        "period": request.GET.get("masa", ""),
        "older": _with(request, sebelum=page.last) if page.last else "",
        "newest": _with(request, sebelum="") if asked.before else "",
        "feed": _with(request, at=reverse("portal:records_feed", args=[kind]), sebelum=""),
    }
    return render_page(request, "portal/records.html", context)


LOOKS = ("petak", "titik")


def _of_voices(request: HttpRequest, asked: lists.Asked) -> dict[str, Any]:
    """What the list of voices offers beside the others: words, categories, maps."""
    labels = (("", _("List")), ("petak", _("Map of the wards")), ("titik", _("Map of points")))
    look = request.GET.get("tampilan", "")
    return {
        "is_of_voices": True,
        "search_label": _("Words"),
        "look": look if look in LOOKS else "",
        "whole_map": _with(request, kotak="", sebelum=""),
        "categories": following.categories_of(asked.path, get_language() or "id"),
        "looks": [
            Link(label, _with(request, tampilan=name, sebelum="", kotak=""), current=name == look)
            for name, label in labels
        ],
        "follow": f"{reverse('needs:follow')}?{urlencode({'wilayah': asked.path, 'kategori': asked.voices.category})}",
    }


def _map(request: HttpRequest, kind: lists.Kind, asked: lists.Asked) -> SafeString | str | None:
    """The voices of a list as tiles or points instead of rows."""
    look = request.GET.get("tampilan")
    if look not in LOOKS:
        return ""
    if look == "titik":
        everywhere = replace(asked, voices=replace(asked.voices, box=None))
        return pointmap.render(
            lists.filtered(kind, everywhere), box=asked.voices.box, is_public=True,
            closer=lambda box: _with(request, kotak=box, sebelum=""),
            listed=lambda box: _with(request, kotak=box, tampilan="", sebelum=""),
        )  # fmt: skip
    counts = by_ward(lists.filtered(kind, asked))
    wards = list(regions.wards(asked.path[:4]))
    return tilemap.render(
        wards, urls={ward.path: _with(request, wilayah=ward.path, tampilan="") for ward in wards},
        values={ward.path: counts.get(ward.path, 0) for ward in wards}, title=_("Voices by ward"), unit=_("voices"),
    )  # fmt: skip


def _known(kind: str) -> lists.Kind:
    if kind not in lists.KINDS:
        raise Http404
    return lists.KINDS[kind]


def _asked(request: HttpRequest, kind: lists.Kind, city_path: str) -> lists.Asked:
    """What of the address makes sense; the rest counts as not said."""
    path = request.GET.get("wilayah", "")
    inside = path.isdigit() and path.startswith(city_path) and len(path) in (6, 10, 13, 16)
    values = set(kind.states.values) if kind.states else set()
    states = tuple(state for state in request.GET.getlist("keadaan") if state in values)
    period = request.GET.get("masa", "")
    since, until = 0, 999999
    if _PERIOD.match(period):
        since, until = (
            (int(period) * 100 + 1, int(period) * 100 + 12) if len(period) == 4 else (int(period), int(period))
        )
    before = read_code(request.GET.get("sebelum", "")) or ""
    of_voices = search.Asked(
        words=request.GET.get("kata", "").strip()[:100],
        category=request.GET.get("kategori", ""),
        box=search.read_box(request.GET.get("kotak", "")),
    )
    return lists.Asked(path if inside else city_path, states, since, until, before, of_voices)


def _named(path: str) -> Region | None:
    return Region.objects.select_related("parent__parent").filter(path=path).first()


def _with(request: HttpRequest, at: str = "", **changed: str) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{at or request.path}?{query.urlencode()}" if query else at or request.path


def _kept(request: HttpRequest, kind: PublicList) -> str:
    """Another kind of list keeps the place and the time, not the state."""
    kept = {name: request.GET[name] for name in ("wilayah", "masa") if request.GET.get(name)}
    return reverse("portal:records", args=[kind.value]) + (f"?{urlencode(kept)}" if kept else "")


def _periods(chosen: str) -> list[tuple[str, str]]:
    today = day(timezone.now())
    known = [
        (f"{today.year}{today.month:02d}", _("This month")),
        *((str(year), str(year)) for year in range(today.year, today.year - 4, -1)),
    ]
    if _PERIOD.match(chosen) and chosen not in dict(known):
        words = f"{formats.MONTHS[int(chosen[4:])]} {chosen[:4]}" if len(chosen) == 6 else chosen
        known.append((chosen, words))
    return known


@public_page()
def records_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The newest of a list for feed readers."""
    known, city = _known(kind), places.site_city()
    if city is None:
        raise Http404
    page = lists.listed(known, _asked(request, known, city.path))
    items = [
        feeds.Item(row.title, row.href, row.when, row.place, f"{row.code} {row.badge}".strip()) for row in page.rows
    ]
    return feeds.atom(
        title=f"{PublicList(kind).label} · {city.label}", url=reverse("portal:records", args=[kind]), items=items
    )
