"""Where the city sets the working days of each step and the days off."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.errors import Refused
from pendamping.core.languages import in_language
from pendamping.core.moments import day
from pendamping.needs.forms.days import DaysForm, HolidayForm
from pendamping.needs.models import Category, Holiday, StepDays
from pendamping.needs.services import days as services
from pendamping.regions.models import Region


def city_of(request: HttpRequest) -> Region:
    """The city whose listening this person manages."""
    paths = request.scope.paths(Verb.LISTENING_MANAGE)  # type: ignore[attr-defined]
    return get_object_or_404(Region, path=paths[0] if paths else "")


def categories_of(city: Region, on: date) -> Any:
    """The categories in use there: its own and everybody's."""
    in_use = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return Category.objects.filter(Q(city__isnull=True) | Q(city=city), in_use, valid_from__lte=on)


@page(Verb.LISTENING_MANAGE)
def deadlines(request: HttpRequest) -> HttpResponse:
    """The days in force and to come; a form sets new ones."""
    city, today = city_of(request), day(timezone.now())
    posted = request.POST if request.method == "POST" else None
    form = DaysForm(posted, categories=categories_of(city, today), initial={"valid_from": today})
    if posted is not None and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        at = timezone.now()
        if form.attempt(services.set_days, by=request.scope.account, at=at, city=city, **facts):  # type: ignore[attr-defined]
            messages.success(request, _("Set. Voices from that day on have these days."))
            return redirect("needs:deadlines")
    found = StepDays.objects.filter(Q(city__isnull=True) | Q(city=city)).select_related("category")
    rows = [_shown(one, today) for one in found.order_by("step", "category", "-valid_from", "-id")]
    context = {"form": form, "rows": rows}
    return render_page(request, "needs/deadlines.html", context, status=422 if posted else 200)


def _shown(one: StepDays, today: date) -> dict[str, Any]:
    about = in_language(one.category.title, get_language() or "id") if one.category else _("All categories")
    return {
        "title": f"{one.get_step_display()}: {about}", "days": one.days, "begins": one.valid_from,
        "is_to_come": one.valid_from > today, "basis": one.legal_basis,
    }  # fmt: skip


@page(Verb.LISTENING_MANAGE)
def holidays(request: HttpRequest) -> HttpResponse:
    """The days off to come and those of this year that are over; a form adds one, a press takes one to come away."""
    city, today = city_of(request), day(timezone.now())
    if request.method == "POST" and request.GET.get("act") == "remove":
        return _removed(request, city)
    posted = request.POST if request.method == "POST" else None
    form = HolidayForm(posted)
    if posted is not None and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        at = timezone.now()
        if form.attempt(services.add_holiday, by=request.scope.account, at=at, city=city, **facts):  # type: ignore[attr-defined]
            messages.success(request, _("Added. What is due on this day or after it is due later."))
            return redirect("needs:holidays")
    found = Holiday.objects.filter(Q(city__isnull=True) | Q(city=city), day__gte=date(today.year, 1, 1))
    rows = list(found.order_by("day"))
    context = {
        "form": form, "ahead": [one for one in rows if one.day > today],
        "past": [(formats.day(one.day, "hari"), one) for one in rows if one.day <= today],
        "files": reverse("registry:files"), "may_import": request.scope.can(Verb.IMPORT_RUN, city),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render_page(request, "needs/holidays.html", context, status=422 if posted else 200)


def _removed(request: HttpRequest, city: Region) -> HttpResponse:
    wanted = request.POST.get("holiday", "")
    if not wanted.isdecimal():
        raise Http404
    mine = Holiday.objects.filter(Q(city__isnull=True) | Q(city=city))
    holiday = get_object_or_404(mine, pk=int(wanted[:18]))
    try:
        by = request.scope.account  # type: ignore[attr-defined]
        services.remove_holiday(by=by, at=timezone.now(), city=city, holiday=holiday)
        messages.success(request, _("Taken off the list."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("needs:holidays")
