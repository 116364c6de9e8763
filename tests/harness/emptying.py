"""Each process its own database; tests that really commit empty all tables afterwards, journal included, only here."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import TransactionTestCase


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """On PostgreSQL each worker gets a database of its own; on SQLite each has its own memory already."""
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        from pytest_django.fixtures import _set_suffix_to_test_databases

        worker = getattr(request.config, "workerinput", {}).get("workerid")
        if worker:
            _set_suffix_to_test_databases(suffix=worker)


def pytest_configure() -> None:
    """Take the journal's triggers off while a test's tables are emptied."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        from django.db import connection

        from pendamping.core import triggers

        with connection.cursor() as cursor:
            triggers.remove(cursor, connection.vendor)
        try:
            empty(self)
        finally:
            with connection.cursor() as cursor:
                triggers.add(cursor, connection.vendor)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
