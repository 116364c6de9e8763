"""The demo's evaluation: one facilitator's last half-year, with a reply, coaching, values withheld, and a renewal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pendamping.access.models import Account
from pendamping.demo.facilitators.serving import half_told
from pendamping.facilitators.enums.evaluations import RenewalOutcome
from pendamping.facilitators.evaluation_rules import seed_rules
from pendamping.facilitators.models import Evaluation
from pendamping.facilitators.rules.indicators import Half
from pendamping.facilitators.services import coaching, evaluations
from pendamping.regions.models import Region

WHO, COORDINATOR, SECOND = "sari", "budi", "sari-"


def build(city: Region, people: Account, today: date, say: Callable[[str], object]) -> None:
    """Evaluate the demo's first ward facilitators for the half-year before today. `people` is the secretariat."""
    boss, half = people, half_told(today)
    coordinator = Account.objects.filter(username=COORDINATOR).first()
    serving = list(Account.objects.filter(username__startswith=WHO, is_active=True).order_by("username"))
    if coordinator is None or not serving:
        return
    seed_rules(_noon(half.since))
    clock = _after(half, today)
    shown = [_shown(one, coordinator, half, clock(4)) for one in serving[:2]]
    _answered(shown[0], coordinator, boss, clock, today)
    say(f"{len(shown)} evaluasi semester {half}: satu dengan tanggapan, pembinaan, dan keputusan kontrak")


def _shown(account: Account, coordinator: Account, half: Half, at: datetime) -> Evaluation:
    made = evaluations.compute_evaluation(by=coordinator, at=at, account=account, half=half)
    return evaluations.show_evaluation(by=coordinator, at=at, evaluation=made)


def _answered(made: Evaluation, coordinator: Account, boss: Account, clock: Any, today: date) -> None:
    """The first replies, steps are agreed on, the secretariat settles it and renews with conditions."""
    evaluations.reply_to_evaluation(
        by=made.account, at=clock(8), evaluation=made,
        reply="Semester itu buku harian masih di kertas dan belum disalin; catatannya ada pada saya (contoh).",
    )  # fmt: skip
    for task in made.coaching.order_by("id")[:1]:
        coaching.agree_coaching(
            by=coordinator, at=clock(10), task=task, due_on=today + timedelta(days=30),
            steps="Setiap sore menulis satu catatan; tiap Senin pagi dibaca bersama (contoh).",
        )  # fmt: skip
    evaluations.settle_evaluation(
        by=boss, at=clock(20), evaluation=made, words="Tanggapan diterima; pembinaan tetap berjalan (contoh)."
    )
    evaluations.decide_renewal(
        by=boss, at=clock(21), evaluation=made, outcome=RenewalOutcome.CONDITIONS,
        conditions="Langkah pembinaan selesai sebelum akhir tahun (contoh).",
        reason="Hasil kerja di kelurahan baik; buku harian dan laporan perlu dibenahi (contoh).",
    )  # fmt: skip


def _after(half: Half, today: date) -> Callable[[int], datetime]:
    """So many days after the half-year, never after today."""
    return lambda days: _noon(min(half.until + timedelta(days=days), today))


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12, 0), ZoneInfo("Asia/Jakarta"))
