"""An address is kept sealed, confirmed by whoever reads it, and forgotten."""

from __future__ import annotations

import hmac
import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.crypto import salted_hmac

from pendamping.core import mail
from pendamping.core.personal import crypt
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.models import Contact, Following, GatewayMessage, Notice
from pendamping.needs.rules import following as rules

ADDRESS = "contact"  # what an address is sealed under


def digest_of(kind: str, address: str) -> str:
    """What an address is found by again: keyed, so that nobody can try addresses."""
    return crypt.blind_index(rules.tidy(kind, address), purpose=f"needs.contact.{kind}")


def reach(*, kind: ContactKind, address: str, at: datetime, is_proven: bool = False) -> Contact:
    """The contact of an address, found or added sealed (id: kontak warga); within the act of somebody who gave it.

    `is_proven`: it wrote to us from there, or the browser said yes. Anything else waits until its reader confirms.
    Refuses what is no address.
    """
    address = rules.tidy(kind, address)
    rules.may_keep(kind=kind, address=address, has_mail=mail.goes()).or_raise()
    contact = _found(kind, digest_of(kind, address)) or _added(kind, address, at)
    if is_proven and contact.confirmed_at is None:
        contact.confirmed_at = at
        contact.save(update_fields=["confirmed_at"])
    return contact


def _found(kind: str, digest: str) -> Contact | None:
    return Contact.objects.filter(kind=kind, digest=digest).first()


def _added(kind: str, address: str, at: datetime) -> Contact:
    key, digest = crypt.new_subject_key(), digest_of(kind, address)
    sealed = crypt.encrypt(address, subject_key=key, field=ADDRESS)
    try:
        with transaction.atomic():
            return Contact.objects.create(
                kind=kind, created_at=at, digest=digest, subject_key=key, address_cipher=sealed
            )
    except IntegrityError:  # given twice at the same moment
        return Contact.objects.get(kind=kind, digest=digest)


def address_of(contact: Contact) -> str:
    """Where somebody is reached, for what sends to them and nobody else; empty once forgotten."""
    if contact.subject_key is None or contact.address_cipher is None:
        return ""
    return crypt.decrypt(bytes(contact.address_cipher), subject_key=bytes(contact.subject_key), field=ADDRESS)


def secret_of(contact: Contact) -> str:
    """What the links in somebody's letters carry: it shows what they follow, and opens nothing once forgotten."""
    return f"{contact.uid.hex}{_proof(contact)}"


def opened_by(secret: str) -> Contact | None:
    """The contact whose letters carry this secret."""
    try:
        uid = uuid.UUID(hex=secret[:32])
    except ValueError:
        return None
    contact = Contact.objects.filter(uid=uid, forgotten_at__isnull=True).first()
    return contact if contact and hmac.compare_digest(secret[32:].encode(), _proof(contact).encode()) else None


def _proof(contact: Contact) -> str:
    said = f"{contact.uid}:{contact.digest}"
    return salted_hmac("pendamping.needs.contact", said, algorithm="sha256").hexdigest()[:32]


def confirm(contact: Contact, *, at: datetime) -> None:
    """Its reader says yes (id: konfirmasi) to all it was given for so far: from now on they are written to."""
    with transaction.atomic():
        Contact.objects.filter(pk=contact.pk, confirmed_at__isnull=True).update(confirmed_at=at)
        contact.followings.filter(confirmed_at__isnull=True, ended_at__isnull=True).update(confirmed_at=at)


def forget(contact: Contact, *, at: datetime) -> None:
    """Nothing of an address is left, and it follows nothing (id: melupakan kontak)."""
    _forget(contact, at, digest="")


def refuse(contact: Contact, *, at: datetime) -> None:
    """The reader of an address wants nothing (id: menolak surat). It is forgotten; whoever never said yes to anything
    gets no letter to confirm for half a year either, whoever types the address: of that only the digest is kept."""
    _forget(contact, at, digest=contact.digest if contact.confirmed_at is None else "")


def count_refusal(contact: Contact, *, at: datetime) -> None:
    """Its mail server refuses a mailbox: counted once a day, and the last time it is forgotten with what it follows."""
    with transaction.atomic():
        contact = Contact.objects.select_for_update().get(pk=contact.pk)
        if rules.rests(refused_at=contact.refused_at, at=at):
            return
        if contact.refusals + 1 >= rules.REFUSALS_MOST:
            forget(contact, at=at)
        else:
            Contact.objects.filter(pk=contact.pk).update(refusals=contact.refusals + 1, refused_at=at)


def taken_again(contact: Contact) -> None:
    """A letter went out: earlier refusals count no more."""
    Contact.objects.filter(pk=contact.pk, refusals__gt=0).update(refusals=0, refused_at=None)


def _forget(contact: Contact, at: datetime, *, digest: str) -> None:
    with transaction.atomic():
        contact.followings.filter(ended_at__isnull=True).update(ended_at=at)
        Contact.objects.filter(pk=contact.pk).update(
            subject_key=None, address_cipher=None, digest=digest, forgotten_at=at, confirmed_at=None
        )


def forget_silent(*, at: datetime) -> None:
    """What nobody confirmed in a week, and who has heard nothing for two years, is forgotten; told news go too."""
    week, silence = at - rules.UNCONFIRMED, at - rules.SILENCE
    Following.objects.filter(confirmed_at__isnull=True, ended_at__isnull=True, created_at__lt=week).update(ended_at=at)
    kept = Contact.objects.filter(forgotten_at__isnull=True)
    asked = Following.objects.filter(contact=OuterRef("pk"), ended_at__isnull=True)
    unconfirmed = kept.filter(~Exists(asked), kind=ContactKind.EMAIL, confirmed_at__isnull=True, created_at__lt=week)
    heard = Following.objects.filter(contact=OuterRef("pk"), ended_at__isnull=True)
    heard = heard.filter(Q(told_at__gte=silence) | Q(created_at__gte=silence))
    spoke = GatewayMessage.objects.filter(contact=OuterRef("pk"), sent_at__gte=silence)
    silent = kept.filter(~Exists(heard), ~Exists(spoke), created_at__lt=silence)
    for contact in (*unconfirmed, *silent):
        forget(contact, at=at)
    Contact.objects.filter(forgotten_at__lt=at - rules.UNWANTED).exclude(digest="").update(digest="")
    Notice.objects.filter(told_at__lt=silence).delete()
