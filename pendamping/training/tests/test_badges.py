"""Open Badges 3.0, verified by a program that does not know us (openbadgeslib), and by Digital Bazaar's where it is."""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from openbadgeslib import baking
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.credential import IdentityObject
from openbadgeslib.ob3.status import check_credential_status, decode_encoded_list, set_indices
from openbadgeslib.ob3.verifier import OB3VerificationError
from PIL import Image

from pendamping.access.models import Account
from pendamping.training import badges
from pendamping.training.models import Certificate
from pendamping.training.services import certificates as services
from pendamping.training.services.signing_keys import rotate_signing_key
from pendamping.training.tests import certificate_factories as certified
from pendamping.training.tests import factories as make

pytestmark = pytest.mark.django_db
SITE = "https://pendamping.example"
NODE_VERIFIER = Path(__file__).with_name("fixtures") / "verify_badge.mjs"


@pytest.fixture(autouse=True)
def _on_its_site(settings: Any) -> Iterator[None]:
    settings.SITE_URL = SITE
    yield


@pytest.fixture
def fetch(client: Client) -> Callable[[str], bytes]:
    """What a verifier downloads, from our own pages: no network."""

    def download(address: str, *_given: Any, **_options: Any) -> bytes:
        assert address.startswith(SITE + "/")
        answer = client.get(address.removeprefix(SITE))
        assert answer.status_code == 200, address
        assert not answer.cookies
        return bytes(answer.content)

    return download


def pem_of(jwk: dict[str, Any]) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    raw = base64.urlsafe_b64decode(jwk["x"] + "=")
    return Ed25519PublicKey.from_public_bytes(raw).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def verifier_for(token: str, fetch: Callable[[str], bytes]) -> OB3Verifier:
    """With the key that the credential itself names."""
    head = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    return OB3Verifier(pubkey_pem=pem_of(json.loads(fetch(head["kid"]))))


def verified(token: str, fetch: Callable[[str], bytes]) -> Any:
    return verifier_for(token, fetch).verify(token, check_status=True, download=fetch)


def issued(name: str = "", months: int | None = 24, at: datetime | None = None) -> Certificate:
    make.version(make.course(valid_months=months)) if not Certificate.objects.exists() else None
    return certified.issued(name, at=at or timezone.now())


def test_a_valid_badge_is_valid_for_others(fetch: Callable[[str], bytes]) -> None:
    made = issued()
    found = verified(made.credential, fetch)
    assert (found.achievement.name, found.credits_earned) == ("Dasar pendampingan", 4)
    assert found.id == f"{SITE}/sertifikat/{made.code}/"
    assert found.expiration_date is not None
    issuer = json.loads(fetch(found.issuer.id))
    assert (issuer["id"], issuer["type"], issuer["name"]) == (found.issuer.id, ["Profile"], found.issuer.name)
    assert json.loads(fetch(found.achievement.id))["name"] == found.achievement.name
    assert b"<svg" in fetch(found.achievement.image_url)


def test_a_tampered_badge_is_refused(fetch: Callable[[str], bytes]) -> None:
    made = issued()
    head, body, mark = made.credential.split(".")
    facts = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    facts["name"] = "Kursus lain"
    changed = base64.urlsafe_b64encode(json.dumps(facts).encode()).rstrip(b"=").decode()
    with pytest.raises(OB3VerificationError, match="Invalid signature"):
        verified(f"{head}.{changed}.{mark}", fetch)


def test_a_revoked_badge_is_refused_and_so_is_a_superseded_one(fetch: Callable[[str], bytes]) -> None:
    gone, old, good = issued(), issued("wati"), issued("budi")
    services.revoke_certificate(by=make.manager(), at=timezone.now(), certificate=gone, reason="Nilai keliru")
    new = services.correct_certificate(
        by=make.manager(), at=timezone.now(), certificate=old, name="Wati Dewi", reason="Salah ketik"
    )
    for token in (gone.credential, old.credential):
        with pytest.raises(OB3VerificationError, match="'revocation' is set"):
            verified(token, fetch)
    verified(good.credential, fetch)
    verified(new.credential, fetch)


def test_an_expired_badge_is_refused(fetch: Callable[[str], bytes]) -> None:
    made = issued(months=1, at=timezone.now() - timedelta(days=90))
    with pytest.raises(OB3VerificationError, match="expired"):
        verified(made.credential, fetch)


def test_the_credential_is_found_again_in_both_pictures(fetch: Callable[[str], bytes]) -> None:
    made = issued()
    png, svg = badges.baked_png(made.version, made.credential), badges.baked_svg(made.version, made.credential)
    assert OB3Verifier.extract_token_from_png(png) == made.credential
    assert OB3Verifier.extract_token_from_svg(svg) == made.credential
    assert baking.extract_png(png, keyword=baking.ITXT_KEYWORD_OB3) == made.credential
    with Image.open(io.BytesIO(png)) as image:
        assert image.size == (badges.PICTURE_PIXELS, badges.PICTURE_PIXELS)
        assert len(image.convert("RGB").getcolors(1 << 24) or []) > 50  # something is drawn


