"""Open311 GeoReport v2: services, requests, discovery, for programs of other offices."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja.errors import HttpError

from pendamping.access.endpoints import operation_id
from pendamping.access.models import Account
from pendamping.access.pages import public_page
from pendamping.access.throttle import allow
from pendamping.access.tokens import token_auth
from pendamping.core.errors import OperationMismatch, Refused
from pendamping.core.moments import day
from pendamping.core.problems import TITLES
from pendamping.needs.enums.open311 import STATUS_CODES, Reason
from pendamping.needs.enums.reasons import Reason as Needs
from pendamping.needs.forms import open311 as incoming
from pendamping.needs.georeport import FORMATS, Several, answer
from pendamping.needs.models import Category
from pendamping.needs.queries import open311 as queries
from pendamping.needs.rules import open311 as rules
from pendamping.needs.rules.words import UNSURE
from pendamping.needs.schemas import open311 as schemas
from pendamping.needs.services.open311 import take_request
from pendamping.regions import queries as regions
from pendamping.regions.models import Region
from pendamping.regions.rules import path_of_code

CHANGED = "2026-11-26T00:00:00+07:00"  # the day this description of the endpoint last changed
REQUESTS_AN_HOUR = 600  # by one key: a city's own hub
Door = Callable[..., HttpResponse]


def door(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[Door], Door]:
    """An address of the endpoint: its refusals are GeoReport's errors, and pages of other sites may read it."""

    def wrap(view: Door) -> Door:
        @public_page(methods=methods)
        @functools.wraps(view)
        def run(request: HttpRequest, *, kind: str, **names: str) -> HttpResponse:
            try:
                if kind not in FORMATS:
                    raise Refused(Reason.NO_FORMAT)
                found = view(request, kind=kind, **names)
            except Refused as refusal:
                found = _refused(kind, STATUS_CODES.get(refusal.code, 400), _told(refusal))
            except OperationMismatch:
                found = _refused(kind, 409, str(TITLES["operation_mismatch"]))
            except HttpError as problem:
                found = _refused(kind, problem.status_code, str(problem))
            found.headers["Access-Control-Allow-Origin"] = "*"
            found.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            return found

        return run

    return wrap


def _refused(kind: str, status: int, words: str) -> HttpResponse:
    return answer(kind, "errors", Several("error", [{"code": status, "description": words}]), status=status)


def _told(refusal: Refused) -> str:
    """The sentence, with the attribute it is about."""
    about = refusal.field.removeprefix("extra_")
    return refusal.message if about == refusal.field else f"attribute[{about}]: {refusal.message}"


@door()
def discovery(request: HttpRequest, *, kind: str) -> HttpResponse:
    """Where the endpoint is, what it speaks, and whom to ask for a key."""
    url = settings.SITE_URL.rstrip("/") + reverse("needs:open311_services", args=["xml"]).rsplit("/", 1)[0]
    formats = Several("format", ["text/xml", "application/json"])
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2", "url": url, "changeset": CHANGED,
        "type": "production", "formats": formats,
    }  # fmt: skip
    contact = f"{settings.CITY_NAME}, {settings.DEFAULT_FROM_EMAIL}"
    facts = {
        "changeset": CHANGED, "contact": contact, "key_service": contact,
        "endpoints": Several("endpoint", [endpoint]),
    }  # fmt: skip
    return answer(kind, "discovery", facts)


@door()
def services(request: HttpRequest, *, kind: str) -> HttpResponse:
    """The list of services."""
    found = list(_services(request))
    rows = [schemas.service_of(one) for one in found]
    if all(one.key != queries.OTHER for one in found):
        rows.append(schemas.other_service())
    return answer(kind, "services", Several("service", rows))


@door()
def service(request: HttpRequest, *, key: str, kind: str) -> HttpResponse:
    """What a service asks besides."""
    return answer(kind, "service_definition", schemas.definition_of(_service(request, key)))


