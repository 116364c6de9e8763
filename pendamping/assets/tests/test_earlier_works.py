"""What stands already is named in the technical check of a proposal worded alike: assets and projects of the ward."""

from __future__ import annotations

import pytest

from pendamping.assets.tests import factories as assets
from pendamping.deliberation import finished
from pendamping.deliberation.queries.checks import like
from pendamping.deliberation.tests.factories import ready
from pendamping.delivery.tests import factories as delivery
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def test_a_project_and_an_asset_of_the_ward_are_found_and_none_of_next_door() -> None:
    ward, next_door = places.ward(1), places.ward(2)
    project = delivery.project(ward)
    standing = assets.standing(ward)
    delivery.project(next_door)
    source = project.decision.item.proposal
    proposal = ready(ward, title=source.title, place=source.place, menu_item=source.menu_item)
    found = {(one.kind, one.code) for one in like(proposal)}
    assert ("project", project.code) in found
    kinds = {one.kind for one in finished.earlier(ward.path, source.menu_item.group_code)}
    assert kinds == {"project", "asset"}
    assert standing.code in {one.code for one in finished.earlier(ward.path, source.menu_item.group_code)}
    assert not {one.code for one in finished.earlier(next_door.path, "Z9")}


def test_its_own_project_is_not_its_double() -> None:
    project = delivery.project(places.ward(1))
    assert project.code not in {one.code for one in like(project.decision.item.proposal)}
