"""Working pages of results: work one out, count again, decide by it or otherwise, send on what is left."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.money import rupiah
from pendamping.core.pieces import Act, Column, Link
from pendamping.core.verdicts import Verdict
from pendamping.deliberation import papers_results, services
from pendamping.deliberation.enums.meetings import MeetingState, Outcome
from pendamping.deliberation.forms import results as forms
from pendamping.deliberation.models import Meeting, Result
from pendamping.deliberation.queries import meetings
from pendamping.deliberation.queries import results as queries
from pendamping.deliberation.result_shown import shown
from pendamping.deliberation.result_words import words_of
from pendamping.deliberation.rules.ladder import CHOSEN
from pendamping.deliberation.rules.results import Choice
from pendamping.deliberation.services import later
from pendamping.deliberation.services.applying import reasons_of
from pendamping.deliberation.views.checks import still_unchecked

SOON = gettext_lazy(
    "There are very many ballots: the result is worked out in the background and stands here once it is proven."
)


def results_acts(request: HttpRequest, meeting: Meeting) -> list[Act]:
    """What the page of a meeting offers about results: the way to them once a ballot is counted, and what is left."""
    acts = []
    if queries.polls_to_run(meeting).exists() or Result.objects.filter(meeting=meeting).exists():
        acts.append(Act(_("Results of ballots"), _of_meeting(meeting, "results")))
    return acts


def closed_acts(request: HttpRequest, meeting: Meeting) -> list[Act]:
    """Results, and what can be done with the proposals of a closed meeting: planned, carried over, passed up."""
    acts, can = results_acts(request, meeting), request.scope.can
    if meeting.state != MeetingState.CLOSED:
        return acts
    if can(Verb.PROJECT_PREPARE, meeting) and meeting.items.filter(proposal__state="funded").exists():
        acts.append(Act(_("Make projects of what was funded"), reverse("planning:take_over", args=[meeting.code])))
    if queries.deferred_of(meeting).exists():
        if can(Verb.MEETING_CALL, meeting):
            acts.append(Act(_("Carry over to the next budget year"), _of_meeting(meeting, "carry_over")))
        if can(Verb.MEETING_DECIDE, meeting):
            acts.append(Act(_("Pass up to the district"), _of_meeting(meeting, "pass_up")))
    return acts


@page(Verb.RECORD_SEE)
@require_GET
def results(request: HttpRequest, code: str) -> HttpResponse:
    """The results of a meeting, and counted ballots that have none yet."""
    found = _meeting(request, code)
    rows = [(one, _of_result(one, "result"), *_badge(one)) for one in queries.results_of(found)]
    acts = []
    if request.scope.can(Verb.MEETING_DECIDE, found):
        acts = [
            Act(
                _("Work out the result: %(title)s") % {"title": poll.title},
                reverse("deliberation:result_run", args=[found.code, poll.number]), post=True, kind="primary",
            )
            for poll in queries.polls_to_run(found)
            if not later.is_under_way(later.publish_result, poll.pk)
        ]  # fmt: skip
    context = {
        "meeting": found, "results": rows, "acts": acts, "is_funding": CHOSEN[found.kind] == Outcome.FUNDED,
        "places": _places(found, _("Results")),
        "under_way": [title for title, key in _waiting(found) if later.is_under_way(*key)],
        "failed": [title for title, key in _waiting(found) if later.has_failed(*key)],
    }  # fmt: skip
    return render_page(request, "deliberation/results.html", context)


def _waiting(found: Meeting) -> list[tuple[str, tuple[Any, int]]]:
    """What the worker may have to do for this meeting: ballots without a result, results to be counted again."""
    first = [(poll.title, (later.publish_result, poll.pk)) for poll in queries.polls_to_run(found)]
    newest = queries.newest_results(found).defer(*queries.HEAVY)
    return [*first, *((one.poll.title, (later.publish_recount, one.pk)) for one in newest)]


def _badge(one: Result) -> tuple[str, str]:
    return (_("Counted again"), "neutral") if hasattr(one, "recount") else (_("Stands"), "done")


@page(Verb.MEETING_DECIDE)
@require_POST
def result_run(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Work out the result of a counted ballot."""
    found = _meeting(request, code, Verb.MEETING_DECIDE)
    poll = found.polls.select_related("meeting__region").filter(number=number).first()
    if poll is None:
        raise Http404
    if later.is_large(poll):
        later.run_result_later(by=request.scope.account, poll=poll)
        messages.success(request, SOON)
        return redirect(_of_meeting(found, "results"))
    try:
        made = services.run_result(by=request.scope.account, at=timezone.now(), poll=poll)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(_of_meeting(found, "results"))
    papers_results.issue_annex(made, at=timezone.now())
    messages.success(request, _("The result is worked out, proven and public."))
    return redirect(_of_result(made, "result"))


