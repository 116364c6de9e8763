"""Keeping, publishing and sending photos."""

from __future__ import annotations

import functools
from datetime import datetime
from typing import IO, Literal

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse

from pendamping.core import tickets
from pendamping.core.images.door import CleanImage, admit
from pendamping.core.images.photo import Photo

Size = Literal["full", "thumb"]
TICKET, PURPOSE = "tiket", "pendamping.photo"


def keep(upload: bytes | IO[bytes] | CleanImage, *, region_path: str, at: datetime, caption: str = "") -> Photo:
    """Store a photo, private at first. Inside an act give it a CleanImage: decoding would hold the transaction."""
    image = upload if isinstance(upload, CleanImage) else admit(upload)
    photo = Photo(
        created_at=at,
        kind=image.kind,
        width=image.width,
        height=image.height,
        bytes=len(image.data),
        sha256=image.sha256,
        dhash=image.dhash,
        region_path=region_path,
        taken_claim=image.taken_claim,
        caption=caption,
    )
    photo.file.save("full", ContentFile(image.data), save=False)
    photo.thumb.save("thumb", ContentFile(image.thumb), save=False)
    photo.save(force_insert=True)
    return photo


def publish(photo: Photo, at: datetime) -> Photo:
    """Let everyone see it; published once, it keeps its first moment."""
    Photo.objects.filter(pk=photo.pk, published_at=None).update(published_at=at)
    photo.refresh_from_db(fields=["published_at"])
    return photo


def withdraw(photo: Photo) -> Photo:
    """Let nobody see it in public any more; those who work at its place still do."""
    Photo.objects.filter(pk=photo.pk).update(published_at=None)
    photo.refresh_from_db(fields=["published_at"])
    return photo


def close(photos: QuerySet[Photo]) -> None:
    """Let nobody see these through the common address, wherever they work: the record they belong to shows them."""
    photos.update(published_at=None, region_path="")


def ticket(photo: Photo) -> str:
    """What opens a photo that is not public for a quarter of an hour: for a page whose reader may see it, and whom no
    sign-in tells. Later the address, wherever a log has kept it, opens nothing."""
    return tickets.issue(photo.name, purpose=PURPOSE)


def is_opened(photo: Photo, ticket: str) -> bool:
    """Was this photo shown with this ticket just now?"""
    return tickets.is_fresh(photo.name, ticket, purpose=PURPOSE)


def discard(photo: Photo) -> None:
    """Delete the files of a photo once the transaction holds; the record stays, without a picture."""
    names = [photo.file.name, photo.thumb.name]
    storage = photo.file.storage
    Photo.objects.filter(pk=photo.pk).update(file="", thumb="", published_at=None, region_path="")
    for name in names:
        if name:
            transaction.on_commit(functools.partial(storage.delete, name))


def response(photo: Photo, size: Size = "full") -> FileResponse:
    """The picture as an answer. Whether this person may see it was decided by the caller."""
    stored = photo.thumb if size == "thumb" else photo.file
    answer = FileResponse(stored.open("rb"), content_type=photo.kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Content-Disposition"] = f'inline; filename="foto-{size}.webp"'
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if photo.is_public else "private, no-store"
    return answer
