"""Personal fields at rest: one key per subject, wrapped by the master key; a keyed index for matching.

Destroying a subject's wrapped key makes everything encrypted under it unreadable, in old backups too. A plain hash
would not do for matching: all NIK of a district are tried in minutes.
"""

from __future__ import annotations

import functools
import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12
_VERSION = b"\x01"


class Unreadable(Exception):
    """The key is not the one, or the bytes were changed."""


def new_subject_key() -> bytes:
    """A fresh key for one person, wrapped: keep this beside the person, destroy it to forget them."""
    return _seal(_derived("wrap"), os.urandom(32), b"subject-key")


def encrypt(text: str, *, subject_key: bytes, field: str) -> bytes:
    """The field's text, readable only with this subject's key and for this field's name."""
    return _seal(_open(_derived("wrap"), subject_key, b"subject-key"), text.encode(), field.encode())


def decrypt(sealed: bytes, *, subject_key: bytes, field: str) -> str:
    """The text again; Unreadable when key, field or bytes are not the right ones."""
    return _open(_open(_derived("wrap"), subject_key, b"subject-key"), sealed, field.encode()).decode()


def encrypt_bytes(data: bytes, *, subject_key: bytes, field: str) -> bytes:
    """A file, readable only with this subject's key: forgotten with it, in old backups too."""
    return _seal(_open(_derived("wrap"), subject_key, b"subject-key"), data, field.encode())


def decrypt_bytes(sealed: bytes, *, subject_key: bytes, field: str) -> bytes:
    """The file again; Unreadable when key, field or bytes are not the right ones."""
    return _open(_open(_derived("wrap"), subject_key, b"subject-key"), sealed, field.encode())


def blind_index(value: str, *, purpose: str) -> str:
    """A keyed digest of an already normalised value: equal values meet, nobody without the key can try numbers."""
    return hmac.new(_derived("index"), f"{purpose}\0{value}".encode(), sha256).hexdigest()


def last_four(value: str) -> str:
    """How a number is shown to those who may not see it: "•••• 0007"."""
    return f"•••• {value[-4:]}" if len(value) >= 8 else "••••"


def _seal(key: bytes, plain: bytes, about: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, about)


def _open(key: bytes, sealed: bytes, about: bytes) -> bytes:
    sealed = bytes(sealed)  # PostgreSQL gives a memoryview
    if sealed[:1] != _VERSION:
        raise Unreadable("unknown format")
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], about)
    except (InvalidTag, ValueError) as problem:
        raise Unreadable("wrong key or changed bytes") from problem


def _derived(purpose: str) -> bytes:
    return _derive(settings.FIELD_KEY, purpose)


@functools.lru_cache(maxsize=8)
def _derive(master: str | bytes, purpose: str) -> bytes:
    """Two keys from one master, so that the index key never encrypts."""
    material = master if isinstance(master, bytes) else master.encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"pendamping/{purpose}".encode()).derive(material)
