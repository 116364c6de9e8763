"""One pot's electorate: who may spend how much on what, as arrays the search can run over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from .model import COUNT, POINTS, POINTS_COST, Contest, Invalid, Limit, Pot, Proposal, Rule

Index = np.ndarray


@dataclass
class Members:
    """The payers of one proposal: which, how many residents each stands for, with how many points (None: 1)."""

    rows: np.ndarray
    weight: np.ndarray
    points: np.ndarray | None
    own: np.ndarray  # weight × points as floats, one a payer
    mass: int  # their sum


@dataclass
class Electorate:
    """Everything the rules ask of one pot. Payers: the pot's rows of ballots, then the criteria of the need share."""

    proposals: tuple[Proposal, ...]
    ceiling: int
    rule: Rule
    rows: np.ndarray  # of the contest's ballots, in the order of the payers
    weight: np.ndarray  # int64, one a payer; a criterion weighs 1
    endow: tuple[Fraction, ...] | None  # None: 1 each
    residents: int
    shares: Fraction  # N: Σ weight × endowment of the residents
    members: list[Members]
    supporters: list[int]
    rank: list[int]  # place in the order of ties
    by_cost: bool
    limits: tuple[Limit, ...]
    before: tuple[Proposal, ...]  # funded by earlier pots, in that order
    bonus: list[Fraction]  # support bonus of each proposal

    @cached_property
    def before_ids(self) -> frozenset[str]:
        return frozenset(p.id for p in self.before)

    @cached_property
    def share_first(self) -> Fraction:
        if not self.shares:
            return Fraction(0)
        return Fraction(self.ceiling * (1000 - self.need), 1000) / self.shares

    need: int = 0  # permille of the ceiling that belongs to the criteria
    criteria: tuple[str, ...] = ()

    @property
    def endow_float(self) -> np.ndarray:
        if self.endow is None:
            return np.ones(len(self.weight))
        return np.array([float(e) for e in self.endow])


def check(contest: Contest) -> None:
    """Raise `Invalid` naming the field when the contest contradicts itself."""
    ids = [p.id for p in contest.proposals]
    known = set(ids)
    if len(known) < len(ids):
        raise Invalid("proposals: the same id stands twice")
    ballots = contest.ballots
    if len(ballots.choices) and not 0 <= ballots.choices.min() <= ballots.choices.max() < len(ids):
        raise Invalid("choices: an index that is no proposal")
    if ballots.offsets[0] != 0 or (np.diff(ballots.offsets) < 0).any() or ballots.offsets[-1] != len(ballots.choices):
        raise Invalid("offsets: must rise from 0 to the number of choices")
    if (ballots.points < 0).any() or (ballots.weight < 0).any():
        raise Invalid("points, weight: must not be below 0")
    for p in contest.proposals:
        if p.cost < 0:
            raise Invalid(f"cost of {p.id}: must not be below 0")
        if any(not 0 <= score <= 4 for score in p.need.values()):
            raise Invalid(f"need of {p.id}: scores go from 0 to 4")
    if not 0 <= contest.rule.need_share_permille < 1000:
        raise Invalid("need_share_permille: 0 to 999")
    if contest.rule.step_permille < 1 or contest.rule.cap < 1:
        raise Invalid("step_permille, cap: at least 1")
    if any(pot.ceiling < 0 for pot in contest.pots) or len({p.id for p in contest.pots}) < len(contest.pots):
        raise Invalid("pots: ids once each, ceilings not below 0")


def electorate(contest: Contest, pot: Pot, ceiling: int, before: Sequence[Proposal] = ()) -> Electorate:
    """What one pot decides about; `before`: what earlier pots funded. The contest's ballots must be grouped."""
    ballots, rule = contest.ballots, contest.rule
    earlier = {p.id for p in before}
    keep = [
        i
        for i, p in enumerate(contest.proposals)
        if p.id not in earlier
        and (pot.areas is None or p.area in pot.areas)
        and (pot.headings is None or p.heading in pot.headings)
    ]
    proposals = tuple(contest.proposals[i] for i in keep)
    rows = np.arange(ballots.rows)
    if pot.areas is not None and ballots.area is not None:
        rows = np.array([i for i, area in enumerate(ballots.area) if area in pot.areas], np.int64)
    weight = ballots.weight[rows].astype(np.int64)
    endow = None if ballots.endow is None else tuple(ballots.endow[i] for i in rows)
    shares = (
        Fraction(int(weight.sum()))
        if endow is None
        else sum((w * e for w, e in zip(weight.tolist(), endow, strict=True)), Fraction(0))
    )
    pointed = rule.utility in (POINTS, POINTS_COST)
    members, supporters = _members(contest, keep, rows, weight, pointed)
    criteria = tuple(sorted({name for p in proposals for name, score in p.need.items() if score})) if shares else ()
    need = rule.need_share_permille if criteria else 0
    residents = int(weight.sum())
    if need:
        each = shares * need / ((1000 - need) * len(criteria))
        endow = (endow or (Fraction(1),) * len(weight)) + (each,) * len(criteria)
        members = [_with_criteria(x, p, criteria, len(weight)) for x, p in zip(members, proposals, strict=True)]
        weight = np.append(weight, np.ones(len(criteria), np.int64))
    return Electorate(
        proposals,
        ceiling,
        rule,
        rows,
        weight,
        endow,
        residents,
        shares,
        members,
        supporters,
        ranks(proposals, supporters, rule),
        rule.utility not in (COUNT, POINTS),
        tuple(x for x in contest.limits if x.pot == pot.id),
        tuple(before),
        [Fraction(1)] * len(proposals),
        need,
        criteria if need else (),
    )


