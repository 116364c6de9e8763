"""Small additive figures, changed in the transaction of the act they count; every dashboard reads only these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Model, QuerySet, Sum

from pendamping.core.models import Counter

Key = tuple[str, str, int, str]  # measure, region path, period, dimension
Recount = Callable[[], Iterable[tuple[Key, int]]]

_recounts: dict[str, Recount] = {}


def change(measure: str, *, region_path: str, period: int, dimension: str = "", by: int = 1) -> None:
    """Add `by` to a cell (created when new). Only inside the transaction of the act. Cells are kept by ward."""
    if not connection.in_atomic_block:
        raise RuntimeError("counters.change belongs inside the transaction of its act")
    if by == 0:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_counter (measure, region_path, period, dimension, value) VALUES (%s, %s, %s, %s, %s) "
            "ON CONFLICT (measure, region_path, period, dimension) "
            "DO UPDATE SET value = core_counter.value + excluded.value",
            [measure, region_path[:10], period, dimension, by],
        )


def cells(measures: Iterable[str], *, under: str, since: int = 0, until: int = 999999) -> QuerySet[Counter]:
    """The cells of some measures in a place and all below it."""
    return Counter.objects.filter(
        measure__in=list(measures),
        region_path__gte=under,
        region_path__lt=after(under),
        period__gte=since,
        period__lte=until,
    )


def after(path: str) -> str:
    """The first path of the same width that is no longer below `path`: the end of a subtree's range."""
    return str(int(path) + 1).zfill(len(path)) if path else "A"  # digits only, so every collation agrees


def total(measure: str, *, under: str, dimension: str | None = None, since: int = 0, until: int = 999999) -> int:
    """The sum of a measure in a place."""
    found = cells([measure], under=under, since=since, until=until)
    if dimension is not None:
        found = found.filter(dimension=dimension)
    return found.aggregate(total=Sum("value"))["total"] or 0


def recounts(measure: str) -> Callable[[Recount], Recount]:
    """Declare how a measure is counted again from the records themselves."""

    def keep(function: Recount) -> Recount:
        _recounts[measure] = function
        return function

    return keep


def moved(measure: str, record: Any, old: str | None, new: str | None) -> None:
    """Count a record out of one state and into another, in the month the record was made."""
    for state, step in ((old, -1), (new, 1)):
        if state is not None:
            change(measure, region_path=record.region_path, period=record.period, dimension=state, by=step)


def recounts_states(measure: str, model: type[Model], field: str = "state") -> None:
    """Declare that a measure counts the records of a model by state (see moved)."""
    _recounts[measure] = lambda: (
        ((measure, path, month, state), count)
        for path, month, state, count in model._default_manager.order_by()  # type: ignore[attr-defined]
        .values_list("ward_path", "period", field)
        .annotate(count=Count("pk"))
    )


def recounts_money(
    measure: str, model: type[Model], amount: str, dimension: str = "", but: Mapping[str, Any] | None = None
) -> None:
    """Declare that a measure sums an amount of a model's records, by a field's value when `dimension` names one.

    Records that fit `but` do not count.
    """

    def recount() -> Iterator[tuple[Key, int]]:
        fields = ["ward_path", "period", *([dimension] if dimension else [])]
        counted = model._default_manager.exclude(**but) if but else model._default_manager  # type: ignore[attr-defined]
        rows = counted.order_by().values_list(*fields).annotate(sum=Sum(amount))
        for path, month, *rest in rows:
            yield (measure, path, month, rest[0] if dimension else ""), rest[-1] or 0

    _recounts[measure] = recount


@dataclass(frozen=True)
class Difference:
    """A cell that does not say what the records say."""

    key: Key
    kept: int
    counted: int


def differences() -> Iterator[Difference]:
    """Compare every declared measure with its records."""
    for measure, recount in sorted(_recounts.items()):
        counted: dict[Key, int] = {}
        for key, value in recount():
            cell = (key[0], key[1][:10], key[2], key[3])
            counted[cell] = counted.get(cell, 0) + value
        kept = {
            (c.measure, c.region_path, c.period, c.dimension): c.value for c in Counter.objects.filter(measure=measure)
        }
        for cell in sorted(set(counted) | set(kept)):
            if counted.get(cell, 0) != kept.get(cell, 0):
                yield Difference(cell, kept.get(cell, 0), counted.get(cell, 0))


def undeclared() -> list[str]:
    """Measures found in the table that nobody can count again: a mistake."""
    found = Counter.objects.order_by().values_list("measure", flat=True).distinct()
    return sorted(set(found) - set(_recounts))


def mend(found: Iterable[Difference]) -> int:
    """Set the differing cells to what the records say; returns how many."""
    mended = 0
    for difference in found:
        measure, path, month, dimension = difference.key
        with transaction.atomic():
            change(
                measure, region_path=path, period=month, dimension=dimension, by=difference.counted - difference.kept
            )
        mended += 1
    return mended
