"""GIFT, Moodle's text format: comments, titles, categories, escapes, weights, feedback, missing words, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from pendamping.core.verdicts import refused
from pendamping.facilitators.enums.questions import QuestionKind, Reason
from pendamping.facilitators.importers.parsed import (
    Parsed,
    Trouble,
    Unfit,
    number,
    option,
    pair,
    percent,
    step,
    true_false,
    words,
)
from pendamping.facilitators.rules.questions import OPTIONS_MOST, as_number

_ESCAPED = {char: chr(0xE000 + place) for place, char in enumerate("\\~=#{}:%")}  # kept apart while splitting
_BREAK = chr(0xE000 + 20)  # a written \\n: a break within a text, that ends no line of the file
_PLAIN = {mark: char for char, mark in _ESCAPED.items()} | {_BREAK: "\n"}
_TITLE = re.compile(r"^::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_CATEGORY = re.compile(r"^\$CATEGORY:\s*(.+)$")
_ANSWER = re.compile(r"([=~])((?:[^=~])*)")
_WEIGHT = re.compile(r"^\s*%([^%]*)%")
_TRUE = re.compile(r"^(T|TRUE|F|FALSE)\s*(?:#(.*?))?(?:#(.*))?$", re.IGNORECASE | re.DOTALL)


def read(text: str, topic: str) -> Iterator[Parsed | Trouble]:
    """The questions of a GIFT file: blocks with an empty line between them."""
    for line, block in _blocks(text):
        category = _CATEGORY.match(block)
        if category:
            topic = topic_of(category[1], topic)
            continue
        try:
            yield _question(line, block, topic)
        except Unfit as problem:
            yield Trouble(line, problem.code, problem.sentence, " ".join(_back(block).split())[:200])


def topic_of(category: str, other: str) -> str:
    """ "$course$/top/Pemerintahan/Kelurahan" → "Kelurahan": the nearest name is the topic."""
    names = [name.strip().replace("//", "/") for name in re.split("(?<!/)/(?!/)", category)]  # "//" is a slash
    names = [name for name in names if name and not name.startswith("$")]
    return names[-1][:80] if names and names[-1] != "top" else other


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    lines: list[str] = []
    first = depth = 0
    for at, raw in enumerate(text.splitlines(), start=1):
        line = raw if not raw.lstrip().startswith("//") else None
        if line is not None and line.strip():
            kept = _hide(line)
            if _CATEGORY.match(kept.strip()):
                if lines:
                    yield first, "\n".join(lines)
                yield at, kept.strip()
                lines, first, depth = [], 0, 0
                continue
            first = first or at
            lines.append(kept)
            depth += kept.count("{") - kept.count("}")
        elif line is not None and lines and depth <= 0:  # an empty line inside the braces ends nothing
            yield first, "\n".join(lines)
            lines, first, depth = [], 0, 0
    if lines:
        yield first, "\n".join(lines)


def _hide(text: str) -> str:
    text = re.sub(r"\\([\\~=#{}:%])", lambda match: _ESCAPED[match[1]], text)
    return text.replace("\\n", _BREAK)


def _back(text: str) -> str:
    return "".join(_PLAIN.get(char, char) for char in text)


def _question(line: int, block: str, topic: str) -> Parsed:
    body = _TITLE.sub("", block.strip(), count=1).strip()
    chosen = _FORMAT.match(body)
    is_html = bool(chosen) and chosen[1].lower() == "html" if chosen else False
    body = body[chosen.end() :] if chosen else body
    start, end = body.find("{"), body.rfind("}")
    if start < 0 and end < 0:
        raise Unfit("no_answers", _("There are no answers in curly brackets. A mere description is not taken in."))
    if end < start or start < 0 or body.count("{") != 1 or body.count("}") != 1:
        raise Unfit(
            "braces", _("The curly brackets do not fit together. Write one pair; put a backslash before any other.")
        )
    before, inside, after = body[:start], body[start + 1 : end].strip(), body[end + 1 :]
    head, tail = before.rstrip(), after.strip()
    if tail.strip(" .?!"):
        asked = f"{head} _____ {tail}"  # the missing word
    else:
        asked = head if head.endswith((".", "?", "!", ":")) else head + tail
    text = words(_back(asked), is_html=is_html)
    inside, _mark, general = inside.partition("####")
    kind, options = _answers(inside.strip(), is_html)
    return Parsed(line, kind, topic, text, options, feedback=words(_back(general), is_html=is_html))


def _answers(inside: str, is_html: bool) -> tuple[str, tuple[dict[str, Any], ...]]:
    if not inside:
        raise Unfit("essay", _("This is an essay, which no program can score. Leave it out."))
    true = _TRUE.match(inside)
    if true:
        wrong, right = (words(_back(part or ""), is_html=is_html) for part in (true[2], true[3]))
        is_true = true[1].upper().startswith("T")
        return QuestionKind.TRUE_FALSE, true_false(is_true, *((right, wrong) if is_true else (wrong, right)))
    if inside.startswith("#"):
        return QuestionKind.SHORT_NUMBER, tuple(_numbers(inside[1:].strip(), is_html))
    if inside.startswith(">"):
        return QuestionKind.ORDERING, tuple(_steps(inside, is_html))
    written = _ANSWER.findall(inside)
    if len(written) > OPTIONS_MOST:
        raise Unfit("options_many", refused(Reason.OPTIONS_MANY, count=len(written), most=OPTIONS_MOST).message)
    found = [(sign, *_parts(said, is_html)) for sign, said in written]
    if not found:
        raise Unfit("no_answers", _("The answers begin with = (right) or ~ (wrong). Mend them."))
    if all(sign == "=" and not weight for sign, _t, weight, _s in found) and any("->" in t for _f, t, _w, _s in found):
        return QuestionKind.MATCHING, tuple(_pair(text, said) for _sign, text, _weight, said in found)
    if all(sign == "=" for sign, *_rest in found):
        return QuestionKind.SHORT_TEXT, tuple(option(text, weight or "100", said) for _s, text, weight, said in found)
    keys = sum(sign == "=" for sign, *_rest in found)
    kind = QuestionKind.SINGLE if keys else QuestionKind.MULTIPLE
    if keys > 1:
        raise Unfit("two_keys", _("Several options are marked as right with =. Mark one, or use weights ~%50%."))
    return kind, tuple(
        option(text, weight or ("100" if sign == "=" else "0"), said) for sign, text, weight, said in found
    )


def _steps(inside: str, is_html: bool) -> Iterator[dict[str, Any]]:
    """The lines after ">" and the settings of Moodle's kind of question "ordering"."""
    for line in inside.splitlines()[1 : OPTIONS_MOST + 2]:  # one too many is refused as such
        text, _weight, feedback = _parts(line, is_html)
        if text:
            yield step(text, feedback)


