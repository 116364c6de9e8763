"""The rules of a kind of meeting are set, and a year begins with those of the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.deliberation.defaults import default_rules
from pendamping.deliberation.enums.ladder import RulesOrigin
from pendamping.deliberation.models import Attendance, MeetingRules
from pendamping.deliberation.queries.own_groups import as_kept
from pendamping.deliberation.queries.rules_of_year import in_force
from pendamping.deliberation.rules import ladder as rules
from pendamping.deliberation.rules.own_groups import LETTERS, OwnGroup, may_be_own
from pendamping.regions.models import Region

ASKED = (
    "opens_on", "closes_on", "notice_days", "quorum", "quorum_rts", "women", "rts", "groups", "own_groups", "split",
    "objection_days",
)  # fmt: skip


@act("deliberation.rules_set")
def set_meeting_rules(
    *, by: Account | None, at: datetime, city: Region, kind: str, fiscal_year: int, valid_from: date, legal_basis: str,
    notice_days: int, quorum: int, women: int, rts: int, objection_days: int, opens_on: date | None = None,
    closes_on: date | None = None, groups: Mapping[str, int] | None = None, split: Mapping[str, int] | None = None,
    note: str = "", quorum_rts: int = 0, own_groups: Sequence[OwnGroup] = (),
) -> MeetingRules:  # fmt: skip
    """Set a version of the rules of a kind of meeting (id: menetapkan aturan musyawarah); the one before ends then.

    Shares are in permille; `own_groups` are those the city itself wants represented, in its words. Meetings called
    before keep their version. Refuses rules without a basis, days backwards, shares beyond the whole, an unknown group,
    one of the city's own without a name or twice, and a version that does not begin after the one in force.
    """
    city = Region.objects.select_for_update().get(pk=city.pk)
    before = _latest(city, fiscal_year, kind)
    groups = {name: least for name, least in (groups or {}).items() if least}
    split = {name: part for name, part in (split or {}).items() if part}
    asked = rules.Asked(opens_on, closes_on, notice_days, quorum, women, rts, groups, quorum_rts)
    rules.may_set_rules(
        level=city.level, legal_basis=legal_basis, asked=asked, split=split, known_groups=Attendance.GROUPS,
        valid_from=valid_from, holds_from=before.valid_from if before else None,
    ).or_raise()  # fmt: skip
    own = tuple(OwnGroup(_masked(one.name), one.least, one.counts) for one in own_groups)
    may_be_own(own).or_raise()
    own = tuple(one for one in own if not one.is_empty)
    if before is not None:
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    made = MeetingRules.objects.create(
        created_at=at, city=city, kind=kind, fiscal_year=fiscal_year, version=before.version + 1 if before else 1,
        valid_from=valid_from, legal_basis=mask_to(legal_basis.strip(), 200), note=mask(note).text, set_by=by,
        opens_on=opens_on, closes_on=closes_on, notice_days=notice_days, quorum=quorum, quorum_rts=quorum_rts,
        women=women, rts=rts,
        groups=groups, own_groups=as_kept(own), split=split, objection_days=objection_days,
    )  # fmt: skip
    changes = {name: [getattr(before, name, None), getattr(made, name)] for name in (*ASKED, "valid_from")}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    _tell("deliberation.rules_set", made, by=by, at=at, changes=changes, public=True)
    return made


def _masked(name: Mapping[str, str]) -> dict[str, str]:
    """The name of a group in each language that has one."""
    tidy = {language: mask_to(" ".join(words.split()), LETTERS) for language, words in name.items()}
    return {language: words for language, words in tidy.items() if words}


def rules_for(*, by: Account | None, at: datetime, region: Region, kind: str, fiscal_year: int) -> MeetingRules:
    """The rules a meeting is called under; a year without any begins with last year's, the first with the default."""
    found = in_force(region.path[:4], fiscal_year, kind, day(at))
    if found is not None:
        return found
    city = Region.objects.get(path=region.path[:4])
    return begin_year(by=by, at=at, city=city, kind=kind, fiscal_year=fiscal_year)


@act("deliberation.rules_begun")
def begin_year(*, by: Account | None, at: datetime, city: Region, kind: str, fiscal_year: int) -> MeetingRules:
    """Begin a budget year with the rules of the latest year before it (id: memulai aturan tahun baru).

    Its days move by whole years. Without an earlier year: the default of the software, marked as such. Rules that are
    there already stay.
    """
    city = Region.objects.select_for_update().get(pk=city.pk)
    known = _latest(city, fiscal_year, kind)
    if known is not None:
        return known
    of_kind = MeetingRules.objects.filter(city=city, kind=kind, fiscal_year__lt=fiscal_year)
    last = of_kind.order_by("-fiscal_year", "-version").first()
    facts = _moved(last, fiscal_year) if last else default_rules(kind, fiscal_year)
    made = MeetingRules.objects.create(
        created_at=at, city=city, kind=kind, fiscal_year=fiscal_year, version=1, set_by=None,
        valid_from=date(fiscal_year - 3, 1, 1), origin=RulesOrigin.CARRIED_OVER if last else RulesOrigin.DEFAULT,
        **facts,
    )  # fmt: skip
    changes = {"kind": kind, "fiscal_year": fiscal_year, "origin": made.origin}
    _tell("deliberation.rules_begun", made, by=by, at=at, changes=changes, public=False)
    return made


def _latest(city: Region, fiscal_year: int, kind: str) -> MeetingRules | None:
    return MeetingRules.objects.filter(city=city, fiscal_year=fiscal_year, kind=kind).order_by("-version").first()


def _moved(last: MeetingRules, fiscal_year: int) -> dict[str, Any]:
    by = fiscal_year - last.fiscal_year
    facts = {name: getattr(last, name) for name in (*ASKED, "legal_basis", "note")}
    return {**facts, **{name: _later(facts[name], by) for name in ("opens_on", "closes_on")}}


def _later(on: date | None, years: int) -> date | None:
    """The same day some years later; 29 February becomes the 28th."""
    if on is None:
        return None
    is_leap_day = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year + years, day=28 if is_leap_day else on.day)


def _tell(
    verb: str, made: MeetingRules, *, by: Account | None, at: datetime, changes: dict[str, Any], public: bool
) -> None:
    office = duties.office_of(by, Verb.RULES_MANAGE, made, at) or duties.nearest_office(by, made, at)
    journal.record(
        verb, subject=made, region=made.region_path, by=by, at=at, office=office, changes=changes, public=public
    )
