"""Meetings and their decisions."""

from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    name = "pendamping.deliberation"
    label = "deliberation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the queries, where measures say how they are counted again."""
        from importlib import import_module

        import_module(f"{self.name}.queries")
        import_module(f"{self.name}.handover")
        import_module(f"{self.name}.indicators")
