"""Papers of results (id: lampiran hasil): the audit sheet of one, and the priority list of a closed meeting."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from pendamping.access import duties
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.documents import document as documents
from pendamping.core.models import Document
from pendamping.core.money import rupiah
from pendamping.deliberation import papers
from pendamping.deliberation.enums.meetings import MeetingState, Outcome
from pendamping.deliberation.models import AgendaItem, Meeting, Result
from pendamping.deliberation.papers import letterhead
from pendamping.deliberation.queries import meetings
from pendamping.deliberation.queries import results as queries
from pendamping.deliberation.result_shown import command, shown, site

ORDER = (Outcome.FUNDED, Outcome.RECOMMENDED, Outcome.TO_CITY, Outcome.PASSED_ON, Outcome.DEFERRED, Outcome.REJECTED)


def issue_annex(result: Result, *, at: datetime) -> Document:
    """The audit sheet of a result: list, reasons, rounds, channels, rule. Printed once, the same one ever after."""
    if result.annex is not None:
        return result.annex
    found = Result.objects.select_related("meeting__region", "poll", "recount_of", "objection").get(pk=result.pk)
    meeting = found.meeting
    role = duties.office_of(found.by, Verb.MEETING_DECIDE, meeting, found.created_at)
    with override("id"):
        title = _("Audit sheet of the ballot")
        data = annex(found)
    paper = documents.issue(
        kind="result_annex", template="deliberation/minutes", data=data, subject=found, region=meeting.region, at=at,
        office=papers.office(role), title=title,
    )  # fmt: skip
    Result.objects.filter(pk=found.pk, annex=None).update(annex=paper)
    result.annex = paper
    return paper


def annex(result: Result) -> dict[str, Any]:
    """The audit sheet as data; in Indonesian, as official papers are."""
    with override("id"):
        page = shown(result)
        about = [
            [_("Meeting"), result.meeting.title], [_("Ballot"), result.poll.title],
            [_("Result number"), str(result.number)],
            [_("Ballots"), formats.number(page["shown"].voters)], [_("Money"), rupiah(page["shown"].ceiling)],
        ]  # fmt: skip
        if result.recount_of:
            about.append([_("Counted again because"), result.reason])
        if result.objection:
            about.append([_("Objection that was upheld"), result.objection.answer])
        check = [
            [_("Command"), command(result)], [_("File"), site(page["file_url"])],
            [_("Seal of the announcement"), result.poll.rule_hash], [_("SHA-256 of the file"), result.file_hash],
            [_("SHA-256 of the rule of the calculation"), result.rule_hash],
            [_("Version of the calculation"), result.code_version],
        ]  # fmt: skip
        return {
            "language": "id", "letterhead": {"lines": letterhead(result.meeting)}, "number": result.code,
            "blocks": [
                _facts(about),
                *_titled(str(page["chosen"]), [_won(page)]),
                *_titled(str(page["words"]["lost"]), [_list([one.sentence for one in page["lost"]])]),
                *_titled(_("Withdrawn after the ballot was announced"), [_list(_struck(page))]),
                *_titled(_("Beside “most votes first”"), [_table(page["compare_columns"], page["compare_rows"])]),
                *_titled(_("How it was worked out"), [_facts([[a, b] for a, b in page["rule"]]), *_bounds(page)]),
                *_titled(_("Purchases, one after another"), [_table(page["round_columns"], page["round_rows"])]),
                *_titled(_("Who could vote"), [*_people(page)]),
                *_titled(_("How the ballots came in"), [_facts(_channels(page)), *_split(page)]),
                *_titled(_("Check it yourself"), [_facts(check)]),
            ],
        }  # fmt: skip


Block = dict[str, Any]


def _titled(title: str, blocks: list[Block | None]) -> list[Block]:
    there = [block for block in blocks if block]
    return [{"kind": "heading", "text": title}, *there] if there else []


def _facts(rows: list[list[str]]) -> Block:
    return {"kind": "facts", "rows": rows}


def _list(items: list[str]) -> Block | None:
    return {"kind": "list", "items": items} if items else None


def _struck(page: dict[str, Any]) -> list[str]:
    return [f"{one.title}: {one.struck_reason}" for one in page["struck"]]


def _bounds(page: dict[str, Any]) -> list[Block]:
    return [_facts([[what, f"{spent} ({kept})"] for what, kept, spent in page["bounds"]])] if page["bounds"] else []


def _people(page: dict[str, Any]) -> list[Block | None]:
    """The roll and who of it is marked, or who was present; how more ballots than people came about."""
    rows, remark = page["people"], page["poll"].remark
    told: list[Block | None] = [_facts([[label, words] for label, words in rows])] if rows else []
    return [*told, _list([remark] if remark else [])]


def _channels(page: dict[str, Any]) -> list[list[str]]:
    return [[label, formats.number(count)] for label, count in page["channels"]]


def _split(page: dict[str, Any]) -> list[Block | None]:
    return [_table(page["split_columns"], page["split_rows"])]


def _table(columns: list[Any], rows: list[list[Any]]) -> Block | None:
    if not rows:
        return None
    heads = [
        {"title": getattr(one, "label", one), "align": "right" if getattr(one, "number", False) else "left",
         "wide": place == 1 or (len(columns) < 5 and place == 0)}
        for place, one in enumerate(columns)
    ]  # fmt: skip
    cells = [[str(getattr(cell, "text", cell)) for cell in row] for row in rows]
    return {"kind": "table", "columns": heads, "rows": cells}


def _won(page: dict[str, Any]) -> Block | None:
    if not page["won"]:
        return None
    return {
        "kind": "table",
        "columns": [
            {"title": _("No.")}, {"title": _("Proposal"), "wide": True}, {"title": _("Supporters"), "align": "right"},
            {"title": _("Where the money came from"), "wide": True}, {"title": _("Price"), "align": "right"},
        ],
        "rows": [
            [str(one.place), f"{one.title} ({one.code})", formats.number(one.supporters),
             paid or status, rupiah(one.price)]
            for one, status, paid in page["won"]
        ],
        "totals": ["", _("Together"), "", "", rupiah(page["result"].amount)],
    }  # fmt: skip


def priorities(meeting: Meeting) -> list[AgendaItem]:
    """What a closed meeting decided, in order of priority: funded first, in the order of ballots, then the agenda's."""
    place: dict[str, int] = {}
    for result in queries.newest_results(meeting):
        place |= {code: len(place) + nth for nth, code in enumerate(queries.Shown(result).decision["funded"])}
    items = [item for item in meetings.items_of(meeting) if hasattr(item, "decision")]
    rank = {outcome.value: nth for nth, outcome in enumerate(ORDER)}
    return sorted(
        items, key=lambda item: (
            rank.get(item.decision.outcome, 1), place.get(item.proposal.code, len(place)), item.position
        )
    )  # fmt: skip


