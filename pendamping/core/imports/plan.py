"""Rows into records: try first, then all or nothing, or the good rows only; sent twice, taken once."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from pendamping.core.errors import Refused
from pendamping.core.imports import cells
from pendamping.core.imports.batch import ImportBatch, ImportedRow
from pendamping.core.imports.cells import CellProblem
from pendamping.core.imports.reasons import Reason
from pendamping.core.imports.report import Report, RowProblem
from pendamping.core.imports.sheet import Row, Sheet
from pendamping.core.personal.crypt import blind_index

Mode = Literal["all", "good"]
Progress = Callable[[int, int], None]
CHUNK = 25  # rows a transaction: others write between two of them
_HEADER_WITHIN = 15  # offices put titles above their tables


@dataclass(frozen=True, eq=False)
class Column:
    """One column we read: its name, other headers for it, and what its cells mean."""

    name: str
    aliases: Sequence[str] = ()
    parser: Callable[[Any], Any] = cells.text
    required: bool = False
    default: Any = None


class Importer:
    """What one kind of spreadsheet means: subclass with `name`, `columns`, `key` and `apply`."""

    name: ClassVar[str]
    columns: ClassVar[Sequence[Column]]

    def key(self, row: dict[str, Any]) -> str:
        """What makes a row the same row next time, as text."""
        raise NotImplementedError

    def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> models.Model | None:
        """Make the record of a new row by calling a service; raise CellProblem or Refused when it cannot be."""
        raise NotImplementedError

    def change(self, row: dict[str, Any], known: ImportedRow, *, by: Any, at: datetime) -> None:
        """Carry a row that changed since its import into its record. Refuses unless an importer knows better."""
        raise CellProblem(
            "changed_since", _("This row was imported before with other contents. Change the record itself.")
        )


class _Undo(Exception):
    """Leaves a transaction without keeping anything."""


def run(
    importer: Importer,
    sheet: Sheet,
    *,
    mode: Mode = "all",
    dry_run: bool,
    by: Any,
    at: datetime,
    progress: Progress | None = None,
) -> Report:
    """Import a sheet. Mode "all" writes every row or none; "good" writes the right ones, chunk by chunk, so that a
    run cut off goes on where it stopped when the file is sent again."""
    if dry_run or mode == "all":
        trial = _Run(importer, sheet, mode, by, at, progress)
        trial.go(keep=False)
        if dry_run or trial.report.refused:
            trial.report.dry_run = dry_run
            return trial.report
    real = _Run(importer, sheet, mode, by, at, progress)
    real.batch = ImportBatch.objects.create(
        created_at=at, importer=importer.name, sha256=sheet.sha256, mode=mode, actor_uid=getattr(by, "uid", None)
    )
    real.report.batch, real.report.dry_run = real.batch, False
    if mode == "good":
        real.go(keep=True)
    else:
        try:
            with transaction.atomic():
                real.go(keep=True)
                if real.report.refused:  # something changed between the trial and now
                    raise _Undo
        except _Undo:
            real.report.added = real.report.changed = 0
    real.finish()
    return real.report


class _Run:
    """One pass over a sheet."""

    def __init__(
        self, importer: Importer, sheet: Sheet, mode: Mode, by: Any, at: datetime, progress: Progress | None
    ) -> None:
        self.importer, self.by, self.at, self.progress = importer, by, at, progress
        header, self.places, self.rows = find_header(importer.columns, sheet)
        self.report = Report(importer.name, mode, True, tuple(str(cell) for cell in header.cells))
        self.batch: ImportBatch  # set before anything is kept
        self.seen: dict[str, int] = {}

    def go(self, *, keep: bool) -> None:
        """Each chunk in one short transaction, undone again when nothing is to be kept."""
        for chunk in _chunks(self.rows, CHUNK):
            read = [(row, *self._read(row)) for row in chunk]
            try:
                with transaction.atomic():
                    known = self._known(key for _row, key, _values in read if key)
                    for row, key, values in read:
                        if key:
                            self._take(row, key, values, known.get(key), keep)
                    if not keep:
                        raise _Undo
            except _Undo:
                pass
            if self.progress is not None:
                self.progress(self.report.rows, len(self.rows))

    def finish(self) -> None:
        """Write the counts into the batch, in a transaction of its own."""
        counts = {name: getattr(self.report, name) for name in ("rows", "added", "already", "changed", "refused")}
        ImportBatch.objects.filter(pk=self.batch.pk).update(finished_at=self.at, **counts)
        self.batch.refresh_from_db()

    def _read(self, row: Row) -> tuple[str, dict[str, Any]]:
        """The row's key and values; an empty key when a cell was refused."""
        self.report.rows += 1
        values: dict[str, Any] = {}
        problems: list[RowProblem] = []
        for column, place in self.places.items():
            cell = row.cells[place] if place is not None and place < len(row.cells) else None
            try:
                values[column.name] = self._cell(column, cell)
            except CellProblem as problem:
                header = str(self.report.header[place]) if place is not None else column.name
                problems.append(RowProblem(row.number, header, problem.code, problem.sentence))
        key = ""
        if row.broken:
            sentence = _("A quotation mark in this row is not closed. Delete it, or close it in the same cell.")
            problems = [RowProblem(row.number, "", "open_quote", sentence)]
        if not problems:
            key = blind_index(self.importer.key(values), purpose=f"import/{self.importer.name}")
            if key in self.seen:
                sentence = _("This row repeats row %(row)d. Delete one of them.") % {"row": self.seen[key]}
                problems.append(RowProblem(row.number, "", "twice_in_file", sentence))
        if problems:
            self.report.refuse(row.number, row.cells, problems)
            return "", values
        self.seen[key] = row.number
        return key, values

    def _cell(self, column: Column, cell: Any) -> Any:
        if not cells.is_empty(cell):
            return column.parser(cell)
        if column.required:
            raise CellProblem("missing", _("The cell is empty. Fill it in."))
        return column.default

    def _known(self, keys: Iterable[str]) -> dict[str, ImportedRow]:
        found = ImportedRow.objects.filter(importer=self.importer.name, key__in=list(keys))
        return {row.key: row for row in found}

    def _take(self, row: Row, key: str, values: dict[str, Any], known: ImportedRow | None, keep: bool) -> None:
        fingerprint = blind_index(json.dumps(values, sort_keys=True, default=str), purpose="import/fingerprint")
        if known is not None and known.fingerprint == fingerprint:
            self.report.already += 1
            return
        try:
            with transaction.atomic():
                if known is None:
                    subject = self.importer.apply(values, by=self.by, at=self.at)
                    self._remember(row, key, fingerprint, subject, keep)
                else:
                    self.importer.change(values, known, by=self.by, at=self.at)
                    ImportedRow.objects.filter(pk=known.pk).update(fingerprint=fingerprint)
        except CellProblem as problem:
            self.report.refuse(row.number, row.cells, [RowProblem(row.number, "", problem.code, problem.sentence)])
        except Refused as refusal:
            header = self._header_of(refusal.field)
            self.report.refuse(row.number, row.cells, [RowProblem(row.number, header, refusal.code, refusal.message)])
        except IntegrityError:
            if not self._known([key]):
                raise
            self.report.already += 1  # the same file, sent twice at the same moment
        else:
            if known is None:
                self.report.added += 1
            else:
                self.report.changed += 1

    def _remember(self, row: Row, key: str, fingerprint: str, subject: models.Model | None, keep: bool) -> None:
        if not keep:
            return
        ImportedRow.objects.create(
            batch=self.batch,
            importer=self.importer.name,
            key=key,
            fingerprint=fingerprint,
            number=row.number,
            subject_type=subject._meta.label if subject is not None else "",
            subject_id=subject.pk if subject is not None else None,
        )

    def _header_of(self, name: str) -> str:
        for column, place in self.places.items():
            if column.name == name and place is not None:
                return self.report.header[place]
        return ""


