"""Fetching and listing records through a scope: 404 outside, 403 inside without the verb, lists by equal cut paths."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.access.verbs import Verb
from pendamping.needs.models import Need
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def need_in(ward: Region) -> Need:
    return Need.add(at=timezone.now(), region=ward, title="Gang banjir saat hujan")


def test_get_or_404_answers_404_outside_and_403_where_only_the_verb_is_missing() -> None:
    own, other = places.ward(1), places.foreign_ward()
    mine, theirs = need_in(own), need_in(other)
    scope = scope_of(personas.sari(own), TODAY)
    records = Need.objects.all()
    assert scope.get_or_404(records, Verb.NEED_VERIFY, code=mine.code) == mine
    with pytest.raises(PermissionDenied):
        scope.get_or_404(records, Verb.PROJECT_APPROVE, code=mine.code)
    for code in (theirs.code, "N26-00000-0"):
        with pytest.raises(Http404):
            scope.get_or_404(records, Verb.NEED_VERIFY, code=code)


def narrowed(account: Account) -> tuple[str, list[Need]]:
    with CaptureQueriesContext(connection) as seen:
        found = list(scope_of(account, TODAY).narrow(Need.objects.order_by("-id"), Verb.RECORD_SEE))
    return seen.captured_queries[-1]["sql"], found


def test_narrow_asks_for_equal_cut_paths_so_that_the_list_index_serves() -> None:
    own, sibling, foreign = places.ward(1), places.ward(2), places.foreign_ward()
    mine, next_door, _far = need_in(own), need_in(sibling), need_in(foreign)
    for who, column, found in (
        (personas.sari(own), '"ward_path" = ', [mine]),
        (personas.camat(places.district()), '"district_path" = ', [next_door, mine]),
        (personas.budi(places.city()), '"city_path" = ', [next_door, mine]),
    ):
        sql, seen = narrowed(who)
        assert column in sql
        assert "region_path" not in sql.split(" WHERE ")[1]
        assert seen == found
    sql, seen = narrowed(personas.person("rt_rw", places.rw(own)))
    assert "region_path" in sql.split(" WHERE ")[1]
    assert seen == []
