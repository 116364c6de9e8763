"""Taking over what a predecessor left open."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.personal import mask
from pendamping.facilitators import handover
from pendamping.facilitators.models import Appointment, DutyHandover
from pendamping.facilitators.queries.appointments import places_of
from pendamping.facilitators.rules import appointments as rules
from pendamping.facilitators.services.telling import tell


@act("facilitators.duties_taken_over")
def take_over(*, by: Account, at: datetime, appointment: Appointment, missing: str = "") -> DutyHandover:
    """Acknowledge the handover of open work (id: menerima serah terima tugas), saying what was missing.

    The list of that day is kept: kind, code, place and day of each open record. Refused: anybody but the successor,
    twice, when nobody was replaced.
    """
    held = Appointment.objects.select_for_update(of=("self",)).select_related("replaces__account")
    appointment = held.get(pk=appointment.pk)
    known = DutyHandover.objects.filter(successor=appointment).first()
    rules.may_acknowledge(
        is_own=by.pk == appointment.account_id, replaces=appointment.replaces_id is not None,
        taken_over_on=day(known.created_at) if known else None,
    ).or_raise()  # fmt: skip
    works = [[str(one.kind), one.code, one.place, one.since.isoformat()] for one in left_open(appointment)]
    made = DutyHandover.objects.create(
        created_at=at, successor=appointment, works=works, missing=mask(missing).text
    )  # fmt: skip
    facts = {"appointment": appointment.code, "open": len(works), "something_missing": bool(made.missing)}
    tell("facilitators.duties_taken_over", made, by=by, at=at, right=Verb.WORK_SEE, changes=facts)
    return made


def left_open(appointment: Appointment) -> list[handover.OpenWork]:
    """What is open in the places of the predecessor of an appointment."""
    before = appointment.replaces
    return [] if before is None else handover.open_work(before.account, places_of(before))
