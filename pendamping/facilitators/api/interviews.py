"""Operations of the interview panel over HTTP: its rules and seats, a member's declarations and scores."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.facilitators.enums.interviews import Reason
from pendamping.facilitators.models import Application, PanelMember, Round, ScoreSheet
from pendamping.facilitators.queries import interviews as queries
from pendamping.facilitators.queries.applications import applications
from pendamping.facilitators.queries.rounds import rounds
from pendamping.facilitators.rules import interviews as rules
from pendamping.facilitators.schemas import rankings as schemas
from pendamping.facilitators.services import interviews, panels

router = Router(tags=["interviews"])


@endpoint(router, "GET", "/rounds/{code}/interviews", verb=Verb.SELECTION_MANAGE, response=schemas.InterviewsOut)
def get_interviews(request: HttpRequest, code: str) -> Any:
    """Criteria, panel, and for each applicant who is waited for."""
    return _whole(_round(request, code))


@endpoint(router, "POST", "/rounds/{code}/interviews/rules", verb=Verb.SELECTION_MANAGE, response=schemas.InterviewsOut)
def set_interview_rules(request: HttpRequest, code: str, facts: schemas.InterviewRulesIn) -> Any:
    """Fix what the interview looks at; anew until interviews begin."""
    found = _round(request, code)
    given = facts.dict()
    given["criteria"] = [(one.name, one.about, one.weight) for one in facts.criteria]
    panels.set_interview_rules(**_who(request), round=found, **given)
    return 201, _whole(_round(request, code))


@endpoint(router, "POST", "/rounds/{code}/interviews/panel", verb=Verb.SELECTION_MANAGE, response=schemas.InterviewsOut)
def seat_member(request: HttpRequest, code: str, facts: schemas.PanelSeatIn) -> Any:
    """Seat somebody on the panel."""
    found = _round(request, code)
    account = Account.objects.filter(username=facts.member, is_active=True).first()
    if account is None:
        raise Refused(Reason.NO_SUCH_MEMBER, field="member")
    panels.seat_member(**_who(request), round=found, account=account, is_chair=facts.is_chair)
    return 201, _whole(found)


@endpoint(
    router, "POST", "/rounds/{code}/interviews/panel/{member}/end", verb=Verb.SELECTION_MANAGE,
    response=schemas.InterviewsOut,
)  # fmt: skip
def end_seat(request: HttpRequest, code: str, member: str, facts: schemas.InterviewReasonIn) -> Any:
    """End a seat mid-way; locked scores stay and count."""
    found = _round(request, code)
    seat = get_object_or_404(PanelMember, round=found, uid=_uuid(member))
    panels.end_seat(**_who(request), member=seat, reason=facts.reason)
    return 201, _whole(found)


@endpoint(
    router, "POST", "/rounds/{code}/interviews/applicants/{application}/closing", verb=Verb.SELECTION_MANAGE,
    response=schemas.InterviewsOut,
)  # fmt: skip
def close_interview(request: HttpRequest, code: str, application: str, facts: schemas.InterviewReasonIn) -> Any:
    """Close an interview before everybody has scored."""
    found = _round(request, code)
    one = get_object_or_404(queries.invited(found), code=application)
    interviews.close_interview(**_who(request), application=one, reason=facts.reason)
    return 201, _whole(found)


@endpoint(
    router, "POST", "/rounds/{code}/interviews/applicants/{application}/absence", verb=Verb.SELECTION_MANAGE,
    response=schemas.InterviewsOut,
)  # fmt: skip
def record_absence(request: HttpRequest, code: str, application: str, facts: schemas.InterviewReasonIn) -> Any:
    """An applicant did not come to the interview: not passed, without a score."""
    found = _round(request, code)
    one = get_object_or_404(queries.invited(found), code=application)
    interviews.record_absence(**_who(request), application=one, reason=facts.reason)
    return 201, _whole(found)


@endpoint(
    router, "POST", "/rounds/{code}/interviews/applicants/{application}/conflicts/{member}/lifting",
    verb=Verb.SELECTION_MANAGE, response=schemas.InterviewsOut,
)  # fmt: skip
def lift_conflict(
    request: HttpRequest, code: str, application: str, member: str, facts: schemas.InterviewReasonIn
) -> Any:
    """Lift a conflict declared by mistake; the member declares anew."""
    found = _round(request, code)
    one = get_object_or_404(queries.invited(found), code=application)
    seat = get_object_or_404(queries.members(found), uid=_uuid(member))
    interviews.lift_conflict(**_who(request), application=one, member=seat, reason=facts.reason)
    return 201, _whole(found)


@endpoint(
    router, "POST", "/rounds/{code}/interviews/outliers/{sheet}/note", verb=Verb.SELECTION_MANAGE,
    response=schemas.InterviewsOut,
)  # fmt: skip
def note_outlier(request: HttpRequest, code: str, sheet: str, facts: schemas.OutlierNoteIn) -> Any:
    """Explain a striking score; the score stays."""
    found = _round(request, code)
    one = get_object_or_404(ScoreSheet, application__round=found, is_outlier=True, uid=_uuid(sheet))
    interviews.note_outlier(**_who(request), sheet=one, note=facts.note)
    return 201, _whole(found)


@endpoint(router, "GET", "/interviews", verb=Verb.INTERVIEW_SCORE, response=list[schemas.InterviewTaskOut])
def my_interviews(request: HttpRequest) -> Any:
    """Whom I interview, with the next step."""
    sheets = {
        one.application_id: one
        for one in ScoreSheet.objects.filter(member__account=request.auth).order_by("id")  # type: ignore[attr-defined]
    }
    tasks = queries.tasks_of(request.auth)  # type: ignore[attr-defined]
    return [_task(one.application, one.step, sheets.get(one.application.pk)) for one in tasks]


@endpoint(
    router, "POST", "/interviews/{code}/declaration", verb=Verb.INTERVIEW_SCORE, response=schemas.InterviewTaskOut
)
def declare_conflict(request: HttpRequest, code: str, facts: schemas.ConflictIn) -> Any:
    """Say whether I have a conflict of interest with an applicant."""
    return _did(request, code, interviews.declare_conflict, has_conflict=facts.has_conflict,
                kind=facts.kind or "", reason=facts.reason)  # fmt: skip


@endpoint(router, "POST", "/interviews/{code}/scores", verb=Verb.INTERVIEW_SCORE, response=schemas.InterviewTaskOut)
def save_scores(request: HttpRequest, code: str, facts: schemas.ScoresIn) -> Any:
    """Keep my scores; anew until I lock them."""
    return _did(request, code, interviews.save_scores, marks=facts.marks, note=facts.note)


@endpoint(router, "POST", "/interviews/{code}/lock", verb=Verb.INTERVIEW_SCORE, response=schemas.InterviewTaskOut)
def lock_scores(request: HttpRequest, code: str) -> Any:
    """Lock my scores."""
    return _did(request, code, interviews.lock_scores)


@endpoint(
    router, "POST", "/interviews/{code}/outliers/{sheet}/note", verb=Verb.INTERVIEW_SCORE,
    response=schemas.InterviewTaskOut,
)  # fmt: skip
def note_outlier_as_chair(request: HttpRequest, code: str, sheet: str, facts: schemas.OutlierNoteIn) -> Any:
    """The chair explains a striking score."""
    found, _seat = _mine(request, code)
    one = get_object_or_404(ScoreSheet, application=found, is_outlier=True, uid=_uuid(sheet))
    interviews.note_outlier(**_who(request), sheet=one, note=facts.note)
    return 201, _own(request, code)


def _did(request: HttpRequest, code: str, act: Any, **facts: Any) -> Any:
    found, _seat = _mine(request, code)
    act(**_who(request), application=found, **facts)
    return 201, _own(request, code)


def _own(request: HttpRequest, code: str) -> dict[str, Any]:
    found, seat = _mine(request, code)
    sheet = ScoreSheet.objects.filter(member=seat, application=found).first()
    return _task(found, rules.step_of(queries.facts_of(found, seat)), sheet)


def _task(found: Application, step: Any, sheet: ScoreSheet | None) -> dict[str, Any]:
    return {
        "application": found.code, "round": found.round.code, "step": step, "marks": sheet.marks if sheet else [],
        "total": sheet.total if sheet else None, "is_locked": sheet is not None and sheet.locked_at is not None,
    }  # fmt: skip


def _mine(request: HttpRequest, code: str) -> tuple[Application, PanelMember]:
    """An applicant whom a panel interviews on which the owner of the token sits."""
    found = request.scope.get_or_404(applications(), Verb.INTERVIEW_SCORE, code=code)  # type: ignore[attr-defined]
    seat = queries.seat_of(request.auth, found.round)  # type: ignore[attr-defined]
    if seat is None or not queries.is_invited(found):
        raise Http404
    return found, seat


def _round(request: HttpRequest, code: str) -> Round:
    found: Round = request.scope.get_or_404(rounds(), Verb.SELECTION_MANAGE, code=code)  # type: ignore[attr-defined]
    return found


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.auth, "at": timezone.now(), "op": operation_id(request)}  # type: ignore[attr-defined]


def _uuid(said: str) -> uuid.UUID:
    try:
        return uuid.UUID(said)
    except ValueError:
        raise Http404 from None


def _whole(found: Round) -> dict[str, Any]:
    return {
        "round": found.code, "least": found.interview_least, "outlier_over": found.outlier_over,
        "criteria": [
            {"name": one.name, "about": one.about, "weight": one.weight} for one in queries.criteria_of(found)
        ],
        "members": [
            {
                "uid": str(one.uid), "name": one.account.name, "is_chair": one.is_chair, "seated_at": one.seated_at,
                "ended_at": one.ended_at, "ended_reason": one.ended_reason,
            }
            for one in queries.members(found)
        ],
        "applicants": [
            {
                "application": one.application.code, "locked": one.locked, "is_revealed": one.score is not None,
                "unnoted_outliers": one.unnoted,
                **{name: [str(each.uid) for each in getattr(one, name)]
                   for name in ("undeclared", "unlocked", "conflicted")},
            }
            for one in queries.progress_of(found)
        ],
    }  # fmt: skip
