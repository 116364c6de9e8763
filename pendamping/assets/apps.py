"""Handover, asset, inspection, fault."""

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "pendamping.assets"
    label = "assets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the queries, where measures say how they are counted again."""
        from importlib import import_module

        import_module(f"{self.name}.queries")
        import_module(f"{self.name}.earlier_works")
        import_module(f"{self.name}.handover")
        import_module(f"{self.name}.indicators")
        import_module(f"{self.name}.training_errors")
