"""Painted stand-ins for photos: a place before and after, plainly drawn, so that nobody takes them for a real one."""

from __future__ import annotations

import functools
import io
import random

from PIL import Image, ImageDraw, ImageFilter

from pendamping.core.images.door import CleanImage, admit

SIZE = (960, 640)
HORIZON = 250


@functools.cache
def picture(scene: str, done: int) -> CleanImage:
    """A scene ("lane", "drain", "lamp", "post", "class") at 0, 50 or 100 percent, through the image door."""
    return admit(paint(scene, done))


def paint(scene: str, done: int) -> bytes:
    """The picture as JPEG bytes; the same scene always looks the same, so that before and after line up."""
    dice = random.Random(scene)
    image = Image.new("RGB", SIZE, "#cfe3ea")
    draw = ImageDraw.Draw(image)
    _sky(draw)
    if scene == "class":
        _room(draw, dice, done)
    else:
        _hills(draw, dice)
        _houses(draw, dice)
        draw.rectangle((0, HORIZON + 60, *SIZE), fill="#8aa667")
        {"lane": _lane, "drain": _drain, "lamp": _lamp, "post": _post}[scene](draw, dice, done)
    out = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(0.6)).save(out, "JPEG", quality=85)
    return out.getvalue()


def _sky(draw: ImageDraw.ImageDraw) -> None:
    for y in range(HORIZON + 60):
        t = y / (HORIZON + 60)
        draw.line((0, y, SIZE[0], y), fill=(int(150 + 85 * t), int(195 + 40 * t), int(225 + 10 * t)))


