"""The routers of this app, one per noun."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

routers = [
    import_module(f"{__name__}.{module}").router for module in sorted(found.name for found in iter_modules(__path__))
]
