"""One whole journey made by the acts themselves, stopping wherever a test wants it to stop."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pendamping.access.tests import personas
from pendamping.assets import services as assets
from pendamping.assets.models import Asset
from pendamping.benefits import services as benefits
from pendamping.deliberation import services as deliberation
from pendamping.deliberation.models import AgendaItem, Meeting
from pendamping.delivery import services as delivery
from pendamping.delivery.models import ProgressReport
from pendamping.delivery.tests.factories import image
from pendamping.needs import services as needs
from pendamping.needs.models import Need, Proposal, Voice
from pendamping.needs.tests.factories import menu, whole
from pendamping.planning import seeds
from pendamping.planning import services as planning
from pendamping.planning.models import Project, SubActivity
from pendamping.regions.models import Region

START = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
UNTIL = ("voice", "need", "verified", "proposal", "checked", "agenda", "decided", "project", "approved", "running",
         "completed", "reached", "asset")  # fmt: skip
NAME, PHONE = "Ujang Contoh", "081234567890"


@dataclass
class Walk:
    """What a journey has made so far."""

    voices: list[Voice] = field(default_factory=list)
    need: Need | None = None
    proposal: Proposal | None = None
    meeting: Meeting | None = None
    item: AgendaItem | None = None
    project: Project | None = None
    reports: list[ProgressReport] = field(default_factory=list)
    asset: Asset | None = None
    op: int = 0


def walk(
    ward: Region,
    until: str = "asset",
    *,
    at: datetime = START,
    title: str = "Perbaikan selokan Gang Melati",
    **say: Any,
) -> Walk:
    """Go from a voice as far as `until`. `say`: outcome, reason, place (an RT), text, cost."""
    made = Walk()
    for number, step in enumerate(UNTIL):
        _STEPS[step](made, ward, at + timedelta(days=5 * number), {"title": title, "outcome": "funded", **say})
        if step == until:
            break
    return made


def _voice(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    text = say.get("text", f"Selokan mampet, air masuk rumah. Hubungi {PHONE}")
    made.voices.append(needs.give_voice(by=None, at=at, text=text, region=say.get("place", ward), menu_item=menu()))


def _need(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    made.need = needs.gather_voices(
        by=personas.sari(ward), at=at, voices=made.voices, title=say["title"], menu_item=menu()
    )


def _verified(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    finding = "Air meluap setiap hujan, dua gang tergenang."
    made.need = needs.verify_need(
        by=personas.sari(ward), at=at, need=made.need, finding=finding, people_affected=140, photos=[image(60)]
    )


def _proposal(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    facts = whole(
        title=say["title"], fiscal_year=at.year, estimated_cost=say.get("cost", 45_000_000), photos=[image(61)]
    )
    made.proposal = needs.write_proposal(by=personas.sari(ward), at=at, need=made.need, **facts)
    made.proposal = needs.submit_proposal(by=personas.sari(ward), at=at + timedelta(hours=2), proposal=made.proposal)


def _checked(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    made.proposal = needs.check_proposal(by=personas.sekretaris(ward), at=at, proposal=made.proposal, ok=True)


def _agenda(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    made.meeting = deliberation.call_meeting(
        by=personas.sari(ward), at=at, region=ward, kind="development", title=f"Musyawarah pembangunan {ward.label}",
        fiscal_year=at.year, held_on=(at + timedelta(days=4)).date(), place="Aula kelurahan",
        agenda="Penetapan kegiatan", chair_office="Lurah",
    )  # fmt: skip
    made.item = deliberation.put_proposal(by=personas.sari(ward), at=at, meeting=made.meeting, proposal=made.proposal)


def _decided(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    deliberation.count_attendance(by=personas.sekretaris(ward), at=at, meeting=made.meeting, women=24, men=31)
    cost = say.get("cost", 45_000_000)
    deliberation.decide(
        by=personas.lurah(ward), at=at, item=made.item, outcome=say["outcome"],
        reason=say.get("reason", "Paling mendesak bagi warga dua gang."),
        amount=cost if say["outcome"] == "funded" else None,
    )  # fmt: skip
    made.meeting = deliberation.close_meeting(by=personas.lurah(ward), at=at + timedelta(hours=3), meeting=made.meeting)
    made.proposal.refresh_from_db()


def _project(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    city = Region.objects.get(path=ward.city_path)
    seeds.seed_sub_activities()
    seeds.seed_rules(city, made.proposal.fiscal_year, at=START)
    item = AgendaItem.objects.select_related("decision").get(pk=made.item.pk)
    made.project = planning.prepare_project(
        by=personas.pptk(ward), at=at, decision=item.decision, title=say["title"],
        sub_activity=SubActivity.objects.filter(stream=made.proposal.menu_item.stream).first(),
        budget=say.get("cost", 45_000_000), funding_source="DAU Tambahan", executor="Pokmas Mawar Bersama",
        starts_on=at.date(), ends_on=(at + timedelta(days=60)).date(),
    )  # fmt: skip


def _approved(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    made.project = planning.approve_project(by=personas.lurah(ward), at=at, project=made.project)


def _report(made: Walk, ward: Region, at: datetime, stage: int, spent: int) -> None:
    report = delivery.report_progress(
        project=made.project, stage=stage, spent=spent, photos=[image(100 + stage)], by=personas.sari(ward), at=at
    )
    made.reports.append(
        delivery.verify_progress(report=report, by=personas.sekretaris(ward), at=at + timedelta(hours=2))
    )
    made.project.refresh_from_db()


def _pay(made: Walk, ward: Region, at: datetime, tranche: int, percent: int) -> None:
    delivery.pay_tranche(
        project=made.project, tranche=tranche, amount=made.project.budget * percent // 100, paid_on=at.date(),
        reference=f"SP2D-{tranche}", by=personas.bendahara(ward), at=at,
    )  # fmt: skip


def _running(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    _report(made, ward, at, 0, 0)
    _pay(made, ward, at + timedelta(days=1), 1, 40)


def _completed(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    _report(made, ward, at - timedelta(days=2), 50, made.project.budget * 40 // 100)
    _pay(made, ward, at - timedelta(days=1), 2, 30)
    _report(made, ward, at, 100, made.project.budget * 95 // 100)


def _reached(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    for number, answer in enumerate(("yes", "yes", "partly")):
        benefits.confirm_benefit(
            by=None, at=at, project=made.project, answer=answer, device=f"{made.project.pk}-{number}",
            words="" if answer == "yes" else "Ujung selokan belum tertutup",
        )  # fmt: skip
    benefits.count_reach(
        by=personas.sari(ward), at=at, project=made.project, women=70, men=66, method="Hitung rumah ke rumah"
    )


def _asset(made: Walk, ward: Region, at: datetime, say: dict[str, Any]) -> None:
    made.asset = assets.hand_over(
        project=made.project, number="12/BAST/2026", handed_over_on=at.date(), giver="Pokmas Mawar Bersama",
        custodian="Pengurus RW 001", value=made.project.budget, name=say["title"], place="Gang Melati",
        next_inspection_on=(at + timedelta(days=180)).date(), by=personas.lurah(ward), at=at,
    )  # fmt: skip
    made.project.refresh_from_db()


_STEPS = {
    "voice": _voice, "need": _need, "verified": _verified, "proposal": _proposal, "checked": _checked,
    "agenda": _agenda, "decided": _decided, "project": _project, "approved": _approved, "running": _running,
    "completed": _completed, "reached": _reached, "asset": _asset,
}  # fmt: skip
