"""Notices to browsers: as the standard encrypts them, only to known services, and ended when the browser ends them."""

from __future__ import annotations

import base64
import io
import json
from email.message import Message
from typing import Any
from urllib.error import HTTPError

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pendamping.needs import webpush
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.enums.news import News
from pendamping.needs.letters import Gone, Letter
from pendamping.needs.models import Contact, Following
from pendamping.needs.rules.push import read, subscription
from pendamping.needs.services import contacts, following
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

# RFC 8291, section 5 and appendix A.
KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
OWN = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"


def test_a_notice_is_sealed_as_the_standard_says() -> None:
    own = ec.derive_private_key(int.from_bytes(read(OWN), "big"), ec.SECP256R1())
    words = b"When I grow up, I want to be a watermelon"
    assert webpush.sealed(words, key=read(KEY), secret=read(SECRET), salt=read(SALT), own=own) == read(BODY)


def test_no_two_notices_are_sealed_alike() -> None:
    one, other = (webpush.sealed(b"x", key=read(KEY), secret=read(SECRET)) for _ in range(2))
    assert one != other


@pytest.mark.parametrize(
    ("endpoint", "key", "secret", "is_taken"),
    [
        (ENDPOINT, KEY, SECRET, True),
        ("https://wns2-par02p.notify.windows.com/w/?token=x", KEY, SECRET, True),
        ("http://fcm.googleapis.com/x", KEY, SECRET, False),
        ("https://fcm.googleapis.com:8443/x", KEY, SECRET, False),
        ("https://a@fcm.googleapis.com/x", KEY, SECRET, False),
        ("https://fcm.googleapis.com.contoh.id/x", KEY, SECRET, False),
        ("https://169.254.169.254/latest", KEY, SECRET, False),
        ("https://localhost/x", KEY, SECRET, False),
        ("https://[x", KEY, SECRET, False),
        (ENDPOINT, KEY[:-4], SECRET, False),
        (ENDPOINT, KEY, "", False),
        (ENDPOINT, KEY, "ä", False),
        (ENDPOINT + "a" * 1000, KEY, SECRET, False),
    ],
)
def test_only_known_services_are_called(endpoint: str, key: str, secret: str, is_taken: bool) -> None:
    assert (subscription(endpoint, key, secret) is not None) is is_taken


class Service:
    """A push service that keeps what it was sent, or answers with a failure."""

    def __init__(self, failure: int = 0) -> None:
        self.failure, self.asked = failure, []  # type: tuple[int, list[Any]]

    def open(self, asked: Any, timeout: float) -> Any:
        self.asked.append(asked)
        if self.failure:
            raise HTTPError(asked.full_url, self.failure, "", Message(), io.BytesIO())
        return io.BytesIO()


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    made = Service()
    monkeypatch.setattr(webpush, "_opener", lambda: made)
    return made


def part(text: str) -> dict[str, Any]:
    return json.loads(base64.urlsafe_b64decode(text + "=="))


def test_the_service_is_told_who_sends(service: Service, settings: Any) -> None:
    settings.SITE_URL = "https://contoh.id"
    webpush.send(subscription(ENDPOINT, KEY, SECRET) or "", Letter("Kabar", "panjang", "/jejak/x/"))
    [asked] = service.asked
    token, own = (one.split("=", 1)[1] for one in asked.headers["Authorization"].removeprefix("vapid ").split(", "))
    head, claims, signature = token.split(".")
    assert part(head)["alg"] == "ES256"
    assert part(claims)["aud"] == "https://fcm.googleapis.com"
    assert part(claims)["sub"] == "https://contoh.id"
    assert own == webpush.public_key()
    signed = base64.urlsafe_b64decode(signature + "==")
    r, s = (int.from_bytes(half, "big") for half in (signed[:32], signed[32:]))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), read(own))
    point.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    assert b"Kabar" not in asked.data


@pytest.mark.parametrize(("failure", "raised"), [(410, Gone), (404, Gone), (500, OSError), (301, OSError)])
def test_what_a_service_answers(service: Service, failure: int, raised: type[Exception]) -> None:
    service.failure = failure
    with pytest.raises(raised):
        webpush.send(subscription(ENDPOINT, KEY, SECRET) or "", Letter("Kabar", "", "/"))


@pytest.fixture
def ward(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Region:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return places.ward(1)


def test_a_browser_follows_is_told_and_ends(ward: Region, client: Client, service: Service) -> None:
    voice = make.voice(ward)
    page = f"{reverse('needs:follow')}?jejak={voice.code}"
    assert webpush.public_key() in client.get(page).content.decode()
    sent = client.post(page, {"endpoint": ENDPOINT, "key": KEY, "secret": SECRET})
    contact = Contact.objects.get()
    assert (sent.status_code, contact.kind) == (200, ContactKind.PUSH)
    assert contacts.secret_of(contact) in sent.content.decode()
    assert Following.objects.get().confirmed_at is not None
    following.tell(voice, News.ANSWERED, at=NOW)
    assert len(service.asked) == 1
    service.failure = 410
    Following.objects.update(told_at=None)
    following.tell(voice, News.GATHERED, at=NOW)
    contact.refresh_from_db()
    assert contact.forgotten_at is not None, "a browser that has ended it is forgotten"


def test_a_browser_that_names_another_machine_is_not_taken(ward: Region, client: Client) -> None:
    page = f"{reverse('needs:follow')}?wilayah={ward.path}"
    sent = client.post(page, {"endpoint": "https://10.0.0.1/x", "key": KEY, "secret": SECRET})
    assert (sent.status_code, Contact.objects.count()) == (422, 0)
