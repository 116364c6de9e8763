"""Why an act on the agenda points of a meeting is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PointReason(TextChoices):
    """Sentences shown to people when an agenda point is refused."""

    NO_POINTS = "no_points", _("Write at least one point, one to a line, with its minutes at the end.")
    TOO_MANY_POINTS = "too_many_points", _("At most {most} points fit one meeting. Join some of them.")
    POINT_NAMELESS = "point_nameless", _("Line {line}: write what the point is about, then its minutes.")
    MINUTES_MISSING = (
        "minutes_missing",
        _("Line {line} (“{title}”): write how many minutes it takes at the end, from 1 to {most}."),
    )
    CLOCK_RUNS = (
        "clock_runs",
        _("The meeting has begun its first point, so the order is fixed. Begin and end the points on the clock."),
    )
    POINT_BEGUN = "point_begun", _("This point was begun already.")
    POINT_NOT_RUNNING = "point_not_running", _("This point is not running: it has not begun, or it is over.")
    NO_SUCH_POINT = "no_such_point", _("The agenda was written anew meanwhile. Open the clock again.")
