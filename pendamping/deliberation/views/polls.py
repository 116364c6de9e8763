"""Working pages of a ballot: consensus fails, a ballot is prepared, announced, opened, ended, counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.core.verdicts import Verdict, first_refusal
from pendamping.deliberation import services
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.enums.polls import PollPhase, PollReason
from pendamping.deliberation.forms import polls as forms
from pendamping.deliberation.models import Meeting, Poll
from pendamping.deliberation.queries import meetings as meeting_queries
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.roll_words import people_of
from pendamping.deliberation.rules import polls as rules
from pendamping.deliberation.services.count_sheets import may_add
from pendamping.deliberation.views.ballots import result_of
from pendamping.deliberation.views.rule_told import rule_told


def polls_acts(request: HttpRequest, meeting: Meeting) -> list[Act]:
    """The way from a meeting to its ballots."""
    return [Act(_("Ballots"), reverse("deliberation:polls", args=[meeting.code]), kind="quiet")]


@page(Verb.RECORD_SEE)
@require_GET
def polls(request: HttpRequest, code: str) -> HttpResponse:
    """The ballots of a meeting, and where consensus failed."""
    meeting = meeting_of(request, code)
    is_open, agreed = rules.is_meeting_open(meeting_state=meeting.state), _can_agree(meeting)
    after_all = (
        Verb.MEETING_DECIDE, _("Record that consensus was reached after all"), "consensus", agreed, "secondary"
    )  # fmt: skip
    offered = [
        (Verb.MEETING_DECIDE, _("Record that no consensus was reached"), "no_consensus", agreed, "secondary"),
        *([after_all] if queries.standing_failures(meeting.pk).exists() else []),
        (Verb.MEETING_CALL, _("Prepare a ballot"), "poll_new", is_open, "primary"),
    ]
    acts = [
        Act(label, reverse(f"deliberation:{name}", args=[meeting.code]), refusal=verdict.message, kind=kind)
        for verb, label, name, verdict, kind in offered
        if request.scope.can(verb, meeting)  # type: ignore[attr-defined]
    ]
    context = {
        "meeting": meeting, "acts": acts, "failures": meeting.no_consensus.order_by("-pk"), "places": places(meeting),
        "polls": [(poll, queries.now_phase(poll), address(poll)) for poll in queries.polls_of(meeting)],
    }  # fmt: skip
    return render_page(request, "deliberation/polls.html", context)


def _can_agree(meeting: Meeting) -> Verdict:
    return rules.can_agree(meeting_state=meeting.state, held_on=meeting.held_on, today=day(timezone.now()))


@page(Verb.MEETING_DECIDE)
def no_consensus(request: HttpRequest, code: str) -> HttpResponse:
    """Consensus was sought and not reached: why."""
    meeting = meeting_of(request, code, Verb.MEETING_DECIDE)
    form = forms.NoConsensusForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        facts = {"by": request.user, "at": timezone.now(), "meeting": meeting, "reason": form.cleaned_data["reason"]}
        if form.attempt(services.record_no_consensus, **facts) is not None:
            messages.success(request, _("It is recorded. Now a ballot can be prepared as the fallback."))
            return redirect("deliberation:polls", code=meeting.code)
    context = {
        "title": _("No consensus was reached"), "kicker": meeting.title, "form": form, "submit": _("Record it"),
        "lead": _("The meeting seeks consensus first. Only when that fails, it votes."),
        "refusal": _can_agree(meeting).message,
        "back": reverse("deliberation:polls", args=[meeting.code]),
        "places": places(meeting, _("No consensus was reached")), "confirm": "", "draft": f"mufakat-{meeting.code}",
    }  # fmt: skip
    return render_page(request, "deliberation/poll_form.html", context)


@page(Verb.MEETING_DECIDE)
def consensus(request: HttpRequest, code: str) -> HttpResponse:
    """Consensus was reached after it had failed: on what."""
    meeting = meeting_of(request, code, Verb.MEETING_DECIDE)
    form = forms.ConsensusForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        facts = {"by": request.user, "at": timezone.now(), "meeting": meeting, "words": form.cleaned_data["words"]}
        if form.attempt(services.record_consensus, **facts) is not None:
            messages.success(request, _("It is recorded. Proposals that were not voted on can be decided again."))
            return redirect("deliberation:polls", code=meeting.code)
    verdict = rules.may_record_consensus(
        meeting_state=meeting.state, held_on=meeting.held_on, today=day(timezone.now()),
        has_failure=queries.standing_failures(meeting.pk).exists(), words="mufakat",
    )  # fmt: skip
    title = _("Consensus was reached after all")
    context = {
        "title": title, "kicker": meeting.title, "form": form, "submit": _("Record it"), "refusal": verdict.message,
        "lead": _("Proposals that were not voted on are then decided by consensus again."),
        "back": reverse("deliberation:polls", args=[meeting.code]), "places": places(meeting, title), "confirm": "",
        "draft": f"mufakat-kemudian-{meeting.code}",
    }  # fmt: skip
    return render_page(request, "deliberation/poll_form.html", context)


@page(Verb.MEETING_CALL)
def poll_new(request: HttpRequest, code: str) -> HttpResponse:
    """Prepare a ballot over proposals of the agenda."""
    meeting = meeting_of(request, code, Verb.MEETING_CALL)
    items = list(meeting_queries.items_of(meeting))
    initial = {"ceiling": sum(item.proposal.estimated_cost for item in items) // 2 or None}
    form = forms.PollForm(request.POST if request.method == "POST" else None, items=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            services.prepare_poll, by=request.user, at=timezone.now(), meeting=meeting, **form.facts()
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("The ballot is prepared. Check it, then announce it."))
            return redirect(address(made))
    context = {
        "title": _("Prepare a ballot"), "kicker": meeting.title, "form": form, "submit": _("Prepare the ballot"),
        "lead": _("Nothing is public yet. Rules, money and the lot are published when the ballot is announced."),
        "refusal": rules.is_meeting_open(meeting_state=meeting.state).message,
        "back": reverse("deliberation:polls", args=[meeting.code]), "draft": f"pemungutan-{meeting.code}",
        "confirm": "", "places": places(meeting, _("Prepare a ballot")),
    }  # fmt: skip
    return render_page(request, "deliberation/poll_form.html", context)


@page(Verb.RECORD_SEE)
@require_GET
def poll(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One ballot: its rules, how many have voted, what I may do; after the count what the ballots say."""
    found = poll_of(request, code, number)
    now = queries.now_phase(found)
    context = {
        "poll": found, "phase": now, "choices": queries.choices_of(found), "turnout": queries.turnout(found),
        "rule": rule_told(found), "result": result_of(found), "people": people_of(found),
        "acts": _acts(request, found, now), "places": poll_places(found), "never": _never_announced(found, now),
        "public": reverse("deliberation:poll_public", args=[code, number]) if found.announced_at else "",
    }  # fmt: skip
    return render_page(request, "deliberation/poll.html", context)


