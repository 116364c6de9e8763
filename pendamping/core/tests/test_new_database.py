"""An empty database made from the models is the one that the migrations end in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from pendamping.core.prepare import pending_migrations

# Django's own link table: its migrations count its rows in bigint, its models in integer. Nothing of ours uses it.
DJANGOS = ["auth_group_permissions", "id"]

Made = Callable[[str], dict[str, Any]]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """What a new database holds that was made by one road."""
    names: list[str] = []

    def make(road: str) -> dict[str, Any]:
        data = tmp_path / road
        data.mkdir()
        extra = {"PENDAMPING_DATA": str(data)}
        if connection.vendor == "postgresql":
            names.append(f"made_{uuid.uuid4().hex}")
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {names[-1]}")
            extra["DATABASE_URL"] = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{names[-1]}"))
        done = subprocess.run(
            [sys.executable, "-m", "tests.harness.made", road],
            env={**os.environ, **extra}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    yield make
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP DATABASE {name}")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_new_database_is_what_the_migrations_end_in(made: Made) -> None:
    new, replayed = made("command"), made("history")
    assert new.keys() == replayed.keys()
    for part in new:
        lacking = [one for one in replayed[part] if one not in new[part] and one[:2] != DJANGOS]
        beyond = [one for one in new[part] if one not in replayed[part] and one[:2] != DJANGOS]
        assert (part, lacking, beyond) == (part, [], [])
    assert len(new["migrations"]) > 50
    assert "core_journalentry_no_" in json.dumps(new)


@pytest.mark.django_db
def test_nothing_waits_after_it() -> None:
    assert pending_migrations() == []
    call_command("migrate", interactive=False, verbosity=0)  # nothing is made twice
    assert MigrationExecutor(connection).loader.applied_migrations
