"""Kinds of posts, stages of a round, outcomes of a ranking."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostKind(models.TextChoices):
    """What one is selected for (id: jenis formasi). The value is also the key of the role in access."""

    WARD_FACILITATOR = "ward_facilitator", _("Ward facilitator")
    AREA_COORDINATOR = "area_coordinator", _("Area coordinator (Askot)")
    CITY_COORDINATOR = "city_coordinator", _("City coordinator (Korkot)")


class Specialism(models.TextChoices):
    """What one is good at (id: bidang keahlian)."""

    ANY = "any", _("Any field")
    TECHNICAL = "technical", _("Technical")
    SOCIAL = "social", _("Social")
    ECONOMIC = "economic", _("Economic")


class RoundStage(models.TextChoices):
    """Where a selection round stands (id: tahap seleksi)."""

    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Registration is open")
    CHECKING = "checking", _("File check")
    TESTING = "testing", _("Computer test")
    INTERVIEWING = "interviewing", _("Interviews")
    RANKED = "ranked", _("Provisional result, objections are open")
    FINAL = "final", _("Final result")
    CANCELLED = "cancelled", _("Cancelled")


class ApplicationState(models.TextChoices):
    """Where an application stands (id: status lamaran)."""

    DRAFT = "draft", _("Being filled in")
    SUBMITTED = "submitted", _("Handed in")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Sex(models.TextChoices):
    """As on the identity card (id: jenis kelamin)."""

    FEMALE = "f", _("Woman")
    MALE = "m", _("Man")


class Stage(models.TextChoices):
    """A hurdle of the selection (id: tahap penilaian)."""

    FILES = "files", _("File check")
    EXAM = "exam", _("Computer test")
    INTERVIEW = "interview", _("Interview")


class SelectionOutcome(models.TextChoices):
    """What the ranking says of an applicant (id: hasil seleksi)."""

    CHOSEN = "chosen", _("Selected")
    RESERVE = "reserve", _("Reserve")
    FAILED = "failed", _("Not selected")
