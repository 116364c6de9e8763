"""May choices of a ballot hang together: one only if others too, one or the other? Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.deliberation.enums.polls import PollReason

Requires = Mapping[str, Sequence[str]]  # code → codes that have to be chosen too
Excludes = Sequence[Sequence[str]]  # pairs of codes of which at most one is chosen


def may_link(codes: Sequence[str], *, requires: Requires, excludes: Excludes) -> Verdict:
    """Are these links between choices of the ballot that can be kept? No stranger, none to itself, no circle."""
    pairs = [("requires", one, other) for one, others in requires.items() for other in others]
    for named in excludes:
        if len(named) != 2:
            return refused(PollReason.LINK_NO_PAIR, field="excludes")
        pairs.append(("excludes", named[0], named[1]))
    for field, one, other in pairs:
        strange = next((code for code in (one, other) if code not in codes), None)
        if strange is not None:
            return refused(PollReason.LINK_UNKNOWN, field=field, code=strange)
        if one == other:
            return refused(PollReason.LINK_ITSELF, field=field, code=one)
    for one in requires:
        needed = _needed(one, requires)
        if one in needed:
            return refused(PollReason.LINK_CIRCLE, field="requires", code=one)
        both = next((pair for pair in excludes if set(pair) <= {one, *needed}), None)
        if both is not None:
            return refused(PollReason.LINK_BOTH, field="excludes", code=one, one=both[0], other=both[1])
    return ALLOWED


def _needed(code: str, requires: Requires) -> set[str]:
    """All that a choice requires, directly or through others."""
    found: set[str] = set()
    left = list(requires.get(code, ()))
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += requires.get(one, ())
    return found


def links_of(code: str, *, requires: Requires, excludes: Excludes) -> dict[str, list[str]]:
    """What the facts of a choice say of its links; an exclusion stands with both."""
    others = {pair[1 - place] for pair in excludes for place in (0, 1) if pair[place] == code}
    return {"requires": sorted(set(requires.get(code, ()))), "excludes": sorted(others)}
