"""Everything that hangs together with one record, from the first voice to the asset, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Count, IntegerField, Max, Model, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from pendamping.assets.models import Asset, FaultReport, Handover, Inspection
from pendamping.benefits.enums import Answer
from pendamping.benefits.models import Confirmation, Reach
from pendamping.deliberation.models import AgendaItem, Decision, Meeting
from pendamping.delivery.enums import ReportState
from pendamping.delivery.models import Payment, ProgressReport
from pendamping.delivery.queries import standing
from pendamping.needs.enums.menu import Stream
from pendamping.needs.models import Need, Proposal, Voice
from pendamping.needs.queries.visible import public_voices
from pendamping.planning.enums import ProjectState
from pendamping.planning.models import Project
from pendamping.portal import rules
from pendamping.regions.models import Region, RegionBound

_PLACE = ("region__parent__parent__parent__parent",)
_OF_PROJECT = "decision__item__proposal__need"

# Kind letter → the model, and the relations that lead upstream from it.
KINDS: dict[str, tuple[type[RegionBound], tuple[str, ...]]] = {
    "S": (Voice, ("gathering__need", "menu_item", "category")),
    "K": (Need, ()),
    "U": (Proposal, ("need",)),
    "M": (Meeting, ("minutes", "attendance")),
    "P": (Project, (_OF_PROJECT,)),
    "L": (ProgressReport, (f"project__{_OF_PROJECT}",)),
    "B": (Payment, (f"project__{_OF_PROJECT}",)),
    "W": (Confirmation, (f"project__{_OF_PROJECT}",)),
    "J": (Reach, (f"project__{_OF_PROJECT}",)),
    "T": (Handover, (f"project__{_OF_PROJECT}",)),
    "A": (Asset, (f"handover__project__{_OF_PROJECT}",)),
    "N": (Inspection, (f"asset__handover__project__{_OF_PROJECT}",)),
}


@dataclass(frozen=True)
class Chain:
    """One journey (id: jejak): the record asked for and all that came before and after it."""

    asked: Any
    voices: tuple[Voice, ...] = ()
    need: Need | None = None
    proposals: tuple[Proposal, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    projects: tuple[Any, ...] = ()
    reports: tuple[ProgressReport, ...] = ()
    handovers: tuple[Handover, ...] = ()
    asset_told_of: Asset | None = None  # the asset that the first voice reported a fault of

    @property
    def region(self) -> Region:
        return self.asked.region

    @cached_property
    def place(self) -> list[Region]:
        """City, district, ward, RW, RT: as far down as the record's own place."""
        found: list[Region] = []
        step: Region | None = self.region
        while step is not None:
            found.insert(0, step)
            step = step.parent
        return found

    @property
    def proposal(self) -> Proposal | None:
        """The proposal that came furthest."""
        return max(self.proposals, key=self._distance, default=None)

    def _distance(self, proposal: Proposal) -> tuple[int, bool, int]:
        facts = replace(self._facts_of(proposal), need="", voice="")
        standing = rules.standing(facts)
        order = list(type(standing.step)).index(standing.step)
        return order, not standing.stopped, proposal.pk

    @property
    def project(self) -> Any:
        """The project of the proposal that came furthest, with `paid`, `spent`, `yes`, `partly` and `no` on it."""
        return self._project_of(self.proposal)

    def _project_of(self, proposal: Proposal | None) -> Any:
        items = {item.pk for item in self.items if proposal is not None and item.proposal_id == proposal.pk}
        standing = (project for project in self.projects if project.state != ProjectState.CANCELLED)
        return next((project for project in standing if project.decision.item_id in items), None)

    @property
    def item(self) -> AgendaItem | None:
        """The last meeting's item of the furthest proposal."""
        mine = [item for item in self.items if self.proposal is not None and item.proposal_id == self.proposal.pk]
        return max(mine, key=lambda item: (item.meeting.held_on, item.pk), default=None)

    @property
    def decision(self) -> Decision | None:
        return getattr(self.item, "decision", None)

    @property
    def handover(self) -> Handover | None:
        project = self.project
        return next((item for item in self.handovers if project is not None and item.project_id == project.pk), None)

    @property
    def asset(self) -> Asset | None:
        return getattr(self.handover, "asset", None)

    @property
    def facts(self) -> rules.Facts:
        """The states that say where the journey stands."""
        return self._facts_of(self.proposal)

    def _facts_of(self, proposal: Proposal | None) -> rules.Facts:
        project = self._project_of(proposal)
        handed = {item.project_id for item in self.handovers}
        return rules.Facts(
            voice=self.voices[0].state if self.voices else "",
            need=self.need.state if self.need else "",
            proposal=proposal.state if proposal else "",
            project=project.state if project else "",
            leaves_asset=project is None or project.stream == Stream.INFRASTRUCTURE,
            report_waits=any(
                report.state == ReportState.REPORTED
                for report in self.reports
                if project and report.project_id == project.pk
            ),
            is_counted=hasattr(project, "reach"),
            has_asset=project is not None and project.pk in handed,
        )

    @property
    def records(self) -> list[Model]:
        """Every record whose entries tell this journey."""
        meetings = {item.meeting_id: item.meeting for item in self.items}
        decisions = [item.decision for item in self.items if hasattr(item, "decision")]
        reaches = [project.reach for project in self.projects if hasattr(project, "reach")]
        assets = [item.asset for item in self.handovers if hasattr(item, "asset")]
        needs = [self.need] if self.need else []
        parts = (self.voices, needs, self.proposals, self.items, meetings.values(), decisions, self.projects)
        found = {(record._meta.label, record.pk): record for part in parts for record in part}
        for record in (*self.reports, *reaches, *self.handovers, *assets, self.asked):
            found[record._meta.label, record.pk] = record
        return list(found.values())


