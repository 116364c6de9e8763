"""How the state of a room is put before people: photo, map, words, and the acts of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import segno
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.core import formats
from pendamping.core.languages import in_language
from pendamping.core.moments import day
from pendamping.core.pieces import Photo
from pendamping.deliberation.enums.meetings import MeetingState, Outcome
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.keys import room_secret
from pendamping.deliberation.models import Attendance, Meeting
from pendamping.deliberation.rules.meetings import has_begun
from pendamping.needs import pointmap
from pendamping.needs.models import Voice
from pendamping.needs.queries.map import extent
from pendamping.needs.queries.visible import public_voices
from pendamping.needs.rules.map import COARSE
from pendamping.training.rules import attendance_codes

AROUND = 6 * COARSE  # degrees: about a kilometre each way, so that a place is known again


def of(meeting: Meeting, state: Mapping[str, Any], *, in_hall: bool) -> dict[str, Any]:
    """What the templates show beside the state; in the hall also what only those present may see."""
    known: dict[str, Any] = {"groups": _groups(state), "outcomes": _outcomes(state)}
    if "proposal" in state:
        known["photo"] = _photo(state["proposal"])
        known["map"] = partial(place_map, state["proposal"]["need"], state["proposal"]["code"])  # asked when drawn
    if in_hall and state["shows"]["view"] == ScreenView.ROOM and _is_running(meeting):
        known["door"] = _door(meeting)
    if "result" in state:
        address = reverse("deliberation:public_result", args=[meeting.code, state["result"]["number"]])
        known["check"] = {"svg": partial(_square, settings.SITE_URL.rstrip("/") + address)}
    known["is_cancelled"] = meeting.state == MeetingState.CANCELLED
    return known


def changes(known: Mapping[str, Any]) -> str:
    """What of it changes though the state does not: part of the tag of an answer."""
    return str(known["door"]["code"]) if "door" in known else ""


def is_offered(view: str, state: Mapping[str, Any]) -> bool:
    """Is there anything to show in this view?"""
    needs = {ScreenView.MATRIX: "matrix", ScreenView.POLL: "poll"}
    if view == ScreenView.RESULT:
        return "decisions" in state or "result" in state
    return needs.get(ScreenView(view), "meeting") in state


def place_map(need_code: str, proposal_code: str) -> SafeString | None:
    """Where residents spoke of it, no finer than in public; None when nobody gave a point."""
    voices: QuerySet[Voice] = public_voices().filter(gathering__need__code=need_code, latitude__isnull=False)
    box = extent(voices)
    if box is None:
        return None
    wide = (box[0] - AROUND, box[1] - AROUND, box[2] + AROUND, box[3] + AROUND)
    journey = reverse("portal:journey", args=[proposal_code])
    return pointmap.render(voices, box=wide, is_public=True, closer=lambda _box: journey, listed=lambda _box: journey)


def _is_running(meeting: Meeting) -> bool:
    return bool(has_begun(state=meeting.state, held_on=meeting.held_on, today=day(timezone.now())))


def _door(meeting: Meeting) -> dict[str, Any]:
    """The code of this moment by which a phone in the room says that its owner is here."""
    sign = attendance_codes.code_at(room_secret(meeting), timezone.now())
    link = f"{settings.SITE_URL.rstrip('/')}{reverse('deliberation:show_up', args=[meeting.code])}?k={sign}"
    return {"code": f"{sign[:3]} {sign[3:]}", "svg": partial(_square, link)}


def _square(link: str) -> SafeString:
    svg = segno.make(link, micro=False, error="m").svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    return mark_safe(svg)  # our own drawing


def _photo(proposal: Mapping[str, Any]) -> Photo:
    if not proposal["photo"]:
        return Photo()
    src = reverse("access:photo", args=[proposal["photo"], "full"])
    return Photo(src=src, alt=proposal["photo_words"] or _("Photo of the place"))


def _groups(state: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The groups of the room with their numbers in words; small ones are told as such."""
    found = state.get("people")
    if not found:
        return []
    fewer = _("fewer than 5")
    own = {key: in_language(name, get_language() or "id") for key, name in found["own"].items()}
    return [
        (str(label), fewer if found["groups"][name] is None else formats.number(found["groups"][name]))
        for name, label in {**Attendance.GROUPS, **own}.items()
        if found["groups"].get(name, 0) != 0
    ]


def _outcomes(state: Mapping[str, Any]) -> list[tuple[str, int]]:
    found = state.get("decisions")
    return (
        [(str(one.label), found["totals"][one.value]) for one in Outcome if found["totals"][one.value]] if found else []
    )
