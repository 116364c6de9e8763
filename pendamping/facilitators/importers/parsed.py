"""What a reader of question files finds: questions and what is wrong with others; and how their words are cleaned."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext as _

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_PICTURE = re.compile(r"<(?:img|svg|object|video|audio)\b|@@PLUGINFILE@@|data:image/|!\[[^\]]*\]\(", re.IGNORECASE)
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"})
_HIDDEN = frozenset({"script", "style", "head", "template"})


class Unfit(Exception):
    """One question cannot be taken: a code for programs and a sentence with the cure."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True)
class Parsed:
    """A question as it stands in a file."""

    line: int
    kind: str
    topic: str
    text: str
    options: tuple[dict[str, Any], ...]
    difficulty: str = ""
    feedback: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Trouble:
    """A question of a file that cannot be taken, and its beginning so that people find it."""

    line: int
    code: str
    sentence: str
    beginning: str = field(default="")

    def __str__(self) -> str:
        return self.beginning


def words(text: str, *, is_html: bool = False) -> str:
    """Plain words of a text: markup gone, breaks kept as lines. Refuses pictures, which a plain test cannot show."""
    if _PICTURE.search(text):
        raise Unfit(
            "picture", _("The question holds a picture, which is not taken in. Put it into words, or leave it out.")
        )
    text = _Plain.of(text) if is_html else text
    lines = (" ".join(line.split()) for line in _CONTROLS.sub("", text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Plain(HTMLParser):
    """Only the words; a tag that breaks the line leaves a line break."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    @classmethod
    def of(cls, text: str) -> str:
        reader = cls()
        reader.feed(re.sub(r"\s*\n\s*", " ", text))
        reader.close()
        return "".join(reader.parts)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.hidden += tag in _HIDDEN
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in _HIDDEN and self.hidden > 0
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def option(text: str, weight: str = "0", feedback: str = "") -> dict[str, Any]:
    """One option as the bank keeps it; the weight in percent."""
    return {"text": text, "weight": percent(weight), **({"feedback": feedback} if feedback else {})}


def percent(written: str) -> str:
    """ "100", "33.33333", "-50": percent as written, without idle zeros."""
    bare = written.strip().replace(",", ".") or "0"
    if not re.fullmatch(r"[+-]?\d{1,4}(\.\d{1,7})?", bare):
        raise Unfit("weight", _("“%(weight)s” is not a weight in percent. Mend it.") % {"weight": written[:20]})
    bare = bare.lstrip("+")
    return (bare.rstrip("0").rstrip(".") if "." in bare else bare) or "0"


def true_false(is_true: bool, right: str = "", wrong: str = "") -> tuple[dict[str, Any], ...]:
    """The two options of a true-or-false question, in the language of the tests."""
    weights = ("100", "0") if is_true else ("0", "100")
    return (option("Benar", weights[0], right), option("Salah", weights[1], wrong))


def step(text: str, feedback: str = "") -> dict[str, Any]:
    """One of the steps to be put in order; they stand in the right one."""
    return {"text": text, **({"feedback": feedback} if feedback else {})}


def pair(text: str, match: str, feedback: str = "") -> dict[str, Any]:
    """Two things that belong together."""
    return {"text": text, "match": match, **({"feedback": feedback} if feedback else {})}


def number(low: str, high: str, weight: str = "100", feedback: str = "") -> dict[str, Any]:
    """An accepted range of numbers."""
    return {"low": low, "high": high, "weight": percent(weight), **({"feedback": feedback} if feedback else {})}
