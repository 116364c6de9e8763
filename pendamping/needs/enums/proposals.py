"""Where a proposal stands, and what it may lack."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProposalState(TextChoices):
    """Where a proposal stands (id: keadaan usulan)."""

    DRAFT = "draft", pgettext_lazy("proposal", "Draft")
    SUBMITTED = "submitted", _("Waiting for the check")
    RETURNED = "returned", _("Returned for repair")
    CHECKED = "checked", _("Ready for the meeting")
    ON_AGENDA = "on_agenda", _("On the agenda of a meeting")
    FUNDED = "funded", _("Funded")
    DEFERRED = "deferred", _("Deferred")
    RECOMMENDED = "recommended", _("Recommended to the next meeting")
    PASSED_ON = "passed_on", _("Passed to the district")
    TO_CITY = "to_city", _("Passed to the city")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Lack(TextChoices):
    """What a proposal returned for repair lacked above all (id: kekurangan usulan)."""

    LAND_CONSENT = "land_consent", _("Consent of the land owner")
    VOLUME = "volume", pgettext_lazy("lack", "Volume")
    COST = "cost", pgettext_lazy("lack", "Cost")
    MENU = "menu", _("An activity of the menu")
    DUPLICATE = "duplicate", _("It is there twice")
    BENEFICIARIES = "beneficiaries", _("Who benefits")
    OTHER = "other", _("Something else")


class LandStatus(TextChoices):
    """Whose land the work stands on (id: status lahan)."""

    PUBLIC = "public", _("Public land")
    CITY = "city", _("Land of the city")
    PRIVATE_CONSENT = "private_consent", _("Private land, with written consent")
    PRIVATE_OPEN = "private_open", _("Private land, consent still missing")
    NOT_NEEDED = "not_needed", _("No land needed")
    UNKNOWN = "unknown", _("Not known yet")
