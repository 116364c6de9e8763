"""Can the amounts in the rule of a ballot be kept at all: pots, floors and caps beside the money there is.

The rule is known to be whole in its parts. A refusal names the part of the rule at fault (`rule.pots`,
`rule.limits.0.least`), the amounts and the way out. Money in rupiah.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.polls import PollReason
from pendamping.deliberation.rule_words import limit_name

APART = ("heading", "area")  # a proposal has one of each, and may serve several groups
Rule = Mapping[str, Any]
Limit = Mapping[str, Any]
Choices = Collection[Mapping[str, Any]]


def can_be_kept(rule: Rule, *, ceiling: int, choices: Choices) -> Verdict:
    """Do the pots add up to the money, and can every floor be reached beside caps, money and what is voted on?"""
    floors = [(number, limit) for number, limit in enumerate(rule["limits"]) if limit["least"]]
    return first_refusal(
        _add_up(rule["pots"], ceiling),
        *(_within_cap(rule, number, limit) for number, limit in floors),
        *(_within_money(rule, number, limit) for number, limit in floors),
        *(_together(rule, pot["id"], kind) for pot in rule["pots"] for kind in APART),
        *(_within_choices(rule, number, limit, choices) for number, limit in floors),
    )


def _add_up(pots: list[dict[str, Any]], ceiling: int) -> Verdict:
    total = sum(pot["ceiling"] for pot in pots)
    if total == ceiling:
        return ALLOWED
    reason = PollReason.POTS_OVER if total > ceiling else PollReason.POTS_UNDER
    return refused(
        reason, "rule.pots", sum_rupiah=total, ceiling_rupiah=ceiling, difference_rupiah=abs(total - ceiling)
    )


def _within_cap(rule: Rule, number: int, limit: Limit) -> Verdict:
    caps = [one["most"] for one in rule["limits"] if _same(one, limit) and one["most"] is not None]
    if not caps or limit["least"] <= min(caps):
        return ALLOWED
    return _refused(PollReason.FLOOR_OVER_CAP, rule, number, least_rupiah=limit["least"], most_rupiah=min(caps))


def _within_money(rule: Rule, number: int, limit: Limit) -> Verdict:
    money = _money(rule, limit["pot"])
    if limit["least"] <= money:
        return ALLOWED
    return _refused(PollReason.FLOOR_OVER_MONEY, rule, number, least_rupiah=limit["least"], ceiling_rupiah=money)


def _together(rule: Rule, pot: str, kind: str) -> Verdict:
    """Floors that no proposal serves two of cannot be paid with the same money."""
    floors: dict[str, tuple[int, int]] = {}  # selector → its highest floor, and where it stands
    for number, limit in enumerate(rule["limits"]):
        if (limit["pot"], limit["selector_kind"]) == (pot, kind) and limit["least"]:
            floors[limit["selector"]] = max(floors.get(limit["selector"], (0, 0)), (limit["least"], number))
    total, money = sum(least for least, _number in floors.values()), _money(rule, pot)
    if total <= money:
        return ALLOWED
    numbers = sorted(number for _least, number in floors.values())
    names = " + ".join(limit_name(rule["limits"][number], rule["pots"]) for number in numbers)
    return refused(
        PollReason.FLOORS_OVER_MONEY, _field(numbers[-1]), what=names, sum_rupiah=total, ceiling_rupiah=money,
        difference_rupiah=total - money,
    )  # fmt: skip


def _within_choices(rule: Rule, number: int, limit: Limit, choices: Choices) -> Verdict:
    pot = next(pot for pot in rule["pots"] if pot["id"] == limit["pot"])
    cost = sum(
        one["cost"]
        for one in choices
        if _counts(limit, one) and one["heading"] in (pot["headings"] or [one["heading"]])
    )
    if limit["least"] <= cost:
        return ALLOWED
    return _refused(PollReason.FLOOR_OVER_CHOICES, rule, number, least_rupiah=limit["least"], sum_rupiah=cost)


def _money(rule: Rule, pot: str) -> int:
    """The most that can ever be spent from a pot: its own, and what those before it may leave over to it."""
    ceilings = {one["id"]: one["ceiling"] for one in rule["pots"]}
    if not rule["pots_upwards"]:
        return int(ceilings[pot])
    ids = list(ceilings)
    return sum(ceilings[one] for one in ids[: ids.index(pot) + 1])


def _counts(limit: Limit, choice: Mapping[str, Any]) -> bool:
    kind, selector = limit["selector_kind"], limit["selector"]
    return selector in choice["groups"] if kind == "group" else choice[kind] == selector


def _same(one: Limit, other: Limit) -> bool:
    return all(one[part] == other[part] for part in ("pot", "selector_kind", "selector"))


def _refused(reason: PollReason, rule: Rule, number: int, **amounts: int) -> Verdict:
    return refused(reason, _field(number), what=limit_name(rule["limits"][number], rule["pots"]), **amounts)


def _field(number: int) -> str:
    return f"rule.limits.{number}.least"
