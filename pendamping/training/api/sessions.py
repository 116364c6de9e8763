"""Operations of training sessions over HTTP."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Router, UploadedFile

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.images.door import admit
from pendamping.regions.models import Region
from pendamping.training import devices, sheet_reader
from pendamping.training.enums.curriculum import ActivityKind
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.enums.sessions import AttendanceChannel
from pendamping.training.models import Activity, CourseVersion, Enrolment, Place, Session, SheetReading
from pendamping.training.queries import sessions as queries
from pendamping.training.queries.learning import attendance_of
from pendamping.training.schemas import sessions as schemas
from pendamping.training.services import attendance
from pendamping.training.services import sessions as services

router = Router(tags=["training"])
PAGE = 50
HOLD, SEE = Verb.SESSION_HOLD, Verb.TRAINING_SEE


@endpoint(router, "GET", "/training-sessions", verb=SEE, response=schemas.TrainingSessionsOut)
def list_training_sessions(request: HttpRequest, after: int | None = None) -> Any:
    """Sessions of the places you see, the latest planned first."""
    found = request.scope.narrow(queries.sessions(), SEE).order_by("-pk")  # type: ignore[attr-defined]
    if after is not None:
        found = found.filter(pk__lt=after)
    shown = list(found[: PAGE + 1])
    more = str(shown[PAGE - 1].pk) if len(shown) > PAGE else None
    return {"next": more, "results": [_session(one) for one in shown[:PAGE]]}


@endpoint(router, "POST", "/training-sessions", verb=HOLD, response=schemas.TrainingSessionOut)
def plan_training_session(request: HttpRequest, facts: schemas.TrainingSessionIn) -> Any:
    """Plan a session."""
    given = facts.dict()
    region = request.scope.get_or_404(Region.objects.all(), HOLD, path=given.pop("region"))  # type: ignore[attr-defined]
    version = get_object_or_404(
        CourseVersion.objects.select_related("course"), course__code=given.pop("course"), number=given.pop("version"),
        course__city_path=region.city_path,
    )  # fmt: skip
    name, keys = (given.pop("trainer") or "").strip().lower(), (given.pop("module"), given.pop("activity"))
    given["trainer"] = get_object_or_404(Account, username=name, is_active=True) if name else None
    parts = Activity.objects.filter(kind=ActivityKind.SESSION, module__version=version).select_related("module")
    given["activity"] = get_object_or_404(parts, module__key=keys[0], key=keys[1]) if any(keys) else None
    return 201, _out(services.plan_session(**_who(request), region=region, version=version, **given))


@endpoint(router, "GET", "/training-sessions/{code}", verb=SEE, response=schemas.TrainingSessionWholeOut)
def get_training_session(request: HttpRequest, code: str) -> Any:
    """One session with those expected, by the codes of their enrolments."""
    return _whole(_found(request, code, SEE))


@endpoint(router, "POST", "/training-sessions/{code}/move", verb=HOLD, response=schemas.TrainingSessionOut)
def move_training_session(request: HttpRequest, code: str, facts: schemas.TrainingSessionMoveIn) -> Any:
    """Hold it at another hour or place; those expected are told."""
    return 201, _out(services.move_session(**_who(request), session=_found(request, code), **facts.dict()))


@endpoint(router, "POST", "/training-sessions/{code}/cancel", verb=HOLD, response=schemas.TrainingSessionOut)
def cancel_training_session(request: HttpRequest, code: str, facts: schemas.TrainingSessionCancelIn) -> Any:
    """Not hold it; those expected are told."""
    return 201, _out(services.cancel_session(**_who(request), session=_found(request, code), **facts.dict()))


@endpoint(router, "POST", "/training-sessions/{code}/close", verb=HOLD, response=schemas.TrainingSessionWholeOut)
def close_training_session(request: HttpRequest, code: str) -> Any:
    """End it: whoever has no mark is absent."""
    return 201, _whole(services.close_session(**_who(request), session=_found(request, code)))


@endpoint(router, "POST", "/training-sessions/{code}/places", verb=HOLD, response=schemas.TrainingSessionWholeOut)
def give_training_places(request: HttpRequest, code: str, facts: schemas.TrainingPlaceIn) -> Any:
    """Give one learner a place, or everybody of the version in the session's area."""
    found = _found(request, code)
    if facts.enrolment is not None:
        learners = Enrolment.objects.filter(city_path=found.city_path)
        enrolment = get_object_or_404(learners, code=facts.enrolment)
        services.give_place(**_who(request), session=found, enrolment=enrolment)
    else:
        services.give_all(**_who(request), session=found)
    return 201, _whole(found)


@endpoint(
    router, "POST", "/training-sessions/{code}/places/{uid}/release", verb=HOLD, response=schemas.TrainingPlaceOut
)
def release_training_place(request: HttpRequest, code: str, uid: uuid.UUID) -> Any:
    """Free the place of somebody who will not come."""
    place = get_object_or_404(queries.expected(_found(request, code)), uid=uid)
    return 201, _place(services.give_up_place(**_who(request), place=place))


@endpoint(
    router, "POST", "/training-sessions/{code}/places/{uid}/attendance", verb=HOLD, response=schemas.TrainingPlaceOut
)
def mark_training_attendance(request: HttpRequest, code: str, uid: uuid.UUID, facts: schemas.TrainingMarkIn) -> Any:
    """Record or correct somebody's attendance by the list."""
    place = get_object_or_404(queries.expected(_found(request, code)), uid=uid)
    return 201, _place(attendance.mark(**_who(request), place=place, channel=AttendanceChannel.LIST, **facts.dict()))


