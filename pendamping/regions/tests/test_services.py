"""Cities come from the national list, once; names are not keys; corrections keep the old name."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.regions import queries, rules, services
from pendamping.regions.enums import Reason
from pendamping.regions.models import Boundary, Level, Region, RegionCode
from pendamping.regions.tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()


@pytest.fixture
def tasikmalaya() -> Region:
    return services.add_city(by=None, at=NOW, code="32.78")


def test_kota_tasikmalaya_has_ten_districts_and_sixty_nine_wards_with_their_facts(tasikmalaya: Region) -> None:
    assert tasikmalaya.label == "Kota Tasikmalaya"
    assert queries.below("3278", Level.DISTRICT).count() == 10
    wards = list(queries.wards("3278"))
    assert len(wards) == 69
    assert sum(ward.population or 0 for ward in wards) == 757_815
    assert all(ward.latitude and ward.longitude and ward.area_km2 for ward in wards)


def test_adding_a_city_again_adds_nothing(tasikmalaya: Region) -> None:
    before = (Region.objects.count(), RegionCode.objects.count(), JournalEntry.objects.count())
    assert services.add_city(by=None, at=NOW, code="3278") == tasikmalaya
    assert (Region.objects.count(), RegionCode.objects.count(), JournalEntry.objects.count()) == before


def test_a_ward_that_shares_its_name_is_asked_for_by_district_or_code(tasikmalaya: Region) -> None:
    with pytest.raises(Refused) as refusal:
        queries.ward_named("Sukajaya", city_path="3278")
    assert refusal.value.reason == Reason.AMBIGUOUS_WARD
    assert "32.78.09.1004" in refusal.value.message
    assert "32.78.10.1005" in refusal.value.message
    assert queries.ward_named("SUKAJAYA", district="Purbaratu", city_path="3278").path == "3278101005"


@pytest.mark.parametrize("spelling", ["Kersamenak", "karsamenak", "Kel. KARSAMENAK"])
def test_a_ward_is_found_under_each_of_its_spellings(tasikmalaya: Region, spelling: str) -> None:
    assert rules.name_key(queries.ward_named(spelling, city_path="3278").name) in ("kersamenak", "karsamenak")


@pytest.mark.parametrize(("code", "reason"), [("32.78.01", Reason.NOT_A_CITY), ("99.99", Reason.UNKNOWN_CODE)])
def test_a_code_that_is_no_city_is_refused(code: str, reason: Reason) -> None:
    with pytest.raises(Refused) as refusal:
        services.add_city(by=None, at=NOW, code=code)
    assert refusal.value.reason == reason
    assert Region.objects.count() == 0


def test_another_city_lies_in_its_own_zone() -> None:
    city = services.add_city(by=None, at=NOW, code="73.71")
    assert (city.name, city.zone) == ("Kota Makassar", "Asia/Makassar")


def test_rw_and_rt_are_numbers_kept_as_strings() -> None:
    ward = factories.ward()
    rt = services.add_unit(by=None, at=NOW, ward=ward, rw="RW 5", rt="02")
    assert (rt.path, rt.label, rt.parent and rt.parent.label) == (
        f"{ward.path}005002",
        "RT 002",
        "RW 005",
    )
    assert services.add_unit(by=None, at=NOW, ward=ward, rw="005", rt="2") == rt
    with pytest.raises(Refused):
        services.add_unit(by=None, at=NOW, ward=ward, rw="lima")
    assert services.unit_of(ward, "5", "2") == rt
    assert services.unit_of(ward, "5", "77").path == f"{ward.path}005"
    assert services.unit_of(ward, "9", "1") == ward


def test_a_renamed_ward_is_still_found_by_its_old_name() -> None:
    ward = factories.ward()
    services.correct(by=None, at=NOW, region=ward, name="Sukamulya", population=9000)
    assert queries.ward_named("Sukamaju 1", city_path="3278").name == "Sukamulya"
    entry = JournalEntry.objects.get(verb="regions.place_corrected")
    assert entry.changes == {"name": ["Sukamaju 1", "Sukamulya"], "population": [None, 9000]}


def test_an_outline_is_kept_once_and_a_wrong_one_refused() -> None:
    ward = factories.ward()
    square = {"type": "Polygon", "coordinates": [[[108.1, -7.3], [108.2, -7.3], [108.2, -7.2], [108.1, -7.3]]]}
    for _ in range(2):
        services.draw_outline(by=None, at=NOW, region=ward, geometry=square, source="test")
    kept = Boundary.objects.get()
    assert (kept.west, kept.south, kept.east, kept.north) == (108.1, -7.3, 108.2, -7.2)
    assert JournalEntry.objects.count() == 1
    for wrong in ({"type": "Point", "coordinates": [1, 2]}, {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}):
        with pytest.raises(Refused):
            services.draw_outline(by=None, at=NOW, region=ward, geometry=wrong)


def test_adding_a_city_again_keeps_what_was_corrected_and_closed(tasikmalaya: Region) -> None:
    ward, other, third = queries.wards("3278")[:3]
    services.correct(by=None, at=NOW, region=ward, population=12345)
    services.close_place(by=None, at=NOW, region=other, on=TODAY)
    services.recode(by=None, at=NOW, region=third, code="32.78.01.1077", on=TODAY)
    services.add_city(by=None, at=NOW, code="32.78")
    ward.refresh_from_db()
    assert ward.population == 12345
    assert queries.wards("3278").count() == 68
    third.refresh_from_db()
    assert queries.code_of(third) == "32.78.01.1077"


def test_a_closed_ward_ends_with_all_below_it_and_is_told_of() -> None:
    ward = factories.ward()
    rw = services.add_unit(by=None, at=NOW, ward=ward, rw="1")
    services.close_place(by=None, at=NOW, region=ward, on=TODAY, reason="Dimekarkan")
    rw.refresh_from_db()
    assert rw.valid_to == TODAY
    entry = JournalEntry.objects.get(verb="regions.place_closed")
    assert (entry.reason, entry.changes) == ("Dimekarkan", {"valid_to": [None, TODAY.isoformat()], "places": 2})
    ward.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        services.add_unit(by=None, at=NOW, ward=ward, rw="2")
    assert refusal.value.reason == Reason.CLOSED


def test_a_split_is_new_places_and_the_closing_of_the_old(tasikmalaya: Region) -> None:
    old = Region.objects.get(path="3278011001")
    assert old.parent
    facts = {"by": None, "at": NOW, "kind": "Kelurahan", "parent": old.parent}
    services.add_place(code="32.78.01.1051", name="Yudanegara Timur", **facts)
    services.close_place(by=None, at=NOW, region=old, on=TODAY)
    assert (queries.by_code("32.78.01.1001"), queries.wards("3278").count()) == (None, 69)
    with pytest.raises(Refused) as refusal:  # its path stays its own
        services.add_place(code="32.78.01.1001", name="Lain", **facts)
    assert refusal.value.reason == Reason.CODE_TAKEN


def test_the_places_that_follow_are_named_once_corrected_and_followed_further() -> None:
    old, first, second = factories.ward(1), factories.ward(2), factories.ward(3)
    with pytest.raises(Refused) as refusal:
        services.name_successors(by=None, at=NOW, region=old, successors=[first])
    assert refusal.value.reason == Reason.STANDS_STILL
    services.close_place(by=None, at=NOW, region=old, on=TODAY, successors=[first, second])
    old.refresh_from_db()
    assert queries.successors_of(old) == [first, second]
    assert JournalEntry.objects.get(verb="regions.place_closed").changes["successors"] == (
        f"{first.label}, {second.label}"
    )
    for _time in range(2):
        services.name_successors(by=None, at=NOW, region=old, successors=[first])
    assert JournalEntry.objects.filter(verb="regions.successors_named").count() == 1
    services.close_place(by=None, at=NOW, region=first, on=TODAY, successors=[second])
    assert (queries.successors_of(old), queries.successors_of(second)) == ([second], [])


def test_one_that_followed_and_ended_too_is_kept_when_another_is_named() -> None:
    """Saved anew, the list loses neither it nor what follows it; one named twice stands once."""
    old, first, second, last = (factories.ward(number) for number in (1, 2, 3, 4))
    services.close_place(by=None, at=NOW, region=old, on=TODAY, successors=[first, first])
    assert JournalEntry.objects.get(verb="regions.place_closed").changes["successors"] == first.label
    services.close_place(by=None, at=NOW, region=first, on=TODAY, successors=[last])
    old.refresh_from_db()
    first.refresh_from_db()
    assert list(queries.may_succeed(old)) == [first, second, last]
    services.name_successors(by=None, at=NOW, region=old, successors=[first, second])
    assert queries.successors_of(old) == [second, last]
    services.name_successors(by=None, at=NOW, region=old, successors=[second])
    with pytest.raises(Refused) as refusal:
        services.name_successors(by=None, at=NOW, region=old, successors=[first])
    assert refusal.value.reason == Reason.NOT_A_SUCCESSOR


def test_an_rw_of_a_ward_that_ended_is_followed_in_the_wards_that_follow() -> None:
    old, new, other = factories.ward(1), factories.ward(2), factories.ward(3)
    rw, beside, there = factories.rw(old, 1), factories.rw(old, 2), factories.rw(new, 5)
    factories.rw(other, 1)
    assert list(queries.may_succeed(rw)) == [beside]
    assert list(queries.may_succeed(old)) == [new, other]
    services.close_place(by=None, at=NOW, region=old, on=TODAY, successors=[new])
    rw.refresh_from_db()
    assert list(queries.may_succeed(rw)) == [there]
    services.name_successors(by=None, at=NOW, region=rw, successors=[there])
    assert queries.successors_of(rw) == [there]


def test_what_cannot_follow_a_place_is_refused() -> None:
    old, gone = factories.ward(1), factories.ward(2)
    services.close_place(by=None, at=NOW, region=gone, on=TODAY)
    gone.refresh_from_db()
    for other in (gone, old, factories.rw(factories.ward(3)), factories.district(2), factories.foreign_ward()):
        with pytest.raises(Refused) as refusal:
            services.close_place(by=None, at=NOW, region=old, on=TODAY, successors=[other])
        assert refusal.value.reason == Reason.NOT_A_SUCCESSOR
    old.refresh_from_db()
    assert old.is_open


@pytest.mark.parametrize(
    ("code", "days", "reason"),
    [
        ("32.78.01", 0, Reason.WRONG_CODE),
        ("32.78.01.1002", 0, Reason.CODE_TAKEN),
        ("32.78.01.1088", 1, Reason.FUTURE_DAY),
    ],
)
def test_a_code_that_cannot_be_is_refused(tasikmalaya: Region, code: str, days: int, reason: Reason) -> None:
    ward = Region.objects.get(path="3278011001")
    with pytest.raises(Refused) as refusal:
        services.recode(by=None, at=NOW, region=ward, code=code, on=TODAY + timedelta(days=days))
    assert refusal.value.reason == reason
    assert refusal.value.message
    assert queries.code_of(ward) == "32.78.01.1001"


def test_a_ward_may_have_its_old_code_again(tasikmalaya: Region) -> None:
    ward = Region.objects.get(path="3278011001")
    for code in ("32.78.01.1088", "32.78.01.1001"):
        services.recode(by=None, at=NOW, region=ward, code=code, on=TODAY)
    assert queries.by_code("32.78.01.1001") == ward
    assert queries.by_code("32.78.01.1088") is None


@pytest.mark.parametrize(
    "facts",
    [{"area_km2": Decimal("1234567.5")}, {"population": 10**12}, {"population_year": 99999}, {"name": "N" * 81}],
)
def test_a_fact_no_place_can_have_is_refused_before_it_is_kept(facts: dict[str, Any]) -> None:
    ward = factories.ward()
    with pytest.raises(Refused) as refusal:
        services.correct(by=None, at=NOW, region=ward, **facts)
    assert refusal.value.field in facts
    ward.refresh_from_db()
    assert ward.name == "Sukamaju 1"


def test_the_database_knows_that_a_path_is_as_long_as_its_level_says() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.place("327801100", Level.RW, "100", factories.district())
