"""Atom: a journey or a list to follow with any feed reader, without an account."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    """One entry of a feed (id: entri umpan)."""

    title: str
    href: str
    at: datetime | date
    author: str = ""
    words: str = ""


def atom(*, title: str, url: str, items: Sequence[Item]) -> HttpResponse:
    """The feed as an answer; its addresses are whole and its ids do not change."""
    site = settings.SITE_URL.rstrip("/")
    feed = Atom1Feed(
        title=title, link=site + url, description="", language=get_language() or "id", feed_url=f"{site}{url}atom.xml"
    )
    for item in items:
        at = item.at if isinstance(item.at, datetime) else datetime.combine(item.at, time(), UTC)
        feed.add_item(
            title=item.title,
            link=site + item.href,
            description=item.words or item.title,
            author_name=item.author or None,
            pubdate=at,
            updateddate=at,
            unique_id=_tag(site, url, item, at),
        )
    return HttpResponse(_written(feed, items), content_type="application/atom+xml; charset=utf-8")


def _written(feed: Atom1Feed, items: Sequence[Item]) -> str:
    if not items:  # an empty feed would be dated now, and never be the same twice
        feed.latest_post_date = lambda: EPOCH  # type: ignore[method-assign]
    return str(feed.writeString("utf-8"))


def _tag(site: str, url: str, item: Item, at: datetime) -> str:
    digest = hashlib.sha256(f"{url} {item.title} {at.isoformat()}".encode()).hexdigest()[:16]
    return f"tag:{urlsplit(site).hostname},{at:%Y-%m-%d}:{digest}"
