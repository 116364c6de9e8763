"""Ballots of a meeting: what was published, who has voted by which way, what the minutes say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from pendamping.core.models import JournalEntry
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.enums.polls import WITHDRAWN, BallotChannel, PollPhase, PollState
from pendamping.deliberation.models import (
    BallotGroup,
    Meeting,
    NoConsensus,
    Poll,
    PollChoice,
    RollEntry,
    SheetEntry,
    Slip,
    VoteMark,
)
from pendamping.deliberation.queries.composition import composition
from pendamping.deliberation.rules import polls as rules
from pendamping.deliberation.rules.ballots import Form

# What has to be read of a ballot to take in a vote: is it open, and with which key is it sealed?
TO_SEAL = ("uid", "state", "opens_at", "closes_at", "sealing_key", "meeting_id", "meeting__state")


def polls_of(meeting: Meeting) -> QuerySet[Poll]:
    """The ballots of a meeting in order."""
    return Poll.objects.filter(meeting=meeting).select_related("meeting__region", "no_consensus").order_by("number")


def standing_failures(meeting: int) -> QuerySet[NoConsensus]:
    """Where consensus failed in a meeting (by its key) and is not recorded to have been reached since."""
    return NoConsensus.objects.filter(meeting=meeting, reached_at=None)


def public_polls(meeting: Meeting) -> QuerySet[Poll]:
    """Those that were announced, also when called off later: public."""
    return polls_of(meeting).filter(announced_at__isnull=False)


def public_poll(code: str, number: int) -> Poll | None:
    """An announced ballot by the code of its meeting and its number."""
    return _announced(code, number).select_related("meeting__region__parent", "no_consensus").first()


def _announced(code: str, number: int) -> QuerySet[Poll]:
    return Poll.objects.filter(meeting__code=code, number=number, announced_at__isnull=False)


def phase_of(poll: Poll, at: datetime) -> PollPhase:
    """What can be done with a ballot at this moment.

    One of a cancelled meeting is called off with it; one that was not announced when its meeting closed has lapsed.
    """
    if poll.meeting.state == MeetingState.CANCELLED and poll.state != PollState.CLOSED:
        return PollPhase.VOID
    if poll.meeting.state == MeetingState.CLOSED and poll.state == PollState.DRAFT:
        return PollPhase.LAPSED
    return rules.phase(state=poll.state, opens_at=poll.opens_at, closes_at=poll.closes_at, at=at)


def choices_of(poll: Poll) -> list[PollChoice]:
    """The proposals on a ballot in the order of their numbers."""
    related = ("proposal__region__parent__parent", "lay_in__parent__parent")
    return list(poll.choices.select_related(*related).order_by("number"))


_PRINTED = ("number", "title", "cost", "struck_at", "struck_reason", "poll_id")


def printed_on(poll: Poll) -> list[PollChoice]:
    """The same as far as a voter sees them: asked by every phone in the hall, so nothing else is read."""
    place = ("name", "kind", "level", "parent_id")
    joined = (f"proposal__{region}__{one}" for region in ("region", "region__parent") for one in place)
    shown = (*_PRINTED, "proposal__region_id", *joined)
    return list(poll.choices.select_related("proposal__region__parent").only(*shown).order_by("number"))


def to_cast_on(poll: Poll) -> list[PollChoice]:
    """The same without their places, which a ballot that comes in does not ask for; see `with_places`."""
    return list(poll.choices.only(*_PRINTED, "proposal_id").order_by("number"))


def with_places(choices: list[PollChoice]) -> None:
    """Read the places of these choices: the ballot is to be shown again."""
    prefetch_related_objects(choices, "proposal__region__parent")


def poll_to_vote(code: str, number: int) -> Poll | None:
    """An announced ballot with its meeting's name only: for the ballot itself, which every phone in the hall opens."""
    ballot = ("number", "title", "kind", "least", "most", "points", "ceiling", "has_hall", "has_remote", "has_paper")
    meeting = ("meeting__code", "meeting__title")
    return _announced(code, number).select_related("meeting").only(*TO_SEAL, *ballot, *meeting).first()


