"""Voices, needs and proposals."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils import timezone


class NeedsConfig(AppConfig):
    name = "pendamping.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the queries, where measures say how they are counted again, and the kinds of import."""
        package = import_module(f"{self.name}.queries")
        for module in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")
        import_module(f"{self.name}.importers")
        import_module(f"{self.name}.category_lists")
        import_module(f"{self.name}.meeting_lists")
        import_module(f"{self.name}.holiday_list")
        import_module(f"{self.name}.handover")
        import_module(f"{self.name}.indicators")
        import_module(f"{self.name}.training_errors")
        from pendamping.core import rounds
        from pendamping.needs import letters, search_index, webpush
        from pendamping.needs.enums.contacts import ContactKind
        from pendamping.needs.gateway_replies import carry
        from pendamping.needs.services import clock, exports, gateway, retention  # models are there only now

        for one in (clock.escalate_due, exports.tidy, letters.go_round, gateway.let_go, retention.tidy):
            rounds.register(one)
        letters.carried_by(ContactKind.GATEWAY, carry)
        letters.carried_by(ContactKind.PUSH, webpush.send)
        post_migrate.connect(_seed, sender=self, dispatch_uid="needs.menu")
        post_migrate.connect(search_index.keep, sender=self, dispatch_uid="needs.search")


def _seed(using: str, **_: object) -> None:
    """A new installation knows the menu of the law, categories, the days of its clock and first criteria.

    What was ended or edited since stays as it is.
    """
    from pendamping.needs.categories import seed_categories
    from pendamping.needs.clock_defaults import seed_clock
    from pendamping.needs.criteria import seed_criteria
    from pendamping.needs.menu import seed_menu

    if using == "default":
        seed_menu(timezone.now())
        seed_categories(timezone.now())
        seed_clock(timezone.now())
        seed_criteria(timezone.now())
