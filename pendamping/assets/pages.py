"""What the public page and the working page of an asset have in common, made ready for the templates."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.assets import queries
from pendamping.assets.enums import Condition
from pendamping.assets.models import Asset, FaultReport, Inspection
from pendamping.core.pieces import Entry
from pendamping.delivery.pictures import all_shown, shown
from pendamping.delivery.queries import pair_of
from pendamping.needs.enums.voices import VoiceState

SIGNS = {
    Condition.GOOD: "done",
    Condition.LIGHT_DAMAGE: "warning",
    Condition.HEAVY_DAMAGE: "warning",
    Condition.GONE: "stopped",
}


def sign(condition: str) -> str:
    """A condition as pages draw it."""
    return SIGNS[Condition(condition)]


def story(asset: Asset) -> dict[str, Any]:
    """The asset, the project behind it, both photos, and its inspections."""
    project = asset.handover.project
    before, after = pair_of(project)
    return {
        "asset": asset,
        "handover": asset.handover,
        "project": project,
        "sign": sign(asset.condition),
        "has_photos": before is not None or after is not None,
        "before": shown(before, _("Before the work: %(title)s") % {"title": project.title}),
        "after": shown(after, _("After the work: %(title)s") % {"title": project.title}),
        "inspections": [_inspection_entry(one, asset) for one in queries.inspections_of(asset)[:10]],
    }


def _inspection_entry(inspection: Inspection, asset: Asset) -> Entry:
    return Entry(
        what=str(inspection.get_condition_display()),
        when=inspection.inspected_on,
        why=inspection.finding,
        photos=all_shown(inspection.public_photos, asset.name),  # type: ignore[attr-defined]
        state=sign(inspection.condition),
    )


def fault_entries(faults: list[FaultReport]) -> list[Entry]:
    """Faults as everyone may read them: the words only after somebody has handled them, the state always."""
    return [_fault_entry(fault) for fault in faults]


def _fault_entry(fault: FaultReport) -> Entry:
    voice = fault.voice
    handled = voice.state != VoiceState.HEARD
    need = voice.gathering.need if voice.state == VoiceState.GATHERED else None
    became = voice.answer or (_("Now part of the need “%(need)s”") % {"need": need.title} if need else "")
    return Entry(
        what=voice.text if handled else _("A resident reported a fault"),
        when=fault.created_at,
        who=str(voice.get_state_display()),
        why=became,
        href=reverse("portal:journey", args=[voice.code]),
        link=_("What became of it"),
        state="active" if handled else "waiting",
    )
