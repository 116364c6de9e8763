"""What a person may do where: own ward, the one next door, above, and a city whose digits nearly agree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pendamping.access.scope import NOBODY, scope_of
from pendamping.access.tests import personas
from pendamping.access.tests.factories import grant
from pendamping.access.verbs import READS, Verb
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def test_a_grant_reaches_its_place_and_all_below_and_nothing_else() -> None:
    own, sibling, foreign = places.ward(1), places.ward(2), places.foreign_ward()
    scope = scope_of(personas.sari(own), TODAY)
    answers = {
        place.path: scope.can(Verb.VOICE_RECORD, place)
        for place in (own, places.rt(places.rw(own)), sibling, places.district(), places.city(), foreign)
    }
    assert [path for path, can in answers.items() if can] == [own.path, own.path + "001001"]


@pytest.mark.parametrize(
    ("path", "reached"),
    [("3278", True), ("327801", True), ("3278011001", True), ("3279", False), ("3279011001", False), ("327", False)],
)
def test_a_city_reaches_its_own_digits_only(path: str, reached: bool) -> None:
    assert scope_of(personas.budi(places.city()), TODAY).can(Verb.RECORD_SEE, path) is reached


def test_sharing_digits_is_not_being_inside() -> None:
    """A ward path begins with the digits of an RW of another width only if it is that RW's ward."""
    ward = places.ward(1)
    scope = scope_of(personas.person("rt_rw", places.rw(ward, 1)), TODAY)
    assert scope.can(Verb.VOICE_RECORD, ward.path + "001002")
    assert not scope.can(Verb.VOICE_RECORD, ward.path + "002")
    assert not scope.can(Verb.VOICE_RECORD, ward)


@pytest.mark.parametrize(
    ("starts", "ends", "revoked", "counts"),
    [
        (-10, None, False, True),
        (0, 0, False, True),
        (-10, -1, False, False),
        (1, None, False, False),
        (-10, None, True, False),
        (-10, 10, True, False),
    ],
)
def test_only_grants_in_force_count(starts: int, ends: int | None, revoked: bool, counts: bool) -> None:
    ward, somebody = places.ward(), personas.account("dian")
    until = None if ends is None else TODAY + timedelta(days=ends)
    grant(somebody, "ward_head", ward, starts_on=TODAY + timedelta(days=starts), ends_on=until, revoked=revoked)
    assert scope_of(somebody, TODAY).can(Verb.PROJECT_APPROVE, ward) is counts


def test_a_disabled_account_holds_nothing() -> None:
    ward = places.ward()
    sari = personas.sari(ward)
    sari.is_active = False
    assert scope_of(sari, TODAY) == NOBODY
    assert scope_of(None, TODAY) == NOBODY


def test_reading_only_leaves_the_verbs_that_change_nothing() -> None:
    ward = places.ward()
    scope = scope_of(personas.lurah(ward), TODAY, reads_only=True)
    assert {verb for verb in Verb if scope.can(verb, ward)} <= READS
    assert scope.can(Verb.RECORD_SEE, ward)


def test_a_request_that_changes_nothing_leaves_no_verb_out_and_still_knows_the_key() -> None:
    ward = places.ward()
    lurah = personas.lurah(ward)
    reading = scope_of(lurah, TODAY, reads_only=True).for_reading()
    assert {verb for verb in Verb if reading.can(verb, ward)} == {
        v for v in Verb if scope_of(lurah, TODAY).can(v, ward)
    }
    assert reading.reads_only


def test_a_viewer_is_shown_what_the_other_may_do() -> None:
    ward = places.ward()
    lurah, viewer = personas.lurah(ward), personas.secretariat(places.city())
    seen = scope_of(lurah, TODAY, reads_only=True, viewer=viewer)
    assert {verb for verb in Verb if seen.can(verb, ward)} == {v for v in Verb if scope_of(lurah, TODAY).can(v, ward)}


def test_office_is_the_nearest_role_that_carries_the_verb() -> None:
    ward = places.ward()
    somebody = personas.person("area_coordinator", places.city(), "dian")
    grant(somebody, "ward_secretary", ward)
    scope = scope_of(somebody, TODAY)
    assert scope.office_for(Verb.PROGRESS_VERIFY, ward) == "ward_secretary"
    assert scope.office_for(Verb.PROGRESS_VERIFY, places.ward(2)) == "area_coordinator"
    assert scope.office_for(Verb.PAYMENT_RECORD, ward) == ""


def test_nobody_sees_nothing() -> None:
    places.ward()
    assert list(NOBODY.narrow(Region.objects.all(), Verb.RECORD_SEE)) == []


def test_regions_are_narrowed_by_their_own_path() -> None:
    own, _sibling = places.ward(1), places.ward(2)
    scope = scope_of(personas.sari(own), TODAY)
    assert list(scope.narrow(Region.objects.order_by("path"), Verb.RECORD_SEE)) == [own]
