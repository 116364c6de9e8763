"""Pages of evaluations as the browser sees them: what works, what is refused, who sees what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.facilitators.enums.evaluations import EvaluationState
from pendamping.facilitators.models import Assignment, Evaluation, EvaluationRules, Renewal
from pendamping.facilitators.rules.indicators import half_of
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import evaluation_factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
ANSWER = "needs.first_answer"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Pages act today: the half-year of the factories is the last one that is over."""
    settings.MFA_REQUIRED = False
    now = timezone.now()
    half = half_of(day(now)).before
    end = date(half.until.year + 1, 12, 31)
    for name, value in (("NOW", now), ("TODAY", day(now)), ("START", half.since), ("END", end)):
        monkeypatch.setattr(service, name, value)
    monkeypatch.setattr(make, "HALF", half)
    monkeypatch.setattr(make, "AFTER", now)


@pytest.fixture
def ward() -> Region:
    return places.ward()


def get(client: Client, person: Account | None, name: str, *codes: Any, **query: Any) -> Any:
    client.force_login(person) if person else client.logout()
    return client.get(reverse(f"facilitators:{name}", args=codes), query)


def post(client: Client, person: Account | None, name: str, *codes: Any, **data: Any) -> Any:
    client.force_login(person) if person else client.logout()
    query = data.pop("query", "")
    return client.post(reverse(f"facilitators:{name}", args=codes) + query, {"op": "", **data})


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def test_from_due_to_the_contract(client: Client, ward: Region) -> None:
    boss, office = make.coordinator(), make.secretariat()
    placed = make.serving(ward)
    make.voices(ward, [40] * 10)
    assert placed.account.name in text(get(client, boss, "evaluations"))
    code = placed.appointment.code
    assert code in text(get(client, boss, "evaluation_compute", pengangkatan=code))
    query = f"?semester={make.HALF}"
    assert post(client, boss, "evaluation_compute", query=query, appointment=code).status_code == 302
    made = Evaluation.objects.get()
    page = text(get(client, boss, "evaluation", made.code))
    assert "40 hari" in page
    assert "10" in page
    assert post(client, boss, "evaluation_recompute", made.code).status_code == 302
    assert post(client, boss, "evaluation_show", made.code).status_code == 302
    said = post(client, placed.account, "my_evaluation", made.code, reply="Banjir dua minggu")
    assert said.status_code == 302
    words = {"words": "Diterima", "struck": [ANSWER]}
    assert post(client, office, "evaluation_settle", made.code, **words).status_code == 302
    facts = {"outcome": "renew", "reason": "Warga puas"}
    assert post(client, office, "evaluation_renew", made.code, **facts).status_code == 302
    assert Renewal.objects.get().reason == "Warga puas"
    mine = text(get(client, placed.account, "my_evaluation", made.code))
    for word in ("Banjir dua minggu", "Diterima", "Warga puas"):
        assert word in mine
    term = {"fiscal_year": made.year, "ends_on": date(made.year, 12, 31)}
    service.contract(placed.appointment, **term)
    asked = text(get(client, office, "contract_renew", placed.appointment.code, made.year))
    assert (made.code in asked, str(Renewal.objects.get().get_outcome_display()) in asked) == (True, True)


def test_the_person_reads_every_value_its_sample_and_what_was_withheld(client: Client, ward: Region) -> None:
    made = make.shown(ward)
    page = text(get(client, made.account, "my_evaluation", made.code))
    assert made.values.get(indicator=ANSWER).inputs[0] in page
    assert page.count("Terlalu sedikit untuk dinilai") == made.values.filter(points__isnull=True).count()
    assert made.rules.legal_basis in page
    assert text(get(client, made.account, "my_evaluations"))
    assert reverse("facilitators:my_evaluation", args=[made.code]) in text(get(client, made.account, "my_service"))


def test_a_draft_is_nobodys_but_theirs_who_compute(client: Client, ward: Region) -> None:
    made = make.computed(ward)
    assert get(client, made.account, "my_evaluation", made.code).status_code == 404
    assert made.code in text(get(client, make.secretariat(), "evaluation", made.code))


def test_others_find_nothing(client: Client, ward: Region) -> None:
    made = make.shown(ward)
    stranger = make.serving(places.ward(2), "Citra Contoh").account
    assert get(client, stranger, "my_evaluation", made.code).status_code == 404
    assert get(client, made.account, "evaluation", made.code).status_code == 403
    assert get(client, personas.lurah(ward), "evaluation", made.code).status_code == 403
    assert get(client, personas.lurah(ward), "evaluations").status_code == 403
    far = personas.person("area_coordinator", places.district(2), "askot-lain")
    assert get(client, far, "evaluation", made.code).status_code == 404
    near = personas.person("area_coordinator", places.district(), "askot")
    assert get(client, near, "evaluation", made.code).status_code == 200
    assert get(client, near, "evaluation_settle", made.code).status_code == 403
    assert get(client, None, "evaluation", made.code).status_code == 302
    assert get(client, None, "my_evaluation", made.code).status_code == 302


def test_a_coordinator_who_facilitates_as_well_does_not_see_themselves(client: Client, ward: Region) -> None:
    made = make.shown(ward)
    both = personas.person("area_coordinator", places.district(), made.account.username)
    assert get(client, both, "evaluation", made.code).status_code == 404
    assert made.code not in text(get(client, both, "evaluations", semester=str(make.HALF)))


