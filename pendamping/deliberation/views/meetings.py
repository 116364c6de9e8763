"""Working pages of meetings: call or move one, set its agenda, count, decide, close, print, cancel."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.moments import day, fiscal_year
from pendamping.core.pieces import Act, Link
from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal
from pendamping.deliberation import papers_results, services
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.forms import meetings as forms
from pendamping.deliberation.models import AgendaItem, Attendance, Meeting
from pendamping.deliberation.queries import checks
from pendamping.deliberation.queries import meetings as queries
from pendamping.deliberation.queries import polls as poll_queries
from pendamping.deliberation.queries.composition import composition, in_the_room
from pendamping.deliberation.queries.invitations import answers
from pendamping.deliberation.queries.ladder import standings
from pendamping.deliberation.queries.own_groups import counts_of, groups_of
from pendamping.deliberation.queries.results import overtaken, result_speaking_of
from pendamping.deliberation.queries.successors import ended_place
from pendamping.deliberation.rules import meetings as rules
from pendamping.deliberation.rules.ladder import OUTCOMES
from pendamping.deliberation.views.checks import checks_acts, still_unchecked
from pendamping.deliberation.views.invitations import invitation_acts
from pendamping.deliberation.views.ladder import ladder_acts
from pendamping.deliberation.views.matrices import matrix_acts
from pendamping.deliberation.views.obstacles import in_words, obstacles
from pendamping.deliberation.views.points import point_acts
from pendamping.deliberation.views.polls import polls_acts
from pendamping.deliberation.views.register import presence_acts
from pendamping.deliberation.views.results import closed_acts
from pendamping.deliberation.views.screens import screen_acts
from pendamping.regions.models import Level, Region

PAGE = 25


@page(Verb.RECORD_SEE)
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of my places, the latest day first."""
    found = request.scope.narrow(queries.meetings_listed(), Verb.RECORD_SEE)
    state = request.GET.get("state", "")
    if state in MeetingState.values:
        found = found.filter(state=state)
    before = request.GET.get("before", "")
    last = found.filter(pk=min(int(before), 2**62)).first() if before.isdecimal() else None
    if last is not None:
        found = found.filter(Q(held_on__lt=last.held_on) | Q(held_on=last.held_on, pk__lt=last.pk))
    shown = list(found[: PAGE + 1])
    older = f"?state={state}&before={shown[PAGE - 1].pk}" if len(shown) > PAGE else ""
    tabs = [
        Link(_("All"), "?", not state),
        *(Link(str(s.label), f"?state={s.value}", state == s) for s in MeetingState),
    ]
    can_call = request.scope.can_anywhere(Verb.MEETING_CALL)
    context = {"meetings": shown[:PAGE], "older": older, "tabs": tabs, "can_call": can_call,
               "can_set_rules": request.scope.can_anywhere(Verb.RULES_MANAGE)}  # fmt: skip
    return render_page(request, "deliberation/meetings.html", context)


