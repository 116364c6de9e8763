"""Voices as a file: CSV, XLSX or GeoJSON, written row by row; no cell becomes a formula."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from pendamping.core.imports.export import XLSX, csv_text, xlsx_into
from pendamping.core.moments import day
from pendamping.needs.enums.exports import ExportFormat
from pendamping.needs.models import Voice

KINDS = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: XLSX,
    ExportFormat.GEOJSON: "application/geo+json",
}


def write(kind: str, voices: Iterable[Voice], into: BinaryIO) -> None:
    """The voices as a file of this kind; as they are read here, so is their progress."""
    _WRITERS[ExportFormat(kind)](voices, into)


def _rows(voices: Iterable[Voice]) -> Iterator[list[object]]:
    yield [
        _("Code"), _("Heard on"), _("Place"), _("Landmark"), _("About"), _("Words"), _("State"), _("Answer"),
        _("Answered on"), _("Channel"), _("Latitude"), _("Longitude"),
    ]  # fmt: skip
    for one in voices:
        yield [
            one.code, day(one.heard_at), one.region.place_label, one.place_words, one.full_subject, one.text,
            one.get_state_display(), one.answer, day(one.answered_at) if one.answered_at else None,
            one.get_channel_display(), one.latitude, one.longitude,
        ]  # fmt: skip


def _csv(voices: Iterable[Voice], into: BinaryIO) -> None:
    into.write(b"\xef\xbb\xbf")  # tells Excel that it is UTF-8
    for line in csv_text(_rows(voices)):
        into.write(line.encode())


def _xlsx(voices: Iterable[Voice], into: BinaryIO) -> None:
    xlsx_into(into, _rows(voices), sheet=_("Voices"))


def _geojson(voices: Iterable[Voice], into: BinaryIO) -> None:
    """Only voices with a point (RFC 7946: longitude first, WGS 84)."""
    out = io.TextIOWrapper(into, encoding="utf-8", write_through=True)
    out.write('{"type": "FeatureCollection", "features": [')
    for number, one in enumerate(one for one in voices if one.latitude is not None and one.longitude is not None):
        facts = {
            "code": one.code, "heard_on": day(one.heard_at).isoformat(), "place": one.region.place_label,
            "about": one.full_subject, "words": one.text, "state": one.state, "channel": one.channel,
        }  # fmt: skip
        point = {"type": "Point", "coordinates": [float(one.longitude or 0), float(one.latitude or 0)]}
        feature = {"type": "Feature", "id": one.code, "geometry": point, "properties": facts}
        out.write((",\n" if number else "\n") + json.dumps(feature, ensure_ascii=False))
    out.write("\n]}\n")
    out.detach()


_WRITERS: dict[ExportFormat, Callable[[Iterable[Voice], BinaryIO], None]] = {
    ExportFormat.CSV: _csv,
    ExportFormat.XLSX: _xlsx,
    ExportFormat.GEOJSON: _geojson,
}
