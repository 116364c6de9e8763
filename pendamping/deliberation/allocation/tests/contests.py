"""Small elections drawn at random, and the rule once more in the plainest way: whole fractions, no haste."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from ..allowed import Gate
from ..model import Ballots, Contest, Limit, Pot, Proposal, Rule
from ..prepare import Electorate
from .elections import dices


def proposals(*costs: int, **more: object) -> tuple[Proposal, ...]:
    return tuple(Proposal(f"p{i}", f"Usulan {i}", cost, **more) for i, cost in enumerate(costs))  # type: ignore[arg-type]


def contest(costs: list[int], rows: list[list[int]], ceiling: int, **rule: object) -> Contest:
    return Contest(
        proposals(*costs),
        Ballots.of(rows),
        (Pot("all", ceiling),),
        (),
        Rule(ties=("id",), **rule),  # type: ignore[arg-type]
    )


@st.composite
def drawn(draw: st.DrawFn, bound: bool = False, **rule: object) -> Contest:
    """A contest of 1 to 30 ballots and 1 to 9 proposals; few different costs, so that ties are many."""
    r = draw(dices)
    m, n = r.randint(1, 9), r.randint(1, 30)
    pool = r.choice([[10], [5, 10, 20], [7, 11, 30, 45], list(range(1, 100))])
    points = r.random() < 0.5
    ids = [f"p{i}" for i in range(m)]

    def some(chance: float) -> tuple[str, ...]:
        return tuple(x for x in ids if bound and r.random() < chance)

    made = []
    for i in range(m):
        others = [x for x in some(0.1) if x != ids[i]]
        made.append(
            Proposal(
                ids[i],
                "",
                r.choice(pool) * 1000,
                heading=r.choice(["sarana", "pemberdayaan"]),
                groups=frozenset(["perempuan"] if r.random() < 0.3 else []),
                requires=tuple(others[:1]) if r.random() < 0.5 else (),
                excludes=tuple(others[1:2]),
                need={"banjir": r.randint(0, 4), "miskin": r.randint(0, 4)} if bound and r.random() < 0.5 else {},
            )
        )
    rows = []
    for _ in range(n):
        chosen = r.sample(range(m), r.randint(0, min(m, 5)))
        rows.append({c: r.randint(1, 4) if points else 1 for c in chosen})
    total = sum(p.cost for p in made)
    ceiling = int(total * r.choice([0.2, 0.5, 0.8, 1.0]))
    limits = []
    if bound and r.random() < 0.6:
        limits.append(Limit("all", "heading", "sarana", None, int(ceiling * r.choice([0.3, 0.6]))))
    if bound and r.random() < 0.6:
        limits.append(Limit("all", "group", "perempuan", int(ceiling * r.choice([0.1, 0.3, 0.6])), None))
    return Contest(
        tuple(made),
        Ballots.of(rows, [r.randint(1, 3) for _ in rows]),
        (Pot("all", ceiling),),
        tuple(limits),
        Rule(
            **{
                "utility": r.choice(["cost", "count", "points", "points_cost"]),
                "ties": r.choice([("id",), ("lowest_cost", "most_supporters", "need", "lot")]),
                "lot": tuple(r.sample(ids, m)),
                "need_share_permille": r.choice([0, 100, 200]) if bound else 0,
                **rule,
            }  # type: ignore[arg-type]
        ),
    )


def plain_run(electorate: Electorate, share: Fraction, reserved: tuple[int, ...] = ()) -> Gate | None:
    """Equal Shares at one share, every price anew in every round; None when it overspends."""
    endow = electorate.endow or (Fraction(1),) * len(electorate.weight)
    money = [share * e for e in endow]
    gate = Gate.of(electorate)
    skipped: set[int] = set()

    def pay(c: int, point: Fraction) -> None:
        for i, p in payers(electorate, c):
            money[i] -= min(money[i], point * p)
        gate.buy(c)

    for c in reserved:
        found = plain_price(electorate, c, money)
        pay(c, max(money, default=Fraction(0)) if found is None else found)
    while True:
        prices = []
        for c in gate.free():
            found = plain_price(electorate, c, money)
            if found is not None and c not in skipped:
                unit = (electorate.proposals[c].cost or 1) if electorate.by_cost else 1
                prices.append((found / (unit * electorate.bonus[c]), electorate.rank[c], c, found))
        if not prices:
            return gate
        _, _, c, point = min(prices)
        if gate.spent + electorate.proposals[c].cost > electorate.ceiling:
            if not reserved or share != electorate.share_first:
                return None
            skipped.add(c)
            continue
        pay(c, point)


def payers(electorate: Electorate, c: int) -> list[tuple[int, int]]:
    """(payer, points) of a proposal."""
    members = electorate.members[c]
    points = [1] * len(members.rows) if members.points is None else members.points.tolist()
    return list(zip(members.rows.tolist(), points, strict=True))


def plain_price(electorate: Electorate, c: int, money: list[Fraction]) -> Fraction | None:
    """What a point costs: the poorest pay all, the rest equally."""
    need, who = Fraction(electorate.proposals[c].cost), payers(electorate, c)
    weight = electorate.weight.tolist()
    if sum(weight[i] * money[i] for i, _ in who) < need:
        return None
    who.sort(key=lambda x: money[x[0]] / x[1])
    mass = sum(weight[i] * p for i, p in who)
    for i, p in who:
        if need / mass <= money[i] / p:
            return need / mass
        need -= weight[i] * money[i]
        mass -= weight[i] * p
    return Fraction(0)
