"""What is read of needs."""

from __future__ import annotations

from pendamping.core import counters
from pendamping.needs.models import Need
from pendamping.needs.queries.proposals import live_proposals
from pendamping.needs.rules import needs as rules

counters.recounts_states("need.state", Need)


def living(need: Need) -> list[rules.Living]:
    """The live proposals of a need as facts for its answer."""
    return [rules.Living(code, state) for code, state in live_proposals(need).values_list("code", "state")]
