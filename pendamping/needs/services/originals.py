"""How something read or looked before it was edited: sealed under a key of its own, until its time is over."""

from __future__ import annotations

import functools
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction

from pendamping.access.models import Account
from pendamping.core.models import Photo
from pendamping.core.personal.crypt import decrypt, decrypt_bytes, encrypt, encrypt_bytes, new_subject_key
from pendamping.needs.models import Message, Need, Original, Voice

KEPT = timedelta(days=730)  # 24 months, as the record of processing says (privacy/moderation.py)
FIELD = "original"


@dataclass(frozen=True)
class Opened:
    """An original as it is read once (id: naskah asli yang dibuka)."""

    words: dict[str, str]
    picture: bytes = b""


def _sealed() -> Storage:
    return storages["evidence"]


def seal_words(
    voice: Voice, words: dict[str, str], *, by: Account, at: datetime, message: Message | None = None
) -> Original:
    """Seal words before they are replaced."""
    key = new_subject_key()
    cipher = encrypt(json.dumps(words, ensure_ascii=False), subject_key=key, field=FIELD)
    return Original.objects.create(
        voice=voice, message=message, subject_key=key, text_cipher=cipher, edited_by=by, created_at=at
    )


def seal_picture(record: Voice | Need, photo: Photo, *, by: Account, at: datetime) -> Original:
    """Seal a picture before its files are deleted."""
    key = new_subject_key()
    with photo.file.open("rb") as stored:
        cipher = encrypt_bytes(stored.read(), subject_key=key, field=FIELD)
    name = _sealed().save(f"asli/{secrets.token_urlsafe(16)}", ContentFile(cipher))
    return Original.objects.create(
        photo=photo, subject_key=key, file_name=name, edited_by=by, created_at=at, **of(record)
    )


def of(record: Voice | Need) -> dict[str, Voice | Need]:
    """What an original or a redaction belongs to, as its columns say it."""
    return {"need" if isinstance(record, Need) else "voice": record}


def read(original: Original) -> Opened:
    """The original in the clear. Whether it may be opened, the act `open_original` asked."""
    key = bytes(original.subject_key or b"")
    if original.file_name:
        with _sealed().open(original.file_name, "rb") as stored:
            return Opened({}, decrypt_bytes(stored.read(), subject_key=key, field=FIELD))
    return Opened(json.loads(decrypt(bytes(original.text_cipher or b""), subject_key=key, field=FIELD)))


def destroy_old(at: datetime) -> int:
    """Destroy the keys, words and pictures whose time is over; returns how many. Done again it finds none."""
    old = Original.objects.filter(destroyed_at__isnull=True, created_at__lte=at - KEPT)
    done = 0
    for original in old.iterator():
        name = original.file_name
        with transaction.atomic():
            Original.objects.filter(pk=original.pk).update(
                subject_key=None, text_cipher=None, file_name="", destroyed_at=at
            )
            if name:
                transaction.on_commit(functools.partial(_sealed().delete, name))
        done += 1
    return done
