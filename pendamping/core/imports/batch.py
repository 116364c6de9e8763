"""What was imported, so that the same row is never taken twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pendamping.core.models import Record


class ImportBatch(Record):
    """One run of an import (id: berkas impor): which file by its digest, who, and what came of it."""

    importer = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    mode = models.CharField(max_length=4, choices=[("all", "all"), ("good", "good")])
    actor_uid = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "core"
        indexes: ClassVar = [models.Index(fields=["importer", "-id"], name="import_batch_recent_idx")]

    def __str__(self) -> str:
        return f"{self.importer} {self.created_at:%Y-%m-%d}"


class ImportedRow(models.Model):
    """A row of a spreadsheet that became a record (id: baris impor), known by keyed digests, not by its contents."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="imported")
    importer = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)

    class Meta:
        app_label = "core"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["importer", "key"], name="imported_row_once"),
            models.CheckConstraint(
                condition=models.Q(subject_type="", subject_id=None)
                | (~models.Q(subject_type="") & models.Q(subject_id__isnull=False)),
                name="imported_row_names_its_subject_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"], name="imported_row_subject_idx")]
