"""A result is worked out, proven, kept, repeated; its edges; and nothing of the voters is in what is published."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import replace
from typing import Any

import pytest

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.core.verdicts import first_refusal
from pendamping.deliberation import services
from pendamping.deliberation.allocation import Contest, Decision, decide
from pendamping.deliberation.allocation.tests.test_oracles import faults
from pendamping.deliberation.enums.results import ResultReason
from pendamping.deliberation.models import Result
from pendamping.deliberation.queries.results import Shown, document_of, split_by_channel, struck_of
from pendamping.deliberation.services import results as module
from pendamping.deliberation.tests.factories import AT
from pendamping.deliberation.tests.result_factories import (
    OVER,
    VOTING,
    announced,
    counted,
    counted_poll,
    in_the_hall,
    meeting_with,
    result,
    worked_out,
)
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


@pytest.fixture
def ward() -> Region:
    return places.ward()


def funded(found: Result) -> list[str]:
    return [one.title for one in Shown(found).won]


def test_the_result_says_who_paid_and_why_not(ward: Region) -> None:
    found = worked_out(ward)
    shown = Shown(found)
    assert funded(found) == ["Usulan 1", "Usulan 3"]
    assert (found.funded, found.amount, shown.left_over) == (2, 70 * MILLION, 30 * MILLION)
    first = shown.won[0]
    assert (first.price, first.supporters, first.payers) == (40 * MILLION, 50, 50)
    assert first.each_least == first.each_most == 800_000  # Rp 40 million by 50 residents
    lost = {one.title: one for one in shown.lost}
    assert set(lost) == {"Usulan 2", "Usulan 4"}
    assert lost["Usulan 2"].supporters == 45
    assert "tidak didanai" in lost["Usulan 2"].sentence
    assert "is not funded" in Shown(found, "en").lost[0].sentence
    assert shown.compared is not None
    assert shown.compared.residents[0] >= 85
    assert shown.factor < 1
    assert {entry.verb for entry in JournalEntry.objects.filter(verb__startswith="deliberation.result")} == {
        "deliberation.result_published"
    }


def test_running_again_gives_the_same_bytes_and_the_same_record(ward: Region) -> None:
    poll = counted_poll(ward, (40 * MILLION, 40 * MILLION, 30 * MILLION), 80 * MILLION, "1 2 × 30\n3 × 12\n2 × 9")
    first, again = (module.work_out(poll) for _time in range(2))
    assert (first.contest, first.decision) == (again.contest, again.decision)
    kept = result(poll)
    assert result(poll) == kept
    assert Result.objects.count() == 1
    published = json.loads(document_of(kept))
    assert hashlib.sha256(document_of(kept)).hexdigest() == kept.file_hash
    contest = Contest.from_json(published["contest"])
    assert decide(contest).to_json() == published["decision"]  # anybody gets there from the file alone
    assert (contest.inputs_hash(), contest.rule_hash()) == (kept.inputs_hash, kept.rule_hash)


def test_nothing_is_worked_out_before_the_count(ward: Region) -> None:
    meeting, proposals = meeting_with(ward, (10 * MILLION, 20 * MILLION))
    poll = announced(meeting, proposals, 20 * MILLION)
    in_the_hall(poll, [1], [2])
    with pytest.raises(Refused) as refusal:
        result(poll)
    assert refusal.value.reason == ResultReason.POLL_NOT_COUNTED
    assert first_refusal(*services.results_verdicts(meeting))  # nothing counted waits for its result
    poll = counted(poll)
    assert first_refusal(*services.results_verdicts(meeting)).reason == ResultReason.RESULT_MISSING
    result(poll)
    assert first_refusal(*services.results_verdicts(meeting))


def test_a_result_that_is_not_proven_is_published_nowhere(ward: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    poll = counted_poll(ward, (40 * MILLION, 30 * MILLION, 50 * MILLION), 80 * MILLION, "1 × 30\n2 × 20\n3 × 9")

    def wrong(contest: Contest) -> Decision:
        right = decide(contest)
        return replace(right, left_over=right.left_over + 1)

    monkeypatch.setattr(module, "decide", wrong)
    with pytest.raises(Refused) as refusal:
        result(poll)
    assert refusal.value.reason == ResultReason.NOT_PROVEN
    assert not Result.objects.exists()
    assert not JournalEntry.objects.filter(verb="deliberation.result_published").exists()


def test_a_recount_is_another_result_with_its_reason_and_the_first_stays(ward: Region) -> None:
    first = worked_out(ward)
    head = personas.lurah(ward)
    with pytest.raises(Refused) as refusal:
        services.recount(by=head, at=OVER, result=first, reason=" ")
    assert refusal.value.reason == ResultReason.RECOUNT_WITHOUT_REASON
    op = uuid.uuid4()
    second = services.recount(by=head, at=OVER, result=first, reason="Keberatan warga diterima", op=op)
    assert (second.number, second.recount_of, second.reason) == (2, first, "Keberatan warga diterima")
    assert (second.contest, second.decision) == (first.contest, first.decision)
    with pytest.raises(Refused) as refusal:
        services.recount(by=head, at=OVER, result=Result.objects.get(pk=first.pk), reason="Sekali lagi")
    assert refusal.value.reason == ResultReason.OVERTAKEN
    entry = JournalEntry.objects.get(verb="deliberation.result_recounted")
    assert entry.reason == "Keberatan warga diterima"
    assert Result.objects.count() == 2


# The edges.


def test_no_ballots_fund_nothing(ward: Region) -> None:
    found = result(counted_poll(ward, (10 * MILLION, 20 * MILLION), 20 * MILLION, ""))
    shown = Shown(found)
    assert (funded(found), shown.voters, shown.left_over) == ([], 0, 20 * MILLION)
    assert {one.reason for one in shown.lost} == {"no_support"}


def test_when_all_tie_the_published_order_decides_and_says_so(ward: Region) -> None:
    poll = counted_poll(ward, (10 * MILLION,) * 3, 20 * MILLION, "1 2 3 × 12")
    found = result(poll)
    expected = list(poll.rule["lot"])[:2]
    assert [one.code for one in Shown(found).won] == expected
    assert {each["tie_step"] for each in Shown(found).rounds if each["tie"]} == {"lot"}


def test_a_proposal_above_the_ceiling_is_told_so(ward: Region) -> None:
    found = result(counted_poll(ward, (90 * MILLION, 20 * MILLION), 50 * MILLION, "1 × 80\n2 × 5"))
    assert funded(found) == ["Usulan 2"]
    assert [(one.title, one.reason) for one in Shown(found).lost] == [("Usulan 1", "over_pot")]


def test_a_pot_without_money_funds_nothing(ward: Region) -> None:
    none = {"pots": [{"id": "all", "ceiling": 0, "areas": None, "headings": None}]}
    poll = counted_poll(ward, (10 * MILLION, 20 * MILLION), 20 * MILLION, "1 × 8\n2 × 3")
    poll.rule = {**poll.rule, **none}
    poll.save(update_fields=["rule"])  # a ballot of a year whose money was cut to nothing
    found = result(poll)
    assert (funded(found), Shown(found).ceiling) == ([], 0)
    assert {one.reason for one in Shown(found).lost} == {"over_pot"}


def test_a_proposal_withdrawn_after_votes_is_ignored_and_told(ward: Region) -> None:
    meeting, proposals = meeting_with(ward, (20 * MILLION, 20 * MILLION, 20 * MILLION))
    poll = announced(meeting, proposals, 40 * MILLION)
    in_the_hall(poll, [1], [1, 2], [3])
    services.strike_choice(by=personas.lurah(ward), at=VOTING, poll=poll, number=1, reason="Lahan tidak tersedia")
    found = result(counted(poll))
    shown = Shown(found)
    assert sorted(funded(found)) == ["Usulan 2", "Usulan 3"]
    assert shown.voters == 3  # the ballot that named only the withdrawn one counts as cast
    assert [(one.title, one.struck_reason) for one in struck_of(found)] == [("Usulan 1", "Lahan tidak tersedia")]


@pytest.mark.parametrize(("kind", "lines", "more"), [
    ("points", "1=5 2=5 × 20\n3=10 × 12", {"points": 10}), ("ranking", "1>2>3 × 20\n3>1 × 12", {}),
    ("knapsack", "1 2 × 20\n3 × 12", {}), ("k_approval", "1 2 × 20\n3 × 12", {"most": 2}),
])  # fmt: skip
def test_every_kind_of_ballot_has_a_proven_result(ward: Region, kind: str, lines: str, more: dict[str, Any]) -> None:
    poll = counted_poll(ward, (20 * MILLION, 20 * MILLION, 20 * MILLION), 40 * MILLION, lines, kind=kind, **more)
    found = result(poll)
    assert len(funded(found)) == 2
    assert faults(found.ballot_file) == []


# Secrecy.


def test_what_is_published_holds_no_code_no_person_and_no_time(ward: Region) -> None:
    meeting, proposals = meeting_with(ward, (20 * MILLION, 20 * MILLION, 20 * MILLION))
    poll = announced(meeting, proposals, 40 * MILLION)
    receipts = in_the_hall(poll, [1], [1, 2], [3], [2, 3])
    found = result(counted(poll, "1 2 × 3"))
    texts = document_of(found).decode() + found.ballot_file
    people = [personas.lurah(ward), personas.sari(ward)]
    kept_out = [
        *receipts, *(str(slip.uid) for slip in poll.slips.all()), *(slip.digest for slip in poll.slips.all()),
        *(word for person in people for word in (str(person.uid), person.name)),
        f"{AT:%Y-%m-%d}", f"{AT:%H:%M}", "hall", "paper", "sex", "age",
    ]  # fmt: skip
    assert [word for word in kept_out if word in texts] == []
    assert found.ballot_file.count("\n") > 10


def test_numbers_of_voters_are_drawn_anew_for_each_publication(ward: Region) -> None:
    poll = counted_poll(ward, (20 * MILLION, 20 * MILLION, 20 * MILLION), 40 * MILLION, "1 × 9\n2 × 9\n3 × 9\n1 2 × 9")
    first = result(poll)
    second = services.recount(by=personas.lurah(ward), at=OVER, result=first, reason="Keberatan diterima")
    votes = [one.ballot_file.partition("VOTES\n")[2].splitlines()[1:] for one in (first, second)]
    assert votes[0] != votes[1]
    assert sorted(line.partition(";")[2] for line in votes[0]) == sorted(line.partition(";")[2] for line in votes[1])


def test_small_channels_are_not_told_apart(ward: Region) -> None:
    meeting, proposals = meeting_with(ward, (20 * MILLION, 20 * MILLION))
    poll = announced(meeting, proposals, 20 * MILLION)
    in_the_hall(poll, *([[1]] * 9))
    assert split_by_channel(result(counted(poll, "2 × 40"))) is None


def test_large_channels_are_told_apart(ward: Region) -> None:
    meeting, proposals = meeting_with(ward, (20 * MILLION, 20 * MILLION))
    poll = announced(meeting, proposals, 20 * MILLION)
    in_the_hall(poll, *([[1]] * 10))
    split = split_by_channel(result(counted(poll, "2 × 40")))
    assert split is not None
    assert [counts for _choice, counts in split] == [[10, 0], [0, 40]]
