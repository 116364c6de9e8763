"""The limited process that decodes one photo: stdin in, clean pictures out, no files, no network, little time.

Run by path with `python -I`, so it imports nothing of Django or of this project. It answers with one line of JSON
(facts, or the reason of a refusal) followed by the picture and its thumbnail. Whatever goes wrong, the server is
another process.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import Any

from PIL import (
    GifImagePlugin,
    Image,
    ImageDraw,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

# Imported now because nothing can be opened once the limits stand; MPO is what many phones call a JPEG.
_PLUGINS = (GifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)

CPU_SECONDS = 5
MEMORY_BYTES = 384 * 1024**2
BAND_PIXELS = 2_000_000
_ORIENTATION, _EXIF_IFD, _TAKEN, _TAKEN_OFFSET = 0x0112, 0x8769, 0x9003, 0x9011
_TURNS = {
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE],
    6: [Image.Transpose.ROTATE_270],
    7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_90],
}


class TooManyPixels(Exception):
    """The header promises more pixels than we decode."""


def main() -> None:
    """Read the photo from stdin and write the answer to stdout."""
    form, max_pixels, edge, thumb_edge = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    boxes = json.loads(sys.argv[5])
    data = sys.stdin.buffer.read()
    Image.preinit()
    _warm_up(form)
    _limit()
    picture, thumb = b"", b""
    try:
        facts, picture, thumb = clean(data, form, max_pixels=max_pixels, edge=edge, thumb_edge=thumb_edge, boxes=boxes)
    except TooManyPixels as problem:
        facts = {"refused": "TOO_MANY_PIXELS", "pixels": problem.args[0]}
    except MemoryError:
        facts = {"refused": "TOO_HEAVY"}
    except Exception as problem:  # a decoder may raise anything on hostile bytes, and each means the same to a person
        facts = {"refused": "DAMAGED", "detail": type(problem).__name__}
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + picture + thumb)


def _warm_up(form: str) -> None:
    """Go the whole way once with a picture of ours, because modules imported late could not be opened any more."""
    sample = io.BytesIO()
    Image.new("RGB", (8, 8)).save(sample, form)
    clean(sample.getvalue(), form, max_pixels=64, edge=4, thumb_edge=2, boxes=[[0, 0, 500, 500]])


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def clean(
    data: bytes, form: str, *, max_pixels: int, edge: int, thumb_edge: int, boxes: list[list[int]]
) -> tuple[dict[str, Any], bytes, bytes]:
    """Decode the first frame, turn it upright, shrink it, cover the boxes, and encode it afresh with only pixels."""
    Image.MAX_IMAGE_PIXELS = None  # ours is the stricter question, asked below before anything is decoded
    with Image.open(io.BytesIO(data), formats=[form, "MPO"] if form == "JPEG" else [form]) as source:
        if source.width * source.height > max_pixels:
            raise TooManyPixels(source.width * source.height)
        source.draft("RGB", (edge, edge))  # a JPEG is decoded at the nearest smaller scale: less memory and time
        orientation, taken = _exif_facts(source)
        source.load()
        small = _shrink(source, edge)
    for turn in _TURNS.get(orientation, []):
        small = small.transpose(turn)
    _cover(small, boxes)
    thumb = small.copy()
    thumb.thumbnail((thumb_edge, thumb_edge), Image.Resampling.LANCZOS)
    picture, preview = _encode(small, 80), _encode(thumb, 72)
    facts = {
        "width": small.width,
        "height": small.height,
        "length": len(picture),
        "dhash": _dhash(small),
        "taken": taken,
    }
    return facts, picture, preview


def _exif_facts(source: Image.Image) -> tuple[int, str]:
    """Orientation and the camera's time; broken EXIF is no reason to lose a photo."""
    try:
        exif = source.getexif()
        details = exif.get_ifd(_EXIF_IFD)
        taken = str(details.get(_TAKEN, "")) + str(details.get(_TAKEN_OFFSET, ""))
        return int(exif.get(_ORIENTATION, 1)), taken[:32]
    except Exception:
        return 1, ""


def _shrink(source: Image.Image, edge: int) -> Image.Image:
    """At most `edge` pixels a side, on white, in RGB; worked in bands so that memory holds one full picture only."""
    factor = max(1, max(source.size) // edge)
    width, height = -(-source.width // factor), -(-source.height // factor)
    canvas = Image.new("RGB", (width, height), "white")
    rows = max(1, BAND_PIXELS // source.width // factor) * factor
    for top in range(0, source.height, rows):
        band = _on_white(source.crop((0, top, source.width, min(top + rows, source.height))))
        canvas.paste(band.reduce(factor) if factor > 1 else band, (0, top // factor))
    canvas.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return canvas


def _cover(image: Image.Image, boxes: list[list[int]]) -> None:
    """Paint boxes over, each given in thousandths; a pixel that a box only touches is covered too."""
    pen = ImageDraw.Draw(image)
    for left, top, width, height in boxes:
        first = left * image.width // 1000, top * image.height // 1000
        last = -(-(left + width) * image.width // 1000), -(-(top + height) * image.height // 1000)
        pen.rectangle((*first, *last), fill="black")


def _on_white(band: Image.Image) -> Image.Image:
    if band.mode.startswith("I"):  # 16-bit greys
        band = band.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if band.mode in ("RGBA", "LA", "PA") or "transparency" in band.info:
        band = band.convert("RGBA")
        flat = Image.new("RGB", band.size, "white")
        flat.paste(band, mask=band.getchannel("A"))
        return flat
    return band.convert("RGB")


def _encode(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=3)
    return out.getvalue()


def _dhash(image: Image.Image) -> str:
    """64 bits: is each cell of a 9 × 8 grey grid brighter than its neighbour; near-equal photos differ in few bits."""
    cells = image.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (cells[at] > cells[at + 1])
    return f"{bits:016x}"


if __name__ == "__main__":
    main()
