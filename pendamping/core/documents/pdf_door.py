"""May this PDF come in? One door for pages, API, imports and packets; what passes is kept byte for byte."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.http import HttpResponse

from pendamping.core.documents.pdf_reasons import Reason
from pendamping.core.errors import Refused

KIND = "application/pdf"
MAX_BYTES = 10 * 1000 * 1000
MAX_PAGES = 40
WALL_SECONDS = 30  # the limit of CPU time is the strict one; a busy machine is nobody's fault
_CHILD = Path(__file__).with_name("pdf_child.py")
_seats = threading.BoundedSemaphore(2)  # readers at once: each may take some hundred MB for a moment


@dataclass(frozen=True)
class CleanPdf:
    """A PDF that holds pages and nothing that acts (id: PDF bersih)."""

    data: bytes
    pages: int
    sha256: str
    kind: str = KIND

    def __str__(self) -> str:
        return self.sha256  # what an act's digest compares: the same file sent twice is the same file


def is_pdf(head: bytes) -> bool:
    """By its first bytes; the file name and the declared type are never asked."""
    return head.startswith(b"%PDF-")


def admit(upload: bytes | IO[bytes]) -> CleanPdf:
    """Take a PDF in, or raise Refused. Takes some tenths of a second: call it before a transaction, never inside."""
    data = _read(upload)
    if not is_pdf(data):
        raise Refused(Reason.NOT_A_PDF, field="file")
    facts = _looked_through(data)
    if "refused" in facts:
        raise Refused(Reason[facts["refused"]], field="file", pages=facts.get("pages", 0), limit=MAX_PAGES)
    return CleanPdf(data=data, pages=facts["pages"], sha256=hashlib.sha256(data).hexdigest())


def _read(upload: bytes | IO[bytes]) -> bytes:
    if isinstance(upload, bytes | bytearray | memoryview):
        data, size = bytes(upload), len(upload)
    else:
        upload.seek(0)
        data = upload.read(MAX_BYTES + 1)
        size = max(len(data), getattr(upload, "size", None) or 0)
    if not data:
        raise Refused(Reason.EMPTY, field="file")
    if size > MAX_BYTES:
        raise Refused(Reason.TOO_LARGE, field="file", megabytes=-(-size // 1_000_000), limit=MAX_BYTES // 1_000_000)
    return data


def _looked_through(data: bytes) -> dict[str, Any]:
    command = [sys.executable, "-I", str(_CHILD), str(MAX_PAGES)]
    with _seats:
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=WALL_SECONDS, env={}, check=False)  # noqa: S603 (our own file)
        except subprocess.TimeoutExpired:
            return {"refused": "TOO_HEAVY"}
    try:
        facts: dict[str, Any] = json.loads(done.stdout)
    except ValueError:  # killed by a limit, or crashed in the parser
        return {"refused": "TOO_HEAVY"}
    return facts


def sandboxed(data: bytes, *, kind: str, filename: str) -> HttpResponse:
    """A kept file as an answer: always a download, never opened within this site. Who may have it, the caller asked."""
    answer = HttpResponse(data, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
