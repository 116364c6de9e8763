"""The priority matrix of a meeting: criteria chosen and fixed, seats given, scores sent, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.text import slugify

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.models import new_uid
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.deliberation import seat_keys
from pendamping.deliberation.enums.matrices import MatrixReason, MatrixState
from pendamping.deliberation.models import Matrix, MatrixCriterion, MatrixItem, MatrixScore, MatrixSeat, Meeting
from pendamping.deliberation.queries import matrices as queries
from pendamping.deliberation.rules import matrices as rules
from pendamping.deliberation.rules import meetings as meeting_rules
from pendamping.deliberation.services.shared import locked, tell
from pendamping.needs.queries.assessments import criteria_of

LABEL_MOST, KEY_MOST = 80, 40


@act("deliberation.matrix_begun")
def begin_matrix(*, by: Account | None, at: datetime, meeting: Meeting) -> Matrix:
    """Begin the priority matrix of a meeting (id: menyusun matriks prioritas) from the criteria of its city.

    Those are the ones needs are weighed by (USG and need), with their levels and weights; the meeting may weigh them
    otherwise until they are fixed. Refuses a second matrix, a closed meeting, and a city without criteria.
    """
    meeting = locked(meeting)
    meeting_rules.is_open(state=meeting.state).or_raise()
    if Matrix.objects.filter(meeting=meeting).exists():
        raise Refused(MatrixReason.EXISTS)
    found = criteria_of(meeting.region_path, day(at))
    if not any(one.weight for one in found):
        raise Refused(MatrixReason.NO_CRITERIA_IN_FORCE)
    made = Matrix.objects.create(meeting=meeting, created_at=at)
    MatrixCriterion.objects.bulk_create(
        MatrixCriterion(
            matrix=made, source=one, key=one.key, title=one.title, help=one.help, levels=one.levels, weight=one.weight,
            position=place, created_at=at,
        )
        for place, one in enumerate(found, start=1)
    )  # fmt: skip
    _tell("deliberation.matrix_begun", meeting, by=by, at=at, changes={"scores": len(found)}, public=False)
    return made


@act("deliberation.matrix_weighed")
def weigh_criteria(*, by: Account | None, at: datetime, meeting: Meeting, weights: Mapping[str, int]) -> Matrix:
    """Say how much each criterion (by key) counts, 0 to 9 (id: membobot kriteria). Refuses once they are fixed."""
    matrix = _locked(meeting)
    known = {one.key: one for one in matrix.criteria.all()}
    rules.may_weigh(state=matrix.state, weights=weights, known=known).or_raise()
    before = {key: one.weight for key, one in known.items()}
    for key, weight in weights.items():
        MatrixCriterion.objects.filter(matrix=matrix, key=key).update(weight=weight)
    changes = {key: [before[key], weight] for key, weight in weights.items() if before[key] != weight}
    _tell("deliberation.matrix_weighed", matrix.meeting, by=by, at=at, changes=changes, public=False)
    return matrix


@act("deliberation.matrix_criterion_added")
def add_criterion(
    *, by: Account | None, at: datetime, meeting: Meeting, title: Mapping[str, str],
    levels: Sequence[tuple[int, Mapping[str, str]]], weight: int, about: Mapping[str, str] | None = None,
) -> Matrix:  # fmt: skip
    """Add a criterion of the meeting's own (id: menambah kriteria matriks): five levels, 0–4 or 1–5, each in words."""
    matrix = _locked(meeting)
    key = slugify(title.get("id", ""))[:KEY_MOST]
    known = list(matrix.criteria.values_list("key", flat=True))
    rules.may_add_criterion(
        state=matrix.state, key=key, known=known, title=title.get("id", ""), weight=weight,
        levels=[(points, words.get("id", "")) for points, words in levels],
    ).or_raise()  # fmt: skip
    last = matrix.criteria.aggregate(last=Max("position"))["last"] or 0
    MatrixCriterion.objects.create(
        matrix=matrix, key=key, title=dict(title), help=dict(about or {}), weight=weight, position=last + 1,
        levels=[{"points": points, "text": dict(words)} for points, words in levels], created_at=at,
    )  # fmt: skip
    changes = {"key": key, "weight": weight}
    _tell("deliberation.matrix_criterion_added", matrix.meeting, by=by, at=at, changes=changes, public=False)
    return matrix


