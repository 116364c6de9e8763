"""Voices on a map: gathered by cells, and in public never told finer than a street."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from pendamping.access.tests import personas
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Voice
from pendamping.needs.queries.map import by_ward, clusters, extent
from pendamping.needs.rules import map as rules
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

BOX = (108.1, -7.4, 108.3, -7.2)


@pytest.mark.parametrize("is_coarse", [True, False])
@pytest.mark.parametrize(
    "box", [BOX, (108.2, -7.3, 108.2, -7.3), (108.2001, -7.3, 108.2002, -7.1), (-180.0, -90.0, 180.0, 90.0)]
)
def test_a_grid_covers_its_box_with_whole_cells(box: rules.Box, is_coarse: bool) -> None:
    grid = rules.grid(box, is_coarse=is_coarse)
    west, south, east, north = grid.box
    assert west <= box[0] < east
    assert south <= box[1] < north
    assert east >= box[2]
    assert north >= box[3]
    assert (east - west) / grid.cell == pytest.approx(round((east - west) / grid.cell))
    assert (east - west) / grid.cell <= 2 * rules.ACROSS + 2
    assert not is_coarse or grid.cell >= rules.COARSE


def test_public_cells_lie_where_they_always_lie() -> None:
    """Two looks at slightly different boxes must not tell more than one."""
    one = rules.grid((108.2000, -7.3010, 108.2001, -7.3009), is_coarse=True)
    other = rules.grid((108.2004, -7.3008, 108.2005, -7.3006), is_coarse=True)
    assert one == other


@pytest.mark.parametrize(("count", "most", "radius"), [(1, 1, 20.0), (100, 100, 20.0), (25, 100, 14.0), (0, 0, 8.0)])
def test_area_grows_with_the_number(count: int, most: int, radius: float) -> None:
    assert rules.radius(count, most) == radius


@pytest.fixture
def ward(db: None, settings: Settings) -> Region:
    settings.MFA_REQUIRED = False
    return places.ward(1)


def at(ward: Region, latitude: str, longitude: str, **facts: Any) -> Voice:
    return make.voice(ward, latitude=Decimal(latitude), longitude=Decimal(longitude), **facts)


def test_points_are_gathered_by_cell(ward: Region, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    at(ward, "-7.3000", "108.2000"), at(ward, "-7.3001", "108.2001"), at(ward, "-7.2500", "108.2500")
    make.voice(ward)
    box = extent(Voice.objects.all())
    assert box == (108.2, -7.3001, 108.25, -7.25)
    with django_assert_num_queries(1):
        found = clusters(Voice.objects.all(), rules.grid(box, is_coarse=False))
    assert sorted(one.count for one in found) == [1, 2]
    two = max(found, key=lambda one: one.count)
    assert (two.column, two.row, two.latitude, two.longitude) == (
        0,
        0,
        pytest.approx(-7.30005),
        pytest.approx(108.20005),
    )
    assert by_ward(Voice.objects.all()) == {ward.path: 4}


def test_nothing_to_gather(ward: Region) -> None:
    make.voice(ward)
    assert extent(Voice.objects.all()) is None


def circles(page: Any) -> list[str]:
    return re.findall(r'<a href="([^"]+)" aria-label="[^"]+"><circle', page.content.decode())


def working(ward: Region) -> Client:
    client = Client()
    client.force_login(personas.sari(ward))
    return client


def test_the_working_map_leads_to_voices_lists_and_closer(ward: Region) -> None:
    lone = at(ward, "-7.2500", "108.2500")
    for number in range(14):
        at(ward, f"-7.30{number:02d}", "108.2000")
    client = working(ward)
    page = client.get("/kerja/suara/", {"show": "points"})
    alone, many = sorted(circles(page), key=lambda href: "box" in href)
    assert alone == reverse("needs:voice", args=[lone.code])
    assert "show=points" in many
    closer = client.get("/kerja/suara/" + many.replace("&amp;", "&"))
    listed = [href for href in circles(closer) if "box=" in href]
    assert listed
    rows = client.get("/kerja/suara/" + listed[0].replace("&amp;", "&")).context["rows"]
    assert 0 < len(rows) < 14
    assert client.get("/kerja/suara/", {"show": "tiles"}).content.count(b"tile-") > 0


def test_a_map_of_nothing_says_so(ward: Region) -> None:
    assert b"pointmap" not in working(ward).get("/kerja/suara/", {"show": "points"}).content
    make.voice(ward)
    page = Client().get("/daftar/suara/", {"tampilan": "titik"}).content.decode()
    assert ("pointmap" in page, "punya titik di peta" in page) == (False, True)


def test_the_public_map_shows_nobodys_door(ward: Region) -> None:
    voice = at(ward, "-7.30012", "108.20034", text="Jalan rusak")
    page = Client().get("/daftar/suara/", {"tampilan": "titik"})
    assert circles(page) == [reverse("portal:journey", args=[voice.code])]
    before = re.findall(r"<circle [^>]+>", page.content.decode())
    Voice.objects.filter(pk=voice.pk).update(latitude=Decimal("-7.30051"), longitude=Decimal("108.20099"))
    again = Client().get("/daftar/suara/", {"tampilan": "titik"})
    assert re.findall(r"<circle [^>]+>", again.content.decode()) == before, "drawn at the middle of its cell"


def test_a_fine_box_finds_in_public_what_a_coarse_one_finds(ward: Region) -> None:
    at(ward, "-7.30012", "108.20034")
    fine = Client().get("/daftar/suara/", {"kotak": "108.2001,-7.3001,108.2002,-7.3000"})
    assert len(fine.context["rows"]) == 1
    assert Client().get("/daftar/suara/", {"kotak": "108.1,-7.3,108.11,-7.29"}).context["rows"] == []


def test_the_public_list_is_searched_by_words_that_were_read(ward: Region) -> None:
    read, _unread = make.voice(ward, text="Jalan berlubang"), make.voice(ward, text="Jalan gelap")
    Voice.objects.filter(pk=read.pk).update(state=VoiceState.GATHERED)
    page = Client().get("/daftar/suara/", {"kata": "jalan"})
    assert [row.code for row in page.context["rows"]] == [read.code]
    assert len(Client().get("/daftar/suara/").context["rows"]) == 2
    assert Client().get("/daftar/suara/", {"kategori": "jalan-rusak"}).context["rows"] == []
    feed = Client().get("/daftar/suara/atom.xml", {"kata": "jalan"}).content
    assert feed.count(b"<entry>") == 1
    assert Client().get("/daftar/suara/", {"tampilan": "petak"}).content.count(b'class="tile ') == 1


@pytest.mark.parametrize("kind", ["kebutuhan", "usulan", "proyek"])
def test_other_lists_have_no_map(ward: Region, kind: str) -> None:
    page = Client().get(f"/daftar/{kind}/", {"tampilan": "titik", "kata": "x"})
    assert page.status_code in (200, 404)
    assert b"pointmap" not in page.content
