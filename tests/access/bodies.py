"""A body that passes the shape check of an operation, written from the API's own description, pointing at one place."""

from __future__ import annotations

import functools
import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from pendamping.config.api import api
from pendamping.needs.tests.factories import upload
from tests.access.routes import Door

_PICTURE = upload().read()

_TEXTS = {"date": "2026-03-10", "date-time": "2026-03-10T03:00:00Z", "uuid": "01890000-0000-7000-8000-000000000000"}


@functools.cache
def _description() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    return described


def example(door: Door, spot: Any) -> dict[str, Any]:
    """The least body that fits, as arguments of Client.generic; what refers to records or places refers to `spot`'s."""
    operation = _description()["paths"][door.path][door.method.lower()]
    content = operation.get("requestBody", {}).get("content", {})
    known = {**_known(spot), **spot.said(door)}
    if "multipart/form-data" in content:
        body = _value(content["multipart/form-data"]["schema"], "", known)
        return {"data": encode_multipart(BOUNDARY, body), "content_type": MULTIPART_CONTENT}
    schema = content.get("application/json", {}).get("schema")
    return {"data": json.dumps(_value(schema, "", known)) if schema else "{}", "content_type": "application/json"}


def _value(schema: dict[str, Any], name: str, known: dict[str, str]) -> Any:
    if "$ref" in schema:
        return _value(_description()["components"]["schemas"][schema["$ref"].split("/")[-1]], name, known)
    kinds = [part for part in schema.get("anyOf", schema.get("allOf", [])) if part.get("type") != "null"]
    if kinds:
        return _value(kinds[0], name, known)
    kind = schema.get("type")
    if kind == "object" or "properties" in schema:
        wanted = schema.get("required", [])
        return {key: _value(part, key, known) for key, part in schema.get("properties", {}).items() if key in wanted}
    if "prefixItems" in schema:
        return [_value(part, name, known) for part in schema["prefixItems"]]
    if kind == "array":
        return [_value(schema.get("items", {}), name.rstrip("s"), known)] * max(1, schema.get("minItems", 0))
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("format") == "binary":
        return SimpleUploadedFile("foto.webp", _PICTURE, "image/webp")
    if kind == "boolean":
        return True
    if kind in ("integer", "number"):
        return 2026 if "year" in name else max(1, schema.get("minimum", 1))
    text = known.get(name, "") or _TEXTS.get(schema.get("format", "")) or "Selokan depan sekolah mampet"
    return text[: schema.get("maxLength", 1000)]


def _known(spot: Any) -> dict[str, str]:
    """What fields of these names refer to."""
    return {
        "region": spot.region.path, "ward": spot.region.path, "city": spot.city.path, "path": spot.region.path,
        "voice": spot.voice.code, "need": spot.need.code, "proposal": spot.proposal.code,
        "project": spot.project.code, "meeting": spot.meeting.code, "menu_item": "A1.02",
    }  # fmt: skip
