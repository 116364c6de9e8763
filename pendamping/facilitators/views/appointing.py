"""What the pages of appointing share: one form that does one act, PDF answers, places to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from pendamping.access.pages import render_page
from pendamping.access.verbs import Verb
from pendamping.core.forms import ActForm
from pendamping.core.models import Document
from pendamping.core.pieces import Link
from pendamping.facilitators.models import Appointment, Assignment
from pendamping.facilitators.queries.appointments import appointments
from pendamping.regions.models import Level, Region


@dataclass(frozen=True)
class Ask:
    """How a page asks for one act (id: permintaan tindakan)."""

    title: str
    submit: str
    back: str
    said: str
    kicker: str = ""
    lead: str = ""
    kind: str = "primary"
    confirm: str = ""
    draft: str = ""
    places: Sequence[Link] = ()


def act_page(
    request: HttpRequest, form: ActForm, ask: Ask, service: Callable[..., Any],
    facts: Callable[[], dict[str, Any]] | None = None, *, then: Callable[[Any], str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a form, do its act, go on; refusals stand at the field, and nothing typed is lost."""
    done = attempt(request, form, service, facts, said=ask.said)
    if done is not None:
        return redirect(then(done) if then else ask.back)
    status = 422 if request.method == "POST" else 200
    return render_page(request, "facilitators/appointing_act.html", {"form": form, "ask": ask}, status=status)


def attempt(
    request: HttpRequest, form: ActForm, service: Callable[..., Any], facts: Callable[[], dict[str, Any]] | None = None,
    *, said: str,
) -> Any | None:  # fmt: skip
    """Do the act of a posted form; None when there is nothing to do yet, or the form has to be mended."""
    if request.method != "POST" or not form.is_valid():
        return None
    given = facts() if facts else typed(form)
    done = form.attempt(service, by=request.scope.account, at=timezone.now(), **given)  # type: ignore[attr-defined]
    if done is not None:
        messages.success(request, said)
    return done


def typed(form: ActForm) -> dict[str, Any]:
    """What was typed, without the operation id."""
    return {name: value for name, value in form.cleaned_data.items() if name != "op"}


def pdf(paper: Document, name: str) -> HttpResponse:
    """A kept paper as a download."""
    with paper.file.open("rb") as kept:
        return pdf_bytes(kept.read(), name)


def pdf_bytes(data: bytes, name: str) -> HttpResponse:
    """Bytes of a paper as a download, kept by nobody on the way."""
    answer = HttpResponse(data, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def appointments_seen(request: HttpRequest) -> QuerySet[Appointment]:
    """The appointments of my city, and of those who are placed in my places."""
    scope = request.scope  # type: ignore[attr-defined]
    own = scope.narrow(Appointment.objects.all(), Verb.FACILITATOR_SEE).values("pk")
    placed = scope.narrow(Assignment.objects.all(), Verb.FACILITATOR_SEE).values("appointment")
    return appointments().filter(pk__in=own) | appointments().filter(pk__in=placed)


def appointment_seen(request: HttpRequest, code: str) -> Appointment:
    """One of them, or 404."""
    found = appointments_seen(request).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def managed(request: HttpRequest, code: str) -> Appointment:
    """An appointment this person may act on."""
    found: Appointment = request.scope.get_or_404(appointments(), Verb.APPOINTMENT_MANAGE, code=code)  # type: ignore[attr-defined]
    return found


def units(city_path: str, levels: Sequence[str] = (Level.WARD, Level.DISTRICT, Level.CITY)) -> QuerySet[Region]:
    """The places of a city where a role can be held."""
    inside = Region.objects.filter(path__startswith=city_path, level__in=levels, valid_to__isnull=True)
    return inside.select_related("parent").order_by("path")
