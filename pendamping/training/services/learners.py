"""What every act of a learner shares: the enrolment under lock, the journal, and the pass rule asked afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.models import Activity, Enrolment, Progress
from pendamping.training.queries.learning import facts_of
from pendamping.training.rules import learning as rules
from pendamping.training.rules import pass_rule


def locked(enrolment: Enrolment) -> Enrolment:
    """The enrolment as it is now, held until the act is over."""
    found = Enrolment.objects.select_for_update(of=("self",)).select_related("account", "region", "version__course")
    return found.get(pk=enrolment.pk)


def learning(enrolment: Enrolment, activity: Activity) -> Enrolment:
    """The same, for an act on a step of its own course."""
    found = locked(enrolment)
    is_of_version = activity.module.version_id == found.version_id
    rules.may_learn(state=found.state, is_of_version=is_of_version).or_raise()
    return found


def tell(
    verb: str, enrolment: Enrolment, *, by: Account | None, at: datetime, right: Verb | None = None,
    changes: dict[str, Any] | None = None, subject: Any = None,
) -> None:  # fmt: skip
    """The journal of somebody's learning: never public, by the office that holds `right` here; a learner, who needs
    none, by the nearest they hold."""
    path = enrolment.region_path
    office = duties.office_of(by, right, path, at) if right else ""
    office = office or duties.nearest_office(by, path, at)
    journal.record(
        verb, subject=subject or enrolment, region=path, by=by, at=at, office=office, changes=changes, public=False
    )  # fmt: skip


def tick(enrolment: Enrolment, activity: Activity, at: datetime) -> Progress:
    """Mark a step as done inside an act; done once, it stays."""
    made, _new = Progress.objects.get_or_create(enrolment=enrolment, activity=activity, defaults={"opened_at": at})
    if made.done_at is None:
        made.done_at, made.place = at, 100
        made.save(update_fields=["done_at", "place"])
    return made


def settle(enrolment: Enrolment, *, by: Account | None, at: datetime) -> Enrolment:
    """Ask the pass rule inside an act; met, the course is passed (id: lulus). To be called after whatever it counts:
    a quiz, a task, attendance. The enrolment is held by the caller or is not yet known to anybody."""
    if enrolment.state != EnrolmentState.ACTIVE:
        return enrolment
    try:
        is_met = pass_rule.evaluate(enrolment.version.pass_rule, facts_of(enrolment))
    except pass_rule.Unreadable:  # a rule of an earlier release: nobody passes by it, nobody is stopped
        return enrolment
    if is_met:
        enrolment.state, enrolment.completed_at = EnrolmentState.COMPLETED, at
        enrolment.save(update_fields=["state", "completed_at"])
        tell("training.course_passed", enrolment, by=by, at=at, changes={"version": enrolment.version.journal_label})
    return enrolment
