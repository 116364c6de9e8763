"""Where learners, attempts and field tasks stand, and why an act on one is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnrolmentState(models.TextChoices):
    """Where a learner stands in a course (id: status peserta)."""

    ACTIVE = "active", _("Learning")
    COMPLETED = "completed", _("Passed")
    WITHDRAWN = "withdrawn", _("Left the course")


class TaskState(models.TextChoices):
    """Where a field task stands (id: status tugas lapangan)."""

    SUBMITTED = "submitted", _("Waits for assessment")
    RETURNED = "returned", _("Returned")
    ASSESSED = "assessed", _("Assessed")


class Reason(models.TextChoices):
    """Sentences shown to people when an act of learning is refused."""

    VERSION_CLOSED = "version_closed", _("This version of the course is not in use. Choose the one that is.")
    ALREADY_LEARNING = "already_learning", _("This person already learns this course. Nothing needs to be done.")
    ACCOUNT_OFF = "learner_account_off", _("This account is disabled. Enable it under People first.")
    NOBODY_TO_ENROL = (
        "nobody_to_enrol",
        _("Every facilitator who serves there today is in this course. Choose another area."),
    )
    HAS_LEFT = "has_left", _("You have left this course. Ask the programme secretariat to enrol you again.")
    NOT_ACTIVE = "enrolment_not_active", _("This course is already passed or left, so there is nothing to leave.")
    LEAVE_REASON = "leave_reason", _("Write why, so that whoever looks later understands.")
    NOT_IN_COURSE = "activity_not_in_course", _("This step belongs to another course. Open it from your list.")
    NOT_READ_BY_HAND = (
        "not_read_by_hand",
        _("This step is done by a quiz, a field task or a session; it cannot be ticked off. Open it."),
    )
    NOT_A_QUIZ = "not_a_quiz", _("This step is no quiz. Open it from the module.")
    NO_QUESTIONS = "quiz_no_questions", _("This quiz has no questions yet. Tell the programme secretariat.")
    NO_ATTEMPT_LEFT = "no_attempt_left", _("All {most} attempts are used. Read the module again, and ask your trainer.")
    ATTEMPT_FINISHED = "attempt_finished", _("This attempt is handed in. Look at its result.")
    ATTEMPT_TIME_UP = "attempt_time_up", _("The time of this attempt is up. What was saved counts.")
    NO_SUCH_QUESTION = "attempt_no_such_question", _("This attempt has no such question. Open the quiz again.")
    PRACTISED = (
        "practised_already",
        _("You have answered this question already. Open the daily practice again for the next one."),
    )
    NOTHING_ANSWERED = "nothing_answered", _("Answer the question, or come back later.")
    NOT_A_TASK = "not_a_task", _("This step is no field task. Open it from the module.")
    TASK_WORDS = "task_words", _("Write what you did and found, at least {least} characters.")
    TASK_LONG = "task_long", _("The text has {length} characters; at most {most} fit. Shorten it.")
    TASK_PHOTOS = "task_photos", _("A field task takes at most {most} photos. Leave some out.")
    TASK_WAITS = "task_waits", _("Your task waits to be assessed. You will see here what comes of it.")
    TASK_ASSESSED = "task_assessed", _("This task is assessed already.")
    TASK_RETURNED = "task_returned", _("This task went back to the learner. Wait until it is handed in anew.")
    OWN_TASK = "own_task", _("This task is your own. Somebody else assesses it.")
    SCORES_MISSING = "scores_missing", _("Choose a level for each criterion.")
    REMARK_MISSING = "remark_missing", _("Write what is missing, so that it can be mended.")
    NOT_PASSED_YET = "not_passed_yet", _("You are asked for your opinion once you have passed the course.")
    OPINED_ALREADY = "opined_already", _("You have given your opinion. Thank you.")
    MARKS_MISSING = "marks_missing", _("Give each line between 1 and 5.")


class Aspect(models.TextChoices):
    """What a learner gives marks for (id: aspek penilaian)."""

    USEFUL = "useful", _("I can use it in my ward")
    CLEAR = "clear", _("It was easy to understand")
    TRAINER = "trainer", _("The trainers helped me")
    PACE = "pace", _("There was enough time")
    PHONE = "phone", _("Learning on the phone went well")
