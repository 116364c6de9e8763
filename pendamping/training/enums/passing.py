"""What a pass rule may ask for, how it compares, and why a rule is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Want(TextChoices):
    """One thing a pass rule asks of a learner (id: syarat kelulusan); `{module}` is the title of a module."""

    ATTENDANCE = "attendance", _("Presence at the sessions")
    QUIZZES = "quizzes", _("Mean of your best quiz results")
    TASKS = "tasks", _("Field tasks assessed")
    HOURS = "hours", _("Learning hours finished")
    BEFORE = "before", _("Test before the course")
    AFTER = "after", _("Test after the course")
    QUIZ = "quiz", _("Quiz of “{module}”")
    TASK = "task", _("Field task of “{module}”")
    ATTENDED = "attended", _("Come to the session of “{module}”")
    ABSENT = "absent", _("Without the session of “{module}”")
    EITHER = "either", _("One of these ways is enough")


class Sign(TextChoices):
    """How what somebody has is compared with what is needed (id: pembanding)."""

    AT_LEAST = ">=", _("at least {need}")
    MORE = ">", _("more than {need}")
    EXACTLY = "==", _("exactly {need}")
    AT_MOST = "<=", _("at most {need}")
    LESS = "<", _("less than {need}")
    OTHER = "!=", _("not {need}")


class Told(TextChoices):
    """How a line of the checklist is told (id: keterangan syarat)."""

    SO_FAR = "so_far", _("{have} so far, needed: {needed}")
    OF_ALL = "of_all", _("{have} of {all}")
    NOT_YET = "not_yet", _("not done yet, needed: {needed}")


class Reason(TextChoices):
    """Sentences shown to whoever writes a pass rule that cannot be read."""

    RULE_MISSING = "rule_missing", _("Write what a learner must reach, for example: attendance >= 80 and tasks == all.")
    RULE_LONG = "rule_long", _("The rule has {length} characters; at most {most} can be read. Shorten it.")
    RULE_UNREADABLE = (
        "rule_unreadable",
        _("The rule cannot be read at character {place}. Look for a missing bracket, quote or number there."),
    )
    RULE_NOT_ALLOWED = (
        "rule_not_allowed",
        _("“{part}” at character {place} is not part of pass rules. Use and, or, not and comparisons only."),
    )
    RULE_NAME = (
        "rule_name",
        _("“{part}” at character {place} is not known. Known are: {known}."),
    )
    RULE_MODULE = (
        "rule_module",
        _("The module “{part}” at character {place} is not in this course. It has: {known}."),
    )
    RULE_KEY = (
        "rule_key",
        _("“{part}” at character {place} needs one module key in quotes, for example {example}."),
    )
    RULE_COMPARE = (
        "rule_compare",
        _("“{part}” at character {place} must compare one known value with one number, for example quizzes >= 70."),
    )
    RULE_NUMBER = (
        "rule_number",
        _("“{part}” at character {place} is not between 0 and 100, so that it could never be decided. Mend it."),
    )
    RULE_ALL = "rule_all", _("“all” at character {place} goes with field tasks only: tasks == all.")
