"""What the operations of this app share."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import File
from ninja.errors import HttpError
from ninja.files import UploadedFile

from pendamping.access.endpoints import operation_id
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.forms import PHOTOS_MOST
from pendamping.core.images.door import CleanImage, admit
from pendamping.core.moments import day
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.models import MenuItem
from pendamping.needs.queries.menu import menu_in_force

ROWS = 50


Photos = File[list[UploadedFile]]


def scope_of(request: HttpRequest) -> Any:
    return request.scope  # type: ignore[attr-defined]


def perform(request: HttpRequest, service: Callable[..., Any], **facts: Any) -> Any:
    """Run a service for the token's owner, once per Idempotency-Key."""
    return service(**{"by": scope_of(request).account, "at": timezone.now(), "op": _operation(request), **facts})


def _operation(request: HttpRequest) -> uuid.UUID | None:
    try:
        return operation_id(request)
    except ValueError as problem:
        raise HttpError(400, "Idempotency-Key is not a UUID") from problem


def menu_item_of(code: str) -> MenuItem:
    item = menu_in_force(day(timezone.now())).filter(code=code).first()
    if item is None:
        raise Refused(Reason.MENU_NOT_VALID, field="menu_item")
    return item


def admitted(photos: list[UploadedFile]) -> list[CleanImage]:
    if len(photos) > PHOTOS_MOST:
        raise HttpError(400, f"at most {PHOTOS_MOST} photos")
    return [admit(photo) for photo in photos]


def page_of(request: HttpRequest, records: Any, schema: Any, state: str, after: str) -> dict[str, Any]:
    found = scope_of(request).narrow(records, Verb.RECORD_SEE)
    if state:
        found = found.filter(state=state)
    if after:
        last = found.filter(code=after).first()
        if last is None:
            raise Http404
        found = found.filter(pk__lt=last.pk)
    rows = list(found.order_by("-id")[: ROWS + 1])
    query = request.GET.copy()
    if len(rows) > ROWS:
        query["after"] = rows[ROWS - 1].code
    following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}") if len(rows) > ROWS else None
    return {"next": following, "results": [schema.of(row) for row in rows[:ROWS]]}
