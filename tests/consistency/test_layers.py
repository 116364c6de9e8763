"""A folder imports only what stands below it, and pages stay inside their app."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "pendamping"
PRIVATE = ("views", "forms", "schemas", "public")  # what a page or an endpoint is made of


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_the_journey_flows_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([str(linter), "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("app", sorted(path.parent.name for path in PACKAGE.glob("*/apps.py")))
def test_pages_and_forms_are_private_to_their_app(app: str) -> None:
    """Except `core`, whose pages and forms are the kit the others are made of; `config` joins them by urls and api."""
    foreign = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((PACKAGE / app).rglob("*.py"))
        for name in imports(path)
        if name.startswith("pendamping.")
        and (parts := name.split("."))[1] not in (app, "core")
        and len(parts) > 2
        and parts[2] in PRIVATE
    ]
    assert foreign == []


def test_rules_of_every_app_are_there_to_be_pure() -> None:
    """The contract on `rules` would hold for a file that nobody wrote."""
    with_acts = {path.parent.name for path in PACKAGE.glob("*/services.py")}
    with_acts |= {path.parents[1].name for path in PACKAGE.glob("*/services/__init__.py")}
    with_rules = {path.parent.name for path in PACKAGE.glob("*/rules.py")}
    with_rules |= {path.parents[1].name for path in PACKAGE.glob("*/rules/__init__.py")}
    assert sorted(with_acts - with_rules) == []
