"""Paper ballots as they are typed from a count sheet: one pattern a line, and how many ballots say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.polls import PollKind, PollReason
from pendamping.deliberation.rules import ballots

_LINE = re.compile(r"^(?P<ballot>[\d\s,;>=]+?)(?:\s*[x×*]\s*(?P<count>\d{1,5}))?$", re.IGNORECASE)
_PICK = re.compile(r"\s*=\s*")
Lines = dict[str, int]


@dataclass(frozen=True)
class Difference:
    """A pattern that the two entries count differently (id: selisih)."""

    pattern: str
    first: int
    second: int


def read_lines(form: ballots.Form, text: str) -> tuple[Lines, Verdict]:
    """The ballots of a sheet, by pattern; a refusal names the line that cannot be read or be a ballot."""
    found: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.match(line.strip())
        picks = _picks(form, match["ballot"]) if match else None
        if match is None or not picks:
            return {}, refused(PollReason.LINE_UNREADABLE, field="lines", line=number, text=line.strip()[:40])
        verdict = ballots.is_ballot(form, picks, takes_struck=True)
        if not verdict:
            return {}, refused(PollReason.LINE_BAD_BALLOT, field="lines", line=number, why=verdict.message)
        found[ballots.written(form.kind, picks)] += int(match["count"] or 1)
    return {pattern: count for pattern, count in sorted(found.items()) if count}, ALLOWED


def _picks(form: ballots.Form, text: str) -> ballots.Picks | None:
    parts = [part for part in re.split(r"[\s,;>]+", _PICK.sub("=", text.strip())) if part]
    if form.kind == PollKind.POINTS:
        pairs = [part.split("=") for part in parts]
        if any(len(pair) != 2 or not all(one.isdecimal() for one in pair) for pair in pairs):
            return None
        return tuple((int(number), int(points)) for number, points in pairs)
    if not all(part.isdecimal() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    return ballots.ranked(numbers, len(form.costs)) if form.kind == PollKind.RANKING else tuple(
        (number, 1) for number in numbers
    )  # fmt: skip


def as_text(lines: Mapping[str, int]) -> str:
    """The lines as somebody would type them: "1 3 7 × 4"."""
    return "\n".join(f"{pattern} × {count}" for pattern, count in sorted(lines.items()))


def differences(first: Mapping[str, int], second: Mapping[str, int]) -> list[Difference]:
    """What the two entries of a sheet count differently."""
    return [
        Difference(pattern, first.get(pattern, 0), second.get(pattern, 0))
        for pattern in sorted({*first, *second})
        if first.get(pattern, 0) != second.get(pattern, 0)
    ]


def may_enter(*, is_settled: bool, entered_by: Sequence[object], by: object) -> Verdict:
    """May this person enter the sheet? Each person once, two in all."""
    return first_refusal(
        refused(PollReason.SHEET_SAME_PERSON) if by in entered_by else ALLOWED,
        refused(PollReason.SHEET_BOTH_IN) if is_settled or len(entered_by) >= 2 else ALLOWED,
    )


def may_settle(*, is_settled: bool, entered_by: Sequence[object], by: object, reason: str) -> Verdict:
    """May this person say what counts? Not one of the two whose entries differ, and with words."""
    return first_refusal(
        refused(PollReason.SHEET_SETTLED) if is_settled else ALLOWED,
        refused(PollReason.SHEET_NOT_BOTH) if len(entered_by) < 2 else ALLOWED,
        refused(PollReason.SHEET_OWN_ENTRY) if by in entered_by else ALLOWED,
        ALLOWED if reason.strip() else refused(PollReason.REASON_MISSING, field="reason"),
    )


def may_set_aside(*, is_aside: bool, entered_by: Sequence[object], by: object, reason: str) -> Verdict:
    """May this person let the sheet count for nothing? Not one of those who entered it, and with words."""
    return first_refusal(
        refused(PollReason.SHEET_ASIDE) if is_aside else ALLOWED,
        refused(PollReason.SHEET_OWN_ENTRY) if by in entered_by else ALLOWED,
        ALLOWED if reason.strip() else refused(PollReason.REASON_MISSING, field="reason"),
    )


def has_something(*, lines: Mapping[str, int], blank: int, spoiled: int) -> Verdict:
    """Is anything counted on the sheet?"""
    return ALLOWED if lines or blank or spoiled else refused(PollReason.SHEET_EMPTY, field="lines")
