"""Technical checks as acts: who, by which prices, what they come to, and the gate before a ward meeting."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from pendamping.access.enums import Reason as AccessReason
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation import finished, services
from pendamping.deliberation.enums.checks import CheckReason, CheckResult, CheckState
from pendamping.deliberation.enums.meetings import MeetingKind
from pendamping.deliberation.models import CheckRules, TechnicalCheck
from pendamping.deliberation.queries import checks as queries
from pendamping.deliberation.queries.meetings import duties_until_closed
from pendamping.deliberation.tests.before import (
    begun,
    bounds,
    city_of,
    judged,
    planner,
    price,
    price_draft,
    prices_in_force,
    published,
)
from pendamping.deliberation.tests.factories import AT, called, decided, put, ready
from pendamping.needs import services as needs
from pendamping.needs.models import Proposal
from pendamping.needs.tests.factories import NOW, submitted, whole
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture
def proposal(ward: Region) -> Proposal:
    prices_in_force(ward)
    bounds(ward)
    return ready(ward)


def refusal(service: Callable[..., Any], **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(at=facts.pop("at", AT), **facts)
    return caught.value.reason


def last(verb: str) -> JournalEntry:
    return JournalEntry.objects.filter(verb=verb).latest("id")


def test_a_whole_check_is_published_with_its_reason(ward: Region, proposal: Proposal) -> None:
    check = published(proposal)
    assert (check.result, check.calculated, check.estimated_cost) == (CheckResult.FIT, 45_000_000, 45_000_000)
    entry = last("deliberation.check_published")
    assert (entry.subject_code, entry.is_public, entry.office, entry.reason) == (
        proposal.code, True, "ward_secretary", "Layak dibahas, harga wajar",
    )  # fmt: skip
    assert entry.changes["check_cost"] == "fit"
    assert check.aspects.get(aspect="menu").office == "ward_secretary"
    assert not JournalEntry.objects.filter(verb="deliberation.check_aspect_judged", is_public=True).exists()


@pytest.mark.parametrize(("finding", "result"), [("condition", CheckResult.CONDITION), ("unfit", CheckResult.UNFIT)])
def test_the_worst_finding_decides(proposal: Proposal, finding: str, result: str) -> None:
    assert published(proposal, land=finding).result == result


def test_whoever_had_a_hand_in_it_checks_nothing(ward: Region, proposal: Proposal) -> None:
    assert refusal(services.begin_check, by=personas.sari(ward), proposal=proposal) == AccessReason.SAME_PERSON
    secretary = personas.sekretaris(ward)
    Proposal.objects.filter(pk=proposal.pk).update(checked_by=None, checked_at=None, submitted_by=secretary)
    proposal.refresh_from_db()
    assert refusal(services.begin_check, by=secretary, proposal=proposal) == AccessReason.SAME_PERSON
    assert not TechnicalCheck.objects.exists()


def test_whoever_checked_technically_does_not_decide(ward: Region, proposal: Proposal) -> None:
    check = published(proposal)
    item = put(called(ward), proposal)
    lurah = personas.lurah(ward)
    TechnicalCheck.objects.filter(pk=check.pk).update(published_by=lurah)
    facts = {"by": lurah, "item": item, "outcome": "rejected", "reason": "Sebab"}
    assert refusal(services.decide, **facts) == AccessReason.SAME_PERSON
    assert lurah.pk in {done.person for done in duties_until_closed(item.meeting) if done.part == proposal.code}
    TechnicalCheck.objects.filter(pk=check.pk).update(published_by=personas.sekretaris(ward))
    assert decided(item, "rejected", None)


def test_cost_far_off_cannot_be_found_in_order(ward: Region, proposal: Proposal) -> None:
    begun(proposal, quantity="30")  # 45 million against 30: 500 permille
    by = personas.sekretaris(ward)
    facts = {"by": by, "proposal": proposal, "aspect": "cost", "reason": "Wajar"}
    for finding in ("fit", "condition"):
        assert refusal(services.judge_aspect, finding=finding, **facts) == CheckReason.COST_FAR
    services.judge_aspect(at=AT, finding="unfit", **facts)
    item = TechnicalCheck.objects.get().prices.items.get(item_code="9")  # type: ignore[union-attr]
    services.add_line(by=by, at=AT, proposal=proposal, item=item, code="9", quantity=Decimal(70))  # 10,5 million more
    assert refusal(services.judge_aspect, finding="fit", **facts) == CheckReason.COST_OFF
    services.judge_aspect(at=AT, finding="condition", **facts)


def test_without_unit_prices_the_cost_was_not_compared(ward: Region) -> None:
    bounds(ward)
    proposal = ready(ward)
    begun(proposal)
    facts = {"by": personas.sekretaris(ward), "proposal": proposal, "aspect": "cost", "finding": "fit", "reason": "Ya"}
    assert refusal(services.judge_aspect, **facts) == CheckReason.NO_PRICE_LIST
    judged(proposal, cost="condition")  # else a city without unit prices could find nothing fit
    check = services.publish_check(by=facts["by"], at=AT, proposal=proposal, reason="Harga menurut tiga toko")
    assert (check.result, check.calculated) == (CheckResult.CONDITION, None)


def test_lines_are_of_the_prices_the_check_rests_on(ward: Region, proposal: Proposal) -> None:
    check = begun(proposal, quantity=None)
    later = price_draft(ward)
    stranger, known = price(later), check.prices.items.get(item_code="5")  # type: ignore[union-attr]
    by = personas.sekretaris(ward)
    facts = {"by": by, "proposal": proposal, "code": "5", "quantity": Decimal(1)}
    assert refusal(services.add_line, item=stranger, **facts) == CheckReason.NO_SUCH_PRICE
    assert refusal(services.add_line, item=None, **facts) == CheckReason.NO_SUCH_PRICE
    assert refusal(services.add_line, item=known, **{**facts, "quantity": Decimal(0)}) == CheckReason.QUANTITY_MISSING
    services.add_line(at=AT, item=known, **facts)
    assert refusal(services.add_line, item=known, **facts) == CheckReason.LINE_TWICE
    line = check.lines.get()
    services.drop_line(by=by, at=AT, proposal=proposal, line=line.uid)
    assert refusal(services.drop_line, by=by, proposal=proposal, line=line.uid) == CheckReason.NO_SUCH_LINE


def test_nothing_is_published_half(ward: Region, proposal: Proposal) -> None:
    by = personas.sekretaris(ward)
    facts = {"by": by, "proposal": proposal, "reason": "Layak"}
    assert refusal(services.publish_check, **facts) == CheckReason.NONE_UNDER_WAY
    begun(proposal)
    assert refusal(services.publish_check, **facts) == CheckReason.INCOMPLETE
    judged(proposal)
    assert refusal(services.publish_check, **{**facts, "reason": "  "}) == CheckReason.FINDING_WORDS
    assert TechnicalCheck.objects.get().state == CheckState.DRAFT


def test_a_second_check_says_why_and_the_first_stays_readable(proposal: Proposal) -> None:
    first = published(proposal)
    by = personas.sekretaris(Region.objects.get(path=proposal.ward_path))
    assert refusal(services.begin_check, by=by, proposal=proposal) == CheckReason.WHY_ANEW
    second = published(proposal, "Harga semen naik", menu="unfit")
    first.refresh_from_db()
    assert [(one.number, one.result) for one in queries.published_checks([proposal])] == [(2, "unfit"), (1, "fit")]
    assert (first.result, second.why_anew) == (CheckResult.FIT, "Harga semen naik")
    assert queries.standing_results([proposal.pk]) == {proposal.pk: "unfit"}


def test_once_repaired_the_check_before_holds_no_more(ward: Region) -> None:
    prices_in_force(ward)
    bounds(ward)
    one = submitted(ward, fiscal_year=2026)
    published(one)
    assert queries.standing_results([one.pk]) == {one.pk: "fit"}
    by = personas.sekretaris(ward)
    begun(one, "Ulang")
    judged(one)
    needs.check_proposal(by=by, at=NOW, proposal=one, ok=False, note="Ukur ulang")
    needs.revise_proposal(by=personas.sari(ward), at=NOW, proposal=one, **whole(fiscal_year=2026, title="Diukur ulang"))
    needs.submit_proposal(by=personas.sari(ward), at=NOW, proposal=one)
    assert queries.standing_results([one.pk]) == {}
    assert refusal(services.publish_check, by=by, proposal=one, reason="Layak") == CheckReason.STALE
    services.discard_check(by=by, at=AT, proposal=one)
    published(one)  # no reason asked: this version was not checked yet
    assert queries.standing_results([one.pk]) == {one.pk: "fit"}


def test_names_and_numbers_of_persons_do_not_get_through(proposal: Proposal) -> None:
    begun(proposal)
    judged(proposal)
    by = personas.sekretaris(Region.objects.get(path=proposal.ward_path))
    check = services.publish_check(by=by, at=AT, proposal=proposal, reason="Hubungi 0812-3456-7890 dahulu")
    assert "0812" not in check.reason
    assert "0812" not in last("deliberation.check_published").reason


def test_the_city_may_ask_for_a_fit_check_before_ward_meetings(ward: Region, proposal: Proposal) -> None:
    open_meeting = called(ward)
    bounds(ward, needs_check=True, valid_from=date(2026, 3, 1))
    facts = {"by": personas.sari(ward), "meeting": open_meeting, "proposal": proposal}
    with pytest.raises(Refused) as caught:
        services.put_proposal(at=AT, **facts)
    assert (caught.value.reason, proposal.code in caught.value.message) == (CheckReason.NEEDED, True)
    published(proposal, land="unfit")
    assert refusal(services.put_proposal, **facts) == CheckReason.NEEDED
    small = called(ward, kind=MeetingKind.RW)
    item = services.put_proposal(by=personas.sari(ward), at=AT, meeting=small, proposal=proposal)
    services.take_off_agenda(by=personas.sari(ward), at=AT, item=item)
    published(proposal, "Izin lahan terbit", land="condition")
    assert services.put_proposal(at=AT, **facts).proposal == proposal


def test_who_waits_for_a_check_is_named_at_the_meeting(ward: Region, proposal: Proposal) -> None:
    meeting = called(ward)
    published(proposal)
    put(meeting, proposal)
    without = put(meeting).proposal
    assert queries.unchecked(meeting) == [without]
    told = queries.checks_for_minutes(meeting)
    assert ([row["code"] for row in told["rows"]], told["without"]) == ([proposal.code], [without.code])


def test_what_is_like_it_is_named(ward: Region, proposal: Proposal) -> None:
    same = ready(ward)
    ready(ward, title="Pengadaan tempat sampah terpilah", place="Lapangan RW 009")
    ready(places.ward(2))
    found = queries.like(proposal)
    assert [(one.kind, one.code) for one in found] == [("proposal", same.code)]
    check = published(proposal)
    assert check.likenesses == [{"kind": "proposal", "code": same.code, "permille": 1000}]


def test_what_stands_already_comes_from_the_apps_above(
    ward: Region, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stands(ward_path: str, group_code: str) -> list[finished.Earlier]:
        assert (ward_path, group_code) == (ward.path, "A1")
        facts = ("asset", "Aset", "A26-XXXXX-X", proposal.title, proposal.place, 2024)
        return [finished.Earlier(*facts, "U24", "/x/"), finished.Earlier(*facts, proposal.code, "/y/")]

    monkeypatch.setattr(finished, "_finders", {"x": stands})
    assert [(one.kind, one.address) for one in queries.like(proposal)] == [("asset", "/x/")]  # not its own result


def test_rules_of_a_city_follow_one_another(ward: Region) -> None:
    bounds(ward)
    bounds(ward, condition_permille=50, valid_from=date(2026, 7, 1))
    june, july = (queries.check_rules_for(ward.path, date(2026, month, 1)) for month in (6, 7))
    assert (june and june.condition_permille, july and july.condition_permille) == (100, 50)
    elsewhere = queries.check_rules_for(places.foreign_ward().path, date(2026, 7, 1))
    assert elsewhere is None or elsewhere.city is None
    facts = {
        "by": planner(ward), "city": city_of(ward), "condition_permille": 400, "unfit_permille": 300,
        "needs_check": False, "legal_basis": "x", "valid_from": date(2026, 8, 1),
    }  # fmt: skip
    assert refusal(services.set_check_rules, **facts) == CheckReason.BOUNDS_CROSSED
    early = {**facts, "condition_permille": 10, "valid_from": date(2026, 6, 1)}
    assert refusal(services.set_check_rules, **early) == CheckReason.BEGINS_EARLIER
    assert CheckRules.objects.filter(city=city_of(ward), valid_to=None).count() == 1


def test_sent_twice_begins_once(ward: Region, proposal: Proposal) -> None:
    op = uuid.uuid4()
    once, twice = (
        services.begin_check(by=personas.sekretaris(ward), at=AT, op=op, proposal=proposal) for _time in range(2)
    )
    assert once == twice


def test_the_database_holds_one_check_under_way(proposal: Proposal) -> None:
    check = begun(proposal)
    with pytest.raises(IntegrityError), transaction.atomic():
        TechnicalCheck.objects.create(
            proposal=proposal, number=2, revisions=0, estimated_cost=1, created_at=AT, prices=check.prices
        )
