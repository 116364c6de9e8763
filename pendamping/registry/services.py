"""Acts on files: try one, write one."""

from __future__ import annotations

from datetime import datetime
from typing import IO, Any

from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.imports import plan
from pendamping.core.imports.batch import ImportBatch
from pendamping.core.imports.registry import Kind, find
from pendamping.core.imports.report import Report
from pendamping.core.imports.sheet import Sheet
from pendamping.regions.models import Region
from pendamping.registry import rules


def try_file(*, by: Any, at: datetime, city: Region, kind: str, file: IO[bytes], good_rows: bool) -> tuple[Report, str]:
    """What would come of a file, and its digest; nothing is kept. Raises Refused: it cannot be read."""
    known, sheet = _read(kind, file)
    mode: plan.Mode = "good" if good_rows else "all"
    report = plan.run(known.importer(city), sheet, mode=mode, dry_run=True, by=by, at=at)  # type: ignore[misc]
    return report, sheet.sha256


@act("registry.file_taken")
def take_file(
    *, by: Any, at: datetime, city: Region, kind: str, file: IO[bytes], tried: str, good_rows: bool
) -> ImportBatch:
    """Write the rows of a file that was tried (id: mengimpor berkas). The act writes what each row writes.

    Raises Refused: not the file that was tried, or rows are refused and all of them were wanted.
    """
    known, sheet = _read(kind, file)
    rules.may_write(tried=tried, sha256=sheet.sha256).or_raise()
    mode: plan.Mode = "good" if good_rows else "all"
    report = plan.run(known.importer(city), sheet, mode=mode, dry_run=False, by=by, at=at)  # type: ignore[misc]
    rules.may_keep(refused_rows=report.refused, good_rows=good_rows).or_raise()
    batch: ImportBatch = report.batch
    counts = {name: getattr(report, name) for name in ("rows", "added", "already", "changed", "refused")}
    journal.record(
        "registry.file_taken",
        subject=batch,
        region=city,
        by=by,
        at=at,
        changes={"file_kind": kind, **counts},
        public=False,
    )
    return batch


def _read(kind: str, file: IO[bytes]) -> tuple[Kind, Sheet]:
    known = find(kind)
    file.seek(0)
    sheet = known.read(file.read())
    rules.may_read(len(sheet.rows)).or_raise()
    return known, sheet
