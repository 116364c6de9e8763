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
