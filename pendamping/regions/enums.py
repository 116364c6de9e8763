"""Why an act on the tree of places is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Sentences shown to people."""

    UNKNOWN_CODE = "unknown_code", _("No region has the code {code}. Search by name first.")
    NOT_A_CITY = "not_a_city", _("{code} is not a city or regency: its code has two parts, such as 32.78.")
    UNKNOWN_WARD = "unknown_ward", _("The ward “{name}” is not known here. Check the spelling, or give its code.")
    AMBIGUOUS_WARD = (
        "ambiguous_ward",
        _("“{name}” is the name of several wards ({codes}). Give the district or the code."),
    )
    BAD_NUMBER = "bad_number", _("“{value}” is not an RW or RT number. Write one to three digits, such as 05.")
    RT_WITHOUT_RW = "rt_without_rw", _("An RT belongs to an RW: give the RW number as well.")
    NOT_GEOJSON = "not_geojson", _("This is not GeoJSON: a FeatureCollection of polygons is needed.")
    BAD_POLYGON = "bad_polygon", _("The outline of {name} is not a closed polygon in longitude and latitude.")
