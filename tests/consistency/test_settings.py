"""Every variable the code reads is told of in docs/settings.md, and every one told of is read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READERS = {"flag", "words", "secret", "number", "getenv"}


def read_by_the_code() -> set[str]:
    found: set[str] = set()
    for path in sorted((ROOT / "pendamping").rglob("*.py")):
        if "tests" not in path.parts:
            found |= set(names(ast.parse(path.read_text("utf-8"))))
    return found


def names(tree: ast.AST) -> Iterator[str]:
    """First arguments of os.environ.get and of our typed readers, keys of os.environ[…]."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            name = node.args[0].value
            if isinstance(name, str) and (called == "os.environ.get" or called.split(".")[-1] in READERS):
                yield name
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            yield from _key(node)


def _key(node: ast.Subscript) -> Iterator[str]:
    """The variable that os.environ[…] reads; writing one is not reading it."""
    if isinstance(node.slice, ast.Constant) and isinstance(node.ctx, ast.Load):
        yield str(node.slice.value)


def told() -> set[str]:
    text = (ROOT / "docs/settings.md").read_text("utf-8")
    return set(re.findall(r"^\| `([A-Z0-9_]+)` \|", text, re.MULTILINE))


def test_every_variable_is_told_of() -> None:
    assert sorted(name for name in read_by_the_code() - told() if name.isupper()) == []


def test_nothing_is_told_of_that_nobody_reads() -> None:
    assert sorted(told() - read_by_the_code()) == []
