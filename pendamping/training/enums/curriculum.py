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
