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


@dataclass(frozen=True)
class Sheet:
    """The rows that hold something, the header among them (id: lembar kerja)."""

    rows: tuple[Row, ...]
    sha256: str
    kind: str
    delimiter: str = ""
    encoding: str = ""


def read(source: bytes | str | Path, *, limits: Limits | None = None) -> Sheet:
    """The rows of a CSV or XLSX file, or Refused with the cure."""
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
    delimiter = _delimiter(text)
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


def _delimiter(text: str) -> str:
    """The sign that cuts the first rows into the most even table; Excel's own "sep=;" line decides at once."""
    if match := re.match(r"sep=([;,\t|])\r?\n", text, re.IGNORECASE):
        return match.group(1)
    head = text[:50_000]

    def score(sign: str) -> tuple[float, int]:
        widths: list[int] = []
        try:
            for cells in csv.reader(io.StringIO(head, newline=""), delimiter=sign):
                widths.append(len(cells))
                if len(widths) == 30:
                    break
        except csv.Error:
            return 0.0, 0
        filled = [width for width in widths if width > 1]
        width, times = Counter(filled).most_common(1)[0] if filled else (0, 0)
        share = times / max(1, len([w for w in widths if w]))
        return (share, width) if share >= 0.5 else (0.0, 0)  # signs inside words are no table

    return max(_DELIMITERS, key=score)


def _csv_rows(text: str, delimiter: str, limits: Limits) -> Iterator[Row]:
    found = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if number == 1 and re.fullmatch(r"sep=.?", "".join(cells), re.IGNORECASE):
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > limits.columns:
                raise _refused(Reason.TOO_MANY_COLUMNS, limit=limits.columns)
            found += 1
            if found > limits.rows + 1:
                raise _refused(Reason.TOO_MANY_ROWS, limit=limits.rows)
            yield Row(number, tuple(unquoted(cell) for cell in cells))
    except csv.Error as problem:
        raise _refused(Reason.DAMAGED) from problem