def issue_priority_list(meeting: Meeting, *, at: datetime) -> Document | None:
    """The priority list of a closed meeting (id: daftar skala prioritas); None while it is open."""
    if meeting.state != MeetingState.CLOSED:
        return None
    with override("id"):
        title = _("Priority list")
    role = duties.office_of(meeting.closed_by, Verb.MEETING_DECIDE, meeting, meeting.closed_at or at)
    return documents.issue(
        kind="priority_list", template="deliberation/minutes", data=priority_list(meeting), subject=meeting,
        region=meeting.region, at=at, office=papers.office(role), title=title,
    )  # fmt: skip


def issued_priority_list(meeting: Meeting) -> Document | None:
    """The priority list that was printed last and stands, if any."""
    found = Document.objects.filter(kind="priority_list", subject_type=meeting._meta.label, subject_id=meeting.pk)
    return found.filter(revoked_at=None).order_by("-id").first()


def priority_list(meeting: Meeting) -> dict[str, Any]:
    """The priority list as data."""
    items = priorities(meeting)
    with override("id"):
        rows = [
            [str(nth), f"{item.proposal.title} ({item.proposal.code}), {item.proposal.place}",
             f"{item.decision.get_outcome_display()}: {item.decision.reason}", rupiah(item.decision.amount)]
            for nth, item in enumerate(items, start=1)
        ]  # fmt: skip
        columns = [
            {"title": _("No.")}, {"title": _("Proposal"), "wide": 2},
            {"title": _("Decision and reason"), "wide": 3}, {"title": _("Agreed"), "align": "right"},
        ]  # fmt: skip
        total = rupiah(sum(item.decision.amount or 0 for item in items))
        table = {"kind": "table", "columns": columns, "rows": rows, "totals": ["", _("Together"), "", total]}
        empty = {"kind": "paragraph", "text": _("No proposal was put to this meeting.")}
        return {
            "language": "id", "letterhead": {"lines": letterhead(meeting)}, "number": meeting.code,
            "blocks": [
                _facts([[_("Meeting"), meeting.title], [_("Budget year"), str(meeting.fiscal_year)]]),
                table if rows else empty,
            ],
        }  # fmt: skip


def priority_csv(meeting: Meeting) -> str:
    """The priority list for a spreadsheet, without words of persons: order, code, title, place, outcome, rupiah."""
    out = io.StringIO()
    sheet = csv.writer(out)
    head = [pgettext("column", "priority"), _("code"), _("proposal"), _("place"), _("stream"), _("decision"),
            _("amount (Rp)"), _("estimate (Rp)"), _("reason")]  # fmt: skip
    sheet.writerow(head)
    for nth, item in enumerate(priorities(meeting), start=1):
        one = item.proposal
        cells = [str(nth), one.code, one.title, one.region.label, one.menu_item.get_stream_display(),
                 item.decision.get_outcome_display(), str(item.decision.amount or ""), str(one.estimated_cost),
                 item.decision.reason]  # fmt: skip
        sheet.writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
