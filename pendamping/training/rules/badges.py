"""What an Open Badge says: Open Badges 3.0 and Bitstring Status List 1.0 as plain data. Values in, documents out.

Sources: Open Badges 3.0 (1EdTech), B.1 data model, 5.3 baking, 8.2.4 JSON Web Token proof; W3C Verifiable Credentials
Data Model 2.0; W3C Bitstring Status List 1.0; RFC 7515 (compact JWS), RFC 8037 (Ed25519).
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

VC = "https://www.w3.org/ns/credentials/v2"
CONTEXT = (VC, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
SVG_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
PNG_KEYWORD = "openbadgecredential"


@dataclass(frozen=True)
class Learned:
    """What was learned (id: capaian): one version of a course. Addresses are whole."""

    address: str
    name: str
    description: str
    criteria: str
    hours: float  # of 45 minutes (JP)
    picture: str
    units: Sequence[tuple[str, str]] = ()  # competency units: code and title


@dataclass(frozen=True)
class Proof:
    """One certificate as facts. Moments are aware; `mailbox` only ever leaves as a salted hash."""

    address: str
    name: str
    mailbox: str
    salt: str
    valid_from: datetime
    valid_until: datetime | None
    status_list: str
    status_index: int


def profile(*, address: str, name: str, site: str) -> dict[str, Any]:
    """The issuer (OB 3.0 Profile)."""
    return {"id": address, "type": ["Profile"], "name": name, "url": site}


def achievement(of: Learned) -> dict[str, Any]:
    """What anyone who holds the badge has learned (OB 3.0 Achievement)."""
    facts: dict[str, Any] = {
        "id": of.address,
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": of.name,
        "description": of.description,
        "criteria": {"narrative": of.criteria},
        "creditsAvailable": _number(of.hours),
        "image": {"id": of.picture, "type": "Image"},
        "inLanguage": "id",
    }
    if of.units:
        facts["alignment"] = [
            {"type": ["Alignment"], "targetName": title, "targetCode": unit, "targetUrl": f"{of.address}#{unit}"}
            for unit, title in of.units
        ]
    return facts


def credential(issuer: Mapping[str, Any], of: Learned, proof: Proof) -> dict[str, Any]:
    """The payload of the VC-JWT: the credential with the registered claims beside it (OB 3.0, 8.2.4.1)."""
    facts: dict[str, Any] = {
        "@context": list(CONTEXT),
        "id": proof.address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": of.name,
        "issuer": dict(issuer),
        "validFrom": instant(proof.valid_from),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": _identity(proof),
            "creditsEarned": _number(of.hours),
            "achievement": achievement(of),
        },
        "credentialStatus": {
            "id": f"{proof.status_list}#{proof.status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(proof.status_index),
            "statusListCredential": proof.status_list,
        },
    }
    claims = {"iss": issuer["id"], "jti": proof.address, "nbf": int(proof.valid_from.timestamp())}
    if proof.valid_until is not None:
        facts["validUntil"] = instant(proof.valid_until)
        claims["exp"] = int(proof.valid_until.timestamp())
    return {**facts, **claims}


def _identity(proof: Proof) -> list[dict[str, Any]]:
    """Whose it is: the name as printed, and a salted hash of the mailbox (of the name where there is none)."""
    hashed, kind = (proof.mailbox, "emailAddress") if proof.mailbox else (proof.name, "name")
    digest = hashlib.sha256((hashed + proof.salt).encode()).hexdigest()
    return [
        {"type": "IdentityObject", "hashed": False, "identityHash": proof.name, "identityType": "name"},
        {
            "type": "IdentityObject", "hashed": True, "identityHash": f"sha256${digest}", "identityType": kind,
            "salt": proof.salt,
        },
    ]  # fmt: skip


def status_list(
    *, issuer: str, address: str, ended: Iterable[int], length: int, at: datetime, until: datetime, minutes: int
) -> dict[str, Any]:
    """The list that says which credentials are revoked, as payload of a VC-JWT; good for so many minutes at least."""
    return {
        "@context": [VC],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": instant(at),
        "validUntil": instant(until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bits(ended, length),
            "ttl": minutes * 60_000,
        },
        "iss": issuer,
        "jti": address,
        "nbf": int(at.timestamp()),
        "exp": int(until.timestamp()),
    }


def bits(ended: Iterable[int], length: int) -> str:
    """A multibase base64url gzip of the bits, place 0 leftmost (Bitstring Status List 1.0, 3.3)."""
    field = bytearray(length // 8)
    for place in ended:
        field[place // 8] |= 0x80 >> (place % 8)
    return "u" + base64url(gzip.compress(bytes(field), mtime=0))


def jwk(public: str, *, address: str) -> dict[str, str]:
    """The public half of an Ed25519 key (RFC 8037)."""
    return {"kty": "OKP", "crv": "Ed25519", "x": public, "kid": address, "alg": "EdDSA", "use": "sig"}


def to_be_signed(payload: Mapping[str, Any], *, key: str) -> str:
    """Header and payload of a compact JWS, joined by a dot; `key` is the address of the JWK."""
    header = {"alg": "EdDSA", "typ": "JWT", "kid": key}
    return f"{base64url(_json(header))}.{base64url(_json(payload))}"


def payload_of(token: str) -> dict[str, Any]:
    """What a compact JWS of ours says, unverified."""
    part = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


def baked_svg(svg: str, token: str) -> str:
    """The picture with the credential in it (OB 3.0, 5.3.2): a JWT stands in the attribute `verify`."""
    node = f'<openbadges:credential xmlns:openbadges="{SVG_NAMESPACE}" verify="{token}"/>'
    place = svg.index(">", svg.index("<svg")) + 1
    return f"{svg[:place]}{node}{svg[place:]}"


def instant(at: datetime) -> str:
    """2026-03-02T01:00:00Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def base64url(data: bytes) -> str:
    """Without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _number(value: float) -> int | float:
    return int(value) if float(value).is_integer() else float(value)
