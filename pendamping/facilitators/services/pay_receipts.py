"""The person says whether their pay came."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.personal import mask_to
from pendamping.facilitators.enums.pay import LineState
from pendamping.facilitators.models import PayLine
from pendamping.facilitators.rules import pay as rules
from pendamping.facilitators.services.pay_accounts import forget_if_settled
from pendamping.facilitators.services.pay_runs import locked_line
from pendamping.facilitators.services.telling import tell


@act("facilitators.pay_received")
def confirm_receipt(*, by: Account, at: datetime, line: PayLine) -> PayLine:
    """Confirm that one's pay came (id: mengonfirmasi penerimaan). It cannot be taken back."""
    line = _own(line, by)
    line.state, line.answered_at = LineState.RECEIVED, at
    line.save(update_fields=["state", "answered_at"])
    if line.pay_account is not None:
        forget_if_settled(line.pay_account)
    tell("facilitators.pay_received", line, by=by, at=at, right=Verb.LOG_WRITE, changes={"list": line.run.code})
    return line


@act("facilitators.pay_denied")
def deny_receipt(*, by: Account, at: datetime, line: PayLine, said: str = "") -> PayLine:
    """Say that one's pay did not arrive (id: menyatakan belum diterima); the treasurer sees it and answers."""
    line = _own(line, by)
    line.state, line.answered_at, line.said = LineState.DENIED, at, mask_to(said, 300)
    line.save(update_fields=["state", "answered_at", "said"])
    tell("facilitators.pay_denied", line, by=by, at=at, right=Verb.LOG_WRITE, changes={"list": line.run.code})
    return line


def _own(line: PayLine, by: Account) -> PayLine:
    line = locked_line(line)
    rules.may_receive(
        is_own=line.account_id == by.pk, state=line.state, state_label=line.get_state_display()
    ).or_raise()
    return line
