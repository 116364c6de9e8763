"""The half-yearly evaluation on its way: computed, shown, replied to, settled.

The journal is told of steps, by code; never of values or words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from pendamping.access import duties
from pendamping.access.duties import Duty
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.personal import mask
from pendamping.facilitators import indicators as registry
from pendamping.facilitators.enums.evaluations import EvaluationState
from pendamping.facilitators.models import (
    Assignment,
    CoachingTask,
    Evaluation,
    EvaluationRules,
    EvaluationValue,
    Renewal,
)
from pendamping.facilitators.queries import evaluations as queries
from pendamping.facilitators.rules import evaluations as rules
from pendamping.facilitators.rules import months
from pendamping.facilitators.rules.indicators import Half, points
from pendamping.facilitators.services.telling import tell
from pendamping.regions.models import Region


@act("facilitators.evaluation_computed")
def compute_evaluation(*, by: Account | None, at: datetime, account: Account, half: Half) -> Evaluation:
    """Compute somebody's half-year (id: menghitung evaluasi), or compute it anew while nobody was shown it.

    Every value is kept with its sample, the codes of its records and the rule that judged it. Refused: a half-year not
    over, without service, without rules, oneself, one already shown. Two at once make one.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    known = Evaluation.objects.filter(account=account, year=half.year, half=half.half).first()
    assigned = queries.assigned_in(account, half)
    place = queries.main_place(assigned)
    in_force = queries.rules_in_force(place[:4], half.since)
    rules.may_compute(
        closes_on=queries.closes_on(place, half), today=day(at), is_own=by is not None and by.pk == account.pk,
        served=bool(place), has_rules=in_force is not None, since=half.since, known=known.code if known else "",
        state=known.state if known else "",
    ).or_raise()  # fmt: skip
    assert in_force is not None  # noqa: S101  the rule has asked
    service = queries.on_duty(assigned)
    values = _judged(registry.read_all(service), in_force)
    made = _kept(known, account, half, place, assigned, len(service.days), in_force, values, by=by, at=at)
    _tell("facilitators.evaluation_computed", made, by=by, at=at, changes={"anew": known is not None})
    return made


def _judged(readings: dict[str, registry.Reading], in_force: EvaluationRules) -> list[EvaluationValue]:
    """The readings under the rules; without a rule nothing is judged, below the least sample nothing is given."""
    lines = {line.indicator: line for line in in_force.lines.all()}
    found = []
    for one in registry.indicators():
        line, reading = lines.get(one.key), readings[one.key]
        if line is None:
            continue
        value = reading.value if reading.sample >= line.sample_least else None
        reached = None if value is None else points(value, good=line.good, poor=line.poor)
        found.append(
            EvaluationValue(
                indicator=one.key, group=one.group, unit=one.unit, value=value,
                at_least=reading.at_least and value is not None, part=None if value is None else reading.part,
                still_open=reading.still_open, sample=reading.sample, inputs=list(reading.inputs),
                weight=line.weight, sample_least=line.sample_least, good=line.good, poor=line.poor, points=reached,
            )
        )  # fmt: skip
    return found


def _kept(
    known: Evaluation | None, account: Account, half: Half, place: str, assigned: registry.Service, days: int,
    in_force: EvaluationRules, values: Sequence[EvaluationValue], *, by: Account | None, at: datetime,
) -> Evaluation:  # fmt: skip
    """The evaluation with these values; those of an earlier draft give way."""
    here = Assignment.objects.filter(account=account, region__path=place, starts_on__lte=half.until)
    last = here.select_related("appointment", "region").order_by("-starts_on", "-id")[:1].get()
    labels = dict(Region.objects.filter(path__in=assigned.paths).values_list("path", "name"))
    result = queries.score_of(values, in_force)
    facts: dict[str, Any] = {
        "rules": in_force, "days_served": days, "total": result.total, "judged_weight": result.judged_weight,
        "whole_weight": result.whole_weight, "computed_at": at, "computed_by": by, "appointment": last.appointment,
        "role": months.highest(one.role for one in queries.placed_in(account, half)),
        "served": [[one.path, labels[one.path], str(one.since), str(one.until)] for one in assigned.inside],
    }  # fmt: skip
    if known is None:
        made = Evaluation.add(
            at=at, region=last.region, account=account, year=half.year, half=half.half, **facts
        )  # fmt: skip
    else:
        made = known
        made.values.all().delete()
        for name, value in facts.items():
            setattr(made, name, value)
        made.save(update_fields=list(facts))
    for one in values:
        one.evaluation = made
    EvaluationValue.objects.bulk_create(values)
    return made


@act("facilitators.evaluation_shown")
def show_evaluation(*, by: Account | None, at: datetime, evaluation: Evaluation) -> Evaluation:
    """Show the person their values (id: menyampaikan evaluasi); from now on they are frozen.

    The time to reply begins, and each weak value becomes a coaching task.
    """
    evaluation = locked(evaluation)
    rules.may_show(state=evaluation.state, is_own=_is_own(evaluation, by)).or_raise()
    today, in_force = day(at), evaluation.rules
    evaluation.state, evaluation.shown_at = EvaluationState.SHOWN, at
    evaluation.reply_by = today + timedelta(days=in_force.reply_days)
    evaluation.save(update_fields=["state", "shown_at", "reply_by"])
    weak = [value for value in evaluation.values.all() if queries.is_weak(value, in_force)]
    due_on = today + timedelta(days=in_force.coaching_days)
    for value in weak:
        CoachingTask.objects.create(created_at=at, evaluation=evaluation, value=value, due_on=due_on)
    changes = {"reply_by": evaluation.reply_by, "coaching": len(weak)}
    _tell("facilitators.evaluation_shown", evaluation, by=by, at=at, changes=changes)
    return evaluation


