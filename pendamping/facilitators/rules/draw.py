"""Which questions somebody gets, in which order: the same for the same seed and code, on any machine.

Everything is put in the order of SHA-256 over seed, code and the question's uid; no random generator is involved, so
that anybody who holds the seed and the bank can draw again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.facilitators.enums.exams import Reason


@dataclass(frozen=True)
class Line:
    """So many questions of a topic, of any difficulty or of one (id: baris kisi-kisi)."""

    topic: str
    number: int
    points: Decimal = Decimal(1)
    difficulty: str = ""


@dataclass(frozen=True)
class Card:
    """A question as far as drawing must know it."""

    id: int
    uid: str
    topic: str
    difficulty: str
    options: int
    shuffled: bool = True
    steps: bool = False  # its options stand in the right order, in which nobody may see them


@dataclass(frozen=True)
class Drawn:
    """A question put to somebody, with its options in their order."""

    card: Card
    points: Decimal
    order: tuple[int, ...]


def can_be_drawn(lines: Sequence[Line], held: Counter[tuple[str, str]]) -> Verdict:
    """Does the bank hold what the blueprint asks? `held` counts questions by topic and claimed difficulty."""
    if not any(line.number for line in lines):
        return refused(Reason.BLUEPRINT_EMPTY)
    seen: set[tuple[str, str]] = set()
    for line in lines:
        if (line.topic, line.difficulty) in seen:
            return refused(Reason.LINE_TWICE, topic=line.topic)
        seen.add((line.topic, line.difficulty))
        have = held[line.topic, line.difficulty]
        if line.difficulty and line.number > have:
            return refused(Reason.TOO_FEW_QUESTIONS, topic=line.topic, asked=line.number, held=have)
    for topic in dict.fromkeys(line.topic for line in lines):
        asked = sum(line.number for line in lines if line.topic == topic)
        have = sum(count for (name, _difficulty), count in held.items() if name == topic)
        if asked > have:
            return refused(Reason.TOO_FEW_QUESTIONS, topic=topic, asked=asked, held=have)
    return ALLOWED


def draw(*, seed: str, code: str, lines: Sequence[Line], pool: Sequence[Card]) -> list[Drawn]:
    """The paper of one candidate, topic after topic. Lines that name a difficulty choose first."""
    ordered = sorted(pool, key=lambda card: _rank(seed, code, card.uid))
    taken: set[int] = set()
    chosen: dict[Line, list[Card]] = {}
    for line in sorted(lines, key=lambda line: not line.difficulty):
        fitting = [card for card in ordered if card.topic == line.topic and card.id not in taken]
        chosen[line] = [card for card in fitting if line.difficulty in ("", card.difficulty)][: line.number]
        taken |= {card.id for card in chosen[line]}
    return [Drawn(card, line.points, _order(seed, code, card)) for line in lines for card in chosen[line]]


def _order(seed: str, code: str, card: Card) -> tuple[int, ...]:
    places = range(card.options)
    if not card.shuffled:
        return tuple(places)
    order = tuple(sorted(places, key=lambda place: _rank(seed, code, f"{card.uid}/{place}")))
    return (*order[1:], order[0]) if card.steps and order == tuple(places) else order


def _rank(seed: str, code: str, name: str) -> str:
    return hashlib.sha256(f"{seed}\0{code}\0{name}".encode()).hexdigest()
