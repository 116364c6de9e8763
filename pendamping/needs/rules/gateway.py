"""Messages of the phone: which deliveries are opened, and what people mean by a few fixed words."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.needs.enums.conversations import Solved
from pendamping.needs.enums.gateway import Delivery, Inbox

WINDOW = 300  # seconds a delivery may be old or early: long enough for slow networks, too short for a thief
WAITS = timedelta(days=3)  # what waits for its place
WAITING_MOST = 5  # messages without a place, before we say that we cannot find it
QUIET = timedelta(days=7)  # of somebody who follows nothing: then the address is forgotten
KEPT = timedelta(days=365)  # the words of messages

_STOP = frozenset({"berhenti", "stop", "unsubscribe", "batal"})
_SECRET = re.compile(r"^\W*(?:rahasia|secret)\b[\s:,.\-–]*", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:halo|hallo|hai|hi|hello|p|ping|tes|test|assalamu\W?alaikum|ass|sampurasun|punten|permisi|info|menu|start"
    r"|selamat (?:pagi|siang|sore|malam))(?: (?:min|admin|pak|bu|kak|semua|wr|wb|warahmatullahi|wabarakatuh))*"
)  # fmt: skip
_SOLVED = {
    Solved.YES: {"ya", "iya", "sudah", "beres", "selesai", "yes", "enggeus", "atos"},
    Solved.PARTLY: {"sebagian", "partly"},
    Solved.NO: {"tidak", "belum", "no", "henteu", "teu acan", "nggak", "gak"},
}


def signature(key: str, timestamp: str, body: bytes) -> str:
    """What a delivery carries: HMAC-SHA256 over the time, a dot and the body as it came, in hexadecimals."""
    return hmac.new(key.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def may_open(*, key: str, timestamp: str, body: bytes, signed: str, now: float) -> Verdict:
    """Does a delivery come from the gateway, just now? `now` and `timestamp` are seconds since 1970."""
    if not key or not hmac.compare_digest(signature(key, timestamp, body).encode(), signed.encode()):
        return refused(Delivery.NOT_SIGNED)
    if not re.fullmatch(r"\d{1,12}", timestamp) or abs(now - int(timestamp)) > WINDOW:
        return refused(Delivery.TOO_OLD)
    return ALLOWED


def may_place(*, is_there: bool) -> Verdict:
    """May somebody say where a message belongs? While it is there without a place."""
    return ALLOWED if is_there else refused(Inbox.PLACED)


def is_stop(text: str) -> bool:
    """Wants somebody no more messages?"""
    return _bare(text) in _STOP


def is_greeting(text: str) -> bool:
    """Is nothing said yet?"""
    return not _bare(text) or _GREETING.fullmatch(_bare(text)) is not None


def is_secret(text: str) -> bool:
    """Is it about a person, as they say by their first word?"""
    return _SECRET.match(text) is not None


def without_secret(text: str) -> str:
    """The words without that one."""
    return _SECRET.sub("", text, count=1)


def solved_in(text: str) -> Solved | None:
    """Yes, in part or no, when that is all that is said."""
    bare = _bare(text)
    return next((answer for answer, words in _SOLVED.items() if bare in words), None)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
