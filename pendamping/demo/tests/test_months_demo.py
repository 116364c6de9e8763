"""The demo's months: reported, decided, paid, with something left to do for everybody."""

from __future__ import annotations

from datetime import date

import pytest

from pendamping.core import journal
from pendamping.demo.facilitators import months as demo
from pendamping.facilitators.models import MonthPlan, MonthReport, PayLine, PayRun
from pendamping.facilitators.services import log_verification
from pendamping.facilitators.tests import month_factories as make
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def test_the_demo_tells_a_month_to_its_end() -> None:
    for number in (1, 2, 3, 4):
        make.serving(places.ward(number), f"Ani Contoh {number}")
    make.korkot()
    said: list[str] = []
    demo.build(places.city(), make.boss(), date(2026, 4, 2), said.append)
    assert len(said) == 1
    assert sorted(MonthReport.objects.values_list("state", flat=True)) == ["approved"] * 3 + ["returned"]
    assert sorted(PayLine.objects.values_list("state", flat=True)) == ["failed", "paid", "received"]
    assert (PayRun.objects.get().state, MonthPlan.objects.count()) == ("paid", 2)
    assert list(journal.verify()) == []


def test_whoever_has_a_line_of_the_month_to_mend_has_not_sent_it_yet() -> None:
    ani, ina = (make.serving(places.ward(number), f"Ani Contoh {number}") for number in (1, 2))
    log_verification.return_entry(by=make.boss(), at=make.IN_MONTH, entry=make.entry(ani), reason="RT mana?")
    demo.build(places.city(), make.boss(), date(2026, 4, 2), [].append)
    assert list(MonthReport.objects.values_list("account", flat=True)) == [ina.account_id]


def test_nobody_serving_and_nobody_under_contract_break_nothing() -> None:
    said: list[str] = []
    demo.build(places.city(), make.boss(), date(2026, 1, 2), said.append)
    assert said == ["0 laporan bulanan, 0 disetujui dan dibayar"]