def test_after_a_change_of_keys_what_was_signed_before_stays_verifiable(fetch: Callable[[str], bytes]) -> None:
    old = issued()
    rotate_signing_key(by=None, at=timezone.now())
    new = issued("wati")
    assert (old.signing_key.number, new.signing_key.number) == (1, 2)
    verified(new.credential, fetch)
    credential = verifier_for(old.credential, fetch).verify(old.credential)
    keys = {one["kid"]: one for one in json.loads(fetch(f"{SITE}/sertifikat/kunci/"))["keys"]}
    assert len(keys) == 2
    newest = pem_of(keys[f"{SITE}/sertifikat/kunci/2/"])
    check_credential_status(credential, fetch, verify_list=True, list_pubkey_pem=newest)
    services.revoke_certificate(by=make.manager(), at=timezone.now(), certificate=old, reason="Nilai keliru")
    with pytest.raises(OB3VerificationError, match="'revocation' is set"):
        check_credential_status(credential, fetch, verify_list=True, list_pubkey_pem=newest)
    with pytest.raises(OB3VerificationError, match="proof is invalid"):  # a retired key signs no list
        check_credential_status(
            credential, fetch, verify_list=True, list_pubkey_pem=pem_of(keys[f"{SITE}/sertifikat/kunci/1/"])
        )


def test_the_status_list_is_long_and_tells_only_what_ended(fetch: Callable[[str], bytes]) -> None:
    issued()
    gone = issued("wati")
    services.revoke_certificate(by=make.manager(), at=timezone.now(), certificate=gone, reason="Nilai keliru")
    body = fetch(f"{SITE}/sertifikat/status/1/").decode().split(".")[1]
    facts = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    field = decode_encoded_list(facts["credentialSubject"]["encodedList"])
    assert (len(field) * 8, set_indices(field)) == (131072, {gone.status_index})
    assert facts["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert datetime.fromisoformat(facts["validUntil"]) > datetime.now(UTC)


def test_whose_it_is_stands_there_as_name_and_salted_hash_never_as_address_or_number() -> None:
    make.version()
    enrolment = certified.passed()
    Account.objects.filter(pk=enrolment.account_id).update(email="Sari@Example.org")
    made = services.issue_certificate(by=make.manager(), at=timezone.now(), enrolment=enrolment)
    body = made.credential.split(".")[1]
    text = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode()
    assert "example.org" not in text.lower()
    assert "sari" not in text  # the user name; the name as printed is Sari
    named, hashed = json.loads(text)["credentialSubject"]["identifier"]
    assert (named["identityHash"], named["hashed"]) == ("Sari", False)
    again = IdentityObject.create("sari@example.org", salt=hashed["salt"])
    assert (hashed["identityHash"], hashed["identityType"]) == (again.identity_hash, "emailAddress")


def test_digital_bazaars_verifier_agrees(tmp_path: Path, fetch: Callable[[str], bytes]) -> None:
    """With `jose` and `@digitalbazaar/vc-bitstring-status-list` where node finds them, for example by NODE_PATH."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not here")
    wanted = "try { require.resolve('jose'); require.resolve('@digitalbazaar/bitstring') } catch { process.exit(3) }"
    if subprocess.run([node, "-e", wanted], check=False, capture_output=True).returncode:
        pytest.skip("the packages jose and @digitalbazaar/bitstring are not installed for node")
    good, gone = issued(), issued("wati")
    services.revoke_certificate(by=make.manager(), at=timezone.now(), certificate=gone, reason="Nilai keliru")
    keys, listed = fetch(f"{SITE}/sertifikat/kunci/").decode(), fetch(f"{SITE}/sertifikat/status/1/").decode()
    asked = {"keys": json.loads(keys), "list": listed, "tokens": [good.credential, gone.credential]}
    (tmp_path / "asked.json").write_text(json.dumps(asked))
    said = subprocess.run(
        [node, str(NODE_VERIFIER), str(tmp_path / "asked.json")], check=True, capture_output=True, text=True
    )
    assert json.loads(said.stdout) == [{"signed": True, "revoked": False}, {"signed": True, "revoked": True}]


@pytest.mark.parametrize(("hours", "said"), [("4.0", "4 JP"), ("36.5", "36,5 JP")])
def test_hours_are_written_the_same_whoever_looks(hours: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(badges, "hours_of", lambda _version: Decimal(hours))
    version = make.version()
    with override("en"):
        assert f", {said}." in badges.learned_of(version).criteria
        assert f">{said}<" in badges.picture_svg(version)


def test_what_is_signed_in_english_names_the_same_addresses_as_the_list_of_keys(fetch: Callable[[str], bytes]) -> None:
    with override("en"):
        token = issued().credential
    head = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    known = json.loads(fetch(f"{SITE}/sertifikat/kunci/"))["keys"]
    assert [one["kid"] for one in known] == [head["kid"]] == [f"{SITE}/sertifikat/kunci/1/"]
    assert "/en/" not in json.dumps(badges.badges.payload_of(token))
    with override("en"):
        assert json.loads(fetch(f"{SITE}/en/sertifikat/kunci/"))["keys"] == known
