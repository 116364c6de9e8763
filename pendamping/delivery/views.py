"""Working pages of delivery: what waits, writing a report, judging it, recording a payment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.duties import Duty
from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.core.verdicts import Verdict, first_refusal
from pendamping.delivery import forms, pictures, queries, rules, services
from pendamping.delivery.enums import Reason, ReportState
from pendamping.delivery.models import ProgressReport
from pendamping.planning.models import Project

PAGE = 25


@page(Verb.RECORD_SEE)
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Reports of my places, those that wait first; above them what I can report or pay now."""
    state = request.GET.get("state", ReportState.REPORTED.value)
    mine = request.scope.narrow(queries.reports().prefetch_related("photos"), Verb.RECORD_SEE)
    found = mine.filter(state=state) if state in ReportState.values else mine
    before = request.GET.get("before", "")
    if before.isdecimal():
        found = found.filter(pk__lt=int(before))
    shown = list(found[: PAGE + 1])
    waiting = mine.order_by().filter(state=ReportState.REPORTED).count()
    context = {
        "reports": shown[:PAGE],
        "older": f"?state={state}&before={shown[PAGE - 1].pk}" if len(shown) > PAGE else "",
        "tabs": [_tab(one, state, waiting) for one in (*ReportState, None)],
        "to_write": _to_write(request),
        "to_pay": [due for path in request.scope.paths(Verb.PAYMENT_RECORD) for due in queries.tranches_due(path)],
    }
    return render_page(request, "delivery/reports.html", context)


def _tab(one: ReportState | None, current: str, waiting: int) -> Link:
    value = one.value if one else "all"
    chosen = current == value or (one is None and current not in ReportState.values)
    count = waiting if one is ReportState.REPORTED else None
    return Link(str(one.label) if one else _("All"), f"?state={value}", chosen, count)


def _to_write(request: HttpRequest) -> list[tuple[Project, int]]:
    """Projects whose next stage can be reported now, by somebody who reports here."""
    if not request.scope.can_anywhere(Verb.PROGRESS_REPORT):
        return []
    open_ones = request.scope.narrow(queries.reportable(), Verb.PROGRESS_REPORT)[:PAGE]
    return [(project, stage) for project in open_ones if (stage := queries.stage_to_write(project)) is not None]


@page(Verb.PROGRESS_REPORT)
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Write how far the work is, beside the last photo and the money left."""
    project = request.scope.get_or_404(queries.projects(), Verb.PROGRESS_REPORT, code=code)
    progress, money = queries.progress_of(project), queries.money_of(project)
    verdict, stage = _may_write(request, project, progress), rules.next_stage(progress.live)
    form = forms.ReportForm(
        request.POST or None, request.FILES or None, initial={"stage": stage, "spent": money.spent or None}
    )
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        made = form.attempt(services.report_progress, by=request.user, at=timezone.now(), project=project, **facts)
        if made is not None:
            messages.success(request, _("Thank you. The report waits for somebody else to verify it."))
            return redirect("delivery:progress", code=made.code)
    last = next((item for item in reversed(progress.reports) if item.photos.all()), None)
    context = {
        "project": project,
        "places": _places(project, _("Progress report")),
        "form": form,
        "stage": stage,
        "refusal": verdict.message,
        "last": pictures.all_shown(list(last.photos.all())[:1], _alt(last)) if last else [],
        "last_report": last,
        "money": money,
    }
    return render_page(request, "delivery/report.html", context, status=422 if form.errors else 200)


@page(Verb.RECORD_SEE)
@require_GET
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """One report: its photos beside those before, its money, and the verification."""
    return _progress_page(request, request.scope.get_or_404(queries.reports(), Verb.RECORD_SEE, code=code))


@page(Verb.PROGRESS_VERIFY)
@require_POST
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm a report."""
    found = request.scope.get_or_404(queries.reports(), Verb.PROGRESS_VERIFY, code=code)
    form = forms.VerifyForm(request.POST, prefix="verify")
    if form.is_valid():
        note = form.cleaned_data["note"]
        done = form.attempt(services.verify_progress, by=request.user, at=timezone.now(), report=found, note=note)
        if done is not None:
            messages.success(request, _("Verified. The photos and the money are now public."))
            return redirect("delivery:progress", code=code)
    return _progress_page(request, found, verify=form)


