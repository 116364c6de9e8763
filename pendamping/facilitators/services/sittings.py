"""What the committee and the invigilator do: say what is asked, plan, seat, open, give more time, print the list."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_noop, override

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import formats, journal
from pendamping.core.acts import act
from pendamping.core.personal import mask_to
from pendamping.core.verdicts import Verdict, first_refusal
from pendamping.facilitators import letters
from pendamping.facilitators.enums.exams import SittingState
from pendamping.facilitators.enums.rounds import ApplicationState
from pendamping.facilitators.models import (
    Application,
    Blueprint,
    BlueprintLine,
    Question,
    QuestionBank,
    Round,
    Seat,
    Sitting,
)
from pendamping.facilitators.queries import exams as found
from pendamping.facilitators.queries.questions import held
from pendamping.facilitators.rules import draw
from pendamping.facilitators.rules import exams as rules
from pendamping.facilitators.services.questions import locked_bank

SEATED = gettext_noop("You have a seat in the computer test: %(when)s, %(place)s, seat %(number)s.")
MOVED = gettext_noop("Your computer test was moved to %(when)s, %(place)s, seat %(number)s. Reason: %(reason)s")
CALLED_OFF = gettext_noop(
    "Your computer test of %(when)s, %(place)s, was called off; you will be given another seat. Reason: %(reason)s"
)


@act("facilitators.blueprint_set")
def set_blueprint(
    *, by: Account | None, at: datetime, round: Round, bank: QuestionBank, minutes: int, lines: Sequence[draw.Line],
    grace_seconds: int = 20, sample_least: int = 30,
) -> Blueprint:  # fmt: skip
    """Fix what the test of a round asks (id: menetapkan kisi-kisi); anew until a sitting has begun.

    Refuses what the bank does not hold, naming the topic, and a bank of another city.
    """
    round = locked_round(round)
    rules.may_set_blueprint(
        stage=round.stage, has_begun=found.has_begun(round), same_city=bank.region_path == round.region_path
    ).or_raise()
    draw.can_be_drawn(lines, held(bank)).or_raise()
    facts = {
        "bank": bank, "minutes": minutes, "grace_seconds": grace_seconds, "sample_least": sample_least, "set_by": by,
    }  # fmt: skip
    blueprint, _made = Blueprint.objects.update_or_create(
        round=round, defaults=facts, create_defaults={**facts, "created_at": at}
    )
    blueprint.lines.all().delete()
    BlueprintLine.objects.bulk_create(
        BlueprintLine(
            blueprint=blueprint, position=place, topic=line.topic, difficulty=line.difficulty, number=line.number,
            points=line.points,
        )
        for place, line in enumerate((line for line in lines if line.number), start=1)
    )  # fmt: skip
    asked = [[line.topic, line.difficulty, line.number, str(line.points)] for line in lines if line.number]
    tell(
        "facilitators.blueprint_set", round, round, Verb.SELECTION_MANAGE, by=by, at=at,
        changes={"bank": bank.code, "minutes": minutes, "lines": asked},
    )  # fmt: skip
    return blueprint


@act("facilitators.sitting_planned")
def plan_sitting(
    *, by: Account | None, at: datetime, round: Round, place: str, starts_at: datetime, seats: int,
    minutes: int | None = None, late_minutes: int = 30, invigilator: Account | None = None,
) -> Sitting:  # fmt: skip
    """Plan when and where people sit the test (id: menjadwalkan sesi). The draw's seed is made now and sealed:

    its digest goes into the journal, the seed itself at the release, so that nobody can have chosen the questions.
    """
    round = locked_round(round)
    blueprint = Blueprint.objects.filter(round=round).first()
    rules.may_plan(stage=round.stage, has_blueprint=blueprint is not None, starts_at=starts_at, at=at).or_raise()
    seed = secrets.token_hex(32)
    sitting = Sitting.add(
        at=at, region=round.region, round=round, place=mask_to(place, 160), starts_at=starts_at, seats=seats,
        minutes=minutes or (blueprint.minutes if blueprint else 0), late_minutes=late_minutes,
        invigilator=invigilator, seed=seed,
    )  # fmt: skip
    tell(
        "facilitators.sitting_planned", sitting, round, Verb.SELECTION_MANAGE, by=by, at=at, public=True,
        changes={
            "starts_at": starts_at.isoformat(), "seats": seats, "minutes": sitting.minutes,
            "seed_sha256": hashlib.sha256(seed.encode()).hexdigest(),
        },
    )  # fmt: skip
    return sitting


@act("facilitators.applicants_seated")
def seat_applicants(*, by: Account | None, at: datetime, round: Round) -> Round:
    """Give everybody who passed the file check a seat (id: membagi tempat duduk), sitting after sitting, and tell them.

    Neighbours are mixed by the sitting's seed. Refuses when a chair is missing for anybody, saying how many.
    """
    round = locked_round(round)
    waiting = list(found.applications_waiting_for_seat(round))
    planned = list(Sitting.objects.filter(round=round, state=SittingState.PLANNED).order_by("starts_at", "id"))
    free = sum(len(_free(sitting)) for sitting in planned)
    rules.may_seat(stage=round.stage, waiting=len(waiting), free=free).or_raise()
    seeded = f"{planned[0].seed}" if planned else ""
    waiting.sort(key=lambda application: hashlib.sha256(f"{seeded}{application.code}".encode()).hexdigest())
    queue, given = iter(waiting), {}
    for sitting in planned:
        pairs = list(zip(_free(sitting), queue, strict=False))  # chairs first: zip takes nobody it cannot seat
        Seat.objects.bulk_create(
            Seat(created_at=at, sitting=sitting, application=application, number=number)
            for number, application in pairs
        )
        given[sitting.code] = len(pairs)
        for number, application in pairs:
            _tell_seat(SEATED, application, sitting, number)
    tell(
        "facilitators.applicants_seated", round, round, Verb.EXAM_RUN, by=by, at=at, changes={"seated": given}
    )  # fmt: skip
    return round


@act("facilitators.sitting_moved")
def move_sitting(
    *, by: Account | None, at: datetime, sitting: Sitting, place: str, starts_at: datetime, reason: str
) -> Sitting:  # fmt: skip
    """Hold a sitting at another hour or place (id: memindahkan sesi), before it is opened; those seated are told."""
    round = locked_round(sitting.round)
    sitting = locked_sitting(sitting)
    before, place, reason = (sitting.starts_at, sitting.place), mask_to(place, 160), mask_to(reason.strip(), 200)
    rules.may_move(
        state=sitting.state, starts_at=starts_at, at=at, is_same=before == (starts_at, place), reason=reason
    ).or_raise()  # fmt: skip
    sitting.starts_at, sitting.place = starts_at, place
    sitting.save(update_fields=["starts_at", "place"])
    for seat in _awaited(sitting):
        _tell_seat(MOVED, seat.application, sitting, seat.number, reason=reason)
    tell(
        "facilitators.sitting_moved", sitting, round, Verb.SELECTION_MANAGE, by=by, at=at, public=True, reason=reason,
        changes={"starts_at": [before[0].isoformat(), starts_at.isoformat()], "place": [before[1], place]},
    )  # fmt: skip
    return sitting


@act("facilitators.sitting_called_off")
def call_off_sitting(*, by: Account | None, at: datetime, sitting: Sitting, reason: str) -> Sitting:
    """Not hold a sitting (id: membatalkan sesi), before it is opened: those seated are told and wait for a seat again.

    Other sittings and their seats stay as they are.
    """
    round = locked_round(sitting.round)
    sitting = locked_sitting(sitting)
    reason = mask_to(reason.strip(), 200)
    rules.may_call_off(state=sitting.state, reason=reason).or_raise()
    for seat in _awaited(sitting):
        _tell_seat(CALLED_OFF, seat.application, sitting, seat.number, reason=reason)
    freed, _kinds = Seat.objects.filter(sitting=sitting).delete()
    sitting.state = SittingState.CALLED_OFF
    sitting.save(update_fields=["state"])
    tell(
        "facilitators.sitting_called_off", sitting, round, Verb.SELECTION_MANAGE, by=by, at=at, public=True,
        reason=reason, changes={"state": [SittingState.PLANNED, SittingState.CALLED_OFF], "freed": freed},
    )  # fmt: skip
    return sitting


def _awaited(sitting: Sitting) -> QuerySet[Seat]:
    """The seats of those who have not withdrawn."""
    taken = Seat.objects.filter(sitting=sitting, application__state=ApplicationState.SUBMITTED)
    return taken.select_related("application")


def _tell_seat(news: str, application: Application, sitting: Sitting, number: int, **more: str) -> None:
    with override("id"):
        when = formats.day(sitting.starts_at, "jam")
    letters.send_news(application, news, when=when, place=sitting.place, number=number, **more)


@act("facilitators.seating_printed")
def print_seating(*, by: Account | None, at: datetime, sitting: Sitting) -> Sitting:
    """Note that the list with names and PINs was printed (id: mencetak daftar tempat duduk): a reveal of names."""
    tell("facilitators.seating_printed", sitting, sitting, Verb.EXAM_RUN, by=by, at=at)
    return sitting


@act("facilitators.pin_renewed")
def renew_pin(*, by: Account | None, at: datetime, seat: Seat, reason: str) -> Seat:
    """Give a seat another PIN (id: mengganti PIN), when a card was lost or seen; the old one opens nothing more."""
    seat = locked_seat(seat)
    rules.may_renew(finished=seat.finished_at is not None, reason=reason).or_raise()
    seat.pin_version += 1
    seat.save(update_fields=["pin_version"])
    tell(
        "facilitators.pin_renewed", seat, seat.sitting, Verb.EXAM_RUN, by=by, at=at, reason=mask_to(reason, 200)
    )  # fmt: skip
    return seat


@act("facilitators.sitting_opened")
def open_sitting(*, by: Account | None, at: datetime, sitting: Sitting) -> Sitting:
    """Let people in (id: membuka sesi). Everybody's clock starts when they begin, not now.

    Refuses too early, without anybody seated, and when the bank no longer holds what is asked.
    """
    sitting = locked_sitting(sitting)
    locked_bank(sitting.round.blueprint.bank)
    open_verdict(sitting, seated=sitting.places.count(), at=at).or_raise()
    sitting.state, sitting.opened_at, sitting.opened_by = SittingState.OPEN, at, by
    sitting.save(update_fields=["state", "opened_at", "opened_by"])
    tell(
        "facilitators.sitting_opened", sitting, sitting, Verb.EXAM_RUN, by=by, at=at, public=True,
        changes={"state": [SittingState.PLANNED, SittingState.OPEN]},
    )  # fmt: skip
    return sitting


def open_verdict(sitting: Sitting, *, seated: int, at: datetime) -> Verdict:
    """May this sitting be opened now? The verdict that pages show and the act raises."""
    may_open = rules.may_open(
        stage=sitting.round.stage, state=sitting.state, seated=seated, starts_at=sitting.starts_at, at=at,
        shown=clock(sitting.starts_at),
    )  # fmt: skip
    return first_refusal(may_open, can_still_be_drawn(sitting.round))


def can_still_be_drawn(round: Round, *, without: Question | None = None) -> Verdict:
    """Does the bank hold what the test asks, apart from the questions that do not count (and this one)?"""
    gone = found.voided_in(round) | ({without.pk} if without else set())
    return draw.can_be_drawn(found.lines_of(round.blueprint), held(round.blueprint.bank, without=gone))


@act("facilitators.extra_time_granted")
def grant_extra_time(*, by: Account | None, at: datetime, seat: Seat, minutes: int, reason: str) -> Seat:
    """Give one candidate more time (id: menambah waktu), because of a disability or a fault, with the reason.

    The reason may tell of somebody's health: it stays with the seat until the retention day, not in the journal.
    """
    seat = locked_seat(seat)
    rules.may_grant(
        started_at=seat.started_at, finished=seat.finished_at is not None, already=seat.extra_minutes,
        minutes=minutes, reason=reason,
    ).or_raise()  # fmt: skip
    before, seat.extra_minutes = seat.extra_minutes, seat.extra_minutes + minutes
    seat.extra_reason = f"{seat.extra_reason}\n{mask_to(reason, 200)}".strip()
    seat.save(update_fields=["extra_minutes", "extra_reason"])
    tell(
        "facilitators.extra_time_granted", seat, seat.sitting, Verb.EXAM_RUN, by=by, at=at,
        changes={"extra_minutes": [before, seat.extra_minutes]},
    )  # fmt: skip
    return seat


def _free(sitting: Sitting) -> list[int]:
    """The chairs nobody has."""
    taken = set(Seat.objects.filter(sitting=sitting).values_list("number", flat=True))
    return [number for number in range(1, sitting.seats + 1) if number not in taken]


def clock(moment: datetime) -> str:
    """ "08.30 WIB" in the zone of the site."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'H.i')} {local.tzname()}"


def locked_round(round: Round) -> Round:
    """The round as it is now; the row that every act of its test waits for."""
    return Round.objects.select_for_update(of=("self",)).select_related("region").get(pk=round.pk)


def locked_sitting(sitting: Sitting) -> Sitting:
    return Sitting.objects.select_for_update(of=("self",)).select_related("round__region").get(pk=sitting.pk)


def locked_seat(seat: Seat) -> Seat:
    """The seat as it is now; answering, entering, handing in and closing wait for each other here."""
    related = ("sitting__round__blueprint", "application")
    return Seat.objects.select_for_update(of=("self",)).select_related(*related).get(pk=seat.pk)


def tell(
    verb: str, subject: Model, place: Round | Sitting, right: Verb, *, by: Account | None, at: datetime,
    reason: str = "", changes: dict[str, Any] | None = None, public: bool = False,
) -> None:  # fmt: skip
    """One entry about the test; only what belongs to the public calendar is public."""
    journal.record(
        verb, subject=subject, region=place.region_path, by=by, at=at, reason=reason, changes=changes, public=public,
        office=office_of(by, right, place, at) if by else "",
    )  # fmt: skip
