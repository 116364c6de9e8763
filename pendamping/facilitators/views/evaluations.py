"""Working pages of evaluations: who is due, one evaluation, and what coordinators and the secretariat do with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.enums.evaluations import EvaluationState
from pendamping.facilitators.forms import evaluations as forms
from pendamping.facilitators.models import CoachingTask, Evaluation
from pendamping.facilitators.queries import evaluations as queries
from pendamping.facilitators.rules.evaluations import may_judge
from pendamping.facilitators.rules.indicators import Half, half_of, read_half
from pendamping.facilitators.services import coaching
from pendamping.facilitators.services import evaluations as services
from pendamping.facilitators.views.appointing import Ask, act_page, typed

PAGE = 100


@page(Verb.FACILITATOR_SEE)
@require_GET
def evaluations(request: HttpRequest) -> HttpResponse:
    """A half-year: who is due, and those computed, by name. Never by points: this is no league table."""
    half = half_asked(request)
    scope = reader(request)
    found = queries.seen_by(scope).filter(year=half.year, half=half.half).prefetch_related("coaching")
    last = half_of(day(timezone.now())).before
    recent = (last, last.before, last.before.before)
    context = {
        "half_code": str(half), "since": half.since, "until": half.until,
        "due": queries.people_due(scope, half) if half <= last else [], "evaluations": list(found[:PAGE]),
        "tabs": [Link(name_of(one), f"?semester={one}", one == half) for one in recent],
    }  # fmt: skip
    return render_page(request, "facilitators/evaluations.html", context)


@page(Verb.FACILITATOR_SEE)
def evaluation_compute(request: HttpRequest) -> HttpResponse:
    """Compute somebody's half-year."""
    half, scope = half_asked(request), reader(request)
    form = forms.ComputeForm(
        request.POST or None, people=queries.people_due(scope, half),
        initial={"appointment": request.GET.get("pengangkatan", "")},
    )  # fmt: skip
    back = reverse("facilitators:evaluations") + f"?semester={half}"
    ask = Ask(
        title=_("Compute a half-year"), submit=_("Compute"), back=back, kicker=name_of(half),
        said=_("Computed. Read it through, then show it to the person."),
        lead=_("Nobody sees the values before you show them. Until then you may compute them again."),
    )  # fmt: skip
    return act_page(
        request, form, ask, services.compute_evaluation,
        lambda: {"account": form.accounts[form.cleaned_data["appointment"]], "half": half},
        then=lambda made: reverse("facilitators:evaluation", args=[made.code]),
    )  # fmt: skip


