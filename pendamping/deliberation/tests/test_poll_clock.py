"""A ballot that opens and ends at its hour is told by the journal once, whoever meets it first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from pendamping.core.models import JournalEntry
from pendamping.core.rounds import _others as rounds
from pendamping.deliberation import services
from pendamping.deliberation.models import Meeting, Poll
from pendamping.deliberation.services.poll_clock import tell_clocks
from pendamping.deliberation.tests import poll_factories as make
from pendamping.deliberation.tests.factories import AT
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
OPENS, CLOSES = AT + timedelta(hours=1), AT + timedelta(hours=2)
AMID, AFTER = AT + timedelta(minutes=90), AT + timedelta(hours=3)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(places.ward())


@pytest.fixture
def poll(meeting: Meeting) -> Poll:
    """Announced with its hours, two people on the roll."""
    found = services.announce_poll(by=None, at=AT, poll=make.prepared(meeting), opens_at=OPENS, closes_at=CLOSES)
    for number in ("1", "2"):
        make.voter(found, number)
    return found


def lines(*verbs: str) -> list[tuple[str, datetime, dict[str, Any]]]:
    """What the journal says of beginnings and ends."""
    found = JournalEntry.objects.filter(verb__contains="deliberation.poll_").order_by("pk")
    said = [(one.verb.removeprefix("deliberation.poll_"), one.at, one.changes) for one in found]
    return [one for one in said if one[0] in verbs or (not verbs and one[0].startswith(("opened", "ended")))]


def test_the_rounds_tell_once_that_it_opened_and_once_that_it_ended(poll: Poll) -> None:
    assert tell_clocks in rounds
    assert tell_clocks(OPENS - timedelta(minutes=1)) == 0
    assert [tell_clocks(AMID), tell_clocks(AMID)] == [1, 0]
    opened = ("opened_by_clock", AMID, {"poll": 1, "opened_at": OPENS.isoformat(), "roll": 2})
    assert lines() == [opened]
    assert [tell_clocks(AFTER), tell_clocks(AFTER)] == [1, 0]
    assert lines() == [opened, ("ended_by_clock", AFTER, {"poll": 1, "ended_at": CLOSES.isoformat()})]
    page = Client().get(f"/jejak/{poll.meeting.code}/").content.decode()
    for words in ("Pemungutan suara dibuka pada jamnya", "2 orang di daftar pemilih", "Jam yang diumumkan"):
        assert words in page


def test_a_ballot_nobody_voted_in_has_its_lines_before_it_is_counted(poll: Poll) -> None:
    services.count_poll(by=None, at=AFTER, poll=poll)
    assert [verb for verb, _at, _facts in lines("opened_by_clock", "ended_by_clock", "counted")] == [
        "opened_by_clock", "ended_by_clock", "counted"
    ]  # fmt: skip
    assert tell_clocks(AFTER) == 0


def test_one_called_off_has_its_lines_too_also_with_its_meeting(poll: Poll, meeting: Meeting) -> None:
    other = make.prepared(meeting)
    services.announce_poll(by=None, at=AT, poll=other, opens_at=OPENS, closes_at=CLOSES)
    services.void_poll(by=None, at=AMID, poll=poll, reason="Kartu suara hilang")
    assert [(verb, facts["poll"]) for verb, _at, facts in lines()] == [("opened_by_clock", 1)]
    services.cancel_meeting(by=None, at=AFTER, meeting=meeting, reason="Banjir di balai")
    assert [(verb, facts["poll"]) for verb, _at, facts in lines()][1:] == [
        ("opened_by_clock", 2), ("ended_by_clock", 2)
    ]  # fmt: skip


def test_what_a_hand_opened_or_ended_the_clock_does_not_tell_again(poll: Poll) -> None:
    services.open_poll(by=None, at=AT, poll=poll)
    services.end_poll(by=None, at=AMID, poll=poll)
    services.count_poll(by=None, at=AFTER, poll=poll)
    assert [verb for verb, _at, _facts in lines()] == ["opened", "ended"]


def test_a_hand_that_ends_it_finds_it_opened(poll: Poll) -> None:
    services.end_poll(by=None, at=AMID, poll=poll)
    assert [verb for verb, _at, _facts in lines()] == ["opened_by_clock", "ended"]


def test_the_line_has_the_roll_of_the_opening_and_stands_before_who_was_added(poll: Poll) -> None:
    late = {"by": None, "at": AMID, "poll": poll, "name": "Warga 3", "identity": "RT01-3"}
    services.add_voter(**late, reason="Pindah masuk sesudah daftar disusun")
    said = JournalEntry.objects.order_by("-pk")[:2]
    assert [(one.verb, one.changes["roll"]) for one in said] == [
        ("deliberation.voter_added", 3), ("deliberation.poll_opened_by_clock", 2)
    ]  # fmt: skip


def test_a_ballot_that_comes_in_writes_no_line(meeting: Meeting) -> None:
    poll = services.announce_poll(by=None, at=AT, poll=make.prepared(meeting), opens_at=OPENS, closes_at=CLOSES)
    services.make_slips(by=None, at=AT, poll=poll, count=1)
    before = JournalEntry.objects.count()
    services.cast_ballot(
        at=AMID, poll=Poll.objects.get(), code=make.codes(poll)[0], op=poll.uid, picks=make.ticks(1), is_sure=True
    )
    assert JournalEntry.objects.count() == before


def test_an_hour_that_is_past_when_it_is_announced_opens_it_then(meeting: Meeting) -> None:
    poll = services.announce_poll(by=None, at=AMID, poll=make.prepared(meeting), opens_at=AT, closes_at=CLOSES)
    assert poll.opens_at == AMID
