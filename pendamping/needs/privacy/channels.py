"""What is kept about people: doors and gateways."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Visit.note": Personal(
        "masked",
        "what a visit showed",
        "public duty: UU 25/2009, UU 14/2008",
        "as long as the journey",
        "officials of the place",
    ),
    "GatewayMessage.text": Personal(
        "masked",
        "what came through the gateway",
        "public duty: UU 25/2009, UU 14/2008",
        "until it is a voice, at most 12 months",
        "the secretariat",
    ),
}

PLAIN = frozenset(
    {
        "Visit.groups",
        "GatewayMessage.gateway",
        "GatewayMessage.number",
        "GatewayMessage.refused_reason",
    }
)
