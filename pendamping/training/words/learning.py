"""What the journal tells of learners: enrolled, moved, tried, handed in, passed."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "training.enrolled": _("Somebody was enrolled in a course"),
    "training.all_enrolled": _("All who serve an area were enrolled in a course"),
    "training.enrolment_left": _("Somebody left a course"),
    "training.enrolment_moved": _("An enrolment followed its learner to another place"),
    "training.course_passed": _("Somebody passed a course"),
    "training.place_kept": _("A place in a page was kept"),
    "training.activity_done": _("A step of a course was done"),
    "training.attempt_begun": _("A quiz was begun"),
    "training.answer_saved": _("An answer was saved"),
    "training.attempt_finished": _("A quiz was handed in"),
    "training.practised": _("A question was practised"),
    "training.task_handed_in": _("A field task was handed in"),
    "training.task_assessed": _("A field task was assessed"),
    "training.task_returned": _("A field task was returned"),
    "training.opinion_given": _("Somebody gave an opinion of a course"),
}
