"""A need is weighed by criteria and photographed from one point again and again; a city sets its criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from pendamping.access.duties import nearest_office, office_of
from pendamping.access.models import Account
from pendamping.access.roles import ROLES
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.images import store
from pendamping.core.images.door import CleanImage
from pendamping.core.images.photo import Photo
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.core.verdicts import Verdict, refused
from pendamping.needs.enums.assessments import Reason
from pendamping.needs.models import Criterion, Need, Score, View, Viewpoint
from pendamping.needs.queries.assessments import criteria_in_force
from pendamping.needs.rules import assessments as rules
from pendamping.regions.models import Region


@act("needs.need_scored")
def score_need(
    *, by: Account, at: datetime, need: Need, scores: Mapping[str, tuple[int, str]], seen: int | None = None
) -> Need:
    """Give a need points by criteria, by key, each with its reason (id: menilai kebutuhan).

    What was given before by the same criterion stays readable as replaced; the same points for the same reason change
    nothing. `seen` is the last score that was read (`last_score`), None where it is not known. Refuses a need not
    verified or answered, a criterion not in force at its place, points that are no level, points without a reason, none
    at all, and in place of others given since `seen`.
    """
    need = Need.objects.select_for_update().get(pk=need.pk)
    criteria = {one.key: one for one in criteria_in_force(need.region_path, day(at))}
    rules.may_score(state=need.state, given=_given(scores, criteria)).or_raise()
    before = {one.criterion.key: one for one in _in_force(need, scores)}
    for last in before.values():  # the oldest first
        points, reason = scores[last.criterion.key]
        if (last.points, last.reason) != (points, mask_to(reason, 300)):
            _may_overwrite(last, seen).or_raise()
    changes: dict[str, list[int | None]] = {}
    for key, (points, reason) in scores.items():
        old, words = before.get(key), mask_to(reason, 300)
        if old is not None and (old.criterion.scale, old.points, old.reason) == (criteria[key].scale, points, words):
            continue
        if old is not None:
            Score.objects.filter(pk=old.pk).update(replaced_at=at)
        Score.objects.create(
            need=need, criterion=criteria[key], points=points, reason=words, scored_by=by, created_at=at
        )
        changes[key] = [old.points if old else None, points]
    if changes:
        _tell("needs.need_scored", need, by=by, at=at, changes={"scores": changes})
    return need


def _may_overwrite(old: Score, seen: int | None) -> Verdict:
    office = nearest_office(old.scored_by, old.need, old.created_at)
    return rules.may_overwrite(
        seen=seen, given=old.pk, key=old.criterion.key, criterion=old.criterion.label, points=old.points,
        words=old.reason, office=str(ROLES[office].office) if office in ROLES else office,
    )  # fmt: skip


def _given(scores: Mapping[str, tuple[int, str]], criteria: Mapping[str, Criterion]) -> list[rules.Given]:
    return [
        rules.Given(key, criteria[key].level_words if key in criteria else (), key in criteria, points, reason)
        for key, (points, reason) in scores.items()
    ]


def _in_force(need: Need, keys: Any) -> list[Score]:
    """Also those by an ended version: a key has one score in force at most."""
    found = Score.objects.filter(need=need, replaced_at__isnull=True, criterion__key__in=list(keys))
    return list(found.select_related("criterion", "need", "scored_by").order_by("id"))


@act("needs.view_taken")
def take_view(
    *,
    by: Account,
    at: datetime,
    need: Need,
    photo: CleanImage,
    taken_on: date,
    viewpoint: Viewpoint | None = None,
    words: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    heading: int | None = None,
) -> View:
    """Photograph the place of a need from a fixed point (id: memotret dari titik tetap); the photo becomes public.

    Without a `viewpoint` a new one is made of `words`, with its place and the degrees from north if known. Refuses a
    need not seen on site yet, a point of another need or without words, and a day ahead.
    """
    need = Need.objects.select_for_update().get(pk=need.pk)
    rules.may_take_view(
        state=need.state, is_known=viewpoint is not None, words=words, taken_on=taken_on, today=day(at)
    ).or_raise()
    if viewpoint is not None and viewpoint.need_id != need.pk:
        refused(Reason.VIEWPOINT_OTHER_NEED, field="viewpoint").or_raise()
    kept = store.publish(store.keep(photo, region_path=need.region_path, at=at), at=at)
    point = viewpoint or mark_viewpoint(
        need, at=at, words=words, latitude=latitude, longitude=longitude, heading=heading
    )
    view = keep_view(point, kept, on=taken_on, by=by, at=at)
    changes = {"need": need.code, "taken_on": taken_on, "is_first": viewpoint is None}
    _tell("needs.view_taken", need, by=by, at=at, changes=changes, subject=view)
    return view


def mark_viewpoint(
    need: Need, *, at: datetime, words: str, latitude: Decimal | None, longitude: Decimal | None, heading: int | None
) -> Viewpoint:
    """Keep where a photo of a need is taken, inside an act."""
    return Viewpoint.objects.create(
        need=need, words=mask_to(words, 160), latitude=latitude, longitude=longitude, heading=heading, created_at=at
    )


def keep_view(viewpoint: Viewpoint, photo: Photo, *, on: date, by: Account, at: datetime) -> View:
    """Keep a photo as one from a viewpoint, inside an act."""
    return View.objects.create(viewpoint=viewpoint, photo=photo, taken_on=on, taken_by=by, created_at=at)


@act("needs.criterion_set")
def set_criterion(
    *,
    by: Account | None,
    at: datetime,
    city: Region,
    key: str,
    title: dict[str, str],
    levels: Sequence[dict[str, Any]],
    valid_from: date,
    help: dict[str, str] | None = None,
    weight: int = 1,
    position: int = 0,
    legal_basis: str = "",
) -> Criterion:
    """Set what needs of a city are weighed by from a day on (id: menetapkan kriteria); a weight of zero leaves it out.

    The city's last version ends the day before, or is written anew on its own first day while no need has been scored
    by it. Under a key of the criteria for all it takes their place in this city. `levels` are [{"points": 1, "text":
    {"id": …}}, …]. Refuses one without a name, with fewer than two levels or levels without words, and a first day
    before that of the last version, or on it once needs were scored by it.
    """
    told = [(one["points"], one["text"].get("id", "")) for one in levels]
    rules.may_set_criterion(title=title.get("id", ""), levels=told).or_raise()
    facts = {
        "title": title, "help": help or {}, "weight": weight, "position": position, "valid_from": valid_from,
        "levels": sorted(levels, key=lambda one: one["points"]), "legal_basis": mask_to(legal_basis, 160),
    }  # fmt: skip
    old = Criterion.objects.select_for_update(of=("self",)).filter(city=city, key=key, valid_to=None).first()
    if old is not None:
        used = Score.objects.filter(criterion=old).exists()
        rules.may_replace(began=old.valid_from, begins=valid_from, is_used=used).or_raise()
    if old is not None and valid_from > old.valid_from:
        Criterion.objects.filter(pk=old.pk).update(valid_to=valid_from - timedelta(days=1))
        old = None
    if old is not None:
        Criterion.objects.filter(pk=old.pk).update(**facts)
        made = Criterion.objects.get(pk=old.pk)
    else:
        made = Criterion.objects.create(city=city, key=key, created_at=at, **facts)
    journal.record(
        "needs.criterion_set",
        subject=made,
        region=city.path,
        by=by,
        at=at,
        office=office_of(by, Verb.LISTENING_MANAGE, city.path, at) if by else None,
        changes={"key": key, "weight": weight, "levels": len(levels), "valid_from": valid_from},
    )
    return made


def _tell(
    verb: str, need: Need, *, by: Account, at: datetime, changes: dict[str, Any], subject: View | None = None
) -> None:
    journal.record(
        verb,
        subject=subject or need,
        region=need.region_path,
        by=by,
        at=at,
        office=office_of(by, Verb.NEED_VERIFY, need, at),
        changes=changes,
    )
