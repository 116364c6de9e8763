"""Where part of the money follows need, what is published says what residents paid and what the criteria paid."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pendamping.access.tests import personas
from pendamping.core.money import rupiah
from pendamping.deliberation import papers_results, services
from pendamping.deliberation.models import Decision, Result
from pendamping.deliberation.queries.results import Shown
from pendamping.deliberation.tests.factories import AT
from pendamping.deliberation.tests.result_factories import OVER, announced, counted, meeting_with, result
from pendamping.needs.models import Criterion, Score
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


def needed(ward: Region, **rule: Any) -> Result:
    """Rp 100 million, half of it for floods: few voted for the drain, which the criterion pays for the most part."""
    meeting, proposals = meeting_with(ward, (40 * MILLION, 40 * MILLION, 30 * MILLION))
    criterion = Criterion.objects.create(
        created_at=AT, key="banjir", title={"id": "Rawan banjir", "en": "Floods"}, valid_from="2026-01-01",
        levels=[{"points": 1, "text": {}}, {"points": 5, "text": {}}],
    )  # fmt: skip
    Score.objects.create(created_at=AT, need=proposals[0].need, criterion=criterion, points=5, reason="Selutut")
    poll = announced(meeting, proposals, 100 * MILLION, rule={"need_share_permille": 500, "fill": "none", **rule})
    return result(counted(poll, "1 × 2\n2 × 10\n3 × 8"))


def test_residents_and_criteria_together_paid_the_price_and_each_is_told() -> None:
    ward = places.ward()
    found = needed(ward)
    won = {one.title: one for one in Shown(found).won}["Usulan 1"]
    assert won.payers == 2
    assert dict(won.criteria).keys() == {"Rawan banjir"}
    assert 0 < won.paid < 20 * MILLION < dict(won.criteria)["Rawan banjir"]  # not the whole price
    assert won.paid + dict(won.criteria)["Rawan banjir"] in (won.price, won.price - 1)  # each rounded down
    assert won.each_most <= won.paid // 2 + 1
    services.decide_from_result(by=personas.lurah(ward), at=OVER, result=found)
    reason = Decision.objects.get(item__proposal__title="Usulan 1").reason
    assert f"2 warga membayar {rupiah(won.paid)}" in reason and "Rawan banjir" in reason
    assert rupiah(won.price) not in reason
    plain = Decision.objects.get(item__proposal__title="Usulan 2").reason
    assert "Rawan banjir" not in plain


def test_page_paper_and_rounds_name_the_money_of_the_criteria(client: Client) -> None:
    found = needed(places.ward())
    won = {one.title: one for one in Shown(found).won}["Usulan 1"]
    money = rupiah(dict(won.criteria)["Rawan banjir"])
    address = reverse("deliberation:public_result", args=[found.meeting.code, found.number])
    page = client.get(address).content.decode()
    assert page.count(money) >= 2  # beside who paid, and in the table of purchases
    assert f"Rawan banjir {money}" in page and "Dari kriteria kebutuhan" in page
    with override("en"):
        assert "Floods" in client.get(f"/en{address}").content.decode()
    assert f"Rawan banjir {money}" in json.dumps(papers_results.annex(found), ensure_ascii=False)


def test_without_a_need_share_no_column_speaks_of_it(client: Client) -> None:
    found = needed(places.ward(), need_share_permille=0)
    page = client.get(reverse("deliberation:public_result", args=[found.meeting.code, found.number])).content.decode()
    assert "kriteria kebutuhan" not in page
    assert all(one.criteria == () for one in Shown(found).won)


def test_each_pot_has_its_own_criteria() -> None:
    ward = places.ward()
    stream = Shown(needed(ward)).contest["proposals"][0]["heading"]
    pots = [
        {"id": "a", "ceiling": 50 * MILLION, "areas": None, "headings": [stream]},
        {"id": "b", "ceiling": 50 * MILLION, "areas": None, "headings": None},
    ]
    Criterion.objects.all().update(valid_to="2026-01-02")  # another version under the same key
    shown = Shown(needed(places.ward(2), pots=pots))
    for one in shown.won:
        residents, criteria = shown.paid_for(one.code)
        paid = sum(each * weight for each, weight in residents) + sum(each for _key, each in criteria)
        assert paid == one.price
        assert {key for key, _each in criteria} <= {"banjir"}
