"""Who may do what, where and until when."""

from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "pendamping.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear what the sign-in library does."""
        import_module(f"{self.name}.signals")
