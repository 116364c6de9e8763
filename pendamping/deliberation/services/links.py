"""Personal links are sent to the people of a roll."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.polls import BallotChannel, PollReason
from pendamping.deliberation.link_messages import GATEWAY, send_link
from pendamping.deliberation.models import Poll, RollEntry
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.rules import polls as rules
from pendamping.deliberation.services.shared import held, tell
from pendamping.needs import gateways


@act("deliberation.links_sent")
def send_links(*, by: Account | None, at: datetime, poll: Poll) -> Poll:
    """Send each person of the roll with a telephone their link, once (id: mengirim tautan suara)."""
    poll = held(poll)
    may_send(poll, at=at).or_raise()
    waiting = list(unsent(poll))
    for pk in waiting:
        transaction.on_commit(lambda pk=pk: send_link.enqueue(pk))  # type: ignore[misc]
    tell(
        "deliberation.links_sent", poll.meeting, Verb.MEETING_CALL, by=by, at=at, public=False,
        changes={"poll": poll.number, "links": len(waiting)},
    )  # fmt: skip
    return poll


def unsent(poll: Poll) -> list[int]:
    """The people of a roll whose link did not go out yet, who have a telephone and did not vote."""
    found = RollEntry.objects.filter(poll=poll, sent_at=None, phone_cipher__isnull=False, mark=None)
    return list(found.order_by("number").values_list("pk", flat=True))


def may_send(poll: Poll, *, at: datetime) -> Verdict:
    """Can links be sent now?"""
    return first_refusal(
        rules.is_running(queries.phase_of(poll, at)),
        rules.takes_voters(queries.phase_of(poll, at)),
        ALLOWED if BallotChannel.REMOTE in queries.channels_of(poll) else refused(PollReason.CHANNEL_OFF),
        ALLOWED if gateways.find(GATEWAY) else refused(PollReason.NO_GATEWAY),
        ALLOWED if unsent(poll) else refused(PollReason.NO_PHONE),
    )
