"""May a selection be made, changed, advanced, cancelled? Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.facilitators.enums.rounds import PostKind, RoundStage
from pendamping.facilitators.enums.selection import Reason

ORDER = (
    RoundStage.DRAFT, RoundStage.OPEN, RoundStage.CHECKING, RoundStage.TESTING, RoundStage.INTERVIEWING,
    RoundStage.RANKED, RoundStage.FINAL,
)  # fmt: skip
LEVELS: Mapping[str, tuple[str, ...]] = {
    PostKind.WARD_FACILITATOR: ("ward", "district", "city"),
    PostKind.AREA_COORDINATOR: ("district", "city"),
    PostKind.CITY_COORDINATOR: ("city",),
}


@dataclass(frozen=True)
class Gate:
    """The facts that decide whether a round may go on (counts of applications, days in the city's zone)."""

    stage: str
    today: date
    opens_on: date
    closes_on: date
    has_basis: bool = True
    posts: int = 0
    requirements: int = 0
    change_version: int = 0  # of an unpublished change, 0 when none is being written
    unchecked: int = 0
    untested: int = 0
    is_sealed: bool = False  # a test was held and its results are not released
    has_criteria: bool = True  # of an interview that counts
    unscored: int = 0
    unanswered: int = 0  # objections
    ranking_version: int = 0
    objections_until: datetime | None = None
    now: datetime | None = None


def is_editable(*, stage: str) -> Verdict:
    """Can rules, dates, weights and posts still change?"""
    return ALLOWED if stage == RoundStage.DRAFT else refused(Reason.FROZEN)


def is_sound(
    *, opens_on: date, closes_on: date, later: Sequence[tuple[str, date | None]], exam_weight: int,
    interview_weight: int, tie_rule: Sequence[str],
) -> Verdict:  # fmt: skip
    """Do the facts of a round fit together? `later` are the calendar's further days in order, with their labels."""
    if closes_on < opens_on:
        return refused(Reason.DATES, field="closes_on")
    if exam_weight + interview_weight != 100:
        return refused(Reason.WEIGHTS, field="interview_weight", sum=exam_weight + interview_weight)
    if len(set(tie_rule)) != len(tie_rule):
        return refused(Reason.TIE_RULE, field="tie_1")
    return _in_order(closes_on, later)


def _in_order(closes_on: date, later: Sequence[tuple[str, date | None]]) -> Verdict:
    last, name = closes_on, ""
    for label, day in later:
        if day is None:
            continue
        if day < last:
            return refused(Reason.CALENDAR, later=label, earlier=name or last)
        last, name = day, label
    return ALLOWED


def may_add_post(*, stage: str, kind: str, level: str, path: str, round_path: str, levels: str, label: str) -> Verdict:
    """May a post of this kind be offered in this area? `levels` and `label` are the words for the refusal."""
    if not path.startswith(round_path):
        return first_refusal(is_editable(stage=stage), refused(Reason.PLACE_OUTSIDE, field="region"))
    if level not in LEVELS[kind]:
        outside = refused(Reason.PLACE_LEVEL, field="region", kind=label, levels=levels)
        return first_refusal(is_editable(stage=stage), outside)
    return is_editable(stage=stage)


def next_stage(stage: str) -> RoundStage | None:
    """The stage that follows, None when the round has ended."""
    known = [one.value for one in ORDER]
    if stage not in known or stage == RoundStage.FINAL:
        return None
    return ORDER[known.index(stage) + 1]


def may_advance(gate: Gate, *, to: str) -> Verdict:
    """May the round go on to this stage? Says what is missing."""
    after = next_stage(gate.stage)
    if after is None:
        return refused(Reason.NO_NEXT)
    if to != after:
        return refused(Reason.NOT_NEXT, next=after.label)
    return _GATES[after](gate)


def _may_open(gate: Gate) -> Verdict:
    if not gate.has_basis:
        return refused(Reason.NO_LEGAL_BASIS)
    if not gate.posts:
        return refused(Reason.NO_POSTS)
    if not gate.requirements:
        return refused(Reason.NO_REQUIREMENTS)
    if gate.today < gate.opens_on:
        return refused(Reason.TOO_EARLY, day=gate.opens_on)
    return refused(Reason.OPENS_TOO_LATE, day=gate.closes_on) if gate.today > gate.closes_on else ALLOWED


def _may_check(gate: Gate) -> Verdict:
    if gate.today <= gate.closes_on:
        return refused(Reason.TOO_EARLY, day=date.fromordinal(gate.closes_on.toordinal() + 1))
    return refused(Reason.CHANGE_UNFINISHED, version=gate.change_version) if gate.change_version else ALLOWED


def _may_test(gate: Gate) -> Verdict:
    return refused(Reason.UNCHECKED, count=gate.unchecked) if gate.unchecked else ALLOWED


def _may_interview(gate: Gate) -> Verdict:
    if gate.untested:
        return refused(Reason.UNTESTED, count=gate.untested)
    if gate.is_sealed:
        return refused(Reason.SEALED)
    return ALLOWED if gate.has_criteria else refused(Reason.NO_CRITERIA)


def _may_rank(gate: Gate) -> Verdict:
    if gate.unscored:
        return refused(Reason.UNSCORED, count=gate.unscored)
    return ALLOWED if gate.ranking_version else refused(Reason.NOT_RANKED)


def _may_finish(gate: Gate) -> Verdict:
    if gate.objections_until is None:
        return refused(Reason.NO_WINDOW)
    if gate.now is None or gate.now <= gate.objections_until:
        return refused(Reason.WINDOW_OPEN, until=gate.objections_until)
    if gate.unanswered:
        return refused(Reason.UNANSWERED, count=gate.unanswered)
    if gate.untested:
        return refused(Reason.UNTESTED, count=gate.untested)
    return refused(Reason.UNSCORED, count=gate.unscored) if gate.unscored else ALLOWED


_GATES = {
    RoundStage.OPEN: _may_open,
    RoundStage.CHECKING: _may_check,
    RoundStage.TESTING: _may_test,
    RoundStage.INTERVIEWING: _may_interview,
    RoundStage.RANKED: _may_rank,
    RoundStage.FINAL: _may_finish,
}


def may_cancel(*, stage: str, reason: str) -> Verdict:
    """May the round be called off? With a reason, until its result is final."""
    if stage in (RoundStage.FINAL, RoundStage.CANCELLED):
        return refused(Reason.FINISHED)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def may_edit_requirements(*, stage: str, is_published: bool) -> Verdict:
    """May this version of the requirements be written on?"""
    if is_published:
        return refused(Reason.SET_FROZEN)
    return ALLOWED if stage in (RoundStage.DRAFT, RoundStage.OPEN) else refused(Reason.NOT_OPEN_FOR_CHANGE)


def may_begin_change(*, stage: str, is_begun: bool, reason: str) -> Verdict:
    """May a new version be begun? Only while registration is open, one at a time, with a reason."""
    if stage != RoundStage.OPEN:
        return refused(Reason.NOT_OPEN_FOR_CHANGE)
    if is_begun:
        return refused(Reason.CHANGE_BEGUN)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def may_publish_change(*, stage: str, requirements: int, is_same: bool) -> Verdict:
    """May the new version come into force? It says something, and something else than before."""
    if stage != RoundStage.OPEN:
        return refused(Reason.NOT_OPEN_FOR_CHANGE)
    if not requirements:
        return refused(Reason.NO_REQUIREMENTS)
    return refused(Reason.NOTHING_CHANGED) if is_same else ALLOWED
