"""What is read of a priority matrix: its criteria and seats at any time, its scores only once it is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pendamping.core import formats
from pendamping.deliberation import seat_keys
from pendamping.deliberation.enums.matrices import MatrixState
from pendamping.deliberation.models import Matrix, MatrixCriterion, MatrixItem, MatrixScore, MatrixSeat, Meeting
from pendamping.deliberation.rules import matrices as rules
from pendamping.needs.models import Score


def matrix_of(meeting: Meeting) -> Matrix | None:
    """The matrix of a meeting. One query."""
    return Matrix.objects.filter(meeting=meeting).select_related("meeting__region").first()


def items_of(matrix: Matrix) -> list[MatrixItem]:
    """What is scored, in its order. One query."""
    return list(matrix.items.select_related("proposal__need", "proposal__region__parent__parent").order_by("position"))


def seat_for(typed: str) -> MatrixSeat | None:
    """The seat that a code opens."""
    found = MatrixSeat.objects.select_related("matrix__meeting__region")
    return found.filter(key_hash=seat_keys.hash_key(typed)).first() if typed.strip() else None


def seat_of(matrix: Matrix, account: Any) -> MatrixSeat | None:
    """The seat of an account."""
    return matrix.seats.filter(account=account).first() if account is not None else None


def field_of(item: MatrixItem, criterion: MatrixCriterion) -> str:
    """The name of the field in which a seat scores this."""
    return f"p{item.position}-{criterion.key}"


def own_points(seat: MatrixSeat) -> dict[tuple[int, int], int]:
    """What a seat gave, for its own eyes: (item, criterion) → points."""
    return {(one.item_id, one.criterion_id): one.points for one in seat.scores.all()}


def digest_now(matrix: Matrix) -> str:
    """The digest of the criteria and proposals as they stand in the database now."""
    criteria = [
        {"key": one.key, "title": one.title, "help": one.help, "levels": one.levels, "weight": one.weight}
        for one in MatrixCriterion.objects.filter(matrix=matrix).order_by("position", "id")
    ]
    items = MatrixItem.objects.filter(matrix=matrix).order_by("position").values_list("proposal__code", flat=True)
    return rules.digest_of(criteria, items)


def _points(matrix: Matrix) -> dict[int, dict[int, dict[int, int]]]:
    """Every score: seat → item → criterion → points. Only of a closed matrix does anybody see them."""
    found: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = MatrixScore.objects.filter(seat__matrix=matrix).order_by("seat", "item", "criterion")
    for seat, item, criterion, points in rows.values_list("seat", "item", "criterion", "points"):
        found[seat][item][criterion] = points
    return found


def result(matrix: Matrix) -> list[rules.Ranked]:
    """The ranking of a closed matrix; empty while scoring is open, whoever asks. Its items carry their proposals."""
    if matrix.state != MatrixState.CLOSED:
        return []
    items = {item.pk: item for item in items_of(matrix)}
    weights = {one.pk: one.weight for one in matrix.criteria.all()}
    rows = rules.ranking(_points(matrix), weights, list(items))
    return [rules.with_item(row, items[row.item]) for row in rows]


def is_exportable(matrix: Matrix) -> bool:
    """May single scores, without their seats, be read? Once closed, and among enough of them."""
    sent = matrix.seats.filter(sent_at__isnull=False).count()
    return matrix.state == MatrixState.CLOSED and sent >= rules.SPREAD_FEWEST


def exported(matrix: Matrix) -> Iterator[list[Any]]:
    """The scores of a closed matrix so that anybody can sum them again: one row for a seat and proposal.

    Seats stand in an order that says nothing of who they are; nothing while scoring is open, nor among so few seats
    that each could be told from the others.
    """
    if not is_exportable(matrix):
        return
    criteria = list(matrix.criteria.all())
    yield ["seat", "proposal", *(one.key for one in criteria), "sum"]
    yield ["weight", "", *(one.weight for one in criteria), ""]
    points, items = _points(matrix), items_of(matrix)
    hidden = sorted(matrix.seats.filter(sent_at__isnull=False), key=lambda seat: seat.key_hash)
    for place, seat in enumerate(hidden, start=1):
        for item in items:
            given = points[seat.pk][item.pk]
            whole = sum(one.weight * given[one.pk] for one in criteria)
            yield [f"P{place}", item.proposal.code, *(given[one.pk] for one in criteria), whole]


@dataclass(frozen=True)
class Evidence:
    """What the assessment of the need behind a proposal gave under the same key (id: nilai kebutuhan)."""

    points: int
    reason: str


def evidence(items: Sequence[MatrixItem], criteria: Sequence[MatrixCriterion]) -> dict[tuple[int, int], Evidence]:
    """For (item, criterion): the points in force of its need, where its scale is the one of the matrix. One query."""
    by_key = {one.key: one for one in criteria}
    rows = Score.objects.filter(
        need__in=[item.proposal.need_id for item in items], replaced_at__isnull=True, criterion__key__in=list(by_key)
    ).select_related("criterion")
    scores = {
        (one.need_id, one.criterion.key): one
        for one in rows.order_by("id")
        if _scale(one.criterion.levels) == _scale(by_key[one.criterion.key].levels)
    }
    return {
        (item.pk, criterion.pk): Evidence(score.points, score.reason)
        for item in items
        for criterion in criteria
        if (score := scores.get((item.proposal.need_id, criterion.key))) is not None
    }


def _scale(levels: Sequence[dict[str, Any]]) -> list[tuple[int, str]]:
    return [(one["points"], one["text"].get("id", "")) for one in levels]


def number(value: Fraction | int | None) -> str:
    """A figure of the spread as people read it: at most one decimal."""
    return "" if value is None else formats.number(Decimal(round(Fraction(value) * 10)) / 10, 1)


def matrix_for_minutes(meeting: Meeting) -> dict[str, Any]:
    """For the minutes: criteria with weights, the digest, seats, and the ranking with its spread; {} without one."""
    matrix = matrix_of(meeting)
    if matrix is None or matrix.state != MatrixState.CLOSED:
        return {}
    rows = result(matrix)
    return {
        "digest": matrix.digest, "frozen_at": matrix.frozen_at, "closed_at": matrix.closed_at,
        "seats": matrix.seats.filter(sent_at__isnull=False).count(),
        "criteria": [{"title": one.label, "weight": one.weight} for one in matrix.criteria.all()],
        "rows": [
            {
                "rank": row.rank, "code": row.item.proposal.code, "title": row.item.proposal.title, "total": row.total,
                "least": row.least, "most": row.most, "iqr": number(row.iqr), "best": row.best, "worst": row.worst,
            }
            for row in rows
        ],
    }  # fmt: skip
