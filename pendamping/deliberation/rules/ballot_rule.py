"""The rule by which the money is shared out, as published before the first vote: is it whole, and its hash.

Plain data shaped like the allocation's Rule with its pots and limits; the engine reads it later. Money in rupiah.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.deliberation.enums.polls import PollKind, PollReason, RuleFault

METHODS = frozenset({"mes", "greedy_votes", "phragmen"})
UTILITIES = frozenset({"cost", "count", "points", "points_cost"})
COMPLETIONS = frozenset({"none", "add1", "add1_nostop", "steps"})
FILLS = frozenset({"none", "votes", "points"})
TIES = ("lowest_cost", "most_supporters", "need", "lot")
_POINTED = (PollKind.POINTS, PollKind.RANKING)
_SELECTORS = ("heading", "group", "area")


def default_rule(*, kind: str, ceiling: int) -> dict[str, Any]:
    """Equal Shares with cost utility, completed in steps of 0.1 % up to three times the share, then filled by votes."""
    return {
        "method": "mes", "utility": "points_cost" if kind in _POINTED else "cost", "completion": "steps",
        "step_permille": 1, "cap": 3, "fill": "votes", "ties": list(TIES), "lot": [], "minimum_support": False,
        "need_share_permille": 0, "pots_upwards": False,
        "pots": [{"id": "all", "ceiling": ceiling, "areas": None, "headings": None}], "limits": [],
    }  # fmt: skip


def is_whole(rule: Mapping[str, Any], *, ceiling: int, codes: Collection[str], headings: Collection[str]) -> Verdict:
    """Can the engine follow this rule to the letter? The refusal says what is wrong."""
    fault = _fault(rule, ceiling, codes, headings)
    return ALLOWED if fault is None else refused(PollReason.RULE_BROKEN, field="rule", what=str(fault.label))


def _fault(
    rule: Mapping[str, Any], ceiling: int, codes: Collection[str], headings: Collection[str]
) -> RuleFault | None:
    if set(rule) != set(default_rule(kind="", ceiling=ceiling)):
        return RuleFault.PARTS
    named = (
        (rule["method"] in METHODS, RuleFault.METHOD),
        (rule["utility"] in UTILITIES, RuleFault.UTILITY),
        (rule["completion"] in COMPLETIONS, RuleFault.COMPLETION),
        (rule["fill"] in FILLS, RuleFault.FILL),
        (_whole(rule["step_permille"], 1, 1000), RuleFault.STEP),
        (_whole(rule["cap"], 1, 10), RuleFault.CAP),
        (_whole(rule["need_share_permille"], 0, 500), RuleFault.NEED_SHARE),
        (isinstance(rule["minimum_support"], bool) and isinstance(rule["pots_upwards"], bool), RuleFault.PARTS),
        (_are_ties(rule["ties"]), RuleFault.TIES),
        (sorted(rule["lot"]) == sorted(codes), RuleFault.LOT),
        (_are_pots(rule["pots"], ceiling, headings), RuleFault.POTS),
        (_are_limits(rule["limits"], rule["pots"]), RuleFault.LIMITS),
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


def _are_pots(pots: Any, ceiling: int, headings: Collection[str]) -> bool:
    if not isinstance(pots, list) or not pots or not all(_is_pot(pot, headings) for pot in pots):
        return False
    ids = [pot["id"] for pot in pots]
    return len(set(ids)) == len(ids) and sum(pot["ceiling"] for pot in pots) == ceiling


def _is_pot(pot: Any, headings: Collection[str]) -> bool:
    if not isinstance(pot, dict) or set(pot) != {"id", "ceiling", "areas", "headings"}:
        return False
    lists: Sequence[Any] = (pot["areas"], pot["headings"])
    if not all(one is None or (isinstance(one, list) and one and all(map(_is_word, one))) for one in lists):
        return False
    return _is_word(pot["id"]) and _whole(pot["ceiling"], 0, 10**13) and set(pot["headings"] or ()) <= set(headings)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 40


def _are_limits(limits: Any, pots: list[dict[str, Any]]) -> bool:
    return isinstance(limits, list) and all(_is_limit(limit, {pot["id"] for pot in pots}) for limit in limits)


def _is_limit(limit: Any, pots: set[str]) -> bool:
    if not isinstance(limit, dict) or set(limit) != {"pot", "selector_kind", "selector", "least", "most"}:
        return False
    least, most = limit["least"], limit["most"]
    given = [one for one in (least, most) if one is not None]
    fits = bool(given) and all(_whole(one, 0, 10**13) for one in given) and (len(given) < 2 or least <= most)
    return fits and limit["pot"] in pots and limit["selector_kind"] in _SELECTORS and _is_word(limit["selector"])
