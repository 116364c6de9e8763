"""Reminders of refreshers: once of each kind, by e-mail, sent by the worker."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from pendamping.core.moments import day
from pendamping.training import certificate_letters
from pendamping.training.models import Certificate, Reminder
from pendamping.training.queries import certificates as queries
from pendamping.training.rules import certificates as rules


def remind_due(at: datetime) -> int:
    """Send what is due today; how many. Part of the daily rounds: asked again it sends nothing twice.

    Whoever has no e-mail address reads it on their own pages.
    """
    due = queries.refreshers(day(at), rules.SOON_DAYS, over_days=rules.OVER_DAYS).exclude(account__email="")
    return sum(_remind(one, at) for one in due)


def _remind(certificate: Certificate, at: datetime) -> bool:
    kind = rules.reminder_due(valid_until=certificate.valid_until or day(at), today=day(at))
    if kind is None or Reminder.objects.filter(certificate=certificate, kind=kind).exists():
        return False
    try:
        with transaction.atomic():
            Reminder.objects.create(certificate=certificate, kind=kind, sent_at=at)
            certificate_letters.send_reminder.enqueue(certificate.pk, kind.value)  # if and only if it is kept as sent
    except IntegrityError:  # another worker was quicker
        return False
    return True
