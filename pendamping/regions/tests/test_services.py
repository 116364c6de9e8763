"""Cities come from the national list, once; names are not keys; corrections keep the old name."""

from __future__ import annotations

import pytest
from django.utils import timezone

from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.regions import queries, rules, services
from pendamping.regions.enums import Reason
from pendamping.regions.models import Boundary, Level, Region, RegionCode
from pendamping.regions.tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()


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
