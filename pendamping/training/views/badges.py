"""What programs that verify our Open Badges ask for, at addresses that stay: issuer, keys, status list, achievement."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from pendamping.access.pages import public_page
from pendamping.core.errors import Refused
from pendamping.training import badges, signing
from pendamping.training.enums.curriculum import VersionState
from pendamping.training.models import CourseVersion, SigningKey, StatusList
from pendamping.training.queries import certificates as queries
from pendamping.training.rules import badges as documents

DAY, MINUTES = 86_400, 300


@public_page(max_age=DAY)
def issuer(request: HttpRequest) -> HttpResponse:
    """This city as an Open Badges profile."""
    return _json({"@context": list(documents.CONTEXT), **badges.issuer()}, "application/ld+json")


@public_page(max_age=MINUTES)
def keys(request: HttpRequest) -> HttpResponse:
    """All keys that ever signed, retired ones too: what they signed stays verifiable (RFC 7517)."""
    return _json({"keys": [_jwk(one) for one in SigningKey.objects.order_by("number")]}, "application/jwk-set+json")


@public_page(max_age=DAY)
def key(request: HttpRequest, number: int) -> HttpResponse:
    """The public half of one key: what `kid` leads to."""
    return _json(_jwk(get_object_or_404(SigningKey, number=number)), "application/jwk+json")


@public_page(max_age=MINUTES)
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """Which credentials no longer count, as a signed credential."""
    found = get_object_or_404(StatusList, number=number)
    try:
        token = badges.status_list(found, queries.ended_places(found), timezone.now())
    except Refused:  # the installation's secret is another one: an old copy is better than an unsigned list
        return HttpResponse(status=503)
    return _open(HttpResponse(token, content_type="application/vc+jwt"))


@public_page(max_age=MINUTES)
def achievement(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What a version teaches."""
    learned = badges.learned_of(_version(code, number))
    return _json({"@context": list(documents.CONTEXT), **documents.achievement(learned)}, "application/ld+json")


@public_page(max_age=MINUTES)
def picture(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The picture of a badge, without a credential in it."""
    return _open(HttpResponse(badges.picture_svg(_version(code, number)), content_type="image/svg+xml"))


def _version(code: str, number: int) -> CourseVersion:
    found = CourseVersion.objects.select_related("course").exclude(state=VersionState.DRAFT)
    version = found.filter(course__code=code, number=number).first()
    if version is None:
        raise Http404
    return version


def _jwk(one: SigningKey) -> dict[str, str]:
    return documents.jwk(one.public, address=signing.key_address(one))


def _json(value: dict[str, Any], kind: str) -> HttpResponse:
    return _open(HttpResponse(json.dumps(value, ensure_ascii=False), content_type=kind))


def _open(answer: HttpResponse) -> HttpResponse:
    """Verifiers run in browsers of other sites; there is no session here to protect."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
