"""Rules of sessions, changing codes and sheets: tables of cases, no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pendamping.training.enums.sessions import AttendanceChannel, CodeState, Presence, Reason, SessionState
from pendamping.training.rules import attendance_codes as codes
from pendamping.training.rules import sessions as rules
from pendamping.training.rules import sheet

START = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
PLANNED, HELD, CANCELLED = SessionState.PLANNED, SessionState.HELD, SessionState.CANCELLED


def minutes(number: float) -> datetime:
    return START + timedelta(minutes=number)


LAST = datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "reason"),
    [
        (START, minutes(60), None),
        (minutes(-60), minutes(60), Reason.IN_THE_PAST),
        (START, START, Reason.ENDS_FIRST),
        (START + timedelta(days=731), START + timedelta(days=732), Reason.TOO_FAR),
        (LAST - timedelta(hours=1), LAST, Reason.TOO_FAR),
        (START, START + timedelta(days=7, minutes=1), Reason.TOO_LONG),
    ],
)
def test_hours_lie_ahead_and_are_no_slip(starts_at: datetime, ends_at: datetime, reason: Any) -> None:
    assert rules.has_hours(starts_at=starts_at, ends_at=ends_at, at=minutes(-30)).reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"has_trainer": False}, Reason.NO_TRAINER),
        ({"trainer_may": False}, Reason.TRAINER_MAY_NOT),
        ({"is_learned": False}, Reason.NOT_LEARNED),
        ({"same_city": False}, Reason.OTHER_CITY),
        ({"same_version": False}, Reason.OTHER_PART),
    ],
)
def test_a_session_has_a_trainer_and_a_version_that_is_learned(changes: dict[str, Any], reason: Any) -> None:
    facts = {"has_trainer": True, "is_learned": True, "same_city": True, "same_version": True, "trainer_may": True}
    assert rules.may_plan(**{**facts, **changes}).reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"state": HELD}, Reason.CLOSED),
        ({"state": CANCELLED}, Reason.CANCELLED),
        ({"marked": 1}, Reason.HAS_MARKS),
        ({"is_same": True}, Reason.NOTHING_CHANGED),
        ({"reason": "  "}, Reason.REASON_MISSING),
        ({"starts_at": minutes(-90)}, Reason.IN_THE_PAST),
        ({"starts_at": minutes(60 * 24 * 731), "ends_at": minutes(60 * 24 * 732)}, Reason.TOO_FAR),
    ],
)
def test_moving_needs_a_reason_and_nobody_marked(changes: dict[str, Any], reason: Any) -> None:
    facts = {
        "state": PLANNED, "starts_at": START, "ends_at": minutes(60), "at": minutes(-60), "is_same": False,
        "marked": 0, "reason": "Banjir", **changes,
    }  # fmt: skip
    assert rules.may_move(**facts).reason == reason
    if not {"is_same", "starts_at"} & set(changes):
        cancel = rules.may_cancel(state=facts["state"], marked=facts["marked"], reason=facts["reason"])
        assert cancel.reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"taken": 10}, Reason.FULL),
        ({"has_place": True}, Reason.HAS_PLACE),
        ({"same_version": False}, Reason.OTHER_VERSION),
        ({"is_learning": False}, Reason.NOT_LEARNING),
        ({"state": CANCELLED}, Reason.CANCELLED),
    ],
)
def test_a_place_is_for_who_learns_this_version(changes: dict[str, Any], reason: Any) -> None:
    facts = {
        "state": PLANNED, "same_version": True, "is_learning": True, "has_place": False, "taken": 9, "capacity": 10,
        **changes,
    }  # fmt: skip
    assert rules.may_take_place(**facts).reason == reason


def test_everybody_or_nobody_and_how_many_are_missing() -> None:
    assert rules.may_give_to_all(state=PLANNED, waiting=3, taken=7, capacity=10)
    short = rules.may_give_to_all(state=PLANNED, waiting=5, taken=7, capacity=10)
    assert (short.reason, short.params) == (Reason.NOT_ENOUGH, {"missing": 2})
    assert rules.may_give_to_all(state=PLANNED, waiting=0, taken=7, capacity=10).reason == Reason.NOBODY_LEFT


@pytest.mark.parametrize(
    ("after", "presence"),
    [(-31, None), (-30, "present"), (0, "present"), (14.9, "present"), (15, "late"), (59.9, "late"), (60, None)],
)
def test_the_window_tells_present_from_late(after: float, presence: str | None) -> None:
    found = rules.by_window(
        starts_at=START, opens_minutes=30, late_minutes=15, closes_minutes=60, at=minutes(after)
    )  # fmt: skip
    assert found == presence


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"is_self": True}, Reason.SELF),
        ({"is_self": True, "channel": AttendanceChannel.SHEET}, Reason.SELF),
        ({"is_self": True, "channel": AttendanceChannel.QR}, None),
        ({"given_up": True}, Reason.NO_PLACE),
        ({"state": CANCELLED}, Reason.CANCELLED),
        ({"state": HELD}, None),
        ({"at": minutes(-31)}, Reason.LIST_NOT_YET),
        ({"known": Presence.ABSENT, "channel": AttendanceChannel.QR}, Reason.TRAINER_WROTE),
        ({"known": Presence.EXCUSED, "channel": AttendanceChannel.QR}, Reason.TRAINER_WROTE),
        ({"known": Presence.EXCUSED, "channel": AttendanceChannel.SHEET}, None),
        ({"known": Presence.PRESENT, "channel": AttendanceChannel.QR}, None),
    ],
)
def test_nobody_marks_themself_by_list_or_sheet(changes: dict[str, Any], reason: Any) -> None:
    facts = {
        "state": PLANNED, "channel": AttendanceChannel.LIST, "known": "", "is_self": False, "given_up": False,
        "opens_at": minutes(-30), "at": START, "time": "08.00", "opens": "07.30", **changes,
    }  # fmt: skip
    assert rules.may_mark(**facts).reason == reason


def test_closing_waits_for_the_code_or_the_end() -> None:
    until = rules.closable_from(ends_at=minutes(180), starts_at=START, closes_minutes=60)
    assert until == minutes(60)
    assert rules.closable_from(ends_at=minutes(45), starts_at=START, closes_minutes=60) == minutes(45)
    assert rules.may_close(state=PLANNED, at=minutes(59), until=until, time="09.00").reason == Reason.TOO_EARLY_TO_CLOSE
    assert rules.may_close(state=PLANNED, at=until, until=until, time="09.00")


def test_a_code_counts_in_its_step_and_the_next_and_is_then_old() -> None:
    code = codes.code_at("rahasia", START)
    shown = f" {code[:3].lower()}-{code[3:]}"
    states = [codes.judged("rahasia", shown, START + timedelta(seconds=s)) for s in (0, 19, 20, 39, 40, 600)]
    assert states == [CodeState.GOOD] * 4 + [CodeState.OLD] * 2
    assert codes.judged("lain", code, START) == CodeState.WRONG
    assert codes.judged("rahasia", code, START - timedelta(seconds=1)) == CodeState.WRONG  # of the future
    assert len({codes.code_at("rahasia", START + timedelta(seconds=20 * n)) for n in range(50)}) == 50
    assert (codes.seconds_left(START), codes.seconds_left(START + timedelta(seconds=19))) == (20, 1)


@pytest.mark.parametrize("typed", ["", "é" * 6, "ABC", "\x00" * 6, "A" * 5000])
def test_nonsense_is_a_wrong_code(typed: str) -> None:
    assert codes.judged("rahasia", typed, START) == CodeState.WRONG


def test_a_row_code_is_read_back_and_belongs_to_one_session() -> None:
    text = sheet.row_code("C26-7K3QX-M", 12, "rahasia")
    assert len(text) == 15  # fits a QR code of version 1, level Q: 16 signs
    row = sheet.read_row(text)
    assert row is not None
    assert (row.session, row.row, sheet.is_genuine(row, "rahasia")) == ("C26-7K3QX-M", 12, True)
    assert not sheet.is_genuine(row, "lain")
    assert sheet.read_row("https://example.org") is None


def test_the_box_follows_a_turned_and_a_slanted_code() -> None:
    flat = sheet.box_corners((0, 0), (sheet.CODE, 0), (0, sheet.CODE))
    assert flat[0] == pytest.approx((sheet.BOX_LEFT + sheet.INSET, sheet.INSET))
    assert flat[2] == pytest.approx(
        (sheet.BOX_LEFT + sheet.BOX_WIDTH - sheet.INSET, sheet.BOX_HEIGHT - sheet.INSET)
    )  # fmt: skip
    turned = sheet.box_corners((100, 0), (100, sheet.CODE), (100 - sheet.CODE, 0))  # a quarter turn to the right
    assert turned[0] == pytest.approx((100 - sheet.INSET, sheet.BOX_LEFT + sheet.INSET))


@pytest.mark.parametrize(
    ("ink", "signed"), [(None, None), (0.0, False), (0.005, False), (0.008, None), (0.012, True), (0.2, True)]
)
def test_between_a_speck_and_a_signature_a_person_looks(ink: float | None, signed: bool | None) -> None:
    assert sheet.is_signed(ink) is signed


def test_two_absences_are_too_many() -> None:
    assert [rules.is_warned(number) for number in (0, 1, 2)] == [False, False, True]
    assert Presence.EXCUSED not in rules.CAME
