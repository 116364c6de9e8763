"""What the public sees."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "pendamping.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Letters to those who follow tell what happened in the sentences of this floor."""
        from pendamping.needs.queries import news  # models are there only now
        from pendamping.portal.queries.news import told

        news.told_by(told)
