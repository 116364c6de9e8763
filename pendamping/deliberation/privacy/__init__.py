"""What this app keeps about people, and why (the record of processing), one file per noun."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from pendamping.core.personal.register import Personal

_parts = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
PERSONAL: dict[str, Personal] = {name: entry for part in _parts for name, entry in part.PERSONAL.items()}
PLAIN: frozenset[str] = frozenset().union(*(part.PLAIN for part in _parts))
