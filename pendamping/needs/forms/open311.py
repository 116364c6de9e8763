"""What comes in over Open311: a request, as GeoReport v2 names its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict

from pendamping.core.errors import Refused
from pendamping.core.forms import PHOTOS_MOST
from pendamping.core.images.door import CleanImage, admit
from pendamping.needs.enums.open311 import Reason
from pendamping.needs.queries.spoken_places import place_in, ward_at
from pendamping.regions.models import Region

TEXT_MOST, EMAIL_MOST = 4000, 254
_ATTRIBUTE = re.compile(r"attribute\[([\w-]{1,40})\](?:\[\])?")


def attributes_of(data: QueryDict) -> dict[str, str]:
    """ "attribute[depth]=knee" → {"depth": "knee"}."""
    found = ((_ATTRIBUTE.fullmatch(name), data.get(name, "")) for name in data)
    return {match[1]: str(value).strip() for match, value in found if match}


def point_of(data: QueryDict) -> tuple[Decimal | None, Decimal | None]:
    """Latitude and longitude, or neither. Raises Refused: one alone, or no degrees."""
    texts = [data.get(name, "").strip() for name in ("lat", "long")]
    if not any(texts):
        return None, None
    try:
        lat, long = (Decimal(text).quantize(Decimal("0.000001")) for text in texts)
        fits = abs(lat) <= 90 and abs(long) <= 180
    except InvalidOperation:  # no number, or none that is one
        fits = False
    if not fits:
        raise Refused(Reason.BAD_POINT, field="lat")
    return lat, long


def place_of(data: QueryDict, city: Region) -> dict[str, Any]:
    """Where it is: by its address_id, the words of its address, or its point. Raises Refused: nowhere we know."""
    latitude, longitude = point_of(data)
    address = data.get("address_string", "").strip()[:TEXT_MOST]
    region = _by_id(data.get("address_id", "").strip(), city)
    if region is None and address:
        region, _unknown = place_in(address, city) or (None, "")
    if region is None and latitude is not None and longitude is not None:
        region = ward_at(float(latitude), float(longitude), city)
    if region is None:
        raise Refused(Reason.NO_PLACE, field="address_id")
    return {"region": region, "place_words": address, "latitude": latitude, "longitude": longitude}


def _by_id(digits: str, city: Region) -> Region | None:
    known = Region.objects.filter(path__startswith=city.path, level__in=["ward", "rw", "rt"])
    return known.filter(path=digits).first() if digits else None


def photos_of(files: Sequence[Any]) -> list[CleanImage]:
    """The pictures sent with it, cleaned; what is beyond four is left. An address of a picture is never fetched."""
    return [admit(file) for file in files[:PHOTOS_MOST]]