@act("deliberation.matrix_frozen")
def freeze_matrix(*, by: Account | None, at: datetime, meeting: Meeting) -> Matrix:
    """Fix criteria, levels, weights and the proposals scored (id: membekukan kriteria); scoring is open from now on.

    The journal keeps a digest of all of it, which the closing compares. Criteria of weight 0 are left out. Refuses
    without a weight, and with fewer than two proposals on the agenda.
    """
    matrix = _locked(meeting)
    meeting_rules.is_open(state=matrix.meeting.state).or_raise()
    proposals = [item.proposal for item in matrix.meeting.items.select_related("proposal").order_by("position")]
    weights = list(matrix.criteria.values_list("weight", flat=True))
    rules.may_freeze(state=matrix.state, weights=weights, items=len(proposals)).or_raise()
    matrix.criteria.filter(weight=0).delete()
    MatrixItem.objects.bulk_create(
        MatrixItem(matrix=matrix, proposal=proposal, position=place)
        for place, proposal in enumerate(proposals, start=1)
    )
    matrix.state, matrix.frozen_at, matrix.frozen_by = MatrixState.FROZEN, at, by
    matrix.digest = queries.digest_now(matrix)
    matrix.save(update_fields=["state", "frozen_at", "frozen_by", "digest"])
    changes = {"digest": matrix.digest, "scores": sum(map(bool, weights)), "proposals": len(proposals)}
    _tell("deliberation.matrix_frozen", matrix.meeting, by=by, at=at, changes=changes)
    return matrix


@act("deliberation.matrix_seat_given")
def give_seat(
    *, by: Account | None, at: datetime, meeting: Meeting, label: str, account: Account | None = None
) -> MatrixSeat:
    """Give somebody a seat that scores (id: memberi kursi penilai): by account, or by the code of the seat on paper.

    `label` is the office it stands for. Refuses a second seat for one person, names, and once scoring is closed.
    """
    matrix = _locked(meeting)
    meeting_rules.is_open(state=matrix.meeting.state).or_raise()
    taken = account is not None and matrix.seats.filter(account=account).exists()
    rules.may_seat(state=matrix.state, label=label, is_taken=taken).or_raise()
    last = matrix.seats.aggregate(last=Max("number"))["last"] or 0
    uid = new_uid()
    seat = MatrixSeat.objects.create(
        matrix=matrix, uid=uid, number=last + 1, label=mask_to(label.strip(), LABEL_MOST), account=account,
        key_hash=seat_keys.hash_key(seat_keys.seat_key(uid)), created_at=at,
    )  # fmt: skip
    _tell("deliberation.matrix_seat_given", matrix.meeting, by=by, at=at, changes={"seat": seat.number}, public=False)
    return seat


@act("deliberation.matrix_seat_taken_back")
def take_seat_back(*, by: Account | None, at: datetime, meeting: Meeting, number: int) -> Matrix:
    """Take a seat back that has not scored (id: menarik kursi penilai), so that closing does not wait for it."""
    matrix = _locked(meeting)
    seat = matrix.seats.filter(number=number).first()
    if seat is None:
        raise Refused(MatrixReason.NO_SUCH_SEAT, field="number", number=number)
    rules.may_unseat(state=matrix.state, is_sent=seat.sent_at is not None).or_raise()
    seat.delete()
    changes = {"seat": number}
    _tell("deliberation.matrix_seat_taken_back", matrix.meeting, by=by, at=at, changes=changes, public=False)
    return matrix


