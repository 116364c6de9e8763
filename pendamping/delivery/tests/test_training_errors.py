"""Progress reports sent back, as training counts them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.delivery import services
from pendamping.delivery.tests import factories as make
from pendamping.regions.tests import factories as places
from pendamping.training.errors import Window, label_of, read

pytestmark = pytest.mark.django_db


def test_a_returned_report_counts_for_its_author() -> None:
    ward, on = places.ward(), day(make.AT)
    report = make.reported(make.project(ward))
    services.return_progress(report=report, by=personas.sekretaris(ward), at=make.AT, reason="Foto buram")
    make.verified(make.project(places.ward(2)))
    window = Window(on - timedelta(days=1), on + timedelta(days=9), (places.city().path,))
    [found] = read(window)
    assert (found.key, found.account_id, found.on, found.code) == (
        "progress.returned", report.reported_by_id, on, report.code,
    )  # fmt: skip
    assert read(Window(on + timedelta(days=1), on + timedelta(days=9), (places.city().path,))) == []


def test_a_refused_tranche_is_counted_by_nobody() -> None:
    assert label_of("progress.returned") is not None
    assert label_of("payment.refused.documents") is None
