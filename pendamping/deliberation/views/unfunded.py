"""Working pages for what a meeting deferred: on to the next budget year, or up to the district."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Link
from pendamping.deliberation import services
from pendamping.deliberation.forms import results as forms
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.queries import meetings
from pendamping.deliberation.queries.results import to_carry, to_pass
from pendamping.deliberation.queries.successors import GoingOn, going_on
from pendamping.deliberation.rules import results as rules
from pendamping.needs.models import Proposal


@page(Verb.MEETING_CALL)
def carry_over(request: HttpRequest, code: str) -> HttpResponse:
    """Let deferred proposals wait for a meeting of the next budget year, as they are."""
    found = request.scope.get_or_404(meetings.meetings(), Verb.MEETING_CALL, code=code)
    now = timezone.now()
    waiting = Proposal.objects.filter(pk__in=to_carry(found, day(now))).order_by("id")
    split = list(going_on(list(waiting.select_related("need")), day(now)).values())
    form = forms.CarryOverForm(request.POST if request.method == "POST" else None, waiting=waiting, split=split)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["proposals"])
        done = form.attempt(
            services.carry_over, by=request.user, at=now, meeting=found, proposals=chosen,
            successors=form.successors(),
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("They wait for the next budget year; nothing needs to be typed again."))
            return redirect("deliberation:meeting", code)
    verdict = rules.may_carry(meeting_state=found.state, count=waiting.count())
    lead = _("They stay deferred and can be put to a meeting of that year without being typed again.")
    return _page(request, found, form, _("Carry over to the next budget year"), lead, verdict.message, split=split)


@page(Verb.MEETING_DECIDE)
def pass_up(request: HttpRequest, code: str) -> HttpResponse:
    """Pass deferred proposals up to the district, with the reason."""
    found = request.scope.get_or_404(meetings.meetings(), Verb.MEETING_DECIDE, code=code)
    waiting = _waiting(found)
    form = forms.PassUpForm(request.POST if request.method == "POST" else None, waiting=waiting)
    if request.method == "POST" and form.is_valid():
        chosen, reason = list(form.cleaned_data["proposals"]), form.cleaned_data["reason"]
        done = form.attempt(
            services.pass_up, by=request.user, at=timezone.now(), meeting=found, proposals=chosen, reason=reason
        )
        if done is not None:
            messages.success(request, _("They are passed up. The district meeting finds them as they are."))
            return redirect("deliberation:meeting", code)
    verdict = rules.may_pass(meeting_state=found.state, count=waiting.count(), reason="…")
    lead = _("For what is too large for the ward. The district meeting finds them as they are.")
    return _page(request, found, form, _("Pass up to the district"), lead, verdict.message)


def _waiting(found: Meeting) -> QuerySet[Proposal]:
    return Proposal.objects.filter(pk__in=to_pass(found).values("proposal")).order_by("id")


def _page(
    request: HttpRequest, found: Meeting, form: forms.CarryOverForm, title: str, lead: str, refusal: str,
    split: Sequence[GoingOn] = (),
) -> HttpResponse:  # fmt: skip
    places = [
        Link(_("Meetings"), reverse("deliberation:meetings")),
        Link(found.code, reverse("deliberation:meeting", args=[found.code])), Link(title),
    ]  # fmt: skip
    context = {"meeting": found, "form": form, "title": title, "lead": lead, "refusal": refusal, "places": places}
    context["ended"] = [
        (ward, ", ".join(way.label for way in ways), len(ways))
        for ward, ways in {one.ward: one.successors for one in split}.items()
    ]
    return render_page(request, "deliberation/unfunded.html", context, status=422 if form.errors else 200)
