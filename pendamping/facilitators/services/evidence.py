"""What an applicant hands in: files through a safe door, declarations, answers; and how all of it is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.core.documents import pdf_door
from pendamping.core.documents.pdf_door import CleanPdf
from pendamping.core.errors import Refused
from pendamping.core.images import door as image_door
from pendamping.core.images.door import CleanImage
from pendamping.core.personal import mask
from pendamping.core.personal.crypt import decrypt_bytes, encrypt_bytes
from pendamping.facilitators.enums.rounds import ApplicationState, Stage
from pendamping.facilitators.enums.selection import Reason, RequirementKind
from pendamping.facilitators.models import (
    Application,
    Check,
    ConflictDeclaration,
    Evidence,
    Interview,
    Objection,
    Requirement,
    ScoreSheet,
    Seat,
    SecondCheck,
    StageResult,
)
from pendamping.facilitators.queries.applications import answer_verdict
from pendamping.facilitators.rules import applications as rules
from pendamping.facilitators.services.applications import delete_file, handled, is_writable, locked, tell

CleanFile = CleanPdf | CleanImage
DELETED = "–"  # what stands where a reason was deleted on schedule


def admit_file(upload: bytes | IO[bytes]) -> CleanFile:
    """A PDF or a photo of a paper, by its first bytes; raises Refused. Call it before a transaction, never inside."""
    if isinstance(upload, bytes):
        head = upload[:5]
    else:
        upload.seek(0)
        head = upload.read(5)
    return pdf_door.admit(upload) if pdf_door.is_pdf(head) else image_door.admit(upload)


@act("facilitators.evidence_kept")
def keep_file(
    *, by: Account | None, at: datetime, application: Application, requirement: Requirement, file: CleanFile
) -> Evidence:
    """Add or replace the file for a requirement of a draft (id: menyimpan berkas lamaran)."""
    found = _open_for(application, requirement, at=at)
    kept = _keep(found, requirement, file, is_answer=False, at=at)
    found.saved_at = at
    found.save(update_fields=["saved_at"])
    handled(found, by)
    return kept


def _keep(found: Application, requirement: Requirement, file: CleanFile, *, is_answer: bool, at: datetime) -> Evidence:
    """Replaces the file handed in before; an answer stands beside earlier answers."""
    facts = {"application": found, "requirement": requirement, "is_answer": is_answer}
    before = None if is_answer else Evidence.objects.filter(**facts).first()
    kept = before or Evidence(**facts, created_at=at)
    delete_file(kept)
    kept.content_type, kept.bytes, kept.sha256 = file.kind, len(file.data), file.sha256
    kept.pages = getattr(file, "pages", 1)
    sealed = encrypt_bytes(file.data, subject_key=bytes(found.subject_key or b""), field=kept.field)
    kept.file.save("", ContentFile(sealed), save=False)
    kept.save()
    return kept


def read_file(evidence: Evidence) -> bytes:
    """The file as it came in. Who may have it, the caller asked."""
    key = evidence.application.subject_key
    if not evidence.file or key is None:
        raise Refused(Reason.NO_SUCH_FILE)
    with evidence.file.open("rb") as stored:
        return decrypt_bytes(stored.read(), subject_key=bytes(key), field=evidence.field)


@act("facilitators.evidence_removed")
def remove_file(*, by: Account | None, at: datetime, application: Application, requirement: Requirement) -> Application:
    """Take the file of a requirement out of a draft (id: menghapus berkas lamaran); a declaration stays."""
    found = _open_for(application, requirement, at=at)
    kept = Evidence.objects.filter(application=found, requirement=requirement, is_answer=False).first()
    if kept is None or not kept.file:
        raise Refused(Reason.NO_SUCH_FILE)
    delete_file(kept)
    if kept.declared_at is None:
        kept.delete()
    else:
        kept.file, kept.content_type, kept.bytes, kept.pages, kept.sha256 = "", "", 0, 0, ""
        kept.save()
    found.saved_at = at
    found.save(update_fields=["saved_at"])
    handled(found, by)
    return found


@act("facilitators.evidence_declared")
def declare(
    *, by: Account | None, at: datetime, application: Application, requirement: Requirement, is_declared: bool
) -> Application:
    """Tick or untick a declaration of a draft (id: pernyataan pelamar)."""
    found = _open_for(application, requirement, at=at)
    if requirement.kind != RequirementKind.DECLARATION:
        raise Refused(Reason.NOT_THIS_REQUIREMENT)
    kept = Evidence.objects.filter(application=found, requirement=requirement, is_answer=False).first()
    if is_declared and kept is None:
        Evidence.objects.create(application=found, requirement=requirement, declared_at=at, created_at=at)
    elif kept is not None and is_declared != (kept.declared_at is not None):
        kept.declared_at = at if is_declared else None
        if kept.declared_at is None and not kept.file:
            kept.delete()
        else:
            kept.save(update_fields=["declared_at"])
    found.saved_at = at
    found.save(update_fields=["saved_at"])
    handled(found, by)
    return found


def _open_for(application: Application, requirement: Requirement, *, at: datetime) -> Application:
    found = locked(application)
    rules.may_keep_file(
        state=found.state, takes_file=requirement.takes_file,
        is_own=requirement.requirement_set_id == found.requirement_set_id,
    ).or_raise()  # fmt: skip
    is_writable(found, at).or_raise()
    return found


@act("facilitators.clarification_answered")
def answer_clarification(
    *, by: Account | None, at: datetime, application: Application, requirement: Requirement, answer: str,
    file: CleanFile | None = None,
) -> Application:  # fmt: skip
    """The applicant answers what a checker asked (id: menjawab klarifikasi), in words, with a file, or both."""
    found = locked(application)
    asked = Check.objects.filter(application=found, requirement=requirement).first()
    answer = mask(answer.strip()).text
    answer_verdict(found, asked, at=at, answer=answer or ("-" if file else "")).or_raise()
    if file is not None:
        _keep(found, requirement, file, is_answer=True, at=at)
    Check.objects.filter(application=found, requirement=requirement).update(answered_at=at, answer=answer)
    handled(found, by)
    tell("facilitators.clarification_answered", found, by=by, at=at, changes={"requirement": requirement.position})
    return found


@act("facilitators.application_forgotten")
def forget_application(*, by: Account | None, at: datetime, application: Application) -> Application:
    """Destroy who applied and what they handed in (id: menghapus data pelamar), when the retention day has come.

    Numbers and outcomes stay, without anybody behind them. Done twice it changes nothing.
    """
    found = locked(application)
    if found.forgotten_at is not None:
        return found
    for one in Evidence.objects.filter(application=found):
        delete_file(one)
        one.delete()
    Check.objects.filter(application=found).delete()
    SecondCheck.objects.filter(application=found).delete()
    StageResult.objects.filter(application=found, stage=Stage.FILES).update(reason=DELETED)
    StageResult.objects.filter(application=found, reason__contains="\n").update(reason=DELETED)  # of a correction
    conflicts = ConflictDeclaration.objects.filter(application=found, has_conflict=True)
    conflicts.update(reason=DELETED)
    conflicts.filter(lifted_at__isnull=False).update(lifted_reason=DELETED)
    ScoreSheet.objects.filter(application=found).exclude(note="").update(note=DELETED)
    ScoreSheet.objects.filter(application=found).exclude(outlier_note="").update(outlier_note=DELETED)
    Interview.objects.filter(application=found).exclude(closed_reason="").update(closed_reason=DELETED)
    Seat.objects.filter(application=found).exclude(extra_reason="").update(extra_reason=DELETED)
    Objection.objects.filter(application=found).update(text=DELETED)
    Objection.objects.filter(application=found).exclude(answer="").update(answer=DELETED)
    found.subject_key = found.name_cipher = found.email_cipher = found.phone_cipher = found.address_cipher = None
    found.nik_index = found.born_on = None
    found.nik_last_four = found.secret_hash = ""
    found.withdrawn_reason = DELETED if found.state == ApplicationState.WITHDRAWN else ""
    found.declined_reason = DELETED if found.declined_at else ""
    found.forgotten_at = at
    found.save()
    tell("facilitators.application_forgotten", found, by=by, at=at)
    return found
