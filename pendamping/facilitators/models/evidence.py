"""What an applicant hands in for one requirement."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from pendamping.core.models import Record
from pendamping.facilitators.models.applications import Application
from pendamping.facilitators.models.requirements import Requirement


def evidence_name() -> str:
    """128 random bits: the name in the address and on disk, telling nothing of the person."""
    return secrets.token_urlsafe(16)


def evidence_storage() -> Storage:
    """The storage called "evidence" in settings."""
    return storages["evidence"]


def evidence_path(evidence: Evidence, filename: str) -> str:
    """Spread over 1,024 folders; the sender's own file name is never kept."""
    return f"{evidence.sha256[:3]}/{secrets.token_urlsafe(16)}.sealed"


class Evidence(Record):
    """A file or a declaration for one requirement (id: berkas lamaran). The file is sealed under their key."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="evidence")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    is_answer = models.BooleanField(default=False)  # given when the checker asked for clarification
    name = models.CharField(max_length=32, unique=True, default=evidence_name, editable=False)
    declared_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(storage=evidence_storage, upload_to=evidence_path, max_length=100, blank=True)
    content_type = models.CharField(max_length=40, blank=True)
    bytes = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "requirement"],
                condition=Q(is_answer=False),
                name="evidence_once_per_requirement",
            ),
            models.CheckConstraint(
                condition=Q(declared_at__isnull=False) | (~Q(file="") & Q(bytes__gt=0)), name="evidence_is_something"
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.application.region_path

    @property
    def field(self) -> str:
        """Under which name the file is sealed: it opens nowhere else."""
        return f"evidence:{self.sha256}"

    @property
    def extension(self) -> str:
        return "pdf" if self.content_type == "application/pdf" else "webp"
