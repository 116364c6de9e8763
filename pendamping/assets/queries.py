"""What stands in a place, what is due for inspection, what was reported broken, and how measures are counted again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch, QuerySet

from pendamping.assets.enums import Condition
from pendamping.assets.models import Asset, FaultReport, Handover, Inspection
from pendamping.core import counters
from pendamping.core.models import Photo
from pendamping.needs.enums.menu import Stream
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.queries.visible import public_voices
from pendamping.planning.enums import ProjectState
from pendamping.planning.models import Project

counters.recounts_states("asset.condition", Asset, "condition")
counters.recounts_money("asset.rupiah", Asset, "value")


def assets() -> QuerySet[Asset]:
    """Assets with all that a list or page shows of where they come from."""
    return Asset.objects.select_related(
        "region",
        "handover__document",
        "handover__project__region",
        "handover__project__rule_set",
        "handover__project__decision__item__proposal",
    ).order_by("-id")


def inspections_due(path: str, on: date) -> QuerySet[Asset]:
    """Assets of a place whose next inspection day has come, the longest overdue first; what is gone is left out."""
    due = assets().filter(region_path__gte=path, region_path__lt=counters.after(path), next_inspection_on__lte=on)
    return due.exclude(condition=Condition.GONE).order_by("next_inspection_on", "id")


def asset_of_project(project: Project) -> Asset | None:
    """What a project left standing, or None before the handover."""
    return assets().filter(handover__project=project).first()


def faults_of(asset: Asset) -> QuerySet[FaultReport]:
    """Faults reported on an asset that everyone may know of, newest first, with their voices."""
    return (
        FaultReport.objects.filter(asset=asset, voice__in=public_voices())
        .select_related("voice__gathering__need")
        .order_by("-id")
    )


def open_faults(path: str) -> QuerySet[FaultReport]:
    """Faults of a place that nobody has handled yet, oldest first."""
    found = FaultReport.objects.filter(
        asset__region_path__gte=path, asset__region_path__lt=counters.after(path), voice__state=VoiceState.HEARD,
        voice__is_confidential=False,
    )  # fmt: skip
    return found.select_related("asset__region", "voice").order_by("id")


def inspections_of(asset: Asset) -> QuerySet[Inspection]:
    """Inspections of an asset with their public photos, newest first."""
    public = Prefetch(
        "photos", Photo.objects.filter(published_at__isnull=False).order_by("id"), to_attr="public_photos"
    )
    return asset.inspections.prefetch_related(public).order_by("-inspected_on", "-id")


def projects_to_hand_over() -> QuerySet[Project]:
    """Completed works that nobody keeps yet, the longest waiting first."""
    found = Project.objects.filter(state=ProjectState.COMPLETED, stream=Stream.INFRASTRUCTURE)
    return found.select_related("region").order_by("completed_at", "id")


def handovers(projects: Sequence[Project]) -> dict[int, Handover]:
    """The handovers of some projects, by project."""
    found = Handover.objects.filter(project__in=projects).select_related("asset", "document")
    return {handover.project_id: handover for handover in found}
