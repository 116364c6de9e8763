"""Which projects of a facilitator's places are under way, for whoever comes after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.core.moments import day
from pendamping.delivery.enums import ReportState
from pendamping.delivery.models import ProgressReport
from pendamping.facilitators.handover import MOST, OpenWork, inside, register
from pendamping.planning.enums import ProjectState
from pendamping.planning.models import Project


@register
def open_projects(account: Account, paths: Sequence[str]) -> Iterable[OpenWork]:
    """Approved projects that are not handed over yet: their progress is still to be reported."""
    states = [ProjectState.APPROVED, ProjectState.RUNNING, ProjectState.COMPLETED]
    found = Project.objects.filter(inside(paths), state__in=states).select_related("region").order_by("id")
    for one in found[:MOST]:
        address = reverse("planning:project", args=[one.code])
        since = day(one.created_at)
        yield OpenWork(_("Project under way"), one.code, one.title, one.region.label, since, address)


@register
def returned_reports(account: Account, paths: Sequence[str]) -> Iterable[OpenWork]:
    """Progress reports that were sent back and not made anew."""
    found = ProgressReport.objects.filter(inside(paths), state=ReportState.RETURNED).select_related("project", "region")
    live = ProgressReport.objects.exclude(state=ReportState.RETURNED).values("project", "stage")
    known = {(row["project"], row["stage"]) for row in live.filter(inside(paths))}
    for one in found.order_by("id")[:MOST]:
        if (one.project_id, one.stage) not in known:
            address = reverse("planning:project", args=[one.project.code])
            since, title = day(one.created_at), str(one.project)
            yield OpenWork(_("Progress report sent back"), one.code, title, one.region.label, since, address)
