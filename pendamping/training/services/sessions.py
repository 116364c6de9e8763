"""Sessions: planned, moved, cancelled, closed; places given and given up."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db.models import F, Model, Q
from django.utils import timezone
from django.utils.formats import date_format

from pendamping.access.duties import OPERATOR, office_of
from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.regions.models import Region
from pendamping.training import session_letters
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.enums.sessions import AttendanceChannel, Presence, Reason, SessionState
from pendamping.training.models import Activity, CourseVersion, Enrolment, Place, Session
from pendamping.training.queries import sessions as queries
from pendamping.training.rules import sessions as rules


@act("training.session_planned")
def plan_session(
    *, by: Account | None, at: datetime, version: CourseVersion, region: Region, title: str, place: str,
    starts_at: datetime, ends_at: datetime, capacity: int, trainer: Account | None = None, trainer_office: str = "",
    materials: str = "", activity: Activity | None = None, opens_minutes: int = 30, late_minutes: int = 15,
    closes_minutes: int = 60,
) -> Session:  # fmt: skip
    """Say when and where learners meet a trainer (id: menjadwalkan sesi); a guest trainer has no account.

    The secret of the changing code is made now and shown to nobody.
    """
    rules.has_hours(starts_at=starts_at, ends_at=ends_at, at=at).or_raise()
    rules.may_plan(
        has_trainer=bool(trainer or trainer_office.strip()),
        trainer_may=trainer is None or scope_of(trainer, day(starts_at)).can(Verb.SESSION_HOLD, region),
        is_learned=queries.teachable().filter(pk=version.pk).exists(),
        same_city=version.course.city_path == region.city_path,
        same_version=activity is None or activity.module.version_id == version.pk,
    ).or_raise()  # fmt: skip
    made = Session.add(
        at=at, region=region, version=version, activity=activity, title=_line(title), place=_line(place),
        starts_at=starts_at, ends_at=ends_at, capacity=capacity, trainer=trainer,
        trainer_office=mask_to(trainer_office, 120), materials=mask_to(materials, 2000), opens_minutes=opens_minutes,
        late_minutes=late_minutes, closes_minutes=closes_minutes, secret=secrets.token_hex(32), changed_at=at,
        planned_by=by,
    )  # fmt: skip
    tell("training.session_planned", made, made, by=by, at=at, changes={
        "version": version.journal_label, "starts_at": starts_at.isoformat(), "capacity": capacity,
    })  # fmt: skip
    return made


@act("training.session_moved")
def move_session(
    *, by: Account | None, at: datetime, session: Session, place: str, starts_at: datetime, ends_at: datetime,
    reason: str,
) -> Session:  # fmt: skip
    """Hold a session at another hour or place (id: memindahkan sesi); those expected are told."""
    session = locked(session)
    before, place, reason = (session.starts_at, session.ends_at, session.place), _line(place), _short(reason)
    rules.may_move(
        state=session.state, starts_at=starts_at, ends_at=ends_at, at=at,
        is_same=before == (starts_at, ends_at, place), marked=queries.marked(session), reason=reason,
    ).or_raise()  # fmt: skip
    session.starts_at, session.ends_at, session.place = starts_at, ends_at, place
    _changed(session, reason, at)
    session.save(update_fields=["starts_at", "ends_at", "place", "sequence", "changed_at", "reason"])
    session_letters.tell_expected(session, session_letters.MOVED)
    tell("training.session_moved", session, session, by=by, at=at, reason=reason, changes={
        "starts_at": [before[0].isoformat(), starts_at.isoformat()], "place": [before[2], place],
    })  # fmt: skip
    return session


@act("training.session_cancelled")
def cancel_session(*, by: Account | None, at: datetime, session: Session, reason: str) -> Session:
    """Not hold a session (id: membatalkan sesi); those expected are told, and it stays in calendars as cancelled."""
    session, reason = locked(session), _short(reason)
    rules.may_cancel(state=session.state, marked=queries.marked(session), reason=reason).or_raise()
    session.state, session.closed_at, session.closed_by = SessionState.CANCELLED, at, by
    _changed(session, reason, at)
    session.save(update_fields=["state", "closed_at", "closed_by", "sequence", "changed_at", "reason"])
    session_letters.tell_expected(session, session_letters.CANCELLED)
    tell("training.session_cancelled", session, session, by=by, at=at, reason=reason, changes={
        "state": [SessionState.PLANNED, SessionState.CANCELLED],
    })  # fmt: skip
    return session


@act("training.session_closed")
def close_session(*, by: Account | None, at: datetime, session: Session) -> Session:
    """End a session (id: menutup sesi): whoever has no mark is absent; the trainer can still correct single people."""
    session = locked(session)
    close_verdict(session, at).or_raise()
    missing = session.places.filter(given_up_at=None, presence="")
    absent = missing.update(presence=Presence.ABSENT, channel=AttendanceChannel.LIST, marked_at=at, marked_by=by)
    session.state, session.closed_at, session.closed_by = SessionState.HELD, at, by
    session.save(update_fields=["state", "closed_at", "closed_by"])
    came = queries.came(session)
    tell("training.session_closed", session, session, by=by, at=at, changes={
        "state": [SessionState.PLANNED, SessionState.HELD], "came": came, "absent": absent,
    })  # fmt: skip
    return session


@act("training.place_given")
def give_place(*, by: Account | None, at: datetime, session: Session, enrolment: Enrolment) -> Place:
    """Give a learner a place (id: memberi tempat), or take one oneself; one given up is taken up again.

    A full session refuses. That no more places are given than there are is held by the database itself.
    """
    session, enrolment = locked(session), Enrolment.objects.select_related("account").get(pk=enrolment.pk)
    known = Place.objects.filter(session=session, enrolment=enrolment).first()
    rules.may_take_place(
        state=session.state, same_version=enrolment.version_id == session.version_id,
        is_learning=enrolment.state == EnrolmentState.ACTIVE,
        has_place=known is not None and known.given_up_at is None, taken=session.taken, capacity=session.capacity,
    ).or_raise()  # fmt: skip
    _take(session, 1)
    if known is None:
        place = Place.objects.create(
            created_at=at, session=session, enrolment=enrolment, row=session.places.count() + 1, given_by=by
        )
    else:
        place = known
        place.given_up_at, place.given_by = None, by
        place.save(update_fields=["given_up_at", "given_by"])
    if by != enrolment.account:
        session_letters.tell(place, session, session_letters.EXPECTED)
    tell("training.place_given", place, session, by=by, at=at, changes={"enrolment": enrolment.code, "row": place.row})
    return place


@act("training.places_given")
def give_all(*, by: Account | None, at: datetime, session: Session) -> Session:
    """Give everybody learning this version in the session's area a place: all or, where room is missing, nobody."""
    session = locked(session)
    people = list(queries.waiting(session))
    rules.may_give_to_all(
        state=session.state, waiting=len(people), taken=session.taken, capacity=session.capacity
    ).or_raise()
    _take(session, len(people))
    first = session.places.count() + 1
    made = Place.objects.bulk_create(
        Place(created_at=at, session=session, enrolment=one, row=row, given_by=by)
        for row, one in enumerate(people, start=first)
    )
    for place in made:
        session_letters.tell(place, session, session_letters.EXPECTED)
    tell("training.places_given", session, session, by=by, at=at, changes={"given": len(made)})
    return session


