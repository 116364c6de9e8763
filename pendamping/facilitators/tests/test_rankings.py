"""The ranking published, objections raised and answered, new versions, data deleted on schedule."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import call_command

from pendamping.core import counters
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.facilitators import letters
from pendamping.facilitators.models import (
    Application,
    Check,
    Evidence,
    Objection,
    Ranking,
    Requirement,
    SecondCheck,
    StageResult,
    Standing,
)
from pendamping.facilitators.queries import exams
from pendamping.facilitators.queries import objections as objection_queries
from pendamping.facilitators.queries import rankings as queries
from pendamping.facilitators.queries.applications import applications_waiting_for_check
from pendamping.facilitators.rules import ranking
from pendamping.facilitators.rules.objections import forgotten_on
from pendamping.facilitators.services import (
    applications,
    checks,
    exam_results,
    interviews,
    objections,
    panels,
    rankings,
    retention,
    rounds,
    sittings,
)
from pendamping.facilitators.services.evidence import _keep
from pendamping.facilitators.tests import exam_factories as exam
from pendamping.facilitators.tests import ranking_factories as make
from pendamping.facilitators.tests.ranking_factories import AFTER, NOW
from pendamping.facilitators.tests.selection_factories import checker, clean_pdf, requirement_facts

pytestmark = pytest.mark.django_db


def refused(act: Any, at: datetime = NOW, **facts: Any) -> str:
    with pytest.raises(Refused) as refusal:
        act(at=at, **facts)
    return str(refusal.value.code)


def outcomes(*people: Application) -> list[tuple[int | None, str]]:
    return [(one.rank, str(one.outcome)) for one in (make.standing(person) for person in people)]


def test_publication_ranks_releases_opens_the_window_and_tells_everybody() -> None:
    of, (best, second, third, weak) = make.ranked((90, 90), (80, 80), (70, 70), (70, 50))
    assert outcomes(best, second, third, weak) == [(1, "chosen"), (2, "reserve"), (3, "failed"), (None, "failed")]
    assert (of.stage, of.ranking_version) == ("ranked", 1)
    assert of.objections_until is not None
    assert of.objections_until.astimezone().date() == (NOW + timedelta(days=of.objection_days)).date()
    assert not StageResult.objects.filter(released_at__isnull=True).exists()
    told = JournalEntry.objects.get(verb="facilitators.ranking_published")
    assert told.is_public
    assert told.changes["sha256"] == Ranking.objects.get().sha256


def test_published_file_holds_no_code_and_no_date_and_computes_the_same() -> None:
    of, people = make.ranked((80, 80), (80, 80))
    text = Ranking.objects.get(round=of).document
    assert ranking.first_difference(text) == ""
    assert not [one for one in people if one.code in text or str(one.uid) in text or "1995" in text]
    assert make.standing(people[0]).pseudonym in text


def test_pseudonym_is_keyed(settings: Any) -> None:
    _of, (one,) = make.ranked()
    before = queries.pseudonym(one)
    settings.FIELD_KEY = "lain" * 16
    assert queries.pseudonym(one) != before


def test_ranking_waits_for_every_interview_and_every_note() -> None:
    of = make.interviewing()
    one = make.applicant(of)
    assert refused(rankings.publish_ranking, by=None, round=of) == "ranking_unscored"
    make.interviewed(one, (80, 82, 40))
    assert refused(rankings.publish_ranking, by=None, round=of) == "ranking_unnoted"
    sheet = one.sheets.get(is_outlier=True)
    interviews.note_outlier(by=make.secretariat(), at=NOW, sheet=sheet, note="Wajar")
    assert make.published(of).version == 1
    assert refused(rankings.publish_ranking, by=None, round=of) == "ranking_not_now"


def test_tie_at_the_cut_is_decided_by_the_rule_and_shown() -> None:
    _of, (younger, older) = _tied(date(1999, 1, 1), date(1990, 1, 1))
    assert outcomes(older, younger) == [(1, "chosen"), (2, "reserve")]
    (cut,) = json.loads(Ranking.objects.get().document)["ties_at_the_cut"]
    assert (cut["between"], cut["decided_by"]) == ("chosen", "older")
    assert "pelamar yang lebih tua" in make.standing(younger).reason


def test_tie_of_everything_is_decided_by_the_lottery_anyone_can_draw_again() -> None:
    of, people = _tied(date(1990, 1, 1), date(1990, 1, 1))
    names = {one: make.standing(one).pseudonym for one in people}
    first, second = sorted(people, key=lambda one: ranking.ticket(of.lottery_seed, names[one]))
    assert outcomes(first, second) == [(1, "chosen"), (2, "reserve")]


def _tied(*born: date) -> tuple[Any, list[Application]]:
    of = make.interviewing()
    people = [make.applicant(of, 80, born_on=day) for day in born]
    for one in people:
        make.interviewed(one)
    make.published(of)
    return make.fresh(of), people


def test_post_without_enough_passers_is_told_vacant_and_no_mark_is_lowered() -> None:
    of, _people = _short()
    document = json.loads(Ranking.objects.get(round=of).document)
    assert document["vacant"] == {"post-1": 2}
    assert document["pass_marks"] == {"exam": "60.00", "interview": "60.00"}


def _short() -> tuple[Any, list[Application]]:
    of = make.interviewing(places_=3)
    people = [make.applicant(of, 90), make.applicant(of, 59)]
    make.interviewed(people[0])
    make.published(of)
    return of, people


def test_applicant_who_withdraws_after_scoring_falls_out_and_the_next_moves_up() -> None:
    of, (best, second, third) = make.ranked((90, 90), (80, 80), (70, 70))
    applications.withdraw_application(by=None, at=NOW, application=best, reason="Diterima di tempat lain")
    assert make.fresh(of).ranking_version == 2
    assert outcomes(second, third) == [(1, "chosen"), (2, "reserve")]
    assert not Standing.objects.filter(version=2, application=best).exists()
    new, old = Ranking.objects.get(version=2), Ranking.objects.get(version=1)
    assert (new.cause, len(new.moves)) == ("withdrawal", 3)
    assert best.code not in new.reason
    assert [ranking.first_difference(one.document) for one in (old, new)] == ["", ""]


def test_applicant_who_withdraws_before_publication_is_not_ranked() -> None:
    of = make.interviewing()
    stays, goes = make.applicant(of), make.applicant(of)
    make.interviewed(goes)
    applications.withdraw_application(by=None, at=NOW, application=goes, reason="Pindah")
    make.interviewed(stays)
    make.published(of)
    assert list(Standing.objects.values_list("application", flat=True)) == [stays.pk]
    assert make.fresh(of).ranking_version == 1


def test_late_objection_is_refused_with_the_deadline() -> None:
    of, (one,) = make.ranked()
    with pytest.raises(Refused) as refusal:
        make.objection(one, at=AFTER)
    assert refusal.value.code == "objection_late"
    assert refusal.value.params["until"] == of.objections_until


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"text": "  "}, "objection_empty"), ({"stage": "interview"}, "objection_no_result")],
)
def test_objection_says_something_about_a_result_there_is(changes: Any, code: str) -> None:
    of = make.interviewing()
    people = [make.applicant(of, 90), make.applicant(of, 40)]
    make.interviewed(people[0])
    make.published(of)
    assert refused(_lodge, application=people[1], **changes) == code


def _lodge(**facts: Any) -> Objection:
    return objections.lodge_objection(**{"by": None, "stage": "exam", "text": "Keliru", **facts})


def test_objection_before_publication_twice_and_after_withdrawing_is_refused() -> None:
    early = make.applicant(make.interviewing())
    assert refused(_lodge, application=early) == "objection_not_yet"
    _of, (one, other) = make.ranked((90, 90), (80, 80))
    _lodge(at=NOW, application=one)
    assert refused(_lodge, application=one) == "objection_open"
    applications.withdraw_application(by=None, at=NOW, application=other, reason="Pindah")
    assert refused(_lodge, application=other) == "objection_withdrawn"


def test_words_of_an_objection_are_masked_and_the_journal_has_none() -> None:
    _of, (one,) = make.ranked()
    made = make.objection(one, text="NIK saya 3278014506950001, nilai saya keliru")
    assert "3278014506950001" not in made.text
    told = JournalEntry.objects.get(verb="facilitators.objection_lodged")
    assert (told.is_public, told.reason) == (False, "")


def test_rejected_objection_changes_nothing_but_is_answered_with_the_reason() -> None:
    of, (one,) = make.ranked()
    made = make.objection(one)
    done = objections.answer_objection(
        by=make.secretariat(), at=NOW, objection=made, is_upheld=False, reason="Kunci sudah diperiksa ulang."
    )
    assert (done.state, done.answer, make.fresh(of).ranking_version) == ("rejected", "Kunci sudah diperiksa ulang.", 1)
    again = {"objection": made, "is_upheld": True, "reason": "x"}
    assert refused(objections.answer_objection, by=None, **again) == "objection_done"
    assert refused(_lodge, application=one) == "objection_answered"


def test_answered_objection_is_not_lodged_again_because_somebody_else_withdrew() -> None:
    _of, (first, second, third) = make.ranked((90, 90), (85, 85), (80, 80))
    for one in (first, third):
        made = make.objection(one)
        objections.answer_objection(by=make.secretariat(), at=NOW, objection=made, is_upheld=False, reason="Sesuai")
    applications.withdraw_application(by=None, at=NOW, application=second, reason="Pindah")
    assert refused(_lodge, application=first) == "objection_answered"
    assert _lodge(at=NOW, application=third).version == 2  # now on the reserve list: another result


def test_draft_taken_back_makes_no_new_version() -> None:
    of, _people = make.ranked()
    draft = make.applicant(of, None, state="draft", submitted_at=None)
    draft.results.all().delete()
    applications.withdraw_application(by=None, at=NOW, application=draft, reason="")
    assert make.fresh(of).ranking_version == 1


def test_upheld_objection_corrects_the_score_and_makes_a_new_version() -> None:
    of, (first, second) = make.ranked((82, 80), (80, 80))
    made = make.objection(second)
    done = objections.answer_objection(
        by=make.secretariat(), at=NOW, objection=made, is_upheld=True, reason="Soal 7 salah kunci.",
        new_score=Decimal("84"),
    )  # fmt: skip
    assert (done.old_score, done.new_score, done.new_version) == (Decimal(80), Decimal(84), 2)
    assert outcomes(second, first) == [(1, "chosen"), (2, "reserve")]
    old = Standing.objects.get(version=1, application=first)
    assert (old.rank, old.outcome) == (1, "chosen")
    result = StageResult.objects.get(application=second, stage="exam")
    assert result.score == Decimal(84)
    assert made.code in result.reason
    told = JournalEntry.objects.get(verb="facilitators.score_corrected")
    assert told.changes["score"] == ["80.000", "84"]
    answered = JournalEntry.objects.get(verb="facilitators.objection_answered")
    assert {move["pseudonym"] for move in answered.changes["moved"]} == {old.pseudonym, make.standing(second).pseudonym}
    assert Ranking.objects.get(version=2).moves == answered.changes["moved"]
    assert make.fresh(of).objections_until is not None


def test_upheld_objection_that_moves_outcomes_keeps_the_window_open_for_those_moved() -> None:
    of, (_first, second) = make.ranked((82, 80), (80, 80))
    made, later = make.objection(second), NOW + timedelta(days=2)
    objections.answer_objection(
        by=make.secretariat(), at=later, objection=made, is_upheld=True, reason="Kunci salah", new_score=Decimal(84)
    )
    until, before = make.fresh(of).objections_until, of.objections_until
    assert until is not None
    assert before is not None
    assert until - before == timedelta(days=2)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"is_upheld": False, "new_score": Decimal(84)}, "objection_score_not_upheld"),
        ({"new_score": Decimal(80)}, "objection_same_score"), ({"new_score": Decimal(101)}, "objection_score_range"),
        ({"reason": " "}, "objection_reason_missing"),
    ],
)  # fmt: skip
def test_answer_that_does_not_fit_is_refused(changes: Any, code: str) -> None:
    _of, (one,) = make.ranked()
    facts = {"objection": make.objection(one), "is_upheld": True, "reason": "Ya", **changes}
    assert refused(objections.answer_objection, by=make.secretariat(), **facts) == code
    assert Objection.objects.get().state == "open"


def test_who_decided_does_not_answer() -> None:
    _of, (one,) = make.ranked()
    facts = {"objection": make.objection(one, stage="interview"), "is_upheld": False, "reason": "Tidak"}
    assert refused(objections.answer_objection, by=make.judge(1), **facts) == "objection_own_decision"


def test_checkers_of_the_files_do_not_answer_an_objection_to_them() -> None:
    of, _best, low = failed_at_files()
    papers = Requirement.objects.create(requirement_set=low.requirement_set, position=1, created_at=NOW,
                                        key="01890000-0000-7000-8000-000000000000", **requirement_facts())  # fmt: skip
    first, second, closer = (checker(name) for name in ("satu", "dua", "tiga"))
    said = {"application": low, "requirement": papers, "created_at": NOW}
    Check.objects.create(checker=first, is_there=False, right="no", reason="x", checked_at=NOW, **said)
    SecondCheck.objects.create(checker=second, result="clear", done_on=NOW.date(), reference="1", **said)
    StageResult.objects.filter(application=low, stage="files").update(by=closer)
    facts: dict[str, Any] = {"objection": make.objection(low, stage="files"), "is_upheld": True, "reason": "Ya"}
    for person in (first, second, closer):
        assert refused(objections.answer_objection, by=person, **facts) == "objection_own_decision"
    assert make.fresh(of).ranking_version == 1


def test_corrected_test_score_lets_in_who_was_never_interviewed() -> None:
    of = make.interviewing()
    best, low = make.applicant(of, 80), make.applicant(of, 58)
    make.interviewed(best)
    make.published(of)
    objections.answer_objection(
        by=make.secretariat(), at=NOW, objection=make.objection(low), is_upheld=True, reason="Kunci",
        new_score=Decimal(95),
    )  # fmt: skip
    assert refused(rounds.advance_round, at=AFTER, by=None, round=of, to="final") == "round_unscored"
    make.interviewed(low, (90, 90, 90))
    assert make.fresh(of).ranking_version == 3
    assert outcomes(low, best) == [(1, "chosen"), (2, "reserve")]


def test_round_is_not_final_while_the_window_is_open_or_an_objection_waits() -> None:
    of, (one,) = make.ranked()
    made = make.objection(one)
    assert refused(rounds.advance_round, by=None, round=of, to="final") == "round_window_open"
    assert refused(rounds.advance_round, at=AFTER, by=None, round=of, to="final") == "round_unanswered"
    objections.answer_objection(by=make.secretariat(), at=AFTER, objection=made, is_upheld=False, reason="Tidak")
    assert make.final(of).stage == "final"


def test_objection_of_who_withdrew_stops_nobody() -> None:
    of, (one, _other) = make.ranked((90, 90), (80, 80))
    make.objection(one)
    applications.withdraw_application(by=None, at=NOW, application=one, reason="Pindah")
    assert objection_queries.objections_waiting_for_answer().count() == 0
    assert make.final(of).stage == "final"


def test_measure_of_objections_counts_again() -> None:
    _of, (one,) = make.ranked()
    objections.answer_objection(
        by=make.secretariat(), at=NOW, objection=make.objection(one), is_upheld=False, reason="x"
    )
    assert [found for found in counters.differences() if found.key[0] == "objection.state"] == []


def recompute(path: Path) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("selection", "recompute", str(path), stdout=out)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_command_says_same_or_names_the_first_difference(tmp_path: Path) -> None:
    make.ranked((90, 90), (80, 80))
    made = Ranking.objects.get()
    path = tmp_path / "peringkat.json"
    path.write_text(made.document, "utf-8")
    code, said = recompute(path)
    assert (code, made.sha256 in said, "same" in said) == (0, True, True)
    changed = json.loads(made.document)
    changed["rows"][1]["exam"] = "99.000"
    path.write_text(json.dumps(changed), "utf-8")
    code, said = recompute(path)
    assert (code, "row 1" in said) == (1, True)
    assert recompute(tmp_path / "tidak-ada.json")[0] == 1


@pytest.mark.parametrize(
    ("outcome", "appointed", "day"),
    [
        ("failed", False, date(2026, 7, 1)), ("", False, date(2026, 7, 1)), ("reserve", False, date(2027, 1, 2)),
        ("chosen", False, date(2027, 1, 2)), ("chosen", True, None), ("reserve", True, None),
    ],
)  # fmt: skip
def test_when_somebody_is_forgotten(outcome: str, appointed: bool, day: date | None) -> None:
    facts = {"retention_days": 180, "reserve_days": 365}
    found = forgotten_on(ended_on=date(2026, 1, 1), outcome=outcome, is_appointed=appointed, **facts)
    assert found == day


def with_file(one: Application) -> Evidence:
    kept = Requirement.objects.create(
        requirement_set=one.requirement_set, key="01890000-0000-7000-8000-000000000000", position=one.pk % 30_000,
        created_at=NOW, **requirement_facts(),
    )  # fmt: skip
    kept.key = kept.uid
    kept.save()
    return _keep(one, kept, clean_pdf(), is_answer=False, at=NOW)


def test_files_and_identity_of_who_failed_go_on_schedule(django_capture_on_commit_callbacks: Any) -> None:
    of, (best, reserve, weak) = make.ranked((90, 90), (80, 80), (70, 50), retention_days=30, reserve_days=90)
    make.objection(weak, text="Kurang adil")
    objection = Objection.objects.get()
    objections.answer_objection(by=make.secretariat(), at=NOW, objection=objection, is_upheld=False, reason="Sesuai")
    panels.end_seat(by=None, at=NOW, member=of.panel.get(account=make.judge(3)), reason="Dirawat lama")
    make.final(of)
    kept = {one.pk: str(with_file(one).file.name) for one in (best, reserve, weak)}
    store = storages["evidence"]
    assert all(store.exists(name) for name in kept.values())
    assert retention.forget_due(at=AFTER + timedelta(days=30)) == {}
    with django_capture_on_commit_callbacks(execute=True):
        counted = retention.forget_due(at=AFTER + timedelta(days=31))
    assert counted == {of.code: 1}
    weak.refresh_from_db()
    assert (weak.subject_key, weak.name_cipher, weak.forgotten_at is not None) == (None, None, True)
    assert [store.exists(kept[one.pk]) for one in (best, reserve, weak)] == [True, True, False]
    assert Objection.objects.get().text == "–"
    assert Ranking.objects.get().document
    assert of.panel.get(ended_at__isnull=False).ended_reason == "–"
    told = JournalEntry.objects.get(verb="facilitators.round_forgotten")
    assert told.changes == {"applicants": 1, "files": 1}
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.forget_due(at=AFTER + timedelta(days=400)) == {of.code: 2}
    best.refresh_from_db()
    assert best.subject_key is None  # nobody appointed them while the list was valid


def test_command_for_the_timer_says_how_many_and_can_only_look() -> None:
    of, _people = make.ranked((90, 90), (70, 50), retention_days=1)
    make.final(of)
    out = StringIO()
    call_command("selection", "forget", "--dry-run", stdout=out)
    assert Application.objects.filter(forgotten_at__isnull=False).count() == 0
    call_command("selection", "forget", stdout=out)
    assert of.code in out.getvalue()
    assert Application.objects.filter(forgotten_at__isnull=False).count() == 1


@pytest.fixture
def letters_sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """To whom news went, and which."""
    sent: list[tuple[int, str]] = []
    monkeypatch.setattr(letters, "send_news", lambda to, news, **facts: sent.append((to.pk, news)))
    return sent


def failed_at_files(exam_weight: int = 60) -> tuple[Any, Application, Application]:
    """A published ranking in which one was failed by the file check and never tested, the other chosen."""
    of = make.interviewing(exam_weight=exam_weight, interview_weight=100 - exam_weight)
    best, low = make.applicant(of, 80), make.applicant(of, None)
    StageResult.objects.filter(application=low, stage="files").update(passed=False, reason="Ijazah tidak ada")
    make.interviewed(best)
    make.published(of)
    return make.fresh(of), best, low


def uphold(of: Objection, at: datetime = NOW, **changes: Any) -> Objection:
    facts = {"is_upheld": True, "reason": "Ijazah ada di halaman 3.", **changes}
    return objections.answer_objection(by=make.secretariat(), at=at, objection=of, **facts)


def test_upheld_objection_to_the_file_check_passes_it_and_makes_the_ranking_anew() -> None:
    of, best, low = failed_at_files()
    done = uphold(make.objection(low, stage="files"))
    result = StageResult.objects.get(application=low, stage="files")
    assert result.passed
    assert result.reason.splitlines() == [
        "Ijazah tidak ada", f"Lulus setelah sanggahan {done.code}: Ijazah ada di halaman 3.",
    ]  # fmt: skip
    assert (done.new_score, done.new_version, make.fresh(of).ranking_version) == (None, 2, 2)
    told = JournalEntry.objects.get(verb="facilitators.file_check_corrected")
    assert told.changes == {"passed": [False, True], "objection": done.code}
    assert outcomes(best, low) == [(1, "chosen"), (None, "failed")]
    assert make.standing(low).reason == "Nilai tes komputer tidak ada."
    assert refused(rounds.advance_round, at=AFTER, by=None, round=of, to="final") == "round_untested"


def failed_with_open(**changes: Any) -> tuple[Application, dict[str, Any], dict[str, Any]]:
    """Failed for the first requirement, the second never checked; the facts of a check of each."""
    _of, _best, low = failed_at_files()
    diploma, party = (
        Requirement.objects.create(
            requirement_set=low.requirement_set, position=number, created_at=NOW,
            key=f"01890000-0000-7000-8000-{number:012}", **requirement_facts(text=text, **facts),
        )
        for number, text, facts in (
            (1, "Ijazah", {}), (2, "Bukan anggota partai", {"needs_second_check": True, "register_name": "Sipol"}),
        )
    )  # fmt: skip
    Check.objects.create(
        application=low, requirement=diploma, checker=checker("satu"), is_there=False, right="no", reason="x",
        checked_at=NOW - timedelta(hours=1), created_at=NOW,
    )  # fmt: skip
    StageResult.objects.filter(application=low, stage="files").update(created_at=NOW)
    return low, {"application": low, "requirement": diploma}, {"application": low, "requirement": party}


def test_nobody_passes_by_an_objection_while_a_second_check_was_never_made() -> None:
    low, diploma, party = failed_with_open()
    right: dict[str, Any] = {"is_there": True, "right": "yes", "by": checker("satu")}
    assert refused(checks.check_requirement, **party, **right) == "check_not_now"
    waiting = make.objection(low, stage="files")
    later = NOW + timedelta(hours=1)
    assert refused(uphold, of=waiting) == "objection_files_open"
    assert list(applications_waiting_for_check()) == [low]
    assert refused(checks.check_requirement, at=later, **diploma, **right) == "check_concluded"
    checks.check_requirement(at=later, **party, **right)
    assert refused(uphold, of=waiting, at=later) == "objection_files_open"  # the register still is to be asked
    second: dict[str, Any] = {"by": checker("dua"), "result": "clear", "done_on": NOW.date(), "reference": "1", **party}
    checks.record_second_check(at=later, **second)
    assert refused(checks.conclude_files, at=later, by=checker("dua"), application=low) == "check_concluded"
    assert list(applications_waiting_for_check()) == []
    uphold(waiting, at=later)
    assert StageResult.objects.get(application=low, stage="files").passed
    assert refused(checks.record_second_check, at=later, **second) == "check_not_now"


def test_what_is_found_after_the_objection_keeps_the_applicant_out() -> None:
    low, _diploma, party = failed_with_open()
    waiting, later = make.objection(low, stage="files"), NOW + timedelta(hours=1)
    checks.check_requirement(at=later, by=checker("satu"), is_there=True, right="yes", **party)
    checks.record_second_check(
        at=later, by=checker("dua"), result="found", done_on=NOW.date(), reference="1", reason="Anggota", **party
    )
    assert refused(uphold, of=waiting, at=later) == "objection_files_fail"
    uphold(waiting, at=later, is_upheld=False)
    assert not StageResult.objects.get(application=low, stage="files").passed


def test_rejected_objection_to_the_file_check_or_one_that_was_passed_changes_nothing() -> None:
    of, best, low = failed_at_files()
    uphold(make.objection(low, stage="files"), is_upheld=False)
    uphold(make.objection(best, stage="files"))
    assert make.fresh(of).ranking_version == 1
    assert not StageResult.objects.get(application=low, stage="files").passed


def test_who_was_let_in_late_is_tested_interviewed_and_ranked(letters_sent: list[tuple[int, str]]) -> None:
    of, best, low = failed_at_files()
    assert not exams.rounds_waiting_for_late_test().exists()
    uphold(make.objection(low, stage="files"))
    assert exams.rounds_waiting_for_late_test().get() == of
    StageResult.objects.filter(stage="exam").update(released_at=NOW)
    bank = exam.blueprint(of).bank
    sitting = exam.planned(of, starts_at=NOW)
    sittings.seat_applicants(by=None, at=NOW, round=of)
    assert low.seat.sitting == sitting
    assert exams.sittings_waiting_to_open(NOW).get() == sitting
    assert exams.test_under_way(bank) is None
    sittings.open_sitting(by=None, at=NOW, sitting=sitting)
    assert exams.test_under_way(bank) == of
    seat = exam.begun(sitting, at=NOW)
    for position in range(1, 5):
        exam.answered(seat, position, at=NOW)
    letters_sent.clear()
    later = NOW + timedelta(hours=4)
    exam_results.close_sitting(by=None, at=later, sitting=sitting)
    assert exams.test_under_way(bank) is None
    result = StageResult.objects.get(application=low, stage="exam")
    assert (result.score, result.passed, result.released_at) == (Decimal(100), True, later)
    assert letters_sent == [(low.pk, exam_results.RELEASED)]
    assert JournalEntry.objects.get(verb="facilitators.sitting_closed").changes["seeds"] == {sitting.code: sitting.seed}
    assert (Ranking.objects.get(version=3).cause, exams.rounds_waiting_for_late_test().exists()) == ("exam", False)
    assert refused(rounds.advance_round, at=AFTER, by=None, round=of, to="final") == "round_unscored"
    make.interviewed(low, (90, 90, 90))
    assert outcomes(low, best) == [(1, "chosen"), (2, "reserve")]


def test_without_a_test_who_was_let_in_late_goes_straight_to_the_interview() -> None:
    of, best, low = failed_at_files(exam_weight=0)
    uphold(make.objection(low, stage="files"))
    assert refused(rounds.advance_round, at=AFTER, by=None, round=of, to="final") == "round_unscored"
    make.interviewed(low, (90, 90, 90))
    assert outcomes(low, best) == [(1, "chosen"), (2, "reserve")]


def test_who_moved_is_told_and_who_did_not_is_not(letters_sent: list[tuple[int, str]]) -> None:
    _of, (first, second, last) = make.ranked((82, 80), (80, 80), (70, 50))
    made = make.objection(second)
    letters_sent.clear()
    uphold(made, new_score=Decimal(84))
    assert sorted(letters_sent) == sorted(
        [(first.pk, rankings.MOVED), (second.pk, rankings.MOVED), (second.pk, objections.ANSWERED)]
    )
    letters_sent.clear()
    applications.withdraw_application(by=None, at=NOW, application=second, reason="Pindah")
    assert letters_sent == [(first.pk, rankings.MOVED)]
    assert last.pk not in dict(letters_sent)


def test_late_interview_is_told_and_can_be_objected_to_though_the_outcome_is_the_same(
    letters_sent: list[tuple[int, str]],
) -> None:
    of = make.interviewing()
    best, low = make.applicant(of, 80), make.applicant(of, 58)
    make.interviewed(best)
    make.published(of)
    uphold(make.objection(low), new_score=Decimal(61))
    for number in (1, 2, 3):
        make.saved(low, number, 20)
    letters_sent.clear()
    for number in (1, 2, 3):
        interviews.lock_scores(by=make.judge(number), at=AFTER, application=low)
    assert outcomes(low) == [(None, "failed")]
    assert letters_sent == [(low.pk, interviews.SCORED)]
    made = make.objection(low, at=AFTER + timedelta(days=1), stage="interview")
    assert made.version == make.fresh(of).ranking_version
