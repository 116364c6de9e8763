"""The tree of places."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "pendamping.regions"
    label = "regions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make this app's kinds of import known."""
        from importlib import import_module

        import_module(f"{self.name}.importers")
