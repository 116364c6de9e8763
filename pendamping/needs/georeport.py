"""GeoReport v2 as XML or JSON, from the same plain values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from django.http import HttpResponse, JsonResponse

FORMATS = ("xml", "json")
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")  # XML 1.0, 2.2 Characters


@dataclass(frozen=True)
class Several:
    """Rows that are elements of this name in XML, and a list in JSON."""

    name: str
    rows: Sequence[Mapping[str, Any] | str]


def answer(kind: str, root: str, value: Several | Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """The answer in the format asked for ("xml" when it is none we know)."""
    if kind == "json":
        return JsonResponse(_plain(value), safe=False, status=status, json_dumps_params={"ensure_ascii": False})
    written = ET.tostring(_element(root, value), encoding="unicode")
    body = f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'
    return HttpResponse(body, content_type="text/xml; charset=utf-8", status=status)


def _plain(value: Any) -> Any:
    if isinstance(value, Several):
        return [_plain(row) for row in value.rows]
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return value


def _element(name: str, value: Any) -> ET.Element:
    made = ET.Element(name)
    if isinstance(value, Several):
        made.extend(_element(value.name, row) for row in value.rows)
    elif isinstance(value, Mapping):
        made.extend(_element(part, one) for part, one in value.items())
    elif isinstance(value, bool):
        made.text = "true" if value else "false"
    elif value is not None:
        made.text = _NOT_XML.sub("", str(value))
    return made
