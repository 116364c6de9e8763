"""What later steps offer on the page of a proposal: apps above register their links, which this one cannot know.

An app declares in a module imported when it starts:

    @register
    def check_links(scope, proposal): yield Act(…)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pendamping.access.scope import Scope
from pendamping.core.pieces import Act
from pendamping.needs.models import Proposal

Giver = Callable[[Scope, Proposal], Iterable[Act]]
_givers: dict[str, Giver] = {}


def register(giver: Giver) -> Giver:
    """Declare a function that gives the acts of a later step about a proposal, for somebody with this scope."""
    _givers[f"{giver.__module__}.{giver.__qualname__}"] = giver
    return giver


def acts_beyond(scope: Scope, proposal: Proposal) -> list[Act]:
    """All acts that later steps offer here, step by step."""
    return [act for _name, give in sorted(_givers.items()) for act in give(scope, proposal)]
