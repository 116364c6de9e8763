"""Roles and acts of people management as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.access.models import Grant
from pendamping.access.roles import ROLES
from pendamping.core.formats import day as written
from pendamping.core.models import JournalEntry
from pendamping.core.pieces import Entry

ACTS = {
    "access.account_added": gettext_lazy("Account made"),
    "access.role_granted": gettext_lazy("Role given"),
    "access.role_ended": gettext_lazy("Role ended"),
    "access.account_edited": gettext_lazy("Name, address or number mended"),
    "access.account_disabled": gettext_lazy("Account disabled"),
    "access.account_enabled": gettext_lazy("Account enabled"),
    "access.invited": gettext_lazy("Link for a new password made"),
    "access.invitation_used": gettext_lazy("Password chosen by a link"),
    "access.factor_reset": gettext_lazy("Second factor reset"),
    "access.viewed_as": gettext_lazy("Looked at as this person"),
    "access.signed_in": gettext_lazy("Signed in"),
    "access.signed_out": gettext_lazy("Signed out"),
    "access.signed_out_everywhere": gettext_lazy("Signed out on all devices; keys revoked"),
    "access.password_changed": gettext_lazy("Password changed"),
    "access.factor_added": gettext_lazy("Second factor set up"),
    "access.factor_removed": gettext_lazy("Second factor removed"),
    "access.token_made": gettext_lazy("Key for a program made"),
    "access.token_revoked": gettext_lazy("Key for a program revoked"),
}


@dataclass(frozen=True)
class RoleLine:
    """A role as it is shown (id: baris peran)."""

    office: str
    place: str
    dates: str
    decree: str
    label: str
    state: str


def role_line(grant: Grant, today: date) -> RoleLine:
    """Office, place, dates and whether it counts today."""
    dates = _("since %(start)s") % {"start": written(grant.starts_on)}
    if grant.ends_on:
        dates = _("%(start)s to %(end)s") % {"start": written(grant.starts_on), "end": written(grant.ends_on)}
    label, state = _state(grant, today)
    return RoleLine(str(ROLES[grant.role].office), grant.region.label, dates, grant.decree, label, state)


def _state(grant: Grant, today: date) -> tuple[str, str]:
    if grant.revoked_at is not None:
        return _("Ended"), "stopped"
    if grant.ends_on and grant.ends_on < today:
        return _("Term over"), "neutral"
    return (_("Not begun"), "waiting") if grant.starts_on > today else (_("In force"), "done")


def act_line(entry: JournalEntry) -> Entry:
    """One act of the journal for a line of time: by office, never by name."""
    what = str(ACTS.get(entry.verb, entry.verb))
    role = entry.changes.get("role")
    if role in ROLES:
        what = f"{what}: {ROLES[role].office}"
    who = str(ROLES[entry.office].office) if entry.office in ROLES else _("Operator") if entry.office else ""
    return Entry(what=what, when=entry.at, who=who, why=entry.reason)
