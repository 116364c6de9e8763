"""The menu in words of the regulation and of neighbours."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stream(TextChoices):
    """The two halves of the ward fund (id: bidang kegiatan): Permendagri 130/2018."""

    INFRASTRUCTURE = "infrastructure", _("Facilities and infrastructure")
    EMPOWERMENT = "empowerment", _("Community empowerment")


class Subject(TextChoices):
    """The groups of the menu in a neighbour's words (id: perihal suara), by their code."""

    A1 = "A1", _("Water, drains, waste, lights in the neighbourhood")
    A2 = "A2", _("Roads and alleys")
    A3 = "A3", _("Toilets, health posts")
    A4 = "A4", _("Reading rooms, kindergartens")
    B1 = "B1", _("Health of residents")
    B2 = "B2", _("Courses: work, arts, culture")
    B3 = "B3", _("Small businesses")
    B4 = "B4", _("RT, RW, PKK, youth and other institutions")
    B5 = "B5", _("Safety and order")
    B6 = "B6", _("Disasters and fire")


class Unit(TextChoices):
    """Units of volume (id: satuan)."""

    METRE = "m", "m"
    SQUARE_METRE = "m2", "m²"
    CUBIC_METRE = "m3", "m³"
    PIECE = "unit", "unit"
    PACKAGE = "paket", _("package")
    PERSON = "orang", _("person")
    TIME = "kali", _("time(s)")
    PERSON_DAY = "hok", _("person-day")
    LUMP_SUM = "ls", _("lump sum")
