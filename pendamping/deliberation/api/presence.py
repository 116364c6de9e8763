"""Operations of inviting, the agenda's points and the attendance register over HTTP. No name comes out."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Router
from ninja.files import UploadedFile

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.core.images.door import admit
from pendamping.deliberation import services
from pendamping.deliberation.models import AgendaPoint, Invitation, Meeting, PaperSheet, Presence
from pendamping.deliberation.queries import composition as rooms
from pendamping.deliberation.queries import invitations as invited
from pendamping.deliberation.queries import meetings, points
from pendamping.deliberation.queries import presence as register
from pendamping.deliberation.rules.points import Planned
from pendamping.deliberation.rules.register import TypedRow, shown
from pendamping.deliberation.schemas import presence as schemas
from pendamping.deliberation.services.register import Facts
from pendamping.regions.models import Region

router = Router(tags=["deliberation"])
CALL, KEEP, SEE = Verb.MEETING_CALL, Verb.MEETING_ATTENDANCE, Verb.RECORD_SEE
AT = "/meetings/{code}"


@endpoint(router, "GET", f"{AT}/invitations", verb=CALL, response=schemas.InvitationsOut)
def list_invitations(request: HttpRequest, code: str) -> Any:
    """Everybody invited, with their answer and how they were told."""
    return _invitations(_found(request, code, CALL))


@endpoint(router, "POST", f"{AT}/invitations", verb=CALL, response=schemas.InvitationsOut)
def invite(request: HttpRequest, code: str, facts: schemas.MeetingInviteIn) -> Any:
    """Invite offices and groups; who is invited already stays."""
    meeting = _found(request, code, CALL)
    services.invite(**_by(request), meeting=meeting, capacities=facts.capacities)
    return 201, _invitations(meeting)


@endpoint(router, "POST", f"{AT}/guests", verb=CALL, response=schemas.InvitationOut)
def invite_guest(request: HttpRequest, code: str, facts: schemas.MeetingGuestIn) -> Any:
    """Invite one guest."""
    given = {**facts.dict(), "way": facts.way or ""}
    made = services.invite_guest(**_by(request), meeting=_found(request, code, CALL), **given)
    return 201, _invitation(invited.invitations(made.meeting).get(pk=made.pk))


@endpoint(router, "POST", f"{AT}/invitations/sending", verb=CALL, response=schemas.InvitationsOut)
def send_invitations(request: HttpRequest, code: str) -> Any:
    """Write to everybody who has an address and did not get this one yet."""
    meeting = _found(request, code, CALL)
    services.send_invitations(**_by(request), meeting=meeting)
    return 201, _invitations(meeting)


@endpoint(router, "POST", f"{AT}/invitations/{{uid}}/answer", verb=CALL, response=schemas.InvitationOut)
def note_answer(request: HttpRequest, code: str, uid: uuid.UUID, facts: schemas.InvitationAnswerIn) -> Any:
    """Note what somebody invited said."""
    one = _one(request, code, uid)
    services.answer_invitation(**_by(request), invitation=one, **facts.dict())
    return 201, _invitation(invited.invitations(one.meeting).get(pk=one.pk))


@endpoint(router, "POST", f"{AT}/invitations/{{uid}}/told", verb=CALL, response=schemas.InvitationOut)
def note_told(request: HttpRequest, code: str, uid: uuid.UUID, facts: schemas.InvitationToldIn) -> Any:
    """Note that a person told them."""
    one = _one(request, code, uid)
    services.note_told(**_by(request), invitation=one, way=facts.way)
    return 201, _invitation(invited.invitations(one.meeting).get(pk=one.pk))


@endpoint(router, "POST", f"{AT}/invitations/{{uid}}/withdrawal", verb=CALL, response=schemas.InvitationsOut)
def withdraw_invitation(request: HttpRequest, code: str, uid: uuid.UUID) -> Any:
    """Take somebody off the list of invited."""
    one = _one(request, code, uid)
    services.withdraw_invitation(**_by(request), invitation=one)
    return 201, _invitations(one.meeting)


@endpoint(router, "GET", f"{AT}/points", verb=SEE, response=schemas.PointsOut)
def list_points(request: HttpRequest, code: str) -> Any:
    """The agenda on the clock."""
    return _points(_found(request, code, SEE))


@endpoint(router, "POST", f"{AT}/points", verb=CALL, response=schemas.PointsOut)
def set_points(request: HttpRequest, code: str, facts: schemas.PointsIn) -> Any:
    """Write the points of the agenda, all at once, until the first one has begun."""
    meeting = _found(request, code, CALL)
    planned = [Planned(one.title, one.minutes) for one in facts.points]
    services.set_points(**_by(request), meeting=meeting, planned=planned)
    return 201, _points(meeting)


@endpoint(router, "POST", f"{AT}/points/{{uid}}/begin", verb=KEEP, response=schemas.PointsOut)
def begin_point(request: HttpRequest, code: str, uid: uuid.UUID) -> Any:
    """A point begins, and the one that runs ends."""
    meeting = _found(request, code, KEEP)
    services.begin_point(**_by(request), point=_point(meeting, uid))
    return 201, _points(meeting)


@endpoint(router, "POST", f"{AT}/points/{{uid}}/end", verb=KEEP, response=schemas.PointsOut)
def end_point(request: HttpRequest, code: str, uid: uuid.UUID) -> Any:
    """The point that runs ends."""
    meeting = _found(request, code, KEEP)
    services.end_point(**_by(request), point=_point(meeting, uid))
    return 201, _points(meeting)


@endpoint(router, "POST", f"{AT}/points/{{uid}}/lead", verb=KEEP, response=schemas.PointsOut)
def lead_point(request: HttpRequest, code: str, uid: uuid.UUID, facts: schemas.PointLedIn) -> Any:
    """Begin a point, or end it, at the instant a device without a signal says; never before what ran earlier."""
    meeting = _found(request, code, KEEP)
    services.lead_point(**_by(request), point=_point(meeting, uid), **facts.dict())
    return 201, _points(meeting)


@endpoint(router, "GET", f"{AT}/room", verb=SEE, response=schemas.RoomOut)
def get_room(request: HttpRequest, code: str) -> Any:
    """Who is in the room now, from the register."""
    return _room(_found(request, code, SEE))


@endpoint(router, "GET", f"{AT}/register", verb=KEEP, response=schemas.PresencesOut)
def list_register(request: HttpRequest, code: str) -> Any:
    """The rows of the register, without names."""
    return {"results": [_present(row) for row in register.presences(_found(request, code, KEEP))]}


@endpoint(router, "POST", f"{AT}/register", verb=KEEP, response=schemas.PresentOut)
def add_presence(request: HttpRequest, code: str, facts: schemas.PresentIn) -> Any:
    """Put somebody on the register; with the instant at which a device without a signal did."""
    meeting = _found(request, code, KEEP)
    given = facts.dict()
    place, uid, claimed = given.pop("place"), given.pop("invitation"), given.pop("claimed_at")
    one = get_object_or_404(invited.invitations(meeting), uid=uid) if uid else None
    where = get_object_or_404(Region, path=place, level__in=("ward", "rw", "rt")) if place else None
    row = Facts(**{**given, "age_group": facts.age_group or ""}, place=where)
    made = services.add_presence(**_by(request), meeting=meeting, facts=row, invitation=one, claimed_at=claimed)
    return 201, _present(made)


@endpoint(router, "POST", f"{AT}/register/{{uid}}/strike", verb=KEEP, response=schemas.PresencesOut)
def strike_presence(request: HttpRequest, code: str, uid: uuid.UUID, facts: schemas.StrikeIn) -> Any:
    """Strike a row out, or join it with the row of the same person."""
    meeting = _found(request, code, KEEP)
    rows = Presence.objects.filter(meeting=meeting).select_related("meeting")
    other = get_object_or_404(rows, uid=facts.same_as) if facts.same_as else None
    services.strike_presence(**_by(request), presence=get_object_or_404(rows, uid=uid), same_as=other)
    return 201, {"results": [_present(row) for row in register.presences(meeting)]}


@endpoint(router, "POST", f"{AT}/register/count", verb=KEEP, response=schemas.RoomOut)
def count_register(request: HttpRequest, code: str) -> Any:
    """Write the totals of the register as the count of those present."""
    meeting = _found(request, code, KEEP)
    services.count_register(**_by(request), meeting=meeting)
    return 201, _room(meeting)


@endpoint(router, "POST", f"{AT}/sheets", verb=KEEP, response=schemas.PaperSheetOut)
def print_sheet(request: HttpRequest, code: str, facts: schemas.SheetIn) -> Any:
    """A new paper sheet."""
    made = services.print_sheet(**_by(request), meeting=_found(request, code, KEEP), rows=facts.rows)
    return 201, _sheet(made)


@endpoint(router, "POST", f"{AT}/sheets/{{uid}}/photo", verb=KEEP, response=schemas.PaperSheetOut)
def keep_photo(request: HttpRequest, code: str, uid: uuid.UUID, photo: UploadedFile = File(...)) -> Any:  # noqa: B008
    """Keep the photo of a signed sheet, sealed; a new one replaces it. Nobody reads it here."""
    sheet = _paper(request, code, uid)
    return 201, _sheet(services.keep_photo(**_by(request), sheet=sheet, photo=admit(photo)))


@endpoint(router, "POST", f"{AT}/sheets/{{uid}}/rows", verb=KEEP, response=schemas.PaperSheetOut)
def type_sheet(request: HttpRequest, code: str, uid: uuid.UUID, facts: schemas.SheetRowsIn) -> Any:
    """The rows of a sheet as they stand on the paper, all or none."""
    sheet = _paper(request, code, uid)
    rows = [TypedRow(**{**row.dict(), "age_group": row.age_group or ""}) for row in facts.rows]
    return 201, _sheet(services.type_sheet(**_by(request), sheet=sheet, rows=rows))


@endpoint(router, "POST", f"{AT}/sheets/{{uid}}/confirmation", verb=KEEP, response=schemas.PaperSheetOut)
def confirm_sheet(request: HttpRequest, code: str, uid: uuid.UUID, facts: schemas.SheetCountIn) -> Any:
    """Confirm a sheet by the filled rows counted on the paper."""
    sheet = _paper(request, code, uid)
    return 201, _sheet(services.confirm_sheet(**_by(request), sheet=sheet, heads=facts.heads))


def _by(request: Any) -> dict[str, Any]:
    return {"by": request.auth, "at": timezone.now(), "op": operation_id(request)}


def _found(request: Any, code: str, verb: Verb) -> Meeting:
    found: Meeting = request.scope.get_or_404(meetings.meetings(), verb, code=code)
    return found


def _one(request: HttpRequest, code: str, uid: uuid.UUID) -> Invitation:
    return get_object_or_404(invited.invitations(_found(request, code, CALL)), uid=uid)


def _point(meeting: Meeting, uid: uuid.UUID) -> AgendaPoint:
    return get_object_or_404(AgendaPoint.objects.select_related("meeting"), meeting=meeting, uid=uid)


def _paper(request: HttpRequest, code: str, uid: uuid.UUID) -> PaperSheet:
    sheet = register.sheets(_found(request, code, KEEP)).filter(uid=uid).first()
    if sheet is None:
        raise Http404
    return sheet


def _invitations(meeting: Meeting) -> dict[str, Any]:
    return {"results": [_invitation(one) for one in invited.invitations(meeting)]}


def _invitation(one: Invitation) -> dict[str, Any]:
    return {
        "uid": one.uid, "title": one.title, "capacity": one.capacity, "place": one.place.path if one.place else "",
        "answer": one.answer or None, "letters": list(one.letters.all()),
    }  # fmt: skip


def _points(meeting: Meeting) -> dict[str, Any]:
    clock = points.clock(meeting, timezone.now())
    rows = [
        {
            "uid": one.point.uid, "title": one.point.title, "minutes": one.point.minutes, "late": one.late,
            "planned_from": one.slot.planned_from, "begun_at": one.point.begun_at, "ended_at": one.point.ended_at,
        }
        for one in clock.points
    ]  # fmt: skip
    return {"late": clock.late, "points": rows}


def _present(row: Presence) -> dict[str, Any]:
    return {
        "uid": row.uid, "number": row.number, "sex": row.sex, "age_group": row.age_group or None,
        "capacity": row.capacity, "place": row.place.path if row.place else "", "source": row.source,
        "counts": row.sheet is None or row.sheet.confirmed_at is not None,
    }  # fmt: skip


def _room(meeting: Meeting) -> dict[str, Any]:
    room = rooms.in_the_room(meeting)
    groups = {name: shown(count) for name, count in room.groups.items()}
    heard, missing = sorted(room.heard), list(room.missing)
    return {"women": room.women, "men": room.men, "groups": groups, "heard": heard, "missing": missing}


def _sheet(sheet: PaperSheet) -> dict[str, Any]:
    names = ("uid", "number", "rows", "heads", "confirmed_at")
    typed = sheet.presences.filter(struck_at__isnull=True).count()
    return {**{name: getattr(sheet, name) for name in names}, "typed": typed, "has_photo": bool(sheet.file_name)}
