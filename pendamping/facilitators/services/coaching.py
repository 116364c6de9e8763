"""Working on a weak value together: steps agreed on, then what came of them."""

from __future__ import annotations

from datetime import date, datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.personal import mask
from pendamping.facilitators.models import CoachingTask
from pendamping.facilitators.rules import evaluations as rules
from pendamping.facilitators.services.telling import tell


@act("facilitators.coaching_agreed")
def agree_coaching(*, by: Account, at: datetime, task: CoachingTask, steps: str, due_on: date) -> CoachingTask:
    """Agree on steps and a day (id: menyepakati pembinaan); may be agreed on anew until it is finished."""
    task = _locked(task)
    rules.may_agree(
        is_own=by.pk == task.evaluation.account_id, done_on=_done_on(task), steps=steps, due_on=due_on, today=day(at)
    ).or_raise()
    task.steps, task.due_on, task.agreed_at, task.agreed_by = mask(steps).text, due_on, at, by
    task.save(update_fields=["steps", "due_on", "agreed_at", "agreed_by"])
    return _told("facilitators.coaching_agreed", task, by=by, at=at)


@act("facilitators.coaching_finished")
def finish_coaching(*, by: Account, at: datetime, task: CoachingTask, result: str) -> CoachingTask:
    """Say what came of it (id: menyelesaikan pembinaan)."""
    task = _locked(task)
    rules.may_finish(
        is_own=by.pk == task.evaluation.account_id, is_agreed=task.agreed_at is not None, done_on=_done_on(task),
        result=result,
    ).or_raise()  # fmt: skip
    task.result, task.done_at, task.done_by = mask(result).text, at, by
    task.save(update_fields=["result", "done_at", "done_by"])
    return _told("facilitators.coaching_finished", task, by=by, at=at)


def _locked(task: CoachingTask) -> CoachingTask:
    held = CoachingTask.objects.select_for_update(of=("self",))
    return held.select_related("evaluation__region", "value").get(pk=task.pk)


def _done_on(task: CoachingTask) -> date | None:
    return day(task.done_at) if task.done_at else None


def _told(verb: str, task: CoachingTask, *, by: Account, at: datetime) -> CoachingTask:
    changes = {"half": task.evaluation.half_code, "indicator": task.value.indicator, "due_on": task.due_on}
    tell(verb, task, by=by, at=at, right=Verb.EVALUATION_COACH, changes=changes)
    return task
