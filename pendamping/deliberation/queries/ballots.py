"""What the counted ballots say: totals, the contest that the allocation reads, the published file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Sum

from pendamping.core.errors import Refused
from pendamping.deliberation.enums.polls import BallotChannel, PollReason, PollState
from pendamping.deliberation.models import Poll, PollChoice
from pendamping.deliberation.queries.polls import choices_of, groups_of, turnout
from pendamping.deliberation.rules import ballots as rules


@dataclass
class Total:
    """What a proposal got (id: perolehan suara): ballots that name it and points, by channel where that is told."""

    choice: PollChoice
    ballots: int = 0
    points: int = 0
    by_channel: Counter[str] = field(default_factory=Counter)


def contest_of(poll: Poll) -> dict[str, Any]:
    """The contest as plain data: proposals, grouped ballots, pots, limits and rule; and ballots by channel.

    Shaped like the allocation's published contest: group i chose `choices[offsets[i]:offsets[i + 1]]` (indexes into
    `proposals`) with `points`, and stands for `weight[i]` residents. Withdrawn proposals are left out; a ballot that
    named only such stays with no choice. Money in rupiah. Raises Refused before the count.
    """
    _only_counted(poll)
    choices = choices_of(poll)
    kept = [one for one in choices if one.struck_at is None]
    place = {one.number: index for index, one in enumerate(kept)}
    struck = [one.number for one in choices if one.struck_at]
    grouped: Counter[tuple[rules.Pick, ...]] = Counter()
    for group in groups_of(poll):
        picks = rules.left_of(rules.read(poll.kind, group.pattern, len(choices)), struck)
        grouped[tuple(sorted((place[number], points) for number, points in picks))] += group.count
    rows = sorted(grouped.items())
    offsets = [0]
    for picks, _count in rows:
        offsets.append(offsets[-1] + len(picks))
    rule = {name: value for name, value in poll.rule.items() if name not in ("pots", "limits")}
    return {
        "proposals": [_proposal(one) for one in kept],
        "ballots": {
            "offsets": offsets, "choices": [index for picks, _count in rows for index, _points in picks],
            "points": [points for picks, _count in rows for _index, points in picks],
            "weight": [count for _picks, count in rows], "endow": None, "area": None,
        },
        "pots": poll.rule["pots"], "limits": poll.rule["limits"],
        "rule": {**rule, "lot": [code for code in rule["lot"] if code in {one.proposal.code for one in kept}]},
        "channels": _unspoiled(poll), "struck": [one.proposal.code for one in choices if one.struck_at],
    }  # fmt: skip


def _unspoiled(poll: Poll) -> dict[str, int]:
    spoiled = {BallotChannel.PAPER: poll.sheets.aggregate(sum=Sum("spoiled"))["sum"] or 0}
    found = {way.value: count - spoiled.get(way, 0) for way, count in turnout(poll)}
    return {way: count for way, count in found.items() if count}


def _proposal(one: PollChoice) -> dict[str, Any]:
    empty: dict[str, Any] = {"heading": "", "groups": [], "area": "", "requires": [], "excludes": [], "need": {}}
    return {"id": one.proposal.code, "title": one.title, "cost": one.cost, **empty, **one.facts}


def totals_of(poll: Poll) -> list[Total]:
    """How many ballots name each proposal and with how many points, by channel. Raises Refused before the count."""
    _only_counted(poll)
    found = {one.number: Total(one) for one in choices_of(poll)}
    struck = [number for number, total in found.items() if total.choice.struck_at]
    for group in groups_of(poll):
        for number, points in rules.left_of(rules.read(poll.kind, group.pattern, len(found)), struck):
            total = found[number]
            total.ballots += group.count
            total.points += points * group.count
            if group.channel:
                total.by_channel[group.channel] += group.count
    return list(found.values())


@dataclass(frozen=True)
class Cast:
    """How many ballots there are (id: suara masuk): all, blank, spoiled, those that named only withdrawn proposals."""

    cast: int
    blank: int
    spoiled: int
    emptied: int
    by_channel: list[tuple[BallotChannel, int]]
    is_joined: bool  # so few came by one way that what they say is told of all ways together


def cast_of(poll: Poll) -> Cast:
    """The ballots of a counted poll. Raises Refused before the count."""
    _only_counted(poll)
    choices = choices_of(poll)
    struck = [one.number for one in choices if one.struck_at]
    spoiled = poll.sheets.aggregate(sum=Sum("spoiled"))["sum"] or 0
    cast = blank = emptied = 0
    for group in groups_of(poll):
        cast += group.count
        if not group.pattern:
            blank += group.count
        elif not rules.left_of(rules.read(poll.kind, group.pattern, len(choices)), struck):
            emptied += group.count
    return Cast(cast + spoiled, blank, spoiled, emptied, turnout(poll), is_joined(poll))


def is_joined(poll: Poll) -> bool:
    """Is what the ballots say told of all ways together, because one way had too few?"""
    return groups_of(poll).filter(channel="").exists()


def ballot_file(poll: Poll) -> dict[str, Any]:
    """The open file: every counted ballot, in the order of what it says; its channel where that tells on nobody."""
    _only_counted(poll)
    groups = [{"channel": one.channel, "pattern": one.pattern, "count": one.count} for one in groups_of(poll)]
    return {"ballots": groups, "ballots_hash": poll.ballots_hash, "rule_hash": poll.rule_hash}


def receipts_of(poll: Poll) -> list[str]:
    """Receipts of all ballots cast with a slip or a link, in alphabetical order. Raises Refused before the count."""
    _only_counted(poll)
    return list(poll.receipts.order_by("code").values_list("code", flat=True))


def _only_counted(poll: Poll) -> None:
    if poll.state != PollState.CLOSED:
        raise Refused(PollReason.RESULT_NOT_YET)
