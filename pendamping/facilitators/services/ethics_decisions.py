"""What the panel of a case decides: recorded by a member; a suspension or termination is confirmed by another."""

from __future__ import annotations

from datetime import date, datetime

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.facilitators.enums.ethics import CaseState, Reason
from pendamping.facilitators.models import EthicsCase
from pendamping.facilitators.queries import ethics as queries
from pendamping.facilitators.rules import ethics as rules
from pendamping.facilitators.services.ethics_cases import DECIDING, as_member, drop_proposal, step
from pendamping.facilitators.services.ethics_effects import carry_out


@act("facilitators.case_decided")
def decide_case(
    *, by: Account, at: datetime, case: EthicsCase, sanction: str, reason: str, skip_reason: str = "",
    suspended_from: date | None = None, suspended_until: date | None = None,
) -> EthicsCase:  # fmt: skip
    """Record what the panel decided (id: memutus perkara); a suspension or termination waits for a second member.

    Refused: unheard, while the person may still answer, a panel too small, without reason, a grade skipped without
    one, a suspension without days.
    """
    case = as_member(case, by, CaseState.CALLED, CaseState.HEARD, CaseState.RECEIVED)
    today = day(at)
    rules.is_ripe(
        state=case.state, has_answered=case.answered_at is not None, answer_by=case.answer_by, today=today
    ).or_raise()  # fmt: skip
    rules.may_decide(
        seated=len(queries.seated(case)), least=case.panel_least, sanction=sanction, reason=reason,
        skip_reason=skip_reason, earlier=queries.earlier_sanctions(case), suspended_from=suspended_from,
        suspended_until=suspended_until, today=today,
    ).or_raise()  # fmt: skip
    case.sanction, case.reason, case.skip_reason = sanction, mask(reason).text, mask(skip_reason).text
    case.suspended_from, case.suspended_until, case.decided_by = suspended_from, suspended_until, by
    if sanction in rules.HEAVY:
        return step(case, CaseState.PROPOSED, "facilitators.case_proposed", *DECIDING, by=by, at=at)
    case.decided_at = at
    return step(case, CaseState.DECIDED, "facilitators.case_decided", *DECIDING, "decided_at", by=by, at=at)


@act("facilitators.case_confirmed")
def confirm_decision(*, by: Account, at: datetime, case: EthicsCase) -> EthicsCase:
    """A second member confirms a suspension or termination (id: mengesahkan putusan); it carries itself out.

    Refused: whoever recorded it, a panel too small or that one has left, a suspension whose first day has passed.
    """
    case = as_member(case, by, CaseState.PROPOSED)
    rules.may_confirm(
        actor=by.pk, proposer=case.decided_by_id, seated=queries.seated(case), least=case.panel_least,
        sanction=case.sanction, suspended_from=case.suspended_from, suspended_until=case.suspended_until, today=day(at),
    ).or_raise()  # fmt: skip
    case.decided_at, case.confirmed_by = at, by
    case = step(case, CaseState.DECIDED, "facilitators.case_confirmed", "decided_at", "confirmed_by", by=by, at=at)
    carry_out(case, at=at)
    return case


@act("facilitators.case_sent_back")
def send_back(*, by: Account, at: datetime, case: EthicsCase, reason: str) -> EthicsCase:
    """Not confirmed, or taken back by whoever recorded it (id: mengembalikan putusan); the panel decides anew."""
    case = as_member(case, by, CaseState.PROPOSED)
    if not reason.strip():
        raise Refused(Reason.WHY_MISSING, field="reason")
    case.sent_back_reason = mask_to(reason, 200)
    names = ("sent_back_reason", *drop_proposal(case))
    return step(case, CaseState.HEARD, "facilitators.case_sent_back", *names, by=by, at=at)
