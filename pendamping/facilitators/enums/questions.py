"""Kinds and difficulty of questions, and why a question or a bank is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionKind(TextChoices):
    """How a question is answered (id: bentuk soal)."""

    SINGLE = "single", _("One of several")
    MULTIPLE = "multiple", _("Several of several")
    TRUE_FALSE = "true_false", _("True or false")
    SHORT_NUMBER = "short_number", _("A number")
    SHORT_TEXT = "short_text", _("A word or two")
    ORDERING = "ordering", _("Put in order")
    MATCHING = "matching", _("Match pairs")


class Difficulty(TextChoices):
    """How hard the author thinks a question is (id: tingkat kesulitan). What it really was, the analysis says."""

    UNKNOWN = "", _("Not stated")
    EASY = "easy", _("Easy")
    MEDIUM = "medium", _("Medium")
    HARD = "hard", _("Hard")


class Reason(TextChoices):
    """Sentences shown to people when a question or a bank is refused."""

    BANK_NAME_TAKEN = "bank_name_taken", _("There is already a bank named “{name}”. Choose another name.")
    BANK_NOT_CITY = "bank_not_city", _("A question bank belongs to a city. Choose the city.")
    QUESTION_KNOWN = "question_known", _("This question is already in the bank, with the same options.")
    BANK_IN_TEST = (
        "bank_in_test",
        _(
            "The test of “{round}” draws from this bank and has begun: later candidates would get other papers. Wait "
            "until its result is released. A faulty question is taken out of the score there."
        ),
    )
    QUESTION_RETIRED = "question_retired", _("This question is out of use already.")
    TEXT_MISSING = "text_missing", _("The question has no text. Write what is asked.")
    TEXT_LONG = "text_long", _("The text has {length} characters; at most {most} are read on a screen. Shorten it.")
    TOPIC_MISSING = "topic_missing", _("The question has no topic. Name one, so that a blueprint can ask for it.")
    OPTIONS_FEW = "options_few", _("There is only {count} option. Give at least two.")
    OPTIONS_MANY = "options_many", _("There are {count} options; at most {most} fit a screen. Delete some.")
    OPTION_EMPTY = "option_empty", _("Option {number} is empty. Write it or delete it.")
    OPTION_TWICE = "option_twice", _("The option “{text}” is there twice. Keep one of them.")
    NO_KEY = "no_key", _("No option earns the full points, so nobody could answer rightly. Mark the right one.")
    TWO_KEYS = (
        "two_keys",
        _("Several options earn the full points. Mark one, or make it a question with several answers."),
    )
    WEIGHT_UNLIKELY = "weight_unlikely", _("The weight {weight} is not between -100 and 100. Mend it.")
    WEIGHTS_SUM = "weights_sum", _("The right options together earn {sum} percent instead of 100. Mend the weights.")
    ALL_IS_RIGHT = (
        "all_is_right",
        _("Ticking every option would earn the full points. Give the wrong options a negative weight."),
    )
    NUMBER_RANGE = "number_range", _("The range from {low} to {high} holds no number. Mend it.")
    TRANSLATION_SHAPE = (
        "translation_shape",
        _("The words in “{language}” do not fit the question. Give a text and as many options as the original has."),
    )
    REASON_MISSING = "retire_reason_missing", _("Write why the question goes out of use.")
