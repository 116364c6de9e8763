"""What the worker does by itself, over and over: today's checkpoint of the journal."""

from __future__ import annotations

import logging
import threading
import time

from django.db import DatabaseError, connection
from django.utils import timezone

from pendamping.core import journal
from pendamping.core.moments import day

EVERY = 3600.0  # seconds; the first round of a day makes its checkpoint, the others find it there

log = logging.getLogger(__name__)


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
    """Gather the heads of all chains for today; a database that is away is asked again at the next round."""
    try:
        journal.checkpoint(day(timezone.now()))
    except DatabaseError:
        log.exception("no checkpoint this time")
    finally:
        connection.close()
