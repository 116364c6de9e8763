"""How often something may be tried: counted in the database, exactly, also when sixty-four people try at once."""

from __future__ import annotations

import ipaddress
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from pendamping.access.models import Attempt
from pendamping.core.commits import unhurried

_TIDY_EVERY = 500  # rows made between two clean-ups of windows that have passed


def allow(key: str, *, limit: int, seconds: int, at: datetime) -> int | None:
    """Count one try under `key`. None: go on. A number: refused, wait so many seconds.

    Counting and reading are one statement, so two tries never see the same count. The window is fixed: it begins
    anew every `seconds`. Neither the key nor what is in it (an address, a name) is kept, only its keyed hash. A power
    cut may forget the last tries.
    """
    now = int(at.timestamp())
    ends = (now // seconds + 1) * seconds
    with unhurried(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_attempt (key, ends, count) VALUES (%s, %s, 1) "
            "ON CONFLICT (key, ends) DO UPDATE SET count = access_attempt.count + 1 RETURNING id, count",
            [_hidden(f"{seconds}:{key}"), ends],
        )
        row, count = cursor.fetchone()
    if count == 1 and row % _TIDY_EVERY == 0:
        purge(at)
    return None if count <= limit else ends - now


def forget(key: str, *, seconds: int) -> None:
    """Begin anew for a key: somebody proved who they are."""
    Attempt.objects.filter(key=_hidden(f"{seconds}:{key}")).delete()


def purge(at: datetime) -> int:
    """Delete the windows that have passed; returns how many rows went."""
    return Attempt.objects.filter(ends__lte=int(at.timestamp())).delete()[0]


def client_address(request: HttpRequest) -> str:
    """The sender's address as far as it can be trusted: what the outermost of our own proxies saw.

    Without proxies that is the connection itself; X-Forwarded-For is then only a claim and not read.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_COUNT:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.PROXY_COUNT:
            seen = hops[-settings.PROXY_COUNT]
    return connection_of(seen) or "unknown"


def connection_of(seen: str) -> str | None:
    """An address as it is counted; None when it is none. A household or office usually holds a whole IPv6 /64."""
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((int(address), 64), strict=False))
    return str(address)


def _hidden(key: str) -> str:
    return salted_hmac("pendamping.access.throttle", key, algorithm="sha256").hexdigest()
