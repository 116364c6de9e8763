"""When does a certificate end, what is it worth, what may be done with it, which reminder is due: tables of cases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pendamping.training.enums.certificates import Reason, Standing
from pendamping.training.rules import badges, certificates
from pendamping.training.rules.certificates import last_day, may_renew, reminder_due, standing


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 3, 2), 24, date(2028, 3, 1)),
        (date(2026, 8, 31), 6, date(2027, 2, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 3, 2), None, None),
    ],
)
def test_the_last_day_of_a_certificate(first: date, months: int | None, last: date | None) -> None:
    assert last_day(first, months) == last


@pytest.mark.parametrize(
    ("state", "until", "seen"),
    [
        ("valid", None, "valid"), ("valid", date(2026, 3, 2), "valid"), ("valid", date(2026, 3, 1), "expired"),
        ("revoked", date(2026, 3, 1), "revoked"), ("superseded", None, "superseded"),
    ],
)  # fmt: skip
def test_what_it_is_worth_on_a_day(state: str, until: date | None, seen: str) -> None:
    assert standing(state=state, valid_until=until, today=date(2026, 3, 2)) == seen


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"enrolment_state": "active"}, Reason.NOT_PASSED),
        ({"valid_code": "V26-1"}, Reason.HAS_ONE),
        ({"account_is_open": False}, Reason.ACCOUNT_CLOSED),
        ({"name": "  "}, Reason.NAME_MISSING),
        ({"name": "Sari 3278010101900001"}, Reason.NUMBER_IN_NAME),
        ({"name": "Sari 3278 0101 0190 0001"}, Reason.NUMBER_IN_NAME),
        ({"name": "32.78.01-010190_0001"}, Reason.NUMBER_IN_NAME),
        ({"name": "Sari 2, S.Sos. 12"}, None),
        ({"name": "Siti Nur'aini Déwi, S.Sos."}, None),
        ({"name": "iweD \u202eiraS"}, Reason.NAME_SIGNS),
    ],
)
def test_who_gets_one(changes: dict[str, Any], reason: Reason | None) -> None:
    facts = {"enrolment_state": "completed", "valid_code": "", "account_is_open": True, "name": "Sari", **changes}
    assert certificates.may_issue(**facts).reason == reason


@pytest.mark.parametrize(
    ("now", "name", "why", "reason"),
    [
        (Standing.VALID, "Sari Dewi", "Salah ketik", None),
        (Standing.EXPIRED, "Sari Dewi", "Salah ketik", None),
        (Standing.REVOKED, "Sari Dewi", "Salah ketik", Reason.NOT_VALID),
        (Standing.SUPERSEDED, "Sari Dewi", "Salah ketik", Reason.NOT_VALID),
        (Standing.VALID, "Sari", "Salah ketik", Reason.SAME_NAME),
        (Standing.VALID, "Sari Dewi", " ", Reason.REASON_MISSING),
    ],
)
def test_a_name_is_corrected(now: Standing, name: str, why: str, reason: Reason | None) -> None:
    assert certificates.may_correct(now=now, old="Sari", name=name, reason=why, is_own=False).reason == reason


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (None, Reason.NEVER_ENDS), (date(2026, 5, 31), None), (date(2026, 6, 1), Reason.NOT_DUE),
        (date(2025, 1, 1), None),
    ],
)  # fmt: skip
def test_renewed_in_its_last_days_or_after(until: date | None, reason: Reason | None) -> None:
    today = date(2026, 3, 2)
    now = standing(state="valid", valid_until=until, today=today)
    facts: dict[str, Any] = {"now": now, "valid_until": until, "today": today, "reason": "Penyegaran"}
    assert may_renew(**facts, is_own=False).reason == reason
    assert may_renew(**facts, is_own=True).reason == Reason.OWN


@pytest.mark.parametrize(
    ("left", "kind"), [(31, None), (30, "soon"), (8, "soon"), (7, "last"), (0, "last"), (-1, "over"), (-31, None)]
)
def test_the_most_urgent_reminder_only(left: int, kind: str | None) -> None:
    assert (
        reminder_due(valid_until=date.fromordinal(date(2026, 3, 2).toordinal() + left), today=date(2026, 3, 2)) == kind
    )


def test_bits_stand_leftmost_first() -> None:
    import base64
    import gzip

    text = badges.bits([0, 9], 131072)
    assert text[0] == "u"
    field = gzip.decompress(base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4)))
    assert (len(field) * 8, field[:2]) == (131072, b"\x80\x40")
