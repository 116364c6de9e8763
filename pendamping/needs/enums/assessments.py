"""Why an act on criteria, scores or viewpoints is refused, and where a camera looks."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Sentences shown to people when weighing a need is refused."""

    NOT_VERIFIED = "assessment_not_verified", _("Check the need on site first; then it can be weighed.")
    ANSWERED = "assessment_answered", _("This need has been answered and is weighed no more.")
    NOTHING_SCORED = "nothing_scored", _("Give points for at least one criterion, with the reason.")
    REASON_MISSING = "score_reason_missing", _("Say in a few words why so many points.")
    POINTS_MISSING = "score_points_missing", _("Choose the points this reason is for.")
    NO_SUCH_LEVEL = "no_such_level", _("{points} points are no level of this criterion. Choose one of its levels.")
    SCORED_MEANWHILE = (
        "scored_meanwhile",
        _("{criterion}: meanwhile {office} gave {points} points, “{words}”. Read it; sent again, yours replace it."),
    )
    NOT_ASKED = "criterion_not_asked", _("This criterion is not in force here. Open the page again.")
    VIEWPOINT_MISSING = (
        "viewpoint_missing",
        _("Say where you stood, so that the next photo can be taken from the same point."),
    )
    VIEWPOINT_OTHER_NEED = "viewpoint_other_need", _("This point belongs to another need. Choose one of this need.")
    DAY_AHEAD = "view_day_ahead", _("The day of the photo has not come yet.")
    TITLE_MISSING = "criterion_title_missing", _("Give the criterion a name in Indonesian.")
    LEVELS_FEW = "criterion_levels_few", _("Give at least two levels, each with other points and with words.")
    IN_USE = (
        "criterion_in_use",
        _("Needs have been scored by the version of {day}. Let the new one begin on a later day."),
    )
    BEGINS_EARLIER = (
        "criterion_begins_earlier",
        _("A version from {day} is set already. Let this one begin on that day, to take its place, or later."),
    )


class Facing(IntegerChoices):
    """Where the camera looks, in degrees from north (id: arah hadap)."""

    NORTH = 0, _("North")
    NORTH_EAST = 45, _("North-east")
    EAST = 90, _("East")
    SOUTH_EAST = 135, _("South-east")
    SOUTH = 180, _("South")
    SOUTH_WEST = 225, _("South-west")
    WEST = 270, _("West")
    NORTH_WEST = 315, _("North-west")
