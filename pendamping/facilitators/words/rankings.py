"""What the journal tells of interviews, the ranking, objections and what is deleted on schedule."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "facilitators.interview_rules_set": _("Criteria and weights of the interview were fixed"),
    "facilitators.panel_member_seated": _("Somebody was seated on the interview panel"),
    "facilitators.panel_member_left": _("A member left the interview panel"),
    "facilitators.conflict_declared": _("A panel member declared about a conflict of interest"),
    "facilitators.scores_saved": _("A panel member's scores were saved"),
    "facilitators.scores_locked": _("A panel member locked their scores"),
    "facilitators.conflict_lifted": _("A conflict of interest declared by mistake was lifted"),
    "facilitators.interview_revealed": _("The interview scores of an applicant were revealed"),
    "facilitators.interview_closed": _("An interview was closed before all had scored"),
    "facilitators.interview_missed": _("An applicant did not come to the interview"),
    "facilitators.outlier_noted": _("A striking interview score was explained"),
    "facilitators.ranking_published": _("The ranking was published"),
    "facilitators.ranking_renewed": _("A new version of the ranking was published"),
    "facilitators.round_exported": _("Data of the selection were taken away as a file"),
    "facilitators.objection_lodged": _("An applicant objected to a result"),
    "facilitators.objection_answered": _("An objection was answered"),
    "facilitators.score_corrected": _("A score was corrected after an objection"),
    "facilitators.file_check_corrected": _("A failed file check was passed after an objection"),
    "facilitators.round_forgotten": _("Files and identities of those not selected were deleted on schedule"),
}
