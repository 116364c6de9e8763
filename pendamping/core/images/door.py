"""May this file come in as a photo, and what is left of it? One door for pages, API, imports and packets."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils import timezone

from pendamping.core.errors import Refused
from pendamping.core.images.reasons import Reason

MAX_BYTES = 15 * 1000 * 1000
MAX_PIXELS = 40_000_000
WEBP_PIXELS = 18_000_000  # its decoder keeps four whole pictures in memory at once
EDGE, THUMB_EDGE = 1600, 320
KIND = "image/webp"
WALL_SECONDS = 10
_CHILD = Path(__file__).with_name("child.py")
SEAT_SECONDS = 2.0  # how long a photo waits for a decoder; then its sender is asked to try again
_seats = threading.BoundedSemaphore(2)  # decoders at once: each may take 300 MB; fewer than the server has threads

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}


@dataclass(frozen=True)
class CleanImage:
    """A photo re-encoded by us: pixels and nothing else (id: foto bersih)."""

    data: bytes
    thumb: bytes
    kind: str
    width: int
    height: int
    sha256: str
    dhash: str
    taken_claim: datetime | None

    def __str__(self) -> str:
        return self.sha256  # what an act's digest compares: the same photo sent twice is the same photo


def admit(upload: bytes | IO[bytes], *, edge: int = EDGE, boxes: Sequence[Sequence[int]] = ()) -> CleanImage:
    """Take a photo in, or raise Refused, also when all decoders stay busy for two seconds.

    It is at most `edge` pixels long: more only for what is read by machine. What `boxes` cover (left, top, width and
    height in thousandths) is painted over, in the thumbnail too. Takes some tenths of a second: call it before a
    transaction, never inside.
    """
    data = _read(upload)
    form = _form_of(data)
    max_pixels = int(getattr(settings, "PHOTO_MAX_PIXELS", MAX_PIXELS))
    if form == "WEBP":
        max_pixels = min(max_pixels, WEBP_PIXELS)
    facts, rest = _decode(data, form, max_pixels, edge, boxes)
    if "refused" in facts:
        megapixels, limit = round(facts.get("pixels", 0) / 1e6), round(max_pixels / 1e6)
        raise Refused(Reason[facts["refused"]], field="photo", megapixels=megapixels, limit=limit)
    picture, thumb = rest[: facts["length"]], rest[facts["length"] :]
    return CleanImage(
        data=picture,
        thumb=thumb,
        kind=KIND,
        width=facts["width"],
        height=facts["height"],
        sha256=hashlib.sha256(picture).hexdigest(),
        dhash=facts["dhash"],
        taken_claim=_moment(facts["taken"]),
    )


def _read(upload: bytes | IO[bytes]) -> bytes:
    limit = int(getattr(settings, "PHOTO_MAX_BYTES", MAX_BYTES))
    if isinstance(upload, bytes | bytearray | memoryview):
        data, size = bytes(upload), len(upload)
    else:
        upload.seek(0)
        data = upload.read(limit + 1)
        size = max(len(data), getattr(upload, "size", None) or 0)
    if not data:
        raise Refused(Reason.EMPTY, field="photo")
    if size > limit:
        raise Refused(Reason.TOO_LARGE, field="photo", megabytes=-(-size // 1_000_000), limit=limit // 1_000_000)
    return data


def _form_of(data: bytes) -> str:
    """The format by its first bytes; the file name and the declared type are never asked."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        raise Refused(Reason.HEIC, field="photo")
    raise Refused(Reason.NOT_A_PHOTO, field="photo")


def _decode(
    data: bytes, form: str, max_pixels: int, edge: int, boxes: Sequence[Sequence[int]]
) -> tuple[dict[str, Any], bytes]:
    covered = json.dumps([list(box) for box in boxes])
    command = [sys.executable, "-I", str(_CHILD), form, str(max_pixels), str(edge), str(THUMB_EDGE), covered]
    if not _seats.acquire(timeout=SEAT_SECONDS):
        raise Refused(Reason.BUSY, field="photo")
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=WALL_SECONDS, env={}, check=False)  # noqa: S603 (our own file)
    except subprocess.TimeoutExpired:
        return {"refused": "TOO_HEAVY"}, b""
    finally:
        _seats.release()
    head, newline, rest = done.stdout.partition(b"\n")
    if not newline:  # killed by a limit, or crashed in a decoder
        return {"refused": "TOO_HEAVY"}, b""
    return json.loads(head), rest


def _moment(claim: str) -> datetime | None:
    """EXIF's "2025:07:01 09:30:00" (+07:00), in the site's zone when the camera names none."""
    for shape, text in (("%Y:%m:%d %H:%M:%S%z", claim), ("%Y:%m:%d %H:%M:%S", claim[:19])):
        try:
            moment = datetime.strptime(text, shape)  # noqa: DTZ007 (cameras often name no zone)
            return moment if moment.tzinfo else timezone.make_aware(moment)
        except (ValueError, OverflowError):
            continue
    return None
