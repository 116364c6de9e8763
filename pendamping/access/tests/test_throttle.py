"""Tries are counted exactly, also from many threads, and nothing kept tells who tried."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test import RequestFactory

from pendamping.access import throttle
from pendamping.access.models import Attempt
from pendamping.core.databases import sqlite

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_limit_is_reached_after_exactly_so_many_tries() -> None:
    answers = [throttle.allow("a", limit=3, seconds=60, at=NOON + timedelta(seconds=n)) for n in range(5)]
    assert answers == [None, None, None, 57, 56]


@pytest.mark.django_db
def test_a_new_window_begins_anew_and_other_keys_and_windows_are_apart() -> None:
    assert throttle.allow("a", limit=1, seconds=60, at=NOON) is None
    assert throttle.allow("a", limit=1, seconds=60, at=NOON) == 60
    assert throttle.allow("b", limit=1, seconds=60, at=NOON) is None
    assert throttle.allow("a", limit=1, seconds=30, at=NOON) is None
    assert throttle.allow("a", limit=1, seconds=60, at=NOON + timedelta(seconds=60)) is None


@pytest.mark.django_db
def test_forget_begins_anew() -> None:
    throttle.allow("a", limit=1, seconds=60, at=NOON)
    throttle.forget("a", seconds=60)
    assert throttle.allow("a", limit=1, seconds=60, at=NOON) is None


@pytest.mark.django_db
def test_no_key_is_kept_in_the_clear() -> None:
    throttle.allow("sign-in:address:203.0.113.9", limit=1, seconds=60, at=NOON)
    kept = Attempt.objects.get().key
    assert len(kept) == 64
    assert set(kept) <= set("0123456789abcdef")


@pytest.mark.django_db
def test_windows_that_have_passed_are_purged() -> None:
    throttle.allow("a", limit=1, seconds=60, at=NOON)
    throttle.allow("a", limit=1, seconds=3600, at=NOON)
    assert throttle.purge(NOON + timedelta(seconds=59)) == 0
    assert throttle.purge(NOON + timedelta(seconds=60)) == 1
    assert Attempt.objects.count() == 1


def together(tries: int, work: Callable[[], Any]) -> list[Any]:
    """Run `work` in so many threads that all start at once."""
    gate = threading.Barrier(tries)

    def one(_n: int) -> Any:
        gate.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(tries) as pool:
        return list(pool.map(one, range(tries)))


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A database that threads share: PostgreSQL as it is; instead of SQLite in memory the file that cities run on."""
    if connection.vendor != "sqlite":
        return
    monkeypatch.setitem(
        connections.settings, "default", {**connections.settings["default"], **sqlite(tmp_path / "d.db")}
    )

    def make_table() -> None:
        with connection.schema_editor() as editor:
            editor.create_model(Attempt)

    together(1, make_table)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("shared")
def test_sixty_four_at_once_get_exactly_the_limit() -> None:
    answers = together(64, lambda: throttle.allow("together", limit=10, seconds=3600, at=NOON))
    assert answers.count(None) == 10
    assert together(1, lambda: Attempt.objects.get().count) == [64]


@pytest.mark.parametrize(
    ("proxies", "seen", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "", "203.0.113.9"),
        (0, "203.0.113.9", "198.51.100.1", "203.0.113.9"),  # without a proxy of ours the header is only a claim
        (1, "10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # what is left of ours was written by the sender
        (2, "10.0.0.1", "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "10.0.0.1", "203.0.113.9", "10.0.0.1"),  # shorter than our proxies make it: somebody went round them
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:203.0.113.9", "", "203.0.113.9"),
        (1, "10.0.0.1", "nonsense", "unknown"),
    ],
)
def test_the_address_is_what_our_outermost_proxy_saw(
    settings: Any, proxies: int, seen: str, forwarded: str, expected: str
) -> None:
    settings.PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=seen)
    assert throttle.client_address(request) == expected
