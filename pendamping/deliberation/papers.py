"""The minutes of a meeting (id: berita acara) as data for the printed paper."""

from __future__ import annotations

import re
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.access.roles import ROLES
from pendamping.core import formats
from pendamping.core.money import rupiah
from pendamping.core.trace import Step
from pendamping.deliberation import papers_parts
from pendamping.deliberation.enums.meetings import Outcome
from pendamping.deliberation.models import AgendaItem, Meeting
from pendamping.deliberation.queries import ladder
from pendamping.deliberation.queries import meetings as queries
from pendamping.deliberation.queries.checks import without_check
from pendamping.deliberation.queries.own_groups import counts_of, told_groups
from pendamping.deliberation.queries.presence import veil
from pendamping.regions.models import Region

_NUMBER = re.compile(r"^\s*\d+[.)]\s*")  # the paper numbers its steps itself
BLANK = "……………………………"


def _steps(agenda: str) -> list[str]:
    return [_NUMBER.sub("", line) for line in agenda.splitlines() if line.strip()]


def minutes(meeting: Meeting) -> dict[str, Any]:
    """Letterhead, legal basis, who was there, what was decided and why, sums, room for signatures."""
    items = list(queries.items_of(meeting))
    with override("id"):  # official papers are Indonesian
        found, trace = ladder.ladder_for_minutes(meeting), meeting.trace
        return {
            "language": "id",
            "letterhead": {"lines": letterhead(meeting)},
            "number": meeting.code if meeting.revision == 1 else f"{meeting.code}/R{meeting.revision}",
            "trace": {"steps": len(Step), "at": trace.number, "over": trace.over, "text": trace.text},
            "blocks": [
                {"kind": "paragraph", "text": _opening(meeting)},
                *_revised(meeting, found),
                {"kind": "facts", "rows": _facts(meeting)},
                *_bases(items),
                {"kind": "heading", "text": _("Agenda")},
                {"kind": "steps", "items": _steps(meeting.agenda)},
                {"kind": "heading", "text": _("Who was present")},
                _attendance(meeting),
                *_requirements(found),
                *_chairs(meeting, found),
                *papers_parts.parts(meeting),
                {"kind": "heading", "text": _("Decisions")},
                *_decided(meeting, items),
                *_notes(meeting),
                {"kind": "paragraph", "text": _fixed(meeting, items)},
                {"kind": "signatures", "items": _signatures(found.chair)},
            ],
        }  # fmt: skip


def title(meeting: Meeting) -> str:
    """ "Berita acara Musyawarah pembangunan kelurahan"."""
    with override("id"):
        return _("Minutes of the %(kind)s") % {"kind": meeting.get_kind_display()}


def office(role: str) -> str:
    """The office that issues the paper, in its language."""
    with override("id"):
        return str(ROLES[role].office) if role in ROLES else _("Meeting of the ward")


def letterhead(meeting: Meeting) -> list[str]:
    """City, district and ward, as they stand on top of a paper."""
    ward = Region.objects.select_related("parent__parent").get(path=meeting.ward_path)
    above = [place for place in (ward.parent, ward.parent.parent if ward.parent else None) if place is not None]
    city = _("Government of %(city)s") % {"city": above[-1].label} if above else ""
    return [line for line in (city, *(place.label for place in above[:-1]), ward.label) if line]


def _opening(meeting: Meeting) -> str:
    return _("On %(day)s at %(place)s, %(area)s, residents and officials met and decided the following.") % {
        "day": date_format(meeting.held_on, "l, j F Y"),
        "place": meeting.place,
        "area": meeting.region.label,
    }


def _facts(meeting: Meeting) -> list[list[str]]:
    starts = formats.hour(meeting.starts_at)
    return [
        [_("Meeting"), meeting.title],
        [_("Budget year"), str(meeting.fiscal_year)],
        [_("Begins at"), starts],
        [_("Who chairs"), meeting.chair_office],
    ]


def _fixed(meeting: Meeting, items: list[AgendaItem]) -> str:
    """The closing sentence: by consensus, unless a ballot decided anything."""
    words = _("These minutes were fixed on %(day)s and hold as agreed by consensus.")
    if any(item.decision.method != "consensus" for item in items):
        words = _("These minutes were fixed on %(day)s and hold as decided in the way written above.")
    return words % {"day": date_format(timezone.localtime(meeting.closed_at), "l, j F Y H.i T")}


def _bases(items: list[AgendaItem]) -> list[dict[str, Any]]:
    """What the proposals' activities rest on, each named once; nothing without proposals."""
    bases = sorted({item.proposal.menu_item.legal_basis for item in items})
    head = {"kind": "heading", "text": _("Legal basis")}
    return [head, {"kind": "list", "items": bases}] if bases else []


