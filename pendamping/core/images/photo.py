"""The record of a photo that passed the door."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.core.files.storage import Storage, storages
from django.db import models

from pendamping.core.models import Record


def photo_name() -> str:
    """128 random bits: the name in the address and on disk, telling nothing of time, place or person."""
    return secrets.token_urlsafe(16)


def photo_storage() -> Storage:
    """The storage called "photos" in settings."""
    return storages["photos"]


def photo_path(photo: Photo, filename: str) -> str:
    """Spread over 4,096 folders; `filename` is "full" or "thumb", said by us, never by the sender."""
    return f"{photo.sha256[:3]}/{photo.name}-{filename}.webp"


class Photo(Record):
    """A picture of a place, private until published (id: foto)."""

    name = models.CharField(max_length=32, unique=True, default=photo_name, editable=False)
    kind = models.CharField(max_length=20, default="image/webp", editable=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    dhash = models.CharField(max_length=16, db_index=True)
    region_path = models.CharField(max_length=16, db_index=True)
    taken_claim = models.DateTimeField(null=True, blank=True)
    caption = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(storage=photo_storage, upload_to=photo_path, max_length=100)
    thumb = models.FileField(storage=photo_storage, upload_to=photo_path, max_length=100)

    class Meta:
        app_label = "core"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(width__gt=0, height__gt=0, bytes__gt=0), name="photo_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        return self.published_at is not None
