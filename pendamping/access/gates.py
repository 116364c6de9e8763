"""Gates before verbs: a right that is held, but asks for something more today. Apps above say what opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

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


class Closed(Exception):
    """Raised inside a page when the act it was asked for is shut; `page` answers with why and the way on."""

    def __init__(self, shut: Shut) -> None:
        self.shut = shut
        super().__init__(shut.message)


Ask = Callable[[Verb], Shut | None]
Asker = Callable[[Scope, date], Ask]
_askers: list[Asker] = []


def register(asker: Asker) -> None:
    """Ask this before a verb is used: begun once per request, then asked verb by verb, in two queries at most."""
    if asker not in _askers:
        _askers.append(asker)


def shut(request: HttpRequest, verb: Verb) -> Shut | None:
    """What keeps the person of this request from `verb` today; None: nothing, or it only reads."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    if verb in READS or scope.viewer is not None or scope.account is None:
        return None  # who looks through somebody's eyes acts on nothing
    asks: list[Ask] | None = request.__dict__.get("_gates")
    if asks is None:
        today = day(timezone.now())
        asks = request.__dict__["_gates"] = [begin(scope, today) for begin in _askers]
    return next((found for ask in asks if (found := ask(verb)) is not None), None)


def pass_through(request: HttpRequest, verb: Verb) -> None:
    """For a page that reads and also takes acts of other verbs: Closed when this one is shut."""
    found = shut(request, verb)
    if found is not None:
        raise Closed(found)
