"""How much a need weighs: who may score it, and what its points come to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.needs.enums.assessments import Reason
from pendamping.needs.enums.needs import NeedState

WEIGHT_MOST, LEVELS_MOST = 9, 5


@dataclass(frozen=True)
class Part:
    """One criterion of a need as facts: what its levels reach, its weight, the points given; None: not scored yet."""

    least: int
    most: int
    weight: int
    points: int | None


@dataclass(frozen=True)
class Sum:
    """What the points of a need come to, and how much of it is known (id: jumlah nilai).

    `low` and `high` are the sums with what is missing at its least and at its most; `lowest` and `highest` are the
    single points given, since one sum may hide a five among ones.
    """

    points: int
    whole: int
    low: int
    high: int
    missing: int
    lowest: int | None
    highest: int | None


def sum_of(parts: Iterable[Part]) -> Sum:
    """The weighted sum: a missing score is never counted as zero, it leaves the sum open between two ends."""
    known = list(parts)
    given = [part for part in known if part.points is not None]
    open_ones = [part for part in known if part.points is None]
    points = sum(part.weight * (part.points or 0) for part in given)
    single = [part.points for part in given if part.points is not None]
    return Sum(
        points=points,
        whole=sum(part.weight * part.most for part in known),
        low=points + sum(part.weight * part.least for part in open_ones),
        high=points + sum(part.weight * part.most for part in open_ones),
        missing=len(open_ones),
        lowest=min(single, default=None),
        highest=max(single, default=None),
    )


def is_weighable(*, state: str) -> Verdict:
    """May points be given? Once the need was seen on site, until it is answered."""
    if state == NeedState.OPEN:
        return refused(Reason.NOT_VERIFIED)
    return refused(Reason.ANSWERED) if state == NeedState.ANSWERED else ALLOWED


@dataclass(frozen=True)
class Given:
    """Points given by one criterion, as facts; `levels` are the points it knows, `is_asked` whether it holds here."""

    key: str
    levels: Collection[int]
    is_asked: bool
    points: int
    reason: str


def may_score(*, state: str, given: Collection[Given]) -> Verdict:
    """Points, each with its reason, by criteria that hold at the place of the need. The field is the criterion."""
    if not is_weighable(state=state):
        return is_weighable(state=state)
    if not given:
        return refused(Reason.NOTHING_SCORED)
    for one in given:
        if not one.is_asked:
            return refused(Reason.NOT_ASKED, field=one.key)
        if one.points not in one.levels:
            return refused(Reason.NO_SUCH_LEVEL, field=one.key, points=one.points)
        if not one.reason.strip():
            return refused(Reason.REASON_MISSING, field=one.key)
    return ALLOWED


def may_overwrite(
    *, seen: int | None, given: int, key: str, criterion: str, office: str, points: int, words: str
) -> Verdict:
    """May points take the place of those `given`? Not unread: `seen` is the last known, None where nobody says it."""
    if seen is None or given <= seen:
        return ALLOWED
    facts = {"criterion": criterion, "office": office, "points": points, "words": words}
    return refused(Reason.SCORED_MEANWHILE, field=f"{key}-points", **facts)


def may_take_view(*, state: str, is_known: bool, words: str, taken_on: date, today: date) -> Verdict:
    """A photo from a point already known or now described, on a day that has come. After the site check always.

    Also of an answered need: its place may change all the same.
    """
    if state == NeedState.OPEN:
        return refused(Reason.NOT_VERIFIED)
    if not is_known and not words.strip():
        return refused(Reason.VIEWPOINT_MISSING, field="words")
    return refused(Reason.DAY_AHEAD, field="taken_on") if taken_on > today else ALLOWED


def has_viewpoint(*, words: str, is_pointed: bool) -> Verdict:
    """A point on the map or a direction is kept with the words of where somebody stood, never dropped in silence."""
    return refused(Reason.VIEWPOINT_MISSING, field="viewpoint") if is_pointed and not words.strip() else ALLOWED


def may_set_criterion(*, title: str, levels: Collection[tuple[int, str]]) -> Verdict:
    """A criterion has a name and levels people can tell apart: (points, words in Indonesian)."""
    if not title.strip():
        return refused(Reason.TITLE_MISSING, field="title")
    worded = {points for points, words in levels if words.strip()}
    if len(worded) < 2 or len(worded) != len(levels):
        return refused(Reason.LEVELS_FEW, field="levels")
    return ALLOWED


def may_replace(*, began: date, begins: date, is_used: bool) -> Verdict:
    """May a version follow the last one set? Never before its first day, nor on it once needs were scored by it."""
    if is_used and begins <= began:
        return refused(Reason.IN_USE, field="valid_from", day=began)
    return refused(Reason.BEGINS_EARLIER, field="valid_from", day=began) if begins < began else ALLOWED
