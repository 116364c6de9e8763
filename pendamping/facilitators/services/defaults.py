"""The requirements a city begins with, as data to be changed before registration opens.

The city's own text of 2022 has four requirements whose wording we do not know (domain 2.3, [U]); these are examples of
the usual ones with the party bar, which is known, and its independent check.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from django.db import transaction

from pendamping.access.models import Account
from pendamping.facilitators.models import RequirementSet
from pendamping.facilitators.services.requirements import add_requirement

DEFAULTS = Path(__file__).resolve().parents[1] / "data" / "requirements.json"


def seed_requirements(*, by: Account | None, at: datetime, requirement_set: RequirementSet) -> int:
    """Put the example requirements into an empty version; gives how many. A version with any is left alone."""
    with transaction.atomic():
        if requirement_set.requirements.exists():
            return 0
        rows = json.loads(DEFAULTS.read_text("utf-8"))
        for row in rows:
            add_requirement(by=by, at=at, requirement_set=requirement_set, **row)
        return len(rows)
