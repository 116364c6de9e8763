"""Operations of priority matrices over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.deliberation import seat_keys, services
from pendamping.deliberation.enums.matrices import MatrixReason
from pendamping.deliberation.models import Matrix, MatrixSeat, Meeting
from pendamping.deliberation.queries import matrices as queries
from pendamping.deliberation.queries.meetings import meetings
from pendamping.deliberation.queries.seats import people_for_seats
from pendamping.deliberation.schemas import matrices as schemas

router = Router(tags=["deliberation"])
MATRIX = "/meetings/{code}/matrix"


@endpoint(router, "GET", MATRIX, verb=Verb.RECORD_SEE, response=schemas.MatrixOut)
def get_matrix(request: HttpRequest, code: str) -> Any:
    """The priority matrix of a meeting; scores of others are nowhere, the ranking only after the close."""
    found = queries.matrix_of(_meeting(request, code, Verb.RECORD_SEE))
    if found is None:
        raise Http404
    return _out(found)


@endpoint(router, "POST", MATRIX, verb=Verb.MEETING_CALL, response=schemas.MatrixOut)
def begin_matrix(request: HttpRequest, code: str) -> Any:
    """Begin the matrix from the criteria of the city."""
    return _act(request, code, Verb.MEETING_CALL, services.begin_matrix)


@endpoint(router, "POST", f"{MATRIX}/weights", verb=Verb.MEETING_CALL, response=schemas.MatrixOut)
def weigh_matrix(request: HttpRequest, code: str, facts: schemas.MatrixWeightsIn) -> Any:
    """Say how much criteria count, until they are fixed."""
    weights = {one.criterion: one.weight for one in facts.weights}
    return _act(request, code, Verb.MEETING_CALL, services.weigh_criteria, weights=weights)


@endpoint(router, "POST", f"{MATRIX}/criteria", verb=Verb.MEETING_CALL, response=schemas.MatrixOut)
def add_matrix_criterion(request: HttpRequest, code: str, facts: schemas.MatrixCriterionIn) -> Any:
    """Add a criterion of this meeting alone."""
    return _act(
        request, code, Verb.MEETING_CALL, services.add_criterion, title=_two(facts.title), weight=facts.weight,
        about=_two(facts.about) if facts.about else {},
        levels=[(one.points, _two(one.text)) for one in facts.levels],
    )  # fmt: skip


@endpoint(router, "POST", f"{MATRIX}/freezing", verb=Verb.MEETING_DECIDE, response=schemas.MatrixOut)
def freeze_matrix(request: HttpRequest, code: str) -> Any:
    """Fix criteria, weights and proposals; scoring is open from now on."""
    return _act(request, code, Verb.MEETING_DECIDE, services.freeze_matrix)


@endpoint(router, "POST", f"{MATRIX}/seats", verb=Verb.MEETING_DECIDE, response=schemas.MatrixSeatGiven)
def give_matrix_seat(request: HttpRequest, code: str, facts: schemas.MatrixSeatIn) -> Any:
    """Give a seat; its code is in the answer, for the paper of whoever sits there."""
    meeting = _meeting(request, code, Verb.MEETING_DECIDE)
    account: Account | None = None
    if facts.account is not None:
        account = people_for_seats(meeting, timezone.localdate()).filter(uid=facts.account).first()
        if account is None:
            raise Http404
    seat = services.give_seat(
        by=request.auth, at=timezone.now(), op=operation_id(request), meeting=meeting, label=facts.label,  # type: ignore[attr-defined]
        account=account,
    )  # fmt: skip
    return 201, {**_seat(seat), "seat_code": "" if account else seat_keys.seat_key(seat.uid)}


@endpoint(router, "POST", f"{MATRIX}/seats/{{number}}/removal", verb=Verb.MEETING_DECIDE, response=schemas.MatrixOut)
def take_matrix_seat_back(request: HttpRequest, code: str, number: int) -> Any:
    """Take a seat back that has not scored."""
    return _act(request, code, Verb.MEETING_DECIDE, services.take_seat_back, number=number)


@endpoint(router, "POST", f"{MATRIX}/scores", verb=Verb.RECORD_SEE, response=schemas.MatrixSeatOut)
def send_matrix_scores(request: HttpRequest, code: str, facts: schemas.MatrixScoresIn) -> Any:
    """Send the scores of your own seat; sent again until the close, they replace the earlier ones."""
    meeting = _meeting(request, code, Verb.RECORD_SEE)
    found = queries.matrix_of(meeting)
    seat = queries.seat_of(found, request.auth) if found else None  # type: ignore[attr-defined]
    if seat is None:
        raise Refused(MatrixReason.NOT_SEATED)
    points: dict[str, dict[str, int | None]] = {}
    for one in facts.scores:
        points.setdefault(one.proposal, {})[one.criterion] = one.points
    done = services.send_scores(
        by=request.auth,
        at=timezone.now(),
        op=operation_id(request),
        seat=seat,
        points=points,  # type: ignore[attr-defined]
    )
    return 201, _seat(done)


@endpoint(router, "POST", f"{MATRIX}/closing", verb=Verb.MEETING_DECIDE, response=schemas.MatrixOut)
def close_matrix(request: HttpRequest, code: str) -> Any:
    """Close the scoring; the ranking with its spread is in the answer."""
    return _act(request, code, Verb.MEETING_DECIDE, services.close_matrix)


def _act(request: HttpRequest, code: str, verb: Verb, service: Any, **facts: Any) -> Any:
    meeting = _meeting(request, code, verb)
    service(by=request.auth, at=timezone.now(), op=operation_id(request), meeting=meeting, **facts)  # type: ignore[attr-defined]
    return 201, _out(Matrix.objects.select_related("meeting").get(meeting=meeting))


def _meeting(request: HttpRequest, code: str, verb: Verb) -> Meeting:
    found: Meeting = request.scope.get_or_404(meetings(), verb, code=code)  # type: ignore[attr-defined]
    return found


def _two(words: schemas.MatrixWords) -> dict[str, str]:
    return {language: text for language, text in (("id", words.id), ("en", words.en)) if text}


def _seat(seat: MatrixSeat) -> dict[str, Any]:
    return {"number": seat.number, "label": seat.label, "has_sent": seat.sent_at is not None}


def _out(found: Matrix) -> dict[str, Any]:
    ranking = [
        {
            "proposal": row.item.proposal.code, "rank": row.rank, "total": row.total, "least": row.least,
            "most": row.most, "interquartile": None if row.iqr is None else float(row.iqr), "best": row.best,
            "worst": row.worst,
        }
        for row in queries.result(found)
    ]  # fmt: skip
    criteria = [
        {"key": one.key, "title": one.title, "levels": one.levels, "weight": one.weight} for one in found.criteria.all()
    ]
    return {
        "meeting": found.meeting.code, "state": found.state, "digest": found.digest, "frozen_at": found.frozen_at,
        "closed_at": found.closed_at, "criteria": criteria, "ranking": ranking,
        "proposals": [item.proposal.code for item in queries.items_of(found)],
        "seats": [_seat(seat) for seat in found.seats.all()],
    }  # fmt: skip
