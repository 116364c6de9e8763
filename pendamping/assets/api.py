"""Operations of assets over HTTP: what stands, its handover, inspections and faults."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import File, Form, Router, UploadedFile

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.assets import papers, queries, schemas, services
from pendamping.assets.enums import Condition
from pendamping.assets.models import Asset
from pendamping.core import counters
from pendamping.core.images.door import admit
from pendamping.delivery import queries as delivery
from pendamping.needs.flood import too_many
from pendamping.needs.keys import voice_key

router = Router(tags=["assets"])
PAGE = 50


@endpoint(router, "GET", "/assets", public=True, response=schemas.AssetsOut)
def list_assets(
    request: HttpRequest, region: str = "", condition: Condition | None = None, after: int | None = None
) -> Any:
    """What stands in a place (its path of digits) and below it, newest first."""
    found = queries.assets()
    if region.isdecimal():
        found = found.filter(region_path__gte=region, region_path__lt=counters.after(region))
    if condition is not None:
        found = found.filter(condition=condition)
    if after is not None:
        found = found.filter(pk__lt=after)
    shown = list(found[: PAGE + 1])
    more = str(shown[PAGE - 1].pk) if len(shown) > PAGE else None
    return {"next": more, "results": [_asset(item) for item in shown[:PAGE]]}


@endpoint(router, "GET", "/assets/{code}", public=True, response=schemas.AssetOut)
def get_asset(request: HttpRequest, code: str) -> Any:
    """One asset."""
    return _asset(get_object_or_404(queries.assets(), code=code))


@endpoint(router, "POST", "/projects/{code}/handover", verb=Verb.ASSET_HAND_OVER, response=schemas.AssetOut)
def hand_over(request: HttpRequest, code: str, facts: schemas.HandoverIn) -> Any:
    """Give a finished work into somebody's care; its minutes are printed."""
    project = request.scope.get_or_404(delivery.projects(), Verb.ASSET_HAND_OVER, code=code)
    at, op = timezone.now(), operation_id(request)
    made = services.hand_over(project=project, by=request.auth, at=at, op=op, **facts.dict())
    return 201, _asset(queries.assets().get(pk=made.pk))


@endpoint(router, "POST", "/assets/{code}/inspections", verb=Verb.ASSET_INSPECT, response=schemas.InspectionOut)
def inspect(
    request: HttpRequest, code: str, facts: Form[schemas.InspectionIn], photos: File[list[UploadedFile]]
) -> Any:
    """Record how an asset was found, with photos."""
    asset = request.scope.get_or_404(queries.assets(), Verb.ASSET_INSPECT, code=code)
    clean = [admit(photo) for photo in photos]
    at, op = timezone.now(), operation_id(request)
    made = services.inspect(asset=asset, photos=clean, by=request.auth, at=at, op=op, **facts.dict())
    return 201, {
        "code": made.code,
        "asset": asset.code,
        "inspected_on": made.inspected_on,
        "condition": made.condition,
        "finding": made.finding,
        "next_inspection_on": made.next_inspection_on,
    }


@endpoint(router, "POST", "/assets/{code}/faults", public=True, response=schemas.FaultOut)
def report_fault(
    request: HttpRequest,
    code: str,
    facts: Form[schemas.FaultIn],
    photos: File[list[UploadedFile]] = [],  # noqa: B006
) -> Any:
    """Say that something standing is broken; it becomes a voice that can be followed."""
    asset = get_object_or_404(queries.assets(), code=code)
    at = timezone.now()
    refusal = too_many(request, at)
    if refusal is not None:
        raise refusal
    clean = [admit(photo) for photo in photos]
    fault = services.report_fault(asset=asset, text=facts.text, photos=clean, by=None, at=at, op=operation_id(request))
    voice = fault.voice
    return 201, {
        "voice": voice.code,
        "asset": asset.code,
        "reported_at": fault.created_at,
        "page": reverse("needs:receipt", args=[voice.code]),
        "key": voice_key(voice),
    }


def _asset(asset: Asset) -> dict[str, Any]:
    names = (
        "code",
        "name",
        "place",
        "custodian",
        "value",
        "built_on",
        "condition",
        "inspected_on",
        "next_inspection_on",
    )
    return {
        **{name: getattr(asset, name) for name in names},
        "region": asset.region_path,
        "project": asset.handover.project.code,
        "page": papers.public_url(asset),
    }
