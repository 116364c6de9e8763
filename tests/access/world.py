"""One of every record in four places, one person per role, and what each door's address stands for there."""

from __future__ import annotations

import datetime as dt
from datetime import date
from typing import Any

from django.utils import timezone

from pendamping.access import services
from pendamping.access.models import Account, Grant
from pendamping.access.roles import ROLES
from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.assets.tests import factories as assets
from pendamping.core.codes import new_code
from pendamping.core.images import store
from pendamping.core.models import Document
from pendamping.deliberation import papers_results
from pendamping.deliberation.models import Meeting, MeetingObjection
from pendamping.delivery.models import Payment
from pendamping.delivery.tests import factories as delivery
from pendamping.needs.menu import seed_menu
from pendamping.needs.models import Voice
from pendamping.needs.tests import factories as needs
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places
from tests.access import listened, met, prepared, selected, trained, voted
from tests.access.routes import Door

PLACES = ("own", "sibling", "parent", "foreign")

# Roles with the same verbs at the same level stand in one column, under the first of them (test_matrix checks it).
COLUMNS: dict[str, tuple[str, ...]] = {
    "anonymous": (),
    "former": (),
    "rt_rw": ("rt_rw", "lpm", "resident_group"),
    **{key: (key,) for key in ROLES if key not in ("rt_rw", "lpm", "resident_group")},
}


Parts = dict[Any, Any]  # a module that knows its doors → its records of one city
_MAKERS: Parts = {selected: selected.Selected, trained: trained.Trained, listened: listened.Listened,
                 prepared: prepared.Prepared}  # fmt: skip


def _parts(city: Region, wards: list[Region]) -> Parts:
    return {part: make(city, wards) for part, make in _MAKERS.items()}


class Spot:
    """One of each record at one place."""

    def __init__(self, region: Region, city: Region, parts: Parts) -> None:
        self.region, self.city, self.parts = region, city, parts
        self.voice = Voice.add(
            at=timezone.now(),
            region=region,
            text="Selokan depan sekolah mampet",
            channel="web",
            heard_at=timezone.now(),
        )
        Meeting.add(
            at=timezone.now(), region=region, title=f"Musyawarah pembangunan {region.label}", kind="development",
            fiscal_year=2026, held_on=date(2026, 2, 10), place="Aula", agenda="Penetapan", chair_office="Lurah",
        )  # fmt: skip
        self.project = delivery.project(region)
        self.proposal = self.project.decision.item.proposal
        self.need, self.meeting = self.proposal.need, self.project.decision.item.meeting
        voted.leave_result(voted.leave(self.meeting, self.proposal))
        self.idle = Meeting.add(  # nothing was decided there, so that anybody who may can call it off
            at=timezone.now(), region=region, title="Musyawarah yang belum berjalan", kind="development",
            fiscal_year=2026, held_on=date(2026, 2, 10), place="Aula", agenda="Penetapan", chair_office="Lurah",
        )  # fmt: skip
        self.objection = MeetingObjection.add(
            at=timezone.now(), region=region, meeting=self.meeting, revision=1, words="RW 003 tidak diundang"
        )
        self.report = delivery.reported(self.project)
        self.payment = Payment.add(
            at=timezone.now(), region=region, project=self.project, tranche=1, amount=1_000_000,
            paid_on=date(2026, 3, 4), reference="SP2D-1/2026",
        )  # fmt: skip
        self.asset = assets.standing(region, title="Posyandu Mawar")
        self.photo = store.keep(needs.picture(), region_path=region.path, at=timezone.now())
        self.document = Document.objects.create(
            created_at=timezone.now(), code=new_code("V", timezone.now()), kind="minutes", title="Berita acara",
            subject_code=self.meeting.code, region_path=region.path, issued_at=timezone.now(),
            sha256=region.path.ljust(64, "0"),
            subject_type="deliberation.Meeting", subject_id=self.meeting.pk, issued_by_office="Lurah",
        )  # fmt: skip
        self.met = met.Met(region)
        role = "rt_rw" if region.level == "ward" else "technical_officer"
        self.person = personas.person(role, region, f"orang-{region.path}")
        self.grant = Grant.objects.get(account=self.person)
        self.closed = Meeting.add(
            at=timezone.now(), region=region, title="Musyawarah yang selesai", kind="development", fiscal_year=2026,
            held_on=date(2026, 2, 10), place="Aula", agenda="Penetapan", chair_office="Lurah", state="closed",
            closed_at=timezone.now(), closed_by=self.person,
        )  # fmt: skip
        papers_results.issue_priority_list(self.closed, at=timezone.now())

    def said(self, door: Door) -> dict[str, str]:
        """What the fields of a body refer to here, beyond what every door knows."""
        found = (records.said(door, self.region) for part, records in self.parts.items() if part.is_here(door))
        return next(found, {})

    def value(self, door: Door, param: str) -> Any:
        """What a door's parameter is here."""
        for part, records in self.parts.items():
            if part.is_here(door):
                return records.value(door, param, self.region)
        if met.is_here(door):
            return self.met.value(door, param)
        app = door.name.split(":")[0]
        if param == "code":
            return self._code(door)
        if param == "name":
            return self.photo.name
        if param == "proposal":
            return self.proposal.code
        known = {
            "path": self.region.path, "ward": self.region.path, "city": self.city.path, "year": 2026, "size": "full",
            "kind": "kebutuhan", "uid": self.person.uid, "role": self.grant.uid, "key": "tidak-ada",
            "number": 1, "voter": 1, "slip": 1, "sheet": 1, "choice": 1,
            "requirement": "quorum", "phase": "attendance",
        }  # fmt: skip
        if (app, param) == ("access", "uid") and door.name == "access:revoke_token":
            return issue(account=self.person, label="x", expires_on=date(2099, 1, 1))[0].uid
        return known[param]

    def _code(self, door: Door) -> str:
        for part, record in _WHOSE:
            if part in door.name:
                return str(getattr(self, record).code)
        raise KeyError(f"tests/access/world.py does not know whose code {door.name} takes")


