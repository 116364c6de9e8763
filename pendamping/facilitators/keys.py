"""The applicant's way back: a code anybody may know and a key shown once, of which only a keyed digest is kept."""

from __future__ import annotations

import hmac
import re
import secrets
import uuid

from django.utils.crypto import salted_hmac

from pendamping.core.codes import ALPHABET
from pendamping.facilitators.models import Application

LENGTH = 16  # of 32 signs each: 80 bits
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_key() -> str:
    """A fresh key as people copy it: "7K3Q-XM2P-0A9V-CD4T"."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def key_of(op: uuid.UUID | None) -> str:
    """The key for one sending of the first form: the same when it is sent twice, a fresh one without an operation."""
    if op is None:
        return new_key()
    digest = salted_hmac("pendamping.facilitators.key", str(op), algorithm="sha256").digest()
    return _grouped("".join(ALPHABET[byte % 32] for byte in digest[:LENGTH]))


def _grouped(signs: str) -> str:
    return "-".join(signs[place : place + 4] for place in range(0, LENGTH, 4))


def read_key(typed: str) -> str:
    """What somebody typed as the key it means: case, spaces, I/1 and O/0 mended."""
    return re.sub(r"[\s\-.–]", "", typed).upper().translate(_MISREAD)[:64]


def hash_key(key: str) -> str:
    """What is kept of a key."""
    return salted_hmac("pendamping.facilitators.secret", read_key(key), algorithm="sha256").hexdigest()


def opens(application: Application, key: str) -> bool:
    """Is this the key of the application? Compared in constant time."""
    return bool(application.secret_hash) and hmac.compare_digest(application.secret_hash, hash_key(key))


def mail_token(application: Application, email: str) -> str:
    """What the link in the e-mail carries: only who reads that mailbox knows it. Another address, another token."""
    said = f"{application.uid}:{application.secret_hash}:{email.strip().lower()}"
    return salted_hmac("pendamping.facilitators.mail", said, algorithm="sha256").hexdigest()[:32]


def mail_code(application: Application, email: str) -> str:
    """The same as six digits, to be typed."""
    return f"{int(mail_token(application, email), 16) % 1_000_000:06d}"