@endpoint(router, "POST", "/training-sessions/{code}/readings", verb=HOLD, response=schemas.TrainingReadingOut)
def read_training_sheet(request: HttpRequest, code: str, photo: UploadedFile = File(...)) -> Any:  # noqa: B008
    """Read the photo of one page of the signed sheet; the photo is not kept, and nobody is marked yet."""
    found = _found(request, code)
    seen = sheet_reader.read(admit(photo, edge=sheet_reader.EDGE).data)
    return 201, _reading(attendance.keep_reading(**_who(request), session=found, seen=seen))


@endpoint(
    router, "POST", "/training-sessions/{code}/readings/{uid}/confirmation", verb=HOLD,
    response=schemas.TrainingSessionWholeOut,
)  # fmt: skip
def confirm_training_sheet(
    request: HttpRequest, code: str, uid: uuid.UUID, facts: schemas.TrainingSheetRowsIn
) -> Any:  # fmt: skip
    """Mark the rows that were looked at."""
    found = _found(request, code)
    reading = get_object_or_404(SheetReading, session=found, uid=uid)
    attendance.confirm_reading(**_who(request), reading=reading, rows=facts.rows)
    return 201, _whole(found)


@endpoint(router, "GET", "/my-training-sessions", own=True, response=list[schemas.OwnTrainingSessionOut])
def my_training_sessions(request: HttpRequest) -> Any:
    """One's own sessions, also cancelled ones, in the order of time."""
    mine = queries.places_of(request.auth)  # type: ignore[attr-defined]
    return [{**_session(one.session), "presence": one.presence} for one in mine]


@endpoint(router, "GET", "/my-training-attendance", own=True, response=list[schemas.OwnAttendanceOut])
def my_training_attendance(request: HttpRequest) -> Any:
    """How much of each course one attended so far."""
    mine = Enrolment.objects.filter(account=request.auth).order_by("pk")  # type: ignore[attr-defined]
    return [{"enrolment": one.code, **attendance_of(one)._asdict()} for one in mine]


@endpoint(router, "POST", "/my-training-sessions/{code}/place", own=True, response=schemas.TrainingPlaceOut)
def take_training_place(request: HttpRequest, code: str) -> Any:
    """Take a place in a session of a course one learns."""
    session = get_object_or_404(queries.sessions(), code=code)
    learning = Enrolment.objects.filter(account=request.auth, state=EnrolmentState.ACTIVE)  # type: ignore[attr-defined]
    enrolment = get_object_or_404(learning, version=session.version_id)
    return 201, _place(services.give_place(**_who(request), session=session, enrolment=enrolment))


@endpoint(router, "POST", "/my-training-sessions/{code}/release", own=True, response=schemas.TrainingPlaceOut)
def give_up_training_place(request: HttpRequest, code: str) -> Any:
    """Give one's own place up."""
    place = get_object_or_404(queries.places_of(request.auth), session__code=code)  # type: ignore[attr-defined]
    return 201, _place(services.give_up_place(**_who(request), place=place))


@endpoint(router, "POST", "/my-training-sessions/{code}/attendance", own=True, response=schemas.TrainingPlaceOut)
def show_training_code(request: HttpRequest, code: str, facts: schemas.TrainingCodeIn) -> Any:
    """Show up by the trainer's changing code; only the server's clock counts."""
    place = get_object_or_404(queries.places_of(request.auth), session__code=code)  # type: ignore[attr-defined]
    device = devices.device_hash(facts.device, place.session)
    done = attendance.show_code(**_who(request), session=place.session, code=facts.code, device=device)
    return 201, _place(done)


def _who(request: Any) -> dict[str, Any]:
    return {"by": request.auth, "at": timezone.now(), "op": operation_id(request)}


def _found(request: Any, code: str, verb: Verb = HOLD) -> Session:
    found: Session = request.scope.get_or_404(queries.sessions(), verb, code=code)
    return found


def _out(one: Session) -> dict[str, Any]:
    return _session(queries.sessions().get(pk=one.pk))


def _session(one: Session) -> dict[str, Any]:
    names = (
        "code", "title", "place", "starts_at", "ends_at", "capacity", "taken", "trainer_office", "materials", "state",
        "sequence", "reason", "changed_at",
    )  # fmt: skip
    facts = {name: getattr(one, name) for name in names}
    part = one.activity
    facts |= {"module": part.module.key if part else "", "activity": part.key if part else ""}
    return {**facts, "course": one.version.course.code, "version": one.version.number, "region": one.region_path}


def _whole(one: Session) -> dict[str, Any]:
    return {**_out(one), "places": [_place(place) for place in queries.expected(one)]}


def _place(one: Place) -> dict[str, Any]:
    names = ("row", "presence", "channel", "marked_at")
    facts = {name: getattr(one, name) for name in names}
    return {**facts, "uid": str(one.uid), "enrolment": one.enrolment.code}


def _reading(one: SheetReading) -> dict[str, Any]:
    rows = [{"row": row["row"], "signed": row["signed"]} for row in one.rows if "session" not in row]
    return {"uid": str(one.uid), "rows": rows, "confirmed_at": one.confirmed_at}
