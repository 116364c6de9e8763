"""Gates: an act in the field asks for a certificate; pages and API say which, why, and where it is learned."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendamping.access.models import Account, Grant
from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.access.verbs import READS, Verb
from pendamping.core.errors import Refused
from pendamping.needs.models import Need
from pendamping.needs.tests import factories as needs
from pendamping.regions.tests import factories as places
from pendamping.training.enums.gates import FieldAct, Reason
from pendamping.training.models import Certificate, Gate
from pendamping.training.queries import gates as queries
from pendamping.training.services import gates as services
from pendamping.training.tests import certificate_factories as certified
from pendamping.training.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


def today() -> date:
    return timezone.localdate()


def gate(**changes: Any) -> Gate:
    """From today on, by today's clock: pages ask what is today."""
    return certified.gate(at=timezone.now(), **{"starts_on": today(), **changes})


def sari() -> Account:
    return personas.sari(places.ward())


def certify(somebody: str = "sari", until: date | None = None) -> Certificate:
    made = certified.issued(somebody, at=timezone.now())
    Certificate.objects.filter(pk=made.pk).update(valid_until=until)
    return made


def is_shut(person: Account, verb: Verb = Verb.NEED_VERIFY, on: date | None = None) -> bool:
    on = on or today()
    return queries.shut(scope_of(person, on), verb, on) is not None


def page_of(need: Need) -> str:
    return f"/kerja/kebutuhan/{need.code}/?act=verify"


def tried(client: Client, need: Need) -> int:
    """What an empty form gets: 422 when the act is open, 403 when it is shut."""
    return int(client.post(page_of(need), {}).status_code)


def test_every_act_that_can_ask_is_a_verb_that_acts() -> None:
    assert {Verb(one) for one in FieldAct.values}.isdisjoint(READS)
    assert {Verb.TRAINING_MANAGE, Verb.PEOPLE_MANAGE, Verb.WORK_SEE}.isdisjoint(map(Verb, FieldAct.values))


def test_without_the_certificate_the_page_is_refused_with_the_way_to_the_module(client: Client) -> None:
    need = needs.need(places.ward())
    gate(module_key="m2")
    client.force_login(sari())
    shown = client.get(page_of(need))
    assert shown.status_code == 200  # the record is read as before, the act with the reason why not
    assert "Dasar pendampingan" in shown.content.decode()
    gate(verb="proposal.write", module_key="m2")
    for answer in (client.post(page_of(need), {}), client.get(f"/kerja/kebutuhan/{need.code}/usulkan/")):
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "Dasar pendampingan" in page
        assert "Perwal 1/2026 pasal 5" in page
        course = Gate.objects.all()[0].course.code
        assert f'href="/belajar/sertifikat/?kursus={course}&amp;modul=m2#kurang"' in page
    onward = client.get("/belajar/sertifikat/", {"kursus": course, "modul": "m2"})
    assert onward.status_code == 200  # never another gate
    assert "Modul 2" in onward.content.decode()


def test_what_will_be_needed_soon_leads_to_its_module_too(client: Client) -> None:
    gate(module_key="m2", starts_on=today() + timedelta(days=10))
    client.force_login(sari())
    page = client.get("/belajar/sertifikat/").content.decode()
    assert f'href="/belajar/sertifikat/?kursus={Gate.objects.get().course.code}&amp;modul=m2#kurang"' in page


def test_the_way_on_is_open_even_when_every_act_is_gated(client: Client) -> None:
    for verb in FieldAct.values:
        gate(verb=verb)
    client.force_login(sari())
    for address in ("/belajar/sertifikat/", "/kerja/"):
        assert client.get(address, follow=True).status_code == 200, address


def test_with_the_certificate_it_opens_and_shuts_again_when_it_ends(client: Client) -> None:
    need = needs.need(places.ward())
    gate()
    client.force_login(sari())
    made = certify(until=today())
    assert tried(client, need) == 422
    Certificate.objects.filter(pk=made.pk).update(
        valid_from=today() - timedelta(days=9), valid_until=today() - timedelta(days=1)
    )
    assert tried(client, need) == 403
    Certificate.objects.filter(pk=made.pk).update(
        valid_until=None, state="revoked", ended_at=timezone.now(), reason="Keliru"
    )
    assert tried(client, need) == 403


