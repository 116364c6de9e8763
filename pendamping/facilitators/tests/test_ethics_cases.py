"""The code signed anew, and a case from the report to the decision: due process, who sees what, what it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from pendamping.access.models import Account, Grant
from pendamping.access.scope import scope_of
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.facilitators.enums.ethics import CaseState, Reason, Sanction
from pendamping.facilitators.models import Assignment, EthicsCase
from pendamping.facilitators.queries import assignments as placed
from pendamping.facilitators.queries import ethics as queries
from pendamping.facilitators.services import appointments, decrees, ethics_code
from pendamping.facilitators.services import ethics_cases as services
from pendamping.facilitators.services import ethics_decisions as decisions
from pendamping.facilitators.tests import appointment_factories as make
from pendamping.facilitators.tests.appointment_factories import END, NOW, TODAY
from pendamping.facilitators.words.ethics import SENTENCES
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)
DAY = timedelta(days=1)
BY = date(2026, 2, 9)  # seven days after NOW


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture
def one(ward: Region) -> Assignment:
    return make.placed(ward)


def refusal(service: Callable[..., Any], **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(**{"by": make.panelist(), "at": NOW, **facts})
    assert caught.value.message
    return caught.value.reason


def decide(case: EthicsCase, sanction: str, **facts: Any) -> EthicsCase:
    given = {"reason": "Terbukti", "skip_reason": "Pelanggaran berat", **facts}
    made = decisions.decide_case(by=make.panelist(), at=NOW, case=case, sanction=sanction, **given)
    if made.state == CaseState.PROPOSED:
        made = decisions.confirm_decision(by=make.panelist(2), at=NOW, case=made)
    return made


# The code


def test_a_new_version_asks_everybody_again(one: Assignment) -> None:
    make.case()
    me, city = one.account, places.city()
    first = queries.code_in_force(city.path)
    assert first is not None
    assert first.is_proposal
    assert [version for _appointment, version in queries.unsigned(me, TODAY)] == [first]
    ethics_code.sign_code(by=me, at=NOW, appointment=one.appointment, ethics_code=first)
    assert (queries.unsigned(me, TODAY), list(queries.waiting_for_signature(city.path, TODAY))) == ([], [])
    sign = {"appointment": one.appointment, "ethics_code": first}
    assert refusal(ethics_code.sign_code, by=me, **sign) == Reason.SIGNED_ALREADY
    assert refusal(ethics_code.sign_code, by=make.panelist(), **sign) == Reason.NOT_YOURS
    second = ethics_code.publish_code(
        by=make.secretariat(), at=NOW, region=city, text_id="Teks kota", reason="Perwal 5/2026"
    )
    assert (second.version, second.is_proposal) == (2, False)
    assert len(queries.unsigned(me, TODAY)) == 1
    assert refusal(ethics_code.sign_code, by=me, **sign) == Reason.OTHER_VERSION
    ethics_code.sign_code(by=me, at=NOW, appointment=one.appointment, ethics_code=second)
    assert one.appointment.signatures.count() == 2
    publish = {"by": make.secretariat(), "region": city, "text_id": "Teks"}
    assert refusal(ethics_code.publish_code, **publish, reason=" ") == Reason.CHANGE_REASON_MISSING
    over = {"by": me, "appointment": one.appointment, "ethics_code": second, "at": NOW + timedelta(days=400)}
    assert refusal(ethics_code.sign_code, **over) == Reason.APPOINTMENT_OVER


# The report and the panel


def test_a_report_is_masked_its_contact_sealed_and_the_journal_knows_a_code(one: Assignment) -> None:
    made = make.case(one.appointment, text="Pak Budi minta uang, hubungi 0812-3456-7890", contact="ani@contoh.test")
    assert "0812" not in made.report
    assert b"ani@contoh" not in bytes(made.contact_cipher or b"")
    assert services.contact_of(made) == "ani@contoh.test"
    entry = JournalEntry.objects.get(verb="facilitators.breach_reported")
    assert (entry.subject_label, entry.reason, entry.changes, entry.is_public) == (made.code, "", {}, False)
    assert entry.region_path == places.city().path
    assert refusal(services.report_breach, by=None, city=places.city(), text=" ") == Reason.REPORT_MISSING


def test_the_panel_is_made_of_people_with_the_office_but_never_the_accused(one: Assignment) -> None:
    made = make.case(one.appointment)
    Grant.objects.create(
        account=one.account, role="ethics_panel", region=places.city(), starts_on=date(2020, 1, 1), created_at=NOW
    )
    name, by = services.name_panel, make.secretariat()
    members = [make.panelist(n) for n in (1, 2, 3)]
    assert refusal(name, by=by, case=made, members=[*members[:2], one.account]) == Reason.CANNOT_SIT
    assert refusal(name, by=by, case=made, members=[*members[:2], by]) == Reason.NOT_A_PANELIST
    assert refusal(name, by=by, case=made, members=members[:2]) == Reason.PANEL_SMALL
    Account.objects.filter(pk=members[2].pk).update(is_active=False)
    assert refusal(name, by=by, case=made, members=[*members[:2], make.panelist(3)]) == Reason.NOT_A_PANELIST
    assert [case.pk for case in queries.waiting_for_panel()] == [made.pk]
    name(by=by, at=NOW, case=made, members=[*members[:2], make.panelist(4)])
    assert refusal(name, by=by, case=made, members=[make.panelist(5)]) == Reason.PANEL_NAMED
    assert not queries.waiting_for_panel()


def test_a_member_who_turns_out_to_be_the_accused_loses_the_seat(one: Assignment) -> None:
    Grant.objects.create(
        account=one.account, role="ethics_panel", region=places.city(), starts_on=date(2020, 1, 1), created_at=NOW
    )
    made = make.case()
    members = [make.panelist(1), make.panelist(2), one.account]
    services.name_panel(by=make.secretariat(), at=NOW, case=made, members=members)
    assert refusal(services.name_person, by=one.account, case=made, about=one.appointment) == Reason.CANNOT_SIT
    services.name_person(by=make.panelist(1), at=NOW, case=made, about=one.appointment)
    assert queries.seated(made) == [make.panelist(1).pk, make.panelist(2).pk]
    assert not queries.cases_of_member(one.account)
    name = {"by": make.secretariat(), "case": made}
    assert refusal(services.name_panel, **name, members=[one.account]) == Reason.CANNOT_SIT
    services.name_panel(**name, at=NOW, members=[make.panelist(3)])
    assert len(queries.seated(made)) == 3


def test_a_member_steps_down_and_another_is_named(one: Assignment) -> None:
    made = make.panelled(one.appointment)
    services.leave_panel(by=make.panelist(1), at=NOW, case=made, reason="Kerabat")
    assert refusal(services.call_person, by=make.panelist(1), case=made, allegation="x", answer_by=END) == (
        Reason.NOT_A_MEMBER
    )
    again = {"by": make.secretariat(), "case": made, "members": [make.panelist(1)]}
    assert refusal(services.name_panel, **again) == Reason.CANNOT_SIT


# Due process


def test_only_members_see_a_case_and_the_person_only_when_asked(one: Assignment) -> None:
    made = make.panelled(one.appointment)
    assert [case.pk for case in queries.cases_of_member(make.panelist(2))] == [made.pk]
    assert not queries.cases_of_member(make.secretariat())
    assert not queries.cases_of_accused(one.account)
    services.call_person(by=make.panelist(), at=NOW, case=made, allegation="Imbalan", answer_by=date(2026, 2, 9))
    assert [case.pk for case in queries.waiting_for_answer(one.account)] == [made.pk]


def test_nobody_is_judged_unheard(one: Assignment) -> None:
    made = make.panelled()
    call = {"case": made, "allegation": "Imbalan", "answer_by": date(2026, 2, 9)}
    assert refusal(services.call_person, **call) == Reason.WHO_MISSING
    services.name_person(by=make.panelist(), at=NOW, case=made, about=one.appointment)
    assert refusal(services.call_person, **{**call, "allegation": " "}) == Reason.ALLEGATION_MISSING
    assert refusal(services.call_person, **{**call, "answer_by": date(2026, 2, 8)}) == Reason.ANSWER_TOO_SOON
    services.call_person(by=make.panelist(), at=NOW, **call)
    sanction = {"case": made, "sanction": Sanction.ORAL, "reason": "Terbukti"}
    assert refusal(decisions.decide_case, **sanction) == Reason.NOT_HEARD
    assert refusal(services.note_silence, case=made) == Reason.STILL_TIME
    assert refusal(services.answer_case, case=made, statement="x") == Reason.NOT_YOURS
    assert refusal(services.answer_case, by=one.account, case=made, statement=" ") == Reason.STATEMENT_MISSING
    services.note_silence(by=make.panelist(), at=LATER, case=made)
    done = decisions.decide_case(by=make.panelist(), at=LATER, **sanction)
    assert (done.state, done.sanction, done.decided_at) == (CaseState.DECIDED, Sanction.ORAL, LATER)
    assert refusal(decisions.decide_case, **sanction) == Reason.NOT_OPEN
    told = JournalEntry.objects.filter(subject_type="facilitators.EthicsCase")
    assert {(entry.subject_label, entry.reason, str(entry.changes)) for entry in told} == {(made.code, "", "{}")}


def called(one: Assignment) -> EthicsCase:
    made = make.panelled(one.appointment)
    return services.call_person(by=make.panelist(), at=NOW, case=made, allegation="Imbalan", answer_by=BY)


def test_a_hearing_does_not_take_the_answer_from_the_person(one: Assignment) -> None:
    made = services.record_hearing(by=make.panelist(), at=NOW, case=called(one), statement="Mengaku")
    oral = {"case": made, "sanction": Sanction.ORAL, "reason": "Terbukti"}
    assert refusal(decisions.decide_case, **oral, at=make.NOW + 7 * DAY) == Reason.MAY_STILL_ANSWER
    assert [case.pk for case in queries.waiting_for_answer(one.account)] == [made.pk]
    made = services.answer_case(by=one.account, at=NOW, case=made, statement="Tidak benar")
    assert (made.statement, made.answer, made.heard_at) == ("Mengaku", "Tidak benar", NOW)
    again = {"by": one.account, "case": made, "statement": "Sekali lagi"}
    assert refusal(services.answer_case, **again) == Reason.ANSWERED_ALREADY
    assert decisions.decide_case(by=make.panelist(), at=NOW, **oral).state == CaseState.DECIDED
    assert refusal(services.answer_case, **again) == Reason.NOT_OPEN


def test_after_a_hearing_and_the_last_day_the_panel_may_decide(one: Assignment) -> None:
    made = services.record_hearing(by=make.panelist(), at=NOW, case=called(one), statement="Mengaku")
    decided = decisions.decide_case(
        by=make.panelist(), at=NOW + 8 * DAY, case=made, sanction=Sanction.ORAL, reason="Terbukti"
    )
    assert (decided.state, decided.answer, decided.confirmed_by) == (CaseState.DECIDED, "", None)


@pytest.mark.parametrize("sanction", [Sanction.SUSPENSION, Sanction.TERMINATION])
def test_a_suspension_or_termination_needs_a_second_member(one: Assignment, sanction: str) -> None:
    made = make.heard(one.appointment)
    days = {"suspended_from": TODAY, "suspended_until": TODAY} if sanction == Sanction.SUSPENSION else {}
    facts = {"case": made, "sanction": sanction, "reason": "Terbukti", "skip_reason": "Berat", **days}
    made = decisions.decide_case(by=make.panelist(1), at=NOW, **facts)
    one.refresh_from_db()
    assert (made.state, made.decided_at, one.ended_on) == (CaseState.PROPOSED, None, None)
    assert (made.told_state, made.pk) == (CaseState.HEARD, queries.cases_of_accused(one.account).get().pk)
    assert [len(queries.waiting_for_member(make.panelist(n))) for n in (1, 2)] == [0, 1]
    assert refusal(decisions.confirm_decision, by=make.panelist(1), case=made) == Reason.SECOND_MEMBER
    assert refusal(decisions.confirm_decision, by=make.panelist(4), case=made) == Reason.NOT_A_MEMBER
    made = decisions.confirm_decision(by=make.panelist(2), at=NOW, case=made)
    one.refresh_from_db()
    assert (made.state, made.confirmed_by, one.ended_on) == (CaseState.DECIDED, make.panelist(2), TODAY - DAY)
    assert refusal(decisions.confirm_decision, by=make.panelist(3), case=made) == Reason.NOT_OPEN


def test_a_second_member_sends_a_decision_back(one: Assignment) -> None:
    made = make.heard(one.appointment)
    ending = {"sanction": Sanction.TERMINATION, "reason": "Terbukti", "skip_reason": "Berat"}
    made = decisions.decide_case(by=make.panelist(1), at=NOW, case=made, **ending)
    assert refusal(decisions.send_back, by=make.panelist(2), case=made, reason=" ") == Reason.WHY_MISSING
    made = decisions.send_back(by=make.panelist(2), at=NOW, case=made, reason="Terlalu berat")
    assert (made.state, made.sanction, made.decided_by, made.sent_back_reason) == (
        CaseState.HEARD, "", None, "Terlalu berat",
    )  # fmt: skip
    assert decide(made, Sanction.ORAL).confirmed_by is None


def test_an_answer_that_comes_late_makes_a_proposal_fall(one: Assignment) -> None:
    made = services.note_silence(by=make.panelist(), at=LATER, case=called(one))
    ending = {"case": made, "sanction": Sanction.TERMINATION, "reason": "Terbukti", "skip_reason": "Berat"}
    decisions.decide_case(by=make.panelist(), at=LATER, **ending)
    made = services.answer_case(by=one.account, at=LATER, case=made, statement="Saya sakit")
    assert (made.state, made.sanction, made.answer) == (CaseState.HEARD, "", "Saya sakit")
    assert refusal(decisions.confirm_decision, by=make.panelist(2), at=LATER, case=made) == Reason.NOT_OPEN


def test_who_proposed_and_left_confirms_nothing_any_more(one: Assignment) -> None:
    ending = {"sanction": Sanction.TERMINATION, "reason": "Terbukti", "skip_reason": "Berat"}
    made = decisions.decide_case(by=make.panelist(1), at=NOW, case=make.heard(one.appointment), **ending)
    services.leave_panel(by=make.panelist(1), at=NOW, case=made, reason="Kerabat")
    assert refusal(decisions.confirm_decision, by=make.panelist(2), case=made) == Reason.PROPOSER_LEFT
    made = decisions.send_back(by=make.panelist(2), at=NOW, case=made, reason="Pengusul mundur")
    services.name_panel(by=make.secretariat(), at=NOW, case=made, members=[make.panelist(4)])
    assert decisions.decide_case(by=make.panelist(4), at=NOW, case=made, **ending).state == CaseState.PROPOSED


def test_a_suspension_confirmed_too_late_has_no_days_left(one: Assignment) -> None:
    facts = {"reason": "Terbukti", "skip_reason": "Berat", "suspended_from": TODAY, "suspended_until": TODAY}
    made = decisions.decide_case(
        by=make.panelist(1), at=NOW, case=make.heard(one.appointment), sanction=Sanction.SUSPENSION, **facts
    )
    late = {"by": make.panelist(2), "at": NOW + DAY, "case": made}
    assert refusal(decisions.confirm_decision, **late) == Reason.DATES_MISSING


def test_the_journal_does_not_tell_that_a_sanction_is_heavy(one: Assignment) -> None:
    decide(make.heard(one.appointment), Sanction.TERMINATION)
    decide(make.heard(one.appointment), Sanction.ORAL)
    told = {str(SENTENCES[f"facilitators.{verb}"]) for verb in ("case_decided", "case_confirmed")}
    assert len(told) == 1
    assert SENTENCES["facilitators.case_proposed"] == SENTENCES["facilitators.case_person_named"]


def test_a_hearing_and_a_report_that_concerns_nobody(one: Assignment) -> None:
    made = make.panelled(one.appointment)
    services.call_person(by=make.panelist(), at=NOW, case=made, allegation="Imbalan", answer_by=date(2026, 2, 9))
    entry = JournalEntry.objects.get(verb="facilitators.case_called")
    assert (entry.actor_uid, entry.office) == (make.panelist().uid, "ethics_panel")
    heard = services.record_hearing(by=make.panelist(2), at=NOW, case=made, statement="Tidak benar")
    assert (heard.state, heard.statement) == (CaseState.HEARD, "Tidak benar")
    other = make.panelled()
    assert refusal(services.close_case, case=other, reason="") == Reason.REASON_MISSING
    closed = services.close_case(by=make.panelist(), at=NOW, case=other, reason="Bukan pendamping")
    assert closed.state == CaseState.CLOSED


def test_the_next_grade_follows_earlier_decisions(one: Assignment) -> None:
    assert refusal(
        decisions.decide_case, case=make.heard(one.appointment), sanction=Sanction.WRITTEN_1, reason="Terbukti"
    ) == Reason.GRADE_SKIPPED  # fmt: skip
    decide(EthicsCase.objects.get(), Sanction.ORAL, skip_reason="")
    decide(make.heard(one.appointment), Sanction.WRITTEN_1, skip_reason="")
    assert refusal(
        decisions.decide_case, case=make.heard(one.appointment), sanction=Sanction.WRITTEN_3, reason="Terbukti"
    ) == Reason.GRADE_SKIPPED  # fmt: skip


def test_a_suspension_pauses_every_assignment_and_its_role(one: Assignment, ward: Region) -> None:
    since, until = TODAY, TODAY + timedelta(days=13)
    decide(make.heard(one.appointment), Sanction.SUSPENSION, suspended_from=since, suspended_until=until)
    me = one.account
    assert not scope_of(me, since).can(Verb.NEED_VERIFY, ward)
    assert not scope_of(me, until).can(Verb.NEED_VERIFY, ward)
    assert scope_of(me, until + DAY).can(Verb.NEED_VERIFY, ward)
    spans = [(one.starts_on, one.last_day) for one in Assignment.objects.order_by("id")]
    assert spans == [(date(2026, 1, 1), since - DAY), (until + DAY, END)]
    assert list(placed.mismatches(places.city().path, TODAY)) == []
    one.appointment.refresh_from_db()
    assert one.appointment.ended_on is None
    gaps = placed.gaps(places.city().path, since=since, until=until)
    assert [(gap.since, gap.until) for gap in gaps if gap.ward == ward] == [(since, until)]


def test_a_termination_ends_the_appointment(one: Assignment, ward: Region) -> None:
    case = decide(make.heard(one.appointment), Sanction.TERMINATION)
    one.refresh_from_db()
    one.appointment.refresh_from_db()
    assert (one.ended_on, one.appointment.ended_on) == (TODAY - DAY, TODAY - DAY)
    assert one.appointment.ended_reason == "Putusan kota yang dilaksanakan."
    told = "".join(str(entry.changes) + entry.reason for entry in JournalEntry.objects.exclude(subject_id=case.pk))
    assert case.code not in told
    assert not scope_of(one.account, TODAY).can(Verb.NEED_VERIFY, ward)
    assert [seen.pk for seen in queries.cases_of_accused(one.account)] == [case.pk]


def test_a_termination_reaches_whoever_had_announced_their_end(one: Assignment, ward: Region) -> None:
    leaving = {"appointment": one.appointment, "ended_on": TODAY + 60 * DAY, "reason": "Pensiun"}
    appointments.end_appointment(by=make.secretariat(), at=NOW, **leaving)
    decide(make.heard(one.appointment), Sanction.TERMINATION)
    one.refresh_from_db()
    one.appointment.refresh_from_db()
    assert (one.ended_on, one.appointment.ended_on) == (TODAY - DAY, TODAY - DAY)
    assert not scope_of(one.account, TODAY).can(Verb.NEED_VERIFY, ward)
    assert list(placed.mismatches(places.city().path, TODAY)) == []


@pytest.mark.parametrize("sanction", [Sanction.SUSPENSION, Sanction.TERMINATION])
def test_a_decision_is_carried_out_under_a_decree_revoked_for_a_later_day(one: Assignment, sanction: str) -> None:
    last = TODAY + 30 * DAY
    decrees.revoke_decree(by=make.secretariat(), at=NOW, decree=one.decree, on=last, reason="Diganti")
    days = {"suspended_from": TODAY, "suspended_until": TODAY + DAY} if sanction == Sanction.SUSPENSION else {}
    decide(make.heard(one.appointment), sanction, **days)
    spans = [(each.starts_on, each.last_day) for each in Assignment.objects.order_by("id")]
    again = [(TODAY + 2 * DAY, last)] if sanction == Sanction.SUSPENSION else []
    assert spans == [(one.starts_on, TODAY - DAY), *again]


@pytest.mark.parametrize("sanction", [Sanction.SUSPENSION, Sanction.TERMINATION])
def test_the_journal_does_not_pair_a_case_with_whose_service_it_ends(one: Assignment, sanction: str) -> None:
    case, days = make.heard(one.appointment), {}
    if sanction == Sanction.SUSPENSION:
        days = {"suspended_from": TODAY, "suspended_until": TODAY + DAY}
    before = JournalEntry.objects.latest("id").pk
    decide(case, sanction, **days)
    told = list(JournalEntry.objects.filter(pk__gt=before).order_by("id"))
    assert case.code not in {entry.subject_code for entry in told}
    effects = [entry for entry in told if not entry.verb.startswith("facilitators.case_")]
    assert {entry.actor_uid for entry in effects} == {None}
    assert {entry.reason for entry in effects} <= {"", f"SK {one.decree.number}"}
    assert effects


def test_the_journal_does_not_tell_who_answered(one: Assignment) -> None:
    make.heard(one.appointment)
    assert JournalEntry.objects.get(verb="facilitators.case_answered").actor_uid is None


def test_dates_belong_to_a_suspension_only(one: Assignment) -> None:
    case = make.heard(one.appointment)
    facts = {"case": case, "reason": "Terbukti", "skip_reason": "Berat"}
    past = {"suspended_from": TODAY - DAY, "suspended_until": TODAY}
    assert refusal(decisions.decide_case, **facts, **past, sanction=Sanction.SUSPENSION) == Reason.DATES_MISSING
    assert refusal(decisions.decide_case, **facts, **past, sanction=Sanction.ORAL) == Reason.DATES_UNWANTED
