"""The working life of a facilitator: selected in the open, appointed, assigned, logged, evaluated, paid."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils import timezone


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
        post_migrate.connect(_seed, sender=self, dispatch_uid="facilitators.seeds")


def _seed(using: str, **_: object) -> None:
    """A new installation knows a code of ethics and rules of evaluation; a city's own versions are left as they are."""
    seed_code = import_module("pendamping.facilitators.ethics_text").seed_code
    seed_rules = import_module("pendamping.facilitators.evaluation_rules").seed_rules

    if using == "default":
        seed_code(timezone.now())
        seed_rules(timezone.now())
