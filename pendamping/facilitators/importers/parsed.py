"""What a reader of question files finds: questions and what is wrong with others; and how their words are cleaned."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_PICTURE = re.compile(
    r"<(?:img|svg|object|video|audio)\b|@@PLUGINFILE@@|data:image/|!\[[^\]]{0,500}\]\(", re.IGNORECASE
)
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"})
_HIDDEN = frozenset({"script", "style", "head", "template"})
# None of these looks further than the next "<", so that no text, however strange, takes longer than its length.
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s<>/"']*+)(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>|<[!?/][^<>]*+>""")
_TOO_LONG_A_NUMBER = re.compile("&#x?[0-9a-f]{8,};?", re.IGNORECASE)


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
    text = _plain(text) if is_html else text
    lines = (" ".join(line.split()) for line in _CONTROLS.sub("", text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def line_of(text: str) -> str:
    """The beginning of a text in one line, without signs that no page can show."""
    return " ".join(_CONTROLS.sub("", text).split())[:200]


def _plain(text: str) -> str:
    """Only the words of HTML; a tag that breaks the line leaves a line break."""
    text = _without_comments(text.replace("\r", " ").replace("\n", " "))
    parts: list[str] = []
    done = hidden = 0
    for tag in _TAG.finditer(text):
        if not hidden:
            parts.append(text[done : tag.start()])
        done, name = tag.end(), (tag[2] or "").lower()
        if name in _HIDDEN:
            hidden = max(0, hidden - 1) if tag[1] else hidden + 1
        if name in _BREAKS:
            parts.append("\n")
    if not hidden:
        parts.append(text[done:])
    return html.unescape(_TOO_LONG_A_NUMBER.sub("", "".join(parts)))


def _without_comments(text: str) -> str:
    parts: list[str] = []
    done = 0
    while (start := text.find("<!--", done)) >= 0:
        parts.append(text[done:start])
        end = text.find("-->", start)
        done = end + 3 if end >= 0 else len(text)
    return "".join([*parts, text[done:]])


def option(text: str, weight: str = "0", feedback: str = "") -> dict[str, Any]:
    """One option as the bank keeps it; the weight in percent."""
    return {"text": text, "weight": percent(weight), **({"feedback": feedback} if feedback else {})}


def percent(written: str) -> str:
    """ "100", "33.33333", "-50": percent as written, without idle zeros."""
    bare = written.strip().replace(",", ".") or "0"
    if not re.fullmatch(r"[+-]?[0-9]{1,4}(\.[0-9]{1,7})?", bare):
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
