"""A ballot from failed consensus to the count: what is fixed when, what is refused, what the result says."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation import sealing, services
from pendamping.deliberation.models import AgendaItem, BallotGroup, Envelope, Meeting, Poll, Receipt, VoteMark
from pendamping.deliberation.papers_parts import parts
from pendamping.deliberation.queries import ballots as read
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.queries.poll_minutes import polls_for_minutes
from pendamping.deliberation.rules import ballot_rule
from pendamping.deliberation.services.rolls import Voter
from pendamping.deliberation.tests import poll_factories as make
from pendamping.deliberation.tests.factories import AT, decided
from pendamping.deliberation.tests.factories import counted as heads
from pendamping.needs.models import Criterion, Score
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture
def meeting(ward: Region) -> Meeting:
    return make.meeting(ward)


def refused(act: Any, *given: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(*given, **facts)
    assert caught.value.message  # a sentence can be made of it
    return caught.value.code


def test_a_fallback_needs_the_failure_and_keeps_it(meeting: Meeting) -> None:
    assert refused(make.prepared, meeting, basis="fallback") == "no_consensus_missing"
    failure = make.failed(meeting)
    poll = make.prepared(meeting, basis="fallback")
    assert poll.no_consensus == failure
    entry = JournalEntry.objects.get(verb="deliberation.consensus_failed")
    assert (entry.subject_code, entry.reason) == (meeting.code, failure.reason)


def test_nothing_is_agreed_while_it_is_recorded_that_consensus_failed(meeting: Meeting) -> None:
    head, item = personas.lurah(meeting.region), meeting.items.order_by("position")[0]
    assert refused(services.record_consensus, by=head, at=AT, meeting=meeting, words="Tetap mufakat") == (
        "no_failure_stands"
    )
    make.failed(meeting)
    assert refused(decided, item) == "no_consensus_stands"
    for words in (" ", "ok"):
        assert refused(services.record_consensus, by=head, at=AT, meeting=meeting, words=words) == "consensus_words"
    services.record_consensus(by=head, at=AT, meeting=meeting, words="Usulan RW 02 didahulukan, RW 03 tahun depan")
    assert decided(item).method == "consensus"
    said = [line for block in parts(meeting) for line in block.get("items", [])]
    assert any("Usulan RW 02 didahulukan" in line for line in said)
    entry = JournalEntry.objects.get(verb="deliberation.consensus_reached")
    assert entry.reason == "Usulan RW 02 didahulukan, RW 03 tahun depan"
    assert refused(make.prepared, meeting, basis="fallback") == "no_consensus_missing"  # it failed no longer


def test_a_fallback_is_not_announced_once_consensus_was_reached(meeting: Meeting) -> None:
    make.failed(meeting)
    poll, head = make.prepared(meeting, basis="fallback"), personas.lurah(meeting.region)
    services.record_consensus(by=head, at=AT, meeting=meeting, words="Semua sepakat sesudah jeda")
    assert refused(services.announce_poll, by=head, at=AT, poll=poll) == "no_consensus_missing"


def test_a_failure_without_words_is_refused(meeting: Meeting) -> None:
    by = personas.lurah(meeting.region)
    assert refused(services.record_no_consensus, by=by, at=AT, meeting=meeting, reason=" ") == "no_consensus_reason"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"channels": []}, "no_channel"),
        ({"ceiling": 0}, "ceiling_needed"),
        ({"kind": "k_approval"}, "most_needed"),
        ({"kind": "points"}, "points_needed"),
        ({"most": 2}, "most_below_least"),
        ({"rule": {"method": "coin"}}, "rule_broken"),
        ({"rule": {"surprise": 1}}, "rule_broken"),
        ({"proposals": []}, "too_few_choices"),
    ],
)
def test_what_cannot_be_held_is_refused(meeting: Meeting, changes: dict[str, Any], code: str) -> None:
    assert refused(make.prepared, meeting, **changes) == code
    assert not Poll.objects.exists()


def test_only_proposals_of_the_agenda(meeting: Meeting, ward: Region) -> None:
    other = [item.proposal for item in make.meeting(ward, 2).items.all()]
    assert refused(make.prepared, meeting, proposals=other) == "not_on_this_agenda"


def test_the_rules_are_fixed_with_the_lot_under_a_hash(meeting: Meeting) -> None:
    poll = make.announced(meeting)
    codes = sorted(item.proposal.code for item in meeting.items.all())
    assert sorted(poll.rule["lot"]) == codes
    published = queries.published(poll)
    assert poll.rule_hash == ballot_rule.digest(published)
    assert ballot_rule.digest({**published, "ceiling": 1}) != poll.rule_hash
    entry = JournalEntry.objects.get(verb="deliberation.poll_announced")
    assert entry.is_public
    assert entry.changes["rule_hash"] == poll.rule_hash
    assert refused(services.announce_poll, by=None, at=AT, poll=poll) == "poll_not_draft"


def test_the_clock_opens_and_ends_voting(meeting: Meeting) -> None:
    poll = make.prepared(meeting)
    opens, closes = AT + timedelta(minutes=30), AT + timedelta(minutes=90)
    poll = services.announce_poll(by=None, at=AT, poll=poll, opens_at=opens, closes_at=closes)
    services.make_slips(by=None, at=AT, poll=poll, count=2)
    first, second = make.codes(poll)
    given: dict[str, Any] = {"poll": poll, "picks": make.ticks(1, 2, 3), "op": uuid.uuid4(), "is_sure": False}
    assert refused(services.cast_ballot, at=AT, code=first, **given) == "poll_not_open_yet"
    assert services.cast_ballot(at=opens, code=first, **given).receipt
    assert refused(services.cast_ballot, at=closes, code=second, **given) == "voting_over"


def test_fewer_than_asked_are_taken_once_the_voter_is_sure(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    code = make.codes(poll)[0]
    assert refused(make.cast, poll, code, make.ticks(2), is_sure=False) == "fewer_than_asked"
    assert refused(make.cast, poll, code, (), is_sure=False) == "fewer_than_asked"
    assert not VoteMark.objects.exists()
    make.cast(poll, code, make.ticks(2), is_sure=True)
    make.cast(poll, make.codes(poll)[1], make.ticks(1, 2, 3, 4), is_sure=False)  # no maximum


def test_one_code_one_ballot_and_sent_twice_is_one(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    code, op = make.codes(poll)[0], uuid.uuid4()
    first = make.cast(poll, code, make.ticks(1, 2, 3), op)
    again = make.cast(poll, f" {code[:5].lower()}-{code[5:].lower()} ", make.ticks(1, 2, 3), op)
    assert (again.receipt, again.is_again) == (first.receipt, True)
    assert refused(make.cast, poll, code, make.ticks(4)) == "voted_already"
    assert refused(make.cast, poll, "0000000000", make.ticks(4)) == "vote_code_unknown"
    assert (Envelope.objects.count(), VoteMark.objects.count()) == (1, 1)
    poll = make.counted(poll)
    assert make.cast(poll, code, make.ticks(1, 2, 3), op).receipt == first.receipt  # also after the count
    assert read.receipts_of(poll) == [first.receipt]


def test_paper_closes_the_link_and_the_link_closes_paper(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    table = make.secretary(meeting.region)
    on_paper, by_link = make.voter(poll, "1"), make.voter(poll, "2")
    services.mark_voter(by=table, at=make.LATER, entry=on_paper, channel="paper")
    code = sealing.link_code(on_paper.uid)
    assert refused(make.cast, poll, code, make.ticks(1, 2, 3)) == "voted_otherwise"
    make.cast(poll, sealing.link_code(by_link.uid), make.ticks(1, 2, 3))
    again = {"by": table, "at": make.LATER, "entry": by_link}
    assert refused(services.mark_voter, **again, channel="hall") == "voted_otherwise"
    assert VoteMark.objects.count() == 2


def test_somebody_stands_on_the_roll_once(meeting: Meeting) -> None:
    poll = make.prepared(meeting)
    make.voter(poll, "1")
    assert refused(make.voter, poll, "1", name="Nama lain", identity="rt01 1") == "on_roll_already"
    assert refused(make.voter, poll, "2", phone="12") == "roll_phone_unfit"
    assert poll.roll.count() == 1


def test_the_count_fixes_patterns_and_destroys_the_rest(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    codes = make.codes(poll)
    receipts = [make.cast(poll, code, make.ticks(1, 2, 3)).receipt for code in codes[:2]]
    receipts.append(make.cast(poll, codes[2], ()).receipt)
    poll = make.counted(poll)
    assert poll.sealing_key is None
    assert not Envelope.objects.exists()
    assert list(BallotGroup.objects.values_list("channel", "pattern", "count")) == [
        ("hall", "", 1),
        ("hall", "1 2 3", 2),
    ]
    assert read.receipts_of(poll) == sorted(receipts)
    assert [total.ballots for total in read.totals_of(poll)] == [2, 2, 2, 0]
    cast = read.cast_of(poll)
    assert (cast.cast, cast.blank) == (3, 1)
    entry = JournalEntry.objects.get(verb="deliberation.poll_counted")
    assert entry.changes["ballots"] == 3
    contest = read.contest_of(poll)
    assert contest["ballots"]["weight"] == [1, 2]
    assert contest["ballots"]["offsets"] == [0, 0, 3]
    assert contest["channels"] == {"hall": 3}


def test_zero_ballots_are_counted_as_none(meeting: Meeting) -> None:
    poll = make.counted(make.opened(meeting))
    assert read.contest_of(poll)["ballots"]["weight"] == []
    assert read.cast_of(poll).cast == 0
    assert poll.ballots_hash


def test_a_withdrawn_proposal_is_struck_and_its_ballots_stay(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    codes = make.codes(poll)
    make.cast(poll, codes[0], make.ticks(2))
    make.cast(poll, codes[1], make.ticks(1, 2, 3))
    chair = personas.lurah(meeting.region)
    strike: dict[str, Any] = {"by": chair, "at": make.LATER, "poll": poll, "number": 2}
    assert refused(services.strike_choice, **strike, reason="") == "poll_reason_missing"
    services.strike_choice(**strike, reason="Ditarik pengusul karena lahan sengketa")
    assert refused(services.strike_choice, **strike, reason="Lagi") == "already_struck"
    assert refused(make.cast, poll, codes[2], make.ticks(1, 2, 3)) == "struck_choice"
    poll = make.counted(poll)
    assert [total.ballots for total in read.totals_of(poll)] == [1, 0, 1, 0]
    cast = read.cast_of(poll)
    assert (cast.cast, cast.blank, cast.emptied) == (2, 0, 1)
    contest = read.contest_of(poll)
    struck = poll.choices.get(number=2).proposal.code
    assert contest["struck"] == [struck]
    assert struck not in [one["id"] for one in contest["proposals"]] + contest["rule"]["lot"]
    assert contest["ballots"]["weight"] == [1, 1]  # the emptied ballot is still somebody


def test_a_proposal_on_a_ballot_does_not_leave_the_agenda(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    item = AgendaItem.objects.filter(meeting=meeting).order_by("position")[0]
    facts: dict[str, Any] = {"by": personas.sari(meeting.region), "at": AT, "item": item}
    assert refused(services.take_off_agenda, **facts) == "proposal_on_ballot"
    services.strike_choice(by=None, at=AT, poll=poll, number=1, reason="Ditarik")
    services.take_off_agenda(**facts)


def test_a_cancelled_meeting_takes_its_ballots_with_it(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    make.cast(poll, make.codes(poll)[0], make.ticks(1, 2, 3))
    services.cancel_meeting(by=personas.lurah(meeting.region), at=make.LATER, meeting=meeting, reason="Banjir")
    poll.refresh_from_db()
    assert (poll.state, poll.void_reason, poll.sealing_key) == ("void", "Banjir", None)
    assert not Envelope.objects.exists()


def test_a_ballot_called_off_is_destroyed_unread(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    make.cast(poll, make.codes(poll)[0], make.ticks(1, 2, 3))
    assert refused(services.void_poll, by=None, at=make.LATER, poll=poll, reason=" ") == "poll_reason_missing"
    services.void_poll(by=None, at=make.LATER, poll=poll, reason="Kartu tertukar")
    assert not Envelope.objects.exists()
    assert refused(make.cast, poll, make.codes(poll)[1], make.ticks(1, 2, 3)) == "poll_void"
    assert refused(services.count_poll, by=None, at=make.COUNTED, poll=poll) == "poll_void"


def test_a_ballot_slipped_into_the_database_stops_the_count(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    make.cast(poll, make.codes(poll)[0], make.ticks(1, 2, 3))
    sealed = sealing.seal(poll, pattern="4", receipt="X" * 12, channel="hall", choices=4)
    Envelope.objects.create(poll=poll, channel="hall", receipt_digest="x", sealed=sealed)
    make.ended(poll)
    assert refused(services.count_poll, by=None, at=make.COUNTED, poll=poll) == "envelopes_differ"
    poll.refresh_from_db()
    assert (poll.state, BallotGroup.objects.count()) == ("announced", 0)


def test_more_slips_used_than_marked_on_the_roll_need_a_remark(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    make.voter(poll)
    make.cast(poll, make.codes(poll)[0], make.ticks(1, 2, 3))
    make.ended(poll)
    count: dict[str, Any] = {"by": None, "at": make.COUNTED, "poll": poll}
    assert refused(services.count_poll, **count) == "more_ballots_than_marks"
    poll = services.count_poll(**count, remark="Satu warga diberi kartu sebelum dicatat")
    assert poll.remark


def test_counting_waits_for_the_end_and_the_meeting_for_the_count(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    assert refused(services.count_poll, by=None, at=make.LATER, poll=poll) == "poll_still_open"
    assert services.polls_open(meeting).reason == "poll_open_yet"
    make.counted(poll)
    assert services.polls_open(meeting)
    assert refused(services.void_poll, by=None, at=make.COUNTED, poll=poll, reason="x") == "poll_closed"


def test_what_the_minutes_are_given(meeting: Meeting) -> None:
    make.failed(meeting)
    poll = make.opened(meeting, basis="fallback")
    make.cast(poll, make.codes(poll)[0], make.ticks(1, 2, 3))
    assert polls_for_minutes(meeting)["polls"] == []
    make.counted(poll)
    told = polls_for_minutes(meeting)
    assert len(told["no_consensus"]) == 1
    assert told["polls"][0].votes == {1: 1, 2: 1, 3: 1, 4: 0}


def test_names_of_the_roll_are_let_go_of_in_time(meeting: Meeting) -> None:
    from pendamping.deliberation.services import rolls

    poll = make.opened(meeting)
    entry = make.voter(poll)
    make.counted(poll)
    assert rolls.name_of(entry) == "Warga 1"
    assert rolls.forget_names(make.COUNTED + rolls.KEPT) == 0
    assert rolls.forget_names(make.COUNTED + rolls.KEPT + timedelta(days=1)) == 1
    entry.refresh_from_db()
    assert (rolls.name_of(entry), rolls.phone_of(entry), entry.rt) == ("", "", "")
    assert Receipt.objects.count() == 0


def test_a_wrong_mark_is_taken_back_with_words_and_a_cast_ballot_stays(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    table = make.secretary(meeting.region)
    entry, by_link = make.voter(poll, "1"), make.voter(poll, "2")
    services.mark_voter(by=table, at=make.LATER, entry=entry, channel="paper")
    back: dict[str, Any] = {"by": table, "at": make.LATER, "entry": entry}
    assert refused(services.take_back_mark, **back, reason=" ") == "poll_reason_missing"
    services.take_back_mark(**back, reason="Salah baris")
    assert refused(services.take_back_mark, **back, reason="Lagi") == "roll_not_marked"
    entry_line = JournalEntry.objects.get(verb="deliberation.mark_taken_back")
    assert (entry_line.is_public, entry_line.changes["voter"]) == (False, 1)
    make.cast(poll, sealing.link_code(entry.uid), make.ticks(1, 2, 3))  # their link is open again
    make.cast(poll, sealing.link_code(by_link.uid), make.ticks(1, 2, 3))
    for one in (entry, by_link):
        assert refused(services.take_back_mark, **{**back, "entry": one}, reason="Keliru") == "roll_voted_by_link"
    assert Envelope.objects.count() == VoteMark.objects.count() == 2


def test_a_slip_that_was_lost_is_withdrawn_and_never_votes(meeting: Meeting) -> None:
    poll = make.opened(meeting, slips=3)
    codes = make.codes(poll)
    make.cast(poll, codes[0], make.ticks(1, 2, 3))
    given: dict[str, Any] = {"by": personas.sari(meeting.region), "at": make.LATER, "poll": poll}
    assert refused(services.withdraw_slip, **given, number=2, reason="") == "poll_reason_missing"
    assert refused(services.withdraw_slip, **given, number=9, reason="Hilang") == "slip_unknown"
    assert refused(services.withdraw_slip, **given, number=1, reason="Hilang") == "slip_used"
    services.withdraw_slip(**given, number=2, reason="Hilang di aula")
    assert refused(services.withdraw_slip, **given, number=2, reason="Hilang") == "slip_withdrawn"
    assert refused(make.cast, poll, codes[1], make.ticks(1, 2, 3)) == "code_withdrawn"
    assert queries.withdrawn_slips(poll) == [2]
    assert dict(queries.turnout(poll))["hall"] == 1  # a withdrawn slip is nobody's vote
    assert read.cast_of(make.counted(poll)).cast == 1
    assert refused(services.withdraw_slip, **given, number=3, reason="Hilang") == "poll_closed"


def test_somebody_put_on_the_roll_by_mistake_cannot_vote(meeting: Meeting) -> None:
    poll = make.announced(meeting)
    entry = make.voter(poll)
    given: dict[str, Any] = {"by": make.secretary(meeting.region), "at": AT, "entry": entry, "channel": "none"}
    assert refused(services.mark_voter, **given) == "poll_reason_missing"
    services.mark_voter(**given, reason="Pindah ke kota lain")
    services.open_poll(by=None, at=AT, poll=poll)
    assert refused(make.cast, poll, sealing.link_code(entry.uid), make.ticks(1, 2, 3)) == "code_withdrawn"
    assert sum(count for _way, count in queries.turnout(poll)) == 0


@pytest.mark.parametrize("change", [{"receipt_digest": "x" * 64}, {"channel": "remote"}, {"sealed": b"\1" * 99}])
def test_an_envelope_changed_in_the_database_stops_the_count(meeting: Meeting, change: dict[str, Any]) -> None:
    poll = make.opened(meeting)
    make.cast(poll, make.codes(poll)[0], make.ticks(1, 2, 3))
    make.cast(poll, sealing.link_code(make.voter(poll).uid), make.ticks(4))
    hall = Envelope.objects.get(poll=poll, channel="hall").pk
    if "channel" in change:  # the two change places: as many of each way as before
        Envelope.objects.filter(poll=poll, channel="remote").update(channel="hall")
    Envelope.objects.filter(pk=hall).update(**change)
    make.ended(poll)
    count: dict[str, Any] = {"by": None, "at": make.COUNTED, "poll": poll, "remark": "Kartu tanpa tanda"}
    assert refused(services.count_poll, **count) == "envelope_broken"
    assert not BallotGroup.objects.exists()


def test_a_proposal_is_not_decided_past_its_ballot(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    item = AgendaItem.objects.filter(meeting=meeting).order_by("position")[0]
    facts: dict[str, Any] = {
        "by": personas.lurah(meeting.region), "at": make.COUNTED, "item": item, "outcome": "deferred",
        "reason": "Menunggu tahun depan",
    }  # fmt: skip
    assert refused(services.decide, **facts) == "proposal_voted_on"
    services.void_poll(by=None, at=make.LATER, poll=poll, reason="Akhirnya mufakat")
    decision = services.decide(**facts)
    assert decision.method == "consensus"
    type(decision).objects.update(method="ballot")  # as a result left it
    assert services.decide(**facts).method == "consensus"
    decision.refresh_from_db()
    assert decision.method == "consensus"


def test_the_rule_is_given_area_groups_and_need(ward: Region, meeting: Meeting) -> None:
    item = AgendaItem.objects.filter(meeting=meeting).order_by("position")[0]
    proposal = item.proposal
    type(proposal).objects.filter(pk=proposal.pk).update(women=30, men=10, children=0, poor=20, disabled=1)
    poll = make.prepared(meeting)
    levels = [{"points": points, "text": {"id": str(points), "en": str(points)}} for points in range(1, 6)]
    criterion = Criterion.objects.create(
        created_at=AT, key="genangan", title={"id": "Genangan"}, levels=levels, valid_from=AT.date()
    )
    Score.objects.create(created_at=AT, need=proposal.need, criterion=criterion, points=5, reason="Selutut")
    poll = services.announce_poll(by=None, at=AT, poll=poll)
    facts = poll.choices.get(proposal=proposal).facts
    assert facts["groups"] == ["poor", "women"]
    assert facts["need"] == {"genangan": 4}
    assert facts["area"] in {one.label for one in Region.objects.all()}
    assert queries.published(poll)["choices"][0]["need"] == {"genangan": 4}


@pytest.mark.parametrize("completion", ["add1", "add1_nostop", "all"])
def test_a_completion_by_single_rupiah_is_refused_by_its_name(meeting: Meeting, completion: str) -> None:
    with pytest.raises(Refused) as refusal:
        make.prepared(meeting, rule={"completion": completion})
    assert refusal.value.code == "rule_broken" and "“completion”" in refusal.value.message
    assert not Poll.objects.exists()


@pytest.mark.parametrize("method", ["greedy_votes", "phragmen"])
def test_a_floor_that_the_method_does_not_keep_is_refused_with_the_way_out(meeting: Meeting, method: str) -> None:
    floor = {"pot": "all", "selector_kind": "group", "selector": "women", "least": 1_000_000, "most": None}
    with pytest.raises(Refused) as refusal:
        make.prepared(meeting, rule={"method": method, "limits": [floor]})
    assert refusal.value.code == "rule_broken"
    assert all(word in refusal.value.message for word in ("“mes”", "“least”", "“limits”"))
    cap = {**floor, "least": None, "most": 1_000_000}
    assert make.prepared(meeting, rule={"method": method, "limits": [cap]}).rule["limits"] == [cap]


@pytest.mark.parametrize(
    "limit",
    [{"selector_kind": "area", "selector": "RW 999"}, {"selector_kind": "group", "selector": "tall people"}],
)
def test_a_floor_for_what_no_proposal_is_is_refused(meeting: Meeting, limit: dict[str, str]) -> None:
    rule = {"limits": [{"pot": "all", "least": 1_000_000, "most": None, **limit}]}
    assert refused(make.prepared, meeting, rule=rule) == "rule_broken"
    known = {"selector_kind": "group", "selector": "women"}
    assert make.prepared(meeting, rule={"limits": [{**rule["limits"][0], **known}]}).rule["limits"]


def test_without_a_roll_more_ballots_than_people_present_need_a_remark_in_words(meeting: Meeting) -> None:
    poll = make.opened(meeting, slips=3)
    heads(meeting, women=1, men=1, youth=0, disabled=0)
    for code in make.codes(poll):
        make.cast(poll, code, make.ticks(1, 2, 3))
    make.ended(poll)
    count: dict[str, Any] = {"by": None, "at": make.COUNTED, "poll": poll}
    with pytest.raises(Refused) as caught:
        services.count_poll(**count)
    assert (caught.value.code, caught.value.field) == ("more_ballots_than_present", "remark")
    assert {"ballots": 3, "present": 2}.items() <= caught.value.params.items()
    for dash in ("-", "...?!", "ok"):
        assert refused(services.count_poll, **count, remark=dash) == "poll_remark_too_short"
    poll = services.count_poll(**count, remark="Seorang warga datang setelah kehadiran dihitung")
    heads(meeting)  # counted again afterwards, it does not change what was so at the count
    assert queries.ballots_and_people(Poll.objects.get(pk=poll.pk)) == {"present": (3, 2)}
    entry = JournalEntry.objects.get(verb="deliberation.poll_counted")
    assert (entry.is_public, entry.changes["excess_present"]) == (True, "3 : 2")
    assert "3 : 2" in Client().get(f"/jejak/{meeting.code}/").content.decode()
    assert "3 suara, 2 orang" in Client().get(f"/musyawarah/{meeting.code}/suara/1/").content.decode()


def test_as_many_ballots_as_people_present_need_no_remark(meeting: Meeting) -> None:
    poll = make.opened(meeting, slips=2)
    heads(meeting, women=1, men=1, youth=0, disabled=0)
    for code in make.codes(poll):
        make.cast(poll, code, make.ticks(1, 2, 3))
    assert make.counted(poll).present == 2


def test_a_dash_does_not_explain_ballots_without_marks(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    make.voter(poll)
    make.cast(poll, make.codes(poll)[0], make.ticks(1, 2, 3))
    make.ended(poll)
    count: dict[str, Any] = {"by": None, "at": make.COUNTED, "poll": poll}
    assert refused(services.count_poll, **count, remark="-") == "poll_remark_too_short"
    services.count_poll(**count, remark="Satu warga diberi kartu sebelum dicatat")
    assert "1 : 0" in Client().get(f"/jejak/{meeting.code}/").content.decode()
    assert "1 suara, 0 orang" in Client().get(f"/musyawarah/{meeting.code}/suara/1/").content.decode()


def test_the_roll_stands_when_voting_opens_and_its_size_is_public(meeting: Meeting) -> None:
    poll = make.announced(meeting)
    before: dict[str, Any] = {"by": personas.sari(meeting.region), "at": AT, "poll": poll}
    services.take_roll(**before, voters=[Voter("Warga 1", "RT01-1"), Voter("Warga 2", "RT01-2")])
    page = f"/musyawarah/{meeting.code}/suara/1/"
    services.open_poll(by=None, at=make.LATER, poll=poll)
    late = {**before, "at": make.LATER + timedelta(minutes=1)}
    assert refused(services.take_roll, **late, voters=[Voter("Warga 3", "RT01-3")]) == "roll_stands_list"
    one = {"name": "Warga 3", "identity": "RT01-3"}
    for reason in ("", "-"):
        assert refused(services.add_voter, **late, **one, reason=reason) == "roll_stands"
    assert queries.roll_size(Poll.objects.get()) == queries.RollSize(2, 0, 0)
    entry = services.add_voter(**late, **one, reason="Pindah masuk sesudah daftar disusun")
    services.mark_voter(by=None, at=late["at"], entry=entry, channel="none", reason="Belum 17 tahun")
    assert queries.roll_size(Poll.objects.get()) == queries.RollSize(2, 1, 1)
    opened = JournalEntry.objects.get(verb="deliberation.poll_opened")
    added = JournalEntry.objects.get(verb="deliberation.voter_added")
    assert (opened.changes["roll"], added.changes["roll"], added.is_public) == (2, 3, True)
    assert added.reason == "Pindah masuk sesudah daftar disusun"
    said = Client().get(f"/jejak/{meeting.code}/").content.decode()
    assert "2 orang di daftar pemilih" in said
    assert "3 orang di daftar pemilih" in said
    assert "Warga 3" not in said + Client().get(page).content.decode()
    assert "Ditambahkan kemudian ke daftar pemilih" in Client().get(page).content.decode()
    assert Client().get(f"/api/v1/polls/{meeting.code}/1").json()["roll"] == {
        "at_opening": 2, "added": 1, "withdrawn": 1
    }  # fmt: skip


def test_before_voting_opens_a_voter_is_added_without_a_public_word(meeting: Meeting) -> None:
    poll = make.announced(meeting)
    services.add_voter(by=None, at=AT, poll=poll, name="Warga 1", identity="RT01-1")
    assert not JournalEntry.objects.get(verb="deliberation.voter_added").is_public


def test_nothing_can_be_done_with_a_ballot_that_lapsed_with_the_close(meeting: Meeting) -> None:
    head = personas.lurah(meeting.region)
    poll = make.prepared(meeting)
    for item in meeting.items.all():
        decided(item)
    heads(meeting)
    services.close_meeting(by=head, at=AT, meeting=meeting)
    facts: dict[str, Any] = {"by": head, "at": make.LATER, "poll": poll}
    acts: list[tuple[Any, dict[str, Any]]] = [
        (services.open_poll, {}), (services.end_poll, {}), (services.count_poll, {}),
        (services.make_slips, {"count": 3}),
        (services.void_poll, {"reason": "Tidak jadi"}), (services.strike_choice, {"number": 1, "reason": "Ditarik"}),
        (services.add_voter, {"name": "Warga 1", "identity": "RT01-1"}),
    ]  # fmt: skip
    for service, more in acts:
        assert refused(service, **facts, **more) == "poll_lapsed"
    assert refused(services.announce_poll, **facts) == "poll_meeting_over"
