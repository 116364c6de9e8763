"""Facilitators with lines in their logbook, supervisors, absences, and acts of the journal done elsewhere."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import transaction

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core import journal
from pendamping.core.models import JournalEntry
from pendamping.facilitators.models import Absence, Assignment, LogEntry, LogRules
from pendamping.facilitators.services import absences, log_rules, log_verification, logbook
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests.appointment_factories import NOW, TODAY
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

HERE = {"latitude": Decimal("-7.300000"), "longitude": Decimal("108.200000"), "accuracy_m": 12}
NUMBERS = {
    "ward_radius_m": 2000, "slack_m": 250, "gap_minutes": 15, "gap_m": 1000, "photo_bits": 3, "look_back_days": 92,
    "text_letters": 20, "round_minutes": 30, "round_run": 6, "late_days": 3,
}  # fmt: skip


def placed(ward: Region | None = None, name: str = "Ani Contoh", **changes: Any) -> Assignment:
    """A facilitator who serves a ward the whole year."""
    return service.placed(ward or places.ward(), name, **changes)


def facts(**changes: Any) -> dict[str, Any]:
    """A line without anything that catches the eye, in a ward whose place is not known."""
    return {
        "day": TODAY, "activity": "visit", "what": "Mendampingi rapat RT tentang selokan di depan sekolah",
        "begins": time(9, 7), "ends": time(10, 40), "place": "RT 02 RW 05", "women": 6, "men": 4, "vulnerable": 2,
        **HERE, **changes,
    }  # fmt: skip


def entry(
    of: Assignment | None = None, *, at: datetime | None = None, region: Region | None = None, **changes: Any
) -> LogEntry:
    """A line somebody typed."""
    of = of or Assignment.objects.order_by("id").first() or placed()
    return logbook.write_entry(by=of.account, at=at or NOW, region=region or of.region, **facts(**changes))


def coordinator(name: str = "koordinator") -> Account:
    return personas.person("area_coordinator", places.district(), name)


def returned(of: Assignment | None = None, reason: str = "Sebutkan RT-nya", **changes: Any) -> LogEntry:
    return log_verification.return_entry(by=coordinator(), at=NOW, entry=entry(of, **changes), reason=reason)


def done(
    account: Account, verb: str, ward: Region, *, at: datetime | None = None, changes: dict[str, Any] | None = None,
    subject: Any = None,
) -> JournalEntry:  # fmt: skip
    """An act of the journal, as an app above would write it."""
    with transaction.atomic():
        return journal.record(
            verb,
            subject=subject or ward,
            region=ward,
            by=account,
            at=at or NOW,
            changes=changes or {},
            office="ward_facilitator",
        )


def asked(of: Assignment | None = None, **changes: Any) -> Absence:
    of = of or Assignment.objects.order_by("id").first() or placed()
    given = {
        "kind": "sick", "first_day": TODAY, "last_day": TODAY, "why": "Demam, istirahat atas saran dokter", **changes,
    }  # fmt: skip
    return absences.ask_absence(by=of.account, at=NOW, **given)


def approved(of: Assignment | None = None, **changes: Any) -> Absence:
    return absences.decide_absence(by=coordinator(), at=NOW, absence=asked(of, **changes), approve=True)


def thresholds(since: date = date(2026, 1, 1), **changes: Any) -> LogRules:
    given: dict[str, Any] = {
        "region": places.city(), "valid_from": since, "legal_basis": "Keputusan Wali Kota (contoh)", "opens": time(6),
        "closes": time(22), "work_days": "12345", **NUMBERS, **changes,
    }  # fmt: skip
    return log_rules.set_log_rules(by=service.secretariat(), at=NOW, **given)
