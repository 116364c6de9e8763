"""What no database can change is asked once: on PostgreSQL only tests that touch the database run, without those marked
`once`, which read much and ask nothing of the database itself."""

from __future__ import annotations

import os

import pytest

DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}


def touches_database(item: pytest.Item) -> bool:
    """Is the test marked `django_db`, one of Django's own cases, or does it or a fixture of it ask for a database?"""
    from django.test import TransactionTestCase

    is_case = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    asked = DATABASE & set(getattr(item, "fixturenames", ()))
    return is_case or bool(asked) or item.get_closest_marker("django_db") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("PENDAMPING_TEST_DB", "sqlite") != "postgres":
        return
    asked = [item for item in items if touches_database(item) and not item.get_closest_marker("once")]
    idle = set(items) - set(asked)
    if idle:
        items[:] = asked
        config.hook.pytest_deselected(items=list(idle))
