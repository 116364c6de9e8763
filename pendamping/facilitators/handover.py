"""Open work that passes from one facilitator to the next: apps above register what of theirs is open.

An app declares in its own `handover.py`, imported when it starts:

    @register
    def open_needs(account, paths): yield OpenWork(…)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

from pendamping.access.models import Account
from pendamping.core.counters import after

MOST = 200  # of one kind: more is a matter for the list itself


@dataclass(frozen=True)
class OpenWork:
    """One open record of a predecessor's wards (id: pekerjaan terbuka)."""

    kind: str | Promise  # "Need waiting for a site check"
    code: str
    title: str  # masked, as everything kept
    place: str
    since: date
    address: str  # of its working page


Finder = Callable[[Account, Sequence[str]], Iterable[OpenWork]]
_finders: dict[str, Finder] = {}


def register(finder: Finder) -> Finder:
    """Declare a function that gives open work of an account in some places (region paths); one query for each."""
    _finders[f"{finder.__module__}.{finder.__qualname__}"] = finder
    return finder


def open_work(account: Account, paths: Sequence[str]) -> list[OpenWork]:
    """Everything open in these places, kind by kind, oldest first."""
    return [] if not paths else [work for _name, find in sorted(_finders.items()) for work in find(account, paths)]


def inside(paths: Sequence[str]) -> Any:
    """The condition that a record lies in one of these places."""
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(region_path__gte=path, region_path__lt=after(path))
    return wanted
