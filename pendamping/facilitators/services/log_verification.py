"""The supervisor's acts on the logbook: lines verified, one or many, or sent back with what is to be mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask
from pendamping.facilitators.enums.logbook import LogState, Reason
from pendamping.facilitators.models import LogEntry
from pendamping.facilitators.queries import logbook as queries
from pendamping.facilitators.queries.above import offices
from pendamping.facilitators.rules import logbook as rules
from pendamping.facilitators.rules.months import is_above
from pendamping.facilitators.services.holding import hold
from pendamping.facilitators.services.logbook import locked, tell


@act("facilitators.log_verified")
def verify_entry(*, by: Account, at: datetime, entry: LogEntry) -> LogEntry:
    """Confirm a line (id: memverifikasi catatan).

    Refused: one's own, one written in an office not below one's own, one that does not wait.
    """
    return _verify(locked(entry), by, at)


@act("facilitators.logs_verified")
def verify_entries(*, by: Account, at: datetime, entries: Sequence[LogEntry]) -> LogEntry:
    """Confirm several lines at once, all or none; gives the last."""
    if not entries:
        raise Refused(Reason.NOTHING_CHOSEN)
    keys = sorted(one.pk for one in entries)
    found = LogEntry.objects.select_for_update(of=("self",)).select_related("account", "region", "assignment")
    return [_verify(one, by, at) for one in found.filter(pk__in=keys).order_by("id")][-1]


@act("facilitators.log_returned")
def return_entry(*, by: Account, at: datetime, entry: LogEntry, reason: str) -> LogEntry:
    """Send a line back with what is to be mended (id: mengembalikan catatan), also one verified by mistake."""
    hold(entry.account)
    entry = locked(entry)
    rules.may_return(
        state=entry.state, is_own=entry.account_id == by.pk, is_above=_is_above(by, entry, at), proven=is_proven(entry),
        day=entry.day,
        month_closed=queries.closed_on(entry.account, entry.day), reason=reason,
    ).or_raise()  # fmt: skip
    old, entry.state = entry.state, LogState.RETURNED
    entry.returned_at, entry.returned_reason, entry.returns = at, mask(reason.strip()).text, entry.returns + 1
    entry.verified_at = entry.verified_by = None
    entry.save(update_fields=["state", "returned_at", "returned_reason", "returns", "verified_at", "verified_by"])
    told = {"state": [old, entry.state]}
    tell("facilitators.log_returned", entry, by=by, at=at, right=Verb.LOG_VERIFY, changes=told)
    return entry


def is_proven(entry: LogEntry) -> bool:
    """Does the journal alone vouch for this line?"""
    return entry.is_automatic and entry.state == LogState.VERIFIED and entry.verified_by_id is None


def _is_above(by: Account, entry: LogEntry, at: datetime) -> bool:
    return is_above(offices(by, entry.region_path, day(at)), entry.assignment.role)


def _verify(entry: LogEntry, by: Account, at: datetime) -> LogEntry:
    rules.may_verify(
        state=entry.state, state_label=entry.get_state_display(), is_own=entry.account_id == by.pk,
        is_above=_is_above(by, entry, at),
    ).or_raise()  # fmt: skip
    old, entry.state = entry.state, LogState.VERIFIED
    entry.verified_at, entry.verified_by = at, by
    entry.save(update_fields=["state", "verified_at", "verified_by"])
    tell(
        "facilitators.log_verified", entry, by=by, at=at, right=Verb.LOG_VERIFY,
        changes={"state": [old, entry.state]},
    )  # fmt: skip
    return entry
