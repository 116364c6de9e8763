"""Working pages of slips and of the roll: made, filled, marked, printed, sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import office_label, page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.errors import Refused
from pendamping.core.pieces import Act, Link
from pendamping.deliberation import services
from pendamping.deliberation.enums.polls import WITHDRAWN, BallotChannel, PollPhase
from pendamping.deliberation.forms import polls as forms
from pendamping.deliberation.models import Poll, RollEntry
from pendamping.deliberation.papers_of_ballots import A_FILE, links_pdf, slips_pdf
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.rolls_file import voters
from pendamping.deliberation.rules import polls as rules
from pendamping.deliberation.services import rolls
from pendamping.deliberation.views.polls import address, poll_of, poll_places, press

PAGE = 50


@page(Verb.MEETING_CALL)
def slips(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """How many slips there are; make more, print them."""
    found = poll_of(request, code, number, Verb.MEETING_CALL)
    is_withdrawal = "tarik-reason" in request.POST
    form = forms.SlipsForm(request.POST if request.method == "POST" and not is_withdrawal else None)
    withdrawal = forms.WithdrawSlipForm(request.POST if is_withdrawal else None)
    now = queries.now_phase(found)
    if is_withdrawal and withdrawal.is_valid():
        facts = {name: withdrawal.cleaned_data[name] for name in ("number", "reason")}
        done = withdrawal.attempt(services.withdraw_slip, by=request.user, at=timezone.now(), poll=found, **facts)
        if done is not None:
            messages.success(request, _("Slip %s is withdrawn. Nobody can vote with it.") % done.number)
            return redirect(address(found, "slips"))
    if request.method == "POST" and form.is_valid():
        facts = {"by": request.user, "at": timezone.now(), "poll": found, "count": form.cleaned_data["count"]}
        if form.attempt(services.make_slips, **facts) is not None:
            messages.success(request, _("The slips are made. Print them and cut them apart."))
            return redirect(address(found, "slips"))
    made = found.slips.count()
    files = [
        Link(
            _("Slips %(first)s to %(last)s (PDF)") % {"first": first, "last": min(first + A_FILE - 1, made)},
            f"{address(found, 'slips_file')}?dari={first}",
        )
        for first in range(1, made + 1, A_FILE)
    ]
    context = {
        "poll": found, "form": form, "files": files, "made": made, "withdrawal": withdrawal if made else None,
        "printings": printings_told(found),
        "withdrawn": ", ".join(map(str, queries.withdrawn_slips(found))),
        "places": poll_places(found, _("Slips for the hall")),
        "refusal": "" if form.errors or withdrawal.errors else rules.takes_voters(now).message, "back": address(found),
    }  # fmt: skip
    return render_page(request, "deliberation/slips.html", context)


def printings_told(found: Poll) -> list[tuple[str, str]]:
    """Who printed how many slips or links, and when, the newest first: as facts of a page."""
    told = []
    for one in queries.printings_of(found):
        range_of = {"first": one.first, "last": one.last}
        what = (
            ngettext("%d link", "%d links", one.count) % one.count
            if one.first is None
            else _("Slips %(first)s to %(last)s") % range_of
        )
        told.append((formats.day(one.at, "jam"), f"{what} · {office_label(one.office)}"))
    return told


@page(Verb.MEETING_CALL, for_own_eyes=True)
@require_GET
def slips_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Two hundred slips from a number on, to be printed; each time is kept."""
    found = poll_of(request, code, number, Verb.MEETING_CALL)
    first = request.GET.get("dari", "1")
    if not first.isdecimal() or len(first) > 6:
        raise Http404
    chosen = queries.slips_from(found, int(first), A_FILE)
    try:
        services.print_slips(by=request.user, at=timezone.now(), poll=found, first=int(first), most=A_FILE)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(address(found, "slips"))
    return _pdf(slips_pdf(found, chosen), f"kartu-suara-{code}-{number}-{first}")


