"""How equals are told apart: the declared order of ties, written from the rule alone."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Contest
from .hall import Hall


class Order:
    """The tie order of one hall. Keys are such that the smaller comes first; the id is always the last word."""

    def __init__(self, contest: Contest, hall: Hall) -> None:
        self.steps = tuple(contest.rule.ties)
        self.hall = hall
        self.lot = {one: place for place, one in reversed(list(enumerate(contest.rule.lot)))}

    def key(self, step: str, one: str) -> tuple[int, str]:
        """The rank of `one` in `step`, by itself."""
        proposal = self.hall.proposals[one]
        if step == "lowest_cost":
            return proposal.cost, ""
        if step == "most_supporters":
            return -self.hall.supporters[one], ""
        if step == "need":
            return -sum(proposal.need.values()), ""
        if step == "lot":
            return self.lot.get(one, len(self.lot)), ""
        return 0, one

    def better(self, equals: Sequence[str]) -> tuple[str, str]:
        """(the one that comes first, the step that told it from the last equal one); the step is "" when alone."""
        left, said = list(equals), ""
        for step in (*self.steps, "id"):
            if len(left) == 1:
                break
            first = min(self.key(step, one) for one in left)
            kept = [one for one in left if self.key(step, one) == first]
            if len(kept) < len(left):
                said = step
            left = kept
        return left[0], said

    def sort_key(self, one: str) -> tuple[tuple[int, str], ...]:
        """For sorting a whole list by the order of ties."""
        return tuple(self.key(step, one) for step in (*self.steps, "id"))
