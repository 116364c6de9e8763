"""The nouns: named in both languages, held together by the database, pointing upstream."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
OURS = [model for model in apps.get_models() if model.__module__.startswith("pendamping.")]
IDS = [model._meta.label for model in OURS]
WORD = re.compile(r"\(id: ([^)]+)\)")

# A relation whose rows may go with, or outlive, what they point to; everything else is PROTECT.
FREE = {
    "access.Passkey.user": "CASCADE",
}


def layers() -> dict[str, int]:
    """How high each app stands, from the contract of import-linter."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    rows = next(contract["layers"] for contract in contracts if contract.get("containers") == ["pendamping"])
    return {name.strip(): height for height, row in enumerate(reversed(rows)) for name in row.split("|")}


def glossary() -> dict[str, str]:
    """Indonesian words and the app each belongs to."""
    rows = [line.strip("| \n").split("|") for line in (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()]
    return {row[1].strip(): row[3].strip() for row in rows if len(row) == 4}


def relations(model: type[models.Model]) -> list[models.ForeignKey]:  # type: ignore[type-arg]
    return [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]


def test_there_are_nouns() -> None:
    assert len(OURS) > 20


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_every_noun_says_its_indonesian_word_and_the_glossary_knows_it(model: type[models.Model]) -> None:
    if model._meta.auto_created:
        return
    found = WORD.search(inspect.getdoc(model) or "")
    assert found, f"{model.__name__} needs (id: kata) in its docstring"
    assert glossary().get(found[1].strip()) == model._meta.app_label


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_references_point_upstream(model: type[models.Model]) -> None:
    height = layers()
    for field in relations(model):
        target = field.related_model
        assert inspect.isclass(target)
        if target.__module__.startswith("pendamping."):
            assert height[target._meta.app_label] <= height[model._meta.app_label], str(field)


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_what_others_point_to_cannot_be_deleted_under_them(model: type[models.Model]) -> None:
    if model._meta.auto_created:
        return
    for field in relations(model):
        rule = field.remote_field.on_delete.__name__  # type: ignore[union-attr]
        assert rule == FREE.get(str(field), "PROTECT"), str(field)


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_every_table_guards_itself(model: type[models.Model]) -> None:
    """A constraint, or a unique column besides the key: what must always be true, the database knows."""
    alone = any(field.unique and not field.primary_key for field in model._meta.local_fields)
    key = model._meta.pk
    assert model._meta.constraints or model._meta.unique_together or alone or not isinstance(key, models.AutoField)


def test_a_region_bound_record_keeps_its_path() -> None:
    from pendamping.regions.models import RegionBound

    bound = [model for model in OURS if issubclass(model, RegionBound)]
    assert len(bound) > 5
    for model in bound:
        assert model._meta.get_field("region_path").db_index or any(
            "ward_path" in index.fields[0] or "region_path" in index.fields[0] for index in model._meta.indexes
        ), model.__name__
