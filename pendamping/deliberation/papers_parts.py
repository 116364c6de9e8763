"""What the minutes print of a meeting's parts: agenda as it ran, checks, matrix, ballots, results."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from pendamping.core import formats
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.queries.checks import checks_for_minutes
from pendamping.deliberation.queries.matrices import matrix_for_minutes
from pendamping.deliberation.queries.points import points_for_minutes
from pendamping.deliberation.queries.poll_minutes import Told, polls_for_minutes
from pendamping.deliberation.queries.presence import presence_for_minutes
from pendamping.deliberation.queries.results import results_for_minutes
from pendamping.deliberation.roll_words import people_of

Block = dict[str, Any]


def parts(meeting: Meeting) -> list[Block]:
    """The blocks of all parts, in the order they happen; a part that was not used prints nothing."""
    return [*_points(meeting), *_room(meeting), *_checks(meeting), *_matrix(meeting), *_ballots(meeting)]


def _titled(title: str, *blocks: Block) -> list[Block]:
    return [{"kind": "heading", "text": title}, *blocks]


def _table(columns: list[str], rows: list[list[str]], wide: int = 1) -> Block:
    heads = [{"title": one, "wide": place == wide} for place, one in enumerate(columns)]
    return {"kind": "table", "columns": heads, "rows": rows}


def _points(meeting: Meeting) -> list[Block]:
    rows = [
        [title, formats.number(planned), "" if took is None else formats.number(took)]
        for title, planned, took in points_for_minutes(meeting)["points"]
    ]
    columns = [_("Agenda point"), _("Minutes planned"), _("Minutes taken")]
    return _titled(_("The agenda as it ran"), _table(columns, rows, wide=0)) if rows else []


def _room(meeting: Meeting) -> list[Block]:
    """In which capacity people came, and the RTs nobody came from; heads alone are in the table of those present."""
    told = presence_for_minutes(meeting)
    rows = [[label, count] for label, count in (*told["capacities"], *told["sources"])]
    found = _titled(_("Who came as what, and how it was written down"), {"kind": "facts", "rows": rows}) if rows else []
    if told["missing"]:
        words = _("Nobody came from: %(places)s") % {"places": ", ".join(told["missing"])}
        found.append({"kind": "paragraph", "text": words})
    return found


def _checks(meeting: Meeting) -> list[Block]:
    told = checks_for_minutes(meeting)
    rows = [[row["code"], row["title"], row["result"], row["reason"]] for row in told["rows"]]
    columns = [_("Proposal"), _("Title"), _("Result of the check"), _("Reason")]
    return _titled(_("Technical checks"), _table(columns, rows)) if rows else []


def _matrix(meeting: Meeting) -> list[Block]:
    told = matrix_for_minutes(meeting)
    if not told:
        return []
    weights = [f"{one['title']}: {one['weight']}" for one in told["criteria"]]
    rows = [
        [str(row["rank"]), f"{row['title']} ({row['code']})", formats.number(row["total"]), *_spread(row)]
        for row in told["rows"]
    ]
    columns = [_("Rank"), _("Proposal"), _("Sum of scores")]
    if rows and len(rows[0]) > len(columns):
        columns += [_("Least and most"), _("Rank if one seat were left out")]
    seats = _("%(seats)s seats scored; the criteria were fixed before under the digest %(digest)s.")
    return _titled(
        _("Priority matrix"),
        {"kind": "paragraph", "text": seats % {"seats": told["seats"], "digest": told["digest"][:16]}},
        {"kind": "list", "items": weights},
        _table(columns, rows),
    )


def _spread(row: dict[str, Any]) -> list[str]:
    """How far the seats lie apart; nothing among so few that it would tell what single ones gave."""
    if row["least"] is None:
        return []
    out = _("%(best)s to %(worst)s") % {"best": row["best"], "worst": row["worst"]}
    apart = f"{formats.number(row['least'])}–{formats.number(row['most'])}"
    return [apart, str(row["best"]) if row["best"] == row["worst"] else out]


def _ballots(meeting: Meeting) -> list[Block]:
    told = polls_for_minutes(meeting)
    words = [line for one in told["no_consensus"] for line in _dispute(one)]
    blocks: list[Block] = [{"kind": "list", "items": words}] if words else []
    for poll in told["polls"]:
        blocks += _ballot(poll)
    lines = [line for one in results_for_minutes(meeting)["results"] for line in _result(one)]
    blocks += [{"kind": "list", "items": lines}] if lines else []
    return _titled(_("Ballots"), *blocks) if blocks else []


def _dispute(one: dict[str, Any]) -> list[str]:
    """Why consensus failed, and what was agreed after all."""
    failed = _("No consensus was reached: %(reason)s") % {"reason": one["reason"]}
    if one["reached_at"] is None:
        return [failed]
    return [failed, _("Consensus was reached after all: %(words)s") % {"words": one["reached"]}]


def _ballot(told: Told) -> list[Block]:
    poll = told.poll
    turnout = [[str(channel.label), formats.number(count)] for channel, count in told.turnout]
    words = _("Ballot %(number)s, %(title)s: %(state)s.")
    text = words % {"number": poll.number, "title": poll.title, "state": poll.get_state_display()}
    people = [list(row) for row in people_of(poll)]
    blocks: list[Block] = [{"kind": "paragraph", "text": text}, {"kind": "facts", "rows": [*people, *turnout]}]
    blocks += [{"kind": "paragraph", "text": poll.remark}] if poll.remark else []
    rows = [
        [str(one.number), one.title, formats.number(told.votes[one.number])]
        for one in told.choices
        if one.number in told.votes
    ]
    return [*blocks, _table([_("No."), _("Proposal"), _("Supporters")], rows)] if rows else blocks


def _result(told: dict[str, Any]) -> list[str]:
    result = told["result"]
    words = _("Result %(number)s of ballot %(poll)s stands under the digest %(digest)s; its audit sheet is annexed.")
    departures = [
        _("%(code)s was decided otherwise than the result: %(reason)s")
        % {"code": one.item.proposal.code, "reason": one.decision.reason}
        for one in told["departures"]
    ]
    return [words % {"number": result.number, "poll": result.poll.number, "digest": result.file_hash[:16]}, *departures]
