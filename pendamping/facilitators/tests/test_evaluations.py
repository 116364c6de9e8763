"""Evaluations from computing to renewal: frozen values, the right of reply, four eyes, coaching, rules as data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.facilitators.enums.appointments import Reason as ContractReason
from pendamping.facilitators.enums.evaluations import EvaluationState, Reason
from pendamping.facilitators.evaluation_rules import seed_rules
from pendamping.facilitators.models import Assignment, CoachingTask, Evaluation, EvaluationRules, Renewal
from pendamping.facilitators.queries import evaluations as queries
from pendamping.facilitators.rules.indicators import Half
from pendamping.facilitators.services import assignments, coaching, contracts, evaluations, month_rules
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import evaluation_factories as make
from pendamping.facilitators.tests.evaluation_factories import AFTER, HALF, LATER
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db
ANSWER = "needs.first_answer"


def refused(expected: Any, act: Callable[..., Any], /, **facts: Any) -> None:
    with pytest.raises(Refused) as caught:
        act(**facts)
    assert caught.value.reason == expected


def test_every_value_is_kept_with_its_sample_inputs_and_rule() -> None:
    made = make.computed()
    values = {one.indicator: one for one in made.values.all()}
    answer = values[ANSWER]
    assert (answer.value, answer.sample, answer.points, answer.weight, answer.sample_least) == (40, 10, 0, 10, 10)
    assert len(answer.inputs) == 10
    proposals = values["needs.proposals_first_pass"]
    assert (proposals.value, proposals.points, proposals.sample) == (None, None, 0)
    assert (made.region, made.days_served) == (places.ward(), 181)
    assert made.served == [[places.ward().path, "Sukamaju 1", "2026-01-01", "2026-06-30"]]


def test_a_sample_below_the_least_gives_neither_value_nor_points() -> None:
    seed_rules(AFTER)
    placed = make.serving()
    make.voices(placed.region, [1, 2, 3])
    made = evaluations.compute_evaluation(by=make.coordinator(), at=AFTER, account=placed.account, half=HALF)
    found = made.values.get(indicator=ANSWER)
    assert (found.value, found.points, found.sample, found.sample_least) == (None, None, 3, 10)
    assert made.total is None  # far less than half of the weight stands on enough cases


def test_the_total_is_what_anybody_computes_from_the_frozen_values() -> None:
    made = make.computed()
    rules = make.rules(judged_least=10)
    Evaluation.objects.filter(pk=made.pk).update(rules=rules)
    made = evaluations.compute_evaluation(by=make.coordinator(), at=AFTER, account=made.account, half=HALF)
    judged = [one for one in made.values.all() if one.points is not None]
    assert {one.indicator for one in judged} == {
        ANSWER, "facilitators.log_days", "facilitators.months_on_time",
    }  # fmt: skip
    assert queries.score_of(made.values.all(), made.rules).total == made.total
    assert made.judged_weight == sum(one.weight for one in judged) == 25


def test_computed_anew_while_a_draft_and_never_after_it_was_shown() -> None:
    made = make.computed()
    again = evaluations.compute_evaluation(by=make.coordinator(), at=AFTER, account=made.account, half=HALF)
    assert (again.pk, Evaluation.objects.count(), again.values.count()) == (made.pk, 1, 14)
    evaluations.show_evaluation(by=make.coordinator(), at=AFTER, evaluation=made)
    facts = {"by": make.coordinator(), "at": AFTER, "account": made.account}
    refused(Reason.COMPUTED_ALREADY, evaluations.compute_evaluation, half=HALF, **facts)
    refused(Reason.NOT_OVER, evaluations.compute_evaluation, half=Half(2026, 2), **facts)
    refused(Reason.NOT_SERVED, evaluations.compute_evaluation, half=Half(2025, 1), **facts)
    refused(Reason.NOT_ONESELF, evaluations.compute_evaluation, half=HALF, **{**facts, "by": made.account})


def test_not_while_the_last_report_may_still_come_in_time() -> None:
    placed = make.serving(places.ward())
    seed_rules(service.NOW)
    facts = {"by": make.coordinator(), "account": placed.account, "half": HALF}
    refused(Reason.NOT_OVER, evaluations.compute_evaluation, **facts, at=datetime(2026, 7, 3, 3, tzinfo=UTC))
    assert evaluations.compute_evaluation(**facts, at=datetime(2026, 7, 4, 3, tzinfo=UTC)).code
    terms = {"valid_from": date(2026, 1, 1), "plan_day": 25, "correction_days": 10, "pay_day": 10}
    month_rules.set_month_rules(
        by=make.secretariat(), at=service.NOW, city=places.city(), legal_basis="Perwal", **terms
    )
    refused(Reason.NOT_OVER, evaluations.compute_evaluation, **facts, at=datetime(2026, 7, 10, 3, tzinfo=UTC))


def test_without_rules_nothing_is_computed() -> None:
    placed = make.serving(places.ward())
    for one in EvaluationRules.objects.all():
        one.lines.all().delete()
        one.delete()
    facts = {"by": make.coordinator(), "at": AFTER, "account": placed.account, "half": HALF}
    refused(Reason.NO_RULES, evaluations.compute_evaluation, **facts)


def test_leave_of_the_whole_half_year_is_computed_as_nothing_to_judge() -> None:
    seed_rules(AFTER)
    placed = make.serving()
    make.absent(placed.account, date(2026, 1, 1), date(2026, 6, 30))
    made = evaluations.compute_evaluation(by=make.coordinator(), at=AFTER, account=placed.account, half=HALF)
    assert (made.days_served, made.total, made.judged_weight) == (0, None, 0)
    assert not made.values.filter(points__isnull=False).exists()
    made = evaluations.show_evaluation(by=make.coordinator(), at=AFTER, evaluation=made)
    assert not made.coaching.exists()


def test_shown_it_starts_the_time_to_reply_and_makes_coaching_of_what_is_weak() -> None:
    made = make.shown()
    assert (made.state, made.reply_by) == (EvaluationState.SHOWN, date(2026, 7, 20))
    weak = {one.value.indicator: one.due_on for one in CoachingTask.objects.select_related("value")}
    judged = {one.indicator for one in made.values.all() if one.points is not None and one.points < 40}
    assert set(weak) == judged >= {ANSWER}
    assert set(weak.values()) == {date(2026, 9, 4)}
    refused(Reason.NOT_DRAFT, evaluations.show_evaluation, by=make.coordinator(), at=AFTER, evaluation=made)


def test_the_person_replies_once_and_in_time() -> None:
    made = make.shown()
    reply = evaluations.reply_to_evaluation
    facts = {"by": made.account, "evaluation": made, "reply": "Hubungi 081234567890 soal banjir"}
    refused(Reason.NOT_YOURS, reply, at=AFTER, **{**facts, "by": make.coordinator()})
    refused(Reason.REPLY_LATE, reply, at=datetime(2026, 7, 21, 3, tzinfo=UTC), **facts)
    refused(Reason.WORDS_MISSING, reply, at=AFTER, **{**facts, "reply": " "})
    said = reply(at=datetime(2026, 7, 20, 3, tzinfo=UTC), **facts)
    assert said.state == EvaluationState.REPLIED
    assert "081234567890" not in said.reply
    refused(Reason.REPLIED_ALREADY, reply, at=AFTER, **facts)


def test_settled_after_the_reply_or_its_last_day_by_somebody_who_did_not_compute_it() -> None:
    made = make.shown()
    settle = evaluations.settle_evaluation
    facts = {"evaluation": made, "words": "Tidak ada tanggapan"}
    refused(Reason.REPLY_OPEN, settle, by=make.secretariat(), at=AFTER, **facts)
    refused(Reason.COMPUTED_IT, settle, by=make.coordinator(), at=LATER, **facts)
    refused(Reason.NOT_ONESELF, settle, by=made.account, at=LATER, **facts)
    refused(Reason.WORDS_MISSING, settle, by=make.secretariat(), at=LATER, **{**facts, "words": ""})
    done = settle(by=make.secretariat(), at=LATER, **facts)
    assert (done.state, done.words) == (EvaluationState.SETTLED, "Tidak ada tanggapan")


def test_a_facilitator_never_decides_on_a_facilitator() -> None:
    made = make.shown()
    other = personas.person("area_coordinator", places.district(), "askot")
    with pytest.raises(Refused) as caught:
        evaluations.settle_evaluation(by=other, at=LATER, evaluation=made, words="Ya")
    assert caught.value.code == "facilitator_never"


def test_a_value_struck_at_the_settlement_stays_readable_and_counts_no_more() -> None:
    made = make.replied()
    settle = evaluations.settle_evaluation
    facts = {"by": make.secretariat(), "at": AFTER, "evaluation": made, "words": "Banjir dua minggu"}
    refused(Reason.NOT_JUDGED, settle, struck=["assets.working"], **facts)
    before = made.judged_weight
    done = settle(struck=[ANSWER], **facts)
    value = done.values.get(indicator=ANSWER)
    assert (value.is_struck, value.value, done.judged_weight) == (True, 40, before - 10)


def test_the_contract_is_decided_on_once_with_a_reason() -> None:
    made = make.replied()
    decide = evaluations.decide_renewal
    facts = {"by": make.secretariat(), "at": AFTER, "evaluation": made, "outcome": "renew", "reason": "Warga puas"}
    refused(Reason.NOT_SETTLED, decide, **facts)
    evaluations.settle_evaluation(by=make.secretariat(), at=AFTER, evaluation=made, words="Cukup")
    refused(Reason.COMPUTED_IT, decide, **{**facts, "by": make.coordinator()})
    refused(Reason.CONDITIONS_MISSING, decide, **{**facts, "outcome": "conditions"})
    done = decide(**{**facts, "outcome": "conditions", "conditions": "Ikut pelatihan"})
    assert (done.outcome, done.conditions) == ("conditions", "Ikut pelatihan")
    refused(Reason.DECIDED_ALREADY, decide, **facts)
    assert queries.renewal_of(made.account, 2026) == Renewal.objects.get()
    assert queries.renewal_of(made.account, 2025) is None


def test_a_contract_is_not_renewed_against_the_decision_unless_the_reason_names_it() -> None:
    service.decree(ends_on=date(2027, 12, 31))
    made = make.settled()
    contract = service.contract(made.account.appointments.get())
    evaluations.decide_renewal(
        by=make.secretariat(), at=AFTER, evaluation=made, outcome="not_renewed", reason="Jarang turun"
    )
    facts = {
        "by": make.secretariat(), "at": LATER, "contract": contract, "number": "K-2", "signed_on": date(2026, 12, 1),
        "starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31), "monthly": 2_500_000,
    }  # fmt: skip
    refused(ContractReason.NOT_RENEWED, contracts.renew_contract, **facts, reason="Baik")
    done = contracts.renew_contract(**facts, reason=f"Banding atas {made.code} dikabulkan wali kota")
    assert made.code in done.reason


def test_a_new_appointment_does_not_undo_that_a_contract_is_not_renewed() -> None:
    made = make.settled()
    decided = {"evaluation": made, "outcome": "not_renewed", "reason": "Jarang turun"}
    evaluations.decide_renewal(by=make.secretariat(), at=AFTER, **decided)
    term = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}
    again = service.appointed(account=made.account, of=service.decree("SK-1/2027", **term))
    facts = {"fiscal_year": 2027, "number": "K-2", "signed_on": date(2026, 12, 28), "monthly": 2_500_000, **term}
    sign = {"by": make.secretariat(), "at": LATER, "appointment": again, **facts}
    refused(ContractReason.NOT_RENEWED, contracts.sign_contract, **sign)
    reason = f"Banding atas {made.code} dikabulkan wali kota"
    assert contracts.sign_contract(**sign, reason=reason).reason == reason


def test_coaching_goes_from_agreed_steps_to_a_result() -> None:
    made = make.shown()
    task = made.coaching.get(value__indicator=ANSWER)
    facts = {"by": make.coordinator(), "at": AFTER, "task": task}
    refused(Reason.STEPS_MISSING, coaching.finish_coaching, result="Selesai", **facts)
    refused(Reason.DUE_PAST, coaching.agree_coaching, steps="x", due_on=date(2026, 7, 1), **facts)
    done = coaching.agree_coaching(steps="Jawab tiap Senin", due_on=date(2026, 9, 1), **facts)
    assert (done.steps, done.due_on, done.agreed_by) == ("Jawab tiap Senin", date(2026, 9, 1), make.coordinator())
    refused(Reason.NOT_ONESELF, coaching.finish_coaching, result="Beres", **{**facts, "by": made.account})
    done = coaching.finish_coaching(result="Median 5 hari", **facts)
    assert done.done_by == make.coordinator()
    refused(Reason.COACHED_ALREADY, coaching.finish_coaching, result="Lagi", **facts)
    refused(Reason.COACHED_ALREADY, coaching.agree_coaching, steps="x", due_on=date(2026, 9, 1), **facts)


def test_new_rules_leave_what_was_frozen_as_it_was() -> None:
    made = make.shown()
    before = list(made.values.values())
    lines = make.lines(needs_first_answer=0, assets_working=25)
    new = make.rules(valid_from=date(2026, 8, 1), on=date(2026, 7, 10), lines=lines)
    made.refresh_from_db()
    assert list(made.values.values()) == before
    assert made.rules.region is None
    assert queries.rules_in_force("3278", HALF.since) == made.rules
    assert queries.rules_in_force("3278", date(2026, 8, 1)) == new
    assert queries.rules_in_force("3279", date(2026, 8, 1)) == made.rules


def test_a_version_ends_the_day_before_the_next_begins() -> None:
    first = make.rules()
    second = make.rules(valid_from=date(2027, 1, 1))
    first.refresh_from_db()
    assert (first.valid_to, second.version, second.lines.count()) == (date(2026, 12, 31), 2, 14)
    refused(Reason.RULES_OVERLAP, make.rules, valid_from=date(2027, 1, 1))
    refused(Reason.RULES_BACKDATED, make.rules, valid_from=date(2026, 5, 1))


def test_the_proposal_weighs_a_hundred_and_is_seeded_once() -> None:
    seed_rules(AFTER)
    made = seed_rules(AFTER)
    assert EvaluationRules.objects.filter(region=None).count() == 1
    assert sum(line.weight for line in made.lines.all()) == 100
    assert all(line.good != line.poor for line in made.lines.all())


def test_the_journal_knows_steps_and_never_values_or_words() -> None:
    made = make.settled()
    evaluations.decide_renewal(
        by=make.secretariat(), at=AFTER, evaluation=made, outcome="not_renewed", reason="Tidak hadir"
    )
    entries = JournalEntry.objects.filter(verb__contains="evaluation").exclude(verb__contains="rules")
    entries = entries.filter(subject_code=made.code)
    assert entries.count() == 4
    told = " ".join(f"{one.reason} {one.changes} {one.subject_label}" for one in JournalEntry.objects.all())
    for word in ("Banjir", "Tidak hadir", "not_renewed", "points", "Ani"):
        assert word not in told
    assert not JournalEntry.objects.filter(subject_code=made.code, is_public=True).exists()


def test_who_sees_and_what_waits() -> None:
    made = make.shown()
    today = AFTER.date()
    boss = scope_of(make.coordinator(), today)
    assert list(queries.seen_by(boss)) == [made]
    assert list(queries.seen_by(scope_of(made.account, today))) == []
    assert list(queries.seen_by(scope_of(personas.lurah(places.ward()), today))) == []
    elsewhere = personas.person("area_coordinator", places.district(2), "askot-lain")
    assert list(queries.seen_by(scope_of(elsewhere, today))) == []
    assert list(queries.waiting_for_reply(made.account, today)) == [made]
    assert list(queries.waiting_for_settlement(today)) == []
    assert list(queries.waiting_for_settlement(LATER.date())) == [made]
    assert ANSWER in {one.value.indicator for one in queries.coaching_waiting()}
    assert set(queries.coaching_seen_by(boss)) == set(queries.coaching_waiting())
    assert queries.people_due(boss, HALF) == []
    make.serving(places.ward(2), "Citra Contoh")
    assert [(one.account.name, where) for one, where in queries.people_due(boss, HALF)] == [
        ("Citra Contoh", "Kelurahan Sukamaju 2")
    ]


def coordinating(kind: str, region: Region, name: str) -> Assignment:
    """Somebody appointed and placed as a coordinator for the year."""
    account = personas.account(name.lower().replace(" ", "."), name)
    decree = service.decree(f"SK-{name}", "appointment")
    appointment = service.appointed(name, of=decree, account=account, kind=kind)
    facts = {"starts_on": service.START, "ends_on": service.END}
    return assignments.assign(by=make.secretariat(), at=service.NOW, appointment=appointment, region=region, **facts)


def test_coordinators_are_evaluated_by_the_office_above_them() -> None:
    seed_rules(service.NOW)
    ward, today = places.ward(), AFTER.date()
    ani = make.serving(ward)
    area = coordinating("area_coordinator", places.district(), "Edi Contoh")
    city = coordinating("city_coordinator", places.city(), "Budi Contoh")
    peer = personas.person("area_coordinator", places.district(), "askot-lain")
    office = make.secretariat()

    def due(who: Account) -> list[str]:
        return [one.account.name for one, _where in queries.people_due(scope_of(who, today), HALF)]

    assert due(area.account) == due(peer) == ["Ani Contoh"]
    assert due(city.account) == ["Ani Contoh", "Edi Contoh"]
    assert due(office) == ["Ani Contoh", "Budi Contoh", "Edi Contoh"]
    for one, by in ((ani, area.account), (area, city.account), (city, office)):
        evaluations.compute_evaluation(by=by, at=AFTER, account=one.account, half=HALF)
    made = {one.account.name: one for one in Evaluation.objects.select_related("account")}
    assert {name: one.role for name, one in made.items()} == {
        "Ani Contoh": "ward_facilitator", "Edi Contoh": "area_coordinator", "Budi Contoh": "city_coordinator",
    }  # fmt: skip
    assert (made["Edi Contoh"].region, made["Budi Contoh"].region) == (places.district(), places.city())

    def seen(who: Account) -> set[str]:
        return {one.account.name for one in queries.seen_by(scope_of(who, today))}

    def waits(who: Account) -> set[str]:
        return {one.account.name for one in queries.waiting_to_show(who, today)}

    assert seen(area.account) == seen(peer) == waits(area.account) == {"Ani Contoh"}
    assert seen(city.account) == waits(city.account) == {"Ani Contoh", "Edi Contoh"}
    assert seen(office) == {"Ani Contoh", "Edi Contoh", "Budi Contoh"}
    assert waits(office) == {"Budi Contoh"}
    scope = scope_of(office, today)
    assert [name for name, one in made.items() if queries.may_coach(scope, one, today)] == ["Budi Contoh"]
    assert not queries.may_coach(scope_of(peer, today), made["Edi Contoh"], today)
    assert queries.may_coach(scope_of(city.account, today), made["Edi Contoh"], today)
    Account.objects.filter(pk=city.account.pk).update(is_active=False)
    assert waits(office) == {"Budi Contoh", "Edi Contoh"}
    Account.objects.filter(pk__in=[area.account.pk, peer.pk]).update(is_active=False)
    assert waits(office) == {"Budi Contoh", "Edi Contoh", "Ani Contoh"}
    assert all(queries.may_coach(scope, one, today) for one in made.values())


def test_where_no_coordinator_serves_the_secretariat_coaches_and_its_only_account_settles() -> None:
    office = make.secretariat()
    task = make.task(make.shown(by=office))
    agree = {"steps": "Jadwal jawab suara", "due_on": date(2026, 9, 1)}
    coaching.agree_coaching(by=office, at=AFTER, task=task, **agree)
    assert queries.may_coach(scope_of(office, AFTER.date()), task.evaluation, AFTER.date())
    settle = {"at": LATER, "evaluation": task.evaluation, "words": "Tanpa tanggapan; satu-satunya akun sekretariat"}
    second = personas.person("secretariat", places.city(), "sekretariat-2")
    refused(Reason.COMPUTED_IT, evaluations.settle_evaluation, by=office, **settle)
    Account.objects.filter(pk=second.pk).update(is_active=False)
    assert evaluations.settle_evaluation(by=office, **settle).state == EvaluationState.SETTLED


def test_a_coordinator_answers_for_the_whole_area_and_only_for_their_days() -> None:
    seed_rules(service.NOW)
    ward = places.ward()
    area = coordinating("area_coordinator", places.district(), "Edi Contoh")
    make.voices(ward, [40] * 6)
    make.voices(places.ward(2), [40] * 6)
    elsewhere = places.ward(1, places.district(2))
    make.voices(elsewhere, [1] * 6)
    made = evaluations.compute_evaluation(by=make.coordinator(), at=AFTER, account=area.account, half=HALF)
    answer = made.values.get(indicator=ANSWER)
    assert (answer.value, answer.sample) == (40, 12)
    assert made.values.get(indicator="facilitators.log_days").sample > 100


def test_whoever_also_coordinated_is_left_to_the_office_above() -> None:
    seed_rules(service.NOW)
    ward, today = places.ward(), AFTER.date()
    one = make.serving(ward)
    decree = service.decree("SK-9/2026", "appointment", starts_on=date(2026, 6, 20), ends_on=date(2026, 6, 30))
    assignments.assign(
        by=make.secretariat(), at=service.NOW, appointment=one.appointment, region=places.district(), decree=decree,
        role="area_coordinator", starts_on=date(2026, 6, 20), ends_on=date(2026, 6, 30),
    )  # fmt: skip
    peer = personas.person("area_coordinator", places.district(), "askot-lain")
    assert queries.people_due(scope_of(peer, today), HALF) == []
    assert len(queries.people_due(scope_of(make.coordinator(), today), HALF)) == 1
    made = evaluations.compute_evaluation(by=make.coordinator(), at=AFTER, account=one.account, half=HALF)
    assert (made.region, made.role, made.days_served) == (ward, "area_coordinator", 181)
    assert not queries.seen_by(scope_of(peer, today))
    assert list(queries.seen_by(scope_of(make.coordinator(), today))) == [made]


def test_points_and_total_keep_two_places() -> None:
    made = make.computed()
    assert all(
        one.points == one.points.quantize(Decimal("0.01")) for one in made.values.all() if one.points is not None
    )


@pytest.mark.django_db(transaction=True)
def test_made_twice_at_once_there_is_one(shared: Callable[[], None]) -> None:
    seed_rules(AFTER)
    account, by = make.serving().account, make.coordinator()
    make.voices(places.ward(), [40] * 10)
    shared()

    def compute() -> str:
        return evaluations.compute_evaluation(by=by, at=AFTER, account=account, half=HALF).code

    found = at_once(compute, compute)
    assert found[0] == found[1]
    assert at_once(lambda: (Evaluation.objects.count(), Evaluation.objects.get().values.count())) == [(1, 14)]


@pytest.mark.django_db(transaction=True)
def test_decided_twice_at_once_the_contract_has_one_answer(shared: Callable[[], None]) -> None:
    made, by = make.settled(), make.secretariat()
    shared()

    def decide(outcome: str) -> Callable[[], str]:
        def run() -> str:
            evaluations.decide_renewal(by=by, at=AFTER, evaluation=made, outcome=outcome, reason="Baik")
            return "decided"

        return run

    assert sorted(at_once(decide("renew"), decide("not_renewed"))) == ["decided", "decided_already"]
