"""The interview panel: criteria fixed, conflicts declared, scores blind, locked, revealed together."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.facilitators.enums.interviews import MemberStep
from pendamping.facilitators.models import (
    Application,
    ConflictDeclaration,
    Interview,
    PanelMember,
    Round,
    ScoreSheet,
    StageResult,
)
from pendamping.facilitators.queries import interviews as queries
from pendamping.facilitators.rules import interviews as rules
from pendamping.facilitators.services import applications, evidence, interviews, objections, panels, rounds
from pendamping.facilitators.tests import ranking_factories as make
from pendamping.facilitators.tests.ranking_factories import NOW
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def refused(act: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as refusal:
        act(at=NOW, **facts)
    return str(refusal.value.code)


@pytest.mark.parametrize(
    ("totals", "over", "flags"),
    [
        ([80, 82, 84], 15, [False, False, False]), ([80, 82, 40], 15, [False, False, True]),
        ([80, 82, 65], 15, [False, False, False]), ([80, 40], 15, [False, False]), ([], 15, []),
        ([10, 80, 80, 100], 15, [True, False, False, True]), ([80, 80, 80], 0, [False, False, False]),
    ],
)  # fmt: skip
def test_outlier_lies_further_from_the_median_than_the_threshold(totals: Any, over: int, flags: list[bool]) -> None:
    assert rules.outliers([Decimal(one) for one in totals], over=Decimal(over)) == flags


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        ([], "interview_no_criteria"), ([("A", "", 60), ("B", "", 30)], "interview_criteria_weights"),
        ([("A", "", 50), ("a ", "", 50)], "interview_criterion_twice"),
    ],
)  # fmt: skip
def test_criteria_must_make_a_whole(criteria: Any, code: str) -> None:
    of = make.testing()
    facts = {"least": 2, "outlier_over": Decimal(15), "reserve_days": 365}
    assert refused(panels.set_interview_rules, by=None, round=of, criteria=criteria, **facts) == code


def test_criteria_are_fixed_once_interviews_begin_and_the_seed_is_public_from_then_on() -> None:
    of = make.interviewing()
    facts = {"criteria": make.CRITERIA, "least": 2, "outlier_over": Decimal(15), "reserve_days": 365}
    assert refused(panels.set_interview_rules, by=None, round=of, **facts) == "interview_rules_fixed"
    told = JournalEntry.objects.get(verb="facilitators.round_advanced", subject_id=of.pk)
    assert told.is_public
    assert told.changes["lottery_seed"] == make.fresh(of).lottery_seed != ""


def test_round_without_criteria_does_not_go_to_interviews() -> None:
    of = make.testing()
    of.criteria.all().delete()
    assert refused(rounds.advance_round, by=None, round=of, to="interviewing") == "round_no_criteria"


def test_only_who_holds_the_office_is_seated_and_only_once() -> None:
    of = make.interviewing()
    sari = personas.sari(places.ward(1))
    assert refused(panels.seat_member, by=None, round=of, account=sari) == "interview_no_right"
    assert refused(panels.seat_member, by=None, round=of, account=make.judge(1)) == "interview_seated"
    assert (
        refused(panels.seat_member, by=None, round=of, account=make.judge(9), is_chair=True) == "interview_chair_taken"
    )


def test_undeclared_member_cannot_score() -> None:
    one = make.applicant(make.interviewing())
    facts = {"by": make.judge(1), "application": one, "marks": [80, 80]}
    assert refused(interviews.save_scores, **facts) == "interview_undeclared"


def test_conflicted_member_cannot_score_and_is_not_waited_for() -> None:
    one = make.applicant(make.interviewing())
    make.declared(one, 1, has_conflict=True, kind="family", reason="Keponakan saya")
    assert refused(interviews.save_scores, by=make.judge(1), application=one, marks=[80, 80]) == "interview_conflicted"
    make.locked(one, 2, 70)
    assert not Interview.objects.exists()
    make.locked(one, 3, 80)
    assert StageResult.objects.get(application=one, stage="interview").score == Decimal(75)


def test_conflict_is_said_whole() -> None:
    one = make.applicant(make.interviewing())
    facts = {"by": make.judge(1), "application": one, "has_conflict": True}
    assert refused(interviews.declare_conflict, kind="family", reason=" ", **facts) == "interview_conflict_whole"


def test_conflict_found_late_takes_back_what_was_not_locked() -> None:
    one = make.applicant(make.interviewing())
    make.saved(one, 1)
    make.declared(one, 1, has_conflict=True, kind="work", reason="Rekan usaha")
    assert not ScoreSheet.objects.exists()
    make.locked(one, 2)
    facts = {"by": make.judge(2), "application": one, "has_conflict": True, "kind": "work", "reason": "Lupa"}
    assert refused(interviews.declare_conflict, **facts) == "interview_locked"


def conflicted(number: int = 1) -> tuple[Any, PanelMember]:
    """Somebody of whom a member of the panel declared a conflict, and that member."""
    one = make.applicant(make.interviewing())
    make.declared(one, number, has_conflict=True, kind="family", reason="Keponakan saya")
    return one, PanelMember.objects.get(round=one.round, account=make.judge(number))


def test_declared_conflict_is_not_taken_back_alone() -> None:
    one, member = conflicted()
    declares = {"by": make.judge(1), "application": one}
    assert refused(interviews.declare_conflict, has_conflict=False, **declares) == "interview_conflict_stands"
    again = {**declares, "has_conflict": True, "kind": "other", "reason": "Lain"}
    assert refused(interviews.declare_conflict, **again) == "interview_conflict_stands"
    assert ConflictDeclaration.objects.get().reason == "Keponakan saya"
    lifts = {"application": one, "member": member, "reason": "Salah orang"}
    assert refused(interviews.lift_conflict, by=make.judge(1), **lifts) == "interview_own_conflict"
    assert refused(interviews.lift_conflict, by=None, **{**lifts, "reason": " "}) == "interview_reason_missing"
    other = PanelMember.objects.get(account=make.judge(2))
    assert refused(interviews.lift_conflict, by=None, **{**lifts, "member": other}) == "interview_no_conflict"


def test_lifted_conflict_keeps_its_words_and_the_member_declares_anew() -> None:
    one, member = conflicted()
    facts: dict[str, Any] = {"by": make.secretariat(), "at": NOW}
    lifted = interviews.lift_conflict(application=one, member=member, reason="Salah orang", **facts)
    assert (lifted.kind, lifted.reason, lifted.lifted_reason) == ("family", "Keponakan saya", "Salah orang")
    told = JournalEntry.objects.get(verb="facilitators.conflict_lifted")
    assert (told.reason, told.changes) == ("", {"member": str(make.judge(1).uid)})
    assert refused(interviews.save_scores, by=make.judge(1), application=one, marks=[80, 80]) == "interview_undeclared"
    make.interviewed(one)
    assert Interview.objects.get().scorers == 3
    evidence.forget_application(by=None, at=NOW, application=one)
    lifted.refresh_from_db()
    assert (lifted.reason, lifted.lifted_reason) == (evidence.DELETED, evidence.DELETED)


def test_conflict_follows_the_person_into_a_later_seat() -> None:
    one, member = conflicted()
    panels.end_seat(by=make.secretariat(), at=NOW, member=member, reason="Cuti")
    make.seated(one.round, 1)
    scores = {"by": make.judge(1), "application": one, "marks": [80, 80]}
    assert refused(interviews.save_scores, **scores) == "interview_conflicted"
    (task,) = queries.tasks_of(make.judge(1))
    assert task.step == MemberStep.CONFLICT
    assert not queries.interviews_waiting_for_member(make.judge(1)).exists()
    (found,) = queries.progress_of(Round.objects.get(pk=one.round_id))
    assert [each.account for each in found.conflicted] == [make.judge(1)]
    make.locked(one, 2)
    make.locked(one, 3)
    assert Interview.objects.get().scorers == 2


def test_reason_of_a_conflict_is_masked_and_not_in_the_journal() -> None:
    one = make.applicant(make.interviewing())
    make.declared(one, 1, has_conflict=True, kind="family", reason="NIK 3278014506950001 sepupu")
    assert "3278014506950001" not in ConflictDeclaration.objects.get().reason
    told = JournalEntry.objects.get(verb="facilitators.conflict_declared")
    assert (told.reason, told.is_public) == ("", False)


@pytest.mark.parametrize("marks", [[80], [80, 101], [-1, 80], [], [80, 80, 80]])
def test_each_criterion_gets_a_mark_of_100(marks: list[int]) -> None:
    one = make.applicant(make.interviewing())
    make.declared(one, 1)
    assert refused(interviews.save_scores, by=make.judge(1), application=one, marks=marks) == "interview_marks"


def test_marks_weigh_by_criterion_and_locked_ones_stand() -> None:
    one = make.applicant(make.interviewing())
    make.declared(one, 1)
    sheet = interviews.save_scores(by=make.judge(1), at=NOW, application=one, marks=[90, 60])
    assert sheet.total == Decimal("78.000")
    interviews.lock_scores(by=make.judge(1), at=NOW, application=one)
    assert refused(interviews.save_scores, by=make.judge(1), application=one, marks=[1, 1]) == "interview_locked"


def test_nothing_to_lock_is_said() -> None:
    one = make.applicant(make.interviewing())
    make.declared(one, 1)
    assert refused(interviews.lock_scores, by=make.judge(1), application=one) == "interview_nothing_to_lock"


def test_scores_are_revealed_when_the_last_member_locks() -> None:
    one = make.applicant(make.interviewing())
    make.locked(one, 1, 70)
    make.locked(one, 2, 80)
    assert queries.revealed(one) == []
    make.locked(one, 3, 85)
    result = StageResult.objects.get(application=one, stage="interview")
    assert (result.score, result.passed, result.released_at) == (Decimal("78.333"), True, None)
    assert [sheet.total for sheet in queries.revealed(one)] == [70, 80, 85]


def test_stranger_outsider_of_the_invited_and_withdrawn_are_refused() -> None:
    of = make.interviewing()
    failed, gone = make.applicant(of, exam=40), make.applicant(of)
    applications.withdraw_application(by=None, at=NOW, application=gone, reason="Pindah")
    facts = {"by": make.judge(1), "has_conflict": False}
    assert refused(interviews.declare_conflict, application=failed, **facts) == "interview_not_invited"
    assert refused(interviews.declare_conflict, application=gone, **facts) == "interview_withdrawn"
    one = make.applicant(of)
    stranger = {"by": make.judge(9), "application": one, "has_conflict": False}
    assert refused(interviews.declare_conflict, **stranger) == "interview_not_seated"


def test_closing_needs_enough_scorers_and_a_reason() -> None:
    one = make.applicant(make.interviewing())
    make.locked(one, 1)
    facts = {"by": make.secretariat(), "application": one}
    assert refused(interviews.close_interview, reason="Sakit", **facts) == "interview_too_few"
    make.locked(one, 2)
    assert refused(interviews.close_interview, reason=" ", **facts) == "interview_reason_missing"
    made = interviews.close_interview(at=NOW, reason="Anggota ketiga sakit", **facts)
    assert (made.scorers, made.closed_reason) == (2, "Anggota ketiga sakit")
    assert refused(interviews.save_scores, by=make.judge(3), application=one, marks=[1, 1]) == "interview_revealed"
    assert JournalEntry.objects.get(verb="facilitators.interview_closed").reason == ""
    evidence.forget_application(by=None, at=NOW, application=one)
    made.refresh_from_db()
    assert made.closed_reason == evidence.DELETED


def test_who_does_not_come_has_not_passed_and_no_score_is_made_up() -> None:
    of = make.interviewing()
    gone, came = make.applicant(of), make.applicant(of)
    make.saved(gone, 1)
    facts: dict[str, Any] = {"by": make.secretariat(), "reason": "Tidak datang"}
    assert (
        refused(interviews.record_absence, application=gone, **{**facts, "reason": " "}) == "interview_reason_missing"
    )
    interviews.record_absence(at=NOW, application=gone, **facts)
    result = StageResult.objects.get(application=gone, stage="interview")
    assert (result.score, result.passed, result.released_at) == (None, False, None)
    assert result.reason == "Anda tidak datang ke wawancara, jadi wawancara tidak lulus."
    told = JournalEntry.objects.get(verb="facilitators.interview_missed")
    assert (told.reason, told.changes) == ("", {})
    assert {each.step for each in queries.tasks_of(make.judge(1))} == {MemberStep.MISSED, MemberStep.DECLARE}
    assert refused(interviews.record_absence, application=gone, **facts) == "interview_revealed"
    make.locked(came, 1)
    assert refused(interviews.record_absence, application=came, **facts) == "interview_came"
    for number in (2, 3):
        make.locked(came, number)
    make.published(of)  # nobody is waited for
    standing = make.standing(gone)
    assert (standing.outcome, standing.reason) == ("failed", "Nilai wawancara tidak ada.")
    waiting = make.objection(gone, stage="interview")
    answer = {"objection": waiting, "is_upheld": False, "reason": "x"}
    assert refused(objections.answer_objection, by=make.secretariat(), **answer) == "objection_own_decision"


def test_member_who_leaves_keeps_locked_scores_and_loses_the_rest() -> None:
    of = make.interviewing()
    first, second = make.applicant(of), make.applicant(of)
    make.locked(first, 1, 60)
    make.saved(second, 1, 60)
    for number in (2, 3):
        make.locked(second, number, 80)
        make.locked(first, number, 90)
    assert Interview.objects.filter(application=first).exists()
    seat = of.panel.get(account=make.judge(1))
    panels.end_seat(by=make.secretariat(), at=NOW, member=seat, reason="Pindah tugas")
    assert StageResult.objects.get(application=first, stage="interview").score == Decimal(80)
    assert StageResult.objects.get(application=second, stage="interview").score == Decimal(80)
    assert Interview.objects.get(application=second).scorers == 2
    assert JournalEntry.objects.get(verb="facilitators.panel_member_left").reason == ""
    assert refused(panels.end_seat, by=None, member=seat, reason="Lagi") == "interview_seat_ended"


def test_replacement_mid_way_is_waited_for_and_nobody_counts_twice() -> None:
    of = make.interviewing()
    one = make.applicant(of)
    make.locked(one, 1, 60)
    panels.end_seat(by=None, at=NOW, member=of.panel.get(account=make.judge(1)), reason="Sakit")
    make.seated(of, 4)
    make.locked(one, 2, 80)
    make.locked(one, 3, 80)
    assert queries.waited_for(one) == 1
    make.seated(of, 1)
    assert queries.waited_for(one) == 1
    assert (
        refused(interviews.declare_conflict, by=make.judge(1), application=one, has_conflict=False)
        == "interview_locked"
    )
    make.locked(one, 4, 100)
    assert StageResult.objects.get(application=one, stage="interview").score == Decimal(80)


def test_striking_score_counts_and_demands_a_note_by_somebody_else() -> None:
    of = make.interviewing()
    one = make.applicant(of)
    make.interviewed(one, (80, 82, 40))
    assert StageResult.objects.get(application=one, stage="interview").score == Decimal("67.333")
    sheet = ScoreSheet.objects.get(is_outlier=True)
    assert sheet.member.account == make.judge(3)
    facts = {"sheet": sheet, "note": "Menilai cara bicara saja."}
    assert refused(interviews.note_outlier, by=make.judge(2), **facts) == "interview_not_chair"
    assert refused(interviews.note_outlier, by=make.judge(1), sheet=sheet, note=" ") == "interview_reason_missing"
    interviews.note_outlier(by=make.judge(1), at=NOW, **facts)
    assert refused(interviews.note_outlier, by=make.secretariat(), **facts) == "interview_noted"
    sheet.refresh_from_db()
    assert (sheet.total, sheet.outlier_note) == (Decimal(40), "Menilai cara bicara saja.")


def test_chair_does_not_explain_their_own_striking_score() -> None:
    one = make.applicant(make.interviewing())
    make.interviewed(one, (30, 80, 82))
    facts = {"sheet": ScoreSheet.objects.get(is_outlier=True), "note": "Wajar"}
    assert refused(interviews.note_outlier, by=make.judge(1), **facts) == "interview_own_outlier"
    assert interviews.note_outlier(by=make.secretariat(), at=NOW, **facts).noted_by == make.secretariat()


def test_member_sees_the_next_step_and_nothing_of_others() -> None:
    of = make.interviewing()
    people = [make.applicant(of) for _number in range(4)]
    make.declared(people[1], 1)
    make.saved(people[2], 1)
    make.locked(people[3], 1)
    steps = {task.application.pk: task.step for task in queries.tasks_of(make.judge(1))}
    assert [steps[one.pk] for one in people] == [
        MemberStep.DECLARE, MemberStep.SCORE, MemberStep.LOCK, MemberStep.LOCKED,
    ]  # fmt: skip
    assert queries.interviews_waiting_for_member(make.judge(1)).count() == 3


def test_secretariat_sees_who_has_not_declared() -> None:
    of = make.interviewing()
    one = make.applicant(of)
    make.declared(one, 1)
    make.declared(one, 2, has_conflict=True, kind="party", reason="Satu pengurus")
    (found,) = queries.progress_of(Round.objects.get(pk=of.pk))
    assert [member.account for member in found.unlocked] == [make.judge(1)]
    assert [member.account for member in found.conflicted] == [make.judge(2)]
    assert [member.account for member in found.undeclared] == [make.judge(3)]
    assert found.score is None


@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_the_panel_cost_the_same_for_one_and_three(count: int, django_assert_num_queries: Any) -> None:
    of = make.interviewing()
    for _number in range(count):
        make.saved(make.applicant(of), 1)
    member = make.judge(1)
    with django_assert_num_queries(5):
        queries.tasks_of(member)
    with django_assert_num_queries(6):
        queries.progress_of(of)


ACTS: dict[str, Callable[[Application], Any]] = {
    "declare": lambda one: make.declared(one, 1, has_conflict=True, kind="work", reason="Rekan"),
    "lock": lambda one: interviews.lock_scores(by=make.judge(1), at=NOW, application=one),
    "absence": lambda one: interviews.record_absence(
        by=None, at=NOW, application=make.applicant(one.round), reason="Tidak datang"
    ),
    "close": lambda one: interviews.close_interview(by=None, at=NOW, application=one, reason="Sakit"),
    "leave": lambda one: panels.end_seat(
        by=None, at=NOW, member=PanelMember.objects.get(account=make.judge(1)), reason="Pindah"
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_may_make_a_ranking_anew_locks_the_round_before_the_application(act: str) -> None:
    one = make.applicant(make.interviewing())
    make.saved(one, 1)
    make.locked(one, 2)
    make.locked(one, 3)
    with CaptureQueriesContext(connection) as seen:
        ACTS[act](one)
    tables = [found["sql"].split(" FROM ")[1].split()[0] for found in seen if found["sql"].startswith("SELECT")]
    first = [table for table in tables if table in ('"facilitators_round"', '"facilitators_application"')]
    assert first[0] == '"facilitators_round"'
