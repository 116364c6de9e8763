"""What a page costs on a slow network: few requests, few bytes, almost nothing the second time; no cookie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.site import NOBODY, Site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.browser.crawl import Seen

FIRST_BYTES, FIRST_REQUESTS, AGAIN_BYTES = 60_000, 8, 15_000
PUBLIC = (
    "portal:home", "portal:wards", "portal:ward", "portal:journey", "portal:search", "portal:records", "portal:about",
    "needs:give", "needs:receipt", "benefits:confirm", "benefits:thanks", "assets:public", "assets:report_fault",
    "document_check", "document_search", "account_login",
)  # fmt: skip


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_is_light(name: str, site: Site, seen: dict[str, list[Seen]]) -> None:
    address = max((page for page in seen[name] if page.who == NOBODY), key=lambda page: page.size).address
    context = site.context()
    first, requests = _visit(context, address)
    again, _requests = _visit(context, address)
    context.close()
    assert first <= FIRST_BYTES and requests <= FIRST_REQUESTS, f"{address}: {first} bytes in {requests} requests"
    assert again <= AGAIN_BYTES, f"{address}: {again} bytes when seen again"


def _visit(context: BrowserContext, address: str) -> tuple[int, int]:
    """Bytes that came over the wire, headers included, and how many requests; the cache answers without any."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    came: list[float] = []
    asked: set[str] = set()
    session.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    session.on("Network.requestWillBeSent", lambda event: asked.add(event["requestId"]))
    page.goto(address, wait_until="networkidle")
    page.close()
    return int(sum(came)), len(asked)
