"""What the rule of a ballot looks at besides votes and cost: stream, groups, area and need of each proposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from pendamping.deliberation.rules import ballot_rule
from pendamping.needs.models import Proposal, Score
from pendamping.regions.models import WIDTHS, Region


def facts_of(place: Region, proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """Facts of proposals on a ballot at `place`, in their order, as the allocation reads them.

    Area: the part of the place it lies in, by its name: an RW of a ward, a ward of a district. Groups: who makes up at
    least half of those who gain. Need: the points in force of the need behind it, 0 to 4 by criterion.
    """
    areas, needs = _areas(place, proposals), _needs(proposals)
    return [
        {
            "heading": one.menu_item.stream, "area": areas[one.pk], "need": needs[one.need_id],
            "groups": ballot_rule.groups_of(
                women=one.women, men=one.men, children=one.children, poor=one.poor, disabled=one.disabled
            ),
            "requires": [], "excludes": [],
        }
        for one in proposals
    ]  # fmt: skip


def _areas(place: Region, proposals: Sequence[Proposal]) -> dict[int, str]:
    width = min((one for one in WIDTHS.values() if one > len(place.path)), default=len(place.path))
    paths = {one.pk: one.region_path[:width] for one in proposals}
    labels = {one.path: one.label for one in Region.objects.filter(path__in=set(paths.values()))}
    return {pk: labels.get(path, path)[: ballot_rule.WORD] for pk, path in paths.items()}


def _needs(proposals: Sequence[Proposal]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Score.objects.filter(need__in=[one.need_id for one in proposals], replaced_at__isnull=True)
    for one in rows.select_related("criterion").order_by("criterion__key"):
        least = min((level["points"] for level in one.criterion.levels), default=0)
        found[one.need_id][one.criterion.key] = max(0, min(4, one.points - least))
    return found
