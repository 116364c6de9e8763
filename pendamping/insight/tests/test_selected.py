"""What waits in the selection and the service: for who may act, for oneself, and never through other eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.facilitators.ethics_text import seed_code
from pendamping.facilitators.services import ethics_cases
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import exam_factories as exam
from pendamping.facilitators.tests import selection_factories as selection
from pendamping.insight.queries.selected import SELECTED
from pendamping.insight.queries.waiting import LISTED, waiting
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def titles(who: Account, on: date | None = None) -> dict[str, list[str]]:
    today = on or day(timezone.now())
    return {group.key: [item.title for item in group.items] for group in waiting(scope_of(who, today), today)}


def test_the_selection_waits_for_the_office_and_the_checker_of_its_city() -> None:
    city, other = places.city(), places.foreign_ward().parent.parent
    selection.prepared(city, title="Disiapkan")
    opened = selection.opened(city)
    selection.filled(opened, "3278014506950002", by=selection.checker("loket", city))
    checking = selection.opened(city)
    selection.submitted(checking)
    selection.closed(checking)
    office = titles(selection.secretariat(city))
    assert office["rounds"] == ["Disiapkan"]
    assert office["counter"] == ["Seleksi pendamping"]
    assert "files" not in office
    assert titles(selection.checker("pemeriksa", city))["files"] == ["Seleksi pendamping"]
    assert titles(personas.person("selection_checker", other, "jauh")) == {}


def test_sittings_wait_to_be_opened_closed_and_released() -> None:
    sitting = exam.seated()
    office = exam.committee()
    assert titles(office, exam.STARTS.date())["opening"] == [sitting.place]
    exam.sittings.open_sitting(by=office, at=exam.STARTS, sitting=sitting)
    assert titles(office)["closing"] == [sitting.place]
    exam.closed(sitting)
    assert titles(office)["results"] == [sitting.round.title]


def test_service_waits_for_the_office_and_for_oneself_but_not_through_other_eyes() -> None:
    ward = places.ward(1)
    seed_code(service.NOW)
    made = service.appointed("Ani Contoh")
    office, me = titles(service.secretariat(), service.TODAY), made.account
    assert office["placing"] == office["contracts"] == ["Ani Contoh"]
    service.placed(ward, "Ani Contoh")
    case = service.panelled(made)
    ethics_cases.call_person(
        by=service.panelist(), at=service.NOW, case=case, allegation="Terlambat", answer_by=date(2026, 2, 20)
    )
    assert titles(service.panelist(), service.TODAY) == {"cases": [case.code]}
    mine = titles(me, service.TODAY)
    assert (mine["signing"], mine["answers"]) == ([made.code], [case.code])
    through = replace(scope_of(me, service.TODAY), viewer=service.secretariat())
    assert {group.key for group in waiting(through, service.TODAY)} & {"signing", "answers", "takeovers"} == set()


def test_every_kind_leads_to_a_list_and_asks_once_however_many_wait() -> None:
    assert {kind.key for kind in SELECTED} <= set(LISTED)
    office = selection.secretariat(places.city())
    counts = []
    for _round in (1, 2):
        selection.prepared(places.city())
        with CaptureQueriesContext(connection) as seen:
            titles(office)
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("persona", "status"),
    [("secretariat", 200), ("council", 200), ("ethics_panel", 200), ("planning_agency", 403)],
)
def test_the_entrance_lists_what_somebody_may_open(persona: str, status: int, settings: object, client: Client) -> None:
    settings.MFA_REQUIRED = False  # type: ignore[attr-defined]
    client.force_login(personas.person(persona, places.city(), persona))
    answer = client.get("/kerja/pendamping/")
    assert answer.status_code == status
    if status == 200:
        for _title, href, _note in answer.context["lists"]:
            assert client.get(href).status_code == 200
        assert 'href="/kerja/pendamping/" aria-current="page"' in answer.content.decode()
    else:
        assert "/kerja/pendamping/" not in client.get("/kerja/").content.decode()
