"""Rules of the ladder as tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pendamping.deliberation.enums.ladder import LadderReason, Phase, Requirement
from pendamping.deliberation.enums.meetings import MeetingKind, Outcome, Reason
from pendamping.deliberation.rules import ladder
from pendamping.deliberation.rules.composition import Composition
from pendamping.deliberation.rules.ladder import Asked, Gap, Span
from pendamping.deliberation.rules.meetings import may_call, may_decide, may_put, stands

DAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROOM = Composition(women=6, men=14, groups={"youth": 2}, expected=frozenset("abcd"), heard=frozenset("abc"))
ASKED = Asked(date(2026, 3, 1), date(2026, 3, 31), 3, 20, 300, 750, {"youth": 2})


@pytest.mark.parametrize(
    ("changes", "room", "held_on", "told_on", "missing"),
    [
        ({}, ROOM, DAY, date(2026, 3, 7), []),
        ({}, ROOM, date(2026, 2, 28), date(2026, 2, 1), [("window", 0, -1)]),
        ({}, ROOM, date(2026, 4, 3), date(2026, 3, 1), [("window", 0, -3)]),
        ({}, ROOM, DAY, date(2026, 3, 8), [("notice", 3, 2)]),
        ({"quorum": 21}, ROOM, DAY, date(2026, 3, 1), [("quorum", 21, 20)]),
        ({"women": 301}, ROOM, DAY, date(2026, 3, 1), [("women", 301, 300)]),
        ({"rts": 1000}, ROOM, DAY, date(2026, 3, 1), [("rts", 1000, 750)]),
        ({"groups": {"youth": 3, "disabled": 1}}, ROOM, DAY, date(2026, 3, 1),
         [("group_disabled", 1, 0), ("group_youth", 3, 2)]),
        ({"rts": 1000}, Composition(women=6, men=14, groups={"youth": 2}), DAY, date(2026, 3, 1), []),  # no RT known
        ({"quorum": 0, "women": 0, "rts": 0, "groups": {}, "notice_days": 0}, Composition(), DAY, DAY, []),
    ],
)  # fmt: skip
def test_what_a_meeting_lacks(
    changes: dict[str, Any], room: Composition, held_on: date, told_on: date, missing: list[tuple[str, int, int]]
) -> None:
    asked = Asked(**{**ASKED.__dict__, **changes})
    found = ladder.gaps(asked, room, held_on=held_on, told_on=told_on)
    assert [(gap.requirement.value, gap.needed, gap.found) for gap in found] == missing


def test_nothing_is_asked_without_rules() -> None:
    assert ladder.measured(Asked(), ROOM, held_on=DAY, told_on=DAY) == []


@pytest.mark.parametrize(
    ("needed", "found", "stays_open"),
    [(30, 10, False), (30, 12, False), (30, 9, True), (31, 10, True), (29, 10, False)],
)
def test_a_reason_is_void_when_the_room_changes_for_the_worse(needed: int, found: int, stays_open: bool) -> None:
    gap = Gap(Requirement.QUORUM, needed, found)
    assert bool(ladder.open_gaps([gap], {"quorum": (30, 10)})) is stays_open
    assert ladder.open_gaps([gap], {"women": (300, 0)}) == [gap]


def test_the_quorum_of_rts_is_not_their_representation() -> None:
    """Two RTs of three make the quorum; that the third is missing still wants its reason."""
    room = Composition(women=9, men=9, expected=frozenset("abc"), heard=frozenset("ab"))
    lacking = ladder.gaps(Asked(quorum_rts=666, rts=1000), room, held_on=DAY, told_on=DAY)
    assert [(one.requirement, one.found) for one in lacking] == [(Requirement.RTS, 666)]
    lacking = ladder.gaps(Asked(quorum_rts=700, rts=600), room, held_on=DAY, told_on=DAY)
    assert [one.requirement for one in lacking] == [Requirement.QUORUM_RTS]


@pytest.mark.parametrize(
    ("funded", "beyond"),
    [
        ({"a": [30, 30], "b": [40]}, 0),
        ({"a": [30, 50], "b": [20]}, 0),  # only by its smallest activity
        ({"a": [30, 30, 30], "b": [10]}, 0),
        ({"a": [35, 35, 20], "b": [10]}, 100),
        ({"a": [100]}, 0),
        ({"a": [30, 30], "c": [10, 10, 20]}, 300),  # nothing is left for a stream without a part
        ({"a": [1, 1, 1]}, 67),
        ({"a": [], "b": []}, 0),
    ],
)
def test_money_beyond_the_parts_of_the_rules(funded: Any, beyond: int) -> None:
    assert ladder.beyond_split({"a": 600, "b": 400}, funded) == beyond
    asked = Asked(split={"a": 600, "b": 400})
    lacking = ladder.gaps(asked, ROOM, held_on=DAY, told_on=DAY, funded=funded)
    assert [(one.needed, one.found) for one in lacking] == ([(1000, 1000 - beyond)] if beyond else [])


def test_what_lacks_is_named() -> None:
    verdict = ladder.is_fulfilled([Gap(Requirement.QUORUM, 20, 3), Gap(Requirement.WOMEN, 300, 0)])
    assert verdict.reason == LadderReason.REQUIREMENTS_MISSING
    for requirement in (Requirement.QUORUM, Requirement.WOMEN):
        assert str(requirement.label) in verdict.message
    assert ladder.is_fulfilled([])


@pytest.mark.parametrize(
    ("requirement", "ground", "reason"),
    [
        ("women", "no_woman", None),
        ("women", "other", None),
        ("rts", "empty_rt", None),
        ("quorum", "no_woman", LadderReason.GROUND_UNFIT),
        ("women", "empty_rt", LadderReason.GROUND_UNFIT),
        ("quorum", "late_rules", LadderReason.GROUND_UNFIT),
        ("notice", "late_rules", None),
        ("split", "no_woman", LadderReason.GROUND_UNFIT),
        ("split", "empty_rt", LadderReason.GROUND_UNFIT),
        ("split", "other", None),
    ],
)
def test_a_ground_explains_its_requirement(requirement: str, ground: str, reason: Any) -> None:
    gap = Gap(Requirement(requirement), 10, 1)
    facts = {"requirement": requirement, "ground": ground, "reason": "Hujan"}
    assert ladder.may_waive(gap=gap, **facts).reason == reason
    assert ladder.may_waive(gap=None, **facts).reason == LadderReason.NOT_MISSING
    assert (ground in ladder.grounds_for(requirement)) == (reason is None)


def test_another_reason_fits_everything_and_so_does_a_disaster() -> None:
    for requirement in (*Requirement.values, "group_own_fkdm"):
        assert {"other", "emergency"} <= set(ladder.grounds_for(requirement))


@pytest.mark.parametrize(
    ("hours", "reason"),
    [(-2, LadderReason.NOT_CALLED_YET), (0, None), (1, LadderReason.NOT_CALLED_YET), (5, LadderReason.AGENDA_FIXED)],
)
def test_the_agenda_changes_in_its_hours(hours: int, reason: Any) -> None:
    spans = {
        Phase.PROPOSALS.value: Span(NOW - HOUR, NOW + HOUR),
        Phase.AGENDA.value: Span(NOW + 4 * HOUR, NOW + 9 * HOUR),
    }
    verdict = ladder.may_change_agenda(spans, at=NOW + hours * HOUR, hour=lambda at: f"<{at:%H}>")
    assert verdict.reason == reason
    assert reason is None or "<" in verdict.message
    assert ladder.may_change_agenda({}, at=NOW)


def test_people_are_counted_in_their_hours() -> None:
    spans = {Phase.ATTENDANCE.value: Span(NOW, NOW + HOUR)}
    assert ladder.may_count(spans, at=NOW)
    assert ladder.may_count(spans, at=NOW + HOUR).reason == LadderReason.ATTENDANCE_SHUT
    assert ladder.may_count({}, at=NOW)


@pytest.mark.parametrize(
    ("before", "span", "words", "reason"),
    [
        (None, (1, 2), "", None),
        (None, (2, 2), "", LadderReason.PHASE_BACKWARDS),
        ((1, 2), (3, 4), "", LadderReason.REASON_TO_MOVE),
        ((1, 2), (3, 4), "Aula dipakai", None),
        ((0, 2), (3, 4), "Aula dipakai", LadderReason.PHASE_BEGUN),
        ((0, 2), (0, 1), "Aula dipakai", LadderReason.PHASE_BEGUN),
        ((0, 2), (0, 3), "Hujan, orang masih datang", None),
        ((-3, -1), (-3, 1), "Belum sempat dihitung", None),
        ((-3, -1), (-3, 1), "", LadderReason.REASON_TO_MOVE),
    ],
)
def test_a_phase_is_moved_with_a_reason_before_it_begins(before: Any, span: Any, words: str, reason: Any) -> None:
    def hours(pair: Any) -> Span:
        return Span(NOW + pair[0] * HOUR, NOW + pair[1] * HOUR)

    known = hours(before) if before else None
    assert ladder.may_set_phase(before=known, span=hours(span), reason=words, at=NOW).reason == reason


@pytest.mark.parametrize(
    ("office", "since", "reason"),
    [
        ("Ketua LPM", 0, None),
        ("ketua lpm ", 1, LadderReason.CHAIR_BEFORE),
        ("Ketua LPM", -2, LadderReason.CHAIR_BEFORE),
        (" lurah", 0, LadderReason.CHAIR_SAME),
    ],
)
def test_who_takes_the_chair_and_when(office: str, since: int, reason: Any) -> None:
    facts = {"present": "Lurah", "begins": NOW - 2 * HOUR, "at": NOW}
    assert ladder.may_take_chair(office=office, since=NOW + since * HOUR, **facts).reason == reason


def test_objections_have_their_days() -> None:
    until = ladder.objection_until(NOW, 7, None)
    assert until == NOW + timedelta(days=7)
    assert ladder.objection_until(NOW, 7, Span(NOW, NOW + HOUR)) == until  # a phase takes no day away
    assert ladder.objection_until(NOW, 0, Span(NOW, NOW + HOUR)) == NOW + HOUR
    later = Span(NOW + HOUR, NOW + 2 * HOUR)
    early = ladder.may_object(closed_at=NOW, until=later.closes_at, at=NOW, span=later)
    assert early.reason == LadderReason.OBJECTION_EARLY
    assert ladder.may_object(closed_at=NOW, until=until, at=NOW, days=7, span=later)
    assert ladder.may_object(closed_at=NOW, until=until, at=until - HOUR)
    for closed_at, end, reason in (
        (None, until, LadderReason.NOT_CLOSED), (NOW, None, LadderReason.NO_RULES),
        (NOW, until, LadderReason.OBJECTION_LATE),
    ):  # fmt: skip
        assert ladder.may_object(closed_at=closed_at, until=end, at=until).reason == reason


def test_who_closed_never_answers_and_nobody_twice() -> None:
    assert ladder.may_answer(is_open=True, is_closer=False)
    assert ladder.may_answer(is_open=True, is_closer=True).reason == LadderReason.CLOSER_ANSWERS
    assert ladder.may_answer(is_open=False, is_closer=False).reason == LadderReason.ANSWERED_ALREADY


def test_what_went_on_keeps_the_meeting_closed() -> None:
    assert ladder.may_open_again(planned=[], gone_on=[])
    planned = ladder.may_open_again(planned=["U26-AAAAA-A"], gone_on=["U26-BBBBB-B"])
    assert (planned.reason, "U26-AAAAA-A" in planned.message) == (LadderReason.IN_PLANNING, True)
    assert ladder.may_open_again(planned=[], gone_on=["U26-BBBBB-B"]).reason == LadderReason.WENT_ON


@pytest.mark.parametrize(
    ("changes", "asked", "field"),
    [
        ({}, {}, ""),
        ({"level": "ward"}, {}, "city"),
        ({"legal_basis": " "}, {}, "legal_basis"),
        ({}, {"closes_on": date(2026, 2, 1)}, "closes_on"),
        ({}, {"women": 1001}, "women"),
        ({}, {"rts": 1001}, "rts"),
        ({"split": {"infrastructure": 600, "empowerment": 401}}, {}, "split"),
        ({}, {"groups": {"kucing": 1}}, "groups"),
        ({"holds_from": DAY}, {}, "valid_from"),
    ],
)
def test_may_set_rules(changes: dict[str, Any], asked: dict[str, Any], field: str) -> None:
    facts: dict[str, Any] = {
        "level": "city", "legal_basis": "Perwal", "split": {}, "known_groups": ["youth"], "valid_from": DAY,
        "holds_from": None, "asked": Asked(**{**ASKED.__dict__, **asked}),
    }  # fmt: skip
    verdict = ladder.may_set_rules(**{**facts, **changes})
    assert (bool(verdict), verdict.field) == (not field, field)


@pytest.mark.parametrize(
    ("kind", "outcome", "reason"),
    [
        (MeetingKind.RW, Outcome.RECOMMENDED, None),
        (MeetingKind.PLANNING, Outcome.RECOMMENDED, None),
        (MeetingKind.DEVELOPMENT, Outcome.RECOMMENDED, Reason.OUTCOME_UNFIT),
        (MeetingKind.DEVELOPMENT, Outcome.TO_CITY, Reason.OUTCOME_UNFIT),
        (MeetingKind.DISTRICT, Outcome.TO_CITY, None),
        (MeetingKind.DISTRICT, Outcome.RECOMMENDED, None),
        (MeetingKind.DISTRICT, Outcome.DEFERRED, None),
        (MeetingKind.DISTRICT, Outcome.FUNDED, Reason.OUTCOME_UNFIT),
        (MeetingKind.DISTRICT, Outcome.PASSED_ON, Reason.OUTCOME_UNFIT),
    ],
)
def test_what_each_rung_decides(kind: str, outcome: str, reason: Any) -> None:
    assert may_decide(kind=kind, outcome=outcome, reason="Perlu", amount=1).reason == reason


@pytest.mark.parametrize(
    ("kind", "state", "reason"),
    [
        ("district", "passed_on", None),
        ("district", "checked", Reason.NOT_READY),
        ("district", "deferred", Reason.NOT_READY),
        ("development", "passed_on", Reason.NOT_READY),
        ("development", "recommended", None),
    ],
)
def test_what_comes_to_each_rung(kind: str, state: str, reason: Any) -> None:
    facts: dict[str, Any] = {
        "state": "called", "meeting_path": "327801", "meeting_year": 2026, "code": "U26-7K3QX-M",
        "path": "3278011001", "year": 2026,
    }  # fmt: skip
    assert may_put(**facts, kind=kind, proposal_state=state).reason == reason


@pytest.mark.parametrize(
    ("kind", "level", "fits"),
    [
        ("district", "district", True),
        ("district", "ward", False),
        ("rw", "district", False),
        ("planning", "city", False),
    ],
)
def test_where_each_rung_is_held(kind: str, level: str, fits: bool) -> None:
    verdict = may_call(kind=kind, level=level, held_on=DAY, fiscal_year=2026, words={})
    assert verdict.reason == (None if fits else Reason.PLACE_UNFIT)


@pytest.mark.parametrize(("until", "reason"), [(None, None), (DAY, None), (date(2026, 3, 9), Reason.PLACE_CLOSED)])
def test_a_place_that_was_split_calls_nothing(until: date | None, reason: Any) -> None:
    assert stands(name="Kelurahan Lama", until=until, on=DAY).reason == reason
