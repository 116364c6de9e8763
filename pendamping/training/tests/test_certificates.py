"""Certificates: issued for who passed, corrected, renewed, revoked; many at once by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core import rounds
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.training import certificate_letters
from pendamping.training.enums.certificates import BatchState, Reason
from pendamping.training.models import Certificate, CertificateBatch, Course, CourseVersion, Enrolment, Reminder
from pendamping.training.rules.badges import payload_of
from pendamping.training.services import batches, refreshers
from pendamping.training.services import certificates as services
from pendamping.training.tests import certificate_factories as certified
from pendamping.training.tests import factories as make
from pendamping.training.tests.factories import NOW

pytestmark = pytest.mark.django_db


def refusal(service: Callable[..., Any], **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(**{"by": make.manager(), "at": NOW, **facts})
    return caught.value.reason


def test_a_certificate_names_the_version_learned_and_ends_with_the_months_of_its_course() -> None:
    make.version(make.course(valid_months=24))
    made = certified.issued()
    assert (made.version.number, made.name, made.valid_from) == (1, "Sari", date(2026, 3, 2))
    assert made.valid_until == date(2028, 3, 1)
    assert payload_of(made.credential)["credentialSubject"]["creditsEarned"] == 4
    entry = JournalEntry.objects.get(verb="training.certificate_issued")
    assert "Sari" not in str([entry.subject_label, entry.changes, entry.reason])


def test_only_who_passed_gets_one_and_only_once() -> None:
    learning = make.enrolled()
    assert refusal(services.issue_certificate, enrolment=learning) == Reason.NOT_PASSED
    made = certified.issued("wati")
    assert refusal(services.issue_certificate, enrolment=made.enrolment) == Reason.HAS_ONE


def test_certificate_name_corrected_the_old_one_is_superseded_and_leads_to_the_new() -> None:
    make.version(make.course(valid_months=12))
    old = certified.issued()
    new = services.correct_certificate(
        by=make.manager(), at=NOW + timedelta(days=9), certificate=old, name="Sari  Déwi", reason="Salah ketik"
    )
    old.refresh_from_db()
    assert (old.state, old.successor, old.name) == ("superseded", new, "Sari")
    assert (new.name, new.valid_from, new.valid_until) == ("Sari Déwi", old.valid_from, old.valid_until)
    assert new.status_index != old.status_index
    assert refusal(services.correct_certificate, certificate=old, name="X", reason="y") == Reason.NOT_VALID


def test_revoked_with_a_reason_and_never_twice() -> None:
    made = certified.issued()
    assert refusal(services.revoke_certificate, certificate=made, reason=" ") == Reason.REASON_MISSING
    gone = services.revoke_certificate(by=make.manager(), at=NOW, certificate=made, reason="Nilai keliru")
    assert (gone.state, gone.reason, gone.ended_at) == ("revoked", "Nilai keliru", NOW)
    assert refusal(services.revoke_certificate, certificate=made, reason="lagi") == Reason.NOT_VALID
    assert refusal(services.issue_certificate, enrolment=made.enrolment) == Reason.WAS_REVOKED
    services.issue_certificate(by=make.manager(), at=NOW, enrolment=made.enrolment, over_revoked=True)


def test_renewed_after_a_refresher_from_that_day_on() -> None:
    make.version(make.course(valid_months=12))
    old = certified.issued()
    assert refusal(services.renew_certificate, certificate=old, reason="Penyegaran") == Reason.NOT_DUE
    later = NOW + timedelta(days=400)
    new = services.renew_certificate(by=make.manager(), at=later, certificate=old, reason="Penyegaran")
    assert new.valid_until == date(2028, 4, 5)
    assert new.supersedes == old


def test_whoever_works_in_the_office_decides_nothing_on_their_own_certificate() -> None:
    make.version(make.course(valid_months=12))
    office = make.manager()
    mine = Enrolment.add(
        at=NOW, region=make.places.city(), account=office, version=CourseVersion.objects.get(), state="completed",
        completed_at=NOW,
    )  # fmt: skip
    made = services.issue_certificate(by=office, at=NOW, enrolment=mine)  # the rule says who passed, not the office
    own: dict[str, Any] = {"by": office, "at": NOW + timedelta(days=350), "certificate": made, "reason": "Penyegaran"}
    assert refusal(services.renew_certificate, **own) == Reason.OWN
    assert refusal(services.correct_certificate, **own, name="Orang Lain") == Reason.OWN
    other = personas.person("secretariat", make.places.city(), "rekan")
    services.revoke_certificate(by=other, at=NOW, certificate=made, reason="Nilai keliru")
    assert refusal(services.issue_certificate, enrolment=mine, over_revoked=True) == Reason.OWN
    services.issue_certificate(by=other, at=NOW, enrolment=mine, over_revoked=True)


def test_another_secret_than_before_issues_nothing_until_it_is_settled() -> None:
    certified.issued()
    with override_settings(FIELD_KEY="another"):
        assert refusal(services.issue_certificate, enrolment=certified.passed("wati")) == Reason.KEY_LOST


def test_a_full_status_list_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    first = certified.issued()
    monkeypatch.setattr(services, "ROOM", 131072)
    second = certified.issued("wati")
    assert (first.status_list.number, second.status_list.number, second.status_index) == (1, 2, 0)


def batch_of(number: int, monkeypatch: pytest.MonkeyPatch) -> CertificateBatch:
    monkeypatch.setattr(batches, "STEP", 2)
    version = make.version()
    for one in range(number):
        certified.passed(f"orang{one}", of=version)
    return batches.begin_batch(by=make.manager(), at=NOW, version=version)


def test_a_batch_goes_on_after_a_crash_and_repeats_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = batch_of(5, monkeypatch)
    assert refusal(batches.begin_batch, version=batch.version) == Reason.BATCH_UNDER_WAY
    assert batches.issue_step(batch.pk, NOW)
    whole, at_most = services.issue_one, [1]

    def falls_over(*given: Any, **facts: Any) -> Any:
        if not at_most:
            raise RuntimeError("the worker is gone")
        at_most.pop()
        return whole(*given, **facts)

    monkeypatch.setattr(services, "issue_one", falls_over)
    with pytest.raises(RuntimeError), transaction.atomic():
        batches.issue_step(batch.pk, NOW)
    batch.refresh_from_db()
    assert (batch.done, Certificate.objects.count()) == (2, 2)  # nothing of the step that fell over
    monkeypatch.setattr(services, "issue_one", whole)
    assert batches.queries.stuck(NOW + timedelta(hours=1)) == [batch.pk]
    batches.go_on.func(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.total, Certificate.objects.count()) == (BatchState.DONE, 5, 5, 5)
    assert len(set(Certificate.objects.values_list("enrolment", flat=True))) == 5
    assert batches.queries.stuck(NOW + timedelta(hours=1)) == []


def test_a_batch_names_whom_it_refuses_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = batch_of(3, monkeypatch)
    Account.objects.filter(username="orang1").update(is_active=False)
    batches.go_on.func(batch.pk)
    batch.refresh_from_db()
    assert [one["reason"] for one in batch.refused] == [Reason.ACCOUNT_CLOSED]
    assert (batch.state, batch.done, Certificate.objects.count()) == ("done", 3, 2)


def test_a_step_locks_people_before_the_status_list_as_a_single_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = batch_of(2, monkeypatch)
    with CaptureQueriesContext(connection) as seen:
        batches.issue_step(batch.pk, NOW)
    asked = [one["sql"] for one in seen.captured_queries if one["sql"].startswith("SELECT")]
    people, lists = (
        next(place for place, sql in enumerate(asked) if f'FROM "training_{table}"' in sql)
        for table in ("enrolment", "statuslist")
    )
    assert people < lists


def test_a_batch_with_another_secret_than_before_is_not_begun() -> None:
    certified.issued()
    certified.passed("wati")
    version = CourseVersion.objects.get()
    with override_settings(FIELD_KEY="another"):
        assert refusal(batches.begin_batch, version=version) == Reason.KEY_LOST


def test_nobody_waits_no_batch() -> None:
    version = make.version()
    assert refusal(batches.begin_batch, version=version) == Reason.NOBODY_LEFT


def reminded(until: date, at_days: int) -> int:
    Certificate.objects.update(valid_until=until)
    return refreshers.remind_due(NOW + timedelta(days=at_days))


def test_each_reminder_goes_out_once() -> None:
    make.version(make.course(valid_months=12))
    made = certified.issued()
    Account.objects.filter(pk=made.account_id).update(email="sari@example.org")
    until = date(2026, 5, 1)  # sixty days on
    told = [reminded(until, days) for days in (0, 29, 30, 31, 53, 54, 60, 61, 62)]
    assert told == [0, 0, 1, 0, 1, 0, 0, 1, 0]
    assert list(Reminder.objects.order_by("id").values_list("kind", flat=True)) == ["soon", "last", "over"]


def test_nobody_is_reminded_of_what_was_renewed_or_without_a_mailbox() -> None:
    make.version(make.course(valid_months=12))
    made = certified.issued()
    assert reminded(date(2026, 3, 20), 0) == 0  # no mailbox
    Account.objects.filter(pk=made.account_id).update(email="sari@example.org")
    made.account.grants.update(ends_on=date(2026, 3, 1))
    assert reminded(date(2026, 3, 20), 0) == 0  # serves no longer
    made.account.grants.update(ends_on=None)
    assert reminded(date(2026, 3, 20), 0) == 1


def test_the_letter_leads_to_ones_own_page() -> None:
    make.version(make.course(valid_months=12))
    made = certified.issued()
    Account.objects.filter(pk=made.account_id).update(email="sari@example.org")
    certificate_letters.send_reminder.func(made.pk, "soon")
    assert mail.outbox[0].to == ["sari@example.org"]
    assert made.code in mail.outbox[0].subject
    assert "/belajar/sertifikat/" in mail.outbox[0].body


def test_without_months_it_does_not_expire() -> None:
    made = certified.issued()
    assert made.valid_until is None
    assert Course.objects.get().valid_months is None
    assert refusal(services.renew_certificate, certificate=made, reason="x") == Reason.NEVER_ENDS


def test_commands_remind_and_change_the_key(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("training", "rotate-key")
    call_command("training", "rotate-key")
    call_command("training", "remind")
    assert capsys.readouterr().out.splitlines() == [
        "key 1 signs from now on", "key 2 signs from now on", "0 reminders",
    ]  # fmt: skip


def test_the_rounds_of_the_worker_remind_and_one_that_fails_keeps_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def fails(_at: Any) -> None:
        raise RuntimeError("away")

    monkeypatch.setattr(rounds, "_others", [fails, lambda _at: seen.append("went")])
    monkeypatch.setattr(rounds.connection, "close", lambda: None)
    rounds.one_round()
    assert seen == ["went"]
