"""Results of ballots as they are kept and published, and as pages and papers show them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from pendamping.core.counters import after
from pendamping.core.moments import day
from pendamping.deliberation.allocation.decision import Explanation
from pendamping.deliberation.allocation.published import canonical, fraction_in
from pendamping.deliberation.allocation.sentences import brief, sentence
from pendamping.deliberation.enums.meetings import MeetingState, Outcome
from pendamping.deliberation.enums.polls import PollState
from pendamping.deliberation.models import AgendaItem, Decision, Meeting, Poll, PollChoice, Result
from pendamping.deliberation.queries.ballots import cast_of, is_joined, totals_of
from pendamping.deliberation.queries.successors import ended_wards
from pendamping.deliberation.rules import results as rules
from pendamping.deliberation.rules.ladder import CHOSEN
from pendamping.needs.queries.assessments import criteria_of

FORMAT = "pendamping-result/1"
HEAVY = ("contest", "decision", "ballot_file")


def results_of(meeting: Meeting) -> QuerySet[Result]:
    """The results of a meeting in order, without the long texts."""
    found = Result.objects.filter(meeting=meeting).defer(*HEAVY)
    return found.select_related("poll", "recount_of", "recount", "annex").order_by("number")


def result_of(code: str, number: int) -> Result | None:
    """A result by the code of its meeting and its number: public."""
    found = Result.objects.filter(meeting__code=code, number=number)
    return found.select_related(
        "meeting__region__parent", "poll__meeting", "recount_of", "recount", "annex", "objection"
    ).first()


def first_result(poll: Poll) -> Result | None:
    """The first result of a ballot, if it is worked out."""
    return Result.objects.filter(poll=poll, recount_of=None).first()


def newest_results(meeting: Meeting) -> QuerySet[Result]:
    """The results of a meeting that were not counted again."""
    return Result.objects.filter(meeting=meeting, recount=None).select_related("poll", "meeting").order_by("number")


def result_speaking_of(item: AgendaItem) -> Result | None:
    """The result that stands of the last counted ballot of the meeting with this proposal, if one is worked out."""
    spoken = PollChoice.objects.filter(proposal=item.proposal_id, struck_at=None, poll__meeting=item.meeting_id)
    found = newest_results(item.meeting).filter(poll__in=spoken.values("poll")).defer(*HEAVY)
    return found.order_by("-poll__number").first()


def polls_to_run(meeting: Meeting) -> QuerySet[Poll]:
    """Counted ballots whose result is not worked out yet."""
    return Poll.objects.filter(meeting=meeting, state=PollState.CLOSED, results__isnull=True).order_by("number")


def document_of(result: Result) -> bytes:
    """The published file: canonical JSON, so that its SHA-256 is the one that is printed. No receipt, no time."""
    about = {
        "format": FORMAT, "meeting": result.meeting.code, "number": result.number, "poll": result.poll.number,
        "title": result.poll.title,
    }  # fmt: skip
    rest = canonical(about).decode()[1:]
    return f'{{"contest":{result.contest},"decision":{result.decision},{rest}'.encode()


@dataclass(frozen=True)
class Won:
    """A funded proposal (id: usulan didanai): who paid how much. Money in rupiah, rounded down.

    `paid`: what residents paid together; `criteria`: what each criterion of the need share paid, by its title.
    """

    place: int
    code: str
    title: str
    price: int
    supporters: int
    status: str
    payers: int = 0
    poor: int = 0  # of the payers: who gave all they had left
    each_least: int = 0
    each_most: int = 0
    paid: int = 0
    criteria: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Lost:
    """A proposal that is not funded (id: usulan tidak didanai): why in the reader's language, in brief and in full."""

    code: str
    title: str
    price: int
    supporters: int
    left: int
    rank: int
    reason: str
    brief: str
    sentence: str
    has_bar: bool


@dataclass(frozen=True)
class Bound:
    """A floor or a cap of the rule and what became of it (id: batas dana); money in rupiah."""

    selector_kind: str
    selector: str
    least: int | None
    most: int | None
    spent: int
    is_unmet: bool
    pot: str = ""


