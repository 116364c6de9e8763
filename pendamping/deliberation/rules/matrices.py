"""Scoring by criteria fixed beforehand: sums, ranks, their spread, and what one seat left out would change.

Points stand on a fixed scale with words for every level and are summed as they are. Nothing is normalised over the
list of proposals: taking one off never changes the sums, nor the order, of the others (allocation notes: rank reversal
of SAW and TOPSIS).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.matrices import MatrixReason, MatrixState

WEIGHT_MOST = 9
LEVELS = 5
SCALES = ((0, 4), (1, 5))
FEWEST_ITEMS = 2
SPREAD_FEWEST = 3  # among fewer seats the spread would tell what single ones gave

Points = Mapping[Any, Mapping[Any, Mapping[Any, int]]]  # seat → proposal → criterion → points


def is_draft(*, state: str) -> Verdict:
    """Can criteria and weights still change?"""
    return ALLOWED if state == MatrixState.DRAFT else refused(MatrixReason.FROZEN)


def is_scoring(*, state: str) -> Verdict:
    """Is scoring open?"""
    if state == MatrixState.CLOSED:
        return refused(MatrixReason.CLOSED)
    return ALLOWED if state == MatrixState.FROZEN else refused(MatrixReason.NOT_FROZEN)


def is_open_for_seats(*, state: str) -> Verdict:
    """Can seats be given or taken back? Until scoring is closed."""
    return refused(MatrixReason.CLOSED) if state == MatrixState.CLOSED else ALLOWED


def may_weigh(*, state: str, weights: Mapping[str, int], known: Collection[str]) -> Verdict:
    """May these criteria weigh so much? `weights` by key."""
    verdicts = [
        refused(MatrixReason.NO_SUCH_CRITERION, field=key, key=key) if key not in known
        else refused(MatrixReason.WEIGHT_LARGE, field=key, most=WEIGHT_MOST) if not 0 <= weight <= WEIGHT_MOST
        else ALLOWED
        for key, weight in weights.items()
    ]  # fmt: skip
    return first_refusal(is_draft(state=state), *verdicts)


def may_add_criterion(
    *, state: str, key: str, known: Collection[str], title: str, levels: Sequence[tuple[int, str]], weight: int
) -> Verdict:
    """May a meeting score by this criterion of its own? A name, five levels of 0–4 or 1–5, each with other words."""
    least = levels[0][0] if levels else 1
    words = [text.strip() for _points, text in levels]
    on_scale = (least, least + LEVELS - 1) in SCALES and [points for points, _ in levels] == list(
        range(least, least + LEVELS)
    )
    worded = all(words) and len(set(words)) == len(words)
    return first_refusal(
        is_draft(state=state),
        ALLOWED if title.strip() else refused(MatrixReason.TITLE_MISSING, field="title_id"),
        refused(MatrixReason.KEY_TAKEN, field="title_id") if key in known or not key else ALLOWED,
        ALLOWED if on_scale and worded
        else refused(MatrixReason.LEVELS, field="levels", least=least, most=least + LEVELS - 1),
        ALLOWED if 0 <= weight <= WEIGHT_MOST else refused(MatrixReason.WEIGHT_LARGE, field="weight", most=WEIGHT_MOST),
    )  # fmt: skip


def may_freeze(*, state: str, weights: Iterable[int], items: int) -> Verdict:
    """May criteria, weights and proposals be fixed, so that scoring begins?"""
    return first_refusal(
        is_draft(state=state),
        ALLOWED if any(weights) else refused(MatrixReason.NO_WEIGHT),
        ALLOWED if items >= FEWEST_ITEMS else refused(MatrixReason.TOO_FEW_PROPOSALS),
    )


def may_seat(*, state: str, label: str, is_taken: bool) -> Verdict:
    """May a seat be given?"""
    return first_refusal(
        is_open_for_seats(state=state),
        ALLOWED if label.strip() else refused(MatrixReason.LABEL_MISSING, field="label"),
        refused(MatrixReason.SEAT_TAKEN, field="account") if is_taken else ALLOWED,
    )


def may_unseat(*, state: str, is_sent: bool) -> Verdict:
    """May a seat be taken back? Not once it has scored."""
    return first_refusal(is_open_for_seats(state=state), refused(MatrixReason.SEAT_SENT) if is_sent else ALLOWED)


@dataclass(frozen=True)
class Asked:
    """One cell a seat fills in: the field it stands in, its proposal and criterion, the levels there are."""

    field: str
    title: str
    criterion: str
    levels: Collection[int]
    points: int | None


def may_score(*, state: str, asked: Iterable[Asked]) -> Verdict:
    """May these points be kept? All of them, each a level of its criterion."""
    verdicts = [
        refused(MatrixReason.NOT_WHOLE, field=one.field, title=one.title, criterion=one.criterion)
        if one.points is None
        else refused(MatrixReason.NO_SUCH_LEVEL, field=one.field, points=one.points, criterion=one.criterion)
        if one.points not in one.levels
        else ALLOWED
        for one in asked
    ]
    return first_refusal(is_scoring(state=state), *verdicts)


def may_close(*, state: str, waiting: Sequence[str], sent: int, is_as_fixed: bool) -> Verdict:
    """May scoring be closed? When every seat has scored, by the criteria that were fixed."""
    return first_refusal(
        is_scoring(state=state),
        ALLOWED if sent else refused(MatrixReason.NOBODY_SENT),
        refused(MatrixReason.SEATS_WAIT, seats=", ".join(waiting)) if waiting else ALLOWED,
        ALLOWED if is_as_fixed else refused(MatrixReason.CHANGED),
    )


def digest_of(criteria: Iterable[Mapping[str, Any]], items: Iterable[str]) -> str:
    """SHA-256 over what is fixed before scoring: criteria with levels and weights, and the codes of the proposals."""
    whole = {"criteria": list(criteria), "proposals": list(items)}
    return hashlib.sha256(
        json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


@dataclass(frozen=True)
class Ranked:
    """One proposal in the order of a matrix (id: peringkat).

    `total` is the sum over all seats; `rank` counts from 1, equal totals share it. Spread is of the sums single seats
    gave; `best` and `worst` are its ranks when any one seat is left out. Both None among fewer than SPREAD_FEWEST.
    """

    item: Any
    rank: int
    total: int
    least: int | None
    most: int | None
    lower: Fraction | None  # first quartile
    middle: Fraction | None
    upper: Fraction | None
    best: int | None
    worst: int | None

    @property
    def iqr(self) -> Fraction | None:
        return None if self.upper is None or self.lower is None else self.upper - self.lower

    @property
    def is_steady(self) -> bool:
        """The same rank whoever is left out."""
        return self.best == self.worst


def sums(points: Points, weights: Mapping[Any, int], items: Sequence[Any]) -> dict[Any, dict[Any, int]]:
    """What each seat gave each proposal in all: weighted points, summed. Seat → proposal → sum."""
    return {
        seat: {item: sum(weights[one] * given[item][one] for one in weights) for item in items}
        for seat, given in points.items()
    }


def ranks(totals: Mapping[Any, int]) -> dict[Any, int]:
    """Ranks from 1, the largest first; equal totals share a rank and the next one is skipped (1, 2, 2, 4)."""
    return {item: 1 + sum(other > total for other in totals.values()) for item, total in totals.items()}


def ranking(points: Points, weights: Mapping[Any, int], items: Sequence[Any]) -> list[Ranked]:
    """All proposals in their order; among equals in the order of `items`. Empty without any seat."""
    by_seat = sums(points, weights, items)
    if not by_seat:
        return []
    totals = {item: sum(given[item] for given in by_seat.values()) for item in items}
    rank = ranks(totals)
    left_out = [ranks({item: totals[item] - given[item] for item in items}) for given in by_seat.values()]
    rows = [
        _ranked(item, rank[item], totals[item], sorted(given[item] for given in by_seat.values()),
                [other[item] for other in left_out])
        for item in items
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.rank)


def _ranked(item: Any, rank: int, total: int, single: Sequence[int], without: Sequence[int]) -> Ranked:
    shown = len(single) >= SPREAD_FEWEST
    return Ranked(
        item=item, rank=rank, total=total,
        least=single[0] if shown else None, most=single[-1] if shown else None,
        lower=quantile(single, Fraction(1, 4)) if shown else None,
        middle=quantile(single, Fraction(1, 2)) if shown else None,
        upper=quantile(single, Fraction(3, 4)) if shown else None,
        best=min([rank, *without]) if shown else None, worst=max([rank, *without]) if shown else None,
    )  # fmt: skip


def quantile(ordered: Sequence[int], at: Fraction) -> Fraction:
    """A quantile of ordered numbers, on the straight line between its neighbours (Hyndman and Fan, type 7)."""
    place = (len(ordered) - 1) * at
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def with_item(row: Ranked, item: Any) -> Ranked:
    """The same row about a richer item: the record its key stood for."""
    return replace(row, item=item)


def moved_by_one(rows: Sequence[Ranked]) -> int:
    """How many proposals would stand elsewhere if some one seat were left out."""
    return sum(not row.is_steady for row in rows)
