"""Apps above say which decisions of a meeting already became something, so that it cannot be opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pendamping.deliberation.models import Meeting

Asker = Callable[[Meeting], Iterable[str]]
_askers: list[Asker] = []


def register(asker: Asker) -> Asker:
    """Ask this before a meeting is opened again: it gives the codes of the proposals that cannot come back."""
    if asker not in _askers:
        _askers.append(asker)
    return asker


def held(meeting: Meeting) -> list[str]:
    """Codes of the proposals of a meeting that something above already rests on."""
    return sorted({code for asker in _askers for code in asker(meeting)})
