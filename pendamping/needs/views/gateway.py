"""Where the gateway delivers messages of the phone."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from pendamping.access.pages import public_page
from pendamping.access.throttle import allow
from pendamping.core.errors import Refused
from pendamping.needs import gateways
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.enums.gateway import Delivery
from pendamping.needs.services.contacts import digest_of
from pendamping.needs.services.gateway import admitted, take_message
from pendamping.regions.queries import site_city

MESSAGES_AN_HOUR = 30  # of one sender
STATUS_CODES = {Delivery.NOT_SIGNED: 401, Delivery.TOO_OLD: 401, Delivery.TOO_LARGE: 413, Delivery.UNREADABLE: 400}


@public_page(max_age=0, methods=("POST",))
def deliver(request: HttpRequest, gateway: str) -> HttpResponse:
    """Open a delivery and take in its messages, each by itself: one that fails is delivered again with the next."""
    found, city, at = gateways.find(gateway), site_city(), timezone.now()
    if found is None or city is None:
        raise Http404
    if request.content_type != "application/json":
        return JsonResponse({"problem": "unreadable", "detail": str(Delivery.UNREADABLE.label)}, status=415)
    try:
        messages = found.opened(request.headers, _body(request), now=at)
    except Refused as refusal:
        status = STATUS_CODES[Delivery(refusal.code)]
        return JsonResponse({"problem": refusal.code, "detail": refusal.message}, status=status)
    taken = []
    for one in messages:
        sender = digest_of(ContactKind.GATEWAY, gateways.address(gateway, one.sender))
        if allow(f"needs.gateway:{sender}", limit=MESSAGES_AN_HOUR, seconds=3600, at=at) is not None:
            continue  # a flood: not kept, not answered, not delivered again
        take_message(by=None, at=at, gateway=gateway, incoming=one, photos=admitted(one), city=city)
        taken.append(one.number)
    return JsonResponse({"taken": taken})


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig:
        raise Refused(Delivery.TOO_LARGE) from None
