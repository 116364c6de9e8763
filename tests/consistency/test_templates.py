"""Templates: all of them used, nothing inline that the Content-Security-Policy would block, nothing unescaped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "pendamping"
TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*.html") if "tests" not in path.parts)
IDS = [path.relative_to(PACKAGE).as_posix() for path in TEMPLATES]

# Names that Django or allauth ask for by themselves.
ASKED_BY_OTHERS = re.compile(r"^(400|403|403_csrf|404|500)\.html$|^(account|mfa|allauth|usersessions|django)/")
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "a script with a body": re.compile(r"<script(?![^>]*(?:\ssrc=|type=\"application/json\"))[^>]*>", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"=\s*[\"']?javascript:", re.IGNORECASE),
    "hx-on": re.compile(r"\shx-on", re.IGNORECASE),
    "|safe": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}


def name_of(path: Path) -> str:
    return path.as_posix().split("/templates/", 1)[1]


def spoken_of() -> str:
    """All sources a template name may stand in."""
    suffixes = {".py", ".html", ".txt"}
    paths = [path for path in PACKAGE.rglob("*") if path.suffix in suffixes and "tests" not in path.parts]
    return "\n".join(path.read_text("utf-8") for path in sorted(paths))


def test_no_template_is_unused() -> None:
    sources = spoken_of()
    names = [name_of(path) for path in TEMPLATES]
    unused = [
        name
        for name in names
        if not ASKED_BY_OTHERS.match(name)
        and f'"{name}"' not in sources
        and f"'{name}'" not in sources
        and not _by_pattern(name, sources)
    ]
    assert unused == []


def _by_pattern(name: str, sources: str) -> bool:
    """The ui components are chosen by name: f"ui/{component}.html", or their name as a tag."""
    return name.startswith("ui/") and re.search(rf"\b{re.escape(Path(name).stem)}\b", sources) is not None


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_nothing_is_inline_and_nothing_unescaped(path: Path) -> None:
    text = COMMENT.sub("", path.read_text("utf-8"))
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_what_is_missing_is_said_in_our_words(path: Path) -> None:
    """Not by the browser, in its own language and before anything is sent."""
    forms = re.findall(r"<form\b(?:{%.*?%}|{{.*?}}|[^>{])*>", COMMENT.sub("", path.read_text("utf-8")))
    assert [one for one in forms if 'class="form"' in one and "novalidate" not in one] == []
