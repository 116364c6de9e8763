"""That it is really them: by the mailbox they gave, or by the identity card shown at the counter. And a lost key."""

from __future__ import annotations

import hmac
from datetime import datetime

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.facilitators import keys
from pendamping.facilitators.enums.selection import Reason
from pendamping.facilitators.models import Application
from pendamping.facilitators.queries.applications import identity
from pendamping.facilitators.rules import applications as rules
from pendamping.facilitators.services.applications import locked, tell


@act("facilitators.application_verified")
def verify_by_mail(*, by: None, at: datetime, application: Application, said: str) -> Application:
    """The code or the token of the e-mail came back (id: verifikasi surel). Refuses a wrong one."""
    found = locked(application)
    address = identity(found)["email"]
    right = (keys.mail_code(found, address), keys.mail_token(found, address)) if address else ()
    rules.may_verify_by_mail(
        is_verified=found.verified_at is not None, has_mail=bool(address),
        is_right=any(hmac.compare_digest(one.encode(), said.strip().encode()) for one in right),
    ).or_raise()  # fmt: skip
    found.verified_at = at
    found.save(update_fields=["verified_at"])
    tell("facilitators.application_verified", found, by=by, at=at, changes={"how": "mail"})
    return found


@act("facilitators.application_verified")
def verify_at_counter(*, by: Account, at: datetime, application: Application, shown_index: str) -> Application:
    """The identity card was shown (id: verifikasi di loket): `shown_index` is the keyed digest of its NIK."""
    found = locked(application)
    rules.may_verify_at_counter(
        is_verified=found.verified_at is not None, nik_index=found.nik_index, shown=shown_index
    ).or_raise()
    found.verified_at, found.verified_by = at, by
    found.save(update_fields=["verified_at", "verified_by"])
    tell("facilitators.application_verified", found, by=by, at=at, changes={"how": "counter"})
    return found


@act("facilitators.application_key_renewed")
def renew_key(
    *, by: Account, at: datetime, application: Application, secret_hash: str, shown_index: str
) -> Application:
    """A new key for somebody at the counter whose card is that of the application (id: kunci baru).

    The key before opens nothing any more. Refuses another card.
    """
    found = locked(application)
    if found.forgotten_at is not None:
        raise Refused(Reason.FORGOTTEN)
    rules.may_verify_at_counter(is_verified=False, nik_index=found.nik_index, shown=shown_index).or_raise()
    found.secret_hash = secret_hash
    found.save(update_fields=["secret_hash"])
    tell("facilitators.application_key_renewed", found, by=by, at=at)
    return found
