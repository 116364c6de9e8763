"""What a technical check may find, and how far an estimate lies off the unit prices."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pendamping.deliberation.enums.checks import CheckReason, CheckResult
from pendamping.deliberation.rules import checks as rules
from pendamping.deliberation.rules import unit_prices as price_rules
from pendamping.needs.rules.similar import trigrams_of

FINE = {
    "off": 50, "bounds": rules.Bounds(100, 300), "menu_valid_from": date(2019, 1, 1), "menu_valid_to": None,
    "fiscal_year": 2026, "land_status": "public", "land_consent": "",
}  # fmt: skip


def looked(**changes: Any) -> rules.Looked:
    return rules.Looked(**{**FINE, **changes})


@pytest.mark.parametrize(
    ("estimated", "calculated", "off"),
    [(110, 100, 100), (90, 100, -100), (100, 100, 0), (1_000_001, 1_000_000, 1), (999_999, 1_000_000, -1), (5, 0, None),
     (45_000_000, 30_000_000, 500)],
)  # fmt: skip
def test_how_far_off(estimated: int, calculated: int, off: int | None) -> None:
    assert rules.off_permille(estimated=estimated, calculated=calculated) == off


@pytest.mark.parametrize(
    ("changes", "aspect", "finding", "reason"),
    [
        ({}, "cost", "fit", None),
        ({"off": 100}, "cost", "fit", None),
        ({"off": -101}, "cost", "fit", CheckReason.COST_OFF),
        ({"off": 101}, "cost", "condition", None),
        ({"off": 301}, "cost", "condition", CheckReason.COST_FAR),
        ({"off": 301}, "cost", "unfit", None),
        ({"off": None}, "cost", "fit", CheckReason.NO_PRICES),
        ({"off": None}, "cost", "condition", CheckReason.NO_PRICES),
        ({"off": None}, "cost", "unfit", None),
        ({"off": None, "has_prices": False}, "cost", "fit", CheckReason.NO_PRICE_LIST),
        ({"off": None, "has_prices": False}, "cost", "condition", None),
        ({"off": 900, "bounds": None}, "cost", "fit", None),
        ({"menu_valid_to": date(2025, 12, 31)}, "menu", "fit", CheckReason.MENU_ENDED),
        ({"menu_valid_to": date(2026, 12, 31)}, "menu", "fit", None),
        ({"menu_valid_from": date(2027, 1, 1)}, "menu", "condition", CheckReason.MENU_ENDED),
        ({"land_status": "private_open"}, "land", "fit", CheckReason.LAND_OPEN),
        ({"land_status": "unknown"}, "land", "condition", CheckReason.LAND_OPEN),
        ({"land_status": "private_consent"}, "land", "fit", CheckReason.LAND_OPEN),
        ({"land_status": "private_consent", "land_consent": "Surat 3/2026"}, "land", "fit", None),
        ({"land_status": "private_open"}, "land", "unfit", None),
    ],
)
def test_what_the_records_say_plainly_cannot_be_found_otherwise(
    changes: dict[str, Any], aspect: str, finding: str, reason: Any
) -> None:
    assert rules.may_find(looked(**changes), aspect=aspect, finding=finding, reason="Sebab").reason == reason


def test_nothing_is_found_without_words() -> None:
    assert rules.may_find(looked(), aspect="menu", finding="unfit", reason=" ").reason == CheckReason.FINDING_WORDS


@pytest.mark.parametrize(
    ("findings", "result"),
    [(["fit", "fit"], CheckResult.FIT), (["fit", "condition"], CheckResult.CONDITION),
     (["condition", "unfit", "fit"], CheckResult.UNFIT)],
)  # fmt: skip
def test_the_worst_finding_decides(findings: list[str], result: CheckResult) -> None:
    assert rules.result_of(findings) == result


def test_publishing_names_what_was_not_looked_at() -> None:
    labels = {"menu": "Menu", "cost": "Biaya", "land": "Lahan", "duplicate": "Ganda"}
    whole = dict.fromkeys(labels, ("fit", "Sebab"))
    facts: dict[str, Any] = {"state": "checked", "found": whole, "labels": labels, "is_stale": False, "reason": "Layak"}
    assert rules.may_publish(looked(), **facts)
    lacking = rules.may_publish(looked(), **{**facts, "found": {"menu": ("fit", "Sebab")}})
    assert (lacking.reason, lacking.params["aspects"]) == (CheckReason.INCOMPLETE, "Biaya, Lahan, Ganda")
    assert rules.may_publish(looked(), **{**facts, "is_stale": True}).reason == CheckReason.STALE
    assert rules.may_publish(looked(), **{**facts, "state": "funded"}).reason == CheckReason.NOT_CHECKABLE
    assert rules.may_publish(looked(off=400), **facts).reason == CheckReason.COST_FAR  # lines changed after the finding


@pytest.mark.parametrize(
    ("kind", "needed", "result", "may"),
    [("rw", True, None, True), ("development", False, None, True), ("development", True, None, False),
     ("planning", True, "unfit", False), ("planning", True, "condition", True), ("development", True, "fit", True)],
)  # fmt: skip
def test_before_a_ward_meeting(kind: str, needed: bool, result: str | None, may: bool) -> None:
    assert bool(rules.may_put(kind=kind, is_needed=needed, result=result, code="U26")) is may


@pytest.mark.parametrize(
    ("one", "other"),
    [("3/4''''", '3/4"'), ("ELBOW 90° MASPION", "elbow 90 maspion"), ("Pipa  “AW”", "pipa aw")],
)
def test_odd_quotes_and_signs_are_the_same_when_searched(one: str, other: str) -> None:
    assert price_rules.searched(one) == price_rules.searched(other)


@pytest.mark.parametrize(
    ("title", "place", "is_named"),
    [("Perbaikan selokan", "Gang Melati RW 1", True), ("Rehab selokan", "Gg. Melati RW 001", True),
     ("Perbaikan selokan", "Jalan Cihideung RW 9", True), ("Lampu jalan", "Gang Melati, RW 001", False),
     ("Taman baca", "Lapangan RW 7", False)],
)  # fmt: skip
def test_title_and_place_together_tell_what_is_the_same(title: str, place: str, is_named: bool) -> None:
    asked = trigrams_of("Perbaikan selokan"), trigrams_of("Gang Melati, RW 001")
    assert (rules.likeness(asked, (trigrams_of(title), trigrams_of(place))) >= rules.ALIKE) is is_named
