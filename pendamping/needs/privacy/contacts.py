"""What is kept about people: how residents are reached."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Contact.subject_key": Personal(
        "general",
        "the wrapped key of the address",
        "consent: UU 27/2022 article 20",
        "until the resident or 24 months of silence end it",
        "nobody",
    ),
    "Contact.address_cipher": Personal(
        "general",
        "to tell the resident what became of the voice",
        "consent: UU 27/2022 article 20",
        "until the resident or 24 months of silence end it",
        "nobody; the worker that sends",
    ),
    "Contact.digest": Personal(
        "pseudonymous",
        "to find the same address again",
        "consent: UU 27/2022 article 20",
        "as Contact.address_cipher; half a year longer when its reader never asked for letters, so that none are sent",
        "nobody",
    ),
}

PLAIN: frozenset[str] = frozenset()
