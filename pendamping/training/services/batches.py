"""Certificates for all who passed a version, in one go: asked for by the office, done by the worker in small steps.

Each step is a transaction of its own that takes up where the last one ended; nothing but the certificates themselves
says how far it came, so a worker that falls over loses nothing and whoever goes on repeats nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.training import signing
from pendamping.training.enums.certificates import BatchState, Reason
from pendamping.training.models import CertificateBatch, CourseVersion, Enrolment
from pendamping.training.queries import certificates as queries
from pendamping.training.services import certificates

STEP = 25  # certificates a transaction: others wait for less than half a second
STUCK = timedelta(minutes=10)


@act("training.batch_begun")
def begin_batch(*, by: Account | None, at: datetime, version: CourseVersion) -> CertificateBatch:
    """Issue to all who passed a version (id: menerbitkan massal). The worker does it; the page shows how far it is.

    Refused: nobody waits, the same is already under way, or the secret that signs is not the one it was.
    """
    version = CourseVersion.objects.select_for_update(of=("self",)).select_related("course__region").get(pk=version.pk)
    open_one = CertificateBatch.objects.filter(version=version).exclude(state=BatchState.DONE).first()
    if open_one is not None:
        raise Refused(Reason.BATCH_UNDER_WAY, code=open_one.code)
    total = queries.waiting(version).count()
    if not total:
        raise Refused(Reason.NOBODY_LEFT)
    signing.current(at)
    made = CertificateBatch.add(at=at, region=version.course.region, version=version, asked_by=by, total=total)
    office = duties.office_of(by, Verb.TRAINING_MANAGE, made, at) if by else duties.OPERATOR
    journal.record(
        "training.batch_begun", subject=made, region=made.region_path, by=by, at=at, office=office, public=False,
        changes={"course": version.course.code, "version": version.number, "total": total},
    )  # fmt: skip
    go_on.enqueue(made.pk)  # in the same transaction: it runs if and only if the act stands
    return made


@task()
def go_on(batch: int) -> None:
    """Step after step until the batch is done."""
    while issue_step(batch, timezone.now()):
        pass


def go_on_with_stuck(at: datetime) -> int:
    """Batches whose worker is gone are taken up again; part of the daily rounds. Twice does no harm."""
    left = queries.stuck(at - STUCK)
    for batch in left:
        go_on.enqueue(batch)
    return len(left)


def issue_step(batch: int, at: datetime) -> bool:
    """Issue to the next few; False when nobody is left."""
    step: CertificateBatch = take_step(by=None, at=at, batch=batch)
    return step.state != BatchState.DONE


@act("training.batch_step")
def take_step(*, by: Account | None, at: datetime, batch: int) -> CertificateBatch:
    """One small transaction of a batch (id: langkah penerbitan massal)."""
    found = CertificateBatch.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=batch)
    if found.state == BatchState.DONE:
        return found
    version = CourseVersion.objects.select_related("course__region").get(pk=found.version_id)
    seen = [one["id"] for one in found.refused]
    people = queries.waiting(version).filter(completed_at__lte=found.created_at).exclude(pk__in=seen)
    people = people.select_for_update(of=("self",)).select_related("account").order_by("pk")
    chosen = list(people[:STEP])  # locked before the status list, as whoever issues a single one does
    with_press = certificates.press(version, by=found.asked_by, at=at)
    done = [_issue(with_press, enrolment, found) for enrolment in chosen]
    found.refused = [*found.refused, *(one for one in done if one)]
    found.done = min(found.total, found.done + len(done))
    found.state = BatchState.RUNNING if done else BatchState.DONE
    found.finished_at = None if done else at
    found.save(update_fields=["refused", "done", "state", "finished_at"])
    if not done:
        journal.record(
            "training.batch_done", subject=found, region=found.region_path, by=None, at=at, office=duties.OPERATOR,
            public=False, changes={"issued": found.done - len(found.refused), "refused": len(found.refused)},
        )  # fmt: skip
    return found


def _issue(with_press: certificates.Press, enrolment: Enrolment, batch: CertificateBatch) -> dict[str, Any] | None:
    """The refusal of one, if it is refused; the others do not wait for it."""
    try:
        certificates.issue_one(with_press, enrolment, name=enrolment.account.name, batch=batch)
    except Refused as refusal:
        return {
            "id": enrolment.pk,
            "code": enrolment.code,
            "reason": refusal.code,
            "of": refusal.params.get("code", ""),
        }
    return None
