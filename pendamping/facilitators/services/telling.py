"""The journal of acts about people: never public, people by code, the office of whoever acted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.regions.models import Region


def tell(
    verb: str, subject: Model, *, by: Account | None, at: datetime, right: Verb = Verb.APPOINTMENT_MANAGE,
    changes: dict[str, Any] | None = None, reason: str = "", public: bool = False, on_behalf_of: str = "",
) -> None:  # fmt: skip
    """Write an entry in the journal of the subject's place."""
    path: str = subject.path if isinstance(subject, Region) else subject.region_path  # type: ignore[attr-defined]
    office = duties.office_of(by, right, path, at) if by else duties.OPERATOR
    journal.record(
        verb, subject=subject, region=path, by=by, at=at, office=office, changes=changes, reason=reason, public=public,
        on_behalf_of=on_behalf_of,
    )  # fmt: skip
