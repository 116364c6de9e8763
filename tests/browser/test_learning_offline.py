"""A module once opened can be read without a signal; signed out, nothing of it is left on the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.test import Client

from pendamping.access.models import Account
from pendamping.regions.tests import factories as places
from pendamping.training.models import Activity, AttemptAnswer, Enrolment
from pendamping.training.tests import factories as make
from tests.harness.browser import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
STORES = "async () => (await caches.keys()).filter((name) => name.startsWith('belajar-'))"
KEPT = """async () => { const found = []; for (const name of await caches.keys())
  for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname); return found; }"""


@pytest.fixture(autouse=True)
def _no_factor(settings: object) -> None:
    settings.MFA_REQUIRED = False  # type: ignore[attr-defined]


def test_an_opened_module_is_read_without_a_signal_and_gone_with_its_reader(page: Page, live: str) -> None:
    mine = _learner()
    _sign_in(page, live, mine.account)
    page.goto(f"{live}/belajar/{mine.code}/m1/")
    page.locator("[data-offline-said]:not([hidden])").wait_for()
    page.context.set_offline(True)
    page.reload()
    assert page.locator("h1").inner_text() == "Modul 1"
    assert page.evaluate("getComputedStyle(document.querySelector('.head')).display") != ""
    page.goto(f"{live}/belajar/{mine.code}/m1/baca/")  # never opened with a signal
    assert "Kalimat pertama." in page.locator(".reading").inner_text()
    assert page.evaluate("document.styleSheets.length") > 0
    page.goto(f"{live}/belajar/{mine.code}/m2/")  # not on the phone: what is, is listed
    page.locator("[data-offline-list] a").first.wait_for()
    assert "Modul 1" in page.locator("[data-offline-list]").inner_text()
    page.context.set_offline(False)
    page.goto(f"{live}/belajar/")
    page.locator("details.menu summary").click()
    page.locator("details.menu form button").click()
    page.wait_for_url(f"{live}/")
    until(page, f"async () => !(await ({STORES})()).length")
    page.context.set_offline(True)
    with pytest.raises(Exception, match=r"ERR_|interrupted|offline"):
        page.goto(f"{live}/belajar/{mine.code}/m1/")


def test_forms_and_quizzes_are_never_kept(page: Page, live: str) -> None:
    mine = _learner()
    make.questions()
    _sign_in(page, live, mine.account)
    page.goto(f"{live}/belajar/{mine.code}/m1/")
    page.locator("[data-offline-said]:not([hidden])").wait_for()
    page.goto(f"{live}/belajar/{mine.code}/m1/kuis/")
    page.locator("main form button").click()
    page.locator(".exam-question").first.wait_for()
    page.goto(f"{live}/belajar/{mine.code}/m1/tugas/")
    page.goto(f"{live}/belajar/latihan/")
    kept = [path for path in page.evaluate(KEPT) if not path.startswith("/static/")]
    assert sorted(set(kept)) == sorted(
        {f"/belajar/{mine.code}/m1/", f"/belajar/{mine.code}/m1/baca/", "/belajar/luring/"}
    )


def test_another_person_on_the_same_phone_finds_nothing_of_the_first(page: Page, live: str) -> None:
    mine, other = _learner(), make.enrolled(places.ward(2), "wati")
    _sign_in(page, live, mine.account)
    page.goto(f"{live}/belajar/{mine.code}/m1/")
    page.locator("[data-offline-said]:not([hidden])").wait_for()
    first = page.evaluate(STORES)
    _sign_in(page, live, other.account)
    page.goto(f"{live}/belajar/{other.code}/m1/")
    page.locator("[data-offline-said]:not([hidden])").wait_for()
    second = page.evaluate(STORES)
    assert (len(first), len(second), first != second) == (1, 1, True)
    page.context.clear_cookies()
    page.goto(f"{live}/belajar/")  # the session has ended: sent to the sign-in
    until(page, f"async () => !(await ({STORES})()).length")


def test_answers_survive_a_lost_signal(page: Page, live: str) -> None:
    mine = _learner()
    make.questions()
    _sign_in(page, live, mine.account)
    page.goto(f"{live}/belajar/{mine.code}/m1/kuis/")
    page.locator("main form button").click()
    page.locator(".exam-question").first.wait_for()
    page.context.set_offline(True)
    page.locator("#soal-2 input[type=radio]").nth(1).check()
    page.locator(".exam-bar.is-waiting").wait_for()
    page.context.set_offline(False)
    page.locator(".exam-bar:not(.is-waiting)").wait_for(timeout=30_000)
    kept = AttemptAnswer.objects.get(position=2)
    assert kept.choice == [kept.order[1]]


def _learner() -> Enrolment:
    mine = make.enrolled()
    assert Activity.objects.filter(module__version=mine.version, key="baca").exists()
    return mine


def _sign_in(page: Page, live: str, account: Account) -> None:
    page.set_default_timeout(60_000)
    client = Client()
    client.force_login(account)
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live}])
