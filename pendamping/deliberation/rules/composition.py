"""Who is in the room, as the rules look at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Composition:
    """The people of one meeting (id: komposisi hadirin); a group on its own is part of women + men."""

    women: int = 0
    men: int = 0
    groups: Mapping[str, int] = field(default_factory=dict)  # of Attendance.GROUPS, and the city's own
    expected: frozenset[str] = frozenset()  # paths of the RTs of the meeting's area
    heard: frozenset[str] = (
        frozenset()
    )  # paths of the RTs somebody came from; from the register; empty when heads only were counted

    @property
    def present(self) -> int:
        return self.women + self.men

    @property
    def missing(self) -> tuple[str, ...]:
        """Paths of the RTs nobody came from."""
        return tuple(sorted(self.expected - self.heard))
