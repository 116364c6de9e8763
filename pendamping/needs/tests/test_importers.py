"""Lists of other systems: their own headers, words for closed, wards named alone, and points."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pendamping.access.tests import personas
from pendamping.core.imports import plan
from pendamping.core.imports.sheet import read
from pendamping.needs.importers import Voices, read_mapping
from pendamping.needs.models import Voice
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
MAPPING = """
source = "lain"
outcome = "Selesai."
done = ["closed"]
units = []
[headers]
ref = ["case_id"]
unit = ["neighborhood"]
category = ["type"]
status = ["case_status"]
came_on = ["open_dt"]
closed_on = ["closed_dt"]
latitude = ["lat"]
longitude = ["lon"]
[[category]]
words = "light"
menu = "A1.08"
"""
LIST = """case_id,neighborhood,type,case_status,open_dt,closed_dt,lat,lon
1,{ward},Street Light Outages,Closed,2025-07-01 03:03:48,2025-07-03 10:00:00,-7.32,108.22
2,{ward},Street Light Outages,Open,2025-07-02 03:03:48,,,108.22
3,{ward},Street Light Outages,Open,2025-07-02 03:03:48,,north,108.22
4,Elsewhere,Street Light Outages,Open,2025-07-02 03:03:48,,,
"""


@pytest.fixture
def ward() -> Region:
    make.menu()
    return places.ward(1)


def test_a_list_with_headers_of_its_own(ward: Region, tmp_path: Path) -> None:
    mapping, rows = tmp_path / "lain.toml", tmp_path / "lain.csv"
    mapping.write_text(MAPPING, "utf-8")
    rows.write_text(LIST.format(ward=ward.name), "utf-8")
    city: Region = ward.parent.parent  # type: ignore[union-attr, assignment]
    importer = Voices(city, read_mapping(str(mapping)))
    report = plan.run(importer, read(rows), mode="good", dry_run=False, by=personas.secretariat(city), at=make.NOW)
    assert (report.added, [(one.row, one.code) for one in report.problems]) == (
        2, [(4, "not_degrees"), (5, "unknown_ward")],
    )  # fmt: skip
    closed, still_open = Voice.objects.order_by("id")
    assert (closed.latitude, closed.longitude, closed.answer) == (Decimal("-7.32"), Decimal("108.22"), "Selesai.")
    assert (still_open.latitude, still_open.longitude, still_open.state) == (
        None,
        None,
        "heard",
    )  # half a point is none


def test_a_mapping_without_points_reads_the_columns_it_always_read(ward: Region) -> None:
    importer = Voices(ward.parent.parent, read_mapping("jakarta-crm"))  # type: ignore[union-attr, arg-type]
    assert [one.name for one in importer.columns] == [one.name for one in Voices.columns]