def test_who_carries_the_act_by_another_role_passes() -> None:
    gate(verb="proposal.write", role="ward_facilitator")
    assert is_shut(sari(), Verb.PROPOSAL_WRITE)
    personas.person("lpm", places.ward(), "sari")
    assert not is_shut(sari(), Verb.PROPOSAL_WRITE)


def test_another_city_and_another_act_are_not_asked() -> None:
    gate()
    assert not is_shut(personas.person("ward_facilitator", places.foreign_ward(), "jauh"))
    assert not is_shut(sari(), Verb.PROPOSAL_WRITE)


def test_days_of_grace_count_from_the_first_service_not_from_the_last_move() -> None:
    gate(grace_days=30)
    began = today() - timedelta(days=29)
    new = personas.person("ward_facilitator", places.ward(2), "baru")
    Grant.objects.filter(account=new).update(starts_on=began)
    assert not is_shut(new)
    assert is_shut(new, on=today() + timedelta(days=1))
    Grant.objects.create(
        account=new, role="ward_facilitator", region=places.ward(3), starts_on=today(), created_at=timezone.now()
    )
    assert is_shut(new, on=today() + timedelta(days=1))


def test_who_looks_through_somebodys_eyes_sees_the_page(client: Client) -> None:
    need = needs.verified_need(places.ward())
    gate(verb="proposal.write")
    boss, seen = make.manager(), sari()
    client.force_login(boss)
    session = client.session
    session["view_as"] = str(seen.uid)
    session.save()
    assert client.get(f"/kerja/kebutuhan/{need.code}/usulkan/").status_code == 200


def test_gates_cost_one_query_and_one_more_before_a_gated_verb_however_many_there_are() -> None:
    scope = scope_of(sari(), today())
    counts = []
    for number in range(3):
        gate(starts_on=today() + timedelta(days=number))
        with CaptureQueriesContext(connection) as seen:
            queries.shut(scope, Verb.NEED_VERIFY, today())
        counts.append(len(seen))
    with CaptureQueriesContext(connection) as none:
        queries.shut(scope, Verb.TRAINING_MANAGE, today())
    with CaptureQueriesContext(connection) as free:
        assert queries.shut(scope, Verb.NEED_ANSWER, today()) is None
    assert (counts, len(none), len(free)) == ([2, 2, 2], 0, 1)


def ask(client: Client, person: Account, method: str, path: str, body: Any = None) -> Any:
    _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
    return client.generic(
        method, f"/api/v1{path}", "" if body is None else json.dumps(body), content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )  # fmt: skip


def test_the_api_refuses_with_the_certificate_and_the_way_on(client: Client) -> None:
    need = needs.need(places.ward())
    gate(verb="need.answer")
    answer = ask(client, sari(), "POST", f"/needs/{need.code}/answer", {"answer": "Sudah ditangani."})
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    body = answer.json()
    assert (body["code"], body["errors"][0]["href"][:20]) == ("certificate_missing", "/belajar/sertifikat/")
    assert "Dasar pendampingan" in body["detail"]


def test_gates_are_set_listed_looked_at_and_ended_by_the_api(client: Client) -> None:
    course, boss = make.version().course, make.manager()
    facts = {
        "course": course.code, "verb": "need.verify", "starts_on": today().isoformat(), "legal_basis": "Perwal 1/2026",
    }  # fmt: skip
    sari()
    asked = f"/gates/shut-out?course={course.code}&verb=need.verify"
    assert ask(client, boss, "GET", asked).json() == {"count": 1}
    made = ask(client, boss, "POST", "/gates", facts)
    assert made.status_code == 201
    assert ask(client, boss, "POST", "/gates", facts).json()["code"] == "gate_twice"
    ended = ask(client, boss, "POST", f"/gates/{made.json()['uid']}/end", {"on": str(today() - timedelta(days=1))})
    assert ended.status_code == 201
    assert [one["ends_on"] for one in ask(client, boss, "GET", "/gates").json()] == [ended.json()["ends_on"]]
    assert not is_shut(sari())
    assert ask(client, sari(), "POST", "/gates", facts).status_code == 403


