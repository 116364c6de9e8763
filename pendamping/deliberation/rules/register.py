"""The attendance register: may somebody be put on it, and what do its rows add up to? Values in, answers out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.invitations import Capacity
from pendamping.deliberation.enums.presence import AgeGroup, PresenceReason, PresentSex
from pendamping.deliberation.rules import ladder, meetings
from pendamping.deliberation.rules.composition import Composition

ROWS_LEAST, ROWS_MOST = 5, 40
SHEETS_MOST = 50
SHOWN_FROM = 5  # smaller groups could be recognised (design, 2): withheld where others than the counters read

_TITLES = re.compile(r"^(?:(?:h|hj|ir|dr|drs|dra|bpk|bapak|pak|ibu|bu|sdr|sdri|ust|ustadz|kh|rd)\b\.?\s*)+", re.I)


@dataclass(frozen=True)
class Person:
    """One row of the register without a name (id: baris hadir): what the counts are made of."""

    sex: str
    age_group: str = ""
    is_disabled: bool | None = None
    is_poor: bool | None = None
    capacity: str = Capacity.RESIDENT
    place: str = ""  # path of the RT or RW they come from; empty when not said


@dataclass(frozen=True)
class TypedRow:
    """A row of a paper sheet as it was typed in (id: baris lembar)."""

    row: int
    sex: str = ""
    name: str = ""
    place: str = ""
    age_group: str = ""
    capacity: str = Capacity.RESIDENT
    is_disabled: bool = False
    is_poor: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing was typed; a capacity alone is what the form proposes."""
        return not (self.sex or self.name.strip() or self.place or self.age_group or self.is_disabled or self.is_poor)


def may_come(
    *, state: str, held_on: date, spans: Mapping[str, ladder.Span], moment: datetime, today: date,
    hour: ladder.Hour = str,
) -> Verdict:  # fmt: skip
    """May somebody come on the register who was put on it at this moment, `today` being its day?

    The meeting is open when word of it arrives; the day and the hours of attendance are those of the moment, so that
    what waited on a phone without a signal is neither lost when the hours end meanwhile, nor let in when they did not
    begin.
    """
    begun = meetings.has_begun(state=state, held_on=held_on, today=today)
    return first_refusal(begun, ladder.may_count(spans, at=moment, hour=hour))


def may_add(*, sex: str, place: str, area: str) -> Verdict:
    """Is this a row? Of a woman or man; from a place of the area, when one is said."""
    if sex not in PresentSex:
        return refused(PresenceReason.SEX_MISSING, field="sex")
    if place and not place.startswith(area):
        return refused(PresenceReason.OTHER_AREA, field="place")
    return ALLOWED


def may_strike(*, is_struck: bool, is_itself: bool) -> Verdict:
    """May a row be struck out, or joined with another?"""
    if is_struck:
        return refused(PresenceReason.STRUCK)
    return refused(PresenceReason.SAME_AS_ITSELF, field="same_as") if is_itself else ALLOWED


def may_print(*, rows: int, sheets: int) -> Verdict:
    """May another sheet with so many rows be printed?"""
    if not ROWS_LEAST <= rows <= ROWS_MOST:
        return refused(PresenceReason.ROWS_LIKELY, field="rows", most=ROWS_MOST)
    return refused(PresenceReason.TOO_MANY_SHEETS, most=SHEETS_MOST) if sheets >= SHEETS_MOST else ALLOWED


def may_type(rows: Sequence[TypedRow], *, on_paper: int, is_confirmed: bool) -> Verdict:
    """May these rows be kept for a sheet? Each with a sex, none twice, none that is not on the paper."""
    if is_confirmed:
        return refused(PresenceReason.SHEET_FIXED)
    for one in rows:
        if not 1 <= one.row <= on_paper:
            return refused(PresenceReason.ROW_UNKNOWN, row=one.row)
        if one.sex not in PresentSex:
            return refused(PresenceReason.ROW_WITHOUT_SEX, field=f"row_{one.row}", row=one.row)
    return _unlike(rows)


def _unlike(rows: Sequence[TypedRow]) -> Verdict:
    seen: dict[tuple[str, str], int] = {}
    for one in rows:
        who = (same_name(one.name), one.place)
        if who[0] and who in seen:
            return refused(PresenceReason.ROWS_ALIKE, field=f"row_{one.row}", row=one.row, other=seen[who])
        seen[who] = one.row
    return ALLOWED


