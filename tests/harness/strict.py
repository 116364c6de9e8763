"""Makes silent mistakes loud: an undefined template variable, a connection to the outside, a language left behind."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.signals import reset_template_engines
from django.utils import translation

OURS = str(Path(__file__).resolve().parents[2] / "pendamping")
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


class UndefinedVariable(AssertionError):
    """One of our templates shows a variable that nobody gave it."""


class _Loud(str):
    """Stands for `string_if_invalid`; Django asks it for its text when a variable is missing."""

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, missing: Any) -> str:
        context = sys._getframe(1).f_locals.get("context")
        template = getattr(context.render_context, "template", None) if context is not None else None
        name = str(getattr(getattr(template, "origin", None), "name", ""))
        if name.startswith(OURS):
            raise UndefinedVariable(f"{name.removeprefix(OURS + '/')}: {missing} is undefined")
        return ""


@pytest.fixture(autouse=True, scope="session")
def _loud_templates() -> None:
    """Written into the settings: a test that changes DEBUG or the apps has Django build its engines anew from them."""
    for engine in settings.TEMPLATES:
        engine.setdefault("OPTIONS", {})["string_if_invalid"] = _Loud("%s")
    reset_template_engines(setting="TEMPLATES")


@pytest.fixture(autouse=True, scope="session")
def _transactions_outlive_answers() -> Iterator[None]:
    """The end of an answer drops a connection that is inside a transaction: here that transaction is the test's own."""
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def unless_in_a_test(self: BaseDatabaseWrapper) -> None:
        if not self.in_atomic_block:
            close(self)

    patch = pytest.MonkeyPatch()
    patch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", unless_in_a_test)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _speaks_indonesian() -> None:
    """A page leaves its language behind in the thread: each test begins in the site's, whatever ran before it."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Only loopback may be reached: a test that needs the net is a test of the net."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, _guarded(name, getattr(socket.socket, name)))
    yield
    patch.undo()


def _guarded(name: str, real: Any) -> Any:
    def call(self: socket.socket, *args: Any) -> Any:
        address = args[-1]
        outside = self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK)
        if outside:
            raise AssertionError(f"a test tried to reach {address}")
        return real(self, *args)

    call.__name__ = name
    return call