@page(Verb.MEETING_CALL)
def call(request: HttpRequest) -> HttpResponse:
    """Invite to a meeting."""
    places = request.scope.narrow(
        Region.objects.filter(level__in=[Level.DISTRICT, Level.WARD, Level.RW], valid_to__isnull=True).order_by("path"),
        Verb.MEETING_CALL,
    )
    now = timezone.now()
    initial = {"fiscal_year": fiscal_year(now), "chair_office": _("Ward head (lurah)")}
    form = forms.CallForm(request.POST or None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        meeting = form.attempt(services.call_meeting, by=request.user, at=now, **facts)
        if meeting is not None:
            messages.success(request, _("The meeting is called. Now put proposals on its agenda."))
            return redirect(_address(meeting))
    return render_page(request, "deliberation/call.html", {"form": form})


@page(Verb.RECORD_SEE)
@require_GET
def meeting(request: HttpRequest, code: str) -> HttpResponse:
    """One meeting: facts, who was there, the agenda with its decisions, what I may do here."""
    found = _found(request, code)
    decides = found.state == MeetingState.CALLED and request.scope.can(Verb.MEETING_DECIDE, found)
    counted = getattr(found, "attendance", None)
    context = {
        "meeting": found, "totals": queries.totals(found), "attendance": counted,
        "items": [
            (item, getattr(item, "decision", None), _item_address(item, decides)) for item in queries.items_of(found)
        ],
        "groups": _groups(found) if counted else [],
        "room": composition(found), "asked": answers(found),
        "unchecked": checks.unchecked(found) if found.state == MeetingState.CALLED else [],
        "overtaken": overtaken(found),
        "acts": _acts(request, found), "more_acts": _part_acts(request, found),
        "places": _places(found), "ended": ended_place(found),
        "standings": standings(found) if found.state != MeetingState.CANCELLED else [],
        "chairs": found.chairs.all(), "can_mend": _can_mend(request, found),
    }  # fmt: skip
    return render_page(request, "deliberation/meeting.html", context)


def _can_mend(request: HttpRequest, found: Meeting) -> bool:
    """Is this one of those who hold the meeting, to whom what to do about a requirement is told?"""
    verbs = (Verb.MEETING_CALL, Verb.MEETING_ATTENDANCE, Verb.MEETING_DECIDE)
    return found.state == MeetingState.CALLED and any(request.scope.can(one, found) for one in verbs)


def _groups(found: Meeting) -> list[tuple[str, int]]:
    """The groups counted at a meeting, by their names."""
    labels = groups_of(found)
    return [(labels[name], count) for name, count in counts_of(found.attendance, found).items()]


def _item_address(item: AgendaItem, decides: bool) -> str:
    """Who decides goes on to the decision, everybody else to the proposal."""
    if decides:
        return reverse("deliberation:decide", args=[item.meeting.code, item.proposal.code])
    return reverse("needs:proposal", args=[item.proposal.code])


def _acts(request: HttpRequest, found: Meeting) -> list[Act]:
    """What this person may do; what is not possible now says why, from the same rules as the service."""
    now, scope = timezone.now(), request.scope
    today = day(now)
    begun = rules.has_begun(state=found.state, held_on=found.held_on, today=today)
    is_open = first_refusal(rules.is_open(state=found.state), services.agenda_verdict(found, now))
    countable = first_refusal(begun, services.count_verdict(found, now))
    in_the_way = services.obstacles(found, today=today)
    closable = in_words(request, found, first_refusal(*in_the_way))
    movable = rules.is_movable(state=found.state, is_held=services.is_held(found))
    cancellable = services.cancel_verdict(by=scope.account, at=now, meeting=found)
    offered: list[tuple[Verb, str, str, Verdict, str]] = [
        (Verb.MEETING_CALL, _("Put proposals on the agenda"), "put", is_open, "secondary"),
        (Verb.MEETING_ATTENDANCE, _("Count who is present"), "attendance", countable, "secondary"),
        (Verb.MEETING_DECIDE, _("Decide, one proposal after another"), "decide_next", begun, "primary"),
        (Verb.MEETING_DECIDE, _("Close and fix the minutes"), "close", closable, "secondary"),
        *(
            [(Verb.MEETING_DECIDE, _("Everything that keeps it from being closed"), "close", ALLOWED, "quiet")]
            if len(in_the_way) > 1
            else []
        ),
        (Verb.MEETING_CALL, _("Move to another day"), "move", movable, "quiet"),
        (Verb.MEETING_CALL, _("Cancel the meeting"), "cancel", cancellable, "quiet"),
    ]
    if found.state == MeetingState.CANCELLED:
        return []
    if found.state == MeetingState.CLOSED:
        return [Act(_("Download the minutes (PDF)"), _address(found, "minutes"), kind="primary")]
    return [
        Act(label, _address(found, name), refusal=verdict.message, kind=kind)
        for verb, label, name, verdict, kind in offered
        if scope.can(verb, found)
    ]


def _part_acts(request: HttpRequest, found: Meeting) -> list[tuple[str, list[Act]]]:
    """What the parts of a meeting offer, each from its own pages, in the order of a meeting."""
    before, within = (checks_acts, invitation_acts, point_acts, matrix_acts), (presence_acts, screen_acts)
    groups = [
        (_("Before the meeting"), before), (_("In the room"), within),
        (_("Ballots and results"), (polls_acts, closed_acts)), (_("Rules and hours"), (ladder_acts,)),
    ]  # fmt: skip
    if found.state == MeetingState.CANCELLED:
        groups = groups[-1:]
    offered = [(title, [act for part in parts for act in part(request, found)]) for title, parts in groups]
    return [(title, acts) for title, acts in offered if acts]


@page(Verb.MEETING_CALL)
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Another day or hour for a meeting that was not held yet."""
    found = _found(request, code, Verb.MEETING_CALL)
    form = forms.MoveForm(
        request.POST if request.method == "POST" else None,
        initial={"held_on": found.held_on, "starts_at": found.starts_at},
    )
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("held_on", "starts_at", "reason")}
        done = form.attempt(services.move_meeting, by=request.user, at=timezone.now(), meeting=found, **facts)
        if done is not None:
            messages.success(request, _("The meeting is moved. Residents see the new day and the reason."))
            return redirect(_address(found))
    refusal = rules.is_movable(state=found.state, is_held=services.is_held(found)).message
    context = {"meeting": found, "form": form, "refusal": refusal, "places": _places(found, _("Move"))}
    return render_page(request, "deliberation/move.html", context)


@page(Verb.MEETING_CALL)
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Call a meeting off; its proposals can be put to another one."""
    found = _found(request, code, Verb.MEETING_CALL)
    form = forms.CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = form.attempt(services.cancel_meeting, by=request.user, at=timezone.now(), meeting=found, reason=reason)
        if done is not None:
            messages.success(request, _("The meeting is cancelled. Its proposals can be put to another one."))
            return redirect(_address(found))
    refusal = services.cancel_verdict(by=request.scope.account, at=timezone.now(), meeting=found).message
    context = {"meeting": found, "form": form, "refusal": refusal, "places": _places(found, _("Cancel the meeting"))}
    return render_page(request, "deliberation/cancel.html", context)


@page(Verb.MEETING_CALL)
def put(request: HttpRequest, code: str) -> HttpResponse:
    """Choose which ready proposals of the area come before the meeting."""
    found = _found(request, code, Verb.MEETING_CALL)
    ready = queries.ready_proposals(found)
    form = forms.PutForm(request.POST or None, ready=ready)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["proposals"])
        done = form.attempt(services.put_proposals, by=request.user, at=timezone.now(), meeting=found, proposals=chosen)
        if done is not None:
            messages.success(request, _("%(count)d proposals put on the agenda.") % {"count": len(chosen)})
            return redirect(_address(found))
    context = {
        "meeting": found, "form": form, "ready": ready.count(), "places": _places(found, _("Proposals")),
        "removals": [_removal(found, item) for item in queries.items_of(found).filter(decision=None)],
    }  # fmt: skip
    return render_page(request, "deliberation/put.html", context)


