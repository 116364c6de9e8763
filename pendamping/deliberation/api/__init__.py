"""The routers of this app, one per noun."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

routers = [
    import_module(f"{__name__}.{found.name}").router
    for found in sorted(iter_modules(__path__))
    if not found.name.startswith("_")
]