def _never_announced(found: Poll, now: PollPhase) -> str:
    """That the meeting is over and the ballot was never announced; nothing of any other."""
    if now == PollPhase.LAPSED:
        return str(PollReason.POLL_LAPSED.label)
    if found.announced_at is None and found.meeting.state == MeetingState.CANCELLED:
        return _("The meeting is cancelled and this ballot was never announced.")
    return ""


def _acts(request: HttpRequest, found: Poll, now: PollPhase) -> list[Act]:
    """What this person may do; what is not possible now says why, from the same rules as the service."""
    at, scope, apart = timezone.now(), request.scope, apart_of(request, found)  # type: ignore[attr-defined]
    offered: list[tuple[Verb, str, str, Verdict, str, bool]] = [
        (Verb.MEETING_DECIDE, _("Announce the ballot"), "poll_announce", rules.is_draft(now), "primary", False),
        (Verb.MEETING_DECIDE, _("Open voting"), "poll_open", rules.may_open(now), "primary", True),
        (
            Verb.MEETING_DECIDE, _("End voting"), "poll_end", first_refusal(rules.is_voting(now), apart), "secondary",
            True,
        ),
        (Verb.MEETING_DECIDE, _("Count the ballots"), "poll_count", services.may_count(found, at=at), "primary", False),
        (
            Verb.MEETING_DECIDE, _("Strike a withdrawn proposal"), "poll_strike",
            first_refusal(rules.is_running(now), apart), "quiet", False,
        ),
        (
            Verb.MEETING_DECIDE, _("Call the ballot off"), "poll_void", first_refusal(rules.is_unfinished(now), apart),
            "quiet", False,
        ),
    ]  # fmt: skip
    if found.has_hall:
        offered.append(
            (Verb.MEETING_CALL, _("Slips for the hall"), "slips", rules.takes_voters(now), "secondary", False)
        )
    offered.append((Verb.MEETING_ATTENDANCE, _("The roll"), "roll", rules.is_unfinished(now), "secondary", False))
    if found.has_paper:
        sheets = may_add(found, at=at)
        offered.append((Verb.MEETING_ATTENDANCE, _("Count sheets"), "count_sheets", sheets, "secondary", False))
        offered.append((Verb.MEETING_DECIDE, _("Count sheets"), "count_sheets", sheets, "secondary", False))
    if now in (PollPhase.CLOSED, PollPhase.VOID, PollPhase.LAPSED):
        return []
    acts = [
        Act(label, address(found, name), post=post, refusal=verdict.message, kind=kind, confirm=_confirm(name))
        for verb, label, name, verdict, kind, post in offered
        if scope.can(verb, found)
    ]
    return list({act.label: act for act in acts}.values())


