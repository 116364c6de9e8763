"""Files made in the background."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ExportFormat(TextChoices):
    """The kind of file (id: jenis berkas)."""

    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel (XLSX)")
    GEOJSON = "geojson", _("Map points (GeoJSON)")


class ExportState(TextChoices):
    """Where a file stands (id: keadaan berkas)."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not made")
    GONE = "gone", _("Deleted")


class Reason(TextChoices):
    """Why a list is not kept or made into a file."""

    TOO_MANY_FILES = "too_many_files", _("{most} of your files are still being made. Wait until one is ready.")
    NAME_MISSING = "name_missing", _("Give the view a name.")
    TOO_MANY_VIEWS = "too_many_views", _("You keep {most} views. Delete one first.")
    QUERY_TOO_LONG = "query_too_long", _("These filters are too long to be kept. Search for fewer words.")
