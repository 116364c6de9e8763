"""A selection round is made, mended, led from stage to stage, or called off."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask_to
from pendamping.facilitators.enums.rounds import RoundStage, Specialism
from pendamping.facilitators.enums.selection import Reason
from pendamping.facilitators.models import Post, RequirementSet, Round
from pendamping.facilitators.queries.rounds import gate_of, set_being_written
from pendamping.facilitators.rules import rounds as rules
from pendamping.regions.models import Level, Region

FACTS = (
    "title", "legal_basis", "legal_article", "fiscal_year", "opens_on", "closes_on", "files_on", "exam_on",
    "interview_on", "announced_on", "exam_weight", "interview_weight", "exam_pass", "interview_pass", "tie_rule",
    "reserves", "objection_days", "retention_days",
)  # fmt: skip


@act("facilitators.round_made")
def make_round(*, by: Account | None, at: datetime, region: Region, **facts: Any) -> Round:
    """Prepare a selection round (id: menyiapkan seleksi) with an empty first version of its requirements.

    `facts` are those of FACTS. Refuses a place that is no city, dates out of order, weights that are not 100.
    """
    if region.level != Level.CITY:
        raise Refused(Reason.NOT_A_CITY, field="region")
    _is_sound(facts)
    made = Round.add(at=at, region=region, made_by=by, **_clean(facts))
    RequirementSet.objects.create(round=made, version=1, created_at=at)
    counters.moved("round.stage", made, None, made.stage)
    _tell("facilitators.round_made", made, by=by, at=at, public=False)
    return made


@act("facilitators.round_edited")
def edit_round(*, by: Account | None, at: datetime, round: Round, **facts: Any) -> Round:
    """Mend dates, weights and words of a round (id: mengubah seleksi); refused once registration has opened."""
    found = locked(round)
    rules.is_editable(stage=found.stage).or_raise()
    _is_sound({**{name: getattr(found, name) for name in FACTS}, **facts})
    clean = _clean(facts)
    changes = {name: [getattr(found, name), value] for name, value in clean.items() if getattr(found, name) != value}
    for name, value in clean.items():
        setattr(found, name, value)
    found.save(update_fields=[*clean])
    _tell("facilitators.round_edited", found, by=by, at=at, public=False, changes=changes)
    return found


def _is_sound(facts: Mapping[str, Any]) -> None:
    later = (
        (_("Results of the file check"), facts.get("files_on")), (_("Computer test"), facts.get("exam_on")),
        (_("Interviews"), facts.get("interview_on")), (_("Final result"), facts.get("announced_on")),
    )  # fmt: skip
    rules.is_sound(
        opens_on=facts["opens_on"], closes_on=facts["closes_on"], later=later,
        exam_weight=facts.get("exam_weight", 60), interview_weight=facts.get("interview_weight", 40),
        tie_rule=facts.get("tie_rule", ()),
    ).or_raise()  # fmt: skip


def _clean(facts: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in facts.items() if name in FACTS}
    for name, most in (("title", 160), ("legal_basis", 200), ("legal_article", 80)):
        if name in known:
            known[name] = mask_to(known[name], most)
    if "tie_rule" in known:
        known["tie_rule"] = [str(one) for one in known["tie_rule"]]
    return known


@act("facilitators.post_added")
def add_post(
    *, by: Account | None, at: datetime, round: Round, kind: str, region: Region, number: int,
    specialism: str = Specialism.ANY,
) -> Post:  # fmt: skip
    """Offer places of a kind in an area (id: menambah formasi), while the round is being prepared."""
    found = locked(round)
    levels = ", ".join(str(Level(level).label) for level in rules.LEVELS[kind])
    post = Post(round=found, kind=kind, specialism=specialism, region=region, number=number, created_at=at)
    rules.may_add_post(
        stage=found.stage, kind=kind, level=region.level, path=region.path, round_path=found.region_path,
        levels=levels, label=str(post.get_kind_display()),
    ).or_raise()  # fmt: skip
    try:
        with transaction.atomic():
            post.save(force_insert=True)
    except IntegrityError:
        raise Refused(Reason.POST_TWICE, field="region") from None
    _tell("facilitators.post_added", found, by=by, at=at, public=False, changes=_post(post))
    return post


@act("facilitators.post_removed")
def remove_post(*, by: Account | None, at: datetime, post: Post) -> Round:
    """Take a post out of a round that is still being prepared (id: menghapus formasi)."""
    found = locked(post.round)
    rules.is_editable(stage=found.stage).or_raise()
    changes = _post(post)
    Post.objects.filter(pk=post.pk, round=found).delete()
    _tell("facilitators.post_removed", found, by=by, at=at, public=False, changes=changes)
    return found


def _post(post: Post) -> dict[str, Any]:
    return {
        "kind": str(post.kind),
        "specialism": str(post.specialism),
        "region": post.region.path,
        "number": post.number,
    }


@act("facilitators.round_advanced")
def advance_round(*, by: Account | None, at: datetime, round: Round, to: str) -> Round:
    """Lead a round to its next stage (id: melanjutkan tahap seleksi). Opening freezes version 1 of the requirements.

    Refuses a stage that is not the next, and says what is missing: posts, requirements, a day, results, a ranking.
    """
    found = locked(round)
    rules.may_advance(gate_of(found, at), to=to).or_raise()
    before, found.stage = found.stage, RoundStage(to)
    fields, said = ["stage"], {}
    if to == RoundStage.OPEN:
        found.opened_at = at
        fields.append("opened_at")
        _freeze(found, by=by, at=at)
    if to == RoundStage.INTERVIEWING:  # after the last application, before the first score: nobody can aim at it
        found.lottery_seed = said["lottery_seed"] = secrets.token_hex(16)
        fields.append("lottery_seed")
    if to == RoundStage.FINAL:
        found.finished_at = at
        fields.append("finished_at")
    found.save(update_fields=fields)
    counters.moved("round.stage", found, before, found.stage)
    _tell("facilitators.round_advanced", found, by=by, at=at, changes={"stage": [before, to], **said})
    return found


def _freeze(found: Round, *, by: Account | None, at: datetime) -> None:
    first = set_being_written(found)
    if first is not None:
        first.published_at, first.published_by = at, by
        first.save(update_fields=["published_at", "published_by"])


@act("facilitators.round_cancelled")
def cancel_round(*, by: Account | None, at: datetime, round: Round, reason: str) -> Round:
    """Call a round off (id: membatalkan seleksi), with a reason that everyone reads; not once its result is final."""
    found = locked(round)
    reason = mask_to(reason.strip(), 400)
    rules.may_cancel(stage=found.stage, reason=reason).or_raise()
    before = found.stage
    found.stage, found.cancelled_at, found.cancelled_reason = RoundStage.CANCELLED, at, reason
    found.save(update_fields=["stage", "cancelled_at", "cancelled_reason"])
    counters.moved("round.stage", found, before, found.stage)
    was_public = found.opened_at is not None
    _tell("facilitators.round_cancelled", found, by=by, at=at, public=was_public, reason=reason,
          changes={"stage": [before, RoundStage.CANCELLED]})  # fmt: skip
    return found


def locked(round_: Round) -> Round:
    """The round as it is now; nobody else changes it until the act is over."""
    return Round.objects.select_for_update(of=("self",)).select_related("region").get(pk=round_.pk)


def _tell(
    verb: str, found: Round, *, by: Account | None, at: datetime, public: bool = True, reason: str = "",
    changes: Mapping[str, Any] | Sequence[Any] | None = None,
) -> None:  # fmt: skip
    journal.record(
        verb, subject=found, region=found.region_path, by=by, at=at, reason=reason, public=public,
        office=office_of(by, Verb.SELECTION_MANAGE, found, at), changes=dict(changes or {}),
    )  # fmt: skip
