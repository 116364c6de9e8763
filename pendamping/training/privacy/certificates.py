"""The fields of certificates and of what asks for them."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_PROOF = "public duty: proof of training, asked for by the person"

PERSONAL: dict[str, Personal] = {
    "Certificate.name": Personal(
        "general", "whose certificate it is", _PROOF, "as long as the certificate is verified",
        "whoever holds the code on the paper",
    ),
    "Certificate.credential": Personal(
        "general", "the signed credential, with the name and no NIK", _PROOF,
        "as long as the certificate is verified", "the person, and whom they give it to",
    ),
    "Certificate.reason": Personal(
        "masked", "why a certificate was revoked or replaced", _PROOF, "as the certificate", "the person and the office"
    ),
}  # fmt: skip

PLAIN = frozenset(
    {
        "SigningKey.public", "CertificateBatch.refused", "Gate.verb", "Gate.role", "Gate.legal_basis",
    }
)  # fmt: skip
