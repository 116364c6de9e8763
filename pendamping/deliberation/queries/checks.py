"""Technical checks that are read: of a proposal, of a meeting, and what is like a proposal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access.duties import Done, Duty
from pendamping.deliberation import finished
from pendamping.deliberation.enums.checks import Aspect, CheckResult, CheckState
from pendamping.deliberation.models import CheckAspect, CheckLine, CheckRules, Meeting, TechnicalCheck
from pendamping.deliberation.rules import checks as rules
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Proposal, ProposalRevision
from pendamping.needs.rules.similar import trigrams_of
from pendamping.regions.models import WIDTHS

LIKE_MOST = 8
READ_MOST = 200


def check_rules_for(place: str, on: date) -> CheckRules | None:
    """The rules of technical checks at a place (path) on a day: the city's own, else those for all. One query."""
    days = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    cities = Q(city__isnull=True) | Q(city__path=place[: WIDTHS["city"]])
    found = CheckRules.objects.filter(days, cities).select_related("city").order_by("-valid_from", "-id")
    return min(found, key=lambda one: one.city_id is None, default=None)


def checks_of(proposal: Proposal) -> QuerySet[TechnicalCheck]:
    """All checks of a proposal, the last one first, with what was found and the lines of cost."""
    found = TechnicalCheck.objects.filter(proposal=proposal).select_related("prices", "rules", "proposal")
    return found.prefetch_related("aspects", "lines__item__region").order_by("-number")


def published_checks(proposals: Iterable[Proposal]) -> QuerySet[TechnicalCheck]:
    """The published checks of proposals, the last one first: public."""
    found = TechnicalCheck.objects.filter(proposal__in=list(proposals), state=CheckState.PUBLISHED)
    return found.select_related("proposal", "prices").prefetch_related("aspects").order_by("-number", "-id")


def under_way(proposal: Proposal) -> TechnicalCheck | None:
    """The check being made of a proposal."""
    return checks_of(proposal).filter(state=CheckState.DRAFT).first()


def revisions_of(proposal: Proposal) -> int:
    """How often a proposal was repaired."""
    return ProposalRevision.objects.filter(proposal=proposal).count()


def standing_results(proposals: Iterable[int]) -> dict[int, str]:
    """The results that hold for proposals (keys) as they read now: of the last published check since their repair.

    One query; proposals without one are left out.
    """
    repaired = Count("proposal__revisions")
    rows = (
        TechnicalCheck.objects.filter(proposal__in=list(proposals), state=CheckState.PUBLISHED)
        .annotate(repaired=repaired)
        .order_by("number")
        .values_list("proposal", "result", "revisions", "repaired")
    )
    last = {proposal: (result, then, now) for proposal, result, then, now in rows}
    return {proposal: result for proposal, (result, then, now) in last.items() if then == now}


def result_of(proposal: Proposal) -> str:
    """The result that holds for a proposal, in words; none where no check is finished. One query."""
    found = standing_results([proposal.pk]).get(proposal.pk)
    return str(CheckResult(found).label) if found else ""


def technical_duties(proposals: Sequence[Proposal], *, named: bool = False) -> list[Done]:
    """Who checked proposals technically, published or not: they decide none of them. One query."""
    codes = {proposal.pk: proposal.code for proposal in proposals}
    found = CheckAspect.objects.filter(check_of__proposal__in=list(codes)).order_by()
    rows = found.values_list("check_of__proposal", "by").union(
        TechnicalCheck.objects.filter(proposal__in=list(codes)).order_by().values_list("proposal", "published_by")
    )
    return [Done(Duty.CHECKER, person, codes[proposal] if named else "") for proposal, person in rows if person]


def unchecked(meeting: Meeting) -> list[Proposal]:
    """The proposals on the agenda of a meeting without a published check that finds them fit. Two queries."""
    proposals = [item.proposal for item in meeting.items.select_related("proposal").order_by("position")]
    fit = (CheckResult.FIT, CheckResult.CONDITION)
    results = standing_results([one.pk for one in proposals])
    return [one for one in proposals if results.get(one.pk) not in fit]


