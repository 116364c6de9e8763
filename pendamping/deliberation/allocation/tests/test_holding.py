"""A price that is told to hold does so in a run of its own, and the price told not to do so does not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pendamping.deliberation.allocation import Contest, decide
from pendamping.deliberation.allocation.holding import FEWEST, STEP, price_that_holds
from pendamping.deliberation.allocation.sentences import MONEY

from .elections import KINDS, METHODS, decisions, examples
from .test_properties_fair import with_cost


def funded(contest: Contest, one: str, at: int) -> bool:
    return one in decide(with_cost(contest, one, at), brief=True).funded


def test_it_is_funded_at_the_price_and_not_at_most_one_per_cent_above() -> None:
    seen = {"held": 0, "none": 0, "off": 0}

    @examples(60)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        kind, method = data.draw(st.sampled_from(KINDS)), data.draw(st.sampled_from(METHODS))
        contest, decision = data.draw(decisions(kind, method=method))
        for one, why in decision.outcome.items():
            found = price_that_holds(contest, one, why.would_be_funded_at)
            seen["held" if found else "none"] += 1
            if found is None:
                continue
            assert why.price >= found.not_at > found.funded_at > why.price // FEWEST
            assert found.not_at - found.funded_at <= max(1, found.funded_at // STEP)
            assert funded(contest, one, found.funded_at)
            assert not funded(contest, one, found.not_at)
            seen["off"] += why.reason in MONEY and abs((why.would_be_funded_at or 0) - found.funded_at) > 2

    check()
    assert seen["held"] > 20 and seen["none"] and seen["off"], seen
