"""What the journal tells of question banks and the computer test."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "facilitators.bank_made": _("A question bank was made"),
    "facilitators.question_added": _("A question was added to a bank"),
    "facilitators.question_retired": _("A question was put out of use"),
    "facilitators.blueprint_set": _("What the computer test asks was fixed"),
    "facilitators.sitting_planned": _("A sitting of the computer test was planned"),
    "facilitators.sitting_moved": _("A sitting of the computer test was moved"),
    "facilitators.sitting_called_off": _("A sitting of the computer test was called off"),
    "facilitators.applicants_seated": _("Applicants were given their seats for the computer test"),
    "facilitators.seating_printed": _("The seating list with names and PINs was printed"),
    "facilitators.pin_renewed": _("A seat got another PIN"),
    "facilitators.sitting_opened": _("A sitting of the computer test was opened"),
    "facilitators.seat_taken": _("A candidate entered the computer test"),
    "facilitators.exam_begun": _("A candidate began the computer test"),
    "facilitators.answer_saved": _("A candidate's answer was saved"),
    "facilitators.exam_handed_in": _("A candidate handed in the computer test"),
    "facilitators.extra_time_granted": _("A candidate was given more time"),
    "facilitators.sitting_closed": _("A sitting of the computer test was closed and scored under seal"),
    "facilitators.question_voided": _("A question was taken out of the score of the computer test"),
    "facilitators.exam_released": _("The result of the computer test was released"),
}
