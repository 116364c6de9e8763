"""A spreadsheet file as rows of cells, whatever program wrote it: the door for CSV and XLSX."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pendamping.core.errors import Refused
from pendamping.core.imports.export import unquoted
from pendamping.core.imports.reasons import Reason

WALL_SECONDS = 30
_CHILD = Path(__file__).with_name("child.py")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TABLES = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"<", b"{", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_DELIMITERS = ";,\t|"
_RARE_DELIMITERS = "^~:"
_MOST_BROKEN = 50  # rows with an open quotation mark before the whole file is called damaged


@dataclass(frozen=True)
class Limits:
    """How much of a spreadsheet is read."""

    bytes: int = 10_000_000
    rows: int = 50_000
    columns: int = 200
    entries: int = 500
    unpacked: int = 100_000_000
    ratio: int = 150


@dataclass(frozen=True)
class Row:
    """One row, numbered as the spreadsheet program shows it."""

    number: int
    cells: tuple[Any, ...]
    broken: bool = False  # a quotation mark is opened and not closed: nobody knows where its cells end


@dataclass(frozen=True)
class Sheet:
    """The rows that hold something, the header among them (id: lembar kerja)."""

    rows: tuple[Row, ...]
    sha256: str
    kind: str
    delimiter: str = ""
    encoding: str = ""


def read(source: bytes | str | Path, *, limits: Limits | None = None, delimiter: str = "") -> Sheet:
    """The rows of a CSV or XLSX file, or Refused with the cure; `delimiter` when the sign between columns is known."""
    limits = limits or Limits()
    data = _bytes(source, limits)
    sha256 = hashlib.sha256(data).hexdigest()
    if data.startswith(_OLE):
        raise _refused(Reason.PROTECTED if "EncryptedPackage".encode("utf-16-le") in data else Reason.OLD_EXCEL)
    if data.startswith(b"PK"):
        _check_zip(data, limits)
        return Sheet(tuple(_xlsx_rows(data, limits)), sha256, "xlsx")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_NOT_TABLES):
        raise _refused(Reason.NOT_A_SHEET)
    text, encoding = _decoded(data)
    if delimiter and not _may_cut(delimiter):
        raise _refused(Reason.BAD_DELIMITER, sign=delimiter[:5])
    delimiter = delimiter or _delimiter(text)
    rows = tuple(_csv_rows(text, delimiter, limits))
    if not rows:
        raise _refused(Reason.EMPTY)
    return Sheet(rows, sha256, "csv", delimiter, encoding)


def _refused(reason: Reason, **params: Any) -> Refused:
    return Refused(reason, field="file", **params)


def _bytes(source: bytes | str | Path, limits: Limits) -> bytes:
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source[: limits.bytes + 1])
    else:
        with open(source, "rb") as file:
            data = file.read(limits.bytes + 1)
    if not data.strip():
        raise _refused(Reason.EMPTY)
    if len(data) > limits.bytes:
        raise _refused(Reason.TOO_LARGE, limit=limits.bytes // 1_000_000)
    return data


def _check_zip(data: bytes, limits: Limits) -> None:
    """Look at the table of contents only; nothing is unpacked before this says yes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, UnicodeError, OSError) as problem:
        raise _refused(Reason.DAMAGED) from problem
    names = [entry.filename.lower() for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise _refused(Reason.PROTECTED)
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > limits.entries or unpacked > limits.unpacked or len(names) != len(set(names)):
        raise _refused(Reason.BOMB)
    if unpacked > 1_000_000 and unpacked / packed > limits.ratio:
        raise _refused(Reason.BOMB)
    if any("vbaproject" in name or name.startswith("xl/macrosheets") for name in names):
        raise _refused(Reason.MACROS)
    if "xl/workbook.xml" not in names:
        raise _refused(Reason.NOT_A_SHEET)


def _xlsx_rows(data: bytes, limits: Limits) -> Iterator[Row]:
    command = [sys.executable, "-I", "-X", "utf8", str(_CHILD), str(limits.rows), str(limits.columns)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=WALL_SECONDS, env={}, check=False)  # noqa: S603 (ours)
    except subprocess.TimeoutExpired as problem:
        raise _refused(Reason.BOMB) from problem
    head, *lines = done.stdout.decode().split("\n")
    if done.returncode < 0 or not head:  # killed by a limit
        raise _refused(Reason.BOMB)
    if head != "OK":
        reason = Reason[head]
        raise _refused(reason, limit=limits.rows if reason is Reason.TOO_MANY_ROWS else limits.columns)
    if not lines:
        raise _refused(Reason.EMPTY)
    for line in lines:
        number, cells = json.loads(line)
        yield Row(number, tuple(datetime.fromisoformat(c["day"]) if isinstance(c, dict) else c for c in cells))


def _decoded(data: bytes) -> tuple[str, str]:
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    encoding = next((name for mark, name in marks.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        if encoding != "utf-8":
            raise _refused(Reason.DAMAGED) from problem
        try:
            text, encoding = data.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            raise _refused(Reason.NOT_A_SHEET) from problem
    if "\0" in text:
        raise _refused(Reason.NUL_BYTES)
    return text, encoding


def _may_cut(sign: str) -> bool:
    """Can this sign stand between columns? One sign that is no letter, figure, space or quotation mark."""
    return sign == "\t" or (len(sign) == 1 and not sign.isalnum() and not sign.isspace() and sign != '"')


def _delimiter(text: str) -> str:
    """The sign that cuts the first rows into the most even table; Excel's own "sep=;" line decides at once."""
    match = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    if match and _may_cut(match.group(1)):
        return match.group(1)
    widths = {sign: _widths(text[:50_000], sign) for sign in _DELIMITERS + _RARE_DELIMITERS}
    best = max(_DELIMITERS, key=lambda sign: _evenness(widths[sign]))
    if _evenness(widths[best]) > (0.0, 0):
        return best
    # Colons and the like stand inside words and times too: only when the first row is cut like most others.
    rare = [sign for sign in _RARE_DELIMITERS if widths[sign] and widths[sign][0] == _evenness(widths[sign])[1]]
    return max(rare, key=lambda sign: _evenness(widths[sign]), default=best)


def _widths(head: str, sign: str) -> list[int]:
    """How many cells the first rows have when this sign cuts them; empty rows and a "sep=" line aside."""
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(head, newline=""), delimiter=sign):
            if cells and not _is_sep(cells):
                widths.append(len(cells))
            if len(widths) == 30:
                break
    except csv.Error:
        return []
    return widths


def _evenness(widths: list[int]) -> tuple[float, int]:
    filled = [width for width in widths if width > 1]
    width, times = Counter(filled).most_common(1)[0] if filled else (0, 0)
    share = times / max(1, len(widths))
    return (share, width) if share >= 0.5 else (0.0, 0)  # signs inside words are no table


def _is_sep(cells: list[str]) -> bool:
    return re.fullmatch(r"sep=.?", "".join(cells), re.IGNORECASE) is not None


def _csv_rows(text: str, delimiter: str, limits: Limits) -> Iterator[Row]:
    found = 0
    for number, (cells, broken) in enumerate(_csv_cells(text, delimiter), start=1):
        if number == 1 and _is_sep(cells):
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > limits.columns:
            raise _refused(Reason.TOO_MANY_COLUMNS, limit=limits.columns)
        found += 1
        if found > limits.rows + 1:
            raise _refused(Reason.TOO_MANY_ROWS, limit=limits.rows)
        yield Row(number, tuple(unquoted(cell) for cell in cells), broken)


def _csv_cells(text: str, delimiter: str) -> Iterator[tuple[list[str], bool]]:
    """Rows of cells. One whose quotation mark stays open is handed on alone, and reading goes on at the next line:
    otherwise it would swallow the rows below it without a word."""
    lines = list(io.StringIO(text, newline=""))
    at = broken = 0
    while at < len(lines):
        reader = csv.reader(lines[at:], delimiter=delimiter, strict=True)
        done = 0
        try:
            for cells in reader:
                yield cells, False
                done = reader.line_num
            return
        except csv.Error as problem:
            broken += 1
            at += done
            if broken > _MOST_BROKEN or len(lines[at]) > csv.field_size_limit():
                raise _refused(Reason.DAMAGED) from problem
            yield lines[at].rstrip("\r\n").split(delimiter), True
            at += 1
