"""The bounds of technical checks that every city begins with: a proposal as data; a city sets its own."""

from __future__ import annotations

from datetime import date, datetime

from pendamping.deliberation.models import CheckRules

VALID_FROM = date(2026, 1, 1)
BASIS = "Usulan awal; kota dapat menetapkan yang lain"


def seed_check_rules(at: datetime) -> int:
    """Put the first bounds into the table: more than a tenth off with a condition, more than three tenths not at all.

    No meeting waits for a check until a city says so. Run again it adds nothing. Returns how many were new.
    """
    if CheckRules.objects.filter(city=None).exists():
        return 0
    CheckRules.objects.create(
        city=None, condition_permille=100, unfit_permille=300, needs_check=False, legal_basis=BASIS,
        valid_from=VALID_FROM, created_at=at,
    )  # fmt: skip
    return 1
