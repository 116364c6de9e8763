"""Reads of the public pages: a whole journey, a ward, the city, lists, search."""

from pendamping.portal.queries.chain import Chain, journey

__all__ = ["Chain", "journey"]
