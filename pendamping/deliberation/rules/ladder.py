"""What a meeting of a kind may decide and must fulfil, and what happens when it does not. Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.deliberation.enums.ladder import Ground, LadderReason, Phase, Requirement
from pendamping.deliberation.enums.meetings import MeetingKind, Outcome
from pendamping.deliberation.rules.composition import Composition

WHOLE = 1000  # permille
REASON_LETTERS = 5  # "Hujan" says why, "-" and "ok" do not
Hour = Callable[[datetime], str]  # an instant as people read it

# Which rung sends a proposal where: an RW meeting to its ward, the ward to the district, the district to the city.
OUTCOMES: Mapping[str, tuple[Outcome, ...]] = {
    MeetingKind.RW: (Outcome.RECOMMENDED, Outcome.DEFERRED, Outcome.PASSED_ON, Outcome.REJECTED),
    MeetingKind.PLANNING: (
        Outcome.RECOMMENDED, Outcome.FUNDED, Outcome.DEFERRED, Outcome.PASSED_ON, Outcome.REJECTED,
    ),
    MeetingKind.DEVELOPMENT: (Outcome.FUNDED, Outcome.DEFERRED, Outcome.PASSED_ON, Outcome.REJECTED),
    MeetingKind.DISTRICT: (Outcome.RECOMMENDED, Outcome.DEFERRED, Outcome.TO_CITY),
}  # fmt: skip
# What a ballot of a rung gives those it chooses, and what may become of the others.
CHOSEN: Mapping[str, Outcome] = {
    MeetingKind.RW: Outcome.RECOMMENDED, MeetingKind.PLANNING: Outcome.FUNDED, MeetingKind.DEVELOPMENT: Outcome.FUNDED,
    MeetingKind.DISTRICT: Outcome.TO_CITY,
}  # fmt: skip
NOT_CHOSEN: Mapping[str, tuple[Outcome, ...]] = {
    kind: tuple(one for one in outcomes if one not in (CHOSEN[kind], Outcome.RECOMMENDED))
    for kind, outcomes in OUTCOMES.items()
}
LEVELS: Mapping[str, tuple[str, ...]] = {
    MeetingKind.RW: ("rw", "ward"),
    MeetingKind.PLANNING: ("ward",),
    MeetingKind.DEVELOPMENT: ("ward",),
    MeetingKind.DISTRICT: ("district",),
}
# Whose people make a meeting whole: its RTs, at the district its wards.
REPRESENTED: Mapping[str, str] = {MeetingKind.DISTRICT: "ward"}  # every other kind: "rt"
# What a ground can be the reason for; the others fit everything.
_EXPLAINS: Mapping[str, frozenset[str]] = {
    Ground.NO_WOMAN: frozenset({Requirement.WOMEN}),
    Ground.EMPTY_RT: frozenset({Requirement.RTS, Requirement.QUORUM_RTS}),
    Ground.LATE_RULES: frozenset({Requirement.WINDOW, Requirement.NOTICE}),
}

_OF_CALL = frozenset({Requirement.WINDOW, Requirement.NOTICE, Requirement.SPLIT})  # stands whoever is in the room


@dataclass(frozen=True)
class Asked:
    """What the rules ask (id: syarat musyawarah): people, days and permille; nothing is asked where it is zero."""

    opens_on: date | None = None
    closes_on: date | None = None
    notice_days: int = 0
    quorum: int = 0
    women: int = 0
    rts: int = 0
    groups: Mapping[str, int] = field(default_factory=dict)
    quorum_rts: int = 0
    split: Mapping[str, int] = field(default_factory=dict)  # permille of the money for each stream
    own: Mapping[str, tuple[str, int]] = field(default_factory=dict)  # the city's own groups: key, its name and least


@dataclass(frozen=True)
class Gap:
    """What one requirement asks and what there is (id: syarat yang kurang); of `found`, more is always better."""

    requirement: str  # of Requirement, or "group_" and the key of a city's own group
    needed: int
    found: int
    name: str = ""  # of a city's own group

    @property
    def label(self) -> str:
        return self.name or str(Requirement(self.requirement).label)

    @property
    def is_met(self) -> bool:
        return self.found >= self.needed


def measured(
    asked: Asked, room: Composition, *, held_on: date, told_on: date, funded: Mapping[str, Sequence[int]] | None = None
) -> list[Gap]:
    """Everything the rules ask of a meeting beside what there is, in the order of the rules; fulfilled or not.

    `funded` holds the rupiah of each decision to fund, by stream.
    """
    heard = share(len(room.heard), len(room.expected))
    has_window = asked.opens_on is not None or asked.closes_on is not None
    found = [
        *([Gap(Requirement.WINDOW, 0, -_days_outside(asked, held_on))] if has_window else []),
        Gap(Requirement.NOTICE, asked.notice_days, (held_on - told_on).days),
        Gap(Requirement.QUORUM, asked.quorum, room.present),
        Gap(Requirement.QUORUM_RTS, asked.quorum_rts if room.expected else 0, heard),
        Gap(Requirement.WOMEN, asked.women, share(room.women, room.present)),
        Gap(Requirement.RTS, asked.rts if room.expected else 0, heard),
        *(
            Gap(Requirement(f"group_{name}"), least, room.groups.get(name, 0))
            for name, least in sorted(asked.groups.items())
        ),
        *(Gap(f"group_{key}", least, room.groups.get(key, 0), name) for key, (name, least) in asked.own.items()),
        *([Gap(Requirement.SPLIT, WHOLE, WHOLE - beyond_split(asked.split, funded))] if asked.split and funded else []),
    ]
    return [one for one in found if one.needed or one.requirement == Requirement.WINDOW]


def gaps(
    asked: Asked, room: Composition, *, held_on: date, told_on: date, funded: Mapping[str, Sequence[int]] | None = None
) -> list[Gap]:
    """Everything a meeting lacks, in the order of the rules."""
    found = measured(asked, room, held_on=held_on, told_on=told_on, funded=funded)
    return [one for one in found if not one.is_met]


def beyond_split(split: Mapping[str, int], funded: Mapping[str, Sequence[int]]) -> int:
    """Permille of the money of a meeting beyond the parts of its streams, rounded up; streams without one share the
    rest.

    An activity is never cut: a stream is only beyond its part when it would be so without its smallest activity.
    """
    total, rest = sum(sum(amounts) for amounts in funded.values()), WHOLE - sum(split.values())
    unnamed = [amount for stream, amounts in funded.items() if stream not in split for amount in amounts]
    parts = [*((split[stream], amounts) for stream, amounts in funded.items() if stream in split), (rest, unnamed)]
    beyond = sum(max(0, (sum(amounts) - min(amounts)) * WHOLE - part * total) for part, amounts in parts if amounts)
    return -(-beyond // total) if total else 0


def _days_outside(asked: Asked, held_on: date) -> int:
    early = (asked.opens_on - held_on).days if asked.opens_on else 0
    late = (held_on - asked.closes_on).days if asked.closes_on else 0
    return max(0, early, late)


def share(part: int, whole: int) -> int:
    """Permille of a whole, rounded down; of nobody, none."""
    return part * WHOLE // whole if whole else 0


def covers(*, found_then: int, needed_then: int, gap: Gap) -> bool:
    """Does a reason stated then still hold? Not when the room changed for the worse, or more is asked than then."""
    return gap.found >= found_then and gap.needed <= needed_then


def open_gaps(lacking: Iterable[Gap], waived: Mapping[str, tuple[int, int]]) -> list[Gap]:
    """What is lacking without a reason that holds; `waived` maps a requirement to what was needed and found then."""
    return [
        gap
        for gap in lacking
        if gap.requirement not in waived
        or not covers(needed_then=waived[gap.requirement][0], found_then=waived[gap.requirement][1], gap=gap)
    ]


def is_fulfilled(lacking: Sequence[Gap]) -> Verdict:
    """May the minutes be fixed, as far as the rules of the meeting go?"""
    if not lacking:
        return ALLOWED
    what = ", ".join(gap.label for gap in lacking)
    return refused(LadderReason.REQUIREMENTS_MISSING, what=what)


def grounds_for(requirement: str) -> list[Ground]:
    """The grounds that can explain why this is not fulfilled; another reason, in words, always can."""
    return [one for one in Ground if one not in _EXPLAINS or requirement in _EXPLAINS[one]]


def is_of_room(requirement: str) -> bool:
    """Does this ask who came? Before they are counted nobody knows whether it is fulfilled."""
    return requirement not in _OF_CALL


def is_known(requirement: str, *, is_counted: bool) -> Verdict:
    """Is it known how this stands, so that a reason can be stated? A reason for nobody counted would hold for any."""
    return ALLOWED if is_counted or not is_of_room(requirement) else refused(LadderReason.COUNT_FIRST)


def may_waive(*, requirement: str, ground: str, gap: Gap | None, reason: str, is_counted: bool = True) -> Verdict:
    """May this reason be stated? Only for what is missing, once people are counted where it asks who came, with a
    ground that explains it, in words and not a dash."""
    if gap is None:
        known = requirement in Requirement.values
        return refused(LadderReason.NOT_MISSING, what=Requirement(requirement).label if known else requirement)
    if not (known_now := is_known(requirement, is_counted=is_counted)):
        return known_now
    fit = grounds_for(requirement)
    if ground not in fit:
        possible = ", ".join(str(one.label) for one in fit)
        facts = {"ground": Ground(ground).label, "what": gap.label, "possible": possible}
        return refused(LadderReason.GROUND_UNFIT, field="ground", **facts)
    return ALLOWED if is_in_words(reason) else refused(LadderReason.REASON_TOO_SHORT, field="reason")


def is_in_words(reason: str) -> bool:
    """Does a reason say something? A dash does not."""
    return sum(sign.isalpha() for sign in reason) >= REASON_LETTERS


@dataclass(frozen=True)
class Span:
    """From when to when (id: rentang waktu)."""

    opens_at: datetime
    closes_at: datetime

    def holds(self, at: datetime) -> bool:
        return self.opens_at <= at < self.closes_at


def may_change_agenda(spans: Mapping[str, Span], *, at: datetime, hour: Hour = str) -> Verdict:
    """May proposals come and go now? In the call for proposals where there is one, and until the agenda is fixed."""
    fixed, call = spans.get(Phase.AGENDA), spans.get(Phase.PROPOSALS)
    if fixed is not None and at >= fixed.opens_at:
        return refused(LadderReason.AGENDA_FIXED, opens=hour(fixed.opens_at))
    return _within(LadderReason.NOT_CALLED_YET, call, at, hour)


def may_count(spans: Mapping[str, Span], *, at: datetime, hour: Hour = str) -> Verdict:
    """May people be counted now?"""
    return _within(LadderReason.ATTENDANCE_SHUT, spans.get(Phase.ATTENDANCE), at, hour)


def _within(reason: LadderReason, span: Span | None, at: datetime, hour: Hour) -> Verdict:
    if span is None or span.holds(at):
        return ALLOWED
    return refused(reason, opens=hour(span.opens_at), closes=hour(span.closes_at))


def may_count_groups(counted: Iterable[str], *, known: Iterable[str]) -> Verdict:
    """Are these groups of the meeting?"""
    strange = next((key for key in counted if key not in set(known)), "")
    return refused(LadderReason.GROUP_UNKNOWN, field="own", group=strange) if strange else ALLOWED


def may_set_phase(*, before: Span | None, span: Span, reason: str, at: datetime, hour: Hour = str) -> Verdict:
    """May a phase be at these hours? Set freely once; moved with a reason before it begins, then only made longer.

    A hall that runs late must not be left with a shut register: nobody could count, and the meeting never close.
    """
    if span.closes_at <= span.opens_at:
        return refused(LadderReason.PHASE_BACKWARDS, field="closes_at")
    is_longer = before is not None and span.opens_at == before.opens_at and span.closes_at > before.closes_at
    if before is not None and before.opens_at <= at and not is_longer:
        return refused(LadderReason.PHASE_BEGUN, field="closes_at", opens=hour(before.opens_at))
    if before is not None and not reason.strip():
        return refused(LadderReason.REASON_TO_MOVE, field="reason")
    return ALLOWED


def may_take_chair(
    *, office: str, present: str, since: datetime, begins: datetime, at: datetime, hour: Hour = str
) -> Verdict:
    """May another office chair from this hour? After the one before took over, and not in time to come."""
    if office.strip().casefold() == present.strip().casefold():
        return refused(LadderReason.CHAIR_SAME, field="office", office=present)
    if not begins < since <= at:
        return refused(LadderReason.CHAIR_BEFORE, field="since", since=hour(begins))
    return ALLOWED


def objection_until(closed_at: datetime, days: int, span: Span | None) -> datetime:
    """When the time for objections ends: the days of the rules after the close, or its phase where that is longer.

    A phase never takes from residents the days that the rules give them.
    """
    of_rules = closed_at + timedelta(days=days)
    return of_rules if span is None else max(of_rules, span.closes_at)


def may_object(
    *, closed_at: datetime | None, until: datetime | None, at: datetime, days: int = 0, span: Span | None = None,
    hour: Hour = str,
) -> Verdict:  # fmt: skip
    """May somebody object now? To a closed meeting, within the days of its rules or the hours of its phase."""
    if closed_at is None:
        return refused(LadderReason.NOT_CLOSED)
    if until is None:
        return refused(LadderReason.NO_RULES)
    if span is not None and closed_at + timedelta(days=days) <= at < span.opens_at:
        return refused(LadderReason.OBJECTION_EARLY, opens=hour(span.opens_at), closes=hour(span.closes_at))
    return ALLOWED if at < until else refused(LadderReason.OBJECTION_LATE, until=hour(until))


def may_answer(*, is_open: bool, is_closer: bool) -> Verdict:
    """May this person answer the objection? Once, and never who closed the meeting."""
    if not is_open:
        return refused(LadderReason.ANSWERED_ALREADY)
    return refused(LadderReason.CLOSER_ANSWERS) if is_closer else ALLOWED


def may_open_again(*, planned: Sequence[str], gone_on: Sequence[str]) -> Verdict:
    """May a closed meeting be opened again? Not while what it decided became a project or went to another meeting."""
    if planned:
        return refused(LadderReason.IN_PLANNING, field="is_upheld", codes=", ".join(planned))
    return refused(LadderReason.WENT_ON, field="is_upheld", codes=", ".join(gone_on)) if gone_on else ALLOWED


def may_set_rules(
    *, level: str, legal_basis: str, asked: Asked, split: Mapping[str, int], known_groups: Iterable[str],
    valid_from: date, holds_from: date | None,
) -> Verdict:  # fmt: skip
    """May these be the rules of a kind of meeting? With a basis, shares within the whole, known groups, a later day."""
    if level != "city":
        return refused(LadderReason.NOT_A_CITY, field="city")
    if not legal_basis.strip():
        return refused(LadderReason.RULES_WITHOUT_BASIS, field="legal_basis")
    if asked.opens_on and asked.closes_on and asked.closes_on < asked.opens_on:
        return refused(LadderReason.WINDOW_BACKWARDS, field="closes_on")
    beyond = next((name for name in ("women", "rts", "quorum_rts") if not 0 <= getattr(asked, name) <= WHOLE), "")
    if beyond:
        return refused(LadderReason.PERMILLE_BEYOND, field=beyond)
    if sum(split.values()) > WHOLE:
        return refused(LadderReason.SPLIT_BEYOND, field="split", sum=f"{sum(split.values()) / 10:g}")
    known = set(known_groups)
    unknown = next((name for name in asked.groups if name not in known), "")
    if unknown:
        return refused(LadderReason.GROUP_UNKNOWN, field="groups", group=unknown)
    if holds_from is not None and valid_from <= holds_from:
        return refused(LadderReason.HOLDS_FROM_EARLIER, field="valid_from", day=holds_from)
    return ALLOWED
