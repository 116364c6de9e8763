"""The plain page of one form, which several nouns of this app share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from pendamping.access.pages import render_page
from pendamping.core.forms import ActForm
from pendamping.core.pieces import Link


def form_page(
    request: HttpRequest, form: ActForm, *, title: str, submit: str, back: str, places: Sequence[Link],
    kicker: str = "", lead: str = "", refusal: str = "", draft: str = "",
) -> HttpResponse:  # fmt: skip
    """A form with its way back; where the act is not possible now, the reason instead. 422 when it has to be mended."""
    context: dict[str, Any] = {
        "form": form, "title": title, "submit": submit, "back": back, "places": places, "kicker": kicker, "lead": lead,
        "refusal": "" if form.errors else refusal, "draft_key": draft,
    }  # fmt: skip
    return render_page(request, "deliberation/form.html", context, status=422 if form.errors else 200)
