"""A project ready for work, and its reports and payments, each in a line."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from PIL import Image

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.images.door import KIND, CleanImage
from pendamping.deliberation.models import AgendaItem, Decision, Meeting
from pendamping.delivery import services
from pendamping.delivery.models import Payment, ProgressReport
from pendamping.needs.models import MenuItem, Need, Proposal
from pendamping.planning.models import Project, RuleSet, SubActivity
from pendamping.regions.models import Region

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
PATTERN = [[40, 0], [30, 50], [30, 100]]
BUDGET = 50_000_000


@cache
def image(shade: int = 90) -> CleanImage:
    """A small photo as the door lets it through."""
    picture = Image.new("RGB", (160, 120), (shade, 140, 200 - shade // 2))
    out = io.BytesIO()
    picture.save(out, "WEBP")
    data = out.getvalue()
    return CleanImage(data, data, KIND, 160, 120, hashlib.sha256(data).hexdigest(), f"{shade:016x}", None)


def jpeg(shade: int = 90) -> bytes:
    """A photo as a phone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (160, 120), (shade, 140, 90)).save(out, "JPEG")
    return out.getvalue()


def rules_of(city: Region, pattern: list[list[int]] | None = None, year: int = 2026) -> RuleSet:
    found, _made = RuleSet.objects.get_or_create(
        city=city,
        fiscal_year=year,
        defaults={
            "created_at": AT,
            "valid_from": date(year, 1, 1),
            "legal_basis": "Peraturan Contoh 1/2026",
            "default_ceiling": 250_000_000,
            "tranches": pattern or PATTERN,
        },
    )
    return found


def menu_item(stream: str = "infrastructure") -> MenuItem:
    code = "X1" if stream == "infrastructure" else "Y1"
    found, _made = MenuItem.objects.get_or_create(
        code=code,
        defaults={
            "stream": stream,
            "group": "Lingkungan pemukiman",
            "group_en": "Settlement",
            "name": "Drainase dan selokan",
            "name_en": "Drains and ditches",
            "valid_from": date(2019, 1, 1),
            "legal_basis": "Permendagri 130/2018",
        },
    )
    return found


def project(
    ward: Region, *, stream: str = "infrastructure", pattern: list[list[int]] | None = None, **facts: Any
) -> Project:
    """An approved project of a ward with all that came before it; prepared by the PPTK, approved by the lurah."""
    city = Region.objects.get(path=ward.city_path)
    title = facts.pop("title", "Drainase Gang Mawar")
    proposer = facts.pop("proposed_by", None) or personas.person("rt_rw", ward, "pak-rw")
    item = menu_item(stream)
    need = Need.add(at=AT, region=ward, title="Gang banjir saat hujan")
    proposal = Proposal.add(
        at=AT, region=ward, need=need, fiscal_year=2026, title=title, place="Gang Mawar, RT 002 RW 005",
        menu_item=item, volume=120, unit="m", estimated_cost=BUDGET, women=60, men=55, children=30, poor=12, disabled=3,
        land_status="public", state="funded", proposed_by=proposer, submitted_at=AT, submitted_by=proposer,
        checked_at=AT, checked_by=facts.pop("checked_by", None) or personas.person("ward_secretary", ward, "pemeriksa"),
    )  # fmt: skip
    meeting, _made = Meeting.objects.get_or_create(
        region=ward,
        title=f"Musyawarah pembangunan {ward.label}",
        defaults={
            "code": f"M26-{ward.path[-5:]}-X", "created_at": AT, "region_path": ward.path, "period": 202603,
            "kind": "development", "fiscal_year": 2026, "held_on": date(2026, 2, 10), "place": "Aula kelurahan",
            "agenda": "Penetapan kegiatan", "chair_office": "Lurah",
        },
    )  # fmt: skip
    item_of = AgendaItem.objects.create(
        meeting=meeting, proposal=proposal, position=meeting.items.count() + 1, state_before="checked", year_before=2026
    )
    decision = Decision.objects.create(
        created_at=AT, item=item_of, outcome="funded", reason="Paling mendesak", amount=facts.get("budget", BUDGET)
    )
    sub_activity, _made = SubActivity.objects.get_or_create(
        code=f"7.01.03.2.02.0{len(stream)}",
        defaults={"name": "Pembangunan Sarana dan Prasarana Kelurahan", "stream": stream},
    )
    given = {
        "budget": BUDGET, "funding_source": "DAU Tambahan", "executor": "Pokmas Mawar Bersama",
        "starts_on": date(2026, 3, 1), "ends_on": date(2026, 6, 30), "state": "approved",
        "prepared_by": personas.person("technical_officer", ward), "approved_at": AT,
        "approved_by": personas.person("ward_head", ward), **facts,
    }  # fmt: skip
    if given["state"] == "prepared":
        given |= {"approved_by": None, "approved_at": None}
    return Project.add(
        at=AT, region=ward, decision=decision, rule_set=rules_of(city, pattern), fiscal_year=2026, title=title,
        stream=stream, sub_activity=sub_activity, **given,
    )  # fmt: skip


def reported(of: Project, stage: int = 0, spent: int = 0, *, by: Account | None = None, day: int = 0) -> ProgressReport:
    return services.report_progress(
        project=of, stage=stage, spent=spent, note="Sesuai rencana.", photos=[image(40 + stage)],
        by=by or personas.person("ward_facilitator", of.region), at=AT + timedelta(days=day),
    )  # fmt: skip


def verified(of: Project, stage: int = 0, spent: int = 0, *, day: int = 0) -> ProgressReport:
    report = reported(of, stage, spent, day=day)
    return services.verify_progress(
        report=report, by=personas.person("ward_secretary", of.region), at=AT + timedelta(days=day, hours=2)
    )


def paid(of: Project, tranche: int = 1, amount: int = 20_000_000, *, day: int = 0) -> Payment:
    at = AT + timedelta(days=day, hours=3)
    return services.pay_tranche(
        project=of, tranche=tranche, amount=amount, paid_on=at.date(), reference=f"SP2D-{tranche}/2026",
        by=personas.person("assistant_treasurer", of.region), at=at,
    )  # fmt: skip


def completed(ward: Region, **facts: Any) -> Project:
    """A project walked through all its stages and two tranches."""
    of = project(ward, **facts)
    verified(of)
    paid(of, 1, 20_000_000, day=1)
    verified(of, 50, 20_000_000, day=20)
    paid(of, 2, 15_000_000, day=21)
    verified(of, 100, 48_500_000, day=60)
    of.refresh_from_db()
    return of
