"""The public question after a work is finished, and the working page that shows whom it reaches."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, public_page, render_page
from pendamping.access.throttle import allow, client_address
from pendamping.access.verbs import Verb
from pendamping.benefits import devices, forms, queries, rules, services
from pendamping.benefits.enums import Reason
from pendamping.core.codes import read_code
from pendamping.core.errors import OperationMismatch, Refused
from pendamping.core.pieces import Column, Link
from pendamping.delivery.pictures import shown
from pendamping.delivery.queries import pair_of
from pendamping.planning.models import Project

ANSWERS_PER_HOUR = 30  # of one address: many phones of a village share one
HOUR = 3600


@public_page(max_age=0, methods=("GET", "POST"))
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Anyone says whether a finished work helps, once per device. Reading the page sets no cookie."""
    project = get_object_or_404(queries.projects(), code=read_code(code) or code)
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        refused = _too_many(request)
        if refused is None:
            answered = _answer(request, project, form)
            if answered is not None:
                return answered
        else:
            form.add_error(None, refused.message)
            return _confirm_page(request, project, form, status=429)
    return _confirm_page(request, project, form, status=422 if form.errors else 200)


def _too_many(request: HttpRequest) -> Refused | None:
    address = client_address(request)
    wait = allow(f"benefits:{address}", limit=ANSWERS_PER_HOUR, seconds=HOUR, at=timezone.now())
    return None if wait is None else Refused(Reason.TOO_MANY, minutes=-(-wait // 60))


def _answer(request: HttpRequest, project: Project, form: forms.ConfirmForm) -> HttpResponse | None:
    facts = form.cleaned_data
    token = devices.token_of(request, fresh=facts["op"])
    try:
        services.confirm_benefit(
            project=project,
            answer=facts["answer"],
            words=facts["words"],
            device=devices.device_hash(token, project),
            by=None,
            at=timezone.now(),
            op=facts["op"],
        )
    except OperationMismatch:  # the same form sent twice with two answers: the first one counts
        return _thanks_page(request, project, already=True)
    except Refused as refusal:
        if refusal.reason == Reason.ALREADY_ANSWERED:
            return _thanks_page(request, project, already=True)
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None
    response = redirect("benefits:thanks", code=project.code)
    devices.remember(response, token)
    return response


def _confirm_page(request: HttpRequest, project: Project, form: forms.ConfirmForm, status: int) -> HttpResponse:
    before, after = pair_of(project)
    context = {
        "project": project,
        "form": form,
        "refusal": rules.may_ask(project_state=project.state).message,
        "before": shown(before, _("Before the work: %(title)s") % {"title": project.title}),
        "after": shown(after, _("After the work: %(title)s") % {"title": project.title}),
        "has_photos": before is not None or after is not None,
    }
    return render_page(request, "benefits/confirm.html", context, status=status)


@public_page(max_age=60)
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """After an answer: thanks, and what the neighbours said so far."""
    return _thanks_page(request, get_object_or_404(queries.projects(), code=read_code(code) or code))


def _thanks_page(request: HttpRequest, project: Project, *, already: bool = False) -> HttpResponse:
    context = {"project": project, "tally": queries.tally(project), "already": already, "least": rules.SHOWN_FROM}
    return render_page(request, "benefits/thanks.html", context)


@page(Verb.RECORD_SEE)
@require_GET
def reach(request: HttpRequest, code: str) -> HttpResponse:
    """Planned beside reached, what residents say, and the code to hang up where they pass."""
    project = request.scope.get_or_404(queries.projects(), Verb.RECORD_SEE, code=code)
    return _reach_page(request, project, forms.ReachForm())


@page(Verb.BENEFIT_COUNT)
@require_POST
def count(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the count of the people reached."""
    project = request.scope.get_or_404(queries.projects(), Verb.BENEFIT_COUNT, code=code)
    form = forms.ReachForm(request.POST)
    if form.is_valid():
        made = form.attempt(services.count_reach, by=request.user, at=timezone.now(), project=project, **form.facts())
        if made is not None:
            messages.success(request, _("Counted. Everyone can now see planned and reached side by side."))
            return redirect("benefits:reach", code=code)
    return _reach_page(request, project, form)


def _reach_page(request: HttpRequest, project: Project, form: forms.ReachForm) -> HttpResponse:
    people = queries.planned_and_reached(project)
    verdict = rules.may_count(project_state=project.state, counted=people.reach is not None)
    counts = request.scope.can(Verb.BENEFIT_COUNT, project)
    words = {name: str(field.label) for name, field in form.fields.items() if name in queries.GROUPS}
    context: dict[str, Any] = {
        "project": project,
        "places": [Link(project.title, reverse("planning:project", args=[project.code])), Link(_("Benefit"))],
        "people": people,
        "columns": [Column(_("Group")), Column(_("Planned"), True), Column(_("Reached"), True)],
        "lines": [[words[group.name], group.planned, _dash(group.reached)] for group in people.groups.values()],
        "tally": queries.tally(project),
        "said": list(queries.words_about(project)[:25]),
        "asks": bool(rules.may_ask(project_state=project.state)),
        "address": f"{settings.SITE_URL.rstrip('/')}{reverse('benefits:confirm', args=[project.code])}",
        "form": form if counts and (verdict or form.errors) else None,
        "refusal": verdict.message if counts and people.reach is None else "",
    }
    return render_page(request, "benefits/reach.html", context, status=422 if form.errors else 200)


def _dash(count: int | None) -> str:
    return "–" if count is None else str(count)
