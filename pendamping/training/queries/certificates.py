"""Certificates looked up: by code, of a person, by the office, those to come in a batch, places in the status list."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from pendamping.access.models import Account, Grant
from pendamping.access.queries import in_force
from pendamping.core.codes import read_code
from pendamping.training.enums.certificates import BatchState, CertificateState
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.models import (
    Certificate,
    CertificateBatch,
    Course,
    CourseVersion,
    Enrolment,
    Module,
    StatusList,
)


def certificates() -> QuerySet[Certificate]:
    """Every certificate with what a page says of it."""
    return Certificate.objects.select_related(
        "account", "region", "version__course", "enrolment", "supersedes", "successor", "status_list"
    )


def of_person(account: Account) -> QuerySet[Certificate]:
    """Somebody's certificates, newest first."""
    return certificates().filter(account=account).order_by("-valid_from", "-id")


def by_code(typed: str) -> Certificate | None:
    """The certificate whose code was typed, however it was written."""
    known = read_code(typed)
    return certificates().filter(code=known).first() if known else None


def found(records: QuerySet[Certificate], typed: str) -> QuerySet[Certificate]:
    """Those whose code was typed, or whose name holds it."""
    code = read_code(typed)
    return records.filter(Q(code=code) | Q(name__icontains=typed.strip()) if code else Q(name__icontains=typed.strip()))


def in_standing(records: QuerySet[Certificate], standing: str, today: date) -> QuerySet[Certificate]:
    """Those of one standing on a day."""
    over = Q(state=CertificateState.VALID, valid_until__lt=today)
    if standing == "expired":
        return records.filter(over)
    return records.filter(state=standing).exclude(over)


def hours_of(version: CourseVersion) -> Decimal:
    """Learning hours (JP) of a version."""
    return Module.objects.filter(version=version).aggregate(all=Sum("hours"))["all"] or Decimal(0)


def valid_of(enrolment: Enrolment) -> Certificate | None:
    """The certificate of an enrolment that nobody ended."""
    return Certificate.objects.filter(enrolment=enrolment, state=CertificateState.VALID).first()


def waiting(version: CourseVersion) -> QuerySet[Enrolment]:
    """Those who passed a version and have no certificate that stands."""
    has_one = Certificate.objects.filter(enrolment=OuterRef("pk"), state=CertificateState.VALID)
    return Enrolment.objects.filter(version=version, state=EnrolmentState.COMPLETED).exclude(Exists(has_one))


def revoked_before(enrolment: Enrolment) -> str:
    """The code of the last certificate of this enrolment that was revoked; empty when none was."""
    gone = Certificate.objects.filter(enrolment=enrolment, state=CertificateState.REVOKED).order_by("-id")
    return gone.values_list("code", flat=True).first() or ""


def to_issue() -> QuerySet[Enrolment]:
    """Everybody who passed something and has no certificate of it that stands, with what a list says of them."""
    has_one = Certificate.objects.filter(enrolment=OuterRef("pk"), state=CertificateState.VALID)
    passed = Enrolment.objects.filter(state=EnrolmentState.COMPLETED).exclude(Exists(has_one))
    return passed.select_related("account", "region__parent", "version__course").order_by("completed_at", "id")


def ended_places(found: StatusList) -> list[int]:
    """The places of a status list whose credentials no longer count: revoked, and superseded as well."""
    gone = Certificate.objects.filter(status_list=found).exclude(state=CertificateState.VALID)
    return list(gone.order_by("status_index").values_list("status_index", flat=True))


def batches() -> QuerySet[CertificateBatch]:
    """Batches, newest first."""
    return CertificateBatch.objects.select_related("region", "version__course").order_by("-id")


def stuck(before: Any) -> list[int]:
    """Batches that are not done and whose last certificate is older than `before`: their worker is gone."""
    fresh = Certificate.objects.filter(batch=OuterRef("pk"), created_at__gte=before)
    left = CertificateBatch.objects.exclude(state=BatchState.DONE).filter(created_at__lt=before)
    return list(left.exclude(Exists(fresh)).order_by("id").values_list("pk", flat=True))


def all_courses() -> QuerySet[Course]:
    """Every course, by key; narrow it by place."""
    return Course.objects.select_related("region").order_by("key")


def refreshers(today: date, days: int, *, over_days: int) -> QuerySet[Certificate]:
    """Certificates that end within so many days, or ended so many days ago at most, of people who serve today.

    One followed by another certificate of the same course that lasts longer is no longer due.
    """
    longer = Certificate.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until")),
        account=OuterRef("account"), version__course=OuterRef("version__course"), state=CertificateState.VALID,
    )  # fmt: skip
    serving = Grant.objects.filter(in_force(today), account=OuterRef("account"))
    due = certificates().filter(
        state=CertificateState.VALID, account__is_active=True, valid_until__lte=today + timedelta(days=days),
        valid_until__gte=today - timedelta(days=over_days),
    )  # fmt: skip
    return due.filter(Exists(serving)).exclude(Exists(longer)).order_by(F("valid_until").asc(), "id")
