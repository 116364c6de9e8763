"""Rules of a fiscal year, ceilings and projects."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PlanningConfig(AppConfig):
    name = "pendamping.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the queries, where measures say how they are counted again."""
        from importlib import import_module

        import_module(f"{self.name}.queries")
        import_module(f"{self.name}.earlier_works")
        import_module(f"{self.name}.holds")
        post_migrate.connect(_seed, sender=self, dispatch_uid="planning.sub_activities")


def _seed(using: str, **_: object) -> None:
    """A new installation knows the national budget lines; those edited since stay as they are."""
    from pendamping.planning.seeds import seed_sub_activities

    if using == "default":
        seed_sub_activities()
