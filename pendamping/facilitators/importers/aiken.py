"""Aiken: a question, options A) to Z), and a line ANSWER: with the letter of the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from pendamping.facilitators.enums.questions import QuestionKind
from pendamping.facilitators.importers.parsed import Parsed, Trouble, Unfit, option, words

_OPTION = re.compile(r"^\s*([A-Za-z])[.)]\s+(.*)$")
_ANSWER = re.compile(r"^\s*(?:ANSWER|JAWABAN|KUNCI)\s*:\s*(.*?)\s*$", re.IGNORECASE)


def read(text: str, topic: str) -> Iterator[Parsed | Trouble]:
    """The questions of an Aiken file; each ends with its answer line."""
    block: list[str] = []
    first = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        first = first or number
        block.append(line)
        if _ANSWER.match(line):
            yield _question(first, block, topic)
            block, first = [], 0
    if block:
        sentence = _("The file ends before the line “ANSWER: …” of this question. Add it.")
        yield Trouble(first, "no_answer_line", sentence, block[0][:200])


def _question(line: int, block: list[str], topic: str) -> Parsed | Trouble:
    try:
        asked, options = _split(block[:-1])
        key = _ANSWER.match(block[-1])
        letter = key[1].upper() if key else ""
        if letter not in options:
            raise Unfit(
                "no_such_option",
                _("The answer “%(key)s” is none of the options. Mend it.") % {"key": letter[:20]},
            )
        found = tuple(option(words(said), "100" if name == letter else "0") for name, said in options.items())
        return Parsed(line, QuestionKind.SINGLE, topic, words(asked), found)
    except Unfit as problem:
        return Trouble(line, problem.code, problem.sentence, block[0][:200])


def _split(lines: list[str]) -> tuple[str, dict[str, str]]:
    """The question, over one or more lines, and its options by letter."""
    asked: list[str] = []
    options: dict[str, str] = {}
    for line in lines:
        match = _OPTION.match(line)
        if match is None and options:
            raise Unfit("option_shape", _("“%(line)s” is no option such as “A) …”. Mend it.") % {"line": line[:40]})
        if match is None or not (options or match[1].upper() == "A"):
            asked.append(line)
            continue
        letter = match[1].upper()
        if letter in options:
            raise Unfit("letter_twice", _("Two options are called %(letter)s. Rename one.") % {"letter": letter})
        options[letter] = match[2]
    return "\n".join(asked), options