def may_confirm(*, is_confirmed: bool, typed: int, heads: int) -> Verdict:
    """May a sheet be confirmed? When what was counted on the paper is what was typed."""
    if is_confirmed:
        return refused(PresenceReason.SHEET_FIXED)
    if not typed:
        return refused(PresenceReason.NOTHING_TYPED)
    return ALLOWED if heads == typed else refused(PresenceReason.HEADS_DIFFER, field="heads", heads=heads, typed=typed)


def same_name(name: str) -> str:
    """A name as it is compared: without titles, signs, accents and case; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return re.sub(r"[^\w]+", " ", _TITLES.sub("", plain.strip()).casefold()).strip()


@dataclass(frozen=True)
class Listed:
    """A row of the register as doubles are looked for in it (id: baris yang dibandingkan)."""

    number: int
    sex: str
    age_group: str
    place: str  # path; empty when not said
    is_by_phone: bool
    name: str = ""


def likely_doubles(rows: Iterable[Listed]) -> list[tuple[Listed, Listed]]:
    """Rows that may be one person counted twice, the later one first, at most one pair for each.

    The same name, where one says no RT; a phone without a name beside somebody named on the list or a sheet, of the
    same sex, age group and RT, an RT not said being any.
    """
    earlier: list[tuple[Listed, str]] = []
    found = []
    for row in sorted(rows, key=lambda one: one.number):
        name = same_name(row.name)
        other = next((one for one, called in earlier if _may_be_one(row, name, one, called)), None)
        if other is not None:
            found.append((row, other))
        earlier.append((row, name))
    return found


def _may_be_one(one: Listed, name: str, other: Listed, called: str) -> bool:
    if one.place and other.place and one.place != other.place:
        return False
    if name and name == called:
        return True
    if bool(name) == bool(called) or (one.sex, one.age_group) != (other.sex, other.age_group):
        return False
    nameless, named = (other, one) if name else (one, other)
    return nameless.is_by_phone and not named.is_by_phone


def composed(
    people: Iterable[Person], expected: frozenset[str], own: Mapping[str, str] | None = None
) -> Composition:  # fmt: skip
    """The rows of a register as a composition: a group on its own is part of women + men.

    `own` maps the key of each group of the city's own to the capacity its people come in.
    """
    rows = list(people)
    women = sum(one.sex == PresentSex.WOMAN for one in rows)
    groups = {
        "youth": sum(one.age_group == AgeGroup.YOUTH for one in rows),
        "elderly": sum(one.age_group == AgeGroup.ELDERLY for one in rows),
        "poor": sum(bool(one.is_poor) for one in rows),
        "disabled": sum(bool(one.is_disabled) for one in rows),
        "rt_rw": sum(one.capacity in (Capacity.RT, Capacity.RW) for one in rows),
        "lpm": sum(one.capacity == Capacity.LPM for one in rows),
        "pkk": sum(one.capacity == Capacity.PKK for one in rows),
        **{key: sum(one.capacity == capacity for one in rows) for key, capacity in (own or {}).items()},
    }
    widths = {len(path) for path in expected}  # who comes from an RT speaks for its ward too
    heard = expected & {one.place[:width] for one in rows for width in widths}
    return Composition(women=women, men=len(rows) - women, groups=groups, expected=expected, heard=heard)


def shown(count: int) -> int | None:
    """A group as others than the counters may read it: None where people could be known by the count."""
    return None if 0 < count < SHOWN_FROM else count


def reckoned(parts: Mapping[str, int], untold: Collection[str]) -> set[str]:
    """Which parts of a whole that is told beside them to leave out besides the `untold`: else one could be reckoned.

    Nobody can reckon two and more whose sum is neither the least nor the most they can be; otherwise the next smallest
    goes too (Willenborg and de Waal 2001, secondary suppression), and where there is none the small ones.
    """
    small = {key for key, count in parts.items() if key not in untold and shown(count) is None}
    most = SHOWN_FROM - 1
    spans = [(1, most) for _ in small] + [(most, most + 1) if parts[key] >= most else (0, 1) for key in untold]
    least, highest = (sum(ends) for ends in zip(*spans, strict=True)) if spans else (0, 0)
    together = sum(parts[key] for key in (*small, *untold))
    if not spans or (len(spans) > 1 and least < together < highest):
        return set()
    others = [(count, key) for key, count in parts.items() if shown(count) and key not in untold]
    return {min(others)[1]} if others else small


def gives_away(count: int, needed: int) -> bool:
    """Would "fewer than five" give the number of a group away, beside whether the `needed` of it are there?

    Four where four are asked, one where two are. Of these and of the number they are hidden beside only that is told.
    """
    return (needed == SHOWN_FROM - 1 and count in (needed, needed + 1)) or (needed == 2 and count in (0, 1))