def test_whom_it_would_shut_out_is_seen_before_it_is_set(client: Client) -> None:
    version = make.version()
    sari()
    certify("wati")
    personas.person("ward_secretary", places.ward(), "sekretaris")  # does not verify needs
    client.force_login(make.manager())
    facts = {
        "course": version.course.pk, "verb": "need.verify", "role": "", "starts_on": today().isoformat(),
        "grace_days": "0", "legal_basis": "Perwal 1/2026", "module_key": "", "ends_on": "",
    }  # fmt: skip
    page = client.post("/kerja/pelatihan/syarat/tetapkan/", {**facts, "look": "1"})
    assert page.status_code == 200
    assert page.context["count"] == 1
    assert "Sari" in page.content.decode()
    assert not Gate.objects.exists()
    answer = client.post("/kerja/pelatihan/syarat/tetapkan/", facts)
    assert answer.status_code == 302
    assert "Perwal 1/2026" in client.get("/kerja/pelatihan/syarat/").content.decode()
    address = f"/kerja/pelatihan/syarat/{Gate.objects.get().uid}/akhiri/"
    assert client.get(address).status_code == 200
    client.post(address, {"on": str(today() - timedelta(days=1))})
    assert not is_shut(sari())


def test_the_module_is_chosen_by_its_name_from_what_is_published(client: Client) -> None:
    version, other = make.version(), make.version(make.course("lanjut", title=make.both("Lanjutan")))
    make.version(make.course("nanti", title=make.both("Nanti")), published=False)
    client.force_login(make.manager())
    address = "/en/kerja/pelatihan/syarat/tetapkan/"
    page = client.get(address).content.decode()
    assert "Lanjutan (en): Modul 2 (en)" in page
    assert "Nanti (en): " not in page
    facts = {
        "course": version.course.pk, "verb": "need.verify", "role": "", "starts_on": today().isoformat(),
        "grace_days": "0", "legal_basis": "Perwal 1/2026", "ends_on": "",
    }  # fmt: skip
    refused = client.post(address, {**facts, "module_key": other.modules.get(key="m2").pk})  # of the other course
    assert refused.status_code == 422
    assert not Gate.objects.exists()
    assert client.post(address, {**facts, "module_key": version.modules.get(key="m2").pk}).status_code == 302
    assert Gate.objects.get().module_key == "m2"


def test_a_preview_takes_as_many_queries_for_three_as_for_one() -> None:
    version = make.version()
    counts = []
    for number in (1, 2, 3):
        personas.person("ward_facilitator", places.ward(number), f"orang{number}")
        with CaptureQueriesContext(connection) as seen:
            people = queries.shut_out(
                city=places.city(), course=version.course, verb="need.verify", role="", grace_days=0, on=today()
            )
        counts.append(len(seen))
        assert len(people) == number
    assert len(set(counts)) == 1


def test_a_gate_taken_back_before_it_begins_asks_nobody() -> None:
    one = gate(starts_on=today() + timedelta(days=10))
    services.end_gate(by=make.manager(), at=timezone.now(), gate=one, on=today())
    assert not is_shut(sari(), on=today() + timedelta(days=10))
    with pytest.raises(Refused) as caught:
        services.end_gate(
            by=make.manager(), at=timezone.now() + timedelta(days=2), gate=one, on=today() + timedelta(days=2)
        )
    assert caught.value.reason == Reason.ENDED


@pytest.mark.parametrize(
    ("begins", "until", "shown"),
    [(0, None, True), (20, None, True), (40, None, False), (-30, 20, True), (-30, 40, False)],
)
def test_my_work_says_when_a_gate_will_shut(client: Client, begins: int, until: int | None, shown: bool) -> None:
    one = gate(starts_on=today() + timedelta(days=max(0, begins)))
    Gate.objects.filter(pk=one.pk).update(starts_on=today() + timedelta(days=begins))
    person = sari()
    if until is not None:
        certify(until=today() + timedelta(days=until))
    client.force_login(person)
    page = client.get("/kerja/", follow=True).content.decode()
    assert ("/belajar/sertifikat/" in page) == shown
