"""My months: the one next step, a month with its plan and report, and the papers of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.models import Account
from pendamping.access.pages import render_page
from pendamping.core import formats
from pendamping.core.imports.export import XLSX
from pendamping.core.moments import day
from pendamping.core.pieces import Link
from pendamping.facilitators.enums.months import MonthState
from pendamping.facilitators.forms import months as forms
from pendamping.facilitators.models import Assignment, MonthReport
from pendamping.facilitators.month_papers import issue_report, workbook
from pendamping.facilitators.month_shown import shown
from pendamping.facilitators.month_story import story
from pendamping.facilitators.own import own_page
from pendamping.facilitators.queries import month_figures
from pendamping.facilitators.queries import months as queries
from pendamping.facilitators.queries import pay as paying
from pendamping.facilitators.queries.month_rules import terms
from pendamping.facilitators.rules import months as rules
from pendamping.facilitators.services import months as services
from pendamping.facilitators.services.log_gathering import gather
from pendamping.facilitators.views.appointing import Ask, act_page, attempt, pdf, typed

SHOWN = 3  # months to be reported, named at once


@dataclass(frozen=True)
class Step:
    """Something that waits for me (id: langkah)."""

    text: str
    action: str
    href: str
    due: date | None = None


@own_page
@require_GET
def my_months(request: HttpRequest) -> HttpResponse:
    """My months, what waits for me first."""
    me, today = _me(request), day(timezone.now())
    known = {(one.year, one.month): one for one in queries.reports_of(me)}
    served = queries.own_months(me, today)
    months = [(rules.first_day(one.year, one.month), known.get((one.year, one.month))) for one in served]
    first, *rest = [*steps(me, today), None]
    context = {"months": months, "first": first, "rest": [one for one in rest if one], "home": _crumbs()[:1]}
    return render_page(request, "facilitators/my_months.html", context)


def steps(me: Account, today: date) -> list[Step]:
    """What waits for somebody about months and pay, the most urgent first."""
    found = [_mend(one) for one in queries.own_reports_waiting(me)]
    found += [_send(one) for one in queries.months_to_send(me, today)[:SHOWN]]
    if paying.pay_account_needed(me):
        found.append(
            Step(_("Say where your pay shall go"), _("Give bank details"), reverse("facilitators:my_pay_account"))
        )
    for line in paying.lines_waiting_for_receipt(me):
        month = formats.day(line.run.first_day, "bulan")
        text = _("Did your pay of %(month)s arrive?") % {"month": month}
        found.append(Step(text, _("Answer"), reverse("facilitators:my_pay_receipt", args=[line.uid])))
    return [*found, *_plan_step(me, today)]


def _mend(report: MonthReport) -> Step:
    month = formats.day(report.first_day, "bulan")
    text = _("Your report of %(month)s was sent back: %(reason)s") % {"month": month, "reason": report.returned_reason}
    return Step(text, _("Mend and send again"), _address("my_month", report.year, report.month))


def _send(one: queries.Served) -> Step:
    year, month = one.year, one.month
    closes = rules.closes_on(year, month, terms(one.placed[0].city_path, rules.last_day(year, month)))
    text = _("Send your report of %(month)s") % {"month": _name(year, month)}
    return Step(text, _("Look at it and send"), _address("my_month", year, month), closes)


def _plan_step(me: Account, today: date) -> list[Step]:
    """The plan of the next month, once somebody is placed in it and has sent none."""
    year, month = rules.month_after(today.year, today.month)
    placed = queries.placed_in(me, year, month)
    if not placed or queries.plan_of(me, year, month):
        return []
    due = rules.plan_due_on(year, month, terms(placed[0].city_path, today))
    text = _("Plan %(month)s") % {"month": formats.day(rules.first_day(year, month), "bulan")}
    return [Step(text, _("Write the plan"), _address("my_month_plan", year, month), due)]


@own_page
def my_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """One month: what it came to so far, and the button that sends it; once sent, how far it is."""
    me, at = _me(request), timezone.now()
    placed, service = _served(me, year, month)
    report, plan = queries.report_of(me, year, month), queries.plan_of(me, year, month)
    form = forms.SendForm(request.POST or None, initial={"note": report.note if report else ""})
    facts = {"year": year, "month": month}
    if attempt(
        request, form, services.send_report, lambda: {**facts, **typed(form)},
        said=_("Your report is sent. You see here who reads it next."),
    ):  # fmt: skip
        return redirect("facilitators:my_month", year=year, month=month)
    is_open = report is None or report.state == MonthState.RETURNED
    held = terms(placed[0].city_path, rules.last_day(year, month))
    figures = _told_now(me, year, month, placed, service) if report is None or is_open else report.figures
    verdict = rules.may_send(
        service=service, state=report.state if report else None, today=day(at), shown=_name(year, month),
        sent_back=queries.lines_sent_back(me, year, month),
    )  # fmt: skip
    lines = list(paying.own_lines(me).filter(report=report)) if report else []
    context = {
        "first_day": rules.first_day(year, month), "report": report, "plan": plan, "shown": shown(figures),
        "is_open": is_open, "form": form if verdict else None, "refusal": verdict.message if is_open else "",
        "closes": rules.closes_on(year, month, held), "pay_expected": rules.pay_expected_on(year, month, held),
        "story": story(report, plan, lines), "places": _crumbs(_name(year, month)),
        "may_plan": day(at) < rules.first_day(year, month) or (plan is None and day(at) <= service.until),
    }  # fmt: skip
    return render_page(request, "facilitators/my_month.html", context, status=422 if form.errors else 200)


def _told_now(me: Account, year: int, month: int, placed: list[Assignment], service: rules.Service) -> dict[str, Any]:
    """What the logbook says today, with the acts done elsewhere."""
    gather(me, service.since, service.until)
    return month_figures.compose(me, year, month, placed=placed, service=service)


@own_page
def my_month_plan(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Write the plan of a month."""
    me = _me(request)
    placed, _service = _served(me, year, month)
    plan = queries.plan_of(me, year, month)
    places = {one.region_id: one.region for one in placed}.values()
    form = forms.PlanForm(request.POST or None, places=places, plan=plan)
    due = rules.plan_due_on(year, month, terms(placed[0].city_path, rules.first_day(year, month)))
    ask = Ask(
        title=_("Plan of %(month)s") % {"month": _name(year, month)}, submit=_("Send the plan"),
        back=_address("my_month", year, month), said=_("Your plan is sent."), draft=f"plan-{year}-{month}",
        lead=_("Until %(day)s. The report of the month shows what came of each line. Leave lines empty as you wish.")
        % {"day": formats.day(due)}, places=_crumbs(_name(year, month)),
    )  # fmt: skip
    facts = {"year": year, "month": month}
    return act_page(request, form, ask, services.send_plan, lambda: {**facts, "items": form.items()})


