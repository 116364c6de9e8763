"""What listening leaves behind in one city, and what its doors' addresses and bodies stand for."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from pendamping.access.tests import personas
from pendamping.core.images import store
from pendamping.needs.categories import seed_categories
from pendamping.needs.clock_defaults import seed_clock
from pendamping.needs.criteria import seed_criteria
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.enums.exports import ExportFormat
from pendamping.needs.keys import voice_key
from pendamping.needs.models import Category, Export
from pendamping.needs.services.contacts import reach, secret_of
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places
from tests.access.routes import Door


class Listened:
    """The records of one city: a voice with a photo, a confidential one, a need, an RT, somebody who follows."""

    def __init__(self, city: Region, wards: list[Region]) -> None:
        self.city, now = city, timezone.now()
        for seed in (seed_categories, seed_clock, seed_criteria):
            seed(now)
        grievance = Category.objects.filter(is_confidential=True).first()
        contact = reach(kind=ContactKind.EMAIL, address=f"warga-{city.path}@contoh.invalid", at=now)
        self.secret = secret_of(contact)
        self.file = Export.objects.create(
            created_at=now, account=personas.secretariat(city), page="voices", query="", format=ExportFormat.CSV
        )
        self.records: dict[str, dict[str, Any]] = {}
        for ward in wards:
            voice, case = make.voice(ward, at=now), make.voice(ward, at=now, category=grievance)
            photo, seen = (store.keep(make.picture(tint), region_path=ward.path, at=now) for tint in (91, 92))
            voice.photos.add(photo)
            case.photos.add(seen)
            self.records[ward.path] = {
                "voice": voice, "case": case, "need": make.need(ward), "photo": photo, "case_photo": seen,
                "rt": places.rt(places.rw(ward)), "other": make.voice(ward, at=now, text="Lampu jalan padam"),
            }  # fmt: skip

    def _at(self, region: Region) -> dict[str, Any]:
        return self.records.get(region.path) or next(iter(self.records.values()))

    def value(self, door: Door, param: str, region: Region) -> Any:
        """What a parameter of a door of listening stands for here; `region` is the place that knocks."""
        here, name = self._at(region), door.name
        if param == "code":
            return here["case" if "needs:case" in name else "need" if _of_needs(name) else "voice"].code
        if param == "name":
            return here["case_photo" if "case" in name else "photo"].name
        if param == "path":
            return region.path if name.startswith("portal:") or "wards" in name else here["rt"].path
        if param == "key":
            return "urgency" if "criteri" in name else "health"
        return {
            "secret": self.secret, "gateway": "fake", "kind": "xml", "size": "full", "uid": self.file.uid,
        }[param]  # fmt: skip

    def said(self, door: Door, region: Region) -> dict[str, str]:
        """What the fields of a body say here, where it refers to records."""
        here = self._at(region)
        return {
            "region": here["rt"].path if "visits" in door.name else region.path, "city": self.city.path,
            "key": "urgency" if "criteria" in door.name else voice_key(here["voice"]),
            "into": here["other"].code, "criterion": "urgency",
        }  # fmt: skip


def is_here(door: Door) -> bool:
    """Does this door belong to listening?"""
    return door.name.startswith(_DOORS) or (door.name == "needs:voice" and door.act in _ACTS)


def _of_needs(name: str) -> bool:
    return name in ("needs:score", "needs:view") or name.startswith("api /needs/")


_DOORS = (
    "needs:score", "needs:view", "needs:criteri", "needs:categor", "needs:waiting", "needs:deadlines",
    "needs:holidays", "needs:ready", "needs:follow", "needs:gateway", "needs:inbox", "needs:meeting_list",
    "needs:moderat", "needs:block", "needs:cover", "needs:case", "needs:open311", "needs:door", "needs:give_worker",
    "needs:preview", "needs:report_voice", "needs:voice_file", "portal:place_", "api /needs/{code}/assessment",
    "api /needs/{code}/scores", "api /needs/{code}/views", "api /criteria", "api /voices/{code}/thread",
    "api /voices/{code}/replies", "api /voices/{code}/solved", "api /voices/{code}/messages",
    "api /voices/{code}/turn", "api /voices/{code}/pause", "api /voices/{code}/resume", "api /voices/{code}/merge",
    "api /voices/{code}/part", "api /voice-exports", "api /categories", "api /waiting-times",
    "api /wards/{path}/doors", "api /visits",
)  # fmt: skip
_ACTS = ("message", "turn", "pause", "resume", "merge", "part")
