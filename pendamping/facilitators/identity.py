"""Who an applicant is, read only where the law needs the name: when somebody is appointed."""

from __future__ import annotations

from dataclasses import dataclass

from pendamping.core.personal import crypt
from pendamping.facilitators.models.applications import Application

NAME, EMAIL, PHONE = "name", "email", "phone"  # among people.IDENTITY_FIELDS: what each is sealed under


@dataclass(frozen=True)
class Identity:
    """Name and contact in clear; never keep, log or journal it (id: identitas)."""

    name: str
    email: str
    phone: str


def identity_of(application: Application) -> Identity | None:
    """Name and contact of an applicant, or None once they were forgotten."""
    key = application.subject_key
    if not key or not application.name_cipher:
        return None
    opened = [
        crypt.decrypt(bytes(sealed), subject_key=bytes(key), field=field) if sealed else ""
        for sealed, field in (
            (application.name_cipher, NAME), (application.email_cipher, EMAIL), (application.phone_cipher, PHONE),
        )
    ]  # fmt: skip
    return Identity(*opened)
