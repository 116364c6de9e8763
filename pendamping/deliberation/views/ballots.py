"""What everyone sees of a ballot: its rules, the ballot itself, receipts and totals once it is counted."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pendamping.access.pages import public_page, render_page
from pendamping.core import formats
from pendamping.core.errors import Refused
from pendamping.core.money import rupiah
from pendamping.core.pieces import Column, Link
from pendamping.deliberation import sealing, services
from pendamping.deliberation.enums.polls import PollPhase, PollReason, PollState
from pendamping.deliberation.forms.ballots import BallotForm
from pendamping.deliberation.models import Poll, PollChoice
from pendamping.deliberation.queries import ballots as read
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.queries.results import results_of
from pendamping.deliberation.queries.told_sheets import ToldSheet, told_sheets
from pendamping.deliberation.roll_words import people_of
from pendamping.deliberation.rules import ballots as rules
from pendamping.deliberation.services.casting import Cast
from pendamping.deliberation.views.rule_told import rule_told
from pendamping.deliberation.vote_flood import wrong_code


@public_page()
def poll_public(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What is voted on, by which rule, how many have voted; once counted, what the ballots say."""
    poll = _found(code, number)
    now = queries.now_phase(poll)
    context = {
        "poll": poll, "phase": now, "choices": queries.choices_of(poll), "turnout": queries.turnout(poll),
        "rule": rule_told(poll), "result": result_of(poll), "people": people_of(poll), "places": _places(poll),
        "is_open": now == PollPhase.OPEN, "takes_phones": poll.has_hall or poll.has_remote,
        "has_receipts": poll.state == PollState.CLOSED, "results": results_of(poll.meeting).filter(poll=poll),
        "api": f"/api/v1/polls/{poll.meeting.code}/{poll.number}",
    }  # fmt: skip
    return render_page(request, "deliberation/poll_public.html", context)


def result_of(poll: Poll) -> dict[str, Any] | None:
    """Totals by proposal and channel for a page; None before the count."""
    if poll.state != PollState.CLOSED:
        return None
    cast, ways = read.cast_of(poll), queries.channels_of(poll)
    channels = ways if len(ways) > 1 and not cast.is_joined else []
    has_points = poll.kind in ("points", "ranking")
    columns = [
        Column(_("No."), number=True), Column(_("Proposal")), Column(_("Ballots"), number=True),
        *([Column(pgettext("ballot", "Points"), number=True)] if has_points else []),
        *(Column(str(channel.label), number=True) for channel in channels),
    ]  # fmt: skip
    rows = [
        [
            formats.number(total.choice.number), _title(total), formats.number(total.ballots),
            *([formats.number(total.points)] if has_points else []),
            *(formats.number(total.by_channel[channel]) for channel in channels),
        ]
        for total in read.totals_of(poll)
    ]  # fmt: skip
    return {"columns": columns, "rows": rows, "cast": cast, "sheets": _sheets(poll)}


def _sheets(poll: Poll) -> dict[str, Any] | None:
    """The count sheets as a table, for whoever voted on paper: how many ballots, never what they choose."""
    sheets = told_sheets(poll)
    if not sheets:
        return None
    is_told = sheets[0].blank is not None
    columns = [
        Column(_("Sheet"), number=True), Column(_("Ballots"), number=True),
        *([Column(_("Blank ballots"), number=True), Column(_("Spoiled ballots"), number=True)] if is_told else []),
        Column(_("How it was settled")),
    ]  # fmt: skip
    rows = [
        [
            formats.number(one.number), formats.number(one.ballots),
            *([formats.number(one.blank), formats.number(one.spoiled)] if is_told else []), _settled(one),
        ]
        for one in sheets
    ]  # fmt: skip
    return {"columns": columns, "rows": rows}


def _settled(sheet: ToldSheet) -> str:
    if sheet.is_set_aside:
        return _("Set aside, counts for nothing")
    return _("Settled with a reason") if sheet.is_settled_by_third else _("Entered twice alike")


