"""How far somebody came in a step: the place kept, the step marked as read. The row is the act's record."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.training.models import Activity, Enrolment, Progress
from pendamping.training.rules import learning as rules
from pendamping.training.services.learners import learning, settle, tick


@act("training.place_kept")
def keep_place(*, by: Account, at: datetime, enrolment: Enrolment, activity: Activity, place: int) -> Progress:
    """Remember how far down a page somebody is, to go on there (id: menyimpan posisi baca); percent of the page."""
    enrolment = learning(enrolment, activity)
    kept, _new = Progress.objects.get_or_create(enrolment=enrolment, activity=activity, defaults={"opened_at": at})
    kept.place = max(0, min(100, place))
    kept.save(update_fields=["place"])
    _stopped_at(enrolment, activity, at)
    return kept


@act("training.activity_done")
def mark_read(*, by: Account, at: datetime, enrolment: Enrolment, activity: Activity) -> Progress:
    """Say that a page, slides or a video are done (id: menandai selesai). Said twice, the first moment stays."""
    enrolment = learning(enrolment, activity)
    rules.may_tick(kind=activity.kind).or_raise()
    kept = tick(enrolment, activity, at)
    _stopped_at(enrolment, activity, at)
    settle(enrolment, by=by, at=at)
    return kept


def _stopped_at(enrolment: Enrolment, activity: Activity, at: datetime) -> None:
    enrolment.last_activity, enrolment.last_at = activity, at
    enrolment.save(update_fields=["last_activity", "last_at"])
