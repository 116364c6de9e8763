"""Where the work stands, where the money is, and how this app's measures are counted again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, Sum

from pendamping.access.duties import Done, Duty
from pendamping.core import counters
from pendamping.core.models import Photo
from pendamping.delivery import rules
from pendamping.delivery.enums import ReportState
from pendamping.delivery.models import Payment, ProgressReport
from pendamping.planning.enums import ProjectState
from pendamping.planning.models import Project
from pendamping.planning.queries import duties_until_approved
from pendamping.planning.rules import Tranche, tranches

counters.recounts_states("report.state", ProgressReport)
counters.recounts_money("paid.rupiah", Payment, "amount", but={"voided_at__isnull": False})


@counters.recounts("spent.rupiah")
def _spent() -> Iterator[tuple[counters.Key, int]]:
    """What each verified report added to the one before it, in the month of the report."""
    project, before = None, 0
    rows = ProgressReport.objects.filter(state=ReportState.VERIFIED).order_by("project_id", "stage")
    for of, path, month, spent in rows.values_list("project_id", "ward_path", "period", "spent").iterator():
        if of != project:
            project, before = of, 0
        yield ("spent.rupiah", path, month, ""), spent - before
        before = spent


@dataclass(frozen=True)
class Progress:
    """How far a project is (id: kemajuan kegiatan)."""

    stage: int | None  # the highest verified stage, None before the first
    reports: tuple[ProgressReport, ...]  # oldest first, returned ones too
    waiting: ProgressReport | None
    live: Mapping[int, str]  # stage → state of the report that counts

    def report_at(self, stage: int) -> ProgressReport | None:
        """The verified report of a stage."""
        found = (item for item in self.reports if item.stage == stage and item.state == ReportState.VERIFIED)
        return next(found, None)


def progress_of(project: Project) -> Progress:
    """Every report of a project with its photos, in two queries."""
    found = (
        project.reports.select_related("project", "region__parent__parent", "reported_by", "verified_by")
        .prefetch_related("photos")
        .order_by("id")
    )
    reports = tuple(found)
    live = {item.stage: item.state for item in reports if item.state != ReportState.RETURNED}
    verified = [stage for stage, state in live.items() if state == ReportState.VERIFIED]
    waiting = next((item for item in reports if item.state == ReportState.REPORTED), None)
    return Progress(max(verified, default=None), reports, waiting, live)


@dataclass(frozen=True)
class Money:
    """Budget, paid out, and spent by the executor as verified (id: uang kegiatan)."""

    budget: int
    paid: int
    spent: int
    payments: tuple[Payment, ...]  # those that stand

    @property
    def amounts(self) -> dict[int, int]:
        """What was paid, by tranche."""
        return {payment.tranche: payment.amount for payment in self.payments}

    @property
    def in_hand(self) -> int:
        """Paid out and not yet spent; never below zero."""
        return max(0, self.paid - self.spent)

    @property
    def left(self) -> int:
        """Of the budget, not yet spent."""
        return self.budget - self.spent


def standing(payments: Any) -> QuerySet[Payment]:
    """Payments that count: all but the struck ones."""
    found: QuerySet[Payment] = payments.filter(voided_at__isnull=True)
    return found


def money_of(project: Project) -> Money:
    """The money of one project, in two queries."""
    payments = tuple(standing(project.payments).select_related("paid_by").order_by("tranche"))
    spent = (
        project.reports.filter(state=ReportState.VERIFIED).order_by("-stage").values_list("spent", flat=True).first()
    )
    return Money(project.budget, sum(payment.amount for payment in payments), spent or 0, payments)


def duties_so_far(project: Project) -> list[Done]:
    """Everybody's duty on a project, from its proposal to its latest report and payment. Four queries."""
    reports_by = project.reports.order_by("id").values_list("code", "reported_by", "verified_by")
    paid_by = project.payments.order_by("id").values_list("code", "paid_by")
    found = duties_until_approved(project)
    for code, author, verifier in reports_by:
        found += [Done(Duty.REPORTER, author, code), Done(Duty.VERIFIER, verifier, code)]
    return [*found, *(Done(Duty.PAYER, payer, code) for code, payer in paid_by)]


def plan_of(project: Project) -> tuple[Tranche, ...]:
    """The tranches of a project by the rules of its year."""
    return tranches(project.rule_set.tranches, project.budget)


def next_tranche(project: Project, money: Money) -> Tranche | None:
    """The tranche to be paid next, with the most it may be; None when all are paid."""
    return rules.due(plan_of(project), money.amounts)


def reports() -> QuerySet[ProgressReport]:
    """Reports as lists and pages show them."""
    found = ProgressReport.objects.select_related("project", "region__parent__parent", "reported_by", "verified_by")
    return found.order_by("-id")


def payments() -> QuerySet[Payment]:
    """All payments, struck ones too."""
    return Payment.objects.select_related("project", "region").order_by("-id")


def waiting_reports(path: str) -> QuerySet[ProgressReport]:
    """Reports of a place that wait for verification, the oldest first."""
    found = reports().filter(state=ReportState.REPORTED, region_path__gte=path, region_path__lt=counters.after(path))
    return found.order_by("id")


