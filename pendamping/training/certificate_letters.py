"""E-mail about certificates, sent by the worker; the queue holds keys, never an address."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_tasks import task

from pendamping.core import formats
from pendamping.training.enums.certificates import CertificateState, ReminderKind
from pendamping.training.queries.certificates import certificates
from pendamping.training.rules.languages import in_language


@task()
def send_reminder(certificate: int, kind: str) -> None:
    """Remind somebody of a refresher; nothing is sent when the certificate was replaced meanwhile."""
    found = certificates().filter(pk=certificate, state=CertificateState.VALID).first()
    if found is None or not found.account.email or not found.account.is_active:
        return
    with override("id"):
        course = in_language(found.version.course.title, get_language() or "id")
        said = _("has ended on") if kind == ReminderKind.OVER else _("ends on")
        body = _(
            "Your certificate “%(course)s” (%(code)s) %(said)s %(day)s.\n\n"
            "Some acts in the field ask for it. See what to do here: %(door)s"
        ) % {
            "course": course, "code": found.code, "said": said, "day": formats.day(found.valid_until),
            "door": settings.SITE_URL.rstrip("/") + reverse("training:my_certificates"),
        }  # fmt: skip
        subject = _("Your certificate %(code)s") % {"code": found.code}
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [found.account.email])
