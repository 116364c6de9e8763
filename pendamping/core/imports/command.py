"""Running a spreadsheet import from the command line, with progress and a report people can work with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from pendamping.core.imports import plan
from pendamping.core.imports.sheet import Sheet
from pendamping.core.imports.sheet import read as read_sheet


def run_sheet(
    importer: plan.Importer,
    options: dict[str, Any],
    write: Callable[[str], None],
    *,
    by: Any = None,
    only: Callable[[Sheet], Sheet] | None = None,
    read: Callable[..., Sheet] = read_sheet,
) -> bool:
    """Read, try or write, print the report; True when no row was refused."""
    if not Path(options["file"]).is_file():
        raise CommandError(f"There is no file {options['file']}.")
    sheet = read(Path(options["file"]), delimiter=options.get("delimiter") or "")
    if only is not None:
        sheet = only(sheet)
    report = plan.run(
        importer,
        sheet,
        mode="good" if options["good_rows"] else "all",
        dry_run=not options["write"],
        by=by,
        at=timezone.now(),
        progress=bar(sys.stderr) if sys.stderr.isatty() else None,
    )
    write(report.as_text())
    if options.get("report") and report.refused:
        Path(options["report"]).write_text(report.to_mend_csv(), "utf-8")
        write(f"Refused rows: {options['report']}")
    return not report.refused


def bar(stream: Any) -> plan.Progress:
    """A progress bar of forty cells on a terminal."""

    def show(done: int, whole: int) -> None:
        filled = 40 * done // max(whole, 1)
        stream.write(f"\r[{'█' * filled}{'·' * (40 - filled)}] {done}/{whole}")
        stream.write("\n" if done >= whole else "")
        stream.flush()

    return show
