"""Assets over the API."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.db.models.expressions import RawSQL

from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.assets.models import Asset, FaultReport, Handover
from pendamping.assets.tests import factories as make
from pendamping.delivery.tests import factories as delivery
from pendamping.needs.keys import voice_key
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def key_of(person):
    _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
    return {"HTTP_AUTHORIZATION": f"Bearer {key}"}


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", delivery.jpeg(), "image/jpeg")


def test_assets_of_a_place_are_public(client):
    mine, _other = make.standing(places.ward()), make.standing(places.ward(2))
    listed = client.get(f"/api/v1/assets?region={places.ward().path}").json()
    assert [item["code"] for item in listed["results"]] == [mine.code]
    assert client.get("/api/v1/assets?condition=gone").json()["results"] == []
    one = client.get(f"/api/v1/assets/{mine.code}").json()
    assert (one["value"], one["condition"], one["project"]) == (48_500_000, "good", mine.handover.project.code)
    assert client.get("/api/v1/assets/A26-XXXXX-X").status_code == 404


def test_a_handover_is_made_once(client):
    project, op = delivery.completed(places.ward()), str(uuid.uuid4())
    headers = {**key_of(personas.lurah(project.region)), "HTTP_IDEMPOTENCY_KEY": op}
    body = {
        "number": "1", "handed_over_on": "2026-05-20", "giver": "Pokmas", "custodian": "RW 005", "value": 48_500_000,
        "name": "Drainase", "place": "Gang Mawar", "next_inspection_on": "2026-11-20",
    }  # fmt: skip
    made = [
        client.post(f"/api/v1/projects/{project.code}/handover", body, content_type="application/json", **headers)
        for _time in range(2)
    ]
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == made[1].json()
    assert Asset.objects.count() == 1


def test_an_inspection_travels_with_its_photo(client):
    asset = make.standing(places.ward())
    url, headers = f"/api/v1/assets/{asset.code}/inspections", key_of(personas.pptk(asset.region))
    facts = {"inspected_on": "2026-06-01", "condition": "light_damage", "next_inspection_on": "2026-12-01"}
    refused = client.post(url, {**facts, "photos": photo()}, **headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "finding_missing")
    assert client.post(url, {**facts, "finding": "Retak", "photos": photo()}, **headers).status_code == 201


def test_anyone_reports_a_fault(client):
    asset = make.standing(places.ward())
    sent = client.post(f"/api/v1/assets/{asset.code}/faults", {"text": "Retak", "photos": photo()})
    assert sent.status_code == 201
    voice = FaultReport.objects.get().voice
    assert (sent.json()["voice"], sent.json()["key"]) == (voice.code, voice_key(voice))
    assert client.post(f"/api/v1/assets/{asset.code}/faults", {"text": "Tanpa foto"}).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"volume": "1e40"}, {"volume": "-1"}, {"volume": "0.001"}, {"value": 10**30}, {"value": -1},
        {"number": "x" * 81}, {"giver": "x" * 121}, {"custodian": "x" * 121}, {"name": "x" * 161},
        {"place": "x" * 201}, {"condition_note": "x" * 2001},
    ],
)  # fmt: skip
def test_a_handover_that_does_not_fit_is_refused(client, wrong):
    project = delivery.project(places.ward(), state="completed", completed_at=delivery.AT)
    body = {
        "number": "1", "handed_over_on": "2026-05-20", "giver": "Pokmas", "custodian": "RW 005", "value": 48_500_000,
        "name": "Drainase", "place": "Gang Mawar", "next_inspection_on": "2026-11-20", **wrong,
    }  # fmt: skip
    url, headers = f"/api/v1/projects/{project.code}/handover", key_of(personas.lurah(project.region))
    answer = client.post(url, body, content_type="application/json", **headers)
    assert answer.status_code == 422
    assert [error["field"].split(".")[-1] for error in answer.json()["errors"]] == list(wrong)
    assert not Asset.objects.exists()


def test_the_database_refuses_a_volume_out_of_bounds():
    handover = make.standing(places.ward()).handover
    for volume in (-1, 10**10):
        with pytest.raises(DatabaseError), transaction.atomic():  # the check, or the column itself
            Handover.objects.filter(pk=handover.pk).update(volume=RawSQL("%s", [volume]))
