"""Which notices of a browser are taken: only addresses of the push services that browsers use, with whole keys."""

from __future__ import annotations

import base64
import binascii
import json
from urllib.parse import urlsplit

# Whoever subscribes names the address that this server will call; anything else could be a machine behind the wall.
SERVICES = (
    "fcm.googleapis.com",  # Chrome, Edge on Android, Samsung Internet, Opera
    "updates.push.services.mozilla.com",  # Firefox
    "web.push.apple.com",  # Safari
)
SERVICES_OF = (".notify.windows.com", ".push.apple.com")  # Edge, Safari: one host per region
POINT, SECRET = 65, 16  # bytes of a browser's key and of its shared secret (RFC 8291)


def subscription(endpoint: str, key: str, secret: str) -> str | None:
    """A browser's subscription as it is kept, the same for the same browser; None for what is none."""
    try:
        found = urlsplit(endpoint)
        host, port = found.hostname or "", found.port
    except ValueError:
        return None
    known = host in SERVICES or host.endswith(SERVICES_OF)
    plain = found.scheme == "https" and port is None and "@" not in found.netloc and len(endpoint) <= 1000
    if not (known and plain and _size(key) == POINT and _size(secret) == SECRET):
        return None
    return json.dumps({"endpoint": endpoint, "key": key, "secret": secret}, sort_keys=True)


def _size(typed: str) -> int:
    try:
        return len(read(typed))
    except (ValueError, binascii.Error):
        return 0


def read(typed: str) -> bytes:
    """Base64 as browsers write it, without its tail of equals signs."""
    return base64.b64decode(typed + "=" * (-len(typed) % 4), altchars=b"-_", validate=True)
