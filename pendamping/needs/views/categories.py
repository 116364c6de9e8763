"""What voices can be about, as the city sets it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.needs.forms.categories import CategoryForm
from pendamping.needs.models import Category
from pendamping.needs.queries.categories import categories_of
from pendamping.needs.services import categories as services
from pendamping.regions.models import Level, Region


def _city(request: HttpRequest) -> Region:
    """The city whose listening this person manages."""
    cities = Region.objects.filter(level=Level.CITY).order_by("path")
    found: Region | None = request.scope.narrow(cities, Verb.LISTENING_MANAGE).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


@page(Verb.LISTENING_MANAGE)
def categories(request: HttpRequest) -> HttpResponse:
    """What residents of the city choose from today."""
    city = _city(request)
    acts = [Act(_("Add a category"), reverse("needs:category_add"), kind="primary")]
    if request.scope.can(Verb.IMPORT_RUN, city):  # type: ignore[attr-defined]
        acts.append(Act(_("Take in a list as a file"), reverse("registry:files")))
    offered = categories_of(city.path, day(timezone.now())).prefetch_related("questions")
    return render_page(request, "needs/categories.html", {"city": city, "categories": offered, "acts": acts})


@page(Verb.LISTENING_MANAGE)
def category_add(request: HttpRequest) -> HttpResponse:
    """A category of the city's own."""
    return _category(request, _city(request), None)


@page(Verb.LISTENING_MANAGE)
def category(request: HttpRequest, key: str) -> HttpResponse:
    """Another version of a category for this city, or its end (`?act=end`)."""
    city = _city(request)
    found = categories_of(city.path, day(timezone.now())).prefetch_related("questions").filter(key=key).first()
    if found is None:
        raise Http404
    if request.method == "POST" and request.GET.get("act") == "end":
        return _ended(request, city, key)
    return _category(request, city, found)


def _category(request: HttpRequest, city: Region, found: Category | None) -> HttpResponse:
    form = CategoryForm(request.POST if request.method == "POST" else None, found=found)
    if request.method == "POST" and form.is_valid():
        key = found.key if found else form.cleaned_data["key"]
        facts: dict[str, Any] = {"city": city, "key": key, **form.facts()}
        by = request.scope.account  # type: ignore[attr-defined]
        if form.attempt(services.set_category, by=by, at=timezone.now(), **facts) is not None:
            messages.success(
                request, _("The category is set. Voices given before stay in the version they were given in.")
            )
            return redirect("needs:categories")
    here = Link(str(found) if found else _("Add a category"))
    end = Act(
        _("Offer it no longer"), "?act=end", post=True, kind="danger", confirm=_("Offer this category no longer?")
    )
    context = {
        "form": form, "title": here.label, "places": [Link(_("Categories"), reverse("needs:categories")), here],
        "acts": [end] if found else [],
    }  # fmt: skip
    return render_page(request, "needs/category.html", context, status=422 if form.errors else 200)


def _ended(request: HttpRequest, city: Region, key: str) -> HttpResponse:
    try:
        by = request.scope.account  # type: ignore[attr-defined]
        services.end_category(by=by, at=timezone.now(), city=city, key=key)
        messages.success(request, _("From tomorrow on it is no longer offered."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("needs:categories")
