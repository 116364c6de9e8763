"""The trainer's sessions: today first, one session, planned, moved, cancelled, closed, places given."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.regions.models import Level, Region
from pendamping.training import calendars
from pendamping.training.enums.curriculum import ActivityKind
from pendamping.training.enums.sessions import SessionState
from pendamping.training.forms import sessions as forms
from pendamping.training.models import Activity, Place, Session
from pendamping.training.queries import sessions as queries
from pendamping.training.rules import sessions as rules
from pendamping.training.services import sessions as services

LATEST = 40


@page(Verb.TRAINING_SEE)
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Today's sessions first, those not over on top, each with its one act; then those to come; then the latest."""
    now = timezone.now()
    seen = request.scope.narrow(queries.sessions(), Verb.TRAINING_SEE)  # type: ignore[attr-defined]
    open_ones = list(seen.filter(state=SessionState.PLANNED).order_by("starts_at", "pk"))
    today = [one for one in open_ones if day(one.starts_at) <= day(now)]
    today.sort(key=lambda one: one.ends_at <= now)
    context = {
        "today": [(one, one.ends_at <= now) for one in today], "coming": [one for one in open_ones if one not in today],
        "past": seen.exclude(state=SessionState.PLANNED).order_by("-starts_at", "-pk")[:LATEST],
        "holds": request.scope.can_anywhere(Verb.SESSION_HOLD),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render_page(request, "training/sessions.html", context)


@page(Verb.SESSION_HOLD)
def session_plan(request: HttpRequest) -> HttpResponse:
    """Plan a session."""
    regions = _regions(request)
    cities = {path[:4] for path in regions.values_list("path", flat=True)}
    versions = queries.teachable().filter(course__city_path__in=cities)
    parts = Activity.objects.filter(kind=ActivityKind.SESSION, module__version__in=versions)
    initial = {"opens_minutes": 30, "late_minutes": 15, "closes_minutes": 60, "trainer": request.user.get_username()}
    form = forms.SessionForm(
        request.POST or None, initial=initial, regions=regions,
        versions=versions.select_related("course").order_by("course", "-number"),
        activities=parts.select_related("module__version").order_by("module__version", "module__position", "position"),
    )  # fmt: skip
    made = attempt(request, form, services.plan_session, typed, said=_("The session is planned. Now give out places."))
    if made is not None:
        return redirect(address(made))
    return act_page(request, form, title=_("Plan a session"), submit=_("Plan the session"), back=_all())


def _regions(request: Any) -> QuerySet[Region]:
    """Cities, districts and wards where this person holds sessions."""
    levels = (Level.CITY, Level.DISTRICT, Level.WARD)
    found: QuerySet[Region] = request.scope.narrow(Region.objects.filter(level__in=levels), Verb.SESSION_HOLD)
    return found.filter(valid_to=None).order_by("path")


@page(Verb.TRAINING_SEE)
@require_GET
def session(request: HttpRequest, code: str) -> HttpResponse:
    """One session: when, where, who is expected, who came, who has been absent too often."""
    found = found_session(request, code, Verb.TRAINING_SEE)
    people = list(queries.expected(found))
    context = {
        "session": found, "people": people, "came": sum(one.presence in rules.CAME for one in people),
        "absentees": queries.absentees(found), "acts": _acts(request, found), "places": trail(found),
        "holds": _holds(request, found),
        "reading": queries.unconfirmed(found) if found.is_planned and _holds(request, found) else None,
        "may_free": _holds(request, found) and found.is_planned and timezone.now() < found.starts_at,
    }  # fmt: skip
    return render_page(request, "training/session.html", context)


def _acts(request: HttpRequest, found: Session) -> list[Act]:
    """What this person may do; what is not possible now says why, by the same rules as the service."""
    if not _holds(request, found):
        return []
    now, marked = timezone.now(), queries.marked(found)
    still = rules.is_open(found.state).message
    close = services.close_verdict(found, now).message
    over = found.is_planned and found.ends_at <= now
    move = rules.may_cancel(state=found.state, marked=marked, reason="-").message
    acts = []
    if not found.is_cancelled:
        acts = [
            Act(_("Show the code"), address(found, "session_code"), refusal=still,
                kind="secondary" if over else "primary"),
            Act(_("Mark in the list"), address(found, "session_list")),
            Act(_("Print the sheet"), address(found, "session_sheet"), post=True),
            Act(_("Read a signed sheet"), address(found, "session_photo")),
            Act(_("Close the session"), address(found, "session_close"), refusal=close,
                kind="primary" if over else "secondary"),
        ]  # fmt: skip
        acts = [acts.pop(), *acts] if over else acts
    return [
        *acts,
        Act(_("Give places"), address(found, "session_place"), refusal=still),
        Act(_("Move it"), address(found, "session_move"), refusal=move),
        Act(_("Cancel it"), address(found, "session_cancel"), refusal=move, kind="danger"),
        Act(_("Put it into my calendar"), address(found, "session_calendar"), kind="quiet"),
    ]


@page(Verb.SESSION_HOLD)
def session_move(request: HttpRequest, code: str) -> HttpResponse:
    """Another hour or place."""
    found = found_session(request, code)
    initial = {name: getattr(found, name) for name in ("starts_at", "ends_at", "place")}
    form = forms.SessionMoveForm(request.POST or None, initial=initial)
    said = _("The session is moved. Those expected are told.")
    if attempt(request, form, services.move_session, lambda form: {"session": found, **typed(form)}, said=said):
        return redirect(address(found))
    return act_page(request, form, title=_("Move the session"), submit=_("Move it and tell them"), session=found)


@page(Verb.SESSION_HOLD)
def session_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Not hold it."""
    found = found_session(request, code)
    form = forms.WhyForm(request.POST or None)
    said = _("The session is cancelled. Those expected are told.")
    if attempt(request, form, services.cancel_session, lambda form: {"session": found, **typed(form)}, said=said):
        return redirect(address(found))
    return act_page(
        request, form, title=_("Cancel the session"), submit=_("Cancel it and tell them"), session=found, kind="danger"
    )


@page(Verb.SESSION_HOLD)
def session_close(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever has no mark is absent."""
    found = found_session(request, code)
    form = ActForm(request.POST if request.method == "POST" else None)
    said = _("The session is closed.")
    if attempt(request, form, services.close_session, lambda _form: {"session": found}, said=said):
        return redirect(address(found))
    unmarked = queries.expected(found).filter(presence="").count()
    lead = _("%(count)d people have no mark yet and will be absent. Single people can be corrected afterwards.")
    return act_page(
        request, form, title=_("Close the session"), submit=_("Close it"), session=found,
        lead=lead % {"count": unmarked} if unmarked else _("Everybody is marked."),
    )  # fmt: skip


@page(Verb.SESSION_HOLD)
def session_place(request: HttpRequest, code: str) -> HttpResponse:
    """Give one learner a place; a button gives everybody one."""
    found = found_session(request, code)
    waiting = queries.waiting(found)
    form = forms.PlaceForm(request.POST or None, waiting=waiting)
    said = _("The place is given.")
    if attempt(request, form, services.give_place, lambda form: {"session": found, **typed(form)}, said=said):
        return redirect(address(found, "session_place"))
    everybody = rules.may_give_to_all(
        state=found.state, waiting=len(form.people), taken=found.taken, capacity=found.capacity
    )
    context = {
        "session": found, "form": form, "waiting": len(form.people), "free": found.capacity - found.taken,
        "places": trail(found, _("Give places")), "acts": [
            Act(_("Give everybody a place"), address(found, "session_place_all"), post=True, refusal=everybody.message)
        ],
    }  # fmt: skip
    return render_page(request, "training/session_place.html", context, status=422 if form.errors else 200)


@page(Verb.SESSION_HOLD)
@require_POST
def session_place_all(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody of the version in this area, or nobody."""
    found = found_session(request, code)
    return pressed(
        request, address(found), services.give_all, said=_("Everybody has a place and is told."), session=found
    )


@page(Verb.SESSION_HOLD)
@require_POST
def session_place_free(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Somebody said they will not come."""
    found = found_session(request, code)
    place = place_of(found, uid)
    return pressed(request, address(found), services.give_up_place, said=_("The place is free."), place=place)


@page(Verb.TRAINING_SEE)
@require_GET
def session_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """This one session for a calendar."""
    return ics([found_session(request, code, Verb.TRAINING_SEE)], f"sesi-{code}")


def ics(found: list[Session], name: str) -> HttpResponse:
    """A calendar file to open."""
    answer = HttpResponse(calendars.calendar(found), content_type=calendars.KIND)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


def attempt(
    request: Any, form: ActForm, service: Callable[..., Any], facts: Callable[[Any], dict[str, Any]], *, said: str,
) -> Any | None:  # fmt: skip
    """Do the act of a posted form; None when there is nothing to do yet, or the form has to be mended."""
    if request.method != "POST" or not form.is_valid():
        return None
    done = form.attempt(service, by=request.user, at=timezone.now(), **facts(form))
    if done is not None:
        messages.success(request, said)
    return done


def typed(form: ActForm) -> dict[str, Any]:
    """What was typed, without the operation id."""
    return {name: value for name, value in form.cleaned_data.items() if name != "op"}


def pressed(request: Any, back: str, service: Callable[..., Any], *, said: str, **facts: Any) -> HttpResponse:
    """Do the act of a button, say how it went, go back."""
    try:
        service(by=request.user, at=timezone.now(), **facts)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect(back)


def act_page(
    request: HttpRequest, form: ActForm, *, title: str, submit: str, session: Session | None = None, back: str = "",
    lead: str = "", kind: str = "primary",
) -> HttpResponse:  # fmt: skip
    """One form that does one act."""
    context = {
        "form": form, "title": title, "submit": submit, "lead": lead, "kind": kind,
        "kicker": session.title if session else "", "back": back or address(session), "places": trail(session, title),
    }  # fmt: skip
    return render_page(request, "training/session_act.html", context, status=422 if form.errors else 200)


def found_session(request: Any, code: str, verb: Verb = Verb.SESSION_HOLD) -> Session:
    found: Session = request.scope.get_or_404(queries.sessions(), verb, code=code)
    return found


def place_of(session: Session, uid: uuid.UUID) -> Place:
    found = queries.expected(session).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _holds(request: Any, found: Session) -> bool:
    return bool(request.scope.can(Verb.SESSION_HOLD, found))


def address(found: Session | None, name: str = "session") -> str:
    return reverse(f"training:{name}", args=[found.code]) if found else _all()


def trail(found: Session | None = None, here: str = "") -> list[Link]:
    """The way here: all sessions, this one, the page."""
    session = [Link(found.title, address(found))] if found else []
    return [Link(_("Sessions"), _all()), *session, *([Link(here)] if here else [])]


def _all() -> str:
    return reverse("training:sessions")