def _pair(text: str, feedback: str) -> dict[str, Any]:
    left, arrow, right = (part.strip() for part in text.partition("->"))
    if not (left and arrow and right):
        raise Unfit("pair", _("“%(text)s” is no pair such as “= a -> b”. Mend it.") % {"text": text[:40]})
    return pair(left, right, feedback)


def _parts(said: str, is_html: bool) -> tuple[str, str, str]:
    """Text, weight and feedback of one answer."""
    weight = _WEIGHT.match(said)
    text, _mark, feedback = (said[weight.end() :] if weight else said).partition("#")
    chosen = _FORMAT.match(text)
    text, is_html = (text[chosen.end() :], chosen[1].lower() == "html") if chosen else (text, is_html)
    return (
        words(_back(text), is_html=is_html),
        percent(weight[1]) if weight else "",
        words(_back(feedback), is_html=is_html),
    )


def _numbers(inside: str, is_html: bool) -> Iterator[dict[str, Any]]:
    if not inside.startswith("="):
        inside = f"={inside}"
    written = re.split(r"[=~]", inside)[1:]
    for part in written[: OPTIONS_MOST + 1]:  # one too many is refused as such
        text, weight, feedback = _parts(part, is_html)
        if text:
            yield number(*_range(text), weight or "100", feedback)


def _range(text: str) -> tuple[str, str]:
    """ "3.141..3.142", "1822:2" or "4" as the lowest and highest number accepted."""
    low, dots, high = text.partition("..")
    middle, _colon, slack = text.partition(":")
    first, second = (low, high) if dots else (middle, slack or "0")
    one, two = as_number(first.strip().replace(".", ",")), as_number(second.strip().replace(".", ","))
    if one is None or two is None:
        raise Unfit("number", _("“%(text)s” is not a number such as 12, 12:0.5 or 11..13.") % {"text": text[:40]})
    return (str(one), str(two)) if dots else (str(one - two), str(one + two))
