"""What of voices, needs and proposals is open in a facilitator's places, for whoever comes after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.core.moments import day
from pendamping.facilitators.handover import MOST, OpenWork, inside, register
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Need, Proposal, Voice


@register
def open_voices(account: Account, paths: Sequence[str]) -> Iterable[OpenWork]:
    """Voices nobody has gathered or answered."""
    found = Voice.objects.filter(inside(paths), state=VoiceState.HEARD).select_related("region").order_by("id")
    for one in found[:MOST]:
        address = reverse("needs:voice", args=[one.code])
        title = one.text[:80]
        yield OpenWork(_("Voice waiting"), one.code, title, one.region.label, day(one.heard_at), address)


@register
def open_needs(account: Account, paths: Sequence[str]) -> Iterable[OpenWork]:
    """Needs waiting for a site check or for their proposal."""
    kinds = {NeedState.OPEN: _("Need waiting for a site check"), NeedState.VERIFIED: _("Need without a proposal")}
    found = Need.objects.filter(inside(paths), state__in=list(kinds)).select_related("region").order_by("id")
    for one in found[:MOST]:
        address = reverse("needs:need", args=[one.code])
        kind = kinds[NeedState(one.state)]
        yield OpenWork(kind, one.code, one.title, one.region.label, day(one.created_at), address)


@register
def open_proposals(account: Account, paths: Sequence[str]) -> Iterable[OpenWork]:
    """Proposals being written or sent back for repair."""
    states = [ProposalState.DRAFT, ProposalState.RETURNED]
    found = Proposal.objects.filter(inside(paths), state__in=states).select_related("region").order_by("id")
    for one in found[:MOST]:
        address = reverse("needs:proposal", args=[one.code])
        since = day(one.created_at)
        yield OpenWork(_("Proposal to finish"), one.code, one.title, one.region.label, since, address)