@page(Verb.MEETING_CALL, for_own_eyes=True)
@require_GET
def links_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Personal links of those on the roll who have no telephone and have not voted; each printing is kept."""
    found = poll_of(request, code, number, Verb.MEETING_CALL)
    entries = list(queries.without_phone(found)[:A_FILE])
    try:
        services.print_links(by=request.user, at=timezone.now(), poll=found, most=A_FILE)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(address(found, "roll"))
    return _pdf(links_pdf(found, entries), f"tautan-suara-{code}-{number}")


def _pdf(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


@page(Verb.MEETING_ATTENDANCE, for_own_eyes=True)
def roll(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Who may vote, with a mark for those who have, or take their ballot another way."""
    found = poll_of(request, code, number, Verb.MEETING_ATTENDANCE)
    at = timezone.now()
    after = request.GET.get("sesudah", "")
    entries = queries.roll_of(found)
    search = forms.FindVoterForm(
        request.POST if request.method == "POST" else None
    )  # by POST: a name never stands in an address
    wanted = search.cleaned_data["wanted"].strip().lower() if search.is_valid() else ""
    if wanted:  # names are sealed, so they are looked through one by one
        shown = [one for one in entries if wanted in f"{rolls.name_of(one)} {one.rt} {one.number}".lower()][:PAGE]
        more = ""
    else:
        shown = list(entries.filter(number__gt=int(after) if after.isdecimal() and len(after) < 7 else 0)[: PAGE + 1])
        more = f"?sesudah={shown[PAGE - 1].number}" if len(shown) > PAGE else ""
    ways = [
        channel
        for channel in (BallotChannel.PAPER, BallotChannel.HALL)
        if rolls.may_mark(found, at=at, channel=channel)
    ]
    is_kept_open = bool(rolls.may_mark(found, at=at, channel=WITHDRAWN))
    context = {
        "poll": found, "rows": [_row(found, one, ways, is_kept_open) for one in shown[:PAGE]], "older": more,
        "search": search, "count": entries.count(), "turnout": queries.turnout(found), "acts": _acts(request, found),
        "places": poll_places(found, _("The roll")), "can_mark": bool(ways),
    }  # fmt: skip
    return render_page(request, "deliberation/roll.html", context)


def _row(found: Poll, entry: RollEntry, ways: list[BallotChannel], is_kept_open: bool) -> dict[str, Any]:
    mark = getattr(entry, "mark", None)
    href = reverse("deliberation:voter_mark", args=[found.meeting.code, found.number, entry.number])
    labels = {BallotChannel.PAPER: _("Takes paper"), BallotChannel.HALL: _("Takes a slip")}
    name = rolls.name_of(entry) or _("Name removed after its time")
    worded = None  # what needs a reason: (title, button, value)
    if is_kept_open and mark is None:
        worded = (_("Not entitled to vote"), _("Close their link"), WITHDRAWN)
    elif is_kept_open and mark is not None and mark.channel != BallotChannel.REMOTE:
        worded = (_("Marked by mistake"), _("Take the mark back"), "")
    return {
        "entry": entry, "name": name, "mark": mark.get_channel_display() if mark else "", "href": href,
        "acts": [] if mark else [(labels[way], href, way.value) for way in ways], "worded": worded,
    }  # fmt: skip


def _acts(request: HttpRequest, found: Poll) -> list[Act]:
    if not request.scope.can(Verb.MEETING_CALL, found):  # type: ignore[attr-defined]
        return []
    now = queries.now_phase(found)
    sends = services.may_send(found, at=timezone.now()).message
    acts = [
        Act(_("Add a voter"), address(found, "voter_add"), refusal=rules.takes_voters(now).message, kind="primary"),
        Act(_("Take in a list"), address(found, "roll_take"), refusal=rules.may_take_list(now).message),
        Act(_("Send personal links"), address(found, "links_send"), post=True, refusal=sends),
    ]
    if found.has_remote and queries.without_phone(found).exists():
        acts.append(Act(_("Print links of those without a telephone (PDF)"), address(found, "links_file")))
    return acts


