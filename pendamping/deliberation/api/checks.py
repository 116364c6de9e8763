"""Operations of technical checks over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.deliberation import services
from pendamping.deliberation.enums.checks import CheckState
from pendamping.deliberation.models import TechnicalCheck, UnitPrice
from pendamping.deliberation.queries import checks as queries
from pendamping.deliberation.rules import checks as rules
from pendamping.deliberation.schemas import checks as schemas
from pendamping.needs.models import Proposal
from pendamping.regions.models import Level, Region

router = Router(tags=["deliberation"])
CHECKS = "/proposals/{code}/technical-checks"
OUT = schemas.TechnicalChecksOut


@endpoint(router, "GET", CHECKS, verb=Verb.RECORD_SEE, response=OUT)
def list_technical_checks(request: HttpRequest, code: str) -> Any:
    """The technical checks of a proposal; one under way is there with what was found so far."""
    return _checks(_proposal(request, code, Verb.RECORD_SEE))


@endpoint(router, "POST", CHECKS, verb=Verb.PROPOSAL_CHECK, response=OUT)
def begin_technical_check(request: HttpRequest, code: str, facts: schemas.TechnicalCheckIn) -> Any:
    """Begin a check, by the prices and bounds of today."""
    return _act(request, code, services.begin_check, why=facts.why)


@endpoint(router, "POST", f"{CHECKS}/lines", verb=Verb.PROPOSAL_CHECK, response=OUT)
def add_check_line(request: HttpRequest, code: str, facts: schemas.CheckLineIn) -> Any:
    """Add a line of cost to the check under way."""
    proposal = _proposal(request, code, Verb.PROPOSAL_CHECK)
    draft = queries.under_way(proposal)
    items = UnitPrice.objects.filter(prices=draft.prices if draft else None, item_code=facts.item_code)
    found = items.filter(region__path=facts.ward) if facts.ward else items.filter(region=None)
    return _act(
        request, code, services.add_line, item=found.first(), code=facts.item_code, quantity=facts.quantity,
    )  # fmt: skip


@endpoint(router, "POST", f"{CHECKS}/lines/{{line}}/removal", verb=Verb.PROPOSAL_CHECK, response=OUT)
def drop_check_line(request: HttpRequest, code: str, line: UUID) -> Any:
    """Take a line out of the calculation again."""
    return _act(request, code, services.drop_line, line=line)


@endpoint(router, "POST", f"{CHECKS}/aspects", verb=Verb.PROPOSAL_CHECK, response=OUT)
def judge_check_aspect(request: HttpRequest, code: str, facts: schemas.CheckAspectIn) -> Any:
    """Say what was found about one aspect, and why; said again, it replaces what was said."""
    return _act(request, code, services.judge_aspect, **facts.dict())


@endpoint(router, "POST", f"{CHECKS}/publication", verb=Verb.PROPOSAL_CHECK, response=OUT)
def publish_technical_check(request: HttpRequest, code: str, facts: schemas.CheckPublicationIn) -> Any:
    """Publish what the check came to; the worst finding decides."""
    return _act(request, code, services.publish_check, reason=facts.reason)


@endpoint(router, "POST", f"{CHECKS}/removal", verb=Verb.PROPOSAL_CHECK, response=OUT)
def discard_technical_check(request: HttpRequest, code: str) -> Any:
    """Discard the check under way."""
    return _act(request, code, services.discard_check)


@endpoint(router, "POST", "/check-rules", verb=Verb.RULES_MANAGE, response=schemas.CheckRulesOut)
def set_check_rules(request: HttpRequest, facts: schemas.CheckRulesIn) -> Any:
    """Set by which bounds proposals of a city are checked from a day on."""
    given = facts.dict()
    cities = Region.objects.filter(level=Level.CITY)
    city = request.scope.get_or_404(cities, Verb.RULES_MANAGE, path=given.pop("city"))  # type: ignore[attr-defined]
    made = services.set_check_rules(
        by=request.auth,
        at=timezone.now(),
        op=operation_id(request),
        city=city,
        **given,  # type: ignore[attr-defined]
    )
    names = ("condition_permille", "unfit_permille", "needs_check", "legal_basis", "valid_from", "valid_to")
    return 201, {name: getattr(made, name) for name in names}


def _act(request: HttpRequest, proposal: str, service: Any, /, **facts: Any) -> Any:
    found = _proposal(request, proposal, Verb.PROPOSAL_CHECK)
    service(by=request.auth, at=timezone.now(), op=operation_id(request), proposal=found, **_renamed(facts))  # type: ignore[attr-defined]
    return 201, _checks(found)


def _renamed(facts: dict[str, Any]) -> dict[str, Any]:
    """Enumerations as their plain values, as forms give them: the same act has the same digest."""
    return {name: getattr(value, "value", value) for name, value in facts.items()}


def _proposal(request: HttpRequest, code: str, verb: Verb) -> Proposal:
    proposals = Proposal.objects.select_related("menu_item", "region")
    found: Proposal = request.scope.get_or_404(proposals, verb, code=code)  # type: ignore[attr-defined]
    return found


def _checks(proposal: Proposal) -> dict[str, Any]:
    repaired = queries.revisions_of(proposal)
    return {"proposal": proposal.code, "results": [_out(one, repaired) for one in queries.checks_of(proposal)]}


def _out(check: TechnicalCheck, repaired: int) -> dict[str, Any]:
    lines = list(check.lines.all())
    calculated = check.calculated if check.state == CheckState.PUBLISHED else sum(one.amount for one in lines)
    cost = check.estimated_cost if check.state == CheckState.PUBLISHED else check.proposal.estimated_cost
    return {
        "number": check.number, "state": check.state, "result": check.result or None, "reason": check.reason,
        "estimated_cost": cost, "calculated": calculated or None,
        "off_permille": rules.off_permille(estimated=cost, calculated=calculated or 0),
        "price_list": check.prices.code if check.prices else None, "is_current": check.revisions == repaired,
        "published_at": check.published_at, "likenesses": check.likenesses,
        "aspects": [
            {"aspect": one.aspect, "finding": one.finding, "reason": one.reason, "office": one.office}
            for _aspect, one in queries.found_of(check) if one
        ],
        "lines": [
            {
                "uid": one.uid, "item_code": one.item.item_code, "name": one.item.name, "unit": one.item.unit,
                "price": one.item.price, "quantity": one.quantity, "amount": one.amount,
            }
            for one in lines
        ],
    }  # fmt: skip
