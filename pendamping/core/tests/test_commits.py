"""Counting quickly must not make anything else less safe."""

from __future__ import annotations

import pytest
from django.db import connection

from pendamping.core.commits import unhurried
from pendamping.core.models import Counter

pytestmark = pytest.mark.django_db(transaction=True)

FULL = {"sqlite": ("PRAGMA synchronous", 2), "postgresql": ("SHOW synchronous_commit", "on")}


@pytest.fixture(autouse=True)
def full_safety(transactional_db: None) -> None:
    """The suite's own PostgreSQL runs without it; a site does not."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")


def level() -> object:
    with connection.cursor() as cursor:
        cursor.execute(FULL[connection.vendor][0])
        return cursor.fetchone()[0]


def write() -> None:
    Counter.objects.create(measure="test", region_path="1", period=202601, value=1)


def test_what_is_counted_is_kept_and_the_next_act_is_as_safe_as_before() -> None:
    before = level()
    with unhurried():
        write()
        during = level()
    assert Counter.objects.get(measure="test").value == 1
    assert during in (1, "off")
    assert level() == before == FULL[connection.vendor][1]


def test_a_mistake_undoes_the_count_and_restores_the_safety() -> None:
    before = level()
    with pytest.raises(ZeroDivisionError), unhurried():
        write()
        raise ZeroDivisionError
    assert not Counter.objects.filter(measure="test").exists()
    assert level() == before
