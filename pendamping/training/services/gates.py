"""What the office does with gates: set and ended. A gate in force is never rewritten."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.training.enums.curriculum import VersionState
from pendamping.training.enums.gates import Reason
from pendamping.training.models import Course, Gate, Module
from pendamping.training.queries import gates as queries
from pendamping.training.rules import gates as rules


@act("training.gate_set")
def set_gate(
    *, by: Account | None, at: datetime, course: Course, verb: str, role: str = "", module_key: str = "",
    starts_on: date, ends_on: date | None = None, grace_days: int = 0, legal_basis: str,
) -> Gate:  # fmt: skip
    """Let an act ask for the certificate of a course (id: menetapkan syarat sertifikat)."""
    course = Course.objects.select_for_update(of=("self",)).select_related("region").get(pk=course.pk)
    in_use = Module.objects.filter(version__course=course, version__state=VersionState.PUBLISHED)
    modules = list(in_use.values_list("key", flat=True))
    rules.may_set(
        verb=verb, role=role, carriers=queries.carriers(verb), starts_on=starts_on, ends_on=ends_on, today=day(at),
        grace_days=grace_days, legal_basis=legal_basis, is_offered=bool(modules), module_key=module_key,
        modules=modules,
    ).or_raise()  # fmt: skip
    try:
        with transaction.atomic():
            made = Gate.objects.create(
                created_at=at, city=course.region, course=course, verb=verb, role=role, module_key=module_key,
                starts_on=starts_on, ends_on=ends_on, grace_days=grace_days,
                legal_basis=mask_to(" ".join(legal_basis.split()), 200), set_by=by,
            )  # fmt: skip
    except IntegrityError as problem:
        raise Refused(Reason.TWICE, field="starts_on") from problem
    facts = {"verb": verb, "role": role, "course": course.code, "starts_on": starts_on, "ends_on": ends_on}
    _tell("training.gate_set", made, by=by, at=at, changes={**facts, "grace_days": grace_days})
    return made


@act("training.gate_ended")
def end_gate(*, by: Account | None, at: datetime, gate: Gate, on: date) -> Gate:
    """Let a gate end (id: mengakhiri syarat); `on` is its last day, yesterday when it shall ask nobody from now on."""
    gate = Gate.objects.select_for_update(of=("self",)).select_related("city", "course").get(pk=gate.pk)
    rules.may_end(ends_on=gate.ends_on, on=on, today=day(at)).or_raise()
    before = gate.ends_on
    gate.ends_on, gate.ended_by = on, by
    gate.save(update_fields=["ends_on", "ended_by"])
    _tell("training.gate_ended", gate, by=by, at=at, changes={"ends_on": [before, on]})
    return gate


def _tell(verb: str, gate: Gate, *, by: Account | None, at: datetime, changes: dict[str, Any]) -> None:
    office = duties.office_of(by, Verb.TRAINING_MANAGE, gate.city, at) if by else duties.OPERATOR
    journal.record(verb, subject=gate, region=gate.city, by=by, at=at, office=office, changes=changes, public=False)
