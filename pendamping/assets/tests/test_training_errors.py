"""Overdue inspections, as training counts them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pendamping.assets.tests import factories as make
from pendamping.regions.tests import factories as places
from pendamping.training.errors import Seen, Window, read

pytestmark = pytest.mark.django_db
KEY = "asset.overdue_inspection"
DUE = date(2026, 11, 15)


def window(since: date, until: date) -> list[Seen]:
    return [one for one in read(Window(since, until, (places.city().path,))) if one.key == KEY]


def test_an_inspection_still_waited_for() -> None:
    asset = make.standing(places.ward())
    assert window(DUE - timedelta(days=5), DUE) == []
    [found] = window(DUE - timedelta(days=5), DUE + timedelta(days=1))
    assert (found.code, found.on, found.account_id) == (asset.code, DUE + timedelta(days=1), None)


def test_an_inspection_that_came_late_stays_an_error() -> None:
    asset = make.standing(places.ward())
    visits = [(date(2026, 6, 1), date(2026, 7, 1)), (date(2026, 7, 20), date(2027, 1, 20)),
              (date(2027, 1, 20), date(2027, 7, 20))]  # fmt: skip
    for came, due in visits:
        at = make.AT + timedelta(days=(came - make.AT.date()).days + 1)
        make.inspected(asset, inspected_on=came, next_inspection_on=due, at=at)
    assert [one.on for one in window(date(2026, 6, 1), date(2027, 6, 1))] == [date(2026, 7, 2)]
