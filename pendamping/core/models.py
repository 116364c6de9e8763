"""The shapes every record has, and the tables of the ground floor."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

import uuid_utils.compat
from django.db import IntegrityError, models, transaction

from pendamping.core.codes import new_code


def new_uid() -> uuid.UUID:
    """A UUIDv7, as a phone or this server makes it. It tells the time: never put it in a public URL."""
    return uuid_utils.compat.uuid7()


class Record(models.Model):
    """Anything kept: a growing key for the database, a uid for the API and packets."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    created_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True


class CodedRecord(Record):
    """A record that people name by a short code, also in public addresses."""

    code_kind: ClassVar[str] = "X"
    code = models.CharField(max_length=12, unique=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def add(cls, *, at: datetime, **values: Any) -> Self:
        """Insert with a fresh code; a code already taken is drawn again."""
        for _ in range(5):
            try:
                with transaction.atomic():
                    return cls.objects.create(code=new_code(cls.code_kind, at), created_at=at, **values)  # type: ignore[attr-defined]
            except IntegrityError as problem:
                if "code" not in str(problem):
                    raise
        raise RuntimeError(f"no free code for {cls.__name__}")


class JournalEntry(models.Model):
    """One act, kept for ever (id: catatan jurnal). Append-only by trigger, chained by hash per ward."""

    id = models.BigAutoField(primary_key=True)
    chain = models.CharField(max_length=10)
    position = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=60)
    actor_uid = models.UUIDField(null=True)
    office = models.CharField(max_length=80, blank=True)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_code = models.CharField(max_length=40, blank=True)
    subject_label = models.CharField(max_length=200, blank=True)
    region_path = models.CharField(max_length=16)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=dict)
    is_public = models.BooleanField(default=True)
    request_id = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "position"], name="journal_one_entry_per_position"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="journal_subject_idx"),
            models.Index(fields=["region_path", "-id"], name="journal_region_idx"),
            models.Index(fields=["actor_uid", "-id"], name="journal_actor_idx"),
        ]


class JournalHead(models.Model):
    """The last entry of each chain (id: kepala jurnal): the row that writers lock."""

    chain = models.CharField(max_length=10, primary_key=True)
    position = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(position__gte=0), name="journal_head_grows")]


class JournalCheckpoint(models.Model):
    """All heads of a day under one digest (id: titik periksa jurnal), to be printed and kept elsewhere."""

    day = models.DateField(primary_key=True)
    heads = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(digest=""), name="journal_checkpoint_has_digest")
        ]


class Operation(models.Model):
    """An act already done under an operation id (id: operasi): asked again, it gives the same record."""

    op = models.UUIDField(primary_key=True)
    verb = models.CharField(max_length=60)
    actor_uid = models.UUIDField(null=True)
    digest = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(subject_type="", subject_id__isnull=True)
                | (~models.Q(subject_type="") & models.Q(subject_id__isnull=False)),
                name="operation_names_its_subject_whole",
            )
        ]


class Counter(models.Model):
    """A small additive cell (id: penghitung): measure × region × month × dimension."""

    id = models.BigAutoField(primary_key=True)
    measure = models.CharField(max_length=60)
    region_path = models.CharField(max_length=16)
    period = models.PositiveIntegerField()
    dimension = models.CharField(max_length=60, blank=True)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "region_path", "period", "dimension"], name="counter_one_cell_per_key"
            )
        ]


from pendamping.core.documents.document import Document  # noqa: E402 (found by Django through this module)
from pendamping.core.images.photo import Photo  # noqa: E402
from pendamping.core.imports.batch import ImportBatch, ImportedRow  # noqa: E402

__all__ = [
    "CodedRecord",
    "Counter",
    "Document",
    "ImportBatch",
    "ImportedRow",
    "JournalCheckpoint",
    "JournalEntry",
    "JournalHead",
    "Operation",
    "Photo",
    "Record",
    "new_uid",
]
