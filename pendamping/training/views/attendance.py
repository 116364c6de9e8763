"""The trainer takes attendance: the changing code, big enough for the back row, and the list, one tap a person."""

from __future__ import annotations

import uuid
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.training.enums.sessions import AttendanceChannel, Presence
from pendamping.training.models import Place, Session
from pendamping.training.queries import sessions as queries
from pendamping.training.rules import attendance_codes
from pendamping.training.rules import sessions as rules
from pendamping.training.services import attendance as services
from pendamping.training.views.sessions import address, found_session, place_of, trail


@page(Verb.SESSION_HOLD, for_own_eyes=True)
@require_GET
def session_code(request: HttpRequest, code: str) -> HttpResponse:
    """The code of this moment; the page asks for the next one by itself, without JavaScript by loading anew."""
    found = found_session(request, code)
    context = {"session": found, "places": trail(found, _("Attendance code")), **_shown(found)}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "training/_session_code.html", context)
    return render_page(request, "training/session_code.html", context)


def _shown(found: Session) -> dict[str, Any]:
    """What is on the screen now: the code where it counts, else why it does not."""
    now = timezone.now()
    refusal = ""
    try:
        services.presence_now(found, now)
    except Refused as refused:
        refusal = refused.message
    code = attendance_codes.code_at(found.secret, now)
    link = f"{settings.SITE_URL.rstrip('/')}{reverse('training:my_attendance', args=[found.code])}?k={code}"
    svg = segno.make(link, micro=False, error="m").svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    return {
        "refusal": refusal, "code": f"{code[:3]} {code[3:]}", "svg": mark_safe(svg),
        "came": queries.came(found), "expected": found.taken,
    }  # fmt: skip


@page(Verb.SESSION_HOLD)
def session_list(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody with four buttons; each tap is kept by itself."""
    found = found_session(request, code)
    if request.method == "POST":
        return _tapped(request, found)
    people = list(queries.expected(found))
    context = {
        "session": found, "people": people, "came": sum(one.presence in rules.CAME for one in people),
        "choices": Presence, "places": trail(found, _("Attendance list")),
    }  # fmt: skip
    return render_page(request, "training/session_list.html", context)


def _tapped(request: Any, found: Session) -> HttpResponse:
    place, presence, refusal = place_of(found, _uid(request)), request.POST.get("presence", ""), ""
    if presence not in Presence:
        return HttpResponse(status=400)
    try:
        place = services.mark(
            by=request.user, at=timezone.now(), place=place, presence=presence, channel=AttendanceChannel.LIST
        )  # fmt: skip
    except Refused as refused:
        refusal = refused.message
    if request.htmx:
        return render(request, "training/_session_person.html", _row(found, place, refusal), status=200)
    if refusal:
        messages.error(request, refusal)
    return redirect(f"{address(found, 'session_list')}#{place.uid}")


def _row(found: Session, place: Place, refusal: str) -> dict[str, Any]:
    return {"session": found, "one": place_of(found, place.uid), "choices": Presence, "refusal": refusal}


def _uid(request: Any) -> Any:
    try:
        return uuid.UUID(request.POST.get("place", ""))
    except ValueError:
        return uuid.UUID(int=0)
