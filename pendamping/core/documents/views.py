"""Is this paper genuine? The public page that the code on every paper leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import shortcuts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pendamping.core.codes import read_code
from pendamping.core.documents.document import Document, verify, verify_bytes

Finder = Callable[[str], str]
_finders: list[Finder] = []
MAX_COMPARED = 20 * 1024 * 1024
Render = Callable[[HttpRequest, str, dict[str, Any]], HttpResponse]


def register(finder: Finder) -> None:
    """Another kind of paper with codes and a public page of its own: its address by a code, or "" when unknown."""
    if finder not in _finders:
        _finders.append(finder)


def check(request: HttpRequest, code: str = "", *, render: Render = shortcuts.render) -> HttpResponse:
    """The facts of a paper by its code; a POST compares a file with it and changes nothing.

    Mounted with `public_page(methods=("GET", "POST"))` and with `render` of the frame of pages.
    """
    typed = (code or request.GET.get("code", "")).strip()[:40]
    known = read_code(typed)
    if known and code != known:
        return redirect("document_check", code=known)
    document = verify(typed) if typed else None
    elsewhere = next((url for find in _finders if (url := find(known))), "") if known and document is None else ""
    if elsewhere:
        return redirect(elsewhere)
    context = {
        "typed": typed,
        "document": document,
        "unknown": bool(typed) and document is None,
        "compared": _compare(request, document) if request.method == "POST" else "",
    }
    response = render(request, "core/document_check.html", context)
    if context["unknown"]:
        response.status_code = 404
    return response


def _compare(request: HttpRequest, document: Document | None) -> str:
    """How a sent file relates to the paper: "same", "other" (genuine, but another paper), "different" or "missing"."""
    upload = request.FILES.get("file")
    if upload is None or not upload.size or upload.size > MAX_COMPARED:
        return "missing"
    found = verify_bytes(upload.read())
    if found is None:
        return "different"
    return "same" if document is not None and found.pk == document.pk else "other"
