"""The usual gateway: a small relay beside whatever service a city has hired, which speaks our signed JSON."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AwareDatetime, Base64Bytes, BaseModel, Field, ValidationError

from pendamping.core.errors import Refused
from pendamping.core.forms import PHOTOS_MOST
from pendamping.needs.enums.gateway import Delivery
from pendamping.needs.gateways.incoming import Incoming
from pendamping.needs.rules import gateway as rules

TIMEOUT = 10  # seconds
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # before there is a mistake, and no zone can bring it back to a day
TIME, SIGNATURE = "X-Gateway-Timestamp", "X-Gateway-Signature"


class _Message(BaseModel):
    """A message in a delivery."""

    id: str = Field(pattern=r"^[^\x00]{1,80}$")
    sender: str = Field(alias="from", pattern=r"^[a-z]{2,12}:[^\s\x00]{1,80}$")
    at: Annotated[AwareDatetime, Field(ge=EARLIEST)]
    text: str = Field("", max_length=4000)
    latitude: Decimal | None = Field(None, ge=-90, le=90)
    longitude: Decimal | None = Field(None, ge=-180, le=180)
    photos: list[Base64Bytes] = Field([], max_length=PHOTOS_MOST)


class _Delivery(BaseModel):
    """What comes in one request."""

    messages: list[_Message] = Field(max_length=50)


class Relay:
    """Signed both ways with one key: HMAC-SHA256 over time and body."""

    name = "relay"

    def __init__(self, url: str, key: str) -> None:
        self.url, self.key = url, key

    def opened(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> list[Incoming]:
        rules.may_open(
            key=self.key, timestamp=headers.get(TIME, ""), body=body, signed=headers.get(SIGNATURE, ""),
            now=now.timestamp(),
        ).or_raise()  # fmt: skip
        try:
            messages = _Delivery.model_validate_json(body).messages
        except ValidationError:
            raise Refused(Delivery.UNREADABLE) from None  # without its cause, which quotes what people wrote
        return [_incoming(one, now) for one in messages]

    def send(self, to: str, text: str) -> None:
        body = json.dumps({"to": to, "text": text}, ensure_ascii=False).encode()
        stamp = str(int(time.time()))
        signed = {TIME: stamp, SIGNATURE: rules.signature(self.key, stamp, body), "Content-Type": "application/json"}
        request = urllib.request.Request(self.url, body, signed)  # noqa: S310 (the operator's own address)
        with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310
            pass


def _incoming(one: _Message, now: datetime) -> Incoming:
    point = (one.latitude, one.longitude) if one.latitude is not None and one.longitude is not None else (None, None)
    latitude, longitude = (part if part is None else part.quantize(Decimal("0.000001")) for part in point)
    return Incoming(
        number=one.id, sender=one.sender, text=one.text.replace("\0", ""), sent_at=min(one.at.astimezone(UTC), now),
        latitude=latitude, longitude=longitude, photos=tuple(one.photos),
    )  # fmt: skip
