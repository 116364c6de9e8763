"""Pages of interview, ranking and objections: the member, the secretariat, the applicant, everybody."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.models import JournalEntry
from pendamping.facilitators.models import (
    Application,
    ConflictDeclaration,
    Interview,
    Objection,
    PanelMember,
    Ranking,
    Requirement,
    ScoreSheet,
)
from pendamping.facilitators.queries.rankings import pseudonym
from pendamping.facilitators.services import applications, objections, panels
from pendamping.facilitators.services.evidence import _keep
from pendamping.facilitators.tests import exam_factories as exam
from pendamping.facilitators.tests import ranking_factories as make
from pendamping.facilitators.tests.ranking_factories import AFTER, NOW
from pendamping.facilitators.tests.selection_factories import checker, clean_pdf, requirement_facts
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The clock of the server, to be set."""

    def put(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    put(NOW)
    return put


def url(name: str, *args: Any) -> str:
    return reverse(f"facilitators:{name}", args=args)


def get(client: Client, person: Account, name: str, /, *args: Any, **query: Any) -> Any:
    client.force_login(person)
    return client.get(url(name, *args), query)


def post(client: Client, person: Account, name: str, /, *args: Any, **data: Any) -> Any:
    client.force_login(person)
    return client.post(url(name, *args), data)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def test_member_declares_scores_and_locks(client: Client) -> None:
    one, me = make.applicant(make.interviewing(), name="Ani Contoh"), make.judge(1)
    assert one.code in text(get(client, me, "interviews"))
    shown = text(get(client, me, "interview", one.code))
    assert "Ani Contoh" in shown
    assert "mark_1" not in shown
    assert post(client, me, "interview_declare", one.code, has_conflict="no").status_code == 302
    assert "mark_1" in text(get(client, me, "interview", one.code))
    assert post(client, me, "interview_score", one.code, mark_1=90, mark_2=60, note="Jelas").status_code == 302
    assert "78" in text(get(client, me, "interview", one.code))
    assert post(client, me, "interview_lock", one.code).status_code == 302
    assert ScoreSheet.objects.get().locked_at == NOW


def test_conflict_without_words_keeps_what_was_typed(client: Client) -> None:
    one = make.applicant(make.interviewing())
    sent = {"has_conflict": "yes", "kind": "", "reason": "Sepupu saya"}
    assert "Sepupu saya" in text(post(client, make.judge(1), "interview_declare", one.code, **sent), 422)
    assert not ConflictDeclaration.objects.exists()
    assert post(client, make.judge(1), "interview_declare", one.code, **{**sent, "kind": "family"}).status_code == 302


def test_wrong_marks_are_said_and_kept(client: Client) -> None:
    one = make.applicant(make.interviewing())
    make.declared(one, 1)
    shown = text(post(client, make.judge(1), "interview_score", one.code, mark_1=123, mark_2=60, note="Catatan"), 422)
    assert "123" in shown
    assert "Catatan" in shown


def test_member_does_not_see_what_others_gave_before_all_have_locked(client: Client) -> None:
    one = make.applicant(make.interviewing())
    make.locked(one, 2, 61)
    make.saved(one, 1, 77)
    shown = text(get(client, make.judge(1), "interview", one.code))
    assert ">61" not in shown
    assert make.judge(2).name not in shown
    for page, args in (("panel", (one.round.code,)), ("panel_interview", (one.round.code, one.code))):
        assert ">61" not in text(get(client, make.secretariat(), page, *args))
    make.locked(one, 1, 77)
    make.locked(one, 3, 77)
    assert ">61" in text(get(client, make.judge(1), "interview", one.code))


def test_interview_is_no_page_for_who_does_not_sit_there(client: Client) -> None:
    one = make.applicant(make.interviewing())
    assert get(client, make.judge(9), "interview", one.code).status_code == 404
    assert get(client, make.secretariat(), "interview", one.code).status_code == 403
    assert get(client, personas.sari(places.ward(1)), "interviews").status_code == 403


def test_chair_explains_a_striking_score_and_others_cannot(client: Client) -> None:
    one = make.applicant(make.interviewing())
    make.interviewed(one, (80, 82, 30))
    sheet = ScoreSheet.objects.get(is_outlier=True)
    assert get(client, make.judge(2), "interview_note", sheet.uid).status_code == 404
    assert url("interview_note", sheet.uid) in text(get(client, make.judge(1), "interview", one.code))
    assert post(client, make.judge(1), "interview_note", sheet.uid, note="Wajar").status_code == 302
    assert "Wajar" in text(get(client, make.judge(2), "interview", one.code))


def test_secretariat_fixes_rules_seats_and_ends(client: Client) -> None:
    of, office = make.testing(), make.secretariat()
    sent = {"name_1": "Tugas", "about_1": "", "weight_1": 70, "name_2": "Sikap", "about_2": "", "weight_2": 20,
            "least": 2, "outlier_over": 15, "reserve_days": 300}  # fmt: skip
    assert "90" in text(post(client, office, "panel_rules", of.code, **sent), 422)
    assert post(client, office, "panel_rules", of.code, **{**sent, "weight_2": 30}).status_code == 302
    assert [one.name for one in of.criteria.all()] == ["Tugas", "Sikap"]
    make.judge(1)
    assert post(client, office, "panel_seat", of.code, account="panel-1", is_chair="on").status_code == 302
    seat = PanelMember.objects.get()
    assert "Panel-1" in text(get(client, office, "panel", of.code))
    assert post(client, office, "panel_end", of.code, seat.uid, reason="").status_code == 422
    assert post(client, office, "panel_end", of.code, seat.uid, reason="Pindah").status_code == 302
    assert get(client, make.judge(1), "panel_rules", of.code).status_code in (403, 404)


def test_secretariat_sees_who_has_not_declared_and_closes(client: Client) -> None:
    of = make.interviewing()
    one = make.applicant(of)
    make.locked(one, 1)
    make.locked(one, 2)
    assert make.judge(3).name in text(get(client, make.secretariat(), "panel", of.code))
    assert post(client, make.secretariat(), "panel_close", of.code, one.code, reason="Sakit").status_code == 302
    assert Interview.objects.get().scorers == 2
    assert "Sakit" in text(get(client, make.secretariat(), "panel_interview", of.code, one.code))


def test_secretariat_records_who_did_not_come(client: Client) -> None:
    one, boss = make.applicant(make.interviewing()), make.secretariat()
    assert url("panel_absence", one.round.code, one.code) in text(
        get(client, boss, "panel_interview", one.round.code, one.code)
    )
    text(post(client, boss, "panel_absence", one.round.code, one.code, reason=""), 422)
    assert post(client, boss, "panel_absence", one.round.code, one.code, reason="Tidak datang").status_code == 302
    shown = text(get(client, boss, "panel_interview", one.round.code, one.code))
    assert all(word in shown for word in ("Tidak hadir", "Tidak datang"))
    assert url("panel_close", one.round.code, one.code) not in shown
    assert "Tidak hadir" in text(get(client, boss, "panel", one.round.code))
    assert "Tidak hadir" in text(get(client, make.judge(1), "interviews"))


def test_secretariat_reads_why_somebody_does_not_score(client: Client) -> None:
    of = make.interviewing()
    one = make.applicant(of)
    make.declared(one, 2, has_conflict=True, kind="family", reason="Sepupu")
    assert "Sepupu" in text(get(client, make.secretariat(), "panel_interview", of.code, one.code))
    assert "Sepupu" not in text(get(client, make.judge(1), "interview", one.code))


def test_secretariat_lifts_a_conflict_declared_by_mistake(client: Client) -> None:
    of = make.interviewing()
    one = make.applicant(of)
    make.declared(one, 2, has_conflict=True, kind="family", reason="Sepupu")
    own = text(get(client, make.judge(2), "interview", one.code))
    assert "sekretariat dapat mencabutnya" in own
    assert "has_conflict" not in own
    boss, member = make.secretariat(), PanelMember.objects.get(account=make.judge(2))
    here = f"{url('panel_interview', of.code, one.code)}?anggota={member.uid}"
    client.force_login(boss)
    assert f'action="?anggota={member.uid}"' in text(client.get(here))
    assert "aria-invalid" in text(client.post(here, {"reason": ""}), 422)
    assert client.post(f"{url('panel_interview', of.code, one.code)}?anggota=x", {"reason": "y"}).status_code == 404
    assert client.post(here, {"reason": "Salah orang"}).status_code == 302
    shown = text(client.get(here))
    assert all(word in shown for word in ("Sepupu", "Salah orang"))
    assert "Cabut benturan" not in shown
    assert "has_conflict" in text(get(client, make.judge(2), "interview", one.code))


def test_secretariat_notes_a_striking_score(client: Client) -> None:
    of = make.interviewing()
    one = make.applicant(of)
    make.interviewed(one, (30, 80, 82))
    sheet = ScoreSheet.objects.get(is_outlier=True)
    assert url("panel_note", of.code, sheet.uid) in text(
        get(client, make.secretariat(), "panel_interview", of.code, one.code)
    )
    assert post(client, make.secretariat(), "panel_note", of.code, sheet.uid, note="Wajar").status_code == 302


def test_secretariat_publishes_and_everybody_reads(client: Client) -> None:
    of = make.interviewing()
    best, next_ = make.applicant(of, 90), make.applicant(of, 80)
    make.interviewed(best)
    office = make.secretariat()
    assert post(client, office, "ranking_publish", of.code).status_code == 422
    assert client.get(url("public_ranking", of.code)).status_code == 404
    make.interviewed(next_)
    assert post(client, office, "ranking_publish", of.code).status_code == 302
    assert best.code in text(get(client, office, "ranking", of.code))
    shown = text(Client().get(url("public_ranking", of.code)))
    assert best.code not in shown
    assert make.standing(best).pseudonym in shown
    assert f".venv/bin/python -m pendamping selection recompute peringkat-{of.code}-1.json" in shown
    made = Ranking.objects.get()
    assert made.sha256 in shown
    file = Client().get(url("public_ranking_file", of.code, 1))
    assert file.content.decode() == made.document
    assert "public" in file.headers["Cache-Control"]
    assert not file.cookies


def test_old_version_stays_readable_and_says_so(client: Client) -> None:
    of, (best, _next) = make.ranked((90, 90), (80, 80))
    applications.withdraw_application(by=None, at=NOW, application=best, reason="Pindah")
    assert make.standing(_next).pseudonym in text(client.get(url("public_ranking", of.code)))
    old = text(client.get(url("public_ranking_version", of.code, 1)))
    assert url("public_ranking", of.code) in old
    assert client.get(url("public_ranking_version", of.code, 9)).status_code == 404
    assert client.get(url("public_ranking_file", of.code, 2)).status_code == 200


def test_public_round_tells_criteria_seed_and_where_the_ranking_is(client: Client) -> None:
    of, _people = make.ranked()
    shown = text(client.get(url("public_round", of.code)))
    assert "Memahami tugas" in shown
    assert of.lottery_seed in shown
    assert url("public_ranking", of.code) in shown


def signed_in(client: Client, one: Application) -> Client:
    assert client.post(url("applicant_sign_in"), {"code": one.code, "key": make.KEY}).status_code == 302
    return client


def test_applicant_sees_own_result_and_objects(client: Client) -> None:
    _of, (_best, one) = make.ranked((90, 90), (80, 80))
    signed_in(client, one)
    shown = text(client.get(url("applicant")))
    assert make.standing(one).pseudonym in shown
    assert url("applicant_objection") in shown
    assert 'name="stage"' in text(client.get(url("applicant_objection")))
    assert client.post(url("applicant_objection"), {"stage": "exam", "text": ""}).status_code == 422
    answer = client.post(url("applicant_objection"), {"stage": "exam", "text": "Nomor 7 keliru"})
    assert answer.status_code == 302
    assert "Nomor 7 keliru" in text(client.get(url("applicant")))


def test_late_objection_says_the_deadline_and_keeps_the_words(client: Client, at: Any) -> None:
    _of, (one,) = make.ranked()
    at(AFTER)
    signed_in(client, one)
    shown = text(client.post(url("applicant_objection"), {"stage": "exam", "text": "Terlambat tapi penting"}), 422)
    assert "Terlambat tapi penting" in shown
    assert "23 Maret 2026" in shown
    assert "23 Maret 2026" in text(client.get(url("applicant_objection")))
    assert Client().get(url("applicant_objection")).status_code == 302


def test_secretariat_upholds_and_the_effect_is_shown(client: Client) -> None:
    _of, (_first, second) = make.ranked((82, 80), (80, 80))
    made, office = make.objection(second), make.secretariat()
    assert made.code in text(get(client, office, "objections"))
    sent = {"is_upheld": "yes", "reason": "Kunci soal 7 salah", "new_score": "84"}
    wrong = text(post(client, office, "objection", made.code, **{**sent, "is_upheld": "no"}), 422)
    assert "Kunci soal 7 salah" in wrong
    assert post(client, office, "objection", made.code, **sent).status_code == 302
    shown = text(get(client, office, "objection", made.code))
    assert make.standing(second).pseudonym in shown
    signed_in(client, second)
    assert "Kunci soal 7 salah" in text(client.get(url("applicant")))
    assert get(client, make.judge(1), "objection", made.code).status_code in (403, 404)


def exported(client: Client, who: Account, code: str, part: str, form: str = "csv") -> Any:
    answer = post(client, who, "round_export", code, part=part, form=form)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content


def test_inspectorate_takes_codes_and_reasons_the_council_pseudonyms(client: Client) -> None:
    of, (one, _other) = make.ranked((90, 90), (80, 80))
    made = make.objection(one, text="Alasan pelamar")
    objections.answer_objection(by=make.secretariat(), at=NOW, objection=made, is_upheld=False, reason="Sudah benar")
    inspector, council = (personas.person(role, of.region) for role in ("inspectorate", "council"))
    whole = exported(client, inspector, of.code, "decisions")
    assert one.code in whole
    assert "Sudah benar" in exported(client, inspector, of.code, "objections")
    bare = exported(client, council, of.code, "decisions") + exported(client, council, of.code, "objections")
    assert make.standing(one).pseudonym in bare
    assert one.code not in bare
    assert "Alasan pelamar" not in bare
    assert exported(client, council, of.code, "numbers", "xlsx")[:2] == b"PK"
    told = JournalEntry.objects.filter(verb="facilitators.round_exported")
    assert told.count() == 5
    assert not told.filter(is_public=True).exists()


def test_decisions_are_not_taken_away_before_they_are_published(client: Client) -> None:
    of = make.interviewing()
    inspector = personas.person("inspectorate", of.region)
    assert post(client, inspector, "round_export", of.code, part="decisions", form="csv").status_code == 422
    assert post(client, inspector, "round_export", of.code, part="numbers", form="csv").status_code == 200


def test_council_sees_no_codes_on_the_ranking(client: Client) -> None:
    of, (one,) = make.ranked()
    shown = text(get(client, personas.person("council", of.region), "ranking", of.code))
    assert one.code not in shown
    assert make.standing(one).pseudonym in shown


@pytest.mark.parametrize(("role", "sees"), [("council", False), ("selection_panel", False), ("inspectorate", True)])
def test_who_has_a_conflict_and_why_a_member_left_is_for_who_may_see_codes(
    client: Client, role: str, sees: bool
) -> None:
    of = make.interviewing(members=4)
    one, member = make.applicant(of), of.panel.get(account=make.judge(4))
    make.declared(one, 3, has_conflict=True, kind="family", reason="Sepupu")
    panels.end_seat(by=make.secretariat(), at=NOW, member=member, reason="Dirawat lama")
    page = text(get(client, personas.person(role, of.region, "lain"), "panel", of.code))
    progress = page[page.index('id="pelamar"') : page.index('id="panel"')]
    said = (one.code in page, make.judge(3).name in progress, "Dirawat lama" in page)
    assert said == (sees, sees, sees)
    assert (pseudonym(one) in page) is not sees


def test_order_of_a_list_by_pseudonym_tells_no_codes(client: Client) -> None:
    of = make.interviewing()
    names = [pseudonym(make.applicant(of)) for _number in range(5)]
    page = text(get(client, personas.person("selection_panel", of.region, "lain"), "panel", of.code))
    assert sorted(names, key=page.index) == sorted(names)


@pytest.mark.parametrize("page", ["interviews", "panel", "ranking", "objections", "public_ranking"])
def test_lists_cost_the_same_for_one_and_three(client: Client, page: str) -> None:
    counts = []
    for number in (1, 3):
        of, people = make.ranked(*[(90 - n, 90 - n) for n in range(number)])
        if page == "interviews":
            of = make.interviewing(members=0)
            make.seated(of, 1)
            for _n in range(number):
                make.applicant(of)
        if page == "objections":
            Objection.objects.all().delete()
            for one in people:
                make.objection(one)
        who = make.judge(1) if page == "interviews" else make.secretariat()
        args = () if page in ("interviews", "objections") else (of.code,)
        client.force_login(who)
        client.get(url(page, *args))
        with CaptureQueriesContext(connection) as found:
            assert client.get(url(page, *args)).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_document_of_a_long_time_ago_is_still_drawn(client: Client, at: Any) -> None:
    of, _people = make.ranked()
    at(NOW + timedelta(days=400))
    assert json.loads(client.get(url("public_ranking_file", of.code, 1)).content)["version"] == 1


def test_secretariat_upholds_against_a_failed_file_check_without_a_score(client: Client) -> None:
    of = make.interviewing()
    best, low = make.applicant(of, 80), make.applicant(of, None)
    low.results.filter(stage="files").update(passed=False)
    make.interviewed(best)
    make.published(of)
    made, boss = make.objection(low, stage="files"), make.secretariat()
    assert "new_score" not in text(get(client, boss, "objection", made.code))
    facts = {"is_upheld": "yes", "reason": "Ijazah ada di halaman 3."}
    assert post(client, boss, "objection", made.code, **facts).status_code == 302
    assert low.results.get(stage="files").passed
    assert make.standing(best).pseudonym not in text(get(client, boss, "objection", made.code))  # who did not move


@pytest.fixture
def through(client: Client) -> Any:
    """The status a page has for the administrator who views as somebody else."""

    def look(other: Account, name: str, *args: Any) -> int:
        client.force_login(personas.person("administrator", places.city()))
        session = client.session
        session["view_as"] = str(other.uid)
        session.save()
        return client.get(url(name, *args)).status_code

    return look


def test_nobody_looks_at_blind_scores_files_or_keys_through_other_eyes(client: Client, through: Any) -> None:
    one = make.applicant(make.interviewing(), entered_by=checker())
    make.saved(one, 1)
    papers = Requirement.objects.create(
        requirement_set=one.requirement_set, position=1, created_at=NOW, key="01890000-0000-7000-8000-000000000000",
        **requirement_facts(),
    )  # fmt: skip
    kept, asked = _keep(one, papers, clean_pdf(), is_answer=False, at=NOW), exam.question()
    member, someone, office = make.judge(1), checker(), make.secretariat()
    pages: list[tuple[Account, str, list[Any]]] = [
        (member, "interviews", []), (member, "interview", [one.code]),
        (someone, "application_check", [one.code]), (someone, "application_file", [one.code, kept.name]),
        (someone, "application", [one.code]), (someone, "application_paper_file", [one.code, kept.name]),
        (office, "question_bank", [asked.bank.code]), (office, "question", [asked.bank.code, asked.uid]),
    ]  # fmt: skip
    for who, name, args in pages:
        assert get(client, who, name, *args).status_code == 200, name
        assert through(who, name, *args) == 403, name


def test_what_was_left_open_is_checked_before_an_objection_to_the_files_is_upheld(client: Client) -> None:
    of = make.interviewing()
    best, low = make.applicant(of, 80), make.applicant(of, None)
    papers = Requirement.objects.create(
        requirement_set=low.requirement_set, position=1, created_at=NOW, key="01890000-0000-7000-8000-000000000000",
        **requirement_facts(),
    )  # fmt: skip
    low.results.filter(stage="files").update(passed=False)
    make.interviewed(best)
    make.published(of)
    someone = checker()
    assert "check1-right" not in text(get(client, someone, "application_check", low.code))
    made, facts = make.objection(low, stage="files"), {"is_upheld": "yes", "reason": "Ijazah ada di halaman 3."}
    assert papers.text in text(post(client, make.secretariat(), "objection", made.code, **facts), 422)
    assert low.code in text(get(client, someone, "application_checks"))
    shown = text(get(client, someone, "application_check", low.code))
    assert "check1-right" in shown
    assert "Ada sanggahan atas hasil ini" in shown
    said = {"check1-is_there": "yes", "check1-right": "yes"}
    answer = client.post(f"{url('application_check', low.code)}?r=1&act=check", said)
    assert answer.status_code == 302
    assert post(client, make.secretariat(), "objection", made.code, **facts).status_code == 302
    assert low.results.get(stage="files").passed


def test_who_applied_on_paper_objects_at_the_counter(client: Client) -> None:
    clerk = personas.person("selection_checker", places.city(), "loket")
    of = make.interviewing()
    one = make.applicant(of, entered_by=clerk)
    assert "Ajukan sanggahan untuk pelamar" not in text(get(client, clerk, "application", one.code))
    make.interviewed(one)
    make.published(of)
    assert "Ajukan sanggahan untuk pelamar" in text(get(client, clerk, "application", one.code))
    text(post(client, clerk, "application_object", one.code, stage="exam", text=" "), 422)
    facts = {"stage": "exam", "text": "Nomor 7 benar"}
    assert post(client, clerk, "application_object", one.code, **facts).status_code == 302
    assert Objection.objects.get().text == "Nomor 7 benar"
    told = JournalEntry.objects.get(verb="facilitators.objection_lodged")
    assert (told.actor_uid, told.on_behalf_of) == (clerk.uid, "applicant")
