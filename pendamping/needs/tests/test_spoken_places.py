"""Places in people's own words, and by a point."""

from __future__ import annotations

import pytest

from pendamping.needs.queries.spoken_places import place_in, ward_at
from pendamping.needs.rules.spoken_places import Ward, units_in, ward_in
from pendamping.regions.models import Boundary, Region, RegionAlias
from pendamping.regions.tests import factories as places

WARDS = (
    Ward("a", ("Sukamaju",), "Cihideung"),
    Ward("b", ("Kota Baru", "Kobar"), "Cibeureum"),
    Ward("c", ("Baru",), "Cibeureum"),
    Ward("d", ("Setiajaya",), "Cibeureum"),
    Ward("e", ("Setiajaya",), "Tawang"),
    Ward("f", ("Cibeureum",), "Tamansari"),
    Ward("g", ("Air",), "Tawang"),
)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Lampu mati di kelurahan Sukamaju", "a"), ("LAMPU MATI, KEL.SUKAMAJU!", "a"), ("di suka maju gelap", "a"),
        ("jalan kota baru rusak", "b"), ("jalan di KOBAR rusak", "b"), ("kel baru, jalan rusak", "c"),
        ("setiajaya banjir", None), ("setiajaya kec. tawang banjir", "e"), ("Setiajaya, Cibeureum", "d"),
        ("desa Setiajaya kecamatan Cibeureum", "d"), ("kelurahan cibeureum", "f"), ("kec cibeureum", None),
        ("air keruh", None), ("kelurahan air", "g"), ("Sukamaju atau Kota Baru", None), ("", None),
        ("di sukamaju, kelurahan kota baru", "b"),
    ],
)  # fmt: skip
def test_wards_in_words(text: str, path: str | None) -> None:
    assert ward_in(text, WARDS) == path


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("RT 02 RW 05", ("02", "05")), ("rt2/rw5", ("2", "5")), ("RT. 002/005", ("002", "005")),
        ("RT/RW 02/05", ("02", "05")), ("RW 05 RT 02", ("02", "05")), ("rw.5", ("", "5")), ("RT 3", ("", "")),
        ("RW 00", ("", "")), ("art 5 brw 6", ("", "")), ("RT 00/05", ("", "")),
    ],
)  # fmt: skip
def test_units_in_words(text: str, units: tuple[str, str]) -> None:
    assert units_in(text) == units


@pytest.mark.django_db
def test_place_as_small_as_the_tree_knows_it() -> None:
    ward = places.ward(1)
    rt = places.rt(places.rw(ward, 5), 2)
    RegionAlias.objects.create(region=ward, name="Sukma", key="sukma")
    city = places.city()
    assert place_in("selokan mampet rt 2/5 kel sukma", city) == (rt, "")
    assert place_in("selokan mampet rw 9 kel sukma", city) == (ward, "RW 009")
    assert place_in("selokan mampet", city) is None
    assert place_in("kelurahan Sukamaju 1", places.city("3279", "Kota Lain")) is None


@pytest.mark.django_db
def test_ward_of_a_point() -> None:
    first, second, city = places.ward(1), places.ward(2), places.city()
    Region.objects.filter(pk=first.pk).update(latitude="-7.350000", longitude="108.220000")
    Region.objects.filter(pk=second.pk).update(latitude="-7.330000", longitude="108.220000")
    assert ward_at(-7.349, 108.22, city) == first
    assert ward_at(-7.2, 108.22, city) is None
    square = [[108.21, -7.36], [108.23, -7.36], [108.23, -7.34], [108.21, -7.34], [108.21, -7.36]]
    Boundary.objects.create(
        region=second, geometry={"type": "Polygon", "coordinates": [square]},
        west=108.21, east=108.23, south=-7.36, north=-7.34,
    )  # fmt: skip
    assert ward_at(-7.349, 108.22, city) == second, "an outline is more than a label point"
    assert ward_at(-7.361, 108.22, city) == first
