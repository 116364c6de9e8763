"""The requirements editor: write them, publish them with registration, change them by a new version with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.pieces import Act
from pendamping.facilitators.enums.rounds import RoundStage
from pendamping.facilitators.enums.selection import Reason
from pendamping.facilitators.forms.rounds import ReasonForm, RequirementForm
from pendamping.facilitators.models import Requirement, RequirementSet, Round
from pendamping.facilitators.queries import rounds as queries
from pendamping.facilitators.services import requirements as services
from pendamping.facilitators.services.defaults import seed_requirements
from pendamping.facilitators.views.rounds import found_round, places

PAGES = "facilitators:round_requirements"


@require_safe
@page(Verb.SELECTION_SEE)
def requirements(request: HttpRequest, code: str) -> HttpResponse:
    """The version being written, if any, and every published one with its reason."""
    found = found_round(request, code, Verb.SELECTION_SEE)
    manages = request.scope.can(Verb.SELECTION_MANAGE, found)  # type: ignore[attr-defined]
    written = queries.set_being_written(found)
    rows = list(written.requirements.order_by("position")) if written else []
    context = {
        "round": found, "places": places(found, _("Requirements")), "written": written,
        "rows": [(one, _address("round_requirement_edit", code, one.position) if manages else "") for one in rows],
        "versions": queries.published_sets(found), "acts": _acts(found, written, rows) if manages else [],
    }  # fmt: skip
    return render_page(request, "facilitators/round_requirements.html", context)


def _acts(found: Round, written: RequirementSet | None, rows: list[Requirement]) -> list[Act]:
    code = found.code
    if written is None:
        refusal = "" if found.stage == RoundStage.OPEN else Refused(Reason.NOT_OPEN_FOR_CHANGE).message
        return [Act(_("Begin a new version"), _address("round_requirement_change", code), refusal=refusal)]
    acts = [Act(_("Add a requirement"), _address("round_requirement_add", code), kind="primary")]
    if not rows:
        acts.append(Act(_("Begin with examples"), _address("round_requirement_examples", code), post=True))
    if found.stage == RoundStage.OPEN:
        question = _("Put this version in force? Applicants see it with its reason.")
        acts += [
            Act(_("Put this version in force"), _address("round_requirement_publish", code), post=True,
                confirm=question),
            Act(_("Give this version up"), _address("round_requirement_drop", code), post=True, kind="quiet",
                confirm=_("Give this version up? What was written in it is deleted.")),
        ]  # fmt: skip
    return acts


@require_POST
@page(Verb.SELECTION_MANAGE)
def examples(request: HttpRequest, code: str) -> HttpResponse:
    """Put the example requirements into an empty version."""
    found = found_round(request, code)

    def seed() -> None:
        written = queries.set_being_written(found)
        if written is not None:
            seed_requirements(
                by=request.scope.account,  # type: ignore[attr-defined]
                at=timezone.now(),
                requirement_set=written,
            )

    return _done(request, code, seed, _("Examples are in. Mend each to the words of your regulation."))


@page(Verb.SELECTION_MANAGE)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a new version, with its reason."""
    found = found_round(request, code)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"round": found, "reason": form.cleaned_data["reason"]}
        if form.attempt(services.begin_change, by=request.user, at=timezone.now(), **facts) is not None:
            messages.success(request, _("A copy is ready to be changed. It is in force once you say so."))
            return redirect(PAGES, code=code)
    return _form_page(request, found, form, _("Begin a new version"))


@require_POST
@page(Verb.SELECTION_MANAGE)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Put the new version in force."""
    found = found_round(request, code)
    return _done(
        request, code, lambda: services.publish_change(by=request.user, at=timezone.now(), round=found),
        _("The new version is in force."),
    )  # fmt: skip


@require_POST
@page(Verb.SELECTION_MANAGE)
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Give the new version up."""
    found = found_round(request, code)
    return _done(
        request, code, lambda: services.drop_change(by=request.user, at=timezone.now(), round=found),
        _("The new version is given up."),
    )  # fmt: skip


@page(Verb.SELECTION_MANAGE)
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Write a requirement."""
    found = found_round(request, code)
    written = queries.set_being_written(found)
    if written is None:
        messages.error(request, Refused(Reason.SET_FROZEN).message)
        return redirect(PAGES, code=code)
    first = {"regulation": found.legal_basis, "article": found.legal_article}
    form = RequirementForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        facts = {"requirement_set": written, **form.facts()}
        if form.attempt(services.add_requirement, by=request.user, at=timezone.now(), **facts) is not None:
            return redirect(PAGES, code=code)
    return _form_page(request, found, form, _("Add a requirement"))


@page(Verb.SELECTION_MANAGE)
def edit(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """Mend a requirement of the version being written."""
    found = found_round(request, code)
    known = _written(found, position)
    first = {name: getattr(known, name) for name in services.FACTS}
    form = RequirementForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        facts = {"requirement": known, **form.facts()}
        if form.attempt(services.edit_requirement, by=request.user, at=timezone.now(), **facts) is not None:
            return redirect(PAGES, code=code)
    href = _address("round_requirement_remove", code, position)
    acts = [Act(_("Take this requirement out"), href, post=True, kind="quiet", confirm=_("Take it out?"))]
    return _form_page(request, found, form, _("Requirement %(number)d") % {"number": position}, acts)


@require_POST
@page(Verb.SELECTION_MANAGE)
def remove(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """Take a requirement out of the version being written."""
    found = found_round(request, code)
    known = _written(found, position)
    return _done(
        request, code, lambda: services.remove_requirement(by=request.user, at=timezone.now(), requirement=known),
        _("The requirement is taken out."),
    )  # fmt: skip


def _written(found: Round, position: int) -> Requirement:
    mine = Requirement.objects.filter(requirement_set__round=found, requirement_set__published_at=None)
    return get_object_or_404(mine.select_related("requirement_set__round"), position=position)


def _done(request: HttpRequest, code: str, work: Callable[[], Any], said: str) -> HttpResponse:
    try:
        work()
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect(PAGES, code=code)


def _form_page(
    request: HttpRequest, found: Round, form: Any, title: str, acts: list[Act] | None = None
) -> HttpResponse:
    context = {
        "form": form, "title": title, "round": found, "acts": acts or [], "places": places(found, title),
        "back": reverse(PAGES, args=[found.code]), "kind": "primary",
    }  # fmt: skip
    return render_page(request, "facilitators/round_form.html", context, status=422 if form.errors else 200)


def _address(name: str, code: str, *more: int) -> str:
    return reverse(f"facilitators:{name}", args=[code, *more])
