"""The signed sheet as numbers: what a row's code says, where its signature box lies, when ink is a signature."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]

# Millimetres on paper. The template is given the same figures, so that print and reading cannot part.
CODE = 12.6  # edge of a row's QR code: version 1, 21 modules of 0.6 mm
BOX_LEFT, BOX_WIDTH, BOX_HEIGHT = 17.0, 60.0, 12.6  # of the signature box, from the upper left corner of the code
PITCH = 15.8  # from one row to the next: the quiet zone between two codes is more than four modules
INSET = 1.6  # of the box is not measured: its printed edge, and what a crooked photo shifts

CHECK_SIGNS = 3
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHAPE = re.compile(r"^([A-Z]\d\d[0-9A-Z]{6})(\d{3})([0-9A-Z]{3})$")  # fits a QR code of version 1, level Q

SIGNED_FROM = 0.012  # share of dark points: a short signature with a thin pen covers some 3 %
EMPTY_UP_TO = 0.005  # a speck or a fold


@dataclass(frozen=True)
class Row:
    """What the code of a row says (id: baris daftar hadir)."""

    session: str  # its code, as people write it
    row: int
    check: str


def row_code(session: str, row: int, secret: str) -> str:
    """The text in the QR code of a row: "C267K3QXM", "012" and three signs that only this house can compute."""
    bare = session.replace("-", "")
    return f"{bare}{row:03d}{_check(bare, row, secret)}"


def read_row(text: str) -> Row | None:
    """The row a code speaks of; None for any other code. Whether it is genuine, see `is_genuine`."""
    match = _SHAPE.match(text)
    if match is None:
        return None
    bare, row, check = match.groups()
    return Row(f"{bare[:3]}-{bare[3:8]}-{bare[8]}", int(row), check)


def is_genuine(found: Row, secret: str) -> bool:
    """Was this row printed for the session whose secret this is?"""
    return hmac.compare_digest(found.check, _check(found.session.replace("-", ""), found.row, secret))


def _check(bare: str, row: int, secret: str) -> str:
    digest = hmac.new(secret.encode(), f"sheet:{bare}:{row}".encode(), hashlib.sha256).digest()
    return "".join(_ALPHABET[byte % 32] for byte in digest[:CHECK_SIGNS])


def box_corners(upper_left: Point, upper_right: Point, lower_left: Point) -> tuple[Point, Point, Point, Point]:
    """The inner part of the signature box in the photo: upper left, lower left, lower right, upper right.

    Affine from three corners of the row's own code, so turned, skewed and slanting photos are fine: a line of the
    paper stays a line in a photo, and within one row the rest of the perspective is less than `INSET`.
    """
    across = _step(upper_left, upper_right)
    down = _step(upper_left, lower_left)
    left, right = BOX_LEFT + INSET, BOX_LEFT + BOX_WIDTH - INSET
    top, bottom = INSET, BOX_HEIGHT - INSET

    def at(x: float, y: float) -> Point:
        return (upper_left[0] + x * across[0] + y * down[0], upper_left[1] + x * across[1] + y * down[1])

    return at(left, top), at(left, bottom), at(right, bottom), at(right, top)


def _step(start: Point, end: Point) -> Point:
    """One millimetre of paper along an edge of the code."""
    return (end[0] - start[0]) / CODE, (end[1] - start[1]) / CODE


def is_inside(corners: Sequence[Point], width: int, height: int) -> bool:
    """Is the whole box in the photo?"""
    return all(0 <= x < width and 0 <= y < height for x, y in corners)


def is_signed(ink: float | None) -> bool | None:
    """From the share of dark points: signed, empty, or None where a person has to look."""
    if ink is None or EMPTY_UP_TO < ink < SIGNED_FROM:
        return None
    return ink >= SIGNED_FROM
