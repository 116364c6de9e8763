"""May somebody be appointed, end, be replaced, get a contract? Values in, a verdict out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.facilitators.enums.appointments import Reason
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage, SelectionOutcome

SELECTED = frozenset({SelectionOutcome.CHOSEN, SelectionOutcome.RESERVE})


@dataclass(frozen=True)
class Candidate:
    """A standing as facts (id: calon). `moves_up`: a reserve whose turn it is, since somebody chosen declined."""

    code: str
    stage: str
    version: int
    version_in_force: int
    outcome: str
    application_state: str
    is_appointed: bool
    has_declined: bool = False
    moves_up: bool = False
    listed_until: date | None = None  # the last day of the reserve list


def may_take(candidate: Candidate, *, outcome: str, today: date) -> Verdict:
    """May this candidate be appointed from the final ranking? `outcome`: chosen, or reserve for a replacement."""
    waits = still_waits(candidate)
    if not waits:
        return waits
    if candidate.outcome != outcome and not (outcome == SelectionOutcome.CHOSEN and candidate.moves_up):
        reason = Reason.NOT_CHOSEN if outcome == SelectionOutcome.CHOSEN else Reason.NOT_RESERVE
        return refused(reason, field="standing", code=candidate.code)
    if candidate.outcome == SelectionOutcome.RESERVE and candidate.listed_until and today > candidate.listed_until:
        return refused(Reason.LIST_OVER, field="standing", day=candidate.listed_until)
    return ALLOWED


def may_decline(candidate: Candidate, *, reason: str) -> Verdict:
    """May it be recorded that this person does not take the place up? Chosen or reserve, with their reason."""
    waits = still_waits(candidate)
    if not waits:
        return waits
    if candidate.outcome not in SELECTED:
        return refused(Reason.NOT_CHOSEN, field="standing", code=candidate.code)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def still_waits(candidate: Candidate) -> Verdict:
    """Does this standing of the final ranking still count, and has nothing come of it yet?"""
    if candidate.stage != RoundStage.FINAL:
        return refused(Reason.NOT_FINAL, field="standing")
    if candidate.version != candidate.version_in_force:
        return refused(Reason.RANKED_ANEW, field="standing")
    if candidate.is_appointed:
        return refused(Reason.ALREADY_APPOINTED, field="standing", code=candidate.code)
    if candidate.application_state == ApplicationState.WITHDRAWN:
        return refused(Reason.WITHDRAWN, field="standing", code=candidate.code)
    return refused(Reason.DECLINED, field="standing", code=candidate.code) if candidate.has_declined else ALLOWED


def may_pass_over(*, selected: int, reason: str) -> Verdict:
    """May somebody without a selection be appointed to a post for which people selected still wait?"""
    if selected and not reason.strip():
        return refused(Reason.SELECTED_WAIT, field="reason", count=selected)
    return ALLOWED


@dataclass(frozen=True)
class Traits:
    """By what somebody is recognised (id: ciri): name, e-mail, and the index of the phone number."""

    name: str
    email: str
    phone: str


def is_same_person(one: Traits, other: Traits) -> bool:
    """One trait in common is enough: people move and change numbers, seldom all at once."""
    pairs = (
        (plain_name(one.name), plain_name(other.name)), (one.email.lower(), other.email.lower()),
        (one.phone, other.phone),
    )  # fmt: skip
    return any(first and first == second for first, second in pairs)


def plain_name(name: str) -> str:
    """ "Áni  Contoh, S.T." → "ani contoh"."""
    bare = unicodedata.normalize("NFKD", name.split(",")[0]).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", bare))


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


def may_end(
    *, starts_on: date, ends_on: date, ended_on: date | None, last_day: date, today: date, reason: str
) -> Verdict:
    """May an appointment end with this last day, before its term? The day before its first means: never begun.

    An end announced for a later day can still be brought forward.
    """
    if ended_on is not None and (ended_on < today or last_day >= ended_on):
        return refused(Reason.ENDED_ALREADY, day=ended_on)
    if last_day >= ends_on:
        return refused(Reason.END_OUTSIDE_TERM, field="ended_on", start=starts_on, end=ends_on)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


@dataclass(frozen=True)
class Leaving:
    """Who is to be replaced, as facts (id: yang diganti)."""

    code: str
    ended_on: date | None
    ends_on: date
    is_replaced: bool
    ended_with_decree: bool = False

    def rest_of(self, decree_from: date, decree_to: date) -> tuple[date, date]:
        """What is left of the term under a decree: from the day after the last one served to the end planned."""
        first = max(decree_from, self.ended_on + timedelta(days=1)) if self.ended_on else decree_from
        return first, min(decree_to, self.ends_on)


def may_succeed(leaving: Leaving, *, starts_on: date, ends_on: date) -> Verdict:
    """Does the successor neither serve beside the predecessor nor beyond that term?"""
    if leaving.ended_on is not None and starts_on <= leaving.ended_on:
        return refused(Reason.SERVES_BESIDE, field="starts_on", day=leaving.ended_on)
    if ends_on > leaving.ends_on:
        return refused(Reason.OUTLASTS, field="ends_on", day=leaving.ends_on)
    return ALLOWED


def may_replace(
    leaving: Leaving, *, reserves: list[str], chosen: str | None, has_account: bool, reason: str, skipped: str
) -> Verdict:
    """May this person come after that one? `reserves`: codes still waiting in rank order; `chosen` is one of them.

    Without a reserve left an existing account may follow; while reserves wait, one of them must, the first unless
    there is a reason to pass over.
    """
    if leaving.is_replaced:
        return refused(Reason.REPLACED_ALREADY, code=leaving.code)
    if leaving.ended_with_decree:
        return refused(Reason.APPOINT_ANEW, code=leaving.code)
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


def may_sign(*, year: int, years: Iterable[int], denied_by: str, reason: str) -> Verdict:
    """Is this the first contract of an appointment, not one that follows upon that of the year before?

    `denied_by`: the evaluation that decided not to renew that of another appointment; the reason has to name it.
    """
    if year - 1 in years:
        return refused(Reason.RENEW_INSTEAD, field="fiscal_year", year=year - 1)
    return ALLOWED if denied_by in reason else refused(Reason.NOT_RENEWED, field="reason", code=denied_by)


def may_renew(*, before: int, year: int, is_renewed: bool, denied_by: str, reason: str) -> Verdict:
    """A contract is renewed once, for the year after it, for a reason.

    `denied_by`: the evaluation that decided against it; a reason to renew all the same has to name it.
    """
    if is_renewed:
        return refused(Reason.RENEWED_ALREADY)
    if year != before + 1:
        return refused(Reason.NOT_NEXT_YEAR, field="fiscal_year", year=before + 1)
    if not reason.strip():
        return refused(Reason.REASON_MISSING, field="reason")
    return ALLOWED if denied_by in reason else refused(Reason.NOT_RENEWED, field="reason", code=denied_by)


def may_acknowledge(*, is_own: bool, replaces: bool, taken_over_on: date | None) -> Verdict:
    """May the handover of open work be acknowledged? By the successor, once."""
    if not is_own:
        return refused(Reason.NOT_YOURS)
    if not replaces:
        return refused(Reason.NOTHING_TO_TAKE_OVER)
    return ALLOWED if taken_over_on is None else refused(Reason.TAKEN_OVER, day=taken_over_on)