def form_of(poll: Poll, choices: list[PollChoice] | None = None) -> Form:
    """What can be written on this ballot."""
    found = to_cast_on(poll) if choices is None else choices
    return Form(
        kind=poll.kind, costs={one.number: one.cost for one in found}, ceiling=poll.ceiling, least=poll.least,
        most=poll.most, points=poll.points, struck=frozenset(one.number for one in found if one.struck_at),
    )  # fmt: skip


def channels_of(poll: Poll) -> list[BallotChannel]:
    """The ways votes come in."""
    given = {
        BallotChannel.HALL: poll.has_hall,
        BallotChannel.REMOTE: poll.has_remote,
        BallotChannel.PAPER: poll.has_paper,
    }
    return [channel for channel, is_on in given.items() if is_on]


def published(poll: Poll) -> dict[str, Any]:
    """All that is fixed before the first vote, as plain data: what `rule_hash` is the hash of."""
    return {
        "meeting": poll.meeting.code, "number": poll.number, "title": poll.title, "kind": poll.kind,
        "basis": poll.basis, "least": poll.least, "most": poll.most, "points": poll.points, "ceiling": poll.ceiling,
        "channels": [str(channel) for channel in channels_of(poll)],
        "choices": [
            {"number": one.number, "id": one.proposal.code, "title": one.title, "cost": one.cost, **one.facts}
            for one in poll.choices.select_related("proposal").order_by("number")
        ],
        "rule": poll.rule,
    }  # fmt: skip


def voters_by_channel(poll: Poll) -> dict[str, int]:
    """Used codes by channel: how many ballots came in by phone. All that anybody learns before the count."""
    cast = Q(channel=BallotChannel.REMOTE) | Q(slip__isnull=False, channel=BallotChannel.HALL)
    return _counted(VoteMark.objects.filter(cast, poll=poll))


def marks_on_roll(poll: Poll) -> dict[str, int]:
    """People of the roll by the way they vote."""
    return _counted(VoteMark.objects.filter(poll=poll, entry__isnull=False))


def _counted(marks: QuerySet[VoteMark]) -> dict[str, int]:
    return dict(marks.order_by().values_list("channel").annotate(count=Count("pk")))


def turnout(poll: Poll) -> list[tuple[BallotChannel, int]]:
    """How many have voted by each way; on paper as marked on the roll until the sheets are counted."""
    found = voters_by_channel(poll)
    if poll.state == PollState.CLOSED:
        found[BallotChannel.PAPER] = on_sheets(poll)
    else:
        found[BallotChannel.PAPER] = marks_on_roll(poll).get(BallotChannel.PAPER, 0)
    return [(channel, found.get(channel, 0)) for channel in channels_of(poll)]


def on_sheets(poll: Poll) -> int:
    """Paper ballots on the settled count sheets, blank and spoiled ones included."""
    sheets = poll.sheets.filter(settled_at__isnull=False).values_list("lines", "blank", "spoiled")
    return sum(sum((lines or {}).values()) + blank + spoiled for lines, blank, spoiled in sheets)


def ballots_and_people(poll: Poll) -> dict[str, tuple[int, int]]:
    """Ballots beside the people they may come from: {channel: (ballots, marked on the roll)}, hall and paper.

    Without a roll {"present": (ballots of both, people present)}: as they stood at the count, before it as they are.
    """
    ballots = {
        BallotChannel.HALL: voters_by_channel(poll).get(BallotChannel.HALL, 0),
        BallotChannel.PAPER: on_sheets(poll),
    }
    if has_roll(poll):
        marks = marks_on_roll(poll)
        return {channel.value: (count, marks.get(channel, 0)) for channel, count in ballots.items()}
    people = composition(poll.meeting).present if poll.present is None else poll.present
    return {rules.PRESENT: (sum(ballots.values()), people)}


