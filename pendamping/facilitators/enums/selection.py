"""Kinds of requirements, verdicts of the file check, and why an act of the selection is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequirementKind(models.TextChoices):
    """How a requirement is shown to be fulfilled (id: jenis persyaratan)."""

    DOCUMENT = "document", _("A document is handed in")
    DECLARATION = "declaration", _("The applicant declares it")
    FACT = "fact", _("Read from the form")


class Right(models.TextChoices):
    """Whether what is there is right (id: benar atau tidak)."""

    YES = "yes", _("Right")
    NO = "no", _("Not right")
    UNCLEAR = "unclear", _("Needs clarification")


class RegisterResult(models.TextChoices):
    """What an independent register says (id: hasil pemeriksaan kedua)."""

    CLEAR = "clear", _("Nothing found: the requirement is fulfilled")
    FOUND = "found", _("Found: the requirement is not fulfilled")


class TieBreak(models.TextChoices):
    """What decides between equal totals (id: penentu nilai sama)."""

    INTERVIEW = "interview", _("the higher interview score")
    EXAM = "exam", _("the higher test score")
    OLDER = "older", _("the older applicant")
    YOUNGER = "younger", _("the younger applicant")
    EARLIER = "earlier", _("who handed in first")


class Reason(models.TextChoices):
    """Sentences shown to people when an act is refused."""

    NOT_A_CITY = "round_not_a_city", _("A selection belongs to a city. Choose the city.")
    FROZEN = (
        "round_frozen",
        _("Registration has opened, so this is fixed. Requirements change only by a new version with a reason."),
    )
    DATES = "round_dates", _("Registration closes before it opens. Mend the dates.")
    CALENDAR = "round_calendar", _("The calendar runs backwards: {later} comes before {earlier}. Mend the dates.")
    WEIGHTS = "round_weights", _("Test and interview together weigh {sum} percent; they must make 100.")
    TIE_RULE = "round_tie_rule", _("The tie rule names the same thing twice. Choose three different ones.")
    PLACE_OUTSIDE = "post_outside", _("This area does not lie in the city of the selection. Choose another area.")
    PLACE_LEVEL = "post_level", _("{kind}: choose {levels} as the area.")
    POST_TWICE = "post_twice", _("This post is already in the selection. Change its number instead.")
    NO_POSTS = "round_no_posts", _("The selection has no posts yet. Add at least one post with its number of places.")
    NO_REQUIREMENTS = (
        "round_no_requirements",
        _("The selection has no requirements yet. Write them, each with its source, before registration opens."),
    )
    NO_LEGAL_BASIS = "round_no_basis", _("The selection has no legal basis. Name the regulation first.")
    TOO_EARLY = "round_too_early", _("This is possible from {day} on, not before.")
    OPENS_TOO_LATE = (
        "round_opens_too_late",
        _("Registration was to close on {day}, which has passed. Set new dates, then open it."),
    )
    CHANGE_UNFINISHED = (
        "round_change_unfinished",
        _("Version {version} of the requirements is being written. Publish it or drop it first."),
    )
    NOT_NEXT = "round_not_next", _("The next stage is “{next}”. Stages follow one after another.")
    NO_NEXT = "round_no_next", _("This selection has ended. Nothing follows.")
    UNCHECKED = (
        "round_unchecked",
        _("{count} applications have no result of the file check yet. Conclude them first."),
    )
    UNTESTED = (
        "round_untested",
        _("{count} applicants have no released test result yet. Test them and release it first."),
    )
    SEALED = "round_sealed", _("The results of the computer test are still sealed. Release them first.")
    NO_CRITERIA = (
        "round_no_criteria",
        _("The interview has no criteria yet. Fix them with their weights first; nothing can change afterwards."),
    )
    UNSCORED = (
        "round_unscored",
        _("{count} applicants have no interview result yet. Record or release the results first."),
    )
    NOT_RANKED = "round_not_ranked", _("There is no ranking yet. Make the ranking first.")
    NO_WINDOW = "round_no_window", _("The objection window has no end yet. Open it first.")
    WINDOW_OPEN = "round_window_open", _("Objections can be lodged until {until}. The result is final after that.")
    UNANSWERED = "round_unanswered", _("{count} objections wait for an answer. Answer them first.")
    FINISHED = "round_finished", _("This selection has ended and can no longer be cancelled.")
    REASON_MISSING = "selection_reason_missing", _("Write the reason. Applicants and residents will read it.")
    NOT_OPEN_FOR_CHANGE = (
        "requirements_not_open",
        _("Requirements change only while registration is open. From then on they stand."),
    )
    CHANGE_BEGUN = "requirements_change_begun", _("A new version is already being written. Go on with that one.")
    NO_CHANGE = "requirements_no_change", _("No new version is being written.")
    NOTHING_CHANGED = "requirements_same", _("This version says the same as the one in force. Change something first.")
    SET_FROZEN = "requirements_frozen", _("This version is published and stands. Begin a new version with a reason.")
    REGISTER_MISSING = "requirement_register", _("Name the register of the second check, for example Sipol of the KPU.")

    NOT_OPEN = "application_not_open", _("Registration is not open. It runs from {opens} to {closes}.")
    CLOSED = "application_closed", _("Registration closed at the end of {closes}. Nothing can be changed any more.")
    POST_UNKNOWN = "application_post", _("Choose a post of this selection.")
    NOT_DRAFT = "application_not_draft", _("The application was handed in. It can be withdrawn, but not changed.")
    WITHDRAWN = "application_withdrawn", _("The application was withdrawn.")
    ROUND_CANCELLED = "application_round_cancelled", _("The round was called off: there is nothing left to withdraw.")
    TOO_LATE_TO_WITHDRAW = "application_final", _("The result is final. Speak to the secretariat instead.")
    INCOMPLETE = "application_incomplete", _("Still missing: {missing}. Fill these in, then hand in.")
    UNVERIFIED = (
        "application_unverified",
        _(
            "It is not yet verified that this is you. Enter the code from our e-mail, or show your identity card "
            "at the counter."
        ),
    )
    NIK_TWICE = (
        "application_nik_twice",
        _(
            "Somebody with this NIK has already applied in this selection; each person may apply once. "
            "If that was you, use the code and key of that application, or withdraw it first. If not, tell the counter."
        ),
    )
    NIK_DIFFERS = "application_nik_differs", _("This is not the NIK in the application. Compare the card once more.")
    NO_NIK = "application_no_nik", _("The application has no NIK yet. It must be filled in first.")
    ALREADY_VERIFIED = "application_verified", _("This is already verified.")
    WRONG_MAIL_CODE = "application_mail_code", _("This is not the code from the e-mail. Type its six digits.")
    NO_MAIL = "application_no_mail", _("This application has no e-mail address. Add one, or come to the counter.")
    WRONG_KEY = "applicant_wrong_key", _("Code and key do not belong together. Look at the receipt and type again.")
    TOO_MANY_TRIES = "applicant_too_many", _("Too many tries. Wait {minutes} minutes, then try again.")
    KEY_SHOWN = (
        "applicant_key_shown",
        _("The key was shown already and is shown only once. Come back with code and key, or ask the counter."),
    )
    NEWEST_ALREADY = "application_newest", _("The application already stands under the newest requirements.")
    NOT_THIS_REQUIREMENT = "evidence_requirement", _("This requirement takes no file. Read what it asks for.")
    NO_SUCH_FILE = "evidence_missing", _("There is no such file any more.")
    FORGOTTEN = "application_forgotten", _("Identity and files of this application were deleted on schedule.")

    NOT_CHECKING = "check_not_now", _("Files are checked in the stage “File check”. It is now: {stage}.")
    NOT_HANDED_IN = "check_not_submitted", _("This application is not handed in, or it was withdrawn.")
    OWN_ENTRY = (
        "check_own_entry",
        _("You entered, handed in or answered something of this application at the counter. Somebody else checks it."),
    )
    CONCLUDED = "check_concluded", _("The file check of this application is concluded. It can no longer be changed.")
    FOREIGN_REQUIREMENT = "check_requirement", _("This requirement is not part of the version applied under.")
    NOT_THERE_BUT_RIGHT = "check_not_there", _("What is not there cannot be right. Mend one of the two answers.")
    CHECK_REASON = "check_reason", _("Write why. The applicant will read it.")
    CLARIFY_DAY = "check_clarify_day", _("Say until which day the applicant may answer: {day} or later.")
    ANSWER_PENDING = (
        "check_answer_pending",
        _("The applicant may still answer until {day}. Wait for the answer or for that day to pass."),
    )
    ASK_AGAIN = (
        "check_ask_again",
        _("The applicant was asked and could not answer before the question was taken back. Ask again first."),
    )
    SAME_CHECKER = (
        "check_same_checker",
        _("The second check must be made by somebody other than the first checker."),
    )
    NO_SECOND_CHECK = "check_no_second", _("This requirement does not ask for a second check.")
    FUTURE_DAY = "check_future_day", _("This day has not come yet. Give the day of the check.")
    STILL_OPEN = "check_still_open", _("Still open: {open}. Check these, then conclude.")
    NOT_ASKED = "clarify_not_asked", _("Nothing is asked about this requirement, or the answer was given.")
    ANSWER_LATE = "clarify_late", _("The answer was possible until {day}.")
    ANSWER_SETTLED = "clarify_settled", _("The file check is concluded, so nothing is asked any more.")
    ANSWER_EMPTY = "clarify_empty", _("Write an answer or add a file.")
