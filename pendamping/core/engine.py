"""Which SQLite does this process use? One without the WAL-reset bug, or none."""

from __future__ import annotations

import os
import sqlite3
import sys
from typing import Any

# https://sqlite.org/wal.html: a checkpoint and a writer that resets the log could meet and corrupt the file.
FIRST_AFFECTED = (3, 7, 0)
FIXED_IN = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def is_affected(version: tuple[int, ...]) -> bool:
    """Does this SQLite have the WAL-reset race (3.7.0 to 3.51.2, mended also in 3.50.7 and 3.44.6)?"""
    if version < FIRST_AFFECTED or version >= FIXED_IN[0]:
        return False
    return not any(version[:2] == fixed[:2] and version >= fixed for fixed in FIXED_IN[1:])


def use_safe_sqlite() -> None:
    """Put pysqlite3 in the place of an affected sqlite3. Call it before Django imports its SQLite backend.

    Raises SystemExit with what to do when no sound SQLite is at hand and the data is to be kept in one.
    """
    if not is_affected(sys.modules["sqlite3"].sqlite_version_info):
        return
    other = _pysqlite3()
    if other is not None and not is_affected(other.sqlite_version_info):
        if "django.db.backends.sqlite3.base" in sys.modules:
            raise RuntimeError("use_safe_sqlite() must run before Django's SQLite backend is imported")
        sys.modules["sqlite3"] = other
        sys.modules["sqlite3.dbapi2"] = other.dbapi2
    elif not os.environ.get("DATABASE_URL"):
        raise SystemExit(refusal(sqlite3.sqlite_version))


def refusal(version: str) -> str:
    """What a person reads when the start is refused."""
    return (
        f"Not started: SQLite {version} can corrupt its file (the WAL-reset bug; mended in 3.51.3, 3.50.7, 3.44.6).\n"
        "Install the one that comes with the requirements (make setup; or: pip install 'pysqlite3>=0.6.1'),\n"
        "or keep the data in PostgreSQL (set DATABASE_URL)."
    )


def _pysqlite3() -> Any:
    try:
        import pysqlite3
    except ImportError:
        return None
    return pysqlite3
