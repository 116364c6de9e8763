"""Training: what is taught, learned, practised and proved."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "pendamping.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the queries and the kinds of import; tell the floors below what training adds to them."""
        for room in ("queries", "importers"):
            package = import_module(f"{self.name}.{room}")
            for module in iter_modules(package.__path__):
                import_module(f"{package.__name__}.{module.name}")
        from pendamping.access import gates  # models and services are there only now
        from pendamping.core import rounds
        from pendamping.core.documents import views as documents
        from pendamping.training import gate_told
        from pendamping.training.services import batches, enrolments, refreshers
        from pendamping.training.views.public_certificates import address_by_code

        gates.register(gate_told.begin)
        rounds.register(refreshers.remind_due)
        rounds.register(batches.go_on_with_stuck)
        documents.register(address_by_code)
        enrolments.listen()
