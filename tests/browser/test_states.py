"""Pages in their less happy states: mistakes in a form, words without an end, a system with nothing in it yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.look import Watch, axe, too_wide
from tests.browser.site import EMPTY_WARD, LONG_NAME, NEWCOMER, TOUCH, Site
from tests.browser.test_road import fill, the_form

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Windows
    from tests.browser.crawl import Seen

# What must be filled in, and is emptied before sending: such a form cannot succeed.
NEEDED = "main form.form[method=post] :is(input, textarea)[required]:not([type=radio], [type=checkbox], [type=file])"
EMPTIED = """(fields) => fields.forEach((field) => {
  field.value = "";
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
})"""
PARTS = 10  # so that the workers share them


@pytest.mark.parametrize("part", range(PARTS))
def test_every_form_sent_empty_says_what_is_missing(part: int, windows: Windows, seen: dict[str, list[Seen]]) -> None:
    found: list[str] = []
    tried = 0
    asking = [page for name, page in sorted(_asking(seen).items()) if name not in ("gallery", "account_login")]
    for one in asking[part::PARTS]:
        page, _watch = windows(one.who)
        page.goto(one.address)
        if page.locator(NEEDED).count():
            tried += 1
            found += [f"{one.address} {problem}" for problem in _sent_empty(page)]
    assert not found, "\n".join(found)
    assert tried


def test_a_window_keeps_no_draft_of_the_page_before(windows: Windows) -> None:
    page, _watch = windows(NEWCOMER)
    page.goto("/kerja/")
    page.evaluate("() => { addEventListener('pagehide', () => localStorage.setItem('draft:x', '1')); }")
    page, _watch = windows(NEWCOMER)
    page.goto("/kerja/")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []


def _asking(seen: dict[str, list[Seen]]) -> dict[str, Seen]:
    """A page of each name that has something to fill in."""
    return {name: page for name, pages in seen.items() for page in reversed(pages) if page.asks}


def _sent_empty(page: Page) -> list[str]:
    page.locator(NEEDED).evaluate_all(EMPTIED)
    form = page.locator(
        "main form.form[method=post]", has=page.locator(NEEDED.removeprefix("main form.form[method=post] "))
    )
    button = form.first.locator(".form-end button").first
    if button.get_attribute("data-confirm"):
        button.tap()
        button = form.first.locator(".confirm button").first
    try:
        with page.expect_navigation():
            button.tap()
    except PlaywrightTimeout:
        return ["sent empty, nothing happens"]
    if not page.locator(".errors, [aria-invalid=true]").count():
        return ["sent empty, it says nothing"]
    return [*axe(page, colours=False), *too_wide(page)]


def test_a_word_without_an_end_breaks_no_page(site: Site) -> None:
    """Sixty letters and more in a voice, and in the name of the person who reads it (see `site`)."""
    visitor = site.context()
    page = visitor.new_page()
    page.goto(f"/suara/?w={EMPTY_WARD}")
    page.locator("[name=text]").fill(f"{LONG_NAME} rusak")
    fill(the_form(page), category="road")
    page.locator("[name=place_words]").fill(LONG_NAME)
    with page.expect_navigation():
        page.locator(".form-end button").first.tap()
    found = too_wide(page)
    visitor.close()
    reader = site.context(NEWCOMER)
    page = reader.new_page()
    page.goto("/kerja/suara/")
    found += too_wide(page)
    with page.expect_navigation():
        page.get_by_role("link", name=LONG_NAME).first.tap()
    found += too_wide(page)
    page.goto("/kerja/")
    found += too_wide(page)
    reader.close()
    assert not found, "\n".join(found)


def test_what_is_swapped_in_is_what_a_full_page_would_show(site: Site, seen: dict[str, list[Seen]]) -> None:
    place = seen["planning:prepare"][0]
    context = site.context(place.who)
    page = context.new_page()
    watch = Watch(page)
    page.goto(place.address)
    budget = page.locator("#id_budget")
    budget.fill("999.000.000")
    with page.expect_response(re.compile(r"budget=")):
        budget.blur()
    page.locator("#room .notice").wait_for()
    swapped = page.locator("#room").inner_text()
    page.goto(f"{place.address}?budget=999.000.000")
    assert page.locator("#room").inner_text() == swapped
    assert watch.heard() == []
    context.close()


@pytest.mark.django_db(transaction=True)
def test_an_empty_installation_says_what_will_appear(browser: Browser, live: str) -> None:
    context = browser.new_context(**TOUCH, base_url=live, locale="id-ID")
    page = context.new_page()
    watch = Watch(page)
    found: list[str] = []
    for address in ("/", "/wilayah/", "/suara/", "/cari/?q=gang", "/tentang/", "/periksa/"):
        answer = page.goto(address)
        assert answer is not None and answer.ok, address
        found += [f"{address} {problem}" for problem in [*axe(page), *too_wide(page), *watch.heard()]]
        assert page.locator("h1").count() == 1
    context.close()
    assert not found, "\n".join(found)
