"""Operations of an applicant over HTTP: code in the address, key in the header X-Applicant-Key."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Router
from ninja.files import UploadedFile

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.throttle import allow, client_address
from pendamping.core.errors import Refused
from pendamping.facilitators import keys
from pendamping.facilitators.enums.rounds import ApplicationState
from pendamping.facilitators.enums.selection import Reason
from pendamping.facilitators.models import Application, Requirement
from pendamping.facilitators.people import Person
from pendamping.facilitators.queries import applications as queries
from pendamping.facilitators.queries import objections, rounds
from pendamping.facilitators.queries.exams import seat_of_code
from pendamping.facilitators.queries.rankings import standing_in_force
from pendamping.facilitators.schemas import selection as schemas
from pendamping.facilitators.services import applications as acts
from pendamping.facilitators.services import evidence, verification

router = Router(tags=["application"])
OWN: dict[str, Any] = {"public": True, "response": schemas.OwnApplicationOut}
WINDOW = 15 * 60


@endpoint(router, "POST", "/selections/{code}/applications", public=True, response=schemas.BegunOut)
def begin_application(request: HttpRequest, code: str, facts: schemas.BeginIn) -> Any:
    """Begin an application; gives code and key, the key once."""
    at, op = timezone.now(), operation_id(request)
    _throttled(f"facilitators.begin:{client_address(request)}", 40, 3600)
    found = get_object_or_404(rounds.public_rounds(), code=code)
    post = next((one for one in rounds.posts_of(found) if str(one.uid) == facts.post), None)
    if post is None:
        raise Refused(Reason.POST_UNKNOWN, field="post")
    key = keys.key_of(op)
    made = acts.begin_and_write(
        by=None, at=at, op=op, round=found, post=post, secret_hash=keys.hash_key(key),
        person=Person(email=facts.email or None), key=key,
    )  # fmt: skip
    return 201, {"code": made.code, "key": key}


@endpoint(router, "GET", "/applications/{code}", **OWN)
def get_application(request: HttpRequest, code: str) -> Any:
    """One's own application: what is missing, what is asked, every decision with its reason, place and objections."""
    return _shown_own(_own(request, code))


@endpoint(router, "POST", "/applications/{code}/facts", **OWN)
def save_application(request: HttpRequest, code: str, facts: schemas.ApplicantIn) -> Any:
    """Keep what was filled in so far."""
    return _did(acts.save_application, request, code, person=Person(**facts.dict()))


@endpoint(router, "POST", "/applications/{code}/verification", **OWN)
def verify_application(request: HttpRequest, code: str, facts: schemas.MailCodeIn) -> Any:
    """The six digits from the e-mail."""
    _throttled(f"facilitators.mail_code:{code}", 8, 3600)
    return _did(verification.verify_by_mail, request, code, said=facts.code)


@endpoint(router, "POST", "/applications/{code}/declarations/{position}", **OWN)
def declare(request: HttpRequest, code: str, position: int, facts: schemas.DeclareIn) -> Any:
    """Tick or untick a declaration."""
    own = _own(request, code)
    given = {"requirement": _requirement(own, position), "is_declared": facts.is_declared}
    return _did(evidence.declare, request, code, **given)


@endpoint(router, "POST", "/applications/{code}/files/{position}", **OWN)
def keep_file(request: HttpRequest, code: str, position: int, file: UploadedFile = File(...)) -> Any:  # noqa: B008
    """Add or replace the file for a requirement: a PDF or a photo."""
    own = _own(request, code)
    _throttled(f"facilitators.file:{own.code}", 60, 3600)
    requirement = _requirement(own, position)
    evidence.keep_file(**_who(request), application=own, requirement=requirement, file=evidence.admit_file(file))
    return 201, _shown_own(own)


@endpoint(router, "POST", "/applications/{code}/files/{position}/removal", **OWN)
def remove_file(request: HttpRequest, code: str, position: int) -> Any:
    """Take a file out of a draft."""
    own = _own(request, code)
    return _did(evidence.remove_file, request, code, requirement=_requirement(own, position))


@endpoint(router, "POST", "/applications/{code}/submission", **OWN)
def submit_application(request: HttpRequest, code: str) -> Any:
    """Hand it in."""
    return _did(acts.submit_application, request, code)


