"""Decisions from a result, departures with their reason, what goes on afterwards, and who is told."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core import mail

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation import letters, services
from pendamping.deliberation.enums.meetings import Outcome
from pendamping.deliberation.enums.results import ResultReason
from pendamping.deliberation.models import Decision, FateLetter, Meeting, Result
from pendamping.deliberation.papers import minutes
from pendamping.deliberation.queries.results import departures, results_for_minutes
from pendamping.deliberation.rules.results import Choice
from pendamping.deliberation.tests.factories import AT, call_facts, closed, decided, put, ready
from pendamping.deliberation.tests.factories import called as called_meeting
from pendamping.deliberation.tests.result_factories import (
    OVER,
    announced,
    counted,
    counted_poll,
    meeting_with,
    result,
    worked_out,
)
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


@pytest.fixture
def ward() -> Region:
    return places.ward()


def decide(result: Result, **facts: Any) -> Result:
    by = personas.lurah(Region.objects.get(path=result.region_path))
    return services.decide_from_result(by=by, at=OVER, result=result, **facts)


def outcomes(meeting: Meeting) -> dict[str, tuple[str, int | None]]:
    found = Decision.objects.filter(item__meeting=meeting).select_related("item__proposal")
    return {one.item.proposal.title: (one.outcome, one.amount) for one in found}


def code_of(result: Result, title: str) -> str:
    return Proposal.objects.get(title=title, region_path=result.region_path).code


# Decisions.


def test_one_act_decides_every_proposal_as_the_result_says(ward: Region) -> None:
    result = worked_out(ward)
    decide(result)
    assert outcomes(result.meeting) == {
        "Usulan 1": ("funded", 40 * MILLION), "Usulan 3": ("funded", 30 * MILLION),
        "Usulan 2": ("deferred", None), "Usulan 4": ("deferred", None),
    }  # fmt: skip
    assert set(Decision.objects.values_list("method", flat=True)) == {"ballot"}
    lost = Decision.objects.get(item__proposal__title="Usulan 2")
    assert "tidak didanai" in lost.reason
    won = Decision.objects.get(item__proposal__title="Usulan 1")
    assert "50" in won.reason
    assert departures(result) == []
    closed(result.meeting)
    assert Proposal.objects.get(title="Usulan 3").state == ProposalState.FUNDED


def test_those_not_funded_may_go_up_or_be_rejected(ward: Region) -> None:
    result = worked_out(ward)
    decide(result, unfunded=Outcome.PASSED_ON)
    assert outcomes(result.meeting)["Usulan 2"] == ("passed_on", None)
    decide(result, unfunded=Outcome.REJECTED)  # again, until the meeting is closed
    assert outcomes(result.meeting)["Usulan 2"] == ("rejected", None)
    assert departures(result) == []


def test_a_departure_needs_words_an_amount_and_the_money(ward: Region) -> None:
    result = worked_out(ward)
    code = code_of(result, "Usulan 2")

    def refusal_of(choice: Choice) -> Any:
        with pytest.raises(Refused) as refusal:
            decide(result, choices=[choice])
        assert not Decision.objects.exists()  # nothing half-written
        return refusal.value.reason

    assert refusal_of(Choice(code, "funded", 20 * MILLION)) == ResultReason.NO_WORDS_TO_DEPART
    assert refusal_of(Choice(code, "funded", None, "Darurat")) == ResultReason.AMOUNT_TO_DEPART
    assert refusal_of(Choice(code, "funded", 31 * MILLION, "Darurat")) == ResultReason.OVER_CEILING_TO_DEPART
    assert refusal_of(Choice("U-2601-XXXXX-0", "rejected", None, "x")) == ResultReason.NOT_IN_RESULT
    decide(result, choices=[Choice(code, "funded", 30 * MILLION, "Tanggul jebol kemarin")])
    found = departures(result)
    assert [(one.item.proposal.code, one.is_funded) for one in found] == [(code, False)]
    assert "Tanggul jebol kemarin" in found[0].decision.reason
    assert "tidak didanai" in found[0].decision.reason  # what the ballot says stands beside it
    told = results_for_minutes(result.meeting)["results"][0]
    assert [one.item.proposal.code for one in told["departures"]] == [code]


def test_one_proposal_is_decided_otherwise_and_the_others_stand(ward: Region) -> None:
    result = worked_out(ward)
    decide(result)
    head, code = personas.lurah(ward), code_of(result, "Usulan 3")
    with pytest.raises(Refused) as refusal:
        services.depart_from_result(by=head, at=OVER, result=result, choice=Choice(code, "rejected"))
    assert refusal.value.reason == ResultReason.NO_WORDS_TO_DEPART
    services.depart_from_result(
        by=head, at=OVER, result=result, choice=Choice(code, "rejected", None, "Lahan bersengketa")
    )
    assert outcomes(result.meeting)["Usulan 3"] == ("rejected", None)
    assert outcomes(result.meeting)["Usulan 1"] == ("funded", 40 * MILLION)
    assert [one.decision.outcome for one in departures(result)] == ["rejected"]


def test_a_result_that_was_counted_again_decides_nothing(ward: Region) -> None:
    first = worked_out(ward)
    services.recount(by=personas.lurah(ward), at=OVER, result=first, reason="Keberatan diterima")
    with pytest.raises(Refused) as refusal:
        decide(first)
    assert refusal.value.reason == ResultReason.OVERTAKEN


def test_no_facilitator_decides_by_a_result(ward: Region) -> None:
    result = worked_out(ward)
    with pytest.raises(Refused):
        services.decide_from_result(by=personas.sari(ward), at=OVER, result=result)
    assert not Decision.objects.exists()


def refusal_of(act: Any) -> Any:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason


def test_what_was_voted_on_is_not_decided_past_its_ballot(ward: Region) -> None:
    result = worked_out(ward)
    item = result.meeting.items.get(proposal__title="Usulan 2")

    def by_hand() -> None:
        services.decide(
            by=personas.lurah(ward), at=OVER, item=item, outcome="funded", reason="ok", amount=900_000 * MILLION
        )

    assert refusal_of(by_hand) == ResultReason.BALLOT_SPOKE
    decide(result)
    assert refusal_of(by_hand) == ResultReason.BALLOT_SPOKE
    assert outcomes(result.meeting)["Usulan 2"] == ("deferred", None)
    decided(put(result.meeting), Outcome.DEFERRED, None)  # that was on no ballot: by consensus as ever


def test_a_counted_ballot_without_a_result_is_not_decided_past_either(ward: Region) -> None:
    poll = counted_poll(ward, (40 * MILLION, 30 * MILLION), 50 * MILLION, "1 × 4")
    item = poll.meeting.items.get(proposal__title="Usulan 1")
    assert refusal_of(lambda: decided(item)) == ResultReason.RESULT_MISSING


def test_what_was_agreed_before_the_vote_does_not_stand_after_it(ward: Region) -> None:
    meeting, proposals = meeting_with(ward, (40 * MILLION, 30 * MILLION))
    decided(meeting.items.get(proposal=proposals[0]), amount=900_000 * MILLION)
    found = result(counted(announced(meeting, proposals, 50 * MILLION), "2 × 4"))
    decided(put(meeting), Outcome.DEFERRED, None)
    item = meeting.items.get(proposal=proposals[1])
    with pytest.raises(Refused) as refusal:
        closed(meeting)
    assert refusal.value.reason == ResultReason.DECIDED_BEFORE_BALLOT
    assert proposals[0].code in refusal.value.message and item.proposal.code not in refusal.value.message
    decide(found)
    closed(meeting)


@pytest.mark.parametrize("words", ["", "ok", "- 1234567"])
def test_a_departure_says_why_in_words(ward: Region, words: str) -> None:
    result = worked_out(ward)
    choice = Choice(code_of(result, "Usulan 2"), "funded", 10 * MILLION, words)
    head = personas.lurah(ward)
    act = lambda: services.depart_from_result(by=head, at=OVER, result=result, choice=choice)  # noqa: E731
    assert refusal_of(act) == ResultReason.NO_WORDS_TO_DEPART


# What goes on.


def over(ward: Region, *wanted: str) -> Meeting:
    """A closed meeting with these outcomes."""
    meeting = called_meeting(ward)
    for number, outcome in enumerate(wanted, start=1):
        decided(put(meeting, ready(ward, title=f"Usulan {number}")), outcome, 10 * MILLION)
    return closed(meeting)


def test_deferred_proposals_wait_for_the_next_year_without_retyping(ward: Region) -> None:
    meeting = over(ward, "deferred", "funded", "deferred")
    sari, op = personas.sari(ward), uuid.uuid4()
    for _time in range(2):
        services.carry_over(by=sari, at=AT, meeting=meeting, op=op)
    years = dict(Proposal.objects.values_list("title", "fiscal_year"))
    assert years == {"Usulan 1": 2027, "Usulan 2": 2026, "Usulan 3": 2027}
    assert JournalEntry.objects.filter(verb="deliberation.proposal_carried_over").count() == 2
    with pytest.raises(Refused) as refusal:
        services.carry_over(by=sari, at=AT, meeting=meeting)
    assert refusal.value.reason == ResultReason.NOTHING_TO_CARRY
    later = called_meeting(ward, **{**call_facts(ward), "fiscal_year": 2027})
    put(later, Proposal.objects.get(title="Usulan 1"))  # nothing was typed again


def test_chosen_ones_are_passed_up_with_their_reason(ward: Region) -> None:
    meeting = over(ward, "deferred", "deferred", "rejected")
    head, first = personas.lurah(ward), Proposal.objects.get(title="Usulan 1")
    rejected = Proposal.objects.get(title="Usulan 3")
    for given, reason in (
        ({"proposals": [first], "reason": " "}, ResultReason.PASS_WITHOUT_REASON),
        ({"proposals": [rejected], "reason": "Terlalu besar"}, ResultReason.NOT_OF_MEETING),
    ):
        with pytest.raises(Refused) as refusal:
            services.pass_up(by=head, at=AT, meeting=meeting, **given)
        assert refusal.value.reason == reason
    services.pass_up(by=head, at=AT, meeting=meeting, proposals=[first], reason="Melintasi dua kelurahan")
    states = dict(Proposal.objects.values_list("title", "state"))
    assert states == {"Usulan 1": "passed_on", "Usulan 2": "deferred", "Usulan 3": "rejected"}
    entry = JournalEntry.objects.get(verb="deliberation.proposal_passed_up")
    assert (entry.subject_code, entry.reason, entry.is_public) == (first.code, "Melintasi dua kelurahan", True)


def test_an_open_meeting_lets_nothing_go_on(ward: Region) -> None:
    meeting = called_meeting(ward)
    decided(put(meeting), "deferred", None)
    for act in (
        lambda: services.carry_over(by=personas.sari(ward), at=AT, meeting=meeting),
        lambda: services.pass_up(by=personas.lurah(ward), at=AT, meeting=meeting, reason="x"),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.reason == ResultReason.NOT_CLOSED_YET


# Who is told.


def with_address(meeting: Meeting) -> int:
    """The proposers get a mailbox; how many people they are."""
    people = {one for item in meeting.items.all() for one in (item.proposal.proposed_by, item.proposal.submitted_by)}
    for number, person in enumerate(one for one in people if one):
        person.email = f"pengusul{number}@contoh.invalid"
        person.save(update_fields=["email"])
    return len([one for one in people if one])


def test_who_proposed_hears_outcome_and_reason_once(ward: Region) -> None:
    meeting = over(ward, "funded", "deferred")
    people = with_address(meeting)
    mail.outbox.clear()
    for _time in range(2):
        letters.tell_fates.func(meeting.pk)
    for person in {item.proposal.proposed_by_id for item in meeting.items.all()}:
        letters.tell_fate.func(meeting.pk, person)
    assert len(mail.outbox) == people == FateLetter.objects.count()
    body = mail.outbox[0].body
    assert "Didanai" in body
    assert "Genangan terjadi tiap hujan" in body  # the reason
    assert Proposal.objects.get(title="Usulan 2").code in body


def test_nobody_is_told_of_a_meeting_that_is_open(ward: Region) -> None:
    meeting = called_meeting(ward)
    decided(put(meeting))
    with_address(meeting)
    mail.outbox.clear()
    letters.tell_fate.func(meeting.pk, meeting.items.get().proposal.proposed_by_id)
    assert mail.outbox == []
    assert not FateLetter.objects.exists()


def test_a_letter_that_cannot_go_is_tried_again(ward: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = over(ward, "funded")
    with_address(meeting)
    proposer = meeting.items.get().proposal.proposed_by_id

    def broken(*_given: Any) -> None:
        raise OSError("mailbox pengusul0@contoh.invalid")

    monkeypatch.setattr(letters, "send_mail", broken)
    FateLetter.objects.all().delete()
    with pytest.raises(OSError) as problem:
        letters.tell_fate.func(meeting.pk, proposer)
    assert "contoh.invalid" not in str(problem.value)  # the failed task keeps no address
    monkeypatch.undo()
    mail.outbox.clear()
    letters.tell_fate.func(meeting.pk, proposer)
    assert len(mail.outbox) == 1


def test_the_minutes_say_of_each_proposal_how_it_was_decided(ward: Region) -> None:
    result = worked_out(ward)
    decide(result)
    decided(put(result.meeting), Outcome.DEFERRED, None)
    closed(result.meeting)
    blocks = minutes(Meeting.objects.get(pk=result.meeting_id))["blocks"]
    said = [row[2] for block in blocks for row in block.get("rows", []) if len(row) == 5]
    assert sum("dengan pemungutan suara: " in one for one in said) == 4
    assert sum("dengan mufakat: " in one for one in said) == 1
