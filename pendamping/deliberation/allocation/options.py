"""The rule on a command line: a Pabulib file carries none, so whoever reads one says it."""

from __future__ import annotations

import argparse

from .model import COST, COUNT, DEFAULT_TIES, GREEDY, MES, PHRAGMEN, POINTS, POINTS_COST, Rule


def add_rule(to: argparse._ActionsContainer) -> None:
    """The options that `rule_of` reads."""
    to.add_argument("--rule", choices=(GREEDY, MES, PHRAGMEN), default=MES)
    to.add_argument("--utility", choices=(COST, COUNT, POINTS, POINTS_COST), default=COST)
    to.add_argument("--completion", choices=("none", "add1", "add1_nostop", "steps"), default="steps")
    to.add_argument(
        "--fill",
        choices=("none", "votes", "points"),
        default="none",
        help="what buys with the money left; a ward: votes",
    )
    to.add_argument("--ties", choices=("id", "default"), default="default")
    to.add_argument("--lot", default="", help="ids in the order that was drawn, with commas")


def rule_of(given: argparse.Namespace) -> Rule:
    """The rule that was asked for."""
    return Rule(
        method=given.rule,
        utility=given.utility,
        completion=given.completion,
        fill=given.fill,
        ties=("id",) if given.ties == "id" else DEFAULT_TIES,
        lot=ids_in(given.lot),
    )


def ids_in(text: str) -> tuple[str, ...]:
    """Ids with commas between them."""
    return tuple(x.strip() for x in text.split(",") if x.strip())
