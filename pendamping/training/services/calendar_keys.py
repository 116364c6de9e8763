"""The secret in the address of somebody's own calendar: made, shown once, made anew."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.utils.crypto import salted_hmac

from pendamping.access.duties import nearest_office
from pendamping.access.models import Account
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.training.models import CalendarKey
from pendamping.training.queries.calendar_keys import digest_of


@act("training.calendar_made")
def make_key(*, by: Account, at: datetime, secret: str, city_path: str) -> CalendarKey:
    """Keep the digest of a new secret (id: membuat alamat kalender); the one before opens nothing any more."""
    key, _made = CalendarKey.objects.update_or_create(
        account=by, defaults={"digest": digest_of(secret)},
        create_defaults={"digest": digest_of(secret), "created_at": at},
    )  # fmt: skip
    journal.record(
        "training.calendar_made", subject=by, region=city_path, by=by, at=at,
        office=nearest_office(by, city_path, at), public=False,
    )  # fmt: skip
    return key


def secret_of(account: Account, op: uuid.UUID) -> str:
    """The secret for one sending of the form: sent twice, it is the same. 160 bits."""
    said = f"{account.uid}:{op}"
    return salted_hmac("pendamping.training.calendar.secret", said, algorithm="sha256").hexdigest()[:40]
