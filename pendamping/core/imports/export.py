"""Spreadsheets out: no cell of ours ever becomes a formula in the reader's program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter
from django.http import StreamingHttpResponse
from django.utils import timezone

# What spreadsheet programs may take for a formula, also behind blanks, quotes, or in full width.
_FORMULA = re.compile(r"^(?:'*[\t\r\n]|[\s']*[=+\-@＝＋－＠])")
_PLAIN_NUMBER = re.compile(r"^-\d+(?:[.,]\d+)?$")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_XLSX_TEXT = 32_767
_MOST_XLSX_ROWS = 1_048_576
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def is_formula_like(text: str) -> bool:
    """Could a spreadsheet program run this text?"""
    return _FORMULA.match(text) is not None and _PLAIN_NUMBER.match(text) is None


def safe_cell(value: Any) -> Any:
    """A value as it may stand in CSV: text that looks like a formula gets a quote before it; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return (
            timezone.localtime(value).isoformat(sep=" ", timespec="minutes") if timezone.is_aware(value) else str(value)
        )
    if isinstance(value, date):
        return value.isoformat()
    text = _CONTROLS.sub("", str(value))
    return f"'{text}" if is_formula_like(text) else text


def unquoted(text: str) -> str:
    """The text behind the quote that `safe_cell` put there."""
    return text[1:] if text.startswith("'") and is_formula_like(text[1:]) else text


def csv_text(rows: Iterable[Sequence[Any]], *, delimiter: str = ";") -> Iterator[str]:
    """Lines of CSV. The semicolon is what Excel expects where the comma is the decimal sign."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=delimiter)
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def csv_response(rows: Iterable[Sequence[Any]], filename: str, *, delimiter: str = ";") -> StreamingHttpResponse:
    """Rows as a download, with the mark that tells Excel it is UTF-8."""

    def parts() -> Iterator[str]:
        yield "\ufeff"
        yield from csv_text(rows, delimiter=delimiter)

    response = StreamingHttpResponse(parts(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(filename)}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


_NEVER_RUN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def xlsx_bytes(rows: Iterable[Sequence[Any]], *, sheet: str = "Data") -> bytes:
    """Rows as XLSX: numbers as numbers, days as days, all else as text that is never evaluated."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **_NEVER_RUN}) as book:
        _fill(book, rows, sheet)
    return out.getvalue()


def xlsx_into(out: BinaryIO, rows: Iterable[Sequence[Any]], *, sheet: str = "Data") -> None:
    """The same for many rows: one after the other, with little memory. ValueError for more than a sheet holds."""
    with xlsxwriter.Workbook(out, {"constant_memory": True, **_NEVER_RUN}) as book:
        _fill(book, rows, sheet)


def _fill(book: xlsxwriter.Workbook, rows: Iterable[Sequence[Any]], sheet: str) -> None:
    page = book.add_worksheet(sheet[:31])
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    bold = book.add_format({"bold": True})
    page.freeze_panes(1, 0)
    for down, row in enumerate(rows):
        if down >= _MOST_XLSX_ROWS:
            raise ValueError("more rows than a sheet holds")
        for across, value in enumerate(row):
            if isinstance(value, bool):
                page.write_boolean(down, across, value)
            elif isinstance(value, int | float | Decimal) and abs(float(value)) < 10**15:
                page.write_number(down, across, float(value))
            elif isinstance(value, date) and not isinstance(value, datetime):
                page.write_datetime(down, across, datetime.combine(value, time()), days)
            elif value is not None and value != "":
                page.write_string(down, across, _xlsx_text(value), bold if down == 0 else None)


def _xlsx_text(value: Any) -> str:
    if isinstance(value, datetime):
        return str(safe_cell(value))
    return _CONTROLS.sub("", str(value))[:_MOST_XLSX_TEXT]


def _file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "data"
