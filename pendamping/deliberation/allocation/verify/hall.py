"""Who decides over which proposals with how much: one pot of a contest, read in plain integers and fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from ..model import Contest, Pot, Proposal

# Świecie's rule of minimum support: a share of the votes of at least cost ÷ (3 × budget); allocation.md section 5.
MINIMUM_SUPPORT_DIVISOR = 3


@dataclass(frozen=True)
class Payer:
    """Ballots that are the same in every respect, or one criterion of the need share.

    `members` are the rows of different ballots it stands for; `weight` the residents in them (1 for a criterion);
    `endow` how much of the share each of them holds; `points` what the ballot gives each proposal.
    """

    members: tuple[int, ...]
    weight: int
    endow: Fraction
    points: Mapping[str, int]
    resident: bool = True


@dataclass
class Hall:
    """One pot: its ceiling (rupiah), candidates, payers, and what was dropped before the start and why."""

    pot: Pot
    ceiling: int
    first: Fraction
    proposals: dict[str, Proposal]
    payers: list[Payer]
    supporters: dict[str, int]
    points: dict[str, int]
    residents: int
    total_endow: Fraction
    dropped: dict[str, str] = field(default_factory=dict)

    @property
    def candidates(self) -> list[str]:
        return [p for p in self.proposals if p not in self.dropped]


def open_hall(contest: Contest, pot: Pot, ceiling: int, taken: Iterable[str]) -> Hall:
    """Read `pot` of `contest`: money `ceiling` in rupiah, without the proposals `taken` by an earlier pot."""
    gone = set(taken)
    proposals = {
        p.id: p
        for p in contest.proposals
        if p.id not in gone
        and (pot.areas is None or p.area in pot.areas)
        and (pot.headings is None or p.heading in pot.headings)
    }
    payers = _payers(contest, pot, set(proposals))
    supporters = dict.fromkeys(proposals, 0)
    points_of = dict.fromkeys(proposals, 0)
    pointed = contest.rule.utility in ("points", "points_cost")
    for payer in payers:
        for one, points in payer.points.items():
            supporters[one] += payer.weight
            points_of[one] += payer.weight * (points if pointed else 1)
    residents = sum(p.weight for p in payers)
    endowed = sum((p.weight * p.endow for p in payers), Fraction(0))
    hall = Hall(pot, ceiling, Fraction(0), proposals, payers, supporters, points_of, residents, endowed)
    _drop(contest, hall)
    _endow(contest, hall)
    return hall


def rows_of(contest: Contest) -> list[tuple[int, Fraction, str | None, tuple[tuple[int, int], ...]]]:
    """The different ballots in order of first appearance: (residents, endowment, area, ((index, points), …))."""
    ballots = contest.ballots
    offsets, choices = ballots.offsets.tolist(), ballots.choices.tolist()
    points, weight = ballots.points.tolist(), ballots.weight.tolist()
    counted: dict[tuple[Fraction, str | None, tuple[tuple[int, int], ...]], int] = {}
    for row in range(len(weight)):
        span = range(offsets[row], offsets[row + 1])
        paper = (
            Fraction(1) if ballots.endow is None else Fraction(ballots.endow[row]),
            None if ballots.area is None else ballots.area[row],
            tuple((choices[at], points[at]) for at in span),
        )
        counted[paper] = counted.get(paper, 0) + weight[row]
    return [(count, *paper) for paper, count in counted.items()]


def _payers(contest: Contest, pot: Pot, known: set[str]) -> list[Payer]:
    ids = [p.id for p in contest.proposals]
    alike: dict[tuple[Fraction, tuple[tuple[str, int], ...]], list[int]] = {}
    rows = rows_of(contest)
    for row, (_, endow, area, chosen) in enumerate(rows):
        if pot.areas is not None and area is not None and area not in pot.areas:
            continue
        likes = tuple(sorted((ids[at], points) for at, points in chosen if points > 0 and ids[at] in known))
        alike.setdefault((endow, likes), []).append(row)
    return [
        Payer(tuple(members), sum(rows[r][0] for r in members), endow, dict(likes))
        for (endow, likes), members in alike.items()
    ]


def _drop(contest: Contest, hall: Hall) -> None:
    for one, proposal in hall.proposals.items():
        if proposal.cost > hall.ceiling:
            hall.dropped[one] = "over_pot"
        elif not hall.supporters[one]:
            hall.dropped[one] = "no_support"
        elif (
            contest.rule.minimum_support
            and MINIMUM_SUPPORT_DIVISOR * hall.ceiling * hall.supporters[one] < proposal.cost * hall.residents
        ):
            hall.dropped[one] = "below_min_support"


def _endow(contest: Contest, hall: Hall) -> None:
    """Set the first share, and seat the criteria of the need share as payers of their own."""
    if not hall.total_endow:
        return
    criteria = sorted({c for proposal in hall.proposals.values() for c, level in proposal.need.items() if level > 0})
    need = contest.rule.need_share_permille if criteria else 0
    hall.first = hall.ceiling * (1000 - need) / (1000 * hall.total_endow)
    if not need:
        return
    beyond = len(rows_of(contest))
    each = hall.total_endow * need / ((1000 - need) * len(criteria))
    for number, criterion in enumerate(criteria):
        levels = {one: proposal.need.get(criterion, 0) for one, proposal in hall.proposals.items()}
        likes = {one: level for one, level in levels.items() if level > 0}
        for one, level in likes.items():
            hall.points[one] += level
        hall.payers.append(Payer((beyond + number,), 1, each, likes, resident=False))


def utilities(contest: Contest, hall: Hall, bonus: Mapping[str, int]) -> dict[str, list[tuple[int, int, int]]]:
    """For each candidate its payers as (place in `hall.payers`, weight, utility); `bonus` multiplies by tenths."""
    kind = contest.rule.utility
    tenths = 10 if bonus else 1
    found: dict[str, list[tuple[int, int, int]]] = {one: [] for one in hall.candidates}
    for place, payer in enumerate(hall.payers):
        for one, points in payer.points.items():
            if one not in found:
                continue
            worth = hall.proposals[one].cost if kind in ("cost", "points_cost") else 1
            if kind in ("points", "points_cost") or not payer.resident:
                worth *= points
            # what costs nothing is worth something to whom wants it
            found[one].append((place, payer.weight, max(worth, 1) * bonus.get(one, tenths)))
    return found


def common_denominator(values: Iterable[Fraction]) -> int:
    """Least common multiple of the denominators of `values`."""
    return lcm(*(v.denominator for v in values))