@act("deliberation.matrix_scored")
def send_scores(
    *, by: Account | None, at: datetime, seat: MatrixSeat, points: Mapping[str, Mapping[str, int | None]]
) -> MatrixSeat:
    """Send the scores of a seat (id: mengirim nilai): `points` by code of the proposal, then by key of the criterion.

    All at once, each a level of its criterion; sent again until scoring is closed, they replace the earlier ones. The
    journal says that the seat has scored, never what: before the close nobody reads it, afterwards only what all gave.
    """
    matrix = _locked(seat.matrix.meeting)
    meeting_rules.is_open(state=matrix.meeting.state).or_raise()
    seat = matrix.seats.select_for_update(of=("self",)).get(pk=seat.pk)
    items, criteria = queries.items_of(matrix), list(matrix.criteria.all())
    asked = [
        rules.Asked(
            queries.field_of(item, criterion), item.proposal.title, criterion.label, set(criterion.level_words),
            points.get(item.proposal.code, {}).get(criterion.key),
        )
        for item in items
        for criterion in criteria
    ]  # fmt: skip
    rules.may_score(state=matrix.state, asked=asked).or_raise()
    cells = [(item, criterion) for item in items for criterion in criteria]
    MatrixScore.objects.filter(seat=seat).delete()
    MatrixScore.objects.bulk_create(
        MatrixScore(seat=seat, item=item, criterion=criterion, points=one.points or 0)
        for (item, criterion), one in zip(cells, asked, strict=True)
    )
    again = seat.sent_at is not None
    MatrixSeat.objects.filter(pk=seat.pk).update(sent_at=at)
    seat.sent_at = at
    changes = {"seat": seat.number, "again": again}
    tell("deliberation.matrix_scored", matrix.meeting, Verb.RECORD_SEE, by=by, at=at, changes=changes, public=False)
    return seat


@act("deliberation.matrix_closed")
def close_matrix(*, by: Account | None, at: datetime, meeting: Meeting) -> Matrix:
    """Close the scoring (id: menutup penilaian); from now on sums, ranks and spread are there for everybody.

    Refuses while a seat has not scored, without any, and when what was fixed is no longer what it was.
    """
    matrix = _locked(meeting)
    close_verdict(matrix).or_raise()
    matrix.state, matrix.closed_at, matrix.closed_by = MatrixState.CLOSED, at, by
    matrix.save(update_fields=["state", "closed_at", "closed_by"])
    rows = queries.result(matrix)
    changes = {
        "digest": matrix.digest, "seats": matrix.seats.count(),
        "ranks": [[row.item.proposal.code, row.rank, row.total] for row in rows],
    }  # fmt: skip
    _tell("deliberation.matrix_closed", matrix.meeting, by=by, at=at, changes=changes)
    return matrix


def close_verdict(matrix: Matrix) -> Verdict:
    """May the scoring be closed now?"""
    seats = list(matrix.seats.all())
    waiting = [f"{seat.number} ({seat.label})" for seat in seats if seat.sent_at is None]
    as_fixed = matrix.state == MatrixState.DRAFT or queries.digest_now(matrix) == matrix.digest
    return rules.may_close(
        state=matrix.state, waiting=waiting, sent=len(seats) - len(waiting), is_as_fixed=as_fixed
    )  # fmt: skip


def matrix_open(meeting: Meeting) -> Verdict:
    """Does the scoring of this meeting still run? Its minutes then cannot be fixed.

    One that nobody scored keeps no meeting open: it ends with the meeting, without a ranking.
    """
    scored = MatrixSeat.objects.filter(matrix__meeting=meeting, sent_at__isnull=False)
    is_open = scored.filter(matrix__state=MatrixState.FROZEN).exists()
    return refused(MatrixReason.STILL_OPEN) if is_open else ALLOWED


def _locked(meeting: Meeting) -> Matrix:
    """The matrix of a meeting behind the locked row of the meeting, which every act on it waits for."""
    meeting = locked(meeting)
    found = Matrix.objects.select_for_update(of=("self",)).filter(meeting=meeting).first()
    if found is None:
        raise Refused(MatrixReason.NONE)
    found.meeting = meeting
    return found


def _tell(
    verb: str, meeting: Meeting, *, by: Account | None, at: datetime, changes: dict[str, Any], public: bool = True
) -> None:
    tell(verb, meeting, Verb.MEETING_DECIDE, by=by, at=at, changes=changes, public=public)
