"""What the API's description calls by one name is one thing: a later class of the same name would replace the first."""

from __future__ import annotations

from collections import defaultdict

from ninja import Schema

from pendamping.config.api import api


def _all(base: type) -> set[type]:
    return {found for one in base.__subclasses__() for found in ({one} | _all(one))}


def test_no_two_schemas_share_a_name() -> None:
    assert api.title
    named: dict[str, set[str]] = defaultdict(set)
    for one in _all(Schema):
        if one.__module__.startswith("pendamping."):
            named[one.__name__].add(one.__module__)
    assert len(named) > 100
    assert {name: modules for name, modules in named.items() if len(modules) > 1} == {}
