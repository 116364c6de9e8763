"""The groups and capacities of a meeting: those of every meeting, and those of its city's own rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language

from pendamping.deliberation.enums.invitations import Capacity
from pendamping.deliberation.models import Attendance, Meeting, MeetingRules
from pendamping.deliberation.rules.own_groups import OwnGroup
from pendamping.deliberation.rules.register import gives_away

_PARTS: Mapping[str, tuple[str, ...]] = {"rt_rw": (Capacity.RT, Capacity.RW)}  # capacities that are counted together


def own_groups(held: MeetingRules | None) -> tuple[OwnGroup, ...]:
    """The city's own groups in a version of the rules, in its order."""
    return tuple(OwnGroup(one["name"], one["least"], one["counts"]) for one in held.own_groups) if held else ()


def own_of(meeting: Meeting) -> tuple[OwnGroup, ...]:
    """The city's own groups at a meeting: those of the version it was called under."""
    return own_groups(meeting.rules) if meeting.rules_id is not None else ()


def groups_of(meeting: Meeting) -> dict[str, str]:
    """Every group that is counted at a meeting, by its key, with its name in the reader's language."""
    return {**{name: str(label) for name, label in Attendance.GROUPS.items()}, **_named(own_of(meeting))}


def _named(groups: tuple[OwnGroup, ...]) -> dict[str, str]:
    return {one.key: one.label(get_language() or "id") for one in groups}


def counts_of(counted: Attendance, meeting: Meeting) -> dict[str, int]:
    """What was counted of each group of a meeting."""
    plain = {name: getattr(counted, name) for name in Attendance.GROUPS}
    return {**plain, **{one.key: counted.own.get(one.key, 0) for one in own_of(meeting)}}


def told_groups(counts: Mapping[str, int], meeting: Meeting) -> dict[str, str]:
    """The groups of a meeting of which others may read a number beside what its rules ask, as `groups_of`."""
    least = least_of(meeting)
    return {key: label for key, label in groups_of(meeting).items() if is_told(counts.get(key, 0), least.get(key, ()))}


def is_told(count: int, asked: Iterable[int]) -> bool:
    """May others read a number of a group, beside whether each of what is `asked` of it is met?"""
    return not any(gives_away(count, needed) for needed in asked)


def least_of(meeting: Meeting) -> dict[str, set[int]]:
    """How many must be there by the rules of a meeting, by the key of a group or a capacity; two may ask of one."""
    held, found = meeting.rules, defaultdict[str, set[int]](set)
    for key, least in held.groups.items() if held is not None else ():
        for one in (key, *_PARTS.get(key, ())):
            found[one].add(least)
    for own in own_of(meeting):
        for one in (own.key, own.capacity):
            found[one].add(own.least)
    return dict(found)


def capacities_of(meeting: Meeting) -> list[tuple[str, str]]:
    """In which capacities somebody may be present at a meeting: the city's own before residents and guests."""
    own = [(one.capacity, one.label(get_language() or "id")) for one in own_of(meeting) if not one.counts]
    plain = [(one.value, str(one.label)) for one in Capacity]
    before = [one for one in plain if one[0] not in (Capacity.RESIDENT, Capacity.GUEST)]
    return [*before, *own, *(one for one in plain if one not in before)]


def as_kept(groups: tuple[OwnGroup, ...]) -> list[Mapping[str, Any]]:
    """The groups as a version of the rules keeps them."""
    return [{"key": one.key, "name": dict(one.name), "least": one.least, "counts": one.counts} for one in groups]
