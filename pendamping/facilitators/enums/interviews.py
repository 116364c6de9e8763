"""Conflicts of interest, how an interview ended, and why an act of the interview panel is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConflictKind(TextChoices):
    """Why a member may not judge an applicant (id: jenis benturan kepentingan)."""

    FAMILY = "family", _("Family by blood or marriage")
    WORK = "work", _("Work or business together, now or in the last two years")
    PARTY = "party", _("The same party, campaign or association board")
    DISPUTE = "dispute", _("A dispute between us")
    OTHER = "other", _("Something else")


class MemberStep(TextChoices):
    """What a member has still to do about an applicant (id: langkah anggota panel)."""

    DECLARE = "declare", _("Declare first")
    SCORE = "score", _("Enter the scores")
    LOCK = "lock", _("Check and lock")
    LOCKED = "locked", _("Locked, waiting for the others")
    CONFLICT = "conflict", _("Conflict: you do not score")
    REVEALED = "revealed", _("Revealed")
    MISSED = "missed", _("Did not come")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LATER = "later", _("Not at interviews yet")


class Reason(TextChoices):
    """Sentences shown to people when an act of the interview panel is refused."""

    RULES_FIXED = "interview_rules_fixed", _("Interviews have begun, so criteria and weights are fixed.")
    NO_CRITERIA = "interview_no_criteria", _("Name at least one criterion.")
    CRITERION_TWICE = "interview_criterion_twice", _("The criterion “{name}” is there twice. Put them together.")
    CRITERIA_WEIGHTS = (
        "interview_criteria_weights", _("The weights of the criteria make {sum} percent; they must make 100."),
    )  # fmt: skip
    LEAST = "interview_least", _("At least one member must score. Raise the number.")
    NOT_INTERVIEWING = (
        "interview_not_now", _("Interviews are scored in the stage “Interviews”. It is now: {stage}."),
    )  # fmt: skip
    PANEL_ENDED = "interview_panel_ended", _("The selection is at “{stage}”: its panel can no longer change.")
    NO_SUCH_MEMBER = "interview_no_right", _("This account does not hold the office of the selection panel here.")
    SEATED_ALREADY = "interview_seated", _("This person sits on the panel already.")
    CHAIR_TAKEN = "interview_chair_taken", _("The panel has a chair already. End that seat first.")
    NOT_SEATED = "interview_not_seated", _("You do not sit on this panel, or your seat has ended.")
    SEAT_ENDED = "interview_seat_ended", _("This seat has ended already.")
    REASON_MISSING = "interview_reason_missing", _("Write the reason.")
    NOT_INVITED = "interview_not_invited", _("This applicant has not passed what comes before the interview.")
    WITHDRAWN = "interview_withdrawn", _("The application was withdrawn.")
    REVEALED = "interview_revealed", _("The scores of this applicant are revealed. They stand.")
    LOCKED = "interview_locked", _("Your scores of this applicant are locked. They can no longer be changed.")
    CONFLICT_WHOLE = "interview_conflict_whole", _("Say which kind of conflict it is, and why.")
    CONFLICT_STANDS = (
        "interview_conflict_stands", _("A declared conflict stands. Declared by mistake, the secretariat can lift it."),
    )  # fmt: skip
    NO_CONFLICT = "interview_no_conflict", _("There is no conflict here that could be lifted.")
    OWN_CONFLICT = "interview_own_conflict", _("Somebody else lifts your conflict.")
    UNDECLARED = "interview_undeclared", _("Declare first whether you have a conflict of interest with this applicant.")
    CONFLICTED = "interview_conflicted", _("You declared a conflict with this applicant, so you do not score.")
    MARKS = "interview_marks", _("Give each of the {count} criteria a score from 0 to 100.")
    NOTHING_TO_LOCK = "interview_nothing_to_lock", _("Enter the scores first, then lock them.")
    TOO_FEW_SCORES = (
        "interview_too_few", _("{scorers} members have locked their scores; at least {least} are needed."),
    )  # fmt: skip
    CAME = "interview_came", _("{scorers} members have locked scores of this applicant, who came, then.")
    COMPLETE_ALREADY = "interview_still_complete", _("Nobody is waited for here; there is nothing to close.")
    NO_OUTLIER = "interview_no_outlier", _("This score is not striking, so it needs no note.")
    OWN_OUTLIER = "interview_own_outlier", _("The note about a striking score is written by somebody else.")
    NOT_CHAIR = "interview_not_chair", _("The chair of the panel or the secretariat writes this note.")
    NOTED_ALREADY = "interview_noted", _("The note is written already.")
