"""What a decision of a panel does by itself: a suspension pauses every assignment, a termination ends the term."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.core.moments import day
from pendamping.facilitators.enums.ethics import Sanction
from pendamping.facilitators.models import Appointment, Assignment, EthicsCase
from pendamping.facilitators.queries.appointments import lasts_until
from pendamping.facilitators.services import appointments, assignments

DAY = timedelta(days=1)


def carry_out(case: EthicsCase, *, at: datetime) -> None:
    """Do what the decision says, without a person, as when a decree is revoked: the panel gives and takes no roles,
    and its member's name behind the end of somebody's service would tell what the case was about."""
    if case.about is None:
        return
    if case.sanction == Sanction.SUSPENSION:
        _suspend(case, at=at)
    if case.sanction == Sanction.TERMINATION:
        _terminate(case, at=at)


def _suspend(case: EthicsCase, *, at: datetime) -> None:
    """End each assignment the day before; place the person again, from the day after, for what is left of it."""
    since, until = case.suspended_from, case.suspended_until
    if case.about is None or since is None or until is None:
        return
    for known in Assignment.objects.filter(account=case.about.account_id).order_by("id"):
        one = assignments.locked(known)
        last_day = one.last_day
        if last_day < since or one.starts_on > until:
            continue
        assignments.close(one, by=None, at=at, ended_on=since - DAY, reason=_why(), giver=None)
        if last_day > until and one.account.is_active:
            assignments.place(
                by=None, at=at, appointment=one.appointment, region=one.region, starts_on=until + DAY, ends_on=last_day,
                role=one.role, decree=one.decree, giver=None,
            )  # fmt: skip


def _terminate(case: EthicsCase, *, at: datetime) -> None:
    """End every term of the person that still runs, also to a later day announced; the last day served is yesterday."""
    if case.about is None:
        return
    today = day(at)
    running = Appointment.objects.filter(lasts_until(today), account=case.about.account_id)
    for one in running.order_by("id"):
        appointments.stop(one, by=None, at=at, ended_on=today - DAY, reason=_why(), giver=None)


def _why() -> str:
    """Said of the service, never of the case: who reads appointments learns nothing of what was alleged."""
    with override("id"):
        return _("A decision of the city, carried out.")
