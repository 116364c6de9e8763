"""What stands before a meeting: unit prices, technical checks, a matrix with seats, made through the acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.deliberation import services
from pendamping.deliberation.enums.checks import Aspect, Finding
from pendamping.deliberation.models import Matrix, MatrixSeat, Meeting, PriceList, TechnicalCheck, UnitPrice
from pendamping.deliberation.queries import matrices as queries
from pendamping.deliberation.tests.factories import AT, YEAR, called, put
from pendamping.needs.criteria import seed_criteria
from pendamping.needs.models import Proposal
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region

BASIS = "Kepwal 12/2026 (contoh)"


def city_of(ward: Region) -> Region:
    return Region.objects.get(path=ward.city_path)


def planner(ward: Region) -> Account:
    """Who manages the rules of the city."""
    return personas.person("planning_agency", city_of(ward), "bappeda")


def price_draft(ward: Region, year: int = YEAR, **changes: Any) -> PriceList:
    facts = {"fiscal_year": year, "title": "Standar harga", "legal_basis": BASIS, **changes}
    return services.begin_price_list(by=planner(ward), at=NOW, city=city_of(ward), **facts)


def price(prices: PriceList, code: str = "5", amount: int = 1_000_000, **changes: Any) -> UnitPrice:
    facts = {"name": "Beton K-225", "specification": "", "unit": "M3", "kind": "HSPK", **changes}
    return services.keep_unit_price(by=None, at=NOW, prices=prices, item_code=code, price=amount, **facts)


def prices_in_force(ward: Region, year: int = YEAR) -> PriceList:
    """A list with concrete at a million and a worker's day at 150.000."""
    prices = price_draft(ward, year)
    price(prices)
    price(prices, "9", 150_000, name="Upah tukang", unit="Orang/Hari", kind="SBU")
    return services.fix_price_list(by=planner(ward), at=NOW, prices=prices)


def bounds(ward: Region, **changes: Any) -> None:
    """The bounds of the city: a tenth with a condition, three tenths not in order."""
    facts = {
        "condition_permille": 100, "unfit_permille": 300, "needs_check": False, "legal_basis": BASIS,
        "valid_from": date(2026, 1, 1), **changes,
    }  # fmt: skip
    services.set_check_rules(by=planner(ward), at=NOW, city=city_of(ward), **facts)


def begun(proposal: Proposal, why: str = "", quantity: str | None = "45") -> TechnicalCheck:
    """A check under way by the ward's secretary, with so many cubic metres of concrete at a million each."""
    by = personas.sekretaris(Region.objects.get(path=proposal.ward_path))
    check = services.begin_check(by=by, at=AT, proposal=proposal, why=why)
    if quantity and check.prices is not None:
        item = check.prices.items.get(item_code="5")
        services.add_line(by=by, at=AT, proposal=proposal, item=item, code="5", quantity=Decimal(quantity))
    return check


def judged(proposal: Proposal, **findings: str) -> None:
    """Every aspect looked at; all in order unless said otherwise (menu="unfit")."""
    by = personas.sekretaris(Region.objects.get(path=proposal.ward_path))
    for aspect in Aspect:
        finding = findings.get(aspect.value, Finding.FIT.value)
        services.judge_aspect(
            by=by, at=AT, proposal=proposal, aspect=aspect.value, finding=finding, reason=f"Alasan {aspect.value}"
        )


def published(proposal: Proposal, why: str = "", **findings: str) -> TechnicalCheck:
    """A published check of a proposal of 45 million; needs unit prices in force."""
    begun(proposal, why)
    judged(proposal, **findings)
    by = personas.sekretaris(Region.objects.get(path=proposal.ward_path))
    return services.publish_check(by=by, at=AT, proposal=proposal, reason="Layak dibahas, harga wajar")


def matrix_begun(ward: Region, proposals: int = 2) -> Matrix:
    """The matrix of a meeting with some proposals on its agenda."""
    seed_criteria(NOW)
    meeting = called(ward)
    for place in range(proposals):
        put(meeting, title=f"Usulan {place + 1}")
    return services.begin_matrix(by=personas.sari(ward), at=AT, meeting=meeting)


def frozen(ward: Region, proposals: int = 2) -> Matrix:
    matrix = matrix_begun(ward, proposals)
    return services.freeze_matrix(by=personas.lurah(ward), at=AT, meeting=matrix.meeting)


def seat(meeting: Meeting, label: str = "RW 01", account: Account | None = None) -> MatrixSeat:
    by = personas.lurah(meeting.region)
    return services.give_seat(by=by, at=AT, meeting=meeting, label=label, account=account)


def points(matrix: Matrix, levels: Sequence[int]) -> dict[str, dict[str, int | None]]:
    """The same level by every criterion for a proposal: `levels` in the order of the proposals."""
    items, criteria = queries.items_of(matrix), list(matrix.criteria.all())
    return {item.proposal.code: {one.key: level for one in criteria} for item, level in zip(items, levels, strict=True)}


def scored(seat: MatrixSeat, levels: Sequence[int], **changes: Mapping[str, int | None]) -> MatrixSeat:
    return services.send_scores(by=None, at=AT, seat=seat, points={**points(seat.matrix, levels), **changes})


def closed_matrix(ward: Region, scores: Sequence[Sequence[int]] = ((5, 1), (4, 2), (3, 3))) -> Matrix:
    """A closed matrix: one seat for each row of levels."""
    matrix = frozen(ward, len(scores[0]))
    for place, levels in enumerate(scores, start=1):
        scored(seat(matrix.meeting, f"RW 0{place}"), levels)
    return services.close_matrix(by=personas.lurah(ward), at=AT, meeting=matrix.meeting)
