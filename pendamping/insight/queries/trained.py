"""What can wait in training: sessions to hold, field tasks to assess, one's own that came back, courses under way."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pendamping.access.verbs import Verb
from pendamping.insight.queries.kinds import Kind
from pendamping.training.models import Enrolment
from pendamping.training.queries import learning, sessions


def _named(found: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """With the title of the course in the reader's language, or in the other."""
    titles = [KeyTextTransform(one, "version__course__title") for one in ((get_language() or "id")[:2], "id", "en")]
    return found.annotate(course=Coalesce(*titles))


def _under_way(account: Any, _today: date) -> QuerySet[Enrolment]:
    return _named(Enrolment.objects.filter(account=account, state="active"))


TRAINED: tuple[Kind, ...] = (
    Kind(
        "sessions", _("Training sessions to hold and close"), Verb.SESSION_HOLD, sessions.to_hold, "training:session",
        due="held_on", reach="own", named_by="title",
    ),
    Kind(
        "field_tasks", _("Field tasks to assess"), Verb.TASK_ASSESS,
        lambda account, _t: learning.with_waiting_tasks(account), "training:tasks_of", since="handed_in_at",
        reach="inside", named_by="account__name",
    ),
    Kind(
        "returned_tasks", _("Your field tasks to mend"), Verb.WORK_SEE,
        lambda account, _t: _named(learning.with_returned_tasks(account)), "training:my_course", since="returned_at",
        reach="own", named_by="course",
    ),
    Kind(
        "courses", _("Courses you learn"), Verb.WORK_SEE, _under_way, "training:my_course", reach="own",
        named_by="course",
    ),
)  # fmt: skip

LISTED: dict[str, tuple[str, str]] = {
    "sessions": ("training:sessions", ""),
    "field_tasks": ("training:tasks", ""), "returned_tasks": ("training:my_learning", ""),
    "courses": ("training:my_learning", ""),
}  # fmt: skip
