"""A real browser on a real server, for the few journeys that need one."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Every window would load two pages for the suggestions of its address bar, each as dear as one of ours. A browser hears
# only the last list, so it names again what Playwright switches off.
UNWANTED = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "PreloadTopChromeWebUI", "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch",
)  # fmt: skip
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    f"--disable-features={','.join(UNWANTED)}",
)  # fmt: skip
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def until(page: Page, script: str, seconds: float = 15) -> None:
    """Wait until the page answers yes, also where it has to wait itself: Playwright takes a promise for a yes."""
    end = time.monotonic() + seconds
    while not page.evaluate(script):
        assert time.monotonic() < end, f"still not so: {script}"
        page.wait_for_timeout(100)


def executable() -> str | None:
    """The Chromium to drive: the variable CHROMIUM, or the first one found on the path."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Whoever asks for the browser is marked `browser`."""
    if {"browser", "page"} & set(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.browser)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser comes last: of two workers, who began with the second half makes the demo city and walks it while the
    other still has tests that need neither."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if "no Chromium" in str(r.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"!!! {len(skipped)} browser journeys did NOT run: no Chromium found. "
            "Install it (apt-get install chromium) or name it in CHROMIUM.",
            red=True,
            bold=True,
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window; skips without one, except in CI, where its absence is a failure."""
    path = executable()
    if path is None:
        message = "no Chromium found: install it or name it in CHROMIUM"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, which makes Django think that our queries are asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, headless=True, args=list(ARGUMENTS))
        yield launched
        launched.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def live(live_server: Any, settings: Any) -> str:
    """The address of the real WSGI application, static files included, under the name `localhost`."""
    url = str(live_server.url).replace("127.0.0.1", "localhost")
    settings.SITE_URL = url
    settings.CSRF_TRUSTED_ORIGINS = [url]
    return url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh phone-sized tab that speaks Indonesian; an error in the browser's console fails the test."""
    context = browser.new_context(viewport=PHONE, locale="id-ID", timezone_id="Asia/Jakarta")
    context.set_default_timeout(10_000)
    tab = context.new_page()
    problems: list[str] = []
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("console", lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None)
    yield tab
    context.close()
    assert problems == []