def find_header(columns: Sequence[Column], sheet: Sheet) -> tuple[Row, dict[Column, int | None], tuple[Row, ...]]:
    """The row that names the columns (among the first), where each column stands, and the rows below it."""
    best: tuple[int, int, dict[Column, int | None]] | None = None
    for index, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        places = _places(columns, row)
        found = sum(place is not None for place in places.values())
        if found and (best is None or found > best[0]):
            best = found, index, places
    places = best[2] if best else dict.fromkeys(columns)
    missing = [column.name for column in columns if column.required and places[column] is None]
    if best is None or missing:
        raise Refused(Reason.NO_HEADER, field="file", missing=", ".join(missing or [c.name for c in columns]))
    header, below = sheet.rows[best[1]], sheet.rows[best[1] + 1 :]
    if not below:
        raise Refused(Reason.EMPTY, field="file")
    return header, places, below


def _places(columns: Sequence[Column], row: Row) -> dict[Column, int | None]:
    heads: dict[str, list[int]] = {}
    for place, cell in enumerate(row.cells):
        heads.setdefault(cells.plain(str(cell)), []).append(place)
    places: dict[Column, int | None] = {}
    for column in columns:
        names = {cells.plain(name) for name in (column.name, *column.aliases)}
        found = [place for name in names for place in heads.get(name, [])]
        if len(found) > 1:
            raise Refused(Reason.DOUBLE_HEADER, field="file", column=str(row.cells[found[0]]))
        places[column] = found[0] if found else None
    return places


def _chunks(rows: Sequence[Row], size: int) -> Iterator[list[Row]]:
    walk = iter(rows)
    while chunk := list(itertools.islice(walk, size)):
        yield chunk
