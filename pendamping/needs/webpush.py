"""Notices to browsers: encrypted for the browser alone (RFC 8291), signed as ours (VAPID, RFC 8292)."""

from __future__ import annotations

import base64
import functools
import json
import os
import time
from http.client import HTTPException
from typing import Any
from urllib import request
from urllib.error import HTTPError
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from pendamping.needs.letters import Gone, Letter
from pendamping.needs.rules.push import read

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256
_RECORD = 4096
WAITS = 10  # seconds for the push service
KEPT = 86400  # seconds that it keeps a notice for a phone that is off
_LONGEST = 200  # characters of a title: phones show no more


def send(address: str, letter: Letter) -> None:
    """One notice: its subject and where to read on; no words of a thread stand on a locked screen.

    Raises Gone when the browser has taken its yes back, OSError when the service could not be reached.
    """
    known = json.loads(address)
    words = json.dumps({"title": letter.subject[:_LONGEST], "path": letter.path}, ensure_ascii=False)
    body = sealed(words.encode(), key=read(known["key"]), secret=read(known["secret"]))
    headers = {
        "Authorization": f"vapid t={_token(known['endpoint'])}, k={public_key()}", "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream", "TTL": str(KEPT), "Urgency": "normal",
    }  # fmt: skip
    try:
        with _opener().open(request.Request(known["endpoint"], body, headers), timeout=WAITS):  # noqa: S310 (rules/push.py)
            pass
    except HTTPError as answer:
        answer.close()
        if answer.code in (404, 410):
            raise Gone from None
        raise OSError(f"the push service answers {answer.code}") from None
    except HTTPException:
        raise OSError("the push service does not speak HTTP") from None  # its words may quote the address


def sealed(
    words: bytes, *, key: bytes, secret: bytes, salt: bytes | None = None, own: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """The words as only the browser with this key can read them; `salt` and `own` are fresh but for tests."""
    salt, own = salt or os.urandom(16), own or ec.generate_private_key(ec.SECP256R1())
    point = _point(own.public_key())
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key))
    both = _derived(shared, secret, b"WebPush: info\0" + key + point, 32)
    cipher = AESGCM(_derived(both, salt, b"Content-Encoding: aes128gcm\0", 16))
    inside = cipher.encrypt(_derived(both, salt, b"Content-Encoding: nonce\0", 12), words + b"\2", None)
    return salt + _RECORD.to_bytes(4, "big") + bytes([len(point)]) + point + inside


def public_key() -> str:
    """What a browser is told to whom it says yes."""
    return _written(_point(_vapid().public_key()))


def _token(endpoint: str) -> str:
    """The signed word that it is us, for this service, for half a day (ES256)."""
    to = urlsplit(endpoint)
    claims = {"aud": f"{to.scheme}://{to.netloc}", "exp": int(time.time()) + 43200, "sub": _subject()}
    head = _written(json.dumps({"typ": "JWT", "alg": "ES256"}).encode())
    said = f"{head}.{_written(json.dumps(claims).encode())}"
    r, s = decode_dss_signature(_vapid().sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{said}.{_written(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _subject() -> str:
    site: str = settings.SITE_URL
    return site if site.startswith("https://") else f"mailto:{settings.DEFAULT_FROM_EMAIL}"


def _vapid() -> ec.EllipticCurvePrivateKey:
    return _private(settings.PUSH_KEY)


@functools.lru_cache(maxsize=2)
def _private(secret: str) -> ec.EllipticCurvePrivateKey:
    """The site's key pair, drawn from its secret: always the same, or every browser would have to say yes again."""
    drawn = _derived(secret.encode(), b"", b"pendamping/push", 48)
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def _derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(material)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _written(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class _Stays(request.HTTPRedirectHandler):
    """A push service that sends us elsewhere is not followed."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _opener() -> request.OpenerDirector:
    return request.build_opener(_Stays)