@endpoint(router, "POST", "/applications/{code}/withdrawal", **OWN)
def withdraw_application(request: HttpRequest, code: str, facts: schemas.WithdrawalIn) -> Any:
    """Take it back."""
    return _did(acts.withdraw_application, request, code, reason=facts.reason)


@endpoint(router, "POST", "/applications/{code}/requirements", **OWN)
def accept_requirements(request: HttpRequest, code: str) -> Any:
    """Move to the newest requirements."""
    return _did(acts.accept_requirements, request, code)


@endpoint(router, "POST", "/applications/{code}/answers/{position}", **OWN)
def answer_clarification(request: HttpRequest, code: str, position: int, facts: schemas.RoundReasonIn) -> Any:
    """Answer what the checkers asked, in words; a file goes through the page."""
    own = _own(request, code)
    given = {"requirement": _requirement(own, position), "answer": facts.reason}
    return _did(evidence.answer_clarification, request, code, **given)


def _did(act: Any, request: HttpRequest, code: str, **facts: Any) -> Any:
    own = _own(request, code)
    act(**_who(request), application=own, **facts)
    return 201, _shown_own(own)


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": None, "at": timezone.now(), "op": operation_id(request)}


def _throttled(key: str, limit: int, seconds: int) -> None:
    wait = allow(key, limit=limit, seconds=seconds, at=timezone.now())
    if wait is not None:
        raise Refused(Reason.TOO_MANY_TRIES, minutes=-(-wait // 60))


def _own(request: HttpRequest, code: str) -> Application:
    """The application of code and key. Without the key there is no such application; wrong keys are counted."""
    known = getattr(request, "own_application", None)
    if known is not None:
        return known
    key = request.headers.get("X-Applicant-Key", "")
    found = queries.applications().filter(code=code, forgotten_at__isnull=True).first()
    if found is not None and key and keys.opens(found, key):
        request.own_application = found  # type: ignore[attr-defined]
        return found
    if key:
        _throttled(f"facilitators.door:{client_address(request)}", 40, WINDOW)
        _throttled(f"facilitators.key:{code}:{client_address(request)}", 8, WINDOW)
    raise Http404


def _requirement(own: Application, position: int) -> Requirement:
    return get_object_or_404(own.requirement_set.requirements, position=max(0, min(position, 30_000)))


def _shown_own(own: Application) -> dict[str, Any]:
    """An application as its applicant sees it."""
    place = standing_in_force(own)
    return {
        **shown(own),
        "place": {name: getattr(place, name) for name in schemas.RankPlaceOut.model_fields} if place else None,
        "objections": [
            {name: getattr(one, name) for name in schemas.OwnObjectionOut.model_fields}
            for one in objections.of_application(own)
        ],
    }


def shown(own: Application) -> dict[str, Any]:
    """An application as its applicant and the counter see it."""
    own = queries.applications().get(pk=own.pk)
    newer = queries.newer_set(own)
    names = ("stage", "passed", "score", "reason", "released_at")
    seat = seat_of_code(own.code)
    lines = queries.lines_of(own)
    asked = queries.questions_of(own, lines, timezone.now())
    return {
        "code": own.code, "uid": str(own.uid), "round": own.round.code, "post": str(own.post.uid), "state": own.state,
        "version": own.requirement_set.version, "newer_version": newer.version if newer else None,
        "is_verified": own.verified_at is not None, "submitted_at": own.submitted_at,
        "missing": queries.missing_of(own) if own.state == ApplicationState.DRAFT else [],
        "lines": [_line(line, line in asked) for line in lines],
        "seat": {"place": seat.sitting.place, "starts_at": seat.sitting.starts_at, "number": seat.number}
        if seat else None,
        "results": [
            {name: getattr(one, name) for name in names}
            for one in own.results.exclude(released_at=None).order_by("id")
        ],
    }  # fmt: skip


def _line(line: queries.Line, is_asked: bool) -> dict[str, Any]:
    asked = line.check if is_asked else None
    return {
        "position": line.requirement.position, "text": line.requirement.text, "is_handed_in": line.is_handed_in,
        "question": asked.reason if asked else "", "answer_until": asked.answer_until if asked else None,
    }  # fmt: skip
