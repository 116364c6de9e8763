"""Benefits over the API."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.benefits import api
from pendamping.benefits.models import Confirmation
from pendamping.delivery.tests import factories as delivery
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return delivery.project(places.ward(), state="completed", completed_at=delivery.AT)


def answer(client, work, device=None, **facts):
    body = {"answer": "yes", "device": str(device or uuid.uuid4()), **facts}
    return client.post(f"/api/v1/projects/{work.code}/confirmations", body, content_type="application/json")


def test_an_application_answers_once_per_device(client, work):
    device = uuid.uuid4()
    assert answer(client, work, device).status_code == 201
    again = answer(client, work, device)
    assert (again.status_code, again.json()["code"]) == (422, "already_answered")
    assert not again.cookies
    assert Confirmation.objects.count() == 1


def test_the_tally_is_null_until_it_is_shown(client, work):
    for _number in range(4):
        assert answer(client, work).json()["yes"] is None
    assert answer(client, work, answer="no", words="Sempit").json() == {
        "project": work.code, "asked": True, "yes": 4, "partly": 0, "no": 1,
    }  # fmt: skip
    assert client.get(f"/api/v1/projects/{work.code}/benefit").json()["no"] == 1


def test_too_many_answers_are_refused(client, work, monkeypatch):
    monkeypatch.setattr(api, "ANSWERS_PER_HOUR", 1)
    assert answer(client, work).status_code == 201
    assert answer(client, work).json()["code"] == "too_many"


def test_the_facilitator_counts_and_the_public_sees_no_small_groups(client, work):
    _token, key = issue(account=personas.sari(work.region), label="uji", expires_on=date(2099, 1, 1), reads_only=False)
    url = f"/api/v1/projects/{work.code}/reach"
    body = {"women": 50, "men": 40, "poor": 3, "method": "Didatangi"}
    assert client.post(url, body, content_type="application/json").status_code == 401
    counted = client.post(url, body, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {key}")
    assert counted.status_code == 201
    inside = {group["name"]: group["reached"] for group in counted.json()["groups"]}
    outside = {group["name"]: group["reached"] for group in client.get(url).json()["groups"]}
    assert (inside["poor"], outside["poor"], outside["women"]) == (3, None, 50)