@page(Verb.RECORD_SEE)
@require_GET
def result(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One result, with what I may do about it."""
    found = _result(request, code, number)
    places = _places(found.meeting, _("Result %(number)s") % {"number": number})
    acts = _acts(request, found)
    context = {**shown(found), "acts": acts, "places": places, "depart_links": _depart_links(found, acts)}
    return render_page(request, "deliberation/result.html", context)


def _acts(request: HttpRequest, found: Result) -> list[Act]:
    public = reverse("deliberation:public_result", args=[found.meeting.code, found.number])
    acts = [Act(_("Public page of this result"), public, kind="quiet")]
    if not request.scope.can(Verb.MEETING_DECIDE, found.meeting) or found.meeting.state != MeetingState.CALLED:
        return acts
    may = services.decide_verdict(by=request.scope.account, at=timezone.now(), result=found)
    again = _may_recount(request, found)
    acts[:0] = [
        Act(_("Decide as the ballot says"), _of_result(found, "result_decide"), refusal=may.message, kind="primary"),
        Act(_("Count again"), _of_result(found, "result_recount"), refusal=again.message, kind="quiet"),
    ]
    return acts


def _may_recount(request: HttpRequest, found: Result) -> Verdict:
    return services.may_recount(found, by=request.scope.account, at=timezone.now(), reason="…")


def _depart_links(found: Result, acts: list[Act]) -> list[Link]:
    """The way to another decision on each proposal, for whoever may decide now."""
    if not any(act.href == _of_result(found, "result_decide") and not act.refusal for act in acts):
        return []
    links = [(one.title, one.code) for one in (*queries.Shown(found).won, *queries.Shown(found).lost)]
    head = (found.meeting.code, found.number)
    return [Link(title, reverse("deliberation:result_depart", args=[*head, code])) for title, code in links]


@page(Verb.MEETING_DECIDE)
def result_recount(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Count a ballot again, with the reason."""
    found = _result(request, code, number, Verb.MEETING_DECIDE)
    form = forms.RecountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if later.is_large(found.poll):
            later.recount_later(by=request.scope.account, result=found, reason=reason)
            messages.success(request, SOON)
            return redirect(_of_meeting(found.meeting, "results"))
        made = form.attempt(services.recount, by=request.user, at=timezone.now(), result=found, reason=reason)
        if made is not None:
            papers_results.issue_annex(made, at=timezone.now())
            messages.success(request, _("Counted again. The result before stays to be read."))
            return redirect(_of_result(made, "result"))
    context = {
        **_head(found), "form": form, "refusal": _may_recount(request, found).message,
        "places": _places(found.meeting, _("Count again")),
    }  # fmt: skip
    return render_page(request, "deliberation/result_recount.html", context, status=422 if form.errors else 200)


@page(Verb.MEETING_DECIDE)
def result_decide(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Record the decisions that follow from a result, all at once."""
    found = _result(request, code, number, Verb.MEETING_DECIDE)
    form = forms.FromResultForm(request.POST or None, kind=found.meeting.kind)
    if request.method == "POST" and form.is_valid():
        unfunded = form.cleaned_data["unfunded"]
        done = form.attempt(
            services.decide_from_result, by=request.user, at=timezone.now(), result=found, unfunded=unfunded
        )
        if done is not None:
            messages.success(request, _("The decisions are recorded, each with what the ballot says."))
            return redirect("deliberation:meeting", code)
    read = queries.Shown(found)
    words, is_funding = words_of(read.chosen), read.chosen == Outcome.FUNDED
    rows = [[f"{one.title} ({one.code})", str(read.chosen.label), rupiah(one.price)] for one in read.won]
    rows += [[f"{one.title} ({one.code})", str(words["not"]), "–"] for one in read.lost]
    may = services.decide_verdict(by=request.scope.account, at=timezone.now(), result=found)
    context = {
        **_head(found), "form": form, "refusal": may.message, "rows": rows,
        "columns": [_("Proposal"), _("Decision"), Column(_("Agreed") if is_funding else _("Price"), number=True)],
        "foot": [_("Together"), "", rupiah(found.amount)], "places": _places(found.meeting, _("Decide")),
        "without_check": still_unchecked(
            found.meeting, [one for one in meetings.items_of(found.meeting) if one.proposal.code in read.proposals]
        ),
    }  # fmt: skip
    return render_page(request, "deliberation/result_decide.html", context, status=422 if form.errors else 200)


@page(Verb.MEETING_DECIDE)
def result_depart(request: HttpRequest, code: str, number: int, proposal: str) -> HttpResponse:
    """Decide one proposal otherwise than its ballot, with a reason that is printed."""
    found = _result(request, code, number, Verb.MEETING_DECIDE)
    read = queries.Shown(found, "id")
    item = meetings.items_of(found.meeting).filter(proposal__code=proposal).first()
    if item is None or proposal not in read.proposals:
        raise Http404
    form = forms.DepartForm(request.POST or None, kind=found.meeting.kind)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {name: form.cleaned_data.get(name) for name in ("outcome", "amount", "reason")}
        done = form.attempt(
            services.depart_from_result, by=request.user, at=timezone.now(), result=found,
            choice=Choice(proposal, **said),
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("The decision is recorded. Its reason is printed in the minutes."))
            return redirect(_of_result(found, "result"))
    may = services.decide_verdict(by=request.scope.account, at=timezone.now(), result=found)
    context = {
        **_head(found), "form": form, "refusal": may.message, "item": item, "said": reasons_of(read)[proposal],
        "price": read.proposals[proposal]["cost"], "places": _places(found.meeting, proposal),
        "without_check": still_unchecked(found.meeting, [item]),
    }  # fmt: skip
    return render_page(request, "deliberation/result_depart.html", context, status=422 if form.errors else 200)


def _head(found: Result) -> dict[str, Any]:
    return {"result": found, "poll": found.poll, "meeting": found.meeting}


def _meeting(request: HttpRequest, code: str, verb: Verb = Verb.RECORD_SEE) -> Meeting:
    found: Meeting = request.scope.get_or_404(meetings.meetings(), verb, code=code)
    return found


def _result(request: HttpRequest, code: str, number: int, verb: Verb = Verb.RECORD_SEE) -> Result:
    meeting = _meeting(request, code, verb)
    found = queries.result_of(meeting.code, number)
    if found is None:
        raise Http404
    return found


def _of_meeting(meeting: Meeting, name: str) -> str:
    return reverse(f"deliberation:{name}", args=[meeting.code])


def _of_result(found: Result, name: str) -> str:
    return reverse(f"deliberation:{name}", args=[found.meeting.code, found.number])


def _places(meeting: Meeting, here: str) -> list[Link]:
    trail = [
        Link(_("Meetings"), reverse("deliberation:meetings")), Link(meeting.code, _of_meeting(meeting, "meeting")),
    ]  # fmt: skip
    return [*trail, Link(here)]
