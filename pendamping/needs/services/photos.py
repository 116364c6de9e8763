"""Photos beside a record: kept in the act, public only when an official or a facilitator attached them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pendamping.core.images import store
from pendamping.core.images.door import CleanImage


def attach(record: Any, photos: Sequence[CleanImage], *, at: datetime, public: bool) -> None:
    """Keep photos and add them to a record.

    Those of a voice about persons, or of its thread, belong to no place: they are shown on the page of the case alone.
    """
    is_closed = getattr(getattr(record, "voice", record), "is_confidential", False)
    for image in photos:
        photo = store.keep(image, region_path="" if is_closed else record.region_path, at=at)
        if public:
            store.publish(photo, at=at)
        record.photos.add(photo)
