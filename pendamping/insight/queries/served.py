"""What can wait once a selection is scored, and while facilitators serve: days, months, pay, half-years."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.access.verbs import Verb
from pendamping.facilitators.models import Evaluation, PayRun
from pendamping.facilitators.queries import absences, evaluations, interviews, logbook, months, objections, pay
from pendamping.insight.queries.kinds import Kind


def _lists_with_pay_that_did_not_arrive(_account: Any, _today: date) -> QuerySet[PayRun]:
    return pay.runs().filter(pk__in=pay.lines_waiting_for_treasurer().order_by().values("run"))


def _lists_with_my_pay(account: Any, _today: date) -> QuerySet[PayRun]:
    return pay.runs().filter(pk__in=pay.lines_waiting_for_receipt(account).order_by().values("run"))


def _coached(account: Any, today: date) -> QuerySet[Evaluation]:
    under_way = evaluations.coaching_waiting().order_by().values("evaluation")
    return evaluations.coached_by(account, today).filter(pk__in=under_way)


SERVED: tuple[Kind, ...] = (
    Kind(
        "criteria", _("Interviews without criteria"), Verb.SELECTION_MANAGE,
        lambda _a, _t: interviews.rounds_waiting_for_criteria(), "facilitators:panel", reach="city",
    ),
    Kind(
        "scores", _("Applicants to declare about, score or lock"), Verb.INTERVIEW_SCORE,
        lambda account, _t: interviews.interviews_waiting_for_member(account), "facilitators:interview", reach="own",
    ),
    Kind(
        "ranking", _("Rankings to publish"), Verb.SELECTION_MANAGE,
        lambda _a, _t: interviews.rounds_waiting_for_ranking(), "facilitators:ranking", reach="city",
    ),
    Kind(
        "objections", _("Objections to answer"), Verb.SELECTION_MANAGE,
        lambda _a, _t: objections.objections_waiting_for_answer(), "facilitators:objection", reach="inside",
    ),
    Kind(
        "lines", _("Lines of logbooks to verify"), Verb.LOG_VERIFY, logbook.logs_waiting_for_verifier,
        "facilitators:logbook_entry", since="day", reach="inside", named_by="account__name",
    ),
    Kind(
        "absences", _("Absences to decide"), Verb.LOG_VERIFY, absences.absences_waiting_for_decider,
        "facilitators:absence", due="first_day", reach="inside", named_by="account__name",
    ),
    Kind(
        "log_repairs", _("Lines of your logbook to repair"), Verb.LOG_WRITE,
        lambda account, _t: logbook.logs_waiting_for_repair(account), "facilitators:my_log_repair", since="returned_at",
        reach="own", named_by="what",
    ),
    Kind(
        "promises", _("What you promised to follow up"), Verb.LOG_WRITE,
        logbook.follow_ups_waiting, "facilitators:my_log_done",
        due="follow_up_by", reach="own", named_by="follow_up",
    ),
    Kind(
        "recommending", _("Month reports to recommend"), Verb.MONTH_RECOMMEND,
        months.reports_waiting_to_recommend, "facilitators:month_report",
        since="sent_at", reach="inside", named_by="account__name",
    ),
    Kind(
        "approving", _("Month reports to approve"), Verb.MONTH_APPROVE,
        lambda _a, _t: months.reports_waiting_for_approval(), "facilitators:month_report", since="sent_at",
        reach="inside", named_by="account__name",
    ),
    Kind(
        "own_months", _("Month reports sent back to you"), Verb.LOG_WRITE,
        lambda account, _t: months.own_reports_waiting(account), "facilitators:my_months", since="sent_at",
        coded_by="", reach="own",
    ),
    Kind(
        "unpaid", _("Approved month reports on no list of honoraria"), Verb.MONTH_APPROVE,
        lambda _a, _t: pay.reports_waiting_for_run(), "facilitators:pay_run_make", since="approved_at", coded_by="",
        reach="inside", named_by="account__name",
    ),
    Kind(
        "lists", _("Lists of honoraria to hand over"), Verb.MONTH_APPROVE,
        lambda _a, _t: pay.runs_waiting_to_hand_over(), "facilitators:pay_run", reach="city",
    ),
    Kind(
        "honoraria", _("Honoraria to pay"), Verb.HONORARIUM_PAY, lambda _a, _t: pay.runs_waiting_to_pay(),
        "facilitators:pay_desk_run", reach="city",
    ),
    Kind(
        "denied", _("Honoraria that did not arrive"), Verb.HONORARIUM_PAY, _lists_with_pay_that_did_not_arrive,
        "facilitators:pay_desk_run", reach="city",
    ),
    Kind(
        "receipts", _("Honorarium paid to you: did it arrive?"), Verb.LOG_WRITE, _lists_with_my_pay,
        "facilitators:my_pay", coded_by="", reach="own",
    ),
    Kind(
        "showing", _("Evaluations to show to the person"), Verb.EVALUATION_COACH,
        evaluations.waiting_to_show, "facilitators:evaluation", reach="inside",
        named_by="account__name",
    ),
    Kind(
        "coaching", _("Coaching under way"), Verb.EVALUATION_COACH, _coached, "facilitators:evaluation", reach="inside",
        named_by="account__name",
    ),
    Kind(
        "replies", _("Your evaluation, open for your reply"), Verb.LOG_WRITE,
        evaluations.waiting_for_reply, "facilitators:my_evaluation",
        due="reply_by", reach="own",
    ),
    Kind(
        "settling", _("Evaluations to settle"), Verb.EVALUATION_DECIDE,
        lambda _a, today: evaluations.waiting_for_settlement(today), "facilitators:evaluation", since="created_at",
        reach="inside", named_by="account__name",
    ),
    Kind(
        "renewals", _("Contracts to renew or not"), Verb.EVALUATION_DECIDE,
        lambda _a, _t: evaluations.waiting_for_renewal(), "facilitators:evaluation", since="settled_at",
        reach="inside", named_by="account__name",
    ),
)  # fmt: skip

LISTED: dict[str, tuple[str, str]] = {
    "criteria": ("facilitators:rounds", ""), "scores": ("facilitators:interviews", ""),
    "ranking": ("facilitators:rounds", ""), "objections": ("facilitators:objections", ""),
    "lines": ("facilitators:logbook", ""), "absences": ("facilitators:absences", ""),
    "log_repairs": ("facilitators:my_logbook", ""), "promises": ("facilitators:my_logbook", ""),
    "recommending": ("facilitators:months", ""), "approving": ("facilitators:months", ""),
    "own_months": ("facilitators:my_months", ""), "unpaid": ("facilitators:pay_runs", ""),
    "lists": ("facilitators:pay_runs", ""), "honoraria": ("facilitators:pay_desk", ""),
    "denied": ("facilitators:pay_desk", ""), "receipts": ("facilitators:my_pay", ""),
    "showing": ("facilitators:evaluations", ""), "coaching": ("facilitators:coaching_tasks", ""),
    "replies": ("facilitators:my_evaluations", ""), "settling": ("facilitators:evaluations", ""),
    "renewals": ("facilitators:evaluations", ""),
}  # fmt: skip
