"""Voices on a map: gathered by the database into cells, or counted by ward."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count, ExpressionWrapper, F, FloatField, IntegerField, Max, Min, QuerySet
from django.db.models.functions import Cast

from pendamping.needs.models import Voice
from pendamping.needs.rules.map import Box, Grid


@dataclass(frozen=True)
class Cluster:
    """Voices near each other (id: kumpulan titik): how many, where on the average, and which when it is one."""

    column: int
    row: int
    count: int
    latitude: float
    longitude: float
    code: str  # of one of them


def extent(voices: QuerySet[Voice]) -> Box | None:
    """The smallest part of the map with all points; None without any."""
    ends = voices.order_by().aggregate(w=Min("longitude"), s=Min("latitude"), e=Max("longitude"), n=Max("latitude"))
    return None if ends["w"] is None else (float(ends["w"]), float(ends["s"]), float(ends["e"]), float(ends["n"]))


def clusters(voices: QuerySet[Voice], grid: Grid) -> list[Cluster]:
    """The points of a grid's box by cell, in one query whatever their number."""
    west, south, east, north = grid.box
    inside = voices.filter(longitude__gte=west, longitude__lt=east, latitude__gte=south, latitude__lt=north)
    rows = (
        inside.order_by()
        .annotate(column=_cell("longitude", west, grid.cell), row=_cell("latitude", south, grid.cell))
        .values("column", "row")
        .annotate(count=Count("pk"), y=Avg("latitude"), x=Avg("longitude"), one=Min("code"))
        .order_by("row", "column")
    )
    return [
        Cluster(one["column"], one["row"], one["count"], float(one["y"]), float(one["x"]), one["one"]) for one in rows
    ]


def _cell(field: str, start: float, size: float) -> Floored:
    steps = (Cast(F(field), FloatField()) - start) / size
    return Floored(ExpressionWrapper(steps, output_field=FloatField()))


class Floored(Cast):
    """A number of steps, never below zero here, without what is behind the point."""

    def __init__(self, expression: ExpressionWrapper) -> None:
        super().__init__(expression, IntegerField())

    def as_postgresql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        """There a cast rounds."""
        return self.as_sql(compiler, connection, template="floor(%(expressions)s)::integer", **extra)


def by_ward(voices: QuerySet[Voice]) -> dict[str, int]:
    """How many voices each ward has."""
    return dict(voices.order_by().values_list("ward_path").annotate(Count("pk")))
