"""What is asked about sessions: whose, who is expected, who came, and how much of a course somebody attended."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from pendamping.access.models import Account
from pendamping.core.counters import after
from pendamping.training.enums.curriculum import VersionState
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.enums.sessions import Presence, SessionState
from pendamping.training.models import CourseVersion, Enrolment, Place, Session, SheetReading
from pendamping.training.rules import sessions as rules

CALENDAR_DAYS = 400  # of the past that a calendar still shows


def sessions() -> QuerySet[Session]:
    """Sessions with all their rows and pages show."""
    return Session.objects.select_related("region", "version__course", "trainer", "activity__module")


def teachable() -> QuerySet[CourseVersion]:
    """Versions a session can be planned for: the one in use, and one withdrawn as long as somebody learns it."""
    learned = Enrolment.objects.filter(state=EnrolmentState.ACTIVE).values("version")
    return CourseVersion.objects.filter(
        Q(state=VersionState.PUBLISHED) | Q(state=VersionState.WITHDRAWN, pk__in=learned)
    )


def expected(session: Session) -> QuerySet[Place]:
    """Those who have a place, in the order of the sheet."""
    return session.places.filter(given_up_at=None).select_related("enrolment__account", "enrolment__region", "session")


def waiting(session: Session) -> QuerySet[Enrolment]:
    """Those of the session's version and area who learn and have no place in it; who gave one up is not pressed."""
    known = Place.objects.filter(session=session).values("enrolment")
    path = session.region_path
    found = Enrolment.objects.filter(
        version=session.version_id, state=EnrolmentState.ACTIVE, region_path__gte=path, region_path__lt=after(path)
    )
    return (
        found.exclude(pk__in=known).select_related("account", "region").order_by("region_path", "account__name", "pk")
    )


def to_hold(account: Account, today: date) -> QuerySet[Session]:
    """What somebody holds today, and what they held and have not closed; with the day, `held_on`."""
    mine = Session.objects.filter(trainer=account, state=SessionState.PLANNED)
    return mine.annotate(held_on=TruncDate("starts_at")).filter(held_on__lte=today)


def unconfirmed(session: Session) -> SheetReading | None:
    """The newest photo of its sheet that was read and that nobody has confirmed yet."""
    return session.readings.filter(confirmed_at=None).order_by("-pk").first()


def marked(session: Session) -> int:
    """How many have been marked by anybody."""
    return session.places.exclude(presence="").count()


def came(session: Session) -> int:
    """How many are present or late."""
    return session.places.filter(given_up_at=None, presence__in=rules.CAME).count()


class Absentee(NamedTuple):
    """Somebody absent too often (id: peserta sering absen)."""

    enrolment: Enrolment
    absences: int


def absentees(session: Session) -> list[Absentee]:
    """Those expected here who have been absent too often in the course, the worst first. One query."""
    absent = Q(places__presence=Presence.ABSENT, places__given_up_at=None) & ~Q(
        places__session__state=SessionState.CANCELLED
    )
    here = Place.objects.filter(session=session, given_up_at=None).values("enrolment")
    found = (
        Enrolment.objects.filter(pk__in=here).select_related("account", "region")
        .annotate(absences=Count("places", filter=absent)).filter(absences__gte=rules.ABSENCES_WARNED)
        .order_by("-absences", "account__name", "pk")
    )  # fmt: skip
    return [Absentee(one, one.absences) for one in found]


def places_of(account: Account) -> QuerySet[Place]:
    """One's own places, the next session first; wherever one serves now."""
    mine = Place.objects.filter(enrolment__account=account, given_up_at=None)
    related = (
        "session__region", "session__version__course", "session__trainer", "session__activity__module", "enrolment",
    )  # fmt: skip
    return mine.select_related(*related).order_by("session__starts_at", "pk")


def open_to(account: Account, at: datetime) -> QuerySet[Session]:
    """Sessions to come of the versions somebody learns, in which they have no place."""
    learning = Enrolment.objects.filter(account=account, state=EnrolmentState.ACTIVE).values("version")
    mine = Place.objects.filter(enrolment__account=account, given_up_at=None).values("session")
    found = sessions().filter(version__in=learning, state=SessionState.PLANNED, starts_at__gt=at)
    return found.exclude(pk__in=mine).order_by("starts_at", "pk")


def place_in(session: Session, account: Account) -> Place | None:
    """Somebody's place in a session."""
    return places_of(account).filter(session=session).first()


def calendar_of(account: Account, at: datetime) -> list[Session]:
    """What stands in somebody's calendar: sessions they are expected at or hold, also the cancelled ones."""
    mine = Place.objects.filter(enrolment__account=account, given_up_at=None).values("session")
    since = at - timedelta(days=CALENDAR_DAYS)
    found = sessions().filter(Q(pk__in=mine) | Q(trainer=account), starts_at__gte=since)
    return list(found.order_by("starts_at", "pk"))
