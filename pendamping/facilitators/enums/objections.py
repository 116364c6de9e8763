"""Where an objection stands, and why one is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ObjectionState(TextChoices):
    """Where an objection stands (id: keadaan sanggahan)."""

    OPEN = "open", _("Waiting for an answer")
    REJECTED = "rejected", _("Rejected")
    UPHELD = "upheld", _("Upheld")


class Reason(TextChoices):
    """Sentences shown to people when an act of the objections is refused."""

    NOT_YET = "objection_not_yet", _("Objections can be lodged once the provisional result is published.")
    LATE = "objection_late", _("Objections could be lodged until {until}.")
    WITHDRAWN = "objection_withdrawn", _("The application was withdrawn.")
    NOT_HANDED_IN = "objection_not_handed_in", _("This application was never handed in.")
    NO_RESULT = "objection_no_result", _("There is no result of this stage to object to. Choose another stage.")
    EMPTY = "objection_empty", _("Write what you object to and why.")
    OPEN_ALREADY = "objection_open", _("Your objection to this stage is waiting for its answer.")
    ANSWERED_ALREADY = (
        "objection_answered",
        _("You have objected to this result already, and it was answered."),
    )
    DONE = "objection_done", _("This objection is answered. The answer stands.")
    REASON_MISSING = "objection_reason_missing", _("Write the reason. The applicant will read it.")
    OWN_DECISION = "objection_own_decision", _("You decided this stage yourself. Somebody else answers the objection.")
    FILES_OPEN = (
        "objection_files_open",
        _("Never checked, because something else had failed: {open}. The checkers look at this first."),
    )
    FILES_FAIL = (
        "objection_files_fail", _("Found since the objection, and it disqualifies too: {failed}. Reject it."),
    )  # fmt: skip
    SCORE_WITHOUT_UPHOLDING = (
        "objection_score_not_upheld", _("A score is corrected only when the objection is upheld."),
    )  # fmt: skip
    NO_SCORE = "objection_no_score", _("This stage has no score that could be corrected. Leave the new score empty.")
    SAME_SCORE = "objection_same_score", _("The new score is the old one. Write another, or leave it empty.")
    SCORE_RANGE = "objection_score_range", _("A score lies between 0 and 100.")
