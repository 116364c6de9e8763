"""People every test knows. Sari facilitates this ward, Wati the one next door, Budi coordinates the city."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from pendamping.access.models import Account, Grant
from pendamping.regions.models import Region


def account(username: str, name: str = "") -> Account:
    found = Account.objects.filter(username=username).first()
    return found or Account.objects.create_user(username, "kata-sandi-uji-coba", name=name or username.capitalize())


def person(role: str, region: Region, username: str = "", *, ends_on: date | None = None) -> Account:
    """Somebody holding one role in one place since 2020."""
    somebody = account(username or f"{role}-{region.path}")
    Grant.objects.get_or_create(
        account=somebody,
        role=role,
        region=region,
        defaults={"starts_on": date(2020, 1, 1), "ends_on": ends_on, "created_at": timezone.now()},
    )
    return somebody


def sari(ward: Region) -> Account:
    return person("ward_facilitator", ward, "sari")


def wati(ward: Region) -> Account:
    return person("ward_facilitator", ward, "wati")


def lurah(ward: Region) -> Account:
    return person("ward_head", ward, "lurah")


def sekretaris(ward: Region) -> Account:
    return person("ward_secretary", ward, "sekretaris")


def pptk(ward: Region) -> Account:
    return person("technical_officer", ward, "pptk")


def bendahara(ward: Region) -> Account:
    return person("assistant_treasurer", ward, "bendahara")


def camat(district: Region) -> Account:
    return person("district_head", district, "camat")


def budi(city: Region) -> Account:
    return person("city_coordinator", city, "budi")


def secretariat(city: Region) -> Account:
    return person("secretariat", city, "sekretariat")
