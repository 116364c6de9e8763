"""Operations of delivery over HTTP: progress reports and payments."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import File, Form, Router, UploadedFile

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.core.images.door import admit
from pendamping.delivery import queries, schemas, services
from pendamping.delivery.enums import ReportState
from pendamping.delivery.models import Payment, ProgressReport

router = Router(tags=["delivery"])
PAGE = 50


@endpoint(router, "GET", "/progress", verb=Verb.RECORD_SEE, response=schemas.ReportsOut)
def list_progress(request: HttpRequest, state: ReportState | None = None, after: int | None = None) -> Any:
    """Reports of the places you see, newest first."""
    found = request.scope.narrow(queries.reports().prefetch_related("photos"), Verb.RECORD_SEE)
    if state is not None:
        found = found.filter(state=state)
    if after is not None:
        found = found.filter(pk__lt=after)
    shown = list(found[: PAGE + 1])
    more = str(shown[PAGE - 1].pk) if len(shown) > PAGE else None
    return {"next": more, "results": [_report(item) for item in shown[:PAGE]]}


@endpoint(router, "GET", "/progress/{code}", verb=Verb.RECORD_SEE, response=schemas.ReportOut)
def get_progress(request: HttpRequest, code: str) -> Any:
    """One report."""
    return _report(request.scope.get_or_404(queries.reports(), Verb.RECORD_SEE, code=code))


@endpoint(router, "POST", "/projects/{code}/progress", verb=Verb.PROGRESS_REPORT, response=schemas.ReportOut)
def report_progress(
    request: HttpRequest, code: str, facts: Form[schemas.ReportIn], photos: File[list[UploadedFile]]
) -> Any:
    """Report a stage with its photos."""
    project = request.scope.get_or_404(queries.projects(), Verb.PROGRESS_REPORT, code=code)
    clean = [admit(photo) for photo in photos]
    made = services.report_progress(
        project=project, photos=clean, by=request.auth, at=timezone.now(), op=operation_id(request), **facts.dict()
    )
    return 201, _report(made)


@endpoint(router, "POST", "/progress/{code}/verification", verb=Verb.PROGRESS_VERIFY, response=schemas.ReportOut)
def verify_progress(request: HttpRequest, code: str, facts: schemas.JudgementIn) -> Any:
    """Confirm a report that somebody else wrote."""
    found = request.scope.get_or_404(queries.reports(), Verb.PROGRESS_VERIFY, code=code)
    at, op = timezone.now(), operation_id(request)
    return 201, _report(services.verify_progress(report=found, note=facts.note, by=request.auth, at=at, op=op))


@endpoint(router, "POST", "/progress/{code}/return", verb=Verb.PROGRESS_VERIFY, response=schemas.ReportOut)
def return_progress(request: HttpRequest, code: str, facts: schemas.ReturnIn) -> Any:
    """Send a report back with what must be mended."""
    found = request.scope.get_or_404(queries.reports(), Verb.PROGRESS_VERIFY, code=code)
    at, op = timezone.now(), operation_id(request)
    return 201, _report(services.return_progress(report=found, reason=facts.reason, by=request.auth, at=at, op=op))


@endpoint(router, "GET", "/projects/{code}/money", verb=Verb.RECORD_SEE, response=schemas.MoneyOut)
def get_money(request: HttpRequest, code: str) -> Any:
    """Budget, paid out and verified as spent, with the payments."""
    project = request.scope.get_or_404(queries.projects(), Verb.RECORD_SEE, code=code)
    money = queries.money_of(project)
    payments = [_payment(payment, project.code) for payment in money.payments]
    return {"budget": money.budget, "paid": money.paid, "spent": money.spent, "payments": payments}


@endpoint(router, "POST", "/projects/{code}/payments", verb=Verb.PAYMENT_RECORD, response=schemas.PaymentOut)
def pay_tranche(request: HttpRequest, code: str, facts: schemas.PaymentIn) -> Any:
    """Record a tranche as paid."""
    project = request.scope.get_or_404(queries.projects(), Verb.PAYMENT_RECORD, code=code)
    made = services.pay_tranche(
        project=project, by=request.auth, at=timezone.now(), op=operation_id(request), **facts.dict()
    )
    return 201, _payment(made, project.code)


@endpoint(router, "POST", "/payments/{code}/voiding", verb=Verb.PAYMENT_RECORD, response=schemas.PaymentOut)
def void_payment(request: HttpRequest, code: str, facts: schemas.ReturnIn) -> Any:
    """Strike a payment recorded by mistake."""
    found = request.scope.get_or_404(queries.payments(), Verb.PAYMENT_RECORD, code=code)
    at, op = timezone.now(), operation_id(request)
    done = services.void_payment(payment=found, reason=facts.reason, by=request.auth, at=at, op=op)
    return 201, _payment(done, found.project.code)


def _report(found: ProgressReport) -> dict[str, Any]:
    return {
        "code": found.code,
        "project": found.project.code,
        "region": found.region_path,
        "stage": found.stage,
        "spent": found.spent,
        "note": found.note,
        "problem": found.problem,
        "state": found.state,
        "photos": [reverse("access:photo", args=[photo.name, "full"]) for photo in found.photos.all()],
        "reported_at": found.created_at,
        "verified_at": found.verified_at,
        "verdict_note": found.verdict_note,
    }


def _payment(payment: Payment, project: str) -> dict[str, Any]:
    return {
        "code": payment.code,
        "project": project,
        "tranche": payment.tranche,
        "amount": payment.amount,
        "paid_on": payment.paid_on,
        "reference": payment.reference,
        "voided_at": payment.voided_at,
    }
