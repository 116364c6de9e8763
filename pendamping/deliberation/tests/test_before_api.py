"""Unit prices, technical checks and matrices over the API: the same acts and refusals, no score before its time."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.deliberation.tests.before import bounds, city_of, frozen, planner, prices_in_force, scored, seat
from pendamping.deliberation.tests.factories import called, put, ready
from pendamping.needs.criteria import seed_criteria
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


def ask(client: Client, person: Account, method: str, path: str, body: Any = None) -> Any:
    _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
    data = "" if body is None else json.dumps(body)
    headers = {"Authorization": f"Bearer {key}"}
    return client.generic(method, f"/api/v1{path}", data, content_type="application/json", headers=headers)


def test_prices(client: Client, ward: Region) -> None:
    office, sari = planner(ward), personas.sari(ward)
    begin = {"city": city_of(ward).path, "fiscal_year": 2026, "title": "Standar", "legal_basis": "Kepwal 1"}
    assert ask(client, sari, "POST", "/price-lists", begin).status_code == 403
    made = ask(client, office, "POST", "/price-lists", begin)
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    path = f"/price-lists/{made.json()['code']}"
    empty = ask(client, office, "POST", f"{path}/publication")
    assert (empty.status_code, empty.json()["code"]) == (422, "price_list_empty")
    item = {"item_code": "5", "name": "Beton", "unit": "M3", "price": 1_000_000, "ward": ward.path}
    assert ask(client, office, "POST", f"{path}/items", item).json()["region"] == ward.path
    fixed = ask(client, office, "POST", f"{path}/publication").json()
    assert (fixed["state"], fixed["items"], len(fixed["digest"])) == ("in_force", 1, 64)
    found = ask(client, sari, "GET", f"{path}/items?q=beton").json()["results"]
    assert [one["item_code"] for one in found] == ["5"]
    assert ask(client, sari, "GET", f"{path}/items?q=pasir").json()["results"] == []
    assert [one["code"] for one in ask(client, sari, "GET", "/price-lists").json()["results"]] == [fixed["code"]]
    foreign = personas.person("ward_head", places.foreign_ward())
    assert ask(client, foreign, "GET", f"{path}/items").status_code == 404


def test_a_whole_check(client: Client, ward: Region) -> None:
    prices_in_force(ward)
    bounds(ward)
    proposal, clerk = ready(ward), personas.sekretaris(ward)
    path = f"/proposals/{proposal.code}/technical-checks"
    assert ask(client, personas.sari(ward), "POST", path, {}).status_code == 403
    assert ask(client, clerk, "POST", path, {}).json()["results"][0]["state"] == "draft"
    missing = ask(client, clerk, "POST", f"{path}/lines", {"item_code": "77", "quantity": "1"})
    assert (missing.status_code, missing.json()["code"]) == (422, "check_no_such_price")
    line = ask(client, clerk, "POST", f"{path}/lines", {"item_code": "5", "quantity": "40"}).json()["results"][0]
    assert (line["calculated"], line["off_permille"], line["lines"][0]["amount"]) == (40_000_000, 125, 40_000_000)
    refused = ask(client, clerk, "POST", f"{path}/aspects", {"aspect": "cost", "finding": "fit", "reason": "Ya"})
    assert refused.json()["code"] == "check_cost_off"
    for aspect in ("menu", "land", "duplicate", "cost"):
        finding = "condition" if aspect == "cost" else "fit"
        body = {"aspect": aspect, "finding": finding, "reason": "Sebab"}
        assert ask(client, clerk, "POST", f"{path}/aspects", body).status_code == 201
    done = ask(client, clerk, "POST", f"{path}/publication", {"reason": "Layak bila harga ditawar"}).json()
    assert (done["results"][0]["result"], done["results"][0]["is_current"]) == ("condition", True)
    seen = ask(client, personas.sari(ward), "GET", path).json()["results"]
    assert [(one["number"], one["reason"]) for one in seen] == [(1, "Layak bila harga ditawar")]
    assert ask(client, personas.wati(places.ward(2)), "GET", path).status_code == 404
    ask(client, clerk, "POST", path, {"why": "Harga baru"})
    uid = ask(client, clerk, "POST", f"{path}/lines", {"item_code": "5", "quantity": "1"}).json()["results"][0]["lines"]
    assert ask(client, clerk, "POST", f"{path}/lines/{uid[0]['uid']}/removal").status_code == 201
    assert len(ask(client, clerk, "POST", f"{path}/removal").json()["results"]) == 1


def test_bounds(client: Client, ward: Region) -> None:
    body = {
        "city": city_of(ward).path, "condition_permille": 50, "unfit_permille": 20, "legal_basis": "Perwal 2",
        "valid_from": "2026-03-01",
    }  # fmt: skip
    refused = ask(client, planner(ward), "POST", "/check-rules", body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "condition_permille")
    done = ask(client, planner(ward), "POST", "/check-rules", {**body, "unfit_permille": 200, "needs_check": True})
    assert (done.status_code, done.json()["needs_check"]) == (201, True)


def test_a_whole_matrix(client: Client, ward: Region) -> None:
    seed_criteria(NOW)
    sari, lurah, meeting = personas.sari(ward), personas.lurah(ward), called(ward)
    codes = [put(meeting, title=f"Usulan {place}").proposal.code for place in (1, 2)]
    path = f"/meetings/{meeting.code}/matrix"
    assert ask(client, sari, "GET", path).status_code == 404
    begun = ask(client, sari, "POST", path)
    assert (begun.status_code, begun.json()["state"]) == (201, "draft")
    keys = [one["key"] for one in begun.json()["criteria"]]
    weights = [{"criterion": key, "weight": 2 if key == "urgency" else 0} for key in keys]
    assert ask(client, sari, "POST", f"{path}/weights", {"weights": weights}).status_code == 201
    levels = [{"points": place, "text": {"id": f"kata {place}"}} for place in range(5)]
    own = {"title": {"id": "Swadaya"}, "levels": levels, "weight": 1}
    assert ask(client, sari, "POST", f"{path}/criteria", own).json()["criteria"][-1]["key"] == "swadaya"
    assert ask(client, sari, "POST", f"{path}/freezing").status_code == 403
    frozen_one = ask(client, lurah, "POST", f"{path}/freezing").json()
    assert ([one["key"] for one in frozen_one["criteria"]], len(frozen_one["digest"])) == (["urgency", "swadaya"], 64)
    given = ask(client, lurah, "POST", f"{path}/seats", {"label": "Pendamping", "account": str(sari.uid)}).json()
    assert (given["number"], given["seat_code"]) == (1, "")
    paper = ask(client, lurah, "POST", f"{path}/seats", {"label": "PKK"}).json()
    assert len(paper["seat_code"]) == 9
    scores = [{"proposal": code, "criterion": key, "points": 3} for code in codes for key in ("urgency", "swadaya")]
    half = ask(client, sari, "POST", f"{path}/scores", {"scores": scores[1:]})
    assert (half.status_code, half.json()["code"]) == (422, "matrix_not_whole")
    assert ask(client, sari, "POST", f"{path}/scores", {"scores": scores}).json()["has_sent"] is True
    stranger = ask(client, lurah, "POST", f"{path}/scores", {"scores": scores})
    assert (stranger.status_code, stranger.json()["code"]) == (422, "matrix_not_seated")
    assert ask(client, lurah, "POST", f"{path}/closing").json()["code"] == "matrix_seats_wait"
    assert len(ask(client, lurah, "POST", f"{path}/seats/2/removal").json()["seats"]) == 1
    closed = ask(client, lurah, "POST", f"{path}/closing").json()
    assert {(one["rank"], one["total"]) for one in closed["ranking"]} == {(1, 9)}


def test_no_score_is_in_any_answer_before_the_close(client: Client, ward: Region) -> None:
    matrix = frozen(ward)
    made = seat(matrix.meeting)
    scored(made, (5, 1))
    seen = ask(client, personas.lurah(ward), "GET", f"/meetings/{matrix.meeting.code}/matrix").json()
    assert (seen["ranking"], seen["seats"]) == ([], [{"number": 1, "label": "RW 01", "has_sent": True}])
    assert "scores" not in json.dumps(seen)


def test_a_seat_is_given_only_to_who_works_in_the_area(client: Client, ward: Region) -> None:
    matrix = frozen(ward)
    body = {"label": "Tetangga", "account": str(personas.wati(places.ward(2)).uid)}
    path = f"/meetings/{matrix.meeting.code}/matrix/seats"
    assert ask(client, personas.lurah(ward), "POST", path, body).status_code == 404
