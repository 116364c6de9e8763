"""The tile map works without boundaries, by keyboard and read aloud."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from pendamping.regions import queries, services, tilemap

pytestmark = pytest.mark.django_db


def test_every_ward_is_a_link_with_its_name_district_and_value() -> None:
    services.add_city(by=None, at=timezone.now(), code="32.78")
    wards = list(queries.wards("3278"))
    values = {ward.path: n for n, ward in enumerate(wards)}
    values.pop(wards[0].path)
    svg = tilemap.render(
        wards, urls={ward.path: f"/wilayah/{ward.path}/" for ward in wards}, values=values, title="Peta", unit="suara"
    )
    assert svg.count("<a ") == 69
    assert len(set(re.findall(r'polygon points="([^"]+)"', svg))) == 69
    assert 'aria-label="Sukajaya, Purbaratu: ' in svg
    assert "tile-nodata" in svg
    assert svg.count('class="tile tile-0"') == 0 or values[wards[1].path] == 0
    assert "style=" not in svg
    assert "<script" not in svg


def test_the_map_is_one_stop_of_the_tab_key_and_its_names_differ() -> None:
    services.add_city(by=None, at=timezone.now(), code="32.78")
    wards = list(queries.wards("3278"))
    svg = tilemap.render(wards, urls={}, title="Peta")
    assert (svg.count('tabindex="0"'), svg.count('tabindex="-1"')) == (1, 68)
    shorts = re.findall(r"dominant-baseline=\"middle\">([^<]+)</text>", svg)
    assert len(set(shorts)) == len({ward.name for ward in wards})
    assert max(map(len, shorts)) == 8


def test_names_that_begin_alike_show_where_they_part() -> None:
    names = ["Sukamaju Kaler", "Sukamaju Kidul", "Sukamaju", "Panyingkiran", "Indihiang"]
    assert list(tilemap._shorts(names).values()) == ["Suka.Kal", "Suka.Kid", "Sukamaju", "Panying.", "Indihia."]


def test_a_city_without_label_points_is_drawn_as_a_grid_by_district_and_code() -> None:
    services.add_city(by=None, at=timezone.now(), code="34.01")
    wards = list(queries.wards("3401"))
    svg = tilemap.render(wards, urls={ward.path: f"/{ward.path}/" for ward in wards}, title="Peta")
    assert re.findall(r'href="/(\d+)/"', svg) == [ward.path for ward in wards]
    assert len(set(re.findall(r'polygon points="([^"]+)"', svg))) == len(wards)


def test_a_ward_without_a_point_stands_below_those_that_have_one() -> None:
    services.add_city(by=None, at=timezone.now(), code="32.78")
    queries.wards("3278").filter(path="3278011001").update(latitude=None)
    svg = tilemap.render(queries.wards("3278"), urls={}, title="Peta")
    assert svg.count("<a ") == 69
    assert svg.rindex("Yudanagara") > svg.rindex("Sukajaya")
