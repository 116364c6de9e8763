"""The site is started and walked once for all browser tests, whichever worker they run on; every test opens its own
context."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.crawl import Seen, walk_all
from tests.browser.look import Watch
from tests.browser.site import EMPTY_WARD, LONG_NAME, NEWCOMER, NOBODY, ROOT, Site, environment, password, start, stop
from tests.harness.browser import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Windows = Callable[[str], "tuple[Page, Watch]"]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One worker at a time; a worker that dies lets go."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """What all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "site"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def site(browser: Browser, site_folder: Path) -> Iterator[Site]:
    """A server of its own with the demo city, records standing half-way, and a ward where nothing has happened yet.

    The first worker that needs it starts it, and stops it when the last has let go of the file of users.
    """
    made, server = site_folder / "made.json", None
    with (site_folder / "users").open("w") as users:
        with alone(site_folder):
            fcntl.flock(users, fcntl.LOCK_SH)
            if not made.exists():
                data = Path(tempfile.mkdtemp(dir=site_folder))
                server, url = start(data)
                try:
                    beside = filled(Site(url, data, browser))
                    made.write_text(json.dumps({"url": url, "data": str(data), "beside": beside}))
                except BaseException:
                    stop(server)
                    raise
        try:
            told = json.loads(made.read_text())
            yield Site(told["url"], Path(told["data"]), browser, told["beside"])
        finally:
            if server is not None:
                fcntl.flock(users, fcntl.LOCK_EX)
                made.unlink()
                stop(server)


def filled(site: Site) -> dict[str, list[str]]:
    """Somebody new, and records half-way; the addresses that people are given, not led to."""
    role = ("--role", "ward_facilitator", "--region", EMPTY_WARD)
    site.manage("account", "add", NEWCOMER, "--name", LONG_NAME, *role, "--password-stdin", given=password() + "\n")
    halfway = [sys.executable, "-m", "tests.browser.halfway"]
    settings = {"DJANGO_SETTINGS_MODULE": "pendamping.config.settings"}
    left = subprocess.check_output(halfway, cwd=ROOT, env={**environment(site.data, site.url), **settings})
    beside: dict[str, list[str]] = json.loads(left)
    return beside


@pytest.fixture(scope="session")
def seen(site: Site) -> dict[str, list[Seen]]:
    """Every page that people come to by following links, by its name in the address map."""
    kept = site.data / "seen.json"
    with alone(site.data):
        if not kept.exists():
            walked = {name: [asdict(page) for page in pages] for name, pages in walk_all(site).items()}
            kept.write_text(json.dumps(walked))
    return {name: [Seen(**page) for page in pages] for name, pages in json.loads(kept.read_text()).items()}


@pytest.fixture(scope="session")
def windows(site: Site) -> Iterator[Windows]:
    """One window per person, used for all their pages: opening it costs as much as looking at a page.

    Handed out again, it keeps no draft and nothing unsent of the pages before.
    """
    opened: dict[str, tuple[Page, Watch]] = {}

    def window(who: str) -> tuple[Page, Watch]:
        if who not in opened:
            page = site.context(who, reduced_motion="reduce", service_workers="block").new_page()
            opened[who] = page, Watch(page)
        page, watch = opened[who]
        page.set_viewport_size(PHONE)
        # Leaving a page is when it keeps a draft; one of the same site is only shown once that is done.
        page.goto("/healthz")
        page.evaluate("localStorage.clear()")
        devtools = page.context.new_cdp_session(page)
        devtools.send("Storage.clearDataForOrigin", {"origin": site.url, "storageTypes": "indexeddb"})
        devtools.detach()
        if who == NOBODY:
            page.context.clear_cookies()
        watch.heard()
        return page, watch

    yield window
    for page, _watch in opened.values():
        page.context.close()
