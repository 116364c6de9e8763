"""Assets of a ward about a subject, for the technical check of what is proposed twice."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendamping.assets.models import Asset
from pendamping.deliberation.finished import MOST, Earlier, in_group, register


@register
def standing_assets(ward_path: str, group_code: str) -> Iterable[Earlier]:
    """What stands there, newest first."""
    of_proposal = "handover__project__decision__item__proposal"
    found = Asset.objects.filter(in_group(f"{of_proposal}__menu_item__code", group_code), ward_path=ward_path)
    for one in found.select_related(of_proposal).order_by("-id")[:MOST]:
        proposal = one.handover.project.decision.item.proposal
        address = reverse("portal:journey", args=[one.code])
        yield Earlier("asset", _("Asset"), one.code, one.name, one.place, one.built_on.year, proposal.code, address)
