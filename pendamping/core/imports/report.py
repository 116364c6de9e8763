"""What came of an import, for people, for programs, and as a file to mend and send again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pendamping.core.imports.export import csv_text

MOST_LINES = 200


@dataclass(frozen=True)
class RowProblem:
    """Why a row was not taken: where to look, what is wrong, how to mend it."""

    row: int
    column: str
    code: str
    sentence: str

    def __str__(self) -> str:
        place = _("Row %(row)d, column %(column)s") if self.column else _("Row %(row)d")
        return f"{place % {'row': self.row, 'column': self.column}}: {self.sentence}"


@dataclass
class Report:
    """The outcome of one run (id: laporan impor). A dry run and the run after it count the same."""

    importer: str
    mode: str
    dry_run: bool
    header: tuple[str, ...] = ()
    rows: int = 0
    added: int = 0
    already: int = 0
    changed: int = 0
    refused: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    refused_rows: dict[int, Sequence[Any]] = field(default_factory=dict, repr=False)
    batch: Any = None

    @property
    def written(self) -> bool:
        """Whether anything was, or could have been, written."""
        return not self.dry_run and not (self.mode == "all" and self.refused)

    def refuse(self, row: int, cells: Sequence[Any], problems: Sequence[RowProblem]) -> None:
        """Count a row as refused."""
        self.refused += 1
        self.problems.extend(problems)
        self.refused_rows[row] = cells

    def summary(self) -> str:
        """One sentence of counts."""
        counts = {"rows": self.rows, "added": self.added, "already": self.already, "changed": self.changed}
        text = _(
            "%(rows)d rows: %(added)d new, %(already)d there already, %(changed)d changed, %(refused)d refused."
        ) % {
            **counts,
            "refused": self.refused,
        }
        if self.mode == "all" and self.refused:
            text += " " + _("Nothing was written, because every row has to be right.")
        elif self.dry_run:
            text += " " + _("This was a trial: nothing was written.")
        return text

    def as_text(self) -> str:
        """For a terminal or a mail."""
        lines = [self.summary(), *(str(problem) for problem in self.problems[:MOST_LINES])]
        if len(self.problems) > MOST_LINES:
            lines.append(_("… and %(more)d more.") % {"more": len(self.problems) - MOST_LINES})
        return "\n".join(lines) + "\n"

    def as_dict(self) -> dict[str, Any]:
        """For the API."""
        counts = {name: getattr(self, name) for name in ("rows", "added", "already", "changed", "refused")}
        return {
            "importer": self.importer,
            "mode": self.mode,
            "dry_run": self.dry_run,
            "written": self.written,
            **counts,
            "problems": [vars(problem) for problem in self.problems],
        }

    def to_mend(self) -> Iterator[Sequence[Any]]:
        """The refused rows as they came, with what to mend beside them: correct this file and send it again."""
        yield [*self.header, _("Row in the first file"), _("What to mend")]
        sentences: dict[int, list[str]] = {}
        for problem in self.problems:
            said = f"{problem.column}: {problem.sentence}" if problem.column else problem.sentence
            sentences.setdefault(problem.row, []).append(said)
        for row, cells in self.refused_rows.items():
            padded = [*cells, *[""] * (len(self.header) - len(cells))][: len(self.header)]
            yield [*padded, row, " ".join(sentences.get(row, []))]

    def to_mend_csv(self) -> str:
        """The same as CSV, safe to open."""
        return "\ufeff" + "".join(csv_text(self.to_mend()))
