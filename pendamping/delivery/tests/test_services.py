"""Progress and payments as acts: what they change, whom they refuse, what they count."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from pendamping.access.enums import Reason as AccessReason
from pendamping.access.tests import personas
from pendamping.core import counters, journal
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.delivery import queries, services
from pendamping.delivery.enums import Reason
from pendamping.delivery.models import Payment, ProgressReport
from pendamping.delivery.tests import factories as make
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
OWN = {"report.state", "paid.rupiah", "spent.rupiah"}


def assert_counted():
    assert [found for found in counters.differences() if found.key[0] in OWN] == []


def test_a_project_walks_from_its_first_photo_to_completion():
    ward = places.ward()
    project = make.project(ward)
    make.verified(project)
    project.refresh_from_db()
    assert project.state == "running"
    make.paid(project)
    make.verified(project, 50, 18_000_000, day=10)
    make.paid(project, 2, 15_000_000, day=11)
    report = make.verified(project, 100, 47_000_000, day=40)
    project.refresh_from_db()
    assert project.state == "completed"
    assert project.completed_at == report.verified_at
    money = queries.money_of(project)
    assert (money.paid, money.spent, money.left) == (35_000_000, 47_000_000, 3_000_000)
    assert counters.total("spent.rupiah", under=ward.path) == 47_000_000
    assert counters.total("paid.rupiah", under=ward.path) == 35_000_000
    assert counters.total("report.state", under=ward.path, dimension="verified") == 3
    assert_counted()
    assert list(journal.verify()) == []


def test_photos_become_public_when_somebody_else_verifies():
    project = make.project(places.ward())
    report = make.reported(project)
    assert not report.photos.get().is_public
    services.verify_progress(report=report, by=personas.sekretaris(project.region), at=make.AT)
    assert report.photos.get().is_public


def test_the_author_cannot_verify_or_return_and_the_database_agrees():
    project = make.project(places.ward())
    author = personas.person("ward_secretary", project.region, "penulis")
    report = make.reported(project, by=author)
    for attempt in (services.verify_progress, lambda **f: services.return_progress(reason="Kurang", **f)):
        with pytest.raises(Refused) as refusal:
            attempt(report=report, by=author, at=make.AT)
        assert refusal.value.reason == AccessReason.SAME_PERSON
    with pytest.raises(IntegrityError, match="report_verifier_not_author"), transaction.atomic():
        ProgressReport.objects.filter(pk=report.pk).update(state="verified", verified_at=make.AT, verified_by=author)


def test_who_paid_on_a_project_cannot_verify_its_progress():
    project = make.project(places.ward())
    make.verified(project)
    payer = make.paid(project).paid_by
    report = make.reported(project, 50, 1, day=5)
    personas.person("ward_secretary", project.region, payer.username)
    with pytest.raises(Refused) as refusal:
        services.verify_progress(report=report, by=payer, at=make.AT)
    assert refusal.value.reason == AccessReason.SAME_PERSON


def test_a_returned_report_says_why_and_its_stage_opens_again():
    project = make.project(places.ward())
    report = make.reported(project)
    services.return_progress(
        report=report,
        reason="Foto kabur, tanya Pak Asep 081234567890",
        by=personas.sekretaris(project.region),
        at=make.AT,
    )
    report.refresh_from_db()
    assert report.state == "returned"
    assert "081234567890" not in report.verdict_note
    entry = JournalEntry.objects.get(verb="delivery.progress_returned")
    assert "081234567890" not in entry.reason
    assert entry.office == "ward_secretary"
    again = make.reported(project, day=1)
    assert queries.progress_of(project).waiting == again
    assert_counted()


def test_a_report_is_judged_once():
    project = make.project(places.ward())
    report = make.verified(project)
    with pytest.raises(Refused) as refusal:
        services.return_progress(report=report, reason="x", by=personas.camat(places.district()), at=make.AT)
    assert refusal.value.reason == Reason.NOT_WAITING


def test_the_same_operation_reports_once():
    project, op = make.project(places.ward()), uuid.uuid4()
    facts = {
        "project": project, "stage": 0, "spent": 0, "photos": [make.image()], "by": personas.sari(project.region),
        "at": make.AT, "op": op,
    }  # fmt: skip
    assert services.report_progress(**facts) == services.report_progress(**facts)
    assert ProgressReport.objects.count() == 1
    assert_counted()


def test_one_live_report_per_stage_even_past_the_rules():
    project = make.project(places.ward())
    make.reported(project)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport.add(at=make.AT, region=project.region, project=project, stage=0, spent=0)


@pytest.mark.parametrize("duty", ["proposed_by", "checked_by", "approved_by", "reporter", "verifier"])
def test_who_had_a_duty_on_the_project_never_pays(duty):
    ward = places.ward()
    payer = personas.person("assistant_treasurer", ward, "rangkap")
    project = make.project(ward, **({duty: payer} if duty.endswith("_by") else {}))
    report = make.reported(project, by=payer if duty == "reporter" else None)
    verifier = payer if duty == "verifier" else personas.sekretaris(ward)
    services.verify_progress(report=report, by=verifier, at=make.AT)
    with pytest.raises(Refused) as refusal:
        services.pay_tranche(
            project=project, tranche=1, amount=1, paid_on=make.AT.date(), reference="SP2D-1", by=payer, at=make.AT
        )
    assert refusal.value.reason == AccessReason.SAME_PERSON
    assert Payment.objects.count() == 0


def test_a_facilitator_never_pays():
    ward = places.ward()
    project = make.project(ward)
    make.verified(project)
    both = personas.person("ward_facilitator", ward, "rangkap")
    personas.person("assistant_treasurer", ward, "rangkap")
    with pytest.raises(Refused) as refusal:
        services.pay_tranche(
            project=project, tranche=1, amount=1, paid_on=make.AT.date(), reference="SP2D-1", by=both, at=make.AT
        )
    assert refusal.value.reason == AccessReason.FACILITATOR_NEVER


@pytest.mark.parametrize(
    ("tranche", "amount", "reason"),
    [(1, 20_000_001, Reason.OVER_TRANCHE), (2, 1, Reason.TRANCHE_ORDER), (9, 1, Reason.TRANCHE_UNKNOWN)],
)
def test_a_payment_outside_the_pattern_is_refused(tranche, amount, reason):
    project = make.project(places.ward())
    make.verified(project)
    with pytest.raises(Refused) as refusal:
        make.paid(project, tranche, amount)
    assert refusal.value.reason == reason
    assert counters.total("paid.rupiah", under=project.region_path) == 0


def strike(payment, reason="Salah ketik: 2.000.000", by=None):
    by = by or personas.person("assistant_treasurer", payment.region)
    return services.void_payment(payment=payment, reason=reason, by=by, at=make.AT)


def test_a_payment_typed_wrongly_is_struck_and_recorded_anew():
    project = make.project(places.ward())
    make.verified(project)
    wrong = make.paid(project, 1, 2_000_000)
    assert strike(wrong).void_reason == "Salah ketik: 2.000.000"
    assert counters.total("paid.rupiah", under=project.region_path) == 0
    assert queries.money_of(project).paid == 0
    right = make.paid(project, 1, 20_000_000)
    assert queries.money_of(project).payments == (right,)
    assert [item.tranche.number for item in queries.tranches_due(project.ward_path)] == []
    assert JournalEntry.objects.get(verb="delivery.payment_voided").changes["amount"] == [2_000_000, 0]
    assert_counted()


def test_a_struck_payment_is_not_struck_again_nor_by_who_may_not_pay():
    project = make.project(places.ward())
    make.verified(project)
    payment = make.paid(project)
    with pytest.raises(Refused) as refusal:
        strike(payment, by=personas.person("ward_secretary", project.region))  # who verified
    assert refusal.value.reason == AccessReason.SAME_PERSON
    strike(payment)
    with pytest.raises(Refused) as refusal:
        strike(payment)
    assert refusal.value.reason == Reason.VOIDED_ALREADY


def test_a_report_of_all_the_money_at_the_start_is_refused_so_that_nothing_gets_stuck():
    project = make.project(places.ward())
    with pytest.raises(Refused) as refusal:
        make.reported(project, 0, make.BUDGET)
    assert refusal.value.reason == Reason.SPENT_OVER_RELEASED
    make.verified(project, 0, 20_000_000)
    make.paid(project, 1, 10_000_000)
    make.verified(project, 50, 30_000_000)
    make.paid(project, 2, 15_000_000)
    make.verified(project, 100, make.BUDGET)
    assert make.paid(project, 3, 25_000_000).amount == 25_000_000


def test_nothing_is_paid_before_the_first_verified_photo():
    project = make.project(places.ward())
    make.reported(project)
    with pytest.raises(Refused) as refusal:
        make.paid(project)
    assert refusal.value.reason == Reason.TRANCHE_TOO_EARLY


def test_before_and_after_shows_finished_works_of_the_place_only():
    done, _other = make.completed(places.ward(1)), make.completed(places.ward(2))
    make.verified(make.project(places.ward(1), title="Baru mulai"))
    shown = queries.before_after(places.ward(1).path, 5)
    assert [item.project for item in shown] == [done]
    assert shown[0].before is not None
    assert shown[0].after is not None
    assert shown[0].before != shown[0].after
    assert len(queries.before_after("3278", 1)) == 1


def test_tranches_due_are_found_by_place_in_a_constant_number_of_queries(django_assert_num_queries):
    ward = places.ward()
    for number in range(3):
        make.verified(make.project(ward, title=f"Kegiatan {number}"))
    make.project(ward, title="Belum mulai")
    with django_assert_num_queries(3):
        due = queries.tranches_due(ward.path)
    assert [(item.tranche.number, item.tranche.amount) for item in due] == [(1, 20_000_000)] * 3
    make.paid(due[0].project)
    assert len(queries.tranches_due(ward.path)) == 2
    assert queries.tranches_due(places.ward(2).path) == []


def test_a_payment_keeps_its_day_and_reference():
    project = make.project(places.ward())
    make.verified(project)
    payment = make.paid(project)
    assert (payment.paid_on, payment.reference) == (date(2026, 3, 2), "SP2D-1/2026")
    assert payment.created_at < timezone.now() + timedelta(days=3650)
