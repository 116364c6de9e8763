"""What a meeting lacks under its rules, its phases and chairs, and what of these its minutes print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendamping.core import formats
from pendamping.core.moments import day
from pendamping.deliberation.enums.ladder import MeetingObjectionState, Phase, Requirement
from pendamping.deliberation.models import (
    Attendance,
    ChairChange,
    Decision,
    Meeting,
    MeetingObjection,
    MeetingPhase,
    Waiver,
)
from pendamping.deliberation.queries.composition import composition
from pendamping.deliberation.queries.invitations import Reached, reached
from pendamping.deliberation.queries.presence import veil
from pendamping.deliberation.queries.rules_of_year import asked
from pendamping.deliberation.rules import ladder as rules
from pendamping.deliberation.rules.composition import Composition
from pendamping.deliberation.rules.ladder import Gap, Span
from pendamping.deliberation.rules.register import gives_away, shown
from pendamping.needs.enums.menu import Stream

_DAYS = frozenset({Requirement.WINDOW, Requirement.NOTICE})
_SHARES = frozenset({Requirement.WOMEN, Requirement.RTS, Requirement.QUORUM_RTS, Requirement.SPLIT})


def hour(at: datetime) -> str:
    """An instant as refusals name it: "Sel, 10 Maret 2026 09.00 WIB"."""
    return formats.day(at, "jam")


def told_on(meeting: Meeting) -> date:
    """The day on which residents could first read the present day of the meeting."""
    return meeting.told_on or day(meeting.created_at)


def measured_of(
    meeting: Meeting, funded: dict[str, list[int]] | None = None, room: Composition | None = None
) -> list[Gap]:
    """Everything its rules ask beside what there is; nothing for a meeting called without rules.

    `funded`: the rupiah of each decision to fund by stream; `room`: who came; where the caller has just read them.
    """
    if meeting.rules is None:
        return []
    room = composition(meeting) if room is None else room
    funded = _funded(meeting) if funded is None else funded
    return rules.measured(asked(meeting.rules), room, held_on=meeting.held_on, told_on=told_on(meeting), funded=funded)


def _funded(meeting: Meeting) -> dict[str, list[int]]:
    """The rupiah of each decision to fund, by stream, where the rules share the money. One query."""
    found: dict[str, list[int]] = {}
    if meeting.rules is None or not meeting.rules.split:
        return found
    decided = Decision.objects.filter(item__meeting=meeting, amount__isnull=False)
    for stream, amount in decided.values_list("item__proposal__menu_item__stream", "amount"):
        found.setdefault(stream, []).append(amount or 0)
    return found


def gaps_of(meeting: Meeting) -> list[Gap]:
    """Everything the meeting lacks under the rules it was called with."""
    return [one for one in measured_of(meeting) if not one.is_met]


def open_gaps_of(meeting: Meeting) -> list[Gap]:
    """What it lacks without a reason that still holds: this blocks closing."""
    lacking = gaps_of(meeting)
    waivers = Waiver.objects.filter(meeting=meeting) if lacking else ()
    return rules.open_gaps(lacking, {one.requirement: (one.needed, one.found) for one in waivers})


def is_counted(meeting: Meeting) -> bool:
    """Were the people present counted? One query."""
    return Attendance.objects.filter(meeting=meeting).exists()


def reasonable_gaps_of(meeting: Meeting) -> list[Gap]:
    """What it lacks and the chair can give the reason for now: who came, once they are counted."""
    counted = is_counted(meeting)
    return [one for one in open_gaps_of(meeting) if rules.is_known(one.requirement, is_counted=counted)]


def spans_of(meeting: Meeting) -> dict[str, Span]:
    """The phases of a meeting by their name."""
    return {one.phase: Span(one.opens_at, one.closes_at) for one in MeetingPhase.objects.filter(meeting=meeting)}


def chair_of(meeting: Meeting) -> str:
    """The office in the chair now."""
    last = ChairChange.objects.filter(meeting=meeting).last()
    return last.office if last else meeting.chair_office


def objections_until(meeting: Meeting) -> datetime | None:
    """Until when objections are taken; None while it is open, and for one called without rules or a phase."""
    if meeting.closed_at is None:
        return None
    span = spans_of(meeting).get(Phase.OBJECTIONS)
    if span is None and meeting.rules is None:
        return None
    return rules.objection_until(meeting.closed_at, meeting.rules.objection_days if meeting.rules else 0, span)


@dataclass(frozen=True)
class Ran:
    """How far a meeting went (id: jalannya musyawarah)."""

    is_counted: bool = False
    is_held: bool = False  # people came, a point began or something was decided: no other day mends a late call


NOT_BEGUN = Ran()


def ran_so_far(meeting: Meeting, present: int) -> Ran:
    """How far a meeting went; `present` are those counted, else those on its register. At most three queries."""
    counted = is_counted(meeting)
    traces = (Decision.objects.filter(item__meeting=meeting), meeting.points.filter(begun_at__isnull=False))
    return Ran(is_counted=counted, is_held=counted or present > 0 or any(one.exists() for one in traces))


@dataclass(frozen=True)
class Standing:
    """How one requirement of a meeting stands (id: keadaan syarat): met, waived with a reason, or open."""

    gap: Gap
    text: str
    waiver: Waiver | None = None  # a reason that holds
    void: Waiver | None = None  # one that no longer holds, since the room changed for the worse
    reached: Reached | None = None  # of being called early enough: how many of those invited were told
    ran: Ran = NOT_BEGUN  # how far the meeting went, which decides what still cures

    @property
    def requirement(self) -> str:
        return self.gap.requirement

    @property
    def is_met(self) -> bool:
        return self.gap.is_met

    @property
    def label(self) -> str:
        return self.gap.label

    @property
    def is_open(self) -> bool:
        return not self.is_met and self.waiver is None

    @property
    def is_partly(self) -> bool:
        """Was the day public early enough, but not everybody invited told of it in time?"""
        return self.is_met and self.reached is not None and not self.reached.is_whole

    @property
    def state(self) -> str:
        if self.is_partly:
            return "neutral"
        return "done" if self.is_met else "waiting" if self.waiver is None else "neutral"

    @property
    def badge(self) -> str:
        if self.is_partly:
            return _("Announced in time, not to all invited")
        if self.is_met:
            return _("Fulfilled")
        return _("Not fulfilled") if self.waiver is None else _("Not fulfilled, with a reason")

    @property
    def cure(self) -> str:
        """What to do about it now, for those who hold the meeting; nothing where it is met or reasoned."""
        if self.is_partly and not self.ran.is_held and self.reached and self.reached.untold:
            return _("Tell those who were not told yet, and note it.")
        return _cure(self.requirement, self.ran) if self.is_open else ""

    @property
    def reason(self) -> str:
        """The ground and words of the reason that holds."""
        return f"{self.waiver.get_ground_display()}: {self.waiver.reason}" if self.waiver else ""


def public_standings(meeting: Meeting) -> list[Standing]:
    """The same for anyone: an open meeting does not tell by its shares what it funds, nor any how small a group is."""
    found = standings(meeting)
    return withheld([one for one in found if meeting.closed_at is not None or one.requirement != Requirement.SPLIT])


def withheld(found: list[Standing]) -> list[Standing]:
    """The same, without how small a small group is."""
    return [replace(one, text=_few(one.gap)) if one.requirement.startswith("group_") else one for one in found]


def _few(gap: Gap) -> str:
    if gives_away(gap.found, gap.needed):
        return _("The group is small: its number is not told.")
    if shown(gap.found) is not None:
        return _told(gap)
    needed = measure(gap.requirement, gap.needed)
    return _beside(needed, veil(gap.found))


def _beside(needed: str, found: str) -> str:
    return _("Asked: at least %(needed)s. There is: %(found)s.") % {"needed": needed, "found": found}


def _cure(requirement: str, ran: Ran) -> str:
    """What mends a requirement that is not fulfilled, as far as the meeting went."""
    if requirement in _DAYS:
        move = _("Move the meeting as long as nobody is counted, or state the reason.")
        return _("The meeting was held; state the reason.") if ran.is_held else move
    if requirement == Requirement.SPLIT:
        return _("Change decisions until no field goes beyond that, or state the reason.")
    if not ran.is_counted:
        return _("Count who is present first: women and men.")
    if requirement in (Requirement.RTS, Requirement.QUORUM_RTS):
        return _("Write on the register where people came from, or state the reason.")
    return _("Count again once more have come, or state the reason.")


def standings(meeting: Meeting) -> list[Standing]:
    """Every requirement of a meeting with how it stands, as its pages and minutes tell it. Five queries, up to two
    more before people come, one where the rules share the money, two where they ask for days of notice."""
    if meeting.rules is None:
        return []
    known = {one.requirement: one for one in Waiver.objects.filter(meeting=meeting)}
    found, funded, room = [], _funded(meeting), composition(meeting)
    went = ran_so_far(meeting, room.present)
    for gap in measured_of(meeting, funded, room):
        waiver = None if gap.is_met else known.get(gap.requirement)
        holds = waiver is not None and rules.covers(needed_then=waiver.needed, found_then=waiver.found, gap=gap)
        told = reached(meeting, gap.needed) if gap.requirement == Requirement.NOTICE else None
        text = _notice(gap, told) if told else _words(gap, meeting, funded)
        found.append(Standing(gap, text, waiver if holds else None, None if holds else waiver, told, went))
    return found


def _notice(gap: Gap, told: Reached) -> str:
    """How early the day was public, and how many of those invited are known to have been told of it: two things."""
    public = _("Asked: at least %(needed)s. The day was public %(found)s before.") % {
        "needed": measure(gap.requirement, gap.needed), "found": measure(gap.requirement, gap.found),
    }  # fmt: skip
    if not told.invited:
        return public + " " + _("Nobody is on the list of invited, so who was told is not known.")
    facts = {"invited": formats.number(told.invited), "told": formats.number(told.told),
             "untold": formats.number(told.untold), "late": formats.number(told.late)}  # fmt: skip
    words = _("Invited: %(invited)s. Told: %(told)s. Not noted as told: %(untold)s.") % facts
    if told.late:
        words += " " + _("Of those told, %(late)s later than asked.") % facts
    return f"{public} {words}"


def not_asked(requirement: str, name: str = "") -> Standing:
    """A requirement that the rules of a meeting do not ask: fulfilled by anybody."""
    return Standing(Gap(requirement, 0, 0, name), formats.NONE)


def _words(gap: Gap, meeting: Meeting, funded: Mapping[str, list[int]]) -> str:
    """ "Asked: at least 20 people. There is: 12 people.": what is asked beside what there is."""
    if gap.requirement == Requirement.WINDOW and meeting.rules is not None:
        opens, closes = formats.day(meeting.rules.opens_on), formats.day(meeting.rules.closes_on)
        return _("%(day)s; meant for %(opens)s to %(closes)s") % {
            "day": formats.day(meeting.held_on), "opens": opens, "closes": closes,
        }  # fmt: skip
    if gap.requirement == Requirement.SPLIT and meeting.rules is not None:
        return _split_words(meeting.rules.split, funded)
    return _told(gap)


def _told(gap: Gap) -> str:
    return _beside(measure(gap.requirement, gap.needed), measure(gap.requirement, gap.found))


def _split_words(split: Mapping[str, int], funded: Mapping[str, list[int]]) -> str:
    """How the rules share the money between the fields, beside how the decisions do; a field they do not name has the
    rest."""
    rest, total = rules.WHOLE - sum(split.values()), sum(map(sum, funded.values())) or 1
    asked_for = {one: split.get(one, rest) / rules.WHOLE for one in Stream}
    there_is = {one: sum(funded.get(one, [])) / total for one in Stream}
    return _(
        "Asked: at most %(needed)s; a field may go beyond by its smallest activity. There is: %(found)s."
    ) % {
        "needed": _parts(asked_for), "found": _parts(there_is),
    }  # fmt: skip


def _parts(of: Mapping[Stream, float]) -> str:
    return ", ".join(f"{stream.label} {formats.percent(part, 1)}" for stream, part in of.items())


def measure(requirement: str, value: int) -> str:
    """A number of a requirement as people read it: "20 people", "30%", "3 days"."""
    if requirement in _SHARES:
        return formats.percent(value / rules.WHOLE, 1)
    if requirement in _DAYS:
        return ngettext("%(count)s day", "%(count)s days", value) % {"count": formats.number(value)}
    return ngettext("%(count)s person", "%(count)s people", value) % {"count": formats.number(value)}


@dataclass(frozen=True)
class Ladder:
    """What the minutes print of the ladder (id: syarat dan jalannya musyawarah)."""

    standings: list[Standing]
    chairs: list[ChairChange]
    chair: str
    upheld: list[MeetingObjection]


def ladder_for_minutes(meeting: Meeting) -> Ladder:
    """How the requirements stood, who chaired, and after which objections the meeting was opened again."""
    chairs = list(ChairChange.objects.filter(meeting=meeting))
    upheld = MeetingObjection.objects.filter(meeting=meeting, state=MeetingObjectionState.UPHELD).order_by("id")
    return Ladder(
        withheld(standings(meeting)), chairs, chairs[-1].office if chairs else meeting.chair_office, list(upheld)
    )  # fmt: skip
