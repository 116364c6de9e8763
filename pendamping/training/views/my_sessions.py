"""One's own sessions: the timetable, taking and giving up a place, showing up by code, one's own calendar."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import public_page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.core.pieces import Link
from pendamping.facilitators.own import own_page
from pendamping.training import calendars, devices
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.forms.sessions import CodeForm
from pendamping.training.models import Enrolment, Place, Session
from pendamping.training.queries import calendar_keys
from pendamping.training.queries import sessions as queries
from pendamping.training.services import attendance as services
from pendamping.training.services import calendar_keys as keys
from pendamping.training.services import sessions as planning
from pendamping.training.views.sessions import ics, pressed

SEEN_SALT = "training.attendance.seen"
SEEN_SECONDS = 300  # a link opened in time may be confirmed so much later: bad signal is no fault of the learner


@own_page
@require_GET
def my_sessions(request: HttpRequest) -> HttpResponse:
    """My timetable: the next session first, places I could take, what was."""
    me, now = _me(request), timezone.now()
    mine = list(queries.places_of(me))
    coming = [one for one in mine if one.session.ends_at > now]
    context = {
        "coming": coming, "past": [one for one in reversed(mine) if one not in coming],
        "open": list(queries.open_to(me, now)), "has_key": calendar_keys.has_key(me),
    }  # fmt: skip
    return render_page(request, "training/my_sessions.html", context)


@own_page
@require_GET
def my_session(request: HttpRequest, code: str) -> HttpResponse:
    """One session as a learner sees it; who holds it and does not learn is led to the page where they work.

    Calendars and letters know one address of a session, whoever reads them.
    """
    try:
        session, place = _mine(request, code)
    except Http404:
        if not request.scope.narrow(queries.sessions(), Verb.TRAINING_SEE).filter(code=code).exists():  # type: ignore[attr-defined]
            raise
        return redirect("training:session", code)
    now = timezone.now()
    refusal = ""
    try:
        services.presence_now(session, now)
    except Refused as refused:
        refusal = refused.message
    context = {
        "session": session, "place": place, "form": CodeForm(), "refusal": refusal, "places": _trail(session),
        "may_leave": place is not None and session.is_planned and now < session.starts_at and not place.presence,
        "may_take": place is None and session.is_planned, "is_full": session.taken >= session.capacity,
    }  # fmt: skip
    return render_page(request, "training/my_session.html", context)


@own_page
def my_attendance(request: HttpRequest, code: str) -> HttpResponse:
    """The link behind the QR code: opened signed in, it says "I am here". Opening changes nothing; the button does.

    That the code was good when the link was opened is noted, signed by us, in the form: so only the server's clock
    counts, and neither a slow network nor the phone's own clock can make somebody late.
    """
    session, place = _mine(request, code)
    if request.method == "POST":
        return _show_up(request, session, place)
    now, typed = timezone.now(), request.GET.get("k", "")
    refusal = _refusal(session, typed, now) if typed else ""
    is_good = bool(typed and place) and not refusal
    form = CodeForm(initial={"code": typed, "seen": _note(request, session, now) if is_good else ""})
    context = {
        "session": session, "place": place, "form": form, "places": [*_trail(session), Link(_("I am here"))],
        "is_good": is_good,
        "refusal": refusal,
    }  # fmt: skip
    return render_page(request, "training/my_attendance.html", context)


def _refusal(session: Session, typed: str, now: datetime) -> str:
    """Why a link does not count at this moment."""
    try:
        services.judge_code(session, typed, now)
    except Refused as refused:
        return refused.message
    return ""


def _show_up(request: Any, session: Session, place: Place | None) -> HttpResponse:
    form = CodeForm(request.POST)
    valid = form.is_valid()
    token = devices.token_of(request, form.cleaned_data.get("op"))
    done = None
    if valid:
        now = timezone.now()
        done = _attempt(
            form, by=request.user, at=now, session=session, device=devices.device_hash(token, session),
            code=form.cleaned_data["code"], seen_at=_noted(request, session) or now,
        )  # fmt: skip
    if done is not None:
        messages.success(request, _("Recorded: %(presence)s.") % {"presence": done.get_presence_display()})
        answer: HttpResponse = redirect("training:my_session", session.code)
    else:
        context = {
            "session": session, "place": place, "form": form, "places": [*_trail(session), Link(_("I am here"))],
            "is_good": False,
            "refusal": "",
        }  # fmt: skip
        answer = render_page(request, "training/my_attendance.html", context, status=422)
    devices.remember(answer, token)
    return answer


def _attempt(form: CodeForm, **facts: Any) -> Place | None:
    """Showing up twice is once by itself, so it needs no operation id."""
    try:
        return services.show_code(**facts)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return None


def _note(request: Any, session: Session, now: datetime) -> str:
    """That this person opened the link of this session now, while its code was good."""
    return signing.dumps([request.user.pk, session.pk, now.timestamp()], salt=SEEN_SALT)


def _noted(request: Any, session: Session) -> datetime | None:
    """When this person opened the link in time, as we signed it; None when they typed the code or it is long ago."""
    try:
        account, noted, moment = signing.loads(request.POST.get("seen", ""), salt=SEEN_SALT)
    except (signing.BadSignature, ValueError):
        return None
    seen_at = datetime.fromtimestamp(moment, tz=timezone.get_current_timezone())
    is_theirs = (account, noted) == (request.user.pk, session.pk)
    return seen_at if is_theirs and (timezone.now() - seen_at).total_seconds() <= SEEN_SECONDS else None


@own_page
@require_POST
def my_place_take(request: HttpRequest, code: str) -> HttpResponse:
    """Take a place in a session of a course I learn."""
    session, _place = _mine(request, code)
    enrolment = _enrolment(request, session)
    return pressed(
        request, reverse("training:my_session", args=[code]), planning.give_place, said=_("You have a place."),
        session=session, enrolment=enrolment,
    )  # fmt: skip


@own_page
@require_POST
def my_place_give_up(request: HttpRequest, code: str) -> HttpResponse:
    """Give my place up for somebody else."""
    _session, place = _mine(request, code)
    if place is None:
        raise Http404
    back = reverse("training:my_sessions")
    return pressed(request, back, planning.give_up_place, said=_("Your place is free for somebody else."), place=place)


@own_page
@require_GET
def my_session_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """This one session for my calendar."""
    session, _place = _mine(request, code)
    return ics([session], f"sesi-{code}")


@own_page
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Make the address of my calendar, shown once; made anew, the old one is dead."""
    form = ActForm(request.POST if request.method == "POST" else None)
    me, link = _me(request), ""
    if request.method == "POST" and form.is_valid():
        secret = keys.secret_of(me, form.cleaned_data["op"] or uuid.uuid4())
        path = _city(request)
        if form.attempt(keys.make_key, by=me, at=timezone.now(), secret=secret, city_path=path) is not None:
            address = reverse("training:calendar_feed", args=[secret])
            link = settings.SITE_URL.rstrip("/") + address
    context = {"form": form, "link": link, "has_key": calendar_keys.has_key(me)}
    context["places"] = [*_trail(), Link(_("My calendar"), reverse("training:my_calendar"))]
    return render_page(request, "training/my_calendar.html", context)


