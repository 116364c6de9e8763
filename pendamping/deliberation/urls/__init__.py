"""Addresses of this app: working pages under kerja/musyawarah/, one file per noun."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

app_name = "deliberation"
urlpatterns = [
    pattern
    for module in sorted(found.name for found in iter_modules(__path__))
    for pattern in import_module(f"{__name__}.{module}").urlpatterns
]
