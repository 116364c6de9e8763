"""The demo's part of appointing, and the open work of every app above."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pendamping.assets.models import Asset
from pendamping.assets.tests import factories as assets
from pendamping.core.moments import day
from pendamping.deliberation.tests import factories as meetings
from pendamping.delivery.tests import factories as delivery
from pendamping.demo.facilitators import appointment as demo
from pendamping.facilitators import handover
from pendamping.facilitators.models import Appointment, Ceremony, Contract, DutyHandover, EthicsCase
from pendamping.facilitators.queries import assignments as placed
from pendamping.facilitators.tests import appointment_factories as make
from pendamping.needs.tests import factories as needs
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("selected", [True, False])
def test_the_demo_tells_a_whole_term(selected: bool) -> None:
    wards = [places.ward(n) for n in (1, 2, 3)]
    if selected:
        of = make.final_round()
        for ward in wards:
            make.standing(make.post(of, ward), f"Terpilih Contoh {ward.name[-1]}")
        make.standing(make.post(of, wards[2]), "Cadangan Contoh", rank=2, outcome="reserve")
    said: list[str] = []
    today = day(timezone.now())
    demo.build(places.city(), make.secretariat(), today, said.append)
    assert Appointment.objects.count() == 4
    assert Contract.objects.count() == 3
    assert Ceremony.objects.get().oath_at
    assert DutyHandover.objects.count() == EthicsCase.objects.count() == 1
    assert list(placed.mismatches(places.city().path, today + timedelta(days=1))) == []
    assert said


def test_every_app_above_says_what_is_open() -> None:
    ward, other = places.ward(), places.ward(2)
    need, voice, meeting = needs.verified_need(ward), needs.voice(ward), meetings.called(ward)
    project, asset = delivery.project(ward), assets.standing(ward)
    needs.voice(other)
    Asset.objects.filter(pk=asset.pk).update(next_inspection_on=date(2026, 1, 1))
    found = handover.open_work(make.secretariat(), [ward.path])
    codes = {work.code for work in found}
    assert {need.code, voice.code, meeting.code, project.code, asset.code} <= codes
    assert all(work.address.startswith("/kerja/") and str(work.kind) for work in found)
    assert {work.place for work in found} == {ward.label}
    assert handover.open_work(make.secretariat(), []) == []
