"""A month from plan to approval: what is frozen, who decides in which order, what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.facilitators.enums.absences import AbsenceKind, AbsenceState
from pendamping.facilitators.enums.months import MonthOffice, MonthState
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.models import Absence, Assignment, LogEntry, MonthPlan, MonthReport
from pendamping.facilitators.queries import months as queries
from pendamping.facilitators.queries.logbook import logs_waiting_for_repair
from pendamping.facilitators.services import (
    appointments,
    assignments,
    log_verification,
    logbook,
    month_rules,
    months,
)
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import month_factories as make
from pendamping.facilitators.tests.month_factories import AFTER, FEBRUARY, IN_MONTH, LATE, MONTH, YEAR
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


def refusal(act: object, **facts: object) -> str:
    with pytest.raises(Refused) as caught:
        act(**facts)  # type: ignore[operator]
    return caught.value.code


# The plan


def test_a_plan_is_changed_until_the_month_begins_and_then_stays(ward: Region) -> None:
    sari = make.serving(ward)
    make.planned(sari)
    changed = make.planned(sari, wanted=5)
    assert [line.wanted for line in changed.lines.all()] == [5]
    assert (MonthPlan.objects.count(), changed.is_late) == (1, False)
    with pytest.raises(Refused) as caught:
        make.planned(sari, at=IN_MONTH)
    assert caught.value.code == "plan_fixed"


def test_a_plan_after_its_day_is_late_and_not_refused_while_the_month_lasts(ward: Region) -> None:
    sari = make.serving(ward)
    month_rules.set_month_rules(
        by=make.boss(), at=make.JANUARY, city=places.city(), valid_from=date(2026, 1, 1), legal_basis="Perwal contoh",
        plan_day=15, correction_days=5, pay_day=10,
    )  # fmt: skip
    assert make.planned(sari, at=FEBRUARY).is_late
    assert refusal(make.planned, of=sari, at=AFTER) == "plan_over"


@pytest.mark.parametrize(("where", "code"), [(2, "plan_outside"), (None, "plan_empty")])
def test_a_plan_is_for_ones_own_places(ward: Region, where: int | None, code: str) -> None:
    sari = make.serving(ward)
    items = [("Kunjungan", places.ward(where), "visit", 1)] if where else []
    assert refusal(make.planned, of=sari, items=items) == code


# Sending


def test_the_report_says_what_the_log_says_and_freezes_it(ward: Region) -> None:
    sari = make.serving(ward)
    make.planned(sari)
    told_of = {"problem": "Talang bocor", "solution": "Ditambal", "follow_up": "Cek lagi"}
    make.entry(sari, 2, follow_up_by=date(2026, 4, 9), **told_of)
    make.entry(sari, 3, activity="meeting")
    Absence.add(
        at=IN_MONTH, region=ward, account=sari.account, kind=AbsenceKind.SICK, first_day=date(2026, 3, 4),
        last_day=date(2026, 3, 5), state=AbsenceState.APPROVED, decided_at=IN_MONTH, decided_by=make.boss(),
    )  # fmt: skip
    report = make.sent(sari, note="Hubungi 081234567890")
    told = report.figures
    assert (told["lines"], told["days"], told["met"]) == (2, 2, {"women": 6, "men": 4, "vulnerable": 2})
    assert told["activities"] == [["meeting", 1], ["visit", 1]]
    assert [(line["wanted"], line["done"]) for line in told["plan"]] == [(2, 1)]
    assert told["absences"] == [{"kind": "sick", "from": "2026-03-04", "to": "2026-03-05", "days": 2}]
    assert [one["problem"] for one in told["problems"]] == ["Talang bocor"]
    assert told["follow_up_count"] == 1
    assert told["gaps"][:2] == ["2026-03-06", "2026-03-09"]
    assert (report.note, report.is_late, report.closes_on) == ("Hubungi [telepon]", False, date(2026, 4, 3))
    make.entry(sari, 9)
    assert MonthReport.objects.get().figures["lines"] == 2


def test_a_month_is_closed_once(ward: Region) -> None:
    sari = make.serving(ward)
    make.sent(sari)
    assert refusal(make.sent, of=sari) == "sent_already"
    assert MonthReport.objects.count() == 1


def test_a_report_may_come_late_and_says_so_but_not_too_early(ward: Region) -> None:
    sari = make.serving(ward)
    assert refusal(make.sent, of=sari, at=IN_MONTH) == "too_early"
    assert make.sent(sari, at=LATE).is_late


def test_whoever_leaves_mid_month_reports_from_their_last_day_on(ward: Region) -> None:
    sari = make.serving(ward)
    appointments.end_appointment(
        by=make.boss(), at=FEBRUARY, appointment=sari.appointment, ended_on=date(2026, 3, 12), reason="Pindah"
    )
    assert refusal(make.sent, of=sari, at=IN_MONTH) == "too_early"
    report = make.sent(sari, at=IN_MONTH.replace(day=12))
    assert (report.served_from, report.served_to) == (date(2026, 3, 1), date(2026, 3, 12))
    assert max(report.figures["gaps"]) == "2026-03-12"
    assert refusal(make.sent, of=sari, month=4) == "not_serving"


def test_whoever_is_appointed_anew_this_month_reports_at_its_end(ward: Region) -> None:
    sari = make.serving(ward)
    appointments.end_appointment(
        by=make.boss(), at=FEBRUARY, appointment=sari.appointment, ended_on=date(2026, 3, 10), reason="Naik jabatan"
    )
    later = service.appointed(
        of=service.decree("SK-2/2026"), account=sari.account, starts_on=date(2026, 3, 15), ends_on=service.END
    )
    assert refusal(make.sent, of=sari, at=IN_MONTH.replace(day=12)) == "too_early"
    assert (YEAR, MONTH) not in [
        (one.year, one.month) for one in queries.months_to_send(sari.account, date(2026, 3, 12))
    ]
    assignments.assign(
        by=make.boss(), at=IN_MONTH, appointment=later, region=ward, starts_on=date(2026, 3, 15), ends_on=service.END
    )
    assert make.sent(sari).served_to == date(2026, 3, 31)


def test_whoever_may_be_placed_anew_reports_at_the_end_of_the_month_and_the_days_between_are_no_gaps(
    ward: Region,
) -> None:
    sari = make.serving(ward)
    assignments.end_assignment(
        by=make.boss(), at=FEBRUARY, assignment=sari, ended_on=date(2026, 3, 10), reason="Pindah kelurahan"
    )
    assert refusal(make.sent, of=sari, at=IN_MONTH.replace(day=12)) == "too_early"
    assert (YEAR, MONTH) not in [
        (one.year, one.month) for one in queries.months_to_send(sari.account, date(2026, 3, 30))
    ]
    assignments.assign(
        by=make.boss(), at=IN_MONTH, appointment=sari.appointment, region=places.ward(2),
        starts_on=date(2026, 3, 20), ends_on=service.END,
    )  # fmt: skip
    told = make.sent(sari, at=AFTER.replace(month=3, day=31)).figures
    assert [day[-2:] for day in told["gaps"]] == [
        "02", "03", "04", "05", "06", "09", "10", "20", "23", "24", "25", "26", "27", "30", "31",
    ]  # fmt: skip
    assert told["served"] == ["2026-03-01", "2026-03-31"]


# Up the line


def test_a_report_passes_the_coordinators_there_are(ward: Region) -> None:
    sari, askot, korkot, boss = make.serving(ward), make.area(), make.korkot(), make.boss()
    report = make.sent(sari)
    assert report.awaits == MonthOffice.AREA
    assert refusal(months.recommend_report, by=korkot, at=AFTER, report=report) == "waits_for"
    assert refusal(months.approve_report, by=boss, at=AFTER, report=report) == "waits_for"
    report = months.recommend_report(by=askot, at=AFTER, report=report)
    assert (report.state, report.awaits) == (MonthState.RECOMMENDED, MonthOffice.CITY)
    assert refusal(months.recommend_report, by=askot, at=AFTER, report=report) == "twice"
    report = months.recommend_report(by=korkot, at=AFTER, report=report)
    assert report.awaits == MonthOffice.SECRETARIAT
    report = months.approve_report(by=boss, at=AFTER, report=report)
    assert (report.state, report.approved_by) == (MonthState.APPROVED, boss)
    assert [one.office for one in report.decisions.all()] == ["area_coordinator", "city_coordinator", "secretariat"]
    assert refusal(make.sent, of=sari) == "approved_already"


def test_without_coordinators_the_secretariat_is_next(ward: Region) -> None:
    assert make.sent(make.serving(ward)).awaits == MonthOffice.SECRETARIAT


def test_an_office_left_empty_meanwhile_is_passed_over(ward: Region) -> None:
    askot, korkot = make.area(), make.korkot()
    report = make.sent(make.serving(ward))
    askot.grants.update(ends_on=date(2026, 3, 31))
    report = months.recommend_report(by=korkot, at=AFTER, report=report)
    assert report.awaits == MonthOffice.SECRETARIAT


def test_offices_filled_or_left_meanwhile_are_told_once_a_day(ward: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    askot, korkot = make.area(), make.korkot()
    report = make.sent(make.serving(ward))
    askot.grants.update(ends_on=date(2026, 3, 31))
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER)
    for _twice in (1, 2):
        call_command("month_offices")
    assert list(queries.reports_waiting_to_recommend(korkot, AFTER.date())) == [report]
    told = JournalEntry.objects.get(verb="facilitators.month_passed_on")
    assert told.changes == {"sending": 1, "awaits": ["area_coordinator", "city_coordinator"]}
    new = make.area(username="askot-baru")
    call_command("month_offices")
    assert not queries.reports_waiting_to_recommend(korkot, AFTER.date())
    assert list(queries.reports_waiting_to_recommend(new, AFTER.date())) == [report]


def test_a_step_only_somebody_who_already_spoke_could_take_is_passed_over(ward: Region) -> None:
    both = make.area()
    personas.person("city_coordinator", places.city(), both.username)
    report = months.recommend_report(by=both, at=AFTER, report=make.sent(make.serving(ward)))
    assert report.awaits == MonthOffice.SECRETARIAT
    report = months.return_report(by=make.boss(), at=AFTER, report=report, reason="Lengkapi")
    both.grants.filter(role="area_coordinator").update(ends_on=date(2026, 3, 31))
    assert make.sent(Assignment.objects.get()).awaits == MonthOffice.SECRETARIAT


def test_a_coordinators_own_report_goes_one_step_up(ward: Region) -> None:
    korkot = make.korkot()
    appointment = service.appointed("Asep Contoh", kind=PostKind.AREA_COORDINATOR)
    placed = assignments.assign(
        by=make.boss(), at=make.JANUARY, appointment=appointment, region=places.district(), starts_on=service.START,
        ends_on=service.END,
    )  # fmt: skip
    report = make.sent(placed)
    assert (report.role, report.awaits) == (PostKind.AREA_COORDINATOR, MonthOffice.CITY)
    assert refusal(months.recommend_report, by=placed.account, at=AFTER, report=report) == "own_report"
    report = months.recommend_report(by=korkot, at=AFTER, report=report)
    assert report.awaits == MonthOffice.SECRETARIAT


def test_nobody_recommends_and_approves_the_same_report(ward: Region) -> None:
    both = make.area()
    personas.person("secretariat", places.city(), both.username)
    report = make.sent(make.serving(ward))
    report = months.recommend_report(by=both, at=AFTER, report=report)
    assert refusal(months.approve_report, by=both, at=AFTER, report=report) == "twice"


def test_a_facilitator_never_approves(ward: Region) -> None:
    both = personas.person("city_coordinator", places.city(), "rangkap")
    both.grants.update(starts_on=date(2026, 4, 1))
    report = make.sent(make.serving(ward), at=AFTER.replace(month=3, day=31))
    personas.person("secretariat", places.city(), both.username)
    report = months.recommend_report(by=make.korkot(), at=AFTER, report=report)
    assert refusal(months.approve_report, by=both, at=AFTER, report=report) == "facilitator_never"


def test_a_returned_report_is_mended_and_sent_again_through_all_offices(ward: Region) -> None:
    sari, askot, boss = make.serving(ward), make.area(), make.boss()
    report = months.recommend_report(by=askot, at=AFTER, report=make.sent(sari))
    assert refusal(months.return_report, by=boss, at=AFTER, report=report, reason=" ") == "reason_missing"
    report = months.return_report(by=boss, at=AFTER, report=report, reason="Tanggal 2 belum ditulis")
    assert (report.state, report.returned_reason) == (MonthState.RETURNED, "Tanggal 2 belum ditulis")
    assert not queries.month_is_closed(sari.account, YEAR, MONTH, LATE.date())
    make.entry(sari, 2)
    again = make.sent(sari, at=LATE)
    assert (again.pk, again.sendings, again.figures["lines"], again.awaits) == (report.pk, 2, 1, MonthOffice.AREA)
    assert (again.is_late, again.returned_reason) == (False, "")
    assert refusal(months.recommend_report, by=askot, at=LATE, report=again, sending=1) == "changed_meanwhile"
    again = months.recommend_report(by=askot, at=LATE, report=again, sending=2)
    assert months.approve_report(by=boss, at=LATE, report=again).state == MonthState.APPROVED
    assert [(one.sending, one.kind) for one in again.decisions.all()] == [
        (1, "recommended"), (1, "returned"), (2, "recommended"), (2, "approved"),
    ]  # fmt: skip


def test_the_secretariat_sends_an_approved_report_back_until_it_is_on_a_list(ward: Region) -> None:
    sari, askot, boss = make.serving(ward), make.area(), make.boss()
    report = make.approved(sari)
    facts: dict[str, Any] = {"at": LATE, "report": report, "reason": "Tanggal 20 belum ada"}
    assert refusal(months.return_report, by=askot, **facts) == "not_open"
    assert refusal(months.return_report, by=boss, **{**facts, "reason": ""}) == "reason_missing"
    report = months.return_report(by=boss, **facts)
    assert (report.state, report.approved_at, report.approved_by) == (MonthState.RETURNED, None, None)
    assert not queries.month_is_closed(sari.account, YEAR, MONTH)
    again = make.approved(sari, at=LATE)
    assert [(one.sending, one.kind) for one in again.decisions.filter(office="secretariat")] == [
        (1, "approved"), (1, "returned"), (2, "approved"),
    ]  # fmt: skip
    make.run(at=LATE)
    assert refusal(months.return_report, by=boss, **facts) == "on_list"


def test_a_month_is_not_sent_while_lines_of_it_are_sent_back(ward: Region) -> None:
    sari, boss = make.serving(ward), make.boss()
    lines = [make.entry(sari, day) for day in (2, 3)]
    february = make.entry(sari, day=2, what="Rapat")
    LogEntry.objects.filter(pk=february.pk).update(day=date(2026, 2, 27))
    for one in (*lines, february):
        log_verification.return_entry(by=boss, at=IN_MONTH, entry=one, reason="RT mana?")
    with pytest.raises(Refused) as caught:
        make.sent(sari)
    assert (caught.value.code, caught.value.params["codes"]) == ("lines_sent_back", f"{lines[0].code}, {lines[1].code}")
    for one in lines:
        logbook.repair_entry(
            by=sari.account, at=AFTER, entry=one, region=ward, day=one.day, activity="visit", what="Kunjungan RT 02"
        )
    assert make.sent(sari).state == MonthState.SENT
    assert list(logs_waiting_for_repair(sari.account)) == [february]


def test_why_a_report_or_a_line_was_sent_back_is_in_no_journal(ward: Region) -> None:
    sari, boss = make.serving(ward), make.boss()
    log_verification.return_entry(by=boss, at=IN_MONTH, entry=make.entry(sari), reason="Bu Tati sakit")
    LogEntry.objects.update(state="written", returned_reason="")
    months.return_report(by=boss, at=AFTER, report=make.approved(sari), reason="Bu Tati sakit")
    found = JournalEntry.objects.filter(verb__in=("facilitators.log_returned", "facilitators.month_returned"))
    assert [one.reason for one in found] == ["", ""]


def test_a_month_closes_with_its_report_and_after_its_window(ward: Region) -> None:
    sari = make.serving(ward)
    assert not queries.month_is_closed(sari.account, YEAR, MONTH)
    assert not queries.month_is_closed(sari.account, YEAR, MONTH, date(2026, 4, 3))
    assert queries.month_is_closed(sari.account, YEAR, MONTH, date(2026, 4, 4))
    make.sent(sari)
    assert queries.month_is_closed(sari.account, YEAR, MONTH)


def test_who_has_not_sent_is_seen_by_the_coordinator_of_the_place_alone(ward: Region) -> None:
    from pendamping.access.scope import scope_of

    sari = make.serving(ward)
    make.serving(places.ward(2), "Wati Contoh")
    make.serving(places.ward(1, of=places.district(2)), "Dedi Contoh")
    make.sent(sari)
    seen = queries.missing(scope_of(make.area(), AFTER.date()), YEAR, MONTH)
    assert [one.account.name for one in seen] == ["Wati Contoh"]
    assert {one.account.name for one in queries.missing(scope_of(make.korkot(), AFTER.date()), YEAR, MONTH)} == {
        "Wati Contoh", "Dedi Contoh",
    }  # fmt: skip


def test_the_place_of_a_report_is_around_all_places_served(ward: Region) -> None:
    sari = make.serving(ward)
    service.placed(places.ward(2))
    assert make.sent(sari).region == places.district()


def test_what_waits_for_whom(ward: Region) -> None:
    sari, askot, korkot = make.serving(ward), make.area(), make.korkot()
    waiting = queries.months_to_send(sari.account, AFTER.date())
    assert [(one.year, one.month) for one in waiting] == [(2026, 1), (2026, 2), (2026, 3)]
    report = make.sent(sari)
    assert list(queries.reports_waiting_to_recommend(askot, AFTER.date())) == [report]
    assert not queries.reports_waiting_to_recommend(korkot, AFTER.date())
    months.recommend_report(by=askot, at=AFTER, report=report)
    months.recommend_report(by=korkot, at=AFTER, report=report)
    assert list(queries.reports_waiting_for_approval()) == [report]
    months.return_report(by=make.boss(), at=AFTER, report=report, reason="Lengkapi")
    again = make.sent(sari)
    assert list(queries.reports_waiting_to_recommend(askot, AFTER.date())) == [again]
    months.recommend_report(by=askot, at=AFTER, report=again)
    months.return_report(by=korkot, at=AFTER, report=again, reason="Lengkapi")
    third = make.sent(sari)
    months.recommend_report(by=askot, at=AFTER, report=third)
    assert list(queries.reports_waiting_to_recommend(korkot, AFTER.date())) == [third]
    months.return_report(by=korkot, at=AFTER, report=third, reason="Lengkapi")
    assert list(queries.own_reports_waiting(sari.account)) == [report]


def test_the_journal_tells_the_way_without_names(ward: Region) -> None:
    make.approved(make.serving(ward))
    found = JournalEntry.objects.filter(verb__startswith="facilitators.month_")
    assert [one.verb for one in found.order_by("id")] == ["facilitators.month_sent", "facilitators.month_approved"]
    assert not any(one.is_public or "Ani" in str(one.changes) + one.subject_label for one in found)
