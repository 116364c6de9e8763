"""Who learns: enrolled, enrolled together, left; and the enrolment follows whoever serves elsewhere."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone
from django_tasks import task

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.facilitators.queries.assignments import assignments_of, not_over
from pendamping.facilitators.services import assignments
from pendamping.regions.models import Region
from pendamping.training.enums.learning import EnrolmentState, Reason
from pendamping.training.models import CourseVersion, Enrolment
from pendamping.training.queries import learning as queries
from pendamping.training.rules import learning as rules
from pendamping.training.services import sessions
from pendamping.training.services.learners import locked, tell


@act("training.enrolled")
def enrol(*, by: Account | None, at: datetime, version: CourseVersion, account: Account) -> Enrolment:
    """Put somebody into a course (id: mendaftarkan peserta). Its place is where they serve, else the city."""
    return _enrol(by=by, at=at, version=version, account=account)


@act("training.all_enrolled")
def enrol_all(*, by: Account | None, at: datetime, version: CourseVersion, region: Region) -> CourseVersion:
    """Put all who serve an area today into a course; who is in it already is left as they are."""
    people = queries.serving_under(region.path, day(at))
    missing = [one for one in people if not queries.is_learning(one, version)]
    if not missing:
        raise Refused(Reason.NOBODY_TO_ENROL, field="region")
    for one in missing:
        _enrol(by=by, at=at, version=version, account=one)
    return version


@act("training.enrolment_left")
def leave(*, by: Account, at: datetime, enrolment: Enrolment, reason: str) -> Enrolment:
    """End an enrolment before it is passed (id: mengeluarkan peserta), for a reason. What was learned is kept.

    Places in sessions to come become free; their sessions are locked before the enrolment, as attendance does.
    """
    sessions.free_places(enrolment, by=by, at=at)
    enrolment = locked(enrolment)
    rules.may_leave(state=enrolment.state, reason=reason).or_raise()
    enrolment.state, enrolment.ended_at = EnrolmentState.WITHDRAWN, at
    enrolment.ended_reason = mask_to(reason.strip(), 200)
    enrolment.save(update_fields=["state", "ended_at", "ended_reason"])
    tell("training.enrolment_left", enrolment, by=by, at=at, right=Verb.TRAINING_MANAGE)
    return enrolment


@act("training.enrolment_moved")
def follow(*, by: Account | None, at: datetime, account: Account) -> Account:
    """Bring somebody's enrolments to where they serve now (id: kepesertaan mengikuti penempatan).

    Nothing else of them changes. Who serves several places keeps the one the enrolment is at; who serves nowhere for
    a while stays where they were.
    """
    served = [one.region for one in assignments_of(account, day(at))]
    paths = {region.path for region in served}
    mine = Enrolment.objects.filter(account=account).exclude(state=EnrolmentState.WITHDRAWN)
    for known in mine.order_by("pk") if served else ():
        enrolment = locked(known)
        if enrolment.region_path in paths:
            continue
        before = enrolment.region_path
        enrolment.region, enrolment.region_path = served[0], served[0].path
        enrolment.save(update_fields=["region", "region_path"])
        tell("training.enrolment_moved", enrolment, by=by, at=at, changes={"region": [before, enrolment.region_path]})
    return account


def follow_assignments(account: Account, by: Account | None, at: datetime) -> None:
    """Told by `facilitators` of every placement that begins or ends: follow now, and on the day the next one begins."""
    if not Enrolment.objects.filter(account=account).exclude(state=EnrolmentState.WITHDRAWN).exists():
        return
    follow(by=by, at=at, account=account)
    today = day(at)
    for begins in {one.starts_on for one in not_over(today).filter(account=account, starts_on__gt=today)}:
        follow_later.using(run_after=timezone.make_aware(datetime.combine(begins, time.min))).enqueue(account.pk)


@task()
def follow_later(account: int) -> None:
    """A placement begins today: the enrolments follow."""
    found = Account.objects.filter(pk=account).first()
    if found is not None:
        follow(by=None, at=timezone.now(), account=found)


def listen() -> None:
    """Ask `facilitators` to tell of placements, once."""
    if follow_assignments not in assignments.followers:
        assignments.followers.append(follow_assignments)


def _enrol(*, by: Account | None, at: datetime, version: CourseVersion, account: Account) -> Enrolment:
    account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    rules.may_enrol(
        version=version.state, is_learning=queries.is_learning(account, version), is_active=account.is_active
    ).or_raise()  # fmt: skip
    served = assignments_of(account, day(at)).first()
    region = served.region if served is not None else version.course.region
    made = Enrolment.add(at=at, region=region, account=account, version=version, enrolled_by=by)
    facts = {"version": version.journal_label}
    tell("training.enrolled", made, by=by, at=at, right=Verb.TRAINING_MANAGE, changes=facts)
    return made
