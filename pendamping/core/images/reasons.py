"""Why a photo was not taken in, each with its cure."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """A refusal of the image door (id: alasan foto ditolak)."""

    EMPTY = "photo_empty", _("The photo file is empty. Choose the photo again, or go on without a photo.")
    TOO_LARGE = (
        "photo_too_large",
        _(
            "The photo is too large ({megabytes} MB, at most {limit} MB). "
            "Take it again at medium resolution, or go on without a photo."
        ),
    )
    TOO_MANY_PIXELS = (
        "photo_too_many_pixels",
        _(
            "The photo has too many pixels ({megapixels} million, at most {limit} million). "
            "Take it again at medium resolution, or go on without a photo."
        ),
    )
    HEIC = (
        "photo_heic",
        _(
            "This is a HEIC photo, which we cannot read. In the camera settings choose “Most compatible” (JPEG), "
            "or send a screenshot of the photo."
        ),
    )
    NOT_A_PHOTO = (
        "photo_not_a_photo",
        _("This file is not a photo we can read. Send a photo as JPEG, PNG or WebP, or go on without a photo."),
    )
    DAMAGED = (
        "photo_damaged",
        _("The photo is incomplete or damaged. Send it again, or take a new one."),
    )
    BUSY = (
        "photo_busy",
        _("Many photos are being read at this moment. Wait a little and send it again, or go on without a photo."),
    )
    TOO_HEAVY = (
        "photo_too_heavy",
        _("The photo takes too long to read. Take it again at medium resolution, or send a screenshot of it."),
    )
