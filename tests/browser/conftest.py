"""The site is started once for all browser tests and walked once; every test opens its own context."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.crawl import Seen, walk_all
from tests.browser.site import EMPTY_WARD, LONG_NAME, NEWCOMER, ROOT, Site, environment, password, start, stop

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own with the demo city, records standing half-way, and a ward where nothing has happened yet."""
    data = tmp_path_factory.mktemp("site")
    server, url = start(data)
    try:
        made = Site(url, data, browser)
        role = ("--role", "ward_facilitator", "--region", EMPTY_WARD)
        made.manage("account", "add", NEWCOMER, "--name", LONG_NAME, *role, "--password-stdin", given=password() + "\n")
        halfway = [sys.executable, "-m", "tests.browser.halfway"]
        settings = {"DJANGO_SETTINGS_MODULE": "pendamping.config.settings"}
        left = subprocess.check_output(halfway, cwd=ROOT, env={**environment(data, url), **settings})
        made.beside.update(json.loads(left))
        yield made
    finally:
        stop(server)


@pytest.fixture(scope="session")
def seen(site: Site) -> dict[str, list[Seen]]:
    """Every page that people come to by following links, by its name in the address map."""
    return walk_all(site)
