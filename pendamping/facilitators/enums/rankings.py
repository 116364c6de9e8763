"""Why a ranking is made anew, and why publishing it is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Cause(TextChoices):
    """Why a version of the ranking was made (id: sebab peringkat)."""

    FIRST = "first", _("The first result")
    OBJECTION = "objection", _("An objection was upheld")
    WITHDRAWAL = "withdrawal", _("An applicant withdrew")
    EXAM = "exam", _("A computer test was held after an objection")
    INTERVIEW = "interview", _("An interview was held after an objection")


class Part(TextChoices):
    """What of a round can be taken away as a file (id: bagian ekspor)."""

    NUMBERS = "numbers", _("Numbers per post")
    DECISIONS = "decisions", _("Decisions with reasons and the office that decided")
    OBJECTIONS = "objections", _("Objections and answers")


class Reason(TextChoices):
    """Sentences shown to people when an act of the ranking is refused."""

    NOT_NOW = "ranking_not_now", _("The ranking is published after the interviews. It is now: {stage}.")
    UNSCORED = "ranking_unscored", _("{count} applicants have no interview result yet. Close these interviews first.")
    UNNOTED = "ranking_unnoted", _("{count} striking interview scores have no note yet. Write the notes first.")
    NO_SEED = "ranking_no_seed", _("The seed of the lottery was not published before the interviews.")
    NOBODY = "ranking_nobody", _("Nobody handed in an application that could be ranked.")
    NOT_PUBLISHED = "export_not_published", _("Decisions can be taken away once the ranking is published.")
