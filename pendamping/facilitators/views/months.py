"""Month reports as coordinators and the secretariat see them: who sent, who did not, one report, a decision."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.forms import months as forms
from pendamping.facilitators.models import MonthReport
from pendamping.facilitators.month_papers import issue_report
from pendamping.facilitators.month_shown import shown
from pendamping.facilitators.month_story import story
from pendamping.facilitators.queries import months as queries
from pendamping.facilitators.queries import pay as paying
from pendamping.facilitators.queries.month_figures import told_to
from pendamping.facilitators.rules import months as rules
from pendamping.facilitators.services import months as services
from pendamping.facilitators.views.appointing import Ask, act_page, pdf, typed
from pendamping.facilitators.views.my_months import xlsx

SEE = Verb.FACILITATOR_SEE
PAYING = (Verb.MONTH_APPROVE, Verb.HONORARIUM_PAY)  # who reads what was said about somebody's pay


@page(SEE)
@require_GET
def months(request: HttpRequest) -> HttpResponse:
    """One month in my places: what waits for me, what is on its way, who has not sent."""
    today = day(timezone.now())
    year, month = _chosen(request, today)
    found = list(queries.seen_by(request.scope).filter(year=year, month=month))  # type: ignore[attr-defined]
    mine = _waits_for_me(request, today)
    before, after = rules.month_before(year, month), rules.month_after(year, month)
    first = rules.first_day(year, month)
    context = {
        "first_day": first, "reports": found, "mine": mine, "missing": queries.missing(request.scope, year, month),  # type: ignore[attr-defined]
        "is_over": rules.last_day(year, month) <= today,
        "tabs": [_tab(before, False), Link(formats.day(first, "bulan"), "", True), _tab(after, False)],
        "places": [Link(_("Facilitators"), reverse("facilitators:hub")), Link(_("Month reports"))],
    }  # fmt: skip
    return render_page(request, "facilitators/months.html", context)


def _waits_for_me(request: Any, today: date) -> list[MonthReport]:
    """Of all months: what I can recommend or approve now."""
    scope = request.scope
    found = queries.reports_waiting_to_recommend(scope.account, today)
    waiting = list(scope.narrow(found, Verb.MONTH_RECOMMEND)[:100])
    return waiting + list(scope.narrow(queries.reports_waiting_for_approval(), Verb.MONTH_APPROVE)[:100])


def _chosen(request: HttpRequest, today: date) -> tuple[int, int]:
    """The month asked for, else the last one that is over."""
    asked = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", request.GET.get("bulan", ""))
    return (int(asked[1]), int(asked[2])) if asked else rules.month_before(today.year, today.month)


def _tab(pair: tuple[int, int], current: bool) -> Link:
    return Link(formats.day(rules.first_day(*pair), "bulan"), f"?bulan={pair[0]}-{pair[1]:02d}", current)


@page(SEE)
@require_GET
def month_report(request: HttpRequest, code: str) -> HttpResponse:
    """One report as it was sent, its way so far, and what I may do with it."""
    found = _seen(request, code)
    plan = queries.plan_of(found.account, found.year, found.month)
    lines = list(paying.lines().filter(report=found))
    scope = request.scope  # type: ignore[attr-defined]
    words = scope.viewer is None and any(scope.can(verb, found) for verb in PAYING)
    context = {
        "report": found, "shown": shown(told_to(scope, found)), "story": story(found, plan, lines, words=words),
        "acts": _acts(request, found),
        "places": [
            Link(_("Month reports"), f"{reverse('facilitators:months')}?bulan={found.year}-{found.month:02d}"),
            Link(found.account.name),
        ],
    }  # fmt: skip
    return render_page(request, "facilitators/month_report.html", context)


def _acts(request: Any, found: MonthReport) -> list[Act]:
    scope, acts = request.scope, []
    refusal = services.decision_verdict(found, scope.account, timezone.now()).message
    kept = services.return_verdict(found, scope.account, timezone.now()).message
    for verb, done, back, label in (
        (Verb.MONTH_RECOMMEND, "month_recommend", "month_return", _("Recommend")),
        (Verb.MONTH_APPROVE, "month_approve", "month_reject", _("Approve")),
    ):
        if scope.can(verb, found):
            acts.append(Act(label, _address(done, found), refusal=refusal, kind="primary"))
            acts.append(Act(_("Send back for repair"), _address(back, found), refusal=kept))
    paper = Act(_("Report (PDF)"), _address("month_pdf", found))
    return [*acts, paper, Act(_("Table (XLSX)"), _address("month_xlsx", found))]


@page(Verb.MONTH_RECOMMEND)
def month_recommend(request: HttpRequest, code: str) -> HttpResponse:
    """Recommend a report."""
    found = _held(request, code, Verb.MONTH_RECOMMEND)
    form = forms.RecommendForm(request.POST or None, initial={"sending": found.sendings})
    ask = _ask(found, _("Recommend this report"), _("Recommend"), _("Recommended; it goes on to the next office."))
    return _decide(request, form, ask, services.recommend_report, found)


@page(Verb.MONTH_APPROVE)
def month_approve(request: HttpRequest, code: str) -> HttpResponse:
    """Approve a report."""
    found = _held(request, code, Verb.MONTH_APPROVE)
    form = forms.SeenForm(request.POST or None, initial={"sending": found.sendings})
    ask = _ask(
        found, _("Approve this report"), _("Approve"), _("Approved; it can be paid now."),
        lead=_("Its pay goes on the next list; from then on the month cannot be changed."),
    )  # fmt: skip
    return _decide(request, form, ask, services.approve_report, found)


@page(Verb.MONTH_RECOMMEND)
def month_return(request: HttpRequest, code: str) -> HttpResponse:
    """Send a report back, as a coordinator."""
    return _return(request, _held(request, code, Verb.MONTH_RECOMMEND))


@page(Verb.MONTH_APPROVE)
def month_reject(request: HttpRequest, code: str) -> HttpResponse:
    """Send a report back, as the secretariat; also one that is approved and on no list of honoraria."""
    return _return(request, _held(request, code, Verb.MONTH_APPROVE))


def _return(request: HttpRequest, found: MonthReport) -> HttpResponse:
    form = forms.ReturnForm(request.POST or None, initial={"sending": found.sendings})
    ask = _ask(
        found, _("Send this report back"), _("Send back"), _("Sent back; the person reads the reason."),
        draft=f"return-{found.code}",
    )  # fmt: skip
    return _decide(request, form, ask, services.return_report, found)


def _decide(request: HttpRequest, form: Any, ask: Ask, service: Callable[..., Any], found: MonthReport) -> HttpResponse:
    return act_page(request, form, ask, service, lambda: {"report": found, **typed(form)})


def _ask(found: MonthReport, title: str, submit: str, said: str, *, lead: str = "", draft: str = "") -> Ask:
    kicker = f"{found.account.name} · {formats.day(found.first_day, 'bulan')}"
    return Ask(
        title=title, submit=submit, said=said, back=_address("month_report", found), kicker=kicker, lead=lead,
        draft=draft,
    )  # fmt: skip


@page(SEE)
@require_GET
def month_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """A report as PDF."""
    found = _seen(request, code)
    return pdf(issue_report(report=found, at=timezone.now()), f"laporan-{found.code}")


@page(SEE)
@require_GET
def month_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """A report as XLSX."""
    return xlsx(_seen(request, code))


def _seen(request: Any, code: str) -> MonthReport:
    found: MonthReport = request.scope.get_or_404(queries.reports(), SEE, code=code)
    return found


def _held(request: Any, code: str, verb: Verb) -> MonthReport:
    found: MonthReport = request.scope.get_or_404(queries.reports(), verb, code=code)
    return found


def _address(name: str, found: MonthReport) -> str:
    return reverse(f"facilitators:{name}", args=[found.code])
