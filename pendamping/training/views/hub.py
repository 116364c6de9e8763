"""Where the work on training begins: the lists somebody may open, in the order of a course."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb

LISTS = (
    (Verb.TRAINING_MANAGE, "courses", _("Courses"), _("What is taught: versions, modules, quizzes, packages.")),
    (Verb.TRAINING_MANAGE, "competencies", _("Units of competence"), _("Standards that the modules serve.")),
    (Verb.TRAINING_SEE, "enrolments", _("Learners"), _("Who learns what, how far, and what is still missing.")),
    (Verb.TRAINING_SEE, "sessions", _("Sessions"), _("Face to face: timetable, places, attendance.")),
    (Verb.TASK_ASSESS, "tasks", _("Field tasks"), _("What was handed in and waits for you.")),
    (Verb.TRAINING_SEE, "certificates", _("Certificates"), _("Issued, corrected, revoked, and those that end soon.")),
    (Verb.TRAINING_MANAGE, "gates", _("What asks for a certificate"), _("Acts in the field that need one.")),
    (Verb.TRAINING_SEE, "effect_courses", _("Results"), _("What a course added; report as PDF and XLSX.")),
    (Verb.TRAINING_SEE, "field_errors", _("Errors in the field"), _("The most frequent, and the module for each.")),
)


@page(Verb.WORK_SEE)
@require_GET
def hub(request: HttpRequest) -> HttpResponse:
    """The lists of training that this person's rights open."""
    scope = request.scope
    lists = [(title, reverse(f"training:{name}"), note) for verb, name, title, note in LISTS
             if scope.can_anywhere(verb)]  # fmt: skip
    if not lists:
        raise PermissionDenied
    return render_page(request, "training/hub.html", {"lists": lists})
