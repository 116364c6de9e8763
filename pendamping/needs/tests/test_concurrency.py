"""Two people at the same moment: one need per voice, one live proposal per need, one record per operation, no voice
joined in a ring, and a limit that lets exactly so many through."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pendamping.access.tests import personas
from pendamping.core import counters
from pendamping.core.errors import Refused
from pendamping.needs import flood, services
from pendamping.needs.models import Contact, Following, Gathering, Need, Proposal, Voice
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NOW
from pendamping.regions.tests import factories as places
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_voice_gathered_by_two_at_once_is_in_one_need(shared: Callable[[], None]) -> None:
    ward = places.ward()
    sari, voice = personas.sari(ward), make.voice(ward)
    shared()

    def gather() -> str:
        services.gather_voices(by=sari, at=NOW, voices=[voice], title="Selokan")
        return "gathered"

    assert sorted(at_once(gather, gather), key=str) == ["gathered", "voice_already_handled"]
    counts = at_once(lambda: (Need.objects.count(), Gathering.objects.count(), list(counters.differences())))
    assert counts == [(1, 1, [])]


def test_need_proposed_by_two_at_once_has_one_proposal(shared: Callable[[], None]) -> None:
    ward = places.ward()
    sari, need, facts = personas.sari(ward), make.verified_need(ward), make.whole(photos=[])
    shared()

    def write() -> str:
        services.write_proposal(by=sari, at=NOW, need=need, **facts)
        return "written"

    assert sorted(at_once(write, write), key=str) == ["need_has_proposal", "written"]
    assert at_once(Proposal.objects.count) == [1]


def test_one_form_sent_by_two_threads_makes_one_voice(shared: Callable[[], None]) -> None:
    ward, item, op = places.ward(), make.menu(), uuid.uuid4()
    shared()

    def give() -> str:
        facts: dict[str, Any] = {"by": None, "at": NOW, "op": op, "text": "Lampu mati", "region": ward}
        return str(services.give_voice(**facts, menu_item=item).code)

    first, second = at_once(give, give)
    assert (first, at_once(Voice.objects.count)) == (second, [1])


def test_a_limit_lets_exactly_so_many_of_those_who_send_at_once_through(
    shared: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "UNPROVEN_AN_HOUR", 3)
    ward = places.ward()
    shared()

    def give() -> int:
        sent = {"text": "Lampu mati", "ward": ward.path, "category": "light", "op": str(uuid.uuid4())}
        return Client().post("/suara/", sent).status_code

    assert sorted(at_once(*[give] * 10)) == [303] * 3 + [429] * 7
    assert at_once(Voice.objects.count) == [3]


def test_one_draft_with_an_address_sent_by_several_at_once_makes_one_of_everything(shared: Callable[[], None]) -> None:
    ward, op = places.ward(), str(uuid.uuid4())
    sent = {"text": "Lampu mati", "ward": ward.path, "category": "light", "op": op, "contact": "ani@example.id"}
    shared()

    answers = at_once(*[lambda: Client().post("/suara/", sent).headers.get("Location", "").split("?")[0]] * 6)
    assert len(set(answers)) == 1
    assert answers[0]
    assert at_once(lambda: [kind.objects.count() for kind in (Voice, Contact, Following)]) == [[1, 1, 1]]


def joined() -> dict[str, str]:
    return dict(Voice.objects.filter(duplicate_of__isnull=False).values_list("code", "duplicate_of__code"))


def test_two_joined_with_each_other_at_once_make_no_ring(shared: Callable[[], None]) -> None:
    ward = places.ward()
    sari, one, other = personas.sari(ward), make.voice(ward), make.voice(ward)
    shared()

    def merge(voice: Voice, into: Voice) -> str:
        services.merge_voice(by=sari, at=NOW, voice=voice, into=into)
        return "joined"

    found = at_once(lambda: merge(one, other), lambda: merge(other, one))
    assert sorted(found, key=str) == ["joined", "merge_already"]
    expected = {one.code: other.code} if found[0] == "joined" else {other.code: one.code}
    assert at_once(joined) == [expected]


def test_one_joined_by_two_at_once_is_joined_once(shared: Callable[[], None]) -> None:
    ward = places.ward()
    sari, one, other, third = personas.sari(ward), make.voice(ward), make.voice(ward), make.voice(ward)
    shared()

    def merge(into: Voice) -> str:
        services.merge_voice(by=sari, at=timezone.now(), voice=one, into=into)
        return "joined"

    assert sorted(at_once(lambda: merge(other), lambda: merge(other)), key=str) == ["joined", "merge_already"]
    assert sorted(at_once(lambda: merge(other), lambda: merge(third)), key=str) == ["merge_already", "merge_already"]


def test_one_joined_with_two_others_at_once_is_joined_with_one(shared: Callable[[], None]) -> None:
    ward = places.ward()
    sari, one, other, third = personas.sari(ward), make.voice(ward), make.voice(ward), make.voice(ward)
    shared()

    def merge(into: Voice) -> str:
        services.merge_voice(by=sari, at=NOW, voice=one, into=into)
        return into.code

    found = at_once(lambda: merge(other), lambda: merge(third))
    assert "merge_already" in found
    assert at_once(joined) == [{one.code: next(into for into in found if into != "merge_already")}]


def test_families_joined_crosswise_at_once_come_to_one_end(shared: Callable[[], None]) -> None:
    """B stands with C; A joins B (so C) while C, with B, joins A: none waits for the other for ever."""
    ward = places.ward()
    sari, first, second, third = personas.sari(ward), *(make.voice(ward) for _ in range(3))
    services.merge_voice(by=sari, at=NOW, voice=second, into=third)
    shared()

    def merge(voice: Voice, into: Voice) -> str:
        services.merge_voice(by=sari, at=NOW, voice=voice, into=into)
        return "joined"

    found = at_once(lambda: merge(first, second), lambda: merge(third, first))
    assert "joined" in found
    assert not [one for one in found if isinstance(one, BaseException)], found
    ends = set(at_once(joined)[0].values())
    assert len(ends) == 1, "all stand with one, which stands for itself"


def test_answered_while_somebody_joins_again_neither_waits_for_ever(shared: Callable[[], None]) -> None:
    ward = places.ward()
    sari, pairs = personas.sari(ward), [(make.voice(ward), make.voice(ward)) for _ in range(8)]
    for early, late in pairs:
        services.merge_voice(by=sari, at=NOW, voice=early, into=late)
    shared()

    def answer() -> list[str]:
        return [services.answer_voice(by=sari, at=NOW, voice=late, answer="Sudah").state for _early, late in pairs]

    def join_again() -> list[str]:
        codes = []
        for early, late in pairs:
            try:
                services.merge_voice(by=sari, at=NOW, voice=early, into=late)
            except Refused as refusal:
                codes.append(refusal.code)
        return codes

    assert at_once(answer, join_again) == [["answered"] * 8, ["merge_already"] * 8]
