"""Data and a template in, a PDF out: tagged, titled, in the reader's language, with nothing fetched from anywhere."""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import segno
import typst
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image

if TYPE_CHECKING:
    from pendamping.core.images.photo import Photo

ROOT = Path(__file__).resolve().parents[2]
PHOTO_EDGE = 900
_NAME = re.compile(r"^(?:([a-z_]+)/)?([a-z_]+)$")
_NOT_IN_OUR_FONTS = re.compile(
    r"[^\n\u0020-\u007e\u00a0-\u017f\u0391-\u03c9\u2010-\u2026\u2032\u20ac\u2190-\u2193\u2212\u2264\u2265]"
)
_one_at_a_time = threading.Lock()  # a Compiler is not made for two threads
_compiler: typst.Compiler | None = None


class PaperBroken(RuntimeError):
    """A template or its data is wrong: a mistake of ours, never of the reader."""


def render(template: str, data: Mapping[str, Any], *, at: datetime | None = None, tags: bool = True) -> bytes:
    """The PDF of a template ("blocks", or "needs/receipt" for pendamping/needs/documents/receipt.typ).

    Data travels as JSON, so nothing in it can become markup. `tags=False` is for bulk papers of many tables, which
    tags make ten times larger.
    """
    path = template_path(template)
    facts = {"language": "id", **data}
    with override(facts["language"]):
        facts["words"] = {**_words(), **data.get("words", {})}
    moment = int((at or datetime.now(UTC)).timestamp())
    try:
        return _compile(path, facts, moment, tags)
    except PaperBroken as problem:
        if "could not be displayed" not in str(problem):
            raise
    # Somebody wrote a letter or picture sign our fonts lack: one sign is lost rather than the whole paper.
    return _compile(path, _printable(facts), moment, tags)


def _compile(path: Path, facts: dict[str, Any], moment: int, tags: bool) -> bytes:
    text = json.dumps(facts, ensure_ascii=False, default=str)
    with _one_at_a_time:
        try:
            pdf, warnings = _the_compiler().compile_with_warnings(
                input=str(path),
                format="pdf",
                sys_inputs={"data": text},
                pdf_standards=["ua-1"] if tags else [],
                pdf_tags=tags,
                timestamp=moment,
            )
        except RuntimeError as problem:
            raise PaperBroken(f"{path.stem}: {problem}") from problem
    if warnings:  # a missing font is only a warning to the compiler; on paper it is missing letters
        raise PaperBroken(f"{path.stem}: " + "; ".join(str(warning) for warning in warnings))
    return cast("bytes", pdf)  # one file, since the format is PDF


def _printable(value: Any) -> Any:
    """The same data with signs that no font of ours holds shown as a question mark."""
    if isinstance(value, str):
        return _NOT_IN_OUR_FONTS.sub("?", value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple) and not (value and isinstance(value[0], int)):  # numbers are a picture's bytes
        return [_printable(one) for one in value]
    return value


def template_path(name: str) -> Path:
    """Where a template stands; an unknown or strange name is a mistake."""
    match = _NAME.match(name)
    if match is None:
        raise PaperBroken(f"not a template name: {name!r}")
    app, paper = match.groups()
    folder = ROOT / app / "documents" if app else Path(__file__).with_name("templates")
    path = folder / f"{paper}.typ"
    if not path.is_file():
        raise PaperBroken(f"no such template: {name}")
    return path


def qr(text: str) -> list[int]:
    """A QR code as SVG bytes, ready to be put into data."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=1, xmldecl=False, svgns=True)
    return list(out.getvalue())


def picture(photo: Photo) -> list[int]:
    """A kept photo as JPEG bytes, ready to be put into data: JPEG enters a PDF as it is, WebP grows tenfold."""
    with photo.file.open("rb") as stored, Image.open(stored) as image:
        image.thumbnail((PHOTO_EDGE, PHOTO_EDGE))
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=80, optimize=True)
    return list(out.getvalue())


def _words() -> dict[str, str]:
    return {
        "number": _("Number"),
        "page": _("Page"),
        "of": _("of"),
        "check": _("Check that this paper is genuine:"),
    }


def _the_compiler() -> typst.Compiler:
    global _compiler
    if _compiler is None:
        _compiler = typst.Compiler(root=str(ROOT), ignore_system_fonts=True)
    return _compiler
