"""The journal keeps every act, cannot be changed, and names the first entry that was."""

from __future__ import annotations

import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from pendamping.core import journal, rounds
from pendamping.core.acts import act
from pendamping.core.errors import OperationMismatch
from pendamping.core.models import JournalCheckpoint, JournalEntry, JournalHead, Operation
from pendamping.regions.models import Region
from pendamping.regions.tests import factories

NOW = timezone.now()


def write(region: Region, times: int = 1, **values: Any) -> None:
    with transaction.atomic():
        for _ in range(times):
            journal.record("test.happened", subject=region, region=region, by=None, at=NOW, **values)


def tamper(sql: str, *values: Any) -> None:
    """Change the table as somebody with the database's own password could: triggers off, then on again."""
    from pendamping.core import triggers

    with connection.cursor() as cursor:
        triggers.remove(cursor, connection.vendor)
        cursor.execute(sql, values)
        triggers.add(cursor, connection.vendor)


@pytest.mark.django_db
def test_a_whole_journal_verifies_and_each_ward_has_its_own_chain() -> None:
    one, two = factories.ward(1), factories.ward(2)
    write(one, 3, changes={"state": ["a", "b"]}, reason="karena")
    write(two, 2)
    assert list(journal.verify()) == []
    assert list(JournalEntry.objects.filter(chain=one.path).values_list("position", flat=True)) == [1, 2, 3]
    assert JournalEntry.objects.get(chain=two.path, position=1).previous_hash == journal.GENESIS


@pytest.mark.django_db
@pytest.mark.parametrize(
    "column",
    ["verb", "office", "subject_label", "subject_code", "reason", "region_path", "on_behalf_of", "request_id"],
)
def test_a_changed_word_is_named(column: str) -> None:
    ward = factories.ward()
    write(ward, 5)
    tamper(f"UPDATE core_journalentry SET {column} = 'x' WHERE position = 3")
    assert [(fault.position, fault.what) for fault in journal.verify()] == [(3, "changed")]


@pytest.mark.django_db
def test_a_removed_entry_is_named_also_at_the_end() -> None:
    ward = factories.ward()
    write(ward, 5)
    tamper("DELETE FROM core_journalentry WHERE position = 2")
    assert [(fault.position, fault.what) for fault in journal.verify()] == [(2, "missing")]
    other = factories.ward(2)
    write(other, 3)
    tamper("DELETE FROM core_journalentry WHERE chain = %s AND position = 3", other.path)
    assert {(fault.chain, fault.position) for fault in journal.verify()} == {(ward.path, 2), (other.path, 3)}


@pytest.mark.django_db
def test_a_rewritten_history_differs_from_the_checkpoint_kept_outside() -> None:
    ward = factories.ward()
    write(ward, 2)
    journal.checkpoint(NOW.date())
    entry = JournalEntry.objects.get(position=1)
    entry.reason = "ditulis ulang"
    first = journal.entry_hash(entry)
    tamper("UPDATE core_journalentry SET reason = 'ditulis ulang', hash = %s WHERE position = 1", first)
    second = JournalEntry.objects.get(position=2)
    second.previous_hash = first
    last = journal.entry_hash(second)
    tamper("UPDATE core_journalentry SET previous_hash = %s, hash = %s WHERE position = 2", first, last)
    JournalHead.objects.filter(chain=ward.path).update(hash=last)
    assert [fault.what for fault in journal.verify()] == [f"differs from the checkpoint of {NOW.date()}"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_journalentry SET reason = 'x'",
        "DELETE FROM core_journalentry",
        "REPLACE INTO core_journalentry SELECT * FROM core_journalentry",
    ],
)
def test_the_engine_itself_refuses_to_change_or_remove_an_entry(sql: str) -> None:
    write(factories.ward())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert JournalEntry.objects.count() == 1


@pytest.mark.django_db
def test_an_entry_outside_a_transaction_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    ward = factories.ward()
    monkeypatch.setattr(journal, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError):
        journal.record("test.happened", subject=ward, region=ward, by=None, at=NOW)


@act("test.renamed")
def rename(*, by: Any, at: Any, region: Region, name: str) -> Region:
    region.name = name
    region.save(update_fields=["name"])
    journal.record("test.renamed", subject=region, region=region, by=by, at=at)
    return region


@pytest.mark.django_db
def test_an_act_sent_twice_happens_once_and_gives_the_same_record() -> None:
    ward, op = factories.ward(), uuid.uuid4()
    first = rename(by=None, at=NOW, op=op, region=ward, name="Baru")
    assert rename(by=None, at=NOW, op=op, region=ward, name="Baru") == first
    assert JournalEntry.objects.filter(verb="test.renamed").count() == 1


@pytest.mark.django_db
def test_an_operation_id_with_other_contents_is_refused() -> None:
    ward, op = factories.ward(), uuid.uuid4()
    rename(by=None, at=NOW, op=op, region=ward, name="Baru")
    with pytest.raises(OperationMismatch):
        rename(by=None, at=NOW, op=op, region=ward, name="Lain")


@pytest.mark.django_db
def test_an_act_that_fails_leaves_no_trace_and_may_be_tried_again() -> None:
    ward, op = factories.ward(), uuid.uuid4()
    with pytest.raises(ValueError, match="long"), transaction.atomic():

        @act("test.failed")
        def fail(*, by: Any, at: Any, region: Region) -> Region:
            raise ValueError("too long")

        fail(by=None, at=NOW, op=op, region=ward)
    assert not Operation.objects.filter(op=op).exists()


@pytest.mark.django_db
def test_a_round_of_the_worker_makes_the_checkpoint_of_the_day_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds.connection, "close", lambda: None)
    write(factories.ward())
    rounds.one_round()
    kept = JournalCheckpoint.objects.get()
    write(factories.ward(2))
    rounds.one_round()
    assert JournalCheckpoint.objects.get().digest == kept.digest


@pytest.mark.django_db
def test_words_about_a_person_are_masked_whoever_forgot_it() -> None:
    ward = factories.ward()
    facts = {
        "basis": "SK Lurah, NIK 3278051203900007",
        "pair": ["lama 0812-3456-7890", {"deep": "a.n. Siti Rekaan"}],
        "account": "018f3b1e-7c2a-7d3e-9f10-1234567890ab",
        "path": "3278101005001002",
        "code": "S26-7K3QX-M",
        "amount": 812345678901,
        "number": "SP2D/CONTOH/2026/003-1",
        "rules": "Perwal Kota Tasikmalaya 40/2022",
        "when": NOW,
    }
    write(ward, reason="hub 0812-3456-7890", on_behalf_of="Ibu Aminah Rekaan", changes=facts)
    entry = JournalEntry.objects.get()
    assert (entry.reason, entry.on_behalf_of) == ("hub [telepon]", "Ibu [nama]")
    assert entry.changes == facts | {
        "basis": "SK Lurah, NIK [NIK]",
        "pair": ["lama [telepon]", {"deep": "a.n. [nama]"}],
        "when": str(NOW),
    }
    assert list(journal.verify()) == []


@pytest.mark.django_db
def test_the_label_of_a_record_is_masked_and_fits() -> None:
    ward = factories.ward()
    ward.journal_label = "Rumah Pak Edi " * 14  # type: ignore[attr-defined]
    write(ward)
    label = JournalEntry.objects.get().subject_label
    assert "Edi" not in label
    assert len(label) <= 200
