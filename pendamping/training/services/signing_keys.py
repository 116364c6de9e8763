"""The key that signs credentials is changed by whoever runs the installation."""

from __future__ import annotations

from datetime import datetime

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.training import signing
from pendamping.training.models import SigningKey


@act("training.signing_key_rotated")
def rotate_signing_key(*, by: Account | None, at: datetime) -> SigningKey:
    """A new key signs from now on (id: mengganti kunci tanda tangan); what was signed before stays verifiable."""
    made = signing.rotate(at)
    journal.record(
        "training.signing_key_rotated", subject=made, region="", by=by, at=at, office=duties.OPERATOR, public=False,
        changes={"number": made.number},
    )  # fmt: skip
    return made
