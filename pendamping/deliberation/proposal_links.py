"""The way from the page of a proposal to its technical check."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access.scope import Scope
from pendamping.core.pieces import Act
from pendamping.deliberation.queries.checks import standing_results
from pendamping.deliberation.rules.checks import is_checkable
from pendamping.needs.beyond import register
from pendamping.needs.models import Proposal


@register
def check_links(scope: Scope, proposal: Proposal) -> Iterable[Act]:
    """The technical checks of a proposal; shown from its submission on. One query."""
    if is_checkable(state=proposal.state) or standing_results([proposal.pk]):
        yield Act(_("Technical check"), reverse("deliberation:checks", args=[proposal.code]))
