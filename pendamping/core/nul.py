"""No NUL comes in: no text of people holds one, and PostgreSQL cannot keep or look for it.

Addresses, query strings and forms pass the middleware, JSON bodies the parser; pages, schemas and look-ups behind them
never meet one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError
from ninja.parser import Parser

NUL = "\0"


class NulMiddleware:
    """An address with a NUL names nothing (404); a query or form with one cannot be read (400)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404
        if _has_nul(request.GET) or _has_nul(_form(request)):
            raise BadRequest("NUL in a value")
        return self.get_response(request)


def _form(request: HttpRequest) -> QueryDict:
    try:
        return request.POST
    except UnreadablePostError:  # the sender hung up; whoever reads the body next says so
        return QueryDict()


class WordsParser(Parser):
    """Reads the JSON body of an operation and refuses a NUL anywhere in it."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = super().parse_body(request)
        if _has_nul(body):
            raise ValueError("NUL in a value")
        return body


def _has_nul(value: Any) -> bool:
    if isinstance(value, QueryDict):
        return any(_has_nul([name, *values]) for name, values in value.lists())
    if isinstance(value, dict):
        return any(_has_nul([name, one]) for name, one in value.items())
    if isinstance(value, list):
        return any(map(_has_nul, value))
    return isinstance(value, str) and NUL in value
