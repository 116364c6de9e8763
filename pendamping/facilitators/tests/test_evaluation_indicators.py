"""What counts for whom: by ward and day of service, leave taken out, in a constant number of queries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pendamping.assets.models import Asset
from pendamping.assets.tests import factories as assets
from pendamping.benefits.models import Confirmation
from pendamping.deliberation.models import Attendance, Meeting
from pendamping.delivery.models import ProgressReport
from pendamping.delivery.tests import factories as delivery
from pendamping.facilitators import indicators as registry
from pendamping.facilitators.models import LogEntry, LogFlag, MonthDecision, MonthReport
from pendamping.facilitators.queries import evaluations as queries
from pendamping.facilitators.services import assignments
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import evaluation_factories as make
from pendamping.facilitators.tests.evaluation_factories import HALF, at, reading
from pendamping.needs.menu import seed_menu
from pendamping.needs.models import Voice
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
ANSWER = "needs.first_answer"


def test_without_any_case_there_is_no_value() -> None:
    account = make.serving().account
    for one in registry.indicators():
        found = reading(one.key, account)
        assert found.sample == 0 or one.key.startswith("facilitators.")
        assert found.value is None or found.sample > 0


def test_a_case_still_open_counts_with_its_age() -> None:
    placed = make.serving()
    open_one = make.voices(placed.region, [1, 2, None])[-1]
    found = reading(ANSWER, placed.account)
    assert (found.value, found.sample, found.still_open) == (2, 3, 1)
    assert open_one.code in found.inputs


def test_a_case_older_than_all_others_and_still_open_counts_from_the_first_day_of_service() -> None:
    placed = make.serving()
    make.voices(placed.region, [None, None, None], began=date(2025, 3, 1))
    make.voices(placed.region, [1, 2])
    found = reading(ANSWER, placed.account)
    assert (found.value, found.at_least, found.still_open) == (180, True, 3)  # 1 January to 30 June


def test_what_was_answered_before_the_half_year_belongs_to_another_one() -> None:
    placed = make.serving()
    make.voices(placed.region, [3], began=date(2025, 12, 1))
    make.voices(placed.region, [40], began=date(2025, 12, 1))
    assert reading(ANSWER, placed.account).sample == 1


def test_what_is_answered_after_the_half_year_was_open_in_it() -> None:
    placed = make.serving()
    make.voices(placed.region, [60], began=date(2026, 6, 20))
    found = reading(ANSWER, placed.account)
    assert (found.value, found.at_least, found.still_open) == (10, True, 1)


def test_own_recordings_do_not_shorten_the_wait() -> None:
    placed = make.serving()
    make.voices(placed.region, [9])
    for one in make.voices(placed.region, [0, 0, 0]):
        Voice.objects.filter(pk=one.pk).update(recorded_by=placed.account)
    assert reading(ANSWER, placed.account).value == 9


def test_whoever_changes_wards_answers_for_each_on_its_days() -> None:
    first = make.serving(places.ward(1), ends_on=date(2026, 3, 31))
    make.serving(places.ward(2), starts_on=date(2026, 4, 1))
    make.voices(places.ward(1), [4], began=date(2026, 2, 1))
    make.voices(places.ward(2), [50], began=date(2026, 2, 1))  # answered on 23 March, before anybody came
    make.voices(places.ward(2), [70], began=date(2026, 2, 1))  # on 12 April, eleven days after the change
    make.voices(places.ward(1), [1], began=date(2026, 5, 1))  # after the change
    found = reading(ANSWER, first.account)
    assert found.sample == 2
    service_ = queries.on_duty(queries.assigned_in(first.account, HALF))
    assert [(span.path, span.since) for span in service_.inside] == [
        (places.ward(1).path, date(2026, 1, 1)),
        (places.ward(2).path, date(2026, 4, 1)),
    ]
    assert queries.main_place(service_) == places.ward(2).path  # 91 days against 90


def test_two_in_one_ward_share_its_cases_but_not_each_others_papers() -> None:
    ward = places.ward()
    one, two = make.serving(ward), make.serving(ward, "Bayu Contoh")
    make.voices(ward, [5, 5])
    assert reading(ANSWER, one.account) == reading(ANSWER, two.account)
    seed_menu(service.NOW)
    report = delivery.reported(delivery.project(ward))
    ProgressReport.objects.filter(pk=report.pk).update(
        reported_by=one.account, created_at=at(date(2026, 3, 2)), state="returned", verified_at=at(date(2026, 3, 4)),
        verified_by=two.account,
    )  # fmt: skip
    assert (reading("delivery.first_pass", one.account).value, reading("delivery.first_pass", two.account).sample) == (
        0,
        0,
    )


def test_leave_of_the_whole_half_year_leaves_nothing_to_judge() -> None:
    placed = make.serving()
    make.voices(placed.region, [1, 2, None])
    make.absent(placed.account, date(2026, 1, 1), date(2026, 6, 30))
    for one in registry.indicators():
        assert (reading(one.key, placed.account).value, reading(one.key, placed.account).sample) == (None, 0)


def log(placed: Any, on: date, **changes: Any) -> LogEntry:
    facts: dict[str, Any] = {"activity": "visit", "what": "Kunjungan", "written_at": at(on), **changes}
    return LogEntry.add(
        at=at(on), region=placed.region, account=placed.account, assignment=placed, day=on, **facts
    )  # fmt: skip


def test_discipline_counts_working_days_without_leave() -> None:
    placed = make.serving(starts_on=date(2026, 6, 15))  # Monday; 12 working days until 30 June
    make.absent(placed.account, date(2026, 6, 18), date(2026, 6, 19))
    for on in (date(2026, 6, 15), date(2026, 6, 15), date(2026, 6, 16), date(2026, 6, 18), date(2026, 6, 20)):
        log(placed, on)
    found = reading("facilitators.log_days", placed.account)
    assert (found.part, found.sample, found.value) == (2, 10, Decimal("0.2"))
    assert len(found.inputs) == 2


def test_late_lines_count_against_those_written_by_hand() -> None:
    placed = make.serving()
    lines = [log(placed, date(2026, 3, day)) for day in (2, 3, 4)]
    log(placed, date(2026, 3, 5), source=1, verb="needs.need_verified")
    LogFlag.objects.create(created_at=service.NOW, entry=lines[0], kind="late", figure=9)
    held_back = log(placed, date(2026, 3, 6))
    LogFlag.objects.create(created_at=service.NOW, entry=held_back, kind="held_back", figure=9)
    found = reading("facilitators.log_on_time", placed.account)
    assert (found.part, found.sample) == (2, 3)


def test_a_month_without_a_report_is_late() -> None:
    placed = make.serving()
    for month, late in ((1, False), (2, True), (3, False)):
        MonthReport.add(
            at=at(date(2026, month, 28)), region=placed.region, account=placed.account, year=2026, month=month,
            role="ward_facilitator", served_from=date(2026, month, 1), served_to=date(2026, month, 28), figures={},
            digest="x", sent_at=at(date(2026, month, 28)), is_late=late, closes_on=date(2026, month, 28), awaits="x",
        )  # fmt: skip
    found = reading("facilitators.months_on_time", placed.account)
    assert (found.part, found.sample, len(found.inputs)) == (2, 6, 3)
    assert reading("facilitators.months_first_pass", placed.account).sample == 0


def test_a_report_sent_back_after_its_approval_was_approved_at_first() -> None:
    placed, boss = make.serving(), make.secretariat()
    for month, said in ((1, ["1 returned", "2 approved"]), (2, ["1 approved", "1 returned", "2 approved"])):
        report = MonthReport.add(
            at=service.NOW, region=placed.region, account=placed.account, year=2026, month=month, figures={},
            role="ward_facilitator", served_from=date(2026, month, 1), served_to=date(2026, month, 28), digest="x",
            sent_at=service.NOW, closes_on=date(2026, month, 28), state="approved", approved_at=service.NOW,
            approved_by=boss,
        )  # fmt: skip
        for word in said:
            MonthDecision.objects.create(
                created_at=service.NOW, report=report, sending=int(word[0]), office="secretariat", kind=word[2:],
                decided_by=boss, reason="Lengkapi", digest="x",
            )  # fmt: skip
    found = reading("facilitators.months_first_pass", placed.account)
    assert (found.part, found.sample) == (1, 2)


def held(ward: Region, on: date, women: int, men: int, **groups: int) -> Meeting:
    meeting = Meeting.add(
        at=at(on), region=ward, title="Musyawarah", kind="development", fiscal_year=2026, held_on=on, place="Aula",
        agenda="Penetapan", chair_office="Lurah", state="closed", closed_at=at(on), closed_by=make.secretariat(),
    )  # fmt: skip
    Attendance.objects.create(meeting=meeting, women=women, men=men, at=at(on), **groups)
    return meeting


def test_who_took_part_is_counted_over_all_meetings_of_the_ward() -> None:
    placed = make.serving()
    one, two = held(placed.region, date(2026, 2, 1), 10, 20, disabled=3), held(placed.region, date(2026, 3, 1), 20, 10)
    held(placed.region, date(2025, 3, 1), 100, 0)
    held(places.ward(2), date(2026, 3, 1), 100, 0)
    found = reading("deliberation.women", placed.account)
    assert (found.value, found.part, found.sample, found.inputs) == (Decimal("0.5"), 30, 60, (one.code, two.code))
    assert reading("deliberation.disabled", placed.account).part == 3


def test_rts_without_a_voice_are_counted() -> None:
    placed = make.serving()
    rw = places.rw(placed.region)
    spots = [places.rt(rw, n) for n in (1, 2, 3, 4)]
    make.voices(spots[0], [1])
    found = reading("needs.rts_unheard", placed.account)
    assert (found.value, found.sample) == (Decimal("0.75"), 4)


def test_results_count_residents_and_inspections() -> None:
    placed = make.serving()
    seed_menu(service.NOW)
    asset = assets.standing(placed.region)
    Asset.objects.update(created_at=at(date(2026, 2, 1)), next_inspection_on=date(2026, 5, 1))
    asset.inspections.update(inspected_on=date(2026, 2, 1), next_inspection_on=date(2026, 12, 1), condition="good")
    for number, answer in enumerate(("yes", "yes", "partly")):
        Confirmation.add(
            at=at(date(2026, 4, 1)), region=placed.region, project=asset.handover.project, answer=answer,
            device=f"d{number}",
        )  # fmt: skip
    confirmed = reading("benefits.confirmed", placed.account)
    assert (confirmed.part, confirmed.sample, len(confirmed.inputs)) == (2, 3, 1)
    working = reading("assets.working", placed.account)
    assert (working.value, working.sample) == ((1, 1) if asset.inspections.exists() else (0, 1))


def test_the_number_of_queries_does_not_grow_with_wards() -> None:
    def count(account: Any) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            registry.read_all(queries.on_duty(queries.assigned_in(account, HALF)))
        return len(seen)

    one = make.serving(places.ward(1)).account
    few = count(one)
    for n in (2, 3):
        make.serving(places.ward(n))
        make.voices(places.ward(n), [1, None])
    assert count(one) == few <= 20


def test_an_assignment_called_off_before_it_began_is_no_service() -> None:
    placed = make.serving(starts_on=date(2026, 3, 1))
    assignments.end_assignment(
        by=make.secretariat(), at=service.NOW, assignment=placed, ended_on=date(2026, 2, 1), reason="Batal"
    )
    assert queries.assigned_in(placed.account, HALF).spans == ()
