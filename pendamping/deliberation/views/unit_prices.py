"""Working pages of unit prices: the lists of a city, one list with its search, a version, an item, the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.imports.export import csv_response
from pendamping.core.moments import fiscal_year
from pendamping.core.pieces import Act, Link
from pendamping.deliberation import services
from pendamping.deliberation.city_scope import city_paths, managed_city, price_list_kept, price_list_seen
from pendamping.deliberation.enums.unit_prices import PriceListState
from pendamping.deliberation.forms.unit_prices import PriceListForm, UnitPriceForm
from pendamping.deliberation.models import PriceList
from pendamping.deliberation.queries import unit_prices as queries
from pendamping.deliberation.rules import unit_prices as rules
from pendamping.deliberation.views.formed import form_page
from pendamping.regions.models import Level, Region

ROWS = 50
TONES = {PriceListState.DRAFT: "waiting", PriceListState.IN_FORCE: "done", PriceListState.REPLACED: "neutral"}


@page(Verb.RECORD_SEE)
@require_safe
def price_lists(request: HttpRequest) -> HttpResponse:
    """The lists of the cities I work in."""
    found = queries.lists_of(city_paths(request.scope))
    can_begin = request.scope.can_anywhere(Verb.RULES_MANAGE)
    acts = [Act(_("Begin a version"), reverse("deliberation:price_list_begin"), kind="primary")] if can_begin else []
    if can_begin:
        acts.append(Act(_("Bounds of technical checks"), reverse("deliberation:check_rules")))
    lists = [(one, TONES[PriceListState(one.state)]) for one in found]
    return render_page(request, "deliberation/price_lists.html", {"lists": lists, "acts": acts})


@page(Verb.RULES_MANAGE)
def price_list_begin(request: HttpRequest) -> HttpResponse:
    """Begin a version of the prices of a year."""
    city = managed_city(request.scope)
    now = timezone.now()
    form = PriceListForm(
        request.POST if request.method == "POST" else None,
        initial={"fiscal_year": fiscal_year(now), "title": _("Unit prices of %(city)s") % {"city": city.label}},
    )
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("fiscal_year", "title", "legal_basis", "copy")}
        made = form.attempt(services.begin_price_list, by=request.scope.account, at=now, city=city, **facts)
        if made is not None:
            messages.success(request, _("The version is begun. Take its prices in from a file, then put it in force."))
            return redirect(_address(made))
    lead = _(
        "Prices of a year rest on a decree. A version that is in force is never changed; a later one takes its place."
    )
    return form_page(
        request, form, title=_("Begin a version"), submit=_("Begin"), back=reverse("deliberation:price_lists"),
        places=_places(), lead=lead,
    )  # fmt: skip


@page(Verb.RECORD_SEE)
@require_safe
def price_list(request: HttpRequest, code: str) -> HttpResponse:
    """One list: search as one types, its items page by page."""
    found = price_list_seen(request.scope, code)
    asked, after = request.GET.get("q", "").strip()[:200], request.GET.get("after", "")
    items = queries.items_found(found, asked)
    if after.isdecimal() and len(after) < 19:
        items = items.filter(pk__gt=int(after))
    shown = list(items[: ROWS + 1])
    more = f"?{urlencode({'q': asked, 'after': shown[ROWS - 1].pk})}" if len(shown) > ROWS else ""
    context = {"prices": found, "items": shown[:ROWS], "more": more, "asked": asked}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "deliberation/_unit_prices.html", context)
    managed = request.scope.can(Verb.RULES_MANAGE, found)
    return render_page(
        request, "deliberation/price_list.html",
        {
            **context, "tone": TONES[PriceListState(found.state)], "acts": _acts(request, found),
            "twice": queries.told_twice(found) if managed else 0, "places": [*_places(), Link(found.code)],
        },
    )  # fmt: skip


def _acts(request: HttpRequest, found: PriceList) -> list[Act]:
    take = Act(_("Take the list along (CSV)"), reverse("deliberation:price_list_file", args=[found.code]), kind="quiet")
    if not request.scope.can(Verb.RULES_MANAGE, found):
        return [take]
    is_draft = rules.is_draft(state=found.state)
    acts = [
        Act(_("Put in force"), reverse("deliberation:price_list_fix", args=[found.code]), post=True, kind="primary",
            refusal=rules.may_fix(state=found.state, items=found.held).message,
            confirm=_("Put these prices in force? They can then not be changed any more.")),
        Act(_("Add an item"), reverse("deliberation:unit_price", args=[found.code]), refusal=is_draft.message),
    ]  # fmt: skip
    if is_draft and request.scope.can(Verb.IMPORT_RUN, found):
        acts.append(Act(_("Take in a list as a file"), reverse("registry:files")))
    return [*acts, take]


@page(Verb.RULES_MANAGE)
def unit_price(request: HttpRequest, code: str) -> HttpResponse:
    """An item by hand."""
    found = price_list_kept(request.scope, code)
    wards = Region.objects.filter(level=Level.WARD, path__startswith=found.region_path, valid_to=None).order_by("path")
    form = UnitPriceForm(request.POST if request.method == "POST" else None, places=wards)
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        by = request.scope.account
        if form.attempt(services.keep_unit_price, by=by, at=timezone.now(), prices=found, **facts) is not None:
            messages.success(request, _("%(code)s is in the list.") % {"code": facts["item_code"]})
            return redirect(_address(found))
    refusal = rules.is_draft(state=found.state).message
    return form_page(
        request, form, title=_("Add an item"), submit=_("Keep the item"), back=_address(found), refusal=refusal,
        places=[*_places(), Link(found.code, _address(found))],
    )  # fmt: skip


@page(Verb.RULES_MANAGE)
@require_POST
def price_list_fix(request: HttpRequest, code: str) -> HttpResponse:
    """Put a list in force."""
    found = price_list_kept(request.scope, code)
    try:
        services.fix_price_list(by=request.scope.account, at=timezone.now(), prices=found)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The prices are in force. New technical checks rest on them."))
    return redirect(_address(found))


@page(Verb.RECORD_SEE)
@require_safe
def price_list_file(request: HttpRequest, code: str) -> HttpResponse:
    """The list as a file, in the columns it can be taken in by."""
    found = price_list_seen(request.scope, code)

    def rows() -> Iterator[list[Any]]:
        yield ["Kode", "Komponen", "Spesifikasi", "Satuan", "Harga", "Kelompok", "Tahun", "Kelurahan", "Kecamatan"]
        items = found.items.select_related("region__parent").order_by("id")
        for one in items.iterator(chunk_size=2000):
            ward, district = (one.region.name, one.region.parent.name) if one.region else ("", "")  # type: ignore[union-attr]
            yield [
                one.item_code, one.name, one.specification, one.unit, one.price, one.kind, found.fiscal_year, ward,
                district,
            ]  # fmt: skip

    return csv_response(rows(), f"harga-satuan-{found.fiscal_year}-v{found.version}")  # type: ignore[return-value]


def _address(found: PriceList) -> str:
    return reverse("deliberation:price_list", args=[found.code])


def _places() -> list[Link]:
    return [Link(_("Unit prices"), reverse("deliberation:price_lists"))]