def withdrawn_slips(poll: Poll) -> list[int]:
    """The numbers of slips that nobody can vote with any more."""
    found = VoteMark.objects.filter(poll=poll, channel=WITHDRAWN, slip__isnull=False)
    return list(found.order_by("slip__number").values_list("slip__number", flat=True))


def has_roll(poll: Poll) -> bool:
    """Is there a list of those who may vote?"""
    return RollEntry.objects.filter(poll=poll).exists()


@dataclass(frozen=True)
class RollSize:
    """How many people may vote with a link (id: jumlah pemilih terdaftar); numbers only, so it is public."""

    at_opening: int
    added: int  # since voting opened, each with a reason
    withdrawn: int  # on the roll by mistake: their link is closed


def roll_size(poll: Poll) -> RollSize | None:
    """The size of the roll when voting opened, before that as it is; None where there is no roll."""
    roll = RollEntry.objects.filter(poll=poll)
    whole = roll.count()
    if not whole:
        return None
    added = roll.filter(created_at__gte=poll.opens_at).count() if poll.opens_at else 0
    return RollSize(whole - added, added, marks_on_roll(poll).get(WITHDRAWN, 0))


def roll_of(poll: Poll) -> QuerySet[RollEntry]:
    """The roll by number, with who has voted or takes their ballot another way."""
    return RollEntry.objects.filter(poll=poll).select_related("mark").order_by("number")


def slips_from(poll: Poll, first: int, most: int) -> list[Slip]:
    """Slips by number from `first` on, at most `most`."""
    return list(Slip.objects.filter(poll=poll, number__gte=first).order_by("number")[:most])


def without_phone(poll: Poll) -> QuerySet[RollEntry]:
    """Those of the roll whose link is printed: no telephone, not voted, not let go of."""
    return roll_of(poll).filter(mark=None, phone_cipher=None, subject_key__isnull=False)


@dataclass(frozen=True)
class Printing:
    """One printing of slips or links (id: pencetakan kartu suara): by which office, when, how many, from which."""

    at: datetime
    office: str
    count: int
    first: int | None
    last: int | None


def printings_of(poll: Poll) -> list[Printing]:
    """Every printing of slips, then of links, the newest first; from the journal, which keeps no code."""
    verbs = ["deliberation.slips_printed", "deliberation.links_printed"]
    found = JournalEntry.objects.filter(verb__in=verbs, subject_code=poll.meeting.code).order_by("-at", "-pk")
    told = [(one, one.changes) for one in found if one.changes.get("poll") == poll.number]
    return [
        Printing(one.at, one.office, said.get("slips") or said["links"], said.get("first"), said.get("last"))
        for one, said in told
    ]


def own_entry(sheet: Any, by: Any) -> SheetEntry | None:
    """What this person entered for a sheet; nobody is shown the other's before both are in."""
    return SheetEntry.objects.filter(sheet=sheet, by=by).first()


def unfinished(meeting: Meeting) -> list[int]:
    """The numbers of ballots that are announced and neither counted nor called off."""
    return list(polls_of(meeting).filter(state=PollState.ANNOUNCED).values_list("number", flat=True))


def unannounced(meeting: Meeting) -> QuerySet[Poll]:
    """Ballots that are prepared and not announced: they lapse when the meeting closes."""
    return polls_of(meeting).filter(state=PollState.DRAFT)


def now_phase(poll: Poll) -> PollPhase:
    """The phase at this moment, for templates and lists."""
    return phase_of(poll, timezone.now())


def groups_of(poll: Poll) -> QuerySet[BallotGroup]:
    """The counted ballots, identical ones together."""
    return BallotGroup.objects.filter(poll=poll).order_by("channel", "pattern")