def test_refusals_keep_what_was_typed(client: Client, ward: Region) -> None:
    made = make.shown(ward)
    answer = post(client, make.secretariat(), "evaluation_settle", made.code, words="Kata yang sudah diketik")
    assert "Kata yang sudah diketik" in text(answer, 422)
    Evaluation.objects.update(reply_by=day(timezone.now()) - timedelta(days=1))
    late = post(client, made.account, "my_evaluation", made.code, reply="Terlambat sehari")
    assert "Terlambat sehari" in text(late, 422)
    made.refresh_from_db()
    assert made.state == EvaluationState.SHOWN


def test_a_computing_secretary_sees_why_somebody_else_decides(client: Client, ward: Region) -> None:
    office = make.secretariat()
    made = make.replied(ward=ward, by=office)
    other = personas.person("secretariat", places.city(), "sekretariat-2")
    page = text(get(client, office, "evaluation", made.code))
    assert "Anda yang menghitung evaluasi ini" in page
    assert post(client, other, "evaluation_settle", made.code, words="Baik").status_code == 302
    assert "tidak ada orang lain" not in text(get(client, made.account, "my_evaluation", made.code))


def test_the_only_account_of_a_secretariat_settles_and_the_person_reads_so(client: Client, ward: Region) -> None:
    office = make.secretariat()
    made = make.replied(ward=ward, by=office)
    assert post(client, office, "evaluation_settle", made.code, words="Baik").status_code == 302
    assert "tidak ada orang lain" in text(get(client, made.account, "my_evaluation", made.code))


def test_coaching_is_agreed_and_finished(client: Client, ward: Region) -> None:
    made, boss = make.shown(ward), make.coordinator()
    assert made.account.name in text(get(client, boss, "coaching_tasks"))
    due = (day(timezone.now()) + timedelta(days=30)).isoformat()
    facts = {"steps": "Jawab tiap Senin", "due_on": due}
    past = post(client, boss, "coaching_agree", made.code, ANSWER, steps="Jawab", due_on="2020-01-01")
    assert "Jawab" in text(past, 422)
    assert post(client, boss, "coaching_agree", made.code, ANSWER, **facts).status_code == 302
    assert "Jawab tiap Senin" in text(get(client, made.account, "my_evaluation", made.code))
    assert post(client, boss, "coaching_finish", made.code, ANSWER, result="Median 5 hari").status_code == 302
    assert "Median 5 hari" in text(get(client, boss, "coaching_tasks", state="done"))
    assert get(client, boss, "coaching_agree", made.code, "assets.working").status_code == 404
    assert get(client, make.secretariat(), "coaching_agree", made.code, ANSWER).status_code == 403


def test_rules_are_read_by_those_who_evaluate_and_set_by_the_secretariat(client: Client, ward: Region) -> None:
    make.computed(ward)
    office = make.secretariat()
    assert "Terlalu" not in text(get(client, make.coordinator(), "evaluation_rules"))
    assert get(client, make.coordinator(), "evaluation_rules_new").status_code == 403
    form = get(client, office, "evaluation_rules_new").context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items() if name != "op"}
    data |= {"valid_from": day(timezone.now()).isoformat(), "legal_basis": "Perwal 9", "reason": "Ditetapkan"}
    unwhole = post(client, office, "evaluation_rules_new", **{**data, "assets_working_weight": 14})
    assert "99" in text(unwhole, 422)
    assert post(client, office, "evaluation_rules_new", **data).status_code == 302
    made = EvaluationRules.objects.get(region=places.city())
    before = EvaluationRules.objects.get(region=None)
    assert list(made.lines.order_by("indicator").values_list("indicator", "weight", "good", "poor")) == list(
        before.lines.order_by("indicator").values_list("indicator", "weight", "good", "poor")
    )


@pytest.mark.parametrize("name", ["evaluations", "coaching_tasks"])
def test_lists_ask_the_same_number_of_queries_for_one_and_three(client: Client, name: str) -> None:
    boss = make.coordinator()

    def count() -> int:
        client.force_login(boss)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(f"facilitators:{name}")).status_code == 200
        return len(seen)

    make.shown(places.ward(1), "Ani Contoh")
    make.serving(places.ward(4), "Dewi Contoh")
    count()
    few = count()
    for n, who in ((2, "Bayu Contoh"), (3, "Citra Contoh")):
        make.shown(places.ward(n), who)
        make.serving(places.ward(4 + n), f"{who} {n}")
    assert count() == few <= 14


def test_one_evaluation_asks_a_constant_number_of_queries(client: Client, ward: Region) -> None:
    made = make.settled(ward=ward)
    client.force_login(make.secretariat())
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse("facilitators:evaluation", args=[made.code])).status_code == 200
    assert len(seen) <= 14


def test_nothing_of_a_person_is_public(client: Client, ward: Region) -> None:
    made = make.settled(ward=ward)
    assert Assignment.objects.count() == 1
    for address in (reverse("facilitators:serving"), reverse("portal:ward", args=[ward.path]), reverse("portal:home")):
        client.logout()
        page = text(client.get(address))
        assert made.code not in page
