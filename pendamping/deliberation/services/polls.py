"""Consensus fails; a ballot is prepared, announced with its rules, opened, ended, called off; a proposal is struck."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import crypt, mask, mask_to
from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation import sealing
from pendamping.deliberation.enums.polls import BallotChannel, PollBasis, PollPhase, PollReason, PollState
from pendamping.deliberation.models import AgendaItem, Envelope, Meeting, NoConsensus, Poll, PollChoice
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.queries.choice_facts import facts_of
from pendamping.deliberation.queries.meetings import duties_on
from pendamping.deliberation.rules import ballot_rule
from pendamping.deliberation.rules import polls as rules
from pendamping.deliberation.rules.choice_links import Excludes, Requires, links_of, may_link
from pendamping.deliberation.services.poll_clock import tell_clock
from pendamping.deliberation.services.shared import held, locked, tell
from pendamping.needs.enums.menu import Stream
from pendamping.needs.models import Proposal


@act("deliberation.consensus_failed")
def record_no_consensus(*, by: Account | None, at: datetime, meeting: Meeting, reason: str) -> NoConsensus:
    """Record that consensus was sought and not reached, and why (id: mufakat tidak tercapai).

    Refuses before the day of the meeting, and empty words.
    """
    meeting = locked(meeting)
    reason = mask(reason).text
    rules.may_record_failure(
        meeting_state=meeting.state, held_on=meeting.held_on, today=day(at), reason=reason
    ).or_raise()
    made = NoConsensus.objects.create(created_at=at, meeting=meeting, reason=reason, by=by)
    tell("deliberation.consensus_failed", meeting, Verb.MEETING_DECIDE, by=by, at=at, changes={}, reason=reason)
    return made


@act("deliberation.consensus_reached")
def record_consensus(*, by: Account | None, at: datetime, meeting: Meeting, words: str) -> Meeting:
    """Record that consensus was reached after it had failed, and on what (id: mufakat tercapai kemudian).

    From then on proposals that no ballot speaks of are decided by consensus again. The words are printed in the
    minutes. Refuses before the day, a meeting that is over or where no failure stands, and words that say nothing.
    Raises Refused.
    """
    meeting = locked(meeting)
    words = mask(words).text
    standing = queries.standing_failures(meeting.pk)
    rules.may_record_consensus(
        meeting_state=meeting.state, held_on=meeting.held_on, today=day(at), has_failure=standing.exists(), words=words
    ).or_raise()
    standing.update(reached_at=at, reached_words=words, reached_by=by)
    tell("deliberation.consensus_reached", meeting, Verb.MEETING_DECIDE, by=by, at=at, changes={}, reason=words)
    return meeting


@act("deliberation.poll_prepared")
def prepare_poll(
    *, by: Account | None, at: datetime, meeting: Meeting, title: str, kind: str, basis: str,
    proposals: Sequence[Proposal], channels: Sequence[str], ceiling: int, least: int = 3, most: int | None = None,
    points: int | None = None, rule: Mapping[str, Any] | None = None, requires: Requires | None = None,
    excludes: Excludes = (),
) -> Poll:  # fmt: skip
    """Prepare a ballot over proposals of the agenda (id: menyiapkan pemungutan suara); money in rupiah.

    Without a rule it is Equal Shares with cost utility, completed, then filled by votes. `requires`: a proposal's code
    to the codes that have to be chosen too; `excludes`: pairs of which at most one is chosen. Refuses a fallback before
    it is recorded that consensus failed, fewer than two proposals, no channel, a rule that is not whole, links to
    strangers, to itself or in a circle. Raises Refused.
    """
    meeting = locked(meeting)
    failure = queries.standing_failures(meeting.pk).order_by("-pk").first()
    rules.may_prepare(
        meeting_state=meeting.state, basis=basis, has_failure=failure is not None, kind=kind, choices=len(proposals),
        channels=channels, least=least, most=most, points=points, ceiling=ceiling, title=title,
    ).or_raise()  # fmt: skip
    on_agenda(meeting, proposals).or_raise()
    wanted = {**ballot_rule.default_rule(kind=kind, ceiling=ceiling), **(rule or {})}
    codes, requires = [one.code for one in proposals], requires or {}
    may_link(codes, requires=requires, excludes=excludes).or_raise()
    facts = [
        {**given, **links_of(code, requires=requires, excludes=excludes)}
        for code, given in zip(codes, facts_of(meeting.region, proposals), strict=True)
    ]
    _is_whole(wanted, ceiling=ceiling, proposals=proposals, facts=facts).or_raise()
    last = meeting.polls.aggregate(last=Max("number"))["last"] or 0
    poll = Poll.objects.create(
        created_at=at, meeting=meeting, number=last + 1, title=mask_to(title, 160), kind=kind, basis=basis,
        no_consensus=failure if basis == PollBasis.FALLBACK else None, least=least, most=most, points=points,
        ceiling=ceiling, rule={**wanted, "lot": []}, prepared_by=by,
        **{f"has_{channel.value}": channel in channels for channel in BallotChannel},
    )  # fmt: skip
    PollChoice.objects.bulk_create(
        PollChoice(
            poll=poll, proposal=one, number=number, title=one.title, cost=one.estimated_cost, facts=given
        )
        for number, (one, given) in enumerate(zip(proposals, facts, strict=True), start=1)
    )  # fmt: skip
    tell(
        "deliberation.poll_prepared", meeting, Verb.MEETING_CALL, by=by, at=at, public=False,
        changes={"poll": poll.number, "choices": len(proposals), "ceiling": ceiling},
    )  # fmt: skip
    return poll


def on_agenda(meeting: Meeting, proposals: Sequence[Proposal]) -> Verdict:
    """Do all these proposals stand on the agenda of this meeting?"""
    there = set(AgendaItem.objects.filter(meeting=meeting).values_list("proposal", flat=True))
    strange = next((one for one in proposals if one.pk not in there), None)
    return ALLOWED if strange is None else refused(PollReason.NOT_ON_THIS_AGENDA, "proposals", code=strange.code)


def _is_whole(
    rule: Mapping[str, Any], *, ceiling: int, proposals: Sequence[Proposal], facts: Sequence[Mapping[str, Any]]
) -> Verdict:  # fmt: skip
    """Can the engine follow the rule? A lot that is not drawn yet does not count; a pot for an area is refused.

    A sealed ballot says nothing of where its voter lives: everybody would spend in the pot of every area.
    """
    pots = rule.get("pots")
    named = isinstance(pots, list) and any(isinstance(pot, dict) and pot.get("areas") for pot in pots)
    if named:
        return refused(PollReason.POT_OF_AREA, field="rule")
    codes = [one.code for one in proposals]
    choices = [{**given, "cost": one.estimated_cost} for one, given in zip(proposals, facts, strict=True)]
    return ballot_rule.is_whole(
        {**rule, "lot": rule.get("lot") or codes}, ceiling=ceiling, codes=codes, headings=Stream.values, choices=choices
    )


@act("deliberation.poll_announced")
def announce_poll(
    *, by: Account | None, at: datetime, poll: Poll, opens_at: datetime | None = None, closes_at: datetime | None = None
) -> Poll:
    """Fix and publish the rules of a ballot under a hash, and draw the lot (id: mengumumkan pemungutan suara).

    From here on nothing of it changes. It opens and closes at these times, or by hand; at a time that is past it opens
    now. Refuses one that is announced already, a proposal that left the agenda, times that cannot be.
    """
    poll = held(poll)
    rules.is_meeting_open(meeting_state=poll.meeting.state).or_raise()
    rules.is_draft(queries.phase_of(poll, at)).or_raise()
    rules.are_possible_times(opens_at=opens_at, closes_at=closes_at, at=at).or_raise()
    if poll.no_consensus is not None and poll.no_consensus.reached_at is not None:
        raise Refused(PollReason.NO_CONSENSUS_MISSING)
    choices = queries.choices_of(poll)
    proposals = [one.proposal for one in choices]
    on_agenda(poll.meeting, proposals).or_raise()
    lot = [one.code for one in proposals]
    secrets.SystemRandom().shuffle(lot)
    rule = {**poll.rule, "lot": lot}
    facts = facts_of(poll.meeting.region, proposals)
    _is_whole(rule, ceiling=poll.ceiling, proposals=proposals, facts=facts).or_raise()
    for choice, given in zip(choices, facts, strict=True):  # as the proposal stands now, with what was scored meanwhile
        links = {name: choice.facts.get(name, []) for name in ("requires", "excludes")}
        choice.title, choice.cost = choice.proposal.title, choice.proposal.estimated_cost
        choice.facts = {**given, **links}
    PollChoice.objects.bulk_update(choices, ["title", "cost", "facts"])
    poll.rule, poll.state = rule, PollState.ANNOUNCED
    poll.announced_at, poll.announced_by = at, by
    poll.opens_at, poll.closes_at = opens_at and max(opens_at, at), closes_at
    poll.sealing_key = crypt.new_subject_key()
    poll.rule_hash = ballot_rule.digest(queries.published(poll))
    poll.save()
    _tell("deliberation.poll_announced", poll, by=by, at=at, changes={"rule_hash": poll.rule_hash})
    return poll


@act("deliberation.poll_opened")
def open_poll(*, by: Account | None, at: datetime, poll: Poll) -> Poll:
    """Open voting now (id: membuka pemungutan suara), whatever time was planned. From here on the roll stands."""
    poll = held(poll)
    rules.may_open(queries.phase_of(poll, at)).or_raise()
    rules.are_possible_times(opens_at=None, closes_at=poll.closes_at, at=at).or_raise()
    poll.opens_at = at
    poll.save(update_fields=["opens_at"])
    _tell("deliberation.poll_opened", poll, by=by, at=at, changes={"roll": poll.roll.count()})
    return poll


@act("deliberation.poll_ended")
def end_poll(*, by: Account | None, at: datetime, poll: Poll) -> Poll:
    """End voting now (id: mengakhiri pemungutan suara); then paper is entered and the ballots are counted.

    Refuses anyone who proposed, repaired or checked one of the ballot's proposals: its hour ends it, or another.
    """
    poll = held(poll)
    apart_verdict(by=by, poll=poll, at=at).or_raise()
    rules.is_voting(queries.phase_of(poll, at)).or_raise()
    tell_clock(poll, at=at)
    poll.closes_at = at
    poll.save(update_fields=["closes_at"])
    _tell("deliberation.poll_ended", poll, by=by, at=at)
    return poll


@act("deliberation.poll_voided")
def void_poll(*, by: Account | None, at: datetime, poll: Poll, reason: str) -> Poll:
    """Call a ballot off, with the reason (id: membatalkan pemungutan suara); sealed ballots are destroyed unread.

    Refuses empty words, a counted ballot, and anyone who proposed, repaired or checked one of its proposals.
    """
    poll = held(poll)
    reason = mask(reason).text
    apart_verdict(by=by, poll=poll, at=at).or_raise()
    rules.has_words(reason).or_raise()
    rules.is_unfinished(queries.phase_of(poll, at)).or_raise()
    tell_clock(poll, at=at)
    _void(poll, at, reason)
    is_public = poll.announced_at is not None
    _tell("deliberation.poll_voided", poll, by=by, at=at, reason=reason, public=is_public)
    return poll


def void_polls_verdict(*, by: Account | None, meeting: Meeting, at: datetime) -> Verdict:
    """May this person call off, with their meeting, the ballots in which voting began? As for each of them alone."""
    announced = queries.polls_of(meeting).filter(state=PollState.ANNOUNCED)
    begun = [poll for poll in announced if queries.phase_of(poll, at) != PollPhase.WAITING]
    return first_refusal(*(apart_verdict(by=by, poll=poll, at=at) for poll in begun))


def void_polls(meeting: Meeting, *, at: datetime, reason: str) -> None:
    """Within the act that calls a meeting off: its ballots that are not counted go with it."""
    found = queries.polls_of(meeting).filter(state__in=[PollState.DRAFT, PollState.ANNOUNCED])
    for poll in [held(one) for one in found]:  # all rows first: the journal is waited for after them
        tell_clock(poll, at=at)
        _void(poll, at, reason)


def _void(poll: Poll, at: datetime, reason: str) -> None:
    with sealing.overwriting():
        Envelope.objects.filter(poll=poll).delete()
    poll.state, poll.voided_at, poll.void_reason, poll.sealing_key = PollState.VOID, at, reason, None
    poll.save(update_fields=["state", "voided_at", "void_reason", "sealing_key"])
    transaction.on_commit(sealing.empty_log, robust=True)


def apart_verdict(*, by: Account | None, poll: Poll, at: datetime) -> Verdict:
    """May this person end a ballot, call it off, change what counts on it or have it counted again?

    Nobody who proposed, repaired or checked one of its proposals. Whoever fixes the minutes must be as far from them,
    so this asks for nobody whom the meeting has not.
    """
    earlier = duties_on([one.proposal for one in queries.choices_of(poll)])
    return duties.duty_verdict(by=by, place=poll.meeting, at=at, takes=duties.Duty.DECIDER, earlier=earlier)


@act("deliberation.choice_struck")
def strike_choice(*, by: Account | None, at: datetime, poll: Poll, number: int, reason: str) -> Poll:
    """Strike a withdrawn proposal from an announced ballot (id: mencoret usulan dari pemungutan suara).

    Ballots cast before stay; the choice is ignored in the count, and the result says so. Refuses empty words, and
    anyone who proposed, repaired or checked one of the ballot's proposals.
    """
    poll = held(poll)
    reason = mask(reason).text
    apart_verdict(by=by, poll=poll, at=at).or_raise()
    rules.is_running(queries.phase_of(poll, at)).or_raise()
    choice = PollChoice.objects.select_for_update(of=("self",)).filter(poll=poll, number=number).first()
    if choice is None:
        raise Refused(PollReason.UNKNOWN_CHOICE, number=number)
    if choice.struck_at is not None:
        raise Refused(PollReason.ALREADY_STRUCK)
    rules.has_words(reason).or_raise()
    tell_clock(poll, at=at)
    choice.struck_at, choice.struck_reason, choice.struck_by = at, reason, by
    choice.save(update_fields=["struck_at", "struck_reason", "struck_by"])
    _tell("deliberation.choice_struck", poll, by=by, at=at, reason=reason, changes={"choice": number})
    return poll


def may_leave_agenda(item: AgendaItem) -> Verdict:
    """A proposal on an announced ballot is struck there, not taken off the agenda under it."""
    on_ballot = PollChoice.objects.filter(
        poll__meeting=item.meeting_id, proposal=item.proposal_id, struck_at=None, poll__state=PollState.ANNOUNCED
    )
    return refused(PollReason.ON_BALLOT, code=item.proposal.code) if on_ballot.exists() else ALLOWED


def is_voted_on(item: AgendaItem) -> Verdict:
    """A proposal on an announced ballot is not decided past it: first it is counted, or called off."""
    on_ballot = PollChoice.objects.filter(
        poll__meeting=item.meeting_id, proposal=item.proposal_id, struck_at=None, poll__state=PollState.ANNOUNCED
    )
    number = on_ballot.values_list("poll__number", flat=True).first()
    return ALLOWED if number is None else refused(PollReason.VOTED_ON, code=item.proposal.code, number=number)


def is_undisputed(item: AgendaItem) -> Verdict:
    """Is nothing recorded of the meeting's consensus failing, or was it reached after all?"""
    standing = queries.standing_failures(item.meeting_id).exists()
    return refused(PollReason.NO_CONSENSUS_STANDS, code=item.proposal.code) if standing else ALLOWED


def polls_open(meeting: Meeting) -> Verdict:
    """Is there no announced ballot that is neither counted nor called off? Asked before a meeting is closed."""
    numbers = queries.unfinished(meeting)
    return refused(PollReason.POLL_OPEN_YET, numbers=", ".join(map(str, numbers))) if numbers else ALLOWED


def _tell(
    verb: str, poll: Poll, *, by: Account | None, at: datetime, changes: Mapping[str, Any] | None = None,
    reason: str = "", public: bool = True,
) -> None:  # fmt: skip
    tell(
        verb, poll.meeting, Verb.MEETING_DECIDE, by=by, at=at, reason=reason, public=public,
        changes={"poll": poll.number, **(changes or {})},
    )  # fmt: skip
