"""What the office's pages of certificates and gates share: one form that does one act, and its way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from pendamping.access.pages import render_page
from pendamping.core.forms import ActForm
from pendamping.core.pieces import Link

PAGE = 25


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
    places: Sequence[Link] = ()


def act_page(
    request: HttpRequest, form: ActForm, ask: Ask, service: Callable[..., Any], facts: Callable[[], dict[str, Any]],
    *, then: Callable[[Any], str], extra: dict[str, Any] | None = None, template: str = "training/certifying_act.html",
) -> HttpResponse:  # fmt: skip
    """Show a form, do its act, go on; refusals stand at the field, and nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        done = form.attempt(service, by=request.scope.account, at=timezone.now(), **facts())
        if done is not None:
            messages.success(request, ask.said)
            return redirect(then(done))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "ask": ask, "places": ask.places, **(extra or {})}
    return render_page(request, template, context, status=status)


def typed(form: ActForm) -> dict[str, Any]:
    """What was typed, without the operation id."""
    return {name: value for name, value in form.cleaned_data.items() if name != "op"}


def started(request: HttpRequest) -> int:
    """Where a page of a list begins."""
    given = request.GET.get("from", "")
    return int(given) if given.isdecimal() and len(given) < 7 else 0
