"""The receipt of a voice, and behind its key the thread with the offices. The key comes in the body of a form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.core.codes import read_code
from pendamping.core.moments import day
from pendamping.needs import keys, services
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.forms.conversations import GiverForm, OpenForm, ReplyForm, SolvedForm
from pendamping.needs.giver import refused_key, too_many_messages
from pendamping.needs.messages_shown import entries
from pendamping.needs.models import Solving, Voice
from pendamping.needs.queries.standing import standing
from pendamping.needs.queries.visible import is_public, messages_for_giver
from pendamping.needs.rules import conversations as rules


@public_page(max_age=0, methods=("GET", "POST"))
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The code of a voice and what happens next; nothing of what was said, until its key is given.

    One that is hidden or about a person answers as a code that nobody has: its key alone opens it.
    """
    voices = Voice.everything.select_related("menu_item", "region__parent__parent", "category")
    voice = voices.filter(code=read_code(code) or code).first()
    is_known = voice is not None and is_public(voice)
    if request.method != "POST":
        return _receipt_page(request, voice, OpenForm()) if voice and is_known else _closed(request, code, OpenForm())
    at = timezone.now()
    refusal, status = refused_key(request, voice, request.POST.get("key", ""), at)
    if voice is not None and refusal is None:
        return _thread_page(request, voice, at)
    form = OpenForm(request.POST)
    form.is_valid()
    form.add_error("key", refusal.message if refusal else "")
    if voice is not None and is_known:
        return _receipt_page(request, voice, form, status=status)
    return _closed(request, code, form, status=429 if status == 429 else 404)


def _closed(request: HttpRequest, code: str, form: OpenForm, status: int = 404) -> HttpResponse:
    """The same for a code that nobody has and for a voice that nobody may know of."""
    context = {"form": form, "action": reverse("needs:receipt", args=[code]), "csrf_token": ""}
    return render_page(request, "needs/closed.html", context, status=status)


def _receipt_page(request: HttpRequest, voice: Voice, form: OpenForm, status: int = 200) -> HttpResponse:
    is_fresh = keys.is_fresh(voice, request.GET.get(keys.TICKET, ""))
    context: dict[str, Any] = {
        "voice": voice,
        "place": voice.region.place_label,
        "is_waiting": voice.state == VoiceState.HEARD,
        "journey": settings.SITE_URL.rstrip("/") + reverse("portal:journey", args=[voice.code]),
        "key": keys.voice_key(voice) if is_fresh else "",
        "giver": keys.giver_address(voice) if is_fresh else "",
        "giver_path": keys.giver_path(voice) if is_fresh else "",
        "form": form,
        "action": reverse("needs:receipt", args=[voice.code]),
        "csrf_token": "",  # no token: it would set a cookie, and the key says who acts
    }
    return render_page(request, "needs/receipt.html", context, status=status)


def _thread_page(request: HttpRequest, voice: Voice, at: datetime) -> HttpResponse:
    """The thread, after doing what was sent with the key. Sent again by a reload, it is one (operation id)."""
    key, said, status = request.POST["key"], "", 200
    solving = Solving.objects.filter(voice=voice).first()
    forms: dict[str, GiverForm] = {}
    act = request.GET.get("act")
    if act == "reply":
        said, status = _reply(request, voice, at, forms)
    elif act == "solved":
        form = forms["solved"] = SolvedForm(request.POST, auto_id="solved_%s")
        if form.is_valid():
            facts = {"answer": form.cleaned_data["answer"], "words": form.cleaned_data["words"]}
            done = form.attempt(services.say_solved, by=None, at=at, voice=voice, **facts)
            said = _("Thank you. Your answer is kept.") if done else ""
        status = 200 if said else 422
    if said:
        voice, forms = Voice.everything.select_related("menu_item", "region__parent__parent").get(pk=voice.pk), {}
        solving = Solving.objects.filter(voice=voice).first()
    first = {"key": key}
    is_open = rules.is_open(is_resident=True, state=voice.state)
    stands = standing(voice)
    context = {
        "voice": voice,
        "place": voice.region.place_label,
        "said": said,
        "entries": entries(messages_for_giver(voice), for_giver=True),
        "key": keys.voice_key(voice),
        "solving": solving,
        "may_say": solving is not None and not solving.answer,
        "solved": forms.get("solved") or SolvedForm(initial=first, auto_id="solved_%s"),
        "reply": (forms.get("reply") or ReplyForm(initial=first, auto_id="reply_%s")) if is_open else None,
        "closed": is_open.message,
        "stands": stands,
        "late": stands.is_late(day(at)),
        "action": reverse("needs:receipt", args=[voice.code]),
        "journey": reverse("portal:journey", args=[voice.code]) if is_public(voice) else "",
        "csrf_token": "",
    }
    return render_page(request, "needs/thread.html", context, status=status)


def _reply(request: HttpRequest, voice: Voice, at: datetime, forms: dict[str, GiverForm]) -> tuple[str, int]:
    form = forms["reply"] = ReplyForm(request.POST, request.FILES, auto_id="reply_%s")
    if not form.is_valid():
        return "", 422
    refusal = too_many_messages(voice, at)
    if refusal is not None:
        form.add_error(None, refusal.message)
        return "", 429
    facts = {"text": form.cleaned_data["text"], "photos": form.cleaned_data["photos"] or []}
    done = form.attempt(services.write_message, by=None, at=at, voice=voice, **facts)
    return (_("Your message was sent."), 200) if done else ("", 422)
