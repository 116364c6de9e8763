"""Placing people: roles in access follow, gaps show, both sides stay the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from pendamping.access.models import Grant
from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.facilitators.enums.assignments import Reason
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.models import Assignment
from pendamping.facilitators.queries import assignments as queries
from pendamping.facilitators.services import assignments as services
from pendamping.facilitators.tests import appointment_factories as make
from pendamping.facilitators.tests.appointment_factories import END, NOW, START, TODAY
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ward() -> Region:
    return places.ward()


def refusal(service: Callable[..., Any], **facts: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        service(**{"by": make.secretariat(), "at": NOW, **facts})
    return caught.value


def consistent(on: date = TODAY) -> bool:
    return list(queries.mismatches(places.city().path, on)) == []


def test_the_role_begins_and_ends_with_the_assignment(ward: Region) -> None:
    one = make.placed(ward, ends_on=date(2026, 6, 30))
    assert scope_of(one.account, TODAY).can(Verb.NEED_VERIFY, ward)
    assert not scope_of(one.account, date(2026, 7, 1)).can(Verb.NEED_VERIFY, ward)
    assert consistent()
    services.end_assignment(by=make.secretariat(), at=NOW, assignment=one, ended_on=TODAY - DAY, reason="Mutasi")
    assert not scope_of(one.account, TODAY).can(Verb.NEED_VERIFY, ward)
    assert consistent()
    again = refusal(services.end_assignment, assignment=one, ended_on=TODAY, reason="x")
    assert again.reason == Reason.ENDED_ALREADY


def test_an_end_that_lies_ahead_leaves_the_role_until_then(ward: Region) -> None:
    one, last = make.placed(ward), date(2026, 3, 15)
    services.end_assignment(by=make.secretariat(), at=NOW, assignment=one, ended_on=last, reason="Pindah")
    assert scope_of(one.account, last).can(Verb.NEED_VERIFY, ward)
    assert not scope_of(one.account, last + DAY).can(Verb.NEED_VERIFY, ward)
    assert consistent()
    end = {"by": make.secretariat(), "at": NOW, "assignment": one, "reason": "Lebih awal"}
    services.end_assignment(**end, ended_on=last - 9 * DAY)
    assert not scope_of(one.account, last).can(Verb.NEED_VERIFY, ward)
    assert consistent()


def test_an_assignment_that_lies_ahead_can_be_called_off(ward: Region) -> None:
    one = make.placed(ward, starts_on=date(2026, 5, 1))
    assert not scope_of(one.account, TODAY).can(Verb.NEED_VERIFY, ward)
    services.end_assignment(by=make.secretariat(), at=NOW, assignment=one, ended_on=TODAY, reason="Batal")
    one.refresh_from_db()
    assert one.last_day < one.starts_on
    assert not scope_of(one.account, date(2026, 5, 2)).can(Verb.NEED_VERIFY, ward)
    assert consistent()
    assert not queries.serving(ward.path, date(2026, 5, 2))


def test_overlaps_name_the_days_they_meet(ward: Region) -> None:
    one = make.placed(ward, ends_on=date(2026, 6, 30))
    caught = refusal(make_assign(one, ward), starts_on=date(2026, 6, 30), ends_on=END)
    assert caught.reason == Reason.OVERLAPS
    assert one.code in caught.message
    assert "30 Juni 2026" in caught.message
    assert make_assign(one, ward)(by=make.secretariat(), at=NOW, starts_on=date(2026, 7, 1), ends_on=END)
    assert make_assign(one, places.ward(2))(by=make.secretariat(), at=NOW, starts_on=START, ends_on=END)
    assert consistent()


def make_assign(one: Assignment, ward: Region) -> Callable[..., Any]:
    return lambda **facts: services.assign(appointment=one.appointment, region=ward, **facts)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"region": "district"}, Reason.LEVEL_UNFIT),
        ({"region": "foreign"}, Reason.OTHER_CITY),
        ({"starts_on": END, "ends_on": START}, Reason.DATES_REVERSED),
        ({"ends_on": END + DAY}, Reason.OUTSIDE_TERM),
        ({"role": PostKind.AREA_COORDINATOR, "region": "district"}, Reason.ROLE_NEEDS_DECREE),
    ],
)
def test_placing_is_refused(ward: Region, facts: dict[str, Any], reason: Any) -> None:
    spots = {"district": places.district, "foreign": places.foreign_ward}
    facts = {"region": ward, "starts_on": START, "ends_on": END, **facts}
    if isinstance(facts["region"], str):
        facts["region"] = spots[facts["region"]]()
    assert refusal(services.assign, appointment=make.appointed(), **facts).reason == reason
    assert not Grant.objects.filter(role__in=PostKind.values).exists()


def test_another_role_by_a_decree_of_its_own(ward: Region) -> None:
    one = make.placed(ward).appointment
    acting = make.decree("SK-9/2026", about="Pelaksana tugas koordinator")
    made = services.assign(
        by=make.secretariat(), at=NOW, appointment=one, region=places.district(), starts_on=START, ends_on=END,
        role=PostKind.AREA_COORDINATOR, decree=acting,
    )  # fmt: skip
    assert (made.role, made.decree) == (PostKind.AREA_COORDINATOR, acting)
    found = [one.role for one in queries.serving(ward.path, TODAY)]
    assert found == [PostKind.WARD_FACILITATOR, PostKind.AREA_COORDINATOR]


def test_several_places_at_once_all_or_none(ward: Region) -> None:
    one = make.placed(ward).appointment
    facts = {"appointment": one, "regions": [places.ward(2), ward], "starts_on": START, "ends_on": END}
    assert refusal(services.assign_all, **facts).reason == Reason.OVERLAPS
    assert Assignment.objects.count() == 1
    facts["regions"] = [places.ward(2), places.ward(3)]
    services.assign_all(by=make.secretariat(), at=NOW, **facts)
    assert [one.region for one in queries.assignments_of(one.account, TODAY)] == [ward, places.ward(2), places.ward(3)]


def test_a_role_given_by_hand_makes_room_for_the_assignment(ward: Region) -> None:
    sari = personas.sari(ward)
    assert [one.what for one in queries.mismatches(places.city().path, TODAY)] == ["loose"]
    one = make.appointed(account=sari)
    made = services.assign(by=make.secretariat(), at=NOW, appointment=one, region=ward, starts_on=START, ends_on=END)
    assert Grant.objects.get(account=sari, revoked_at=None) == made.grant
    assert consistent()


def test_what_differs_is_named(ward: Region) -> None:
    one = make.placed(ward)
    Grant.objects.filter(pk=one.grant_id).update(revoked_at=NOW, revoked_reason="Dicabut di Orang")
    assert [(found.what, found.code) for found in queries.mismatches(places.city().path, TODAY)] == [("lost", one.code)]
    Grant.objects.filter(pk=one.grant_id).update(revoked_at=None, revoked_reason="", ends_on=None)
    assert [found.what for found in queries.mismatches(places.city().path, TODAY)] == ["late"]


def test_gaps_and_wards_without_anybody(ward: Region) -> None:
    other = places.ward(2)
    make.placed(ward, ends_on=date(2026, 5, 31))
    make.placed(ward, "Tono Contoh", starts_on=date(2026, 6, 11))
    found = queries.gaps(places.city().path, since=START, until=END)
    assert [(gap.ward, gap.since, gap.until, gap.days) for gap in found] == [
        (ward, date(2026, 6, 1), date(2026, 6, 10), 10), (other, START, END, 365),
    ]  # fmt: skip
    assert list(queries.by_ward(places.city().path, date(2026, 6, 5))) == []
    assert list(queries.by_ward(places.city().path, date(2026, 6, 11))) == [ward.path]