@page(Verb.PROGRESS_VERIFY)
@require_POST
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Return a report with what must be mended."""
    found = request.scope.get_or_404(queries.reports(), Verb.PROGRESS_VERIFY, code=code)
    form = forms.ReturnForm(request.POST, prefix="return")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = form.attempt(services.return_progress, by=request.user, at=timezone.now(), report=found, reason=reason)
        if done is not None:
            messages.success(request, _("Returned to its author with your words."))
            return redirect("delivery:progress", code=code)
    return _progress_page(request, found, send_back=form)


def _progress_page(request: HttpRequest, found: ProgressReport, **bound: Any) -> HttpResponse:
    project = queries.projects().get(pk=found.project_id)
    all_progress, money = queries.progress_of(project), queries.money_of(project)
    this = next(item for item in all_progress.reports if item.pk == found.pk)
    earlier = [item for item in all_progress.reports if item.pk < found.pk and item.state != ReportState.RETURNED]
    before = next((item for item in reversed(earlier) if item.photos.all()), None)
    verifies = request.scope.can(Verb.PROGRESS_VERIFY, found)
    refusal = _may_judge(request, found) if verifies else None
    failed = any(form.errors for form in bound.values())
    context = {
        "report": this,
        "project": project,
        "places": _places(project, found.code),
        "photos": pictures.all_shown(this.photos.all(), _alt(this)),
        "before": pictures.shown(before.photos.all()[0], _alt(before)) if before else None,
        "before_report": before,
        "money": money,
        "verify_form": bound.get("verify") or forms.VerifyForm(prefix="verify"),
        "return_form": bound.get("send_back") or forms.ReturnForm(prefix="return"),
        "judges": (refusal is not None and refusal.allowed) or failed,
        "refusal": refusal.message if refusal is not None and this.state == ReportState.REPORTED else "",
        "acts": _acts(request, project, all_progress, money),
    }
    return render_page(request, "delivery/progress.html", context, status=422 if failed else 200)


def _may_judge(request: HttpRequest, found: ProgressReport) -> Verdict:
    duty = services.duty(Duty.VERIFIER, found.project, by=request.scope.account, at=timezone.now())
    return first_refusal(rules.may_judge(state=found.state), duty)


def _may_write(request: HttpRequest, project: Project, found: queries.Progress) -> Verdict:
    state = rules.may_write(project_state=project.state, live=found.live)
    return first_refusal(state, services.duty(Duty.REPORTER, project, by=request.scope.account, at=timezone.now()))


def _may_pay(request: HttpRequest, project: Project, found: queries.Progress, money: queries.Money) -> Verdict:
    due = queries.next_tranche(project, money)
    if due is None:
        return Verdict(Reason.ALL_PAID)
    return first_refusal(
        rules.may_pay(plan=queries.plan_of(project), tranche=due.number, paid=money.amounts, verified=found.stage),
        services.duty(Duty.PAYER, project, by=request.scope.account, at=timezone.now()),
    )


def _acts(request: HttpRequest, project: Project, found: queries.Progress, money: queries.Money) -> list[Act]:
    acts = []
    if request.scope.can(Verb.PROGRESS_REPORT, project):
        refusal = _may_write(request, project, found).message
        acts.append(Act(_("Report the next stage"), reverse("delivery:report", args=[project.code]), refusal=refusal))
    if request.scope.can(Verb.PAYMENT_RECORD, project):
        refusal = _may_pay(request, project, found, money).message
        acts.append(Act(_("Record a payment"), reverse("delivery:pay", args=[project.code]), refusal=refusal))
    return acts


@page(Verb.PAYMENT_RECORD)
def pay(request: HttpRequest, code: str) -> HttpResponse:
    """Record the next tranche as paid."""
    project = request.scope.get_or_404(queries.projects(), Verb.PAYMENT_RECORD, code=code)
    found, money = queries.progress_of(project), queries.money_of(project)
    due = queries.next_tranche(project, money)
    refusal = _may_pay(request, project, found, money).message
    form = forms.PayForm(request.POST or None, due=due, initial={"paid_on": day(timezone.now())}) if due else None
    if form is not None and request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        made = form.attempt(services.pay_tranche, by=request.user, at=timezone.now(), project=project, **facts)
        if made is not None:
            messages.success(request, _("Payment recorded."))
            return redirect("delivery:pay", code=code)
    context = {
        "project": project,
        "places": _places(project, _("Payments")),
        "money": money,
        "form": form if not refusal or request.method == "POST" else None,
        "refusal": refusal,
        "due": due,
        "lines": queries.tranche_lines(project, money),
        "latest": money.payments[-1] if money.payments else None,
    }
    return render_page(request, "delivery/pay.html", context, status=422 if form is not None and form.errors else 200)


@page(Verb.PAYMENT_RECORD)
def void_payment(request: HttpRequest, code: str) -> HttpResponse:
    """Strike a payment that was recorded by mistake."""
    found = request.scope.get_or_404(queries.payments(), Verb.PAYMENT_RECORD, code=code)
    project = queries.projects().get(pk=found.project_id)
    form = forms.VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = form.attempt(services.void_payment, by=request.user, at=timezone.now(), payment=found, reason=reason)
        if done is not None:
            messages.success(request, _("The payment is struck. Record the right one now."))
            return redirect("delivery:pay", code=project.code)
    paid = queries.money_of(project).amounts
    verdict = first_refusal(
        rules.may_void(tranche=found.tranche, paid=paid, is_voided=found.voided_at is not None, reason="-"),
        services.duty(Duty.PAYER, project, by=request.scope.account, at=timezone.now()),
    )
    context = {
        "payment": found, "project": project, "form": form, "refusal": verdict.message,
        "places": _places(project, _("Strike a payment")),
    }  # fmt: skip
    return render_page(request, "delivery/void.html", context, status=422 if form.errors else 200)


def _places(project: Project, here: str) -> list[Link]:
    return [
        Link(_("Progress"), reverse("delivery:reports")),
        Link(project.title, reverse("planning:project", args=[project.code])),
        Link(here),
    ]


def _alt(found: ProgressReport) -> str:
    return _("%(project)s at %(stage)s %%") % {"project": found.project.title, "stage": found.stage}