# The first that fits: part of a door's name → the record its code belongs to.
_WHOSE = (
    ("needs:receipt", "voice"), ("needs:voice", "voice"), ("api /voices", "voice"),
    ("needs:need", "need"), ("needs:propose", "need"), ("api /needs", "need"),
    ("deliberation:cancel", "idle"), ("api /meetings/{code}/cancellation", "idle"),
    ("deliberation:priority", "closed"),
    ("deliberation:objections", "meeting"), ("deliberation:objection", "objection"),
    ("deliberation:answer_objection", "objection"), ("api /meeting-objections", "objection"),
    ("deliberation:", "meeting"), ("api /meetings", "meeting"), ("api /polls", "meeting"),
    ("needs:proposal", "proposal"), ("needs:revise", "proposal"), ("planning:prepare", "proposal"),
    ("api /proposals", "proposal"),
    ("delivery:void", "payment"), ("api /payments", "payment"),
    ("delivery:report", "project"), ("delivery:pay", "project"), ("delivery:", "report"), ("api /progress", "report"),
    ("assets:hand_over", "project"), ("assets:", "asset"), ("api /assets", "asset"),
    ("planning:take_over", "meeting"),
    ("planning:", "project"), ("benefits:", "project"), ("api /projects", "project"), ("api /journeys", "project"),
    ("document_", "document"), ("portal:journey", "project"),
)  # fmt: skip


class World:
    """Four places with everything in them, and the people of the columns, whose own place is `own`."""

    def __init__(self) -> None:
        seed_menu(timezone.now())
        city, foreign = places.city(), places.foreign_ward()
        own = places.ward(1)
        where = {"own": own, "sibling": places.ward(2), "parent": places.district(), "foreign": foreign}
        other = Region.objects.get(path=foreign.city_path)
        at_home, elsewhere = _parts(city, [own, where["sibling"]]), _parts(other, [foreign])
        self.spots = {
            name: Spot(region, other, elsewhere) if name == "foreign" else Spot(region, city, at_home)
            for name, region in where.items()
        }
        self.city = city
        for office in ("area_coordinator", "city_coordinator"):
            self.person(office)  # where none serves, the secretariat does their coaching

    def person(self, column: str) -> Account | None:
        """Who knocks: a role held in the own ward, else in its district, else in its city."""
        if column == "anonymous":
            return None
        if column == "former":
            gone = personas.person("ward_head", self.spots["own"].region, "dulu-lurah")
            given = Grant.objects.get(account=gone)
            services.revoke_role(
                by=None, at=timezone.now() - dt.timedelta(minutes=1), grant=given, reason="Pindah tugas"
            )
            return gone
        levels = ROLES[column].levels
        own = self.spots["own"].region
        place = own if "ward" in levels else own.parent if "district" in levels else self.city
        return personas.person(column, place, f"peran-{column}")
