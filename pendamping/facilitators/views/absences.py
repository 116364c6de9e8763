"""Absences: one's own, asked for and taken back; those of an area, decided."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Link
from pendamping.facilitators.forms import logbook as forms
from pendamping.facilitators.forms.appointments import ConfirmActForm
from pendamping.facilitators.own import own_page
from pendamping.facilitators.queries import absences as queries
from pendamping.facilitators.rules import absences as rules
from pendamping.facilitators.rules.months import is_above
from pendamping.facilitators.services import absences as services
from pendamping.facilitators.views.appointing import Ask, act_page, attempt, typed

PAGE = 25


@own_page
@require_GET
def my_absences(request: HttpRequest) -> HttpResponse:
    """My absences, the latest first."""
    mine = list(queries.absences().filter(account=_me(request))[:100])
    return render_page(request, "facilitators/my_absences.html", {"absences": mine, "places": _mine_crumbs()})


@own_page
def my_absence_ask(request: HttpRequest) -> HttpResponse:
    """Ask for days away."""
    today = day(timezone.now())
    form = forms.AbsenceForm(request.POST or None, initial={"first_day": today, "last_day": today})
    ask = Ask(
        _("Ask for days away"), _("Ask"), reverse("facilitators:my_absences"), _("Asked. You see the answer here."),
        lead=_("An approved absence explains days without a line."), places=[*_mine_crumbs(), Link(_("Ask"))],
    )  # fmt: skip
    return act_page(request, form, ask, services.ask_absence)


@own_page
def my_absence(request: HttpRequest, code: str) -> HttpResponse:
    """One absence of mine, and taking it back."""
    found = queries.absences().filter(account=_me(request), code=code).first()
    if found is None:
        raise Http404
    form = ConfirmActForm(request.POST if request.method == "POST" else None)
    said = _("Taken back. The reason is forgotten.")
    if attempt(request, form, services.withdraw_absence, lambda: {"absence": found}, said=said):
        return redirect("facilitators:my_absences")
    may = rules.may_withdraw(
        is_own=True, state=found.state, state_label=found.get_state_display(), first=found.first_day,
        today=day(timezone.now()),
    )  # fmt: skip
    context = {
        "absence": found, "kind": found.get_kind_display(), "why": queries.reason_of(found),
        "places": [*_mine_crumbs(), Link(found.code)],
        "withdraw": form if may else None, "refusal": may.message, "is_mine": True,
    }  # fmt: skip
    return render_page(request, "facilitators/absence.html", context, status=422 if form.errors else 200)


@page(Verb.LOG_VERIFY)
@require_GET
def absences(request: HttpRequest) -> HttpResponse:
    """Absences of my area: those that wait for an answer, or all."""
    state = request.GET.get("state", "asked")
    mine = request.scope.narrow(queries.absences().order_by("-id"), Verb.LOG_VERIFY)
    waiting = queries.absences_waiting_for_decider(request.scope.account, day(timezone.now())).order_by("-id")
    found = request.scope.narrow(waiting, Verb.LOG_VERIFY) if state == "asked" else mine
    before = request.GET.get("before", "")
    if before.isdecimal():
        found = found.filter(pk__lt=int(before))
    shown = list(found[: PAGE + 1])
    context = {
        "absences": shown[:PAGE],
        "older": f"?state={state}&before={shown[PAGE - 1].pk}" if len(shown) > PAGE else "",
        "tabs": [Link(_("Waiting"), "?state=asked", state == "asked"), Link(_("All"), "?state=all", state != "asked")],
    }  # fmt: skip
    return render_page(request, "facilitators/absences.html", context)


@page(Verb.LOG_VERIFY)
def absence(request: HttpRequest, code: str) -> HttpResponse:
    """One absence, to be decided. Its reason can be read here until then, its kind by the offices above, neither by
    somebody who views as another."""
    found = request.scope.get_or_404(queries.absences(), Verb.LOG_VERIFY, code=code)
    form = forms.DecisionForm(request.POST or None)
    if attempt(request, form, services.decide_absence, lambda: {"absence": found, **typed(form)}, said=_("Decided.")):
        return redirect("facilitators:absences")
    above = is_above((role.key for role in request.scope.offices_at(found)), queries.role_in(found))
    may = rules.may_decide(
        is_own=found.account_id == request.scope.account.pk, state=found.state, state_label=found.get_state_display(),
        is_above=above,
    )  # fmt: skip
    viewed = request.scope.viewer is not None
    knows = not viewed and (above or found.decided_by_id == request.scope.account.pk)
    context = {
        "absence": found, "why": queries.reason_of(found) if may and not viewed else "", "refusal": may.message,
        "kind": found.get_kind_display() if knows else _("Absence"),
        "decide": form if may or form.errors else None, "is_mine": False,
        "places": [Link(_("Absences"), reverse("facilitators:absences")), Link(found.code)],
    }  # fmt: skip
    return render_page(request, "facilitators/absence.html", context, status=422 if form.errors else 200)


def _me(request: Any) -> Any:
    return request.user


def _mine_crumbs() -> list[Link]:
    return [
        Link(_("My appointment"), reverse("facilitators:my_service")),
        Link(_("My absences"), reverse("facilitators:my_absences")),
    ]