@door(methods=("GET", "POST"))
def requests(request: HttpRequest, *, kind: str) -> HttpResponse:
    """Requests of a span of days, or by their ids, which then count alone. Sent by POST: a new one."""
    if request.method == "POST":
        return _created(request, kind)
    asked, city = request.GET, _city(request)
    ids = rules.ids_of(asked.get("service_request_id", ""))
    if ids:
        found = queries.requests_by_id(city, ids)
    else:
        zone = timezone.get_current_timezone()
        start, end = (rules.instant_of(asked.get(name, ""), zone) for name in ("start_date", "end_date"))
        found = queries.requests(
            city,
            span=rules.span_of(start=start, end=end, now=timezone.now()),
            statuses=rules.statuses_of(asked.get("status", "")),
            codes=rules.listed(asked.get("service_code", "")),
        )
    return _answered(kind, [schemas.request_of(one) for one in found])


@door()
def one_request(request: HttpRequest, *, code: str, kind: str) -> HttpResponse:
    """One request."""
    found = list(queries.requests_by_id(_city(request), [code]))
    if not found:
        raise Refused(Reason.NO_REQUEST, code=code[:40])
    return _answered(kind, [schemas.request_of(one) for one in found])


@door()
def token(request: HttpRequest, *, code: str, kind: str) -> HttpResponse:
    """The id behind a token: a request has its id at once here, and that is its token too."""
    found = list(queries.requests_by_id(_city(request), [code]))
    if not found:
        raise Refused(Reason.NO_REQUEST, code=code[:40])
    return _answered(kind, [{"service_request_id": found[0].code, "token": found[0].code}])


def _created(request: HttpRequest, kind: str) -> HttpResponse:
    by, at, data, city = _holder(request), timezone.now(), request.POST, _city(request)
    wait = allow(f"needs.open311:{by.pk}", limit=REQUESTS_AN_HOUR, seconds=3600, at=at)
    if wait is not None:
        raise Refused(Needs.TOO_MANY_VOICES, minutes=-(-wait // 60))
    key = data.get("service_code", "").strip()
    category = None if key == queries.OTHER else _service(request, key)
    voice = take_request(
        by=by,
        at=at,
        op=operation_id(request),
        email=data.get("email", "").strip()[: incoming.EMAIL_MOST],
        text=data.get("description", "")[: incoming.TEXT_MOST],
        category=category,
        other_words="" if category else UNSURE,
        extra=incoming.attributes_of(data),
        photos=incoming.photos_of(request.FILES.getlist("media")),
        **incoming.place_of(data, city),
    )
    follow = settings.SITE_URL.rstrip("/") + reverse("portal:journey", args=[voice.code])
    row = {"service_request_id": voice.code, "service_notice": follow, "account_id": None}
    return answer(kind, "service_requests", Several("request", [row]), status=201)


def _holder(request: HttpRequest) -> Account:
    """Whose key it is: one that may write. It comes in the body only, for addresses are kept in logs."""
    account = token_auth.authenticate(request, request.POST.get("api_key", "").strip())
    if account is None or request.scope.reads_only:  # type: ignore[attr-defined]
        raise Refused(Reason.NO_KEY, field="api_key")
    found: Account = account
    return found


def _answered(kind: str, rows: list[dict[str, Any]]) -> HttpResponse:
    return answer(kind, "service_requests", Several("request", rows))


def _city(request: HttpRequest) -> Region:
    """The jurisdiction asked for by the code of its city, or the one this site is about."""
    code = (request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id") or "").strip()
    city = regions.cities().filter(path=path_of_code(code)).first() if code else regions.site_city()
    if city is None:
        raise Refused(Reason.NO_JURISDICTION, code=code[:40])
    return city


def _services(request: HttpRequest) -> QuerySet[Category]:
    return queries.services(_city(request), day(timezone.now()))


def _service(request: HttpRequest, key: str) -> Category:
    found = _services(request).filter(key=key).first()
    if found is None:
        raise Refused(Reason.NO_SERVICE, code=key[:40])
    return found
