"""The image door: hostile and honest photos through it, and what the world gets of them."""

from __future__ import annotations

import io
import random
import struct
import threading
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm, PhotosField
from pendamping.core.images import door, store
from pendamping.core.images.door import admit
from pendamping.core.images.photo import Photo
from pendamping.core.images.reasons import Reason

AT = datetime(2025, 7, 1, 3, 0, tzinfo=UTC)


def picture(size: tuple[int, int] = (640, 480), mode: str = "RGB") -> Image.Image:
    """Left half dark, right half light, with a red corner on top left: orientation can be seen in it."""
    image = Image.new("RGB", size, (40, 60, 80))
    image.paste((220, 210, 200), (size[0] // 2, 0, size[0], size[1]))
    image.paste((200, 20, 20), (0, 0, size[0] // 4, size[1] // 4))
    return image.convert(mode)


def encoded(image: Image.Image | None = None, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    (image or picture()).save(out, form, **options)
    return out.getvalue()


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_bomb(side: int = 30_000) -> bytes:
    """A PNG of some hundred kilobytes that claims side² pixels, and has them."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    line = b"\0" + b"\0" * (side // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(line) for _ in range(side)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.html", "<script>alert(1)</script>")
    return out.getvalue()


def exif(orientation: int = 1, taken: str = "2025:07:01 09:30:00") -> Image.Exif:
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "SecretCamera"
    data.get_ifd(0x8769)[0x9003] = taken
    data.get_ifd(0x8825).update({1: "S", 2: (7.0, 19.0, 38.0), 3: "E", 4: (108.0, 13.0, 14.0)})
    return data


def gif_js() -> bytes:
    gif = encoded(picture((16, 16)), "GIF")
    return gif + b"=1;alert(document.cookie)//"


def png_php() -> bytes:
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "<?php system($_GET['c']); ?>")
    note.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>SecretPlace</x:xmpmeta>")
    return encoded(picture(), "PNG", pnginfo=note)


REFUSED: dict[str, tuple[Callable[[], bytes], Reason]] = {
    "empty": (lambda: b"", Reason.EMPTY),
    "png bomb": (png_bomb, Reason.TOO_MANY_PIXELS),
    "too many bytes": (lambda: encoded() + b"\0" * 16_000_000, Reason.TOO_LARGE),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', Reason.NOT_A_PHOTO),
    "svg with xml head": (lambda: b'<?xml version="1.0"?><svg/>', Reason.NOT_A_PHOTO),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", Reason.NOT_A_PHOTO),
    "pdf": (lambda: b"%PDF-1.7\n", Reason.NOT_A_PHOTO),
    "zip": (zipped, Reason.NOT_A_PHOTO),
    "bmp": (lambda: encoded(form="BMP"), Reason.NOT_A_PHOTO),
    "tiff": (lambda: encoded(form="TIFF"), Reason.NOT_A_PHOTO),
    "eps": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", Reason.NOT_A_PHOTO),
    "heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64, Reason.HEIC),
    "avif": (lambda: b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + b"\0" * 64, Reason.HEIC),
    "truncated jpeg": (lambda: encoded(picture((1200, 900)))[:4000], Reason.DAMAGED),
    "truncated png": (lambda: encoded(picture(), "PNG")[:-600], Reason.DAMAGED),
    "jpeg head only": (lambda: b"\xff\xd8\xff\xe0", Reason.DAMAGED),
    "png that is a jpeg inside": (lambda: b"\x89PNG\r\n\x1a\n" + encoded(), Reason.DAMAGED),
    "webp head on rubbish": (lambda: b"RIFF\x10\0\0\0WEBP" + b"rubbish" * 9, Reason.DAMAGED),
    "gif bomb": (lambda: b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x08\0;", Reason.TOO_MANY_PIXELS),
}  # fmt: skip

ADMITTED: dict[str, Callable[[], bytes]] = {
    "jpeg": encoded,
    "progressive jpeg": lambda: encoded(progressive=True),
    "cmyk jpeg": lambda: encoded(picture(mode="CMYK")),
    "grey jpeg": lambda: encoded(picture(mode="L")),
    "png with alpha": lambda: encoded(picture(mode="RGBA"), "PNG"),
    "palette png": lambda: encoded(picture(mode="P"), "PNG"),
    "bilevel png": lambda: encoded(picture(mode="1"), "PNG"),
    "png + php": png_php,
    "webp": lambda: encoded(form="WEBP"),
    "gif + javascript": gif_js,
    "animated gif": lambda: encoded(picture(), "GIF", save_all=True, append_images=[picture().rotate(90)] * 3),
    "animated webp": lambda: encoded(picture(), "WEBP", save_all=True, append_images=[picture().rotate(90)] * 3),
    "animated png": lambda: encoded(picture(), "PNG", save_all=True, append_images=[picture().rotate(90)] * 3),
    "jpeg + zip": lambda: encoded() + zipped(),
    "jpeg with gps": lambda: encoded(exif=exif()),
    "jpeg with huge icc": lambda: encoded(icc_profile=b"SecretProfile" * 50_000),
    "jpeg with comment": lambda: encoded(comment=b"SecretComment<script>"),
    "jpeg called mpo": lambda: encoded(form="MPO", save_all=True, append_images=[picture()]),
    "one pixel": lambda: encoded(picture((1, 1)), "PNG"),
    "long strip": lambda: encoded(Image.new("RGB", (20_000, 3), "red"), "PNG"),
}


def chunks(webp: bytes) -> list[bytes]:
    """The names of all chunks; fails when a byte stands outside them."""
    assert webp[:4] == b"RIFF" and webp[8:12] == b"WEBP"
    assert struct.unpack("<I", webp[4:8])[0] + 8 == len(webp), "trailing bytes"
    names, at = [], 12
    while at < len(webp):
        names.append(webp[at : at + 4])
        at += 8 + (length := struct.unpack("<I", webp[at + 4 : at + 8])[0]) + length % 2
    return names


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_the_cure(name: str) -> None:
    make, reason = REFUSED[name]
    data = make()
    began = perf_counter()
    with pytest.raises(Refused) as refusal:
        admit(data)
    assert refusal.value.reason is reason
    assert "{" not in refusal.value.message and len(refusal.value.message) > 30
    assert perf_counter() - began < 5


@pytest.mark.parametrize("name", ADMITTED)
def test_admitted_as_pixels_and_nothing_else(name: str) -> None:
    clean = admit(ADMITTED[name]())
    for data in (clean.data, clean.thumb):
        assert set(chunks(data)) <= {b"VP8 ", b"VP8L"}, "only pixels: no EXIF, XMP, ICC, alpha or frames"
        assert b"Secret" not in data and b"<?php" not in data and b"alert" not in data and b"PK\x03\x04" not in data
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            assert image.format == "WEBP" and getattr(image, "n_frames", 1) == 1
    with Image.open(io.BytesIO(clean.data)) as image, Image.open(io.BytesIO(clean.thumb)) as thumb:
        assert image.size == (clean.width, clean.height)
        assert max(image.size) <= 1600 and max(thumb.size) <= 320


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_photo_stands_upright(orientation: int) -> None:
    """Turn a picture the way a camera does and note it in EXIF: it comes out as it was."""
    back = {2: [0], 3: [3], 4: [1], 5: [5], 6: [2], 7: [6], 8: [4]}  # Image.Transpose values undoing each orientation
    turned = picture()
    for turn in back.get(orientation, []):
        turned = turned.transpose(Image.Transpose(turn))
    clean = admit(encoded(turned, exif=exif(orientation), quality=95))
    with Image.open(io.BytesIO(clean.data)) as image:
        assert image.size == (640, 480)
        red, _green, blue = image.convert("RGB").getpixel((20, 20))  # type: ignore[misc]
        assert red > 150 and blue < 80


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("2025:07:01 09:30:00", "2025-07-01T09:30:00"),
        ("0000:00:00 00:00:00", None),
        ("kemarin", None),
        ("", None),
    ],
)
def test_the_cameras_time_is_kept_apart(claim: str, expected: str | None) -> None:
    taken = admit(encoded(exif=exif(taken=claim))).taken_claim
    shown = timezone.localtime(taken).replace(tzinfo=None).isoformat() if taken else None
    assert shown == expected


def test_large_photos_shrink_and_near_copies_look_near() -> None:
    noise = Image.effect_noise((100, 75), 90).resize((4000, 3000)).convert("RGB")
    first, second = admit(encoded(noise)), admit(encoded(noise.resize((2000, 1500)), quality=60))
    other = admit(encoded(noise.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    assert (first.width, first.height) == (1600, 1200)
    assert (int(first.dhash, 16) ^ int(second.dhash, 16)).bit_count() <= 4
    assert (int(first.dhash, 16) ^ int(other.dhash, 16)).bit_count() >= 16
    assert first.sha256 != second.sha256


def test_sixteen_bit_greys_are_not_black() -> None:
    grey = Image.new("I;16", (64, 64), 40_000)
    with Image.open(io.BytesIO(admit(encoded(grey, "PNG")).data)) as image:
        assert 140 < image.convert("L").getpixel((32, 32)) < 170  # type: ignore[operator]


def test_refusals_are_told_in_indonesian() -> None:
    with translation.override("id"), pytest.raises(Refused) as refusal:
        admit(b"\0" * 20_000_000)
    assert refusal.value.message.startswith("Foto terlalu besar (20 MB")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]))
def test_scrambled_photos_are_refused_or_clean(seed: int, form: str) -> None:
    rng = random.Random(seed)
    data = bytearray(encoded(picture((120, 90)), form))
    for _ in range(rng.randint(1, 30)):
        data[rng.randrange(4, len(data))] = rng.randrange(256)
    try:
        clean = admit(bytes(data[: rng.randint(len(data) // 2, len(data))]))
    except Refused:
        return
    assert set(chunks(clean.data)) <= {b"VP8 ", b"VP8L"}


def test_a_form_gets_a_clean_photo_or_a_sentence() -> None:
    class Form(ActForm):
        photo = PhotosField(required=False)

    lying = SimpleUploadedFile("foto.svg", encoded(), content_type="image/svg+xml")
    form = Form({}, {"photo": lying})
    assert form.is_valid() and [photo.kind for photo in form.cleaned_data["photo"]] == ["image/webp"]
    assert Form({}, {}).is_valid()
    bad = Form({}, {"photo": SimpleUploadedFile("foto.jpg", b"<svg/>", content_type="image/jpeg")})
    assert not bad.is_valid() and bad.errors.as_data()["photo"][0].code == "photo_not_a_photo"


def test_photos_are_read_only_when_all_the_rest_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    class Form(ActForm):
        photo = PhotosField(required=False)
        words = forms.CharField()

    read: list[Any] = []
    monkeypatch.setattr("pendamping.core.forms.admit", read.append)
    photo = SimpleUploadedFile("foto.jpg", encoded(), content_type="image/jpeg")
    assert not Form({"words": ""}, {"photo": photo}).is_valid() and read == []
    assert Form({"words": "Selokan"}, {"photo": photo}).is_valid() and len(read) == 1


def test_a_photo_does_not_wait_for_ever_for_a_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "SEAT_SECONDS", 0.05)
    monkeypatch.setattr(door, "_seats", threading.BoundedSemaphore(1))
    with door._seats, pytest.raises(Refused) as refusal:
        admit(encoded())
    assert refusal.value.code == "photo_busy"
    assert admit(encoded()).kind == "image/webp"


def sent(response: FileResponse) -> bytes:
    body = b"".join(response.streaming_content)  # type: ignore[arg-type]
    response.close()
    return body


@pytest.mark.django_db
def test_kept_private_then_published() -> None:
    photo = store.keep(encoded(exif=exif()), region_path="3278010001", at=AT, caption="Saluran RT 03")
    assert Photo.objects.get(name=photo.name).sha256 == photo.sha256
    assert len(photo.name) >= 22 and photo.published_at is None
    private = store.response(photo, "full")
    assert private["Cache-Control"] == "private, no-store"
    assert private["X-Content-Type-Options"] == "nosniff" and "sandbox" in private["Content-Security-Policy"]
    body = sent(private)
    assert private["Content-Type"] == "image/webp" and len(body) == photo.bytes and b"Secret" not in body

    later = datetime(2025, 7, 2, tzinfo=UTC)
    store.publish(photo, AT)
    assert store.publish(photo, later).published_at == AT
    public = store.response(photo, "thumb")
    assert public["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(sent(public)) < photo.bytes


@pytest.mark.django_db
def test_two_photos_never_share_a_name() -> None:
    clean = admit(encoded())
    first, second = (store.keep(clean, region_path="3278010001", at=AT) for _ in range(2))
    assert first.name != second.name and first.file.name != second.file.name and first.sha256 == second.sha256


def test_a_large_webp_is_taken_in_as_far_as_its_decoder_goes_and_then_told_the_limit() -> None:
    assert admit(encoded(picture((4800, 3750)), "WEBP", quality=60, method=0)).width == 1600  # 18 megapixels
    with pytest.raises(Refused) as refusal:
        admit(encoded(picture((5656, 4242)), "WEBP", quality=60, method=0))
    assert refusal.value.reason == Reason.TOO_MANY_PIXELS
    assert "18" in refusal.value.message
