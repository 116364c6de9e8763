"""The public door: say what is on your mind, and get a code to follow it by."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.core.codes import read_code
from pendamping.core.personal import mask
from pendamping.needs import services
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.flood import too_many, too_many_reports
from pendamping.needs.forms.answers import MOST_WORDS
from pendamping.needs.forms.cases import KeyForm
from pendamping.needs.forms.moderation import ReportForm
from pendamping.needs.forms.voices import GiveForm
from pendamping.needs.keys import opens, voice_key
from pendamping.needs.models import Message, Voice
from pendamping.needs.queries.visible import public_messages, public_voices, shown_messages
from pendamping.needs.services import moderation


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
    if voice.is_confidential:
        return case_receipt(request, voice)
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


def case_receipt(request: HttpRequest, voice: Voice) -> HttpResponse:
    """The code and key of a confidential voice, in the answer itself: no address leads here again."""
    answer = render_page(request, "needs/case_receipt.html", {"voice": voice, "key": voice_key(voice)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@public_page(max_age=0, methods=("GET", "POST"))
def sealed(request: HttpRequest) -> HttpResponse:
    """What became of a confidential voice, for whoever holds both its code and its key; they travel in the body."""
    if request.method != "POST":
        return render_page(request, "needs/sealed.html", {"form": KeyForm(), "csrf_token": ""})
    form, at = KeyForm(request.POST), timezone.now()
    refusal = too_many_reports(request, at)
    found = None
    if refusal is not None:
        form.add_error(None, refusal.message)
    elif form.is_valid():
        code = read_code(form.cleaned_data["code"])
        known = Voice.everything.filter(is_confidential=True, code=code).select_related("category").first()
        if known is not None and opens(known, form.cleaned_data["key"]):
            found = known
        else:
            form.add_error(None, _("There is no voice with this code and this key. Compare both sign by sign."))
    if found is None:
        context = {"form": form, "csrf_token": ""}
        return render_page(request, "needs/sealed.html", context, status=429 if refusal else 422)
    context = {"voice": found, "place": found.region.place_label, "thread": shown_messages(found)}
    return render_page(request, "needs/sealed_voice.html", context)


@public_page(max_age=0, methods=("GET", "POST"))
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a voice, or a message of its thread (`?m=`), should not be shown. Who says so is not kept."""
    voice = public_voices().filter(code=read_code(code) or code).first()
    if voice is None:
        raise Http404
    asked = request.GET.get("m", "")
    message = public_messages(voice).filter(pk=int(asked[:18])).first() if asked.isdecimal() else None
    if request.method != "POST":
        return _report_page(request, voice, message, ReportForm())
    at = timezone.now()
    refusal = too_many_reports(request, at)
    form = ReportForm(request.POST)
    if refusal is not None:
        form.add_error(None, refusal.message)
        return _report_page(request, voice, message, form, status=429)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("reason", "words")}
        if form.attempt(moderation.report, by=None, at=at, voice=voice, message=message, **facts) is not None:
            return render_page(request, "needs/reported.html", {"voice": voice})
    return _report_page(request, voice, message, form, status=422)


def _report_page(
    request: HttpRequest, voice: Voice, message: Message | None, form: ReportForm, status: int = 200
) -> HttpResponse:
    context = {"voice": voice, "message": message, "form": form, "csrf_token": ""}
    return render_page(request, "needs/report.html", context, status=status)


@public_page(max_age=0, methods=("POST",))
def preview(request: HttpRequest) -> HttpResponse:
    """How words will read once what tells of persons is taken out. Nothing is kept."""
    text = request.POST.get("text", "")[:MOST_WORDS]
    masked = mask(text)
    kinds = [kind.value for kind in dict.fromkeys(one.kind for one in masked.found)]
    return render_page(request, "needs/preview.html", {"text": masked.text, "kinds": kinds})
