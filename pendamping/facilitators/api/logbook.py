"""Operations of the logbook and of absences over HTTP: what an offline client sends, what supervisors answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import File, Form, Router, UploadedFile

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.core.images.door import admit
from pendamping.core.moments import day
from pendamping.facilitators.api.appointments import who
from pendamping.facilitators.deeds import words_of
from pendamping.facilitators.enums.logbook import LogState
from pendamping.facilitators.log_showing import month_of, question
from pendamping.facilitators.models import Absence, LogEntry
from pendamping.facilitators.queries import absences as absence_queries
from pendamping.facilitators.queries import logbook as queries
from pendamping.facilitators.rules.logbook import PHOTOS_MOST
from pendamping.facilitators.schemas import logbook as schemas
from pendamping.facilitators.services import absences, log_rules, log_verification
from pendamping.facilitators.services import logbook as services
from pendamping.regions.models import Level, Region

router = Router(tags=["logbook"])
VERIFY = Verb.LOG_VERIFY
PAGE = 50


@endpoint(router, "GET", "/logbook", own=True, response=schemas.LogsOut)
def my_logbook(request: HttpRequest, month: str = "", before: int | None = None) -> Any:
    """Your own lines of a month ("2026-02"; this month when left out), acts done elsewhere among them.

    A key that only reads sees those gathered so far.
    """
    me = request.auth
    first, last = month_of(month, day(timezone.now()))
    if not request.scope.reads_only:
        services.gather(me, first, last)
    return _page(queries.entries_of(me, first, last).order_by("-id"), before)


@endpoint(router, "POST", "/logbook", own=True, response=schemas.LogOut)
def write_entry(
    request: HttpRequest,
    facts: Form[schemas.NewLogIn],
    photos: File[list[UploadedFile]] = [],  # noqa: B006
) -> Any:
    """Write a line; sent twice under one Idempotency-Key it is one line."""
    given = facts.dict()
    region = _unit(request, given.pop("region"))
    made = services.write_entry(**who(request), region=region, photos=_admitted(photos), **given)
    return 201, _entry(made)


@endpoint(router, "POST", "/logbook/verification", verb=VERIFY, response=schemas.LogsVerifiedOut)
def verify_entries(request: HttpRequest, facts: schemas.LogsTickedIn) -> Any:
    """Verify several lines, all or none."""
    found = [request.scope.get_or_404(queries.entries(), VERIFY, code=code) for code in dict.fromkeys(facts.entries)]
    log_verification.verify_entries(**who(request), entries=found)
    return 201, {"verified": len(found)}


@endpoint(router, "POST", "/logbook/rules", verb=Verb.RULES_MANAGE, response=schemas.LogRulesOut)
def set_log_rules(request: HttpRequest, facts: schemas.LogRulesIn) -> Any:
    """Set from when a line catches the eye."""
    given = facts.dict()
    cities = Region.objects.filter(level=Level.CITY)
    region = request.scope.get_or_404(cities, Verb.RULES_MANAGE, path=given.pop("region"))
    return 201, log_rules.set_log_rules(**who(request), region=region, **given)


@endpoint(router, "GET", "/logbook/{code}", own=True, response=schemas.LogOut)
def get_entry(request: HttpRequest, code: str) -> Any:
    """One line: your own, or of an area where you verify."""
    own = queries.entries().filter(account=request.auth, code=code).first()
    return _entry(own or request.scope.get_or_404(queries.entries(), VERIFY, code=code))


@endpoint(router, "POST", "/logbook/{code}/repair", own=True, response=schemas.LogOut)
def repair_entry(
    request: HttpRequest,
    code: str,
    facts: Form[schemas.LogIn],
    photos: File[list[UploadedFile]] = [],  # noqa: B006
) -> Any:
    """Repair a line of yours; photos are added to those it has."""
    given = facts.dict()
    found, region = _mine(request, code), _unit(request, given.pop("region"))
    done = services.repair_entry(**who(request), entry=found, region=region, photos=_admitted(photos), **given)
    return 201, _entry(done)


@endpoint(router, "POST", "/logbook/{code}/words", own=True, response=schemas.LogOut)
def add_words(request: HttpRequest, code: str, facts: schemas.LogWordsIn) -> Any:
    """Add words to a line of yours that came from the journal."""
    return 201, _entry(services.add_words(**who(request), entry=_mine(request, code), **facts.dict()))


@endpoint(router, "POST", "/logbook/{code}/done", own=True, response=schemas.LogOut)
def finish_follow_up(request: HttpRequest, code: str, facts: schemas.LogDoneIn) -> Any:
    """Say that what you promised is done."""
    return 201, _entry(services.finish_follow_up(**who(request), entry=_mine(request, code), on=facts.on))


@endpoint(router, "POST", "/logbook/{code}/return", verb=VERIFY, response=schemas.LogOut)
def return_entry(request: HttpRequest, code: str, facts: schemas.LogReturnIn) -> Any:
    """Send a line back with what must be mended."""
    found = request.scope.get_or_404(queries.entries(), VERIFY, code=code)
    return 201, _entry(log_verification.return_entry(**who(request), entry=found, reason=facts.reason))


@endpoint(router, "GET", "/logbooks", verb=VERIFY, response=schemas.LogsOut)
def list_logbooks(request: HttpRequest, state: LogState | None = None, before: int | None = None) -> Any:
    """Lines of the areas where you verify, newest first."""
    found = request.scope.narrow(queries.entries().order_by("-id"), VERIFY)
    return _page(found.filter(state=state) if state else found, before)


@endpoint(router, "GET", "/absences", own=True, response=list[schemas.AbsenceOut])
def my_absences(request: HttpRequest, since: date | None = None) -> Any:
    """Your own absences, the latest first."""
    found = absence_queries.absences().filter(account=request.auth)
    return list((found.filter(last_day__gte=since) if since else found)[:100])


@endpoint(router, "POST", "/absences", own=True, response=schemas.AbsenceOut)
def ask_absence(request: HttpRequest, facts: schemas.AbsenceIn) -> Any:
    """Ask for days away."""
    return 201, absences.ask_absence(**who(request), **facts.dict())


@endpoint(router, "GET", "/absences/waiting", verb=VERIFY, response=list[schemas.AbsenceAskedOut])
def absences_to_decide(request: HttpRequest) -> Any:
    """Absences that wait for your decision, the nearest first."""
    found = absence_queries.absences_waiting_for_decider(request.auth, day(timezone.now()))
    return [_asked(one) for one in request.scope.narrow(found, VERIFY)[:100]]


@endpoint(router, "POST", "/absences/{code}/withdrawal", own=True, response=schemas.AbsenceOut)
def withdraw_absence(request: HttpRequest, code: str) -> Any:
    """Take an absence of yours back."""
    found: Absence = get_object_or_404(absence_queries.absences().filter(account=request.auth), code=code)
    return 201, absences.withdraw_absence(**who(request), absence=found)


@endpoint(router, "POST", "/absences/{code}/decision", verb=VERIFY, response=schemas.AbsenceOut)
def decide_absence(request: HttpRequest, code: str, facts: schemas.AbsenceDecisionIn) -> Any:
    """Approve or refuse an absence."""
    found = request.scope.get_or_404(absence_queries.absences(), VERIFY, code=code)
    return 201, absences.decide_absence(**who(request), absence=found, **facts.dict())


def _asked(found: Absence) -> dict[str, Any]:
    names = ("code", "kind", "first_day", "last_day", "state", "decided_reason")
    return {**{name: getattr(found, name) for name in names}, "person": found.account.name}


def _admitted(photos: list[UploadedFile]) -> list[Any]:
    """Photos through the door; one too many is enough for the rule to say so."""
    return [admit(photo) for photo in photos[: PHOTOS_MOST + 1]]


def _unit(request: HttpRequest, path: str) -> Region:
    """A place this person serves or served; any other does not exist for them."""
    return get_object_or_404(queries.units_of(request.auth), path=path)


def _mine(request: HttpRequest, code: str) -> LogEntry:
    return get_object_or_404(queries.entries().filter(account=request.auth), code=code)


def _page(found: Any, before: int | None) -> dict[str, Any]:
    shown = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
    more = str(shown[PAGE - 1].pk) if len(shown) > PAGE else None
    return {"next": more, "results": [_entry(one) for one in shown[:PAGE]]}


def _entry(found: LogEntry) -> dict[str, Any]:
    names = (
        "code", "day", "begins", "ends", "activity", "place", "women", "men", "vulnerable", "problem", "solution",
        "follow_up", "follow_up_by", "follow_up_done_on", "linked_code", "state", "written_at", "verified_at",
        "returned_reason",
    )  # fmt: skip
    return {
        **{name: getattr(found, name) for name in names},
        "what": words_of(found.what, found.verb), "region": found.region_path, "automatic": found.is_automatic,
        "photos": [reverse("access:photo", args=[photo.name, "full"]) for photo in found.photos.all()],
        "flags": [{"kind": flag.kind, "question": question(flag)} for flag in found.flags.all()],
    }  # fmt: skip