def _title(total: read.Total) -> str:
    one = total.choice
    words = f"{one.title} · {rupiah(one.cost)}"
    return _("%(title)s (withdrawn: %(why)s)") % {"title": words, "why": one.struck_reason} if one.struck_at else words


@public_page(max_age=0, methods=("GET", "POST"))
def vote(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The ballot: choices, a code, one press. Sent again, it is the same ballot with the same receipt."""
    poll = queries.poll_to_vote(code, number)
    if poll is None:
        raise Http404
    is_sent = request.method == "POST"
    choices = queries.to_cast_on(poll) if is_sent else queries.printed_on(poll)
    form = BallotForm(request.POST if is_sent else None, poll=poll, choices=choices)
    status = 200
    if is_sent:
        done = _cast(request, poll, form, choices)
        if done is not None:
            context = {"poll": poll, "receipt": sealing.shown(done.receipt), "done": done, "places": _places(poll)}
            return render_page(request, "deliberation/vote_done.html", context)
        queries.with_places(choices)
        status = 422
    now = queries.now_phase(poll)
    context = {
        "poll": poll, "form": form, "is_open": now == PollPhase.OPEN, "phase": now, "places": _places(poll, _("Vote")),
        "struck": [one for one in choices if one.struck_at], "asked": _asked(poll, choices),
    }  # fmt: skip
    return render_page(request, "deliberation/vote.html", context, status=status)


def _cast(request: HttpRequest, poll: Poll, form: BallotForm, choices: list[PollChoice]) -> Cast | None:
    if not form.is_valid():
        if "op" in form.errors:
            form.add_error(None, str(PollReason.FORM_OLD.label))
        return None
    now = timezone.now()
    picks, verdict = form.picks()
    data = form.cleaned_data
    try:
        verdict.or_raise()
        return services.cast_ballot(
            at=now, poll=poll, code=data["code"], op=data["op"], picks=picks, is_sure=data["is_sure"], choices=choices
        )
    except Refused as refusal:
        shown = wrong_code(request, refusal, now)
        form.add_error(shown.field if shown.field in form.fields else None, shown.message)
    return None


def _asked(poll: Poll, choices: list[PollChoice]) -> str:
    """What is asked for, in a sentence."""
    facts = {
        "least": rules.asked_for(queries.form_of(poll, choices)), "most": poll.most, "points": poll.points,
        "ceiling": rupiah(poll.ceiling),
    }  # fmt: skip
    words = {
        "points": _("Share out at most %(points)s points."),
        "ranking": _("Give your first choice place 1, the next place 2, and so on."),
        "knapsack": _("Tick what you want, for at most %(ceiling)s together."),
        "k_approval": _("Tick at most %(most)s proposals."),
    }
    fallback = _("Tick at least %(least)s proposals that you want. There is no maximum.")
    return words.get(poll.kind, fallback if poll.most is None else words["k_approval"]) % facts


@public_page()
def receipts(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The receipts of all ballots cast with a slip or a link, once they are counted: is mine among them?"""
    poll = _found(code, number)
    if poll.state != PollState.CLOSED:
        raise Http404
    asked = sealing.tidy(request.GET.get("tanda", "")[:40])
    known = read.receipts_of(poll)
    context = {
        "poll": poll, "receipts": [sealing.shown(one) for one in known], "asked": sealing.shown(asked) if asked else "",
        "is_there": asked in known, "places": _places(poll, _("Receipts")),
    }  # fmt: skip
    return render_page(request, "deliberation/receipts.html", context)


def _found(code: str, number: int) -> Poll:
    poll = queries.public_poll(code, number)
    if poll is None:
        raise Http404
    return poll


def _places(poll: Poll, here: str = "") -> list[Link]:
    address = reverse("deliberation:poll_public", args=[poll.meeting.code, poll.number])
    trail = [
        Link(poll.meeting.title, reverse("deliberation:public", args=[poll.meeting.code])),
        Link(poll.title, address),
    ]
    return [*trail, Link(here)] if here else trail
