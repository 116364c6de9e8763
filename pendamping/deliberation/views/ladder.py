"""Working pages beside a meeting: reasons for what lacks, who chairs, the hours of its phases."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.core.verdicts import ALLOWED, first_refusal
from pendamping.deliberation import services
from pendamping.deliberation.enums.ladder import Phase, Requirement
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.forms import ladder as forms
from pendamping.deliberation.models import ChairChange, Meeting, MeetingPhase
from pendamping.deliberation.queries import ladder as queries
from pendamping.deliberation.queries import meetings
from pendamping.deliberation.queries.own_groups import own_of
from pendamping.deliberation.rules import meetings as rules
from pendamping.deliberation.rules.ladder import grounds_for, is_known


def ladder_acts(request: HttpRequest, meeting: Meeting) -> list[Act]:
    """What this person may do about requirements, chair, phases and objections of a meeting."""
    scope, found = request.scope, []
    if meeting.state == MeetingState.CANCELLED:
        return []
    if meeting.state == MeetingState.CALLED:
        begun = rules.has_begun(state=meeting.state, held_on=meeting.held_on, today=day(timezone.now()))
        found += reason_acts(request, meeting)
        if scope.can(Verb.MEETING_ATTENDANCE, meeting):
            found.append(Act(_("Somebody else chairs"), address("chair", meeting), refusal=begun.message, kind="quiet"))
        found.append(Act(_("Hours of the phases"), address("phases", meeting), kind="quiet"))
    if meeting.state == MeetingState.CLOSED or meeting.revision > 1:
        found.append(Act(pgettext("meeting", "Objections"), address("objections", meeting), kind="quiet"))
    public = reverse("deliberation:public", args=[meeting.code])
    return [*found, Act(_("Public page of the meeting"), public, kind="quiet")]


def reason_acts(request: HttpRequest, meeting: Meeting) -> list[Act]:
    """For each thing that lacks, the way to state its reason; none before the day, nor of who came before the count."""
    begun = rules.has_begun(state=meeting.state, held_on=meeting.held_on, today=day(timezone.now()))
    if not (begun and request.scope.can(Verb.MEETING_DECIDE, meeting)):  # type: ignore[attr-defined]
        return []
    return [
        Act(
            _("State the reason: %(what)s") % {"what": one.label},
            address("waive", meeting, one.requirement), kind="quiet",
        )
        for one in queries.reasonable_gaps_of(meeting)
    ]  # fmt: skip


@page(Verb.MEETING_DECIDE)
def waive(request: HttpRequest, code: str, requirement: str) -> HttpResponse:
    """Why the meeting is closed although a requirement is not fulfilled."""
    found = found_or_404(request, code, Verb.MEETING_DECIDE)
    own = {one.requirement: one.label(get_language() or "id") for one in own_of(found)}
    if requirement not in Requirement.values and requirement not in own:
        raise Http404
    standing = next((one for one in queries.standings(found) if one.requirement == requirement), None)
    standing = standing or queries.not_asked(requirement, own.get(requirement, ""))
    known = standing.waiver or standing.void
    initial = {"ground": known.ground, "reason": known.reason} if known else {}
    sent, fit = request.POST if request.method == "POST" else None, grounds_for(requirement)
    form = forms.WaiverForm(sent, initial=initial, grounds=fit)
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("ground", "reason")}
        done = form.attempt(services.waive, by=request.user, at=now, meeting=found, requirement=requirement, **facts)
        if done is not None:
            messages.success(request, _("The reason is kept. It is printed in the minutes."))
            return redirect(address("meeting", found))
    verdict = first_refusal(
        rules.has_begun(state=found.state, held_on=found.held_on, today=day(now)),
        ALLOWED if standing.is_met else is_known(requirement, is_counted=queries.is_counted(found)),
        services.closer_verdict(by=request.scope.account, meeting=found, at=now),
    )
    context = {
        "meeting": found, "form": form, "standing": standing, "refusal": verdict.message,
        "places": places(found, standing.label),
    }  # fmt: skip
    return render_page(request, "deliberation/waive.html", context)


@page(Verb.MEETING_ATTENDANCE)
def chair(request: HttpRequest, code: str) -> HttpResponse:
    """Another office takes the chair."""
    found = found_or_404(request, code, Verb.MEETING_ATTENDANCE)
    now = timezone.now()
    form = forms.ChairForm(
        request.POST if request.method == "POST" else None, initial={"since": timezone.localtime(now)}
    )
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("office", "since", "reason")}
        done = form.attempt(services.change_chair, by=request.user, at=now, meeting=found, **facts)
        if done is not None:
            messages.success(request, _("%(office)s is in the chair.") % {"office": done.office})
            return redirect(address("meeting", found))
    refusal = rules.has_begun(state=found.state, held_on=found.held_on, today=day(now)).message
    context = {
        "meeting": found, "form": form, "refusal": refusal, "places": places(found, _("Who chairs")),
        "chairs": ChairChange.objects.filter(meeting=found),
    }  # fmt: skip
    return render_page(request, "deliberation/chair.html", context)


@page(Verb.RECORD_SEE)
@require_GET
def phases(request: HttpRequest, code: str) -> HttpResponse:
    """The hours of every phase of a meeting."""
    found = found_or_404(request, code)
    known = {one.phase: one for one in MeetingPhase.objects.filter(meeting=found)}
    can_set = request.scope.can(Verb.MEETING_CALL, found)
    rows = [
        {"phase": phase, "set": known.get(phase), "href": address("phase", found, phase) if can_set else ""}
        for phase in Phase
    ]
    context = {"meeting": found, "rows": rows, "places": places(found, _("Hours of the phases"))}
    return render_page(request, "deliberation/phases.html", context)


@page(Verb.MEETING_CALL)
def phase_hours(request: HttpRequest, code: str, phase: str) -> HttpResponse:
    """Set the hours of one phase, or move them before it begins."""
    found = found_or_404(request, code, Verb.MEETING_CALL)
    if phase not in Phase.values:
        raise Http404
    known = MeetingPhase.objects.filter(meeting=found, phase=phase).first()
    initial: dict[str, Any] = {}
    if known is not None:
        initial = {name: timezone.localtime(getattr(known, name)) for name in ("opens_at", "closes_at")}
    form = forms.PhaseForm(
        request.POST if request.method == "POST" else None, initial=initial, is_moved=known is not None
    )
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        done = form.attempt(services.set_phase, by=request.user, at=timezone.now(), meeting=found, phase=phase, **facts)
        if done is not None:
            messages.success(request, _("The hours are kept."))
            return redirect(address("phases", found))
    here = str(Phase(phase).label)
    context = {"meeting": found, "form": form, "phase": here, "known": known, "places": places(found, here)}
    return render_page(request, "deliberation/phase.html", context)


def found_or_404(request: HttpRequest, code: str, verb: Verb = Verb.RECORD_SEE) -> Meeting:
    """The meeting of an address, as far as this person's places and verbs reach."""
    found: Meeting = request.scope.get_or_404(meetings.meetings(), verb, code=code)
    return found


def address(name: str, meeting: Meeting, *more: str) -> str:
    """The address of a working page of a meeting."""
    return reverse(f"deliberation:{name}", args=[meeting.code, *more])


def places(meeting: Meeting, here: str) -> list[Link]:
    """Meetings, this meeting, and where one is."""
    return [
        Link(_("Meetings"), reverse("deliberation:meetings")),
        Link(meeting.code, address("meeting", meeting)),
        Link(here),
    ]
