"""The public door: say what is on your mind, and get a code to follow it by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.core.codes import read_code
from pendamping.core.errors import Refused
from pendamping.core.personal import mask
from pendamping.needs import services
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.fields import PointField
from pendamping.needs.flood import too_many, too_many_reports
from pendamping.needs.forms.answers import MOST_WORDS
from pendamping.needs.forms.moderation import ReportForm
from pendamping.needs.forms.voices import GiveForm
from pendamping.needs.keys import fresh_path, giver_path, voice_key
from pendamping.needs.models import Message, Voice
from pendamping.needs.queries.places import neighbourhood, ward_at, wards_of
from pendamping.needs.queries.similar import similar_voices
from pendamping.needs.queries.visible import public_messages, public_voices
from pendamping.needs.services import moderation
from pendamping.needs.services.contacts import reach
from pendamping.regions import tilemap


@public_page(max_age=0, methods=("GET", "POST"))
def give(request: HttpRequest) -> HttpResponse:
    """One form, no account. `?w=<ward path>` chooses the ward, from the ward's page or its QR code.

    Posted with `look`, nothing is kept: what was typed comes back beside what neighbours said at that place.
    """
    if request.method != "POST":
        if "map" in request.GET:
            return _map_page(request)
        return _form_page(request, _looked(GiveForm(initial={"ward": request.GET.get("w", "")})))
    if "look" in request.POST:
        form = _looked(GiveForm(initial=_typed(request)))
        if request.POST["look"] == "near":  # the phone asks for the list alone
            context = {"similar": form.similar, "ward": form.initial.get("ward", "")}
            return render_page(request, "needs/near.html", context)
        return _form_page(request, form)
    at = timezone.now()
    refusal = too_many(request, at)
    form = GiveForm(request.POST, None if refusal else request.FILES)  # photos are not decoded for a flood
    if refusal is not None:
        form.add_error(None, refusal.message)
        form.files = request.FILES  # so that the form says they have to be chosen again
        return _form_page(request, form, status=429)
    voice = _given(form, at) if form.is_valid() else None
    if voice is None:
        return _form_page(request, form, status=422)
    if voice.is_confidential:
        return case_receipt(request, voice)
    answer = redirect(fresh_path(voice))
    answer.status_code = 303  # see other: a reload of the receipt never sends the voice again
    return answer


@public_page(max_age=0)
def give_worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the form, from below suara/ so that it governs the form and no other page."""
    script = f'importScripts("{static("needs/js/queue.js")}");importScripts("{static("needs/js/give_worker.js")}");'
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def _given(form: GiveForm, at: datetime) -> Voice | None:
    """The voice, with whoever gave it following it; an address is kept only together with its voice."""
    facts, address, op = form.facts(), form.cleaned_data.get("contact"), form.cleaned_data["op"]
    with transaction.atomic():
        try:
            contact = reach(kind=ContactKind.EMAIL, address=address, at=at) if address else None
        except Refused as refusal:
            form.add_error("contact", refusal.message)
            return None
        sent = {"source": "web", "source_ref": str(op)} if op else {}
        voice: Voice | None = form.attempt(services.give_voice, by=None, at=at, contact=contact, **sent, **facts)
        if voice is None:
            transaction.set_rollback(True)
    return voice


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed so far, to be shown again; where the phone is chooses the ward, until somebody chooses it."""
    typed: dict[str, Any] = {name: request.POST[name] for name in request.POST if name not in ("look", "proof")}
    point = PointField(required=False)
    try:
        typed["point"] = point.clean([typed.pop("point_latitude", ""), typed.pop("point_longitude", "")])
    except ValidationError:
        typed["point"] = None
    if typed["point"] and not typed.get("ward"):
        ward = ward_at(*typed["point"])
        typed["ward"] = ward.path if ward else ""
    return typed


def _looked(form: GiveForm) -> GiveForm:
    """The form with what neighbours said at its place, as far as the place is known."""
    typed = form.initial
    ward = wards_of().filter(path=typed.get("ward") or "-").first()
    if ward is None:
        return form
    rw, rt = (
        number if number.isdecimal() and len(number) <= 3 else ""
        for number in (typed.get("rw", ""), typed.get("rt", ""))
    )
    latitude, longitude = typed.get("point") or (None, None)
    category = next((one for one in form.categories if one.key == typed.get("category")), None)
    form.similar = similar_voices(
        public_voices(), region=neighbourhood(ward, rw, rt)[0], at=timezone.now(), text=typed.get("text", ""),
        category=category, latitude=latitude, longitude=longitude,
    )  # fmt: skip
    return form


def _map_page(request: HttpRequest) -> HttpResponse:
    """Every ward as a tile that opens the form for it."""
    wards, here = list(wards_of()), reverse("needs:give")
    urls = {ward.path: f"{here}?w={ward.path}" for ward in wards}
    drawn = tilemap.render(wards, urls=urls, title=_("Wards to choose from"))
    links = [(ward, urls[ward.path]) for ward in wards]
    return render_page(request, "needs/give_map.html", {"map": drawn, "links": links})


def _form_page(request: HttpRequest, form: GiveForm, status: int = 200) -> HttpResponse:
    # No token: it would set a cookie, and who posts here acts for nobody in particular (see public_page).
    has_wards = len(list(form.fields["ward"].choices)) > 1  # type: ignore[attr-defined]
    context = {"form": form, "has_wards": has_wards, "csrf_token": ""}
    return render_page(request, "needs/give.html", context, status=status)


def case_receipt(request: HttpRequest, voice: Voice) -> HttpResponse:
    """The code and key of a confidential voice, in the answer itself: no address leads here again."""
    context = {"voice": voice, "key": voice_key(voice), "giver_path": giver_path(voice)}
    answer = render_page(request, "needs/case_receipt.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


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
