"""The rule by which the money is shared out, as published before the first vote: is it whole, and its hash.

Plain data shaped like the allocation's Rule with its pots and limits; the engine reads it later. Money in rupiah.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pendamping.core.verdicts import Verdict, refused
from pendamping.deliberation.allocation.model import MOST_CAP, MOST_STEP
from pendamping.deliberation.enums.polls import PollKind, PollReason, RuleFault
from pendamping.deliberation.rules import ballot_amounts

METHODS = frozenset({"mes", "greedy_votes", "phragmen"})
UTILITIES = frozenset({"cost", "count", "points", "points_cost"})
COMPLETIONS = frozenset({"none", "steps"})  # one rupiah a step, as the engine also knows, would never end
FILLS = frozenset({"none", "votes", "points"})
TIES = ("lowest_cost", "most_supporters", "need", "lot")
_POINTED = (PollKind.POINTS, PollKind.RANKING)
_SELECTORS = ("heading", "group", "area")
GROUPS = ("women", "children", "poor", "disabled")
WORD = 40  # signs of a pot's name or a selector


def default_rule(*, kind: str, ceiling: int) -> dict[str, Any]:
    """Equal Shares with cost utility, completed in steps of 0.1 % up to three times the share, then filled by votes."""
    return {
        "method": "mes", "utility": "points_cost" if kind in _POINTED else "cost", "completion": "steps",
        "step_permille": 1, "cap": 3, "fill": "votes", "ties": list(TIES), "lot": [], "minimum_support": False,
        "need_share_permille": 0, "pots_upwards": False,
        "pots": [{"id": "all", "ceiling": ceiling, "areas": None, "headings": None}], "limits": [],
    }  # fmt: skip


def groups_of(*, women: int, men: int, children: int, poor: int, disabled: int) -> list[str]:
    """The groups that make up at least half of those who gain from a proposal (women: more than half)."""
    people = women + men
    counts = {"children": children, "poor": poor, "disabled": disabled}
    found = [name for name, count in counts.items() if count and 2 * count >= people]
    return sorted(["women", *found]) if 2 * women > people else found


def is_whole(
    rule: Mapping[str, Any], *, ceiling: int, codes: Collection[str], headings: Collection[str],
    choices: Collection[Mapping[str, Any]],
) -> Verdict:  # fmt: skip
    """Can the engine follow this rule to the letter? The refusal says what is wrong.

    A floor or cap, or a pot, for an area where no proposal lies would say nothing: it is a fault too; and so is a floor
    beside a method that does not keep it. `choices`: `heading`, `area`, `groups` and `cost` of each proposal.
    """
    areas = {one["area"] for one in choices}
    fault = _fault(rule, ceiling, codes, headings, areas)
    if fault is not None:
        return refused(PollReason.RULE_BROKEN, field="rule", what=str(fault.label))
    return ballot_amounts.can_be_kept(rule, ceiling=ceiling, choices=choices)


def _fault(
    rule: Mapping[str, Any], ceiling: int, codes: Collection[str], headings: Collection[str], areas: Collection[str]
) -> RuleFault | None:
    if set(rule) != set(default_rule(kind="", ceiling=ceiling)):
        return RuleFault.PARTS
    named = (
        (rule["method"] in METHODS, RuleFault.METHOD),
        (rule["utility"] in UTILITIES, RuleFault.UTILITY),
        (rule["completion"] in COMPLETIONS, RuleFault.COMPLETION),
        (rule["fill"] in FILLS, RuleFault.FILL),
        (_whole(rule["step_permille"], 1, MOST_STEP), RuleFault.STEP),
        (_whole(rule["cap"], 1, MOST_CAP), RuleFault.CAP),
        (_whole(rule["need_share_permille"], 0, 500), RuleFault.NEED_SHARE),
        (isinstance(rule["minimum_support"], bool) and isinstance(rule["pots_upwards"], bool), RuleFault.PARTS),
        (_are_ties(rule["ties"]), RuleFault.TIES),
        (sorted(rule["lot"]) == sorted(codes), RuleFault.LOT),
        (_are_pots(rule["pots"], headings, areas), RuleFault.POTS),
        (
            _are_limits(rule["limits"], rule["pots"], {"heading": headings, "group": GROUPS, "area": areas}),
            RuleFault.LIMITS,
        ),
        (rule["method"] == "mes" or not has_floor(rule), RuleFault.FLOORS),
    )
    return next((fault for holds, fault in named if not holds), None)


def digest(published: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of what was published: anybody can compute it again."""
    canonical = json.dumps(published, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _are_ties(ties: Any) -> bool:
    known = isinstance(ties, list) and len(set(map(str, ties))) == len(ties)
    return known and (ties == ["id"] or (set(ties) <= set(TIES) and bool(ties) and ties[-1] == "lot"))


def _are_pots(pots: Any, headings: Collection[str], areas: Collection[str]) -> bool:
    if not isinstance(pots, list) or not pots or not all(_is_pot(pot, headings, areas) for pot in pots):
        return False
    ids = [pot["id"] for pot in pots]
    return len(set(ids)) == len(ids)


def _is_pot(pot: Any, headings: Collection[str], areas: Collection[str]) -> bool:
    if not isinstance(pot, dict) or set(pot) != {"id", "ceiling", "areas", "headings"}:
        return False
    lists: Sequence[Any] = (pot["areas"], pot["headings"])
    if not all(one is None or (isinstance(one, list) and one and all(map(_is_word, one))) for one in lists):
        return False
    known = set(pot["headings"] or ()) <= set(headings) and set(pot["areas"] or ()) <= set(areas)
    return _is_word(pot["id"]) and _whole(pot["ceiling"], 0, 10**13) and known


def has_floor(rule: Mapping[str, Any]) -> bool:
    """Does a whole rule ask that at least so much goes to something?"""
    return any(limit["least"] for limit in rule["limits"])


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= WORD


def _are_limits(limits: Any, pots: list[dict[str, Any]], known: Mapping[str, Collection[str]]) -> bool:
    return isinstance(limits, list) and all(_is_limit(limit, {pot["id"] for pot in pots}, known) for limit in limits)


def _is_limit(limit: Any, pots: set[str], known: Mapping[str, Collection[str]]) -> bool:
    if not isinstance(limit, dict) or set(limit) != {"pot", "selector_kind", "selector", "least", "most"}:
        return False
    least, most = limit["least"], limit["most"]
    given = [one for one in (least, most) if one is not None]
    fits = bool(given) and all(_whole(one, 0, 10**13) for one in given)
    names = limit["pot"] in pots and limit["selector_kind"] in _SELECTORS and _is_word(limit["selector"])
    return fits and names and limit["selector"] in known[limit["selector_kind"]]
