"""Nobody can tell who voted what: not from ids, not from order or time, not through any door before the count."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from pendamping.access.tests import personas
from pendamping.core.models import Counter, JournalEntry, Operation
from pendamping.deliberation import sealing, services
from pendamping.deliberation.models import BallotGroup, Envelope, Meeting, Poll, Receipt, VoteMark
from pendamping.deliberation.tests import poll_factories as make
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(places.ward())


def fields(model: Any) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def test_nothing_leads_from_a_ballot_to_a_slip_or_a_person() -> None:
    assert fields(Envelope) == {"id", "poll", "channel", "receipt_digest", "sealed"}
    assert fields(BallotGroup) == {"id", "poll", "channel", "pattern", "count"}
    assert fields(Receipt) == {"id", "poll", "code"}
    assert fields(VoteMark) == {"id", "poll", "channel", "slip", "entry"}
    for model in (Envelope, BallotGroup, Receipt, VoteMark):
        kinds = {field.get_internal_type() for field in model._meta.concrete_fields}
        assert not kinds & {"DateTimeField", "DateField", "TimeField"}, model


def test_the_order_of_rows_is_not_the_order_of_voting(meeting: Meeting) -> None:
    poll = make.opened(meeting, slips=24)
    for code in make.codes(poll):
        make.cast(poll, code, make.ticks(1, 2, 3))
    by_slip = list(VoteMark.objects.order_by("slip__number").values_list("id", flat=True))
    assert by_slip != sorted(by_slip)
    if connection.vendor == "sqlite":  # the place in the table itself, too
        with connection.cursor() as cursor:
            for table in ("deliberation_envelope", "deliberation_votemark"):
                pairs = cursor.execute(f"SELECT rowid, id FROM {table}").fetchall()
                assert all(place == key for place, key in pairs), table


def test_envelopes_are_equally_long_and_say_nothing(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    codes = make.codes(poll)
    make.cast(poll, codes[0], make.ticks(1, 2, 3, 4))
    make.cast(poll, codes[1], ())
    sealed = [bytes(one) for one in Envelope.objects.values_list("sealed", flat=True)]
    assert len({len(one) for one in sealed}) == 1
    assert all(b"1 2 3" not in one for one in sealed)


def test_voting_leaves_no_line_in_the_journal_the_operations_or_the_counters(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    before = [model.objects.count() for model in (JournalEntry, Operation, Counter)]
    make.cast(poll, make.codes(poll)[0], make.ticks(1, 2, 3))
    assert [model.objects.count() for model in (JournalEntry, Operation, Counter)] == before


def test_codes_stand_in_no_table(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    make.voter(poll)
    cast = make.cast(poll, make.codes(poll)[0], make.ticks(1, 2, 3))
    secrets = [*make.codes(poll), sealing.link_code(poll.roll.get().uid), cast.receipt, "RT01-1", "6281234567890"]
    kept = everything()
    assert not [one for one in secrets if one in kept]


def test_a_receipt_cannot_be_computed_without_what_the_phone_made(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    code = make.codes(poll)[0]
    one, other = (sealing.receipt_of(poll, code, uuid.uuid4()) for _ in range(2))
    assert one != other


def test_nothing_of_the_votes_shows_through_any_door_before_the_count(meeting: Meeting) -> None:
    """The same turnout with other votes: every answer is the same, up to what is random in each page."""
    poll = make.opened(meeting)
    codes = make.codes(poll)
    make.cast(poll, codes[0], make.ticks(1, 2, 3))
    before = looks(poll)
    assert sum(status == 200 for status, _said in before.values()) >= 11, {a: s for a, (s, _said) in before.items()}
    mark = VoteMark.objects.get()
    Envelope.objects.all().delete()
    mark.delete()
    make.cast(poll, codes[0], make.ticks(4))
    assert looks(poll) == before
    make.ended(poll)
    ended = looks(poll)
    for address, (status, said) in ended.items():
        assert 'id="hasil"' not in said, (address, status)
    assert ended[f"/api/v1/polls/{meeting.code}/1/ballots"][0] == 422
    assert ended[f"/api/v1/polls/{meeting.code}/1/receipts"][0] == 422
    assert ended[f"/musyawarah/{meeting.code}/suara/1/tanda-terima/"][0] == 404


def test_after_the_count_the_public_list_shows_codes_only(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    receipt = make.cast(poll, make.codes(poll)[0], make.ticks(1, 2, 3)).receipt
    make.counted(poll)
    said = Client().get(f"/musyawarah/{meeting.code}/suara/1/tanda-terima/?tanda={receipt}").content.decode()
    assert sealing.shown(receipt) in said
    assert "1 2 3" not in said
    data = Client().get(f"/api/v1/polls/{meeting.code}/1/ballots").json()
    assert data["ballots"] == [{"channel": "hall", "pattern": "1 2 3", "count": 1}]
    assert receipt not in json.dumps(data)


def looks(poll: Poll) -> dict[str, tuple[int, str]]:
    """What the ward head, the facilitator and everybody see at every address of a ballot."""
    code = poll.meeting.code
    work = f"/kerja/musyawarah/{code}/suara/"
    parts = ("", "1/", "1/kartu/", "1/pemilih/", "1/lembar/")
    addresses = [f"/kerja/musyawarah/{code}/", *(f"{work}{part}" for part in parts)]
    public = [
        f"/musyawarah/{code}/suara/1/", f"/musyawarah/{code}/suara/1/tanda-terima/", f"/jejak/{code}/",
        f"/api/v1/polls/{code}/1", f"/api/v1/polls/{code}/1/ballots", f"/api/v1/polls/{code}/1/receipts",
    ]  # fmt: skip
    found = {}
    for name, who in (("head", personas.lurah(poll.meeting.region)), ("sari", personas.sari(poll.meeting.region))):
        client = Client()
        client.force_login(who)
        for address in addresses:
            found[f"{name} {address}"] = seen(client, address)
    return {**found, **{address: seen(Client(), address) for address in public}}


def seen(client: Client, address: str) -> tuple[int, str]:
    import re

    answer = client.get(address)
    said = answer.content.decode(errors="replace")
    for random in (r'value="[\w-]{30,}"', r'nonce="[^"]+"', r'"request_id":\s*"[^"]+"', r'name="op" value="[^"]*"'):
        said = re.sub(random, "", said)
    return answer.status_code, said


def everything() -> str:
    """All that stands in the database, as text."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("pendamping")]
    return "\n".join(plain(value) for model in ours for row in model._base_manager.values() for value in row.values())