def _attendance(meeting: Meeting) -> dict[str, Any]:
    counted = meeting.attendance
    counts = counts_of(counted, meeting)
    lines = [[label, veil(counts[name])] for name, label in told_groups(counts, meeting).items()]
    return {
        "kind": "table",
        "columns": [{"title": _("Those present"), "wide": True}, {"title": _("Number of people"), "align": "right"}],
        "rows": [
            [_("Women"), formats.number(counted.women)],
            [_("Men"), formats.number(counted.men)],
            *([_("of them: %(group)s") % {"group": label}, count] for label, count in lines),
        ],
        "totals": [_("Women and men together"), formats.number(counted.present)],
    }


def _requirements(found: ladder.Ladder) -> list[dict[str, Any]]:
    """What the rules asked, what there was, and the chair's reason where it fell short."""
    if not found.standings:
        return []
    columns = [{"title": _("Requirement"), "wide": True}, {"title": _("Stands at"), "wide": True},
               {"title": _("Result and reason"), "wide": True}]  # fmt: skip
    rows = [[one.label, one.text, f"{one.badge}. {one.reason}" if one.reason else one.badge] for one in found.standings]
    head = {"kind": "heading", "text": _("Quorum and representation")}
    return [head, {"kind": "table", "columns": columns, "rows": rows}]


def _chairs(meeting: Meeting, found: ladder.Ladder) -> list[dict[str, Any]]:
    """Who took the chair from when, and why; nothing when it stayed with the first."""
    if not found.chairs:
        return []
    lines = [
        _("From %(since)s: %(office)s. %(reason)s")
        % {"since": ladder.hour(one.since), "office": one.office, "reason": one.reason}
        for one in found.chairs
    ]
    head = {"kind": "heading", "text": _("Who chaired")}
    return [head, {"kind": "list", "items": [_("First: %(office)s") % {"office": meeting.chair_office}, *lines]}]


def _revised(meeting: Meeting, found: ladder.Ladder) -> list[dict[str, Any]]:
    """From revision 2 on: that it takes the place of the one before, and the answers to the objections it follows."""
    if meeting.revision == 1:
        return []
    words = _("Revision %(number)s. It takes the place of revision %(before)s, after an objection was upheld:")
    said = words % {"number": meeting.revision, "before": meeting.revision - 1}
    return [{"kind": "paragraph", "text": said}, {"kind": "list", "items": [one.answer for one in found.upheld]}]


def _decided(meeting: Meeting, items: list[AgendaItem]) -> list[dict[str, Any]]:
    """The decisions with their sums, or the sentence that no proposal was put to this meeting."""
    if not items:
        return [{"kind": "paragraph", "text": _("No proposal was put to this meeting.")}]
    return [_decisions(items), {"kind": "facts", "rows": _sums(meeting)}]


def _decisions(items: list[AgendaItem]) -> dict[str, Any]:
    tells_way = any(item.decision.method != "consensus" for item in items)  # else the closing sentence says it of all
    unchecked = {one.pk for one in without_check([item.proposal for item in items])}
    return {
        "kind": "table",
        "columns": [
            {"title": _("No.")},
            {"title": _("Proposal"), "wide": 2},
            {"title": _("Decision and reason"), "wide": 3},
            {"title": _("Estimate"), "align": "right"},
            {"title": _("Agreed"), "align": "right"},
        ],
        "rows": [_decision(item, tells_way, item.proposal_id in unchecked) for item in items],
        "totals": [
            "",
            _("Together"),
            "",
            rupiah(sum(item.proposal.estimated_cost for item in items)),
            rupiah(sum(item.decision.amount or 0 for item in items)),
        ],
    }


def _decision(item: AgendaItem, tells_way: bool, is_unchecked: bool) -> list[str]:
    proposal, decision = item.proposal, item.decision
    volume = formats.volume(proposal.volume, proposal.get_unit_display())
    what = f"{proposal.title} ({proposal.code}), {proposal.place}, {volume}"
    way = _("by consensus") if decision.method == "consensus" else _("by ballot")
    outcome = f"{decision.get_outcome_display()}, {way}" if tells_way else decision.get_outcome_display()
    why = f"{outcome}: {decision.reason}"
    if is_unchecked:
        why = _("%(why)s (without a finished technical check)") % {"why": why}
    return [str(item.position), what, why, rupiah(proposal.estimated_cost), rupiah(decision.amount)]


def _sums(meeting: Meeting) -> list[list[str]]:
    counted = queries.totals(meeting)
    return [[str(outcome.label), formats.number(counted[outcome.value])] for outcome in Outcome]


def _notes(meeting: Meeting) -> list[dict[str, str]]:
    lines = [line for line in meeting.notes.splitlines() if line.strip()]
    if not lines:
        return []
    head = {"kind": "heading", "text": _("Course of the meeting and other opinions")}
    return [head, *({"kind": "paragraph", "text": line} for line in lines)]


def _signatures(chair: str) -> list[dict[str, str]]:
    roles = [
        (_("Chair of the meeting"), chair),
        ("LPM", _("Chair of the LPM")),
        (_("For the residents"), _("Representative of the women present")),
    ]
    return [{"role": role, "name": BLANK, "note": note} for role, note in roles]
