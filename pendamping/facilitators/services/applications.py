"""Somebody begins an application, fills it in, hands it in, takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask_to
from pendamping.core.personal.crypt import encrypt, new_subject_key
from pendamping.core.verdicts import Verdict
from pendamping.facilitators import letters
from pendamping.facilitators.enums.rankings import Cause
from pendamping.facilitators.enums.rounds import ApplicationState
from pendamping.facilitators.enums.selection import Reason
from pendamping.facilitators.models import Application, Evidence, Post, Requirement, RequirementSet, Round
from pendamping.facilitators.people import IDENTITY_FIELDS, Person, nik_index
from pendamping.facilitators.queries import applications as queries
from pendamping.facilitators.queries.rankings import pseudonym
from pendamping.facilitators.queries.rounds import set_in_force, today_of
from pendamping.facilitators.rules import applications as rules
from pendamping.facilitators.services.rankings import rank_anew
from pendamping.facilitators.services.rounds import locked as locked_round


@act("facilitators.application_begun")
def begin_application(
    *, by: Account | None, at: datetime, round: Round, post: Post, secret_hash: str, person: Person | None = None
) -> Application:
    """Begin an application (id: memulai lamaran); with `by`, from paper at the counter on somebody's behalf.

    Refuses while registration is closed and a post of another round. It stands under the requirements in force.
    """
    rules.is_open(
        stage=round.stage, today=today_of(round, at), opens_on=round.opens_on, closes_on=round.closes_on
    ).or_raise()
    version = set_in_force(round)
    if post.round_id != round.pk or version is None:
        raise Refused(Reason.POST_UNKNOWN, field="post")
    made = Application.add(
        at=at, region=round.region, round=round, post=post, requirement_set=version, subject_key=new_subject_key(),
        secret_hash=secret_hash, entered_by=by, saved_at=at,
    )  # fmt: skip
    _fill(made, person or Person())
    made.save()
    counters.moved("application.state", made, None, made.state)
    changes = {"round": round.code, "version": version.version, "on_paper": by is not None}
    tell("facilitators.application_begun", made, by=by, at=at, changes=changes)
    return made


@act("facilitators.application_saved")
def save_application(
    *, by: Account | None, at: datetime, application: Application, person: Person, post: Post | None = None
) -> Application:
    """Keep what was filled in so far (id: menyimpan lamaran); whatever is None stays as it was.

    Not journaled: a draft is nobody's decision. Refuses once handed in or when registration is closed.
    """
    found = locked(application)
    _is_writable(found, at)
    if post is not None:
        if post.round_id != found.round_id:
            raise Refused(Reason.POST_UNKNOWN, field="post")
        found.post = post
    _fill(found, person)
    found.saved_at = at
    found.save()
    handled(found, by)
    return found


def handled(found: Application, by: Account | None) -> None:
    """Who does something for an applicant at the counter is kept: they do not check it."""
    if by is not None:
        found.handled_by.add(by)


def _fill(found: Application, person: Person) -> None:
    key = bytes(found.subject_key) if found.subject_key else b""
    for name in IDENTITY_FIELDS:
        said = getattr(person, name)
        if said is None:
            continue
        if name == "email" and found.verified_by_id is None and said != queries.identity(found)["email"]:
            found.verified_at = None  # another mailbox proves nothing about the one before
        sealed = encrypt(said, subject_key=key, field=name) if said else None
        setattr(found, f"{name}_cipher", sealed)
    if person.nik is not None and nik_index(person.nik) != found.nik_index:
        found.nik_index, found.nik_last_four = nik_index(person.nik), person.nik[-4:]
        if found.verified_by_id is not None:
            found.verified_at = found.verified_by = None  # another card was shown
    if person.born_on is not None:
        found.born_on = person.born_on
    if person.sex is not None:
        found.sex = person.sex


@act("facilitators.application_submitted")
def submit_application(*, by: Account | None, at: datetime, application: Application) -> Application:
    """Hand an application in (id: mengajukan lamaran).

    Refuses with what is missing, unverified, a second one of the same NIK in the round, and after the last day.
    """
    found = locked(application)
    _is_writable(found, at)
    rules.may_submit(
        missing=queries.missing_of(found), is_verified=found.verified_at is not None,
        others_with_nik=queries.others_with_nik(found),
    ).or_raise()  # fmt: skip
    found.state, found.submitted_at = ApplicationState.SUBMITTED, at
    try:
        with transaction.atomic():
            found.save(update_fields=["state", "submitted_at"])
    except IntegrityError:  # the same person, at the same moment, with another application
        raise Refused(Reason.NIK_TWICE) from None
    handled(found, by)
    counters.moved("application.state", found, ApplicationState.DRAFT, found.state)
    changes = {"state": [ApplicationState.DRAFT, found.state], "version": found.requirement_set.version}
    tell("facilitators.application_submitted", found, by=by, at=at, changes=changes)
    return found


@act("facilitators.application_withdrawn")
def withdraw_application(*, by: Account | None, at: datetime, application: Application, reason: str) -> Application:
    """Take an application back (id: menarik lamaran), at any stage until the result is final.

    The reason may be an illness: it stays with the application until the retention day, not in the journal.
    """
    locked_round(application.round)  # the round, then its applications, then the journal: as whoever objects does
    found = locked(application)
    reason = mask_to(reason.strip(), 200)
    rules.may_withdraw(state=found.state, stage=found.round.stage, reason=reason).or_raise()
    before = found.state
    found.state, found.withdrawn_at, found.withdrawn_reason = ApplicationState.WITHDRAWN, at, reason
    found.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
    counters.moved("application.state", found, before, found.state)
    tell("facilitators.application_withdrawn", found, by=by, at=at,
         changes={"state": [before, found.state], "stage": found.round.stage})  # fmt: skip
    if before == ApplicationState.SUBMITTED:  # a draft stood in no ranking
        with override("id"):
            why = _("Application %(pseudonym)s was withdrawn.") % {"pseudonym": pseudonym(found)}
        rank_anew(found.round, by=by, at=at, cause=Cause.WITHDRAWAL, reason=why)
    return found


@act("facilitators.application_requirements_accepted")
def accept_requirements(*, by: Account | None, at: datetime, application: Application) -> Application:
    """Move to the newest requirements (id: menerima persyaratan baru); what was handed in goes along where it fits.

    When the new version asks for more, a handed-in application becomes a draft again, to be completed and handed in.
    """
    found = locked(application)
    newest = queries.newer_set(found)
    accept_verdict(found, newest, at=at).or_raise()
    before, old, found.requirement_set = found.state, found.requirement_set, newest  # type: ignore[assignment]
    _carry_over(found)
    if before == ApplicationState.SUBMITTED and queries.missing_of(found):
        found.state, found.submitted_at = ApplicationState.DRAFT, None
        counters.moved("application.state", found, before, found.state)
    found.save(update_fields=["requirement_set", "state", "submitted_at"])
    tell("facilitators.application_requirements_accepted", found, by=by, at=at,
         changes={"version": [old.version, found.requirement_set.version], "state": [before, found.state]})  # fmt: skip
    return found


def accept_verdict(found: Application, newest: RequirementSet | None, *, at: datetime) -> Verdict:
    """May this application move to the newest requirements now? The verdict that pages show and the act raises."""
    allowed = rules.may_accept(
        state=found.state, version=found.requirement_set.version, newest=newest.version if newest else 0
    )
    return allowed if not allowed else rules.is_open(**queries.is_registration_open(found, at))  # type: ignore[arg-type]


def _carry_over(found: Application) -> None:
    """Evidence follows its requirement into the new version; what no requirement asks for any more is deleted."""
    by_key = {one.key: one for one in Requirement.objects.filter(requirement_set=found.requirement_set)}
    for one in Evidence.objects.filter(application=found).select_related("requirement"):
        goes_to = by_key.get(one.requirement.key)
        if goes_to is not None and goes_to.kind == one.requirement.kind:
            Evidence.objects.filter(pk=one.pk).update(requirement=goes_to)
        else:
            delete_file(one)
            one.delete()


def delete_file(evidence: Evidence) -> None:
    """The file goes once the act stands; a rolled back act keeps it."""
    if evidence.file:
        storage, name = evidence.file.storage, str(evidence.file.name)
        transaction.on_commit(lambda: storage.delete(name))


def is_writable(application: Application, at: datetime) -> Any:
    """May this draft still change? The verdict that pages show."""
    draft = rules.is_draft(state=application.state)
    return draft if not draft else rules.is_open(**queries.is_registration_open(application, at))  # type: ignore[arg-type]


def _is_writable(application: Application, at: datetime) -> None:
    if application.forgotten_at is not None:
        raise Refused(Reason.FORGOTTEN)
    is_writable(application, at).or_raise()


def locked(application: Application) -> Application:
    """The application as it is now, with its round; nobody else changes it until the act is over."""
    return queries.applications().select_for_update(of=("self",)).get(pk=application.pk)


def tell(
    verb: str, found: Application, *, by: Account | None, at: datetime, reason: str = "",
    changes: Mapping[str, Any] | None = None, with_verb: Verb = Verb.APPLICATION_RECEIVE,
) -> None:  # fmt: skip
    """The journal's entry: the code of the application, never who applies, and not for the public."""
    journal.record(
        verb, subject=found, region=found.region_path, by=by, at=at, reason=reason, public=False,
        office=office_of(by, with_verb, found, at),
        on_behalf_of="applicant" if by is not None and with_verb == Verb.APPLICATION_RECEIVE else "",
        changes=dict(changes or {}),
    )  # fmt: skip


def begin_and_write(*, key: str, **facts: Any) -> Application:
    """Begin an application and send code and key to the mailbox given, in one transaction."""
    with transaction.atomic():
        made: Application = begin_application(**facts)
        if made.created_at == facts["at"]:  # not the answer to a form sent twice
            letters.send_key(made, key)
    return made
