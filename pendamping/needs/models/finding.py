"""Lists that somebody keeps, and files made from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.needs.enums.exports import ExportFormat, ExportState


class SavedView(Record):
    """Filters of a list under a name (id: tampilan tersimpan), of one person."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="saved_views")
    page = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=400)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "page", "name"], name="saved_view_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Export(Record):
    """A file of a list, made by the worker (id: berkas ekspor), deleted after some days."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="exports")
    page = models.CharField(max_length=20)
    query = models.CharField(max_length=400)
    format = models.CharField(max_length=8, choices=ExportFormat)
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True)  # when the worker last said how far it is
    file_name = models.CharField(max_length=64, blank=True)
    places = models.JSONField(default=list)  # paths its asker read when it was made: whoever lost one loses the file
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(state="ready") | ~Q(file_name=""), name="export_ready_has_file")
        ]
