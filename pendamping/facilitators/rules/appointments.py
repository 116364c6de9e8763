"""May somebody be appointed, end, be replaced, get a contract? Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.facilitators.enums.appointments import Reason
from pendamping.facilitators.enums.rounds import ApplicationState, Outcome, RoundStage


@dataclass(frozen=True)
class Candidate:
    """A standing as facts (id: calon)."""

    code: str
    stage: str
    version: int
    version_in_force: int
    outcome: str
    application_state: str
    is_appointed: bool


def may_take(candidate: Candidate, *, outcome: str) -> Verdict:
    """May this candidate be appointed from the final ranking? `outcome`: chosen, or reserve for a replacement."""
    if candidate.stage != RoundStage.FINAL:
        return refused(Reason.NOT_FINAL, field="standing")
    if candidate.version != candidate.version_in_force:
        return refused(Reason.RANKED_ANEW, field="standing")
    if candidate.is_appointed:
        return refused(Reason.ALREADY_APPOINTED, field="standing", code=candidate.code)
    if candidate.application_state == ApplicationState.WITHDRAWN:
        return refused(Reason.WITHDRAWN, field="standing", code=candidate.code)
    if candidate.outcome != outcome:
        reason = Reason.NOT_CHOSEN if outcome == Outcome.CHOSEN else Reason.NOT_RESERVE
        return refused(reason, field="standing", code=candidate.code)
    return ALLOWED


@dataclass(frozen=True)
class Term:
    """An appointment of the same person as facts (id: masa jabatan)."""

    code: str
    kind: str
    kind_label: str
    starts_on: date
    last_day: date


def may_serve(
    *, kind: str, starts_on: date, ends_on: date, decree_from: date, decree_to: date, others: Iterable[Term]
) -> Verdict:
    """Do these days lie within the decree, and apart from the person's other terms of the same kind?"""
    if not decree_from <= starts_on <= ends_on <= decree_to:
        return refused(Reason.OUTSIDE_DECREE, field="starts_on", start=decree_from, end=decree_to)
    for term in others:
        if term.kind == kind and term.starts_on <= ends_on and starts_on <= term.last_day:
            return refused(
                Reason.ALREADY_SERVES, kind=term.kind_label, start=term.starts_on, end=term.last_day, code=term.code
            )
    return ALLOWED


def may_end(*, starts_on: date, ends_on: date, ended_on: date | None, last_day: date, reason: str) -> Verdict:
    """May an appointment end with this last day, before its term? The day before its first means: never begun."""
    if ended_on is not None:
        return refused(Reason.ENDED_ALREADY, day=ended_on)
    if last_day >= ends_on:
        return refused(Reason.END_OUTSIDE_TERM, field="ended_on", start=starts_on, end=ends_on)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


@dataclass(frozen=True)
class Leaving:
    """Who is to be replaced, as facts (id: yang diganti)."""

    code: str
    ended_on: date | None
    is_replaced: bool


def may_replace(
    leaving: Leaving, *, reserves: list[str], chosen: str | None, has_account: bool, reason: str, skipped: str
) -> Verdict:
    """May this person come after that one? `reserves`: codes still waiting in rank order; `chosen` is one of them.

    Without a reserve left an existing account may follow; while reserves wait, one of them must, the first unless
    there is a reason to pass over.
    """
    if leaving.is_replaced:
        return refused(Reason.REPLACED_ALREADY, code=leaving.code)
    if leaving.ended_on is None:
        return refused(Reason.STILL_SERVES, code=leaving.code)
    if not reason.strip():
        return refused(Reason.REASON_MISSING, field="reason")
    if chosen is None:
        if reserves:
            return refused(Reason.RESERVE_FIRST, field="standing", count=len(reserves))
        return ALLOWED if has_account else refused(Reason.RESERVE_EMPTY, field="account")
    if chosen not in reserves:
        return refused(Reason.NOT_RESERVE, field="standing", code=chosen)
    before = reserves.index(chosen)
    if before and not skipped.strip():
        return refused(Reason.SKIP_REASON_MISSING, field="skipped", count=before, code=chosen)
    return ALLOWED


def may_contract(
    *, year: int, starts_on: date, ends_on: date, term_from: date, term_to: date, monthly: int, years: Iterable[int],
    term: str,
) -> Verdict:  # fmt: skip
    """Does a contract lie in its fiscal year and in the term, and is it the only one of the year?"""
    if year in years:
        return refused(Reason.YEAR_TAKEN, field="fiscal_year", year=year)
    inside = max(term_from, date(year, 1, 1)) <= starts_on <= ends_on <= min(term_to, date(year, 12, 31))
    if not inside:
        return refused(Reason.CONTRACT_OUTSIDE, field="starts_on", year=year, term=term)
    return ALLOWED if monthly > 0 else refused(Reason.PAY_MISSING, field="monthly")


def may_renew(*, before: int, year: int, is_renewed: bool, reason: str) -> Verdict:
    """A contract is renewed once, for the year after it, for a reason."""
    if is_renewed:
        return refused(Reason.RENEWED_ALREADY)
    if year != before + 1:
        return refused(Reason.NOT_NEXT_YEAR, field="fiscal_year", year=before + 1)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def may_acknowledge(*, is_own: bool, replaces: bool, taken_over_on: date | None) -> Verdict:
    """May the handover of open work be acknowledged? By the successor, once."""
    if not is_own:
        return refused(Reason.NOT_YOURS)
    if not replaces:
        return refused(Reason.NOTHING_TO_TAKE_OVER)
    return ALLOWED if taken_over_on is None else refused(Reason.TAKEN_OVER, day=taken_over_on)
