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
from pendamping.deliberation.models import AgendaPoint, Invitation, Meeting, Presence, ScreenChoice
from pendamping.deliberation.rules.points import Planned
from pendamping.deliberation.services.register import Facts
from pendamping.deliberation.tests.factories import called, put
from pendamping.needs.tests.factories import picture
from pendamping.regions.tests import factories as places
from tests.harness.browser import DESK, PHONE, until

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = "caches.match('{path}', {{ ignoreVary: true }}).then(Boolean)"
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


def test_attendance_goes_on_without_a_signal(live: str, page: Any, meeting: Meeting) -> None:
    """Led and kept on the phone, then without a signal: ticked and typed there, sent in order, mended where refused."""
    person = personas.sari(meeting.region)
    by = {"by": person, "meeting": meeting}
    services.invite(**by, at=timezone.now(), capacities=["pkk"])
    one = Invitation.objects.get()
    services.add_presence(**by, at=timezone.now(), facts=Facts(sex="m", name="Neng Rekaan"))
    page.set_default_timeout(60_000)
    signed_in(page, live, person)
    register = f"/kerja/musyawarah/{meeting.code}/daftar-hadir/"
    page.goto(f"{live}/kerja/musyawarah/{meeting.code}/kendali/")
    until(page, KEPT.format(path=f"{register}undangan/"), 30)
    until(page, f"navigator.serviceWorker.getRegistration('{register}').then((one) => one?.active != null)", 30)
    page.wait_for_timeout(1000)

    page.context.set_offline(True)
    page.goto(f"{live}{register}undangan/")  # never opened with a signal
    page.click(f"[id='{one.uid}'] button[value=f]")
    page.locator(f"[id='{one.uid}']", has_text="Menunggu sinyal").wait_for()
    page.goto(f"{live}{register}")
    assert "Neng Rekaan" not in page.content()  # who is present stays off the phone
    page.check("[name=sex][value=f]")
    page.fill("[name=name]", "Neng Rekaan")
    page.evaluate("for (const _tap of [1, 2]) document.querySelector('form.form .form-end button').click()")
    page.locator("[data-waits-said]", has_text="Menunggu sinyal: 2").wait_for()
    page.locator("[data-people] li", has_text="Neng Rekaan").wait_for()
    assert page.input_value("[name=name]") == ""
    assert Presence.objects.count() == 1

    page.context.set_offline(False)
    until(page, "waiting.all().then((all) => all.length === 1 && Boolean(all[0].refused))", 30)
    assert Presence.objects.get(invitation=one).number == 2
    page.locator("[data-people] li", has_text="Nomor 1 di daftar hadir sudah memakai nama").wait_for()
    page.locator("[data-part=list]", has_text="2.").wait_for()
    page.get_by_role("button", name="Kembalikan ke formulir").click()
    assert page.input_value("[name=name]") == "Neng Rekaan" and page.is_checked("[name=sex][value=f]")
    page.fill("[name=name]", "Neng Rekaan dari gang buntu")
    page.click("form.form .form-end button")
    until(page, WAITING.format(n=0), 30)
    assert Presence.objects.count() == 3
    page.locator("[data-part=list]", has_text="Neng Rekaan dari gang buntu").wait_for()

    page.check("[name=sex][value=m]")
    page.fill("[name=name]", "Neng Rekaan")
    page.click("form.form .form-end button")
    page.locator("[data-people] li", has_text="Nomor 1 di daftar hadir").wait_for()
    page.click("details.menu summary")
    page.click("details.menu form button")
    page.locator("details.menu .confirm", has_text="akan hilang").get_by_role("button", name="Keluar").click()
    page.wait_for_url(f"{live}/")
    until(page, "indexedDB.databases().then((all) => all.every(({ name }) => name !== 'pendamping-kendali'))")
    until(page, "caches.keys().then((all) => all.every((name) => !name.startsWith('belajar-')))")
    assert Presence.objects.count() == 3


def test_an_answer_that_comes_late_takes_nobody_off_the_list(live: str, browser: Any, meeting: Meeting) -> None:
    page = browser.new_context(viewport=PHONE, locale="id-ID", service_workers="block").new_page()
    signed_in(page, live, personas.sari(meeting.region))
    late: list[Any] = []

    def hold(route: Any) -> None:
        if route.request.resource_type != "fetch" or route.request.method != "GET" or late:
            route.continue_()
        else:
            late.append((route, route.fetch()))

    page.goto(f"{live}/kerja/musyawarah/{meeting.code}/daftar-hadir/")
    page.route("**/daftar-hadir/", hold)
    for number, name in enumerate(("Neng Rekaan", "Ujang Rekaan"), start=1):
        page.check("[name=sex][value=f]")
        page.fill("[name=name]", name)
        page.click("form.form .form-end button")
        until(page, WAITING.format(n=0), 30)
        while Presence.objects.count() < number:
            page.wait_for_timeout(100)
    page.locator("[data-part=list]", has_text="Ujang Rekaan").wait_for()
    ((route, answer),) = late
    with page.expect_event("requestfinished"):
        route.fulfill(response=answer)
    page.wait_for_timeout(300)
    assert "Ujang Rekaan" in page.locator("[data-part=list]").inner_text()
    page.context.close()


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
