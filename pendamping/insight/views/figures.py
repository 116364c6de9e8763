"""The figures of a place and of the places below it; each leads to its records, all of them can be taken along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.imports import export
from pendamping.core.moments import day
from pendamping.core.money import rupiah
from pendamping.core.pieces import Cell, Column, Link
from pendamping.insight.forms import Span, span_of, spans
from pendamping.insight.measures import MONEY, STAGES, Figure
from pendamping.insight.queries.numbers import Breakdown, Sums, breakdown, residents
from pendamping.regions import queries as regions
from pendamping.regions.models import Region


@require_safe
@page(Verb.FIGURES_SEE)
def figures(request: HttpRequest) -> HttpResponse:
    """By stage, in money and per head, for one place and the level below it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    today = day(timezone.now())
    place, span = _place(request, scope), span_of(request.GET, today)
    found = breakdown(place, since=span.since, until=span.until)
    if request.GET.get("unduh") in ("csv", "xlsx"):
        return _download(found, span, request.GET["unduh"])
    context = {
        "place": place,
        "lead": _("%(time)s, as of %(day)s. Every number leads to its records.")
        % {"time": span.label, "day": formats.day(today)},
        "crumbs": _crumbs(place, scope, span),
        "others": [Link(label, _here(path, span)) for path, label in _tops(scope) if path != place.path],
        "spans": [Link(one.label, _here(place.path, one), current=one.value == span.value) for one in spans(today)],
        "stage_table": _table(found, span, STAGES),
        "money_table": _table(found, span, MONEY),
        "head_table": _head_table(found, span),
        "caption": f"{place.label}, {span.label}",
        "has_any": any(found.whole.cells.values()),
        "csv": _here(place.path, span) + "&unduh=csv",
        "xlsx": _here(place.path, span) + "&unduh=xlsx",
    }
    return render_page(request, "insight/figures.html", context)


def _place(request: HttpRequest, scope: Scope) -> Region:
    """The place asked for if it lies in one's own area, else the first of one's own."""
    tops = [path for path, _label in _tops(scope)]
    asked = request.GET.get("di", tops[0] if tops else "")
    if not any(asked.startswith(top) for top in tops) or len(asked) not in (4, 6, 10):
        raise Http404
    place = Region.objects.filter(path=asked).first()
    if place is None:
        raise Http404
    return place


def _tops(scope: Scope) -> list[tuple[str, str]]:
    """One's own places, cut to the ward: figures are kept by ward."""
    labels = {holding.path[:10]: holding.region_label for holding in scope.holdings}
    return [
        (path, labels.get(path, path)) for path in dict.fromkeys(held[:10] for held in scope.paths(Verb.FIGURES_SEE))
    ]


def _here(path: str, span: Span) -> str:
    return f"{reverse('insight:figures')}?di={path}&masa={span.value}"


def _crumbs(place: Region, scope: Scope, span: Span) -> list[Link]:
    """From the top of one's own area down to here."""
    above = [region for region in regions.ancestors(place.path) if scope.can(Verb.FIGURES_SEE, region.path)]
    return [Link(region.label, _here(region.path, span), current=region.path == place.path) for region in above]


def _table(found: Breakdown, span: Span, shown: Iterable[Figure]) -> dict[str, Any]:
    shown = list(shown)
    columns = [Column(_("Place")), *(Column(str(figure.label), True) for figure in shown)]
    lines = [
        [_down(region, found, span), *(_cell(figure, sums, region.path, span) for figure in shown)]
        for region, sums in found.parts
    ]
    foot = [_("Together"), *(_cell(figure, found.whole, found.place.path, span) for figure in shown)]
    return {"columns": columns, "lines": lines, "foot": foot}


def _down(region: Region, found: Breakdown, span: Span) -> Cell:
    """The name of a place leads one level down; at the ward to its public page."""
    deeper = region.path != found.place.path
    return Cell(region.label, _here(region.path, span) if deeper else reverse("portal:ward", args=[region.path]))


def _cell(figure: Figure, sums: Sums, path: str, span: Span) -> Cell:
    value = sums.of(figure)
    text = rupiah(value) if figure.is_money else formats.number(value)
    return Cell(text, _records(figure, path, span) if value else "")


def _records(figure: Figure, path: str, span: Span) -> str:
    """The list of the records a figure counts."""
    query = f"?wilayah={path}" + "".join(f"&keadaan={state}" for state in figure.states)
    masa = "" if span.since == 0 or not figure.own_month else f"&masa={span.value}"
    return reverse("portal:records", args=[figure.kind]) + query + masa


def _head_table(found: Breakdown, span: Span) -> dict[str, Any]:
    """Per head, so that small and large places can be compared; unknown populations give no figure."""
    columns = [
        Column(_("Place")), Column(_("Residents"), True), Column(_("Voices per 1,000"), True),
        Column(_("Needs verified per 1,000"), True), Column(_("Planned per resident"), True),
        Column(_("Spent per resident"), True),
    ]  # fmt: skip
    people = residents(found)
    lines = [[_down(region, found, span), *_per_head(sums, people[region.path])] for region, sums in found.parts]
    known = [count for count in people.values() if count]
    whole = sum(known) if len(known) == len(found.parts) else None
    return {"columns": columns, "lines": lines, "foot": [_("Together"), *_per_head(found.whole, whole)]}


def _per_head(sums: Sums, people: int | None) -> list[str]:
    if not people:
        return [formats.NONE] * 5
    voices, verified = sums.of(STAGES[0]), sums.of(STAGES[2])
    planned, spent = sums.of(MONEY[1]), sums.of(MONEY[4])
    return [
        formats.number(people),
        formats.number(1000 * voices / people, 1),
        formats.number(1000 * verified / people, 1),
        rupiah(round(planned / people)),
        rupiah(round(spent / people)),
    ]


def _download(found: Breakdown, span: Span, kind: str) -> HttpResponse:
    """The same figures as plain numbers."""
    shown, people = (*STAGES, *MONEY), residents(found)
    rows: list[list[Any]] = [
        [_("Code"), _("Place"), _("Time"), _("Residents"), *(str(figure.label) for figure in shown)]
    ]
    rows += [
        [region.path, region.label, span.label, people[region.path], *(sums.of(figure) for figure in shown)]
        for region, sums in found.parts
    ]
    rows.append(["", _("Together"), span.label, None, *(found.whole.of(figure) for figure in shown)])
    name = f"angka-{found.place.path}-{span.value}"
    if kind == "csv":
        return export.csv_response(rows, name)  # type: ignore[return-value]
    response = HttpResponse(export.xlsx_bytes(rows, sheet=_("Figures")), content_type=export.XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
