"""Ballots over HTTP for everyone: the rules, casting one, and once counted the receipts and all ballots."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint
from pendamping.core.errors import Refused
from pendamping.core.problems import problem_response
from pendamping.deliberation import sealing, services
from pendamping.deliberation.api.polls import poll_out
from pendamping.deliberation.enums.polls import PollKind
from pendamping.deliberation.models import Poll
from pendamping.deliberation.queries import ballots as read
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.queries.told_sheets import told_sheets
from pendamping.deliberation.rules import ballots as rules
from pendamping.deliberation.schemas import polls as schemas
from pendamping.deliberation.vote_flood import wrong_code

router = Router(tags=["deliberation"])
PUBLIC = "/polls/{code}/{number}"


@endpoint(router, "GET", PUBLIC, public=True, response=schemas.PollOut)
def see_poll(request: HttpRequest, code: str, number: int) -> Any:
    """An announced ballot: what is voted on, by which rule, how many have voted."""
    return poll_out(_found(code, number))


@endpoint(router, "POST", f"{PUBLIC}/ballots", public=True, response=schemas.BallotOut)
def cast_ballot(request: HttpRequest, code: str, number: int, facts: schemas.BallotIn) -> Any:
    """Cast a ballot with the code of a slip or a link. Sent again with the same `op`, it is the same ballot."""
    poll, now = _found(code, number), timezone.now()
    try:
        done = services.cast_ballot(
            at=now, poll=poll, code=facts.code, op=facts.op, picks=_picks(poll, facts), is_sure=facts.is_sure
        )
    except Refused as refusal:
        said = wrong_code(request, refusal, now)
        if said is refusal:
            raise
        return problem_response(request, 429, said.code, detail=said.message)
    return 201, {"receipt": sealing.shown(done.receipt), "channel": done.channel, "is_again": done.is_again}


@endpoint(router, "GET", f"{PUBLIC}/receipts", public=True, response=schemas.ReceiptsOut)
def list_receipts(request: HttpRequest, code: str, number: int) -> Any:
    """The receipts of all ballots cast with a slip or a link; refused before the count."""
    return {"receipts": [sealing.shown(one) for one in read.receipts_of(_found(code, number))]}


@endpoint(router, "GET", f"{PUBLIC}/ballots", public=True, response=schemas.BallotsOut)
def list_ballots(request: HttpRequest, code: str, number: int) -> Any:
    """All counted ballots and the contest made of them; refused before the count."""
    poll = _found(code, number)
    return {**read.ballot_file(poll), "contest": read.contest_of(poll), "sheets": told_sheets(poll)}


def _picks(poll: Poll, facts: schemas.BallotIn) -> rules.Picks:
    if poll.kind == PollKind.RANKING:
        return rules.ranked([one.number for one in facts.choices], poll.choices.count())
    is_pointed = poll.kind == PollKind.POINTS
    return tuple((one.number, one.points if is_pointed else 1) for one in facts.choices)


def _found(code: str, number: int) -> Poll:
    poll = queries.public_poll(code, number)
    if poll is None:
        raise Http404
    return poll
