"""What the worker does by itself, over and over: today's checkpoint of the journal, and the rounds of the apps."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, connection
from django.utils import timezone

from pendamping.core import journal
from pendamping.core.moments import day

Round = Callable[[datetime], object]
_others: list[Round] = []
EVERY = 3600.0  # seconds; the first round of a day makes its checkpoint, the others find it there

log = logging.getLogger(__name__)


def register(one: Round) -> None:
    """Go round with this too, every hour: it must be safe to do again, and say by itself what is due."""
    if one not in _others:
        _others.append(one)


def start() -> threading.Thread:
    """Go round in a thread that ends with the process."""
    thread = threading.Thread(target=_go, name="rounds", daemon=True)
    thread.start()
    return thread


def _go() -> None:
    while True:
        one_round()
        time.sleep(EVERY)


def one_round() -> None:
    """Gather the heads of all chains for today, and do what others asked for; what fails is tried at the next round."""
    now = timezone.now()
    try:
        try:
            journal.checkpoint(day(now))
        except DatabaseError:
            log.exception("no checkpoint this time")
        for other in _others:
            try:
                other(now)
            except Exception:  # one that fails must not keep the others from their work
                log.exception("%s did not go round this time", getattr(other, "__name__", other))
    finally:
        connection.close()
