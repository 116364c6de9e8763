"""One's own pages: my appointment, contract, places and certificate, what I must sign, take over or answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import render_page
from pendamping.access.verbs import Verb
from pendamping.core.documents import printing
from pendamping.core.moments import day
from pendamping.facilitators import decree_papers as papers
from pendamping.facilitators.forms import appointments as forms
from pendamping.facilitators.forms.ethics import StatementForm
from pendamping.facilitators.models import Appointment, Attendee, EthicsCode
from pendamping.facilitators.own import own_page
from pendamping.facilitators.queries import appointments as queries
from pendamping.facilitators.queries import ethics
from pendamping.facilitators.queries import evaluations as evaluated
from pendamping.facilitators.queries.assignments import assignments
from pendamping.facilitators.services import duty_handovers, ethics_cases, ethics_code
from pendamping.facilitators.services.decrees import issue_certificate
from pendamping.facilitators.views.appointing import attempt, pdf, pdf_bytes, typed
from pendamping.facilitators.views.ceremonies import invitation_pdf, ticket_address


@own_page
@require_GET
def my_service(request: HttpRequest) -> HttpResponse:
    """My appointments, places and contracts, and what waits for me."""
    me, today = _me(request), day(timezone.now())
    mine = list(queries.of_person(me).prefetch_related("contracts"))
    placed = list(assignments().filter(account=me).order_by("-starts_on", "id"))
    invited = Attendee.objects.filter(
        appointment__account=me, attended_at__isnull=True, ceremony__held_on__gte=today
    ).select_related("ceremony", "appointment")  # fmt: skip
    context = {
        "appointments": [(one, [place for place in placed if place.appointment_id == one.pk]) for one in mine],
        "today": today, "unsigned": ethics.unsigned(me, today), "handovers": list(queries.waiting_for_handover(me)),
        "evaluations": list(evaluated.waiting_for_reply(me, today)), "cases": list(ethics.cases_of_accused(me)),
        "tickets": [(one, ticket_address(one)) for one in invited],
    }  # fmt: skip
    return render_page(request, "facilitators/my_service.html", context)


@own_page
@require_GET
def my_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The excerpt of the decree about me."""
    found = _mine(request, code)
    if found.decree.revoked_on:
        raise Http404
    return pdf(issue_certificate(appointment=found, at=timezone.now()), f"petikan-{found.code}")


@own_page
@require_GET
def my_invitation(request: HttpRequest, code: str) -> HttpResponse:
    """My invitation to the ceremony of this code."""
    mine = Attendee.objects.filter(ceremony__code=code, appointment__account=_me(request))
    found = mine.select_related("appointment__account", "ceremony__decree__region").first()
    if found is None:
        raise Http404
    return invitation_pdf(found)


@own_page
def my_signing(request: HttpRequest, code: str) -> HttpResponse:
    """Read the code of ethics in force and sign it."""
    found = _mine(request, code)
    current = ethics.code_in_force(found.region_path)
    if current is None:
        raise Http404
    shown = EthicsCode.objects.filter(pk=request.POST.get("version", "")).first() if _is_number(request) else current
    form = forms.ConfirmActForm(request.POST or None)
    facts = {"appointment": found, "ethics_code": shown or current}
    if attempt(request, form, ethics_code.sign_code, lambda: facts, said=_("Signed. Thank you.")):
        return redirect("facilitators:my_service")
    context = {
        "appointment": found, "version": current, "text": text_of(current), "form": form, "back": _home(),
        "signed": current.signatures.filter(appointment=found).first(),
    }  # fmt: skip
    return render_page(request, "facilitators/my_signing.html", context, status=422 if form.errors else 200)


@own_page
def my_takeover(request: HttpRequest, code: str) -> HttpResponse:
    """What my predecessor left open, and that I took it over."""
    found = _mine(request, code)
    if found.replaces is None:
        raise Http404
    form = forms.TakeOverForm(request.POST or None)
    said = _("Taken over. Thank you.")
    if attempt(request, form, duty_handovers.take_over, lambda: {"appointment": found, **typed(form)}, said=said):
        return redirect("facilitators:my_service")
    context = {
        "appointment": found, "works": duty_handovers.left_open(found), "form": form, "back": _home(),
        "duty_handover": getattr(found, "duty_handover", None), "may_open": request.scope.can_anywhere(Verb.RECORD_SEE),
    }  # fmt: skip
    return render_page(request, "facilitators/my_takeover.html", context, status=422 if form.errors else 200)


@own_page
@require_GET
def my_takeover_paper(request: HttpRequest, code: str) -> HttpResponse:
    """The list of open work as PDF, for both to sign."""
    found = _mine(request, code)
    if found.replaces is None:
        raise Http404
    data = papers.open_work(found, duty_handovers.left_open(found))
    return pdf_bytes(printing.render("blocks", data), f"serah-terima-{found.code}")


@own_page
def my_case(request: HttpRequest, code: str) -> HttpResponse:
    """A case about me: what is alleged, my answer, the decision. Never who reported, nor the words of the report."""
    found = ethics.cases_of_accused(_me(request)).filter(code=code).first()
    if found is None:
        raise Http404
    form = StatementForm(request.POST or None)
    said = _("Your answer is with the panel.")
    if attempt(request, form, ethics_cases.answer_case, lambda: {"case": found, **typed(form)}, said=said):
        return redirect("facilitators:my_service")
    may_answer = ethics.waiting_for_answer(_me(request)).filter(pk=found.pk).exists()
    context = {"case": found, "form": form, "back": _home(), "may_answer": may_answer}
    return render_page(request, "facilitators/my_case.html", context, status=422 if form.errors else 200)


def text_of(version: EthicsCode) -> str:
    """The text in the reader's language, as far as there is one."""
    return version.text_en if (get_language() or "").startswith("en") and version.text_en else version.text_id


def _is_number(request: HttpRequest) -> bool:
    return request.POST.get("version", "").isdecimal()


def _mine(request: HttpRequest, code: str) -> Appointment:
    found = queries.of_person(_me(request)).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _me(request: Any) -> Any:
    return request.user


def _home() -> str:
    return reverse("facilitators:my_service")
