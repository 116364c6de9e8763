"""May a half-year be computed, shown, replied to, settled; may a contract be decided on? Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.facilitators.enums.evaluations import EvaluationState, IndicatorUnit, Reason, RenewalOutcome
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.rules.months import RANKS

MOST = {IndicatorUnit.SHARE.value: Decimal(1), IndicatorUnit.DAYS.value: Decimal(366)}


def evaluates(office: str) -> tuple[str, ...]:
    """The roles whose half-years an office computes and shows: a coordinator those below, the secretariat all."""
    return RANKS[: RANKS.index(PostKind(office))] if office in RANKS else RANKS


def coaches(office: str) -> tuple[str, ...]:
    """The roles an office coaches whoever else is there: a coordinator those below, the secretariat the city's own.

    Where no coordinator's office above somebody is filled, the secretariat coaches them too (queries.coached_by).
    """
    return evaluates(office) if office in RANKS else RANKS[-1:]


def may_compute(
    *, closes_on: date, today: date, is_own: bool, served: bool, has_rules: bool, since: date, known: str, state: str
) -> Verdict:
    """May values be computed, or computed anew while nobody has seen them? `known` is the code of an earlier one.

    Not before the report of the last month can no longer come in time (`closes_on`), or it would count as late.
    """
    if is_own:
        return refused(Reason.NOT_ONESELF)
    if today <= closes_on:
        return refused(Reason.NOT_OVER, field="half", day=closes_on)
    if known and state != EvaluationState.DRAFT:
        return refused(Reason.COMPUTED_ALREADY, field="half", code=known)
    if not served:
        return refused(Reason.NOT_SERVED, field="half")
    return ALLOWED if has_rules else refused(Reason.NO_RULES, field="half", day=since)


def may_show(*, state: str, is_own: bool) -> Verdict:
    """May the person be shown it? Once, not by themselves."""
    if is_own:
        return refused(Reason.NOT_ONESELF)
    return ALLOWED if state == EvaluationState.DRAFT else refused(Reason.NOT_DRAFT)


def may_reply(*, is_own: bool, state: str, state_label: str, reply_by: date | None, today: date, words: str) -> Verdict:
    """May these words be the reply? By the person, once, in time."""
    if not is_own:
        return refused(Reason.NOT_YOURS)
    if state == EvaluationState.REPLIED:
        return refused(Reason.REPLIED_ALREADY)
    if state != EvaluationState.SHOWN or reply_by is None:
        return refused(Reason.NOT_SHOWN, state=state_label)
    if today > reply_by:
        return refused(Reason.REPLY_LATE, field="reply", day=reply_by)
    return ALLOWED if words.strip() else refused(Reason.WORDS_MISSING, field="reply")


@dataclass(frozen=True)
class Hearing:
    """Where an evaluation stands for whoever decides on it (id: kedudukan evaluasi)."""

    state: str
    state_label: str
    reply_by: date | None
    computed_by: int | None
    account: int
    has_others: bool = True  # somebody besides whoever computed it may decide here


def may_judge(hearing: Hearing, *, actor: int | None, today: date) -> Verdict:
    """May this person decide now? Never about themselves, never before the reply, never on what they computed.

    Unless nobody else may decide here: else it would wait for ever. The words of the settlement are then all there is.
    """
    if actor == hearing.account:
        return refused(Reason.NOT_ONESELF)
    if actor is not None and actor == hearing.computed_by and hearing.has_others:
        return refused(Reason.COMPUTED_IT)
    if hearing.state == EvaluationState.SHOWN and hearing.reply_by is not None and today <= hearing.reply_by:
        return refused(Reason.REPLY_OPEN, day=hearing.reply_by)
    return ALLOWED


def may_settle(hearing: Hearing, *, actor: int | None, today: date, words: str) -> Verdict:
    """May it be settled with these words?"""
    if hearing.state not in (EvaluationState.SHOWN, EvaluationState.REPLIED):
        return refused(Reason.NOT_SHOWN, state=hearing.state_label)
    return first_refusal(
        may_judge(hearing, actor=actor, today=today),
        ALLOWED if words.strip() else refused(Reason.WORDS_MISSING, field="words"),
    )


def may_strike(names: Iterable[str], judged: Iterable[str], labels: Mapping[str, str]) -> Verdict:
    """Were all these indicators judged?"""
    known = set(judged)
    wrong = next((name for name in names if name not in known), None)
    return ALLOWED if wrong is None else refused(Reason.NOT_JUDGED, field="struck", name=labels.get(wrong, wrong))


def may_renew(
    hearing: Hearing, *, actor: int | None, today: date, decided: str, outcome: str, reason: str, conditions: str
) -> Verdict:
    """May the contract be decided on like this? After the settlement, once, with its reason."""
    if decided:
        return refused(Reason.DECIDED_ALREADY, outcome=decided)
    return first_refusal(
        may_judge(hearing, actor=actor, today=today),
        ALLOWED if hearing.state == EvaluationState.SETTLED else refused(Reason.NOT_SETTLED),
        ALLOWED if reason.strip() else refused(Reason.WORDS_MISSING, field="reason"),
        _fits(outcome, conditions),
    )


def _fits(outcome: str, conditions: str) -> Verdict:
    has_any = bool(conditions.strip())
    if outcome == RenewalOutcome.CONDITIONS:
        return ALLOWED if has_any else refused(Reason.CONDITIONS_MISSING, field="conditions")
    return refused(Reason.CONDITIONS_UNWANTED, field="conditions") if has_any else ALLOWED


def may_agree(*, is_own: bool, done_on: date | None, steps: str, due_on: date, today: date) -> Verdict:
    """May these steps be agreed on, or agreed on anew, until this day?"""
    if is_own:
        return refused(Reason.NOT_ONESELF)
    if done_on is not None:
        return refused(Reason.COACHED_ALREADY, day=done_on)
    if not steps.strip():
        return refused(Reason.WORDS_MISSING, field="steps")
    return ALLOWED if due_on >= today else refused(Reason.DUE_PAST, field="due_on")


def may_finish(*, is_own: bool, is_agreed: bool, done_on: date | None, result: str) -> Verdict:
    """May coaching be finished with this result?"""
    if is_own:
        return refused(Reason.NOT_ONESELF)
    if done_on is not None:
        return refused(Reason.COACHED_ALREADY, day=done_on)
    if not is_agreed:
        return refused(Reason.STEPS_MISSING)
    return ALLOWED if result.strip() else refused(Reason.WORDS_MISSING, field="result")


@dataclass(frozen=True)
class RuleLine:
    """What one indicator weighs (id: baris aturan); bounds in its unit."""

    indicator: str
    weight: int
    sample_least: int
    good: Decimal
    poor: Decimal


def may_set_rules(
    *, legal_basis: str, reason: str, valid_from: date, holds_from: date | None, today: date,
    lines: Sequence[RuleLine], units: Mapping[str, str], labels: Mapping[str, str],
) -> Verdict:  # fmt: skip
    """May these rules be the next version? Known beforehand, whole, with two different bounds each."""
    if not legal_basis.strip():
        return refused(Reason.BASIS_MISSING, field="legal_basis")
    if not reason.strip():
        return refused(Reason.CHANGE_REASON_MISSING, field="reason")
    if valid_from < today:
        return refused(Reason.RULES_BACKDATED, field="valid_from")
    if holds_from is not None and valid_from <= holds_from:
        return refused(Reason.RULES_OVERLAP, field="valid_from", day=holds_from)
    total = sum(line.weight for line in lines)
    if total != 100:
        return refused(Reason.WEIGHTS_NOT_WHOLE, sum=total)
    return first_refusal(*(_is_possible(line, units, labels) for line in lines))


def _is_possible(line: RuleLine, units: Mapping[str, str], labels: Mapping[str, str]) -> Verdict:
    if line.indicator not in units:
        return refused(Reason.INDICATOR_UNKNOWN, name=line.indicator)
    name, most = labels[line.indicator], MOST[units[line.indicator]]
    if line.good == line.poor:
        return refused(Reason.BOUNDS_EQUAL, name=name)
    if not (0 <= line.good <= most and 0 <= line.poor <= most):
        return refused(Reason.BOUNDS_WRONG, name=name, most=most)
    return ALLOWED