def journey(code: str) -> Chain | None:
    """The chain of any record's code, or None when no record bears it."""
    kind = KINDS.get(code[:1])
    asked = kind and _known(kind[0]).select_related(*_PLACE, *kind[1]).filter(code=code).first()
    if asked is None:
        return None
    if isinstance(asked, Meeting):
        return _of_meeting(asked)
    return _of_need(asked, *_upstream(asked))


def _known(model: type[RegionBound]) -> QuerySet[Any]:
    return public_voices() if model is Voice else model._default_manager.all()


def _of_meeting(meeting: Meeting) -> Chain:
    items = tuple(_items().filter(meeting=meeting).order_by("position"))
    return Chain(meeting, items=items, proposals=tuple(item.proposal for item in items))


def _upstream(asked: Any) -> tuple[Need | None, Proposal | None]:
    if isinstance(asked, Voice):
        return (asked.gathering.need if hasattr(asked, "gathering") else None), None
    if isinstance(asked, Need):
        return asked, None
    if isinstance(asked, Proposal):
        return asked.need, asked
    proposal = _project_behind(asked).decision.item.proposal
    return proposal.need, proposal


def _project_behind(asked: Any) -> Project:
    if isinstance(asked, Project):
        return asked
    if isinstance(asked, Asset):
        return asked.handover.project
    return asked.asset.handover.project if isinstance(asked, Inspection) else asked.project


def _of_need(asked: Any, need: Need | None, only: Proposal | None) -> Chain:
    voices = (
        tuple(public_voices().filter(gathering__need=need).select_related("menu_item", "category").order_by("heard_at"))
        if need
        else (asked,)
    )
    told = FaultReport.objects.select_related("asset").filter(voice__in=voices).first()
    chain = Chain(asked, voices=voices, need=need, asset_told_of=told.asset if told else None)
    if need is None:
        return chain
    proposals = (only,) if only else tuple(Proposal.objects.filter(need=need).order_by("id"))
    if not proposals:
        return chain
    items = tuple(_items().filter(proposal__in=proposals).order_by("id"))
    projects = tuple(_projects().filter(decision__item__in=items)) if items else ()
    chain = replace(chain, proposals=proposals, items=items, projects=projects)
    if not projects:
        return chain
    return replace(
        chain,
        reports=tuple(ProgressReport.objects.filter(project__in=projects).order_by("id")),
        handovers=tuple(Handover.objects.select_related("asset", "document").filter(project__in=projects)),
    )


def _items() -> QuerySet[AgendaItem]:
    return AgendaItem.objects.select_related("proposal__region", "meeting__minutes", "meeting__attendance", "decision")


def _projects() -> QuerySet[Project]:
    """Projects with what was paid, what was spent as verified, and how residents answered."""
    verified = ProgressReport.objects.filter(project=OuterRef("pk"), state=ReportState.VERIFIED)
    answers = {answer.value: _one(Confirmation.objects.filter(answer=answer), Count("pk")) for answer in Answer}
    return Project.objects.select_related("decision", "reach", "sub_activity").annotate(
        paid=_one(standing(Payment.objects), Sum("amount")),
        spent=Coalesce(Subquery(verified.order_by().values("project").annotate(n=Max("spent")).values("n")), Value(0)),
        **answers,
    )


def _one(rows: QuerySet[Any], what: Any) -> Coalesce:
    """One figure about a project's rows, zero without any."""
    found = rows.filter(project=OuterRef("pk")).order_by().values("project").annotate(figure=what).values("figure")
    return Coalesce(Subquery(found), Value(0), output_field=IntegerField())
