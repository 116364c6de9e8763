"""Several people at the same moment, in threads that meet in one real database."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from pendamping.core.errors import Refused


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Called once the data is there: from then on threads meet in one real database, as on a server."""
    known = connections.settings["default"]["NAME"]

    def share() -> None:
        if connection.vendor == "sqlite":  # the suite's own lives in memory, where nobody queues
            path = tmp_path / "shared.sqlite3"
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(path)])
            with closing(sqlite3.connect(path)) as fresh:  # two threads that first turned it to WAL would collide
                fresh.execute("PRAGMA journal_mode = WAL")
            connections.settings["default"]["NAME"] = str(path)

    yield share
    connections.settings["default"]["NAME"] = known


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each work gave, or the code it was refused with; all begin together."""
    found: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            found[place] = work()
        except Refused as refusal:
            found[place] = refusal.code
        except BaseException as problem:
            found[place] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
