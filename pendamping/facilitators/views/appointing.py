"""What the pages of appointing share: one form that does one act, PDF answers, places to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from pendamping.access.pages import render_page
from pendamping.access.verbs import Verb
from pendamping.core.forms import ActForm
from pendamping.core.models import Document
from pendamping.core.pieces import Link
from pendamping.facilitators.models import Appointment
from pendamping.facilitators.queries.appointments import appointments


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


def managed(request: HttpRequest, code: str) -> Appointment:
    """An appointment this person may act on."""
    found: Appointment = request.scope.get_or_404(appointments(), Verb.APPOINTMENT_MANAGE, code=code)  # type: ignore[attr-defined]
    return found
