"""One form that does one act, shared by the pages of learning."""

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
    places: Sequence[Link] = ()
    about: Any = None  # the field task that is judged, read beside the form


def act_page(
    request: HttpRequest, form: ActForm, ask: Ask, service: Callable[..., Any], facts: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """Show a form, do its act, go back; refusals stand at the field, and nothing typed is lost."""
    if attempt(request, form, service, facts, said=ask.said) is not None:
        return redirect(ask.back)
    status = 422 if request.method == "POST" else 200
    return render_page(request, "training/act.html", {"form": form, "ask": ask}, status=status)


def attempt(
    request: HttpRequest, form: ActForm, service: Callable[..., Any], facts: Callable[[], dict[str, Any]], *, said: str
) -> Any | None:
    """Do the act of a posted form; None when there is nothing to do yet, or the form has to be mended."""
    if request.method != "POST" or not form.is_valid():
        return None
    done = form.attempt(service, by=request.scope.account, at=timezone.now(), **facts())  # type: ignore[attr-defined]
    if done is not None:
        messages.success(request, said)
    return done


def typed(form: ActForm) -> dict[str, Any]:
    """What was typed, without the operation id."""
    return {name: value for name, value in form.cleaned_data.items() if name != "op"}
