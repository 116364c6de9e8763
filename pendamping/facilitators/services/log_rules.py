"""The thresholds of the logbook are set: a new row with its basis, the earlier ones stay for the days they held."""

from __future__ import annotations

from datetime import date, datetime, time

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.personal import mask_to
from pendamping.facilitators.models import LogRules
from pendamping.facilitators.rules import logbook as rules
from pendamping.regions.models import Region


@act("facilitators.log_rules_set")
def set_log_rules(
    *, by: Account | None, at: datetime, region: Region, valid_from: date, legal_basis: str, opens: time, closes: time,
    work_days: str, **numbers: int,
) -> LogRules:  # fmt: skip
    """Set from when a line catches the eye in a city (id: menetapkan aturan buku harian).

    Refused: without a basis, not later than the version before, numbers that make no sense.
    """
    city = Region.objects.select_for_update().get(pk=region.pk)
    before = LogRules.objects.filter(city=city).order_by("-valid_from").first()
    rules.may_set(
        legal_basis=legal_basis, valid_from=valid_from, holds_from=before.valid_from if before else None, opens=opens,
        closes=closes, work_days=work_days, numbers=numbers,
    ).or_raise()  # fmt: skip
    made = LogRules.objects.create(
        created_at=at, city=city, valid_from=valid_from, legal_basis=mask_to(legal_basis.strip(), 200), opens=opens,
        closes=closes, work_days="".join(sorted(work_days)), set_by=by, **numbers,
    )  # fmt: skip
    names = ("valid_from", "legal_basis", "opens", "closes", "work_days", *rules.BOUNDS)
    pairs = {name: [getattr(before, name, None), getattr(made, name)] for name in names}
    journal.record(
        "facilitators.log_rules_set", subject=made, region=city, by=by, at=at,
        office=duties.office_of(by, Verb.RULES_MANAGE, city.path, at) if by else None,
        changes={name: pair for name, pair in pairs.items() if pair[0] != pair[1]},
    )  # fmt: skip
    return made
