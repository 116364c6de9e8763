"""The rules of inviting, of the agenda's clock and of the register: values in, verdicts out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pendamping.deliberation.enums.invitations import InvitationAnswer, InvitationReason
from pendamping.deliberation.enums.ladder import LadderReason
from pendamping.deliberation.enums.meetings import Reason
from pendamping.deliberation.enums.points import PointReason
from pendamping.deliberation.enums.presence import PresenceReason
from pendamping.deliberation.rules import invitations, points, register, screens
from pendamping.deliberation.rules.ladder import Span
from pendamping.deliberation.rules.points import Planned, Slot
from pendamping.deliberation.rules.register import Listed, Person, TypedRow, likely_doubles

DAY = date(2026, 3, 10)
NINE = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("way", "typed", "kept"),
    [
        ("email", " Ibu@Contoh.ID ", "ibu@contoh.id"),
        ("whatsapp", "0812-3456 7890", "+6281234567890"),
        ("sms", "62 812 3456 7890", "+6281234567890"),
        ("sms", "+62 (812) 3456.7890", "+6281234567890"),
    ],
)
def test_an_address_is_kept_in_one_shape(way: str, typed: str, kept: str) -> None:
    assert invitations.tidy(way, typed) == kept
    assert invitations.is_address(way, kept)


@pytest.mark.parametrize(
    ("way", "address", "reason"),
    [
        ("email", "ibu@contoh", InvitationReason.ADDRESS_BROKEN),
        ("email", "", InvitationReason.ADDRESS_MISSING),
        ("whatsapp", "+62265330000", InvitationReason.ADDRESS_BROKEN),  # a fixed line takes no messages
        ("sms", "", InvitationReason.ADDRESS_MISSING),
        ("hand", "", None),
        ("", "", None),
    ],
)
def test_what_is_no_address_is_refused(way: str, address: str, reason: InvitationReason | None) -> None:
    assert invitations.is_address(way, address).reason == reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"today": DAY + timedelta(days=1)}, InvitationReason.ANSWER_LATE),
        ({"withdrawn": True}, InvitationReason.INVITATION_OVER),
        ({"state": "cancelled"}, Reason.MEETING_CANCELLED),
        ({"answer": InvitationAnswer.SENDING}, InvitationReason.WHO_INSTEAD),
        ({"answer": InvitationAnswer.SENDING, "instead": "Wakil ketua"}, None),
    ],
)
def test_an_answer_is_taken_until_the_day_is_over(change: dict[str, object], reason: object) -> None:
    facts = {
        "state": "called", "held_on": DAY, "today": DAY, "withdrawn": False, "answer": InvitationAnswer.COMING,
        "instead": "",
    }  # fmt: skip
    assert invitations.may_answer(**{**facts, **change}).reason == reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "title", "minutes"),
    [
        ("Pembukaan 10", "Pembukaan", 10),
        ("1. Pembahasan usulan: 60 menit", "Pembahasan usulan", 60),
        ("2) Doa (5 min)", "Doa", 5),
        ("Penetapan RKP 2027 - 15'", "Penetapan RKP 2027", 15),
        ("Penutup", "Penutup", None),
    ],
)
def test_a_line_is_a_point_with_its_minutes(line: str, title: str, minutes: int | None) -> None:
    assert points.read_lines(f"\n{line}\n\n") == [Planned(title, minutes)]


def test_points_name_the_line_that_lacks_something() -> None:
    lacking = points.may_plan([Planned("Pembukaan", 10), Planned("Penutup", None)], is_begun=False)
    assert (lacking.reason, lacking.params["line"]) == (PointReason.MINUTES_MISSING, 2)
    nameless = points.may_plan([Planned("", 10)], is_begun=False)
    assert (nameless.reason, nameless.params["line"]) == (PointReason.POINT_NAMELESS, 1)
    assert points.may_plan([], is_begun=False).reason == PointReason.NO_POINTS
    assert points.may_plan([Planned("x", 1)] * 41, is_begun=False).reason == PointReason.TOO_MANY_POINTS
    assert points.may_plan([Planned("Pembukaan", 10)], is_begun=True).reason == PointReason.CLOCK_RUNS


@pytest.mark.parametrize(
    ("begun", "ended", "now", "late"),
    [
        (None, None, 0, 0),
        (None, None, 7, 7),  # it should have begun
        (5, None, 5, 5),  # begun late
        (0, None, 9, 0),
        (0, None, 14, 4),  # runs over
        (0, 12, 60, 2),  # ended late; later it stays so
        (0, 8, 60, 0),
    ],
)
def test_how_late_a_point_is(begun: int | None, ended: int | None, now: int, late: int) -> None:
    def at(minutes: int | None) -> datetime | None:
        return None if minutes is None else NINE + timedelta(minutes=minutes)

    slot = Slot(NINE, NINE + timedelta(minutes=10), at(begun), at(ended))
    assert slot.late(NINE + timedelta(minutes=now)) == late


def test_rows_add_up_to_a_composition() -> None:
    rows = [
        Person("f", "youth", True, None, "resident", "3278011001001001"),
        Person("f", "elderly", None, True, "pkk"),
        Person("m", "", False, False, "rt", "3278011001001002"),
        Person("m", "adult", None, None, "rw", "3278011001001"),
    ]
    expected = frozenset({"3278011001001001", "3278011001001002", "3278011001001003"})
    room = register.composed(rows, expected)
    assert (room.women, room.men, room.present) == (2, 2, 4)
    assert room.groups == {"youth": 1, "elderly": 1, "poor": 1, "disabled": 1, "rt_rw": 2, "lpm": 0, "pkk": 1}
    assert room.missing == ("3278011001001003",)


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_groups_of_fewer_than_five_are_withheld(count: int, told: int | None) -> None:
    assert register.shown(count) == told


def test_titles_and_accents_do_not_make_another_name() -> None:
    assert register.same_name("Ibu Hj. Siti  AMINAH") == register.same_name("siti aminah") == "siti aminah"
    assert register.same_name("-") == ""
    assert register.same_name("Bu Tini") != register.same_name("Butini")


@pytest.mark.parametrize(
    ("rows", "reason", "row"),
    [
        ([TypedRow(1, "f", "Siti"), TypedRow(2, "m", "Asep")], None, None),
        ([TypedRow(1, "f"), TypedRow(2, "f")], None, None),  # without names nothing tells them apart
        ([TypedRow(3, "", "Siti")], PresenceReason.ROW_WITHOUT_SEX, 3),
        ([TypedRow(11, "f", "Siti")], PresenceReason.ROW_UNKNOWN, 11),
        ([TypedRow(1, "f", "Siti", "x"), TypedRow(4, "f", "Bu Siti", "x")], PresenceReason.ROWS_ALIKE, 4),
    ],
)
def test_rows_of_a_sheet(rows: list[TypedRow], reason: PresenceReason | None, row: int | None) -> None:
    verdict = register.may_type(rows, on_paper=10, is_confirmed=False)
    assert (verdict.reason, verdict.params.get("row")) == (reason, row)


def test_a_sheet_is_confirmed_by_what_was_counted_on_the_paper() -> None:
    assert register.may_confirm(is_confirmed=False, typed=12, heads=12)
    assert register.may_confirm(is_confirmed=False, typed=12, heads=13).reason == PresenceReason.HEADS_DIFFER
    assert register.may_confirm(is_confirmed=False, typed=0, heads=0).reason == PresenceReason.NOTHING_TYPED
    assert register.may_confirm(is_confirmed=True, typed=12, heads=12).reason == PresenceReason.SHEET_FIXED


def listed(number: int, name: str = "", place: str = "", phone: bool = False, sex: str = "f", age: str = "") -> Listed:
    return Listed(number, sex, age, place, phone, name)


@pytest.mark.parametrize(
    ("one", "other", "is_double"),
    [
        (listed(1, "Siti", "3278"), listed(2, "Ibu SITI"), True),  # the name with and without its RT
        (listed(1, "Siti", "3278"), listed(2, "Siti", "3279"), False),  # two RTs: two people of one name
        (listed(1, phone=True), listed(2, "Siti", "3278"), True),
        (listed(1, "Siti", "3278"), listed(2, place="3278", phone=True), True),
        (listed(1, "Siti", "3278"), listed(2, place="3279", phone=True), False),
        (listed(1, "Siti"), listed(2, phone=True, sex="m"), False),
        (listed(1, "Siti", age="youth"), listed(2, phone=True, age="elderly"), False),
        (listed(1, phone=True), listed(2, phone=True), False),  # nothing tells two such phones apart
        (listed(1), listed(2, "Siti"), False),  # the list knows whom it wrote down
        (listed(1, "Siti", phone=True), listed(2), False),
    ],
)
def test_who_may_stand_on_the_register_twice(one: Listed, other: Listed, is_double: bool) -> None:
    assert likely_doubles([other, one]) == ([(other, one)] if is_double else [])


HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("state", "claimed", "arrives", "reason"),
    [  # people may be counted from nine to eleven
        ("called", None, NINE + HOUR, None),
        ("called", NINE + HOUR, NINE + HOUR + MINUTE, None),
        ("called", NINE + HOUR, NINE + 5 * HOUR, None),  # the hours ended while it waited
        ("called", NINE + HOUR, NINE + 30 * HOUR, None),  # the day too
        ("closed", NINE + HOUR, NINE + 5 * HOUR, Reason.MEETING_CLOSED),
        ("cancelled", NINE + HOUR, NINE + 5 * HOUR, Reason.MEETING_CANCELLED),
        ("called", None, NINE + 5 * HOUR, LadderReason.ATTENDANCE_SHUT),
        ("called", NINE + 2 * HOUR, NINE + 5 * HOUR, LadderReason.ATTENDANCE_SHUT),  # the end is no longer within
        ("called", NINE - MINUTE, NINE + HOUR, LadderReason.ATTENDANCE_SHUT),
        ("called", NINE - 24 * HOUR, NINE + HOUR, Reason.MEETING_NOT_YET),
        ("called", NINE + HOUR, NINE - MINUTE, LadderReason.ATTENDANCE_SHUT),  # a clock that runs ahead opens nothing
    ],
)
def test_who_came_within_the_hours_is_taken_as_long_as_the_meeting_is_open(
    state: str, claimed: datetime | None, arrives: datetime, reason: object
) -> None:
    moment = screens.chosen_at(claimed_at=claimed, at=arrives)
    hours = {"attendance": Span(NINE, NINE + 2 * HOUR)}
    facts = {"state": state, "held_on": DAY, "today": moment.date()}
    assert register.may_come(**facts, spans=hours, moment=moment).reason == reason


def test_without_hours_the_day_alone_counts() -> None:
    facts = {"state": "called", "held_on": DAY, "spans": {}, "moment": NINE + 9 * HOUR}
    assert register.may_come(**facts, today=DAY)
    assert register.may_come(**facts, today=DAY - timedelta(days=1)).reason == Reason.MEETING_NOT_YET


@pytest.mark.parametrize(("seconds", "waited"), [(0, False), (59, False), (60, True), (3600, True)])
def test_the_journal_tells_of_what_waited_a_minute(seconds: int, waited: bool) -> None:
    assert screens.has_waited(moment=NINE, at=NINE + timedelta(seconds=seconds)) is waited
