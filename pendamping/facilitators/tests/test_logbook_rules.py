"""May a line stand, and what about it catches the eye? Tables of cases."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from pendamping.facilitators.enums import absences as away
from pendamping.facilitators.enums.logbook import Activity, FlagKind, Reason
from pendamping.facilitators.rules import absences, log_flags, outlines
from pendamping.facilitators.rules import logbook as rules
from pendamping.facilitators.rules.log_flags import Facts, Limits, Line, Ward

DAY = date(2026, 2, 2)
HERE = (-7.3, 108.2)
NEAR, FAR = (-7.3, 108.21), (-7.3, 108.25)  # 1.1 km and 5.5 km to the east
SQUARE = [[(-7.31, 108.19), (-7.31, 108.21), (-7.29, 108.21), (-7.29, 108.19)]]
PHOTO = ("a" * 64, "00ff00ff00ff00ff")


def line(**changes: Any) -> Line:
    whole = {
        "code": "F26-A", "day": DAY, "begins": time(9, 7), "ends": time(10, 40), "ward": "3278010001", "fix": HERE,
        "text_key": "x", "letters": 40, **changes,
    }  # fmt: skip
    return Line(**whole)


def other(code: str = "F26-B", **changes: Any) -> Line:
    return line(**{"code": code, "day": DAY - timedelta(days=1), "text_key": code, "photos": (), **changes})


def found(one: Line | None = None, *others: Line, **changes: Any) -> list[tuple[str, int, str]]:
    given = {
        "line": one or line(), "others": others, "same_photos": (), "ward": Ward(), "written_on": DAY,
        "limits": Limits(), **changes,
    }  # fmt: skip
    return [(flag.kind.value, flag.figure, flag.note) for flag in log_flags.flags(Facts(**given))]


@pytest.mark.parametrize(
    ("one", "others", "changes", "expected"),
    [
        (line(), (), {}, []),
        # no place fix, where residents are; an office may be anywhere
        (line(fix=None), (), {}, [("no_fix", 0, "")]),
        (line(fix=None, activity=Activity.ADMINISTRATION), (), {}, []),
        (line(fix=None, activity=Activity.COORDINATION), (), {}, []),
        # outside the ward: outline, else point and radius, else nothing is said
        (line(fix=NEAR), (), {"ward": Ward(SQUARE)}, []),
        (line(fix=FAR), (), {"ward": Ward(SQUARE)}, [("outside", 4412, "")]),
        (line(fix=FAR, activity=Activity.TRAINING), (), {"ward": Ward(SQUARE)}, []),
        (line(fix=(-7.3, 108.212)), (), {"ward": Ward(SQUARE)}, []),  # 221 m: within the slack
        (line(fix=(-7.3, 108.213)), (), {"ward": Ward(SQUARE)}, [("outside", 331, "")]),
        (line(fix=(-7.3, 108.213), accuracy_m=100), (), {"ward": Ward(SQUARE)}, []),
        (line(fix=FAR), (), {"ward": Ward(point=HERE, radius_m=2000)}, [("outside", 3515, "")]),
        (line(fix=NEAR), (), {"ward": Ward(point=HERE, radius_m=2000)}, []),
        # two places in too short a time
        (line(fix=FAR), (other(day=DAY, begins=time(8), ends=time(9)),), {}, [("too_close", 7, "F26-B")]),
        (line(fix=FAR), (other(day=DAY, begins=time(8), ends=time(8, 52)),), {}, []),
        (line(), (other(day=DAY, begins=time(8), ends=time(9)),), {}, []),  # the same place
        (line(), (other(day=DAY, begins=time(11), ends=None, fix=FAR),), {}, []),
        (line(), (other(day=DAY, begins=time(10), ends=None, fix=FAR),), {}, [("too_close", 0, "F26-B")]),
        (line(), (other(day=DAY, begins=time(9), fix=None, ward="3278010002"),), {}, [("too_close", 0, "F26-B")]),
        (line(begins=None, ends=None), (other(day=DAY, fix=FAR),), {}, []),
        # the same photo: by its bytes, or so alike that only a filter lies between
        (line(photos=(PHOTO,)), (), {"same_photos": [("F26-C", "a" * 64)]}, [("same_photo", 0, "F26-C")]),
        (line(photos=(PHOTO,)), (), {"same_photos": [("F26-C", "00ff00ff00ff00f8")]}, [("same_photo", 0, "F26-C")]),
        (line(photos=(PHOTO,)), (), {"same_photos": [("F26-C", "00ff00ff00ff00f0")]}, []),
        (line(photos=(("b" * 64, "0" * 16),)), (), {"same_photos": [("F26-C", "0" * 16)]}, []),
        # the same words
        (line(), (other(text_key="x"), other("F26-C", text_key="x")), {}, [("same_text", 2, "F26-B")]),
        (line(letters=19), (other(text_key="x"),), {}, []),
        # round times, only when it is a habit
        (line(begins=time(9), ends=time(10, 30)), tuple(other(str(n), begins=time(8), ends=None) for n in range(5)),
         {}, [("round_times", 6, "")]),
        (line(begins=time(9), ends=time(10, 30)), tuple(other(str(n), begins=time(8), ends=None) for n in range(4)),
         {}, []),
        (line(begins=time(9), ends=time(10, 31)), tuple(other(str(n), begins=time(8), ends=None) for n in range(5)),
         {}, []),
        # out of hours
        (line(begins=time(5, 59)), (), {}, [("out_of_hours", 0, "05.59")]),
        (line(begins=time(21), ends=time(22, 1)), (), {}, [("out_of_hours", 0, "22.01")]),
        (line(begins=time(6), ends=time(22)), (), {}, []),
        # late
        (line(), (), {"written_on": DAY + timedelta(days=3)}, []),
        (line(), (), {"written_on": DAY + timedelta(days=4)}, [("late", 4, "")]),
        # noted in time, as the device says, but long on its way
        (line(), (), {"waited_days": 3}, []),
        (line(), (), {"waited_days": 4}, [("held_back", 4, "")]),
        # several at once, in one order
        (line(fix=None, begins=time(4, 3)), (), {"written_on": DAY + timedelta(days=9)},
         [("no_fix", 0, ""), ("out_of_hours", 0, "04.03"), ("late", 9, "")]),
    ],
)  # fmt: skip
def test_what_catches_the_eye(
    one: Line, others: tuple[Line, ...], changes: dict[str, Any], expected: list[Any]
) -> None:
    assert found(one, *others, **changes) == expected


def test_the_thresholds_are_data() -> None:
    strict = Limits(late_days=0, opens=time(10), text_letters=1)
    assert [kind for kind, *_rest in found(line(), limits=strict, written_on=DAY + timedelta(days=1))] == [
        FlagKind.OUT_OF_HOURS, FlagKind.LATE,
    ]  # fmt: skip


def test_a_hole_in_an_outline_is_outside() -> None:
    ring = [[108.19, -7.31], [108.21, -7.31], [108.21, -7.29], [108.19, -7.29], [108.19, -7.31]]
    hole = [[108.199, -7.301], [108.201, -7.301], [108.201, -7.299], [108.199, -7.299], [108.199, -7.301]]
    whole = outlines.rings({"type": "Polygon", "coordinates": [ring, hole]})
    assert outlines.metres_outside(HERE, whole) == pytest.approx(110, abs=2)
    assert outlines.metres_outside((-7.295, 108.2), whole) == 0
    assert outlines.rings({"type": "MultiPolygon", "coordinates": [[ring, hole]]}) == whole
    assert outlines.rings({"type": "Point", "coordinates": [1, 2]}) == outlines.rings(None) == []


SERVED = [
    rules.Service("3278010001", date(2026, 1, 1), date(2026, 1, 31)),
    rules.Service("3278010002", date(2026, 2, 1), date(2026, 12, 31)),
    rules.Service("3278010003", date(2026, 5, 1), date(2026, 4, 30)),  # called off
]


@pytest.mark.parametrize(
    ("path", "day", "reason"),
    [
        ("3278010002", DAY, None),
        ("3278010002005", DAY, None),  # an RW of the ward
        ("3278010001", date(2026, 1, 30), None),  # served then: an earlier day is fine
        ("3278010001", DAY, Reason.NOT_THEN),
        ("3278010002", date(2026, 1, 30), Reason.NOT_THEN),
        ("3278010003", DAY, Reason.NOT_ASSIGNED),
        ("3278010004", DAY, Reason.NOT_ASSIGNED),
        ("3278010002", DAY + timedelta(days=1), Reason.DAY_AHEAD),
    ],
)
def test_a_line_stands_within_an_assignment(path: str, day: date, reason: Reason | None) -> None:
    verdict = rules.may_write(day=day, today=DAY, path=path, place="Kelurahan", served=SERVED, month_closed=False)
    assert verdict.reason == reason


def test_the_refusal_names_the_days_that_would_do_and_a_closed_month_is_closed() -> None:
    late = rules.may_write(day=DAY, today=DAY, path="3278010001", place="X", served=SERVED, month_closed=False)
    assert "1 Januari 2026" in late.message
    assert "31 Januari 2026" in late.message
    closed = rules.may_write(day=DAY, today=DAY, path="3278010002", place="X", served=SERVED, month_closed=True)
    assert closed.reason == Reason.MONTH_CLOSED


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"what": "  "}, Reason.WHAT_MISSING),
        ({"begins": None}, Reason.BEGIN_MISSING),
        ({"ends": time(8)}, Reason.TIMES_REVERSED),
        ({"ends": None}, None),
        ({"vulnerable": 11}, Reason.TOO_MANY_VULNERABLE),
        ({"vulnerable": 10}, None),
        ({"has_fix": (True, False)}, Reason.FIX_PARTIAL),
        ({"photos": 5}, Reason.TOO_MANY_PHOTOS),
        ({"follow_up_by": DAY}, Reason.FOLLOW_UP_MISSING),
        ({"follow_up": "Ukur", "follow_up_by": DAY}, None),
        ({"follow_up": "Ukur", "follow_up_by": DAY - timedelta(days=1)}, Reason.FOLLOW_UP_BEFORE),
    ],
)
def test_the_facts_of_a_line_hold_together(changes: dict[str, Any], reason: Reason | None) -> None:
    whole: dict[str, Any] = {
        "what": "Kunjungan", "day": DAY, "begins": time(9), "ends": time(10), "women": 6, "men": 4, "vulnerable": 0,
        "follow_up": "", "follow_up_by": None, "has_fix": (True, True), "photos": 4, **changes,
    }  # fmt: skip
    assert rules.is_line(**whole).reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"state": "returned"}, None),
        ({"state": "verified"}, Reason.VERIFIED_ALREADY),
        ({"is_own": False}, Reason.NOT_YOURS),
        ({"is_automatic": True}, Reason.AUTOMATIC),
        ({"month_closed": True}, Reason.MONTH_CLOSED),
    ],
)
def test_who_repairs_what_and_when(changes: dict[str, Any], reason: Reason | None) -> None:
    given: dict[str, Any] = {
        "is_own": True, "state": "written", "is_automatic": False, "month_closed": False, "day": DAY, **changes,
    }  # fmt: skip
    assert rules.may_repair(**given).reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"is_own": False}, Reason.NOT_YOURS),
        ({"is_automatic": False}, Reason.NOT_AUTOMATIC),
        ({"checked": True}, Reason.VERIFIED_ALREADY),
        ({"month_closed": True}, Reason.MONTH_CLOSED),
        ({"words": ("", " ", "")}, Reason.WORDS_MISSING),
    ],
)
def test_words_are_added_to_automatic_lines_alone(changes: dict[str, Any], reason: Reason | None) -> None:
    given: dict[str, Any] = {
        "is_own": True, "is_automatic": True, "checked": False, "month_closed": False, "day": DAY, "words": ("Hujan",),
        **changes,
    }  # fmt: skip
    assert rules.may_add_words(**given).reason == reason


def test_nobody_verifies_or_returns_their_own_and_only_what_waits() -> None:
    assert rules.may_verify(state="written", state_label="", is_own=True, is_above=True).reason == Reason.OWN_ENTRY
    assert rules.may_verify(state="written", state_label="", is_own=False, is_above=False).reason == Reason.NOT_ABOVE
    verified = rules.may_verify(state="verified", state_label="", is_own=False, is_above=True)
    assert verified.reason == Reason.NOT_WAITING
    assert rules.may_verify(state="written", state_label="", is_own=False, is_above=True).allowed
    given: dict[str, Any] = {
        "is_own": False,
        "is_above": True,
        "proven": False,
        "month_closed": False,
        "day": DAY,
        "reason": "Mana?",
    }
    assert rules.may_return(state="verified", **given).allowed
    for changes, reason in (
        ({"is_own": True}, Reason.OWN_ENTRY), ({"is_above": False}, Reason.NOT_ABOVE),
        ({"proven": True}, Reason.PROVEN),
        ({"month_closed": True}, Reason.MONTH_CLOSED), ({"reason": " "}, Reason.REASON_MISSING),
    ):  # fmt: skip
        assert rules.may_return(state="written", **{**given, **changes}).reason == reason
    assert rules.may_return(state="returned", **given).reason == Reason.RETURNED_ALREADY


def test_a_promise_is_kept_once_between_its_day_and_today() -> None:
    given: dict[str, Any] = {
        "is_own": True, "follow_up": "Ukur", "done_on": None, "on": DAY, "day": DAY, "today": DAY,
    }  # fmt: skip
    assert rules.may_finish(**given).allowed
    for changes, reason in (
        ({"is_own": False}, Reason.NOT_YOURS), ({"follow_up": ""}, Reason.NO_FOLLOW_UP),
        ({"done_on": DAY}, Reason.FOLLOW_UP_DONE), ({"on": DAY - timedelta(days=1)}, Reason.DONE_BEFORE),
        ({"on": DAY + timedelta(days=1)}, Reason.DONE_BEFORE),
    ):  # fmt: skip
        assert rules.may_finish(**{**given, **changes}).reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"legal_basis": " "}, Reason.BASIS_MISSING),
        ({"holds_from": DAY}, Reason.NOT_LATER),
        ({"opens": time(22)}, Reason.HOURS_REVERSED),
        ({"work_days": "8"}, Reason.WORK_DAYS_UNKNOWN),
        ({"work_days": "11"}, Reason.WORK_DAYS_UNKNOWN),
        ({"work_days": ""}, Reason.WORK_DAYS_UNKNOWN),
        ({"numbers": {"round_run": 1}}, Reason.NOT_SENSIBLE),
    ],
)
def test_thresholds_that_make_sense(changes: dict[str, Any], reason: Reason | None) -> None:
    given: dict[str, Any] = {
        "legal_basis": "Perwal", "valid_from": DAY, "holds_from": None, "opens": time(6), "closes": time(22),
        "work_days": "12345", "numbers": {"late_days": 3}, **changes,
    }  # fmt: skip
    assert rules.may_set(**given).reason == reason


def test_the_same_words_are_the_same_whatever_their_dress() -> None:
    assert rules.text_key("Rapat RT,  selokan.") == rules.text_key("rapat rt selokan")
    assert rules.text_key("Rapat RT 2") != rules.text_key("Rapat RT 3")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"last": DAY - timedelta(days=1)}, away.Reason.DAYS_REVERSED),
        ({"last": DAY + timedelta(days=366)}, away.Reason.TOO_LONG),
        ({"why": ""}, away.Reason.WHY_MISSING),
        ({"serves": False}, away.Reason.NOT_SERVING),
        ({"earlier": [absences.Asked("F26-X", DAY - timedelta(days=3), DAY)]}, away.Reason.OVERLAPS),
        ({"earlier": [absences.Asked("F26-X", DAY - timedelta(days=3), DAY - timedelta(days=1))]}, None),
        ({"closed": DAY}, away.Reason.MONTH_CLOSED),
    ],
)
def test_days_away_that_can_be_asked_for(changes: dict[str, Any], reason: away.Reason | None) -> None:
    given: dict[str, Any] = {
        "first": DAY, "last": DAY, "why": "Sakit", "serves": True, "earlier": [], "closed": None, **changes,
    }  # fmt: skip
    assert absences.may_ask(**given).reason == reason


def test_an_absence_is_withdrawn_by_its_person_and_decided_by_another() -> None:
    own: dict[str, Any] = {"is_own": True, "state_label": "", "first": DAY, "today": DAY}
    assert absences.may_withdraw(state="asked", **own).allowed
    assert absences.may_withdraw(state="approved", **own).reason == away.Reason.BEGUN_ALREADY
    assert absences.may_withdraw(state="approved", **{**own, "today": DAY - timedelta(days=1)}).allowed
    assert absences.may_withdraw(state="refused", **own).reason == away.Reason.DECIDED_ALREADY
    assert absences.may_withdraw(state="asked", **{**own, "is_own": False}).reason == away.Reason.NOT_YOURS
    by: dict[str, Any] = {"is_own": False, "is_above": True, "state": "asked", "state_label": ""}
    assert absences.may_decide(**by, approve=True).allowed
    assert absences.may_decide(**by, approve=False).reason == away.Reason.REASON_MISSING
    assert absences.may_decide(**{**by, "is_above": False}).reason == away.Reason.NOT_ABOVE
    assert absences.may_decide(**{**by, "is_own": True}).reason == away.Reason.OWN_ABSENCE
    assert absences.may_decide(**{**by, "state": "approved"}).reason == away.Reason.DECIDED_ALREADY


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["3278010001"], "3278010001"),
        (["3278010001", "3278010002"], "327801"),
        (["3278010001", "3278020001"], "3278"),
        (["327801", "3278010001"], "327801"),
        (["3278010001", "3273010001"], ""),
        ([], ""),
    ],
)
def test_the_smallest_place_around_several(paths: list[str], expected: str) -> None:
    assert absences.around(paths, (4, 6, 10, 13, 16)) == expected
