"""The screen in the hall and the phone that leads it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, public_page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.pieces import Act, Link
from pendamping.deliberation import services, showing
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.forms.screens import LeadForm, ShowForm
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.queries import meetings as queries
from pendamping.deliberation.queries.screens import etag_of, state_of
from pendamping.deliberation.views.matrices import matrix_acts
from pendamping.deliberation.views.polls import polls_acts
from pendamping.deliberation.views.register import kept_pages, presence_acts
from pendamping.training.offline import keepable

SECONDS = 4  # between two looks of a screen


@page(Verb.RECORD_SEE)
@require_GET
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """The screen in the hall: one thing at a time, large, switched by the phone of whoever leads."""
    found = _found(request, code, Verb.RECORD_SEE)
    scope = request.scope
    return _screen(request, found, in_hall=scope.viewer is None and scope.can(Verb.MEETING_ATTENDANCE, found))


@public_page(max_age=SECONDS - 1)
def public_screen(request: HttpRequest, code: str) -> HttpResponse:
    """The same for a laptop in the hall that nobody signed in on; without the code that proves presence."""
    return _screen(request, _public(code), in_hall=False)


@public_page(max_age=SECONDS - 1)
def public_state(request: HttpRequest, code: str) -> HttpResponse:
    """The state of the room as plain values: no names, small groups withheld, nothing of a running vote."""
    return JsonResponse(state_of(_public(code), timezone.now()), json_dumps_params={"ensure_ascii": False})


def _screen(request: HttpRequest, found: Meeting, *, in_hall: bool) -> HttpResponse:
    state = state_of(found, timezone.now())
    known = showing.of(found, state, in_hall=in_hall)
    tag = etag_of(state, get_language() or "", showing.changes(known))
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        return _same(tag)
    is_part = "isi" in request.GET
    context = {"meeting": found, "state": state, "known": known, "etag": tag, "every": SECONDS, "in_hall": in_hall}
    template = "deliberation/_screen.html" if is_part else "deliberation/screen.html"
    answer = render(request, template, context) if is_part else render_page(request, template, context)
    answer.headers["ETag"] = tag
    return answer


@page(Verb.MEETING_ATTENDANCE)
@require_GET
def control(request: HttpRequest, code: str) -> HttpResponse:
    """The phone of whoever leads: what the screen shows, the agenda on the clock, who is in the room, the acts."""
    found = _found(request, code, Verb.MEETING_ATTENDANCE)
    state = state_of(found, timezone.now(), is_public=False, everything=True)
    tag = etag_of(state, get_language() or "", str(request.scope.account.pk))
    if "isi" in request.GET and request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        return _same(tag)
    return _control(request, found, state, tag)


def _control(
    request: HttpRequest, found: Meeting, state: dict[str, Any], tag: str, *, refusal: str = ""
) -> HttpResponse:
    context = {
        "meeting": found, "state": state, "known": showing.of(found, state, in_hall=True), "etag": tag,
        "every": SECONDS, "refusal": refusal, "choices": _choices(found, state), "points": _points(state),
        "keep": kept_pages(request, found), "acts": _acts(request, found),
        "places": [
            Link(_("Meetings"), reverse("deliberation:meetings")),
            Link(found.code, reverse("deliberation:meeting", args=[found.code])), Link(_("Lead the meeting")),
        ],
    }  # fmt: skip
    if "isi" in request.GET:
        answer = render(request, "deliberation/_control.html", context)
    else:
        answer = render_page(request, "deliberation/control.html", context, status=422 if refusal else 200)
    answer.headers["ETag"] = tag
    return keepable(answer, request.scope.account) if not refusal else answer


@page(Verb.MEETING_ATTENDANCE)
@require_POST
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Choose what the screen shows; a phone without a signal sends it later, with the instant it was chosen."""
    found = _found(request, code, Verb.MEETING_ATTENDANCE)
    form = ShowForm(request.POST, items=queries.items_of(found))
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("view", "item", "claimed_at")}
        if form.attempt(services.show_on_screen, by=request.user, at=timezone.now(), meeting=found, **facts):
            return redirect("deliberation:control", code=found.code)
    return _refused(request, found, form)


