"""A report of breach on its way: received, panel named, person called and heard (ethics_decisions: decided).

The journal is told that a step was taken: never what, about whom, or with which outcome; of a decision not even where.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import crypt, mask, mask_to
from pendamping.core.verdicts import first_refusal
from pendamping.facilitators.enums.ethics import CaseState, Reason
from pendamping.facilitators.models import Appointment, EthicsCase, PanelSeat
from pendamping.facilitators.queries import ethics as queries
from pendamping.facilitators.rules import ethics as rules
from pendamping.facilitators.services.telling import tell
from pendamping.regions.models import Region

CONTACT = "ethics_case.contact"
# Told of the city, not of the case: behind them stands what they do to somebody's service, in the same hour.
UNNAMED = tuple(f"facilitators.case_{step}" for step in ("proposed", "sent_back", "decided", "confirmed"))
DECIDING = ("sanction", "reason", "skip_reason", "suspended_from", "suspended_until", "decided_by")


@act("facilitators.breach_reported")
def report_breach(
    *, by: None, at: datetime, city: Region, text: str, about: Appointment | None = None, ward: Region | None = None,
    contact: str = "",
) -> EthicsCase:  # fmt: skip
    """Anybody reports a breach (id: melaporkan pelanggaran), named or not; the contact is kept encrypted."""
    if not text.strip():
        raise Refused(Reason.REPORT_MISSING, field="text")
    code = queries.code_in_force(city.path)
    key = crypt.new_subject_key() if contact.strip() else None
    made = EthicsCase.add(
        at=at, region=city, about=about, ward=ward, report=mask(text).text, subject_key=key,
        contact_cipher=crypt.encrypt(contact.strip(), subject_key=key, field=CONTACT) if key else None,
        panel_least=code.panel_least if code else 3, answer_days=code.answer_days if code else 7,
    )  # fmt: skip
    tell("facilitators.breach_reported", made, by=None, at=at)
    return made


@act("facilitators.panel_named")
def name_panel(*, by: Account | None, at: datetime, case: EthicsCase, members: Sequence[Account]) -> EthicsCase:
    """Name who sits on the panel of a case (id: menunjuk majelis etik), or fill it up when a member left.

    Refused: somebody without the office, the person the case is about, somebody who left it, too few.
    """
    case = locked(case)
    seats = list(case.seats.order_by("id"))
    now = [seat.account_id for seat in seats if seat.left_at is None]
    new = [one for one in members if one.pk not in now]
    accused = case.about.account_id if case.about else None
    offices = set(queries.panelists(case.region_path, day(at)).values_list("pk", flat=True))
    first_refusal(
        rules.may_name(
            state=case.state, state_label=case.get_state_display(), seated=len(now), named=len(new),
            least=case.panel_least,
        ),
        *(
            rules.may_sit(
                rules.Nominee(one.pk, one.name, one.pk in offices, one.is_active), accused=accused,
                left=[seat.account_id for seat in seats if seat.left_at is not None],
            )
            for one in new
        ),
    ).or_raise()  # fmt: skip
    for one in new:
        PanelSeat.objects.create(created_at=at, case=case, account=one)
    tell("facilitators.panel_named", case, by=by, at=at)
    return case


@act("facilitators.panel_left")
def leave_panel(*, by: Account, at: datetime, case: EthicsCase, reason: str) -> EthicsCase:
    """A member steps down, because of a tie or for another reason (id: mengundurkan diri dari majelis)."""
    case = as_member(case, by, *rules.OPEN)
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING, field="reason")
    _empty_seat(case, by.pk, reason, at=at)
    _tell("facilitators.panel_left", case, by=by, at=at)
    return case


@act("facilitators.case_person_named")
def name_person(*, by: Account, at: datetime, case: EthicsCase, about: Appointment) -> EthicsCase:
    """The panel finds out whom the report is about; a member it is about loses the seat."""
    case = as_member(case, by, CaseState.RECEIVED)
    if about.account_id == by.pk:
        raise Refused(Reason.CANNOT_SIT, field="about", name=by.name)
    case.about = about
    case.save(update_fields=["about"])
    _empty_seat(case, about.account_id, "Pihak dalam perkara", at=at)
    _tell("facilitators.case_person_named", case, by=by, at=at)
    return case


@act("facilitators.case_called")
def call_person(*, by: Account, at: datetime, case: EthicsCase, allegation: str, answer_by: date) -> EthicsCase:
    """Ask the person to answer (id: memanggil untuk didengar), telling in the panel's words what is alleged."""
    case = as_member(case, by, CaseState.RECEIVED)
    rules.may_call(
        has_person=case.about is not None, allegation=allegation, answer_by=answer_by, today=day(at),
        days=case.answer_days,
    ).or_raise()  # fmt: skip
    case.allegation, case.called_at, case.answer_by = mask(allegation).text, at, answer_by
    return step(
        case, CaseState.CALLED, "facilitators.case_called", "allegation", "called_at", "answer_by", by=by, at=at
    )


