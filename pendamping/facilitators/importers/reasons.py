"""Why a whole file of questions was not read, each with its cure."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """A refusal of the door for question files (id: alasan berkas soal ditolak)."""

    TOO_LARGE = "questions_too_large", _("The file is too large (at most {limit} MB). Split it into several files.")
    TOO_MANY = "questions_too_many", _("The file holds more than {limit} questions. Split it into several files.")
    EMPTY = "questions_empty", _("The file holds no question.")
    NOT_TEXT = "questions_not_text", _("The file is not text in UTF-8. Save it as UTF-8 and send it again.")
    UNKNOWN_FORMAT = "questions_format", _("The format was not recognised. Name it: gift, aiken, xml or json.")
    NOT_XML = "questions_not_xml", _("The file is no whole XML: it breaks off or is wrong at line {line}.")
    XML_UNSAFE = (
        "questions_xml_unsafe",
        _("The file declares entities or is nested without end, which we do not read. Export it anew from Moodle."),
    )
    NO_QUIZ = "questions_no_quiz", _("The XML holds no <quiz>. Export the questions as “Moodle XML”.")
    NOT_JSON = "questions_not_json", _("The file is no whole JSON: it is wrong at line {line}.")
    JSON_SHAPE = (
        "questions_json_shape",
        _("The JSON is not a list of questions by topic. See the manual."),
    )
