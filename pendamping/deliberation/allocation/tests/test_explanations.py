"""What a loser is told is confirmed by deciding once more (the share held fixed, no completion)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .. import Ballots, Contest, Pot, Proposal, Rule, decide
from ..sentences import rupiah, sentence
from .contests import contest, drawn
from .elections import examples

EXAMPLES = 100


def again(given: Contest, name: str, cost: int | None = None, more: int = 0, share=None) -> bool:
    """Is it bought with another cost or more residents, each holding the same share as before?"""
    given = given.grouped()
    changed = tuple(replace(p, cost=cost) if p.id == name and cost is not None else p for p in given.proposals)
    ballots, pots = given.ballots, given.pots
    if more:
        at = [p.id for p in given.proposals].index(name)
        rows = [
            dict(zip(ballots.choices[i:j].tolist(), ballots.points[i:j].tolist(), strict=True))
            for i, j in zip(ballots.offsets[:-1], ballots.offsets[1:], strict=True)
        ]
        ballots = Ballots.of([*rows, {at: 1}], [*ballots.weight.tolist(), more])
        total = share * ballots.residents
        if total.denominator != 1:
            return None  # type: ignore[return-value]
        pots = (Pot("all", int(total)),)
    # the tie order of the one asked about: it must not lose a tie at the very price
    rule = replace(given.rule, ties=("lot",), lot=(name,))
    return decide(replace(given, proposals=changed, ballots=ballots, pots=pots, rule=rule)).status[name] == "share"


def test_the_price_at_which_it_would_be_funded():
    confirmed = 0

    @examples(EXAMPLES)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        nonlocal confirmed
        given = data.draw(drawn(completion="none", fill="none", ties=("id",)))
        for name, e in decide(given).outcome.items():
            if e.reason not in ("too_few_for_price", "supporters_spent_elsewhere") or not e.would_be_funded_at:
                continue
            at = e.would_be_funded_at
            assert again(given, name, cost=at), (name, e)
            if at + 1 < e.price:
                assert not again(given, name, cost=at + 2), (name, e)
            confirmed += 1

    check()
    assert confirmed > 60


def test_how_many_more_residents():
    confirmed = 0

    @examples(EXAMPLES)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        nonlocal confirmed
        given = data.draw(drawn(completion="none", fill="none", ties=("id",)))
        given = replace(given, pots=(Pot("all", given.pots[0].ceiling // 60 * given.ballots.residents),))
        decision = decide(given)
        for name, e in decision.outcome.items():
            if e.reason not in ("too_few_for_price", "supporters_spent_elsewhere"):
                continue
            more = e.more_residents_needed
            assert again(given, name, more=more, share=decision.share_first), (name, e)
            if more > 1:
                assert not again(given, name, more=more - 1, share=decision.share_first), (name, e)
            confirmed += 1

    check()
    assert confirmed > 60


@examples(EXAMPLES)
@given(data=st.data())
def test_the_money_adds_up(data):
    given = data.draw(drawn())
    for e in decide(given).outcome.values():
        if e.reason == "supporters_spent_elsewhere":
            assert e.money_at_start >= e.price
        spent = e.money_at_start - e.money_left
        if len(e.spent_elsewhere) < 5:
            assert abs(spent - sum(rp for _, rp in e.spent_elsewhere)) <= len(e.spent_elsewhere) + 1
        if e.price and e.reason in ("too_few_for_price", "supporters_spent_elsewhere"):
            assert e.money_left < e.price
            assert e.effective_support_pct <= 100 * (e.money_left + 1) // e.price


REASONS = [
    ("no_support", {}, [[0], [0]], 10, [5, 5]),
    ("over_pot", {}, [[0, 1], [0, 1]], 10, [5, 11]),
    ("below_min_support", {"minimum_support": True}, [[0], [0], [0, 1], [0]], 10, [5, 9]),
    ("too_few_for_price", {}, [[0], [0], [0, 1], [0]], 10, [5, 9]),
]


@pytest.mark.parametrize(("reason", "rule", "rows", "ceiling", "costs"), REASONS)
def test_reasons(reason, rule, rows, ceiling, costs):
    decision = decide(contest(costs, rows, ceiling, completion="none", fill="none", **rule))
    assert decision.outcome["p1"].reason == reason


def test_what_forbids_it_is_named():
    made = (
        Proposal("a", "A", 10, heading="sarana", excludes=("b",)),
        Proposal("b", "B", 10),
        Proposal("c", "C", 10, requires=("d",)),
        Proposal("d", "D", 90),
    )
    rows = Ballots.of([[0, 1, 2]] * 4 + [[0, 1]])
    decision = decide(Contest(made, rows, (Pot("all", 60),), (), Rule(fill="none")))
    assert decision.funded == ("a",)
    assert {k: (e.reason, e.other) for k, e in decision.outcome.items()} == {
        "b": ("excluded_by", "a"),
        "c": ("requires", "d"),
        "d": ("no_support", None),
    }


def test_the_sentence_in_both_languages():
    made = (
        Proposal("d", "Drainase RW 03", 300),
        Proposal("l", "Lampu jalan", 100),
        Proposal("p", "Posyandu RW 05", 390),
    )
    rows = Ballots.of([[0, 1]] * 6 + [[0, 2]] * 3 + [[2]] * 1)
    decision = decide(Contest(made, rows, (Pot("all", 1000),), (), Rule(completion="none", fill="none")))
    e = decision.outcome["p"]
    titles = {p.id: p.title for p in made}
    assert (e.money_at_start, e.money_left, e.spent_elsewhere) == (400, 300, (("d", 100),))
    assert sentence("Posyandu RW 05", e, titles, "id") == (
        "Posyandu RW 05 tidak didanai. 4 pendukungnya memegang Rp\u00a0400 pada awal; Rp\u00a0100 dipakai "
        "untuk Drainase RW 03. "
        "Tersisa Rp\u00a0300 untuk usulan seharga Rp\u00a0390. "
        "Perkiraan kasar dari bagian warga saja, tanpa melihat apakah pagu masih cukup: didanai dengan harga paling "
        "tinggi Rp\u00a0300 atau dengan 1 warga lagi. Bila dihitung ulang, bagian itu bisa lain, dan yang diperlukan "
        "bisa jauh lebih banyak."
    )
    assert sentence("Posyandu RW 05", e, titles, "en").endswith(
        "funded at a price of at most Rp\u00a0300, or with 1 more supporter. "
        "Computed anew that share may differ, and far more may be needed."
    )
    assert rupiah(1250000) == "Rp\u00a01.250.000"


def test_whoever_lost_a_tie_is_told_so():
    given = contest([60, 60], [[0, 1]] * 4, 100, completion="none", fill="none")
    decision = decide(given)
    assert decision.funded == ("p0",)
    told = sentence("Usulan 1", decision.outcome["p1"], {"p0": "Usulan 0"}, "en")
    assert told.endswith("It was as strong as others that came first by the announced order of ties.")
