"""Field tasks: handed in, assessed by a rubric, or returned with a remark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.images import store
from pendamping.core.images.door import CleanImage
from pendamping.core.personal import mask
from pendamping.training.enums.learning import TaskState
from pendamping.training.models import Activity, Enrolment, Submission
from pendamping.training.rules import learning as rules
from pendamping.training.services.learners import learning, locked, settle, tell, tick


@act("training.task_handed_in")
def hand_in_task(
    *, by: Account, at: datetime, enrolment: Enrolment, activity: Activity, text: str,
    photos: Sequence[CleanImage] = (),
) -> Submission:  # fmt: skip
    """Hand in a field task (id: mengirim tugas lapangan); one that came back is handed in anew, with the photos it
    had unless there are new ones."""
    enrolment = learning(enrolment, activity)
    last = Submission.objects.filter(enrolment=enrolment, activity=activity).order_by("number").last()
    rules.may_hand_in(
        kind=activity.kind, latest=last.state if last else "", text=text, photos=len(photos)
    ).or_raise()  # fmt: skip
    made = Submission.objects.create(
        created_at=at, enrolment=enrolment, activity=activity, number=last.number + 1 if last else 1,
        text=mask(text.strip()).text,
    )  # fmt: skip
    kept = [store.keep(photo, region_path=enrolment.region_path, at=at) for photo in photos]
    made.photos.set(kept or (last.photos.all() if last else []))
    enrolment.last_activity, enrolment.last_at = activity, at
    enrolment.save(update_fields=["last_activity", "last_at"])
    facts = {"activity": activity.key, "number": made.number, "photos": len(kept)}
    tell("training.task_handed_in", enrolment, by=by, at=at, changes=facts, subject=made)
    return made


@act("training.task_assessed")
def assess_task(
    *, by: Account, at: datetime, submission: Submission, scores: Mapping[str, int], remark: str = ""
) -> Submission:
    """Give each criterion its level (id: menilai tugas lapangan). Nobody assesses their own, whatever they hold."""
    enrolment, found = _held(submission)
    rubric = found.activity.rubric
    rules.may_assess(is_own=_is_own(enrolment, by), state=found.state, rubric=rubric, scores=scores).or_raise()
    found.state, found.scores = TaskState.ASSESSED, dict(scores)
    found.percent, found.remark = rules.task_percent(rubric, scores), mask(remark.strip()).text
    found.assessed_at, found.assessed_by = at, by
    found.save(update_fields=["state", "scores", "percent", "remark", "assessed_at", "assessed_by"])
    tick(enrolment, found.activity, at)
    facts = {"activity": found.activity.key, "number": found.number}
    tell("training.task_assessed", enrolment, by=by, at=at, right=Verb.TASK_ASSESS, changes=facts, subject=found)
    settle(enrolment, by=by, at=at)
    return found


@act("training.task_returned")
def return_task(*, by: Account, at: datetime, submission: Submission, remark: str) -> Submission:
    """Send a field task back with what is missing (id: mengembalikan tugas lapangan)."""
    enrolment, found = _held(submission)
    rules.may_return(is_own=_is_own(enrolment, by), state=found.state, remark=remark).or_raise()
    found.state, found.remark = TaskState.RETURNED, mask(remark.strip()).text
    found.assessed_at, found.assessed_by = at, by
    found.save(update_fields=["state", "remark", "assessed_at", "assessed_by"])
    facts = {"activity": found.activity.key, "number": found.number}
    tell("training.task_returned", enrolment, by=by, at=at, right=Verb.TASK_ASSESS, changes=facts, subject=found)
    return found


def _held(submission: Submission) -> tuple[Enrolment, Submission]:
    """The enrolment held first, as in every act of learning, then what was handed in."""
    enrolment = locked(submission.enrolment)
    found = Submission.objects.select_for_update(of=("self",)).select_related("activity__module", "enrolment")
    return enrolment, found.get(pk=submission.pk)


def _is_own(enrolment: Enrolment, by: Account) -> bool:
    return enrolment.account_id == by.pk
