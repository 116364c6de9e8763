"""Every door × every kind of person × four places, against the oracle that people wrote (matrix.csv)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import Template
from django.utils.safestring import SafeString

from pendamping.access.roles import ROLES
from pendamping.config import urls
from tests.access import oracle
from tests.access.knock import EVERY_PLACE, Visitor
from tests.access.routes import doors
from tests.access.world import COLUMNS, World


def test_every_door_is_written_down() -> None:
    lacking = [f"{door.method} {door.key}" for door in oracle.missing(doors())]
    assert lacking == [], "run `python -m tests.access.propose`, review its lines, add them to matrix.csv"


def test_no_row_speaks_of_a_door_that_is_gone() -> None:
    assert oracle.gone(doors()) == []


def test_no_cell_is_a_failure() -> None:
    words = {word for row in oracle.read().values() for column in COLUMNS for word in row[column].split("|")}
    assert words <= {"ok", "in", "403", "404", "405"}


def test_roles_in_one_column_hold_the_same() -> None:
    unlike = [key for first, *others in filter(None, COLUMNS.values()) for key in others
              if ROLES[key].verbs != ROLES[first].verbs]  # fmt: skip
    assert unlike == []
    assert {key for keys in COLUMNS.values() for key in keys} == set(ROLES)


def _bare(request: HttpRequest, exception: Exception, status: int) -> HttpResponse:
    return HttpResponse(status=status)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for all columns; what the doors changed is undone at each knock, and all of it at the end."""
    logging.disable(logging.WARNING)  # thousands of refusals, each as it should be
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        for code in (403, 404):  # what their pages say is asked elsewhere
            patch.setattr(urls, f"handler{code}", partial(_bare, status=code))
        yield World()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_nobody_meets_anything_else_than_what_is_written(
    column: str, settings: Any, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite at two of the four places by turns, without writing the pages out, which takes most of the time. On
    PostgreSQL, where only queries could differ, by a third of those whom a door lets in, at their own place, pages and
    all.

    A door that answers everybody alike is asked by a visitor, and by the office that holds most.
    """
    settings.MFA_REQUIRED = False
    asked_by_all = column in ("anonymous", "secretariat")
    rows = oracle.read().items()
    written = {key: row[column] for key, row in rows if asked_by_all or len({row[one] for one in COLUMNS}) > 1}
    visitor = Visitor(world.person(column), world, turn=list(COLUMNS).index(column))
    own_only = connection.vendor == "postgresql" and not EVERY_PLACE
    if own_only:
        written = {key: words.split("|")[0] for key, words in written.items() if visitor.takes_turn(key[0], words)}
    else:
        monkeypatch.setattr(Template, "render", lambda *_: SafeString())
    asked = {(door.key, door.method): door for door in doors() if (door.key, door.method) in written}
    met = {
        key: visitor.knock(door, "own") if own_only else visitor.cell(door, written[key]) for key, door in asked.items()
    }
    otherwise = {key: (written[key], word) for key, word in met.items() if written[key] != word}
    assert otherwise == {}, "route → (written, met)"


def test_whoever_views_as_somebody_can_post_nowhere(settings: Any, world: World) -> None:
    settings.MFA_REQUIRED = False
    office, head = world.person("secretariat"), world.person("ward_head")
    assert head is not None
    visitor = Visitor(office, world)
    session = visitor.client.session
    session["view_as"] = str(head.uid)
    session.save()
    public = ("access:stop_viewing", "access:accept", "access:photo")
    passed = [
        door.key
        for door in doors()
        if door.method == "POST" and not door.is_api and door.name not in public and "/kerja" in _address(door, world)
        and visitor.knock(door, "own") not in ("403", "404", "405")
    ]  # fmt: skip
    assert passed == []
    assert visitor.client.get("/kerja/akun/").context["shell"]["viewing_as"]


def _address(door: Any, world: World) -> str:
    from django.urls import reverse

    return reverse(door.name, kwargs={param: world.spots["own"].value(door, param) for param in door.params})