def apart_of(request: HttpRequest, found: Poll) -> Verdict:
    """May this person end the ballot, call it off or change what counts on it, as far as its proposals go?"""
    return services.apart_verdict(by=request.scope.account, poll=found, at=timezone.now())  # type: ignore[attr-defined]


def _confirm(name: str) -> str:
    asks = {"poll_open": _("Open voting now?"), "poll_end": _("End voting now? Nobody can vote afterwards.")}
    return asks.get(name, "")


@page(Verb.MEETING_DECIDE)
def announce(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Fix and publish the rules."""
    found = poll_of(request, code, number, Verb.MEETING_DECIDE)
    form = forms.AnnounceForm(request.POST if request.method == "POST" else None)
    said = _("The ballot is announced. Its rules stand, with the lot, on the public page.")

    def done(data: dict[str, Any]) -> Any:
        times = {name: data[name] for name in ("opens_at", "closes_at")}
        return form.attempt(services.announce_poll, by=request.user, at=timezone.now(), poll=found, **times)

    context = {
        "title": _("Announce the ballot"), "submit": _("Announce and fix the rules"),
        "lead": _("Afterwards rules, money and choices stand; the lot for equal proposals is drawn now."),
        "refusal": rules.is_draft(queries.now_phase(found)).message,
        "confirm": _("Announce the ballot? Its rules can no longer be changed."),
    }  # fmt: skip
    return _form_page(request, found, form, done, said, context)


@page(Verb.MEETING_DECIDE)
def count(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Count and fix the ballots."""
    found = poll_of(request, code, number, Verb.MEETING_DECIDE)
    form = forms.CountForm(request.POST if request.method == "POST" else None)

    def done(data: dict[str, Any]) -> Any:
        facts = {"by": request.user, "at": timezone.now(), "poll": found, "remark": data["remark"]}
        return form.attempt(services.count_poll, **facts)

    verdict = services.may_count(found, at=timezone.now())
    context = {
        "title": _("Count the ballots"), "submit": _("Count and publish"), "refusal": verdict.message,
        "lead": _("The sealed ballots are opened and mixed, the key is destroyed, the result is public at once."),
        "confirm": _("Count the ballots? They can no longer be changed."),
    }  # fmt: skip
    return _form_page(request, found, form, done, _("The ballots are counted and fixed."), context)


@page(Verb.MEETING_DECIDE)
def void(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Call the ballot off."""
    found = poll_of(request, code, number, Verb.MEETING_DECIDE)
    form = forms.VoidForm(request.POST if request.method == "POST" else None)

    def done(data: dict[str, Any]) -> Any:
        facts = {"by": request.user, "at": timezone.now(), "poll": found, "reason": data["reason"]}
        return form.attempt(services.void_poll, **facts)

    context = {
        "title": _("Call the ballot off"), "submit": _("Call the ballot off"),
        "lead": _("Ballots cast so far are destroyed unread. Another ballot can be prepared."),
        "refusal": first_refusal(rules.is_unfinished(queries.now_phase(found)), apart_of(request, found)).message,
    }  # fmt: skip
    return _form_page(request, found, form, done, _("The ballot is called off."), context)


@page(Verb.MEETING_DECIDE)
def strike(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Strike a withdrawn proposal; ballots stay."""
    found = poll_of(request, code, number, Verb.MEETING_DECIDE)
    form = forms.StrikeForm(
        request.POST if request.method == "POST" else None, choices=queries.choices_of(found)
    )  # fmt: skip

    def done(data: dict[str, Any]) -> Any:
        facts = {name: data[name] for name in ("number", "reason")}
        return form.attempt(services.strike_choice, by=request.user, at=timezone.now(), poll=found, **facts)

    context = {
        "title": _("Strike a withdrawn proposal"), "submit": _("Strike the proposal"),
        "lead": _("Ballots already cast stay; this choice on them is ignored, and the result says so."),
        "refusal": first_refusal(rules.is_running(queries.now_phase(found)), apart_of(request, found)).message,
    }  # fmt: skip
    return _form_page(request, found, form, done, _("The proposal is struck from the ballot."), context)


def _form_page(
    request: HttpRequest, found: Poll, form: Any, done: Callable[[dict[str, Any]], Any], said: str,
    context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """Take the form of an act on a ballot, or show it."""
    if request.method == "POST" and form.is_valid() and done(form.cleaned_data) is not None:
        messages.success(request, said)
        return redirect(address(found))
    shown = {
        "kicker": found.title, "form": form, "back": address(found), "places": poll_places(found, context["title"]),
        "confirm": "", "draft": f"{found.meeting.code}-{found.number}", **context,
    }  # fmt: skip
    return render_page(request, "deliberation/poll_form.html", shown)


@page(Verb.MEETING_DECIDE)
@require_POST
def open_(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Open voting now."""
    found = poll_of(request, code, number, Verb.MEETING_DECIDE)
    return press(request, found, services.open_poll, _("Voting is open."))


@page(Verb.MEETING_DECIDE)
@require_POST
def end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """End voting now."""
    found = poll_of(request, code, number, Verb.MEETING_DECIDE)
    return press(request, found, services.end_poll, _("Voting is over. Enter the count sheets, then count."))


def press(request: HttpRequest, found: Poll, service: Any, said: str, to: str = "poll") -> HttpResponse:
    """An act without a form."""
    try:
        service(by=request.user, at=timezone.now(), poll=found)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect(address(found, to))


def meeting_of(request: HttpRequest, code: str, verb: Verb = Verb.RECORD_SEE) -> Meeting:
    found: Meeting = request.scope.get_or_404(meeting_queries.meetings(), verb, code=code)  # type: ignore[attr-defined]
    return found


def poll_of(request: HttpRequest, code: str, number: int, verb: Verb = Verb.RECORD_SEE) -> Poll:
    """A ballot through its meeting; 404 outside the place."""
    found = queries.polls_of(meeting_of(request, code, verb)).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def address(found: Poll, name: str = "poll") -> str:
    return reverse(f"deliberation:{name}", args=[found.meeting.code, found.number])


def places(meeting: Meeting, here: str = "") -> list[Link]:
    trail = [
        Link(_("Meetings"), reverse("deliberation:meetings")),
        Link(meeting.code, reverse("deliberation:meeting", args=[meeting.code])),
        Link(_("Ballots"), reverse("deliberation:polls", args=[meeting.code])),
    ]
    return [*trail, Link(here)] if here else trail


def poll_places(found: Poll, here: str = "") -> list[Link]:
    trail = [*places(found.meeting), Link(_("Ballot %s") % found.number, address(found))]
    return [*trail, Link(here)] if here else trail
