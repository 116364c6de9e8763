"""Where collected static files are kept: named by what is in them, so that a browser may keep them for a year."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """The parts a script imports are named by their contents too."""

    support_js_module_import_aggregation = True
