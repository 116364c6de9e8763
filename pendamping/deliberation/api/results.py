"""Operations of results over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.deliberation import papers_results, services
from pendamping.deliberation.enums.results import ResultReason
from pendamping.deliberation.models import Meeting, Result
from pendamping.deliberation.queries import meetings
from pendamping.deliberation.queries import results as queries
from pendamping.deliberation.rules.results import Choice
from pendamping.deliberation.schemas import results as schemas
from pendamping.deliberation.services import later
from pendamping.needs.models import Proposal
from pendamping.regions import queries as regions
from pendamping.regions.enums import Reason as RegionReason
from pendamping.regions.models import Region

router = Router(tags=["deliberation"])


@endpoint(
    router, "GET", "/meetings/{code}/results", verb=Verb.RECORD_SEE, response=list[schemas.ResultShort]
)  # fmt: skip
def list_results(request: HttpRequest, code: str) -> Any:
    """The results of a meeting, recounts after what they recounted."""
    return [_short(one) for one in queries.results_of(_meeting(request, code, Verb.RECORD_SEE))]


@endpoint(router, "GET", "/meetings/{code}/results/{number}", verb=Verb.RECORD_SEE, response=schemas.ResultWhole)
def get_result(request: HttpRequest, code: str, number: int) -> Any:
    """One result with its reasons."""
    return _whole(_result(request, code, number, Verb.RECORD_SEE))


@endpoint(router, "POST", "/meetings/{code}/results", verb=Verb.MEETING_DECIDE, response=schemas.ResultWhole)
def run_result(request: HttpRequest, code: str, facts: schemas.ResultRunIn) -> Any:
    """Work out the result of a counted ballot; asked again, it is the one that is there."""
    meeting = _meeting(request, code, Verb.MEETING_DECIDE)
    poll = get_object_or_404(meeting.polls.select_related("meeting__region"), number=facts.poll)
    at = timezone.now()
    if later.is_large(poll) and queries.first_result(poll) is None:
        later.run_result_later(by=request.auth, poll=poll)
        raise Refused(ResultReason.IN_BACKGROUND)
    made = services.run_result(by=request.auth, at=at, op=operation_id(request), poll=poll)
    papers_results.issue_annex(made, at=at)
    return 201, _whole(made)


@endpoint(
    router, "POST", "/meetings/{code}/results/{number}/recount", verb=Verb.MEETING_DECIDE,
    response=schemas.ResultWhole,
)  # fmt: skip
def recount_result(request: HttpRequest, code: str, number: int, facts: schemas.RecountIn) -> Any:
    """Count a ballot again, with the reason."""
    found, at = _result(request, code, number, Verb.MEETING_DECIDE), timezone.now()
    if later.is_large(found.poll):
        later.recount_later(by=request.auth, result=found, reason=facts.reason)
        raise Refused(ResultReason.IN_BACKGROUND)
    made = services.recount(by=request.auth, at=at, op=operation_id(request), result=found, reason=facts.reason)
    papers_results.issue_annex(made, at=at)
    return 201, _whole(made)


@endpoint(
    router, "POST", "/meetings/{code}/results/{number}/decisions", verb=Verb.MEETING_DECIDE,
    response=schemas.ResultWhole,
)  # fmt: skip
def decide_from_result(request: HttpRequest, code: str, number: int, facts: schemas.FromResultIn) -> Any:
    """Record the decisions that follow from a result; where one says otherwise, with its reason."""
    found = _result(request, code, number, Verb.MEETING_DECIDE)
    choices = [Choice(one.proposal, one.outcome, one.amount, one.reason) for one in facts.choices]
    services.decide_from_result(
        by=request.auth, at=timezone.now(), op=operation_id(request), result=found, choices=choices,
        unfunded=facts.unfunded,
    )  # fmt: skip
    return 201, _whole(found)


@endpoint(router, "POST", "/meetings/{code}/carry-over", verb=Verb.MEETING_CALL, response=list[str])
def carry_over(request: HttpRequest, code: str, facts: schemas.CarryOverIn) -> Any:
    """Carry deferred proposals of a closed meeting to the next budget year; answers those that still wait."""
    meeting = _meeting(request, code, Verb.MEETING_CALL)
    services.carry_over(
        by=request.auth, at=timezone.now(), op=operation_id(request), meeting=meeting,
        proposals=_proposals(meeting, facts.proposals),
        successors={code: _ward(ward) for code, ward in facts.successors.items()},
    )  # fmt: skip
    return 201, _waiting(meeting)


@endpoint(router, "POST", "/meetings/{code}/pass-up", verb=Verb.MEETING_DECIDE, response=list[str])
def pass_up(request: HttpRequest, code: str, facts: schemas.PassUpIn) -> Any:
    """Pass deferred proposals of a closed meeting up to the district; answers those that still wait."""
    meeting = _meeting(request, code, Verb.MEETING_DECIDE)
    services.pass_up(
        by=request.auth, at=timezone.now(), op=operation_id(request), meeting=meeting, reason=facts.reason,
        proposals=_proposals(meeting, facts.proposals),
    )  # fmt: skip
    return 201, _waiting(meeting)


def _ward(code: str) -> Region:
    found = regions.by_code(code)
    if found is None:
        raise Refused(RegionReason.UNKNOWN_CODE, field="successors", code=code)
    return found


def _proposals(meeting: Meeting, codes: Sequence[str] | None) -> list[Proposal] | None:
    if codes is None:
        return None
    found = Proposal.objects.filter(pk__in=meeting.items.values("proposal")).in_bulk(codes, field_name="code")
    if len(found) < len(set(codes)):
        raise Http404
    return [found[code] for code in dict.fromkeys(codes)]


def _waiting(meeting: Meeting) -> list[str]:
    return [item.proposal.code for item in queries.deferred_of(meeting)]


def _meeting(request: HttpRequest, code: str, verb: Verb) -> Meeting:
    found: Meeting = request.scope.get_or_404(meetings.meetings(), verb, code=code)
    return found


def _result(request: HttpRequest, code: str, number: int, verb: Verb) -> Result:
    found = queries.result_of(_meeting(request, code, verb).code, number)
    if found is None:
        raise Http404
    return found


def _short(one: Result) -> dict[str, Any]:
    newer = getattr(one, "recount", None)
    return {
        "number": one.number, "poll": one.poll.number, "title": one.poll.title, "created_at": one.created_at,
        "recount_of": one.recount_of and one.recount_of.number, "recounted_by": newer and newer.number,
        "reason": one.reason, "funded_count": one.funded, "amount": one.amount, "file_hash": one.file_hash,
    }  # fmt: skip


def _whole(one: Result) -> dict[str, Any]:
    one = queries.result_of(one.meeting.code, one.number) or one
    shown = queries.Shown(one, (get_language() or "id")[:2])
    return {
        **_short(one), "ceiling": shown.ceiling, "voters": shown.voters, "left_over": shown.left_over,
        "fairness_factor": float(shown.factor), "inputs_hash": one.inputs_hash, "rule_hash": one.rule_hash,
        "code_version": one.code_version,
        "file": reverse("deliberation:result_file", args=[one.meeting.code, one.number]),
        "funded": [
            {"proposal": each.code, "title": each.title, "price": each.price, "supporters": each.supporters,
             "status": each.status, "payers": each.payers, "each_most": each.each_most,
             "paid_by_residents": each.paid, "paid_by_criteria": dict(each.criteria)}
            for each in shown.won
        ],
        "not_funded": [
            {"proposal": each.code, "title": each.title, "price": each.price, "supporters": each.supporters,
             "money_left": each.left, "reason": each.reason, "sentence": each.sentence}
            for each in shown.lost
        ],
        "departures": [each.item.proposal.code for each in queries.departures(one, shown)],
    }  # fmt: skip
