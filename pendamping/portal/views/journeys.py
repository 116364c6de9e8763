"""The journey of any record, as a page and as a feed, and the search that finds it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.benefits.queries import Tally
from pendamping.core.codes import read_code
from pendamping.core.models import Document
from pendamping.core.moments import day
from pendamping.core.money import rupiah
from pendamping.core.pieces import Link
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting, TechnicalCheck
from pendamping.deliberation.queries.checks import found_of, published_checks
from pendamping.deliberation.queries.polls import public_polls
from pendamping.deliberation.queries.results import HEAVY, newest_results
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.messages_shown import entries
from pendamping.needs.models import Voice
from pendamping.needs.queries.standing import standing
from pendamping.needs.queries.visible import public_messages
from pendamping.planning.enums import ProjectState
from pendamping.portal import feeds
from pendamping.portal.queries import ahead, chain, finding, line, lists, places
from pendamping.regions.models import WIDTHS
from pendamping.telling import phrases

SHOWN_VOICES = 10


@public_page()
def journey(request: HttpRequest, code: str) -> HttpResponse:
    """The whole road of one record: where it is, what comes next, and everything that happened."""
    known = read_code(code)
    if known is not None and known != code:
        return redirect("portal:journey", code=known)
    found = chain.journey(known) if known else None
    if found is None:
        return _unknown(request, code)
    entries = line.entries(found)
    address = settings.SITE_URL.rstrip("/") + reverse("portal:journey", args=[code])
    following = ahead.ahead(found)
    context = {
        "chain": found,
        "asked": found.asked,
        "kind": kind_label(found),
        "title": title_of(found),
        "crumbs": _crumbs(found),
        "trace": line.trace(found, entries),
        "ahead": following,
        "moments": line.moments(found, entries),
        "facts": _facts(found),
        "voices": [
            (voice, lists.title_of(voice), voice.state == VoiceState.HEARD) for voice in found.voices[:SHOWN_VOICES]
        ],
        "more_voices": max(0, len(found.voices) - SHOWN_VOICES),
        "branches": _branches(found),
        **_conversation(found),
        "address": address,
        "reader_acts": [(label, href) for label, href in _reader_acts(found) if href != following.href],
        "kind_is_meeting": isinstance(found.asked, Meeting),
        "checks": _checks(found),
        "polls": public_polls(found.asked) if isinstance(found.asked, Meeting) else [],
    }
    return render_page(request, "portal/journey.html", context)


def _checks(found: chain.Chain) -> list[tuple[TechnicalCheck, list[tuple[str, str, str]]]]:
    """The published technical checks of the proposal, the last first, each with what was found and why."""
    if found.proposal is None or isinstance(found.asked, Meeting):
        return []
    return [
        (check, [(str(aspect.label), one.get_finding_display(), one.reason) for aspect, one in found_of(check) if one])
        for check in published_checks([found.proposal])
    ]


def _conversation(found: chain.Chain) -> dict[str, object]:
    """Of a voice: what of its thread everyone may read, its clock, and the way in for whoever gave it."""
    voice = found.asked
    if not isinstance(voice, Voice):
        return {"thread": [], "stands": None}
    stands = standing(voice)
    return {
        "thread": entries(public_messages(voice)),
        "stands": stands,
        "late": stands.is_late(day(timezone.now())),
        "giver_url": reverse("needs:receipt", args=[voice.code]) + "#kunci",
    }


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    if read_code(code) and Document.objects.filter(code=read_code(code)).exists():
        return redirect("document_check", code=read_code(code))
    return render_page(request, "portal/unknown.html", {"code": code}, status=404)


def kind_label(found: chain.Chain) -> str:
    """What kind of record was asked for, in a word."""
    words = {
        "S": _("Voice"), "K": _("Need"), "U": _("Proposal"), "M": _("Meeting"), "P": _("Project"),
        "L": _("Progress report"), "B": _("Payment"), "W": _("Answer of a resident"), "J": _("Count of people reached"),
        "T": _("Handover"), "A": _("Asset"), "N": _("Inspection"),
    }  # fmt: skip
    return words[found.asked.code_kind]


def title_of(found: chain.Chain) -> str:
    """The name of the road: the record's own words, for money and answers those of the project."""
    asked = found.asked
    return lists.title_of(asked) if asked.code_kind in "SKUMPA" else str(found.project or asked)


def _crumbs(found: chain.Chain) -> list[Link]:
    wards = reverse("portal:wards")
    crumbs = [Link(_("All wards"), wards)]
    for place in found.place:
        if len(place.path) == WIDTHS["district"]:
            crumbs.append(Link(place.label, f"{wards}#w{place.path}"))
        elif len(place.path) == WIDTHS["ward"]:
            crumbs.append(Link(place.label, reverse("portal:ward", args=[place.path])))
    return [*crumbs, Link(found.asked.code, current=True)]


