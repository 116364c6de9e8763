"""Open311 beside what others made of it: the `georeport` client, and answers that real servers once gave."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from pendamping.needs.models import Category, CategoryQuestion
from pendamping.needs.tests import factories as make
from pendamping.regions.tests import factories as places

SHARED = Path(os.environ.get("PENDAMPING_SHARED_DATA", Path(__file__).parents[4] / "shared" / "data")) / "real"
V2 = "/open311/v2"


def recorded(path: str) -> bytes:
    """A real answer; skipped where the shared data is not on the machine."""
    file = SHARED / path
    if not file.is_file():
        pytest.skip(f"the recorded answer {path} is not on this machine")
    return file.read_bytes()


def some_requests() -> Category:
    now, ward = datetime.now(UTC), places.ward(1)
    drains = Category.objects.create(
        created_at=now, key="uji-selokan", title={"id": "Selokan"}, menu_item=make.menu(), valid_from="2020-01-01"
    )
    CategoryQuestion.objects.create(
        created_at=now, category=drains, key="dalam", position=1, label={"id": "Sedalam apa?"}, kind="number"
    )
    for text in ("Selokan mampet", "Lampu mati"):
        make.voice(ward, at=now, text=text, heard_at=now)
    return drains


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["json", "xml"])
def test_the_georeport_client_reads_it(kind: str, live_server: Any) -> None:
    georeport = pytest.importorskip("georeport", reason="the georeport client is not installed")
    some_requests()
    client = georeport.GeoReport(f"{live_server.url}{V2}", output_format=kind)
    codes = {one["service_code"] for one in client.get_service_list()}
    assert {"uji-selokan", "other"} <= codes
    definition = client.get_service_definition("uji-selokan")
    assert definition["service_code"] == "uji-selokan"
    since = (datetime.now(UTC) - timedelta(days=30)).isoformat()
    first, second = client.get_service_requests(status="open,closed", start_date=since)
    assert (first["status"], second["service_code"]) == ("open", "other")
    assert client.get_service_request(first["service_request_id"])["requested_datetime"] == first["requested_datetime"]


@pytest.mark.django_db
def test_requests_have_the_parts_of_recorded_ones(client: Client) -> None:
    some_requests()
    theirs, *_ = ET.fromstring(recorded("open311-recorded/requests_many.xml"))
    ours = ET.fromstring(client.get(f"{V2}/requests.xml").content)
    assert {ours.tag, ours[0].tag} == {"service_requests", theirs.tag}
    assert {part.tag for part in theirs} <= {part.tag for part in ours[0]}
    mine = client.get(f"{V2}/requests.json").json()[0]
    for one in json.loads(recorded("open311-recorded/service_requests_chicago.json")):
        assert set(one) <= set(mine)
        assert {type(one[name]) for name in ("lat", "status")} == {float, str}


@pytest.mark.django_db
def test_services_have_the_parts_of_recorded_ones(client: Client) -> None:
    some_requests()
    theirs = ET.fromstring(recorded("open311-recorded/services_giessen.xml"))
    ours = ET.fromstring(client.get(f"{V2}/services.xml").content)
    assert (ours.tag, ours[0].tag) == (theirs.tag, theirs[0].tag)
    assert {part.tag for part in theirs[0]} <= {part.tag for part in ours[0]}


@pytest.mark.django_db
def test_requests_have_what_san_francisco_answered(client: Client) -> None:
    some_requests()
    mine = client.get(f"{V2}/requests.json").json()[0]
    theirs = json.loads(recorded("open311-sf-2011/requests.json"))
    assert len(theirs) == 330
    assert {name for one in theirs for name in one} <= set(mine)
    assert {one["status"].lower() for one in theirs} == {"open", "closed"}