def _city(request: Any) -> str:
    """Where the journal of one's own acts is: the place of one's role, else of what one learns."""
    holdings = request.scope.holdings
    if holdings:
        return str(holdings[0].path)
    mine = Enrolment.objects.filter(account=request.user).order_by("-pk").values_list("region_path", flat=True).first()
    return mine or ""


@public_page(max_age=300)
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Somebody's sessions for the calendar on their phone: opened by the secret alone, without cookie or session."""
    owner = calendar_keys.owner_of(secret)
    if owner is None:
        raise Http404
    answer = HttpResponse(
        calendars.calendar(queries.calendar_of(owner, timezone.now())), content_type=calendars.KIND
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, max-age=300"
    answer.headers["Content-Disposition"] = 'inline; filename="pelatihan.ics"'
    return answer


def _mine(request: Any, code: str) -> tuple[Session, Place | None]:
    """A session I have a place in, or could take one in; anything else does not exist for me."""
    found = queries.sessions().filter(code=code).first()
    if found is None:
        raise Http404
    place = queries.place_in(found, request.user)
    if place is None and _enrolment(request, found, required=False) is None:
        raise Http404
    return found, place


def _enrolment(request: Any, session: Session, *, required: bool = True) -> Enrolment | None:
    found = Enrolment.objects.filter(
        account=request.user, version=session.version_id, state=EnrolmentState.ACTIVE
    ).first()  # fmt: skip
    if found is None and required:
        raise Http404
    return found


def _trail(session: Session | None = None) -> list[Link]:
    links = [Link(_("My sessions"), reverse("training:my_sessions"))]
    return [*links, Link(session.title, reverse("training:my_session", args=[session.code]))] if session else links


def _me(request: Any) -> Any:
    return request.user
