"""Lists of honoraria: the secretariat makes and hands over, the treasurer pays, a line fails or is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.imports.export import XLSX, csv_response, xlsx_bytes
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.enums.pay import LineState, Reason, RunState
from pendamping.facilitators.forms import pay as forms
from pendamping.facilitators.forms.appointments import ConfirmActForm
from pendamping.facilitators.models import PayLine, PayRun
from pendamping.facilitators.pay_flood import too_many_reveals
from pendamping.facilitators.pay_papers import file_rows, formula, receipt_list
from pendamping.facilitators.queries import pay as queries
from pendamping.facilitators.rules.months import first_day
from pendamping.facilitators.services import pay_accounts
from pendamping.facilitators.services import pay_runs as services
from pendamping.facilitators.views.appointing import Ask, act_page, attempt, pdf_bytes, typed
from pendamping.facilitators.views.month_rules import city_of

MAKE, PAY = Verb.MONTH_APPROVE, Verb.HONORARIUM_PAY
PAGE = 50


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
    found = _run(request, code, MAKE)
    refusal = "" if found.state == RunState.MADE else _("This list is already handed over.")
    acts = [
        Act(_("Hand over to the treasurer"), _address("pay_run_hand_over", found), refusal=refusal, kind="primary"),
        Act(_("List for the books (PDF)"), _address("pay_run_pdf", found)),
    ]
    return _shown(request, found, acts, _("Honoraria"), "pay_runs", for_treasurer=False)


@page(MAKE)
def pay_run_hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Hand a list to the treasurer."""
    found = _run(request, code, MAKE)
    form = ConfirmActForm(request.POST or None)
    waiting = found.lines.filter(state=LineState.WAITING).count()
    lead = _("%(count)d people without bank details leave the list and stand on the next one.") % {"count": waiting}
    ask = Ask(
        title=_("Hand this list to the treasurer"), submit=_("Hand to the treasurer"), back=_address("pay_run", found),
        said=_("Handed over. The treasurer sees it under “Pay”."), kicker=_titled(found), lead=lead if waiting else "",
    )  # fmt: skip
    return act_page(request, form, ask, services.hand_over_run, lambda: {"run": found})


@page(MAKE)
@require_GET
def pay_run_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The list for the books, bank accounts masked."""
    return _books(_run(request, code, MAKE))


@page(PAY)
@require_GET
def pay_desk(request: HttpRequest) -> HttpResponse:
    """For the treasurer: lists to pay, and pay that did not arrive."""
    scope = request.scope  # type: ignore[attr-defined]
    denied = queries.lines_waiting_for_treasurer().filter(run__region_path__in=scope.paths(PAY))
    runs = scope.narrow(queries.runs().exclude(state=RunState.MADE), PAY)
    context = {
        "runs": list(runs[:PAGE]), "denied": list(denied[:PAGE]), "page_of": "facilitators:pay_desk_run",
        "may_make": False, "places": [Link(_("Pay"))],
    }  # fmt: skip
    return render_page(request, "facilitators/pay_runs.html", context)


@page(PAY)
@require_GET
def pay_desk_run(request: HttpRequest, code: str) -> HttpResponse:
    """One list, for the treasurer."""
    found = _run(request, code, PAY)
    at_me = "" if found.state == RunState.HANDED_OVER else _run_refusal(found)
    unpaid = at_me or ("" if found.file_taken_at else _("Take the file first."))
    acts = [
        Act(_("Take the file"), _address("pay_file", found), refusal=at_me, kind="primary" if unpaid else "secondary"),
        Act(_("Record the payment"), _address("pay_paid", found), refusal=unpaid, kind="primary"),
        Act(_("List for the books (PDF)"), _address("pay_desk_pdf", found)),
    ]
    return _shown(request, found, acts, _("Pay"), "pay_desk", for_treasurer=found.state != RunState.MADE)


def _run_refusal(found: PayRun) -> str:
    said = {RunState.PAID: _("This list is paid."), RunState.CLOSED: str(Reason.NOBODY_LEFT.label)}
    return said.get(RunState(found.state), _("This list is not handed over yet."))


@page(PAY)
@require_GET
def pay_desk_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The list for the books, for the treasurer."""
    return _books(_run(request, code, PAY))


@page(PAY)
def pay_file(request: HttpRequest, code: str) -> HttpResponse:
    """Take the file with everybody's bank details; each time it is written down."""
    found = _run(request, code, PAY)
    form = forms.FileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = too_many_reveals(_me(request), timezone.now())
        if refusal is not None:
            form.add_error(None, refusal.message)
        elif form.attempt(_each_time(services.take_file), by=_me(request), at=timezone.now(), run=found):
            return _download(found, form.cleaned_data["kind"])
    ask = Ask(
        title=_("Take the payment file"), submit=_("Take the file"), back=_address("pay_desk_run", found), said="",
        kicker=_titled(found),
        lead=_("It holds account numbers in clear. Keep it where only you can read it, and delete it after paying."),
    )  # fmt: skip
    context = {"form": form, "ask": ask}
    return render_page(request, "facilitators/appointing_act.html", context, status=422 if form.errors else 200)


