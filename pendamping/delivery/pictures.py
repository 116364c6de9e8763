"""A kept photo as pages show it: small, with words, leading to the large one."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from pendamping.core import pieces
from pendamping.core.models import Photo


def shown(photo: Photo | None, alt: str, *, caption: str = "") -> pieces.Photo:
    """The piece for a photo; without one, the place where it is missing."""
    if photo is None:
        return pieces.Photo(caption=caption)
    large = reverse("access:photo", args=[photo.name, "full"])
    small = reverse("access:photo", args=[photo.name, "thumb"])
    return pieces.Photo(src=small, alt=alt, caption=caption, on=photo.created_at, href=large)


def all_shown(photos: Iterable[Photo], alt: str) -> list[pieces.Photo]:
    return [shown(photo, alt) for photo in photos]
