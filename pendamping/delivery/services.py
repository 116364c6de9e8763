"""What happens while work goes on: progress reported, verified or returned, a tranche paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pendamping.access.duties import Duty, duty_verdict, office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.images import store
from pendamping.core.images.door import CleanImage
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.core.verdicts import Verdict
from pendamping.delivery import queries, rules
from pendamping.delivery.enums import ReportState
from pendamping.delivery.models import Payment, ProgressReport
from pendamping.planning import services as planning
from pendamping.planning.models import Project


@act("delivery.progress_reported")
def report_progress(
    *,
    project: Project,
    stage: int,
    spent: int,
    by: Account | None,
    at: datetime,
    note: str = "",
    problem: str = "",
    photos: Sequence[CleanImage] = (),
) -> ProgressReport:
    """Report how far the work is and what was spent to date (id: melaporkan kemajuan).

    `stage` is 0, 50 or 100 percent; `spent` is rupiah to date. Refuses a stage whose predecessor is not verified, a
    report without a photo, money that falls, exceeds the budget, or exceeds what the tranches release up to this
    stage, and who verified, approved or paid anything here. The photos become public when somebody else verifies it.
    """
    project = _locked(project)
    progress, money = queries.progress_of(project), queries.money_of(project)
    rules.may_report(
        project_state=project.state,
        stage=stage,
        live=progress.live,
        photos=len(photos),
        spent=spent,
        spent_before=money.spent,
        budget=project.budget,
        paid=money.amounts,
        plan=queries.plan_of(project),
    ).or_raise()
    duty(Duty.REPORTER, project, by=by, at=at).or_raise()
    report = ProgressReport.add(
        at=at,
        region=project.region,
        project=project,
        stage=stage,
        spent=spent,
        note=mask(note).text,
        problem=mask(problem).text,
        reported_by=by,
    )
    report.photos.add(*(store.keep(image, region_path=project.region_path, at=at) for image in photos))
    journal.record(
        "delivery.progress_reported",
        subject=report,
        region=project.region,
        by=by,
        at=at,
        office=office_of(by, Verb.PROGRESS_REPORT, project, at),
        changes={"project": project.code, "stage": stage, "spent": spent},
    )
    counters.moved("report.state", report, None, report.state)
    return report


@act("delivery.progress_verified")
def verify_progress(*, report: ProgressReport, by: Account | None, at: datetime, note: str = "") -> ProgressReport:
    """Confirm a report after looking at the work (id: memverifikasi kemajuan).

    Only somebody who neither proposed, prepared or reported, nor decided or approved, nor paid on this project. The
    first stage starts the project, the last one completes it; the photos become public and the money counts as spent.
    """
    project = _locked(report.project)
    report = ProgressReport.objects.select_for_update().get(pk=report.pk)
    rules.may_judge(state=report.state).or_raise()
    money = queries.money_of(project)
    duty(Duty.VERIFIER, project, by=by, at=at).or_raise()
    _judge(report, ReportState.VERIFIED, by=by, at=at, note=note)
    for photo in report.photos.all():
        store.publish(photo, at=at)
    counters.change("spent.rupiah", region_path=report.region_path, period=report.period, by=report.spent - money.spent)
    if report.stage == rules.STAGES[0]:
        planning.mark_running(project=project, by=by, at=at)
    if report.stage == rules.STAGES[-1]:
        planning.mark_completed(project=project, by=by, at=at)
    return report


@act("delivery.progress_returned")
def return_progress(*, report: ProgressReport, reason: str, by: Account | None, at: datetime) -> ProgressReport:
    """Send a report back with what is to be mended (id: mengembalikan laporan); its stage may be reported anew."""
    project = _locked(report.project)
    report = ProgressReport.objects.select_for_update().get(pk=report.pk)
    rules.may_return(state=report.state, reason=reason).or_raise()
    duty(Duty.VERIFIER, project, by=by, at=at).or_raise()
    _judge(report, ReportState.RETURNED, by=by, at=at, note=reason)
    return report


def _judge(report: ProgressReport, state: ReportState, *, by: Account | None, at: datetime, note: str) -> None:
    old, report.state = report.state, state
    report.verified_at, report.verified_by, report.verdict_note = at, by, mask(note).text
    report.save(update_fields=["state", "verified_at", "verified_by", "verdict_note"])
    journal.record(
        f"delivery.progress_{state.value}",
        subject=report,
        region=report.region,
        by=by,
        at=at,
        office=office_of(by, Verb.PROGRESS_VERIFY, report, at),
        reason=report.verdict_note,
        changes={"state": [old, state.value], "stage": report.stage, "spent": report.spent},
    )
    counters.moved("report.state", report, old, state.value)


def duty(takes: Duty, project: Project, *, by: Account | None, at: datetime) -> Verdict:
    """May this person report, verify or pay on this project, after all that everybody did on it so far?"""
    return duty_verdict(by=by, place=project, at=at, takes=takes, earlier=queries.duties_so_far(project))


@act("delivery.tranche_paid")
def pay_tranche(
    *,
    project: Project,
    tranche: int,
    amount: int,
    paid_on: date,
    reference: str,
    by: Account | None,
    at: datetime,
) -> Payment:
    """Record a tranche paid out to the executor (id: mencatat pembayaran termin).

    Refuses a tranche out of order, before the verified progress that the rules of the year want, above its part of
    the budget, or by somebody who took any other duty on this project; a facilitator
    never pays.
    """
    project = _locked(project)
    progress, money = queries.progress_of(project), queries.money_of(project)
    plan = queries.plan_of(project)
    rules.may_pay(plan=plan, tranche=tranche, paid=money.amounts, verified=progress.stage).or_raise()
    due = rules.due(plan, money.amounts)
    limit = due.amount if due else 0
    rules.may_pay_amount(
        tranche=tranche, amount=amount, limit=limit, paid_on=paid_on, approved_on=day(project.approved_at or at),
        today=day(at), reference=reference,
    ).or_raise()  # fmt: skip
    duty(Duty.PAYER, project, by=by, at=at).or_raise()
    payment = Payment.add(
        at=at,
        region=project.region,
        project=project,
        tranche=tranche,
        amount=amount,
        paid_on=paid_on,
        reference=mask_to(reference.strip(), 80),
        paid_by=by,
    )
    journal.record(
        "delivery.tranche_paid",
        subject=payment,
        region=project.region,
        by=by,
        at=at,
        office=office_of(by, Verb.PAYMENT_RECORD, project, at),
        changes={"project": project.code, "tranche": tranche, "amount": amount, "paid_on": paid_on},
    )
    counters.change("paid.rupiah", region_path=payment.region_path, period=payment.period, by=amount)
    return payment


@act("delivery.payment_voided")
def void_payment(*, payment: Payment, reason: str, by: Account | None, at: datetime) -> Payment:
    """Strike a payment recorded by mistake (id: membatalkan catatan pembayaran); its tranche can be recorded anew.

    The latest tranche first. Refuses one struck already, no reason, and whoever could not have paid it.
    """
    project = _locked(payment.project)
    payment = Payment.objects.select_for_update(of=("self",)).select_related("region").get(pk=payment.pk)
    paid = queries.money_of(project).amounts
    rules.may_void(
        tranche=payment.tranche, paid=paid, is_voided=payment.voided_at is not None, reason=reason
    ).or_raise()
    duty(Duty.PAYER, project, by=by, at=at).or_raise()
    payment.voided_at, payment.voided_by, payment.void_reason = at, by, mask(reason).text
    payment.save(update_fields=["voided_at", "voided_by", "void_reason"])
    journal.record(
        "delivery.payment_voided",
        subject=payment,
        region=project.region,
        by=by,
        at=at,
        office=office_of(by, Verb.PAYMENT_RECORD, project, at),
        reason=payment.void_reason,
        changes={"project": project.code, "tranche": payment.tranche, "amount": [payment.amount, 0]},
    )
    counters.change("paid.rupiah", region_path=payment.region_path, period=payment.period, by=-payment.amount)
    return payment


def _locked(project: Project) -> Project:
    """The project row decides the order of reports and payments: two of them wait for each other here."""
    return queries.projects().select_for_update(of=("self",)).get(pk=project.pk)
