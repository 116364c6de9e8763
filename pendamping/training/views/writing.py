"""What the pages of the curriculum share: who may, where they stand, a page with one form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.access.pages import render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.core.languages import in_language
from pendamping.core.pieces import Link
from pendamping.regions.models import Level, Region
from pendamping.training.models import Course, CourseVersion, Module
from pendamping.training.queries import curriculum as queries

RIGHT = Verb.TRAINING_MANAGE


@dataclass(frozen=True)
class Ask:
    """What a page with one form says."""

    title: str
    submit: str
    back: str
    said: str
    kicker: str = ""
    lead: str = ""
    places: list[Link] = field(default_factory=list)


def told(words: dict[str, str]) -> str:
    """Words in the reader's language."""
    return in_language(words, get_language() or "id")


def address(name: str, *args: Any) -> str:
    return reverse(f"training:{name}", args=args)


def cities(request: HttpRequest) -> QuerySet[Region]:
    """The cities whose training this person manages."""
    found = Region.objects.filter(level=Level.CITY).order_by("path")
    return request.scope.narrow(found, RIGHT)  # type: ignore[attr-defined,no-any-return]


def course_of(request: HttpRequest, code: str) -> Course:
    found: Course = request.scope.get_or_404(queries.courses(), RIGHT, code=code)  # type: ignore[attr-defined]
    return found


def version_of(request: HttpRequest, code: str, number: int) -> CourseVersion:
    found = queries.versions(course_of(request, code)).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def module_of(request: HttpRequest, code: str, number: int, key: str) -> Module:
    version = version_of(request, code, number)
    found = next((one for one in queries.modules(version) if one.key == key), None)
    if found is None:
        raise Http404
    found.version = version
    return found


def trail(*here: Course | CourseVersion | Module | str) -> list[Link]:
    """Where a page stands, from the list of courses down."""
    found = [Link(_("Courses"), address("courses"))]
    for one in here:
        if isinstance(one, Course):
            found.append(Link(told(one.title), address("course", one.code)))
        elif isinstance(one, CourseVersion):
            name = _("Version %(number)d") % {"number": one.number}
            found += [*trail(one.course)[1:], Link(name, version_address(one))]
        elif isinstance(one, Module):
            found += [*trail(one.version)[1:], Link(told(one.title), module_address(one))]
        else:
            found.append(Link(one))
    return found


def version_address(version: CourseVersion, name: str = "version", *more: Any) -> str:
    return address(name, version.course.code, version.number, *more)


def module_address(module: Module, name: str = "module", *more: Any) -> str:
    return version_address(module.version, name, module.key, *more)


def form_page(
    request: HttpRequest, form: ActForm, ask: Ask, service: Callable[..., Any], facts: Callable[[], dict[str, Any]],
    then: Callable[[Any], str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a form; sent and right, do the act and go on, or back."""
    if request.method == "POST" and form.is_valid():
        done = form.attempt(service, by=request.scope.account, at=timezone.now(), **facts())  # type: ignore[attr-defined]
        if done is not None:
            messages.success(request, ask.said)
            return redirect(then(done) if then else ask.back)
    return render_page(request, "training/curriculum_form.html", {"form": form, "ask": ask})


def done(request: HttpRequest, act: Callable[..., Any], said: str, back: str, **facts: Any) -> HttpResponse:
    """Do an act that asks nothing more, and go back; a refusal is told there."""
    try:
        act(by=request.scope.account, at=timezone.now(), **facts)  # type: ignore[attr-defined]
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        if said:
            messages.success(request, said)
    return redirect(back)
