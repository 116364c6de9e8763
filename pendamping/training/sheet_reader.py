"""Reads the photo of a signed sheet: the codes of its rows, and how much ink lies in the box beside each."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass

import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from pendamping.training.rules import sheet

EDGE = 2000  # pixels of the longer side a sheet is read at: three to a module of a code, also with some table around
_BOX = (228, 38)  # pixels a box is looked at in: four to a millimetre
_AROUND = 15  # pixels: the paper's own brightness is the median of so wide a square, wider than any stroke
_DARK = 0.76  # of the paper's brightness; the printed edge of the box is lighter
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_one_at_a_time = threading.Lock()  # a photo takes both cores otherwise


@dataclass(frozen=True)
class Seen:
    """One code in the photo, and the ink beside it (id: baris yang terbaca)."""

    text: str
    ink: float | None  # share of dark points in the signature box; None where the box is not in the photo


def read(photo: bytes) -> list[Seen]:
    """Every QR code of a photo that came through the image door, in no order, each once.

    Takes some tenths of a second: never inside a transaction.
    """
    with _one_at_a_time, Image.open(io.BytesIO(photo)) as image:
        grey = image.convert("L")
    found: dict[str, Seen] = {}
    for code in zxingcpp.read_barcodes(grey, formats=_QR, try_invert=False):
        place = code.position
        corners = sheet.box_corners(_xy(place.top_left), _xy(place.top_right), _xy(place.bottom_left))
        found[code.text] = Seen(code.text, _ink(grey, corners))
    return list(found.values())


def _xy(point: zxingcpp.Point) -> sheet.Point:
    return float(point.x), float(point.y)


def _ink(grey: Image.Image, corners: tuple[sheet.Point, sheet.Point, sheet.Point, sheet.Point]) -> float | None:
    """Share of points darker than the paper just around them, so that a shadow over the sheet is no ink."""
    if not sheet.is_inside(corners, grey.width, grey.height):
        return None
    flat = [number for corner in corners for number in corner]
    box = grey.transform(_BOX, Image.Transform.QUAD, flat, Image.Resampling.BICUBIC)
    small = box.filter(ImageFilter.GaussianBlur(0.6))
    paper = box.filter(ImageFilter.MedianFilter(_AROUND)).point(lambda level: int(level * _DARK))
    dark = ImageChops.subtract(paper, small).point(lambda level: 255 if level else 0)
    return dark.histogram()[255] / (_BOX[0] * _BOX[1])
