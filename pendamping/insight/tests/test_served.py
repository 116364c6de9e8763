"""What waits after the computer test and while facilitators serve: for whoever acts next, and for nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.facilitators.services import months, pay_receipts, pay_runs
from pendamping.facilitators.tests import evaluation_factories as judging
from pendamping.facilitators.tests import logbook_factories as logbook
from pendamping.facilitators.tests import month_factories as month
from pendamping.facilitators.tests import ranking_factories as ranking
from pendamping.insight.queries.served import SERVED
from pendamping.insight.queries.waiting import LISTED, waiting
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def titles(who: Account, on: date) -> dict[str, list[str]]:
    return {group.key: [item.title for item in group.items] for group in waiting(scope_of(who, on), on)}


def addresses(who: Account, on: date) -> list[str]:
    return [item.href for group in waiting(scope_of(who, on), on) for item in group.items]


def test_the_end_of_a_selection_waits_for_panel_and_office() -> None:
    today = ranking.NOW.date()
    round_ = ranking.interviewing()
    one = ranking.applicant(round_)
    assert titles(ranking.judge(1), today)["scores"] == [one.code]
    assert "ranking" not in titles(ranking.secretariat(), today)
    ranking.interviewed(one)
    assert "scores" not in titles(ranking.judge(1), today)
    assert titles(ranking.secretariat(), today)["ranking"] == [round_.title]
    ranking.published(round_)
    assert "ranking" not in titles(ranking.secretariat(), today)
    ranking.objection(one)
    assert len(titles(ranking.secretariat(), today)["objections"]) == 1
    far = personas.person("secretariat", places.foreign_ward().parent.parent, "jauh")
    assert "objections" not in titles(far, today)


def test_the_logbook_waits_for_the_coordinator_and_what_comes_back_for_its_writer() -> None:
    sent_back = logbook.returned(what="Rapat RT", follow_up="Telepon lurah", follow_up_by=logbook.TODAY)
    writer = sent_back.account
    logbook.entry(what="Kunjungan")
    logbook.asked(sent_back.assignment)
    over = titles(logbook.coordinator(), logbook.TODAY)
    assert (over["lines"], over["absences"]) == ([writer.name], [writer.name])
    mine = titles(writer, logbook.TODAY)
    assert (mine["log_repairs"], mine["promises"]) == (["Rapat RT"], ["Telepon lurah"])
    assert "lines" not in mine
    elsewhere = personas.person("area_coordinator", places.foreign_ward().parent, "askot-lain")
    assert {"lines", "absences"} & set(titles(elsewhere, logbook.TODAY)) == set()


def test_a_month_goes_up_the_line_to_the_treasurer_and_back_to_the_person() -> None:
    today = month.AFTER.date()
    month.area()
    placed = month.serving()
    month.banked(placed)
    report = month.sent(placed)
    name = placed.account.name
    assert titles(month.area(), today)["recommending"] == [name]
    months.return_report(by=month.area(), at=month.AFTER, report=report, reason="Lampirkan foto")
    assert "own_months" in titles(placed.account, today)
    report = months.recommend_report(by=month.area(), at=month.AFTER, report=month.sent(placed))
    if report.awaits != "secretariat":
        report = months.recommend_report(by=month.korkot(), at=month.AFTER, report=report)
    assert titles(month.boss(), today)["approving"] == [name]
    months.approve_report(by=month.boss(), at=month.AFTER, report=report)
    assert titles(month.boss(), today)["unpaid"] == [name]
    made = month.run()
    office = titles(month.boss(), today)
    assert office["lists"] == [made.code] and "unpaid" not in office
    pay_runs.hand_over_run(by=month.boss(), at=month.AFTER, run=made)
    assert titles(month.treasurer(), today)["honoraria"] == [made.code]
    pay_runs.take_file(by=month.treasurer(), at=month.AFTER, run=made)
    pay_runs.pay_run(by=month.treasurer(), at=month.AFTER, run=made, paid_on=today, number="SP2D-7")
    assert titles(placed.account, today)["receipts"] == [made.code]
    assert "/pendamping-saya/honor/" in addresses(placed.account, today)
    pay_receipts.deny_receipt(by=placed.account, at=month.AFTER, line=made.lines.get(), said="Belum masuk")
    assert titles(month.treasurer(), today)["denied"] == [made.code]


def test_a_half_year_waits_for_coach_person_and_office() -> None:
    today = judging.AFTER.date()
    made = judging.computed()
    name = made.account.name
    assert titles(judging.coordinator(), today)["showing"] == [name]
    judging.evaluations.show_evaluation(by=judging.coordinator(), at=judging.AFTER, evaluation=made)
    assert titles(made.account, today)["replies"] == [made.code]
    assert titles(judging.coordinator(), today)["coaching"] == [name]
    judging.evaluations.reply_to_evaluation(by=made.account, at=judging.AFTER, evaluation=made, reply="Banjir")
    assert titles(judging.secretariat(), today)["settling"] == [name]
    judging.evaluations.settle_evaluation(by=judging.secretariat(), at=judging.AFTER, evaluation=made, words="Diterima")
    assert titles(judging.secretariat(), today)["renewals"] == [name]


def test_every_kind_leads_to_a_list_and_asks_once_however_many_wait() -> None:
    assert {kind.key for kind in SERVED} <= set(LISTED)
    coach = logbook.coordinator()
    counts = []
    for number in (1, 2):
        logbook.entry(what=f"Kunjungan {number}")
        with CaptureQueriesContext(connection) as seen:
            titles(coach, logbook.TODAY)
        counts.append(len(seen))
    assert counts[0] == counts[1]
