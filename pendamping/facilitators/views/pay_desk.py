"""The treasurer's desk: lists to pay, their file, the payment recorded, a line that failed or is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.imports.export import XLSX, csv_response, xlsx_bytes
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.enums.pay import Reason, RunState
from pendamping.facilitators.forms import pay as forms
from pendamping.facilitators.models import PayLine, PayRun
from pendamping.facilitators.pay_flood import too_many_reveals
from pendamping.facilitators.pay_papers import file_rows
from pendamping.facilitators.queries import pay as queries
from pendamping.facilitators.services import pay_accounts
from pendamping.facilitators.services import pay_runs as services
from pendamping.facilitators.views.appointing import Ask, act_page, typed
from pendamping.facilitators.views.pay_shown import PAGE, address, books, run_of, shown, titled

PAY = Verb.HONORARIUM_PAY


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
    found = run_of(request, code, PAY)
    at_me = "" if found.state == RunState.HANDED_OVER else _run_refusal(found)
    unpaid = at_me or ("" if found.file_taken_at else _("Take the file first."))
    acts = [
        Act(_("Take the file"), address("pay_file", found), refusal=at_me, kind="primary" if unpaid else "secondary"),
        Act(_("Record the payment"), address("pay_paid", found), refusal=unpaid, kind="primary"),
        Act(_("List for the books (PDF)"), address("pay_desk_pdf", found)),
    ]
    return shown(request, found, acts, _("Pay"), "pay_desk", for_treasurer=found.state != RunState.MADE)


def _run_refusal(found: PayRun) -> str:
    said = {RunState.PAID: _("This list is paid."), RunState.CLOSED: str(Reason.NOBODY_LEFT.label)}
    return said.get(RunState(found.state), _("This list is not handed over yet."))


@page(PAY)
@require_GET
def pay_desk_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The list for the books, for the treasurer."""
    return books(run_of(request, code, PAY))


@page(PAY)
def pay_file(request: HttpRequest, code: str) -> HttpResponse:
    """Take the file with everybody's bank details; each time it is written down."""
    found = run_of(request, code, PAY)
    form = forms.FileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = too_many_reveals(_me(request), timezone.now())
        if refusal is not None:
            form.add_error(None, refusal.message)
        elif form.attempt(_each_time(services.take_file), by=_me(request), at=timezone.now(), run=found):
            return _download(found, form.cleaned_data["kind"])
    ask = Ask(
        title=_("Take the payment file"), submit=_("Take the file"), back=address("pay_desk_run", found), said="",
        kicker=titled(found),
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
    found = run_of(request, code, PAY)
    form = forms.PaidForm(request.POST or None)
    ask = Ask(
        title=_("Record the payment"), submit=_("Record"), back=address("pay_desk_run", found), kicker=titled(found),
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
    context = {"form": form, "line": found, "held": held, "back": address("pay_desk_run", found.run)}
    return render_page(request, "facilitators/pay_reveal.html", context, status=422 if form.errors else 200)


def _line_ask(found: PayLine, title: str, submit: str, said: str) -> Ask:
    lead = f"{found.account.name}: {found.said}" if found.said else found.account.name
    return Ask(
        title=title, submit=submit, said=said, back=address("pay_desk_run", found.run), kicker=titled(found.run),
        lead=lead,
    )  # fmt: skip


def _line(request: Any, uid: UUID) -> PayLine:
    found: PayLine = request.scope.get_or_404(queries.lines(), PAY, uid=uid)
    return found


def _me(request: Any) -> Any:
    return request.scope.account
