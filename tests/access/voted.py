"""A counted ballot at a meeting: a slip, somebody on the roll, a count sheet; and its result with its papers."""

from __future__ import annotations

from django.utils import timezone

from pendamping.core.models import new_uid
from pendamping.core.personal import crypt
from pendamping.deliberation import papers_results, sealing, services
from pendamping.deliberation.models import CountSheet, Meeting, Poll, PollChoice, RollEntry, Slip
from pendamping.deliberation.rules.ballot_rule import default_rule
from pendamping.needs.models import Proposal


def leave(meeting: Meeting, proposal: Proposal) -> Poll:
    """The ballot of a meeting that may be long closed."""
    now = timezone.now()
    poll = Poll.objects.create(
        created_at=now, meeting=meeting, number=1, title="Memilih usulan", kind="approval", basis="planned",
        ceiling=1_000_000, has_hall=True, has_remote=True, has_paper=True,
        rule=default_rule(kind="approval", ceiling=1_000_000), rule_hash="0" * 64, ballots_hash="0" * 64,
        state="closed", announced_at=now, opens_at=now, closes_at=now, closed_at=now,
    )  # fmt: skip
    PollChoice.objects.create(poll=poll, proposal=proposal, number=1, title=proposal.title, cost=1_000_000)
    slip, entry, key = new_uid(), new_uid(), crypt.new_subject_key()
    Slip.objects.create(
        uid=slip, created_at=now, poll=poll, number=1, digest=sealing.digest_of(sealing.slip_code(slip))
    )  # fmt: skip
    RollEntry.objects.create(
        uid=entry, created_at=now, poll=poll, number=1, identity=entry.hex, subject_key=key,
        digest=sealing.digest_of(sealing.link_code(entry)),
        name_cipher=crypt.encrypt("Warga", subject_key=key, field="roll.name"),
    )  # fmt: skip
    CountSheet.objects.create(created_at=now, poll=poll, number=1)
    return poll


def leave_result(poll: Poll) -> None:
    """What the rule makes of that ballot, printed."""
    now = timezone.now()
    papers_results.issue_annex(services.run_result(by=None, at=now, poll=poll), at=now)
