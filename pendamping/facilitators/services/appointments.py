"""Appointing from the final ranking or an existing account, a place declined, ending a term, replacing mid-term."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from pendamping.access import phones
from pendamping.access import services as access
from pendamping.access.enums import Reason as AccessReason
from pendamping.access.models import Account, Grant
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.facilitators.enums.appointments import DecreeKind, Reason
from pendamping.facilitators.enums.rounds import SelectionOutcome
from pendamping.facilitators.identity import Identity, identity_of
from pendamping.facilitators.models import Application, Appointment, Assignment, Decree, Standing
from pendamping.facilitators.queries import appointments as queries
from pendamping.facilitators.queries.assignments import levels_of
from pendamping.facilitators.rules import appointments as rules
from pendamping.facilitators.rules import decrees as decree_rules
from pendamping.facilitators.services import assignments
from pendamping.facilitators.services.decrees import drop_certificates
from pendamping.facilitators.services.holding import hold_for_roles
from pendamping.facilitators.services.rounds import locked as locked_round
from pendamping.facilitators.services.telling import tell
from pendamping.regions.models import Region


@act("facilitators.appointed")
def appoint(
    *, by: Account | None, at: datetime, decree: Decree, standing: Standing | None = None,
    account: Account | None = None, kind: str = "", specialism: str = "any", unit: Region | None = None,
    starts_on: date | None = None, ends_on: date | None = None, reason: str = "",
) -> Appointment:  # fmt: skip
    """Appoint somebody under a decree (id: mengangkat): from the final ranking, or an account where there was no round.

    Without an account one is made from the application, together with the first assignment at `unit`. Refused: a round
    that is not final, somebody not selected, twice, a disabled account, outside the decree's term, overlapping terms;
    an account that is not the applicant's, and one without a selection while people selected wait, unless for a reason.
    """
    decree = _usable(decree, DecreeKind.APPOINTMENT)
    if standing is not None:
        standing = _held(standing)
        rules.may_take(queries.candidate_of(standing, at), outcome=SelectionOutcome.CHOSEN, today=day(at)).or_raise()
    else:
        waiting = [one for one in queries.takeable(decree.region_path, at) if one.application.post.kind == kind]
        rules.may_pass_over(selected=len(waiting), reason=reason).or_raise()
    return _appoint(
        decree, standing, account, kind, specialism, unit, starts_on or decree.starts_on, ends_on or decree.ends_on,
        by=by, at=at, reason=mask_to(reason, 200),
    )  # fmt: skip


@act("facilitators.place_declined")
def decline_place(*, by: Account | None, at: datetime, standing: Standing, reason: str) -> Standing:
    """Record that somebody selected does not take the place up (id: menolak penempatan), in their words.

    The next of the reserve list can then be appointed, and the files are deleted on schedule.
    """
    standing = _held(standing)
    rules.may_decline(queries.candidate_of(standing, at), reason=reason).or_raise()
    application = standing.application
    application.declined_at, application.declined_reason = at, mask_to(reason.strip(), 200)
    application.save(update_fields=["declined_at", "declined_reason"])
    facts = {"outcome": standing.outcome, "rank": standing.rank}
    tell("facilitators.place_declined", application, by=by, at=at, changes=facts)
    return standing


@act("facilitators.appointment_ended")
def end_appointment(
    *, by: Account | None, at: datetime, appointment: Appointment, ended_on: date, reason: str
) -> Appointment:
    """End a term early (id: memberhentikan); `ended_on` is the last day served. Its assignments end with it.

    An end announced for a later day can be brought forward until it has come.
    """
    return stop(appointment, by=by, at=at, ended_on=ended_on, reason=reason, giver=by)


@act("facilitators.replaced")
def replace(
    *, by: Account | None, at: datetime, leaving: Appointment, decree: Decree, reason: str,
    standing: Standing | None = None, skipped: str = "", account: Account | None = None, unit: Region | None = None,
    starts_on: date | None = None, ends_on: date | None = None,
) -> Appointment:  # fmt: skip
    """Name who serves out somebody's term (id: pergantian antarwaktu): the next of the reserve list.

    Refused: somebody still serving or already replaced, passing over a reserve without a reason, an account without
    a selection while reserves wait, days beside the one before or beyond that term.
    """
    decree = _usable(decree, DecreeKind.REPLACEMENT)
    leaving = (
        Appointment.objects.select_for_update(of=("self",)).select_related("application__round").get(pk=leaving.pk)
    )
    if standing is not None:
        standing = _held(standing)
        rules.may_take(queries.candidate_of(standing, at), outcome=SelectionOutcome.RESERVE, today=day(at)).or_raise()
    is_replaced = queries.successor_of(leaving) is not None
    before = rules.Leaving(leaving.code, leaving.ended_on, leaving.ends_on, is_replaced, leaving.ended_with_decree)
    rules.may_replace(
        before, reserves=[one.application.code for one in queries.reserves_for(leaving, at)],
        chosen=standing.application.code if standing else None, has_account=account is not None, reason=reason,
        skipped=skipped,
    ).or_raise()  # fmt: skip
    if decree.starts_on is None or decree.ends_on is None:
        raise Refused(Reason.TERM_MISSING, field="starts_on")
    first, last = before.rest_of(decree.starts_on, decree.ends_on)
    starts_on, ends_on = starts_on or first, ends_on or last
    rules.may_succeed(before, starts_on=starts_on, ends_on=ends_on).or_raise()
    return _appoint(
        decree, standing, account, leaving.kind, leaving.specialism, unit, starts_on, ends_on, by=by, at=at,
        replaces=leaving, reason=mask_to(reason, 200), skipped=mask_to(skipped, 200),
    )  # fmt: skip


def stop(
    appointment: Appointment, *, by: Account | None, at: datetime, ended_on: date, reason: str, giver: Account | None
) -> Appointment:
    """End a term inside an act, with its assignments and excerpts. `giver`: see assignments.close."""
    hold_for_roles([appointment.account_id])
    held = Appointment.objects.select_for_update(of=("self",)).select_related("account", "region")
    appointment = held.get(pk=appointment.pk)
    rules.may_end(
        starts_on=appointment.starts_on, ends_on=appointment.ends_on, ended_on=appointment.ended_on, last_day=ended_on,
        today=day(at), reason=reason,
    ).or_raise()  # fmt: skip
    for one in Assignment.objects.filter(appointment=appointment).order_by("id"):
        held_one = assignments.locked(one)
        if held_one.last_day > ended_on:
            assignments.close(held_one, by=by, at=at, ended_on=ended_on, reason=reason, giver=giver)
    appointment.ended_on, appointment.ended_reason = ended_on, mask_to(reason, 200)
    appointment.save(update_fields=["ended_on", "ended_reason"])
    drop_certificates(appointment, at=at)
    facts, said = {"ended_on": ended_on}, appointment.ended_reason if giver else ""
    tell("facilitators.appointment_ended", appointment, by=by, at=at, changes=facts, reason=said)
    return appointment


def _appoint(
    decree: Decree, standing: Standing | None, account: Account | None, kind: str, specialism: str,
    unit: Region | None, starts_on: date | None, ends_on: date | None, *, by: Account | None, at: datetime,
    replaces: Appointment | None = None, reason: str = "", skipped: str = "",
) -> Appointment:  # fmt: skip
    if standing is None and account is None:
        raise Refused(Reason.WHO_MISSING, field="standing")
    if starts_on is None or ends_on is None or decree.starts_on is None or decree.ends_on is None:
        raise Refused(Reason.TERM_MISSING, field="starts_on")
    if standing is not None:
        kind, specialism = standing.application.post.kind, standing.application.post.specialism
        if standing.round.city_path != decree.region_path:
            raise Refused(Reason.OTHER_CITY, field="standing")
    if not kind:
        raise Refused(Reason.KIND_MISSING, field="kind")
    is_named = account is not None
    account = _usable_account(account or _account_before(standing), by)
    person = _applicant(standing, account if is_named else None) if standing else None
    rules.may_serve(
        kind=kind, starts_on=starts_on, ends_on=ends_on, decree_from=decree.starts_on, decree_to=decree.ends_on,
        others=queries.terms_of(account) if account else [],
    ).or_raise()  # fmt: skip
    grant = None
    if account is None and standing is not None and person is not None:
        unit = unit or _own_unit(standing)
        account = _open_account(person, unit, kind, starts_on, ends_on, decree, by=by, at=at)
        grant = Grant.objects.get(account=account)
    made = _keep(
        at=at, region=decree.region, account=account, application=standing.application if standing else None,
        decree=decree, kind=kind, specialism=specialism, starts_on=starts_on, ends_on=ends_on, replaces=replaces,
        reason=reason, skipped=skipped,
    )  # fmt: skip
    facts = {"decree": decree.number, "kind": kind, "starts_on": starts_on, "ends_on": ends_on}
    facts |= {"application": standing.application.code} if standing else {}
    facts |= {"existing_account": True} if is_named else {}
    facts |= {"replaces": replaces.code} if replaces else {}
    verb = "facilitators.replaced" if replaces else "facilitators.appointed"
    tell(verb, made, by=by, at=at, changes=facts, reason=" · ".join(word for word in (reason, skipped) if word))
    if unit is not None:
        assignments.place(
            by=by, at=at, appointment=made, region=unit, starts_on=starts_on, ends_on=ends_on, grant=grant
        )  # fmt: skip
    return made


def _keep(**facts: object) -> Appointment:
    """Insert; what somebody else took in the same moment is refused by the table itself."""
    try:
        with transaction.atomic():
            return Appointment.add(**facts)  # type: ignore[arg-type]
    except IntegrityError as problem:
        code = getattr(facts["application"] or facts["replaces"], "code", "")
        reason = Reason.ALREADY_APPOINTED if "application" in str(problem) else Reason.REPLACED_ALREADY
        raise Refused(reason, code=code) from problem


def _usable(decree: Decree, kind: str) -> Decree:
    """The decree as it is now, shared by all who appoint under it."""
    decree = Decree.objects.select_for_update(of=("self",)).select_related("region").get(pk=decree.pk)
    decree_rules.in_force(number=decree.number, revoked_on=decree.revoked_on).or_raise()
    if decree.kind != kind:
        needed = DecreeKind(kind).label
        raise Refused(Reason.WRONG_DECREE, field="decree", kind=decree.get_kind_display(), needed=needed)
    return decree


def _held(standing: Standing) -> Standing:
    """The standing as it is now: two who appoint from one round, or the same person, wait for each other."""
    locked_round(standing.round)
    Application.objects.select_for_update().get(pk=standing.application_id)
    related = ("round__region", "application__post__region", "application__round")
    return Standing.objects.select_related(*related).get(pk=standing.pk)


def _applicant(standing: Standing, account: Account | None) -> Identity:
    """Who applied; an account chosen for them has to be theirs."""
    code = standing.application.code
    person = identity_of(standing.application)
    if person is None:
        raise Refused(Reason.IDENTITY_GONE, field="standing", code=code)
    if account is not None:
        number = phones.plain(person.phone)
        applied = rules.Traits(person.name, person.email, phones.index(number) if number else "")
        known = rules.Traits(account.name, account.email, account.phone_index or "")
        if not rules.is_same_person(applied, known):
            raise Refused(Reason.OTHER_PERSON, field="account", username=account.username, code=code)
    return person


def _account_before(standing: Standing | None) -> Account | None:
    """The account made for this applicant by an appointment whose decree was revoked: nobody gets a second one."""
    return Account.objects.filter(appointments__application=standing.application_id).first() if standing else None


def _usable_account(account: Account | None, by: Account | None) -> Account | None:
    if account is None:
        return None
    account = Account.objects.select_for_update().get(pk=account.pk)
    if by is not None and account.pk == by.pk:
        raise Refused(Reason.NOT_ONESELF, field="account")
    if not account.is_active:
        raise Refused(Reason.ACCOUNT_DISABLED, field="account")
    return account


def _own_unit(standing: Standing) -> Region:
    """The area of the post, where the role is done at that level."""
    post = standing.application.post
    if post.region.level not in levels_of(post.kind):
        raise Refused(Reason.UNIT_NEEDED, field="unit")
    return post.region


def _open_account(
    person: Identity, unit: Region, kind: str, starts_on: date, ends_on: date, decree: Decree, *,
    by: Account | None, at: datetime,
) -> Account:  # fmt: skip
    """An account for the applicant, with the role of the first assignment; name and contact are those applied with."""
    number = phones.plain(person.phone)
    try:
        return access.add_person(
            by=by, at=at, username=free_username(person.name), name=person.name, role=kind, region=unit,
            email=person.email, phone=phones.Number(number) if number else None, starts_on=starts_on, ends_on=ends_on,
            decree=decree.number,
        )  # fmt: skip
    except Refused as refusal:
        if refusal.reason in (AccessReason.EMAIL_TAKEN, AccessReason.PHONE_TAKEN):
            raise Refused(Reason.ACCOUNT_EXISTS, field="account") from refusal
        raise


def free_username(name: str) -> str:
    """ "Ani Contoh, S.T." → "ani.contoh", with a number behind it when taken."""
    base = ".".join(rules.plain_name(name).split())[:32].strip(".") or "pendamping"
    taken = set(Account.objects.filter(username__startswith=base).values_list("username", flat=True))
    return next(name for name in (base, *(f"{base}{n}" for n in range(2, 10_000))) if name not in taken)
