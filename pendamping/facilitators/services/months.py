"""A month planned and reported by the person, recommended and approved up the line, or sent back with a reason."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from pendamping.access import duties
from pendamping.access.duties import Done, Duty
from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.core.verdicts import Verdict
from pendamping.facilitators.enums.months import DecisionKind, MonthOffice, MonthState, Reason
from pendamping.facilitators.models import Assignment, MonthDecision, MonthPlan, MonthReport, PlanLine
from pendamping.facilitators.queries import months as queries
from pendamping.facilitators.queries.month_figures import compose
from pendamping.facilitators.queries.month_rules import terms
from pendamping.facilitators.rules import months as rules
from pendamping.facilitators.services.holding import hold
from pendamping.facilitators.services.log_gathering import gather
from pendamping.facilitators.services.telling import tell
from pendamping.regions.models import Region

DECIDERS = (Verb.MONTH_RECOMMEND, Verb.MONTH_APPROVE)
PlanItem = tuple[str, Region, str, int]  # what, where, activity, how many


@act("facilitators.plan_sent")
def send_plan(*, by: Account, at: datetime, year: int, month: int, items: Sequence[PlanItem]) -> MonthPlan:
    """Send the plan of a month (id: mengirim rencana bulanan), also a changed one until the month begins.

    After the day the rules give it is marked as late, never refused. Refused: nobody placed, a month that is over, no
    lines, a place not one's own.
    """
    placed, _service, shown = _serving(by, year, month)
    known = MonthPlan.objects.select_for_update(of=("self",)).filter(account=by, year=year, month=month).first()
    lines = [
        rules.Planned(what, region.path, region.label, activity, wanted) for what, region, activity, wanted in items
    ]
    rules.may_plan(
        year=year, month=month, today=day(at), known=known is not None,
        lines=lines, places=[one.region_path for one in placed], shown=shown,
    ).or_raise()  # fmt: skip
    region = queries.around(placed)
    due = rules.plan_due_on(year, month, terms(region.city_path, rules.first_day(year, month)))
    plan = known or _new_plan(by, region, year, month, at, shown)
    plan.sent_at, plan.is_late, plan.region, plan.region_path = at, day(at) > due, region, region.path
    plan.save(update_fields=["sent_at", "is_late", "region", "region_path"])
    plan.lines.all().delete()
    PlanLine.objects.bulk_create(
        PlanLine(
            created_at=at, plan=plan, position=number, what=mask_to(what, 200), region=where, activity=activity,
            wanted=wanted,
        )
        for number, (what, where, activity, wanted) in enumerate(items, start=1)
    )  # fmt: skip
    facts = {"month": plan.journal_label, "lines": len(items), "late": plan.is_late}
    tell("facilitators.plan_sent", plan, by=by, at=at, right=Verb.LOG_WRITE, changes=facts)
    return plan


def _new_plan(by: Account, region: Region, year: int, month: int, at: datetime, shown: str) -> MonthPlan:
    try:
        with transaction.atomic():
            return MonthPlan.objects.create(
                created_at=at, account=by, region=region, region_path=region.path, year=year, month=month, sent_at=at
            )
    except IntegrityError as problem:
        raise Refused(Reason.PLAN_FIXED, month=shown) from problem


@act("facilitators.month_sent")
def send_report(*, by: Account, at: datetime, year: int, month: int, note: str = "") -> MonthReport:
    """Close a month (id: mengirim laporan bulanan): what the log says now is frozen and goes up the line.

    Possible on the last day of the month, earlier only for whoever's appointment ends in it, so that nobody who is
    placed anew finds the month closed; after the correction window it is marked as late, never refused.
    Refused: nobody placed, too early, lines sent back and not mended, sent or approved already, also by two at once.
    """
    hold(by)
    placed, service, shown = _serving(by, year, month)
    known = (
        MonthReport.objects.select_for_update(of=("self",))
        .select_related("region")
        .filter(account=by, year=year, month=month)
        .first()
    )
    rules.may_send(
        service=service, state=known.state if known else None, today=day(at), shown=shown,
        sent_back=queries.lines_sent_back(by, year, month),
    ).or_raise()  # fmt: skip
    gather(by, service.since, service.until)
    figures = compose(by, year, month, placed=placed, service=service)
    note = mask(note).text
    facts: dict[str, Any] = {
        "role": service.role, "served_from": service.since, "served_to": service.until, "note": note,
        "figures": figures, "digest": _digest(figures, note), "sent_at": at, "state": MonthState.SENT,
    }  # fmt: skip
    report = _again(known, facts) if known else _first(by, placed, year, month, facts, at=at, shown=shown)
    report.awaits = queries.next_office(report, day(at))
    report.save(update_fields=["awaits"])
    told = {
        "month": _label(report), "sending": report.sendings, "late": report.is_late, "digest": report.digest,
        "awaits": report.awaits,
    }  # fmt: skip
    tell("facilitators.month_sent", report, by=by, at=at, right=Verb.LOG_WRITE, changes=told)
    return report


def _first(
    by: Account, placed: list[Assignment], year: int, month: int, facts: dict[str, Any], *, at: datetime, shown: str
) -> MonthReport:
    region = queries.around(placed)
    closes = rules.closes_on(year, month, terms(region.city_path, rules.last_day(year, month)))
    try:
        with transaction.atomic():
            return MonthReport.add(
                at=at, region=region, account=by, year=year, month=month, closes_on=closes,
                is_late=day(at) > closes, awaits=MonthOffice.SECRETARIAT, **facts,
            )  # fmt: skip
    except IntegrityError as problem:
        raise Refused(Reason.SENT_ALREADY, month=shown) from problem


def _again(known: MonthReport, facts: dict[str, Any]) -> MonthReport:
    """Sent anew after a return; the place it belongs to stays, so that those who read it before read it again."""
    for name, value in facts.items():
        setattr(known, name, value)
    known.sendings += 1
    known.awaits, known.returned_reason = MonthOffice.SECRETARIAT, ""
    known.save(update_fields=[*facts, "sendings", "awaits", "returned_reason"])
    return known


@act("facilitators.month_recommended")
def recommend_report(
    *, by: Account, at: datetime, report: MonthReport, sending: int | None = None, reason: str = ""
) -> MonthReport:
    """A coordinator recommends (id: merekomendasikan laporan); `sending` is the one that was read.

    Refused: another office is next, one's own report, a second decision by the same person.
    """
    report, office, verdict = _decide(report, by, at, sending)
    verdict.or_raise()
    if office == MonthOffice.SECRETARIAT:
        raise Refused(Reason.WAITS_FOR, office=office.label)
    _say(report, office, DecisionKind.RECOMMENDED, reason, by=by, at=at)
    report.state = MonthState.RECOMMENDED
    report.awaits = queries.next_office(report, day(at))
    report.save(update_fields=["state", "awaits"])
    told = {"sending": report.sendings, "office": office, "awaits": report.awaits}
    tell("facilitators.month_recommended", report, by=by, at=at, right=Verb.MONTH_RECOMMEND, changes=told)
    return report


@act("facilitators.month_approved")
def approve_report(*, by: Account, at: datetime, report: MonthReport, sending: int | None = None) -> MonthReport:
    """The secretariat approves (id: menyetujui laporan); it can be paid then.

    Refused: coordinators come first, one's own report, whoever recommended it, anybody who serves as facilitator.
    """
    report, office, verdict = _decide(report, by, at, sending)
    verdict.or_raise()
    if office != MonthOffice.SECRETARIAT:
        raise Refused(Reason.WAITS_FOR, office=office.label)
    earlier = [Done(Duty.REPORTER, report.account_id)]
    duties.duty_verdict(by=by, place=report.region_path, at=at, takes=Duty.APPROVER, earlier=earlier).or_raise()
    _say(report, office, DecisionKind.APPROVED, "", by=by, at=at)
    report.state, report.awaits, report.approved_at, report.approved_by = MonthState.APPROVED, "", at, by
    report.save(update_fields=["state", "awaits", "approved_at", "approved_by"])
    told = {"month": _label(report), "sending": report.sendings, "digest": report.digest}
    tell("facilitators.month_approved", report, by=by, at=at, right=Verb.MONTH_APPROVE, changes=told)
    return report


@act("facilitators.month_returned")
def return_report(
    *, by: Account, at: datetime, report: MonthReport, reason: str, sending: int | None = None
) -> MonthReport:
    """Send a report back (id: mengembalikan laporan) with what has to be mended; the log of the month opens again.

    By whoever could recommend or approve it now; by the secretariat also when it is approved, until it is on a list of
    honoraria.
    """
    Region.objects.select_for_update(no_key=True).get(path=report.city_path)  # as a list of honoraria being made
    report = _locked(report)
    rules.may_return(return_verdict(report, by, at, sending), reason=reason).or_raise()
    old = report.state
    office = MonthOffice.SECRETARIAT if old == MonthState.APPROVED else queries.next_office(report, day(at))
    _say(report, office, DecisionKind.RETURNED, reason, by=by, at=at)
    report.state, report.awaits, report.returned_reason = MonthState.RETURNED, "", mask_to(reason, 500)
    report.approved_at = report.approved_by = None
    report.save(update_fields=["state", "awaits", "returned_reason", "approved_at", "approved_by"])
    right = Verb.MONTH_APPROVE if office == MonthOffice.SECRETARIAT else Verb.MONTH_RECOMMEND
    told = {"sending": report.sendings, "office": office, "state": [old, report.state]}
    tell("facilitators.month_returned", report, by=by, at=at, right=right, changes=told)
    return report


@act("facilitators.month_passed_on")
def pass_report_on(*, by: Account | None, at: datetime, report: MonthReport) -> MonthReport:
    """Let a report wait for the office that is next now (id: meneruskan laporan), where offices were filled or left."""
    report = _locked(report)
    old, office = report.awaits, queries.next_office(report, day(at))
    if report.state not in rules.ON_THE_WAY or office == old:
        return report
    report.awaits = office
    report.save(update_fields=["awaits"])
    told = {"sending": report.sendings, "awaits": [old, office]}
    tell("facilitators.month_passed_on", report, by=by, at=at, right=Verb.MONTH_APPROVE, changes=told)
    return report


def decision_verdict(report: MonthReport, by: Account, at: datetime, sending: int | None = None) -> Verdict:
    """May this person decide on this report now? Also for pages, which show the reason beside the act."""
    return _verdict(report, queries.next_office(report, day(at)), by, at, sending)


def return_verdict(report: MonthReport, by: Account, at: datetime, sending: int | None = None) -> Verdict:
    """May this person send this report back now?"""
    if report.state != MonthState.APPROVED:
        return decision_verdict(report, by, at, sending)
    return rules.may_reopen(
        state_label=report.get_state_display(), actor=by.pk, owner=report.account_id, offices=_offices(report, by, at),
        on_list=queries.is_on_list(report), sending=report.sendings, seen=sending,
    )  # fmt: skip


def _decide(
    report: MonthReport, by: Account, at: datetime, sending: int | None
) -> tuple[MonthReport, MonthOffice, Verdict]:
    """The report, held, with the office that is next, whose part this person takes if they may."""
    report = _locked(report)
    office = queries.next_office(report, day(at))
    return report, office, _verdict(report, office, by, at, sending)


def _locked(report: MonthReport) -> MonthReport:
    return MonthReport.objects.select_for_update(of=("self",)).select_related("region").get(pk=report.pk)


def _verdict(report: MonthReport, office: MonthOffice, by: Account, at: datetime, sending: int | None) -> Verdict:
    return rules.may_decide(
        state=report.state, state_label=report.get_state_display(), actor=by.pk, owner=report.account_id,
        offices=_offices(report, by, at), next_office=office, said=queries.said_of(report), sending=report.sendings,
        seen=sending,
    )  # fmt: skip


def _offices(report: MonthReport, by: Account, at: datetime) -> list[str]:
    return [role.key for role in scope_of(by, day(at)).offices_at(report) if role.verbs & set(DECIDERS)]


def _say(report: MonthReport, office: MonthOffice, kind: str, reason: str, *, by: Account, at: datetime) -> None:
    MonthDecision.objects.create(
        created_at=at, report=report, sending=report.sendings, office=office, kind=kind, decided_by=by,
        reason=mask_to(reason, 500), digest=report.digest,
    )  # fmt: skip


def _serving(by: Account, year: int, month: int) -> tuple[list[Assignment], rules.Service, str]:
    """Where and when this person serves in a month; refused for nobody placed, and for what is no month."""
    is_month = 1 <= month <= 12 and 2000 <= year <= 2200
    shown = formats.day(rules.first_day(year, month), "bulan") if is_month else f"{year}-{month}"
    placed = queries.placed_in(by, year, month) if is_month else []
    service = queries.service_in(placed, year, month, queries.appointments_of(by))
    if service is None:
        raise Refused(Reason.NOT_SERVING, month=shown)
    return placed, service, shown


def _label(report: MonthReport) -> str:
    return f"{report.year}-{report.month:02d}"


def _digest(figures: dict[str, Any], note: str) -> str:
    return hashlib.sha256(json.dumps([figures, note], sort_keys=True).encode()).hexdigest()
