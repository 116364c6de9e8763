"""Where a priority matrix stands, and why an act on one is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MatrixState(TextChoices):
    """Where a priority matrix stands (id: keadaan matriks prioritas)."""

    DRAFT = "draft", pgettext_lazy("matrix", "Criteria being chosen")
    FROZEN = "frozen", pgettext_lazy("matrix", "Criteria fixed, scoring open")
    CLOSED = "closed", pgettext_lazy("matrix", "Scoring closed")


class MatrixReason(TextChoices):
    """Sentences shown to people when an act of a priority matrix is refused."""

    EXISTS = "matrix_exists", _("This meeting has a priority matrix already.")
    NONE = "matrix_none", _("This meeting has no priority matrix. Begin one first.")
    NO_CRITERIA_IN_FORCE = (
        "matrix_no_criteria_in_force",
        _("The city has no criteria in force. It sets them first, under “Criteria”."),
    )
    FROZEN = (
        "matrix_frozen",
        _("Criteria and weights were fixed before scoring began and cannot be changed any more."),
    )
    NOT_FROZEN = "matrix_not_frozen", _("Criteria and weights are not fixed yet; scoring begins after that.")
    CLOSED = "matrix_closed", _("Scoring is closed.")
    NO_WEIGHT = "matrix_no_weight", _("Give at least one criterion a weight above zero.")
    WEIGHT_LARGE = "matrix_weight_large", _("A weight goes from 0 to {most}.")
    NO_SUCH_CRITERION = "matrix_no_such_criterion", _("“{key}” is no criterion of this matrix. Open the page again.")
    KEY_TAKEN = "matrix_key_taken", _("A criterion of this name is in the matrix already. Give it another name.")
    TITLE_MISSING = "matrix_title_missing", _("Give the criterion a name in Indonesian.")
    LEVELS = (
        "matrix_levels",
        _("Five levels, from {least} to {most}, each with the words that say what it means. No words twice."),
    )
    TOO_FEW_PROPOSALS = (
        "matrix_too_few",
        _("A ranking needs at least two proposals on the agenda. Put them on it first."),
    )
    LABEL_MISSING = "matrix_label_missing", _("Say whom the seat is for, by office. No names of persons.")
    SEAT_TAKEN = "matrix_seat_taken", _("This person has a seat already.")
    SEAT_SENT = "matrix_seat_sent", _("Scores of this seat were sent; it cannot be taken back.")
    NO_SUCH_SEAT = "matrix_no_such_seat", _("This matrix has no seat {number}.")
    NOT_SEATED = "matrix_not_seated", _("The chair gave you no seat in this matrix. Ask the chair of the meeting.")
    WRONG_KEY = "matrix_wrong_key", _("This code opens no seat. Check it against the paper, sign by sign.")
    TOO_MANY = "matrix_too_many", _("Too many codes were tried from this connection. Try again in an hour.")
    NOT_WHOLE = "matrix_not_whole", _("{title}: choose a level for “{criterion}”.")
    NO_SUCH_LEVEL = "matrix_no_such_level", _("{points} is no level of “{criterion}”. Choose one of its levels.")
    NOBODY_SENT = "matrix_nobody_sent", _("No scores were sent yet. Close when those seated have scored.")
    SEATS_WAIT = (
        "matrix_seats_wait",
        _("Seats that have not sent their scores: {seats}. Wait for them, or take these seats back."),
    )
    CHANGED = (
        "matrix_changed",
        _("Criteria, weights or proposals are no longer what was fixed before scoring. The office must look into it."),
    )
    STILL_OPEN = "matrix_still_open", _("The scoring of the priority matrix is still open. Close it first.")
