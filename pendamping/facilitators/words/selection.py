"""What the journal tells of rounds, requirements, applications and the file check."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "facilitators.round_made": _("A selection was prepared"),
    "facilitators.round_edited": _("The selection was changed before opening"),
    "facilitators.round_advanced": _("The selection went on to its next stage"),
    "facilitators.round_cancelled": _("The selection was cancelled"),
    "facilitators.post_added": _("A post was added to the selection"),
    "facilitators.post_removed": _("A post was taken out of the selection"),
    "facilitators.requirement_added": _("A requirement was written"),
    "facilitators.requirement_edited": _("A requirement was changed before it was published"),
    "facilitators.requirement_removed": _("A requirement was taken out before it was published"),
    "facilitators.requirement_change_begun": _("A new version of the requirements was begun"),
    "facilitators.requirement_change_dropped": _("A new version of the requirements was given up"),
    "facilitators.requirements_published": _("A new version of the requirements came into force"),
    "facilitators.application_begun": _("An application was begun"),
    "facilitators.application_saved": _("What an applicant filled in so far was kept"),
    "facilitators.evidence_kept": _("An applicant added a file to the application"),
    "facilitators.evidence_removed": _("An applicant took a file out of the application"),
    "facilitators.evidence_declared": _("An applicant ticked or unticked a declaration"),
    "facilitators.application_submitted": _("An application was handed in"),
    "facilitators.application_withdrawn": _("An application was withdrawn"),
    "facilitators.application_requirements_accepted": _("An applicant accepted the new requirements"),
    "facilitators.application_verified": _("It was verified who applies"),
    "facilitators.application_key_renewed": _("An applicant got a new key at the counter"),
    "facilitators.application_forgotten": _("Identity and files of an applicant were deleted on schedule"),
    "facilitators.clarification_answered": _("An applicant answered the checkers"),
    "facilitators.requirement_checked": _("A requirement of an application was checked"),
    "facilitators.second_check_recorded": _("An independent second check was recorded"),
    "facilitators.file_check_concluded": _("The file check of an application was concluded"),
}
