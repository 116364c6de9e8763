"""What a candidate does: enter with code and PIN, begin, answer one question after another, hand in.

Entering, beginning and handing in go into the journal; a saved answer does not, its row is its record.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal.crypt import blind_index
from pendamping.facilitators.enums.exams import Finish, Reason
from pendamping.facilitators.models import Answer, Seat
from pendamping.facilitators.queries import exams as found
from pendamping.facilitators.queries.questions import cards
from pendamping.facilitators.rules import draw
from pendamping.facilitators.rules import exams as rules
from pendamping.facilitators.services.sittings import locked_seat, tell

PIN_DIGITS = 6


def pin_of(seat: Seat) -> str:
    """The PIN of a seat, derived under the server's key; it stands in no table and no backup."""
    digest = blind_index(f"{seat.uid}/{seat.pin_version}", purpose="exam-pin")
    return f"{int(digest, 16) % 10**PIN_DIGITS:0{PIN_DIGITS}d}"


def seat_with_pin(code: str, pin: str) -> Seat:
    """The seat that this code and PIN open; one refusal for both, so that nobody learns which codes exist."""
    seat = found.seat_of_code(code)
    known = pin_of(seat) if seat is not None else "x" * PIN_DIGITS
    if not hmac.compare_digest(known.encode(), "".join(pin.split()).encode()) or seat is None:
        raise Refused(Reason.WRONG_PIN, field="pin")
    return seat


@act("facilitators.seat_taken")
def enter_exam(*, by: Account | None, at: datetime, seat: Seat) -> Seat:
    """Take the seat, or come back to it on any computer (id: masuk ujian); the device before counts no more."""
    seat = locked_seat(seat)
    rules.may_enter(
        state=seat.sitting.state, application=seat.application.state, is_finished=_is_over(seat, at)
    ).or_raise()
    seat.entry, seat.entered_at, seat.last_seen_at = seat.entry + 1, seat.entered_at or at, at
    seat.save(update_fields=["entry", "entered_at", "last_seen_at"])
    tell(
        "facilitators.seat_taken", seat, seat.sitting, Verb.EXAM_RUN, by=by, at=at, changes={"entry": seat.entry}
    )  # fmt: skip
    return seat


@act("facilitators.exam_begun")
def begin_exam(*, by: Account | None, at: datetime, seat: Seat, entry: int) -> Seat:
    """Draw the paper and start the clock (id: memulai ujian); asked again it changes nothing."""
    seat = locked_seat(seat)
    if entry != seat.entry:
        raise Refused(Reason.SUPERSEDED)
    if seat.started_at is not None:
        return seat
    sitting = seat.sitting
    rules.may_enter(
        state=sitting.state, application=seat.application.state, is_finished=seat.finished_at is not None
    ).or_raise()
    rules.may_begin(
        state=sitting.state, opened_at=sitting.opened_at, starts_at=sitting.starts_at,
        late_minutes=sitting.late_minutes, at=at,
    ).or_raise()  # fmt: skip
    blueprint = sitting.round.blueprint
    paper = draw.draw(
        seed=sitting.seed, code=seat.application.code, lines=found.lines_of(blueprint),
        pool=cards(blueprint.bank, found.voided_in(sitting.round)),
    )  # fmt: skip
    Answer.objects.bulk_create(
        Answer(seat=seat, position=place, question_id=drawn.card.id, points=drawn.points, order=list(drawn.order))
        for place, drawn in enumerate(paper, start=1)
    )
    seat.started_at = seat.last_seen_at = at
    seat.save(update_fields=["started_at", "last_seen_at"])
    tell(
        "facilitators.exam_begun", seat, sitting, Verb.EXAM_RUN, by=by, at=at, changes={"questions": len(paper)}
    )  # fmt: skip
    return seat


