"""Delivery over the API."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.delivery.models import ProgressReport
from pendamping.delivery.tests import factories as make
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def key_of(person, *, reads_only=False):
    _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=reads_only)
    return {"HTTP_AUTHORIZATION": f"Bearer {key}"}


def send_report(client, project, headers, **facts):
    data = {"stage": 0, "spent": 0, "photos": SimpleUploadedFile("a.jpg", make.jpeg(), "image/jpeg"), **facts}
    return client.post(f"/api/v1/projects/{project.code}/progress", data, **headers)


def test_a_report_travels_with_its_photo_and_is_kept_once(client):
    project, op = make.project(places.ward()), str(uuid.uuid4())
    headers = {**key_of(personas.sari(project.region)), "HTTP_IDEMPOTENCY_KEY": op}
    first, second = (send_report(client, project, headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["code"] == second.json()["code"]
    assert len(first.json()["photos"]) == 1
    assert ProgressReport.objects.count() == 1


def test_a_refusal_is_a_problem_with_its_code(client):
    project = make.project(places.ward())
    answer = send_report(client, project, key_of(personas.sari(project.region)), stage=50)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "stage_too_early"


def test_verify_and_pay(client):
    project = make.project(places.ward())
    report = make.reported(project)
    verified = client.post(
        f"/api/v1/progress/{report.code}/verification", {"note": "Sesuai"}, content_type="application/json",
        **key_of(personas.sekretaris(project.region)),
    )  # fmt: skip
    assert (verified.status_code, verified.json()["state"]) == (201, "verified")
    payment = {"tranche": 1, "amount": 20_000_000, "paid_on": "2026-03-02", "reference": "SP2D-1"}
    paid = client.post(
        f"/api/v1/projects/{project.code}/payments", payment, content_type="application/json",
        **key_of(personas.bendahara(project.region)),
    )  # fmt: skip
    assert paid.status_code == 201
    money = client.get(f"/api/v1/projects/{project.code}/money", **key_of(personas.camat(places.district()))).json()
    assert (money["paid"], money["spent"], len(money["payments"])) == (20_000_000, 0, 1)


def test_return_says_why(client):
    report = make.reported(make.project(places.ward()))
    answer = client.post(
        f"/api/v1/progress/{report.code}/return", {"reason": "Foto kabur"}, content_type="application/json",
        **key_of(personas.sekretaris(report.region)),
    )  # fmt: skip
    assert (answer.status_code, answer.json()["verdict_note"]) == (201, "Foto kabur")


def test_lists_and_records_are_of_my_place(client):
    mine, other = make.reported(make.project(places.ward())), make.reported(make.project(places.ward(2)))
    headers = key_of(personas.sari(places.ward()), reads_only=True)
    listed = client.get("/api/v1/progress?state=reported", **headers).json()
    assert [item["code"] for item in listed["results"]] == [mine.code]
    assert listed["next"] is None
    assert client.get(f"/api/v1/progress/{mine.code}", **headers).status_code == 200
    assert client.get(f"/api/v1/progress/{other.code}", **headers).status_code == 404
    assert client.get("/api/v1/progress").status_code == 401
    assert send_report(client, mine.project, headers).status_code == 403


@pytest.mark.parametrize("wrong", [{"stage": 75}, {"spent": 10**30}, {"spent": -1}, {"note": "x" * 2001}])
def test_a_report_that_does_not_fit_is_refused(client, wrong):
    project = make.project(places.ward())
    answer = send_report(client, project, key_of(personas.sari(project.region)), **wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize("wrong", [{"amount": 10**30}, {"tranche": 0}, {"tranche": 10**20}, {"reference": "x" * 81}])
def test_a_payment_that_does_not_fit_is_refused(client, wrong):
    project = make.project(places.ward())
    make.verified(project)
    payment = {"tranche": 1, "amount": 20_000_000, "paid_on": "2026-03-02", "reference": "SP2D-1", **wrong}
    answer = client.post(
        f"/api/v1/projects/{project.code}/payments", payment, content_type="application/json",
        **key_of(personas.bendahara(project.region)),
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
