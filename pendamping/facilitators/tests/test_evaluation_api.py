"""The same acts over the API: works, refused as problems, outsiders find nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.facilitators.models import Evaluation
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import evaluation_factories as make
from pendamping.facilitators.tests.test_appointment_api import ask
from pendamping.facilitators.tests.test_evaluation_pages import ANSWER, _now
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
__all__ = ["_now"]


@pytest.fixture
def ward() -> Region:
    return places.ward()


def test_a_half_year_from_computing_to_the_contract(client: Client, ward: Region) -> None:
    boss, office = make.coordinator(), make.secretariat()
    placed = make.serving(ward)
    make.voices(ward, [40] * 10)
    facts = {"appointment": placed.appointment.code, "half": str(make.HALF)}
    made = ask(client, boss, "POST", "/evaluations", facts)
    assert made.status_code == 201
    path = f"/evaluations/{made.json()['code']}"
    values = {one["indicator"]: one for one in made.json()["values"]}
    assert (float(values[ANSWER]["value"]), values[ANSWER]["sample"]) == (40, 10)
    assert values["assets.working"]["value"] is None
    assert ask(client, placed.account, "POST", f"{path}/reply", {"reply": "x"}).status_code == 404
    assert ask(client, boss, "POST", f"{path}/showing").json()["state"] == "shown"
    again = ask(client, boss, "POST", "/evaluations", facts)
    assert (again.status_code, again.json()["code"]) == (422, "computed_already")
    early = ask(client, office, "POST", f"{path}/settlement", {"words": "Baik"})
    assert (early.status_code, early.json()["code"]) == (422, "reply_open")
    assert ask(client, placed.account, "POST", f"{path}/reply", {"reply": "Banjir"}).json()["reply"] == "Banjir"
    done = ask(client, office, "POST", f"{path}/settlement", {"words": "Baik", "struck": [ANSWER]})
    assert done.json()["state"] == "settled"
    renewal = ask(client, office, "POST", f"{path}/renewal", {"outcome": "renew", "reason": "Baik"})
    assert (renewal.status_code, renewal.json()["outcome"]) == (201, "renew")
    listed = ask(client, boss, "GET", f"/evaluations?half={make.HALF}").json()
    assert [one["code"] for one in listed] == [made.json()["code"]]
    assert "total" not in listed[0]
    assert ask(client, boss, "GET", path).json()["renewal"]["reason"] == "Baik"


def test_coaching_over_the_api(client: Client, ward: Region) -> None:
    made, boss = make.shown(ward), make.coordinator()
    path = f"/evaluations/{made.code}/coaching/{ANSWER}"
    early = ask(client, boss, "POST", f"{path}/result", {"result": "Selesai"})
    assert (early.status_code, early.json()["code"]) == (422, "steps_missing")
    plan = {"steps": "Jawab tiap Senin", "due_on": (day(timezone.now()) + timedelta(days=9)).isoformat()}
    assert ask(client, boss, "POST", f"{path}/plan", plan).json()["steps"] == "Jawab tiap Senin"
    assert ask(client, boss, "POST", f"{path}/result", {"result": "Selesai"}).json()["result"] == "Selesai"
    assert ask(client, boss, "POST", f"/evaluations/{made.code}/coaching/tidak.ada/plan", plan).status_code == 404
    assert ask(client, make.secretariat(), "POST", f"{path}/plan", plan).status_code == 403


def test_rules_over_the_api(client: Client, ward: Region) -> None:
    make.computed(ward)
    lines = [
        {"indicator": one.indicator, "weight": one.weight, "sample_least": one.sample_least, "good": str(one.good),
         "poor": str(one.poor)}
        for one in make.lines()
    ]  # fmt: skip
    facts: dict[str, Any] = {
        "region": places.city().path, "valid_from": day(service.NOW).isoformat(), "legal_basis": "Perwal 9",
        "reason": "Ditetapkan", "weak_below": 40, "judged_least": 50, "reply_days": 14, "coaching_days": 60,
        "lines": lines,
    }  # fmt: skip
    assert ask(client, make.coordinator(), "POST", "/evaluation-rules", facts).status_code == 403
    wrong = ask(client, make.secretariat(), "POST", "/evaluation-rules", {**facts, "lines": lines[:2]})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "weights_not_whole")
    made = ask(client, make.secretariat(), "POST", "/evaluation-rules", facts)
    assert (made.status_code, made.json()["version"]) == (201, 1)


def test_outsiders_find_nothing(client: Client, ward: Region) -> None:
    made = make.shown(ward)
    far = personas.person("area_coordinator", places.district(2), "askot-lain")
    path = f"/evaluations/{made.code}"
    assert ask(client, far, "GET", path).status_code == 404
    assert ask(client, far, "POST", f"{path}/showing").status_code == 404
    facts = {"appointment": made.appointment.code, "half": "2025-1"}
    assert ask(client, far, "POST", "/evaluations", facts).status_code == 404
    assert ask(client, personas.lurah(ward), "GET", path).status_code == 404
    assert ask(client, None, "GET", path).status_code == 401
    assert ask(client, made.account, "GET", path).status_code == 403
    stranger = make.serving(places.ward(2), "Citra Contoh").account
    assert ask(client, stranger, "POST", f"{path}/reply", {"reply": "x"}).status_code == 404
    wrong = ask(client, make.coordinator(), "POST", "/evaluations", {"appointment": "x", "half": "2026-9"})
    assert wrong.status_code in (400, 422)
    assert Evaluation.objects.get().reply == ""
