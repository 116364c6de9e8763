"""Acts that fall into the logbook exist and are journaled; the journal tells each act in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django.utils.translation import override

import pendamping
from pendamping.facilitators.deeds import DEEDS
from pendamping.telling import phrases
from pendamping.telling.phrases import PHRASES

ROOT = Path(pendamping.__file__).parent
VERB = re.compile(r"^[a-z]+\.[a-z]+(_[a-z]+)*$")
TELLING = {"record", "tell", "_tell", "_told"}  # the calls that give the journal a verb, and `act` beside them


def acts() -> Iterator[str]:
    """The verb of every act of every service."""
    for found in walk_packages(pendamping.__path__, "pendamping."):
        if ".services" in found.name and ".tests" not in found.name:
            named = (getattr(one, "verb", None) for one in vars(import_module(found.name)).values())
            yield from (verb for verb in named if isinstance(verb, str))


def test_every_deed_of_the_logbook_is_an_act_that_the_journal_can_tell() -> None:
    known = set(acts())
    assert len(known) > 50
    assert set(DEEDS) - known == set()
    assert set(DEEDS) - set(PHRASES) == set()


def test_every_deed_says_something_of_its_own_in_indonesian() -> None:
    kept = [deed.kept for deed in DEEDS.values()]
    assert len(set(kept)) == len(kept)


def sources() -> Iterator[ast.Module]:
    """The code of the apps."""
    for path in sorted(ROOT.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield ast.parse(path.read_text("utf-8"))


def calls(tree: ast.Module, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in names:
            yield node


def journaled() -> set[str]:
    """Every verb that code gives to the journal in so many words."""
    given = [node.args[0] for tree in sources() for node in calls(tree, TELLING) if node.args]
    named = {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return {one for one in named if VERB.match(one)}


def papers() -> Iterator[str]:
    """The kind of every paper that is issued: written out, or a constant of the same file."""
    for tree in sources():
        constants = {
            node.targets[0].id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant)
        }
        for node in calls(tree, {"issue"}):
            given = {one.arg: one.value for one in node.keywords}
            if "template" in given:
                kind = given["kind"]
                yield str(kind.value if isinstance(kind, ast.Constant) else constants[getattr(kind, "id", "")])


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_act_has_a_title_in_both_languages(language: str) -> None:
    known = set(acts()) | journaled()
    assert {"core.document_issued", "training.course_passed"} <= known
    with override(language):
        assert [verb for verb in sorted(known) if not phrases.sentence(verb)[:1].isupper()] == []  # a key is small


def test_every_paper_has_a_name_in_both_languages() -> None:
    assert set(papers()) == set(phrases.PAPERS)
    for kind in phrases.PAPERS:
        said = set()
        for language in ("id", "en"):
            with override(language):
                said.add(phrases.all_facts({"kind": kind})[0])
        assert len(said - {kind}) == 2, said