def projects() -> QuerySet[Project]:
    """Projects with all that a delivery page or act asks about them."""
    return Project.objects.select_related(
        "region__parent__parent", "rule_set", "approved_by", "decision__item__proposal"
    )


def reportable() -> QuerySet[Project]:
    """Projects that are approved or under way, with their reports, the nearest end first."""
    open_states = (ProjectState.APPROVED, ProjectState.RUNNING)
    found = Project.objects.filter(state__in=open_states).select_related("region__parent__parent")
    return found.prefetch_related("reports").order_by("ends_on", "id")


def stage_to_write(project: Project) -> int | None:
    """The stage that can be reported now; None while a report waits or none is left."""
    live = {item.stage: item.state for item in project.reports.all() if item.state != ReportState.RETURNED}
    if not rules.may_write(project_state=project.state, live=live):
        return None
    return rules.next_stage(live)


@dataclass(frozen=True)
class TrancheLine:
    """A tranche of a project and what became of it (id: baris termin)."""

    tranche: Tranche
    payment: Payment | None
    is_next: bool


def tranche_lines(project: Project, money: Money) -> list[TrancheLine]:
    """The tranches of a project, paid and unpaid."""
    by_number = {payment.tranche: payment for payment in money.payments}
    due = next_tranche(project, money)
    return [
        TrancheLine(tranche, by_number.get(tranche.number), due is not None and due.number == tranche.number)
        for tranche in plan_of(project)
    ]


@dataclass(frozen=True)
class DueTranche:
    """A tranche that the rules allow to be paid now (id: termin siap bayar)."""

    project: Project
    tranche: Tranche
    since: datetime | None  # when the progress it needs was verified


def tranches_due(path: str, *, limit: int = 50) -> list[DueTranche]:
    """What the treasurer of a place may pay now, in three queries."""
    open_states = (ProjectState.RUNNING, ProjectState.COMPLETED, ProjectState.HANDED_OVER)
    found = (
        projects()
        .filter(state__in=open_states, region_path__gte=path, region_path__lt=counters.after(path))
        .annotate(paid_out=Sum("payments__amount", filter=Q(payments__voided_at__isnull=True), default=0))
        .filter(paid_out__lt=F("budget"))
        .prefetch_related(
            Prefetch("payments", standing(Payment.objects)),
            Prefetch("reports", _verified(), to_attr="verified_reports"),
        )
        .order_by("-id")[:500]
    )
    due = (_due(project) for project in found)
    return [item for item in due if item is not None][:limit]


def _verified() -> QuerySet[ProgressReport]:
    return ProgressReport.objects.filter(state=ReportState.VERIFIED).order_by("stage")


def _due(project: Any) -> DueTranche | None:
    payments = tuple(project.payments.all())
    money = Money(project.budget, project.paid_out, 0, payments)
    tranche = next_tranche(project, money)
    if tranche is None:
        return None
    reached = [report for report in project.verified_reports if report.stage >= tranche.needs]
    return DueTranche(project, tranche, reached[0].verified_at) if reached else None


@dataclass(frozen=True)
class BeforeAfter:
    """A finished work with a public photo from before and one from after (id: foto sebelum dan sesudah)."""

    project: Project
    before: Photo | None
    after: Photo | None
    completed_at: datetime


def before_after(path: str, limit: int = 6) -> list[BeforeAfter]:
    """The latest finished works of a place, newest first, in four queries."""
    done = (
        reports()
        .filter(stage=100, state=ReportState.VERIFIED, region_path__gte=path, region_path__lt=counters.after(path))
        .select_related("project__region")
        .prefetch_related(_public_photos())[:limit]
    )
    finished = list(done)
    first = first_photos([report.project_id for report in finished], stage=0)
    return [
        BeforeAfter(report.project, first.get(report.project_id), _first(report), report.verified_at)
        for report in finished
        if report.verified_at is not None
    ]


def pair_of(project: Project) -> tuple[Photo | None, Photo | None]:
    """The public photo of the 0 % report and that of the 100 % report of one project."""
    found = (
        project.reports.filter(stage__in=(0, 100), state=ReportState.VERIFIED)
        .prefetch_related(_public_photos())
        .order_by("stage")
    )
    by_stage = {report.stage: _first(report) for report in found}
    return by_stage.get(0), by_stage.get(100)


def first_photos(project_ids: Iterable[int], *, stage: int) -> dict[int, Photo]:
    """The first public photo of the verified report of a stage, by project."""
    found = ProgressReport.objects.filter(project_id__in=list(project_ids), stage=stage, state=ReportState.VERIFIED)
    by_project = {report.project_id: _first(report) for report in found.prefetch_related(_public_photos())}
    return {project_id: photo for project_id, photo in by_project.items() if photo is not None}


def _public_photos() -> Prefetch:
    return Prefetch("photos", Photo.objects.filter(published_at__isnull=False).order_by("id"), to_attr="public_photos")


def _first(report: Any) -> Photo | None:
    return report.public_photos[0] if report.public_photos else None
