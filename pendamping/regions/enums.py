"""Why an act on the tree of places is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Sentences shown to people."""

    OTHER_CITY = "other_city", _("The code {code} does not belong to {city}.")
    UNKNOWN_CODE = "unknown_code", _("No region has the code {code}. Search by name first.")
    NOT_A_CITY = "not_a_city", _("{code} is not a city or regency: its code has two parts, such as 32.78.")
    UNKNOWN_WARD = "unknown_ward", _("The ward “{name}” is not known here. Check the spelling, or give its code.")
    AMBIGUOUS_WARD = (
        "ambiguous_ward",
        _("“{name}” is the name of several wards ({codes}). Give the district or the code."),
    )
    OTHER_DISTRICT = (
        "other_district",
        _("“{name}” does not lie in “{district}”. Correct the district, or give the code."),
    )
    BAD_NUMBER = "bad_number", _("“{value}” is not an RW or RT number. Write one to three digits, such as 05.")
    RT_WITHOUT_RW = "rt_without_rw", _("An RT belongs to an RW: give the RW number as well.")
    NOT_A_WARD = "not_a_ward", _("{name} is not a ward, and an RW belongs to a ward. Name the ward by its code.")
    BAD_FACT = "bad_fact", _("{value} cannot be right here: between {least} and {most} is possible. Check the zeros.")
    NAME_TOO_LONG = "name_too_long", _("The name is longer than {most} letters. Shorten it.")
    UNIT_NAME = "unit_name", _("An RW or RT is known by its number and bears no other name.")
    EMPTY_ALIAS = "empty_alias", _("Write the other name with letters or digits.")
    CLOSED = "place_closed", _("{name} was closed on {on}. Choose the place that stands there now.")
    STANDS_STILL = (
        "stands_still",
        _("{name} still stands. Close it first, and name the places that follow it as you do."),
    )
    NOT_A_SUCCESSOR = (
        "not_a_successor",
        _("{name} cannot follow here: it must stand today, in the same city and at the same level."),
    )
    FUTURE_DAY = "future_day", _("{on} has not come yet. Give the day it happened, today at the latest.")
    BEFORE_ITS_TIME = "before_its_time", _("{name} stands since {since}; it cannot end before that.")
    NO_CODE = "no_code", _("An RW or RT has no code of its own. Correct its ward.")
    WRONG_CODE = "wrong_code", _("{code} is not a code for {name}: it needs {digits} digits, such as {example}.")
    CODE_TAKEN = "code_taken", _("The code {code} belongs to {name}. Close or recode that place first.")
    SINCE_AFTER_END = "since_after_end", _("The day it ends lies before the day it begins. Swap them.")
    NOT_GEOJSON = "not_geojson", _("This is not GeoJSON: a FeatureCollection of polygons is needed.")
    BAD_POLYGON = (
        "bad_polygon",
        _("The outline of {name} is not a closed polygon in longitude and latitude within Indonesia."),
    )
