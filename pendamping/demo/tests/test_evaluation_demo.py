"""The demo's evaluation: one with everything, one that waits for its reply."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.demo.facilitators import evaluation, serving
from pendamping.facilitators.models import Contract, Evaluation, EvaluationValue, Renewal
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import evaluation_factories as make
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("on", [None, (6, 30), (1, 2)])
def test_the_demo_tells_an_evaluation_to_its_end(on: tuple[int, int] | None) -> None:
    now = day(timezone.now())
    today = min(now, date(now.year, *on)) if on else now
    city = places.city()
    for n, who in ((1, "sari"), (2, "sari-dua")):
        personas.person("ward_facilitator", places.ward(n), who)
        half = serving.half_told(today)
        make.voices(places.ward(n), [40] * 12, began=half.since)
    personas.budi(city)
    said: list[str] = []
    serving.build(city, service.secretariat(), today, said.append)
    evaluation.build(city, service.secretariat(), today, said.append)
    assert len(said) == 2
    assert Contract.objects.count() == 2
    states = dict(Evaluation.objects.values_list("account__username", "state"))
    assert states == {"sari": "settled", "sari-dua": "shown"}
    assert Renewal.objects.get().outcome == "conditions"
    done = Evaluation.objects.get(state="settled")
    assert done.reply and done.coaching.filter(agreed_at__isnull=False).count() == 1
    assert EvaluationValue.objects.filter(evaluation=done, points=None).exists()
