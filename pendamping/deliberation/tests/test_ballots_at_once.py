"""Ballots at the same moment in one real database: one code one ballot, whatever the threads do."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections

from pendamping.deliberation import sealing, services
from pendamping.deliberation.models import Envelope, Poll, VoteMark
from pendamping.deliberation.services.casting import Cast
from pendamping.deliberation.tests import poll_factories as make
from pendamping.regions.tests import factories as places
from tests.harness.together import at_once
from tests.harness.together import shared as shared

pytestmark = pytest.mark.django_db(transaction=True)
Share = Callable[[], None]


def casting(poll: Poll, code: str, *numbers: int, op: uuid.UUID | None = None) -> Callable[[], object]:
    chosen = op or uuid.uuid4()
    return lambda: make.cast(poll, code, make.ticks(*numbers), chosen)


def test_one_code_from_eight_phones_is_one_ballot(shared: Share) -> None:
    poll = make.opened(make.meeting(places.ward()))
    code = make.codes(poll)[0]
    shared()
    found = at_once(*(casting(poll, code, 1, 2, 3) for _ in range(8)))
    assert sum(isinstance(one, Cast) for one in found) == 1
    assert found.count("voted_already") == 7
    assert at_once(counts) == [(1, 1)]


def test_one_ballot_sent_eight_times_is_one_with_one_receipt(shared: Share) -> None:
    poll = make.opened(make.meeting(places.ward()))
    code, op = make.codes(poll)[0], uuid.uuid4()
    shared()
    found = at_once(*(casting(poll, code, 1, 2, 3, op=op) for _ in range(8)))
    assert len({one.receipt for one in found}) == 1
    assert sum(not one.is_again for one in found) == 1
    assert at_once(counts) == [(1, 1)]


def test_the_link_and_the_table_at_the_same_moment_are_one_vote(shared: Share) -> None:
    poll = make.opened(make.meeting(places.ward()))
    entry = make.voter(poll)
    table = make.secretary(poll.meeting.region)
    shared()
    found = at_once(
        casting(poll, sealing.link_code(entry.uid), 1, 2, 3),
        lambda: services.mark_voter(by=table, at=make.LATER, entry=entry, channel="paper"),
    )
    refused = [one for one in found if isinstance(one, str)]
    assert len(refused) == 1
    assert refused[0] in ("voted_otherwise", "voted_already")
    assert at_once(lambda: VoteMark.objects.count()) == [1]


def test_a_ballot_that_comes_while_voting_ends_is_in_the_count_or_refused(shared: Share) -> None:
    poll = make.opened(make.meeting(places.ward()), slips=6)
    codes = make.codes(poll)
    shared()

    def end_and_count() -> str:
        make.counted(poll)
        return "counted"

    found = at_once(*(casting(poll, code, 1, 2, 3) for code in codes), end_and_count)
    kept = sum(isinstance(one, Cast) for one in found)
    assert found[-1] == "counted"
    assert at_once(lambda: Poll.objects.get(pk=poll.pk).receipts.count()) == [kept]


def test_sealed_ballots_and_their_order_are_gone_from_the_files_after_the_count(shared: Share) -> None:
    """The write-ahead log is a diary: which mark and which envelope were written together, one vote after the other."""
    if connection.vendor != "sqlite":
        pytest.skip("the log of a server is kept by its own rules")
    poll = make.opened(make.meeting(places.ward()), slips=3)
    codes = make.codes(poll)
    shared()
    file = Path(connections.settings["default"]["NAME"])
    with closing(sqlite3.connect(file)) as other:  # a site's other workers stay connected: the log is not dropped
        other.execute("SELECT COUNT(*) FROM deliberation_poll").fetchone()
        assert all(isinstance(one, Cast) for one in at_once(*(casting(poll, code, 1, 2, 3) for code in codes)))
        sealed = at_once(lambda: [bytes(one) for one in Envelope.objects.values_list("sealed", flat=True)])[0]
        assert len(sealed) == 3
        assert at_once(lambda: make.counted(poll).state) == ["closed"]
        kept = file.read_bytes() + Path(f"{file}-wal").read_bytes()
    assert not [one for one in sealed if one[8:40] in kept]


def counts() -> tuple[int, int]:
    return VoteMark.objects.count(), Envelope.objects.count()
