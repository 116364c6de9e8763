"""The record of processing (UU 27/2022, article 31): what every field that can hold words is, app by app.

Each app has a `privacy.py` with PERSONAL (field → Personal) and PLAIN (fields that hold no personal data). A test fails
on a field that is in neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from django.apps import apps
from django.db import models

WORDS = ("CharField", "TextField", "JSONField", "EmailField", "BinaryField", "FileField", "DecimalField", "UUIDField")
EVERYWHERE = frozenset({"uid", "code", "region_path", "city_path", "district_path", "ward_path"})
Class = Literal["general", "specific", "pseudonymous", "masked"]


@dataclass(frozen=True)
class Personal:
    """What is kept about people in one field (id: data pribadi)."""

    kind: Class
    purpose: str
    basis: str
    retention: str
    recipients: str


def declared(app: str) -> tuple[dict[str, Personal], frozenset[str]]:
    """The declarations of an app: "Model.field" → Personal, and the plain ones."""
    module = import_module(f"pendamping.{app}.privacy")
    return module.PERSONAL, module.PLAIN


def fields() -> Iterator[tuple[str, str]]:
    """Every field of our models that can hold words: (app, "Model.field")."""
    for model in apps.get_models():
        if model.__module__.startswith("pendamping") and not model._meta.auto_created:
            for field in model._meta.concrete_fields:
                if _holds_words(field):
                    yield model._meta.app_label, f"{model.__name__}.{field.name}"


def _holds_words(field: models.Field) -> bool:  # type: ignore[type-arg]
    known = field.name in EVERYWHERE or field.choices
    return field.get_internal_type() in WORDS and not known
