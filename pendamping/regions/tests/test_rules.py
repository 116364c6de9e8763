"""Names, codes, numbers and tiles, by tables of cases."""

from __future__ import annotations

import pytest

from pendamping.regions import rules


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kota Baru", "KOTABARU"),
        ("Kel. Gunung Gede", "gununggede"),
        ("Sukamaju-Kaler", "Sukamaju Kaler"),
        ("Kalurahan Wates", "WATES"),
    ],
)
def test_spellings_of_one_name_compare_equal(one: str, other: str) -> None:
    assert rules.name_key(one) == rules.name_key(other)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("5", "005"), ("RW 05", "005"), ("rt.12", "012"), ("0123", "123"),
        ("", None), ("0", None), ("1234", None), ("lima", None), ("-3", None),
    ],
)  # fmt: skip
def test_rw_and_rt_numbers(typed: str, number: str | None) -> None:
    assert rules.unit_number(typed) == number


def test_codes_and_paths_turn_into_each_other() -> None:
    assert rules.path_of_code("32.78.01.1001") == "3278011001"
    assert rules.code_of_path("3278011001005002") == "32.78.01.1001"
    assert rules.code_of_path("3278") == "32.78"


def test_distance_is_known() -> None:
    assert rules.distance_km((-7.3274, 108.2207), (-6.9175, 107.6191)) == pytest.approx(80.3, abs=1.0)


def test_every_point_gets_a_tile_of_its_own_in_its_rough_place() -> None:
    points = [(-7.30 - 0.013 * (n // 8), 108.15 + 0.012 * (n % 8)) for n in range(69)]
    spots = rules.tile_grid(points)
    assert len(set(spots)) == 69
    assert min(spot.column for spot in spots) == 0
    north_west, south_east = spots[0], spots[63]
    assert north_west.row < south_east.row
    assert north_west.column < south_east.column


def test_points_on_one_spot_still_get_their_own_tiles() -> None:
    assert len(set(rules.tile_grid([(-7.3, 108.2)] * 5))) == 5
    assert rules.tile_grid([]) == []
