"""The public sample of real elections, where it lies beside the project: equal to every reference outcome."""

import json
import os
from fractions import Fraction
from pathlib import Path

import pytest

from .. import Rule, decide, read_pabulib
from ..completion import complete, fill
from ..greedy import by_votes
from ..phragmen import phragmen
from ..prepare import electorate

SHARED = Path(os.environ.get("PENDAMPING_SHARED_DATA", Path(__file__).parents[5] / "shared" / "data"))
FOLDER = SHARED / "pabulib"
pytestmark = pytest.mark.skipif(
    not (FOLDER / "expected.json").exists(),
    reason="the Pabulib sample is not beside the repository (PENDAMPING_SHARED_DATA)",
)
EXPECTED = json.loads((FOLDER / "expected.json").read_text())["files"] if (FOLDER / "expected.json").exists() else {}
RULES = {
    "greedy_votes": {"method": "greedy_votes"},
    "greedy_points": {"method": "greedy_votes", "utility": "points"},
    "mes_cost": {},
    "mes_card": {"utility": "count"},
    "mes_points": {"utility": "points"},
    "mes_points_cost": {"utility": "points_cost"},
    "phragmen": {"method": "phragmen"},
    "mes_cost_add1": {"completion": "add1"},
    "mes_card_add1": {"completion": "add1", "utility": "count"},
    "mes_points_add1": {"completion": "add1", "utility": "points"},
    "mes_cost_add1_nostop": {"completion": "add1_nostop"},
    "mes_cost_permille_cap3": {"completion": "steps"},
}
OFFICIAL = ("Poland_Wieliczka_2023_Green_Budget.pb", "Poland_Swiecie_2023.pb", "Netherlands_Assen_2024.pb")
DEAR = ("Poland_Lodz_2024.pb", "Poland_Krakow_2022.pb", "Netherlands_Amsterdam_252.pb", "France_Toulouse_2022.pb")


def outcome(name: str, rule: str) -> tuple[list[str], Fraction | None]:
    kind, _, filled = rule.partition("+")
    contest = read_pabulib(
        FOLDER / name,
        Rule(
            **{"ties": ("id",), "completion": "none", "fill": filled.removeprefix("greedy_") or "none", **RULES[kind]}
        ),
    )
    e = electorate(contest, contest.pots[0], contest.pots[0].ceiling)
    share = None
    if e.rule.method == "greedy_votes":
        gate = by_votes(e)
    elif e.rule.method == "phragmen":
        gate = phragmen(e)[0]
    else:
        completed = complete(e)
        share, gate = completed.share, completed.gate
    if filled:
        fill(e, gate, e.rule.fill == "points")
    return [e.proposals[c].id for c in gate.bought], share


def pairs():
    for name, entry in EXPECTED.items():
        for rule, found in entry["rules"].items():
            if rule.partition("+")[0] in RULES and "selected" in found:
                dear = name in DEAR and ("add1" in rule or "permille" in rule)
                yield pytest.param(name, rule, found, marks=pytest.mark.slow if dear else (), id=f"{name[:-3]}-{rule}")


@pytest.mark.parametrize(("name", "rule", "found"), list(pairs()))
def test_equal_to_the_reference(name, rule, found):
    selected, share = outcome(name, rule)
    if rule.startswith("phragmen"):  # the reference lists it by id
        assert sorted(selected) == sorted(found["selected"])
    else:
        assert selected == found["selected"]
    if "permille" in rule and "final_share" in found:
        assert share == Fraction(found["final_share"])


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_default_completion_unfilled_is_what_the_town_funded(name):
    decision = decide(read_pabulib(FOLDER / name, Rule(fill="none")))
    assert sorted(decision.funded) == sorted(EXPECTED[name]["official_selected"])


@pytest.mark.parametrize(
    ("name", "factor"),
    [
        ("Poland_Wieliczka_2023_Green_Budget.pb", 11.05),
        ("Poland_Swiecie_2023.pb", 1.16),
        ("Poland_Warszawa_2021_Ursynow.pb", 3.80),
        ("Poland_Lodz_2024.pb", 6.24),
        ("Poland_Krakow_2022.pb", 3.79),
        ("Poland_Krakow_2020_Stare_Miasto.pb", 6.06),
        ("Canada_Stanford_Dataset_PB_Dieppe_2018_vote_approvals.pb", 1.36),
    ],
)
def test_most_votes_first_short_changes_a_group_and_ours_does_not(name, factor):
    decision = decide(read_pabulib(FOLDER / name, Rule(completion="none")))
    assert round(float(decision.compare.ejr_factor[1]), 2) == factor
    assert decision.certificates.ejr_factor < 1
    assert decision.certificates.price_system
