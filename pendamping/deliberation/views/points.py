"""The agenda's points, and the clock by which they run."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Act
from pendamping.deliberation import services
from pendamping.deliberation.forms.points import PointsForm
from pendamping.deliberation.models import AgendaPoint, Meeting
from pendamping.deliberation.queries import points as queries
from pendamping.deliberation.rules import meetings as rules
from pendamping.deliberation.rules.points import read_lines
from pendamping.deliberation.views.acting import act_page, address, found_meeting, pressed, trail

KEEP = Verb.MEETING_ATTENDANCE


def point_acts(request: HttpRequest, found: Meeting) -> list[Act]:
    """What the page of a meeting offers of its agenda's points."""
    scope = request.scope  # type: ignore[attr-defined]
    acts = []
    if scope.can(Verb.MEETING_CALL, found):
        acts.append(Act(_("Points and minutes of the agenda"), address(found, "points")))
    if found.points.exists():
        acts.append(Act(_("Clock of the agenda"), address(found, "clock")))
    return acts


@page(Verb.MEETING_CALL)
def points(request: HttpRequest, code: str) -> HttpResponse:
    """Write the points, one to a line with its minutes."""
    found = found_meeting(request, code, Verb.MEETING_CALL)
    known = [f"{one.title} {one.minutes}" for one in found.points.all()]
    lines = known or [f"{one.title} {one.minutes or 15}" for one in read_lines(found.agenda)]
    form = PointsForm(request.POST or None, initial={"points": "\n".join(lines)})
    return act_page(
        request, form, services.set_points,
        lambda: {"meeting": found, "planned": read_lines(form.cleaned_data["points"])},
        said=_("The points are kept. On the day the clock shows how late it is."), back=address(found),
        title=_("Points and minutes of the agenda"), submit=_("Keep the agenda"), kicker=found.title,
        draft=f"{found.code}-points", places=trail(found, _("Agenda")),
    )  # fmt: skip


@page(Verb.RECORD_SEE)
@require_GET
def clock(request: HttpRequest, code: str) -> HttpResponse:
    """Where the agenda stands now; whoever keeps the register begins and ends the points."""
    found = found_meeting(request, code)
    now = timezone.now()
    begun = rules.has_begun(state=found.state, held_on=found.held_on, today=day(now))
    keeps = request.scope.can(KEEP, found)  # type: ignore[attr-defined]
    shown = queries.clock(found, now)
    context = {
        "meeting": found, "clock": shown, "rows": [_row(one) for one in shown.points],
        "acts": _acts(found, shown, begun.message) if keeps else [],
        "places": trail(found, _("Clock of the agenda")),
    }  # fmt: skip
    return render_page(request, "deliberation/clock.html", context)


def _row(one: queries.Timed) -> dict[str, str]:
    """A point with its planned hour and how late it is."""
    local = timezone.localtime(one.slot.planned_from)
    hour = f"{local:%H.%M} {local.tzname()}"
    meta = _("Planned %(hour)s, %(minutes)d minutes") % {"hour": hour, "minutes": one.point.minutes}
    late = ngettext("%(minutes)d minute late", "%(minutes)d minutes late", one.late) % {"minutes": one.late}
    badge, state = (_("Now"), "active") if one.runs else (_("Over"), "done") if one.is_over else ("", "neutral")
    return {
        "title": one.point.title, "meta": meta, "note": late if one.late else "", "badge": badge, "state": state,
    }  # fmt: skip


def _acts(found: Meeting, shown: queries.Clock, refusal: str) -> list[Act]:
    acts = []
    if shown.next:
        label = _("Begin: %(title)s") % {"title": shown.next.point.title}
        href = address(found, "begin_point", shown.next.point.uid)
        acts.append(Act(label, href, post=True, refusal=refusal, kind="primary"))
    if shown.running:
        label = _("End: %(title)s") % {"title": shown.running.point.title}
        href = address(found, "end_point", shown.running.point.uid)
        acts.append(Act(label, href, post=True, refusal=refusal))
    return acts


@page(KEEP)
@require_POST
def begin_point(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """The next point begins, and the one before is over."""
    found = found_meeting(request, code, KEEP)
    point = _point(found, uid)
    said = _("“%(title)s” has begun.") % {"title": point.title}
    return pressed(request, address(found, "clock"), services.begin_point, said=said, point=point)


@page(KEEP)
@require_POST
def end_point(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """The point is over; a pause."""
    found = found_meeting(request, code, KEEP)
    point = _point(found, uid)
    said = _("“%(title)s” is over.") % {"title": point.title}
    return pressed(request, address(found, "clock"), services.end_point, said=said, point=point)


def _point(found: Meeting, uid: uuid.UUID) -> AgendaPoint:
    one = AgendaPoint.objects.filter(meeting=found, uid=uid).select_related("meeting").first()
    if one is None:
        raise Http404
    return one
