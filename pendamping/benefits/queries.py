"""What residents say about finished works, whom these reach, and how this app's measures are counted again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from pendamping.benefits import rules
from pendamping.benefits.enums import Answer
from pendamping.benefits.models import Confirmation, Reach
from pendamping.core import counters
from pendamping.needs.enums.menu import Stream
from pendamping.planning.models import Project

counters.recounts_states("benefit.answer", Confirmation, "answer")
counters.recounts_money("reach.women", Reach, "women")
counters.recounts_money("reach.men", Reach, "men")

GROUPS = ("women", "men", "children", "poor", "disabled")


@dataclass(frozen=True)
class Tally:
    """How residents answered about one work (id: hitungan jawaban)."""

    yes: int
    partly: int
    no: int

    @property
    def total(self) -> int:
        return self.yes + self.partly + self.no

    @property
    def is_shown(self) -> bool:
        """Enough answers that none of them can be told apart."""
        return self.total >= rules.SHOWN_FROM


def tally(project: Project) -> Tally:
    """The answers about one work, in one query; before showing them in public ask `is_shown`."""
    return tallies([project.pk])[project.pk]


def tallies(project_ids: list[int]) -> dict[int, Tally]:
    """The answers about several works, in one query."""
    found = (
        Confirmation.objects.filter(project_id__in=project_ids)
        .order_by()
        .values_list("project_id", "answer")
        .annotate(count=Count("pk"))
    )
    counted = {(project_id, answer): count for project_id, answer, count in found}
    return {one: Tally(*(counted.get((one, answer.value), 0) for answer in Answer)) for one in project_ids}


@dataclass(frozen=True)
class Group:
    """One group of people, as planned and as reached; None where it is not known or too small to be shown."""

    name: str
    planned: int | None
    reached: int | None


@dataclass(frozen=True)
class PlannedAndReached:
    """Who was to gain and who does (id: sasaran dan penerima manfaat)."""

    groups: Mapping[str, Group]
    reach: Reach | None

    @property
    def planned(self) -> int:
        """Women and men together, as proposed."""
        return sum(self.groups[name].planned or 0 for name in ("women", "men"))

    @property
    def reached(self) -> int | None:
        """Women and men together, as counted; None before the count."""
        return self.reach.women + self.reach.men if self.reach else None


def planned_and_reached(project: Project, *, public: bool = False) -> PlannedAndReached:
    """The people of the proposal beside the people counted; for the public, small groups are left out."""
    proposal = project.decision.item.proposal
    reach = Reach.objects.filter(project=project).first()
    show = rules.shown if public else int
    groups = {
        name: Group(name, show(getattr(proposal, name)), show(getattr(reach, name)) if reach else None)
        for name in GROUPS
    }
    return PlannedAndReached(groups, reach)


def unhappy(path: str) -> QuerySet[Confirmation]:
    """Residents of a place for whom a finished work does not help, newest first: the facilitator goes and looks."""
    return confirmations().filter(answer=Answer.NO, region_path__gte=path, region_path__lt=counters.after(path))


def words_about(project: Project) -> QuerySet[Confirmation]:
    """What residents wrote about one work, newest first; for those who work on it, not for the public."""
    return confirmations().filter(project=project).exclude(words="")


def confirmations() -> QuerySet[Confirmation]:
    return Confirmation.objects.select_related("project", "region").order_by("-id")


def projects() -> QuerySet[Project]:
    """Projects with all that a page about their benefit shows."""
    return Project.objects.select_related("region", "sub_activity", "decision__item__proposal")


def is_closed_by_reach(project: Project) -> bool:
    """An empowerment project leaves no asset: it ends with the count of the people it reached."""
    return project.stream == Stream.EMPOWERMENT and Reach.objects.filter(project=project).exists()
