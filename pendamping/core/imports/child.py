"""The limited process that unpacks one XLSX file: stdin in, one JSON line per row out.

A few kilobytes can claim a table of 16,384 × 1,048,576 cells; what that costs is spent here and not in the server.
Run by path with `python -I`; imports nothing of Django or of this project.
"""

from __future__ import annotations

import datetime
import io
import json
import resource
import sys
from typing import Any

import python_calamine

CPU_SECONDS = 20
MEMORY_BYTES = 768 * 1024**2


def main() -> None:
    """Argument: the most rows and the most columns; the answer's first line tells whether it worked."""
    most_rows, most_columns = int(sys.argv[1]), int(sys.argv[2])
    data = sys.stdin.buffer.read()
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    try:
        answer = rows(data, most_rows, most_columns)
    except python_calamine.PasswordError:
        answer = ["PROTECTED"]
    except BaseException:  # a panic of the reader is not an Exception; to a person all of them mean the same
        answer = ["DAMAGED"]
    sys.stdout.write("\n".join(answer))


def rows(data: bytes, most_rows: int, most_columns: int) -> list[str]:
    """The first visible sheet as JSON lines: row number, then cells."""
    book = python_calamine.load_workbook(io.BytesIO(data))
    wanted = python_calamine.SheetTypeEnum.WorkSheet, python_calamine.SheetVisibleEnum.Visible
    names = [sheet.name for sheet in book.sheets_metadata if (sheet.typ, sheet.visible) == wanted]
    if not names:
        return ["EMPTY"]
    sheet = book.get_sheet_by_name(names[0])
    if sheet.total_width > most_columns:
        return ["TOO_MANY_COLUMNS"]
    answer = ["OK"]
    table = sheet.to_python(skip_empty_area=False)
    _fill_down(table, sheet.merged_cell_ranges or [])
    for number, cells in enumerate(table, start=1):
        if any(cell != "" for cell in cells):
            answer.append(json.dumps([number, [_plain(cell) for cell in cells]]))
        if len(answer) > most_rows + 1:
            return ["TOO_MANY_ROWS"]
    return answer


def _fill_down(table: list[list[Any]], merged: list[Any]) -> None:
    """A cell merged over several rows ("one ward, five RW") is read in each of them."""
    for (top, left), (bottom, _right) in merged:
        for row in table[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "":
                row[left] = table[top][left]


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime.datetime | datetime.date):
        return {"day": cell.isoformat()}
    return cell if isinstance(cell, str | int | float | bool) else str(cell)


if __name__ == "__main__":
    main()
