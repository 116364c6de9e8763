"""The whole road from a voice to an inspected asset, one service call after the other, as people would walk it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pendamping.assets import services as assets
from pendamping.assets.enums import Condition
from pendamping.assets.models import Asset
from pendamping.benefits import services as benefits
from pendamping.deliberation import services as deliberation
from pendamping.deliberation.enums.meetings import MeetingKind, Outcome
from pendamping.deliberation.models import AgendaItem, Decision, Meeting
from pendamping.deliberation.queries.ladder import open_gaps_of
from pendamping.delivery import services as delivery
from pendamping.demo.people import Cast
from pendamping.demo.pictures import picture
from pendamping.needs import services as needs
from pendamping.needs.enums.menu import Stream, Unit
from pendamping.needs.enums.proposals import LandStatus
from pendamping.needs.models import MenuItem, Need, Proposal
from pendamping.planning import services as planning
from pendamping.planning.models import Project, SubActivity
from pendamping.regions.models import Region


@dataclass
class Clock:
    """The instant of the next act: every act moves it on."""

    now: datetime

    def after(self, days: int = 0, hours: int = 1) -> datetime:
        """Some time later, in office hours: what would fall in the evening happens the next morning."""
        self.now += timedelta(days=days, hours=hours)
        if not 8 <= self.now.hour < 17:
            later = self.now + timedelta(days=self.now.hour >= 17)
            self.now = later.replace(hour=8, minute=10 + self.now.minute % 40)
        return self.now

    @classmethod
    def on(cls, day: date, zone: str = "Asia/Jakarta") -> Clock:
        return cls(datetime.combine(day, time(8, 30), ZoneInfo(zone)))


@dataclass(frozen=True)
class Wish:
    """What is proposed, and how it looks."""

    title: str
    menu: str
    place: str
    volume: Decimal
    unit: Unit
    cost: int
    women: int
    men: int
    children: int = 0
    poor: int = 0
    disabled: int = 0
    scene: str = "lane"
    land: LandStatus = LandStatus.PUBLIC
    other_words: str = ""
    executor: str = "Pokmas Maju Bersama (contoh)"

    def facts(self, year: int) -> dict[str, Any]:
        return {
            "fiscal_year": year, "title": self.title, "menu_item": MenuItem.objects.get(code=self.menu, valid_to=None),
            "place": self.place, "other_words": self.other_words, "volume": self.volume, "unit": self.unit,
            "estimated_cost": self.cost, "women": self.women, "men": self.men, "children": self.children,
            "poor": self.poor, "disabled": self.disabled, "land_status": self.land,
        }  # fmt: skip


@dataclass
class Road:
    """One ward's people walking its wishes along the road."""

    ward: Region
    cast: Cast
    year: int
    clock: Clock
    tell: Callable[[str, Any], None] = field(default=lambda _what, _record: None)

    def voices_to_need(self, texts: list[str], wish: Wish, places: list[Region] | None = None) -> Need:
        """Residents speak, one of them through the facilitator; the voices become a need, seen on site."""
        spots = places or [self.ward]
        voices = []
        item = MenuItem.objects.get(code=wish.menu, valid_to=None)
        for number, text in enumerate(texts):
            spot, at = spots[number % len(spots)], self.clock.after(hours=7)
            common = {"text": text, "region": spot, "menu_item": item, "other_words": wish.other_words, "at": at}
            if number == 1:
                voice = needs.record_voice(by=self.cast.facilitator, behalf="elderly", **common)
            else:
                photos = [picture(wish.scene, 0)] if number == 0 else []
                voice = needs.give_voice(by=None, photos=photos, **common)
            self.tell("voice", voice)
            voices.append(voice)
        need = needs.gather_voices(
            by=self.cast.facilitator, at=self.clock.after(days=1), voices=voices, title=wish.title, menu_item=item,
            summary=texts[0],
        )  # fmt: skip
        self.tell("need", need)
        return need

    def verify(self, need: Need, wish: Wish, finding: str) -> Need:
        need = needs.verify_need(
            by=self.cast.facilitator, at=self.clock.after(days=3), need=need, finding=finding,
            people_affected=wish.women + wish.men, photos=[picture(wish.scene, 0)],
        )  # fmt: skip
        self.tell("verified", need)
        return need

    def propose(self, need: Need, wish: Wish) -> Proposal:
        """Written and submitted by the facilitator."""
        proposal = needs.write_proposal(
            by=self.cast.facilitator, at=self.clock.after(days=2), need=need, photos=[picture(wish.scene, 0)],
            **wish.facts(self.year),
        )  # fmt: skip
        proposal = needs.submit_proposal(by=self.cast.facilitator, at=self.clock.after(), proposal=proposal)
        self.tell("proposal", proposal)
        return proposal

    def complete(self, proposal: Proposal, wish: Wish) -> Proposal:
        """An imported proposal comes back from the check for what it lacks, is completed on site and sent in again."""
        proposal = needs.check_proposal(
            by=self.cast.secretary, at=self.clock.after(days=1), proposal=proposal, ok=False,
            note="Lengkapi volume, penerima manfaat, status lahan, dan foto keadaan sekarang.", lack="beneficiaries",
        )  # fmt: skip
        self.tell("returned", proposal)
        proposal = needs.revise_proposal(
            by=self.cast.facilitator, at=self.clock.after(days=2), proposal=proposal, photos=[picture(wish.scene, 0)],
            description=proposal.description, **wish.facts(proposal.fiscal_year),
        )  # fmt: skip
        proposal = needs.submit_proposal(by=self.cast.facilitator, at=self.clock.after(), proposal=proposal)
        self.tell("proposal", proposal)
        return proposal

    def check(self, proposal: Proposal) -> Proposal:
        proposal = needs.check_proposal(by=self.cast.secretary, at=self.clock.after(days=2), proposal=proposal, ok=True)
        self.tell("checked", proposal)
        return proposal

    def meet(
        self, proposals: list[Proposal], *, title: str, agenda: str, held_on: date | None = None,
        starts_at: time = time(9),
    ) -> Meeting:  # fmt: skip
        """Called a week ahead, with the checked proposals on the agenda."""
        at = self.clock.after(days=1)
        meeting = deliberation.call_meeting(
            by=self.cast.facilitator, at=at, region=self.ward, kind=MeetingKind.DEVELOPMENT, title=title,
            fiscal_year=proposals[0].fiscal_year, held_on=held_on or (at + timedelta(days=7)).date(),
            starts_at=starts_at, place=f"Aula Kantor {self.ward.label}", agenda=agenda, chair_office="Lurah",
        )  # fmt: skip
        for proposal in proposals:
            deliberation.put_proposal(
                by=self.cast.facilitator, at=self.clock.after(), meeting=meeting, proposal=proposal
            )
        self.tell("meeting", meeting)
        return meeting

    def decide(self, meeting: Meeting, decisions: Mapping[int, tuple[Outcome, str, int | None]], notes: str) -> Meeting:
        """On the day: who came, what was decided about each proposal and why, minutes closed. By proposal id."""
        self.clock.now = datetime.combine(meeting.held_on, time(9, 30), ZoneInfo(self.ward.zone))
        deliberation.count_attendance(
            by=self.cast.facilitator, at=self.clock.after(), meeting=meeting, women=27, men=31, youth=9, elderly=8,
            poor=12, disabled=2, rt_rw=14, lpm=3, pkk=6,
        )  # fmt: skip
        for item in AgendaItem.objects.filter(meeting=meeting).select_related("proposal"):
            outcome, reason, amount = decisions[item.proposal_id]
            decision = deliberation.decide(
                by=self.cast.head, at=self.clock.after(), item=item, outcome=outcome, reason=reason, amount=amount
            )
            self.tell("decision", decision)
        for gap in open_gaps_of(meeting):  # a story told faster than the rules of a meeting allow
            deliberation.waive(
                by=self.cast.head, at=self.clock.after(), meeting=meeting, requirement=gap.requirement, ground="other",
                reason="Warga sepakat musyawarah dipercepat agar pekerjaan dapat dimulai.",
            )  # fmt: skip
        meeting = deliberation.close_meeting(by=self.cast.head, at=self.clock.after(), meeting=meeting, notes=notes)
        deliberation.issue_minutes(meeting=meeting, at=self.clock.now)
        self.tell("closed", meeting)
        return meeting

    def plan(self, proposal: Proposal, wish: Wish, months: int = 3) -> Project:
        """A project prepared by the technical officer from the meeting's decision."""
        decision = Decision.objects.get(item__proposal=proposal, outcome=Outcome.FUNDED)
        stream = proposal.menu_item.stream
        code = "7.01.03.2.02.0002" if stream == Stream.INFRASTRUCTURE else "7.01.03.2.02.0003"
        at = self.clock.after(days=10)
        starts = max(date(proposal.fiscal_year, 1, 1), at.date() + timedelta(days=14))
        project = planning.prepare_project(
            by=self.cast.technical, at=at, decision=decision, title=wish.title,
            sub_activity=SubActivity.objects.get(code=code), budget=decision.amount or wish.cost,
            funding_source="DAU yang ditentukan penggunaannya", executor=wish.executor, starts_on=starts,
            ends_on=min(date(proposal.fiscal_year, 12, 31), starts + timedelta(days=30 * months)),
        )  # fmt: skip
        self.tell("project", project)
        return project

    def approve(self, project: Project) -> Project:
        project = planning.approve_project(by=self.cast.head, at=self.clock.after(days=2), project=project)
        self.tell("approved", project)
        return project

    def build(self, project: Project, wish: Wish, until: int = 100, pays: int = 3) -> Project:
        """Progress at 0, 50 and 100 %, each reported by the facilitator, verified by the secretary, paid by tranche."""
        spent = {0: 0, 50: project.budget * 2 // 5, 100: project.budget}
        notes = {0: "Lokasi siap, bahan pertama tiba.", 50: "Separuh pekerjaan selesai.", 100: "Pekerjaan selesai."}
        for tranche, stage in enumerate((0, 50, 100), start=1):
            if stage > until:
                return project
            report = delivery.report_progress(
                by=self.cast.facilitator, at=self.clock.after(days=14), project=project, stage=stage,
                spent=spent[stage], note=notes[stage], photos=[picture(wish.scene, stage)],
            )  # fmt: skip
            self.tell("progress", report)
            delivery.verify_progress(by=self.cast.secretary, at=self.clock.after(days=1), report=report)
            if tranche <= pays:
                self._pay(project, tranche)
        project.refresh_from_db()
        return project

    def report(self, project: Project, wish: Wish, stage: int, on: date) -> None:
        """A report that waits for somebody else's eyes, written lately."""
        self.clock = Clock.on(on - timedelta(days=2), self.ward.zone)
        report = delivery.report_progress(
            by=self.cast.facilitator, at=self.clock.after(), project=project, stage=stage, spent=0,
            note="Lokasi siap, bahan pertama tiba.", photos=[picture(wish.scene, stage)],
        )  # fmt: skip
        self.tell("progress", report)

    def _pay(self, project: Project, tranche: int) -> None:
        shares = project.rule_set.tranches
        parts = [project.budget * share // 100 for share, _progress in shares]
        parts[-1] = project.budget - sum(parts[:-1])
        payment = delivery.pay_tranche(
            by=self.cast.treasurer, at=self.clock.after(days=1), project=project, tranche=tranche,
            amount=parts[tranche - 1], paid_on=self.clock.now.date(),
            reference=f"SP2D/CONTOH/{project.fiscal_year}/{project.pk:03d}-{tranche}",
        )  # fmt: skip
        self.tell("payment", payment)

    def benefit(self, project: Project, wish: Wish, answers: list[tuple[str, str]]) -> None:
        """Residents say whether it helps; the facilitator counts who is really reached."""
        for number, (answer, words) in enumerate(answers):
            said = benefits.confirm_benefit(
                by=None, at=self.clock.after(hours=5), project=project, answer=answer, words=words,
                device=f"demo-{project.pk}-{number}",
            )  # fmt: skip
            self.tell("benefit", said)
        women, men = wish.women - wish.women // 12, wish.men - wish.men // 10
        reach = benefits.count_reach(
            by=self.cast.facilitator, at=self.clock.after(days=2), project=project, women=women, men=men,
            children=min(wish.children, women + men), poor=min(wish.poor, women + men), disabled=wish.disabled,
            method="Dihitung dari rumah ke rumah bersama ketua RT",
        )  # fmt: skip
        self.tell("reach", reach)

    def hand_over(self, project: Project, wish: Wish) -> Asset:
        """Into somebody's care, with minutes and the date of the next inspection."""
        at = self.clock.after(days=7)
        asset = assets.hand_over(
            by=self.cast.head, at=at, project=project, number=f"BAST/{project.pk:03d}/CONTOH/{project.fiscal_year}",
            handed_over_on=at.date(), giver=wish.executor, custodian=f"Kelompok Pemelihara RW, {self.ward.label}",
            value=project.budget, name=wish.title, place=wish.place,
            next_inspection_on=at.date() + timedelta(days=90), condition_note="Baik, sesuai gambar.",
        )  # fmt: skip
        self.tell("asset", asset)
        return asset

    def inspect(self, asset: Asset, scene: str, condition: Condition = Condition.GOOD, finding: str = "") -> None:
        at = self.clock.after(days=60)
        seen = assets.inspect(
            by=self.cast.technical, at=at, asset=asset, inspected_on=at.date(), condition=condition, finding=finding,
            next_inspection_on=at.date() + timedelta(days=180), photos=[picture(scene, 100)],
        )  # fmt: skip
        self.tell("inspection", seen)

    def fault(self, asset: Asset, text: str) -> None:
        """A resident reports a fault on the asset: the circle closes with a new voice."""
        report = assets.report_fault(by=None, at=self.clock.after(days=3), asset=asset, text=text, photos=())
        self.tell("fault", report.voice)
