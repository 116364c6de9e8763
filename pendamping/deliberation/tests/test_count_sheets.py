"""Paper: two people enter each sheet, differences are named, a third settles them with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation import services
from pendamping.deliberation.models import CountSheet, Meeting, Poll
from pendamping.deliberation.queries import ballots as read
from pendamping.deliberation.queries.told_sheets import ToldSheet, told_sheets
from pendamping.deliberation.rules import ballots, count_sheets
from pendamping.deliberation.tests import poll_factories as make
from pendamping.needs.models import Proposal
from pendamping.regions.tests import factories as places

FORM = ballots.Form("approval", {1: 10, 2: 20, 3: 30}, 40)
POINTS = ballots.Form("points", {1: 10, 2: 20, 3: 30}, 40, points=10)


@pytest.mark.parametrize(
    ("form", "typed", "lines"),
    [
        (FORM, "1 3 x4\n 3,1 × 2\n\n2", {"1 3": 6, "2": 1}),
        (ballots.Form("ranking", {1: 1, 2: 1, 3: 1}, 9), "3>1 ×2\n1 3", {"3>1": 2, "1>3": 1}),
        (POINTS, "1=5, 3 = 5 x 2", {"1=5 3=5": 2}),
    ],
)
def test_lines_are_read_as_people_write_them(form: ballots.Form, typed: str, lines: dict[str, int]) -> None:
    assert count_sheets.read_lines(form, typed)[0] == lines


@pytest.mark.parametrize(
    ("form", "typed", "reason"),
    [
        (FORM, "1\nsatu", "sheet_line_unreadable"),
        (FORM, "9", "sheet_line_bad_ballot"),
        (FORM, "1 1", "sheet_line_bad_ballot"),
        (POINTS, "1 2", "sheet_line_unreadable"),
        (POINTS, "1=11", "sheet_line_bad_ballot"),
        (ballots.Form("knapsack", {1: 30, 2: 20}, 40), "1 2", "sheet_line_bad_ballot"),
    ],
)
def test_a_line_that_is_no_ballot_is_named(form: ballots.Form, typed: str, reason: str) -> None:
    lines, verdict = count_sheets.read_lines(form, typed)
    assert (lines, verdict.reason) == ({}, reason)
    assert verdict.message


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(places.ward())


@pytest.fixture
def poll(meeting: Meeting) -> Poll:
    return make.ended(make.opened(meeting, channels=["paper"]))


def enter(sheet: CountSheet, by: Any, lines: str, **facts: int) -> CountSheet:
    return services.enter_sheet(by=by, at=make.COUNTED, sheet=sheet, lines=lines, **facts)


def added(poll: Poll) -> CountSheet:
    return services.add_sheet(by=make.secretary(poll.meeting.region), at=make.COUNTED, poll=poll)


@pytest.mark.django_db
def test_two_alike_entries_settle_a_sheet_and_count(poll: Poll, meeting: Meeting) -> None:
    sheet = added(poll)
    enter(sheet, make.secretary(meeting.region), "1 2 ×3\n4", blank=1, spoiled=2)
    with pytest.raises(Refused) as caught:
        services.count_poll(by=None, at=make.COUNTED, poll=poll)
    assert caught.value.code == "sheets_wait"
    sheet = enter(sheet, personas.sari(meeting.region), "4\n2 1 ×3", blank=1, spoiled=2)
    assert sheet.settled_at
    poll = services.count_poll(by=None, at=make.COUNTED, poll=poll)
    cast = read.cast_of(poll)
    assert (cast.cast, cast.blank, cast.spoiled) == (7, 1, 2)
    assert [total.by_channel["paper"] for total in read.totals_of(poll)] == [3, 3, 0, 1]


@pytest.mark.django_db
def test_different_counts_are_settled_by_a_third_with_a_reason(poll: Poll, meeting: Meeting) -> None:
    sheet = added(poll)
    ward = meeting.region
    secretary, sari, chair = make.secretary(ward), personas.sari(ward), personas.lurah(ward)
    enter(sheet, secretary, "1 2 ×3")
    with pytest.raises(Refused) as caught:
        enter(sheet, secretary, "1 2 ×3")
    assert caught.value.code == "sheet_same_person"
    sheet = enter(sheet, sari, "1 2 ×4")
    assert sheet.settled_at is None
    first, second = sheet.entries.order_by("turn")
    assert count_sheets.differences(first.lines, second.lines) == [count_sheets.Difference("1 2", 3, 4)]
    with pytest.raises(Refused) as caught:
        services.count_poll(by=None, at=make.COUNTED, poll=poll)
    assert caught.value.code == "sheets_wait"
    facts: dict[str, Any] = {"at": make.COUNTED, "sheet": sheet, "lines": "1 2 ×4"}
    for by, reason, code in ((sari, "x", "sheet_own_entry"), (chair, " ", "poll_reason_missing")):
        with pytest.raises(Refused) as caught:
            services.settle_sheet(by=by, reason=reason, **facts)
        assert caught.value.code == code
    sheet = services.settle_sheet(by=chair, reason="Dihitung ulang bersama", **facts)
    assert sheet.lines == {"1 2": 4}


@pytest.mark.django_db
def test_sheets_wait_until_voting_is_over(meeting: Meeting) -> None:
    with pytest.raises(Refused) as caught:
        added(make.opened(meeting, channels=["paper"]))
    assert caught.value.code == "sheets_after_voting"


@pytest.mark.django_db
def test_a_sheet_added_by_mistake_or_counted_twice_is_set_aside(poll: Poll, meeting: Meeting) -> None:
    ward = meeting.region
    secretary, sari, chair = make.secretary(ward), personas.sari(ward), personas.lurah(ward)
    empty, right, twice = added(poll), added(poll), added(poll)
    for sheet in (right, twice):
        for who in (secretary, sari):
            enter(sheet, who, "1 2 ×3")
    aside: dict[str, Any] = {"at": make.COUNTED, "reason": "Lembar ganda"}
    for who, sheet, reason, code in (
        (chair, empty, " ", "poll_reason_missing"),
        (sari, twice, "Ganda", "sheet_own_entry"),
    ):
        with pytest.raises(Refused) as caught:
            services.set_aside_sheet(by=who, at=make.COUNTED, sheet=sheet, reason=reason)
        assert caught.value.code == code
    for sheet in (empty, twice):
        assert services.set_aside_sheet(by=chair, sheet=sheet, **aside).is_aside
    with pytest.raises(Refused) as caught:
        services.set_aside_sheet(by=chair, sheet=twice, **aside)
    assert caught.value.code == "sheet_aside"
    assert JournalEntry.objects.filter(verb="deliberation.sheet_set_aside", is_public=True).count() == 2
    poll = services.count_poll(by=None, at=make.COUNTED, poll=poll)
    assert read.cast_of(poll).cast == 3


@pytest.mark.django_db
def test_count_sheets_are_public_by_number_once_counted_and_never_what_they_choose(
    poll: Poll, meeting: Meeting, client: Client
) -> None:
    ward = meeting.region
    secretary, sari, chair = make.secretary(ward), personas.sari(ward), personas.lurah(ward)
    first, twice = added(poll), added(poll)
    for who in (secretary, sari):
        enter(first, who, "1 2 ×9\n4 ×3", blank=1, spoiled=2)
    services.set_aside_sheet(by=chair, at=make.COUNTED, sheet=twice, reason="Lembar ganda")
    assert told_sheets(poll) == []
    poll = services.count_poll(by=None, at=make.COUNTED, poll=poll)
    assert told_sheets(poll) == [
        ToldSheet(1, 15, 1, 2, is_set_aside=False, is_settled_by_third=False),
        ToldSheet(2, 0, 0, 0, is_set_aside=True, is_settled_by_third=False),
    ]
    assert 'id="lembar"' in client.get(f"/musyawarah/{meeting.code}/suara/1/").content.decode()
    data = client.get(f"/api/v1/polls/{meeting.code}/1/ballots").json()
    assert [(one["number"], one["ballots"]) for one in data["sheets"]] == [(1, 15), (2, 0)]


@pytest.mark.django_db
def test_few_paper_ballots_beside_others_are_told_as_a_number_alone(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    make.cast(poll, make.codes(poll)[0], make.ticks(1, 2, 3))
    poll = make.ended(poll)
    sheet = added(poll)
    for who in (make.secretary(meeting.region), personas.sari(meeting.region)):
        enter(sheet, who, "4", blank=1)
    poll = services.count_poll(by=None, at=make.COUNTED, poll=poll)
    [told] = told_sheets(poll)
    assert (told.ballots, told.blank, told.spoiled) == (2, None, None)


@pytest.mark.django_db
def test_nobody_changes_what_counts_on_a_ballot_with_their_own_proposal(poll: Poll, meeting: Meeting) -> None:
    """The minutes are not theirs to fix either, so somebody else is there who can."""
    ward = meeting.region
    chair, sheet = personas.lurah(ward), added(poll)
    for who, lines in ((make.secretary(ward), "1 2 ×3"), (personas.sari(ward), "1 2 ×4")):
        enter(sheet, who, lines)
    Proposal.objects.filter(pk=poll.choices.get(number=1).proposal_id).update(proposed_by=chair)
    facts: dict[str, Any] = {"by": chair, "at": make.COUNTED, "reason": "Dihitung ulang bersama"}
    closing = services.closer_verdict(by=chair, meeting=meeting, at=make.COUNTED).reason
    for act, given in (
        (services.settle_sheet, {"sheet": sheet, "lines": "1 2 ×4"}),
        (services.set_aside_sheet, {"sheet": sheet}),
        (services.strike_choice, {"poll": poll, "number": 2}),
    ):
        with pytest.raises(Refused) as caught:
            act(**facts, **given)
        assert caught.value.reason == closing
    Proposal.objects.filter(proposed_by=chair).update(proposed_by=None)
    assert services.settle_sheet(**facts, sheet=sheet, lines="1 2 ×4").lines == {"1 2": 4}
