"""What can wait in the selection and service of facilitators; most of it belongs to the whole city."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.facilitators.models import Appointment
from pendamping.facilitators.queries import applications, appointments, ethics, exams, rounds
from pendamping.insight.queries.kinds import Kind


def _at(today: date) -> datetime:
    """Now, or noon of another day that somebody looks at."""
    now = timezone.now()
    return now if day(now) == today else datetime.combine(today, time(5), UTC)


def _unsigned(account: Any, today: date) -> QuerySet[Appointment]:
    """A person's own appointments that did not sign the code of ethics in force in their city."""
    waiting = [appointment.pk for appointment, _code in ethics.unsigned(account, today)]
    return appointments.of_person(account).filter(pk__in=waiting)


SELECTED: tuple[Kind, ...] = (
    Kind(
        "rounds", _("Selections to prepare"), Verb.SELECTION_MANAGE,
        lambda _a, _t: rounds.rounds_waiting_for_requirements(), "facilitators:round", due="opens_on", reach="city",
    ),
    Kind(
        "counter", _("Paper applications to finish"), Verb.APPLICATION_RECEIVE,
        lambda _a, today: applications.applications_waiting_for_counter(_at(today)), "facilitators:application",
        reach="city", named_by="round__title",
    ),
    Kind(
        "paper_asked", _("Questions to pass on to who applied on paper"), Verb.APPLICATION_RECEIVE,
        lambda _a, _t: applications.paper_applications_asked(), "facilitators:application", reach="city",
        named_by="round__title",
    ),
    Kind(
        "files", _("Applications whose files wait to be checked"), Verb.APPLICATION_CHECK,
        lambda _a, _t: applications.applications_waiting_for_check(), "facilitators:application_check",
        since="submitted_at", reach="city", named_by="round__title",
    ),
    Kind(
        "opening", _("Sittings to open"), Verb.EXAM_RUN,
        lambda _a, today: exams.sittings_waiting_to_open(_at(today)), "facilitators:exam_sitting", since="starts_at",
        reach="city", named_by="place",
    ),
    Kind(
        "closing", _("Sittings to close"), Verb.EXAM_RUN,
        lambda _a, today: exams.sittings_waiting_to_close(_at(today)), "facilitators:exam_sitting", since="starts_at",
        reach="city", named_by="place",
    ),
    Kind(
        "results", _("Results of the computer test to release"), Verb.SELECTION_MANAGE,
        lambda _a, _t: exams.rounds_waiting_for_release(), "facilitators:exam_round", reach="city",
    ),
    Kind(
        "late_tests", _("Tests to hold after an objection"), Verb.SELECTION_MANAGE,
        lambda _a, _t: exams.rounds_waiting_for_late_test(), "facilitators:exam_round", reach="city",
    ),
    Kind(
        "placing", _("Facilitators to place"), Verb.APPOINTMENT_MANAGE,
        lambda _a, today: appointments.waiting_for_assignment(today), "facilitators:appointment", due="starts_on",
        reach="city", named_by="account__name",
    ),
    Kind(
        "contracts", _("Facilitators without a contract this year"), Verb.APPOINTMENT_MANAGE,
        lambda _a, today: appointments.waiting_for_contract(today), "facilitators:appointment", due="starts_on",
        reach="city", named_by="account__name",
    ),
    Kind(
        "successors", _("Facilitators who left, to be replaced"), Verb.APPOINTMENT_MANAGE,
        lambda _a, today: appointments.waiting_for_successor(today), "facilitators:appointment", since="ended_on",
        reach="city", named_by="account__name",
    ),
    Kind(
        "panels", _("Cases of ethics that need a panel"), Verb.APPOINTMENT_MANAGE,
        lambda _a, _t: ethics.waiting_for_panel(), "facilitators:ethics_panel", reach="city",
    ),
    Kind(
        "cases", _("Cases of ethics to decide"), Verb.ETHICS_REVIEW,
        lambda account, _t: ethics.waiting_for_member(account), "facilitators:ethics_case", reach="own",
    ),
    Kind(
        "takeovers", _("Work to take over from who served before you"), Verb.LOG_WRITE,
        lambda account, _t: appointments.waiting_for_handover(account), "facilitators:my_takeover", since="starts_on",
        reach="own",
    ),
    Kind(
        "signing", _("The code of ethics to sign"), Verb.LOG_WRITE, _unsigned, "facilitators:my_signing",
        since="starts_on", reach="own",
    ),
    Kind(
        "answers", _("Cases of ethics that ask for your answer"), Verb.LOG_WRITE,
        lambda account, _t: ethics.waiting_for_answer(account), "facilitators:my_case", due="answer_by", reach="own",
    ),
)  # fmt: skip

LISTED: dict[str, tuple[str, str]] = {
    "rounds": ("facilitators:rounds", ""), "counter": ("facilitators:applications", ""),
    "paper_asked": ("facilitators:applications", "view=asked"),
    "files": ("facilitators:application_checks", ""), "opening": ("facilitators:exam_sittings", ""),
    "closing": ("facilitators:exam_sittings", ""), "results": ("facilitators:rounds", ""),
    "late_tests": ("facilitators:rounds", ""), "placing": ("facilitators:appointments", ""),
    "contracts": ("facilitators:appointments", ""),
    "successors": ("facilitators:appointments", ""), "panels": ("facilitators:ethics_register", ""),
    "cases": ("facilitators:ethics_cases", ""), "takeovers": ("facilitators:my_service", ""),
    "signing": ("facilitators:my_service", ""), "answers": ("facilitators:my_service", ""),
}  # fmt: skip
