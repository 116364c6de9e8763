"""The one answer to "may this person do this here?", built once per request and used by pages, API, jobs and lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from pendamping.access.models import Account, Grant
from pendamping.access.roles import ROLES, Role
from pendamping.access.verbs import READS, Verb
from pendamping.core.counters import after

M = TypeVar("M", bound=Model)

_CUTS = {4: "city_path", 6: "district_path", 10: "ward_path"}


@dataclass(frozen=True)
class Holding:
    """A role in force at a place."""

    role: Role
    path: str
    region_id: int
    region_label: str


@dataclass(frozen=True)
class Scope:
    """What one person may do, and where. Without holdings: nothing."""

    account: Account | None = None
    holdings: tuple[Holding, ...] = ()
    reads_only: bool = False
    viewer: Account | None = field(default=None)  # the real person while "viewing as" somebody
    is_reading: bool = False  # the request changes nothing

    def for_reading(self) -> Scope:
        """The same for a request that changes nothing: no verb is left out, also under a key that only reads."""
        return replace(self, is_reading=True)

    def can(self, verb: Verb, place: Any) -> bool:
        """May this person do `verb` at a region, a record with a region, or a path?

        A record that went on to another place, since its own was split or merged, is read from its former place too.
        """
        path = _path_of(place)
        if any(path.startswith(held) for held in self.paths(verb)) or path in self.own_paths(verb):
            return True
        former = getattr(place, "former_path", "") if verb in READS else ""
        return bool(former) and self.can(verb, former)

    def can_anywhere(self, verb: Verb) -> bool:
        return bool(self.paths(verb) or self.own_paths(verb))

    def paths(self, verb: Verb) -> tuple[str, ...]:
        """The places where `verb` is held, none below another.

        Whoever views as somebody is shown all of it, the work that waits and the acts with it: that is what they came
        to see. They can do nothing of it, since no page takes more than a GET from them (`page`), nor an API a session.
        A key that only reads is shown as much by a GET (`endpoint`): what its owner may decide on, they may read.
        """
        if self._only_reads(verb):
            return ()
        held = sorted({holding.path for holding in self.holdings if verb in holding.role.verbs})
        return tuple(path for path in held if not any(path != top and path.startswith(top) for top in held))

    def own_paths(self, verb: Verb) -> tuple[str, ...]:
        """The places where `verb` is held for records of that very place, not of those below it."""
        if self._only_reads(verb):
            return ()
        return tuple(sorted({holding.path for holding in self.holdings if verb in holding.role.own_level}))

    def _only_reads(self, verb: Verb) -> bool:
        return self.reads_only and not self.is_reading and self.viewer is None and verb not in READS

    def narrow(self, records: QuerySet[M], verb: Verb) -> QuerySet[M]:
        """Only the records where this person may do `verb`. Regions themselves are narrowed by their own path."""
        wanted = Q(pk__in=[])
        names = {item.name for item in records.model._meta.get_fields()}
        own = "path" if "path" in names else "region_path"
        for path in self.paths(verb):
            cut = _CUTS.get(len(path), "")
            wanted |= Q(**{cut: path}) if cut in names else Q(**{f"{own}__gte": path, f"{own}__lt": after(path)})
        if self.own_paths(verb):
            wanted |= Q(**{f"{own}__in": self.own_paths(verb)})
        return records.filter(wanted)

    def get_or_404(self, records: QuerySet[M], verb: Verb, **lookup: Any) -> M:
        """One record: 404 when it is missing or outside this person's place, 403 when only the verb is lacking."""
        found = records.filter(**lookup).first()
        if found is None:
            raise Http404
        if self.can(verb, found):
            return found
        if self.can(Verb.RECORD_SEE, found) or (not hasattr(found, "region_path") and self.can(Verb.WORK_SEE, found)):
            raise PermissionDenied
        raise Http404

    def offices_at(self, place: Any) -> list[Role]:
        """The roles held that reach a place, the nearest first."""
        path = _path_of(place)
        reach = sorted((h for h in self.holdings if path.startswith(h.path)), key=lambda h: -len(h.path))
        return [holding.role for holding in reach]

    def office_for(self, verb: Verb, place: Any) -> str:
        """The key of the nearest role that carries `verb` here: what the journal shows instead of a name."""
        path = _path_of(place)
        reach = sorted(self.holdings, key=lambda held: -len(held.path))
        return next((h.role.key for h in reach if h.role.carries(verb, held_at=h.path, path=path)), "")

    @property
    def is_official(self) -> bool:
        return any(holding.role.official for holding in self.holdings)


NOBODY = Scope()


def scope_of(account: Any, on: date, *, reads_only: bool = False, viewer: Account | None = None) -> Scope:
    """The scope of an account on a day, read fresh: ended or revoked grants and disabled accounts count for nothing."""
    if account is None or not account.is_authenticated or not account.is_active:
        return NOBODY
    grants = (
        Grant.objects.filter(account=account, revoked_at__isnull=True, starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .select_related("region")
        .only("role", *(f"region__{name}" for name in ("level", "path", "name", "kind")))  # asked at every request
        .order_by("region__path", "role")
    )
    return Scope(account, tuple(_holdings(grants)), reads_only, viewer)


def _holdings(grants: Iterable[Grant]) -> Iterable[Holding]:
    for grant in grants:
        yield Holding(ROLES[grant.role], grant.region.path, grant.region_id, grant.region.label)


def _path_of(place: Any) -> str:
    if isinstance(place, str):
        return place
    return place.region_path if hasattr(place, "region_path") else place.path
