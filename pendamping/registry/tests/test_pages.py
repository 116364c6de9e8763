"""The secretariat keeps the places of its city and takes in files; nobody else's city, and nothing untried."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.core.imports.batch import ImportBatch
from pendamping.core.models import JournalEntry
from pendamping.regions import queries, services
from pendamping.regions.models import Region

pytestmark = pytest.mark.django_db
WARD = "3278011001"


@pytest.fixture
def city() -> Region:
    return services.add_city(by=None, at=timezone.now(), code="32.78")


@pytest.fixture
def desk(city: Region, client: Client, settings: Any) -> Client:
    settings.MFA_REQUIRED = False
    client.force_login(personas.person("secretariat", city, "sekretariat"))
    return client


def send(client: Client, text: str, **more: Any) -> Any:
    file = SimpleUploadedFile("rw.csv", text.encode(), "text/csv")
    city = Region.objects.get(path="3278")
    return client.post(reverse("registry:files"), {"city": city.pk, "kind": "regions", "file": file, **more})


@pytest.mark.parametrize(("words", "found"), [("yudanagara", "Yudanagara"), ("32.78.01.1001", "Yudanagara")])
def test_a_place_is_found_by_name_or_code(desk: Client, words: str, found: str) -> None:
    assert found in desk.get(reverse("registry:places"), {"q": words}).content.decode()


@pytest.mark.parametrize(
    ("door", "facts", "told"),
    [
        ("correct", {"name": "Yudanegara", "population": "5000"}, "place_corrected"),
        ("alias", {"name": "Kampung Kota"}, "alias_added"),
        ("recode", {"code": "32.78.01.1077", "on": "2026-01-01"}, "place_recoded"),
        ("close", {"on": "2026-01-01", "reason": "Dimekarkan"}, "place_closed"),
        ("add_unit", {"rw": "5", "rt": "2"}, "unit_added"),
    ],
)
def test_an_act_on_a_place_is_done_and_told_with_the_office(desk: Client, door: str, facts: Any, told: str) -> None:
    address = reverse(f"registry:{door}", args=[WARD])
    assert desk.get(address).status_code == 200
    assert desk.post(address, facts).status_code == 302
    entry = JournalEntry.objects.get(verb=f"regions.{told}")
    assert entry.office == "secretariat"
    shown = desk.get(reverse("registry:place", args=[WARD]))
    assert shown.status_code == 200


def test_what_is_not_known_of_a_place_is_told_so(desk: Client) -> None:
    address = reverse("registry:place", args=[WARD])
    Region.objects.filter(path=WARD).update(population=12345, population_year=2024, area_km2=None)
    shown = desk.get(address).content.decode()
    assert "12.345" in shown and shown.count("Belum diketahui") == 1
    Region.objects.filter(path=WARD).update(population=None, population_year=None)
    shown = desk.get(address).content.decode()
    assert "None" not in shown and shown.count("Belum diketahui") == 2


def test_a_place_is_added_below_a_district(desk: Client) -> None:
    facts = {"code": "32.78.01.1055", "name": "Baru", "kind": "Kelurahan"}
    assert desk.post(reverse("registry:add_place", args=["327801"]), facts).status_code == 302
    assert queries.by_code("32.78.01.1055")


def test_a_ward_is_closed_with_what_follows_it_and_named_later(desk: Client) -> None:
    """The page of closing offers the wards beside it; a closed one still takes what follows it."""
    first, second, elsewhere = (queries.by_code(f"32.78.{code}") for code in ("01.1002", "01.1003", "02.1001"))
    assert first and second and elsewhere
    address, facts = reverse("registry:close", args=[WARD]), {"on": "2026-01-01", "reason": "Dimekarkan"}
    assert first.label in desk.get(address).content.decode()
    assert desk.post(address, {**facts, "successors": [elsewhere.pk]}).status_code == 422
    assert desk.post(address, {**facts, "successors": [first.pk]}).status_code == 302
    old = Region.objects.get(path=WARD)
    assert queries.successors_of(old) == [first]
    assert desk.post(address, {"successors": [first.pk, second.pk]}).status_code == 302
    assert queries.successors_of(old) == [first, second]
    assert second.label in desk.get(reverse("registry:place", args=[WARD])).content.decode()
    gone = {**facts, "successors": [queries.by_code("32.78.01.1004").pk]}  # type: ignore[union-attr]
    assert desk.post(reverse("registry:close", args=[first.path]), gone).status_code == 302
    assert f'value="{first.pk}"' in desk.get(address).content.decode()  # ended too, it still leads to what follows it
    assert desk.post(address, {"successors": [first.pk]}).status_code == 302
    assert [one.path for one in queries.successors_of(old)] == ["3278011004"]


def test_the_api_closes_and_names_what_follows(city: Region, client: Client) -> None:
    address = f"/api/v1/places/{WARD}/closing"
    facts = {"on": "2026-01-01", "reason": "Dimekarkan"}
    key = issue(account=personas.person("secretariat", city, "sekretariat"), label="uji", expires_on=date(2099, 1, 1),
                reads_only=False)[1]  # fmt: skip

    def post(body: Any) -> Any:
        return client.post(address, json.dumps(body), "application/json", headers={"Authorization": f"Bearer {key}"})

    assert post({**facts, "successors": ["32.78.01.9999"]}).json()["code"] == "unknown_code"
    assert post(facts).status_code == 201
    assert post(facts).json()["code"] == "place_closed"
    assert post({**facts, "successors": ["32.78.01.1002"]}).status_code == 201
    assert [one.path for one in queries.successors_of(Region.objects.get(path=WARD))] == ["3278011002"]


def test_what_cannot_be_is_said_at_the_field(desk: Client) -> None:
    answer = desk.post(reverse("registry:recode", args=[WARD]), {"code": "32.78.01.1002", "on": "2026-01-01"})
    assert answer.status_code == 422
    assert "32.78.01.1002" in answer.content.decode()


def test_a_file_is_tried_and_the_same_file_is_written(desk: Client) -> None:
    text = "kode;rw\n32.78.01.1001;1\n"
    tried = send(desk, text)
    assert "1 baris: 1 baru" in tried.content.decode()
    assert not Region.objects.filter(level="rw").exists()
    digest = tried.context["form"].data["tried"]
    assert send(desk, text + "32.78.01.1002;1\n", write="on", tried=digest).status_code == 422
    assert send(desk, text, write="on", tried=digest).status_code == 302
    assert Region.objects.get(level="rw").path == f"{WARD}001"
    assert (ImportBatch.objects.get().added, JournalEntry.objects.get(verb="registry.file_taken").office) == (
        1,
        "secretariat",
    )
    assert "regions" in desk.get(reverse("registry:files")).content.decode()


def test_a_refused_row_is_shown_with_row_column_code_and_sentence_and_keeps_all_out(desk: Client) -> None:
    text = "kode;luas\n32.78.01.1001;7\n32.78.01.1002;1234567,5\n"
    answer = send(desk, text)
    page = answer.content.decode()
    assert "bad_fact" in page and "luas" in page and "50000" in page
    digest = answer.context["form"].data["tried"]
    assert send(desk, text, write="on", tried=digest).status_code == 422
    assert not ImportBatch.objects.exists()
    assert send(desk, text, write="on", tried=digest, good_rows="on").status_code == 302
    assert ImportBatch.objects.get().refused == 1


@pytest.mark.parametrize("role", ["ward_head", "city_coordinator"])
def test_others_find_no_door(city: Region, client: Client, settings: Any, role: str) -> None:
    settings.MFA_REQUIRED = False
    place = city if role == "city_coordinator" else Region.objects.get(path=WARD)
    client.force_login(personas.person(role, place, "lain"))
    assert client.get(reverse("registry:files")).status_code == 403
    assert client.get(reverse("registry:place", args=[WARD])).status_code == 403


def test_another_citys_place_is_not_there(desk: Client) -> None:
    services.add_city(by=None, at=timezone.now(), code="32.79")
    assert desk.get(reverse("registry:place", args=["3279"])).status_code == 404


def test_the_api_does_the_same(city: Region, client: Client) -> None:
    account = personas.person("secretariat", city, "sekretariat")
    key = issue(account=account, label="x", expires_on=timezone.localdate(), reads_only=False)[1]
    headers = {"Authorization": f"Bearer {key}"}

    def post(path: str, facts: dict[str, Any]) -> Any:
        return client.post(f"/api/v1/places/{path}", json.dumps(facts), "application/json", headers=headers)

    on = "2026-01-01"
    assert post(f"{WARD}/correction", {"population": 10}).status_code == 201
    assert post(f"{WARD}/aliases", {"name": "Lain"}).status_code == 201
    assert post(f"{WARD}/units", {"rw": "1"}).json()["path"] == f"{WARD}001"
    assert post(f"{WARD}/code", {"code": "32.78.01.1099", "on": on}).json()["code"] == "32.78.01.1099"
    assert post("327801/places", {"code": "32.78.01.1098", "name": "X", "kind": "Desa"}).status_code == 201
    assert post("3278011002/closing", {"on": on, "reason": "Mekar"}).json()["valid_to"] == on
    assert post("3278011002/closing", {"on": on, "reason": "Mekar"}).status_code == 422

    def upload(where: str, **more: str) -> Any:
        file = SimpleUploadedFile("rw.csv", b"kode;rw\n32.78.01.1003;1\n", "text/csv")
        facts = {"city": "32.78", "kind": "regions", "file": file, **more}
        return client.post(f"/api/v1/imports{where}", facts, headers=headers)

    tried = upload("/trial").json()
    assert tried["report"]["added"] == 1
    assert upload("", tried=tried["sha256"]).json()["added"] == 1
    assert upload("", tried="x").status_code == 422
