"""The result of a counted ballot: worked out, proven by a second calculation, kept with all it takes to repeat it."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask
from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.deliberation.allocation import Contest, Decision, Invalid, decide, write_pabulib
from pendamping.deliberation.allocation.published import canonical
from pendamping.deliberation.allocation.verify import verify
from pendamping.deliberation.enums.polls import PollState
from pendamping.deliberation.enums.results import ResultReason
from pendamping.deliberation.models import AgendaItem, Meeting, MeetingObjection, Poll, PollChoice, Result
from pendamping.deliberation.models import Decision as Agreed
from pendamping.deliberation.models.meetings import CONSENSUS
from pendamping.deliberation.queries.ballots import contest_of
from pendamping.deliberation.queries.results import document_of, first_result, overtaken
from pendamping.deliberation.rules import results as rules
from pendamping.deliberation.services.polls import apart_verdict
from pendamping.deliberation.services.shared import locked, tell

log = logging.getLogger(__name__)
PARTS = ("proposals", "ballots", "pots", "limits", "rule")  # of the contest; how ballots came in is no part of it


@dataclass(frozen=True)
class Worked:
    """A result before it is kept (id: hasil hitungan): the same ballots give the same texts, byte by byte."""

    contest: str
    decision: str
    ballot_file: str
    inputs_hash: str
    rule_hash: str
    code_version: str
    funded: int
    amount: int

    def __str__(self) -> str:
        return hashlib.sha256(f"{self.contest}\n{self.decision}".encode()).hexdigest()


def run_result(*, by: Account | None, at: datetime, poll: Poll, op: UUID | None = None) -> Result:
    """Work out the result of a counted ballot (id: menghitung hasil); asked again, it is the one that is there.

    The calculation runs outside any transaction. Refuses a ballot that is not counted, and publishes nothing when the
    second, independent calculation finds a fault.
    """
    known = first_result(poll)
    if known is not None:
        return known
    rules.may_run(poll_state=poll.state, meeting_state=poll.meeting.state).or_raise()
    worked = work_out(poll)
    try:
        return _keep_first(by=by, at=at, op=op, poll=poll, worked=worked)
    except IntegrityError:  # somebody else's was kept meanwhile
        known = first_result(poll)
        if known is None:
            raise
        return known


def recount(*, by: Account | None, at: datetime, result: Result, reason: str, op: UUID | None = None) -> Result:
    """Work out a result anew, with the reason (id: menghitung ulang hasil), for example after an upheld objection.

    The one before stays to be read; the upheld objection that opened the meeting for it is named with it. Refuses empty
    words, a result that was counted again already, a meeting that is closed (an upheld objection opens it first), and
    anyone who proposed, repaired or checked one of the ballot's proposals.
    """
    may_recount(result, by=by, at=at, reason=reason).or_raise()
    worked = work_out(result.poll)
    try:
        return _keep_again(by=by, at=at, op=op, result=result, reason=reason, worked=worked)
    except IntegrityError:
        may_recount(Result.objects.get(pk=result.pk), by=by, at=at, reason=reason).or_raise()
        raise


def may_recount(result: Result, *, by: Account | None, at: datetime, reason: str) -> Verdict:
    """Can this person have this result counted again now?"""
    newer = getattr(result, "recount", None)
    state = Meeting.objects.values_list("state", flat=True).get(pk=result.meeting_id)
    verdict = rules.may_recount(meeting_state=state, newer=newer and newer.number, reason=reason)
    return apart_verdict(by=by, poll=result.poll, at=at) if verdict else verdict


def work_out(poll: Poll) -> Worked:
    """Decide, then prove what would be published from its own text. Raises Refused; keeps nothing."""
    given = contest_of(poll)
    try:
        contest = Contest.from_json({name: given[name] for name in PARTS}).grouped()
        decision = decide(contest)
    except Invalid as fault:
        raise Refused(ResultReason.CONTEST_UNFIT, fault=str(fault)) from fault
    texts = [canonical(one.to_json()).decode() for one in (contest, decision)]
    proven = verify(Decision.from_json(json.loads(texts[1])), Contest.from_json(json.loads(texts[0])))
    if proven:
        log.error("result of %s not proven: %s", poll.code, "; ".join(f"{one.code} {one.subject}" for one in proven))
        raise Refused(ResultReason.NOT_PROVEN, fault=f"{proven[0].code} {proven[0].subject}".strip())
    cost = {one.id: one.cost for one in contest.proposals}
    meta = {
        "description": poll.title, "country": "Indonesia", "unit": poll.meeting.region.label,
        "instance": f"{poll.meeting.code}/{poll.number}",
        "rule": "unknown",  # to Pabulib: the file of the result carries it, and a hash names it
        "date_begin": _day(poll.opens_at), "date_end": _day(poll.closes_at),
        "comment": f"#1: rule {contest.rule.method}, sha256 {decision.rule_hash}",
    }  # fmt: skip
    return Worked(
        contest=texts[0], decision=texts[1], ballot_file=write_pabulib(contest, meta, decision.funded),
        inputs_hash=decision.inputs_hash, rule_hash=decision.rule_hash, code_version=decision.code_version,
        funded=len(decision.funded), amount=sum(cost[one] for one in decision.funded),
    )  # fmt: skip


def _day(moment: datetime | None) -> str:
    """As Pabulib writes days."""
    return f"{day(moment):%d.%m.%Y}" if moment else ""


@act("deliberation.result_published")
def _keep_first(*, by: Account | None, at: datetime, poll: Poll, worked: Worked) -> Result:
    meeting = locked(poll.meeting)
    known = first_result(poll)
    return known or _keep(by, at, meeting, poll, worked)


@act("deliberation.result_recounted")
def _keep_again(*, by: Account | None, at: datetime, result: Result, reason: str, worked: Worked) -> Result:
    meeting = locked(result.meeting)
    may_recount(Result.objects.get(pk=result.pk), by=by, at=at, reason=reason).or_raise()
    return _keep(by, at, meeting, result.poll, worked, recount_of=result, reason=mask(reason).text)


def _objection(result: Result) -> MeetingObjection | None:
    """The upheld objection that opened the meeting since a result was worked out, if one did."""
    since = result.meeting.revisions.filter(created_at__gte=result.created_at).select_related("objection")
    opened = since.order_by("number").last()
    return opened.objection if opened else None


def _keep(
    by: Account | None, at: datetime, meeting: Meeting, poll: Poll, worked: Worked, recount_of: Result | None = None,
    reason: str = "",
) -> Result:  # fmt: skip
    last = meeting.results.aggregate(last=Max("number"))["last"] or 0
    result = Result(
        created_at=at, meeting=meeting, poll=poll, number=last + 1, recount_of=recount_of, reason=reason, by=by,
        objection=_objection(recount_of) if recount_of else None, **vars(worked),
    )  # fmt: skip
    result.file_hash = hashlib.sha256(document_of(result)).hexdigest()
    with transaction.atomic():
        result.save(force_insert=True)
    verb = "deliberation.result_recounted" if recount_of else "deliberation.result_published"
    tell(
        verb, meeting, Verb.MEETING_DECIDE, by=by, at=at, reason=reason,
        changes={
            "result": result.number, "poll": poll.number, "funded": worked.funded, "amount": worked.amount,
            "file_hash": result.file_hash,
        },
    )  # fmt: skip
    return result


def is_unheard(item: AgendaItem) -> Verdict:
    """Does no counted ballot of the meeting speak of this proposal? Else it is decided from that ballot's result."""
    spoken = PollChoice.objects.filter(
        poll__meeting=item.meeting_id, proposal=item.proposal_id, struck_at=None, poll__state=PollState.CLOSED
    )
    choice = spoken.select_related("poll").order_by("-poll__number").first()
    if choice is None:
        return ALLOWED
    result = Result.objects.filter(poll=choice.poll, recount=None).first()
    return rules.is_unheard(code=item.proposal.code, poll=choice.poll.number, result=result.number if result else None)


