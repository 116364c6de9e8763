"""Where is the data kept? An SQLite file in the data folder, or PostgreSQL named by DATABASE_URL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

WAIT_SECONDS = 20
PRAGMAS = {
    "journal_mode": "WAL",
    "cache_size": "-16000",
    "temp_store": "MEMORY",
    "journal_size_limit": "67108864",
}  # no mmap_size: a failing disk would end the process with SIGBUS instead of an error


def from_environment(data_dir: Path) -> dict[str, Any]:
    """Django's settings for the default database."""
    url = os.environ.get("DATABASE_URL", "")
    return postgresql(url) if url else sqlite(data_dir / "pendamping.sqlite3")


def sqlite(path: Path) -> dict[str, Any]:
    """A file whose commits survive a power cut and whose writers stand in line.

    FULL unless PENDAMPING_SQLITE_SYNCHRONOUS=normal: NORMAL is three times quicker and may lose the last
    acknowledged commits in a power cut.
    """
    level = "NORMAL" if os.environ.get("PENDAMPING_SQLITE_SYNCHRONOUS", "").lower() == "normal" else "FULL"
    pragmas = {**PRAGMAS, "synchronous": level, "foreign_keys": "ON"}
    return {
        "ENGINE": "pendamping.core.sqlitelock",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A deferred transaction that turns into a writer fails at once when another wrote meanwhile.
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT_SECONDS,
            "init_command": ";".join(f"PRAGMA {name}={value}" for name, value in pragmas.items()),
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """PostgreSQL by address: postgresql://name:password@host:port/database?sslmode=require or ?host=/socket/folder."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise SystemExit("DATABASE_URL must begin with postgresql:// (leave it out to use SQLite).")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(options.pop("port", "") or parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