@act("training.place_given_up")
def give_up_place(*, by: Account | None, at: datetime, place: Place) -> Place:
    """Give a place up (id: melepas tempat), before the session begins; it is free for somebody else at once."""
    session = locked(place.session)
    place = Place.objects.select_related("enrolment").get(pk=place.pk)
    if place.given_up_at is not None:
        raise Refused(Reason.NO_PLACE)
    rules.may_give_up(state=session.state, starts_at=session.starts_at, at=at, presence=place.presence).or_raise()
    place.given_up_at = at
    place.save(update_fields=["given_up_at"])
    Session.objects.filter(pk=session.pk).update(taken=F("taken") - 1)
    tell("training.place_given_up", place, session, by=by, at=at, changes={"enrolment": place.enrolment.code})
    return place


def free_places(enrolment: Enrolment, *, by: Account | None, at: datetime) -> None:
    """Inside the act by which somebody leaves a course: their places in sessions to come are free for others."""
    ahead = Place.objects.filter(enrolment=enrolment, given_up_at=None, presence="", session__starts_at__gt=at)
    for place in ahead.filter(session__state=SessionState.PLANNED).select_related("session").order_by("session"):
        give_up_place(by=by, at=at, place=place)


def close_verdict(session: Session, at: datetime) -> Any:
    """May this session be closed now? The verdict that pages show and the act raises."""
    until = rules.closable_from(
        ends_at=session.ends_at, starts_at=session.starts_at, closes_minutes=session.closes_minutes
    )
    return rules.may_close(state=session.state, at=at, until=until, time=clock(until))


def _take(session: Session, number: int) -> None:
    """Count the places taken, in one statement that takes none too many, whoever else is at it."""
    room = Q(taken__lte=F("capacity") - number)
    if not Session.objects.filter(room, pk=session.pk).update(taken=F("taken") + number):
        raise Refused(Reason.FULL, field="enrolment", capacity=session.capacity)


def _changed(session: Session, reason: str, at: datetime) -> None:
    session.sequence, session.changed_at, session.reason = session.sequence + 1, at, reason


def _line(words: str) -> str:
    """What stands in the subject of a letter is one line."""
    return mask_to(" ".join(words.split()), 160)


def _short(reason: str) -> str:
    return mask_to(reason.strip(), 200)


def clock(moment: datetime) -> str:
    """ "08.30 WIB" in the zone of the site."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'H.i')} {local.tzname()}"


def locked(session: Session) -> Session:
    """The session as it is now; the row that every act on it waits for."""
    return Session.objects.select_for_update(of=("self",)).select_related("region").get(pk=session.pk)


def tell(
    verb: str, subject: Model, session: Session, *, by: Account | None, at: datetime, reason: str = "",
    changes: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """One entry about a session, never public, with people by the code of their enrolment."""
    office = office_of(by, Verb.SESSION_HOLD, session, at) if by else OPERATOR
    journal.record(
        verb, subject=subject, region=session.region_path, by=by, at=at, office=office, reason=reason, changes=changes,
        public=False,
    )  # fmt: skip
