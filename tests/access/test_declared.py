"""Every view and every operation says which verb it takes, or that it is one's own or public."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ninja import Schema

from pendamping.access.middleware import OPEN_MODULES, is_declared
from pendamping.access.verbs import Verb
from pendamping.config.api import api
from tests.access.routes import views


def test_every_view_names_a_verb_or_is_public() -> None:
    assert [name for name, pattern in views() if not is_declared(pattern.callback)] == []


def test_verbs_of_views_are_verbs() -> None:
    named = [getattr(pattern.callback, "verb", None) for _name, pattern in views()]
    assert [verb for verb in named if verb is not None and not isinstance(verb, Verb)] == []


def test_every_view_of_ours_says_so_itself() -> None:
    """The modules that need not declare are those of libraries; none of ours hides behind them."""
    assert [module for module in OPEN_MODULES if module.startswith("pendamping")] == []


def test_every_operation_names_a_verb_or_is_ones_own_or_public_and_asks_for_a_key_unless_public() -> None:
    wrong = []
    for _prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                function: Any = operation.view_func
                own, public = (getattr(function, name, False) for name in ("is_own", "is_public"))
                verb = getattr(function, "verb", None) is not None
                asks = bool(operation.auth_callbacks)
                if [verb, own, public].count(True) != 1 or asks == public:
                    wrong.append(f"{operation.methods} {path}")
    assert wrong == []


def test_no_two_schemas_share_a_name() -> None:
    """The description knows them by name alone: of two, one would be described as the other."""
    names = Counter(schema.__name__ for schema in _below(Schema) if schema.__module__.startswith("pendamping."))
    assert [name for name, times in names.items() if times > 1] == []


def _below(schema: type[Schema]) -> set[type[Schema]]:
    return {one for below in schema.__subclasses__() for one in (below, *_below(below))}


def test_no_view_under_kerja_is_public_but_the_way_back_to_oneself_and_a_bare_script() -> None:
    public = [
        name
        for name, pattern in views()
        if str(pattern.pattern).startswith("kerja/") and getattr(pattern.callback, "is_public", False)
    ]
    assert public == ["access:stop_viewing", "deliberation:control_worker"]
