"""Operations of ballots over HTTP: the working ones."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.deliberation import services
from pendamping.deliberation.models import CountSheet, Meeting, Poll
from pendamping.deliberation.queries import meetings as meeting_queries
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.rules import count_sheets as sheet_rules
from pendamping.deliberation.schemas import polls as schemas
from pendamping.deliberation.services.rolls import Voter

router = Router(tags=["deliberation"])
POLL = "/meetings/{code}/polls/{number}"
ROLL_PAGE = 500
DECIDE, CALL, ATTEND = Verb.MEETING_DECIDE, Verb.MEETING_CALL, Verb.MEETING_ATTENDANCE


@endpoint(router, "GET", "/meetings/{code}/polls", verb=Verb.RECORD_SEE, response=schemas.PollsOut)
def list_polls(request: HttpRequest, code: str) -> Any:
    """The ballots of a meeting with their rules and turnout."""
    meeting = _meeting(request, code, Verb.RECORD_SEE)
    return {"results": [poll_out(poll) for poll in queries.polls_of(meeting)]}


@endpoint(router, "POST", "/meetings/{code}/consensus-failure", verb=DECIDE, response=schemas.NoConsensusOut)
def record_no_consensus(request: HttpRequest, code: str, facts: schemas.NoConsensusIn) -> Any:
    """Record that consensus was sought and not reached, and why."""
    meeting = _meeting(request, code, DECIDE)
    made = services.record_no_consensus(**_asked(request), meeting=meeting, reason=facts.reason)
    return 201, {"meeting": meeting.code, "at": made.created_at, "reason": made.reason}


@endpoint(router, "POST", "/meetings/{code}/consensus", verb=DECIDE, response=schemas.ConsensusOut)
def record_consensus(request: HttpRequest, code: str, facts: schemas.ConsensusIn) -> Any:
    """Record that consensus was reached after it had failed, and on what."""
    meeting = _meeting(request, code, DECIDE)
    services.record_consensus(**_asked(request), meeting=meeting, words=facts.words)
    latest = meeting.no_consensus.exclude(reached_at=None).latest("reached_at")
    return 201, {"meeting": meeting.code, "words": latest.reached_words}


@endpoint(router, "POST", "/meetings/{code}/polls", verb=CALL, response=schemas.PollOut)
def prepare_poll(request: HttpRequest, code: str, facts: schemas.PollIn) -> Any:
    """Prepare a ballot over proposals of the agenda."""
    meeting = _meeting(request, code, CALL)
    given = facts.dict()
    items = {item.proposal.code: item.proposal for item in meeting_queries.items_of(meeting)}
    wanted = list(dict.fromkeys(given.pop("proposals")))
    if any(one not in items for one in wanted):
        raise Http404
    made = services.prepare_poll(
        **_asked(request), meeting=meeting, proposals=[items[one] for one in wanted], **given
    )  # fmt: skip
    return 201, poll_out(made)


@endpoint(router, "GET", POLL, verb=Verb.RECORD_SEE, response=schemas.PollOut)
def get_poll(request: HttpRequest, code: str, number: int) -> Any:
    """One ballot."""
    return poll_out(_poll(request, code, number, Verb.RECORD_SEE))


@endpoint(router, "POST", f"{POLL}/announcement", verb=DECIDE, response=schemas.PollOut)
def announce_poll(request: HttpRequest, code: str, number: int, facts: schemas.PollTimesIn) -> Any:
    """Fix and publish the rules of a ballot, and draw the lot."""
    poll = _poll(request, code, number, DECIDE)
    return 201, poll_out(services.announce_poll(**_asked(request), poll=poll, **facts.dict()))


@endpoint(router, "POST", f"{POLL}/opening", verb=DECIDE, response=schemas.PollOut)
def open_poll(request: HttpRequest, code: str, number: int) -> Any:
    """Open voting now."""
    return 201, poll_out(services.open_poll(**_asked(request), poll=_poll(request, code, number, DECIDE)))


@endpoint(router, "POST", f"{POLL}/ending", verb=DECIDE, response=schemas.PollOut)
def end_poll(request: HttpRequest, code: str, number: int) -> Any:
    """End voting now."""
    return 201, poll_out(services.end_poll(**_asked(request), poll=_poll(request, code, number, DECIDE)))


@endpoint(router, "POST", f"{POLL}/count", verb=DECIDE, response=schemas.PollOut)
def count_poll(request: HttpRequest, code: str, number: int, facts: schemas.PollCountIn) -> Any:
    """Count the ballots and fix them."""
    poll = _poll(request, code, number, DECIDE)
    return 201, poll_out(services.count_poll(**_asked(request), poll=poll, remark=facts.remark))


@endpoint(router, "POST", f"{POLL}/cancellation", verb=DECIDE, response=schemas.PollOut)
def void_poll(request: HttpRequest, code: str, number: int, facts: schemas.PollReasonIn) -> Any:
    """Call a ballot off; what was cast is destroyed unread."""
    poll = _poll(request, code, number, DECIDE)
    return 201, poll_out(services.void_poll(**_asked(request), poll=poll, reason=facts.reason))


@endpoint(router, "POST", POLL + "/choices/{choice}/striking", verb=DECIDE, response=schemas.PollOut)
def strike_choice(request: HttpRequest, code: str, number: int, choice: int, facts: schemas.PollReasonIn) -> Any:
    """Strike a withdrawn proposal, by its number on the ballot."""
    poll = _poll(request, code, number, DECIDE)
    return 201, poll_out(services.strike_choice(**_asked(request), poll=poll, number=choice, reason=facts.reason))


@endpoint(router, "POST", f"{POLL}/slips", verb=CALL, response=schemas.PollOut)
def make_slips(request: HttpRequest, code: str, number: int, facts: schemas.SlipsIn) -> Any:
    """Make slips for the hall; they are printed from the page."""
    poll = _poll(request, code, number, CALL)
    return 201, poll_out(services.make_slips(**_asked(request), poll=poll, count=facts.count))


@endpoint(router, "POST", POLL + "/slips/{slip}/withdrawal", verb=CALL, response=schemas.PollOut)
def withdraw_slip(request: HttpRequest, code: str, number: int, slip: int, facts: schemas.PollReasonIn) -> Any:
    """Make a slip unusable, by the number printed on it: lost, torn, or handed to somebody who may not vote."""
    poll = _poll(request, code, number, CALL)
    services.withdraw_slip(**_asked(request), poll=poll, number=slip, reason=facts.reason)
    return 201, poll_out(poll)


@endpoint(router, "GET", f"{POLL}/roll", verb=ATTEND, response=schemas.RollOut)
def list_roll(request: HttpRequest, code: str, number: int, after: int = 0) -> Any:
    """The roll by number, 500 at a time from the one after `after`: RT, and how each votes; no name, no telephone."""
    rows = list(queries.roll_of(_poll(request, code, number, ATTEND)).filter(number__gt=after)[: ROLL_PAGE + 1])
    shown = [
        {"number": one.number, "rt": one.rt, "channel": one.mark.channel if hasattr(one, "mark") else ""}
        for one in rows[:ROLL_PAGE]
    ]
    return {"results": shown, "next_after": shown[-1]["number"] if len(rows) > ROLL_PAGE else None}


@endpoint(router, "POST", f"{POLL}/roll", verb=CALL, response=schemas.PollOut)
def take_roll(request: HttpRequest, code: str, number: int, facts: schemas.RollIn) -> Any:
    """Put people on the roll, all or nobody; one with the reason once voting is open."""
    poll = _poll(request, code, number, CALL)
    if len(facts.voters) == 1:
        made = services.add_voter(**_asked(request), poll=poll, **facts.voters[0].dict(), reason=facts.reason)
        return 201, poll_out(made.poll)
    people = [Voter(**one.dict()) for one in facts.voters]
    return 201, poll_out(services.take_roll(**_asked(request), poll=poll, voters=people))


@endpoint(router, "POST", POLL + "/roll/{voter}/mark", verb=ATTEND, response=schemas.VoterOut)
def mark_voter(request: HttpRequest, code: str, number: int, voter: int, facts: schemas.MarkIn) -> Any:
    """Mark that somebody takes their ballot on paper or as a slip, or not at all; or take such a mark back."""
    poll = _poll(request, code, number, ATTEND)
    entry = get_object_or_404(queries.roll_of(poll), number=voter)
    given = {**_asked(request), "entry": entry, "reason": facts.reason}
    if facts.channel:
        services.mark_voter(**given, channel=facts.channel)
    else:
        services.take_back_mark(**given)
    return 201, {"number": entry.number, "channel": facts.channel}


@endpoint(router, "POST", f"{POLL}/links", verb=CALL, response=schemas.PollOut)
def send_links(request: HttpRequest, code: str, number: int) -> Any:
    """Send personal links to everybody who has a telephone and none yet."""
    return 201, poll_out(services.send_links(**_asked(request), poll=_poll(request, code, number, CALL)))


@endpoint(router, "GET", f"{POLL}/sheets", verb=Verb.RECORD_SEE, response=schemas.CountSheetsOut)
def list_sheets(request: HttpRequest, code: str, number: int) -> Any:
    """The count sheets of a ballot: how often each was entered, whether it is settled."""
    poll = _poll(request, code, number, Verb.RECORD_SEE)
    return {"results": [_sheet(one) for one in poll.sheets.order_by("number")]}


@endpoint(router, "GET", POLL + "/sheets/{sheet}", verb=DECIDE, response=schemas.SheetDifferencesOut)
def get_sheet(request: HttpRequest, code: str, number: int, sheet: int) -> Any:
    """What two entries of a sheet count differently, for whoever settles it; nothing of a sheet that agrees."""
    found = _found_sheet(_poll(request, code, number, DECIDE), sheet)
    told, entries = _sheet(found), list(found.entries.order_by("turn"))
    rows = sheet_rules.differences(entries[0].lines, entries[1].lines) if told["differs"] else []
    counts = [{"blank": one.blank, "spoiled": one.spoiled} for one in entries] if told["differs"] else []
    return {**told, "differences": rows, "counts": counts}


@endpoint(router, "POST", f"{POLL}/sheets", verb=ATTEND, response=schemas.SheetOut)
def add_sheet(request: HttpRequest, code: str, number: int) -> Any:
    """Add a count sheet; its photo is added from the page."""
    return 201, _sheet(services.add_sheet(**_asked(request), poll=_poll(request, code, number, ATTEND)))


@endpoint(router, "POST", POLL + "/sheets/{sheet}/entries", verb=ATTEND, response=schemas.SheetOut)
def enter_sheet(request: HttpRequest, code: str, number: int, sheet: int, facts: schemas.SheetEntryIn) -> Any:
    """Enter a count sheet as one of two people."""
    found = _found_sheet(_poll(request, code, number, ATTEND), sheet)
    return 201, _sheet(services.enter_sheet(**_asked(request), sheet=found, **facts.dict()))


@endpoint(router, "POST", POLL + "/sheets/{sheet}/settlement", verb=DECIDE, response=schemas.SheetOut)
def settle_sheet(request: HttpRequest, code: str, number: int, sheet: int, facts: schemas.SheetSettleIn) -> Any:
    """Say what counts where two entries differ, and why; or set a sheet aside."""
    found = _found_sheet(_poll(request, code, number, DECIDE), sheet)
    if facts.is_set_aside:
        return 201, _sheet(services.set_aside_sheet(**_asked(request), sheet=found, reason=facts.reason))
    given = facts.dict(exclude={"is_set_aside"})
    return 201, _sheet(services.settle_sheet(**_asked(request), sheet=found, **given))


def poll_out(poll: Poll) -> dict[str, Any]:
    """A ballot for the answer; nothing of what was voted."""
    names = ("number", "title", "opens_at", "closes_at", "closed_at", "void_reason", "remark", "rule_hash",
             "ballots_hash", "present")  # fmt: skip
    choices = [
        {"number": one.number, "proposal": one.proposal.code, "title": one.title, "cost": one.cost,
         "struck_reason": one.struck_reason}
        for one in queries.choices_of(poll)
    ]  # fmt: skip
    return {
        **{name: getattr(poll, name) for name in names}, "uid": poll.uid, "meeting": poll.meeting.code,
        "phase": queries.now_phase(poll), "choices": choices, "published": queries.published(poll),
        "turnout": [{"channel": channel, "ballots": count} for channel, count in queries.turnout(poll)],
        "roll": queries.roll_size(poll),
    }  # fmt: skip


def _sheet(sheet: CountSheet) -> dict[str, Any]:
    entries, settled = sheet.entries.count(), sheet.settled_at is not None
    return {
        "number": sheet.number, "entries": entries, "is_settled": settled, "differs": entries == 2 and not settled
    }  # fmt: skip


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.auth, "at": timezone.now(), "op": operation_id(request)}  # type: ignore[attr-defined]


def _meeting(request: HttpRequest, code: str, verb: Verb) -> Meeting:
    found: Meeting = request.scope.get_or_404(meeting_queries.meetings(), verb, code=code)  # type: ignore[attr-defined]
    return found


def _poll(request: HttpRequest, code: str, number: int, verb: Verb) -> Poll:
    return get_object_or_404(queries.polls_of(_meeting(request, code, verb)), number=number)


def _found_sheet(poll: Poll, number: int) -> CountSheet:
    found = get_object_or_404(CountSheet.objects.filter(poll=poll), number=number)
    found.poll = poll
    return found
