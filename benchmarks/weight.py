"""What does a resident's phone download? Every request of the first view and of a second one, in a real browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from benchmarks.figures import Table
from benchmarks.options import Options
from benchmarks.site import Site, fresh
from tests.harness.browser import ARGUMENTS, PHONE, executable

QUESTION = "weight: bytes and requests of a page"
FIRST, REQUESTS, REPEAT = 60, 8, 15  # kB, requests, kB
SCROLLS = 12
PAGES = (
    ("home", "/"), ("ward", "/wilayah/{ward}/"), ("give a voice", "/suara/?w={ward}"),
    ("journey of an asset", "/jejak/{asset}/"),
)  # fmt: skip


@dataclass
class View:
    """What one view of a page cost over the wire, headers included."""

    requests: int = 0
    size: float = 0.0
    kinds: dict[str, float] = field(default_factory=dict)


def run(options: Options) -> list[Table]:
    """Four pages of the demo city on a phone, each in a browser that has seen nothing, then again."""
    columns = ["page", "first kB", "requests", "of it photos kB", "scrolled kB", "second kB", "second requests"]
    table = Table("Page weight, compressed, as Chromium counts it", columns)
    path = executable()
    if path is None:
        table.notes.append("Not measured: no Chromium found (name it in CHROMIUM).")
        return [table]
    from playwright.sync_api import sync_playwright

    with fresh() as site:
        found = site.child("benchmarks.demo")
        with site.running(), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, headless=True, args=list(ARGUMENTS))
            for name, address in PAGES:
                _page(table, browser, site, name, address.format(**found))
            browser.close()
    return [table]


def _page(table: Table, browser: Any, site: Site, name: str, address: str) -> None:
    context = browser.new_context(viewport=PHONE, locale="id-ID")
    tab = context.new_page()
    first, end_first = _watched(context, tab)
    tab.goto(site.url + address, wait_until="networkidle")
    shown, count, photos = first.size, first.requests, first.kinds.get("Image", 0.0)
    tab.mouse.move(PHONE["width"] / 2, PHONE["height"] / 2)
    for _ in range(SCROLLS):  # photos further down come when they are near
        tab.mouse.wheel(0, PHONE["height"])
        tab.wait_for_timeout(100)
    tab.wait_for_load_state("networkidle")
    end_first()
    second, end_second = _watched(context, tab)
    tab.reload(wait_until="networkidle")  # asks whether the page changed, as a visit a minute later does
    end_second()
    context.close()
    table.add(name, shown, count, photos, first.size, second.size, second.requests)
    table.budget(shown <= FIRST and count <= REQUESTS, f"{name}: {shown:.1f} kB in {count} requests (budget 60, 8)")
    table.budget(second.size <= REPEAT, f"{name} again: {second.size:.1f} kB (budget {REPEAT})")


def _watched(context: Any, tab: Any) -> tuple[View, Any]:
    """Count what crosses the wire; what comes from the browser's own cache counts nothing."""
    view, kinds = View(), {}
    devtools = context.new_cdp_session(tab)
    devtools.send("Network.enable")

    def answered(event: Any) -> None:
        kinds[event["requestId"]] = event["type"]

    def finished(event: Any) -> None:
        size = event["encodedDataLength"] / 1000
        if size:
            kind = kinds.get(event["requestId"], "")
            view.requests, view.size = view.requests + 1, view.size + size
            view.kinds[kind] = view.kinds.get(kind, 0.0) + size

    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.loadingFinished", finished)
    return view, devtools.detach
