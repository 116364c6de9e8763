"""The working life of a facilitator: selected in the open, appointed, assigned, logged, evaluated, paid."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class FacilitatorsConfig(AppConfig):
    name = "pendamping.facilitators"
    label = "facilitators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the queries, where measures say how they are counted again, and the kinds of import."""
        for room in ("queries", "importers"):
            package = import_module(f"{self.name}.{room}")
            for module in iter_modules(package.__path__):
                import_module(f"{package.__name__}.{module.name}")