@own_page
@require_GET
def my_month_pdf(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """My report as PDF."""
    found = _sent(request, year, month)
    return pdf(issue_report(report=found, at=timezone.now()), f"laporan-{found.code}")


@own_page
@require_GET
def my_month_xlsx(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """My report as XLSX."""
    return xlsx(_sent(request, year, month))


def xlsx(report: MonthReport) -> HttpResponse:
    """A report as a table to download."""
    answer = HttpResponse(workbook(report), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="laporan-{report.code}.xlsx"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _sent(request: HttpRequest, year: int, month: int) -> MonthReport:
    found = queries.report_of(_me(request), year, month)
    if found is None:
        raise Http404
    return found


def _served(me: Account, year: int, month: int) -> tuple[list[Assignment], rules.Service]:
    """Where and when I served in a month; a month I did not serve in does not exist."""
    placed = queries.placed_in(me, year, month) if 1 <= month <= 12 and 2000 <= year <= 2200 else []
    service = queries.service_in(placed, year, month, queries.appointments_of(me))
    if service is None:
        raise Http404
    return placed, service


def _crumbs(*names: str) -> list[Link]:
    home = Link(_("My appointment"), reverse("facilitators:my_service"))
    return [home, Link(_("My months"), reverse("facilitators:my_months")), *(Link(name) for name in names)]


def _name(year: int, month: int) -> str:
    return formats.day(rules.first_day(year, month), "bulan")


def _address(name: str, *args: Any) -> str:
    return reverse(f"facilitators:{name}", args=args)


def _me(request: Any) -> Any:
    return request.user
