"""The sources: no address of a registry, no path of a machine, no shortcut past the ORM or the forms."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {
    ".py",
    ".html",
    ".md",
    ".toml",
    ".css",
    ".js",
    ".po",
    ".lock",
    ".txt",
    ".typ",
    ".yml",
    ".yaml",
    ".json",
    ".sh",
    "",
}
ITSELF = "tests/consistency/test_sources.py"

EVERYWHERE = {
    "a package registry": r"pypi\.org|pythonhosted\.org|registry\.npmjs|files\.pythonhosted|index-url|crates\.io",
    "a path of a machine": r"(?<![\w.])/(?:work|home|Users|root)/[a-z]",
    "a leftover": r"\b(?:TODO|FIXME|XXX|HACK)\b",
}
IN_PYTHON = {
    "raw .extra()": r"\.extra\(\s*(?:where|select|tables)",
    "a request poured into a function": r"\*\*\s*request\.(?:POST|GET)",
    "RawSQL": r"\bRawSQL\(",
    "SQL put together from text": r"\.execute\(\s*f[\"']",
    "a pickle": r"\bimport pickle\b|\bpickle\.loads",
    "a shell": r"shell\s*=\s*True",
}


# Table names that stand in the same file as a constant, a number of milliseconds: SQL has no parameters for names, nor
# for a PRAGMA.
TEXT_SQL_ALLOWED = (
    "pendamping/core/triggers.py:",
    "pendamping/deliberation/sealing.py:",
    "pendamping/deliberation/tests/test_secrecy.py:",
)


@cache
def sources() -> list[tuple[str, str]]:
    """Every text file of the repository: known to git or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = listed.stdout.splitlines() if listed.returncode == 0 else _walk()
    paths = [ROOT / name for name in names if Path(name).suffix in TEXT and name != ITSELF]
    return [(p.relative_to(ROOT).as_posix(), p.read_text("utf-8", "replace")) for p in paths if p.is_file()]


def _walk() -> list[str]:
    """Without git (an unpacked archive): the folders that are ours."""
    folders = ("pendamping", "tests", "tools", "docs", "benchmarks", "requirements")
    return [p.relative_to(ROOT).as_posix() for folder in folders for p in (ROOT / folder).rglob("*") if p.is_file()]


def found(pattern: str, suffixes: set[str]) -> list[str]:
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1} {match[0]!r}"
        for name, text in sources()
        if Path(name).suffix in suffixes
        for match in re.finditer(pattern, text)
    ]


def test_there_are_sources_to_look_at() -> None:
    assert len(sources()) > 100


@pytest.mark.parametrize("what", EVERYWHERE)
def test_no_file_holds(what: str) -> None:
    assert found(EVERYWHERE[what], TEXT) == []


@pytest.mark.parametrize("what", IN_PYTHON)
def test_no_python_holds(what: str) -> None:
    allowed = ("tests/", "benchmarks/", "tools/", *TEXT_SQL_ALLOWED)
    here = found(IN_PYTHON[what], {".py"})
    assert [place for place in here if not place.startswith(allowed) and "/tests/" not in place] == []


def test_every_module_opens_with_a_sentence() -> None:
    bare = [
        name
        for name, text in sources()
        if name.startswith("pendamping/") and name.endswith(".py") and text.strip() and "/migrations/" not in name
        and not text.lstrip().startswith(('"""', '#!'))
    ]  # fmt: skip
    assert bare == []
