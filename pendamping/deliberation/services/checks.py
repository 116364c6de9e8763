"""The technical check of a proposal: begun, calculated, judged aspect by aspect, published with its reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Max

from pendamping.access.duties import Duty, duty_verdict, office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.core.verdicts import Verdict
from pendamping.deliberation.enums.checks import Aspect, CheckReason, CheckState, Finding
from pendamping.deliberation.models import CheckAspect, CheckLine, CheckRules, Meeting, TechnicalCheck, UnitPrice
from pendamping.deliberation.queries import checks as queries
from pendamping.deliberation.queries.unit_prices import list_for
from pendamping.deliberation.rules import checks as rules
from pendamping.needs.models import Proposal
from pendamping.needs.queries.proposals import duties_of_proposal
from pendamping.regions.models import Region


@act("deliberation.check_begun")
def begin_check(*, by: Account | None, at: datetime, proposal: Proposal, why: str = "") -> TechnicalCheck:
    """Begin the technical check of a proposal (id: memulai verifikasi teknis), by the prices and rules of the day.

    Refuses whoever wrote, repaired or submitted it, a second check at a time, one of a proposal not submitted or
    decided already, and a check anew of the same version without saying why.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    why = mask(why).text
    begin_verdict(proposal=proposal, by=by, at=at, why=why).or_raise()
    last = TechnicalCheck.objects.filter(proposal=proposal).aggregate(last=Max("number"))["last"] or 0
    made = TechnicalCheck.objects.create(
        proposal=proposal, number=last + 1, begun_by=by, why_anew=why, created_at=at,
        revisions=queries.revisions_of(proposal), estimated_cost=proposal.estimated_cost,
        prices=list_for(proposal.region_path, proposal.fiscal_year),
        rules=queries.check_rules_for(proposal.region_path, day(at)),
    )  # fmt: skip
    _tell("deliberation.check_begun", proposal, by=by, at=at, changes={"number": made.number}, reason=why, public=False)
    return made


def begin_verdict(*, proposal: Proposal, by: Account | None, at: datetime, why: str) -> Verdict:
    """May this person begin a check of a proposal now?"""
    drafts = TechnicalCheck.objects.filter(proposal=proposal, state=CheckState.DRAFT)
    verdict = rules.may_begin(
        state=proposal.state, is_under_way=drafts.exists(), why=why,
        is_checked=proposal.pk in queries.standing_results([proposal.pk]),
    )  # fmt: skip
    return verdict if not verdict else technical_duty(by=by, at=at, proposal=proposal)


def technical_duty(*, by: Account | None, at: datetime, proposal: Proposal) -> Verdict:
    """Is this somebody who has not had a hand in the proposal?"""
    return duty_verdict(by=by, place=proposal, at=at, takes=Duty.CHECKER, earlier=duties_of_proposal(proposal))


@act("deliberation.check_line_kept")
def add_line(
    *, by: Account | None, at: datetime, proposal: Proposal, item: UnitPrice | None, code: str, quantity: Decimal
) -> TechnicalCheck:
    """Add so much of an item of the unit prices (id: menambah rincian biaya) to the check under way.

    `item` is the one found under `code`, None when there is none. Refuses an item of another list, one there already,
    and no quantity.
    """
    check = _locked(proposal, by=by, at=at)
    if item is None or item.prices_id != check.prices_id:
        raise Refused(CheckReason.NO_SUCH_PRICE, field="code", code=code[:40])
    if quantity <= 0:
        raise Refused(CheckReason.QUANTITY_MISSING, field="quantity")
    _line, made = CheckLine.objects.get_or_create(
        check_of=check, item=item, defaults={"quantity": quantity, "created_at": at}
    )
    if not made:
        raise Refused(CheckReason.LINE_TWICE, field="code", code=item.item_code)
    return check


@act("deliberation.check_line_dropped")
def drop_line(*, by: Account | None, at: datetime, proposal: Proposal, line: Any) -> TechnicalCheck:
    """Take a line (its uid) out of the calculation again (id: menghapus rincian biaya)."""
    check = _locked(proposal, by=by, at=at)
    gone, _each = CheckLine.objects.filter(check_of=check, uid=line).delete()
    if not gone:
        raise Refused(CheckReason.NO_SUCH_LINE)
    return check


@act("deliberation.check_aspect_judged")
def judge_aspect(
    *, by: Account | None, at: datetime, proposal: Proposal, aspect: str, finding: str, reason: str
) -> TechnicalCheck:
    """Say what was found about one aspect, and why (id: menilai aspek); judged again, it replaces what was said.

    Refuses what the records contradict: land without consent in order, a cost far off the unit prices in order, an
    activity outside the menu; and empty words.
    """
    check = _locked(proposal, by=by, at=at)
    aspect, finding, reason = Aspect(aspect), Finding(finding), mask(reason).text
    rules.may_find(
        queries.looked(check, list(check.lines.all())), aspect=aspect, finding=finding, reason=reason
    ).or_raise()
    facts = {"finding": finding, "reason": reason, "by": by, "office": office_of(by, Verb.PROPOSAL_CHECK, proposal, at)}
    CheckAspect.objects.update_or_create(
        check_of=check, aspect=aspect, defaults=facts, create_defaults={**facts, "created_at": at}
    )
    changes = {"number": check.number, "aspect": aspect, "finding": finding}
    _tell("deliberation.check_aspect_judged", check.proposal, by=by, at=at, changes=changes, public=False)
    return check


