"""What this app keeps about people, and why (the record of processing)."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Account.username": Personal(
        "general",
        "sign in",
        "public duty: appointment by decree",
        "while the account exists, then five years",
        "people management of the place",
    ),
    "Account.name": Personal(
        "general",
        "who holds an office",
        "public duty: appointment by decree",
        "while the account exists, then five years",
        "people management of the place",
    ),
    "Account.email": Personal(
        "general",
        "sign in and messages",
        "consent of the office holder",
        "while the account exists",
        "people management of the place",
    ),
    "Account.password": Personal(
        "specific",
        "sign in (hash only)",
        "public duty",
        "while the account exists",
        "nobody",
    ),
    "Account.phone_cipher": Personal(
        "general",
        "sign in (encrypted)",
        "consent of the office holder",
        "while the account exists",
        "nobody; shown masked",
    ),
    "Account.phone_index": Personal(
        "pseudonymous",
        "find an account by its number (keyed hash)",
        "consent of the office holder",
        "while the account exists",
        "nobody",
    ),
    "Account.subject_key": Personal(
        "specific",
        "opens the encrypted fields of one person",
        "public duty",
        "destroyed on erasure",
        "nobody",
    ),
    "Grant.decree": Personal(
        "general",
        "legal basis of a role",
        "public duty",
        "as the archive rules say",
        "officials",
    ),
    "Grant.revoked_reason": Personal(
        "general",
        "why a role ended",
        "public duty",
        "as the archive rules say",
        "people management, inspectorate",
    ),
}

PLAIN = frozenset(
    {
        "Invitation.key_hash",
        "Token.label",
        "Token.key_hash",
        "Attempt.key",
    }
)
