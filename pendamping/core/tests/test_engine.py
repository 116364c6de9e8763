"""Which SQLite is sound, where the data is kept, who may read the secrets."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pendamping.core import engine
from pendamping.core.databases import from_environment
from pendamping.core.secrets import secret, secret_path


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_the_wal_reset_bug_is_known_by_version(version: tuple[int, ...], affected: bool) -> None:
    assert engine.is_affected(version) is affected


def test_django_uses_a_sound_sqlite() -> None:
    from django.db.backends.sqlite3.base import Database

    assert not engine.is_affected(Database.sqlite_version_info)


def start(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A new Python whose own SQLite pretends to be 3.40.1."""
    pretend = "import sqlite3, sys; sqlite3.sqlite_version = '3.40.1'; sqlite3.sqlite_version_info = (3, 40, 1);"
    return subprocess.run(
        [sys.executable, "-c", f"{pretend}from pendamping.core import engine;{code}"],
        env={**os.environ, "DATABASE_URL": "", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_an_affected_sqlite_is_replaced() -> None:
    found = start("engine.use_safe_sqlite(); import sqlite3; from sqlite3 import dbapi2; print(dbapi2.__name__)")
    assert (found.returncode, found.stdout) == (0, "pysqlite3.dbapi2\n")


def test_the_start_is_refused_when_no_sound_sqlite_is_at_hand() -> None:
    found = start("sys.modules['pysqlite3'] = None; engine.use_safe_sqlite(); print('started')")
    assert found.returncode == 1
    assert found.stderr == engine.refusal("3.40.1") + "\n"


def test_postgresql_needs_no_sqlite() -> None:
    found = start(
        "sys.modules['pysqlite3'] = None; engine.use_safe_sqlite(); print('started')",
        DATABASE_URL="postgresql://localhost/pendamping",
    )
    assert found.stdout == "started\n"


def test_a_late_replacement_is_an_error_not_a_surprise() -> None:
    found = start("import django.db.backends.sqlite3.base; engine.use_safe_sqlite()")
    assert "must run before" in found.stderr


def test_without_a_variable_the_data_is_a_durable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("PENDAMPING_SQLITE_SYNCHRONOUS", raising=False)
    database = from_environment(tmp_path)
    assert database["NAME"] == tmp_path / "pendamping.sqlite3"
    assert "PRAGMA synchronous=FULL" in database["OPTIONS"]["init_command"]
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("asked", "level"), [("normal", "NORMAL"), ("NORMAL", "NORMAL"), ("off", "FULL"), ("", "FULL")]
)
def test_less_durability_only_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, level: str
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PENDAMPING_SQLITE_SYNCHRONOUS", asked)
    assert f"PRAGMA synchronous={level};" in from_environment(tmp_path)["OPTIONS"]["init_command"] + ";"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://sari:p%40ss@db.example:6432/kota?sslmode=require",
            {"NAME": "kota", "USER": "sari", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "6432"},
        ),
        ("postgres://db/kota", {"NAME": "kota", "USER": "", "PASSWORD": "", "HOST": "db", "PORT": ""}),
        (
            "postgresql://postgres:@/postgres?host=/tmp/socket",
            {"NAME": "postgres", "USER": "postgres", "PASSWORD": "", "HOST": "/tmp/socket", "PORT": ""},
        ),
    ],
)
def test_postgresql_by_one_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, expected: dict[str, str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    database = from_environment(tmp_path)
    assert {name: database[name] for name in expected} == expected
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["OPTIONS"] == ({"sslmode": "require"} if "sslmode" in url else {})


def test_another_scheme_is_refused_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://localhost/kota")
    with pytest.raises(SystemExit, match="must begin with postgresql://"):
        from_environment(tmp_path)


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first = secret("PENDAMPING_TEST_SECRET", tmp_path)
    path = secret_path("PENDAMPING_TEST_SECRET", tmp_path)
    assert len(first) >= 48
    assert secret("PENDAMPING_TEST_SECRET", tmp_path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["pendamping_test_secret"]


def test_a_secret_given_by_the_environment_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENDAMPING_TEST_SECRET", "given")
    assert secret("PENDAMPING_TEST_SECRET", tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_an_emptied_secret_is_not_silently_replaced(tmp_path: Path) -> None:
    path = secret_path("PENDAMPING_TEST_SECRET", tmp_path)
    path.parent.mkdir()
    path.touch()
    with pytest.raises(SystemExit, match="restore it from your backup"):
        secret("PENDAMPING_TEST_SECRET", tmp_path)


def test_the_module_of_this_process_is_the_one_django_got() -> None:
    assert sys.modules["sqlite3"].sqlite_version_info >= (3, 44, 6)
    assert engine.is_affected(sqlite3.sqlite_version_info) is False
