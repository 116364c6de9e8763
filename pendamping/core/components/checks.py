"""What every component does with its attributes: refuse the unknown, draw the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

KINDS = ("primary", "secondary", "quiet", "danger")


def one_of(value: str, known: Iterable[str], what: str) -> str:
    if value not in known:
        raise template.TemplateSyntaxError(f"{what} is one of {', '.join(known)}; not {value!r}")
    return value


def extra(attributes: dict[str, Any], what: str) -> SafeString:
    """hx_get="/x" → hx-get="/x"; only hx_, data_ and aria_ pass."""
    parts = []
    for name, value in attributes.items():
        if not name.startswith(("hx_", "data_", "aria_")):
            raise template.TemplateSyntaxError(f"{what} knows no attribute {name!r}")
        if value is not None and value is not False:
            parts.append(format_html(' {}="{}"', name.replace("_", "-"), "" if value is True else value))
    return mark_safe("".join(parts))


def render(part: str, /, **context: Any) -> SafeString:
    return mark_safe(render_to_string(f"ui/{part}.html", context))


def form_token(context: template.Context) -> Any:
    """The CSRF token of a working page. Public pages are exempt and must stay without a cookie: none for them."""
    match = getattr(context.get("request"), "resolver_match", None)
    return None if match is not None and getattr(match.func, "csrf_exempt", False) else context.get("csrf_token")
