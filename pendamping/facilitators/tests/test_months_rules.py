"""Pure rules of months and pay: who is next, what counts, what is paid."""

from __future__ import annotations

from datetime import date

import pytest

from pendamping.facilitators.enums.months import MonthOffice, Reason
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.rules import month_figures as figures
from pendamping.facilitators.rules import months as rules
from pendamping.facilitators.rules import pay

A, C, S = MonthOffice.AREA, MonthOffice.CITY, MonthOffice.SECRETARIAT
WARD, AREA, CITY = PostKind.WARD_FACILITATOR, PostKind.AREA_COORDINATOR, PostKind.CITY_COORDINATOR


@pytest.mark.parametrize(
    ("role", "staffed", "steps"),
    [
        (WARD, {A, C}, (A, C, S)), (WARD, {A}, (A, S)), (WARD, {C}, (C, S)), (WARD, set(), (S,)),
        (AREA, {A, C}, (C, S)), (AREA, {A}, (S,)), (CITY, {A, C}, (S,)),
    ],
)  # fmt: skip
def test_a_report_passes_the_offices_above_that_are_filled(
    role: str, staffed: set[str], steps: tuple[str, ...]
) -> None:
    assert rules.ladder(role, staffed) == steps


@pytest.mark.parametrize(
    ("offices", "role", "above"),
    [
        ([A], WARD, True), ([A], A, False), ([A], C, False), ([C], A, True), ([C], C, False), ([S], C, True),
        (["ward_head"], WARD, False), ([A, S], A, True), ([], WARD, False),
    ],
)  # fmt: skip
def test_who_stands_above_whom(offices: list[str], role: str, above: bool) -> None:
    assert rules.is_above(offices, role) is above


@pytest.mark.parametrize(
    ("said", "sending", "awaited"),
    [
        ([], 1, A), ([(1, A, "recommended")], 1, C), ([(1, A, "recommended"), (1, C, "recommended")], 1, S),
        ([(1, A, "recommended"), (1, S, "returned")], 2, A), ([(1, C, "recommended")], 1, S),
    ],
)  # fmt: skip
def test_the_next_office_is_the_first_above_whoever_said_yes(
    said: list[tuple[int, str, str]], sending: int, awaited: str
) -> None:
    words = [rules.Said(number, office, kind, 7) for number, office, kind in said]
    assert rules.awaited((A, C, S), words, sending) == awaited


@pytest.mark.parametrize(
    ("said", "may"),
    [
        ([], True), ([(2, A, 7)], False), ([(2, C, 7)], False), ([(1, A, 7)], True), ([(1, C, 7)], False),
        ([(2, A, 8), (1, C, 8)], True),
    ],
)  # fmt: skip
def test_who_may_still_speak_for_an_office(said: list[tuple[int, str, int]], may: bool) -> None:
    words = [rules.Said(number, office, "recommended", person) for number, office, person in said]
    assert rules.may_speak(person=7, office=A, said=words, sending=2) is may


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None), ({"state": "approved"}, Reason.NOT_OPEN), ({"actor": 1}, Reason.OWN_REPORT),
        ({"seen": 1}, Reason.CHANGED_MEANWHILE), ({"offices": [C]}, Reason.WAITS_FOR),
        ({"said": [rules.Said(2, C, "recommended", 7)]}, Reason.TWICE),
        ({"said": [rules.Said(1, S, "returned", 7)]}, Reason.TWICE),
        ({"said": [rules.Said(1, A, "recommended", 7)]}, None),
    ],
)  # fmt: skip
def test_who_may_decide(changes: dict[str, object], reason: object) -> None:
    facts = {
        "state": "sent", "state_label": "Dikirim", "actor": 7, "owner": 1, "offices": [A], "next_office": A,
        "said": [], "sending": 2, "seen": 2, **changes,
    }  # fmt: skip
    assert rules.may_decide(**facts).reason == reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None), ({"offices": [C]}, Reason.NOT_OPEN), ({"actor": 1}, Reason.OWN_REPORT),
        ({"seen": 1}, Reason.CHANGED_MEANWHILE), ({"on_list": True}, Reason.ON_LIST),
    ],
)  # fmt: skip
def test_who_may_send_an_approved_report_back(changes: dict[str, object], reason: object) -> None:
    facts = {
        "state_label": "Disetujui", "actor": 7, "owner": 1, "offices": [S], "on_list": False, "sending": 2, "seen": 2,
        **changes,
    }  # fmt: skip
    assert rules.may_reopen(**facts).reason == reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "today", "closed"),
    [
        (None, None, False), (None, date(2026, 4, 3), False), (None, date(2026, 4, 4), True),
        ("sent", None, True), ("recommended", None, True), ("approved", None, True),
        ("returned", date(2026, 5, 1), False),
    ],
)  # fmt: skip
def test_when_a_month_is_closed(state: str | None, today: date | None, closed: bool) -> None:
    assert rules.is_closed(state=state, today=today, closes=date(2026, 4, 3)) is closed


def test_days_around_the_turn_of_the_year() -> None:
    terms = rules.Terms(plan_day=20, correction_days=4, pay_day=8)
    assert rules.plan_due_on(2026, 1, terms) == date(2025, 12, 20)
    assert rules.closes_on(2026, 12, terms) == date(2027, 1, 4)
    assert rules.pay_expected_on(2026, 12, terms) == date(2027, 1, 8)


def line(day: int, activity: str = "visit", path: str = "3278011001") -> figures.Line:
    return figures.Line(
        "F", date(2026, 3, day), activity, path, "RW 1", "Kunjungan", 1, 1, 0, "", "", "", None, None, "written",
        ("late",),
    )  # fmt: skip


