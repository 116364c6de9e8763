"""The keys that sign credentials: the secret half derived from the installation's secret, only the public half is kept.

Key number n is HKDF-SHA256 of the master secret (settings.FIELD_KEY, see core/secrets) with n in its label: a backup
of that one secret is a backup of all keys. A retired key signs nothing more; its public half stays at its address, so
what it signed can be verified for ever.
"""

from __future__ import annotations

import functools
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from pendamping.core.errors import Refused
from pendamping.training.enums.certificates import Reason
from pendamping.training.models import SigningKey
from pendamping.training.rules import badges


def current(at: datetime) -> SigningKey:
    """The key that signs today; the first is made when first wanted. Refused: the secret is not the one it was."""
    found = SigningKey.objects.filter(retired_at__isnull=True).order_by("-number").first()
    if found is None:
        return rotate(at)
    if found.public != _public(found.number):
        raise Refused(Reason.KEY_LOST)
    return found


def rotate(at: datetime) -> SigningKey:
    """A new key signs from now on; what earlier ones signed stays verifiable. Call it in a transaction."""
    last = SigningKey.objects.order_by("-number").first()
    SigningKey.objects.filter(retired_at__isnull=True).update(retired_at=at)
    number = last.number + 1 if last else 1
    return SigningKey.objects.create(created_at=at, number=number, public=_public(number))


def sign(payload: dict[str, Any], key: SigningKey) -> str:
    """A compact JWS with EdDSA."""
    text = badges.to_be_signed(payload, key=key_address(key))
    return f"{text}.{badges.base64url(_secret(key.number).sign(text.encode()))}"


def key_address(key: SigningKey) -> str:
    """Where the public half is found: the `kid` of what it signed."""
    return site("signing_key", key.number)


def site(name: str, *args: Any) -> str:
    """Whole and without a language: what is signed must not depend on who looked."""
    with translation.override("id"):
        return settings.SITE_URL.rstrip("/") + reverse(f"training:{name}", args=args)


def _public(number: int) -> str:
    return badges.base64url(_secret(number).public_key().public_bytes_raw())


def _secret(number: int) -> Ed25519PrivateKey:
    return _derived(settings.FIELD_KEY, number)


@functools.lru_cache(maxsize=8)
def _derived(master: str, number: int) -> Ed25519PrivateKey:
    label = f"pendamping/training/signing/{number}".encode()
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(master.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)
