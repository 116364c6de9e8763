"""`pendamping training remind` sends reminders of refreshers; `… rotate-key` makes a new key that signs credentials."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from pendamping.training.services import refreshers
from pendamping.training.services.signing_keys import rotate_signing_key


class Command(BaseCommand):
    """Reminders are also sent by the worker's rounds; a second time sends nothing."""

    help = "Remind people of refreshers, or change the key that signs credentials."

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="what", required=True)
        parts.add_parser("remind", help="send the reminders that are due today")
        parts.add_parser("rotate-key", help="sign with a new key; what was signed before stays verifiable")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        now = timezone.now()
        if what == "remind":
            self.stdout.write(f"{refreshers.remind_due(now)} reminders")
        else:
            self.stdout.write(f"key {rotate_signing_key(by=None, at=now).number} signs from now on")
