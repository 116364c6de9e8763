"""What the API's description calls by one name is one thing: a later class of the same name would replace the first."""

from __future__ import annotations

import json
import re
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


def test_no_two_lists_of_choices_share_a_name() -> None:
    """In the description each is known by its name alone: of two, one would be told as the other."""
    named: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for one in _all(Schema):
        for name, part in one.model_json_schema().get("$defs", {}).items():
            if "enum" in part:
                named[name].add(tuple(map(str, part["enum"])))
    assert len(named) > 20
    assert {name: lists for name, lists in named.items() if len(lists) > 1} == {}


def test_no_two_operations_share_an_address_and_a_method() -> None:
    """Only the first would ever answer, and the description would tell of the other."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            address = re.sub(r"\{[^}]*\}", "{}", f"{prefix}/{path}".replace("//", "/"))
            for operation in view.operations:
                for method in operation.methods:
                    found[method, address].append(f"{operation.view_func.__module__}.{operation.view_func.__name__}")
    assert len(found) > 100
    assert {key: names for key, names in found.items() if len(names) > 1} == {}


def test_every_operation_says_what_a_problem_looks_like() -> None:
    described = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    operations = [one for methods in described["paths"].values() for one in methods.values()]
    assert len(operations) > 100
    assert {json.dumps(one["responses"]["422"]) for one in operations} == {'{"$ref": "#/components/responses/Problem"}'}
    problem = described["components"]["responses"]["Problem"]["content"]["application/problem+json"]
    assert problem["schema"]["$ref"] == "#/components/schemas/Problem"
    for kind, name in set(re.findall(r'"#/components/(\w+)/(\w+)"', json.dumps(described))):
        assert name in described["components"][kind]
