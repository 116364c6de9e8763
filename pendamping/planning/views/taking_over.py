"""The page on which everything a meeting funded becomes projects."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.money import rupiah
from pendamping.core.pieces import Cell, Column, Link
from pendamping.core.verdicts import first_refusal
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Decision, Meeting
from pendamping.needs.enums.menu import Stream
from pendamping.planning import forms, queries, rules, services
from pendamping.planning.enums import Reason
from pendamping.regions.models import Region


@page(Verb.PROJECT_PREPARE)
def take_over(request: HttpRequest, code: str) -> HttpResponse:
    """All funded proposals of a meeting with what ceiling and shares leave, and one form for what they share."""
    meeting = request.scope.get_or_404(
        Meeting.objects.select_related("region__parent"), Verb.PROJECT_PREPARE, code=code
    )
    waiting = queries.to_take_over(meeting)
    streams = sorted({decision.item.proposal.menu_item.stream for decision in waiting})
    year = meeting.fiscal_year
    initial = {"starts_on": date(year, 4, 1), "ends_on": date(year, 11, 30)}
    form = forms.TakeOverForm(request.POST or None, streams=streams, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(services.take_over, by=request.user, at=timezone.now(), meeting=meeting, **form.facts())
        if done is not None:
            told = ngettext(
                "%(count)d project is prepared and waits for approval by the ward head.",
                "%(count)d projects are prepared and wait for approval by the ward head.",
                len(waiting),
            )
            messages.success(request, told % {"count": len(waiting)})
            return redirect("planning:projects")
    ward = Region.objects.filter(path=meeting.ward_path).first()
    state = queries.ceiling_state(ward, year) if ward else None
    context = {
        "meeting": meeting, "form": form, "state": state, "refusal": _refusal(request, meeting, waiting, state),
        "columns": [_("Proposal"), Column(_("Agreed"), number=True)], "rows": [_row(one) for one in waiting],
        "foot": [_("Together"), rupiah(sum(one.amount or 0 for one in waiting))],
        "room": [(Stream(one).label, state.room.left_for(one)) for one in streams] if state else [],
        "places": [
            Link(_("Meetings"), reverse("deliberation:meetings")),
            Link(meeting.code, reverse("deliberation:meeting", args=[meeting.code])),
            Link(_("Into planning")),
        ],
    }  # fmt: skip
    return render_page(request, "planning/take_over.html", context, status=422 if form.errors else 200)


def _refusal(
    request: HttpRequest, meeting: Meeting, waiting: list[Decision], state: queries.CeilingState | None
) -> str:
    """Why nothing can be taken over now; the first proposal that this person may not plan is named."""
    verdict = rules.may_take_over(is_closed=meeting.state == MeetingState.CLOSED, waiting=len(waiting))
    if not verdict:
        return verdict.message
    if state is None or state.rule_set is None:
        return Refused(Reason.NO_RULE_SET, year=meeting.fiscal_year).message
    at, by = timezone.now(), request.scope.account
    verdicts = (services.preparer_verdict(by=by, proposal=one.item.proposal, at=at) for one in waiting)
    return first_refusal(*verdicts).message


def _row(decision: Decision) -> list[object]:
    proposal = decision.item.proposal
    words = f"{proposal.title} ({proposal.code})"
    return [Cell(words, reverse("needs:proposal", args=[proposal.code])), rupiah(decision.amount)]
