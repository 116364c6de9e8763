"""JSON banks: topics, each a list of questions with options, the place of the key from 0, or a weight per option.

{"teknis": [{"pertanyaan": "…", "pilihan": ["…", "…"], "jawaban": 0}],
 "sosio_kultural": [{"pertanyaan": "…", "pilihan": ["…", "…"], "bobot": [4, 1]}]}
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from pendamping.core.errors import Refused
from pendamping.facilitators.enums.questions import Difficulty, QuestionKind
from pendamping.facilitators.importers.parsed import Parsed, Trouble, Unfit, line_of, option, words
from pendamping.facilitators.importers.reasons import Reason

_ASKED, _OPTIONS = ("pertanyaan", "soal", "question", "text"), ("pilihan", "opsi", "options", "choices")
_KEY, _WEIGHTS = ("jawaban", "kunci", "answer"), ("bobot", "skor", "nilai", "weights")
_LEAST = Decimal("0.0001")  # the best of the weights; less is no weight
_LEVELS = {
    "mudah": Difficulty.EASY, "sedang": Difficulty.MEDIUM, "sulit": Difficulty.HARD, "easy": Difficulty.EASY,
    "medium": Difficulty.MEDIUM, "hard": Difficulty.HARD,
}  # fmt: skip


def read(text: str, topic: str) -> Iterator[Parsed | Trouble]:
    """The questions of a bank, counted over the whole file: JSON has no lines of its own."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as problem:
        raise Refused(Reason.NOT_JSON, field="file", line=problem.lineno) from problem
    except (RecursionError, ValueError) as problem:  # nested without end, or a number of thousands of digits
        raise Refused(Reason.JSON_SHAPE, field="file") from problem
    groups = whole if isinstance(whole, dict) else {topic: whole}
    if not all(isinstance(items, list) for items in groups.values()):
        raise Refused(Reason.JSON_SHAPE, field="file")
    lines = _lines(text)
    place = 0
    for name, items in groups.items():
        for item in items:
            place += 1
            line = next(lines, place)
            try:
                yield _question(line, item, words(name.replace("_", " "))[:80] or topic)
            except Unfit as problem:
                yield Trouble(line, problem.code, problem.sentence, line_of(str(_of(item, _ASKED) or "")))


def _lines(text: str) -> Iterator[int]:
    """The lines on which questions begin, as far as the usual key tells them."""
    for number, line in enumerate(text.splitlines(), start=1):
        if any(f'"{name}"' in line for name in _ASKED):
            yield number


def _of(item: Any, names: Sequence[str]) -> Any:
    return next((item[name] for name in names if name in item), None) if isinstance(item, Mapping) else None


def _question(line: int, item: Any, topic: str) -> Parsed:
    asked, options = _of(item, _ASKED), _of(item, _OPTIONS)
    if not isinstance(asked, str) or not isinstance(options, list) or not all(isinstance(o, str) for o in options):
        raise Unfit("shape", _("A question has words (“pertanyaan”) and a list of options (“pilihan”). Mend it."))
    weights = _weights(item, len(options))
    found = tuple(option(words(said), weight) for said, weight in zip(options, weights, strict=True))
    level = _LEVELS.get(str(_of(item, ("tingkat", "difficulty")) or "").lower(), Difficulty.UNKNOWN)
    said = _of(item, ("pembahasan", "feedback"))
    feedback = words(said) if isinstance(said, str) else ""
    return Parsed(line, QuestionKind.SINGLE, topic, words(asked), found, level, feedback)


def _weights(item: Any, options: int) -> list[str]:
    """Percent per option. Weights such as 4, 3, 2, 1 are scaled so that the best one is whole."""
    given = _of(item, _WEIGHTS)
    if given is not None:
        if not isinstance(given, list) or len(given) != options or not all(_is_number(one) for one in given):
            raise Unfit("weights", _("There must be as many weights as options, each a number. Mend them."))
        best = max((Decimal(str(one)) for one in given), default=Decimal(0))
        if best < _LEAST:
            raise Unfit("weights", _("No weight is above nothing, so nobody could answer rightly. Mend them."))
        return [f"{(100 * Decimal(str(one)) / best).quantize(Decimal('0.00001')):f}" for one in given]
    key = _of(item, _KEY)
    if isinstance(key, str) and len(key) == 1 and key.isascii() and key.isalpha():
        key = ord(key.upper()) - ord("A")
    if not isinstance(key, int) or isinstance(key, bool) or not 0 <= key < options:
        raise Unfit("key", _("The key “%(key)s” is no option, counted from 0. Mend it.") % {"key": str(key)[:20]})
    return ["100" if place == key else "0" for place in range(options)]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10_000
