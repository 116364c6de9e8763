"""Finding places: by code, by any of their names, inside another place."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet

from pendamping.core.counters import after
from pendamping.core.verdicts import refused
from pendamping.regions import rules
from pendamping.regions.enums import Reason
from pendamping.regions.models import WIDTHS, Level, Region, RegionCode


def by_code(code: str) -> Region | None:
    """The place that has this Kemendagri code today, dotted or not."""
    dotted = rules.code_of_path(rules.path_of_code(code))
    found = RegionCode.objects.select_related("region").filter(scheme="kemendagri", code=dotted, valid_to__isnull=True)
    return next((row.region for row in found), None)


def coded(digits: str) -> Region | None:
    """The place with this code today; an RW or RT is its ward's code and its own digits."""
    width = WIDTHS["ward"]
    if len(digits) <= width:
        return by_code(digits)
    ward = by_code(digits[:width])
    return None if ward is None else below(ward.path).filter(path=f"{ward.path}{digits[width:]}").first()


def code_of(region: Region) -> str:
    """The Kemendagri code a place has today, or its ward has; a recoded place keeps its path, not its code."""
    known = RegionCode.objects.filter(region__path=region.ward_path, scheme="kemendagri")
    row = known.filter(valid_to__isnull=True).first() or known.order_by("-valid_to").first()
    return row.code if row is not None else rules.code_of_path(region.path)


def codes_of(regions: Iterable[Region]) -> dict[int, str]:
    """The codes some places have today, by their keys."""
    rows = RegionCode.objects.filter(region__in=regions, scheme="kemendagri", valid_to__isnull=True)
    return dict(rows.values_list("region_id", "code"))


def below(path: str, level: str | None = None) -> QuerySet[Region]:
    """All places under a path, in order; only those of one level when given."""
    found = Region.objects.filter(path__gte=path, path__lt=after(path), valid_to__isnull=True).exclude(path=path)
    return (found.filter(level=level) if level else found).order_by("path")


def successors_of(region: Region) -> list[Region]:
    """The places that stand today where one ended; one that ended too is followed further. None while it stands."""
    if region.is_open:
        return []
    found, seen, asked = list[Region](), {region.pk}, [region.pk]
    while asked:
        rows = list(Region.objects.filter(follows__ended__in=asked).exclude(pk__in=seen).select_related("parent"))
        rows = list({row.pk: row for row in rows}.values())
        found += [row for row in rows if row.is_open]
        seen |= {row.pk for row in rows}
        asked = [row.pk for row in rows if not row.is_open]
    return sorted(found, key=lambda row: row.path)


def may_succeed(region: Region) -> QuerySet[Region]:
    """The places that may follow one: of its level, standing today, in the same district, for a district in the city.

    An RW or RT lies in its ward; where that ended, in the wards that follow it. Those named already stay among them,
    also one that ended since, for what follows it is found through it.
    """
    around = Q(pk__in=[])
    for path in _around(region):
        around |= Q(path__gte=path, path__lt=after(path))
    beside = Q(around, level=region.level, valid_to__isnull=True)
    named = Q(pk__in=region.followed_by.values("successor"))  # a page that saves them anew must not lose any
    found = Region.objects.filter(beside | named).exclude(pk=region.pk)
    return found.select_related("parent__parent").order_by("path")


def _around(region: Region) -> list[str]:
    if region.level not in (Level.RW, Level.RT):
        return [region.path[: WIDTHS["district" if region.level == Level.WARD else "city"]]]
    ward = Region.objects.get(path=region.ward_path)
    return [ward.path] if ward.is_open else [one.path for one in successors_of(ward)]


def cities() -> QuerySet[Region]:
    """Every city here."""
    return Region.objects.filter(level=Level.CITY).order_by("path")


def site_city() -> Region | None:
    """The city this site is about: the one named in the settings, else the first."""
    found = list(cities())
    named = (city for city in found if settings.CITY_NAME in (city.label, city.name))
    return next(named, found[0] if found else None)


def wards(city_path: str) -> QuerySet[Region]:
    """The wards of a city, with their district loaded."""
    return below(city_path, Level.WARD).select_related("parent")


def named(name: str, *, level: str, under: str = "") -> list[Region]:
    """The places of a level that bear this name or alias below a path. Names are not keys: there may be several."""
    key = rules.name_key(name)
    own = Region.objects.filter(level=level, valid_to__isnull=True)
    if under:
        own = own.filter(path__gte=under, path__lt=after(under))
    ids = {region.pk for region in own if rules.name_key(region.name) == key}
    ids |= set(own.filter(aliases__key=key).values_list("pk", flat=True))
    return list(Region.objects.filter(pk__in=ids).select_related("parent").order_by("path"))


def ward_named(name: str, *, district: str = "", city_path: str) -> Region:
    """The one ward of this name (and district, when given).

    Raises Refused: unknown, or several bear the name.
    """
    found = named(name, level=Level.WARD, under=city_path)
    if district:
        inside = {place.pk for place in named(district, level=Level.DISTRICT, under=city_path)}
        elsewhere, found = found, [ward for ward in found if ward.parent_id in inside]
        if elsewhere and not found:
            refused(Reason.OTHER_DISTRICT, field="district", name=name, district=district).or_raise()
    if not found:
        refused(Reason.UNKNOWN_WARD, field="ward", name=name).or_raise()
    if len(found) > 1:
        codes = ", ".join(code_of(ward) for ward in found)
        refused(Reason.AMBIGUOUS_WARD, field="ward", name=name, codes=codes).or_raise()
    return found[0]


def search(text: str, *, under: str = "", most: int = 20) -> list[Region]:
    """Wards and districts whose name or alias contains the words, wards first."""
    key = rules.name_key(text)
    if len(key) < 2:
        return []
    found = Region.objects.filter(level__in=[Level.WARD, Level.DISTRICT], valid_to__isnull=True).select_related(
        "parent"
    )
    if under:
        found = found.filter(path__gte=under, path__lt=after(under))
    matching = found.filter(Q(name__icontains=text.strip()) | Q(aliases__key__contains=key)).distinct()
    return sorted(matching.order_by("path")[: most * 2], key=lambda r: (r.level != Level.WARD, r.path))[:most]


def ancestors(path: str) -> list[Region]:
    """The places above and at a path, city first: the crumbs of a page."""
    paths = [path[:width] for width in WIDTHS.values() if width <= len(path)]
    return list(Region.objects.filter(path__in=paths).order_by("path"))
