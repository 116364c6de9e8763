"""The count: sealed ballots are opened, mixed and fixed under a hash; what could lead back to voters is destroyed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask
from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation import sealing
from pendamping.deliberation.enums.polls import BallotChannel, PollReason, PollState
from pendamping.deliberation.models import BallotGroup, CountSheet, Envelope, Poll, Receipt
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.rules import ballot_rule
from pendamping.deliberation.rules import polls as rules
from pendamping.deliberation.services.poll_clock import tell_clock
from pendamping.deliberation.services.shared import held, tell


@act("deliberation.poll_counted")
def count_poll(*, by: Account | None, at: datetime, poll: Poll, remark: str = "") -> Poll:
    """Count a ballot and fix it (id: menghitung suara). From here on the result is public.

    Ballots become patterns with how many say so, receipts a list of codes in alphabetical order, and the key and the
    envelopes are destroyed. Refuses while voting is open, a count sheet is not settled, there are not as many sealed
    ballots as used codes, or, without a remark in words that is published with both numbers, more ballots than people:
    marked on the roll, or present where there is no roll.
    """
    poll = held(poll)
    remark = mask(remark).text
    compared = queries.ballots_and_people(poll)
    first_refusal(
        may_count(poll, at=at), rules.ballots_fit_people(compared=compared, names=_names(), remark=remark)
    ).or_raise()
    tally: Counter[tuple[str, str]] = Counter()
    receipts = []
    envelopes = Envelope.objects.filter(poll=poll).values_list("channel", "sealed", "receipt_digest")
    for channel, sealed, digest in envelopes:
        try:
            pattern, receipt = sealing.open_envelope(poll, sealed, digest=digest, channel=channel)
        except sealing.Broken as fault:
            raise Refused(PollReason.ENVELOPE_BROKEN) from fault
        tally[channel, pattern] += 1
        receipts.append(receipt)
    for sheet in CountSheet.objects.filter(poll=poll).order_by("number"):
        tally.update({(BallotChannel.PAPER.value, pattern): count for pattern, count in (sheet.lines or {}).items()})
        tally[BallotChannel.PAPER.value, ""] += sheet.blank
    by_channel: Counter[str] = Counter()
    for (channel, _pattern), count in tally.items():
        by_channel[channel] += count
    if not rules.is_told_by_channel(by_channel):
        joined: Counter[tuple[str, str]] = Counter()
        for (_channel, pattern), count in tally.items():
            joined["", pattern] += count
        tally = joined
    groups = [(channel, pattern, count) for (channel, pattern), count in sorted(tally.items()) if count]
    BallotGroup.objects.bulk_create(
        BallotGroup(poll=poll, channel=channel, pattern=pattern, count=count) for channel, pattern, count in groups
    )
    Receipt.objects.bulk_create(Receipt(poll=poll, code=code) for code in sorted(receipts))
    poll.ballots_hash = ballot_rule.digest({"rule": poll.rule_hash, "ballots": groups, "receipts": sorted(receipts)})
    tell_clock(poll, at=at)
    poll.state, poll.closed_at, poll.closed_by, poll.remark = PollState.CLOSED, at, by, remark
    poll.present = compared[rules.PRESENT][1] if rules.PRESENT in compared else None
    with sealing.overwriting():
        Envelope.objects.filter(poll=poll).delete()
        poll.sealing_key = None
        poll.save()
    transaction.on_commit(sealing.empty_log, robust=True)
    tell(
        "deliberation.poll_counted", poll.meeting, Verb.MEETING_DECIDE, by=by, at=at, reason=remark,
        changes={
            "poll": poll.number, "ballots": sum(by_channel.values()), "ballots_hash": poll.ballots_hash,
            **{f"ballots_{channel}": count for channel, count in sorted(by_channel.items()) if count},
            **{f"excess_{key}": f"{ballots} : {people}" for key, (ballots, people) in rules.excess(compared).items()},
        },
    )  # fmt: skip
    return poll


def may_count(poll: Poll, *, at: datetime) -> Verdict:
    """Can the ballots be counted now, as far as no remark helps?"""
    return first_refusal(
        rules.is_counting(queries.phase_of(poll, at)),
        _sheets_settled(poll),
        rules.envelopes_match(envelopes=_envelopes(poll), used=queries.voters_by_channel(poll), names=_names()),
    )


def _names() -> dict[str, str]:
    return {channel.value: str(channel.label) for channel in BallotChannel}


def _sheets_settled(poll: Poll) -> Verdict:
    waiting = CountSheet.objects.filter(poll=poll, settled_at=None).order_by("number").values_list("number", flat=True)
    numbers = ", ".join(map(str, waiting))
    return refused(PollReason.SHEETS_WAIT, numbers=numbers) if numbers else ALLOWED


def _envelopes(poll: Poll) -> dict[str, int]:
    return dict(Counter(Envelope.objects.filter(poll=poll).values_list("channel", flat=True)))
