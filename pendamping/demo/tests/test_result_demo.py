"""The demo's selection goes on from its test to the final result, and those chosen are appointed."""

from __future__ import annotations

from datetime import date

import pytest

from pendamping.core import counters, journal
from pendamping.demo.facilitators import appointment, exam, result, selection
from pendamping.demo.people import sign_in
from pendamping.facilitators.enums.rounds import SelectionOutcome
from pendamping.facilitators.models import Appointment, Objection, Ranking, Round, ScoreSheet, Standing
from pendamping.facilitators.rules import ranking
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def test_the_demo_goes_from_the_test_to_those_appointed() -> None:
    city = places.city()
    places.district(1, city)
    for number in (1, 2, 3):
        places.ward(number)
    said: list[str] = []
    selection.build(city, None, TODAY, said.append)
    office = sign_in("sekretariat", "Sinta Contoh")
    exam.build(city, {"secretariat": office, "selection_checker": sign_in("pemeriksa3", "P")}, TODAY, said.append)
    result.build(city, None, TODAY, said.append)
    of = Round.objects.get()
    assert (of.stage, of.ranking_version, Objection.objects.get().state) == ("final", 2, "upheld")
    assert ScoreSheet.objects.filter(is_outlier=True, noted_at__isnull=False).count() == 1
    assert [ranking.first_difference(one.document) for one in Ranking.objects.order_by("version")] == ["", ""]
    chosen = Standing.objects.filter(version=2, outcome=SelectionOutcome.CHOSEN).count()
    assert chosen > 1
    appointment.build(city, office, TODAY, said.append)
    assert Appointment.objects.filter(application__isnull=False).count() >= chosen
    assert list(counters.differences()) == []
    assert list(journal.verify()) == []
