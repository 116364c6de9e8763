"""What keeps a meeting open, all of it at once, each with its cure and the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Link
from pendamping.core.verdicts import Verdict, refused
from pendamping.deliberation import services
from pendamping.deliberation.enums.ladder import LadderReason, Requirement
from pendamping.deliberation.enums.matrices import MatrixReason
from pendamping.deliberation.enums.meetings import Reason
from pendamping.deliberation.enums.polls import PollReason
from pendamping.deliberation.enums.results import ResultReason
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.queries.ladder import Standing, is_counted, standings
from pendamping.deliberation.rules.ladder import is_known, is_of_room
from pendamping.deliberation.views.acting import address


@dataclass(frozen=True)
class Obstacle:
    """One thing that keeps a meeting open (id: penghalang penutupan): what, its cure, where it is cured."""

    words: str
    cure: str = ""
    links: tuple[Link, ...] = ()
    title: str = ""


def obstacles(request: HttpRequest, found: Meeting, now: datetime) -> list[Obstacle]:
    """Everything that keeps this person from closing the meeting, from the rules that `close_meeting` refuses by."""
    told: list[Obstacle] = []
    for verdict in services.obstacles(found, today=day(now)):
        if verdict.reason == LadderReason.REQUIREMENTS_MISSING:
            told += _lacking(request, found)
        else:
            told.append(_obstacle(request, found, verdict))
    closer = services.closer_verdict(by=request.scope.account, meeting=found, at=now)  # type: ignore[attr-defined]
    return told if closer else [*told, Obstacle(closer.message)]


def in_words(request: HttpRequest, found: Meeting, verdict: Verdict) -> Verdict:
    """The same refusal as this person can act on it: who may not count reads who does."""
    if verdict.reason == Reason.ATTENDANCE_MISSING and not _can(request, Verb.MEETING_ATTENDANCE, found):
        return refused(Reason.ATTENDANCE_BY_OTHERS)
    return verdict


def _can(request: HttpRequest, verb: Verb, found: Meeting) -> bool:
    return bool(request.scope.can(verb, found))  # type: ignore[attr-defined]


def _obstacle(request: HttpRequest, found: Meeting, verdict: Verdict) -> Obstacle:
    """A refusal with its sentence, in which the cure stands, and the page of the cure."""
    told = in_words(request, found, verdict)
    ways = {
        MatrixReason.STILL_OPEN: (_("Close the scoring of the priority matrix"), "matrix"),
        PollReason.POLL_OPEN_YET: (_("Ballots"), "polls"),
        ResultReason.RESULT_MISSING: (_("Results"), "results"),
        ResultReason.DECIDED_BEFORE_BALLOT: (_("Results"), "results"),
        Reason.ATTENDANCE_MISSING: (_("Count who is present"), "attendance"),
        Reason.UNDECIDED: (_("Decide, one proposal after another"), "decide_next"),
    }
    if told.reason == ResultReason.DECIDED_BY_OVERTAKEN:
        number = told.params["newer"]
        link = Link(_("Result %(number)s") % {"number": number}, address(found, "result", number))
        return Obstacle(told.message, links=(link,))
    if told.reason == Reason.ATTENDANCE_BY_OTHERS:
        return Obstacle(told.message, links=(Link(_("Who was present"), f"{address(found)}#hadir"),))
    if told.reason == Reason.NOTHING_DECIDED and _can(request, Verb.MEETING_CALL, found):
        put = Link(_("Put proposals on the agenda"), address(found, "put"))
        return Obstacle(told.message, links=(put, Link(_("Cancel the meeting"), address(found, "cancel"))))
    if told.reason in ways:
        label, name = ways[told.reason]
        return Obstacle(told.message, links=(Link(label, address(found, name)),))
    return Obstacle(told.message)


def _lacking(request: HttpRequest, found: Meeting) -> list[Obstacle]:
    """Each requirement without a reason that holds, by itself; who came, only once they are counted."""
    counted = is_counted(found)
    return [
        Obstacle(one.text, _advice(one), tuple(_cures(request, found, one)), f"{one.label}: {one.badge}")
        for one in standings(found)
        if one.is_open and is_known(one.requirement, is_counted=counted)
    ]


def _advice(one: Standing) -> str:
    """What mends it, and first that a reason was stated which does not hold any more."""
    if one.void is None:
        return one.cure
    return _("The reason stated before no longer holds: the room changed.") + " " + one.cure


def _can_move(request: HttpRequest, found: Meeting, one: Standing) -> bool:
    """Would another day still mend a late call, and may this person choose it?"""
    return not one.ran.is_held and _can(request, Verb.MEETING_CALL, found)


def _cures(request: HttpRequest, found: Meeting, one: Standing) -> list[Link]:
    """Where it can be mended, as far as this person may, then where its reason is stated."""
    links = []
    if one.requirement == Requirement.SPLIT:
        links.append(Link(_("Decisions"), f"{address(found)}#usulan"))
    elif is_of_room(one.requirement) and _can(request, Verb.MEETING_ATTENDANCE, found):
        if one.requirement in (Requirement.RTS, Requirement.QUORUM_RTS):
            links.append(Link(_("Attendance register"), address(found, "register")))
        else:
            links.append(Link(_("Count who is present"), address(found, "attendance")))
    elif not is_of_room(one.requirement) and _can_move(request, found, one):
        links.append(Link(_("Move to another day"), address(found, "move")))
    state = _("State the reason: %(what)s") % {"what": one.label}
    return [*links, Link(state, reverse("deliberation:waive", args=[found.code, one.requirement]))]
