"""Operations of certificates over HTTP: the public check, one's own, and the office's acts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.training import badges
from pendamping.training.certificate_shown import shown
from pendamping.training.enums.certificates import CertificateState
from pendamping.training.models import Certificate, CertificateBatch, CourseVersion, Enrolment
from pendamping.training.queries import certificates as queries
from pendamping.training.schemas import certificates as schemas
from pendamping.training.services import batches
from pendamping.training.services import certificates as services

router = Router(tags=["training"])
MANAGE = Verb.TRAINING_MANAGE


@endpoint(router, "GET", "/certificates/{code}", public=True, response=schemas.CertificateOut)
def check_certificate(request: HttpRequest, code: str) -> Any:
    """What anyone who holds the code is told of a certificate."""
    found = queries.by_code(code)
    if found is None:
        raise Http404
    return certificate_out(found)


@endpoint(router, "GET", "/my/certificates", own=True, response=list[schemas.OwnCertificateOut])
def my_certificates(request: HttpRequest) -> Any:
    """One's own certificates, newest first."""
    return [
        {**certificate_out(one), "credential": one.credential if one.state == CertificateState.VALID else ""}
        for one in queries.of_person(request.scope.account)
    ]


@endpoint(router, "POST", "/certificates", verb=MANAGE, response=schemas.CertificateOut)
def issue_certificate(request: HttpRequest, facts: schemas.CertificateIssueIn) -> Any:
    """Issue the certificate of somebody who passed."""
    given = facts.dict()
    enrolment = request.scope.get_or_404(Enrolment.objects.all(), MANAGE, code=given.pop("enrolment"))
    return 201, certificate_out(_again(services.issue_certificate(**_who(request), enrolment=enrolment, **given)))


@endpoint(router, "POST", "/certificates/{code}/correction", verb=MANAGE, response=schemas.CertificateOut)
def correct_certificate(request: HttpRequest, code: str, facts: schemas.CertificateCorrectionIn) -> Any:
    """Correct the name; the answer is the new certificate."""
    found = _certificate(request, code)
    made = services.correct_certificate(**_who(request), certificate=found, **facts.dict())
    return 201, certificate_out(_again(made))


@endpoint(router, "POST", "/certificates/{code}/renewal", verb=MANAGE, response=schemas.CertificateOut)
def renew_certificate(request: HttpRequest, code: str, facts: schemas.CertificateReasonIn) -> Any:
    """Renew after a refresher; the answer is the new certificate."""
    found = _certificate(request, code)
    return 201, certificate_out(_again(services.renew_certificate(**_who(request), certificate=found, **facts.dict())))


@endpoint(router, "POST", "/certificates/{code}/revocation", verb=MANAGE, response=schemas.CertificateOut)
def revoke_certificate(request: HttpRequest, code: str, facts: schemas.CertificateReasonIn) -> Any:
    """Revoke a certificate."""
    found = _certificate(request, code)
    return 201, certificate_out(_again(services.revoke_certificate(**_who(request), certificate=found, **facts.dict())))


@endpoint(router, "POST", "/certificate-batches", verb=MANAGE, response=schemas.CertificateBatchOut)
def begin_batch(request: HttpRequest, facts: schemas.CertificateBatchIn) -> Any:
    """Issue to all who passed a version; the worker does it."""
    courses = request.scope.narrow(queries.all_courses(), MANAGE)
    version = get_object_or_404(
        CourseVersion.objects.filter(course__in=courses), course__code=facts.course, number=facts.version
    )
    return 201, _batch_out(batches.begin_batch(**_who(request), version=version))


@endpoint(router, "GET", "/certificate-batches/{code}", verb=MANAGE, response=schemas.CertificateBatchOut)
def get_batch(request: HttpRequest, code: str) -> Any:
    """How far a batch is."""
    return _batch_out(request.scope.get_or_404(queries.batches(), MANAGE, code=code))


def certificate_out(found: Certificate) -> dict[str, Any]:
    """A certificate as every operation tells it."""
    facts = shown(found, day(timezone.now()))
    successor = facts["successor"]
    return {
        **{name: getattr(found, name) for name in ("code", "name", "valid_from", "valid_until")},
        "course": facts["course"], "version": found.version.number, "hours": float(queries.hours_of(found.version)),
        "standing": facts["standing"], "successor": successor.code if successor else None,
        "address": badges.address_of(found.code),
    }  # fmt: skip


def _batch_out(found: CertificateBatch) -> dict[str, Any]:
    names = ("code", "state", "total", "done", "finished_at")
    refused = [{"enrolment": one["code"], "reason": one["reason"]} for one in found.refused]
    return {**{name: getattr(found, name) for name in names}, "refused": refused}


def _certificate(request: HttpRequest, code: str) -> Certificate:
    found: Certificate = request.scope.get_or_404(queries.certificates(), MANAGE, code=code)
    return found


def _again(made: Certificate) -> Certificate:
    return queries.certificates().get(pk=made.pk)


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.scope.account, "at": timezone.now(), "op": operation_id(request)}
