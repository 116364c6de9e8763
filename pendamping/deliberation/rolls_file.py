"""A list of voters from a spreadsheet. Nothing of it is kept but what goes on the roll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from pendamping.core.errors import Refused
from pendamping.core.imports import cells
from pendamping.core.imports.plan import Column, find_header
from pendamping.core.imports.sheet import read
from pendamping.deliberation.enums.polls import PollReason
from pendamping.deliberation.rules import rolls as rules
from pendamping.deliberation.services.rolls import Voter

MOST = 20_000
COLUMNS = (
    Column("name", ("nama", "nama lengkap"), required=True),
    Column("identity", ("nomor warga", "no warga", "nik", "nomor", "resident number"), required=True),
    Column("phone", ("telepon", "hp", "no hp", "telephone", "wa")),
    Column("rt", ("rt/rw", "alamat rt")),
)


def _words(row: Sequence[Any], place: int | None) -> str:
    empty = place is None or place >= len(row) or cells.is_empty(row[place])
    return "" if empty else cells.text(row[place])  # type: ignore[index]


def voters(file: IO[bytes]) -> list[Voter]:
    """The rows of a list. Raises Refused: it cannot be read, is too long, or a row (named) lacks something."""
    file.seek(0)
    _header, where, rows = find_header(COLUMNS, read(file.read()))
    if len(rows) > MOST:
        raise Refused(PollReason.ROLL_TOO_LONG, field="file", most=MOST)
    found = []
    for row in rows:
        try:
            facts = {column.name: _words(row.cells, place) for column, place in where.items()}
        except cells.CellProblem as problem:
            raise Refused(PollReason.ROLL_ROW, field="file", row=row.number, why=str(problem)) from problem
        if not any(facts.values()):
            continue
        verdict = rules.may_be_on_roll(
            name=facts["name"], identity=rules.tidy_identity(facts["identity"]), phone=facts["phone"]
        )  # fmt: skip
        if not verdict:
            raise Refused(PollReason.ROLL_ROW, field="file", row=row.number, why=verdict.message)
        found.append(Voter(**facts))
    return found
