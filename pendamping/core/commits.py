"""A commit that need not wait for the disk: for counts whose last moment may be lost in a power cut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

FULL = 2  # as SQLite answers


@contextmanager
def unhurried() -> Iterator[None]:
    """A transaction of its own that is whole and isolated like any other, but not synced to the disk by itself.

    The next act that is synced takes it along. Never for anything that somebody is told was kept; within another
    transaction it is simply a part of it.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
    elif connection.vendor == "sqlite":
        with _normal(), transaction.atomic():
            yield
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = off")
            yield


@contextmanager
def _normal() -> Iterator[None]:
    """SQLite's NORMAL instead of FULL for a moment; where the settings chose less than FULL there is nothing to do."""
    with connection.cursor() as cursor:
        is_full = cursor.execute("PRAGMA synchronous").fetchone()[0] == FULL
        if is_full:
            cursor.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        if is_full:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous = FULL")
