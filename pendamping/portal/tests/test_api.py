"""Places and journeys as any program may read them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.needs.enums.voices import Behalf
from pendamping.needs.services import give_voice, record_voice
from pendamping.regions import services as regions
from pendamping.regions.models import Region
from pendamping.regions.tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_a_place_by_path_or_code_with_those_below(client: Client) -> None:
    ward = factories.ward()
    regions.add_unit(by=None, at=NOW, ward=ward, rw="5")
    for asked in (ward.path, "32.78.01.1001"):
        answer = client.get(f"/api/v1/places/{asked}").json()
        assert (answer["place"]["label"], [unit["label"] for unit in answer["below"]]) == (ward.label, ["RW 005"])
    assert client.get("/api/v1/places/9999").status_code == 404
    assert [city["name"] for city in client.get("/api/v1/places").json()] == ["Kota Contoh"]


def test_a_recoded_place_is_told_and_found_by_its_code_of_today(client: Client) -> None:
    ward = factories.ward()
    regions.recode(by=None, at=NOW, region=ward, code="32.78.01.1077", on=day(NOW))
    answer = client.get("/api/v1/places/32.78.01.1077").json()
    assert (answer["place"]["code"], answer["place"]["path"]) == ("32.78.01.1077", ward.path)


def test_outlines_are_geojson(client: Client) -> None:
    ward = factories.ward()
    square = {"type": "Polygon", "coordinates": [[[108.1, -7.3], [108.2, -7.3], [108.2, -7.2], [108.1, -7.3]]]}
    regions.draw_outline(by=None, at=NOW, region=ward, geometry=square)
    answer = client.get("/api/v1/places/3278/outlines")
    assert answer["Content-Type"] == "application/geo+json"
    assert [feature["id"] for feature in answer.json()["features"]] == ["32.78.01.1001"]


def test_a_journey_tells_its_public_acts_and_sets_no_cookie(client: Client) -> None:
    ward: Region = factories.ward()
    voice = give_voice(by=None, at=NOW, text="Selokan mampet", region=ward, other_words="Selokan")
    answer = client.get(f"/api/v1/journeys/{voice.code.lower().replace('-', '')}")
    assert answer.json()["records"] == [voice.code]
    assert [moment["verb"] for moment in answer.json()["moments"]] == ["needs.voice_given"]
    assert not answer.cookies
    assert client.get("/api/v1/journeys/S26-00000-0").status_code == 404


def test_a_voice_recorded_for_somebody_says_for_whom_in_words(client: Client) -> None:
    ward = factories.ward()
    voice = record_voice(
        by=personas.sari(ward), at=NOW, text="Jalan licin", region=ward, other_words="Jalan", behalf=Behalf.ELDERLY
    )
    page = client.get(f"/en/jejak/{voice.code}/").content.decode()
    assert "An elderly resident" in page
