"""A question as somebody sees it who must answer it: the options in their own order, and what is answered so far.

The same for a selection test and for a quiz of training; `options` may be those of another language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pendamping.facilitators.enums.questions import QuestionKind
from pendamping.facilitators.rules.exams import as_shown, matches_shown
from pendamping.facilitators.rules.questions import ARRANGED, CHOSEN

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # options are at most twenty


@dataclass(frozen=True)
class Part:
    """An option on the screen; `given` is the number of the place or match chosen for it, "" while none is."""

    place: int
    text: str
    is_marked: bool = False
    given: str = ""


@dataclass(frozen=True)
class Asked:
    """A question on the screen. Options, places and matches are numbered as shown, from 0."""

    kind: str
    parts: tuple[Part, ...] = ()
    matches: tuple[str, ...] = ()  # what a pair can be matched with, or the places a step can take
    typed: str = ""

    @property
    def many(self) -> bool:
        return self.kind == QuestionKind.MULTIPLE

    @property
    def is_number(self) -> bool:
        return self.kind == QuestionKind.SHORT_NUMBER

    @property
    def is_steps(self) -> bool:
        return self.kind == QuestionKind.ORDERING

    @property
    def is_pairs(self) -> bool:
        return self.kind == QuestionKind.MATCHING

    @property
    def texts(self) -> list[str]:
        return [part.text for part in self.parts]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What a select offers: the number sent, and the words read; of pairs with the letter they have in the list."""
        return [
            (str(place), f"{LETTERS[place]}. {said}" if self.is_pairs else said)
            for place, said in enumerate(self.matches)
        ]

    @property
    def given(self) -> list[str]:
        """The answer as it would be sent."""
        if self.kind in ARRANGED:
            sent = [part.given for part in self.parts]
            return sent if any(sent) else []
        marked = [str(part.place) for part in self.parts if part.is_marked]
        return marked if self.kind in CHOSEN else [self.typed] if self.typed else []


def asked(*, kind: str, options: Sequence[Mapping[str, Any]], order: Sequence[int], choice: Any) -> Asked:
    """The question with its options in the order of this person."""
    if kind in CHOSEN:
        marked = set(choice or ())
        parts = (Part(place, options[index]["text"], index in marked) for place, index in enumerate(order))
        return Asked(kind, tuple(parts))
    if kind in ARRANGED:
        shown = as_shown(kind=kind, order=order, choice=choice)
        given = ["" if one is None else str(one) for one in shown]
        parts = (Part(place, options[index]["text"], given=given[place]) for place, index in enumerate(order))
        matches = [str(place) for place in range(1, len(order) + 1)]
        if kind == QuestionKind.MATCHING:
            matches = [options[index]["match"] for index in matches_shown(order)]
        return Asked(kind, tuple(parts), tuple(matches))
    return Asked(kind, typed=choice or "")
