"""Projects of a ward about a subject, for the technical check of what is proposed twice."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendamping.deliberation.finished import MOST, Earlier, in_group, register
from pendamping.planning.enums import ProjectState
from pendamping.planning.models import Project


@register
def earlier_projects(ward_path: str, group_code: str) -> Iterable[Earlier]:
    """Projects under way or finished there, newest first."""
    about = in_group("decision__item__proposal__menu_item__code", group_code)
    found = Project.objects.filter(about, ward_path=ward_path).exclude(state=ProjectState.CANCELLED)
    for one in found.select_related("decision__item__proposal").order_by("-id")[:MOST]:
        proposal = one.decision.item.proposal
        address = reverse("portal:journey", args=[one.code])
        yield Earlier(
            "project", _("Project"), one.code, str(one), proposal.place, one.fiscal_year, proposal.code, address
        )
