"""What may be written into a curriculum, and what keeps a version from being learned: tables of cases."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pendamping.core.verdicts import Verdict
from pendamping.training.enums.curriculum import ActivityKind
from pendamping.training.rules import curriculum as rules
from pendamping.training.rules import packages, rubrics
from pendamping.training.rules.curriculum import Asks, Step, Subject


def code(verdict: Verdict) -> str | None:
    return verdict.reason.value if verdict.reason else None


PAGE = Step("Bacaan", ActivityKind.PAGE, has_text=True)


@pytest.mark.parametrize(
    ("subjects", "rule", "codes"),
    [
        ([Subject("m1", "Satu", (PAGE,))], "tasks == all", []),
        ([], "tasks == all", ["version_no_modules"]),
        ([Subject("m1", "Satu", ())], "tasks == all", ["module_empty"]),
        ([Subject("m1", "Satu", (Step("B", ActivityKind.PAGE),))], "tasks == all", ["activity_page_empty"]),
        ([Subject("m1", "Satu", (Step("B", ActivityKind.TASK, has_text=True),))], "tasks == all",
         ["activity_no_rubric"]),
        ([Subject("m1", "Satu", (Step("B", ActivityKind.SLIDES),))], "tasks == all", ["activity_no_file"]),
        ([Subject("m1", "Satu", (Step("B", ActivityKind.VIDEO),))], "tasks == all", ["activity_no_address"]),
        ([Subject("m1", "Satu", (Step("B", ActivityKind.QUIZ),))], "tasks == all", ["activity_no_quiz"]),
        ([Subject("m1", "Satu", (Step("B", ActivityKind.SESSION),))], "tasks == all", []),
        ([Subject("m1", "Satu", (Step("K", ActivityKind.QUIZ, asks=Asks(("m1",), 5)),))], "tasks == all", []),
        ([Subject("m1", "Satu", (Step("K", ActivityKind.QUIZ, asks=Asks(("m1",), 6)),))], "tasks == all",
         ["quiz_bank_short"]),
        ([Subject("m1", "Satu", (Step("K", ActivityKind.QUIZ, asks=Asks(("m1", "m2"), 5)),))], "tasks == all",
         ["quiz_bank_short"]),
        ([Subject("m1", "Satu", (PAGE,))], 'quiz("m9") >= 70', ["rule_module"]),
        ([Subject("m1", "Satu", (PAGE,))], "", ["rule_missing"]),
    ],
)  # fmt: skip
def test_what_keeps_a_version_from_being_learned(subjects: Any, rule: str, codes: list[str]) -> None:
    found = rules.missing(subjects=subjects, rule=rule, held={"m1": 5, "m2": 1})
    assert [code(one) for one in found] == codes


def test_questions_are_drawn_evenly_from_all_topics() -> None:
    assert rules.shares(["a", "b", "c"], 8) == [("a", 3), ("b", 3), ("c", 2)]


@pytest.mark.parametrize(
    ("key", "fits"), [("m05", True), ("tes-awal", True), ("M5", False), ("-a", False), ("", False)]
)
def test_key(key: str, fits: bool) -> None:
    assert bool(rules.is_key(key)) is fits


RUBRIC = "Lengkap | Complete\n0 Kosong | Empty\n2 Semua ada | All is there\n\nRapi\n0 Tidak\n1 Ya"


def test_rubric_reads_as_it_is_written() -> None:
    criteria, verdict = rubrics.read(RUBRIC)
    assert verdict
    assert criteria[0]["levels"][1] == {"points": 2, "text": {"id": "Semua ada", "en": "All is there"}}
    assert rubrics.written(criteria) == RUBRIC


@pytest.mark.parametrize("text", ["0 Kosong", "Lengkap\n0 Kosong", "Lengkap\n1 Ya\n1 Juga"])
def test_rubric_that_cannot_be_used_is_refused(text: str) -> None:
    assert code(rubrics.read(text)[1]) == "rubric_shape"


@pytest.mark.parametrize("points", [(-2, -1), (0, 1000)])
def test_points_of_a_rubric_are_from_nought_to_what_can_be_given(points: tuple[int, int]) -> None:
    levels = [{"points": one, "text": {"id": "x"}} for one in points]
    assert code(rubrics.is_whole([{"key": "a", "title": {"id": "A"}, "levels": levels}])) == "rubric_shape"


def one_module(**changes: Any) -> dict[str, Any]:
    """A whole package as data by file: what tests then break."""
    files: dict[str, Any] = {
        "manifest.json": {
            "format": packages.FORMAT, "programme": {"key": "p", "title": {"id": "Program"}},
            "course": {"key": "k", "title": {"id": "Kursus", "en": "Course"}, "pass_rule": "tasks == all"},
            "modules": ["m1"],
        },
        "m1/module.json": {"title": {"id": "Satu"}, "hours": 2, "rubric": [
            {"key": "a", "title": {"id": "A"}, "levels": [
                {"points": 0, "text": {"id": "t"}}, {"points": 1, "text": {"id": "y"}}]}]},
        "m1/questions.json": [{
            "key": f"m1-{n}", "kind": "single", "text": {"id": f"Soal {n}?", "en": "Which?"},
            "options": [{"text": {"id": one, "en": one}, "right": one == "a"} for one in "ab"],
        } for n in range(8)],
        "m1/text.id.md": "Bacaan", "m1/text.en.md": "Reading", "m1/task.id.md": "Tugas",
    }  # fmt: skip
    return {**files, **changes}


def packed(files: dict[str, Any]) -> dict[str, bytes]:
    return {
        name: said if isinstance(said, bytes) else said.encode() if isinstance(said, str) else json.dumps(said).encode()
        for name, said in files.items()
        if said is not None
    }


def test_module_folder_alone_makes_reading_quiz_and_task() -> None:
    found, faults = packages.read(packed(one_module()))
    assert faults == []
    assert found is not None
    [module] = found.modules
    assert [one.facts["kind"] for one in module.activities] == ["page", "quiz", "task"]
    assert module.activities[0].facts["body"] == {"id": "Bacaan", "en": "Reading"}
    assert module.activities[1].facts["quiz"]["number"] == 8
    assert module.activities[2].facts["rubric"][0]["levels"][1]["points"] == 1
    assert module.questions[0].facts["translations"]["en"]["text"] == "Which?"


def broken(change: Callable[[dict[str, Any]], Any]) -> list[str]:
    files = one_module()
    change(files)
    found, faults = packages.read(packed(files))
    assert found is None
    return [one.message for one in faults]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda f: f.update({"manifest.json": None}), "manifest.json"),
        (lambda f: f.update({"manifest.json": "{"}), "manifest.json"),
        (lambda f: f.update({"manifest.json": b"\xff"}), "manifest.json"),
        (lambda f: f["manifest.json"].update(format="other/1"), "manifest.json, format"),
        (lambda f: f["manifest.json"].pop("course"), "manifest.json, course"),
        (lambda f: f["manifest.json"]["course"].update(key="K!"), "manifest.json, course.key"),
        (lambda f: f["manifest.json"]["course"].update(valid_months=0), "manifest.json, course.valid_months"),
        (lambda f: f["manifest.json"]["course"].pop("pass_rule"), "manifest.json, course.pass_rule"),
        (lambda f: f["manifest.json"].update(modules=["m1", "m1"]), "manifest.json, modules"),
        (lambda f: f["manifest.json"].update(modules=["../m1"]), "manifest.json, modules[0].key"),
        (lambda f: f["manifest.json"].update(modules=[{"key": "m1", "activities": [{"key": "a", "kind": "x"}]}]),
         "manifest.json, modules[0].activities[0].kind"),
        (lambda f: f["m1/module.json"].update(hours="2"), "m1/module.json, hours"),
        (lambda f: f["m1/module.json"].update(hours=float("inf")), "m1/module.json, hours"),
        (lambda f: f["m1/module.json"].update(hours=float("nan")), "m1/module.json, hours"),
        (lambda f: f["m1/module.json"].update(hours=0.04), "m1/module.json, hours"),
        (lambda f: f["m1/module.json"].update(hours=999.96), "m1/module.json, hours"),
        (lambda f: f["m1/module.json"].update(hours=True), "m1/module.json, hours"),
        (lambda f: f.update({"m1/module.json": b'{"hours": ' + b"9" * 5000 + b"}"}), "m1/module.json, "),
        (lambda f: f["m1/module.json"].update(title={"id": "Sa\0tu"}), "m1/module.json: "),
        (lambda f: f["m1/questions.json"][0].update(text={"id": "Soal \ud800?"}), "m1/questions.json: "),
        (lambda f: f["m1/module.json"]["rubric"][0]["levels"][0].update(points=10**30), "m1/module.json, rubric"),
        (lambda f: f["m1/module.json"]["rubric"][0]["levels"][0].update(points=-1), "m1/module.json, rubric"),
        (lambda f: f["manifest.json"]["course"].update(valid_months=True), "manifest.json, course.valid_months"),
        (lambda f: f["m1/module.json"].update(title={"en": "One"}), "m1/module.json, title"),
        (lambda f: f["m1/module.json"].update(competencies=["X"]), "m1/module.json, competencies"),
        (lambda f: f.update({"m1/text.id.md": None, "m1/text.en.md": None}), "m1/text.id.md"),
        (lambda f: f["m1/questions.json"][0].update(kind="essay"), "m1/questions.json, m1-0.kind"),
        (lambda f: f["m1/questions.json"][0]["options"][0].pop("right"), "m1/questions.json, m1-0.options[0].right"),
        (lambda f: f["m1/questions.json"][0]["options"][1].update(right=True), "m1/questions.json, m1-0"),
        (lambda f: f["m1/questions.json"][1].update(key="m1-0"), "m1/questions.json, m1-0"),
        (lambda f: f["m1/questions.json"].append({**f["m1/questions.json"][0], "key": "x"}), "m1/questions.json, x: "),
        (lambda f: f["m1/questions.json"].append(7), "m1/questions.json, [8].key"),
    ],
)  # fmt: skip
def test_fault_names_file_and_field(change: Any, told: str) -> None:
    assert any(one.startswith(told) for one in broken(change)), broken(change)
