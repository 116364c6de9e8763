"""Leave, sickness and duty travel: asked for, withdrawn, decided. The journal is told days, never kinds or reasons."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.personal import crypt, mask, mask_to
from pendamping.facilitators.enums.absences import AbsenceState
from pendamping.facilitators.models import Absence
from pendamping.facilitators.queries import absences as queries
from pendamping.facilitators.queries.above import offices
from pendamping.facilitators.queries.logbook import closed_on
from pendamping.facilitators.rules import absences as rules
from pendamping.facilitators.rules.months import is_above
from pendamping.facilitators.services.holding import hold
from pendamping.facilitators.services.logbook import tell
from pendamping.regions.models import WIDTHS, Region


@act("facilitators.absence_asked")
def ask_absence(*, by: Account, at: datetime, kind: str, first_day: date, last_day: date, why: str) -> Absence:
    """Ask for days away (id: mengajukan izin). Days already past can be asked for too: sickness is not announced.

    Refused: days outside one's service, days already asked for, days of a closed month. The reason is sealed.
    """
    account = hold(by)
    paths = queries.places_on(account, first_day, last_day) if first_day <= last_day else []
    rules.may_ask(
        first=first_day, last=last_day, why=why, serves=bool(paths), earlier=queries.asked(account),
        closed=_closed(account, first_day, last_day) if paths else None,
    ).or_raise()  # fmt: skip
    key = crypt.new_subject_key()
    made = Absence.add(
        at=at, region=Region.objects.get(path=rules.around(paths, WIDTHS.values())), account=account, kind=kind,
        first_day=first_day, last_day=last_day, subject_key=key,
        reason_cipher=crypt.encrypt(mask(why.strip()).text, subject_key=key, field=queries.REASON),
    )  # fmt: skip
    tell("facilitators.absence_asked", made, by=by, at=at, changes={"first_day": first_day, "last_day": last_day})
    return made


@act("facilitators.absence_withdrawn")
def withdraw_absence(*, by: Account, at: datetime, absence: Absence) -> Absence:
    """Take it back (id: membatalkan izin); the key of its reason is destroyed with it."""
    absence = _locked(absence)
    rules.may_withdraw(
        is_own=absence.account_id == by.pk, state=absence.state, state_label=absence.get_state_display(),
        first=absence.first_day, today=day(at),
    ).or_raise()  # fmt: skip
    old, absence.state = absence.state, AbsenceState.WITHDRAWN
    absence.subject_key = absence.reason_cipher = absence.decided_at = absence.decided_by = None
    absence.decided_reason = ""
    absence.save()
    tell("facilitators.absence_withdrawn", absence, by=by, at=at, changes={"state": [old, absence.state]})
    return absence


@act("facilitators.absence_decided")
def decide_absence(*, by: Account, at: datetime, absence: Absence, approve: bool, reason: str = "") -> Absence:
    """Approve or refuse (id: memutuskan izin). Refused: one's own, one of somebody not below, one decided already, a
    refusal without a reason."""
    absence = _locked(absence)
    rules.may_decide(
        is_own=absence.account_id == by.pk,
        is_above=is_above(offices(by, absence.region_path, day(at)), queries.role_in(absence)),
        state=absence.state, state_label=absence.get_state_display(), approve=approve, reason=reason,
    ).or_raise()  # fmt: skip
    old, absence.state = absence.state, AbsenceState.APPROVED if approve else AbsenceState.REFUSED
    absence.decided_at, absence.decided_by, absence.decided_reason = at, by, mask_to(reason.strip(), 200)
    absence.save(update_fields=["state", "decided_at", "decided_by", "decided_reason"])
    tell(
        "facilitators.absence_decided", absence, by=by, at=at, right=Verb.LOG_VERIFY,
        changes={"state": [old, absence.state]},
    )  # fmt: skip
    return absence


def _closed(account: Account, first: date, last: date) -> date | None:
    """A day of a closed month among these, if any."""
    on = first
    while on <= last and (last - first).days < rules.DAYS_MOST:
        if closed_on(account, on):
            return on
        on = (on.replace(day=1) + timedelta(days=32)).replace(day=1)
    return None


def _locked(absence: Absence) -> Absence:
    found = Absence.objects.select_for_update(of=("self",)).select_related("account", "region")
    return found.get(pk=absence.pk)
