"""A ticket in an address opens one thing for a quarter of an hour; what a log kept of it then opens nothing."""

from __future__ import annotations

from django.core.signing import BadSignature, TimestampSigner

SECONDS = 900


def issue(thing: str, *, purpose: str) -> str:
    """What opens the thing of this name (code, file name) from now on; no ticket of one purpose serves another."""
    return TimestampSigner(salt=purpose).sign(thing).removeprefix(f"{thing}:")


def is_fresh(thing: str, ticket: str, *, purpose: str) -> bool:
    """Was this ticket issued for this thing less than a quarter of an hour ago?"""
    try:
        TimestampSigner(salt=purpose).unsign(f"{thing}:{ticket}", max_age=SECONDS)
    except BadSignature:
        return False
    return True
