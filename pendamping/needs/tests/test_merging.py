"""Voices about the same trouble go on together, and can be parted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from pendamping.access import tokens
from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core import counters
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.core.verdicts import Verdict
from pendamping.needs import services
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.enums.merging import MergeReason
from pendamping.needs.enums.news import News
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Category, Contact, Notice, Voice
from pendamping.needs.rules.merging import Told, may_be_joined, may_merge, may_part
from pendamping.needs.services.contacts import reach
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

ONE, OTHER = Told("S1", "3278071002", "heard"), Told("S2", "3278071002", "heard")
JOINED = Told("S1", "3278071002", "heard", joined_with="S2")


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (may_merge(ONE, OTHER), None),
        (may_merge(ONE, Told("S2", "3278071002", "gathered")), None),
        (may_merge(ONE, ONE), MergeReason.ITSELF),
        (may_merge(JOINED, OTHER), MergeReason.ALREADY),
        (may_merge(ONE, Told("S2", "3278071002", "heard", joined_with="S1")), MergeReason.ALREADY),
        (may_merge(Told("S1", "3278071002", "gathered"), OTHER), MergeReason.HANDLED),
        (may_merge(ONE, Told("S2", "3278071003", "heard")), MergeReason.UNKNOWN),
        (may_merge(ONE, Told("S2", "3278071002", "answered")), MergeReason.ANSWERED),
        (may_be_joined(ONE), None),
        (may_be_joined(JOINED), MergeReason.ALREADY),
        (may_part(ONE), MergeReason.NOT_JOINED),
        (may_part(JOINED), None),
        (may_part(Told("S1", "3278071002", "gathered", joined_with="S2")), None),
        (may_part(Told("S1", "3278071002", "answered", joined_with="S2")), MergeReason.TOO_LATE),
    ],
)
def test_rules(verdict: Verdict, reason: MergeReason | None) -> None:
    assert verdict.reason == reason


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward(db: None) -> Region:
    return places.ward(1)


@pytest.fixture
def sari(ward: Region) -> Account:
    return personas.sari(ward)


def contact(address: str) -> Contact:
    return reach(kind=ContactKind.EMAIL, address=address, at=NOW)


def merged(sari: Account, voice: Voice, into: Voice) -> Voice:
    return services.merge_voice(by=sari, at=NOW, voice=voice, into=into)


def states(ward: Region) -> list[int]:
    return [counters.total("voice.state", under=ward.path, dimension=str(state)) for state in VoiceState]


def test_both_are_kept_and_all_who_follow_hear_of_it(ward: Region, sari: Account) -> None:
    first = make.voice(ward, contact=contact("ani@example.id"))
    second = make.voice(ward, contact=contact("budi@example.id"))
    done = merged(sari, second, first)
    assert (done.duplicate_of, done.state, Voice.objects.count()) == (first, VoiceState.HEARD, 2)
    told = Notice.objects.filter(news=News.MERGED)
    assert sorted(one.following.voice.code for one in told) == sorted([first.code, second.code])  # type: ignore[union-attr]
    entry = JournalEntry.objects.get(verb="needs.voice_merged")
    assert (entry.subject_code, entry.changes) == (second.code, {"voice": first.code})
    assert states(ward) == [2, 0, 0]


def test_joined_voices_stand_beside_the_first_one(ward: Region, sari: Account) -> None:
    first, second, third, fourth = (make.voice(ward) for _ in range(4))
    merged(sari, third, second)
    merged(sari, second, first)
    merged(sari, fourth, third)
    assert list(first.duplicates.order_by("id")) == [second, third, fourth]


def test_what_happens_to_one_happens_to_all(ward: Region, sari: Account) -> None:
    first, second = make.voice(ward), make.voice(ward)
    merged(sari, second, first)
    services.answer_voice(by=sari, at=NOW, voice=first, answer="Sudah dikeruk")
    second.refresh_from_db()
    assert (second.state, second.answer) == (VoiceState.ANSWERED, "Sudah dikeruk")
    assert JournalEntry.objects.filter(verb="needs.voice_answered").count() == 2
    third, fourth = make.voice(ward), make.voice(ward)
    merged(sari, fourth, third)
    need = services.gather_voices(by=sari, at=NOW, voices=[third], title="Selokan")
    assert need.gatherings.count() == 2
    assert states(ward) == [0, 2, 2]


def test_a_voice_joins_the_need_of_the_other_and_leaves_it_again(ward: Region, sari: Account) -> None:
    first, second = make.voice(ward), make.voice(ward)
    need = services.gather_voices(by=sari, at=NOW, voices=[first], title="Selokan")
    done = merged(sari, second, first)
    assert (done.state, need.gatherings.count(), states(ward)) == (VoiceState.GATHERED, 2, [0, 2, 0])
    parted = services.part_voice(by=sari, at=NOW, voice=second)
    assert (parted.duplicate_of, parted.state, need.gatherings.count()) == (None, VoiceState.HEARD, 1)
    assert states(ward) == [1, 1, 0]
    assert parted.deadlines.filter(met_at__isnull=True).exists(), "its clock runs again"
    assert JournalEntry.objects.get(verb="needs.voice_parted").changes == {"voice": first.code}


def test_a_confidential_voice_is_never_joined(ward: Region, sari: Account) -> None:
    private = make.voice(ward, category=Category.objects.get(key="conduct"))
    with pytest.raises(Refused) as caught:
        merged(sari, make.voice(ward), private)
    assert caught.value.reason == MergeReason.UNKNOWN


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def page_of(account: Account, voice: Voice, **typed: Any) -> Any:
    address = reverse("needs:voice", args=[voice.code])
    client = signed_in(account)
    return client.post(f"{address}?act={typed.pop('act')}", typed) if typed else client.get(address)


def test_the_page_offers_what_may_be_the_same_and_joins_it(ward: Region, sari: Account) -> None:
    rw = places.rw(ward, 1)
    first = make.voice(rw, text="PJU pareum di gang melati", category=Category.objects.get(key="light"))
    second = make.voice(rw, text="Lampu gang Melati mati", category=Category.objects.get(key="light"))
    make.voice(rw, text="Sampah menumpuk di TPS", category=Category.objects.get(key="waste"))
    offered = page_of(sari, second).context["similar"]
    assert [one.voice for one in offered] == [first]
    assert page_of(sari, second, act="merge", **{"merge-into": first.code.lower()}).status_code == 302
    page = page_of(sari, second)
    assert first.code in page.content.decode()
    assert (page.context["similar"], "part" in [one.step.key for one in page.context["steps"]]) == ([], True)
    assert second.code in page_of(sari, first).content.decode()
    assert page_of(sari, second, act="part", x="").status_code == 302
    assert page_of(sari, second).context["similar"]


def test_a_wrong_code_is_said_at_the_field(ward: Region, sari: Account) -> None:
    voice, elsewhere = make.voice(ward), make.voice(places.ward(2))
    for typed in (voice.code, elsewhere.code, "S26-00000-0"):
        assert page_of(sari, voice, act="merge", **{"merge-into": typed}).status_code == 422


def test_who_does_not_gather_is_offered_nothing(ward: Region) -> None:
    first, second = make.voice(ward), make.voice(ward)
    secretary = personas.sekretaris(ward)
    assert page_of(secretary, second).context["similar"] == []
    assert page_of(secretary, second, act="merge", **{"merge-into": first.code}).status_code == 403


def test_the_api_joins_and_parts(ward: Region, sari: Account) -> None:
    first, second = make.voice(ward), make.voice(ward)
    _token, key = tokens.issue(account=sari, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
    api, here = Client(headers={"Authorization": f"Bearer {key}"}), f"/api/v1/voices/{second.code}"
    assert api.post(f"{here}/merge", {"into": "S26-00000-0"}, "application/json").json()["code"] == "merge_unknown"
    joined = api.post(f"{here}/merge", {"into": first.code}, "application/json")
    assert (joined.status_code, joined.json()["joined_with"]) == (201, first.code)
    assert api.post(f"{here}/part").json()["joined_with"] is None
