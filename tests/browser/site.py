"""The system as it runs for people: its own process, its own data folder, the demo city inside."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.halfway_selected import APPLICANT_KEY
from tests.harness.browser import DESK, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 400  # making the demo city takes some sixty of them on a quiet machine
NOBODY = ""
APPLICANT = "pelamar"  # applies without an account, by code and key
RANKED = "terperingkat"  # … and stands in a ranking that may be objected to
NEWCOMER = "kosong"  # facilitates a ward where nothing has happened yet
LONG_NAME = "Pertanggungjawabanpembangunanberkelanjutanmasyarakatkelurahan"  # sixty letters without a break
EMPTY_WARD = "3278011001"
TOUCH: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
WIDE: dict[str, Any] = {"viewport": DESK}


@dataclass
class Site:
    """A running installation; beside its data stands one signed-in state per person, for all workers."""

    url: str
    data: Path
    browser: Browser
    beside: dict[str, list[str]] = field(default_factory=dict)  # addresses that people are given, not led to

    def manage(self, *arguments: str, given: str = "") -> str:
        """Run a command of the installation beside its server, as its operator would."""
        command = [sys.executable, "-m", "pendamping", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=environment(self.data, self.url), input=given, capture_output=True, text=True,
            check=True, timeout=START_SECONDS,
        )  # fmt: skip
        return done.stdout

    def context(self, who: str = NOBODY, **options: Any) -> BrowserContext:
        """A browser of somebody: Indonesian, in the city's zone; a phone unless said otherwise."""
        options = {"locale": "id-ID", "timezone_id": "Asia/Jakarta", "base_url": self.url, **TOUCH, **options}
        if who:
            options["storage_state"] = self._state(who)
        made = self.browser.new_context(**options)
        made.set_default_timeout(15_000)
        return made

    def _state(self, who: str) -> Path:
        kept = self.data / f"signed-{who}.json"
        if not kept.exists():
            visitor = self.browser.new_context(base_url=self.url, locale="id-ID")
            sign_in = self._as_applicant if who in (APPLICANT, RANKED) else self._with_password
            sign_in(visitor.new_page(), who)
            half = kept.with_suffix(f".{os.getpid()}")
            visitor.storage_state(path=half)
            half.rename(kept)
            visitor.close()
        return kept

    def _with_password(self, page: Page, who: str) -> None:
        page.goto("/akun/masuk/?next=/kerja/")
        page.locator("input[name=login]").fill(who)
        page.locator("input[name=password]").fill(password())
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_url("**/kerja/")

    def _as_applicant(self, page: Page, who: str) -> None:
        """Back to their application with what the receipt says; the code stands first beside them."""
        page.goto("/seleksi/masuk/")
        page.locator("input[name=code]").fill(self.beside[who][0])
        page.locator("input[name=key]").fill(APPLICANT_KEY)
        page.locator("main form button").first.click()
        page.wait_for_url("**/seleksi/lamaran/")


def password() -> str:
    """What everybody in the demo signs in with."""
    from pendamping.demo.people import PASSWORD  # the tests' plugins are loaded before Django is ready

    return PASSWORD


def environment(data: Path, url: str) -> dict[str, str]:
    """A clean environment: only what this installation sets itself."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PENDAMPING", "DATABASE", "DJANGO"))
    }
    return {
        **kept, "PENDAMPING_DATA": str(data), "PENDAMPING_URL": url, "PORT": url.rpartition(":")[2],
        "PENDAMPING_DEMO": "1", "PENDAMPING_REQUIRE_MFA": "0", "PENDAMPING_GALLERY": "1",
    }  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(data: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start the server and wait until it says that it is ready."""
    url = f"http://localhost:{free_port()}"
    log = data / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "pendamping", "run"], cwd=ROOT, env=environment(data, url), stdout=out,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    until = time.monotonic() + START_SECONDS
    while "Pendamping is ready" not in log.read_text("utf-8"):
        if server.poll() is not None or time.monotonic() > until:
            stop(server)
            raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8')[-3000:]}")
        time.sleep(0.2)
    return server, url


def stop(server: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C would."""
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait(5)


def links(html: str) -> list[str]:
    """Addresses on a page that lead to a page of this site."""
    found = re.findall(r'(?:href|src)="(/[^"#]*)', html)
    return [link.replace("&amp;", "&") for link in dict.fromkeys(found) if not link.startswith(("/static/", "/en/"))]
