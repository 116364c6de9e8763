"""How the questions of a round did, from all answers of its closed sittings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pendamping.facilitators.enums.questions import QuestionKind
from pendamping.facilitators.models import Blueprint, Question, Round
from pendamping.facilitators.queries.exams import counted_answers, voided_in
from pendamping.facilitators.rules.item_analysis import Item, Limits, Taken, analyse
from pendamping.facilitators.rules.questions import CHOSEN, share

Asked = tuple[Question, Any, float, float]  # the choice, the points to earn, the share of them that was earned


@dataclass(frozen=True)
class Analysed:
    """A question with its figures."""

    question: Question
    item: Item
    is_voided: bool

    @property
    def options(self) -> list[tuple[str, int]]:
        """The options with how often each was chosen; none for numbers and words."""
        return [(self.question.options[place]["text"], count) for place, count in self.item.chosen.items()]


def limits_of(blueprint: Blueprint) -> Limits:
    """From where on something is striking, as this round fixed it."""
    return Limits(
        blueprint.sample_least, float(blueprint.hard_below), float(blueprint.easy_above), float(blueprint.weak_below)
    )


def analysis(round: Round, blueprint: Blueprint) -> list[Analysed]:
    """Every question asked in closed sittings, in the order of the bank."""
    papers: dict[int, list[Asked]] = defaultdict(list)
    for answer in counted_answers(round):
        part = float(share(kind=answer.question.kind, options=answer.question.options, choice=answer.choice))
        papers[answer.seat_id].append((answer.question, answer.choice, float(answer.points), part))
    return analysed(papers.values(), voided=voided_in(round), limits=limits_of(blueprint))


def analysed(papers: Iterable[Sequence[Asked]], *, voided: Collection[int], limits: Limits) -> list[Analysed]:
    """Every question of some papers, one paper to a person, in the order of the bank."""
    known: dict[int, Question] = {}
    taken: dict[int, list[Taken]] = defaultdict(list)
    for rows in papers:
        whole = sum(points for question, _c, points, _p in rows if question.pk not in voided)
        got = sum(points * part for question, _c, points, part in rows if question.pk not in voided)
        for question, choice, points, part in rows:
            counts = question.pk not in voided
            others = whole - points if counts else whole
            rest = (got - points * part if counts else got) / others if others else 0.0
            chosen = tuple(choice) if question.kind in CHOSEN and choice is not None else ()
            known[question.pk] = question
            taken[question.pk].append(Taken(part, rest, chosen))
    return [
        Analysed(known[key], analyse(taken[key], options=_options(known[key]), limits=limits), key in voided)
        for key in sorted(known)
    ]


def _options(question: Question) -> int:
    return len(question.options) if QuestionKind(question.kind) in CHOSEN else 0
