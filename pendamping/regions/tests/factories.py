"""Plain places for tests: a city of two districts, and a foreign city whose path shares its first digits."""

from __future__ import annotations

from django.utils import timezone

from pendamping.regions.models import Level, Region


def place(path: str, level: str, name: str, parent: Region | None = None) -> Region:
    found, _made = Region.objects.get_or_create(
        path=path, defaults={"level": level, "name": name, "parent": parent, "created_at": timezone.now()}
    )
    return found


def city(path: str = "3278", name: str = "Kota Contoh") -> Region:
    return place(path, Level.CITY, name)


def district(n: int = 1, of: Region | None = None) -> Region:
    parent = of or city()
    return place(f"{parent.path}{n:02d}", Level.DISTRICT, f"Kecamatan {n}", parent)


def ward(n: int = 1, of: Region | None = None) -> Region:
    """Ward 1 and 2 are siblings in the first district unless `of` says otherwise."""
    parent = of or district()
    return place(f"{parent.path}{1000 + n}", Level.WARD, f"Sukamaju {n}", parent)


def foreign_ward() -> Region:
    return ward(1, of=district(1, of=city("3279", "Kota Lain")))


def rw(of: Region, n: int = 1) -> Region:
    return place(f"{of.path}{n:03d}", Level.RW, f"{n:03d}", of)


def rt(of: Region, n: int = 1) -> Region:
    return place(f"{of.path}{n:03d}", Level.RT, f"{n:03d}", of)