def test_a_line_counts_for_one_planned_line_the_narrowest_place_first() -> None:
    plan = [
        rules.Planned("Semua", "327801", "Kecamatan 1", "visit", 1),
        rules.Planned("Di sini", "3278011001", "Kelurahan 1", "visit", 1),
        rules.Planned("Di sini lagi", "3278011001", "Kelurahan 1", "visit", 1),
        rules.Planned("Rapat", "3278011001", "Kelurahan 1", "meeting", 1),
    ]
    lines = [line(2), line(3), line(4), line(5, path="3278011002")]
    assert [one["done"] for one in figures.compare(plan, lines)] == [1, 1, 2, 0]


def test_gaps_are_working_days_without_a_line_or_an_absence() -> None:
    service = rules.Service(
        ((date(2026, 3, 2), date(2026, 3, 5)), (date(2026, 3, 9), date(2026, 3, 10))), WARD, date(2026, 3, 31)
    )
    away = [figures.Away("leave", date(2026, 2, 27), date(2026, 3, 3))]
    assert [day.day for day in figures.gaps([line(4)], away, service, "12345")] == [5, 9, 10]


def test_long_lists_are_cut_and_say_how_many_there_were() -> None:
    service = rules.Service(((date(2026, 3, 1), date(2026, 3, 31)),), WARD, date(2026, 3, 31))
    one = line(2)
    lines = [figures.Line(**{**one.__dict__, "problem": "Banjir", "follow_up": "Cek"}) for _n in range(70)]
    told = figures.figures(lines=lines, away=[], plan=None, service=service, work_days="12345", places=["X"])
    assert (len(told["problems"]), told["problem_count"], told["follow_up_count"]) == (60, 70, 70)
    assert told["flags"] == [["late", 70]]


@pytest.mark.parametrize(
    ("contracts", "days", "gross"),
    [
        ([("K", 3_100_000, date(2026, 1, 1), date(2026, 12, 31))], [31], 3_100_000),
        ([("K", 3_100_000, date(2026, 3, 17), date(2026, 12, 31))], [15], 1_500_000),
        ([("K", 3_100_000, date(2026, 1, 1), date(2026, 3, 1))], [1], 100_000),
        ([("K", 3_100_000, date(2026, 4, 1), date(2026, 12, 31))], [], 0),
        (
            [
                ("A", 3_100_000, date(2026, 1, 1), date(2026, 12, 31)),
                ("B", 6_200_000, date(2026, 3, 11), date(2026, 12, 31)),
            ],
            [10, 21], 1_000_000 + 4_200_000,
        ),
        (
            [
                ("A", 3_100_000, date(2026, 1, 1), date(2026, 12, 31)),
                ("B", 6_200_000, date(2026, 3, 10), date(2026, 3, 15)),
            ],
            [25, 6], 2_500_000 + 1_200_000,
        ),
        ([("K", 1_000_000, date(2026, 3, 1), date(2026, 3, 7))], [7], 225_806),
    ],
)  # fmt: skip
def test_what_a_month_pays(contracts: list[tuple[str, int, date, date]], days: list[int], gross: int) -> None:
    found = pay.parts([pay.Paid(*one) for one in contracts], 2026, 3)
    assert [one["days"] for one in found] == days
    assert sum(one["gross"] for one in found) == gross


def test_days_of_a_suspension_pay_nothing() -> None:
    contracts = [
        pay.Paid("A", 3_100_000, date(2026, 1, 1), date(2026, 3, 10)),
        pay.Paid("B", 6_200_000, date(2026, 3, 11), date(2026, 12, 31)),
    ]
    away = [(date(2026, 2, 20), date(2026, 3, 1)), (date(2026, 3, 10), date(2026, 3, 12))]
    assert [one["days"] for one in pay.parts(contracts, 2026, 3, away)] == [8, 19]
    assert [one["days"] for one in pay.parts(contracts, 2026, 3, [(date(2026, 3, 1), date(2026, 3, 30))])] == [1]


@pytest.mark.parametrize(
    ("contracts", "served", "awaits"),
    [
        ([("A", 1, date(2026, 1, 1), date(2026, 3, 15))], [(date(2026, 3, 16), date(2026, 12, 31))], True),
        ([("A", 1, date(2026, 1, 1), date(2026, 12, 31))], [(date(2026, 3, 16), date(2026, 12, 31))], False),
        ([("A", 1, date(2026, 1, 1), date(2026, 3, 15))], [], False),  # what no contract pays is settled
        ([], [(date(2026, 3, 31), date(2026, 3, 31))], True),
        ([], [(date(2026, 4, 1), date(2026, 4, 30))], False),
    ],
)  # fmt: skip
def test_days_served_may_still_wait_for_a_contract(
    contracts: list[tuple[str, int, date, date]], served: list[tuple[date, date]], awaits: bool
) -> None:
    assert pay.awaits_contract([pay.Paid(*one) for one in contracts], served, 2026, 3) is awaits


def test_deductions_are_rounded_down_and_never_more_than_there_is() -> None:
    rates = [pay.Rate("PPh 21", "UU", 250, 300), pay.Rate("Iuran", "SK", 100, None)]
    assert [one["amount"] for one in pay.deductions(999_999, rates, has_tax_number=True)] == [24_999, 9_999]
    assert [one["amount"] for one in pay.deductions(999_999, rates, has_tax_number=False)] == [29_999, 9_999]
    assert pay.net(100, [{"amount": 80}, {"amount": 30}]) == 0
