"""The demo's logbooks: three weeks of lines, some that catch the eye, one sent back, days away, acts that fell in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pendamping.access.models import Account
from pendamping.demo.people import hold, sign_in
from pendamping.demo.pictures import picture
from pendamping.facilitators.enums.absences import AbsenceKind
from pendamping.facilitators.enums.logbook import Activity
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.models import Assignment, LogEntry
from pendamping.facilitators.queries.assignments import serving_on
from pendamping.facilitators.services import absences, log_rules, log_verification, logbook
from pendamping.needs import services as needs
from pendamping.needs.enums.voices import Behalf
from pendamping.regions.models import Region

DAYS = 21
LINES: tuple[tuple[Activity, str, str, int, int], ...] = (
    (Activity.VISIT, "Meninjau selokan yang mampet bersama ketua RT dan warga", "RT 02 RW 05", 4, 3),
    (Activity.MEETING, "Mendampingi rembuk RW tentang usulan tahun depan", "Balai RW 03", 14, 11),
    (Activity.ASSISTANCE, "Membantu menyusun usulan jalan lingkungan dan menghitung volumenya", "RT 01 RW 02", 2, 4),
    (Activity.CHECK, "Memeriksa papan proyek dan bahan yang sudah datang", "RT 03 RW 01", 0, 3),
    (Activity.COORDINATION, "Menyamakan jadwal musyawarah dengan lurah dan LPM", "Kantor kelurahan", 1, 2),
    (Activity.ADMINISTRATION, "Memperbarui data RT yang belum terdengar suaranya", "Kantor kelurahan", 0, 0),
    (Activity.COMPLAINT, "Menindaklanjuti keluhan lampu jalan padam ke dinas", "RT 04 RW 02", 3, 1),
)
NUMBERS = {
    "ward_radius_m": 3000, "slack_m": 250, "gap_minutes": 15, "gap_m": 1000, "photo_bits": 3, "look_back_days": 92,
    "text_letters": 20, "round_minutes": 30, "round_run": 6, "late_days": 3,
}  # fmt: skip


def build(city: Region, people: Account, today: date, say: Callable[[str], object]) -> None:
    """Fill the logbooks of two who serve; `people` is the secretariat. Without anybody who serves there are none."""
    log_rules.set_log_rules(
        by=people, at=_at(today), region=city, valid_from=date(today.year, 1, 1), opens=time(6), closes=time(22),
        legal_basis="Keputusan Wali Kota (contoh)", work_days="12345", **NUMBERS,
    )  # fmt: skip
    serving = list(serving_on(today).filter(city_path=city.path, role=PostKind.WARD_FACILITATOR).order_by("id")[:2])
    boss = hold(sign_in("budi", "Budi Contoh"), PostKind.CITY_COORDINATOR, city, _at(today))
    for place, one in enumerate(serving):
        made = [_write(one, number, on) for number, on in enumerate(_days(one, today))]
        if made and place == 0:
            _catch_the_eye(one, made, today)
        _judge(made, boss, today)
        _fell_in(one, today)
    if serving:
        _away(serving[0], boss, today)
    say(f"{LogEntry.objects.count()} catatan harian dari {len(serving)} pendamping")


def _days(one: Assignment, today: date) -> Iterator[date]:
    """The working days of the last weeks within the assignment; two are left out: one sick day, one gap."""
    for back in range(DAYS, 0, -1):
        on = today - timedelta(days=back)
        if on >= one.starts_on and on.isoweekday() <= 5 and back not in (6, 9):
            yield on


def _write(one: Assignment, number: int, on: date, **changes: Any) -> LogEntry:
    activity, what, place, women, men = LINES[number % len(LINES)]
    facts: dict[str, Any] = {
        "day": on, "activity": activity, "what": f"{what} (contoh {number + 1})", "place": place, "women": women,
        "men": men, "vulnerable": min(2, women), "begins": time(8 + number % 3, 7), "ends": time(11, 20 + number % 30),
        **_point(one.region), **changes,
    }  # fmt: skip
    at = facts.pop("at", _at(on, 16))
    return logbook.write_entry(by=one.account, at=at, region=one.region, **facts)


def _catch_the_eye(one: Assignment, made: list[LogEntry], today: date) -> None:
    """The same words and photo twice, an evening, a promise that is due, one written late."""
    first, on = made[-1], today - timedelta(days=1)
    photo = picture("drain", 0)
    _write(one, 0, first.day, what="Menengok selokan di depan sekolah dasar", photos=[photo], begins=time(13, 5),
           ends=time(14, 10), problem="Sampah menumpuk lagi", solution="Kerja bakti RT",
           follow_up="Menghubungi dinas kebersihan", follow_up_by=today)  # fmt: skip
    _write(one, 0, on, what="Menengok selokan di depan sekolah dasar", photos=[photo], begins=time(22, 5),
           ends=time(22, 40), latitude=None, longitude=None, at=_at(on, 23))  # fmt: skip
    _write(one, 3, made[0].day, what="Menghadiri pengajian warga sambil mendengar usulan", begins=None, ends=None,
           at=_at(today, 8), late_reason="Ponsel rusak (contoh)")  # fmt: skip


def _judge(made: list[LogEntry], boss: Account, today: date) -> None:
    """Most are verified, one is sent back, the last ones wait."""
    older = made[:-4]
    if not older:
        return
    *verified, back = older
    if verified:
        log_verification.verify_entries(by=boss, at=_at(today, 9), entries=verified)
    log_verification.return_entry(
        by=boss, at=_at(today, 9), entry=back, reason="Sebutkan RT dan siapa saja yang hadir."
    )


def _fell_in(one: Assignment, today: date) -> None:
    """A voice recorded elsewhere stands in the book by itself."""
    if one.starts_on > today:
        return
    needs.record_voice(
        by=one.account, at=_at(today, 10), text="Jembatan kecil ke musala licin saat hujan.", region=one.region,
        behalf=Behalf.ELDERLY, other_words="jembatan kecil",
    )  # fmt: skip
    logbook.gather(one.account, today - timedelta(days=DAYS), today)


def _away(one: Assignment, boss: Account, today: date) -> None:
    """A sick day that is approved, and leave that waits."""
    sick = max(one.starts_on, today - timedelta(days=6))
    asked = absences.ask_absence(
        by=one.account, at=_at(sick, 7), kind=AbsenceKind.SICK, first_day=sick, last_day=sick, why="Demam (contoh)"
    )
    absences.decide_absence(by=boss, at=_at(sick, 9), absence=asked, approve=True)
    ahead = today + timedelta(days=10)
    if ahead <= one.last_day:
        absences.ask_absence(
            by=one.account, at=_at(today, 8), kind=AbsenceKind.LEAVE, first_day=ahead, last_day=ahead,
            why="Acara keluarga (contoh)",
        )  # fmt: skip


def _point(region: Region) -> dict[str, Decimal | int]:
    """Near the point of the ward, where it is known."""
    if region.latitude is None or region.longitude is None:
        return {}
    return {"latitude": region.latitude, "longitude": region.longitude, "accuracy_m": 15}


def _at(on: date, hour: int = 12) -> datetime:
    return datetime.combine(on, time(hour, 10), ZoneInfo("Asia/Jakarta"))
