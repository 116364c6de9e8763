"""What a counted ballot adds to the state of a room: who is funded and why others are not; never before the count."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from pendamping.deliberation.enums.meetings import MeetingState, Outcome
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.models import Decision, Meeting, Result
from pendamping.deliberation.queries.results import HEAVY, Shown, newest_results
from pendamping.deliberation.queries.screens import Room, part, tells_result
from pendamping.deliberation.rules import results as rules
from pendamping.deliberation.rules.ladder import CHOSEN


@tells_result
def _is_counted(meeting: Meeting) -> bool:
    return newest_results(meeting).exists()


@part("result", views=(ScreenView.RESULT,))
def result(room: Room) -> Mapping[str, Any] | None:
    """The latest result that stands: funded in order, the others with their sentence; None without one.

    Once the meeting is closed, those it funded against the ballot have no sentence any more. Two queries, or three.
    """
    found = newest_results(room.meeting).defer(*HEAVY).last()
    if found is None:
        return None
    told = _told(found.pk, found.file_hash, (get_language() or "id")[:2])
    departing = _departing(room.meeting, told) if room.meeting.state == MeetingState.CLOSED else {}
    others = [one for one in told["others"] if departing.get(one["code"]) != CHOSEN[room.meeting.kind]]
    return {
        **told, "number": found.number, "title": found.poll.title, "is_recount": found.recount_of_id is not None,
        "others": others, "departures": len(departing),
    }  # fmt: skip


def _departing(meeting: Meeting, told: Mapping[str, Any]) -> dict[str, str]:
    """Where the meeting decided otherwise, by code of the proposal."""
    prices = {
        one["code"]: (is_funded, one["price"])
        for is_funded, listed in ((True, told["funded"]), (False, told["others"]))
        for one in listed
    }
    rows = Decision.objects.filter(item__meeting=meeting, item__proposal__code__in=prices)
    found = {}
    for code, outcome, amount in rows.values_list("item__proposal__code", "outcome", "amount"):
        is_funded, price = prices[code]
        said = rules.Choice(code, outcome, amount)
        if rules.departs(said, is_funded=is_funded, price=price, chosen=CHOSEN[meeting.kind]):
            found[code] = outcome
    return found


@lru_cache(maxsize=32)
def _told(pk: int, file_hash: str, language: str) -> dict[str, Any]:
    """A result never changes, and a hall asks every few seconds: it is read once."""
    shown = Shown(_whole(pk), language)
    return {
        "file_hash": file_hash, "chosen": shown.chosen.value, "is_funding": shown.chosen == Outcome.FUNDED,
        "voters": shown.voters, "ceiling": shown.ceiling,
        "amount": sum(one.price for one in shown.won),
        "served": shown.compared.residents[0] if shown.compared else None,
        "funded": [
            {"code": one.code, "title": one.title, "price": one.price, "supporters": one.supporters}
            for one in shown.won
        ],
        "others": [
            {
                "code": one.code, "title": one.title, "price": one.price, "supporters": one.supporters,
                "why": one.sentence,
            }
            for one in shown.lost
        ],
    }  # fmt: skip


def _whole(pk: int) -> Result:
    return Result.objects.select_related("meeting", "poll").get(pk=pk)
