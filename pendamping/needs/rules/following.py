"""When somebody who follows is written to, and what is taken as an address."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.needs.enums.contacts import ContactKind, Reason

FIRST_HOUR, LAST_HOUR = 6, 21  # of the site's day: nobody is woken by a daily letter
FOLLOWED_MOST = 50  # things one address may follow
UNCONFIRMED = timedelta(days=7)  # an address nobody confirmed is forgotten
UNWANTED = timedelta(days=180)  # so long nobody has letters sent to an address whose reader never asked for one
REFUSED = timedelta(days=1)  # a mailbox that refused is tried again so much later …
REFUSALS_MOST = 3  # … and forgotten when it refuses so often, with no letter taken between
SILENCE = timedelta(days=730)  # 24 months: UU 27/2022, kept no longer than it serves

_MAIL = re.compile(r"[^@\s,;<>\"()\\]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}")


def tidy(kind: str, address: str) -> str:
    """An address as it is kept: the same mailbox is the same word."""
    address = address.strip()
    return address.lower() if kind == ContactKind.EMAIL else address


def may_keep(*, kind: str, address: str, has_mail: bool) -> Verdict:
    """Is this an address of that kind? A mailbox is only looked at for its shape; the letter proves it."""
    if kind == ContactKind.EMAIL and not has_mail:
        return refused(Reason.NO_MAIL, field="contact")
    fits = _MAIL.fullmatch(address) if kind == ContactKind.EMAIL else address
    return ALLOWED if fits and len(address) <= 2000 else refused(Reason.ADDRESS_BROKEN, field="contact")


def rests(*, refused_at: datetime | None, at: datetime) -> bool:
    """Is a mailbox left alone, because it refused a letter less than a day ago?"""
    return refused_at is not None and at - refused_at < REFUSED


def may_follow(*, followed: int) -> Verdict:
    """May an address that follows so many things follow one more?"""
    return ALLOWED if followed < FOLLOWED_MOST else refused(Reason.TOO_MANY_FOLLOWED, most=FOLLOWED_MOST)


def is_time(*, at_once: bool, last: date | None, today: date, hour: int) -> bool:
    """Is a letter due? At once when asked for; otherwise one a day, by day; `hour` is that of the site's day."""
    return at_once or (FIRST_HOUR <= hour < LAST_HOUR and (last is None or last < today))
