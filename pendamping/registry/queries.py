"""Where somebody may take in files, and which were taken in."""

from __future__ import annotations

from django.db.models import QuerySet

from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core.imports.batch import ImportBatch
from pendamping.core.models import JournalEntry
from pendamping.regions.models import Level, Region

MOST = 20


def cities(scope: Scope) -> QuerySet[Region]:
    """The cities whose files this person may take in, in order."""
    return scope.narrow(Region.objects.filter(level=Level.CITY, valid_to__isnull=True), Verb.IMPORT_RUN).order_by(
        "path"
    )


def recent(places: QuerySet[Region]) -> list[ImportBatch]:
    """The last files written by page in these cities, newest first."""
    told = JournalEntry.objects.filter(
        verb="registry.file_taken", region_path__in=list(places.values_list("path", flat=True))
    ).order_by("-id")
    batches = ImportBatch.objects.in_bulk(list(told.values_list("subject_id", flat=True)[:MOST]))
    return sorted(batches.values(), key=lambda batch: -batch.pk)
