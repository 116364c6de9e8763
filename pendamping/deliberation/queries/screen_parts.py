"""What a meeting itself adds to the state of its room: people, its proposals, the one shown, the decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q

from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.models import AgendaItem, Meeting
from pendamping.deliberation.queries.composition import composition
from pendamping.deliberation.queries.meetings import items_of, totals
from pendamping.deliberation.queries.own_groups import groups_of, own_of, told_groups
from pendamping.deliberation.queries.screens import Room, part
from pendamping.deliberation.rules.register import SHOWN_FROM, shown
from pendamping.regions.models import Level, Region


@part("people", views=(ScreenView.ROOM,))
def people(room: Room) -> Mapping[str, Any] | None:
    """How many are in the room, of which groups, and which RTs nobody came from; None while nobody is counted.

    In public groups of fewer than five are None, and the sexes too while the whole room is that small; groups whose
    number would follow from what the rules ask are left out.
    """
    here, is_public = composition(room.meeting), room.is_public
    if not here.present:
        return None
    few = is_public and here.present < SHOWN_FROM
    names = told_groups(here.groups, room.meeting) if is_public else groups_of(room.meeting)
    groups = {name: shown(here.groups.get(name, 0)) if is_public else here.groups.get(name, 0) for name in names}
    missing = here.missing if here.heard else ()
    labels = Region.objects.filter(path__in=missing).select_related("parent__parent").order_by("path")
    return {
        "present": None if few else here.present, "women": None if few else here.women,
        "men": None if few else here.men, "groups": groups,
        "own": {one.key: dict(one.name) for one in own_of(room.meeting)},
        "rts": len(here.expected), "heard": len(here.heard),
        "missing": [_near(place, room.meeting) for place in labels] if missing else [],
    }  # fmt: skip


def _near(place: Region, meeting: Meeting) -> str:
    """A place as those in the room call it: its ward is left out where the meeting is of one ward."""
    is_of_ward = meeting.region.level in (Level.WARD, Level.RW) and place.parent is not None
    return f"{place.label} {place.parent.label}" if is_of_ward and place.parent else place.place_label


@part("items")
def items(room: Room) -> Mapping[str, Any]:
    """How many proposals the meeting has before it and how many are talked through; not how. One query."""
    found = AgendaItem.objects.filter(meeting=room.meeting).aggregate(
        count=Count("pk"), decided=Count("pk", filter=Q(decision__isnull=False))
    )
    return dict(found)


@part("proposal", views=(ScreenView.PROPOSAL,))
def proposal(room: Room) -> Mapping[str, Any] | None:
    """The proposal on the screen; None when none is, or it left the agenda. Two queries."""
    if room.proposal is None:
        return None
    found = items_of(room.meeting).filter(proposal__code=room.proposal).first()
    if found is None:
        return None
    one = found.proposal
    photo = one.photos.filter(published_at__isnull=False).order_by("pk").first()
    return {
        "code": one.code, "title": one.title, "position": found.position, "place": one.place,
        "region": one.region.place_label, "subject": one.subject, "volume": one.volume,
        "unit": one.get_unit_display(), "cost": one.estimated_cost, "women": one.women, "men": one.men,
        "photo": photo.name if photo else "", "photo_words": photo.caption if photo else "", "need": one.need.code,
    }  # fmt: skip


@part("decisions", views=(ScreenView.RESULT,))
def decisions(room: Room) -> Mapping[str, Any] | None:
    """What a closed meeting decided, dearest first; None before it is closed. Two queries."""
    if room.meeting.state != MeetingState.CLOSED:
        return None
    found = items_of(room.meeting).filter(decision__isnull=False).order_by("-decision__amount", "position")
    return {
        "totals": totals(room.meeting),
        "list": [
            {
                "code": one.proposal.code, "title": one.proposal.title, "outcome": one.decision.outcome,
                "word": one.decision.get_outcome_display(), "amount": one.decision.amount,
            }
            for one in found
        ],
    }  # fmt: skip
