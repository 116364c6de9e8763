"""Kinds of activities and states of a version, and why an act on a curriculum is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    """What a learner does in one step of a module (id: jenis kegiatan belajar)."""

    PAGE = "page", _("Reading page")
    SLIDES = "slides", _("Slides or PDF")
    VIDEO = "video", _("Video")
    TASK = "task", _("Field task")
    QUIZ = "quiz", _("Quiz")
    SESSION = "session", _("Face-to-face session")


class QuizPurpose(models.TextChoices):
    """What a quiz is for (id: tujuan kuis). The first and the last measure what the course added."""

    CHECK = "check", _("Check of the module")
    BEFORE = "before", _("Before the course")
    AFTER = "after", _("After the course")


class VersionState(models.TextChoices):
    """Where a version of a course stands (id: status versi)."""

    DRAFT = "draft", _("Being written")
    PUBLISHED = "published", _("In use")
    WITHDRAWN = "withdrawn", _("No longer offered")


class Reason(models.TextChoices):
    """Sentences shown to people when an act on a curriculum is refused (id: alasan kurikulum ditolak)."""

    NOT_CITY = "training_not_city", _("Programmes and competencies belong to a city. Choose the city.")
    KEY_SHAPE = "training_key", _("The key “{key}” may hold small letters, digits and hyphens only, such as m05.")
    KEY_TAKEN = "training_key_taken", _("There is already something with the key “{key}” here. Choose another.")
    WORDS_MISSING = "training_words", _("The Indonesian words are missing. Write them; the English ones may follow.")
    WORDS_LONG = "training_words_long", _("The text has {length} characters; at most {most} are kept. Shorten it.")
    HOURS = "training_hours", _("{hours} learning hours cannot be. Write a number from 0.1 to 999.9.")
    NOT_DRAFT = (
        "version_not_draft",
        _("This version was published, so nothing of it changes. Begin a new version of the course."),
    )
    DRAFT_EXISTS = "version_draft_exists", _("A version is being written already. Finish or drop it first.")
    NOT_PUBLISHED = "version_not_published", _("This version is not in use, so it cannot be withdrawn.")
    SAME_AS_BEFORE = "version_same", _("Nothing differs from version {number}. Change something first.")
    LAST_VERSION = "version_last", _("A course keeps at least one version. Change this one instead.")
    NOT_LEARNABLE = "version_not_learnable", _("This version cannot be learned yet. {missing}")
    NO_MODULES = "version_no_modules", _("There is no module. Add one.")
    MODULE_EMPTY = "module_empty", _("Module “{module}” has no activity. Add one, such as a reading page.")
    PAGE_EMPTY = "activity_page_empty", _("“{activity}” in module “{module}” has no text. Write it.")
    NO_FILE = "activity_no_file", _("“{activity}” in module “{module}” has neither file nor text. Add one.")
    NO_ADDRESS = "activity_no_address", _("“{activity}” in module “{module}” has no address of a video. Add it.")
    NO_RUBRIC = "activity_no_rubric", _("The task “{activity}” in module “{module}” has no rubric. Write its criteria.")
    NO_QUIZ = "activity_no_quiz", _("“{activity}” in module “{module}” does not say what it asks. Fill it in.")
    BANK_SHORT = (
        "quiz_bank_short",
        _("“{activity}” asks {asked} questions of {topic}; the bank holds {held}. Ask fewer or add questions."),
    )
    ADDRESS = "activity_address", _("The address of a video begins with https://. Mend it.")
    RUBRIC_SHAPE = "rubric_shape", _("Line {line} of the rubric cannot be read. See the example beside the field.")
    QUIZ_NUMBER = "quiz_number", _("A quiz asks 1 to 100 questions and is passed with 0 to 100 percent. Mend it.")
    QUIZ_TOPICS = "quiz_topics", _("Choose at least one topic of questions.")
    LINE_END = "position_end", _("It stands at this end already.")
    UNIT_WHOLE = "competency_whole", _("A unit has a code, a title and the decree it stands in. Complete it.")
    UNIT_ELSEWHERE = "competency_elsewhere", _("A competency of another city cannot be chosen.")
    NO_CURRICULUM = "no_curriculum", _("The default curriculum is not part of this installation.")
