"""The page behind the code in the room: three taps on one's own phone, without an account, also on a bad signal."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from pendamping.access.pages import public_page, render_page
from pendamping.access.throttle import allow, client_address
from pendamping.core.errors import Refused
from pendamping.deliberation import services
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.enums.presence import PresenceReason
from pendamping.deliberation.forms.register import ShowUpForm
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.queries.invitations import neighbourhoods
from pendamping.deliberation.queries.own_groups import capacities_of
from pendamping.deliberation.queries.presence import presences
from pendamping.deliberation.services.register import Facts, judge_code, phone_hash
from pendamping.training import devices

SALT = "pendamping.deliberation.seen"
COOKIE, LIFE = "meeting", 24 * 3600  # of the phone: long enough for one meeting
SECONDS = 900  # a code scanned in time may be sent so much later: bad signal is nobody's fault
WRONG_MOST, WINDOW = 60, 600  # wrong codes from one connection: a whole room may share it


@public_page(max_age=0, methods=("GET", "POST"))
def show_up(request: HttpRequest, code: str) -> HttpResponse:
    """Put oneself on the register. Opening the page changes nothing; sent twice, it makes one row.

    That the code was good when it was scanned is signed into the form, for one sending: so a slow network makes nobody
    late, and the page passed on to somebody at home puts one phone on the register and no second.
    """
    meeting = Meeting.objects.select_related("region").filter(code=code).exclude(state=MeetingState.CANCELLED).first()
    if meeting is None:
        raise Http404
    places, now = list(neighbourhoods(meeting)), timezone.now()
    if request.method == "POST":
        return _sent(request, meeting, places, now)
    known = presences(meeting).filter(device=phone_hash(meeting, devices.token_of(request, cookie=COOKIE))).first()
    scanned, refusal = request.GET.get("k", ""), ""
    op = uuid.uuid4()
    seen = ""
    if scanned:
        refusal = _refusal(request, meeting, scanned, now)
        seen = "" if refusal else signing.dumps([meeting.pk, op.hex, now.timestamp()], salt=SALT)
    form = ShowUpForm(
        places=places, capacities=capacities_of(meeting), has_code=bool(seen), initial={"op": op, "seen": seen}
    )
    return _page(request, meeting, form, known=known, refusal=refusal)


def _sent(request: HttpRequest, meeting: Meeting, places: list[Any], now: datetime) -> HttpResponse:
    noted = _noted(request, meeting, now)
    form = ShowUpForm(request.POST, places=places, capacities=capacities_of(meeting), has_code=noted)
    made, token = None, ""
    if form.is_valid():
        refusal = "" if noted else _refusal(request, meeting, form.cleaned_data["code"], now)
        if refusal:
            form.add_error("code", refusal)
        else:
            token = devices.token_of(request, form.cleaned_data["op"], cookie=COOKIE)
            facts, device = Facts(**form.facts()), phone_hash(meeting, token)
            made = form.attempt(services.show_up, by=None, at=now, meeting=meeting, facts=facts, device=device)
    answer = _page(request, meeting, form, known=made, status=200 if made else 422)
    if made:
        devices.remember(answer, token, life=LIFE, cookie=COOKIE)
    return answer


def _page(
    request: HttpRequest, meeting: Meeting, form: ShowUpForm, *, known: Any, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"meeting": meeting, "form": form, "known": known, "refusal": refusal}
    return render_page(request, "deliberation/show_up.html", context, status=status)


def _refusal(request: HttpRequest, meeting: Meeting, code: str, now: datetime) -> str:
    """Why a code does not count now; wrong ones are counted by connection, so that nobody tries them all."""
    try:
        judge_code(meeting, code, now)
    except Refused as refused:
        if refused.reason == PresenceReason.CODE_WRONG:
            key = f"deliberation.code:{client_address(request)}"
            wait = allow(key, limit=WRONG_MOST, seconds=WINDOW, at=now)
            if wait is not None:
                return Refused(PresenceReason.TOO_MANY_CODES, minutes=-(-wait // 60)).message
        return refused.message
    return ""


def _noted(request: HttpRequest, meeting: Meeting, now: datetime) -> bool:
    """Did this very form come from a code that was good when it was scanned, not long ago?"""
    try:
        pk, op, moment = signing.loads(request.POST.get("seen", ""), salt=SALT)
    except (signing.BadSignature, ValueError):
        return False
    sent = request.POST.get("op", "").replace("-", "")
    return bool((pk, op) == (meeting.pk, sent) and now.timestamp() - moment <= SECONDS)
