"""Operations of categories."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint
from pendamping.core.moments import day
from pendamping.needs.queries.categories import categories_of
from pendamping.needs.schemas.categories import CategoriesOut, CategoryOut
from pendamping.regions.queries import site_city

router = Router(tags=["needs"])


@endpoint(router, "GET", "/categories", public=True, response=CategoriesOut)
def list_categories(request: HttpRequest, region: str = "") -> Any:
    """What voices of a place (`region`, any path) can be about today, with the questions of each."""
    site = None if region else site_city()
    offered = categories_of(region or (site.path if site else ""), day(timezone.now()))
    return {"results": [CategoryOut.of(one) for one in offered.prefetch_related("questions")]}
