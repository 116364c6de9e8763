"""Decrees, appointing, contracts, replacing, taking over: what happens and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from pendamping.access.models import Account, Grant
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import Document, JournalEntry
from pendamping.facilitators import decree_papers
from pendamping.facilitators.enums.appointments import DecreeKind, Reason
from pendamping.facilitators.enums.assignments import Reason as AssignmentReason
from pendamping.facilitators.enums.rounds import PostKind, RoundStage, SelectionOutcome
from pendamping.facilitators.models import Appointment, Assignment, DutyHandover
from pendamping.facilitators.queries import appointments as queries
from pendamping.facilitators.services import appointments, contracts, decrees, duty_handovers
from pendamping.facilitators.tests import appointment_factories as make
from pendamping.facilitators.tests.appointment_factories import END, NOW, START, TODAY
from pendamping.needs.tests import factories as needs
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


def refusal(service: Callable[..., Any], **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(**{"by": make.secretariat(), "at": NOW, **facts})
    assert str(caught.value)
    return caught.value.reason


def replacement(**changes: Any) -> Any:
    return make.decree("SK-2/2026", DecreeKind.REPLACEMENT, **changes)


def words_of(paper: Document) -> str:
    with paper.file.open("rb") as kept:
        return str(PdfReader(kept).pages[0].extract_text())


# Decrees


def test_a_decree_is_recorded_once_per_number(ward: Region) -> None:
    made = make.decree()
    assert (made.number, made.signatory, made.ends_on) == ("SK-1/2026", "Wali Kota", END)
    with pytest.raises(Refused) as caught:
        make.decree("SK-1/2026")
    assert (caught.value.reason, caught.value.field) == (Reason.NUMBER_TAKEN, "number")


def test_revoking_a_decree_ends_all_that_rests_on_it(ward: Region) -> None:
    first, second = make.placed(ward), make.placed(places.ward(2), "Tono Contoh")
    decree = first.decree
    annex = decrees.issue_annex(decree=decree, at=NOW)
    certificate = decrees.issue_certificate(appointment=first.appointment, at=NOW)
    decrees.revoke_decree(by=make.secretariat(), at=NOW, decree=decree, on=TODAY, reason="Putusan PTUN")
    for one in (first, second):
        one.refresh_from_db()
        one.appointment.refresh_from_db()
        one.grant.refresh_from_db()
        assert (one.ended_on, one.appointment.ended_on) == (TODAY, TODAY)
        assert "Putusan PTUN" in one.ended_reason
        assert one.grant.revoked_at == NOW
    for paper in (annex, certificate):
        paper.refresh_from_db()
        assert not paper.is_valid
    assert refusal(decrees.revoke_decree, decree=decree, on=TODAY, reason="Lagi") == Reason.DECREE_REVOKED
    person = personas.account("baru")
    refused = refusal(appointments.appoint, decree=decree, account=person, kind=PostKind.WARD_FACILITATOR)
    assert refused == Reason.DECREE_REVOKED


def test_revoking_also_ends_those_whose_last_day_was_announced(ward: Region) -> None:
    leaves, left = make.placed(ward).appointment, make.left(places.ward(2), "Tono Contoh", on=TODAY - timedelta(days=1))
    announced = {"appointment": leaves, "ended_on": TODAY + timedelta(days=60), "reason": "Pensiun"}
    appointments.end_appointment(by=make.secretariat(), at=NOW, **announced)
    decrees.revoke_decree(by=make.secretariat(), at=NOW, decree=leaves.decree, on=TODAY, reason="Putusan PTUN")
    for one, day in ((leaves, TODAY), (left, TODAY - timedelta(days=1))):
        one.refresh_from_db()
        assert one.ended_on == day


def test_a_decree_revoked_for_a_later_day_leaves_the_role_until_then(ward: Region) -> None:
    one, later = make.placed(ward), TODAY + timedelta(days=9)
    decrees.revoke_decree(by=make.secretariat(), at=NOW, decree=one.decree, on=later, reason="Diganti")
    one.refresh_from_db()
    assert (one.ended_on, one.grant.revoked_at, one.grant.ends_on) == (later, None, later)


def test_the_annex_lists_everybody_and_is_printed_anew_when_the_list_changes(ward: Region) -> None:
    one = make.placed(ward)
    first = decrees.issue_annex(decree=one.decree, at=NOW)
    assert decrees.issue_annex(decree=one.decree, at=NOW) == first
    text = words_of(first)
    assert "Ani Contoh" in text
    assert "Sukamaju 1" in text
    make.appointed("Tono Contoh")
    one.decree.refresh_from_db()
    second = decrees.issue_annex(decree=one.decree, at=NOW)
    first.refresh_from_db()
    assert (first.is_valid, second.is_valid) == (False, True)
    paper = decrees.issue_certificate(appointment=one.appointment, at=NOW)
    assert paper.code in words_of(paper)


def test_an_excerpt_falls_when_the_term_has_changed_since(ward: Region) -> None:
    one, other = make.placed(ward).appointment, make.appointed("Tono Contoh")
    first, theirs = (decrees.issue_certificate(appointment=each, at=NOW) for each in (one, other))
    assert decrees.issue_certificate(appointment=one, at=NOW) == first
    appointments.end_appointment(by=make.secretariat(), at=NOW, appointment=one, ended_on=TODAY, reason="Sakit")
    first.refresh_from_db()
    assert (first.is_valid, "Sakit" in first.revoked_reason) == (False, False)
    one.refresh_from_db()
    second = decrees.issue_certificate(appointment=one, at=NOW)
    theirs.refresh_from_db()
    assert (theirs.is_valid, second.is_valid) == (True, True)


def test_an_excerpt_falls_to_a_newer_one_when_a_place_was_added(ward: Region) -> None:
    one = make.placed(ward).appointment
    first = decrees.issue_certificate(appointment=one, at=NOW)
    make.placed(places.ward(2))
    second = decrees.issue_certificate(appointment=one, at=NOW)
    first.refresh_from_db()
    assert (first.is_valid, second.is_valid) == (False, True)
    assert second.code in first.revoked_reason


# Appointing


def test_the_chosen_applicant_gets_an_account_an_appointment_and_a_place(ward: Region) -> None:
    chosen = make.standing(make.post(make.final_round(), ward), email="ani@contoh.test", phone="0812 3456 7890")
    made = appointments.appoint(by=make.secretariat(), at=NOW, decree=make.decree(), standing=chosen)
    assert (made.account.username, made.account.name, made.account.email) == (
        "ani.contoh",
        "Ani Contoh",
        "ani@contoh.test",
    )
    assert (made.kind, made.application, made.starts_on, made.ends_on) == (
        PostKind.WARD_FACILITATOR, chosen.application, START, END,
    )  # fmt: skip
    one, grant = Assignment.objects.get(), Grant.objects.get(account=made.account)
    assert (one.region, one.grant, grant.starts_on, grant.ends_on) == (ward, grant, START, END)
    entry = JournalEntry.objects.get(verb="facilitators.appointed")
    assert (entry.is_public, "Ani" in str(entry.changes) + entry.subject_label) == (False, False)


def test_somebody_without_email_or_phone_is_appointed_all_the_same(ward: Region) -> None:
    chosen = make.standing(make.post(make.final_round(), ward))
    made = appointments.appoint(by=make.secretariat(), at=NOW, decree=make.decree(), standing=chosen)
    assert (made.account.email, made.account.phone_index) == ("", None)


def test_user_names_do_not_meet(ward: Region) -> None:
    personas.account("ani.contoh")
    chosen = make.standing(make.post(make.final_round(), ward), "Áni Contoh, S.T.")
    made = appointments.appoint(by=make.secretariat(), at=NOW, decree=make.decree(), standing=chosen)
    assert made.account.username == "ani.contoh2"


@pytest.mark.parametrize(
    ("stage", "outcome", "version", "reason"),
    [
        (RoundStage.RANKED, SelectionOutcome.CHOSEN, 1, Reason.NOT_FINAL),
        (RoundStage.FINAL, SelectionOutcome.RESERVE, 1, Reason.NOT_CHOSEN),
        (RoundStage.FINAL, SelectionOutcome.FAILED, 1, Reason.NOT_CHOSEN),
        (RoundStage.FINAL, SelectionOutcome.CHOSEN, 2, Reason.RANKED_ANEW),
    ],
)
def test_only_the_chosen_of_the_final_ranking(
    ward: Region, stage: str, outcome: str, version: int, reason: Any
) -> None:
    found = make.standing(make.post(make.final_round(stage=stage), ward), outcome=outcome, version=version)
    assert refusal(appointments.appoint, decree=make.decree(), standing=found) == reason


def test_an_account_that_exists_already_has_to_be_chosen(ward: Region) -> None:
    known = personas.account("ani.lama")
    Account.objects.filter(pk=known.pk).update(email="ani@contoh.test")
    chosen, decree = make.standing(make.post(make.final_round(), ward), email="ani@contoh.test"), make.decree()
    assert refusal(appointments.appoint, decree=decree, standing=chosen) == Reason.ACCOUNT_EXISTS
    made = appointments.appoint(by=make.secretariat(), at=NOW, decree=decree, standing=chosen, account=known)
    assert (made.account, made.application) == (known, chosen.application)
    assert refusal(appointments.appoint, decree=decree, standing=chosen, account=known) == Reason.ALREADY_APPOINTED


def test_appointing_is_refused(ward: Region) -> None:
    decree, person = make.decree(), personas.account("ani")
    kind = {"kind": PostKind.WARD_FACILITATOR}
    appoint = appointments.appoint
    assert refusal(appoint, decree=decree) == Reason.WHO_MISSING
    assert refusal(appoint, decree=decree, account=person) == Reason.KIND_MISSING
    assert refusal(appoint, decree=decree, account=make.secretariat(), **kind) == Reason.NOT_ONESELF
    late = {"ends_on": END + timedelta(days=1)}
    assert refusal(appoint, decree=decree, account=person, **kind, **late) == Reason.OUTSIDE_DECREE
    dismissal = make.decree("SK-3/2026", DecreeKind.DISMISSAL)
    assert refusal(appoint, decree=dismissal, account=person, **kind) == Reason.WRONG_DECREE
    make.appointed(account=person)
    assert refusal(appoint, decree=decree, account=person, **kind) == Reason.ALREADY_SERVES
    off = personas.account("mati")
    Account.objects.filter(pk=off.pk).update(is_active=False)
    assert refusal(appoint, decree=decree, account=off, **kind) == Reason.ACCOUNT_DISABLED
    gone = make.standing(make.post(make.final_round(), ward), "Tono Contoh")
    type(gone.application).objects.filter(pk=gone.application_id).update(subject_key=None)
    assert refusal(appoint, decree=decree, standing=gone) == Reason.IDENTITY_GONE


def test_a_post_for_an_area_needs_the_first_ward() -> None:
    area = make.post(make.final_round(), places.district())
    chosen, decree = make.standing(area), make.decree()
    assert refusal(appointments.appoint, decree=decree, standing=chosen) == Reason.UNIT_NEEDED
    facts = {"decree": decree, "standing": chosen, "unit": places.ward(2)}
    appointments.appoint(by=make.secretariat(), at=NOW, **facts)
    assert Assignment.objects.get().region == places.ward(2)


def test_a_coordinator_is_not_placed_at_a_ward_when_appointed(ward: Region) -> None:
    area = make.post(make.final_round(), places.district(), PostKind.AREA_COORDINATOR)
    facts = {"decree": make.decree(), "standing": make.standing(area), "unit": ward}
    with pytest.raises(Refused):
        appointments.appoint(by=make.secretariat(), at=NOW, **facts)
    assert (Account.objects.filter(username="ani.contoh").count(), Appointment.objects.count()) == (0, 0)


def test_ending_an_appointment_ends_its_assignments_and_roles(ward: Region) -> None:
    one = make.placed(ward)
    make.placed(places.ward(2))
    appointments.end_appointment(
        by=make.secretariat(), at=NOW, appointment=one.appointment, ended_on=TODAY, reason="Mengundurkan diri"
    )
    assert list(Assignment.objects.values_list("ended_on", flat=True)) == [TODAY, TODAY]
    assert not Grant.objects.filter(account=one.account, revoked_at=None).exists()
    end = appointments.end_appointment
    assert refusal(end, appointment=one.appointment, ended_on=TODAY, reason="x") == Reason.ENDED_ALREADY
    assert refusal(end, appointment=one.appointment, ended_on=START, reason="x", at=NOW + timedelta(days=1)) == (
        Reason.ENDED_ALREADY
    )
    other = make.appointed("Tono Contoh")
    assert refusal(end, appointment=other, ended_on=END, reason="x") == Reason.END_OUTSIDE_TERM
    assert refusal(end, appointment=other, ended_on=TODAY, reason=" ") == Reason.REASON_MISSING


def test_an_end_announced_for_a_later_day_is_brought_forward(ward: Region) -> None:
    one, end = make.placed(ward), {"by": make.secretariat(), "at": NOW, "reason": "Mengundurkan diri"}
    facts = {"appointment": one.appointment}
    appointments.end_appointment(**end, **facts, ended_on=TODAY + timedelta(days=60))
    assert refusal(appointments.end_appointment, **facts, ended_on=TODAY + timedelta(days=61), reason="x") == (
        Reason.ENDED_ALREADY
    )
    ended = appointments.end_appointment(**end, **facts, ended_on=TODAY + timedelta(days=9))
    one.refresh_from_db()
    assert (ended.ended_on, one.ended_on, one.grant.ends_on) == (*[TODAY + timedelta(days=9)] * 3,)


# Contracts


def test_a_contract_lies_in_its_year_and_term_and_is_renewed_for_the_next() -> None:
    long = make.decree(ends_on=date(2027, 6, 30))
    one = make.appointed(of=long)
    signed = make.contract(one)
    assert queries.contract_on(one.account, TODAY) == signed
    assert refusal(make_contract(one)) == Reason.YEAR_TAKEN
    follows = {"fiscal_year": 2027, "starts_on": date(2027, 1, 1), "ends_on": date(2027, 6, 30)}
    assert refusal(make_contract(one, **follows)) == Reason.RENEW_INSTEAD
    renew = {"contract": signed, "number": "K-2", "signed_on": END, "monthly": 2_700_000, "reason": "Nilai baik"}
    next_year = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 6, 30)}
    assert refusal(contracts.renew_contract, **renew, starts_on=START, ends_on=END) == Reason.NOT_NEXT_YEAR
    assert refusal(contracts.renew_contract, **{**renew, "reason": ""}, **next_year) == Reason.REASON_MISSING
    too_long = {**next_year, "ends_on": date(2027, 12, 31)}
    assert refusal(contracts.renew_contract, **renew, **too_long) == Reason.CONTRACT_OUTSIDE
    made = contracts.renew_contract(by=make.secretariat(), at=NOW, **renew, **next_year)
    assert (made.fiscal_year, made.renews, made.monthly) == (2027, signed, 2_700_000)
    assert refusal(contracts.renew_contract, **renew, **next_year) == Reason.RENEWED_ALREADY


def make_contract(one: Appointment, **changes: Any) -> Callable[..., Any]:
    return lambda by, at: make.contract(one, **changes)


# Replacing


def test_the_next_of_the_reserve_list_follows_and_passing_over_needs_a_reason(ward: Region) -> None:
    post = make.post(make.final_round(), ward)
    chosen = make.standing(post)
    first, second = (make.standing(post, f"Cadangan {n}", rank=n + 1, outcome=SelectionOutcome.RESERVE) for n in (1, 2))
    before = appointments.appoint(by=make.secretariat(), at=NOW, decree=make.decree(), standing=chosen)
    facts = {"leaving": before, "decree": replacement(starts_on=TODAY), "reason": "Mengundurkan diri"}
    assert refusal(appointments.replace, **facts, standing=first) == Reason.STILL_SERVES
    appointments.end_appointment(
        by=make.secretariat(), at=NOW, appointment=before, ended_on=TODAY, reason="Mengundurkan diri"
    )
    assert [one.pk for one in queries.waiting_for_successor(TODAY)] == [before.pk]
    assert refusal(appointments.replace, **facts, standing=second) == Reason.SKIP_REASON_MISSING
    assert refusal(appointments.replace, **facts, account=personas.account("orang")) == Reason.RESERVE_FIRST
    assert refusal(appointments.replace, **facts, standing=chosen) == Reason.ALREADY_APPOINTED
    made = appointments.replace(
        by=make.secretariat(), at=NOW, **facts, standing=second, skipped="Cadangan 1 sudah bekerja di tempat lain"
    )
    assert (made.replaces, made.account.name, made.starts_on) == (before, "Cadangan 2", TODAY + timedelta(days=1))
    assert refusal(appointments.replace, **facts, standing=first) == Reason.REPLACED_ALREADY
    assert not queries.waiting_for_successor(TODAY)


def test_whom_a_revoked_decree_appointed_can_be_appointed_from_the_ranking_again(ward: Region) -> None:
    post = make.post(make.final_round(), ward)
    chosen, reserve = make.standing(post), make.standing(post, "Cadangan 1", rank=2, outcome=SelectionOutcome.RESERVE)
    wrong = make.decree("SK-1/2025")
    first = appointments.appoint(by=make.secretariat(), at=NOW, decree=wrong, standing=chosen)
    assert not queries.takeable(first.region_path, NOW)
    decrees.revoke_decree(by=make.secretariat(), at=NOW, decree=wrong, on=TODAY, reason="Salah nomor")
    assert [one.pk for one in queries.takeable(first.region_path, NOW)] == [chosen.pk]
    replaced = {"leaving": first, "decree": replacement(starts_on=TODAY), "reason": "Mundur", "standing": reserve}
    assert refusal(appointments.replace, **replaced) == Reason.APPOINT_ANEW
    right, then = make.decree("SK-1/2026"), TODAY + timedelta(days=1)
    again = appointments.appoint(by=make.secretariat(), at=NOW, decree=right, standing=chosen, starts_on=then)
    assert (again.account, again.application, first.account.name) == (first.account, first.application, "Ani Contoh")
    assert refusal(appointments.appoint, decree=right, standing=chosen, starts_on=then) == Reason.ALREADY_APPOINTED
    appointments.end_appointment(by=make.secretariat(), at=NOW, appointment=again, ended_on=then, reason="Mundur")
    assert queries.reserves_for(again, NOW) == [reserve]


def test_who_left_before_the_decree_was_revoked_stays_appointed_once(ward: Region) -> None:
    chosen = make.standing(make.post(make.final_round(), ward))
    left = appointments.appoint(by=make.secretariat(), at=NOW, decree=make.decree(), standing=chosen)
    gone = {"appointment": left, "ended_on": TODAY - timedelta(days=1), "reason": "Mundur"}
    appointments.end_appointment(by=make.secretariat(), at=NOW, **gone)
    decrees.revoke_decree(by=make.secretariat(), at=NOW, decree=left.decree, on=TODAY, reason="Putusan PTUN")
    assert not queries.takeable(left.region_path, NOW)


def test_a_place_whose_replacement_decree_was_revoked_is_filled_again(ward: Region) -> None:
    post = make.post(make.final_round(), ward)
    chosen, reserve = make.standing(post), make.standing(post, "Cadangan 1", rank=2, outcome=SelectionOutcome.RESERVE)
    before = appointments.appoint(by=make.secretariat(), at=NOW, decree=make.decree(), standing=chosen)
    gone = {"appointment": before, "ended_on": TODAY - timedelta(days=1), "reason": "Mundur"}
    appointments.end_appointment(by=make.secretariat(), at=NOW, **gone)
    wrong = replacement(starts_on=TODAY)
    named = {"by": make.secretariat(), "at": NOW, "leaving": before, "reason": "Mundur", "standing": reserve}
    fallen = appointments.replace(**named, decree=wrong)
    decrees.revoke_decree(by=make.secretariat(), at=NOW, decree=wrong, on=TODAY, reason="Salah nomor")
    assert [one.pk for one in queries.waiting_for_successor(TODAY)] == [before.pk]
    right = make.decree("SK-3/2026", DecreeKind.REPLACEMENT, starts_on=TODAY + timedelta(days=1))
    made = appointments.replace(**named, decree=right)
    assert (made.replaces, made.account, made.starts_on) == (before, fallen.account, TODAY + timedelta(days=1))
    assert queries.successor_of(before) == made


@pytest.mark.parametrize("taken", ["application", "replaces"])
def test_the_table_itself_keeps_an_application_and_a_place_from_being_taken_twice(ward: Region, taken: str) -> None:
    one, two = (make.placed(places.ward(n), name).appointment for n, name in ((1, "Ani Contoh"), (2, "Wati Contoh")))
    third = make.placed(places.ward(3), "Tono Contoh").appointment
    standing = make.standing(make.post(make.final_round(), ward))
    facts = {"application": standing.application} if taken == "application" else {"replaces": third, "reason": "Mundur"}
    for appointment in (one, two):
        for name, value in {**facts, "ended_with_decree": appointment == one}.items():
            setattr(appointment, name, value)
        appointment.save()
    one.ended_with_decree = False
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


def test_a_successor_serves_neither_beside_the_one_before_nor_longer(ward: Region) -> None:
    before = make.left(ward)
    long = replacement(ends_on=END + timedelta(days=200))
    facts = {"leaving": before, "decree": long, "reason": "Mundur", "account": personas.account("tono")}
    assert refusal(appointments.replace, **facts, starts_on=TODAY) == Reason.SERVES_BESIDE
    assert refusal(appointments.replace, **facts, ends_on=END + timedelta(days=1)) == Reason.OUTLASTS
    made = appointments.replace(by=make.secretariat(), at=NOW, **facts)
    assert (made.starts_on, made.ends_on) == (TODAY + timedelta(days=1), END)


def test_an_empty_reserve_list_lets_an_existing_account_follow(ward: Region) -> None:
    before, decree = make.left(ward), replacement(starts_on=TODAY)
    facts = {"leaving": before, "decree": decree, "reason": "Mengundurkan diri"}
    assert refusal(appointments.replace, **facts) == Reason.RESERVE_EMPTY
    made = appointments.replace(by=make.secretariat(), at=NOW, **facts, account=personas.account("tono"), unit=ward)
    assert (made.replaces, made.kind) == (before, before.kind)
    other = make.left(places.ward(2), "Wati Contoh")
    wrong = {**facts, "leaving": other, "decree": before.decree, "account": personas.account("lain")}
    assert refusal(appointments.replace, **wrong) == Reason.WRONG_DECREE


def test_the_successor_takes_over_what_was_open(ward: Region) -> None:
    need, elsewhere = needs.verified_need(ward), needs.verified_need(places.ward(2))
    before = make.left(ward)
    made = appointments.replace(
        by=make.secretariat(), at=NOW, leaving=before, decree=replacement(starts_on=TODAY), reason="Mengundurkan diri",
        account=personas.account("tono", "Tono Contoh"), unit=ward,
    )  # fmt: skip
    codes = [one.code for one in duty_handovers.left_open(made)]
    assert need.code in codes
    assert elsewhere.code not in codes
    assert [one.pk for one in queries.waiting_for_handover(made.account)] == [made.pk]
    take = duty_handovers.take_over
    assert refusal(take, by=before.account, appointment=made) == Reason.NOT_YOURS
    kept = take(by=made.account, at=NOW, appointment=made, missing="Kunci balai RW, telp 0812-3456-7890")
    assert [work[1] for work in kept.works] == codes
    assert "0812" not in kept.missing
    assert refusal(take, by=made.account, appointment=made) == Reason.TAKEN_OVER
    assert refusal(take, by=before.account, appointment=before) == Reason.NOTHING_TO_TAKE_OVER
    assert not queries.waiting_for_handover(made.account)
    assert decree_papers.open_work(made, duty_handovers.left_open(made))["blocks"]
    assert DutyHandover.objects.get().journal_label == made.code


def test_placing_needs_an_account_in_use(ward: Region) -> None:
    made = make.appointed()
    Account.objects.filter(pk=made.account_id).update(is_active=False)
    with pytest.raises(Refused) as caught:
        make.placed(ward)
    assert caught.value.reason == AssignmentReason.ACCOUNT_DISABLED
