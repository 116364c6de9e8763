"""Training: what is taught, learned, practised and proved."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "pendamping.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the queries, where measures say how they are counted again, and the kinds of import; follow people."""
        for room in ("queries", "importers"):
            package = import_module(f"{self.name}.{room}")
            for module in iter_modules(package.__path__):
                import_module(f"{package.__name__}.{module.name}")
        import_module(f"{self.name}.services.enrolments").listen()
