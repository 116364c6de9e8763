"""A ballot comes in by phone: sealed at once, its code marked as used, both or neither.

This is the one thing that happens without a journal entry and without a row of the operations: either would tell when
somebody voted, and in which order. That a ballot sent twice is one is known by its receipt instead.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from pendamping.core.errors import Refused
from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation import sealing
from pendamping.deliberation.enums.polls import WITHDRAWN, BallotChannel, PollReason
from pendamping.deliberation.models import Envelope, Poll, PollChoice, Receipt, RollEntry, Slip, VoteMark
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.rules import ballots as rules
from pendamping.deliberation.rules import polls as poll_rules
from pendamping.deliberation.services.shared import held


@dataclass(frozen=True)
class Cast:
    """A ballot that is kept (id: suara tersimpan): its receipt, by which way, and whether it was there already."""

    receipt: str
    channel: str
    is_again: bool = False


def cast_ballot(
    *,
    at: datetime,
    poll: Poll,
    code: str,
    op: uuid.UUID,
    picks: rules.Picks,
    is_sure: bool,
    choices: list[PollChoice] | None = None,
) -> Cast:
    """Take in a ballot (id: memberikan suara), once for each slip and each person of the roll.

    `op` is made by the voter's page: the same ballot sent again gets the same receipt. `choices`: what stands on the
    ballot, where the caller has just read it. Raises Refused: an unknown or used code, outside the time, what cannot be
    a ballot, fewer choices than asked for unless `is_sure`.
    """
    code = sealing.tidy(code)
    slip, entry = _rights(poll, code)
    receipt = sealing.receipt_of(poll, code, op)
    channel = BallotChannel.HALL if slip else BallotChannel.REMOTE
    form = queries.form_of(poll, choices)
    verdict = first_refusal(
        poll_rules.is_voting(queries.phase_of(poll, at)),
        ALLOWED if channel in queries.channels_of(poll) else refused(PollReason.CHANNEL_OFF, field="code"),
        _unused(slip, entry),
        rules.is_ballot(form, picks),
        ALLOWED if is_sure else rules.is_enough(form, picks),
    )
    if not verdict and _is_kept(poll, receipt):  # the same ballot, sent again
        return Cast(receipt, channel, is_again=True)
    verdict.or_raise()
    pattern = rules.written(poll.kind, picks)
    with transaction.atomic():
        poll = held(poll, to_seal=True)
        poll_rules.is_voting(queries.phase_of(poll, at)).or_raise()
        try:
            with transaction.atomic():
                VoteMark.objects.create(poll=poll, channel=channel, slip=slip, entry=entry)
        except IntegrityError:  # two at the same moment: the database took one
            if _is_kept(poll, receipt):
                return Cast(receipt, channel, is_again=True)
            _unused(slip, entry).or_raise()
            raise
        sealed = sealing.seal(poll, pattern=pattern, receipt=receipt, channel=channel, choices=len(form.costs))
        Envelope.objects.create(
            poll=poll, channel=channel, receipt_digest=sealing.receipt_digest(receipt), sealed=sealed
        )  # fmt: skip
    return Cast(receipt, channel)


def _rights(poll: Poll, code: str) -> tuple[Slip | None, RollEntry | None]:
    digest = sealing.digest_of(code)
    slip = Slip.objects.filter(poll=poll, digest=digest).first()
    entry = None if slip else RollEntry.objects.filter(poll=poll, digest=digest).first()
    if slip is None and entry is None:
        raise Refused(PollReason.CODE_UNKNOWN, field="code")
    return slip, entry


def _is_kept(poll: Poll, receipt: str) -> bool:
    digest = sealing.receipt_digest(receipt)
    in_envelope = Envelope.objects.filter(poll=poll, receipt_digest=digest).exists()
    return in_envelope or Receipt.objects.filter(poll=poll, code=receipt).exists()


def _unused(slip: Slip | None, entry: RollEntry | None) -> Verdict:
    mark = VoteMark.objects.filter(slip=slip).first() if slip else VoteMark.objects.filter(entry=entry).first()
    if mark is None:
        return ALLOWED
    if mark.channel == WITHDRAWN:
        return refused(PollReason.CODE_WITHDRAWN, field="code")
    if mark.channel != BallotChannel.REMOTE and entry is not None:
        return refused(PollReason.VOTED_OTHERWISE, field="code", channel=mark.get_channel_display())
    return refused(PollReason.VOTED_ALREADY, field="code")
