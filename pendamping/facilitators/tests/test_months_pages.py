"""Pages of months and pay as the browser sees them: what works, what is refused, who sees what."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendamping.access.middleware import VIEW_AS
from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.models import Document, JournalEntry
from pendamping.facilitators import month_papers, pay_flood
from pendamping.facilitators.enums.months import MonthState
from pendamping.facilitators.enums.pay import LineState, RunState
from pendamping.facilitators.models import (
    Absence,
    Assignment,
    Deduction,
    MonthPlan,
    MonthReport,
    MonthRules,
    PayAccount,
    PayRun,
)
from pendamping.facilitators.services import months, pay_receipts, pay_runs
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import month_factories as make
from pendamping.facilitators.tests.month_factories import AFTER, FEBRUARY, MONTH, NUMBER, YEAR
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Pages act on 1 April 2026, or when the test says."""

    def at(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    at(AFTER)
    return at


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture
def sari(ward: Region) -> Assignment:
    return make.serving(ward)


def get(client: Client, person: Account | None, name: str, *args: Any, **query: Any) -> Any:
    client.force_login(person) if person else client.logout()
    return client.get(reverse(f"facilitators:{name}", args=args), query)


def post(client: Client, person: Account | None, name: str, *args: Any, **data: Any) -> Any:
    client.force_login(person) if person else client.logout()
    return client.post(reverse(f"facilitators:{name}", args=args), data)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


# One's own months


def test_my_months_name_the_one_next_step(client: Client, sari: Assignment) -> None:
    page = text(get(client, sari.account, "my_months"))
    assert page.index("Januari 2026") < page.index(reverse("facilitators:my_month", args=[2026, 1]))
    months_of = [make.sent(sari, month=month) for month in (1, 2, 3)]
    make.banked(sari)
    make.planned(sari, month=5)
    assert "Tidak ada yang menunggu" in text(get(client, sari.account, "my_months"))
    months.return_report(by=make.boss(), at=AFTER, report=months_of[2], reason="Lengkapi tanggal 2")
    page = text(get(client, sari.account, "my_months"))
    assert "Lengkapi tanggal 2" in page


def test_a_month_is_looked_at_sent_and_followed(client: Client, sari: Assignment) -> None:
    make.entry(sari, 2, problem="Talang bocor")
    page = text(get(client, sari.account, "my_month", YEAR, MONTH))
    assert "Talang bocor" in page
    answer = post(client, sari.account, "my_month", YEAR, MONTH, note="Lancar")
    assert answer.status_code == 302
    report = MonthReport.objects.get()
    assert (report.note, report.state) == ("Lancar", MonthState.SENT)
    page = text(get(client, sari.account, "my_month", YEAR, MONTH))
    assert report.code in page
    assert "Kirim laporan" not in page
    assert text(post(client, sari.account, "my_month", YEAR, MONTH, note="Lagi"), 422)
    assert get(client, sari.account, "my_month_xlsx", YEAR, MONTH).content[:2] == b"PK"
    paper = get(client, sari.account, "my_month_pdf", YEAR, MONTH)
    assert (paper.headers["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")


def test_a_month_cannot_be_sent_before_its_last_day(client: Client, sari: Assignment) -> None:
    page = text(get(client, sari.account, "my_month", YEAR, 4))
    assert "30 April 2026" in page
    post(client, sari.account, "my_month", YEAR, 4, note="Terlalu dini")
    assert not MonthReport.objects.exists()


def test_a_plan_is_written_and_words_stay_when_it_is_refused(client: Client, clock: Any, sari: Assignment) -> None:
    clock(FEBRUARY)
    lines = {
        "what_1": "Kunjungan RW 3", "region_1": sari.region_id, "activity_1": "visit", "wanted_1": 4,
        "what_2": "", "region_2": sari.region_id, "activity_2": "visit", "wanted_2": 1,
    }  # fmt: skip
    assert post(client, sari.account, "my_month_plan", YEAR, MONTH, **lines).status_code == 302
    plan = MonthPlan.objects.get()
    assert [(line.what, line.wanted) for line in plan.lines.all()] == [("Kunjungan RW 3", 4)]
    clock(make.IN_MONTH)
    page = text(post(client, sari.account, "my_month_plan", YEAR, MONTH, **{**lines, "what_1": "Rencana baru"}), 422)
    assert "Rencana baru" in page
    assert text(post(client, sari.account, "my_month_plan", YEAR, 4, what_1=" "), 422)


@pytest.mark.parametrize("name", ["my_month", "my_month_plan", "my_month_pdf", "my_month_xlsx"])
def test_a_month_of_somebody_else_or_not_served_does_not_exist(client: Client, sari: Assignment, name: str) -> None:
    make.sent(sari)
    assert get(client, personas.account("lain"), name, YEAR, MONTH).status_code == 404
    assert get(client, sari.account, name, 2019, 3).status_code == 404
    assert get(client, sari.account, name, 2026, 13).status_code == 404


@pytest.mark.parametrize("name", ["my_months", "my_pay", "my_pay_account", "months", "pay_runs", "pay_desk"])
def test_nobody_unsigned_gets_in(client: Client, name: str) -> None:
    assert get(client, None, name).status_code == 302


# Coordinators and the secretariat


def test_a_coordinator_sees_who_sent_and_who_did_not_and_recommends(client: Client, sari: Assignment) -> None:
    make.serving(places.ward(2), "Wati Contoh")
    make.serving(places.ward(1, of=places.district(2)), "Dedi Contoh")
    askot, report = make.area(), make.sent(sari)
    page = text(get(client, askot, "months"))
    assert ("Ani Contoh" in page, "Wati Contoh" in page, "Dedi Contoh" in page) == (True, True, False)
    page = text(get(client, askot, "month_report", report.code))
    assert reverse("facilitators:month_recommend", args=[report.code]) in page
    answer = post(client, askot, "month_recommend", report.code, sending=1, reason="Baik")
    assert answer.status_code == 302
    assert MonthReport.objects.get().state == MonthState.RECOMMENDED
    assert text(post(client, askot, "month_recommend", report.code, sending=1), 422)


def test_the_secretariat_approves_or_sends_back_with_a_reason(client: Client, sari: Assignment) -> None:
    boss, report = make.boss(), make.sent(sari)
    assert report.code in text(get(client, boss, "months"))
    page = text(post(client, boss, "month_reject", report.code, sending=1, reason=""), 422)
    assert MonthReport.objects.get().state == MonthState.SENT
    assert "Isi" in page
    assert post(client, boss, "month_reject", report.code, sending=1, reason="Lengkapi").status_code == 302
    report = make.sent(sari)
    page = text(post(client, boss, "month_approve", report.code, sending=1), 422)
    assert "dikirim ulang" in page
    assert text(get(client, boss, "month_approve", report.code))
    assert post(client, boss, "month_approve", report.code, sending=2).status_code == 302
    assert MonthReport.objects.get().state == MonthState.APPROVED
    assert "Lengkapi" in text(get(client, boss, "month_report", report.code))


def test_reports_are_for_those_who_see_facilitators_of_the_place(client: Client, sari: Assignment) -> None:
    report = make.sent(sari)
    other = make.area(places.district(2), "askot-lain")
    assert get(client, other, "month_report", report.code).status_code == 404
    assert post(client, other, "month_recommend", report.code).status_code == 404
    head = personas.lurah(sari.region)
    assert get(client, head, "month_report", report.code).status_code == 200
    assert post(client, head, "month_recommend", report.code).status_code == 403
    assert post(client, make.area(), "month_approve", report.code).status_code == 403
    assert get(client, sari.account, "months").status_code == 403


def test_a_paper_falls_when_the_report_goes_on(client: Client, sari: Assignment) -> None:
    boss, report = make.boss(), make.sent(sari)
    assert get(client, boss, "month_pdf", report.code).content[:4] == b"%PDF"
    assert get(client, boss, "month_pdf", report.code).content[:4] == b"%PDF"
    assert Document.objects.filter(kind="month_report").count() == 1
    months.approve_report(by=boss, at=AFTER, report=report)
    assert get(client, boss, "month_pdf", report.code).content[:4] == b"%PDF"
    assert [one.is_valid for one in Document.objects.filter(kind="month_report").order_by("id")] == [False, True]
    assert get(client, boss, "month_xlsx", report.code).content[:2] == b"PK"


def test_the_list_asks_as_often_for_three_as_for_one(client: Client, sari: Assignment) -> None:
    boss, counts = make.boss(), []
    make.sent(sari)
    make.serving(places.ward(8), "Belum Contoh 8")
    for n in (2, 3):
        client.force_login(boss)
        client.get(reverse("facilitators:months"))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            text(client.get(reverse("facilitators:months")))
        counts.append(len(seen))
        make.sent(make.serving(places.ward(n), f"Pendamping Contoh {n}"))
        make.sent(make.serving(places.ward(n + 3), f"Pendamping Contoh {n + 3}"))
        make.serving(places.ward(n + 9), f"Belum Contoh {n}")
    assert counts[0] == counts[1] <= 20


# Rules


def test_the_secretariat_sets_days_and_deductions(client: Client, sari: Assignment) -> None:
    boss = make.boss()
    assert "Usulan: kota belum" in text(get(client, boss, "month_rules"))
    facts = {
        "valid_from": "2026-01-01", "legal_basis": "Perwal contoh", "plan_day": 20, "correction_days": 5, "pay_day": 8,
        "pays_suspension": "on",
    }  # fmt: skip
    assert post(client, boss, "month_rules_set", **facts).status_code == 302
    made = MonthRules.objects.get()
    assert (made.correction_days, made.pays_suspension) == (5, True)
    assert text(post(client, boss, "month_rules_set", **facts), 422)
    tax = {
        "title": "PPh 21",
        "legal_basis": "UU contoh",
        "rate": "2.5",
        "rate_without_tax_number": "3",
        "valid_from": "2026-01-01",
    }
    assert post(client, boss, "deduction_set", **tax).status_code == 302
    made = Deduction.objects.get()
    assert (made.rate, made.rate_without_tax_number) == (250, 300)
    page = text(get(client, boss, "month_rules"))
    assert "Perwal contoh" in page
    assert "2.5 %" in page
    assert post(client, boss, "deduction_end", made.uid, valid_to="2026-12-31").status_code == 302
    assert text(post(client, boss, "deduction_end", made.uid, valid_to="2026-12-31"), 422)
    assert get(client, make.area(), "month_rules").status_code == 403


# Pay


def test_from_approved_reports_to_receipt(client: Client, sari: Assignment) -> None:
    boss, cash = make.boss(), make.treasurer()
    make.taxed()
    make.approved(sari)
    assert "Maret 2026" in text(get(client, boss, "pay_runs"))
    assert text(get(client, boss, "pay_run_make"))
    answer = post(client, boss, "pay_run_make", month="2026-03")
    run = PayRun.objects.get()
    assert answer.headers["Location"] == reverse("facilitators:pay_run", args=[run.code])
    assert "belum ada rekening" in text(get(client, boss, "pay_run", run.code)).lower()
    facts = {"bank": "Bank Contoh", "number": "0012 3456 78901", "holder": "Ani Contoh", "tax_number": ""}
    page = text(post(client, sari.account, "my_pay_account", **{**facts, "number": "12ab"}), 422)
    assert "Ani Contoh" in page
    assert post(client, sari.account, "my_pay_account", **facts).status_code == 302
    page = text(get(client, sari.account, "my_pay"))
    assert "•••• 8901" in page
    assert NUMBER not in page
    assert text(get(client, boss, "pay_run_hand_over", run.code))
    assert post(client, boss, "pay_run_hand_over", run.code, op="").status_code == 302
    assert run.code in text(get(client, cash, "pay_desk"))
    assert text(get(client, cash, "pay_desk_run", run.code))
    assert text(get(client, cash, "pay_file", run.code))
    taken = post(client, cash, "pay_file", run.code, kind="csv")
    rows = list(csv.reader(io.StringIO(b"".join(taken.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert rows[1][2:5] == ["Ani Contoh", "Bank Contoh", NUMBER]
    assert rows[1][6:9] == ["2500000", "150000", "2350000"]
    assert post(client, cash, "pay_file", run.code, kind="xlsx").content[:2] == b"PK"
    assert JournalEntry.objects.filter(verb="facilitators.pay_file_taken").count() == 2
    assert text(post(client, cash, "pay_paid", run.code, paid_on="2026-04-02", number="SP2D-7"), 422)
    assert post(client, cash, "pay_paid", run.code, paid_on="2026-04-01", number="SP2D-7").status_code == 302
    run.refresh_from_db()
    assert run.state == RunState.PAID
    line = run.lines.get()
    page = text(get(client, sari.account, "my_months"))
    assert reverse("facilitators:my_pay_receipt", args=[line.uid]) in page
    assert text(get(client, sari.account, "my_pay_receipt", line.uid))
    assert post(client, sari.account, "my_pay_receipt", line.uid, came="yes").status_code == 302
    line.refresh_from_db()
    assert line.state == LineState.RECEIVED
    assert text(post(client, sari.account, "my_pay_receipt", line.uid, came="no"), 422)
    assert get(client, cash, "pay_desk_pdf", run.code).content[:4] == b"%PDF"
    assert get(client, boss, "pay_run_pdf", run.code).content[:4] == b"%PDF"
    assert "SP2D-7" in text(get(client, sari.account, "my_pay"))


def test_what_did_not_arrive_waits_at_the_treasurer(client: Client, sari: Assignment) -> None:
    cash = make.treasurer()
    make.banked(sari)
    make.approved(sari)
    line = make.paid().lines.get()
    assert post(client, sari.account, "my_pay_receipt", line.uid, came="no", said="Belum masuk").status_code == 302
    assert "Belum masuk" in text(get(client, cash, "pay_desk"))
    assert text(get(client, cash, "pay_line_answer", line.uid))
    assert post(client, cash, "pay_line_answer", line.uid, reason="Masuk 3 April").status_code == 302
    assert "Masuk 3 April" in text(get(client, sari.account, "my_pay"))
    pay_receipts.deny_receipt(by=sari.account, at=AFTER, line=line)
    assert text(get(client, cash, "pay_line_fail", line.uid))
    assert post(client, cash, "pay_line_fail", line.uid, reason="Ditolak bank").status_code == 302
    assert "Ditolak bank" in text(get(client, cash, "pay_desk_run", line.run.code))


def test_bank_details_are_shown_for_a_reason_and_not_too_often(
    client: Client, sari: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    cash = make.treasurer()
    make.banked(sari)
    make.approved(sari)
    line = make.handed_over().lines.get()
    assert NUMBER not in text(get(client, cash, "pay_line_reveal", line.uid))
    assert NUMBER not in text(post(client, cash, "pay_line_reveal", line.uid, reason=""), 422)
    op = "01890000-0000-7000-8000-000000000001"
    for _time in range(2):
        assert NUMBER in text(post(client, cash, "pay_line_reveal", line.uid, reason="Ditolak", op=op))
    assert JournalEntry.objects.filter(verb="facilitators.pay_account_revealed").count() == 2
    monkeypatch.setattr(pay_flood, "REVEALS_AN_HOUR", 1)
    assert NUMBER not in text(post(client, cash, "pay_line_reveal", line.uid, reason="Ditolak"), 422)
    assert post(client, cash, "pay_file", line.run.code, kind="csv").status_code == 422
    assert JournalEntry.objects.filter(verb="facilitators.pay_file_taken").count() == 0


def test_pay_is_for_the_offices_of_the_city(client: Client, sari: Assignment) -> None:
    make.banked(sari)
    make.approved(sari)
    run = make.handed_over()
    line = run.lines.get()
    foreign = make.treasurer(places.city("3279", "Kota Lain"))
    foreign.grants.exclude(region__path="3279").delete()
    low = personas.bendahara(sari.region)
    for person in (low, foreign):
        assert get(client, person, "pay_desk_run", run.code).status_code in (403, 404)
        assert post(client, person, "pay_file", run.code, kind="csv").status_code in (403, 404)
        assert post(client, person, "pay_line_reveal", line.uid, reason="x").status_code in (403, 404)
        assert sari.account.name not in text(get(client, person, "pay_desk"))
    for name in ("pay_desk_run", "pay_file", "pay_paid"):
        assert get(client, make.boss(), name, run.code).status_code == 403
    assert get(client, make.treasurer(), "pay_run", run.code).status_code == 403
    assert get(client, personas.account("lain"), "my_pay_receipt", line.uid).status_code == 404


def test_who_has_no_contract_is_named_with_the_cure(client: Client, ward: Region) -> None:
    without = service.placed(ward)
    make.approved(without)
    page = text(get(client, make.boss(), "pay_run_make"))
    assert "Ani Contoh" in page
    assert text(post(client, make.boss(), "pay_run_make", month="2026-03"), 422)
    assert text(post(client, make.boss(), "pay_run_make", month="kapan"), 422)


def test_a_change_of_bank_details_asks_again_while_pay_is_on_its_way(client: Client, sari: Assignment) -> None:
    make.banked(sari)
    make.approved(sari)
    make.handed_over()
    facts = {"bank": "Bank Lain", "number": "5550001111", "holder": "Ani Contoh", "tax_number": ""}
    assert "confirmed" in text(get(client, sari.account, "my_pay_account"))
    assert text(post(client, sari.account, "my_pay_account", **facts), 422)
    assert post(client, sari.account, "my_pay_account", confirmed="on", **facts).status_code == 302
    assert PayAccount.objects.filter(replaced_at=None).get().last_four == "1111"


def test_lists_of_pay_ask_as_often_for_three_as_for_one(client: Client, sari: Assignment) -> None:
    boss, cash, counts = make.boss(), make.treasurer(), []
    for names in (["A"], ["B", "C"]):
        for n, name in enumerate(names):
            other = make.serving(places.ward(3 + n + len(names)), f"Pendamping Contoh {name}")
            make.banked(other)
            make.approved(other)
        run = make.handed_over()
        client.force_login(boss)
        client.get(reverse("facilitators:pay_run", args=[run.code]))
        with CaptureQueriesContext(connection) as seen:
            text(client.get(reverse("facilitators:pay_run", args=[run.code])))
            text(client.get(reverse("facilitators:pay_runs")))
        counts.append(len(seen))
        client.force_login(cash)
        client.get(reverse("facilitators:pay_desk"))
    assert counts[0] == counts[1]


def test_the_hub_leads_there(client: Client, sari: Assignment) -> None:
    page = text(get(client, make.boss(), "hub"))
    assert reverse("facilitators:months") in page
    assert reverse("facilitators:pay_runs") in page
    assert reverse("facilitators:pay_desk") in text(get(client, make.treasurer(), "hub"))


def test_what_was_said_about_pay_is_read_by_the_person_and_those_who_approve_or_pay(
    client: Client, sari: Assignment
) -> None:
    make.banked(sari)
    report = make.approved(sari)
    line = make.paid().lines.get()
    pay_receipts.deny_receipt(by=sari.account, at=AFTER, line=line, said="Rekening diblokir karena cicilan")
    pages = [(make.boss(), "month_report", report.code), (sari.account, "my_month", YEAR, MONTH)]
    for who, name, *args in pages:
        assert "karena cicilan" in text(get(client, who, name, *args))
    others = [make.area(), make.korkot(), personas.person("ward_head", places.ward(), "lurah")]
    others += [personas.person(role, places.city(), role) for role in ("inspectorate", "city_leader")]
    for who in others:
        told = text(get(client, who, "month_report", report.code))
        assert "cicilan" not in told
        assert str(LineState.DENIED.label) in told
    pay_runs.fail_line(by=make.treasurer(), at=AFTER, line=line, reason="Dikembalikan bank")
    assert "Dikembalikan bank" in text(get(client, sari.account, "my_month", YEAR, MONTH))
    assert "Dikembalikan bank" not in text(get(client, make.korkot(), "month_report", report.code))


def test_a_list_without_any_bank_details_is_closed_from_its_page(client: Client, sari: Assignment) -> None:
    make.approved(sari)
    run, boss = make.run(), make.boss()
    assert "Tutup daftar" in text(get(client, boss, "pay_run_hand_over", run.code))
    assert post(client, boss, "pay_run_hand_over", run.code, op="").status_code == 302
    run.refresh_from_db()
    assert run.state == RunState.CLOSED
    assert "Daftar ini sudah ditutup." in text(get(client, boss, "pay_run", run.code))
    assert "2026-03" in text(get(client, boss, "pay_run_make"))


# Why somebody was away


@pytest.fixture
def sick(sari: Assignment) -> MonthReport:
    """A report of a month with two sick days."""
    Absence.add(
        at=FEBRUARY, region=sari.region, account=sari.account, kind="sick", first_day=date(2026, 3, 4),
        last_day=date(2026, 3, 5), state="approved", decided_at=FEBRUARY, decided_by=make.boss(),
    )  # fmt: skip
    return make.sent(sari)


def test_why_somebody_was_away_is_told_to_those_who_verify_or_decide_and_to_others_as_days(
    client: Client, sick: MonthReport
) -> None:
    for who in (make.area(), make.korkot(), make.boss()):
        assert "Sakit" in text(get(client, who, "month_report", sick.code))
    assert "Sakit" in text(get(client, sick.account, "my_month", YEAR, MONTH))
    for role in ("ward_head", "inspectorate", "city_leader"):
        other = personas.person(role, places.ward() if role == "ward_head" else places.city(), role)
        told = text(get(client, other, "month_report", sick.code))
        assert "Sakit" not in told
        assert "2 hari" in told
    client.force_login(make.boss())
    session = client.session
    session[VIEW_AS] = str(make.area().uid)
    session.save()
    told = text(client.get(reverse("facilitators:month_report", args=[sick.code])))
    assert "Sakit" not in told


def test_why_somebody_was_away_is_not_told_to_their_peers(client: Client, sari: Assignment, sick: MonthReport) -> None:
    MonthReport.objects.update(role="area_coordinator")
    assert "Sakit" not in text(get(client, make.area(), "month_report", sick.code))
    assert "Sakit" in text(get(client, make.korkot(), "month_report", sick.code))
    Assignment.objects.filter(pk=sari.pk).update(role="area_coordinator")
    asked = Absence.objects.get()
    assert "Sakit" not in text(get(client, make.area(), "absence", asked.code))
    assert "Sakit" in text(get(client, make.korkot(), "absence", asked.code))
    Absence.objects.update(decided_by=make.area())
    assert "Sakit" in text(get(client, make.area(), "absence", asked.code))


def test_papers_and_tables_never_say_why_somebody_was_away(sick: MonthReport) -> None:
    paper = str(month_papers.paper(sick))
    with zipfile.ZipFile(io.BytesIO(month_papers.workbook(sick))) as archive:
        table = " ".join(archive.read(name).decode() for name in archive.namelist())
    for told in (paper, table):
        assert "Sakit" not in told
        assert "2 hari" in told