@page(Verb.MEETING_CALL)
def voter_add(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put somebody on the roll."""
    found = poll_of(request, code, number, Verb.MEETING_CALL)
    is_open = queries.now_phase(found) == PollPhase.OPEN
    form = forms.VoterForm(request.POST if request.method == "POST" else None, is_open=is_open)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data.get(name, "") for name in ("name", "identity", "phone", "rt", "reason")}
        if form.attempt(services.add_voter, by=request.user, at=timezone.now(), poll=found, **facts) is not None:
            messages.success(request, _("One more voter is on the roll."))
            return redirect(address(found, "voter_add"))
    context = {
        "title": _("Add a voter"), "submit": _("Put on the roll"),
        "lead": _("Name and telephone are kept sealed, and removed 90 days after the count."),
    }  # fmt: skip
    return _form_page(request, found, form, context)


@page(Verb.MEETING_CALL)
def roll_take(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take in a list of voters, all or nobody."""
    found = poll_of(request, code, number, Verb.MEETING_CALL)
    form = forms.RollFileForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            people = voters(form.cleaned_data["file"])
        except Refused as refusal:
            form.add_error("file", refusal.message)
        else:
            facts = {"by": request.user, "at": timezone.now(), "poll": found, "voters": people}
            if form.attempt(services.take_roll, **facts) is not None:
                count = len(people)
                said = ngettext("%d voter is on the roll.", "%d voters are on the roll.", count) % count
                messages.success(request, said)
                return redirect(address(found, "poll"))
    context = {
        "title": _("Take in a list"), "submit": _("Put all on the roll"),
        "refusal": "" if form.errors else rules.may_take_list(queries.now_phase(found)).message,
        "lead": _("Names and telephones are kept sealed, resident numbers not at all."),
    }  # fmt: skip
    return _form_page(request, found, form, context)


def _form_page(request: HttpRequest, found: Poll, form: Any, context: dict[str, Any]) -> HttpResponse:
    shown = {
        "kicker": found.title, "form": form, "back": address(found), "draft": "", "confirm": "",
        "refusal": "" if form.errors else rules.takes_voters(queries.now_phase(found)).message,
        "places": poll_places(found, context["title"]), **context,
    }  # fmt: skip
    return render_page(request, "deliberation/poll_form.html", shown)


@page(Verb.MEETING_ATTENDANCE)
@require_POST
def voter_mark(request: HttpRequest, code: str, number: int, voter: int) -> HttpResponse:
    """Somebody takes their ballot on paper or as a slip, or may not vote: their link is closed. Or it is taken back."""
    found = poll_of(request, code, number, Verb.MEETING_ATTENDANCE)
    entry = get_object_or_404(queries.roll_of(found), number=voter)
    channel, reason = request.POST.get("channel", ""), request.POST.get("reason", "")[:1000]
    facts = {"by": request.user, "at": timezone.now(), "entry": entry, "reason": reason}
    said = _("Number %s is marked. Hand out the ballot.")
    try:
        if channel:
            services.mark_voter(**facts, channel=channel)
            said = _("The link of number %s is closed.") if channel == WITHDRAWN else said
        else:
            services.take_back_mark(**facts)
            said = _("The mark of number %s is taken back. Take back what was handed out, too.")
    except Refused as refusal:
        messages.error(request, _("Number %(number)s: %(why)s") % {"number": voter, "why": refusal.message})
    else:
        messages.success(request, said % voter)
    return redirect(address(found, "roll"))


@page(Verb.MEETING_CALL)
@require_POST
def links_send(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Send personal links to everybody who has a telephone and none yet."""
    found = poll_of(request, code, number, Verb.MEETING_CALL)
    return press(request, found, services.send_links, _("The links are on their way."))