def _removal(found: Meeting, item: AgendaItem) -> Act:
    href = reverse("deliberation:take_off", args=[found.code, item.proposal.code])
    return Act(_("Take off: %(title)s") % {"title": item.proposal.title}, href, post=True, kind="quiet")


@page(Verb.MEETING_CALL)
@require_POST
def take_off(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    """Take a proposal off the agenda again."""
    found = _found(request, code, Verb.MEETING_CALL)
    item = _item(found, proposal)
    try:
        services.take_off_agenda(by=request.user, at=timezone.now(), item=item)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("%(code)s is no longer on the agenda.") % {"code": proposal})
    return redirect(_address(found))


def _heads(found: Meeting, known: Attendance | None) -> dict[str, int]:
    """What the form of a count begins with: the count before, else the register where somebody stands on it."""
    if known is not None:
        return {"women": known.women, "men": known.men, **counts_of(known, found)}
    room = in_the_room(found)
    return {"women": room.women, "men": room.men, **room.groups} if room.present else {}


@page(Verb.MEETING_ATTENDANCE)
def attendance(request: HttpRequest, code: str) -> HttpResponse:
    """Count who is present; a new count replaces the one before, and the first begins with the register."""
    found = _found(request, code, Verb.MEETING_ATTENDANCE)
    known = getattr(found, "attendance", None)
    form = forms.AttendanceForm(request.POST or None, labels=groups_of(found), initial=_heads(found, known))
    if request.method == "POST" and form.is_valid():
        counts = form.counts()
        done = form.attempt(services.count_attendance, by=request.user, at=timezone.now(), meeting=found, **counts)
        if done is not None:
            people = counts["women"] + counts["men"]
            messages.success(request, _("%(people)d people counted.") % {"people": people})
            return redirect(_address(found))
    now = timezone.now()
    begun = rules.has_begun(state=found.state, held_on=found.held_on, today=day(now))
    refusal = first_refusal(begun, services.count_verdict(found, now)).message
    context = {"meeting": found, "form": form, "refusal": refusal, "places": _places(found, _("Who is present"))}
    return render_page(request, "deliberation/attendance.html", context)


@page(Verb.MEETING_DECIDE)
@require_GET
def decide_next(request: HttpRequest, code: str) -> HttpResponse:
    """On to the first proposal without a decision; when all have one, back to the meeting."""
    found = _found(request, code, Verb.MEETING_DECIDE)
    return redirect(_next(found))


