"""The public door: say what is on your mind, and get a code to follow it by."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from pendamping.access.pages import public_page, render_page
from pendamping.core.codes import read_code
from pendamping.needs import services
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.flood import too_many
from pendamping.needs.forms.voices import GiveForm
from pendamping.needs.queries.visible import public_voices


@public_page(max_age=0, methods=("GET", "POST"))
def give(request: HttpRequest) -> HttpResponse:
    """One form, no account. `?w=<ward path>` chooses the ward, from the ward's page or its QR code."""
    if request.method != "POST":
        return _form_page(request, GiveForm(initial={"ward": request.GET.get("w", "")}))
    at = timezone.now()
    refusal = too_many(request, at)
    form = GiveForm(request.POST, None if refusal else request.FILES)  # photos are not decoded for a flood
    if refusal is not None:
        form.add_error(None, refusal.message)
        form.files = request.FILES  # so that the form says they have to be chosen again
        return _form_page(request, form, status=429)
    voice = form.attempt(services.give_voice, by=None, at=at, **form.facts()) if form.is_valid() else None
    if voice is None:
        return _form_page(request, form, status=422)
    answer = redirect("needs:receipt", code=voice.code)
    answer.status_code = 303  # see other: a reload of the receipt never sends the voice again
    return answer


def _form_page(request: HttpRequest, form: GiveForm, status: int = 200) -> HttpResponse:
    # No token: it would set a cookie, and who posts here acts for nobody in particular (see public_page).
    has_wards = len(list(form.fields["ward"].choices)) > 1  # type: ignore[attr-defined]
    context = {"form": form, "has_wards": has_wards, "csrf_token": ""}
    return render_page(request, "needs/give.html", context, status=status)


@public_page()
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The code of a voice and what happens next; nothing of what was said."""
    voices = public_voices().select_related("menu_item", "category", "region__parent__parent")
    voice = voices.filter(code=read_code(code) or code).first()
    if voice is None:
        raise Http404
    context: dict[str, Any] = {
        "voice": voice,
        "place": voice.region.place_label,
        "is_waiting": voice.state == VoiceState.HEARD,
        "journey": settings.SITE_URL.rstrip("/") + reverse("portal:journey", args=[voice.code]),
    }
    return render_page(request, "needs/receipt.html", context)
