"""The curriculum that comes with the software: one folder for each course, laid out as a package."""

from __future__ import annotations

from pathlib import Path

from pendamping.core.errors import Refused
from pendamping.training.course_files import in_folder
from pendamping.training.enums.curriculum import Reason
from pendamping.training.rules.packages import MANIFEST
from pendamping.training.services.packages import Package, read_package

FOLDER = Path(__file__).with_name("data") / "curriculum"


def packages() -> list[Package]:
    """Every course of the default curriculum, in the order of its folders."""
    folders = [path for path in sorted(FOLDER.glob("*")) if (path / MANIFEST).is_file()]
    if not folders:
        raise Refused(Reason.NO_CURRICULUM)
    return [read_package(in_folder(folder)) for folder in folders]