@page(Verb.MEETING_ATTENDANCE)
@require_POST
def lead_point(request: HttpRequest, code: str) -> HttpResponse:
    """Begin or end a point of the agenda; sent later, it still ran when the phone says."""
    found = _found(request, code, Verb.MEETING_ATTENDANCE)
    form = LeadForm(request.POST, points=found.points.select_related("meeting"))
    if form.is_valid():
        facts = {"point": form.cleaned_data["point"], "claimed_at": form.cleaned_data["claimed_at"]}
        ends = form.cleaned_data["what"] == "end"
        if form.attempt(services.lead_point, by=request.user, at=timezone.now(), ends=ends, **facts):
            return redirect("deliberation:control", code=found.code)
    return _refused(request, found, form)


def _refused(request: HttpRequest, found: Meeting, form: Any) -> HttpResponse:
    state = state_of(found, timezone.now(), is_public=False, everything=True)
    said = " ".join(str(words) for field in form.errors.values() for words in field)
    return _control(request, found, state, etag_of(state), refusal=said)


@public_page(max_age=0)
def control_worker(request: HttpRequest, code: str) -> HttpResponse:
    """The service worker of the phone: how the meeting is led, and its register, open without a signal once opened."""
    parts = (static("training/js/worker.js"), static("needs/js/queue.js"), static("deliberation/js/waiting.js"))
    script = "".join(f'importScripts("{part}");' for part in parts)
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer.headers["Service-Worker-Allowed"] = reverse("deliberation:meeting", args=[code])  # the register is beside it
    return answer


def screen_acts(request: HttpRequest, meeting: Meeting) -> list[Act]:
    """What somebody may do about the screen, for the page of the meeting."""
    if meeting.state == MeetingState.CANCELLED:
        return []
    acts = [Act(_("Show on a screen"), reverse("deliberation:screen", args=[meeting.code]), kind="quiet")]
    if request.scope.can(Verb.MEETING_ATTENDANCE, meeting):
        acts.insert(0, Act(_("Lead the meeting from this phone"), reverse("deliberation:control", args=[meeting.code])))
    return acts


def _choices(found: Meeting, state: dict[str, Any]) -> list[dict[str, Any]]:
    """What the screen can show, each with whether it does now."""
    shows = state["shows"]
    offered = [view for view in ScreenView if view != ScreenView.PROPOSAL and showing.is_offered(view, state)]
    views = [
        {
            "view": one.value, "label": one.label, "is_shown": shows["view"] == one, "proposal": "", "op": uuid.uuid4(),
        }
        for one in offered
    ]  # fmt: skip
    items = [
        {
            "view": ScreenView.PROPOSAL.value, "label": f"{item.position}. {item.proposal.title}",
            "is_shown": shows["proposal"] == item.proposal.code, "proposal": item.proposal.code,
            "op": uuid.uuid4(),
        }
        for item in queries.items_of(found)
    ]  # fmt: skip
    return [*views, *items]


def _points(state: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**point, "op": uuid.uuid4()} for point in state.get("points", {}).get("list", [])]


def _acts(request: HttpRequest, found: Meeting) -> list[Act]:
    """The parts' own acts that this person holds here."""
    if found.state == MeetingState.CANCELLED:
        return []
    acts = [*presence_acts(request, found), *matrix_acts(request, found), *polls_acts(request, found)]
    if found.state == MeetingState.CALLED and request.scope.can(Verb.MEETING_DECIDE, found):
        acts.append(
            Act(_("Decide, one proposal after another"), reverse("deliberation:decide_next", args=[found.code]))
        )
    return [
        *acts,
        Act(_("Show on a screen"), reverse("deliberation:screen", args=[found.code]), kind="quiet"),
        Act(_("Screen without signing in"), reverse("deliberation:public_screen", args=[found.code]), kind="quiet"),
    ]


def _found(request: HttpRequest, code: str, verb: Verb) -> Meeting:
    found: Meeting = request.scope.get_or_404(queries.meetings(), verb, code=code)
    return found


def _public(code: str) -> Meeting:
    found = queries.meetings().filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _same(tag: str) -> HttpResponse:
    answer = HttpResponseNotModified()
    answer.headers["ETag"] = tag
    return answer
