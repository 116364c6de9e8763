"""Messages of the phone (WhatsApp, SMS, Telegram) behind one interface; docs/gateway.md says how to connect one."""

from __future__ import annotations

from django.conf import settings

from pendamping.needs.gateways.incoming import Gateway, Incoming
from pendamping.needs.gateways.relay import Relay

__all__ = ["Gateway", "Incoming", "address", "find", "replace", "send"]

_replaced: dict[str, Gateway] = {}


def replace(gateway: Gateway | None, name: str = "relay") -> None:
    """Use another one of this name, as a test or a city's own software does; None: the usual one again."""
    _replaced.pop(name, None)
    if gateway is not None:
        _replaced[name] = gateway


def find(name: str) -> Gateway | None:
    """The gateway of a name; None when this site has none."""
    if name in _replaced:
        return _replaced[name]
    is_ours = name == Relay.name and settings.GATEWAY_URL
    return Relay(settings.GATEWAY_URL, settings.GATEWAY_KEY) if is_ours else None


def address(gateway: str, sender: str) -> str:
    """How a sender is kept: with the gateway through which they wrote."""
    return f"{gateway}:{sender}"


def send(kept: str, text: str) -> None:
    """Send to an address as it is kept; raises when there is no gateway, or it did not go out."""
    name, _colon, sender = kept.partition(":")
    gateway = find(name)
    if gateway is None:
        raise LookupError(f"no gateway {name}")
    gateway.send(sender, text)
