"""The two proofs: counters against records, and the chains of the journal."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import connection

from pendamping.core import counters
from pendamping.core.models import Counter, JournalCheckpoint, JournalEntry
from pendamping.portal.tests import factories
from pendamping.regions.tests.factories import ward

pytestmark = pytest.mark.django_db


def run(*words: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command(*words, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_after_a_whole_journey_every_counter_agrees() -> None:
    factories.walk(ward())
    for outcome in ("rejected", "deferred", "passed_on"):
        factories.walk(ward(), "decided", outcome=outcome)
    assert list(counters.differences()) == []
    assert counters.undeclared() == []
    assert run("recount")[0] == 0


def test_a_planted_difference_is_named_and_mended() -> None:
    here = ward()
    factories.walk(here, "verified")
    cell = Counter.objects.get(measure="need.state", dimension="verified")
    Counter.objects.filter(pk=cell.pk).update(value=cell.value + 4)
    Counter.objects.filter(measure="voice.received").delete()
    code, said = run("recount")
    assert code == 1
    assert f"need.state {here.path} 202601 verified: kept 5, counted 1" in said
    assert f"voice.received {here.path} 202601 web: kept 0, counted 1" in said
    assert run("recount", "--fix")[0] == 0
    assert run("recount")[0] == 0
    assert Counter.objects.get(pk=cell.pk).value == 1


def test_a_measure_nobody_can_count_again_is_a_mistake() -> None:
    Counter.objects.create(measure="made.up", region_path="3278011001", period=202601, value=1)
    code, said = run("recount", "--fix")
    assert code == 1 and "made.up" in said


def tamper(entry: JournalEntry, **changes: str) -> None:
    """As somebody with the database in hand would: past the trigger."""
    with connection.cursor() as cursor:
        for name in _triggers(cursor):
            cursor.execute(
                f"DROP TRIGGER {name}" + (" ON core_journalentry" if connection.vendor == "postgresql" else "")
            )
        for column, value in changes.items():
            cursor.execute(f"UPDATE core_journalentry SET {column} = %s WHERE id = %s", [value, entry.pk])


def _triggers(cursor: object) -> list[str]:
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'core_journalentry'::regclass AND NOT tgisinternal"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'core_journalentry'"
    cursor.execute(query)  # type: ignore[attr-defined]
    return [row[0] for row in cursor.fetchall()]  # type: ignore[attr-defined]


def test_an_entry_changed_behind_our_back_is_named() -> None:
    here = ward()
    factories.walk(here, "verified")
    assert run("journal", "verify")[0] == 0
    entry = JournalEntry.objects.get(verb="needs.need_verified")
    tamper(entry, reason="Tidak ada masalah")
    code, said = run("journal", "verify")
    assert code == 1
    assert f"{here.path} {entry.position}: changed" in said


def test_an_entry_cut_off_at_the_end_is_named() -> None:
    factories.walk(ward(), "verified")
    last = JournalEntry.objects.filter(chain=ward().path).order_by("position").last()
    assert last is not None
    tamper(last)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_journalentry WHERE id = %s", [last.pk])
    code, said = run("journal", "verify")
    assert code == 1 and f"{ward().path} {last.position}: missing" in said


def test_a_checkpoint_is_made_once_a_day_and_guards_history() -> None:
    factories.walk(ward(), "need")
    code, said = run("journal", "checkpoint")
    point = JournalCheckpoint.objects.get()
    assert code == 0 and point.digest in said
    run("journal", "checkpoint")
    assert JournalCheckpoint.objects.count() == 1
    assert run("journal", "verify")[0] == 0
    JournalCheckpoint.objects.update(digest="0" * 64)
    assert run("journal", "verify")[0] == 1
