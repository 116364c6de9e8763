"""Gates before verbs: a right that is held, but asks for something more today. Apps above say what opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from pendamping.access.scope import Scope
from pendamping.access.verbs import READS, Verb
from pendamping.core.moments import day


@dataclass(frozen=True)
class Shut:
    """Why a verb is shut for somebody today (id: syarat yang belum terpenuhi), and the way on.

    `href` leads to one's own page, which asks for no verb: a gate never leads to another gate.
    """

    code: str
    message: str
    basis: str
    href: str
    action: str


Asker = Callable[[Scope, Verb, date], Shut | None]
_askers: list[Asker] = []


def register(asker: Asker) -> None:
    """Ask this function before a verb is used. One query at most: every act passes here."""
    if asker not in _askers:
        _askers.append(asker)


def shut(request: HttpRequest, verb: Verb) -> Shut | None:
    """What keeps the person of this request from `verb` today; None: nothing. Asked once per request and verb."""
    known: dict[Verb, Shut | None] = request.__dict__.setdefault("_gates", {})
    if verb not in known:
        known[verb] = _asked(request, verb)
    return known[verb]


def shut_for_page(request: HttpRequest, verb: Verb) -> Shut | None:
    """The same for a page: asked when it acts, and when it exists only to act (its verb is not one of READS)."""
    return None if verb in READS else shut(request, verb)


def _asked(request: Any, verb: Verb) -> Shut | None:
    scope: Scope = request.scope
    if scope.viewer is not None or scope.account is None:  # who looks through somebody's eyes acts on nothing
        return None
    today = day(timezone.now())
    return next((found for ask in _askers if (found := ask(scope, verb, today)) is not None), None)
