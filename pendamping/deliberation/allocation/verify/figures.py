"""The figures that go with an outcome: why not, who was served, how fair (EJR+); allocation.md section 6."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from ..model import Explanation
from .hall import Hall
from .steps import Outcome, Replay

MOST_NAMED = 5  # purchases named in an explanation


def worth(replay: Replay, one: str, points: int) -> int:
    """The utility of a proposal for whom gave it `points`, without any bonus."""
    kind = replay.rule.utility
    value = replay.cost(one) if kind in ("cost", "points_cost") else 1
    return value * (points if kind in ("points", "points_cost") else 1)


@dataclass(frozen=True)
class Shortfall:
    """The largest EJR+ factor, the loser and the group of its supporters that attain it."""

    factor: Fraction
    proposal: str | None
    size: int
    permille: int


def shortfall(replay: Replay, funded: Collection[str]) -> Shortfall:
    """EJR+ up to one: below 1, no group that agrees on a loser holds money enough for more than it got."""
    hall = replay.hall
    residents = [p for p in hall.payers if p.resident]
    have = [sum(worth(replay, one, x) for one, x in p.points.items() if one in funded) for p in residents]
    best = Shortfall(Fraction(0), None, 0, 0)
    losers = [
        one
        for one in hall.proposals
        if one not in funded and 0 < replay.cost(one) <= hall.ceiling and hall.supporters[one]
    ]
    for one in sorted(losers, key=replay.order.sort_key):
        ladder = sorted(
            (got + worth(replay, one, p.points[one]), place)
            for place, (p, got) in enumerate(zip(residents, have, strict=True))
            if one in p.points
        )
        entitled, size, top, found = Fraction(0), 0, (0, 1), None
        for at, (value, place) in enumerate(ladder):
            payer = residents[place]
            size += payer.weight
            entitled += payer.weight * payer.endow * worth(replay, one, payer.points[one])
            if at + 1 < len(ladder) and ladder[at + 1][0] == value:
                continue
            whole = entitled.numerator
            if whole * top[1] >= top[0] * value * entitled.denominator:
                top, found = (whole, value * entitled.denominator), size
        if found is None:
            continue
        factor = hall.first * Fraction(*top) / replay.cost(one)
        if factor > best.factor:
            best = Shortfall(factor, one, found, 1000 * found // hall.residents)
    return best


def rank_by_votes(replay: Replay, one: str) -> int:
    """Place of a proposal when all of its pot are sorted by supporters, 1 the first."""
    hall = replay.hall
    ranked = sorted(hall.proposals, key=lambda c: (-hall.supporters[c], replay.order.sort_key(c)))
    return 1 + ranked.index(one)


def explain(replay: Replay, outcome: Outcome, one: str) -> Explanation:
    """Why `one` was not funded, in money."""
    hall, share_rule = replay.hall, replay.rule.method == "mes"
    start, left, elsewhere = Fraction(0), Fraction(0), {}
    backers = {place for place, p in enumerate(hall.payers) if p.resident and one in p.points}
    if share_rule:
        for place in backers:
            start += hall.payers[place].weight * hall.payers[place].endow * outcome.share
        left = Fraction(
            sum(hall.payers[p].weight * outcome.run.purses.money[p] for p in backers), outcome.run.purses.whole
        )
        elsewhere = _spent(hall, outcome, backers)
    reason, other = _reason(replay, outcome, one, start)
    at, more = _near(replay, outcome, one) if share_rule and hall.supporters[one] else (None, None)
    cost = replay.cost(one)
    return Explanation(
        "not",
        reason,
        hall.supporters[one],
        cost,
        floor(start),
        floor(left),
        tuple(sorted(elsewhere.items(), key=lambda x: (-x[1], x[0])))[:MOST_NAMED],
        floor(left * 100 / cost) if cost and share_rule else 0,
        at,
        more,
        rank_by_votes(replay, one),
        other,
    )


def _spent(hall: Hall, outcome: Outcome, backers: set[int]) -> dict[str, int]:
    found = {}
    for purchase in outcome.run.purchases:
        alike: dict[Fraction, int] = {}
        for place, paid in purchase.pays:
            if place in backers:
                alike[paid] = alike.get(paid, 0) + hall.payers[place].weight
        amount = floor(sum((paid * many for paid, many in alike.items()), Fraction(0)))
        if amount:
            found[purchase.proposal] = amount
    return found


def _reason(replay: Replay, outcome: Outcome, one: str, start: Fraction) -> tuple[str, str | None]:
    if one in replay.hall.dropped and not (replay.hall.dropped[one] == "over_pot" and not replay.hall.supporters[one]):
        return replay.hall.dropped[one], None
    if not replay.hall.supporters[one]:
        return "no_support", None
    chosen = outcome.funded
    for other in [*replay.past, *chosen]:
        if other in replay.bars[one]:
            return "excluded_by", other
    for base in replay.bases[one]:
        if base not in chosen and base not in replay.before:
            return "requires", base
    for limit in replay.held[one]:
        if limit.most is not None and replay.counted(limit, chosen) + replay.cost(one) > limit.most:
            return "cap_reached", f"{limit.selector_kind}:{limit.selector}"
    if replay.rule.method != "mes":
        return "did_not_fit", None
    return ("too_few_for_price" if start < replay.cost(one) else "supporters_spent_elsewhere"), None


def _near(replay: Replay, outcome: Outcome, one: str) -> tuple[int, int]:
    """(the highest cost at which it would have been bought, how many more single-minded residents were needed)."""
    cost = replay.cost(one)
    by_cost = replay.rule.utility in ("cost", "points_cost")
    best, more = 0, None
    factor = 1 if outcome.bonus == 10 else outcome.bonus if one in outcome.boosted else 10
    supporters = [
        (
            place,
            p.weight,
            factor * p.points[one] if replay.rule.utility in ("points", "points_cost") or not p.resident else factor,
        )
        for place, p in enumerate(replay.hall.payers)
        if one in p.points
    ]
    whole = outcome.run.purses.whole
    for price, money in rewound(replay.hall, outcome):
        pieces: dict[tuple[int, int], int] = {}  # (what is held, points) of how many
        for place, weight, points in supporters:
            piece = money[place], points
            pieces[piece] = pieces.get(piece, 0) + weight
        if price is None:
            total = Fraction(sum(held * w for (held, _), w in pieces.items()), whole)
            best = max(best, floor(total))
            need, each = cost - total, outcome.share
        else:
            best = max(best, _payable(pieces, whole, price, by_cost=by_cost))
            each = price * (cost if by_cost else 1)
            full = sum(w * held for (held, points), w in pieces.items() if held < each * points * whole)
            rich = sum(w * points for (held, points), w in pieces.items() if held >= each * points * whole)
            need = cost - Fraction(full, whole) - each * rich
            each = min(outcome.share, each * factor)
        if each > 0:
            count = max(ceil(need / each), 0)
            more = count if more is None else min(more, count)
    return best, more or 0


def _payable(pieces: Mapping[tuple[int, int], int], whole: int, price: Fraction, *, by_cost: bool) -> int:
    """The largest whole cost x at which the price of x is at most `price`."""
    units = sum(w * points for (_, points), w in pieces.items())
    full, least = 0, None
    if by_cost and price * units < 1:
        return 0
    # Σ w·min(held, price·points·x) >= x: concave in x, so the last crossing is the least of those of its pieces
    for (held, points), w in sorted(pieces.items(), key=lambda x: Fraction(x[0][0], x[0][1])):
        if not by_cost and held * price.denominator >= price.numerator * points * whole:
            break
        units -= w * points
        full += w * held
        if by_cost and (slope := 1 - price * units) > 0:
            crossing = Fraction(full, whole) / slope
            least = crossing if least is None else min(least, crossing)
    return floor((least or 0) if by_cost else Fraction(full, whole) + price * units)


def rewound(hall: Hall, outcome: Outcome) -> list[tuple[Fraction | None, list[int]]]:
    """The purses before each purchase by share, with its price, and at the end with None; over one denominator."""
    if outcome.rewound is None:
        whole = outcome.run.purses.whole
        held = {endow: int(outcome.share * endow * whole) for endow in {p.endow for p in hall.payers}}
        money = [held[p.endow] for p in hall.payers]
        outcome.rewound = []
        for purchase in outcome.run.purchases:
            if purchase.proposal not in outcome.floored:
                outcome.rewound.append((purchase.price, list(money)))
            due = {paid: paid.numerator * (whole // paid.denominator) for _, paid in purchase.pays}
            for place, paid in purchase.pays:
                money[place] -= due[paid]
        outcome.rewound.append((None, money))
    return outcome.rewound
