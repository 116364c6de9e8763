"""What stands or was carried out already, for the check of what is proposed twice: apps above register theirs.

An app declares in a module imported when it starts:

    @register
    def finished_projects(ward_path, group_code): yield Earlier(…)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise

MOST = 200  # of one kind in one ward


@dataclass(frozen=True)
class Earlier:
    """Something finished or under way in a ward (id: hasil kegiatan terdahulu)."""

    kind: str  # "project", "asset": a key, kept with the check
    label: str | Promise
    code: str
    title: str
    place: str
    year: int
    proposal: str  # the code of the proposal it came of
    address: str  # of its public page


Finder = Callable[[str, str], Iterable[Earlier]]
_finders: dict[str, Finder] = {}


def register(finder: Finder) -> Finder:
    """Declare a function that gives what stands in a ward (path) about a group of the menu ("A2"); one query."""
    _finders[f"{finder.__module__}.{finder.__qualname__}"] = finder
    return finder


def in_group(code: str, group: str) -> Q:
    """The condition that an activity, whose code stands at the lookup `code`, is of a group of the menu."""
    return Q(**{code: group}) | Q(**{f"{code}__startswith": f"{group}."})


def earlier(ward_path: str, group_code: str) -> list[Earlier]:
    """Everything that stands or was carried out there about the same subject, kind by kind."""
    return [one for _name, find in sorted(_finders.items()) for one in find(ward_path, group_code)]
