"""The training report as a paper and a table. Both leave the office, so small groups are withheld in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.core.documents import document as documents
from pendamping.core.imports.export import xlsx_bytes
from pendamping.core.models import Document
from pendamping.facilitators.month_papers import drawn
from pendamping.regions.models import Region
from pendamping.training import effect_shown
from pendamping.training.queries.effect import Report

KIND = "training_report"


def title_of(report: Report) -> str:
    with override("id"):
        version = report.version
        return _("Training report: %(course)s, version %(number)s") % {
            "course": effect_shown.words(version.course.title), "number": version.number,
        }  # fmt: skip


def paper(report: Report, place: Region) -> dict[str, Any]:
    """The report as blocks for the printed paper."""
    with override("id"):
        told = effect_shown.shown(report, leaves=True)
        blocks: list[dict[str, Any]] = [{"kind": "facts", "rows": [[_("Place"), place.label], *told.facts]}]
        for block in told.blocks:
            blocks += drawn(block)
        blocks += [
            {"kind": "paragraph", "text": effect_shown.field_note(report, leaves=True)},
            {"kind": "paragraph", "text": _("Groups of fewer than five are withheld.")},
        ]
        city = report.version.course.region
        return {
            "language": "id",
            "letterhead": {"lines": [_("Government of %(city)s") % {"city": city.label}]},
            "number": report.version.course.code,
            "blocks": blocks,
        }


def issue_report(*, report: Report, place: Region, at: datetime) -> Document:
    """The report as a verifiable paper (id: cetak laporan pelatihan); a newer one of the same place replaces it."""
    with override("id"):
        office, newer = str(_("Programme secretariat")), _("Replaced by the newer paper %(code)s.")
    made = documents.issue(
        kind=KIND, template="blocks", data=paper(report, place), subject=report.version, region=place, at=at,
        office=office, title=title_of(report),
    )  # fmt: skip
    earlier = Document.objects.filter(
        kind=KIND, subject_type=report.version._meta.label, subject_id=report.version.pk, region_path=place.path,
        revoked_at=None,
    )  # fmt: skip
    for one in earlier.exclude(pk=made.pk):
        documents.revoke(one, reason=newer % {"code": made.code}, at=at)
    return made


def workbook(report: Report, place: Region) -> bytes:
    """The same as XLSX, one block below the other."""
    with override("id"):
        told = effect_shown.shown(report, leaves=True)
        rows: list[list[Any]] = [[title_of(report), report.version.course.code], [_("Place"), place.label], *told.facts]
        for block in told.blocks:
            rows += [[], [block.title], [label for label, _number in block.columns], *(block.rows or [[block.none]])]
        rows += [[], [effect_shown.field_note(report, leaves=True)], [_("Groups of fewer than five are withheld.")]]
        return xlsx_bytes(rows, sheet=_("Training"))
