"""What a voter wrote: is it a ballot, how is it written down, what is left of it when a proposal was withdrawn?

A ballot is a list of (number on the ballot, points). Ticks give one point; ranks give as many points as there are
proposals for the first place, one less for the second, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.polls import PollKind, PollReason

Pick = tuple[int, int]
Picks = tuple[Pick, ...]


@dataclass(frozen=True)
class Form:
    """What can be written on a ballot (id: bentuk surat suara); money in rupiah."""

    kind: str
    costs: Mapping[int, int]  # number on the ballot → rupiah
    ceiling: int
    least: int = 3
    most: int | None = None
    points: int | None = None
    struck: frozenset[int] = field(default_factory=frozenset)


def is_ballot(form: Form, picks: Picks, *, takes_struck: bool = False) -> Verdict:
    """Can this be counted? `takes_struck`: on paper, where a withdrawn proposal is still printed."""
    numbers = [number for number, _points in picks]
    return first_refusal(
        *(_is_choice(form, number, takes_struck=takes_struck) for number in numbers),
        *(
            refused(PollReason.CHOICE_TWICE, field="choices", number=number)
            for number in sorted({number for number in numbers if numbers.count(number) > 1})
        ),
        _within_most(form, len(numbers)),
        _within_money(form, numbers),
        _within_points(form, picks),
    )


def asked_for(form: Form) -> int:
    """How many choices the ballot asks for: never more than stand on it, or than may be made."""
    asked = min(form.least, len(form.costs) - len(form.struck), form.most or form.least)
    return min(asked, form.points) if form.kind == PollKind.POINTS and form.points else asked


def is_enough(form: Form, picks: Picks) -> Verdict:
    """Are there as many choices as are asked for? Fewer are taken too, once the voter is sure."""
    asked = asked_for(form)
    short = len(picks) < asked and form.kind != PollKind.KNAPSACK
    return (
        refused(PollReason.FEWER_THAN_ASKED, field="is_sure", count=len(picks), least=asked)
        if short or not picks
        else ALLOWED
    )


def written(kind: str, picks: Picks) -> str:
    """A ballot as it is kept, the same for the same ballot: "1 3 7", "1=5 3=5", ranked "3>1>7"; "" when blank."""
    if kind == PollKind.RANKING:
        return ">".join(str(number) for number, _points in sorted(picks, key=lambda pick: -pick[1]))
    if kind == PollKind.POINTS:
        return " ".join(f"{number}={points}" for number, points in sorted(picks))
    return " ".join(str(number) for number, _points in sorted(picks))


def read(kind: str, pattern: str, size: int) -> Picks:
    """A kept ballot as picks again; `size` is how many proposals stand on the ballot."""
    if not pattern:
        return ()
    if kind == PollKind.RANKING:
        return ranked([int(number) for number in pattern.split(">")], size)
    if kind == PollKind.POINTS:
        return tuple((int(number), int(points)) for number, points in (one.split("=") for one in pattern.split()))
    return tuple((int(number), 1) for number in pattern.split())


def ranked(numbers: Sequence[int], size: int) -> Picks:
    """Numbers in the order of preference, with their points."""
    return tuple((number, max(1, size - place)) for place, number in enumerate(numbers))


def places(given: Mapping[int, int], size: int) -> tuple[Picks, Verdict]:
    """A form's places (number → 1st, 2nd, …) as picks; refused when a place is missing or given twice."""
    if sorted(given.values()) != list(range(1, len(given) + 1)):
        return (), refused(PollReason.BAD_RANKS, field="choices")
    return ranked(sorted(given, key=lambda number: given[number]), size), ALLOWED


def left_of(picks: Iterable[Pick], struck: Iterable[int]) -> Picks:
    """The choices that count when some proposals were withdrawn; the ballot stays, even when nothing is left."""
    gone = frozenset(struck)
    return tuple(pick for pick in picks if pick[0] not in gone)


def _is_choice(form: Form, number: int, *, takes_struck: bool) -> Verdict:
    if number not in form.costs:
        return refused(PollReason.UNKNOWN_CHOICE, field="choices", number=number)
    if number in form.struck and not takes_struck:
        return refused(PollReason.STRUCK_CHOICE, field="choices", number=number)
    return ALLOWED


def _within_most(form: Form, count: int) -> Verdict:
    if form.most is not None and count > form.most:
        return refused(PollReason.TOO_MANY, field="choices", count=count, most=form.most)
    return ALLOWED


def _within_money(form: Form, numbers: Sequence[int]) -> Verdict:
    cost = sum(form.costs.get(number, 0) for number in numbers)
    if form.kind == PollKind.KNAPSACK and cost > form.ceiling:
        return refused(PollReason.OVER_CEILING, field="choices", sum_rupiah=cost, ceiling_rupiah=form.ceiling)
    return ALLOWED


def _within_points(form: Form, picks: Picks) -> Verdict:
    if form.kind != PollKind.POINTS:
        return ALLOWED
    most, given = form.points or 0, sum(points for _number, points in picks)
    if any(not 0 < points <= most for _number, points in picks):
        return refused(PollReason.BAD_POINTS, field="choices", most=most)
    return refused(PollReason.TOO_MANY_POINTS, field="choices", count=given, most=most) if given > most else ALLOWED
