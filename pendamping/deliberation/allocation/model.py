"""What goes into a decision about money and what comes out of it. Pure data: no framework, no database.

Money is whole rupiah (`int`); shares, prices and payments are exact `Fraction`s of a rupiah and are rounded only when
shown. Everything here can be written as one JSON document (`published.py`), from which anybody can compute the result
again. What the rule does, to the letter, stands in `README.md` of this folder.

*Effective support* of a proposal (Wieliczka 2023): the money its supporters had left after the last purchase, at the
final share and before filling by votes, as a percentage of its cost, rounded down. 100 or more cannot happen for a
proposal that was free to be bought; one held back by a cap, an exclusion or a requirement may show more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .decision import Certificates, Comparison, Decision, Explanation, PotDecision, Round

__all__ = [
    "Ballots",
    "Certificates",
    "Comparison",
    "Contest",
    "Decision",
    "Explanation",
    "Limit",
    "Pot",
    "PotDecision",
    "Proposal",
    "Round",
    "Rule",
]

CODE_VERSION = "1"  # of the rule as it is written here; a change of outcome needs a new number

MES, GREEDY, PHRAGMEN = "mes", "greedy_votes", "phragmen"
COST, COUNT, POINTS, POINTS_COST = "cost", "count", "points", "points_cost"
SHARE, FILL, FLOOR, NOT = "share", "fill", "floor", "not"
MOST_CAP, MOST_STEP = 10, 1000  # of a rule that is published, beside at least 1: more would be walked for hours
DEFAULT_TIES = ("lowest_cost", "most_supporters", "need", "lot")


class Invalid(ValueError):
    """The contest contradicts itself; the text names the field. `indonesian`: the same, where people may meet it."""

    def __init__(self, text: str, indonesian: str = "") -> None:
        super().__init__(text)
        self.indonesian = indonesian

    def in_language(self, language: str) -> str:
        """The text in Indonesian or English; without Indonesian words the field alone is named."""
        if language != "id":
            return str(self)
        return self.indonesian or f"{str(self).partition(':')[0]}: isinya tidak sah"


@dataclass(frozen=True)
class Proposal:
    """One proposal (id: usulan). `cost` in rupiah, `need` a score 0 to 4 for each criterion."""

    id: str
    title: str
    cost: int
    heading: str = ""
    groups: frozenset[str] = frozenset()
    area: str = ""
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    need: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Ballots:
    """Ballots (id: surat suara), identical ones together: row i stands for `weight[i]` residents.

    Row i chose the proposals `choices[offsets[i]:offsets[i + 1]]` (indexes) with `points` (1 = approval).
    `endow`: how many equal shares each resident of the row holds (None: one). `area`: where the row may spend
    (None: in every pot).
    """

    offsets: NDArray[np.int64]
    choices: NDArray[np.int32]
    points: NDArray[np.int32]
    weight: NDArray[np.int32]
    endow: tuple[Fraction, ...] | None = None
    area: tuple[str, ...] | None = None
    distinct: bool = False  # are no two rows alike? False: not known

    @classmethod
    def of(
        cls,
        rows: Iterable[Mapping[int, int] | Sequence[int]],
        weight: Sequence[int] | None = None,
        endow: Sequence[Fraction] | None = None,
        area: Sequence[str] | None = None,
    ) -> Ballots:
        """From Python lists: each row is a list of indexes (approval) or a mapping index → points."""
        lists = [dict(r) if isinstance(r, Mapping) else dict.fromkeys(r, 1) for r in rows]
        lists = [{c: p for c, p in sorted(r.items()) if p > 0} for r in lists]
        offsets = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(r) for r in lists], out=offsets[1:])
        return cls(
            offsets,
            np.array([c for r in lists for c in r], np.int32),
            np.array([p for r in lists for p in r.values()], np.int32),
            np.ones(len(lists), np.int32) if weight is None else np.array(weight, np.int32),
            None if endow is None else tuple(endow),
            None if area is None else tuple(area),
        )

    @property
    def rows(self) -> int:
        return len(self.weight)

    @property
    def residents(self) -> int:
        """How many ballots there are, empty ones included."""
        return int(self.weight.sum())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ballots) and (
            all(
                np.array_equal(getattr(self, name), getattr(other, name))
                for name in ("offsets", "choices", "points", "weight")
            )
            and (self.endow, self.area) == (other.endow, other.area)
        )

    def __hash__(self) -> int:
        return hash((self.choices.tobytes(), self.weight.tobytes()))

    def grouped(self) -> Ballots:
        """The same ballots, identical rows as one, in the order of their first appearance."""
        from .grouping import grouped

        return grouped(self)


@dataclass(frozen=True)
class Pot:
    """Money for one purpose (id: pos dana). `areas`/`headings`: whose residents and which proposals (None: all)."""

    id: str
    ceiling: int
    areas: frozenset[str] | None = None
    headings: frozenset[str] | None = None


@dataclass(frozen=True)
class Limit:
    """At least `least` and at most `most` rupiah for the proposals of one heading, group or area."""

    pot: str
    selector_kind: str
    selector: str
    least: int | None = None
    most: int | None = None

    def holds(self, proposal: Proposal) -> bool:
        """Is this proposal one the limit counts?"""
        if self.selector_kind == "group":
            return self.selector in proposal.groups
        return bool(getattr(proposal, self.selector_kind) == self.selector)


@dataclass(frozen=True)
class Rule:
    """Everything that is fixed and published before the ballots are counted."""

    method: str = MES
    utility: str = COST
    completion: str = "steps"  # none, add1, add1_nostop, steps
    step_permille: int = 1
    cap: int = 3
    fill: str = "votes"  # none, votes, points
    ties: tuple[str, ...] = DEFAULT_TIES
    lot: tuple[str, ...] = ()
    minimum_support: bool = False
    need_share_permille: int = 0
    pots_upwards: bool = False


@dataclass(frozen=True)
class Contest:
    proposals: tuple[Proposal, ...]
    ballots: Ballots
    pots: tuple[Pot, ...]
    limits: tuple[Limit, ...] = ()
    rule: Rule = field(default_factory=Rule)

    def grouped(self) -> Contest:
        return replace(self, ballots=self.ballots.grouped())

    def to_json(self) -> dict[str, Any]:
        """The contest as plain lists, numbers and texts; fractions as "p/q"."""
        from .published import contest_out

        return contest_out(self)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Contest:
        from .published import contest_in

        return contest_in(document)

    def inputs_hash(self) -> str:
        """SHA-256 over what was decided about (see README.md), of the grouped contest."""
        from .published import canonical, limit_out, pot_out, proposal_out

        ballots = self.ballots.grouped()
        head = {
            "proposals": [proposal_out(p) for p in self.proposals],
            "pots": [pot_out(p) for p in self.pots],
            "limits": [limit_out(x) for x in self.limits],
        }
        tail = [
            None if ballots.endow is None else [f"{e.numerator}/{e.denominator}" for e in ballots.endow],
            None if ballots.area is None else list(ballots.area),
        ]
        digest = hashlib.sha256(canonical(head) + b"\n")
        digest.update(ballots.offsets.astype("<i8").tobytes())
        for numbers in (ballots.choices, ballots.points, ballots.weight):
            digest.update(numbers.astype("<i4").tobytes())
        digest.update(b"\n" + canonical(tail))
        return digest.hexdigest()

    def rule_hash(self) -> str:
        """SHA-256 over the canonical JSON of the rule."""
        from .published import canonical, rule_out

        return hashlib.sha256(canonical(rule_out(self.rule))).hexdigest()
