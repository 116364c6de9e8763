"""Kinds of what categories ask and demand."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionKind(TextChoices):
    """How an extra question is answered (id: jenis pertanyaan)."""

    TEXT = "text", _("Words")
    NUMBER = "number", _("A number")
    CHOICE = "choice", _("One of several")
    YES_NO = "yes_no", _("Yes or no")


class Step(TextChoices):
    """What must happen to a voice by a day (id: langkah)."""

    ROUTE = "route", _("Routed to whoever deals with it")
    ANSWER = "answer", _("First answer")
    SOLVE = "solve", _("Solved")


class CategoryReason(TextChoices):
    """Why an act on a category, or a voice in one, is refused."""

    NOT_ASKED = "category_not_asked", _("This category does not ask “{key}”. Leave it out.")
    ANSWER_MISSING = "category_answer_missing", _("Answer this question too; the ward needs it to help.")
    ANSWER_UNKNOWN = "category_answer_unknown", _("Choose one of the answers offered, or write a whole number.")
    OTHER_PLACE = "category_other_place", _("This category is not offered in this place. Choose another.")
    NAME_MISSING = "category_name_missing", _("Give the category a name in Indonesian.")
    QUESTION_BROKEN = (
        "category_question_broken",
        _("Question {number} needs words, and at least two answers where it offers any: “How deep? | ankle / knee”."),
    )
    QUESTIONS_MOST = "category_questions_most", _("At most {most} questions, each with words of its own.")
    ENGLISH_DIFFERS = (
        "category_english_differs",
        _("Write the same questions in English, line by line with as many answers, or none."),
    )
    BEGINS_EARLIER = (
        "category_begins_earlier",
        _("Voices already stand in the version in force. Let this one begin later than it."),
    )
    ENDED = "category_ended", _("This category is no longer offered here.")
