"""Pendamping: a resident's voice followed until an asset stands, and the facilitators who carry it."""

__version__ = "0.1.0"
