"""How many people the ballots may come from, in words: on pages, beside the result, in the minutes and its annex."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pendamping.core import formats
from pendamping.deliberation.enums.polls import BallotChannel, PollState
from pendamping.deliberation.models import Poll
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.rules.polls import PRESENT, excess

Row = tuple[str, str]


def people_of(poll: Poll) -> list[Row]:
    """(label, words): the roll; once counted, who of it is marked as voting, or who was present without a roll.

    More ballots than people stand out.
    """
    roll = _roll(poll)
    if poll.state != PollState.CLOSED:
        return roll
    marked = _marked(poll) if roll else []
    present = [(_("People present at the count"), formats.number(poll.present))] if poll.present is not None else []
    return [*roll, *marked, *present, *_excess(poll)]


def _roll(poll: Poll) -> list[Row]:
    size = queries.roll_size(poll)
    if size is None:
        return []
    later = [(_("Added to the roll later, with a reason"), size.added), (_("Links closed"), size.withdrawn)]
    rows = [(_("On the roll when voting opens"), size.at_opening), *((label, count) for label, count in later if count)]
    return [(label, formats.number(count)) for label, count in rows]


def _marked(poll: Poll) -> list[Row]:
    """Of the roll, by the way they vote: how many, never who."""
    marks = queries.marks_on_roll(poll)
    ways = {
        BallotChannel.HALL: _("of them handed a slip in the hall"),
        BallotChannel.REMOTE: _("of them voted with their link"),
        BallotChannel.PAPER: _("of them handed a ballot paper"),
    }
    counts = [(ways[channel], marks.get(channel, 0)) for channel in queries.channels_of(poll)]
    rows = [(_("Of the roll, marked as voting"), sum(count for _way, count in counts)), *counts]
    return [(label, formats.number(count)) for label, count in rows]


def _excess(poll: Poll) -> list[Row]:
    more = {
        BallotChannel.HALL.value: _("In the hall: more ballots than people marked"),
        BallotChannel.PAPER.value: _("On paper: more ballots than people marked"),
        PRESENT: _("More ballots than people present"),
    }
    said = _("%(ballots)s ballots, %(people)s people")
    return [
        (more[key], said % {"ballots": formats.number(ballots), "people": formats.number(people)})
        for key, (ballots, people) in excess(queries.ballots_and_people(poll)).items()
    ]