def _each_time(service: Callable[..., Any]) -> Callable[..., Any]:
    """A look at bank details is written down each time: sending the same form again is another look."""
    return lambda op, **facts: service(**facts)


def _download(found: PayRun, kind: str) -> HttpResponse:
    rows = file_rows(queries.lines_of(found))
    name = f"honorarium-{found.code}"
    if kind == "csv":
        streamed: Any = csv_response(rows, name)
        streamed.headers["Cache-Control"] = "private, no-store"
        return streamed  # type: ignore[no-any-return]
    answer = HttpResponse(xlsx_bytes(rows, sheet=found.code), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@page(PAY)
def pay_paid(request: HttpRequest, code: str) -> HttpResponse:
    """Record that a list was paid."""
    found = _run(request, code, PAY)
    form = forms.PaidForm(request.POST or None)
    ask = Ask(
        title=_("Record the payment"), submit=_("Record"), back=_address("pay_desk_run", found), kicker=_titled(found),
        said=_("Recorded. Everybody on the list is asked whether it came."),
        lead=_("Mark first whoever could not be paid; everybody else on the list counts as paid."),
    )  # fmt: skip
    return act_page(request, form, ask, services.pay_run, lambda: {"run": found, **typed(form)})


@page(PAY)
def pay_line_fail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody's pay did not go through."""
    found = _line(request, uid)
    form = forms.LineReasonForm(request.POST or None)
    ask = _line_ask(found, _("This payment did not go through"), _("Mark as failed"), _("It stands on the next list."))
    return act_page(request, form, ask, services.fail_line, lambda: {"line": found, **typed(form)})


@page(PAY)
def pay_line_answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answer somebody whose pay did not arrive."""
    found = _line(request, uid)
    form = forms.LineReasonForm(request.POST or None)
    ask = _line_ask(found, _("Answer: the money has gone out"), _("Answer"), _("The person is asked once more."))
    return act_page(request, form, ask, services.answer_denial, lambda: {"line": found, **typed(form)})


@page(PAY)
def pay_line_reveal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Look at somebody's bank details, for a reason."""
    found = _line(request, uid)
    form, held = forms.LineReasonForm(request.POST or None), None
    account = found.pay_account
    if request.method == "POST" and form.is_valid() and account is not None:
        refusal = too_many_reveals(_me(request), timezone.now())
        if refusal is not None:
            form.add_error(None, refusal.message)
        elif form.attempt(
            _each_time(pay_accounts.reveal_pay_account), by=_me(request), at=timezone.now(), pay_account=account,
            **typed(form),
        ):  # fmt: skip
            held = pay_accounts.details_of(account)
    context = {"form": form, "line": found, "held": held, "back": _address("pay_desk_run", found.run)}
    return render_page(request, "facilitators/pay_reveal.html", context, status=422 if form.errors else 200)


def _line_ask(found: PayLine, title: str, submit: str, said: str) -> Ask:
    lead = f"{found.account.name}: {found.said}" if found.said else found.account.name
    return Ask(
        title=title, submit=submit, said=said, back=_address("pay_desk_run", found.run), kicker=_titled(found.run),
        lead=lead,
    )  # fmt: skip


def _shown(
    request: HttpRequest, found: PayRun, acts: list[Act], home: str, name: str, *, for_treasurer: bool
) -> HttpResponse:
    lines = list(queries.lines_of(found))
    context = {
        "run": found, "lines": [(one, [formula(part) for part in one.parts]) for one in lines], "acts": acts,
        "for_treasurer": for_treasurer, "is_stale": queries.is_stale(found),
        "places": [Link(home, reverse(f"facilitators:{name}")), Link(_titled(found))],
    }  # fmt: skip
    return render_page(request, "facilitators/pay_run.html", context)


def _books(found: PayRun) -> HttpResponse:
    return pdf_bytes(receipt_list(found, list(queries.lines_of(found))), f"honorarium-{found.code}")


def _titled(found: PayRun) -> str:
    return _("%(month)s, list %(number)d") % {"month": formats.day(found.first_day, "bulan"), "number": found.number}


def _run(request: Any, code: str, verb: Verb) -> PayRun:
    found: PayRun = request.scope.get_or_404(queries.runs(), verb, code=code)
    return found


def _line(request: Any, uid: UUID) -> PayLine:
    found: PayLine = request.scope.get_or_404(queries.lines(), PAY, uid=uid)
    return found


def _me(request: Any) -> Any:
    return request.scope.account


def _address(name: str, found: PayRun) -> str:
    return reverse(f"facilitators:{name}", args=[found.code])
