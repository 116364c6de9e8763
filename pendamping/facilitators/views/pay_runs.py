"""Lists of honoraria for the secretariat: made from approved reports, looked at, handed over."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.enums.pay import LineState, RunState
from pendamping.facilitators.forms import pay as forms
from pendamping.facilitators.forms.appointments import ConfirmActForm
from pendamping.facilitators.queries import pay as queries
from pendamping.facilitators.rules.months import first_day
from pendamping.facilitators.services import pay_runs as services
from pendamping.facilitators.views.appointing import Ask, act_page, attempt
from pendamping.facilitators.views.month_rules import city_of
from pendamping.facilitators.views.pay_shown import PAGE, address, books, run_of, shown, titled

MAKE = Verb.MONTH_APPROVE


@page(MAKE)
@require_GET
def pay_runs(request: HttpRequest) -> HttpResponse:
    """The lists of my city, and the months that wait for one."""
    scope = request.scope  # type: ignore[attr-defined]
    city = city_of(request, MAKE)
    waiting = [(first_day(year, month), count) for year, month, count in queries.months_waiting_for_pay(city.path)]
    context = {
        "runs": list(scope.narrow(queries.runs(), MAKE)[:PAGE]), "waiting": waiting, "page_of": "facilitators:pay_run",
        "may_make": True, "places": [Link(_("Facilitators"), reverse("facilitators:hub")), Link(_("Honoraria"))],
    }  # fmt: skip
    return render_page(request, "facilitators/pay_runs.html", context)


@page(MAKE)
def pay_run_make(request: HttpRequest) -> HttpResponse:
    """Make the list of a month from its approved reports."""
    city = city_of(request, MAKE)
    months = queries.months_waiting_for_pay(city.path)
    choices = [
        (f"{year}-{month:02d}", f"{formats.day(first_day(year, month), 'bulan')} ({count})")
        for year, month, count in months
    ]
    form = forms.RunForm(request.POST or None, months=choices)

    def facts() -> dict[str, Any]:
        year, month = form.cleaned_data["month"].split("-")
        return {"city": city, "year": int(year), "month": int(month)}

    made = attempt(request, form, services.make_run, facts, said=_("The list is made. Look at it, then hand it over."))
    if made is not None:
        return redirect("facilitators:pay_run", code=made.code)
    left_out = [
        (first_day(year, month), [one.report for one in queries.payables(city.path, year, month) if not one.contract])
        for year, month, _count in months[:3]
    ]
    context = {"form": form, "months": months, "left_out": [pair for pair in left_out if pair[1]], "city": city}
    return render_page(request, "facilitators/pay_run_make.html", context, status=422 if form.errors else 200)


@page(MAKE)
@require_GET
def pay_run(request: HttpRequest, code: str) -> HttpResponse:
    """One list, for the secretariat."""
    found = run_of(request, code, MAKE)
    over = _("This list is already handed over.") if found.handed_over_at else _("This list is closed.")
    refusal = "" if found.state == RunState.MADE else over
    acts = [
        Act(_("Hand over to the treasurer"), address("pay_run_hand_over", found), refusal=refusal, kind="primary"),
        Act(_("List for the books (PDF)"), address("pay_run_pdf", found)),
    ]
    return shown(request, found, acts, _("Honoraria"), "pay_runs", for_treasurer=False)


@page(MAKE)
def pay_run_hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Hand a list to the treasurer, or close it when nobody on it has given bank details."""
    found = run_of(request, code, MAKE)
    form = ConfirmActForm(request.POST or None)
    waiting = found.lines.filter(state=LineState.WAITING).count()
    is_empty = waiting == found.lines.count()
    title, submit = _("Hand this list to the treasurer"), _("Hand to the treasurer")
    said = _("Handed over. The treasurer sees it under “Pay”.")
    lead = _("%(count)d people without bank details leave the list and stand on the next one.") % {"count": waiting}
    if is_empty:
        title, submit, said = _("Close this list"), _("Close the list"), _("Closed. Each can stand on the next list.")
        lead = _("Nobody on this list has given bank details. Once they have, make the list of the month anew.")
    ask = Ask(
        title=title, submit=submit, back=address("pay_run", found), said=said, kicker=titled(found),
        lead=lead if waiting else "",
    )  # fmt: skip
    return act_page(request, form, ask, services.hand_over_run, lambda: {"run": found})


@page(MAKE)
@require_GET
def pay_run_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The list for the books, bank accounts masked."""
    return books(run_of(request, code, MAKE))
