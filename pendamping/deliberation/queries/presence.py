"""The attendance register: its rows, what they add up to, and what of it is told to others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from pendamping.core import formats
from pendamping.deliberation.enums.presence import Source
from pendamping.deliberation.models import Meeting, PaperSheet, Presence
from pendamping.deliberation.queries.composition import composition, rows_that_count
from pendamping.deliberation.queries.own_groups import capacities_of, is_told, least_of, told_groups
from pendamping.deliberation.rules.register import reckoned, shown
from pendamping.regions.models import Region


def presences(meeting: Meeting) -> QuerySet[Presence]:
    """The rows that stand, also of sheets not confirmed yet, the newest first."""
    found = Presence.objects.filter(meeting=meeting, struck_at__isnull=True)
    return found.select_related("meeting__rules", "place__parent__parent", "sheet").order_by("-number")


def sheets(meeting: Meeting) -> QuerySet[PaperSheet]:
    """The sheets printed, each with how many of its rows were typed."""
    typed = Count("presences", filter=Q(presences__struck_at__isnull=True))
    return PaperSheet.objects.filter(meeting=meeting).select_related("meeting").annotate(typed=typed)


def open_sheets(meeting: Meeting) -> int:
    """How many sheets have rows that do not count yet, because nobody confirmed them."""
    found = Presence.objects.filter(meeting=meeting, struck_at__isnull=True, sheet__confirmed_at__isnull=True)
    return found.filter(sheet__isnull=False).order_by().values("sheet").distinct().count()


def by_source(meeting: Meeting) -> dict[str, int]:
    """How many rows that count came by each way."""
    found = rows_that_count(meeting).order_by().values_list("source").annotate(Count("pk"))
    return dict(found)


def nameless_by_source(meeting: Meeting) -> list[tuple[Source, int]]:
    """How many rows that count have no name, by the way they came: nobody can tell whether they stand here twice."""
    found = rows_that_count(meeting).filter(name_cipher=None).order_by().values_list("source").annotate(Count("pk"))
    counted = dict(found)
    return [(one, counted[one]) for one in Source if counted.get(one)]


def expected_places(meeting: Meeting, paths: Sequence[str]) -> list[Region]:
    """Places by their paths, in order, with what their labels need. One query."""
    return list(Region.objects.filter(path__in=list(paths)).select_related("parent__parent").order_by("path"))


def presence_for_minutes(meeting: Meeting) -> dict[str, Any]:
    """What the printed minutes say of who came: never a name, small groups withheld, RTs nobody came from by name.

    Keys: `women`, `men` (numbers), `groups` and `capacities` (pairs of label and text), `sources` (pairs), `heard` and
    `expected` (numbers of RTs), `missing` (labels). Groups whose number would follow from what the rules ask, or from
    the others, are left out. Without a register `capacities` and `sources` are empty.
    """
    room = composition(meeting)
    groups = told_groups(room.groups, meeting)
    held = dict(rows_that_count(meeting).order_by().values_list("capacity").annotate(Count("pk")))
    ways, least = by_source(meeting), least_of(meeting)
    untold = {one for one, count in held.items() if not is_told(count, least.get(one, ()))}
    untold |= reckoned(held, untold)
    return {
        "women": room.women, "men": room.men,
        "groups": [(label, veil(room.groups.get(name, 0))) for name, label in groups.items()],
        "capacities": [
            (label, veil(held[one])) for one, label in capacities_of(meeting) if held.get(one) and one not in untold
        ],
        "sources": [(str(one.label), formats.number(ways[one])) for one in Source if ways.get(one)],
        "heard": len(room.heard), "expected": len(room.expected),
        "missing": [place.place_label for place in expected_places(meeting, room.missing)] if room.heard else [],
    }  # fmt: skip


def veil(count: int) -> str:
    """A count of a group in words; one so small that people could be known is told as such."""
    told = shown(count)
    return _("fewer than 5") if told is None else formats.number(told)