@act("deliberation.check_published")
def publish_check(*, by: Account | None, at: datetime, proposal: Proposal, reason: str) -> TechnicalCheck:
    """Publish what the check came to, with its reason (id: menerbitkan hasil verifikasi teknis).

    The result is the worst of what was found. It stands on the public page of the proposal; earlier ones stay
    readable. Refuses while an aspect was not looked at, once the proposal was repaired meanwhile, and empty words.
    """
    check = _locked(proposal, by=by, at=at)
    reason = mask(reason).text
    publish_verdict(check, reason=reason).or_raise()
    found = {one.aspect: one for one in check.aspects.all()}
    lines = list(check.lines.select_related("item"))
    near = queries.like(check.proposal)
    check.likenesses = [{"kind": one.kind, "code": one.code, "permille": one.likeness} for one in near]
    check.calculated = sum(line.amount for line in lines) if lines else None
    check.estimated_cost = check.proposal.estimated_cost
    check.result = rules.result_of(one.finding for one in found.values())
    check.state, check.reason, check.published_at, check.published_by = CheckState.PUBLISHED, reason, at, by
    check.save(
        update_fields=[
            "likenesses", "calculated", "estimated_cost", "result", "state", "reason", "published_at", "published_by",
        ]
    )  # fmt: skip
    aspects = {f"check_{aspect}": one.finding for aspect, one in found.items()}
    changes = {"number": check.number, "check_result": check.result, **aspects}
    _tell("deliberation.check_published", check.proposal, by=by, at=at, changes=changes, reason=reason)
    return check


def publish_verdict(check: TechnicalCheck, *, reason: str) -> Verdict:
    """May this check be published as it stands?"""
    proposal = check.proposal
    return rules.may_publish(
        queries.looked(check, list(check.lines.select_related("item"))), state=proposal.state,
        found={one.aspect: (one.finding, one.reason) for one in check.aspects.all()},
        labels={aspect.value: str(aspect.label) for aspect in Aspect},
        is_stale=queries.revisions_of(proposal) != check.revisions, reason=reason,
    )  # fmt: skip


@act("deliberation.check_discarded")
def discard_check(*, by: Account | None, at: datetime, proposal: Proposal) -> Proposal:
    """Discard a check that was not published (id: membuang verifikasi teknis)."""
    check = _locked(proposal, by=by, at=at)
    number, told = check.number, check.proposal
    check.lines.all().delete()
    check.aspects.all().delete()
    check.delete()
    _tell("deliberation.check_discarded", told, by=by, at=at, changes={"number": number}, public=False)
    return told


def put_verdict(meeting: Meeting, proposal: Proposal, *, on: date) -> Verdict:
    """May this proposal go before this meeting, as far as its technical check goes? Two queries at most."""
    needed = queries.check_rules_for(meeting.region_path, on)
    is_needed = needed is not None and needed.needs_check
    result = queries.standing_results([proposal.pk]).get(proposal.pk) if is_needed else None
    return rules.may_put(kind=meeting.kind, is_needed=is_needed, result=result, code=proposal.code)


@act("deliberation.check_rules_set")
def set_check_rules(
    *, by: Account | None, at: datetime, city: Region, condition_permille: int, unfit_permille: int, needs_check: bool,
    legal_basis: str, valid_from: date,
) -> CheckRules:  # fmt: skip
    """Set by which bounds proposals of a city are checked from a day on (id: menetapkan aturan verifikasi teknis).

    The bounds are permille off the unit prices. The rules before end the day before; those from the same day are
    written anew while no check rests on them. Checks under way keep theirs.
    """
    Region.objects.select_for_update().get(pk=city.pk)
    old = CheckRules.objects.filter(city=city, valid_to=None).first()
    rules.may_set_rules(
        condition=condition_permille, unfit=unfit_permille, legal_basis=legal_basis,
        last=old.valid_from if old else None, begins=valid_from,
    ).or_raise()  # fmt: skip
    facts = {
        "condition_permille": condition_permille, "unfit_permille": unfit_permille, "needs_check": needs_check,
        "legal_basis": mask_to(legal_basis.strip(), 200),
    }  # fmt: skip
    if old is not None and old.valid_from == valid_from and not TechnicalCheck.objects.filter(rules=old).exists():
        CheckRules.objects.filter(pk=old.pk).update(**facts)
        made = CheckRules.objects.get(pk=old.pk)
    else:
        if old is not None:
            ends = max(valid_from - timedelta(days=1), old.valid_from)
            CheckRules.objects.filter(pk=old.pk).update(valid_to=ends)
        made = CheckRules.objects.create(city=city, valid_from=valid_from, created_at=at, **facts)
    office = office_of(by, Verb.RULES_MANAGE, city, at) if by is not None else None
    changes = {**facts, "valid_from": valid_from}
    journal.record(
        "deliberation.check_rules_set", subject=made, region=city.path, by=by, at=at, office=office, changes=changes
    )
    return made


def _locked(proposal: Proposal, *, by: Account | None, at: datetime) -> TechnicalCheck:
    """The check under way, behind the locked row of its proposal; refused to whoever had a hand in the proposal."""
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("menu_item").get(pk=proposal.pk)
    technical_duty(by=by, at=at, proposal=proposal).or_raise()
    check = queries.under_way(proposal)
    if check is None:
        raise Refused(CheckReason.NONE_UNDER_WAY)
    check.proposal = proposal
    return check


def _tell(
    verb: str, proposal: Proposal, *, by: Account | None, at: datetime, changes: dict[str, Any], reason: str = "",
    public: bool = True,
) -> None:  # fmt: skip
    journal.record(
        verb, subject=proposal, region=proposal.region_path, by=by, at=at,
        office=office_of(by, Verb.PROPOSAL_CHECK, proposal, at), reason=reason, changes=changes, public=public,
    )  # fmt: skip