@act("facilitators.case_answered")
def answer_case(*, by: Account, at: datetime, case: EthicsCase, statement: str) -> EthicsCase:
    """The person answers in their own words (id: memberi tanggapan), on their own page, once.

    Also after a hearing or after their time has passed, as long as nothing is decided: a proposal that does not know
    the answer falls.
    """
    case = locked(case)
    rules.may_answer(
        is_own=case.about is not None and case.about.account_id == by.pk, state=case.state,
        state_label=case.get_state_display(), has_answered=case.answered_at is not None,
    ).or_raise()  # fmt: skip
    case.answer, case.answered_at = _words(statement), at
    case.heard_at = case.heard_at or at
    names = ("answer", "answered_at", "heard_at", *drop_proposal(case))
    return step(case, CaseState.HEARD, "facilitators.case_answered", *names, by=by, at=at)


@act("facilitators.case_heard")
def record_hearing(*, by: Account, at: datetime, case: EthicsCase, statement: str) -> EthicsCase:
    """The panel records what the person said at a hearing (id: mencatat keterangan)."""
    case = as_member(case, by, CaseState.CALLED)
    case.statement, case.heard_at = _words(statement), at
    return step(case, CaseState.HEARD, "facilitators.case_heard", "statement", "heard_at", by=by, at=at)


@act("facilitators.case_silent")
def note_silence(*, by: Account, at: datetime, case: EthicsCase) -> EthicsCase:
    """The panel records that the person let the time pass (id: mencatat tidak ada tanggapan)."""
    case = as_member(case, by, CaseState.CALLED)
    if case.answer_by is not None:
        rules.may_note_silence(answer_by=case.answer_by, today=day(at)).or_raise()
    case.heard_at = at
    return step(case, CaseState.HEARD, "facilitators.case_silent", "heard_at", by=by, at=at)


@act("facilitators.case_closed")
def close_case(*, by: Account, at: datetime, case: EthicsCase, reason: str) -> EthicsCase:
    """The panel closes a report that concerns no facilitator (id: menutup laporan), before anybody was called."""
    case = as_member(case, by, CaseState.RECEIVED)
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING, field="reason")
    case.reason = mask(reason).text
    return step(case, CaseState.CLOSED, "facilitators.case_closed", "reason", by=by, at=at)


def contact_of(case: EthicsCase) -> str:
    """How to reach whoever reported, for the panel; empty when they left nothing."""
    if not case.subject_key or not case.contact_cipher:
        return ""
    return crypt.decrypt(bytes(case.contact_cipher), subject_key=bytes(case.subject_key), field=CONTACT)


def _words(statement: str) -> str:
    if not statement.strip():
        raise Refused(Reason.STATEMENT_MISSING, field="statement")
    return mask(statement).text


def drop_proposal(case: EthicsCase) -> tuple[str, ...]:
    """Nothing is decided on it any more; the fields that changed."""
    case.sanction = case.reason = case.skip_reason = ""
    case.suspended_from = case.suspended_until = case.decided_by = None
    return DECIDING


def step(case: EthicsCase, state: CaseState, verb: str, *names: str, by: Account, at: datetime) -> EthicsCase:
    """The case at its next step, with these fields, told by its code."""
    case.state = state
    case.save(update_fields=["state", *names])
    _tell(verb, case, by=by, at=at)
    return case


def as_member(case: EthicsCase, by: Account, *states: str) -> EthicsCase:
    """The case, held, for somebody on its panel, at one of these steps."""
    case = locked(case)
    rules.is_member(actor=by.pk, seated=queries.seated(case)).or_raise()
    rules.is_at(state=case.state, state_label=case.get_state_display(), wanted=states).or_raise()
    return case


def _empty_seat(case: EthicsCase, account: int, reason: str, *, at: datetime) -> None:
    seats = PanelSeat.objects.filter(case=case, account=account, left_at__isnull=True)
    seats.update(left_at=at, left_reason=mask_to(reason, 200))


def _tell(verb: str, case: EthicsCase, *, by: Account, at: datetime) -> None:
    """Who sits on the panel acts under that office; the person answering stays unnamed, or the journal would tell."""
    accused = case.about is not None and case.about.account_id == by.pk
    subject = case.region if verb in UNNAMED else case
    tell(verb, subject, by=None if accused else by, at=at, right=Verb.ETHICS_REVIEW)


def locked(case: EthicsCase) -> EthicsCase:
    """The case as it is now, held until the act is over."""
    return EthicsCase.objects.select_for_update(of=("self",)).select_related("region", "about").get(pk=case.pk)