def _hills(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    for shade, height in (("#9db8ab", 120), ("#7fa085", 70)):
        points = [(0, HORIZON + 60)]
        points += [(x, HORIZON + 60 - height - dice.randint(-30, 30)) for x in range(0, SIZE[0] + 120, 120)]
        draw.polygon([*points, (SIZE[0], HORIZON + 60)], fill=shade)


def _houses(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    walls = ("#e9d8b4", "#d9c7c0", "#c9d5c4", "#e6e0d2")
    for x in (0, 130, 640, 790):
        w, top = dice.randint(140, 175), HORIZON - dice.randint(30, 70)
        draw.rectangle((x, top, x + w, HORIZON + 130), fill=dice.choice(walls))
        draw.polygon(((x - 14, top), (x + w / 2, top - 62), (x + w + 14, top)), fill="#a4573c")
        draw.rectangle((x + w * 0.4, HORIZON + 55, x + w * 0.62, HORIZON + 130), fill="#6b4d38")
        draw.rectangle((x + w * 0.12, HORIZON + 35, x + w * 0.3, HORIZON + 75), fill="#6f8d9b")


def _road(near: int, far: int, middle: int = 480) -> list[tuple[float, float]]:
    top = HORIZON + 62
    return [(middle - far, top), (middle + far, top), (middle + near, SIZE[1]), (middle - near, SIZE[1])]


def _lane(draw: ImageDraw.ImageDraw, dice: random.Random, done: int) -> None:
    draw.polygon(_road(330, 42), fill="#8d7355")
    for _ in range(26):
        y: float = dice.randint(HORIZON + 90, SIZE[1] - 20)
        reach = (y - HORIZON) * 0.7
        x, r = 480 + dice.uniform(-reach, reach), (y - HORIZON) * dice.uniform(0.05, 0.14)
        draw.ellipse((x - r, y - r * 0.35, x + r, y + r * 0.35), fill="#6f8a94" if dice.random() < 0.4 else "#735a41")
    if done:
        reach = 1.0 if done == 100 else 0.45
        top, bottom = HORIZON + 62, SIZE[1]
        cut = bottom - (bottom - top) * reach
        half = lambda y: 42 + (330 - 42) * (y - top) / (bottom - top)  # noqa: E731
        draw.polygon([(480 - half(cut), cut), (480 + half(cut), cut), (810, bottom), (150, bottom)], fill="#b9b6ae")
        y = bottom
        while y > cut:
            draw.line((480 - half(y), y, 480 + half(y), y), fill="#9b978e", width=2)
            y -= max(6, (y - HORIZON) * 0.11)
        for side in (-1, 1):
            draw.line((480 + side * half(cut), cut, 480 + side * 330, bottom), fill="#f1efe8", width=7)


def _drain(draw: ImageDraw.ImageDraw, dice: random.Random, done: int) -> None:
    draw.polygon(_road(230, 30, 400), fill="#a39b8d")
    top, bottom = HORIZON + 62, SIZE[1]
    edge = [(436, top), (462, top), (880, bottom), (690, bottom)]
    draw.polygon(edge, fill="#5b5640" if done < 100 else "#9aa7a6")
    if done >= 50:
        draw.line((436, top, 690, bottom), fill="#d8d5cc", width=14)
        draw.line((462, top, 880, bottom), fill="#d8d5cc", width=14)
    if done == 100:
        draw.polygon([(446, top), (453, top), (820, bottom), (740, bottom)], fill="#7fb1c4")
        return
    for _ in range(40 if done == 0 else 14):
        y = dice.randint(top + 10, bottom)
        t = (y - top) / (bottom - top)
        x = 449 + t * 335 + dice.uniform(-80, 80) * t
        r = 3 + 14 * t
        draw.ellipse(
            (x - r, y - r / 2, x + r, y + r / 2), fill=dice.choice(("#3f6b3a", "#c8c2a4", "#7a4a3a", "#d7dfe2"))
        )


def _lamp(draw: ImageDraw.ImageDraw, dice: random.Random, done: int) -> None:
    _lane(draw, dice, 100)
    for x, base, height in ((200, 560, 330), (700, 470, 240), (400, 400, 150)):
        if done == 0:
            draw.line((x, base, x + 10, base - height * 0.5), fill="#6d5a45", width=9)
            continue
        draw.line((x, base, x, base - height), fill="#3d4a50", width=9)
        draw.line((x, base - height, x + 60, base - height - 8), fill="#3d4a50", width=7)
        if done == 100:
            draw.ellipse(
                (x + 40, base - height - 14, x + 84, base - height + 12), fill="#ffe9a8", outline="#e0b64a", width=3
            )


def _post(draw: ImageDraw.ImageDraw, dice: random.Random, done: int) -> None:
    draw.polygon(_road(300, 40, 250), fill="#a39b8d")
    if done == 0:
        draw.polygon([(480, 560), (880, 560), (820, 470), (540, 470)], fill="#9b8159")
        for x in (520, 620, 720, 820):
            draw.line((x, 560, x, 500), fill="#7a5a3a", width=8)
        return
    draw.rectangle((500, 330, 860, 560), fill="#efe6d0" if done == 100 else "#c9b79b")
    draw.rectangle((640, 420, 720, 560), fill="#5c7f78")
    draw.rectangle((535, 400, 610, 460), fill="#8fb0bc")
    draw.rectangle((750, 400, 825, 460), fill="#8fb0bc")
    if done == 100:
        draw.polygon([(475, 332), (680, 238), (885, 332)], fill="#b0563a")


def _room(draw: ImageDraw.ImageDraw, dice: random.Random, done: int) -> None:
    draw.rectangle((0, 0, *SIZE), fill="#e9e2d1")
    draw.rectangle((0, 430, *SIZE), fill="#b89f7c")
    draw.rectangle((280, 70, 680, 280), fill="#f8f7f2", outline="#8a8375", width=6)
    for n in range(4 if done else 1):
        draw.line((320, 120 + n * 38, 320 + dice.randint(160, 310), 120 + n * 38), fill="#5c7f78", width=9)
    shirts = ("#275d6b", "#a4573c", "#d39b3a", "#5b7d4a", "#6b5b86", "#8c3f4d")
    for n in range(4 if done == 0 else 9 if done == 50 else 14):
        x, y = 80 + (n % 7) * 130 + dice.randint(-12, 12), 400 + (n // 7) * 110
        draw.ellipse((x - 26, y - 30, x + 26, y + 26), fill="#8d5f43")
        draw.chord((x - 34, y - 42, x + 34, y + 26), 180, 360, fill=dice.choice(("#2b2b2b", "#efe9dd", "#275d6b")))
        draw.rounded_rectangle((x - 44, y + 22, x + 44, y + 120), 22, fill=dice.choice(shirts))
