"""The month report as a paper and a table, both made from what was frozen when it was sent.

Both go from hand to hand, so neither says why somebody was away.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.core import formats
from pendamping.core.documents import document as documents
from pendamping.core.imports.export import xlsx_bytes
from pendamping.core.models import Document
from pendamping.facilitators.enums.months import MonthState
from pendamping.facilitators.models import MonthReport
from pendamping.facilitators.month_shown import Block, Shown, decision_rows, shown
from pendamping.facilitators.rules.month_figures import without_kinds
from pendamping.regions.models import Region

BLANK = "……………………………"


def title_of(report: MonthReport) -> str:
    with override("id"):
        return _("Report of %(month)s") % {"month": formats.day(report.first_day, "bulan")}


def paper(report: MonthReport) -> dict[str, Any]:
    """The report as blocks for the printed paper."""
    with override("id"):
        told, decided = shown(without_kinds(report.figures)), decision_rows(report, list(report.decisions.all()))
        blocks: list[dict[str, Any]] = [{"kind": "facts", "rows": [*_head(report), *told.facts]}]
        for block in told.blocks:
            blocks += drawn(block)
        if report.note:
            blocks += [
                {"kind": "heading", "text": _("In the person's own words")},
                {"kind": "paragraph", "text": report.note},
            ]
        if decided:
            heads = [(_("Office"), False), (_("Said"), False), (_("Day"), False), (_("Reason"), True)]
            blocks += [{"kind": "heading", "text": _("Decisions")}, table(heads, decided)]
        blocks.append(
            {"kind": "signatures", "items": [
                {"role": _("Made by"), "name": report.account.name},
                {"role": _("Seen by the coordinator"), "name": BLANK},
            ]}
        )  # fmt: skip
        return {
            "language": "id",
            "letterhead": {"lines": [_("Government of %(city)s") % {"city": city_of(report).label}]},
            "number": report.code,
            "blocks": blocks,
        }


def _head(report: MonthReport) -> list[list[str]]:
    sent = formats.day(report.sent_at, "jam")
    return [
        [_("Name"), report.account.name],
        [_("Post"), str(report.get_role_display())],
        [_("Month"), formats.day(report.first_day, "bulan")],
        [_("Sent"), _("%(day)s, late") % {"day": sent} if report.is_late else sent],
    ]


def drawn(block: Block) -> Iterator[dict[str, Any]]:
    """A block as its heading and table on a printed paper."""
    yield {"kind": "heading", "text": block.title}
    if block.rows:
        yield table([(label, not number) for label, number in block.columns], block.rows)
    else:
        yield {"kind": "paragraph", "text": block.none}


def table(columns: list[tuple[str, bool]], rows: list[list[str]]) -> dict[str, Any]:
    """A table of a printed paper."""
    return {"kind": "table", "columns": [{"title": title, "wide": wide} for title, wide in columns], "rows": rows}


def city_of(report: MonthReport) -> Region:
    """The city a report belongs to."""
    place: Region = report.region
    while place.parent is not None:
        place = place.parent
    return place


def issue_report(*, report: MonthReport, at: datetime) -> Document:
    """The report as a verifiable paper (id: cetak laporan bulanan); what changed since makes earlier ones fall."""
    made = documents.issue(
        kind="month_report", template="blocks", data=paper(report), subject=report, region=report.region, at=at,
        office=_office(report), title=title_of(report),
    )  # fmt: skip
    earlier = Document.objects.filter(
        kind="month_report", subject_type=MonthReport._meta.label, subject_id=report.pk, revoked_at=None
    )
    for one in earlier.exclude(pk=made.pk):
        documents.revoke(one, reason=_newer(made.code), at=at)
    return made


def _office(report: MonthReport) -> str:
    with override("id"):
        return str(_("Programme secretariat") if report.state == MonthState.APPROVED else report.get_role_display())


def _newer(code: str) -> str:
    with override("id"):
        return _("Replaced by the newer paper %(code)s.") % {"code": code}


def workbook(report: MonthReport) -> bytes:
    """The same as XLSX, one block below the other."""
    with override("id"):
        told: Shown = shown(without_kinds(report.figures))
        rows: list[list[Any]] = [[title_of(report), report.code], *_head(report), *told.facts]
        for block in told.blocks:
            rows += [[], [block.title], [label for label, _number in block.columns], *(block.rows or [[block.none]])]
        if report.note:
            rows += [[], [_("In the person's own words")], [report.note]]
        return xlsx_bytes(rows, sheet=f"{report.year}-{report.month:02d}")
