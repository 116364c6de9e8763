"""What happens to rounds, applications and their file check."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import storages
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pendamping.core import counters, formats
from pendamping.core.errors import OperationMismatch, Refused
from pendamping.core.models import JournalEntry, Operation
from pendamping.core.moments import day
from pendamping.facilitators import keys, letters
from pendamping.facilitators.enums.rounds import RoundStage
from pendamping.facilitators.models import Application, Check, Evidence, Post, Round, SecondCheck
from pendamping.facilitators.people import nik_index
from pendamping.facilitators.queries.applications import (
    applications_waiting_for_check,
    applications_waiting_for_counter,
    identity,
    lines_of,
    newer_set,
)
from pendamping.facilitators.queries.rounds import set_being_written, set_in_force
from pendamping.facilitators.services import applications, checks, evidence, requirements, rounds, verification
from pendamping.facilitators.services.defaults import seed_requirements
from pendamping.facilitators.tests import selection_factories as make
from pendamping.facilitators.tests.selection_factories import now
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def refused(act: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as found:
        act(at=facts.pop("at", now()), **facts)
    assert "{" not in found.value.message
    return found.value.code


def verbs() -> list[str]:
    return list(JournalEntry.objects.order_by("id").values_list("verb", flat=True))


def test_a_round_opens_with_its_requirements_frozen() -> None:
    found = make.opened()
    version = set_in_force(found)
    assert version is not None
    assert (found.stage, version.version, version.published_at is not None) == (RoundStage.OPEN, 1, True)
    by = make.secretariat()
    assert refused(rounds.edit_round, by=by, round=found, **make.round_facts()) == "round_frozen"
    assert refused(rounds.remove_post, by=by, post=found.posts.get()) == "round_frozen"
    first = version.requirements.first()
    facts = make.requirement_facts()
    assert refused(requirements.edit_requirement, by=by, requirement=first, **facts) == "requirements_frozen"
    assert list(counters.differences()) == []


def test_a_round_is_made_in_a_city_only() -> None:
    by = make.secretariat()
    assert refused(rounds.make_round, by=by, region=places.ward(), **make.round_facts()) == "round_not_a_city"


def test_a_post_stands_once_and_inside_its_city() -> None:
    found = make.drafted()
    make.post(found)
    facts = {"by": make.secretariat(), "round": found, "number": 1}
    assert refused(rounds.add_post, kind="ward_facilitator", region=found.region, **facts) == "post_twice"
    assert refused(rounds.add_post, kind="ward_facilitator", region=places.foreign_ward(), **facts) == "post_outside"
    assert refused(rounds.add_post, kind="city_coordinator", region=places.ward(), **facts) == "post_level"
    rounds.remove_post(by=make.secretariat(), at=now(), post=found.posts.get())
    assert not Post.objects.filter(round=found).exists()


def test_a_round_is_mended_while_prepared() -> None:
    found = make.drafted()
    rounds.edit_round(by=make.secretariat(), at=now(), round=found, **make.round_facts(reserves=5, title="Baru"))
    found.refresh_from_db()
    assert (found.reserves, found.title) == (5, "Baru")


def test_a_round_is_cancelled_with_a_reason_until_final() -> None:
    found = make.opened()
    assert refused(rounds.cancel_round, by=make.secretariat(), round=found, reason=" ") == "selection_reason_missing"
    rounds.cancel_round(by=make.secretariat(), at=now(), round=found, reason="Dasar hukum dicabut")
    found.refresh_from_db()
    assert (found.stage, found.cancelled_reason) == ("cancelled", "Dasar hukum dicabut")
    assert refused(rounds.cancel_round, by=make.secretariat(), round=found, reason="x") == "round_finished"
    assert refused(applications.begin_application, by=None, round=found, post=found.posts.get(),
                   secret_hash="x") == "application_not_open"  # fmt: skip


def test_examples_fill_an_empty_version_once() -> None:
    written = set_being_written(make.drafted())
    assert written is not None
    assert seed_requirements(by=make.secretariat(), at=now(), requirement_set=written) == 4
    assert seed_requirements(by=make.secretariat(), at=now(), requirement_set=written) == 0
    party = written.requirements.get(needs_second_check=True)
    assert (party.register_name, party.kind) == ("Sipol KPU", "declaration")


def test_a_requirement_taken_out_closes_the_gap() -> None:
    found = make.prepared()
    make.requirement(found, text="Ketiga")
    written = set_being_written(found)
    assert written is not None
    requirements.remove_requirement(by=make.secretariat(), at=now(), requirement=written.requirements.get(position=1))
    assert list(written.requirements.values_list("position", flat=True)) == [1, 2]


def test_a_second_check_names_its_register() -> None:
    written = set_being_written(make.drafted())
    facts = make.requirement_facts(needs_second_check=True)
    by = make.secretariat()
    assert refused(requirements.add_requirement, by=by, requirement_set=written, **facts) == "requirement_register"


def test_requirements_changed_after_opening_are_a_new_version_with_a_reason() -> None:
    found, by = make.opened(), make.secretariat()
    before = make.submitted(found)
    assert refused(requirements.begin_change, by=by, round=found, reason="") == "selection_reason_missing"
    written = requirements.begin_change(by=by, at=now(), round=found, reason="Putusan Komisi I")
    assert refused(requirements.begin_change, by=by, round=found, reason="lagi") == "requirements_change_begun"
    assert refused(requirements.publish_change, by=by, round=found) == "requirements_same"
    make.requirement(found, text="Ijazah SMA", evidence="Ijazah")
    assert newer_set(before) is None  # not in force yet
    requirements.publish_change(by=by, at=now(), round=found)
    before = make.fresh(before)
    assert (before.requirement_set.version, newer_set(before)) == (1, written)
    assert make.begun(found).requirement_set == written


def test_an_applicant_accepts_the_new_requirements_and_completes_them() -> None:
    found, by = make.opened(), make.secretariat()
    handed_in = make.submitted(found)
    requirements.begin_change(by=by, at=now(), round=found, reason="Putusan Komisi I")
    make.requirement(found, text="Ijazah SMA", evidence="Ijazah")
    requirements.publish_change(by=by, at=now(), round=found)
    done = applications.accept_requirements(by=None, at=now(), application=handed_in)
    assert (done.state, done.requirement_set.version, done.submitted_at) == ("draft", 2, None)
    assert [line.is_handed_in for line in lines_of(done)] == [True, True, False]
    assert refused(applications.accept_requirements, by=None, application=done) == "application_newest"
    assert refused(applications.submit_application, by=None, application=done) == "application_incomplete"
    evidence.keep_file(by=None, at=now(), application=done, requirement=lines_of(done)[2].requirement,
                       file=make.clean_pdf())  # fmt: skip
    assert applications.submit_application(by=None, at=now(), application=done).state == "submitted"
    assert list(counters.differences()) == []


def test_a_change_given_up_leaves_nothing() -> None:
    found, by = make.opened(), make.secretariat()
    requirements.begin_change(by=by, at=now(), round=found, reason="Coba")
    requirements.drop_change(by=by, at=now(), round=found)
    assert found.requirement_sets.count() == 1
    assert refused(requirements.drop_change, by=by, round=found) == "requirements_no_change"


def test_identity_is_encrypted_and_the_nik_is_nowhere() -> None:
    found = make.filled(make.opened())
    assert identity(found)["name"] == "Ani Contoh"
    assert found.nik_last_four == "0001"
    everything = repr([list(Application.objects.values_list()), list(JournalEntry.objects.values_list())])
    assert "Ani Contoh" not in everything
    assert make.NIK not in everything


def test_handing_in_tells_what_is_missing() -> None:
    found = make.begun(make.opened())
    with pytest.raises(Refused) as refusal:
        applications.submit_application(by=None, at=now(), application=found)
    assert "Memiliki KTP" in refusal.value.message
    whole = make.filled(found.round)
    assert refused(applications.submit_application, by=None, application=whole) == "application_unverified"


def test_the_same_nik_applies_once_per_round_and_again_after_withdrawing() -> None:
    found = make.opened()
    first, second = make.submitted(found), make.verified(found)
    assert refused(applications.submit_application, by=None, application=second) == "application_nik_twice"
    applications.withdraw_application(by=None, at=now(), application=first, reason="Salah formasi")
    assert applications.submit_application(by=None, at=now(), application=second).state == "submitted"


def test_the_same_nik_applies_in_another_round() -> None:
    make.submitted(make.opened())
    assert make.submitted(make.opened(title="Seleksi lain")).state == "submitted"


@pytest.mark.parametrize("stage", ["open", "checking", "testing", "interviewing", "ranked"])
def test_an_applicant_withdraws_at_each_stage(stage: str) -> None:
    found = make.submitted(make.opened())
    Round.objects.filter(pk=found.round_id).update(stage=stage)
    done = applications.withdraw_application(by=None, at=now(), application=found, reason="Bekerja di tempat lain")
    assert (done.state, done.withdrawn_reason) == ("withdrawn", "Bekerja di tempat lain")
    assert JournalEntry.objects.get(verb="facilitators.application_withdrawn").reason == ""
    assert refused(applications.withdraw_application, by=None, application=found, reason="x") == "application_withdrawn"


def test_withdrawing_needs_a_reason_once_handed_in_and_ends_with_the_final_result() -> None:
    found = make.submitted(make.opened())
    act = applications.withdraw_application
    assert refused(act, by=None, application=found, reason="") == "selection_reason_missing"
    Round.objects.filter(pk=found.round_id).update(stage="final")
    assert refused(act, by=None, application=found, reason="x") == "application_final"
    called_off = {"stage": "cancelled", "cancelled_at": timezone.now(), "cancelled_reason": "Anggaran dicabut"}
    Round.objects.filter(pk=found.round_id).update(**called_off)
    assert refused(act, by=None, application=found, reason="x") == "application_round_cancelled"


def test_registration_ends_with_the_last_day_in_the_zone_of_the_city() -> None:
    found = make.opened()
    found.region.zone = "Asia/Jayapura"  # UTC+9, two hours before Jakarta
    found.region.save()
    application = make.verified(found)
    closes = found.closes_on
    last = datetime(closes.year, closes.month, closes.day, 14, 59, tzinfo=UTC)
    late = last + timedelta(minutes=1)
    act = applications.submit_application
    assert refused(act, by=None, application=application, at=late) == "application_closed"
    assert act(by=None, at=last, application=application).state == "submitted"
    assert refused(applications.save_application, by=None, application=make.begun(found), person=make.person(),
                   at=late) == "application_closed"  # fmt: skip


def test_another_mailbox_or_another_card_must_be_proved_again() -> None:
    found = make.verified(make.opened())
    again = applications.save_application(
        by=None, at=now(), application=found, person=make.person(email="lain@contoh.invalid")
    )
    assert again.verified_at is None
    shown = verification.verify_at_counter(
        by=make.checker(), at=now(), application=again, shown_index=nik_index(make.NIK)
    )
    assert shown.verified_by == make.checker()
    other = applications.save_application(by=None, at=now(), application=shown, person=make.person("3278014506950002"))
    assert (other.verified_at, other.verified_by) == (None, None)


def test_verification_refuses_a_wrong_code_and_a_foreign_card() -> None:
    found, by = make.filled(make.opened()), make.checker()
    assert refused(verification.verify_by_mail, by=None, application=found, said="000") == "application_mail_code"
    card = {"by": by, "application": found, "shown_index": nik_index("3278014506950009")}
    assert refused(verification.verify_at_counter, **card) == "application_nik_differs"
    assert refused(verification.renew_key, **card, secret_hash="x") == "application_nik_differs"


def test_a_new_key_shuts_the_old_one_out() -> None:
    found = make.filled(make.opened())
    key = keys.new_key()
    done = verification.renew_key(
        by=make.checker(), at=now(), application=found, secret_hash=keys.hash_key(key),
        shown_index=nik_index(make.NIK),
    )  # fmt: skip
    assert (keys.opens(done, key.lower().replace("-", " ")), keys.opens(done, make.KEY)) == (True, False)


def test_files_are_sealed_replaced_and_removed(django_capture_on_commit_callbacks: Any) -> None:
    found = make.begun(make.opened())
    document = lines_of(found)[0].requirement
    facts = {"by": None, "at": now(), "application": found, "requirement": document}
    kept = evidence.keep_file(**facts, file=make.clean_pdf(b"%PDF-satu"))
    assert evidence.read_file(kept) == b"%PDF-satu"
    with storages["evidence"].open(kept.file.name) as stored:
        assert b"satu" not in stored.read()
    old = kept.file.name
    with django_capture_on_commit_callbacks(execute=True):
        kept = evidence.keep_file(**facts, file=make.clean_pdf(b"%PDF-dua"))
    assert evidence.read_file(kept) == b"%PDF-dua"
    assert not storages["evidence"].exists(old)
    with django_capture_on_commit_callbacks(execute=True):
        evidence.remove_file(**facts)
    assert (Evidence.objects.count(), storages["evidence"].exists(kept.file.name)) == (0, False)
    assert refused(evidence.remove_file, by=None, application=found, requirement=document) == "evidence_missing"


def test_a_declaration_is_ticked_and_unticked() -> None:
    found = make.begun(make.opened())
    document, party = (line.requirement for line in lines_of(found))
    facts = {"by": None, "at": now(), "application": found, "requirement": party}
    evidence.declare(**facts, is_declared=True)
    evidence.keep_file(**facts, file=make.clean_pdf())
    evidence.declare(**facts, is_declared=False)
    assert lines_of(found)[1].is_handed_in is False
    evidence.remove_file(**facts)
    assert Evidence.objects.count() == 0
    assert refused(evidence.declare, by=None, application=found, requirement=document,
                   is_declared=True) == "evidence_requirement"  # fmt: skip


def test_nothing_is_added_after_handing_in() -> None:
    found = make.submitted(make.opened())
    facts = {"by": None, "application": found, "requirement": lines_of(found)[0].requirement}
    assert refused(evidence.keep_file, **facts, file=make.clean_pdf()) == "application_not_draft"
    assert refused(applications.save_application, by=None, application=found,
                   person=make.person()) == "application_not_draft"  # fmt: skip


def test_letters_wait_sealed_and_carry_what_proves_the_mailbox(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    found = make.opened()
    made = applications.begin_and_write(
        by=None, at=now(), round=found, post=found.posts.get(), secret_hash=keys.hash_key(make.KEY),
        person=make.person(), key=make.KEY,
    )  # fmt: skip
    assert [letter.to for letter in mail.outbox] == [["ani@contoh.invalid"]]
    assert all(
        word in mail.outbox[0].body for word in (made.code, make.KEY, keys.mail_code(made, "ani@contoh.invalid"))
    )


def test_a_letter_on_its_way_holds_nothing_readable() -> None:
    letters.send_proof(make.filled(make.opened()))
    waiting = DBTaskResult.objects.get()
    assert "contoh.invalid" not in repr(waiting.args_kwargs)


def test_file_check_passes_only_with_the_independent_check() -> None:
    found = make.submitted(make.opened())
    make.closed(found.round)
    make.checked(found)
    act = checks.conclude_files
    with pytest.raises(Refused) as refusal:
        act(by=make.checker(), at=now(), application=found)
    assert refusal.value.code == "check_still_open"
    assert "partai" in refusal.value.message
    make.second(found)
    result = act(by=make.checker(), at=now(), application=found)
    assert (result.passed, result.released_at is not None) == (True, True)
    assert refused(act, by=make.checker(), application=found) == "check_concluded"
    assert list(applications_waiting_for_check()) == []


def test_what_the_register_found_fails_with_its_reason_and_stays_out_of_the_journal() -> None:
    found = make.submitted(make.opened())
    make.closed(found.round)
    make.checked(found)
    make.second(found, "found", reason="Terdaftar sebagai pengurus")
    result = checks.conclude_files(by=make.checker(), at=now(), application=found)
    assert result.passed is False
    assert "Terdaftar sebagai pengurus" in result.reason
    assert "pasal 5" in result.reason
    told = repr(list(JournalEntry.objects.filter(verb__contains="check").values_list("changes", "reason")))
    assert "found" not in told
    assert "Terdaftar" not in told


def test_second_checker_is_somebody_else_whoever_came_first() -> None:
    found = make.submitted(make.opened())
    make.closed(found.round)
    party = lines_of(found)[1].requirement
    facts = {"application": found, "requirement": party}
    make.second(found, by=make.checker("satu"))
    check = {**facts, "is_there": True, "right": "yes"}
    assert refused(checks.check_requirement, by=make.checker("satu"), **check) == "check_same_checker"
    checks.check_requirement(by=make.checker("dua"), at=now(), **check)
    second = {**facts, "result": "clear", "done_on": day(now()), "reference": "1"}
    assert refused(checks.record_second_check, by=make.checker("dua"), **second) == "check_same_checker"
    tomorrow = {**second, "done_on": day(now()) + timedelta(days=2)}
    assert refused(checks.record_second_check, by=make.checker("tiga"), **tomorrow) == "check_future_day"


def test_who_typed_it_at_the_counter_does_not_check_it() -> None:
    by = make.checker("loket")
    found = make.submitted(make.opened(), by=by)
    assert (found.entered_by, list(applications_waiting_for_counter(now()))) == (by, [])
    make.closed(found.round)
    facts = {"application": found, "requirement": lines_of(found)[0].requirement, "is_there": True, "right": "yes"}
    assert refused(checks.check_requirement, by=by, **facts) == "check_own_entry"
    assert refused(checks.conclude_files, by=by, application=found) == "check_own_entry"


def test_who_typed_scanned_handed_in_or_answered_for_another_does_not_check_it() -> None:
    began, typed, scanned, gave, answered = (make.checker(name) for name in ("satu", "dua", "tiga", "empat", "lima"))
    found = make.verified(make.opened(), by=began)
    first = lines_of(found)[0].requirement
    applications.save_application(by=typed, at=now(), application=found, person=make.person())
    evidence.keep_file(by=scanned, at=now(), application=found, requirement=first, file=make.clean_pdf())
    applications.submit_application(by=gave, at=now(), application=found)
    make.closed(found.round)
    asks = {"right": "unclear", "reason": "Buram", "answer_until": day(now()) + timedelta(days=2)}
    check = {"application": found, "requirement": first, "is_there": True, **asks}
    checks.check_requirement(by=answered, at=now(), **check)
    evidence.answer_clarification(by=answered, at=now(), application=found, requirement=first, answer="Ini")
    for person in (began, typed, scanned, gave, answered):
        assert refused(checks.conclude_files, by=person, application=found) == "check_own_entry"
    checks.check_requirement(by=make.checker(), at=now(), **{**check, "right": "yes", "reason": ""})


def test_clarification_is_asked_answered_and_decided() -> None:
    found = make.submitted(make.opened())
    make.closed(found.round)
    document = lines_of(found)[0].requirement
    until = day(now()) + timedelta(days=2)
    facts = {"application": found, "requirement": document, "is_there": True}
    asks = {**facts, "right": "unclear", "reason": "Foto buram", "answer_until": until}
    answer = {"application": found, "requirement": document, "answer": "Ini foto baru"}
    assert refused(evidence.answer_clarification, by=None, **answer) == "clarify_not_asked"
    checks.check_requirement(by=make.checker(), at=now(), **asks)
    denies = {**facts, "right": "no", "reason": "Buram"}
    assert refused(checks.check_requirement, by=make.checker(), **denies) == "check_answer_pending"
    late = now() + timedelta(days=3)
    assert refused(evidence.answer_clarification, by=None, **answer, at=late) == "clarify_late"
    assert refused(evidence.answer_clarification, by=None, **{**answer, "answer": " "}) == "clarify_empty"
    evidence.answer_clarification(by=None, at=now(), **answer, file=make.clean_pdf(b"%PDF-baru"))
    line = lines_of(found)[0]
    assert (line.check and line.check.answer, len(line.answer_files) == 1, line.is_asked) == (
        "Ini foto baru", True, False,
    )  # fmt: skip
    checks.check_requirement(by=make.checker(), at=now(), **denies)
    result = checks.conclude_files(by=make.checker(), at=now(), application=found)
    assert (result.passed, "Buram" in result.reason) == (False, True)


def asked(**changes: Any) -> tuple[Any, Any]:
    """An application of which something is asked, and how to check it again."""
    found = make.submitted(make.opened())
    make.closed(found.round)
    facts = {
        "by": make.checker(), "application": found, "requirement": lines_of(found)[0].requirement, "is_there": True,
        "right": "unclear", "reason": "Foto buram", "answer_until": day(now()) + timedelta(days=2), **changes,
    }  # fmt: skip

    def check(**changes: Any) -> Any:
        checks.check_requirement(**{"at": now(), **facts, **changes})
        return lines_of(found)[0].check

    check()
    return found, check


def test_answer_stays_when_the_same_is_asked_and_beside_the_next_question(monkeypatch: pytest.MonkeyPatch) -> None:
    found, check = asked()
    sent: list[str] = []
    monkeypatch.setattr(letters, "send_news", lambda _to, news: sent.append(news))
    answer = {"by": None, "at": now(), "application": found, "requirement": lines_of(found)[0].requirement}
    evidence.answer_clarification(**answer, answer="Ini foto baru", file=make.clean_pdf(b"%PDF-1"))
    kept = check(note="Sudah dilihat", answer_until=day(now()) + timedelta(days=3))
    assert (kept.answer, kept.answered_at is not None, kept.earlier, sent) == ("Ini foto baru", True, "", [])
    again = check(reason="Halaman 2 hilang")
    assert (again.answer, again.answered_at, sent) == ("", None, [checks.ASKED])
    assert again.earlier == f"Foto buram Dijawab {formats.day(now())}: Ini foto baru"
    evidence.answer_clarification(**answer, answer="", file=make.clean_pdf(b"%PDF-2"))
    assert len(lines_of(found)[0].answer_files) == 2
    assert check(reason="Halaman 3 hilang").earlier.splitlines()[1].startswith("Halaman 2 hilang Dijawab")


def test_a_later_day_for_the_same_question_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _found, check = asked()
    sent: list[str] = []
    monkeypatch.setattr(letters, "send_news", lambda _to, news: sent.append(news))
    check(note="Alamat dicek")
    assert sent == []
    check(answer_until=day(now()) + timedelta(days=4))
    assert sent == [checks.ASKED]


def test_a_question_taken_back_unanswered_is_asked_again_before_saying_no() -> None:
    _found, check = asked()
    check(right="yes", reason="")
    denies = {"right": "no", "reason": "Buram"}
    assert refused(check, **denies) == "check_ask_again"
    assert refused(check, **denies, at=now() + timedelta(days=5)) == "check_ask_again"
    check()
    assert refused(check, **denies) == "check_answer_pending"
    assert check(**denies, at=now() + timedelta(days=5)).right == "no"


def test_a_second_check_is_replaced_with_a_reason_and_the_one_before_stays() -> None:
    found = make.submitted(make.opened())
    make.closed(found.round)
    make.second(found, "found", reason="Terdaftar", by=make.checker("satu"))
    with pytest.raises(Refused, check=lambda refusal: refusal.code == "check_reason"):
        make.second(found, "clear", by=make.checker("dua"))
    make.second(found, "clear", reason="Nama yang sama, NIK lain", by=make.checker("dua"))
    line = lines_of(found)[1]
    assert (line.second and line.second.result, [one.result for one in line.replaced]) == ("clear", ["found"])
    assert line.replaced[0].checker == make.checker("satu")
    told = JournalEntry.objects.filter(verb="facilitators.second_check_recorded").order_by("id")
    assert [one.changes["replaced"] for one in told] == [False, True]
    assert "Terdaftar" not in repr([one.changes for one in told])


def test_files_are_checked_in_their_stage_only_and_never_after_withdrawing() -> None:
    found = make.submitted(make.opened())
    facts = {"application": found, "requirement": lines_of(found)[0].requirement, "is_there": True, "right": "yes"}
    assert refused(checks.check_requirement, by=make.checker(), **facts) == "check_not_now"
    make.closed(found.round)
    applications.withdraw_application(by=None, at=now(), application=found, reason="Pindah")
    assert refused(checks.check_requirement, by=make.checker(), **facts) == "check_not_submitted"


def test_a_round_goes_on_to_the_test_when_all_files_are_concluded() -> None:
    found = make.submitted(make.opened())
    round_ = make.closed(found.round)
    act, by = rounds.advance_round, make.secretariat()
    assert refused(act, by=by, round=round_, to="testing") == "round_unchecked"
    make.checked(found)
    make.second(found)
    checks.conclude_files(by=make.checker(), at=now(), application=found)
    assert act(by=by, at=now(), round=round_, to="testing").stage == "testing"
    assert refused(act, by=by, round=round_, to="interviewing") == "round_untested"
    assert refused(act, by=by, round=round_, to="ranked") == "round_not_next"


def test_forgetting_destroys_who_and_what(django_capture_on_commit_callbacks: Any) -> None:
    found = make.submitted(make.opened())
    make.closed(found.round)
    make.checked(found)
    make.second(found, "found", reason="Pengurus")
    checks.conclude_files(by=make.checker(), at=now(), application=found)
    names = [one.file.name for one in Evidence.objects.exclude(file="")]
    with django_capture_on_commit_callbacks(execute=True):
        done = evidence.forget_application(by=None, at=now(), application=found)
    assert [storages["evidence"].exists(name) for name in names] == [False]
    assert (done.subject_key, done.nik_index, done.name_cipher, done.secret_hash) == (None, None, None, "")
    assert (Evidence.objects.count(), Check.objects.count(), SecondCheck.objects.count()) == (0, 0, 0)
    assert "Pengurus" not in done.results.get().reason
    evidence.forget_application(by=None, at=now(), application=found)
    assert verbs().count("facilitators.application_forgotten") == 1
    assert list(counters.differences()) == []


def test_an_act_sent_twice_happens_once_and_its_operation_keeps_no_number() -> None:
    found, op = make.opened(), uuid.uuid4()
    facts = {"by": None, "at": now(), "op": op, "round": found, "post": found.posts.get(),
             "secret_hash": keys.hash_key(keys.key_of(op))}  # fmt: skip
    first = applications.begin_application(**facts)
    assert applications.begin_application(**facts) == first
    with pytest.raises(OperationMismatch):
        applications.begin_application(**{**facts, "secret_hash": "lain"})
    assert Operation.objects.count() == 1
    assert str(make.person()) != str(make.person("3278014506950002"))
    assert make.NIK not in str(make.person())
