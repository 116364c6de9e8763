"""Medians, percentiles, tables on the terminal and JSON beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

RESULTS = Path(__file__).parent / "results"


@dataclass
class Table:
    """One table of figures: rows of cells under headings, and what missed its budget."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, *cells: Any) -> None:
        self.rows.append(cells)

    def budget(self, met: bool, sentence: str) -> None:
        """Say whether a budget is kept."""
        (self.notes if met else self.missed).append(sentence)

    def as_text(self) -> str:
        """As Markdown, so that it can be pasted into the README."""
        lines = [[str(column) for column in self.columns], *([_cell(cell) for cell in row] for row in self.rows)]
        widths = [max(len(line[place]) for line in lines) for place in range(len(self.columns))]
        drawn = ["| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines]
        drawn.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
        said = [f"- {note}" for note in self.notes] + [f"- OVER BUDGET: {sentence}" for sentence in self.missed]
        return "\n".join([f"## {self.title}", "", *drawn, "", *said])


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}" if abs(value) < 100 else f"{value:.0f}"
    return str(value)


def percentile(times: Iterable[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def middle(values: Iterable[float]) -> float:
    """The median; no value, no number."""
    known = list(values)
    return median(known) if known else float("nan")


def write(name: str, facts: dict[str, Any], tables: Sequence[Table]) -> Path:
    """Keep the figures of a question beside the machine they were measured on."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    kept = [
        {"title": t.title, "columns": list(t.columns), "rows": t.rows, "notes": t.notes, "over_budget": t.missed}
        for t in tables
    ]
    path.write_text(json.dumps({"machine": facts, "tables": kept}, indent=1, default=str), "utf-8")
    return path
