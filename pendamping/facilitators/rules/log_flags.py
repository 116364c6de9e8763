"""What about a line of the logbook catches the eye? Facts in, flags out; a flag asks a question, it refuses nothing.

The signs are those that paper logs were criticised for elsewhere (domain 2.7); every threshold comes with the facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from pendamping.facilitators.enums.logbook import Activity, FlagKind
from pendamping.facilitators.rules.outlines import Point, Ring, metres, metres_outside

# Done where residents are; the rest may be done in an office anywhere in the city.
IN_THE_FIELD = frozenset(
    {Activity.VISIT, Activity.MEETING, Activity.CHECK, Activity.ASSISTANCE, Activity.COMPLAINT}
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """From when a line catches the eye; the row of LogRules in force on its day."""

    slack_m: int = 250
    gap_minutes: int = 15
    gap_m: int = 1000
    photo_bits: int = 3
    text_letters: int = 20
    round_minutes: int = 30
    round_run: int = 6
    opens: time = time(6)
    closes: time = time(22)
    late_days: int = 3


@dataclass(frozen=True)
class Line:
    """What of a line is compared (id: baris)."""

    code: str
    day: date
    activity: str = Activity.VISIT
    begins: time | None = None
    ends: time | None = None
    ward: str = ""
    fix: Point | None = None
    accuracy_m: int = 0
    text_key: str = ""
    letters: int = 0
    photos: tuple[tuple[str, str], ...] = ()  # (sha256, perceptual hash in hexadecimal)


@dataclass(frozen=True)
class Ward:
    """Where the ward lies, as far as it is known: an outline, or a point and a radius in metres."""

    rings: Sequence[Ring] = ()
    point: Point | None = None
    radius_m: int = 0


@dataclass(frozen=True)
class Facts:
    """A line, what its writer wrote before, and where and when (id: bahan pemeriksaan)."""

    line: Line
    others: Sequence[Line]  # of the same writer, this one left out, the newest day first
    same_photos: Sequence[tuple[str, str]]  # (code, sha256 or perceptual hash) of anybody's line with such a photo
    ward: Ward
    written_on: date
    limits: Limits = Limits()
    waited_days: int = 0  # from the moment the device claims until the line reached us


@dataclass(frozen=True)
class Flag:
    """One sign: its kind, a figure (metres, minutes, days, lines) and a note (a code, a time)."""

    kind: FlagKind
    figure: int = 0
    note: str = ""


def flags(facts: Facts) -> list[Flag]:
    """Every sign about a line, in the order of FlagKind."""
    found = (sign(facts) for sign in _SIGNS)
    return [flag for flag in found if flag is not None]


def _no_fix(facts: Facts) -> Flag | None:
    missing = facts.line.fix is None and facts.line.activity in IN_THE_FIELD
    return Flag(FlagKind.NO_FIX) if missing else None


def _outside(facts: Facts) -> Flag | None:
    line, ward = facts.line, facts.ward
    if line.fix is None or line.activity not in IN_THE_FIELD:
        return None
    if ward.rings:
        away = metres_outside(line.fix, ward.rings)
    elif ward.point is not None:
        away = max(0, metres(line.fix, ward.point) - ward.radius_m)
    else:
        return None
    return Flag(FlagKind.OUTSIDE, away) if away > facts.limits.slack_m + line.accuracy_m else None


def _too_close(facts: Facts) -> Flag | None:
    line = facts.line
    if line.begins is None:
        return None
    for other in facts.others:
        if other.day != line.day or other.begins is None or not _apart(line, other, facts.limits.gap_m):
            continue
        between = _minutes_between(line, other)
        if between < facts.limits.gap_minutes:
            return Flag(FlagKind.TOO_CLOSE, between, other.code)
    return None


def _apart(line: Line, other: Line, gap_m: int) -> bool:
    if line.fix is not None and other.fix is not None:
        return metres(line.fix, other.fix) > gap_m
    return line.ward != other.ward


def _minutes_between(line: Line, other: Line) -> int:
    """From the end of the earlier to the begin of the later; 0 when they overlap."""
    first, second = sorted((line, other), key=lambda one: (one.begins or time(), one.code))
    return max(0, _minute(second.begins) - _minute(first.ends or first.begins))


def _same_photo(facts: Facts) -> Flag | None:
    for sha, dhash in facts.line.photos:
        for code, seen in facts.same_photos:
            if seen == sha or (len(seen) == len(dhash) and _alike(seen, dhash, facts.limits.photo_bits)):
                return Flag(FlagKind.SAME_PHOTO, note=code)
    return None


def _alike(one: str, other: str, bits: int) -> bool:
    """Do two perceptual hashes mean the same picture? An even grey one has no features to compare."""
    a, b = int(one, 16), int(other, 16)
    return bool(a) and bool(b) and (a ^ b).bit_count() <= bits


def _same_text(facts: Facts) -> Flag | None:
    line = facts.line
    if not line.text_key or line.letters < facts.limits.text_letters:
        return None
    same = [other for other in facts.others if other.text_key == line.text_key]
    return Flag(FlagKind.SAME_TEXT, len(same), same[0].code) if same else None


def _round_times(facts: Facts) -> Flag | None:
    limits = facts.limits
    timed = [facts.line, *(other for other in facts.others if other.begins is not None)][: limits.round_run]
    run = len(timed) == limits.round_run and all(_is_round(one, limits.round_minutes) for one in timed)
    return Flag(FlagKind.ROUND_TIMES, limits.round_run) if run else None


def _is_round(line: Line, step: int) -> bool:
    times = [one for one in (line.begins, line.ends) if one is not None]
    return bool(times) and all(_minute(one) % step == 0 for one in times)


def _out_of_hours(facts: Facts) -> Flag | None:
    opens, closes = facts.limits.opens, facts.limits.closes
    odd = next((at for at in (facts.line.begins, facts.line.ends) if at and not opens <= at <= closes), None)
    return Flag(FlagKind.OUT_OF_HOURS, note=f"{odd:%H.%M}") if odd else None


def _late(facts: Facts) -> Flag | None:
    days = (facts.written_on - facts.line.day).days
    return Flag(FlagKind.LATE, days) if days > facts.limits.late_days else None


def _held_back(facts: Facts) -> Flag | None:
    """What a device claims about its own time proves nothing: the claim is believed, and asked about."""
    return Flag(FlagKind.HELD_BACK, facts.waited_days) if facts.waited_days > facts.limits.late_days else None


def _minute(at: time | None) -> int:
    return at.hour * 60 + at.minute if at else 0


_SIGNS: tuple[Callable[[Facts], Flag | None], ...] = (
    _no_fix, _outside, _too_close, _same_photo, _same_text, _round_times, _out_of_hours, _late,
    _held_back,
)  # fmt: skip


def kinds(found: Iterable[Flag]) -> list[str]:
    """The kinds of some flags, for the journal."""
    return [flag.kind.value for flag in found]
