"""One form that does one act on a meeting, and where its pages stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.core.pieces import Link
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.queries import meetings as queries


def found_meeting(request: HttpRequest, code: str, verb: Verb = Verb.RECORD_SEE) -> Meeting:
    """A meeting of the places where this person holds the verb; 404 for any other."""
    found: Meeting = request.scope.get_or_404(queries.meetings(), verb, code=code)  # type: ignore[attr-defined]
    return found


def address(found: Meeting, name: str = "meeting", *more: Any) -> str:
    """The address of a page of a meeting."""
    return reverse(f"deliberation:{name}", args=[found.code, *more])


def trail(found: Meeting, *here: str | Link) -> list[Link]:
    """Where a page of a meeting stands."""
    links = [one if isinstance(one, Link) else Link(one) for one in here]
    return [Link(_("Meetings"), reverse("deliberation:meetings")), Link(found.code, address(found)), *links]


def pressed(request: HttpRequest, back: str, act: Callable[..., Any], *, said: str, **facts: Any) -> HttpResponse:
    """A button that does one act: done or refused, one is back where one was, and told."""
    try:
        act(by=request.user, at=timezone.now(), **facts)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect(back)


def act_page(
    request: HttpRequest, form: ActForm, act: Callable[..., Any], facts: Callable[[], dict[str, Any]], *, said: str,
    back: str, **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form, do its act, go back; a refusal stands at the field, and nothing typed is lost."""
    sent = request.method == "POST" and form.is_valid()
    if sent and form.attempt(act, by=request.user, at=timezone.now(), **facts()) is not None:
        messages.success(request, said)
        return redirect(back)
    status = 422 if form.errors else 200
    usual = {"lead": "", "draft": "", "kind": "primary", "refusal": "", "rows": [], "no_cancel": False}
    shown = {**usual, "form": form, "back": back, **context}
    return render_page(request, "deliberation/act.html", shown, status=status)
