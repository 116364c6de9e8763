"""A reader with a phone reads a result and computes it again; the page answers the same, or not the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.urls import reverse

from pendamping.deliberation.models import Result
from pendamping.deliberation.tests.result_factories import worked_out
from pendamping.regions.tests import factories as places
from tests.browser.look import axe, small_targets, too_wide
from tests.harness.browser import DESK, PHONE, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_reader_computes_the_result_again(live: str, page: Page, settings: Any) -> None:
    page.set_default_timeout(60_000)  # the first page compiles everything
    result = worked_out(places.ward())
    address = live + reverse("deliberation:public_result", args=[result.meeting.code, result.number])
    for size, before in ((PHONE, ""), (DESK, "/en")):
        page.set_viewport_size(size)
        page.goto(address.replace(live, live + before))
        assert [*axe(page), *too_wide(page), *small_targets(page)] == []
    page.goto(address)
    section = page.locator("[data-recompute]")
    section.get_by_role("button").click()
    until(page, "document.querySelector('[data-recompute]').dataset.verdict", 60)
    assert section.get_attribute("data-verdict") == "same"
    assert "Sama: 2 usulan" in section.locator("output").inner_text()
    with transaction.atomic():  # somebody with the database in hand takes a rupiah
        Result.objects.update(decision=result.decision.replace('"left_over":30000000', '"left_over":29999999'))
    page.goto(f"{address}?2")
    page.route("**/hasil.json", lambda route: route.continue_(headers={"Cache-Control": "no-cache"}))
    section.get_by_role("button").click()
    until(page, "document.querySelector('[data-recompute]').dataset.verdict", 60)
    assert section.get_attribute("data-verdict") == "differs"
    assert "left_over" in section.locator("output").inner_text()