def _facts(found: chain.Chain) -> list[tuple[str, str, str]]:
    """Label, value, note: what matters about the furthest records, money first."""
    facts = [(_("Place"), lists.short_place(found.region), "")]
    proposal, project, asset = found.proposal, found.project, found.asset
    if isinstance(found.asked, Meeting):
        return [*facts, *_meeting_facts(found.asked)]
    if proposal is not None and project is None:
        facts.append((_("Estimated cost"), rupiah(proposal.estimated_cost), ""))
    if project is not None:
        facts += [
            (_("Agreed by the meeting"), rupiah(project.decision.amount), ""),
            (_("Budget"), rupiah(project.budget), f"{project.get_stream_display()}, {project.fiscal_year}"),
            (_("Paid out"), rupiah(project.paid), ""),
            (_("Spent, verified"), rupiah(project.spent), ""),
            (_("Carried out by"), project.executor, ""),
        ]
        tally = Tally(project.yes, project.partly, project.no)
        if tally.is_shown:
            facts.append((_("Does it help?"), phrases.answers(tally.yes, tally.partly, tally.no), ""))
    if asset is not None:
        facts += [(_("Kept by"), asset.custodian, ""), (_("Condition"), asset.get_condition_display(), "")]
    return facts


def _meeting_facts(meeting: Meeting) -> list[tuple[str, str, str]]:
    attendance = getattr(meeting, "attendance", None)
    facts = [
        (_("Kind"), meeting.get_kind_display(), ""),
        (_("When"), ahead.when(meeting), ""),
        (_("Where"), meeting.place, ""),
        (_("Agenda"), meeting.agenda, ""),
    ]
    if attendance is not None:
        words = _("%(women)s women, %(men)s men") % {"women": attendance.women, "men": attendance.men}
        facts.append((_("Present"), words, ""))
    return facts


def _branches(found: chain.Chain) -> list[lists.Row]:
    """Other proposals of the same need, or all proposals of a meeting, each with its own road."""
    others = [proposal for proposal in found.proposals if proposal != found.proposal]
    shown = found.proposals if isinstance(found.asked, Meeting) else others
    return lists.rows(lists.KINDS["usulan"], shown)


def _reader_acts(found: chain.Chain) -> list[tuple[str, str]]:
    """What a resident can do here."""
    acts = []
    if isinstance(found.asked, Voice):
        acts.append((_("Report this"), reverse("needs:report_voice", args=[found.asked.code])))
    meeting = found.asked if isinstance(found.asked, Meeting) else found.item.meeting if found.item else None
    acts += _results(meeting) if meeting is not None else []
    if isinstance(found.asked, Meeting):
        acts.append(
            (_("Rules, hours and result of the meeting"), reverse("deliberation:public", args=[found.asked.code]))
        )
    project, asset = found.project, found.asset
    if project is not None and project.state in (ProjectState.COMPLETED, ProjectState.HANDED_OVER):
        acts.append((_("Say whether it helps you"), reverse("benefits:confirm", args=[project.code])))
    if asset is not None:
        acts.append((_("Report a fault"), reverse("assets:report_fault", args=[asset.code])))
    return acts


def _results(meeting: Meeting) -> list[tuple[str, str]]:
    """The way to the results of its ballots, and to the list of what it decided."""
    found = [
        (one.poll.title, reverse("deliberation:public_result", args=[meeting.code, one.number]))
        for one in newest_results(meeting).defer(*HEAVY)
    ]
    links = [(_("Result: %(title)s") % {"title": title}, href) for title, href in found]
    if found and meeting.state == MeetingState.CLOSED:
        links.append((_("Priority list (CSV)"), reverse("deliberation:priority_csv", args=[meeting.code])))
    return links


@public_page()
def journey_feed(request: HttpRequest, code: str) -> HttpResponse:
    """The same line of time for feed readers: how one follows a journey without an account."""
    known = read_code(code)
    found = chain.journey(known) if known else None
    if found is None:
        return _unknown(request, code)
    moments = line.moments(found, line.entries(found)[:50])
    return feeds.atom(
        title=f"{found.asked.code}: {title_of(found)}",
        url=reverse("portal:journey", args=[found.asked.code]),
        items=[
            feeds.Item(
                moment.what,
                moment.href or reverse("portal:journey", args=[found.asked.code]),
                moment.when,
                moment.who,
                moment.why,
            )
            for moment in moments
        ],
    )


@public_page()
def search(request: HttpRequest) -> HttpResponse:
    """A code leads straight to its journey; words find wards and titles."""
    asked = request.GET.get("q", "").strip()[:100]
    code = read_code(asked)
    if code is not None and (code[0] in chain.KINDS or code[0] == Document.code_kind):
        return redirect("portal:journey", code=code)
    city = places.site_city()
    found = finding.find(asked, under=city.path if city else "")
    shown = [(kind.label, rows) for kind, rows in found.records.items() if rows]
    return render_page(request, "portal/search.html", {"asked": asked, "found": found, "found_lists": shown})
