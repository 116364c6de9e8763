"""Moodle XML, read without entities, document types or anything fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from pendamping.core.errors import Refused
from pendamping.facilitators.enums.questions import QuestionKind
from pendamping.facilitators.importers.gift import topic_of
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
from pendamping.facilitators.importers.reasons import Reason
from pendamping.facilitators.rules.questions import as_number

_DEEPEST = 30


@dataclass
class _Node:
    """An element: its name, where it began, its attributes, words and children."""

    name: str
    line: int
    attributes: dict[str, str]
    words: list[str] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)

    def first(self, name: str) -> _Node | None:
        return next((child for child in self.children if child.name == name), None)

    def every(self, name: str) -> list[_Node]:
        return [child for child in self.children if child.name == name]

    def said(self, name: str) -> str:
        """The words of <name><text>…</text></name>, plain."""
        part = self.first(name)
        return part.plain() if part is not None else ""

    def plain(self) -> str:
        if self.first("file") is not None:
            raise Unfit("picture", _("The question carries a file, which is not taken in. Put it into words."))
        inner = self.first("text")
        raw = "".join((inner or self).words)
        return words(raw, is_html=self.attributes.get("format", "html") in ("html", "moodle_auto_format"))


def read(data: bytes, topic: str) -> Iterator[Parsed | Trouble]:
    """The questions of a quiz; a category holds for those that follow it."""
    for node in _tree(data).every("question"):
        kind = node.attributes.get("type", "")
        if kind == "category":
            topic = _topic(node, topic)
            continue
        try:
            yield _question(node, kind, topic)
        except Unfit as problem:
            yield Trouble(node.line, problem.code, problem.sentence, _beginning(node))


def _topic(node: _Node, other: str) -> str:
    """The topic a category names; one whose name cannot be read changes nothing."""
    named = node.first("category")
    try:
        return topic_of(named.plain() if named else "", other)
    except Unfit:
        return other


def _beginning(node: _Node) -> str:
    asked = node.first("questiontext") or node.first("name")
    inner = asked.first("text") if asked else None
    return " ".join("".join(inner.words).split())[:200] if inner else ""


def _question(node: _Node, kind: str, topic: str) -> Parsed:
    readers = {
        "multichoice": _choices, "truefalse": _true_false, "shortanswer": _texts, "numerical": _numbers,
        "matching": _pairs, "ordering": _steps,
    }  # fmt: skip
    if kind not in readers:
        raise Unfit("kind", _("Questions of the kind “%(kind)s” are not taken in. Leave it out.") % {"kind": kind[:30]})
    found, options = readers[kind](node)
    return Parsed(
        node.line, found, topic, node.said("questiontext"), options, feedback=node.said("generalfeedback")
    )  # fmt: skip


def _choices(node: _Node) -> tuple[str, tuple[dict[str, Any], ...]]:
    single = (node.first("single") or _Node("", 0, {}, ["true"])).plain().lower() in ("true", "1")
    return QuestionKind.SINGLE if single else QuestionKind.MULTIPLE, tuple(
        option(answer.plain(), answer.attributes.get("fraction", "0"), answer.said("feedback"))
        for answer in node.every("answer")
    )


def _true_false(node: _Node) -> tuple[str, tuple[dict[str, Any], ...]]:
    said = {answer.plain().lower(): answer for answer in node.every("answer")}
    if set(said) != {"true", "false"}:
        raise Unfit("true_false", _("A true-or-false question has the answers “true” and “false”. Mend them."))
    right = [name for name, answer in said.items() if percent(answer.attributes.get("fraction", "0")) == "100"]
    if len(right) != 1:
        raise Unfit("true_false", _("One of “true” and “false” has the fraction 100, the other 0. Mend them."))
    is_true = right == ["true"]
    return QuestionKind.TRUE_FALSE, true_false(
        is_true, said["true"].said("feedback"), said["false"].said("feedback")
    )  # fmt: skip


def _texts(node: _Node) -> tuple[str, tuple[dict[str, Any], ...]]:
    return QuestionKind.SHORT_TEXT, tuple(
        option(answer.plain(), answer.attributes.get("fraction", "0"), answer.said("feedback"))
        for answer in node.every("answer")
    )


def _numbers(node: _Node) -> tuple[str, tuple[dict[str, Any], ...]]:
    ranges = []
    for answer in node.every("answer"):
        middle = as_number(answer.plain().replace(".", ","))
        slack = answer.first("tolerance")
        around = as_number((slack.plain() if slack else "").replace(".", ",") or "0")
        if middle is None or around is None:
            raise Unfit("number", _("“%(text)s” is not a number.") % {"text": answer.plain()[:40]})
        ranges.append(
            number(
                str(middle - around), str(middle + around), answer.attributes.get("fraction", "100"),
                answer.said("feedback"),
            )
        )  # fmt: skip
    return QuestionKind.SHORT_NUMBER, tuple(ranges)


def _pairs(node: _Node) -> tuple[str, tuple[dict[str, Any], ...]]:
    found = [(part.plain(), part.said("answer")) for part in node.every("subquestion")]
    if any(bool(left) != bool(right) for left, right in found):
        raise Unfit("pair", _("An answer stands without something it belongs to, or the reverse. Complete the pair."))
    return QuestionKind.MATCHING, tuple(pair(left, right) for left, right in found if left)


def _steps(node: _Node) -> tuple[str, tuple[dict[str, Any], ...]]:
    """The fraction of an answer tells its place, from 1."""
    places = [(as_number(answer.attributes.get("fraction", "")), answer) for answer in node.every("answer")]
    if all(place is not None for place, _answer in places):
        places.sort(key=lambda found: found[0] or 0)
    return QuestionKind.ORDERING, tuple(step(answer.plain(), answer.said("feedback")) for _place, answer in places)


def _tree(data: bytes) -> _Node:
    """The elements of a file; Refused when it is no XML, declares anything, or is nested without end."""
    root = _Node("", 0, {})
    stack = [root]
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > _DEEPEST:
            raise Refused(Reason.XML_UNSAFE, field="file")
        node = _Node(name, parser.CurrentLineNumber, attributes)
        stack[-1].children.append(node)
        stack.append(node)

    def declared(*_what: Any) -> None:
        raise Refused(Reason.XML_UNSAFE, field="file")

    parser.StartElementHandler = start

    def spoken(said: str) -> None:
        stack[-1].words.append(said)

    parser.EndElementHandler = lambda _name: stack.pop()
    parser.CharacterDataHandler = spoken
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise Refused(Reason.NOT_XML, field="file", line=parser.CurrentLineNumber) from problem
    quiz = root.first("quiz")
    if quiz is None:
        raise Refused(Reason.NO_QUIZ, field="file")
    return quiz
