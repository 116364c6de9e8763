"""Meetings and their decisions."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils import timezone


class DeliberationConfig(AppConfig):
    name = "pendamping.deliberation"
    label = "deliberation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the queries, where measures say how they are counted again."""
        queries = import_module(f"{self.name}.queries")
        for module in iter_modules(queries.__path__):
            import_module(f"{queries.__name__}.{module.name}")
        import_module("pendamping.core.rounds").register(import_module(f"{self.name}.services.rolls").forget_names)
        import_module(f"{self.name}.handover")
        import_module(f"{self.name}.indicators")
        import_module(f"{self.name}.price_files")
        import_module(f"{self.name}.proposal_links")
        post_migrate.connect(_seed, sender=self, dispatch_uid="deliberation.check_rules")
        from pendamping.core import rounds
        from pendamping.deliberation.services import forgetting, poll_clock  # models are there only now

        rounds.register(forgetting.drop_names)
        rounds.register(poll_clock.tell_clocks)


def _seed(using: str, **_: object) -> None:
    """A new installation has first bounds for technical checks; those edited since stay as they are."""
    from pendamping.deliberation.check_defaults import seed_check_rules

    if using == "default":
        seed_check_rules(timezone.now())
