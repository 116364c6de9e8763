"""Results of ballots with very many votes, or with floors: the worker works them out, nobody waits before a page."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from pendamping.access.models import Account
from pendamping.core.personal import mask
from pendamping.deliberation import papers_results
from pendamping.deliberation.models import Poll, Result
from pendamping.deliberation.rules import results as rules
from pendamping.deliberation.rules.ballot_rule import has_floor
from pendamping.deliberation.services.results import may_recount, recount, run_result

MOST_AT_ONCE = 5_000  # ballots: a ward's are worked out and proven in two or three seconds
UNDER_WAY = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@task()
def publish_result(poll: int, account: int | None) -> None:
    """Work out the first result of a ballot and print its audit sheet."""
    found = Poll.objects.select_related("meeting__region").get(pk=poll)
    made = run_result(by=_account(account), at=timezone.now(), poll=found)
    papers_results.issue_annex(made, at=timezone.now())


@task()
def publish_recount(result: int, account: int | None, reason: str) -> None:
    """Count a ballot again and print the audit sheet; once it was counted again by somebody else, nothing."""
    found = Result.objects.select_related("meeting", "poll__meeting__region").get(pk=result)
    if hasattr(found, "recount"):
        return
    made = recount(by=_account(account), at=timezone.now(), result=found, reason=reason)
    papers_results.issue_annex(made, at=timezone.now())


def is_large(poll: Poll) -> bool:
    """May this counted ballot take too long to be worked out while somebody waits? A floor is sought up to 90 times."""
    return has_floor(poll.rule) or (poll.ballots.aggregate(sum=Sum("count"))["sum"] or 0) > MOST_AT_ONCE


def run_result_later(*, by: Account | None, poll: Poll) -> None:
    """Have the result of a large ballot worked out (id: menghitung hasil di belakang layar); asked again, once.

    Refuses what `run_result` refuses before it calculates.
    """
    rules.may_run(poll_state=poll.state, meeting_state=poll.meeting.state).or_raise()
    if not Result.objects.filter(poll=poll).exists() and not is_under_way(publish_result, poll.pk):
        publish_result.enqueue(poll.pk, by.pk if by else None)


def recount_later(*, by: Account | None, result: Result, reason: str) -> None:
    """Have a large ballot counted again; asked again, once. Refuses what `recount` refuses before it calculates."""
    may_recount(result, by=by, at=timezone.now(), reason=reason).or_raise()
    if not is_under_way(publish_recount, result.pk):
        publish_recount.enqueue(result.pk, by.pk if by else None, mask(reason).text)


def is_under_way(job: Any, key: int) -> bool:
    """Does the worker have this to do, or do it now?"""
    return _last(job, key) in UNDER_WAY


def has_failed(job: Any, key: int) -> bool:
    """Did the worker give up on it the last time?"""
    return _last(job, key) == TaskResultStatus.FAILED


def _last(job: Any, key: int) -> str | None:
    rows = DBTaskResult.objects.filter(task_path=job.module_path).order_by("-enqueued_at")
    for status, given in rows.values_list("status", "args_kwargs")[:200]:
        if given["args"][:1] == [key]:
            return str(status)
    return None


def _account(pk: int | None) -> Account | None:
    return Account.objects.filter(pk=pk).first() if pk is not None else None
