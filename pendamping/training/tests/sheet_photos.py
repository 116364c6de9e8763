"""Sheets as a phone photographs them: the real paper as a picture, signed, then turned, slanted, blurred, in shadow."""

from __future__ import annotations

import io
import json
import math
import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import typst
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from pendamping.core.documents import printing
from pendamping.training.rules import sheet

PPI = 200
DOT = PPI / 25.4  # pixels to a millimetre


def pages(data: Mapping[str, Any]) -> list[Image.Image]:
    """The pages of a sheet, from the template and the data the PDF is made of."""
    path = printing.template_path("training/sheet")
    facts = json.dumps({"words": printing._words(), **data}, default=str)
    made = typst.Compiler(root=str(printing.ROOT), ignore_system_fonts=True).compile(
        input=str(path), format="png", ppi=PPI, sys_inputs={"data": facts}
    )
    found = made if isinstance(made, list) else [made]
    return [Image.open(io.BytesIO(one)).convert("RGB") for one in found if one]


def boxes(page: Image.Image) -> dict[int, tuple[float, float]]:
    """Row → upper left corner of its code in pixels, measured on the page itself."""
    found = {}
    for code in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
        row = sheet.read_row(code.text)
        if row is not None:
            found[row.row] = (float(code.position.top_left.x), float(code.position.top_left.y))
    return found


def sign(
    page: Image.Image, rows: Iterable[int], *, seed: int = 1, pen: int = 4, colour: str = "#1b2a6b"
) -> Image.Image:
    """A scribble in the box of each of these rows, as far as they are on this page. A pen is 3 to 5 pixels (0.5 mm)."""
    signed, draw_in = page.copy(), boxes(page)
    draw, chance = ImageDraw.Draw(signed), random.Random(seed)
    for row in rows:
        if row not in draw_in:
            continue
        left, top = draw_in[row]
        x0 = left + (sheet.BOX_LEFT + chance.uniform(3, 22)) * DOT
        y0 = top + sheet.BOX_HEIGHT / 2 * DOT
        width, height = chance.uniform(20, 34) * DOT, chance.uniform(3, 5) * DOT
        turns, lean = chance.uniform(2.5, 6), chance.uniform(-0.3, 0.3)
        line = []
        for step in range(120):
            t = step / 119
            x = x0 + width * t + math.sin(t * turns * 6.28) * 2.2 * DOT
            y = y0 + math.cos(t * turns * 6.28 + 1) * height * (1 - 0.5 * t) + lean * width * (t - 0.5) * 0.3
            line.append((x, y))
        draw.line(line, fill=colour, width=pen, joint="curve")
    return signed


def on_table(page: Image.Image, margin: float = 0.05) -> Image.Image:
    """The sheet on a brown table: a phone never cuts it to the edge."""
    edge = int(page.width * margin)
    table = Image.new("RGB", (page.width + 2 * edge, page.height + 2 * edge), "#8a6d50")
    table.paste(page, (edge, edge))
    return table


def turned(degrees: float) -> Callable[[Image.Image], Image.Image]:
    return lambda photo: photo.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="#8a6d50")


def slanted(top: float = 0.0, left: float = 0.0) -> Callable[[Image.Image], Image.Image]:
    """Seen from below (`top`: so much narrower above) or from the right (`left`: so much lower on the left)."""

    def run(photo: Image.Image) -> Image.Image:
        w, h = photo.size
        corners = [
            (w * top / 2, h * left / 2), (w * (1 - top / 2), 0), (w, h), (0, h * (1 - left / 2)),
        ]  # fmt: skip
        return photo.transform(
            (w, h), Image.Transform.PERSPECTIVE, _perspective(corners, [(0, 0), (w, 0), (w, h), (0, h)]),
            Image.Resampling.BICUBIC, fillcolor="#8a6d50",
        )  # fmt: skip

    return run


def blurred(radius: float) -> Callable[[Image.Image], Image.Image]:
    return lambda photo: photo.filter(ImageFilter.GaussianBlur(radius))


def noisy(sigma: float) -> Callable[[Image.Image], Image.Image]:
    def run(photo: Image.Image) -> Image.Image:
        grain = Image.effect_noise(photo.size, sigma).convert("RGB")
        return ImageChops.add(photo, grain, scale=1, offset=-128)

    return run


def shadowed(strength: float = 0.5) -> Callable[[Image.Image], Image.Image]:
    """The shadow of the hand with the phone: a hard edge across the boxes, and light falling off to one side."""

    def run(photo: Image.Image) -> Image.Image:
        w, h = photo.size
        mask = Image.new("L", (w, h), 255)
        ImageDraw.Draw(mask).polygon(
            [(w * 0.72, 0), (w, 0), (w, h), (w * 0.55, h), (w * 0.8, h * 0.5)], fill=int(255 * (1 - strength))
        )
        mask = mask.filter(ImageFilter.GaussianBlur(12))
        fall = Image.linear_gradient("L").resize((w, h)).point(lambda level: 150 + level * 105 // 255)
        return ImageChops.multiply(photo, ImageChops.multiply(mask, fall).convert("RGB"))

    return run


def dim(photo: Image.Image) -> Image.Image:
    """A room with little light."""
    return photo.point(lambda level: int(level * 0.38 + 8))


def jpeg(photo: Image.Image, quality: int = 70, edge: int = 3000) -> bytes:
    """What the phone sends."""
    out, small = io.BytesIO(), photo.copy()
    small.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    small.save(out, "JPEG", quality=quality)
    return out.getvalue()


DISTORTIONS: dict[str, list[Callable[[Image.Image], Image.Image]]] = {
    "flat": [],
    "turned 7°": [turned(7)],
    "turned 90°": [turned(90)],
    "upside down": [turned(183)],
    "seen from below, 18 %": [slanted(top=0.18)],
    "seen from the side, 15 %": [slanted(left=0.15)],
    "slanted both ways": [slanted(top=0.12, left=0.12), turned(-4)],
    "blurred": [blurred(2.0)],
    "noisy": [noisy(40)],
    "hard shadow": [shadowed(0.5)],
    "dim": [dim, noisy(14)],
    "all at once": [slanted(top=0.1, left=0.06), turned(5), shadowed(0.45), blurred(1.2), noisy(16)],
}


def _perspective(found: list[tuple[float, float]], wanted: list[tuple[float, float]]) -> list[float]:
    """The eight numbers Pillow takes: from a point of the photo back to the sheet (exact elimination, 8 unknowns)."""
    rows = []
    for (x, y), (u, v) in zip(found, wanted, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda one: abs(rows[one][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [number / rows[column][column] for number in rows[column]]
        for other in range(8):
            if other != column:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[column], strict=True)]
    return [row[8] for row in rows]