def without_check(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Those of which nobody finished a technical check as they read now: never begun, under way, or repaired since.

    One query.
    """
    standing = standing_results([one.pk for one in proposals])
    return [one for one in proposals if one.pk not in standing]


@dataclass(frozen=True)
class Like:
    """Something that may be the same as a proposal (id: usulan serupa); `likeness` of its words, in permille."""

    kind: str
    label: str
    code: str
    title: str
    place: str
    year: int
    likeness: int
    address: str

    @property
    def share(self) -> Decimal:
        """The likeness as a share of one."""
        return Decimal(self.likeness) / 1000


def like(proposal: Proposal) -> list[Like]:
    """What is about the same subject in the same ward and reads like it: other proposals, projects, assets.

    Likest first, at most LIKE_MOST; one query here and one for each kind that apps above registered. Another proposal
    of the same need counts whatever its words.
    """
    group = proposal.menu_item.group_code
    asked = _words(proposal.title, proposal.place)
    found = [_of_proposal(proposal, other, asked) for other in _others(proposal, group)]
    for one in finished.earlier(proposal.ward_path, group):
        if one.proposal != proposal.code:
            near = rules.likeness(asked, _words(one.title, one.place))
            found.append(Like(one.kind, str(one.label), one.code, one.title, one.place, one.year, near, one.address))
    named = [one for one in found if one.likeness >= rules.ALIKE]
    return sorted(named, key=lambda one: (-one.likeness, one.code))[:LIKE_MOST]


def _others(proposal: Proposal, group: str) -> QuerySet[Proposal]:
    ended = (ProposalState.DRAFT, ProposalState.REJECTED, ProposalState.WITHDRAWN)
    ward = Proposal.objects.filter(ward_path=proposal.ward_path).exclude(pk=proposal.pk).exclude(state__in=ended)
    same = finished.in_group("menu_item__code", group) | Q(need=proposal.need_id)
    return ward.filter(same).order_by("-id")[:READ_MOST]


def _of_proposal(proposal: Proposal, other: Proposal, asked: rules.Words) -> Like:
    of_one_need = other.need_id == proposal.need_id
    near = rules.WHOLE if of_one_need else rules.likeness(asked, _words(other.title, other.place))
    address = reverse("needs:proposal", args=[other.code])
    return Like("proposal", _("Proposal"), other.code, other.title, other.place, other.fiscal_year, near, address)


def _words(title: str, place: str) -> rules.Words:
    return trigrams_of(title), trigrams_of(place)


def looked(check: TechnicalCheck, lines: Sequence[CheckLine]) -> rules.Looked:
    """A check as the facts its rules ask for."""
    proposal, bounds = check.proposal, check.rules
    calculated = sum(line.amount for line in lines)
    return rules.Looked(
        off=rules.off_permille(estimated=proposal.estimated_cost, calculated=calculated),
        bounds=rules.Bounds(bounds.condition_permille, bounds.unfit_permille) if bounds else None,
        menu_valid_from=proposal.menu_item.valid_from, menu_valid_to=proposal.menu_item.valid_to,
        fiscal_year=proposal.fiscal_year, land_status=proposal.land_status, land_consent=proposal.land_consent,
        has_prices=check.prices_id is not None,
    )  # fmt: skip


def found_of(check: TechnicalCheck) -> list[tuple[Aspect, CheckAspect | None]]:
    """Every aspect in its order, with what was found; None where nobody looked yet."""
    known = {one.aspect: one for one in check.aspects.all()}
    return [(aspect, known.get(aspect.value)) for aspect in Aspect]


def checks_for_minutes(meeting: Meeting) -> dict[str, Any]:
    """For the minutes: each proposal on the agenda with the result that stood, its reason, and those without one."""
    items = list(meeting.items.select_related("proposal").order_by("position"))
    last: dict[int, TechnicalCheck] = {}
    for check in published_checks([item.proposal for item in items]):
        last.setdefault(check.proposal_id, check)
    standing = standing_results([item.proposal_id for item in items])
    rows = [
        {
            "position": item.position, "code": item.proposal.code, "title": item.proposal.title,
            "result": str(last[item.proposal_id].get_result_display()), "reason": last[item.proposal_id].reason,
            "calculated": last[item.proposal_id].calculated,
        }
        for item in items
        if item.proposal_id in standing
    ]  # fmt: skip
    return {"rows": rows, "without": [item.proposal.code for item in items if item.proposal_id not in standing]}
