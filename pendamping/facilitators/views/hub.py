"""Where the work on facilitators begins: the lists somebody may open, in the order of a facilitator's life."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb

LISTS = (
    (Verb.SELECTION_SEE, "rounds", _("Selections"), _("Rounds with their posts, requirements and calendar.")),
    (
        Verb.APPLICATION_RECEIVE,
        "applications",
        _("Application counter"),
        _("Applications by code, and those from paper."),
    ),
    (Verb.APPLICATION_CHECK, "application_checks", _("File check"), _("Applications whose files wait to be checked.")),
    (Verb.SELECTION_MANAGE, "question_banks", _("Question banks"), _("Questions of the computer test, under lock.")),
    (Verb.SELECTION_SEE, "exam_sittings", _("Computer test"), _("Sittings, seats and results.")),
    (Verb.INTERVIEW_SCORE, "interviews", _("My interviews"), _("Whom you declare about, score and lock.")),
    (
        Verb.SELECTION_MANAGE,
        "objections",
        _("Objections"),
        _("What applicants object to, until when, and your answer."),
    ),
    (Verb.FACILITATOR_SEE, "decrees", _("Decrees"), _("Whom the city appoints, and inaugurations.")),
    (Verb.FACILITATOR_SEE, "appointments", _("Appointments"), _("Who serves, by which decree, until when.")),
    (Verb.FACILITATOR_SEE, "coverage", _("Who serves where"), _("Wards without a facilitator, and gaps in time.")),
    (Verb.EVALUATION_COACH, "evaluations", _("Evaluations"), _("Half-years of facilitators, replies and coaching.")),
    (Verb.EVALUATION_DECIDE, "evaluations", _("Evaluations"), _("Half-years to settle, contracts to decide.")),
    (Verb.LOG_WRITE, "my_logbook", _("My logbook"), _("Your days: write a line, see what fell in by itself.")),
    (Verb.LOG_VERIFY, "logbook", _("Logbooks"), _("Lines of the facilitators of your area, to be verified.")),
    (Verb.LOG_VERIFY, "absences", _("Absences"), _("Leave, sickness and duty travel, to be decided.")),
    (Verb.FACILITATOR_SEE, "months", _("Month reports"), _("Who sent, whose report waits for whom, who has not.")),
    (Verb.MONTH_APPROVE, "pay_runs", _("Honoraria"), _("Lists made from approved reports.")),
    (Verb.HONORARIUM_PAY, "pay_desk", _("Pay"), _("Lists of honoraria to pay, and pay that did not arrive.")),
    (Verb.MONTH_APPROVE, "month_rules", _("Months and pay"), _("Days of plan, report and pay; deductions.")),
    (Verb.APPOINTMENT_MANAGE, "ethics_register", _("Code of ethics"), _("Its versions, who has signed, and panels.")),
    (Verb.ETHICS_REVIEW, "ethics_cases", _("Cases of ethics"), _("The cases on whose panel you sit.")),
)


@page(Verb.WORK_SEE)
@require_GET
def hub(request: HttpRequest) -> HttpResponse:
    """The lists of selection and service that this person's rights open."""
    scope = request.scope
    lists = [(title, reverse(f"facilitators:{name}"), note) for verb, name, title, note in LISTS
             if scope.can_anywhere(verb)]  # fmt: skip
    if not lists:
        raise PermissionDenied
    return render_page(request, "facilitators/hub.html", {"lists": lists})
