"""A meeting is led from a phone whose signal goes and comes back, while a screen follows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone

from pendamping.access.tests import personas
from pendamping.core.images import store
from pendamping.core.moments import day
from pendamping.deliberation import services
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.models import AgendaPoint, Meeting, ScreenChoice
from pendamping.deliberation.rules.points import Planned
from pendamping.deliberation.tests.factories import called, put
from pendamping.needs.tests.factories import picture
from pendamping.regions.tests import factories as places
from tests.harness.browser import DESK, until

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "waiting.all().then((all) => all.length === {n})"


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def meeting() -> Meeting:
    """Called for today, with points and two proposals, one with a photo."""
    now = timezone.now()
    made = called(places.ward(), held_on=day(now), fiscal_year=day(now).year, title="Musyawarah hari ini")
    for number in (1, 2):
        item = put(made, title=f"Perbaikan gang nomor {number}", fiscal_year=day(now).year)
        item.proposal.photos.add(store.publish(store.keep(picture(), region_path=made.region_path, at=now), at=now))
    planned = [Planned("Pembukaan", 10), Planned("Pembahasan usulan", 60)]
    services.set_points(by=personas.sari(made.region), at=now, meeting=made, planned=planned)
    return made


def signed_in(page: Any, live: str, person: Any) -> None:
    client = Client()
    client.force_login(person)
    name = configured.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live}])


def test_a_phone_without_signal_goes_on_leading(live: str, page: Any, meeting: Meeting) -> None:
    person = personas.sari(meeting.region)
    signed_in(page, live, person)
    hall = page.context.browser.new_context(viewport=DESK, locale="id-ID").new_page()
    hall.goto(f"{live}/musyawarah/{meeting.code}/layar/")
    page.goto(f"{live}/kerja/musyawarah/{meeting.code}/kendali/")
    page.click("#show-agenda")
    until(hall, "document.querySelector('.hall-points') !== null")
    begun = timezone.now()

    page.context.set_offline(True)
    page.click("#show-pause")
    page.click("#point-1")
    until(page, WAITING.format(n=2))
    page.locator("[data-waits-said]", has_text="2 pilihan menunggu sinyal").wait_for()
    page.locator("[data-lost-said]", has_text="Tidak tersambung sejak").wait_for()
    assert page.get_attribute("#show-pause", "aria-pressed") == "true"
    assert ScreenChoice.objects.count() == 1

    page.context.set_offline(False)
    until(page, WAITING.format(n=0), 30)
    until(hall, "document.body.innerText.includes('Sebentar lagi')")
    choice = ScreenChoice.objects.latest("chosen_at")
    point = AgendaPoint.objects.get(meeting=meeting, position=1)
    assert choice.view == ScreenView.PAUSE and choice.claimed_at is not None
    assert point.begun_at is not None and begun - timedelta(seconds=2) <= point.begun_at < timezone.now()
    until(page, "document.querySelector('[data-lost-said]').hidden")
    page.locator("#point-1", has_text="Akhiri").wait_for()
    hall.context.close()


def test_the_screen_says_that_it_lost_its_connection(live: str, page: Any, meeting: Meeting) -> None:
    page.set_viewport_size(DESK)
    item = meeting.items.select_related("proposal").first()
    services.show_on_screen(
        by=personas.sari(meeting.region), at=timezone.now(), meeting=meeting, view=ScreenView.PROPOSAL, item=item
    )
    page.goto(f"{live}/musyawarah/{meeting.code}/layar/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.set_offline(True)
    page.locator("[data-lost-said]", has_text="Tidak tersambung sejak").wait_for(timeout=30_000)
    assert page.locator("h1", has_text="Perbaikan gang nomor 1").is_visible()
