"""Requirements are written, published with registration, and changed only by a new version with a reason."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db.models import F, Max

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask, mask_to
from pendamping.facilitators.enums.selection import Reason
from pendamping.facilitators.models import Requirement, RequirementSet, Round
from pendamping.facilitators.queries.rounds import set_being_written, set_in_force
from pendamping.facilitators.rules import rounds as rules
from pendamping.facilitators.services.rounds import locked

WORDS = {
    "text": 300, "regulation": 200, "article": 80, "evidence": 200, "checked_by": 120, "checked_against": 200,
    "register_name": 120,
}  # fmt: skip
FACTS = (*WORDS, "kind", "is_disqualifying", "needs_second_check")


@act("facilitators.requirement_added")
def add_requirement(*, by: Account | None, at: datetime, requirement_set: RequirementSet, **facts: Any) -> Requirement:
    """Write a requirement into a version that is not published (id: menambah persyaratan). `facts`: see FACTS."""
    found = _writable(requirement_set)
    last = found.requirements.aggregate(last=Max("position"))["last"] or 0
    made = Requirement.objects.create(
        requirement_set=found, key=uuid.uuid4(), position=last + 1, created_at=at, **_clean(facts)
    )
    _tell("facilitators.requirement_added", found, by=by, at=at, changes={"position": made.position})
    return made


@act("facilitators.requirement_edited")
def edit_requirement(*, by: Account | None, at: datetime, requirement: Requirement, **facts: Any) -> Requirement:
    """Mend a requirement of a version that is not published (id: mengubah persyaratan)."""
    found = _writable(requirement.requirement_set)
    for name, value in _clean(facts).items():
        setattr(requirement, name, value)
    requirement.save(update_fields=[*FACTS])
    _tell("facilitators.requirement_edited", found, by=by, at=at, changes={"position": requirement.position})
    return requirement


@act("facilitators.requirement_removed")
def remove_requirement(*, by: Account | None, at: datetime, requirement: Requirement) -> RequirementSet:
    """Take a requirement out of a version that is not published (id: menghapus persyaratan)."""
    found = _writable(requirement.requirement_set)
    place = requirement.position
    Requirement.objects.filter(pk=requirement.pk).delete()
    for later in found.requirements.filter(position__gt=place).order_by("position"):  # one by one: unique per position
        Requirement.objects.filter(pk=later.pk).update(position=F("position") - 1)
    _tell("facilitators.requirement_removed", found, by=by, at=at, changes={"position": place})
    return found


@act("facilitators.requirement_change_begun")
def begin_change(*, by: Account | None, at: datetime, round: Round, reason: str) -> RequirementSet:
    """Begin a new version of the requirements (id: memulai perubahan persyaratan), a copy to be changed.

    Refuses unless registration is open, without a reason, or while another one is being written.
    """
    found = locked(round)
    reason = mask(reason.strip()).text
    now = set_in_force(found)
    rules.may_begin_change(stage=found.stage, is_begun=set_being_written(found) is not None, reason=reason).or_raise()
    version = (now.version if now else 0) + 1
    made = RequirementSet.objects.create(round=found, version=version, reason=reason, created_at=at)
    for old in now.requirements.order_by("position") if now else ():
        same = {name: getattr(old, name) for name in (*FACTS, "key", "position")}
        Requirement.objects.create(requirement_set=made, created_at=at, **same)
    _tell("facilitators.requirement_change_begun", made, by=by, at=at, reason=reason)
    return made


@act("facilitators.requirements_published")
def publish_change(*, by: Account | None, at: datetime, round: Round) -> RequirementSet:
    """Put a new version in force (id: memberlakukan perubahan persyaratan); applicants see it with its reason.

    Applications handed in or begun before keep their version unless their applicant accepts the new one.
    """
    found = locked(round)
    written, now = set_being_written(found), set_in_force(found)
    if written is None:
        raise Refused(Reason.NO_CHANGE)
    is_same = now is not None and _content(written) == _content(now)
    rules.may_publish_change(stage=found.stage, requirements=written.requirements.count(), is_same=is_same).or_raise()
    written.published_at, written.published_by = at, by
    written.save(update_fields=["published_at", "published_by"])
    _tell(
        "facilitators.requirements_published", written, by=by, at=at, public=True, reason=written.reason,
        changes={"version": [now.version if now else 0, written.version]},
    )  # fmt: skip
    return written


@act("facilitators.requirement_change_dropped")
def drop_change(*, by: Account | None, at: datetime, round: Round) -> Round:
    """Give up a new version that is not published (id: membatalkan perubahan persyaratan)."""
    found = locked(round)
    written = set_being_written(found)
    if written is None or written.version == 1:
        raise Refused(Reason.NO_CHANGE)
    _tell("facilitators.requirement_change_dropped", written, by=by, at=at, changes={"version": written.version})
    written.requirements.all().delete()
    written.delete()
    return found


def _content(version: RequirementSet) -> list[tuple[Any, ...]]:
    return list(version.requirements.order_by("position").values_list("key", *FACTS))


def _writable(requirement_set: RequirementSet) -> RequirementSet:
    """Locked with its round, so that nothing is added while it is being published."""
    round_ = locked(requirement_set.round)
    found = RequirementSet.objects.filter(pk=requirement_set.pk).first()
    if found is None:
        raise Refused(Reason.NO_CHANGE)
    rules.may_edit_requirements(stage=round_.stage, is_published=found.published_at is not None).or_raise()
    return found


def _clean(facts: dict[str, Any]) -> dict[str, Any]:
    clean = {name: facts[name] for name in FACTS if name in facts}
    for name, most in WORDS.items():
        if name in clean:
            clean[name] = mask_to(clean[name].strip(), most)
    if not clean.get("needs_second_check"):
        clean["register_name"] = ""
    elif not clean.get("register_name"):
        raise Refused(Reason.REGISTER_MISSING, field="register_name")
    return clean


def _tell(
    verb: str, version: RequirementSet, *, by: Account | None, at: datetime, public: bool = False, reason: str = "",
    changes: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    round_ = version.round
    journal.record(
        verb, subject=round_, region=round_.region_path, by=by, at=at, reason=reason, public=public,
        office=office_of(by, Verb.SELECTION_MANAGE, round_, at),
        changes={"requirements": f"v{version.version}", **(changes or {})},
    )  # fmt: skip
