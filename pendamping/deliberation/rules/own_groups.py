"""Groups that a city itself wants represented, in its words: who belongs, and what is no such group."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pendamping.core.languages import in_language
from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.deliberation.enums.invitations import Capacity
from pendamping.deliberation.enums.ladder import LadderReason

MOST = 12  # in one set of rules
LETTERS = 60  # of a name
_KEY_LETTERS = 20


@dataclass(frozen=True)
class OwnGroup:
    """A group of a city's own (id: unsur kota): its name, the least number, and the capacity its people come in."""

    name: Mapping[str, str] = field(default_factory=dict)  # {"id": …, "en": …}
    least: int = 0
    counts: str = ""  # a capacity everybody has; empty: one of its own, under its name

    @property
    def key(self) -> str:
        """What it is called in records: "own_kader_lansia"."""
        plain = unicodedata.normalize("NFKD", self.name.get("id", "")).encode("ascii", "ignore").decode().lower()
        return f"own_{re.sub(r'[^a-z0-9]+', '_', plain).strip('_')[:_KEY_LETTERS].strip('_')}"

    @property
    def capacity(self) -> str:
        return self.counts or self.key

    @property
    def requirement(self) -> str:
        return f"group_{self.key}"

    @property
    def is_empty(self) -> bool:
        return not (any(self.name.values()) or self.least or self.counts)

    def label(self, language: str) -> str:
        return in_language(self.name, language)


def may_be_own(groups: Sequence[OwnGroup]) -> Verdict:
    """Can these be the groups of a set of rules? Each with a name, none twice, counted by a capacity there is.

    An empty one is a line left empty, and counts in the number of a line alone.
    """
    if len(groups) > MOST:
        return refused(LadderReason.OWN_GROUPS_TOO_MANY, field="own_groups", most=MOST)
    seen: set[str] = set()
    for number, one in enumerate(groups, start=1):
        if one.is_empty:
            continue
        where = f"own_{number}_name"
        if one.key == "own_":
            return refused(LadderReason.OWN_GROUP_NAMELESS, field=where, number=number)
        if one.key in seen:
            return refused(LadderReason.OWN_GROUP_TWICE, field=where, group=one.label("id"))
        if one.counts and one.counts not in Capacity.values:
            return refused(LadderReason.GROUP_UNKNOWN, field=f"own_{number}_counts", group=one.counts)
        seen.add(one.key)
    return ALLOWED


def is_capacity(capacity: str, groups: Sequence[OwnGroup]) -> bool:
    """Can somebody be present as this, under these rules?"""
    return capacity in Capacity.values or capacity in {one.capacity for one in groups}