@act("facilitators.answer_saved")
def save_answer(
    *,
    by: Account | None,
    at: datetime,
    seat: Seat,
    entry: int,
    position: int,
    given: Sequence[str],
    sequence: int | None,
) -> Answer:
    """Keep one answer (id: menyimpan jawaban); nothing given clears it. Sent twice, kept once.

    The answer with the highest `sequence` stays, in whatever order they arrive; the answer returned is the one that
    stands. A plain form has no counter (None): it counts as later than what it found. Refuses after the time and its
    grace, after handing in, and from a device that was superseded.
    """
    seat = _answering(seat)
    sitting = seat.sitting
    rules.may_answer(
        entry=entry, entered=seat.entry, started_at=seat.started_at, finished=seat.finished_at is not None,
        minutes=sitting.minutes, extra=seat.extra_minutes, grace_seconds=sitting.round.blueprint.grace_seconds, at=at,
    ).or_raise()  # fmt: skip
    answers = Answer.objects.select_related("question").only("position", "order", "choice", "sequence", "saved_at",
                                                            "seat", "question__kind")  # fmt: skip
    answer = answers.filter(seat=seat, position=position).first()
    if answer is None:
        raise Refused(Reason.NO_SUCH_QUESTION)
    kind, options = answer.question.kind, len(answer.order)
    rules.is_possible_choice(kind=kind, options=options, given=given).or_raise()
    sequence = answer.sequence + 1 if sequence is None else sequence
    if sequence > answer.sequence:
        answer.choice = rules.as_kept(kind=kind, order=answer.order, given=given)
        answer.sequence, answer.saved_at = sequence, at
        answer.save(update_fields=["choice", "sequence", "saved_at"])
    Seat.objects.filter(pk=seat.pk).update(last_seen_at=at)
    answer.seat = seat
    return answer


@act("facilitators.exam_handed_in")
def hand_in(*, by: Account | None, at: datetime, seat: Seat, entry: int) -> Seat:
    """End the own test before its time (id: menyelesaikan ujian); handed in twice, it is handed in once."""
    seat = locked_seat(seat)
    if seat.finish == Finish.HANDED_IN:
        return seat
    rules.may_answer(
        entry=entry, entered=seat.entry, started_at=seat.started_at, finished=seat.finished_at is not None,
        minutes=seat.sitting.minutes, extra=seat.extra_minutes,
        grace_seconds=seat.sitting.round.blueprint.grace_seconds, at=at,
    ).or_raise()  # fmt: skip
    seat.finished_at, seat.finish = at, Finish.HANDED_IN
    seat.save(update_fields=["finished_at", "finish"])
    tell("facilitators.exam_handed_in", seat, seat.sitting, Verb.EXAM_RUN, by=by, at=at)
    return seat


def _answering(seat: Seat) -> Seat:
    """The seat under lock with just what an answer needs: this is read thousands of times in an hour."""
    needed = ("entry", "started_at", "finished_at", "extra_minutes", "sitting__minutes",
              "sitting__round__blueprint__grace_seconds")  # fmt: skip
    found = Seat.objects.select_for_update(of=("self",)).select_related("sitting__round__blueprint").only(*needed)
    return found.get(pk=seat.pk)


def _is_over(seat: Seat, at: datetime) -> bool:
    return seat.finished_at is not None or (seat.ends_at is not None and seat.ends_at <= at)


def seconds_left(seat: Seat, at: datetime) -> int:
    """How long this candidate may still write; none before they began."""
    return max(0, int((seat.ends_at - at).total_seconds())) if seat.ends_at else 0


def acknowledged(answer: Answer, at: datetime) -> dict[str, Any]:
    """What the sender of an answer learns: the counter of the answer that stands, and the seconds left."""
    return {
        "number": answer.position, "sequence": answer.sequence, "answered": answer.choice is not None,
        "saved_at": answer.saved_at.isoformat() if answer.saved_at else None,
        "seconds_left": seconds_left(answer.seat, at),
    }  # fmt: skip
