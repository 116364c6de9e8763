"""Operations of the counter and of file checkers over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.facilitators import keys
from pendamping.facilitators.api.applications import shown
from pendamping.facilitators.enums.rounds import Stage
from pendamping.facilitators.enums.selection import Reason
from pendamping.facilitators.models import Application, Requirement
from pendamping.facilitators.people import Person, nik_index
from pendamping.facilitators.queries import applications as queries
from pendamping.facilitators.queries import rounds
from pendamping.facilitators.schemas import selection as schemas
from pendamping.facilitators.schemas.rankings import ObjectionIn
from pendamping.facilitators.services import applications as acts
from pendamping.facilitators.services import checks, verification
from pendamping.facilitators.services.evidence import answer_clarification
from pendamping.facilitators.services.objections import lodge_objection

router = Router(tags=["file check"])
PAGE = 50
COUNTER: dict[str, Any] = {"verb": Verb.APPLICATION_RECEIVE, "response": schemas.ApplicationOut}
FILES: dict[str, Any] = {"verb": Verb.APPLICATION_CHECK, "response": schemas.FilesOut}


@endpoint(
    router, "POST", "/selections/{code}/paper-applications", verb=Verb.APPLICATION_RECEIVE, response=schemas.BegunOut
)
def begin_paper_application(request: HttpRequest, code: str, facts: schemas.BeginIn) -> Any:
    """Begin an application from paper, on somebody's behalf."""
    found = _scope(request).get_or_404(rounds.rounds(), Verb.APPLICATION_RECEIVE, code=code)
    post = next((one for one in rounds.posts_of(found) if str(one.uid) == facts.post), None)
    if post is None:
        raise Refused(Reason.POST_UNKNOWN, field="post")
    key = keys.key_of(operation_id(request))
    made = acts.begin_and_write(
        **_who(request), round=found, post=post, secret_hash=keys.hash_key(key),
        person=Person(email=facts.email or None), key=key,
    )  # fmt: skip
    return 201, {"code": made.code, "key": key}


@endpoint(router, "POST", "/paper-applications/{code}/facts", **COUNTER)
def save_paper_application(request: HttpRequest, code: str, facts: schemas.ApplicantIn) -> Any:
    """Keep what was typed from paper so far."""
    found = _received(request, code, entered_by__isnull=False)
    return 201, shown(acts.save_application(**_who(request), application=found, person=Person(**facts.dict())))


@endpoint(router, "POST", "/paper-applications/{code}/submission", **COUNTER)
def submit_paper_application(request: HttpRequest, code: str) -> Any:
    """Hand in an application from paper."""
    found = _received(request, code, entered_by__isnull=False)
    return 201, shown(acts.submit_application(**_who(request), application=found))


@endpoint(router, "POST", "/paper-applications/{code}/answers/{position}", **COUNTER)
def answer_paper_clarification(request: HttpRequest, code: str, position: int, facts: schemas.RoundReasonIn) -> Any:
    """Answer what the checkers asked, in words, for somebody who applied on paper."""
    found = _received(request, code, entered_by__isnull=False)
    given = {"requirement": _requirement(found, position), "answer": facts.reason}
    return 201, shown(answer_clarification(**_who(request), application=found, **given))


@endpoint(router, "POST", "/paper-applications/{code}/withdrawal", **COUNTER)
def withdraw_paper_application(request: HttpRequest, code: str, facts: schemas.WithdrawalIn) -> Any:
    """Take the application of somebody who applied on paper back."""
    found = _received(request, code, entered_by__isnull=False)
    return 201, shown(acts.withdraw_application(**_who(request), application=found, reason=facts.reason))


@endpoint(router, "POST", "/paper-applications/{code}/objections", **COUNTER)
def lodge_paper_objection(request: HttpRequest, code: str, facts: ObjectionIn) -> Any:
    """Somebody who applied on paper objects to a result."""
    found = _received(request, code, entered_by__isnull=False)
    lodge_objection(**_who(request), application=found, **facts.dict())
    return 201, shown(found)


@endpoint(router, "POST", "/paper-applications/{code}/card", **COUNTER)
def verify_at_counter(request: HttpRequest, code: str, facts: schemas.CardIn) -> Any:
    """The identity card was shown; any application, online ones too."""
    index = nik_index(facts.nik)
    done = verification.verify_at_counter(**_who(request), application=_received(request, code), shown_index=index)
    return 201, shown(done)


