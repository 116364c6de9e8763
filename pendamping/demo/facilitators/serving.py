"""The demo's facilitators of the stories: placed by a decree and under contract since the half-year before today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pendamping.access.models import Account
from pendamping.facilitators.enums.appointments import DecreeKind
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.rules.indicators import Half, half_of
from pendamping.facilitators.services import appointments, contracts, decrees
from pendamping.regions.models import Level, Region

WHO = "sari"


def half_told(today: date) -> Half:
    """The last half-year whose reports can no longer come in time: three days after its end."""
    return half_of(today - timedelta(days=3)).before


def build(city: Region, people: Account, today: date, say: Callable[[str], object]) -> None:
    """Those who served until now by a role given at the command line are placed, as a city does when it begins."""
    boss, at, since = (
        people,
        datetime.combine(today, time(12, 0), ZoneInfo("Asia/Jakarta")),
        half_told(today).since,
    )
    decree = decrees.record_decree(
        by=boss, at=at, region=city, kind=DecreeKind.APPOINTMENT, number="821/DEMO-0", dated_on=since,
        signatory="Wali Kota", about="Tenaga pendamping kelurahan (contoh)", starts_on=since,
        ends_on=date(today.year, 12, 31),
    )  # fmt: skip
    for number, account in enumerate(Account.objects.filter(username__startswith=WHO).order_by("username"), start=1):
        ward = Region.objects.filter(level=Level.WARD, pk__in=account.grants.values("region")).order_by("path").first()
        if ward is None:
            continue
        one = appointments.appoint(
            by=boss, at=at, decree=decree, account=account, kind=PostKind.WARD_FACILITATOR, unit=ward,
            reason="Sudah bertugas sebelum seleksi (contoh)",
        )  # fmt: skip
        begins = max(one.starts_on, date(today.year, 1, 1))
        contracts.sign_contract(
            by=boss, at=at, appointment=one, fiscal_year=today.year, number=f"K-0{number}/DEMO", signed_on=begins,
            starts_on=begins, ends_on=one.ends_on, monthly=2_500_000,
        )  # fmt: skip
    say(f"pendamping yang sudah bertugas ditempatkan dengan {decree.number}")
