"""A result becomes decisions, all in one act; where the chair departs from it, the reason is printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.money import rupiah
from pendamping.core.verdicts import Verdict, first_refusal
from pendamping.deliberation.enums.meetings import Outcome
from pendamping.deliberation.models import Result
from pendamping.deliberation.queries.results import Shown, Won, items_of_result
from pendamping.deliberation.rules import results as rules
from pendamping.deliberation.rules.ladder import CHOSEN
from pendamping.deliberation.rules.meetings import has_begun
from pendamping.deliberation.rules.results import Choice
from pendamping.deliberation.services.deciding import decider_verdict, record_decision
from pendamping.deliberation.services.shared import locked, tell


@act("deliberation.result_decided")
def decide_from_result(
    *, by: Account | None, at: datetime, result: Result, choices: Sequence[Choice] = (),
    unfunded: str = Outcome.DEFERRED,
) -> Result:  # fmt: skip
    """Record the decisions that follow from a result (id: menetapkan hasil), for every proposal of its ballot.

    What the rule chooses is funded with its price; an RW meeting recommends it, a district meeting passes it to the
    city. The others take `unfunded` (deferred: carried to a later year; passed on: up to the district; rejected), with
    the sentence of the result as reason. `choices` say otherwise for single
    proposals. Refuses a result that was counted again, a departure without words or beyond the money, and whatever
    deciding one of them refuses. May be done again until the meeting is closed.
    """
    meeting = locked(result.meeting)
    result = _newest(result)
    rules.is_meeting_open(meeting_state=meeting.state).or_raise()
    shown = Shown(result, "id")
    prices = {code: one["cost"] for code, one in shown.proposals.items()}
    funded = {code: shown.is_funded(code) for code in prices}
    own, won = {one.code: one for one in choices}, CHOSEN[meeting.kind]
    standing = {
        code: own.get(code)
        or (Choice(code, won, _amount(won, price)) if funded[code] and price else Choice(code, str(unfunded)))
        for code, price in prices.items()
    }
    strange = [one for one in choices if one.code not in prices]
    rules.may_apply(
        [*strange, *standing.values()], funded=funded, prices=prices, ceiling=shown.ceiling, chosen=won
    ).or_raise()
    reasons = reasons_of(shown)
    departing = 0
    for item in items_of_result(result, list(prices)):
        one = standing[item.proposal.code]
        departs = rules.departs(one, is_funded=funded[one.code], price=prices[one.code], chosen=won)
        departing += departs
        amount = one.amount if one.outcome == Outcome.FUNDED else None
        record_decision(
            by=by, at=at, item=item, outcome=one.outcome, amount=amount, result=result,
            reason=departing_words(one, reasons[one.code]) if departs else one.reason or reasons[one.code],
        )  # fmt: skip
    tell(
        "deliberation.result_decided", meeting, Verb.MEETING_DECIDE, by=by, at=at, public=False,
        changes={"result": result.number, "decisions": len(standing), "departures": departing},
    )  # fmt: skip
    return result


@act("deliberation.result_departed")
def depart_from_result(*, by: Account | None, at: datetime, result: Result, choice: Choice) -> Result:
    """Decide one proposal otherwise than the result, with the reason (id: menyimpang dari hasil).

    What is recorded for the others stands. Refuses empty words, funding without an amount or beyond the money, a result
    that was counted again, and whatever deciding refuses.
    """
    meeting = locked(result.meeting)
    result = _newest(result)
    rules.is_meeting_open(meeting_state=meeting.state).or_raise()
    shown = Shown(result, "id")
    prices = {code: one["cost"] for code, one in shown.proposals.items()}
    funded = {code: shown.is_funded(code) for code in prices}
    items = {item.proposal.code: item for item in items_of_result(result, list(prices))}
    others = [
        Choice(code, item.decision.outcome, item.decision.amount, item.decision.reason)
        for code, item in items.items()
        if code != choice.code and hasattr(item, "decision")
    ]
    won = CHOSEN[meeting.kind]
    rules.may_apply([choice, *others], funded=funded, prices=prices, ceiling=shown.ceiling, chosen=won).or_raise()
    departs = rules.departs(choice, is_funded=funded[choice.code], price=prices[choice.code], chosen=won)
    said = reasons_of(shown)[choice.code]
    record_decision(
        by=by, at=at, item=items[choice.code], outcome=choice.outcome, result=result,
        amount=choice.amount if choice.outcome == Outcome.FUNDED else None,
        reason=departing_words(choice, said) if departs else choice.reason,
    )  # fmt: skip
    return result


def _amount(outcome: str, price: int) -> int | None:
    """Rupiah that a decision names: only funding does."""
    return price if outcome == Outcome.FUNDED else None


def decide_verdict(*, by: Account | None, at: datetime, result: Result) -> Verdict:
    """May this person record the decisions of a result now? The first proposal that stands against it is told."""
    newer = getattr(result, "recount", None)
    verdict = first_refusal(
        rules.is_newest(newer=newer and newer.number),
        rules.is_meeting_open(meeting_state=result.meeting.state),
        has_begun(state=result.meeting.state, held_on=result.meeting.held_on, today=day(at)),
    )
    if not verdict:
        return verdict
    items = items_of_result(result, list(Shown(result).proposals))
    return first_refusal(*(decider_verdict(by=by, item=item, at=at) for item in items))


def _newest(result: Result) -> Result:
    found = Result.objects.select_related("meeting", "poll").get(pk=result.pk)
    newer = getattr(found, "recount", None)
    rules.is_newest(newer=newer and newer.number).or_raise()
    return found


def reasons_of(shown: Shown) -> dict[str, str]:
    """What the result says of each proposal of its ballot."""
    return {
        **{one.code: funded_words(one, shown.chosen) for one in shown.won},
        **{one.code: one.sentence for one in shown.lost},
    }


def funded_words(one: Won, chosen: str = Outcome.FUNDED) -> str:
    """Why something is funded, or where `chosen` says so sent on, in the language of official papers."""
    with override("id"):
        words = {
            "place": one.place, "people": formats.number(one.supporters), "price": rupiah(one.price),
            "payers": formats.number(one.payers),
        }  # fmt: skip
        said = _("Number %(place)s of the ballot: %(payers)s residents paid %(price)s from their shares.")
        if one.criteria:
            words["paid"], words["criteria"] = (
                rupiah(one.paid),
                ", ".join(f"{title} {rupiah(amount)}" for title, amount in one.criteria),
            )
            said = _(
                "Number %(place)s of the ballot: %(payers)s residents paid %(paid)s from their shares; "
                "from the criteria of need: %(criteria)s."
            )
        if one.status == "fill":
            said = _("Number %(place)s of the ballot: filled by votes from what was left, %(people)s supporters.")
        if one.status == "floor":
            said = _("Number %(place)s of the ballot: funded by a least share of the rule, %(people)s supporters.")
            if chosen != Outcome.FUNDED:
                said = _("Number %(place)s of the ballot: chosen by a least share of the rule, %(people)s supporters.")
        return str(said % words)


def departing_words(one: Choice, said: str) -> str:
    """The reason of a departure, with what the result says, in the language of official papers."""
    with override("id"):
        return _("Departs from the result of the ballot. Reason: %(reason)s The result says: %(said)s") % {
            "reason": one.reason.strip().rstrip(".") + ".", "said": said,
        }  # fmt: skip