def plain(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def test_nothing_of_a_ballot_or_a_count_is_kept_on_a_phone_that_others_use(meeting: Meeting) -> None:
    """A telephone lent in the hall, the computer of the office: a draft would show the next one what was typed."""
    poll = make.opened(meeting, channels=["hall", "paper"])
    assert "data-draft" not in Client().get(f"/musyawarah/{meeting.code}/suara/1/pilih/").content.decode()
    services.add_sheet(by=make.secretary(meeting.region), at=make.COUNTED, poll=make.ended(poll))
    drafts = set()
    for who in (make.secretary(meeting.region), personas.sari(meeting.region)):
        client = Client()
        client.force_login(who)
        said = client.get(f"/kerja/musyawarah/{meeting.code}/suara/1/lembar/1/").content.decode()
        drafts |= set(re.findall(r'data-draft="([^"]*)"', said))
    assert drafts == set()


@pytest.mark.parametrize(("at_home", "channels"), [(9, {""}), (10, {"hall", "remote"})])
def test_few_who_vote_another_way_are_not_told_apart(meeting: Meeting, at_home: int, channels: set[str]) -> None:
    """The one who voted from home is marked on the roll: with the way beside the ballot, everybody knows theirs."""
    poll = make.opened(meeting, slips=12)
    for number in range(1, at_home + 1):
        make.cast(poll, sealing.link_code(make.voter(poll, str(number)).uid), make.ticks(4))
    for code in make.codes(poll):
        make.cast(poll, code, make.ticks(1, 2, 3))
    poll = make.counted(poll, "Kartu dibagikan sebelum dicatat")
    assert set(BallotGroup.objects.values_list("channel", flat=True)) == channels
    data = Client().get(f"/api/v1/polls/{meeting.code}/1/ballots").json()
    assert {one["channel"] for one in data["ballots"]} == channels
    assert data["contest"]["channels"] == {"hall": 12, "remote": at_home}  # how many came which way is no secret
    said = Client().get(f"/musyawarah/{meeting.code}/suara/1/").content.decode()
    assert ("untuk semua cara sekaligus" in said) == (channels == {""})
