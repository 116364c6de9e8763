"""Every door of the site, read from the address map itself: pages, acts inside pages, and operations of the API."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from pendamping.config.api import api

_LIBRARY = ("allauth.", "django.")


@dataclass(frozen=True)
class Door:
    """One address with one method (id: pintu); `act` names the form inside a page that holds several."""

    name: str
    method: str
    params: tuple[str, ...] = ()
    act: str = ""
    path: str = ""  # of an operation of the API

    @property
    def key(self) -> str:
        return f"{self.name}?act={self.act}" if self.act else self.name

    @property
    def is_api(self) -> bool:
        return bool(self.path)


def views() -> Iterator[tuple[str, URLPattern]]:
    """Every named view and its pattern."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: Iterable[Any], prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for found in patterns:
        if isinstance(found, URLResolver):
            inner = f"{prefix}{found.namespace}:" if found.namespace else prefix
            yield from _walk(found.url_patterns, "" if isinstance(found.pattern, LocalePrefixPattern) else inner)
        else:
            yield f"{prefix}{found.name}", found


def doors() -> list[Door]:
    """All of them, in the order of the address map; the library's own pages about one's own account are left out."""
    return [*_pages(), *_operations()]


def _pages() -> Iterator[Door]:
    for name, pattern in views():
        view: Any = pattern.callback
        if name.startswith("api-") or (
            str(view.__module__).startswith(_LIBRARY) and "core" not in str(view.__module__)
        ):
            continue
        params = tuple(sorted(pattern.pattern.converters))
        yield Door(name, "GET", params)
        acts = _acts(view)
        for act in acts or [""]:
            yield Door(name, "POST", params, act)


def _acts(view: Any) -> list[str]:
    """The keys of the forms a page holds, when it takes them by `?act=` (needs/views/steps.py)."""
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    takes = "take" in getattr(getattr(view, "__code__", None), "co_names", ())
    return [step.key for step in sys.modules[view.__module__].STEPS] if takes else []


def _operations() -> Iterator[Door]:
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    whole = f"/api/v1{prefix}{path}".replace("//", "/")
                    params = tuple(sorted(re.findall(r"{(?:\w+:)?(\w+)}", path)))
                    yield Door(f"api {path}", method, params, path=whole)
