"""What somebody may have meant by the words typed into the search box."""

from __future__ import annotations

from dataclasses import dataclass, field

from pendamping.portal.enums import PublicList
from pendamping.portal.queries.lists import KINDS, Row, rows, within
from pendamping.regions import queries as regions
from pendamping.regions.models import Region

SEARCHED = {
    PublicList.NEEDS: "title",
    PublicList.PROPOSALS: "title",
    PublicList.PROJECTS: "title",
    PublicList.ASSETS: "name",
}
MOST = 10


@dataclass(frozen=True)
class Found:
    """Wards and records whose names hold the words."""

    places: list[Region] = field(default_factory=list)
    records: dict[PublicList, list[Row]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.places and not any(self.records.values())


def find(text: str, *, under: str) -> Found:
    """Wards and districts by any of their names; needs, proposals, projects and assets by words of their titles."""
    words = text.split()
    if len(text.strip()) < 2:
        return Found()
    records = {}
    for name, column in SEARCHED.items():
        found = KINDS[name].records().filter(**within(under))
        for word in words[:5]:
            found = found.filter(**{f"{column}__icontains": word})
        records[name] = rows(KINDS[name], found.order_by("-id")[:MOST])
    return Found(regions.search(text, under=under), records)