@page(Verb.FACILITATOR_SEE)
@require_GET
def evaluation(request: HttpRequest, code: str) -> HttpResponse:
    """One evaluation: values with their sample and formula, the reply, coaching, the decision."""
    found = read(request, code)
    context = {
        **shown(found), "acts": _acts(request, found), "places": _crumbs(found), "is_own": False,
        "may_coach": queries.may_coach(request.scope, found, day(timezone.now())),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render_page(request, "facilitators/evaluation.html", context)


def shown(found: Evaluation) -> dict[str, Any]:
    """What every page of one evaluation shows."""
    again = queries.score_of(found.values.all(), found.rules)
    judged = sum(1 for one in found.values.all() if one.points is not None)
    served = [(label, date.fromisoformat(since), date.fromisoformat(until)) for _p, label, since, until in found.served]
    return {
        "served": served,
        "evaluation": found, "groups": queries.lines(found), "half": name_of(Half(found.year, found.half)),
        "renewal": getattr(found, "renewal", None), "again": again, "judged": judged,
        "withheld": len(found.values.all()) - judged, "today": day(timezone.now()),
    }  # fmt: skip


def _acts(request: Any, found: Evaluation) -> list[Act]:
    scope, acts, today = request.scope, [], day(timezone.now())
    if found.state == EvaluationState.DRAFT:
        acts = [
            Act(_("Show it to the person"), _to(found, "evaluation_show"), kind="primary"),
            Act(_("Compute again"), _to(found, "evaluation_recompute")),
        ]
    if scope.can(Verb.EVALUATION_DECIDE, found):
        now = may_judge(services.hearing(found, today), actor=scope.account.pk, today=today).message
        if found.state in (EvaluationState.SHOWN, EvaluationState.REPLIED):
            acts.append(Act(_("Settle the evaluation"), _to(found, "evaluation_settle"), refusal=now, kind="primary"))
        if found.state == EvaluationState.SETTLED and not hasattr(found, "renewal"):
            acts.append(Act(_("Decide on the contract"), _to(found, "evaluation_renew"), refusal=now, kind="primary"))
    return acts


@page(Verb.FACILITATOR_SEE)
def evaluation_recompute(request: HttpRequest, code: str) -> HttpResponse:
    """Compute a draft again, after data were mended."""
    found = read(request, code)
    ask = _ask(
        found, _("Compute again"), _("Compute again"), _("Computed again."),
        lead=_("Use this when records were mended since. The earlier values give way."),
    )  # fmt: skip
    facts = {"account": found.account, "half": Half(found.year, found.half)}
    return act_page(request, forms.ConfirmForm(request.POST or None), ask, services.compute_evaluation, lambda: facts)


@page(Verb.FACILITATOR_SEE)
def evaluation_show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the person their evaluation."""
    found = read(request, code)
    ask = _ask(
        found, _("Show it to the person"), _("Show it now"), _("The person sees it now and may reply."),
        lead=_("From now on the values stay as they are. Weak ones become coaching tasks."),
        confirm=_("Show the evaluation? Its values cannot be computed again."),
    )  # fmt: skip
    form = forms.ConfirmForm(request.POST or None)
    return act_page(request, form, ask, services.show_evaluation, lambda: {"evaluation": found})


@page(Verb.EVALUATION_DECIDE)
def evaluation_settle(request: HttpRequest, code: str) -> HttpResponse:
    """Settle it with words."""
    found = read(request, code, Verb.EVALUATION_DECIDE)
    judged = [one.indicator for one in found.values.all() if one.points is not None]
    named = queries.labels(judged)
    form = forms.SettleForm(request.POST or None, judged=[(key, named.get(key, key)) for key in judged])
    ask = _ask(
        found, _("Settle the evaluation"), _("Settle"), _("Settled. The person reads your words."),
        lead=found.reply or _("The person did not reply."),
    )  # fmt: skip
    return act_page(
        request, form, ask, services.settle_evaluation, lambda: {"evaluation": found, **typed(form)}
    )  # fmt: skip


@page(Verb.EVALUATION_DECIDE)
def evaluation_renew(request: HttpRequest, code: str) -> HttpResponse:
    """Decide on the contract."""
    found = read(request, code, Verb.EVALUATION_DECIDE)
    form = forms.RenewalForm(request.POST or None)
    ask = _ask(
        found, _("Decide on the contract"), _("Record the decision"), _("Recorded. The person sees it."),
        lead=_("An evaluation informs the decision; it does not make it. Write the reason yourself."),
        confirm=_("Record the decision? It cannot be changed."),
    )  # fmt: skip
    return act_page(request, form, ask, services.decide_renewal, lambda: {"evaluation": found, **typed(form)})


@page(Verb.FACILITATOR_SEE)
@require_GET
def coaching_tasks(request: HttpRequest) -> HttpResponse:
    """The coaching of my places, the first due first."""
    found = queries.coaching_seen_by(reader(request))
    is_over = request.GET.get("state") == "done"
    tasks = found.filter(done_at__isnull=not is_over).order_by("-done_at" if is_over else "due_on", "id")
    tabs = [Link(_("Under way"), "?", not is_over), Link(_("Finished"), "?state=done", is_over)]
    rows = [(one, queries.labels([one.value.indicator]).get(one.value.indicator, "")) for one in tasks[:PAGE]]
    context = {"tasks": rows, "tabs": tabs, "today": day(timezone.now())}
    return render_page(request, "facilitators/coaching_tasks.html", context)


@page(Verb.EVALUATION_COACH)
def coaching_agree(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """Agree on steps with the person."""
    found = _task(request, code, indicator)
    form = forms.AgreeForm(request.POST or None, initial={"steps": found.steps, "due_on": found.due_on})
    ask = _ask(found.evaluation, _("Agree on steps"), _("Keep the steps"), _("Kept. The person sees them."))
    return act_page(request, form, ask, coaching.agree_coaching, lambda: {"task": found, **typed(form)})


@page(Verb.EVALUATION_COACH)
def coaching_finish(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """Say what came of it."""
    found = _task(request, code, indicator)
    form = forms.FinishForm(request.POST or None)
    ask = _ask(
        found.evaluation, _("Finish the coaching"), _("Finish"), _("Finished. The person sees the result."),
        lead=found.steps or _("No steps were agreed on yet."),
    )  # fmt: skip
    return act_page(request, form, ask, coaching.finish_coaching, lambda: {"task": found, **typed(form)})


def reader(request: Any) -> Any:
    """The scope of somebody who coaches or decides somewhere; others have no business here."""
    if not any(request.scope.can_anywhere(right) for right in queries.RIGHTS):
        raise PermissionDenied
    return request.scope


def read(request: HttpRequest, code: str, right: Verb | None = None) -> Evaluation:
    """One evaluation of somebody else in my places; 403 when it is mine to read but not to do this."""
    scope = reader(request)
    found = queries.whole(queries.seen_by(scope)).filter(code=code).first()
    if found is None:
        raise Http404
    if right is not None and not scope.can(right, found):
        raise PermissionDenied
    return found


def half_asked(request: HttpRequest) -> Half:
    """The half-year of the address; the last one that is over when none is given."""
    return read_half(request.GET.get("semester", "")) or half_of(day(timezone.now())).before


def name_of(half: Half) -> str:
    """ "First half of 2026"."""
    words = _("First half of %(year)s") if half.half == 1 else _("Second half of %(year)s")
    return words % {"year": half.year}


def _task(request: HttpRequest, code: str, indicator: str) -> CoachingTask:
    found = read(request, code)
    if not queries.may_coach(request.scope, found, day(timezone.now())):  # type: ignore[attr-defined]
        raise PermissionDenied
    task = queries.coaching().filter(evaluation=found, value__indicator=indicator).first()
    if task is None:
        raise Http404
    return task


def _ask(found: Evaluation, title: str, submit: str, said: str, *, lead: str = "", confirm: str = "") -> Ask:
    return Ask(
        title=title, submit=submit, said=said, lead=lead, confirm=confirm, back=_to(found, "evaluation"),
        kicker=f"{found.account.name} · {name_of(Half(found.year, found.half))}", draft=f"{found.code}-{title}",
        places=_crumbs(found),
    )  # fmt: skip


def _to(found: Evaluation, name: str) -> str:
    return reverse(f"facilitators:{name}", args=[found.code])


def _crumbs(found: Evaluation) -> list[Link]:
    back = reverse("facilitators:evaluations") + f"?semester={found.half_code}"
    return [Link(_("Evaluations"), back), Link(found.code)]
