"""Meetings and their decisions."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    name = "pendamping.deliberation"
    label = "deliberation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the queries, where measures say how they are counted again."""
        queries = import_module(f"{self.name}.queries")
        for module in iter_modules(queries.__path__):
            import_module(f"{queries.__name__}.{module.name}")
        import_module(f"{self.name}.handover")
        import_module(f"{self.name}.indicators")
