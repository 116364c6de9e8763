"""What a technical check may find, what it comes to, and whether a proposal may go before a ward meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.checks import Aspect, CheckReason, CheckResult, Finding
from pendamping.deliberation.enums.meetings import MeetingKind
from pendamping.needs.enums.proposals import LandStatus, ProposalState
from pendamping.needs.rules.similar import alike

CHECKABLE = (ProposalState.SUBMITTED, ProposalState.CHECKED, ProposalState.DEFERRED, ProposalState.ON_AGENDA)
WHOLE = 1000  # likeness and bounds are kept in permille
ALIKE = 550  # from this likeness on, something of the same subject is named to the checker
TITLE, PLACE = 0.6, 0.4  # what the words of the title and of the place are worth: neither alone is enough
ASPECTS = tuple(Aspect)


@dataclass(frozen=True)
class Bounds:
    """How far an estimate may lie off the unit prices, in permille of their sum."""

    condition: int
    unfit: int


@dataclass(frozen=True)
class Looked:
    """A proposal as the check sees it. `off` is in permille, None where nothing was compared."""

    off: int | None
    bounds: Bounds | None
    menu_valid_from: date
    menu_valid_to: date | None
    fiscal_year: int
    land_status: str
    land_consent: str
    has_prices: bool = True  # are there unit prices of this year to compare with?


Words = tuple[frozenset[str], frozenset[str]]  # the trigrams of a title and of a place


def likeness(one: Words, other: Words) -> int:
    """How likely two works are the same by title and place, in permille; of the same ward and subject already."""
    return round(WHOLE * (TITLE * alike(one[0], other[0]) + PLACE * alike(one[1], other[1])))


def is_checkable(*, state: str) -> Verdict:
    """Can a check of this proposal be made? From its submission until it is decided."""
    return ALLOWED if state in CHECKABLE else refused(CheckReason.NOT_CHECKABLE)


def may_begin(*, state: str, is_under_way: bool, is_checked: bool, why: str) -> Verdict:
    """May a check begin? One at a time; a second one of the same version says why."""
    return first_refusal(
        is_checkable(state=state),
        refused(CheckReason.UNDER_WAY) if is_under_way else ALLOWED,
        refused(CheckReason.WHY_ANEW, field="why") if is_checked and not why.strip() else ALLOWED,
    )


def off_permille(*, estimated: int, calculated: int) -> int | None:
    """How far an estimate lies off what the unit prices come to, in permille of the latter, away from zero.

    Both in rupiah; positive when the estimate is higher. None without anything to compare with.
    """
    if calculated <= 0:
        return None
    share = Fraction(1000 * (estimated - calculated), calculated)
    whole = -(-abs(share.numerator) // share.denominator)  # rounded up: a bound is never passed unseen
    return whole if share >= 0 else -whole


def may_find(facts: Looked, *, aspect: str, finding: str, reason: str) -> Verdict:
    """May this be found about this aspect? What the records say plainly cannot be found otherwise."""
    if not reason.strip():
        return refused(CheckReason.FINDING_WORDS, field="reason")
    if finding == Finding.UNFIT:
        return ALLOWED
    if aspect == Aspect.COST:
        return _cost(facts, finding)
    if aspect == Aspect.MENU and _menu_ended(facts):
        return refused(CheckReason.MENU_ENDED, field="finding")
    if aspect == Aspect.LAND and _land_open(facts):
        return refused(CheckReason.LAND_OPEN, field="finding")
    return ALLOWED


def _cost(facts: Looked, finding: str) -> Verdict:
    if facts.off is None and facts.has_prices:
        return refused(CheckReason.NO_PRICES, field="finding")
    if facts.off is None:  # nobody could compare: the condition says what the cost rests on
        return ALLOWED if finding == Finding.CONDITION else refused(CheckReason.NO_PRICE_LIST, field="finding")
    if facts.bounds is None:
        return ALLOWED
    off = abs(facts.off)
    if off > facts.bounds.unfit:
        return refused(CheckReason.COST_FAR, field="finding", off=off, most=facts.bounds.unfit)
    if finding == Finding.FIT and off > facts.bounds.condition:
        return refused(CheckReason.COST_OFF, field="finding", off=off, most=facts.bounds.condition)
    return ALLOWED


def _menu_ended(facts: Looked) -> bool:
    ended = facts.menu_valid_to is not None and facts.menu_valid_to.year < facts.fiscal_year
    return ended or facts.menu_valid_from.year > facts.fiscal_year


def _land_open(facts: Looked) -> bool:
    without_paper = facts.land_status == LandStatus.PRIVATE_CONSENT and not facts.land_consent.strip()
    return without_paper or facts.land_status in (LandStatus.PRIVATE_OPEN, LandStatus.UNKNOWN)


def result_of(findings: Iterable[str]) -> CheckResult:
    """What findings come to: the worst of them. Nobody enters the result, so that it always follows from its parts."""
    found = set(findings)
    if Finding.UNFIT in found:
        return CheckResult.UNFIT
    return CheckResult.CONDITION if Finding.CONDITION in found else CheckResult.FIT


def may_publish(
    facts: Looked, *, state: str, found: Mapping[str, tuple[str, str]], labels: Mapping[str, str], is_stale: bool,
    reason: str,
) -> Verdict:  # fmt: skip
    """May a check be published? Every aspect looked at, still true of the records, with words for all of it.

    `found` maps an aspect to its finding and reason; `labels` to its name.
    """
    missing = [labels[aspect] for aspect in ASPECTS if aspect not in found]
    return first_refusal(
        is_checkable(state=state),
        refused(CheckReason.STALE) if is_stale else ALLOWED,
        refused(CheckReason.INCOMPLETE, aspects=", ".join(missing)) if missing else ALLOWED,
        *(may_find(facts, aspect=one, finding=finding, reason=why) for one, (finding, why) in found.items()),
        ALLOWED if reason.strip() else refused(CheckReason.FINDING_WORDS, field="reason"),
    )


def may_put(*, kind: str, is_needed: bool, result: str | None, code: str) -> Verdict:
    """May a proposal go before this meeting? RW meetings take any; ward meetings where the city asks for a check.

    `result` is that of the published check of the proposal as it reads now, None without one.
    """
    if kind == MeetingKind.RW or not is_needed or result in (CheckResult.FIT, CheckResult.CONDITION):
        return ALLOWED
    return refused(CheckReason.NEEDED, field="proposals", code=code)


def may_set_rules(*, condition: int, unfit: int, legal_basis: str, last: date | None, begins: date) -> Verdict:
    """May these rules hold from this day on?"""
    if not legal_basis.strip():
        return refused(CheckReason.BASIS_MISSING, field="legal_basis")
    if condition > unfit:
        return refused(CheckReason.BOUNDS_CROSSED, field="condition_permille")
    if last is not None and begins < last:
        return refused(CheckReason.BEGINS_EARLIER, field="valid_from", day=last)
    return ALLOWED