def _members(
    contest: Contest, keep: list[int], rows: np.ndarray, weight: np.ndarray, pointed: bool
) -> tuple[list[Members], list[int]]:
    """The payers of each proposal, and how many residents they are."""
    ballots, many = contest.ballots, len(contest.proposals)
    sizes = np.diff(ballots.offsets)
    owner = np.repeat(np.arange(ballots.rows, dtype=np.int32), sizes)
    valid = ballots.points > 0
    if len(rows) < ballots.rows:
        here = np.full(ballots.rows, -1, np.int32)
        here[rows] = np.arange(len(rows), dtype=np.int32)
        owner = here[owner]
        valid &= owner >= 0
    choices, points = ballots.choices, ballots.points
    if not valid.all():
        choices, points, owner = choices[valid], points[valid], owner[valid]
    order = np.argsort(choices.astype(np.int16) if many < 32_000 else choices, kind="stable")
    owner, sizes = owner[order].astype(np.intp), np.bincount(choices, minlength=many)
    each = weight[owner]
    heads = mass = np.bincount(choices[order], each, many).astype(np.int64).tolist()
    own, worth = each.astype(float), None
    if pointed and (points != 1).any():
        worth = points[order].astype(np.int64)
        own = own * worth
        mass = np.bincount(choices[order], own, many).astype(np.int64).tolist()
    result = []
    ends = np.cumsum(sizes).tolist()
    for i in keep:
        part = slice(ends[i - 1] if i else 0, ends[i])
        given = None if worth is None or (worth[part] == 1).all() else worth[part]
        result.append(Members(owner[part], each[part], given, own[part], mass[i]))
    return result, [heads[i] for i in keep]


def _with_criteria(members: Members, proposal: Proposal, criteria: tuple[str, ...], first: int) -> Members:
    scores = [(first + k, proposal.need[name]) for k, name in enumerate(criteria) if proposal.need.get(name)]
    if not scores:
        return members
    own = np.ones(len(members.rows), np.int64) if members.points is None else members.points
    points = np.append(own, [s for _, s in scores]).astype(np.int64)
    weight = np.append(members.weight, np.ones(len(scores), np.int64))
    rows = np.append(members.rows, [k for k, _ in scores]).astype(np.intp)
    return Members(rows, weight, points, (weight * points).astype(float), int(weight @ points))


def tie_key(word: str, proposal: Proposal, supporters: int, lot: dict[str, int]) -> int | str:
    """What one word of the order of ties compares; the smaller goes first."""
    if word == "lowest_cost":
        return proposal.cost
    if word == "most_supporters":
        return -supporters
    if word == "need":
        return -sum(proposal.need.values())
    if word == "lot":
        return lot.get(proposal.id, len(lot))
    if word == "id":
        return proposal.id
    raise Invalid(f"ties: {word!r} is not one of lowest_cost, most_supporters, need, lot, id")


def ranks(proposals: tuple[Proposal, ...], supporters: list[int], rule: Rule) -> list[int]:
    """Each proposal's place in the order of ties."""
    lot = {name: i for i, name in enumerate(rule.lot)}
    words = (*rule.ties, "id")
    keys = [tuple(tie_key(word, p, n, lot) for word in words) for p, n in zip(proposals, supporters, strict=True)]
    place = [0] * len(keys)
    for at, i in enumerate(sorted(range(len(keys)), key=lambda i: keys[i])):
        place[i] = at
    return place


def tie_step(electorate: Electorate, winner: int, others: list[int]) -> str:
    """The word that put the winner before all others of its price."""
    lot = {name: i for i, name in enumerate(electorate.rule.lot)}
    left = others
    for word in (*electorate.rule.ties, "id"):
        key = [tie_key(word, electorate.proposals[i], electorate.supporters[i], lot) for i in (winner, *left)]
        left = [i for i, k in zip(left, key[1:], strict=True) if k == key[0]]
        if not left:
            return word
    return "id"
