"""The limited process that looks through one PDF: stdin in, one line of JSON out, no files, no network, little time.

Run by path with `python -I`, so it imports nothing of Django or of this project. It walks every object of the file and
says what it found, or why the file is refused. Whatever goes wrong, the server is another process.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NullObject

CPU_SECONDS = 8
MEMORY_BYTES = 512 * 1024**2
MOST_OBJECTS = 50_000
MOST_VALUES = 500_000

# What makes a paper act by itself, or carry something else inside (PDF 32000-1, 12.6 and 7.11).
ACTIVE_KEYS = frozenset(
    {"/JavaScript", "/JS", "/AA", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
)
ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/ResetForm", "/GoToE", "/GoToR", "/Rendition", "/Movie",
     "/Sound", "/RichMediaExecute", "/GoTo3DView", "/SetOCGState"}
)  # fmt: skip
ACTIVE_KINDS = frozenset({"/EmbeddedFile", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/FileAttachment"})


class Refusal(Exception):
    """Why this file is not taken in: the name of a reason, and its numbers."""


def main() -> None:
    """Argument: the most pages."""
    most_pages = int(sys.argv[1])
    logging.disable(logging.CRITICAL)  # what pypdf finds odd is for nobody to read
    data = sys.stdin.buffer.read()
    _warm_up()
    _limit()
    try:
        facts = look(data, most_pages)
    except Refusal as refusal:
        facts = {"refused": refusal.args[0], **refusal.args[1]}
    except (MemoryError, RecursionError):
        facts = {"refused": "TOO_HEAVY"}
    except Exception as problem:  # a parser may raise anything on hostile bytes, and each means the same to a person
        reason = "LOCKED" if b"/Encrypt" in data else "DAMAGED"  # a locked one may not even be readable so far
        facts = {"refused": reason, "detail": type(problem).__name__}
    sys.stdout.write(json.dumps(facts) + "\n")


def _warm_up() -> None:
    """Go the whole way once with a paper of ours, because modules imported late could not be opened any more."""
    sample, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(72, 72)
    writer.write(sample)
    look(sample.getvalue(), 1)


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def look(data: bytes, most_pages: int) -> dict[str, Any]:
    """The number of pages of a quiet PDF, or Refusal."""
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Refusal("LOCKED", {})
    _opens_quietly(reader.root_object.get("/OpenAction"))
    numbers = _numbers(reader)
    if len(numbers) > MOST_OBJECTS:
        raise Refusal("TOO_HEAVY", {})
    budget = [MOST_VALUES]
    for number, generation in numbers:
        found = IndirectObject(number, generation, reader).get_object()
        if found is not None:
            _walk(found, budget)
    _walk(reader.trailer, budget)
    pages = len(reader.pages)
    if pages == 0:
        raise Refusal("DAMAGED", {})
    if pages > most_pages:
        raise Refusal("TOO_MANY_PAGES", {"pages": pages})
    return {"pages": pages}


def _numbers(reader: PdfReader) -> set[tuple[int, int]]:
    """Every object the file declares, plain or packed in an object stream."""
    plain = {(number, generation) for generation, rows in reader.xref.items() for number in rows}
    return plain | {(number, 0) for number in reader.xref_objStm}


def _opens_quietly(action: Any) -> None:
    """A destination to open at is harmless; an action is not."""
    action = action.get_object() if isinstance(action, IndirectObject) else action
    if isinstance(action, DictionaryObject) and action.get("/S") != "/GoTo":
        raise Refusal("ACTIVE", {"detail": "/OpenAction"})


def _walk(found: Any, budget: list[int]) -> None:
    """Look at one object and what stands directly in it; what it refers to is looked at on its own turn."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        budget[0] -= 1
        if budget[0] < 0:
            raise Refusal("TOO_HEAVY", {})
        if isinstance(one, DictionaryObject):
            _is_quiet(one)
            waiting.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))


def _is_quiet(one: DictionaryObject) -> None:
    for key in one:
        if key in ACTIVE_KEYS and not isinstance(one.raw_get(key), NullObject):
            raise Refusal("ACTIVE", {"detail": str(key)})
    for key, active in (("/S", ACTIVE_ACTIONS), ("/Type", ACTIVE_KINDS), ("/Subtype", ACTIVE_KINDS)):
        value = one.get(key)
        if isinstance(value, NameObject) and value in active:
            raise Refusal("ACTIVE", {"detail": str(value)})


if __name__ == "__main__":
    main()
