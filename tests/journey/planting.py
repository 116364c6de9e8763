"""Words of a person, put in front of whatever is written: what every test of what stays begins with."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings

NIK, PHONE, NAME = "3401987012540007", "0812-3456-7890", "Sumirah Rekaan"
PLANT = f"{PHONE}, NIK {NIK}, a.n. {NAME}; " + "Pak Edi " * 30
Act = tuple[Any, str, Callable[..., Any]]  # a module, the name of an act in it, the act


def plant(
    monkeypatch: pytest.MonkeyPatch, acts: Iterable[Act], written: Callable[[Callable[..., Any]], list[str]]
) -> set[str]:
    """Every act gets them in the arguments that `written` names; the set fills with the acts that were done.

    All pages are loaded first: one that is loaded meanwhile would hold the planted act for the tests that follow.
    """
    import_module(settings.ROOT_URLCONF)
    done: set[str] = set()

    def with_person(act: Callable[..., Any]) -> Callable[..., Any]:
        words = written(act)

        @functools.wraps(act)
        def call(**given: Any) -> Any:
            done.add(act.__name__)
            return act(**{**given, **{word: f"{PLANT}{given.get(word, '')}" for word in words}})

        return call

    for module, name, act in list(acts):
        monkeypatch.setattr(module, name, with_person(act))
    return done
