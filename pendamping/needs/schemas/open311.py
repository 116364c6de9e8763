"""What goes out over Open311: services and requests as GeoReport v2 names their parts."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.core.languages import in_language
from pendamping.needs.enums.categories import QuestionKind
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.georeport import Several
from pendamping.needs.models import Category, CategoryQuestion, Voice
from pendamping.needs.queries.open311 import OTHER
from pendamping.needs.rules import open311 as rules
from pendamping.regions.models import Level, Region

DATATYPES = {
    QuestionKind.TEXT: "text", QuestionKind.NUMBER: "number", QuestionKind.CHOICE: "singlevaluelist",
    QuestionKind.YES_NO: "singlevaluelist",
}  # fmt: skip


def service_of(category: Category) -> dict[str, Any]:
    """A service of the list."""
    item = category.menu_item
    return {
        "service_code": category.key,
        "service_name": _said(category.title),
        "description": str(item) if item else None,
        "metadata": bool(category.questions.all()),
        "type": "realtime",
        "keywords": None,
        "group": item.group_label if item else None,
    }


def other_service() -> dict[str, Any]:
    """The service of what has no category."""
    return {
        "service_code": OTHER, "service_name": _("Something else"), "description": None, "metadata": False,
        "type": "realtime", "keywords": None, "group": None,
    }  # fmt: skip


def definition_of(category: Category) -> dict[str, Any]:
    """A service with what it asks."""
    asked = [_attribute(question) for question in category.questions.all()]
    return {"service_code": category.key, "attributes": Several("attribute", asked)}


def _attribute(question: CategoryQuestion) -> dict[str, Any]:
    return {
        "variable": True,
        "code": question.key,
        "datatype": DATATYPES[QuestionKind(question.kind)],
        "required": question.is_required,
        "datatype_description": None,
        "order": question.position,
        "description": _said(question.label),
        "values": Several("value", [{"key": key, "name": name} for key, name in values_of(question)]),
    }


def values_of(question: CategoryQuestion) -> list[tuple[str, str]]:
    """What can be chosen: key and name."""
    if question.kind == QuestionKind.YES_NO:
        return [("yes", _("Yes")), ("no", _("No"))]
    return [(one["key"], _said(one)) for one in question.choices]


def request_of(voice: Voice) -> dict[str, Any]:
    """A voice as its public page tells it: the words once an official has read them, the ward's point, no photo.

    The resident's own point may be their home, and nobody asked the people on their photos (docs/open311.md).
    """
    asked, gathering = getattr(voice, "solving", None), getattr(voice, "gathering", None)
    is_read = voice.state != VoiceState.HEARD
    status = rules.status_of(
        state=voice.state, is_asked=asked is not None, is_reopened=asked is not None and asked.reopened_at is not None
    )
    reached = [voice.heard_at, voice.answered_at]
    reached += [gathering.at] if gathering else []
    reached += [asked.created_at, asked.reopened_at] if asked else []
    ward, due = _ward(voice.region), voice.still_due if status == "open" else []  # type: ignore[attr-defined]
    place = voice.region.place_label
    return {
        "service_request_id": voice.code,
        "status": str(status),
        "status_notes": voice.answer or _notes(voice),
        "service_name": _said(voice.category.title) if voice.category else voice.subject,
        "service_code": voice.category.key if voice.category else OTHER,
        "description": voice.text if is_read else None,
        "agency_responsible": ward.label,
        "service_notice": None,
        "requested_datetime": _instant(voice.heard_at),
        "updated_datetime": _instant(rules.last_moved(reached)),
        "expected_datetime": _instant(_end_of(due[0].due_on)) if due else None,
        "address": f"{place}, {voice.place_words}" if is_read and voice.place_words else place,
        "address_id": voice.region_path,
        "zipcode": None,
        "lat": float(ward.latitude) if ward.latitude is not None else None,
        "long": float(ward.longitude) if ward.longitude is not None else None,
        "media_url": None,
    }


def _notes(voice: Voice) -> str:
    gathering = getattr(voice, "gathering", None)
    if gathering is None:
        return str(VoiceState(voice.state).label)
    return _("Part of the need %(code)s") % {"code": gathering.need.code}


def _ward(region: Region) -> Region:
    while region.level in (Level.RW, Level.RT) and region.parent is not None:
        region = region.parent
    return region


def _said(words: dict[str, str]) -> str:
    return in_language(words, get_language() or "id")


def _instant(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def _end_of(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(23, 59, 59)))