@page(Verb.MEETING_DECIDE)
def decide(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    """One proposal before the meeting: what it is, and what was decided."""
    found = _found(request, code, Verb.MEETING_DECIDE)
    item = _item(found, proposal)
    known = getattr(item, "decision", None)
    initial = {"amount": item.proposal.estimated_cost}
    if known is not None:
        initial = {"outcome": known.outcome, "amount": known.amount, "reason": known.reason}
    form = forms.DecideForm(request.POST or None, initial=initial, outcomes=OUTCOMES[found.kind])
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data.get(name) for name in ("outcome", "reason", "amount")}
        done = form.attempt(services.decide, by=request.user, at=timezone.now(), item=item, **facts)
        if done is not None:
            said = _("%(code)s: %(outcome)s.") % {"code": proposal, "outcome": done.get_outcome_display()}
            messages.success(request, said)
            return redirect(_next(found))
    now = timezone.now()
    begun = rules.has_begun(state=found.state, held_on=found.held_on, today=day(now))
    by_hand = services.by_hand_verdict(item)
    verdict = first_refusal(begun, by_hand, services.decider_verdict(by=request.scope.account, item=item, at=now))
    order = list(queries.items_of(found).values_list("proposal__code", flat=True))
    context = {
        "meeting": found, "item": item, "proposal": item.proposal, "form": form, "refusal": verdict.message,
        "known": known, "number": order.index(proposal) + 1, "of": len(order),
        "instead": None if by_hand else _instead(item), "uncounted": _uncounted(request, found),
        "check": checks.result_of(item.proposal), "without_check": still_unchecked(found, [item]),
        "places": _places(found, item.proposal.code),
    }  # fmt: skip
    return render_page(request, "deliberation/decide.html", context)


def _uncounted(request: HttpRequest, found: Meeting) -> dict[str, str] | None:
    """What to do about a room that nobody counted yet, and where: a hint, since the minutes are only fixed later."""
    if hasattr(found, "attendance"):
        return None
    if request.scope.can(Verb.MEETING_ATTENDANCE, found):
        return {"words": _("The minutes need the count of women and men."), "url": _address(found, "attendance")}
    return {"words": _("The facilitator or the ward secretary counts them."), "url": f"{_address(found)}#hadir"}


def _instead(item: AgendaItem) -> Link:
    """Where to go with a proposal that is not decided by consensus: the result of its ballot, else the ballots."""
    code = item.meeting.code
    found = result_speaking_of(item)
    if found is None:
        return Link(_("Ballots"), reverse("deliberation:polls", args=[code]))
    label = _("Result %(number)s") % {"number": found.number}
    return Link(label, reverse("deliberation:result", args=[code, found.number]))


@page(Verb.MEETING_DECIDE)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the meeting; from then on its minutes stand."""
    found = _found(request, code, Verb.MEETING_DECIDE)
    form = forms.CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            services.close_meeting, by=request.user, at=timezone.now(), meeting=found, notes=form.cleaned_data["notes"]
        )
        if done is not None:
            services.issue_minutes(meeting=done, at=timezone.now())
            papers_results.issue_priority_list(done, at=timezone.now())
            messages.success(request, _("The meeting is closed. Its minutes are fixed and ready to print."))
            return redirect(_address(found))
    over = rules.is_open(state=found.state).message
    context = {
        "meeting": found, "form": form, "totals": queries.totals(found), "over": over,
        "obstacles": [] if over else obstacles(request, found, timezone.now()), "places": _places(found, _("Close")),
        "without_check": still_unchecked(found, queries.items_of(found)),
        "unannounced": [] if over else poll_queries.unannounced(found),
    }  # fmt: skip
    return render_page(request, "deliberation/close.html", context)


@page(Verb.RECORD_SEE)
@require_GET
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes as PDF, once the meeting is closed."""
    found = _found(request, code)
    if found.state != MeetingState.CLOSED:
        raise Http404
    if found.minutes is None and request.scope.viewer is not None:  # printing is an act, looking is not
        raise Http404
    paper = services.issue_minutes(meeting=found, at=timezone.now())
    with paper.file.open("rb") as kept:
        answer = HttpResponse(kept.read(), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="berita-acara-{found.code}.pdf"'
    return answer


def _found(request: HttpRequest, code: str, verb: Verb = Verb.RECORD_SEE) -> Meeting:
    found: Meeting = request.scope.get_or_404(queries.meetings(), verb, code=code)
    return found


def _item(found: Meeting, code: str) -> AgendaItem:
    item = queries.items_of(found).filter(proposal__code=code).first()
    if item is None:
        raise Http404
    return item


def _next(found: Meeting) -> str:
    code = queries.items_of(found).filter(decision=None).values_list("proposal__code", flat=True).first()
    return reverse("deliberation:decide", args=[found.code, code]) if code else _address(found)


def _address(found: Meeting, name: str = "meeting") -> str:
    return reverse(f"deliberation:{name}", args=[found.code])


def _places(found: Meeting, here: str = "") -> list[Link]:
    trail = [Link(_("Meetings"), reverse("deliberation:meetings")), Link(found.code, _address(found))]
    return [*trail, Link(here)] if here else trail
