"""The people of the demo: plainly fictional, one of each role, all with the same password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pendamping.access.models import Account, Grant
from pendamping.regions.models import Region

PASSWORD = "pendamping-demo-2026"  # noqa: S105 (printed on purpose: the demo is for looking)
DECREE = "001/DEMO/CONTOH"
SINCE = date(2025, 7, 1)


@dataclass(frozen=True)
class Cast:
    """Who does what in one ward."""

    facilitator: Account
    secretary: Account
    head: Account
    technical: Account
    treasurer: Account
    lpm: Account


def sign_in(username: str, name: str) -> Account:
    """An account of the demo, made once."""
    found = Account.objects.filter(username=username).first()
    return found or Account.objects.create_user(username, PASSWORD, name=name)


def hold(account: Account, role: str, region: Region, at: datetime) -> Account:
    """Give a role in a place; the demo's first grants come from the command line, as on any new installation."""
    Grant.objects.get_or_create(
        account=account,
        role=role,
        region=region,
        revoked_at=None,
        defaults={"starts_on": min(SINCE, at.date()), "decree": DECREE, "created_at": at},
    )
    return account


def cast_of(ward: Region, at: datetime, suffix: str = "") -> Cast:
    """The six people of a ward; `suffix` keeps user names apart ("sari", "sari-cikalang")."""
    tail = f"-{suffix}" if suffix else ""
    place = ward.name

    def one(username: str, name: str, role: str) -> Account:
        return hold(sign_in(username + tail, f"{name} ({place})" if suffix else name), role, ward, at)

    return Cast(
        facilitator=one("sari", "Sari Contoh", "ward_facilitator"),
        secretary=one("sekretaris", "Seno Contoh", "ward_secretary"),
        head=one("lurah", "Lina Contoh", "ward_head"),
        technical=one("pptk", "Tito Contoh", "technical_officer"),
        treasurer=one("bendahara", "Bela Contoh", "assistant_treasurer"),
        lpm=one("lpm", "Lukman Contoh", "lpm"),
    )


def city_people(city: Region, district: Region, at: datetime) -> None:
    """Those whose place is the city or a district."""
    for username, name, role, region in (
        ("budi", "Budi Contoh", "city_coordinator", city),
        ("camat", "Cahya Contoh", "district_head", district),
        ("askot", "Asep Contoh", "area_coordinator", district),
        ("sekretariat", "Sinta Contoh", "secretariat", city),
        ("perencana", "Rini Contoh", "planning_agency", city),
        ("inspektorat", "Iman Contoh", "inspectorate", city),
        ("pimpinan", "Pandu Contoh", "city_leader", city),
    ):
        hold(sign_in(username, name), role, region, at)
