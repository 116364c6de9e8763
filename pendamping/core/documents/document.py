"""The record of a printed paper, and how it is issued, found again and revoked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from pendamping.core.codes import new_code, read_code
from pendamping.core.models import CodedRecord


def document_storage() -> Storage:
    """The storage called "documents" in settings."""
    return storages["documents"]


def document_path(document: Document, filename: str) -> str:
    """By the digest of the paper: a file is never overwritten by another."""
    return f"{document.sha256[:2]}/{document.sha256}.pdf"


class Document(CodedRecord):
    """A paper issued by an office, verifiable by its code (id: dokumen)."""

    code_kind = "V"  # verifikasi

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=5, default="id")
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_code = models.CharField(max_length=40, blank=True)
    region_path = models.CharField(max_length=16, db_index=True)
    sha256 = models.CharField(max_length=64, unique=True)
    facts_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by_office = models.CharField(max_length=120)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=300, blank=True)
    file = models.FileField(storage=document_storage, upload_to=document_path, max_length=100)

    class Meta:
        app_label = "core"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id", "facts_sha256"],
                condition=models.Q(revoked_at=None),
                name="document_issued_once_per_facts",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_reason="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_reason="")),
                name="document_revoked_with_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"], name="document_subject_idx")]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None

    @property
    def check_url(self) -> str:
        """The public address printed on the paper."""
        return check_url(self.code)


def check_url(code: str) -> str:
    """Where anyone can see whether a paper is genuine."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('document_check', args=[code])}"


def issue(
    *,
    kind: str,
    template: str,
    data: Mapping[str, Any],
    subject: models.Model,
    region: Any,
    at: datetime,
    office: str,
    title: str,
) -> Document:
    """Print and keep a paper. The same paper asked again, with the same facts, is the one already issued.

    Takes some hundredths of a second: call it after the act, or in a task, not inside its transaction.
    """
    digest = _digest(template, title, office, data)
    same = Document.objects.filter(
        kind=kind,
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        facts_sha256=digest,
        revoked_at=None,
    )
    for _attempt in range(5):
        known = same.first()
        if known is not None:
            return known
        try:
            return _print_and_keep(
                kind=kind,
                template=template,
                data=data,
                subject=subject,
                path=region if isinstance(region, str) else region.path,
                at=at,
                office=office,
                title=title,
                digest=digest,
            )
        except IntegrityError:  # issued by somebody else meanwhile, or the code is taken
            continue
    raise RuntimeError("no free code for a document")


def _print_and_keep(
    *,
    kind: str,
    template: str,
    data: Mapping[str, Any],
    subject: models.Model,
    path: str,
    at: datetime,
    office: str,
    title: str,
    digest: str,
) -> Document:
    from pendamping.core import journal  # models load before the journal and the compiler are wanted
    from pendamping.core.documents.printing import qr, render

    code = new_code(Document.code_kind, at)
    url = check_url(code)
    seal = {"code": code, "url": url, "qr": qr(url)}
    pdf = render(template, {**data, "title": title, "office": office, "verification": seal}, at=at)
    document = Document(
        code=code,
        created_at=at,
        kind=kind,
        title=title,
        language=str(data.get("language", "id")),
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        subject_code=getattr(subject, "code", ""),
        region_path=path,
        sha256=hashlib.sha256(pdf).hexdigest(),
        facts_sha256=digest,
        issued_at=at,
        issued_by_office=office,
    )
    document.file.save("", ContentFile(pdf), save=False)
    try:
        with transaction.atomic():
            document.save(force_insert=True)
            journal.record(
                "core.document_issued", subject=document, region=path, by=None, at=at, office=office, public=False,
                changes={"kind": kind, "about": document.subject_code, "sha256": document.sha256},
            )  # fmt: skip
    except IntegrityError:
        document.file.delete(save=False)
        raise
    return document


def _digest(template: str, title: str, office: str, data: Mapping[str, Any]) -> str:
    facts = [template, title, office, data]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def revoke(document: Document, *, reason: str, at: datetime) -> Document:
    """Declare a paper no longer valid, with a reason the public may read. The first revocation stays."""
    from pendamping.core import journal

    with transaction.atomic():
        done = Document.objects.filter(pk=document.pk, revoked_at=None).update(revoked_at=at, revoked_reason=reason)
        if done:
            journal.record(
                "core.document_revoked", subject=document, region=document.region_path, by=None, at=at,
                office="operator", public=False, reason=reason,
            )  # fmt: skip
    document.refresh_from_db()
    return document


def verify(code: str) -> Document | None:
    """The paper of a code as typed, or None."""
    known = read_code(code)
    return Document.objects.filter(code=known).first() if known else None


def verify_bytes(data: bytes) -> Document | None:
    """The paper whose file is exactly these bytes, or None."""
    return Document.objects.filter(sha256=hashlib.sha256(data).hexdigest()).first()
