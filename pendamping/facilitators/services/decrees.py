"""What the secretariat records of a decree: made, its annex printed, revoked with all that rests on it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.core.documents import document as documents
from pendamping.core.errors import Refused
from pendamping.core.models import Document
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.facilitators import decree_papers as papers
from pendamping.facilitators.enums.appointments import Reason
from pendamping.facilitators.models import Appointment, Assignment, Decree
from pendamping.facilitators.queries.appointments import lasts_until
from pendamping.facilitators.rules import decrees as rules
from pendamping.facilitators.services import assignments
from pendamping.facilitators.services.holding import hold_for_roles
from pendamping.facilitators.services.telling import tell
from pendamping.regions.models import Region

CERTIFICATE = "appointment"


@act("facilitators.decree_recorded")
def record_decree(
    *, by: Account | None, at: datetime, region: Region, kind: str, number: str, dated_on: date, signatory: str,
    about: str, starts_on: date | None = None, ends_on: date | None = None,
) -> Decree:  # fmt: skip
    """Record a signed decree (id: mencatat surat keputusan). Refused: dated ahead, a number already there, no term."""
    rules.may_record(kind=kind, dated_on=dated_on, today=day(at), starts_on=starts_on, ends_on=ends_on).or_raise()
    number = " ".join(number.split())
    try:
        with transaction.atomic():
            made = Decree.add(
                at=at, region=region, kind=kind, number=mask_to(number, 80), dated_on=dated_on,
                signatory=mask_to(signatory, 80), about=mask_to(about, 200), starts_on=starts_on, ends_on=ends_on,
                made_by=by,
            )  # fmt: skip
    except IntegrityError as problem:
        raise Refused(Reason.NUMBER_TAKEN, field="number", number=number) from problem
    facts = {"number": made.number, "kind": kind, "dated_on": dated_on, "starts_on": starts_on, "ends_on": ends_on}
    tell("facilitators.decree_recorded", made, by=by, at=at, changes=facts, public=True)
    return made


@act("facilitators.decree_revoked")
def revoke_decree(*, by: Account | None, at: datetime, decree: Decree, on: date, reason: str) -> Decree:
    """Revoke a decree (id: mencabut surat keputusan): its appointments and assignments end that day, its papers fall.

    Whom it appointed, and the places its successors took, can be appointed again under another decree.
    Roles in access end at once when the day has come, else on that day. Refused: before it was made, twice.
    """
    decree = Decree.objects.select_for_update(of=("self",)).select_related("region", "annex").get(pk=decree.pk)
    rules.may_revoke(
        number=decree.number, dated_on=decree.dated_on, revoked_on=decree.revoked_on, on=on, reason=reason
    ).or_raise()
    decree.revoked_on, decree.revoked_reason = on, mask_to(reason, 200)
    decree.save(update_fields=["revoked_on", "revoked_reason"])
    said = f"SK {decree.number}: {decree.revoked_reason}"
    placed = Assignment.objects.filter(decree=decree) | Assignment.objects.filter(appointment__decree=decree)
    hold_for_roles([*placed.values_list("account", flat=True), *decree.appointments.values_list("account", flat=True)])
    ended = [_end_with(one, at=at, on=on, reason=said) for one in placed.order_by("id")]
    people = Appointment.objects.select_for_update(of=("self",)).filter(lasts_until(on + timedelta(days=1)))
    for appointment in people.filter(decree=decree).order_by("id"):
        appointment.ended_on, appointment.ended_reason, appointment.ended_with_decree = on, mask_to(said, 200), True
        appointment.save(update_fields=["ended_on", "ended_reason", "ended_with_decree"])
        tell("facilitators.appointment_ended", appointment, by=None, at=at, changes={"ended_on": on})
    _revoke_papers(decree, at=at)
    tell(
        "facilitators.decree_revoked", decree, by=by, at=at, reason=decree.revoked_reason, public=True,
        changes={"number": decree.number, "revoked_on": on, "assignments": sum(ended)},
    )  # fmt: skip
    return decree


def _end_with(assignment: Assignment, *, at: datetime, on: date, reason: str) -> bool:
    assignment = assignments.locked(assignment)
    if assignment.last_day <= on:
        return False
    assignments.close(assignment, by=None, at=at, ended_on=on, reason=reason, giver=None)
    return True


def _revoke_papers(decree: Decree, *, at: datetime) -> None:
    """Annex and certificates no longer hold; what the public reads is the reason of the decree."""
    people = list(decree.appointments.values_list("pk", flat=True))
    papers_of = Document.objects.filter(subject_type=Appointment._meta.label, subject_id__in=people)
    papers_of |= Document.objects.filter(subject_type=Decree._meta.label, subject_id=decree.pk)
    for paper in papers_of.filter(revoked_at=None):
        documents.revoke(paper, reason=decree.revoked_reason, at=at)


def issue_annex(*, decree: Decree, at: datetime) -> Document:
    """The annex as a verifiable paper (id: lampiran SK). A list that has changed since makes the earlier one fall.

    Refused once the decree is revoked: its papers do not rise again.
    """
    rules.in_force(number=decree.number, revoked_on=decree.revoked_on).or_raise()
    paper = documents.issue(
        kind="decree_annex", template="blocks", data=papers.annex(decree), subject=decree, region=decree.region, at=at,
        office=decree.signatory, title=papers.annex_title(decree),
    )  # fmt: skip
    if decree.annex_id != paper.pk:
        if decree.annex is not None and decree.annex.is_valid:
            documents.revoke(decree.annex, reason=papers.newer_annex(paper.code), at=at)
        Decree.objects.filter(pk=decree.pk).update(annex=paper)
    return paper


def issue_certificate(*, appointment: Appointment, at: datetime) -> Document:
    """The excerpt of the decree for one person as a verifiable paper (id: petikan SK); refused once it is revoked.

    When term or places have changed since, the earlier one falls.
    """
    decree = appointment.decree
    rules.in_force(number=decree.number, revoked_on=decree.revoked_on).or_raise()
    paper = documents.issue(
        kind=CERTIFICATE, template="blocks", data=papers.certificate(appointment), subject=appointment,
        region=appointment.region, at=at, office=decree.signatory, title=papers.certificate_title(),
    )  # fmt: skip
    for earlier in _certificates(appointment).exclude(pk=paper.pk):
        documents.revoke(earlier, reason=papers.newer_certificate(paper.code), at=at)
    return paper


def drop_certificates(appointment: Appointment, *, at: datetime) -> None:
    """The excerpts of somebody whose term ends early fall at once, inside that act; a newer one can be printed."""
    for paper in _certificates(appointment):
        documents.revoke(paper, reason=papers.term_shortened(), at=at)


def _certificates(appointment: Appointment) -> QuerySet[Document]:
    """The excerpts of an appointment that still hold."""
    about = {"subject_type": Appointment._meta.label, "subject_id": appointment.pk}
    return Document.objects.filter(**about, kind=CERTIFICATE, revoked_at=None)