@endpoint(router, "POST", "/paper-applications/{code}/key", verb=Verb.APPLICATION_RECEIVE, response=schemas.BegunOut)
def renew_key(request: HttpRequest, code: str, facts: schemas.CardIn) -> Any:
    """A new key for somebody whose card was shown."""
    key = keys.key_of(operation_id(request))
    verification.renew_key(
        **_who(request), application=_received(request, code), secret_hash=keys.hash_key(key),
        shown_index=nik_index(facts.nik),
    )  # fmt: skip
    return 201, {"code": code, "key": key}


@endpoint(router, "GET", "/file-checks", verb=Verb.APPLICATION_CHECK, response=schemas.QueueOut)
def list_file_checks(request: HttpRequest, after: int = 0) -> Any:
    """Codes of applications that wait for the file check, in the order they were begun."""
    found = _scope(request).narrow(queries.applications_waiting_for_check(), Verb.APPLICATION_CHECK)
    page = list(found.order_by("id").filter(pk__gt=after).values_list("pk", "code")[: PAGE + 1])
    more = str(page[PAGE - 1][0]) if len(page) > PAGE else None
    return {"next": more, "results": [code for _pk, code in page[:PAGE]]}


@endpoint(router, "GET", "/file-checks/{code}", **FILES)
def get_file_check(request: HttpRequest, code: str) -> Any:
    """The file check of one application."""
    return _checked(_to_check(request, code))


@endpoint(router, "POST", "/file-checks/{code}/requirements/{position}", **FILES)
def check_requirement(request: HttpRequest, code: str, position: int, facts: schemas.FileCheckIn) -> Any:
    """Say of one requirement whether it is there and right."""
    found = _to_check(request, code)
    given = {"requirement": _requirement(found, position), **facts.dict()}
    return 201, _checked(checks.check_requirement(**_who(request), application=found, **given))


@endpoint(router, "POST", "/file-checks/{code}/requirements/{position}/second", **FILES)
def record_second_check(request: HttpRequest, code: str, position: int, facts: schemas.SecondCheckIn) -> Any:
    """Record what the independent register says."""
    found = _to_check(request, code)
    given = {"requirement": _requirement(found, position), **facts.dict()}
    return 201, _checked(checks.record_second_check(**_who(request), application=found, **given))


@endpoint(router, "POST", "/file-checks/{code}/conclusion", **FILES)
def conclude_files(request: HttpRequest, code: str) -> Any:
    """Conclude the file check; the applicant reads the result at once."""
    found = _to_check(request, code)
    checks.conclude_files(**_who(request), application=found)
    return 201, _checked(found)


def _scope(request: HttpRequest) -> Any:
    return request.scope  # type: ignore[attr-defined]


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.auth, "at": timezone.now(), "op": operation_id(request)}  # type: ignore[attr-defined]


def _received(request: HttpRequest, code: str, **only: Any) -> Application:
    records = queries.applications().filter(**only)
    found: Application = _scope(request).get_or_404(records, Verb.APPLICATION_RECEIVE, code=code)
    return found


def _to_check(request: HttpRequest, code: str) -> Application:
    records = queries.applications().exclude(submitted_at=None)
    found: Application = _scope(request).get_or_404(records, Verb.APPLICATION_CHECK, code=code)
    return found


def _requirement(found: Application, position: int) -> Requirement:
    return get_object_or_404(found.requirement_set.requirements, position=max(0, min(position, 30_000)))


def _checked(found: Application) -> dict[str, Any]:
    result = found.results.filter(stage=Stage.FILES).first()
    return {
        "code": found.code, "state": found.state, "passed": result.passed if result else None,
        "requirements": [_line(line) for line in queries.lines_of(found)],
    }  # fmt: skip


def _line(line: queries.Line) -> dict[str, Any]:
    check, checked = line.check, line.checked
    return {
        "position": line.requirement.position, "text": line.requirement.text,
        "needs_second_check": line.requirement.needs_second_check, "is_there": check.is_there if check else None,
        "right": checked.right, "reason": checked.reason, "answer": check.answer if check else "",
        "second": checked.second, "is_open": checked.is_open,
    }  # fmt: skip
