"""Placing people: an assignment and its role in access begin and end in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from pendamping.access import services as access
from pendamping.access.models import Account, Grant
from pendamping.access.roles import ROLES
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.facilitators.enums.assignments import Reason
from pendamping.facilitators.models import Appointment, Assignment, Decree
from pendamping.facilitators.queries import assignments as queries
from pendamping.facilitators.rules import assignments as rules
from pendamping.facilitators.services.holding import hold_for_roles
from pendamping.facilitators.services.telling import tell
from pendamping.regions.models import Level, Region

# Apps above whose records follow a person append here: told, inside the act, of each placement that begins or ends.
followers: list[Callable[[Account, Account | None, datetime], None]] = []


@act("facilitators.assigned")
def assign(
    *, by: Account | None, at: datetime, appointment: Appointment, region: Region, starts_on: date, ends_on: date,
    role: str = "", decree: Decree | None = None,
) -> Assignment:  # fmt: skip
    """Place somebody at a unit (id: menempatkan). Refused: a level that does not fit the role, outside city or term,
    overlapping an assignment of the same person, role and unit, another role without a decree of its own."""
    return place(
        by=by, at=at, appointment=appointment, region=region, starts_on=starts_on, ends_on=ends_on, role=role,
        decree=decree,
    )  # fmt: skip


@act("facilitators.assigned_all")
def assign_all(
    *, by: Account | None, at: datetime, appointment: Appointment, regions: Sequence[Region], starts_on: date,
    ends_on: date, role: str = "", decree: Decree | None = None,
) -> Appointment:  # fmt: skip
    """Place somebody at several units at once, all or none."""
    for region in regions:
        place(
            by=by, at=at, appointment=appointment, region=region, starts_on=starts_on, ends_on=ends_on, role=role,
            decree=decree,
        )  # fmt: skip
    return appointment


@act("facilitators.assignment_ended")
def end_assignment(
    *, by: Account | None, at: datetime, assignment: Assignment, ended_on: date, reason: str
) -> Assignment:
    """End an assignment before its term (id: mengakhiri penempatan); `ended_on` is the last day served.

    A day already here ends the role in access at once; a later one leaves it until then.
    """
    assignment = locked(assignment)
    rules.may_end(
        ends_on=assignment.ends_on, ended_on=assignment.ended_on, last_day=ended_on, today=day(at), reason=reason
    ).or_raise()  # fmt: skip
    return close(assignment, by=by, at=at, ended_on=ended_on, reason=reason, giver=by)


def place(
    *, by: Account | None, at: datetime, appointment: Appointment, region: Region, starts_on: date, ends_on: date,
    role: str = "", decree: Decree | None = None, grant: Grant | None = None, giver: Account | str | None = "",
) -> Assignment:  # fmt: skip
    """Make an assignment inside an act; `grant` is a role already given for it, `giver` who gives it in access."""
    account = Account.objects.select_for_update().get(pk=appointment.account_id)
    appointment = Appointment.objects.select_related("region", "decree").get(pk=appointment.pk)
    role, decree = role or appointment.kind, decree or appointment.decree
    _may_place(appointment, account, region, role, decree, starts_on, ends_on)
    if grant is None:
        grant = _grant(
            account, role, region, starts_on, ends_on, decree, by=by if giver == "" else giver, at=at  # type: ignore[arg-type]
        )  # fmt: skip
    made = Assignment.add(
        at=at, region=region, appointment=appointment, account=account, role=role, starts_on=starts_on, ends_on=ends_on,
        decree=decree, grant=grant,
    )  # fmt: skip
    tell(
        "facilitators.assigned", made, by=by, at=at,
        changes={"appointment": appointment.code, "role": role, "starts_on": starts_on, "ends_on": ends_on},
    )  # fmt: skip
    _tell_followers(account, by, at)
    return made


def close(
    assignment: Assignment, *, by: Account | None, at: datetime, ended_on: date, reason: str, giver: Account | None
) -> Assignment:
    """End a locked assignment inside an act. `giver`: in whose name access takes the role back; None when a decision
    of a panel or the end of a decree carries itself out: the journal is then told that it ended, never why."""
    today, grant, reason = day(at), assignment.grant, mask_to(reason, 200)
    said = reason if giver else f"SK {assignment.decree.number}"
    if grant is not None and grant.revoked_at is None:
        access.revoke_role(by=giver, at=at, grant=grant, reason=said)
    if grant is not None and ended_on > today and ended_on >= assignment.starts_on:
        assignment.grant = _grant(
            assignment.account, assignment.role, assignment.region, max(assignment.starts_on, today), ended_on,
            assignment.decree, by=giver, at=at,
        )  # fmt: skip
    assignment.ended_on, assignment.ended_reason = ended_on, reason
    assignment.save(update_fields=["ended_on", "ended_reason", "grant"])
    facts = {"appointment": assignment.appointment.code, "ended_on": ended_on}
    tell("facilitators.assignment_ended", assignment, by=by, at=at, changes=facts, reason=said)
    _tell_followers(assignment.account, by, at)
    return assignment


def _tell_followers(account: Account, by: Account | None, at: datetime) -> None:
    for follow in followers:
        follow(account, by, at)


def locked(assignment: Assignment) -> Assignment:
    """The assignment as it is now, its person held first, until the act is over."""
    hold_for_roles([assignment.account_id])
    found = Assignment.objects.select_for_update(of=("self",))
    return found.select_related("account", "region", "decree", "grant", "appointment").get(pk=assignment.pk)


def _may_place(
    appointment: Appointment,
    account: Account,
    region: Region,
    role: str,
    decree: Decree,
    starts_on: date,
    ends_on: date,
) -> None:
    if not account.is_active:
        raise Refused(Reason.ACCOUNT_DISABLED)
    if role != appointment.kind and decree == appointment.decree:
        raise Refused(Reason.ROLE_NEEDS_DECREE, field="decree", role=appointment.get_kind_display())
    if decree.revoked_on is not None and ends_on > decree.revoked_on:
        raise Refused(Reason.DECREE_REVOKED, field="decree", number=decree.number)
    levels = queries.levels_of(role)
    rules.fits(
        role=str(ROLES[role].office), level=region.level, levels=levels, place=region.label,
        level_labels=", ".join(str(Level(level).label) for level in levels),
    ).or_raise()  # fmt: skip
    rules.may_assign(
        starts_on=starts_on, ends_on=ends_on, term_from=appointment.starts_on, term_to=appointment.last_day,
        place=region.label, path=region.path, city_path=appointment.region_path,
        others=queries.served_by(account, role, region),
    ).or_raise()  # fmt: skip


def _grant(
    account: Account, role: str, region: Region, starts_on: date, ends_on: date, decree: Decree, *, by: Account | None,
    at: datetime,
) -> Grant:  # fmt: skip
    """Give the role; one given by hand for the same days makes room for it."""
    for loose in queries.loose_grants(account, role, region, since=starts_on, until=ends_on):
        access.revoke_role(by=by, at=at, grant=loose, reason=f"SK {decree.number}")
    return access.grant_role(
        by=by, at=at, account=account, role=role, region=region, starts_on=starts_on, ends_on=ends_on,
        decree=decree.number,
    )  # fmt: skip