def results_verdicts(meeting: Meeting) -> list[Verdict]:
    """Has every counted ballot its result, and every proposal on it a decision made since? Asked before a close, each
    question with its own answer."""
    counted = Poll.objects.filter(meeting=meeting, state=PollState.CLOSED, results__isnull=True)
    numbers = ", ".join(str(one) for one in counted.order_by("number").values_list("number", flat=True))
    missing = refused(ResultReason.RESULT_MISSING, numbers=numbers) if numbers else ALLOWED
    return [missing, _are_heard(meeting), *_overtaken_verdicts(meeting)]


def _overtaken_verdicts(meeting: Meeting) -> list[Verdict]:
    """For each result that was counted again: no decision may stand as it says, but is made anew by the newer one."""
    return [
        refused(
            ResultReason.DECIDED_BY_OVERTAKEN, codes=", ".join(one.codes), number=one.result.number,
            newer=one.newest.number,
        )
        for one in overtaken(meeting)
    ]  # fmt: skip


def _are_heard(meeting: Meeting) -> Verdict:
    """Was nothing that a counted ballot speaks of left as it was agreed before the vote?"""
    spoken = PollChoice.objects.filter(poll__meeting=meeting, poll__state=PollState.CLOSED, struck_at=None)
    before = Agreed.objects.filter(
        item__meeting=meeting, method=CONSENSUS, item__proposal__in=spoken.values("proposal")
    )
    codes = ", ".join(before.order_by("item__position").values_list("item__proposal__code", flat=True))
    return refused(ResultReason.DECIDED_BEFORE_BALLOT, codes=codes) if codes else ALLOWED
