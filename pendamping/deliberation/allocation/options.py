"""The rule on a command line: a Pabulib file carries none, so whoever reads one says it."""

from __future__ import annotations

import argparse

from .model import COST, COUNT, DEFAULT_TIES, GREEDY, MES, PHRAGMEN, POINTS, POINTS_COST, Rule


def add_rule(to: argparse._ActionsContainer) -> None:
    """The options that `rule_of` reads."""
    to.add_argument(
        "--rule",
        choices=(GREEDY, MES, PHRAGMEN),
        default=MES,
        help="how the money is shared: by most votes, equal shares (mes) or sequential Phragmén; default %(default)s",
    )
    to.add_argument(
        "--utility",
        choices=(COST, COUNT, POINTS, POINTS_COST),
        default=COST,
        help="what a funded project counts for its supporters: its cost, one, their points, or points times cost; "
        "default %(default)s",
    )
    to.add_argument(
        "--completion",
        choices=("none", "add1", "add1_nostop", "steps"),
        default="steps",
        help="how the shares of mes grow while money is left: not at all, by one currency unit (add1 stops when "
        "nothing more fits), or by small steps up to a cap; default %(default)s",
    )
    to.add_argument(
        "--fill",
        choices=("none", "votes", "points"),
        default="none",
        help="what buys with the money still left: nothing, most votes (as a ward does) or most points; "
        "default %(default)s",
    )
    to.add_argument(
        "--ties",
        choices=("id", "default"),
        default="default",
        help="what settles equal prices: by default lower cost, more supporters, more need, the lot; id: the id alone",
    )
    to.add_argument(
        "--lot", default="", metavar="ID,ID,…", help="the ids in the order that was drawn by lot; default no lot"
    )


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
