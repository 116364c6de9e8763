"""Keeping the tree of places right: find one, see what is known of it, correct, recode, name, add below, close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.pieces import Act
from pendamping.regions import queries, rules, services
from pendamping.regions.models import Region
from pendamping.registry import forms
from pendamping.registry.office import acting

MOST = 50
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@page(Verb.REGION_MANAGE)
def places(request: HttpRequest) -> HttpResponse:
    """The places I keep; with words, those that bear them."""
    words, scope = request.GET.get("q", "").strip()[:80], request.scope
    found = [region for path in scope.paths(Verb.REGION_MANAGE) for region in _found(words, path)][:MOST]
    return render_page(request, "registry/places.html", {"places": found, "words": words})


def _found(words: str, path: str) -> list[Region]:
    if not words:
        return list(Region.objects.filter(path=path).select_related("parent"))
    digits = rules.path_of_code(words)
    coded = queries.coded(digits) if len(digits) in services.LEVELS else None
    if coded is not None:
        return [coded] if coded.path.startswith(path) else []
    return queries.search(words, under=path, most=MOST)


@require_safe
@page(Verb.REGION_MANAGE)
def place(request: HttpRequest, path: str) -> HttpResponse:
    """What is known of a place, what lies below it, and what may be done."""
    here = _place(request, path)
    context = {
        "place": here,
        "above": queries.ancestors(here.path)[:-1],
        "codes": here.codes.order_by("scheme", "-valid_from", "code"),
        "aliases": here.aliases.order_by("name"),
        "followers": queries.successors_of(here),
        "below": Region.objects.filter(parent=here).order_by("path"),
        "acts": _acts(here) if request.scope.viewer is None else [],
    }
    return render_page(request, "registry/place.html", context)


@form_page
@page(Verb.REGION_MANAGE)
def correct(request: HttpRequest, path: str) -> HttpResponse:
    """Correct the facts of a place."""
    here = _place(request, path)
    form = forms.CorrectForm(_sent(request), place=here)
    return _attempt(request, here, form, services.correct, _("Correct %(name)s"), _("Save"))


@form_page
@page(Verb.REGION_MANAGE)
def alias(request: HttpRequest, path: str) -> HttpResponse:
    """Keep another name of a place."""
    here = _place(request, path)
    return _attempt(
        request, here, forms.AliasForm(_sent(request)), services.add_alias, _("Another name of %(name)s"), _("Save")
    )


@form_page
@page(Verb.REGION_MANAGE)
def recode(request: HttpRequest, path: str) -> HttpResponse:
    """Give a place its new official code."""
    here = _place(request, path)
    return _attempt(
        request, here, forms.CodeForm(_sent(request)), services.recode, _("New code for %(name)s"), _("Save")
    )


@form_page
@page(Verb.REGION_MANAGE)
def close(request: HttpRequest, path: str) -> HttpResponse:
    """Close a place that was split, merged or entered by mistake; one that is closed gets the places that follow it."""
    here = _place(request, path)
    places = queries.may_succeed(here)
    if not here.is_open:
        kept = {"successors": [row.successor_id for row in here.followed_by.all()]}
        named = forms.SuccessorsForm(_sent(request), places=places, initial=kept)
        title = _("Places that follow %(name)s")
        return _attempt(request, here, named, services.name_successors, title, _("Save"))
    form, title = forms.CloseForm(_sent(request), places=places), _("Close %(name)s")
    return _attempt(request, here, form, services.close_place, title, _("Close it"), kind="danger")


@form_page
@page(Verb.REGION_MANAGE)
def add_unit(request: HttpRequest, path: str) -> HttpResponse:
    """Add an RW or RT to a ward."""
    here = _place(request, path)
    form, title = forms.UnitForm(_sent(request)), _("Add an RW or RT to %(name)s")
    return _attempt(request, here, form, services.add_unit, title, _("Add"), place="ward")


@form_page
@page(Verb.REGION_MANAGE)
def add_place(request: HttpRequest, path: str) -> HttpResponse:
    """Add a district or ward below a place."""
    here = _place(request, path)
    form, title = forms.PlaceForm(_sent(request)), _("Add a place to %(name)s")
    return _attempt(request, here, form, services.add_place, title, _("Add"), place="parent")


def _place(request: HttpRequest, path: str) -> Region:
    found: Region = request.scope.get_or_404(
        Region.objects.select_related("parent"), Verb.REGION_MANAGE, path=rules.path_of_code(path)
    )
    return found


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _attempt(
    request: HttpRequest, here: Region, form: Any, service: Callable[..., Any], title: str, submit: str,
    *, place: str = "region", kind: str = "primary",
) -> HttpResponse:  # fmt: skip
    title, back = title % {"name": here.label}, reverse("registry:place", args=[here.path])
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        by = acting(request.scope, Verb.REGION_MANAGE, here)
        made = form.attempt(service, by=by, at=timezone.now(), **{place: here}, **facts)
        if made is not None:
            messages.success(request, _("Done: %(title)s") % {"title": title})
            return redirect("registry:place", path=made.path)
    context = {"form": form, "title": title, "submit": submit, "back": back, "kind": kind}
    return render_page(request, "registry/form.html", context, status=422 if form.errors else 200)


def _acts(here: Region) -> list[Act]:
    """What may be done with a place of this level."""
    wanted = [("correct", _("Correct it"), True), ("alias", _("Another name"), True)]
    if here.is_open:
        wanted += [
            ("recode", _("New code"), here.level in rules.DIGITS),
            ("add_place", _("Add a place below"), here.level in ("city", "district")),
            ("add_unit", _("Add an RW or RT"), here.level == "ward"),
            ("close", _("Close it"), here.level != "city"),
        ]
    else:
        wanted.append(("close", _("Places that follow it"), True))
    return [Act(label, reverse(f"registry:{name}", args=[here.path])) for name, label, fits in wanted if fits]
