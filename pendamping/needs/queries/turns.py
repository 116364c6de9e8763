"""Whose turn it is: as which office somebody acts on a voice, and the voices that wait for them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from pendamping.access.scope import Holding, Scope
from pendamping.access.verbs import Verb
from pendamping.core.counters import after
from pendamping.needs.enums.conversations import Turn
from pendamping.needs.models import Voice
from pendamping.regions.models import WIDTHS


def turn_of(scope: Scope, place: Any) -> Turn:
    """As which office somebody answers voices of a place: by the nearest role that may."""
    path = place if isinstance(place, str) else place.region_path
    reach = [one for one in scope.holdings if Verb.VOICE_ANSWER in one.role.verbs and path.startswith(one.path)]
    return _turn(max(reach, key=lambda one: len(one.path))) if reach else Turn.FACILITATOR


def _turn(holding: Holding) -> Turn:
    if holding.role.is_facilitator:
        return Turn.FACILITATOR
    by_width = {WIDTHS["city"]: Turn.CITY, WIDTHS["district"]: Turn.DISTRICT}
    return by_width.get(len(holding.path), Turn.WARD)


def my_turn(scope: Scope) -> Q:
    """The voices whose next step is this person's, by every role of theirs that may answer."""
    wanted = Q(pk__in=[])
    for holding in scope.holdings:
        if Verb.VOICE_ANSWER in holding.role.verbs:
            place = Q(region_path__gte=holding.path, region_path__lt=after(holding.path))
            wanted |= place & Q(turn=_turn(holding))
    return wanted


def listed(scope: Scope, view: str) -> QuerySet[Voice]:
    """The voices of a working list: of all places somebody reads, or in the view "mine" those whose turn is theirs."""
    voices: QuerySet[Voice] = scope.narrow(Voice.objects.all(), Verb.RECORD_SEE)
    return voices.filter(my_turn(scope)) if view == "mine" else voices
