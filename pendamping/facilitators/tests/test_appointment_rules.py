"""Rules of decrees, assignments, inaugurations and ethics as tables of cases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pendamping.facilitators.enums.appointments import DecreeKind, Reason
from pendamping.facilitators.enums.ethics import CaseState, Sanction
from pendamping.facilitators.enums.ethics import Reason as EthicsReason
from pendamping.facilitators.rules import appointments, assignments, decrees, ethics, tickets

DAY = date(2026, 3, 1)
JAN, DEC = date(2026, 1, 1), date(2026, 12, 31)


def days(start: int, end: int) -> tuple[date, date]:
    return DAY + timedelta(days=start), DAY + timedelta(days=end)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"dated_on": DAY + timedelta(days=1)}, Reason.DATED_AHEAD),
        ({"ends_on": None}, Reason.TERM_MISSING),
        ({"ends_on": JAN - timedelta(days=1)}, Reason.TERM_MISSING),
        ({"kind": DecreeKind.DISMISSAL}, Reason.TERM_UNWANTED),
        ({"kind": DecreeKind.DISMISSAL, "starts_on": None, "ends_on": None}, None),
    ],
)
def test_a_decree_is_whole(facts: dict[str, Any], reason: Any) -> None:
    whole = {"kind": DecreeKind.APPOINTMENT, "dated_on": DAY, "today": DAY, "starts_on": JAN, "ends_on": DEC}
    assert decrees.may_record(**{**whole, **facts}).reason == reason


@pytest.mark.parametrize(
    ("served", "found"),
    [
        ([], [days(0, 30)]),
        ([days(-10, 40)], []),
        ([days(0, 9), days(10, 30)], []),
        ([days(0, 9), days(12, 30)], [days(10, 11)]),
        ([days(5, 9)], [days(0, 4), days(10, 30)]),
        ([days(0, 20), days(3, 6), days(15, 25)], [days(26, 30)]),
        ([days(9, 3)], [days(0, 30)]),  # called off before it began
        ([days(40, 50)], [days(0, 30)]),
        ([days(30, 30)], [days(0, 29)]),
    ],
)
def test_gaps_of_a_window(served: list[tuple[date, date]], found: list[tuple[date, date]]) -> None:
    since, until = days(0, 30)
    assert assignments.gaps(served, since=since, until=until) == found


@pytest.mark.parametrize(
    ("reserves", "chosen", "account", "skipped", "reason"),
    [
        (["A", "B"], "A", False, "", None),
        (["A", "B"], "B", False, "", Reason.SKIP_REASON_MISSING),
        (["A", "B"], "B", False, "Sakit", None),
        (["A"], "X", False, "", Reason.NOT_RESERVE),
        (["A"], None, True, "", Reason.RESERVE_FIRST),
        ([], None, False, "", Reason.RESERVE_EMPTY),
        ([], None, True, "", None),
    ],
)
def test_who_comes_after(reserves: list[str], chosen: str | None, account: bool, skipped: str, reason: Any) -> None:
    leaving = appointments.Leaving("Q", DAY, DEC, False)
    verdict = appointments.may_replace(
        leaving, reserves=reserves, chosen=chosen, has_account=account, reason="Mundur", skipped=skipped
    )
    assert verdict.reason == reason


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"is_renewed": True}, Reason.RENEWED_ALREADY),
        ({"year": 2028}, Reason.NOT_NEXT_YEAR),
        ({"reason": " "}, Reason.REASON_MISSING),
        ({"denied_by": "E26-7K3QX-M"}, Reason.NOT_RENEWED),
        ({"denied_by": "E26-7K3QX-M", "reason": "Banding atas E26-7K3QX-M dikabulkan"}, None),
    ],
)
def test_renewing_a_contract(facts: dict[str, Any], reason: Any) -> None:
    whole = {"before": 2026, "year": 2027, "is_renewed": False, "denied_by": "", "reason": "Nilai baik"}
    assert appointments.may_renew(**{**whole, **facts}).reason == reason


@pytest.mark.parametrize(
    ("years", "denied_by", "said", "reason"),
    [
        ([], "", "", None),
        ([2026], "", "", Reason.RENEW_INSTEAD),
        ([], "E26-7K3QX-M", "", Reason.NOT_RENEWED),
        ([], "E26-7K3QX-M", "Banding atas E26-7K3QX-M dikabulkan", None),
    ],
)
def test_signing_a_contract(years: list[int], denied_by: str, said: str, reason: Any) -> None:
    assert appointments.may_sign(year=2027, years=years, denied_by=denied_by, reason=said).reason == reason


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (1, 20, None),
        (0, 20, Reason.SERVES_BESIDE),
        (1, 21, Reason.OUTLASTS),
    ],
)
def test_a_successor_serves_the_rest_of_the_term_and_no_day_more(first: int, last: int, reason: Any) -> None:
    starts_on, ends_on = days(first, last)
    leaving = appointments.Leaving("Q", DAY, DAY + timedelta(days=20), False)
    assert appointments.may_succeed(leaving, starts_on=starts_on, ends_on=ends_on).reason == reason
    assert leaving.rest_of(JAN, DEC) == days(1, 20)
    assert leaving.rest_of(*days(5, 9)) == days(5, 9)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (("Áni  Contoh, S.T.", "", ""), True),
        (("Ina", "ANI@contoh.test", ""), True),
        (("Ina", "", "0812"), True),
        (("Budi Contoh", "budi@contoh.test", "0899"), False),
        (("", "", ""), False),
    ],
)
def test_one_trait_in_common_makes_an_account_the_applicants(other: tuple[str, str, str], same: bool) -> None:
    applied = appointments.Traits("Ani Contoh", "ani@contoh.test", "0812")
    assert appointments.is_same_person(applied, appointments.Traits(*other)) is same


@pytest.mark.parametrize(
    ("earlier", "sanction", "skip", "allowed"),
    [
        ([], Sanction.NONE, "", True),
        ([], Sanction.ORAL, "", True),
        ([], Sanction.WRITTEN_1, "", False),
        ([], Sanction.TERMINATION, "Pidana", True),
        ([Sanction.ORAL], Sanction.WRITTEN_1, "", True),
        ([Sanction.WRITTEN_1, Sanction.NONE], Sanction.WRITTEN_2, "", True),
        ([Sanction.WRITTEN_3], Sanction.SUSPENSION, "", True),
        ([Sanction.WRITTEN_3], Sanction.TERMINATION, " ", False),
        ([Sanction.TERMINATION], Sanction.TERMINATION, "", True),
        ([Sanction.WRITTEN_2], Sanction.ORAL, "", True),
    ],
)
def test_no_grade_is_skipped_without_a_reason(earlier: list[str], sanction: str, skip: str, allowed: bool) -> None:
    assert ethics.keeps_grade(sanction, skip_reason=skip, earlier=earlier).allowed is allowed


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"seated": 2}, EthicsReason.PANEL_SMALL),
        ({"reason": " "}, EthicsReason.REASON_MISSING),
        ({"suspended_from": DAY, "suspended_until": DAY}, EthicsReason.DATES_UNWANTED),
        ({"sanction": Sanction.SUSPENSION, "skip_reason": "Berat"}, EthicsReason.DATES_MISSING),
    ],
)
def test_a_decision_of_a_panel(facts: dict[str, Any], reason: Any) -> None:
    whole = {
        "seated": 3, "least": 3, "sanction": Sanction.ORAL, "reason": "Terbukti",
        "skip_reason": "", "earlier": [], "suspended_from": None, "suspended_until": None, "today": DAY,
    }  # fmt: skip
    verdict = ethics.may_decide(**{**whole, **facts})
    assert verdict.reason == reason
    assert bool(verdict.message) is bool(reason)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"state": CaseState.CALLED}, EthicsReason.NOT_HEARD),
        ({"state": CaseState.PROPOSED}, EthicsReason.NOT_HEARD),
        ({"has_answered": False}, EthicsReason.MAY_STILL_ANSWER),
        ({"has_answered": False, "today": DAY + timedelta(days=1)}, None),
    ],
)
def test_when_a_case_is_ripe(facts: dict[str, Any], reason: Any) -> None:
    whole = {"state": CaseState.HEARD, "has_answered": True, "answer_by": DAY, "today": DAY}
    assert ethics.is_ripe(**{**whole, **facts}).reason == reason


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"actor": 1}, EthicsReason.SECOND_MEMBER),
        ({"seated": [2, 3, 4]}, EthicsReason.PROPOSER_LEFT),
        ({"seated": [1, 2]}, EthicsReason.PANEL_SMALL),
        ({"sanction": Sanction.SUSPENSION}, EthicsReason.DATES_MISSING),
    ],
)
def test_a_second_member_confirms(facts: dict[str, Any], reason: Any) -> None:
    whole = {
        "actor": 2, "proposer": 1, "seated": [1, 2, 3], "least": 3, "sanction": Sanction.TERMINATION,
        "suspended_from": None, "suspended_until": None, "today": DAY,
    }  # fmt: skip
    assert ethics.may_confirm(**{**whole, **facts}).reason == reason


@pytest.mark.parametrize(
    "typed", ["7K3QXM2P9D", "7k3qx-m2p9d", " 7K3QX M2P9D ", "https://x.test/kerja/pelantikan/C/hadir/?k=7K3QXM2P9D"]
)
def test_a_ticket_is_read_however_it_is_typed(typed: str) -> None:
    assert tickets.read_ticket(typed) == "7K3QXM2P9D"
    assert tickets.read_ticket(tickets.shown("7K3QXM2P9D")) == "7K3QXM2P9D"
