"""A resident on a cheap phone: what is typed is never lost, no script is needed, one answer from each phone."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.browser.site import EMPTY_WARD, LONG_NAME, Site
from tests.browser.test_road import code_in, fill, photo, the_form
from tests.harness.browser import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS = "Lampu di ujung gang mati, malam gelap sekali."
UNHEARD = "Lampu di ujung gang mati, dan sinyal pun tidak ada."


def test_a_draft_survives_a_closed_tab_and_goes_when_it_was_sent(site: Site) -> None:
    context = site.context()
    page = context.new_page()
    page.goto("/suara/")
    fill(the_form(page), ward=EMPTY_WARD, text=WORDS)
    page.locator(".draft-note", has_text=re.compile(r"\d\d[.:]\d\d")).wait_for()
    page.wait_for_function("words => Object.values(localStorage).some((kept) => kept.includes(words))", arg=WORDS)
    page.close()

    again = context.new_page()
    again.goto("/suara/")
    assert again.locator("[name=text]").input_value() == WORDS
    assert again.locator("[name=ward]").input_value() == EMPTY_WARD
    fill(the_form(again), category="road")
    _press(again)
    assert code_in(again).startswith("S")
    again.goto("/suara/")
    assert again.locator("[name=text]").input_value() == ""
    context.close()


def test_without_a_signal_a_voice_waits_on_the_phone_and_goes_when_there_is_one(site: Site) -> None:
    context = site.context()
    page = context.new_page()
    page.goto("/suara/")
    until(page, "async () => Boolean(await caches.match(location.pathname))")
    page.close()
    sender = context.new_page()
    sender.goto("/")
    context.set_offline(True)
    page = context.new_page()
    page.goto("/suara/")  # the form opens from the phone
    form = the_form(page)
    fill(form, category="road", text=UNHEARD, ward=EMPTY_WARD, photos=photo("lamp"))
    form.locator(".form-end button").first.tap()
    page.locator("#outbox li", has_text="menunggu").wait_for()
    assert page.locator("[name=text]").input_value() == ""
    page.close()

    # The phone's own worker may be sending just then: who comes second waits for the first, and then knows.
    sender.evaluate("() => { navigator.locks.request('pendamping-suara', () => new Promise((end) => { done = end })) }")
    context.set_offline(False)
    page = context.new_page()
    page.goto("/suara/")
    page.locator("#outbox li", has_text="menunggu").wait_for()
    sender.evaluate("() => done()")
    page.locator("#outbox a", has_text="Buka tanda terima").tap()
    page.locator("[data-thread]").wait_for(state="attached")  # the conversation, opened by the key of the receipt
    with closing(sqlite3.connect(site.data / "pendamping.sqlite3")) as kept:
        told = kept.execute("SELECT code FROM needs_voice WHERE text = ?", [UNHEARD]).fetchall()
    assert told == [(code_in(page),)]
    context.close()


def test_a_mistake_loses_no_word_and_is_named_at_its_field(site: Site) -> None:
    context = site.context()
    page = context.new_page()
    page.goto("/suara/")
    fill(the_form(page), text=WORDS, rt="3")
    _press(page)
    assert page.locator("[name=text]").input_value() == WORDS
    summary = page.locator(".errors")
    assert summary.evaluate("box => box === document.activeElement")
    for link in summary.get_by_role("link").all():
        assert page.locator(str(link.get_attribute("href"))).count() == 1
    assert page.locator("[name=rw]").get_attribute("aria-invalid") == "true"
    context.close()


def test_without_scripts_a_voice_is_given_and_followed(site: Site) -> None:
    context = site.context(java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Sampaikan suara").first.click()
    fill(page.locator("form.form"), text=f"{WORDS} {LONG_NAME}", category="other", other_words="Lampu", ward=EMPTY_WARD)
    fill(page.locator("form.form"), photos=photo("lamp"))
    page.get_by_role("button", name="Kirim suara").click()
    code = code_in(page)
    page.get_by_role("link", name="Ikuti suara").click()
    assert page.url.endswith(f"/jejak/{code}/")
    assert context.cookies() == []
    context.close()


def test_without_scripts_an_official_signs_in_and_finds_the_work(site: Site) -> None:
    context = site.context("sari", java_script_enabled=False)
    page = context.new_page()
    page.goto("/kerja/")
    page.locator(".row-title a").first.click()
    assert "/kerja/" in page.url and page.locator("h1").count() == 1
    page.locator("summary", has_text="Sari Contoh").click()
    assert page.get_by_role("button", name="Keluar").is_visible()
    context.close()


def test_the_same_press_twice_sends_one_voice(site: Site) -> None:
    context = site.context()
    page = context.new_page()
    posts: list[str] = []
    page.on(
        "request",
        lambda asked: posts.append(asked.url) if asked.method == "POST" and asked.is_navigation_request() else None,
    )
    page.goto("/suara/")
    fill(the_form(page), category="road", text=WORDS, ward=EMPTY_WARD)
    with page.expect_navigation():
        page.evaluate("() => { const b = document.querySelector('.form-end button'); b.click(); b.click(); }")
    assert len(posts) == 1
    context.close()


def _press(page: Page) -> None:
    with page.expect_navigation():
        the_form(page).locator(".form-end button").first.tap()