@act("facilitators.evaluation_replied")
def reply_to_evaluation(*, by: Account, at: datetime, evaluation: Evaluation, reply: str) -> Evaluation:
    """The person replies in their own words (id: memberi tanggapan), once and in time."""
    evaluation = locked(evaluation)
    rules.may_reply(
        is_own=_is_own(evaluation, by), state=evaluation.state, state_label=evaluation.get_state_display(),
        reply_by=evaluation.reply_by, today=day(at), words=reply,
    ).or_raise()  # fmt: skip
    evaluation.state, evaluation.reply, evaluation.replied_at = EvaluationState.REPLIED, mask(reply).text, at
    evaluation.save(update_fields=["state", "reply", "replied_at"])
    _tell("facilitators.evaluation_replied", evaluation, by=by, at=at, right=Verb.WORK_SEE)
    return evaluation


@act("facilitators.evaluation_settled")
def settle_evaluation(
    *, by: Account | None, at: datetime, evaluation: Evaluation, words: str, struck: Sequence[str] = ()
) -> Evaluation:
    """Settle it with words that answer the reply (id: menetapkan evaluasi).

    `struck` are keys of values that do not hold: they stay readable, and their weight passes to the others. Refused:
    before the reply or its last day, without words, by a facilitator, by whoever computed it while another may.
    """
    evaluation = locked(evaluation)
    values = list(evaluation.values.all())
    rules.may_settle(hearing(evaluation, day(at)), actor=_key(by), today=day(at), words=words).or_raise()
    judged = [one.indicator for one in values if one.points is not None]
    rules.may_strike(struck, judged, queries.labels(list(struck))).or_raise()
    _may_decide(evaluation, by, at)
    for one in values:
        if one.indicator in struck:
            one.is_struck = True
            one.save(update_fields=["is_struck"])
    result = queries.score_of(values, evaluation.rules)
    evaluation.total, evaluation.judged_weight = result.total, result.judged_weight
    evaluation.state, evaluation.words = EvaluationState.SETTLED, mask(words).text
    evaluation.settled_at, evaluation.settled_by = at, by
    evaluation.settled_alone = by is not None and by.pk == evaluation.computed_by_id
    names = ("total", "judged_weight", "state", "words", "settled_at", "settled_by", "settled_alone")
    evaluation.save(update_fields=names)
    changes = {"struck": sorted(struck)}
    _tell("facilitators.evaluation_settled", evaluation, by=by, at=at, right=Verb.EVALUATION_DECIDE, changes=changes)
    return evaluation


@act("facilitators.renewal_decided")
def decide_renewal(
    *, by: Account | None, at: datetime, evaluation: Evaluation, outcome: str, reason: str, conditions: str = ""
) -> Renewal:
    """Decide what becomes of the contract (id: memutuskan perpanjangan), with a reason the person reads.

    Refused: before the settlement, twice, by whoever computed it while another may, conditions that are missing or do
    not belong.
    """
    evaluation = locked(evaluation)
    before = Renewal.objects.filter(evaluation=evaluation).first()
    rules.may_renew(
        hearing(evaluation, day(at)), actor=_key(by), today=day(at),
        decided=before.get_outcome_display() if before else "", outcome=outcome, reason=reason, conditions=conditions,
    ).or_raise()  # fmt: skip
    _may_decide(evaluation, by, at)
    made = Renewal.objects.create(
        created_at=at, evaluation=evaluation, outcome=outcome, reason=mask(reason).text,
        conditions=mask(conditions).text, decided_by=by,
    )  # fmt: skip
    _tell("facilitators.renewal_decided", made, by=by, at=at, right=Verb.EVALUATION_DECIDE)
    return made


def hearing(evaluation: Evaluation, on: date) -> rules.Hearing:
    """Where it stands on a day, as facts for the rules."""
    return rules.Hearing(
        state=evaluation.state, state_label=evaluation.get_state_display(), reply_by=evaluation.reply_by,
        computed_by=evaluation.computed_by_id, account=evaluation.account_id,
        has_others=queries.may_others_decide(evaluation, on),
    )  # fmt: skip


def locked(evaluation: Evaluation) -> Evaluation:
    """The evaluation as it is now, held until the act is over."""
    return Evaluation.objects.select_for_update(of=("self",)).select_related("rules", "region").get(pk=evaluation.pk)


def _may_decide(evaluation: Evaluation, by: Account | None, at: datetime) -> None:
    """Deciding is approving: never done by somebody who facilitates or coordinates here (access.duties)."""
    duties.duty_verdict(by=by, place=evaluation, at=at, takes=Duty.APPROVER, earlier=[]).or_raise()


def _is_own(evaluation: Evaluation, by: Account | None) -> bool:
    return by is not None and by.pk == evaluation.account_id


def _key(by: Account | None) -> int | None:
    return by.pk if by is not None else None


def _tell(
    verb: str, subject: Any, *, by: Account | None, at: datetime, right: Verb = Verb.EVALUATION_COACH,
    changes: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """A step of an evaluation, by its code and half-year; neither points nor words."""
    evaluation = subject if isinstance(subject, Evaluation) else subject.evaluation
    tell(verb, subject, by=by, at=at, right=right, changes={"half": evaluation.half_code, **(changes or {})})
