"""The curriculum that comes with the software is whole, and a city takes it in with one command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from pendamping.regions.tests import factories as places
from pendamping.training.default_curriculum import FOLDER, packages
from pendamping.training.models import Course
from pendamping.training.queries.curriculum import lacking
from pendamping.training.tests import factories as make

MODULES = sorted(path.parent for path in FOLDER.glob("*/*/module.json"))
HEADINGS = {"id": "## Contoh dari kelurahan", "en": "## An example from ward life"}
SUBJECTS = {"s1", "s2", "s3", *(f"m{number:02}" for number in range(1, 13))}


def test_three_subjects_and_twelve_modules_are_there() -> None:
    assert {path.name for path in MODULES} == SUBJECTS


@pytest.mark.parametrize("folder", MODULES, ids=lambda path: path.name)
@pytest.mark.parametrize("language", ["id", "en"])
def test_text_has_600_to_1200_words_an_example_and_its_sources(folder: Path, language: str) -> None:
    text = (folder / f"text.{language}.md").read_text("utf-8")
    assert 600 <= len(text.split()) <= 1200
    assert HEADINGS[language] in text
    assert text.rstrip().count("\n## ") >= 3
    assert 90 <= len((folder / f"task.{language}.md").read_text("utf-8").split()) <= 300


@pytest.mark.parametrize("folder", MODULES, ids=lambda path: path.name)
def test_module_has_ten_questions_with_feedback_in_both_languages(folder: Path) -> None:
    questions = json.loads((folder / "questions.json").read_text("utf-8"))
    assert len(questions) >= 10
    for one in questions:
        assert one["feedback"]["id"].strip(), one["key"]
        assert one["feedback"]["en"].strip(), one["key"]
        assert one["text"]["en"].strip(), one["key"]
    assert len(json.loads((folder / "module.json").read_text("utf-8"))["rubric"]) >= 3


def test_both_courses_are_read_without_fault() -> None:
    found = {one.course.course["key"]: len(one.course.modules) for one in packages()}
    assert found == {"pembekalan": 3, "kerja-lapangan": 12}


@pytest.mark.django_db
def test_city_takes_the_curriculum_in_with_one_command_and_not_twice(capsys: Any) -> None:
    places.city()
    call_command("import", "curriculum", "--as", make.manager().username)
    assert not Course.objects.exists()
    call_command("import", "curriculum", "--as", make.manager().username, "--write", "--publish")
    for course in Course.objects.all():
        version = course.versions.get()
        assert (version.state, lacking(version)) == ("published", [])
        assert course.bank.questions.count() >= 10 * version.modules.count()
    purposes = (
        Course.objects.get(key="pembekalan").versions.get().modules.values_list("activities__quiz__purpose", flat=True)
    )
    assert {"before", "after", "check"} <= set(purposes)
    with pytest.raises(CommandError):
        call_command("import", "curriculum", "--as", make.manager().username, "--write", "--publish")
    assert [course.versions.count() for course in Course.objects.all()] == [1, 1]