@dataclass(frozen=True)
class Side:
    """One of the three numbers, ours beside "most votes first" (id: pembanding)."""

    residents: tuple[int, int]
    used: tuple[int, int]
    factor: tuple[Fraction, Fraction]


class Shown:
    """A result read for people; `language` is that of the sentences (id or en)."""

    def __init__(self, result: Result, language: str = "id") -> None:
        self.result, self.language = result, language if language in ("id", "en") else "id"
        self.contest: dict[str, Any] = json.loads(result.contest)
        self.decision: dict[str, Any] = json.loads(result.decision)

    @property
    def chosen(self) -> Outcome:
        """What those the ballot chooses get in a meeting of this kind."""
        return CHOSEN[self.result.meeting.kind]

    @cached_property
    def proposals(self) -> dict[str, dict[str, Any]]:
        return {one["id"]: one for one in self.contest["proposals"]}

    @cached_property
    def supporters(self) -> Counter[str]:
        """How many ballots name each proposal."""
        ballots, found = self.contest["ballots"], Counter[str]()
        names = [one["id"] for one in self.contest["proposals"]]
        for row, weight in enumerate(ballots["weight"]):
            for index in ballots["choices"][ballots["offsets"][row] : ballots["offsets"][row + 1]]:
                found[names[index]] += weight
        return found

    @property
    def voters(self) -> int:
        return sum(self.contest["ballots"]["weight"])

    @property
    def ceiling(self) -> int:
        return sum(pot["ceiling"] for pot in self.contest["pots"])

    @property
    def left_over(self) -> int:
        return int(self.decision["left_over"])

    @property
    def rule(self) -> dict[str, Any]:
        found: dict[str, Any] = self.contest["rule"]
        return found

    @cached_property
    def won(self) -> list[Won]:
        """The list in the order of the rule."""
        return [self._won(place, code) for place, code in enumerate(self.decision["funded"], start=1)]

    def _won(self, place: int, code: str) -> Won:
        one = self.proposals[code]
        known = next((each for each in self.decision["rounds"] if each["proposal"] == code), None)
        residents, criteria = self.paid_for(code)
        positive = [each for each, _weight in residents if each > 0]
        return Won(
            place=place, code=code, title=one["title"], price=one["cost"], supporters=self.supporters[code],
            status=self.decision["status"][code], payers=known["payers"] if known else 0,
            poor=known["poor"] if known else 0, each_least=int(min(positive, default=Fraction(0))),
            each_most=int(max(positive, default=Fraction(0))),
            paid=int(sum((each * weight for each, weight in residents), Fraction(0))),
            criteria=tuple((self.criterion_titles.get(key, key), int(each)) for key, each in criteria),
        )  # fmt: skip

    def paid_for(self, code: str) -> tuple[list[tuple[Fraction, int]], list[tuple[str, Fraction]]]:
        """Who paid for a proposal: rupiah of each resident with how many paid it; rupiah of each criterion by key."""
        given = self.decision["payments"].get(code, {"amounts": [], "who": []})
        amounts, weights = [fraction_in(text) for text in given["amounts"]], self.contest["ballots"]["weight"]
        residents = [(amounts[nth], weights[row]) for row, nth in given["who"] if row < len(weights)]
        keys = self._criteria_of(code)
        criteria = [(keys[row - len(weights)], amounts[nth]) for row, nth in given["who"] if row >= len(weights)]
        return residents, [(key, each) for key, each in criteria if each > 0]

    def _criteria_of(self, code: str) -> list[str]:
        """The criteria that hold money of the pot which funded a proposal, in the order of their rows."""
        if not self.rule["need_share_permille"]:
            return []
        pots = {pot["id"]: pot for pot in self.contest["pots"]}
        bought: set[str] = set()  # by earlier pots
        for part in self.decision["parts"] or [{"pot": next(iter(pots)), "funded": self.decision["funded"]}]:
            if code in part["funded"]:
                pot = pots[part["pot"]]
                return self._keys_in(pot, bought)
            bought.update(part["funded"])
        return []

    def _keys_in(self, pot: Mapping[str, Any], bought: set[str]) -> list[str]:
        within = [
            one
            for one in self.proposals.values()
            if one["id"] not in bought
            and (pot["areas"] is None or one["area"] in pot["areas"])
            and (pot["headings"] is None or one["heading"] in pot["headings"])
        ]
        return sorted({key for one in within for key, score in one["need"].items() if score})

    @cached_property
    def criterion_titles(self) -> dict[str, str]:
        """The titles of criteria by key, as they were in force when the result was made."""
        found = criteria_of(self.result.region_path, day(self.result.created_at))
        return {one.key: str(one.title.get(self.language) or one.title.get("id") or one.key) for one in found}

    @property
    def has_need_share(self) -> bool:
        """Do criteria of need hold a part of the money?"""
        return bool(self.rule["need_share_permille"])

    @cached_property
    def lost(self) -> list[Lost]:
        """Those that are not funded, by votes."""
        found = [self._lost(code, facts) for code, facts in self.decision["outcome"].items()]
        return sorted(found, key=lambda one: (-one.supporters, one.code))

    def _lost(self, code: str, facts: Mapping[str, Any]) -> Lost:
        explained = Explanation(**{**facts, "spent_elsewhere": tuple((i, rp) for i, rp in facts["spent_elsewhere"])})
        one = self.proposals[code]
        titles = {name: each["title"] for name, each in self.proposals.items()}
        won = "funded" if self.chosen == Outcome.FUNDED else "chosen"
        return Lost(
            code=code, title=one["title"], price=one["cost"], supporters=self.supporters[code],
            left=explained.money_left, rank=explained.rank_by_votes, reason=explained.reason,
            brief=brief(explained, titles, self.language, won=won),
            sentence=sentence(titles[code], explained, titles, self.language, won=won),
            has_bar=self.rule["method"] == "mes" and one["cost"] > 0,
        )  # fmt: skip

    @cached_property
    def compared(self) -> Side | None:
        """The three numbers beside "most votes first"; None when the rule is that one."""
        found = self.decision["compare"]
        if found is None:
            return None
        ours, greedy = (fraction_in(text) for text in found["ejr_factor"])
        return Side(tuple(found["residents_with_something"]), tuple(found["budget_used"]), (ours, greedy))

    @property
    def certificates(self) -> dict[str, Any]:
        found: dict[str, Any] = self.decision["certificates"]
        return found

    @property
    def factor(self) -> Fraction:
        return fraction_in(self.certificates["ejr_factor"])

    @cached_property
    def bounds(self) -> list[Bound]:
        """The floors and caps of the rule."""
        return [self._bound(one) for one in self.contest["limits"]]

    def _bound(self, limit: Mapping[str, Any]) -> Bound:
        kind, selector = limit["selector_kind"], limit["selector"]
        chosen = [self.proposals[code] for code in self.decision["funded"]]
        spent = sum(
            one["cost"] for one in chosen if (selector in one["groups"] if kind == "group" else one[kind] == selector)
        )
        unmet = f"{limit['pot']}:{kind}:{selector}" in self.decision["unmet"]
        return Bound(kind, selector, limit["least"], limit["most"], spent, unmet, limit["pot"])

    @property
    def share(self) -> tuple[int, int]:
        """What each resident could spend, first and at the end, in whole rupiah."""
        first, last = (fraction_in(self.decision[name]) for name in ("share_first", "share_final"))
        return int(first), int(last)

    @property
    def rounds(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.decision["rounds"]
        return found

    def title_of(self, code: str | None) -> str:
        """The title of a proposal of this ballot, or nothing."""
        return str(self.proposals[code]["title"]) if code in self.proposals else ""

    def is_funded(self, code: str) -> bool:
        return code in self.decision["funded"]


def split_by_channel(result: Result) -> list[tuple[PollChoice, list[int]]] | None:
    """Supporters of each proposal by channel; None where a channel is so small that it would tell on its voters."""
    ways = cast_of(result.poll).by_channel
    if is_joined(result.poll) or not rules.is_split_shown({channel.value: count for channel, count in ways}):
        return None
    return [(one.choice, [one.by_channel[channel.value] for channel, _all in ways]) for one in totals_of(result.poll)]


def struck_of(result: Result) -> list[PollChoice]:
    """Proposals that were withdrawn after the ballot was announced."""
    return [one for one in result.poll.choices.select_related("proposal") if one.struck_at]


def items_of_result(result: Result, codes: list[str]) -> list[AgendaItem]:
    """The agenda items of the proposals of a result, with their decisions."""
    found = AgendaItem.objects.filter(meeting=result.meeting_id, proposal__code__in=codes)
    heavy = (f"decision__result__{name}" for name in HEAVY)
    return list(found.select_related("meeting", "proposal", "decision__result").defer(*heavy).order_by("position"))


@dataclass(frozen=True)
class Departure:
    """A decision that says otherwise than the result, with its reason (id: penyimpangan dari hasil)."""

    item: AgendaItem
    decision: Decision
    is_funded: bool
    price: int


def _is_of_other_count(decision: Decision, result: Result) -> bool:
    by = decision.result
    return by is not None and by.pk != result.pk and by.poll_id == result.poll_id


def departures(result: Result, shown: Shown | None = None) -> list[Departure]:
    """Where the meeting decided otherwise than this result; looked at as the decisions stand now.

    What stands by another count of the same ballot departs from that one or follows it; it says nothing of this one.
    """
    shown = shown or Shown(result)
    found = []
    for item in items_of_result(result, list(shown.proposals)):
        decision = getattr(item, "decision", None)
        if decision is None or _is_of_other_count(decision, result):
            continue
        code = item.proposal.code
        said = rules.Choice(code, decision.outcome, decision.amount)
        is_funded, price = shown.is_funded(code), shown.proposals[code]["cost"]
        if rules.departs(said, is_funded=is_funded, price=price, chosen=shown.chosen):
            found.append(Departure(item, decision, is_funded, price))
    return found


@dataclass(frozen=True)
class Overtaken:
    """Decisions that stand as a result says which was counted again since (id: putusan menurut hasil lama)."""

    result: Result
    newest: Result
    codes: list[str]


def overtaken(meeting: Meeting) -> list[Overtaken]:
    """Where decisions of a meeting still stand as a result says that was counted again, and which one stands now."""
    found: dict[int, list[str]] = {}
    standing = Decision.objects.filter(item__meeting=meeting, result__recount__isnull=False)
    for key, code in standing.order_by("item__position").values_list("result", "item__proposal__code"):
        found.setdefault(key, []).append(code)
    if not found:
        return []
    results = {one.pk: one for one in results_of(meeting)}
    newest = {one.poll_id: one for one in results.values()}  # in order: the last count of a ballot stands
    return [Overtaken(results[key], newest[results[key].poll_id], codes) for key, codes in sorted(found.items())]


def public_departures(result: Result, shown: Shown | None = None) -> list[Departure]:
    """Where the meeting decided otherwise, as anyone reads it: only once the meeting is closed and decisions stand."""
    return departures(result, shown) if result.meeting.state == MeetingState.CLOSED else []


def results_for_minutes(meeting: Meeting) -> dict[str, Any]:
    """What the minutes print of results: those that stand, and where decisions depart from them."""
    found = []
    for result in newest_results(meeting):
        shown = Shown(result)
        found.append({"result": result, "shown": shown, "departures": departures(result, shown)})
    return {"results": found}


def to_carry(meeting: Meeting, on: date) -> list[int]:
    """Keys of its deferred proposals that can be carried over: of its year, or of a ward that stands no more."""
    found = [item.proposal for item in deferred_of(meeting)]
    ended = ended_wards(found, on)
    return [one.pk for one in found if one.fiscal_year <= meeting.fiscal_year or one.ward_path in ended]


def to_pass(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Its deferred proposals that can be passed up: one that went on in another ward is that ward's to pass up."""
    path = meeting.region_path
    return deferred_of(meeting).filter(proposal__region_path__gte=path, proposal__region_path__lt=after(path))


def deferred_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """What a closed meeting deferred and what still waits as it was left."""
    return (
        AgendaItem.objects.filter(
            meeting=meeting, meeting__state=MeetingState.CLOSED, decision__outcome=Outcome.DEFERRED,
            proposal__state="deferred",
        )
        .select_related("proposal__region__parent", "proposal__menu_item", "decision", "meeting")
        .order_by("position")
    )  # fmt: skip
