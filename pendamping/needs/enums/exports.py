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
