"""E-mail about certificates, sent by the worker; the queue holds keys, never an address."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from pendamping.core import formats
from pendamping.training.certificate_shown import course_as_issued
from pendamping.training.enums.certificates import CertificateState, ReminderKind
from pendamping.training.queries.certificates import certificates


@task()
def send_reminder(certificate: int, kind: str) -> None:
    """Remind somebody of a refresher; nothing is sent when the certificate was replaced meanwhile."""
    found = certificates().filter(pk=certificate, state=CertificateState.VALID).first()
    if found is None or not found.account.email or not found.account.is_active:
        return
    with override("id"):
        said = _("has ended on") if kind == ReminderKind.OVER else _("ends on")
        body = _(
            "Your certificate “%(course)s” (%(code)s) %(said)s %(day)s.\n\n"
            "Some acts in the field ask for it. See what to do here: %(door)s"
        ) % {
            "course": course_as_issued(found, "id"), "code": found.code, "said": said,
            "day": formats.day(found.valid_until),
            "door": settings.SITE_URL.rstrip("/") + reverse("training:my_certificates"),
        }  # fmt: skip
        subject = _("Your certificate %(code)s") % {"code": found.code}
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [found.account.email])


@task()
def send_news(certificate: int) -> None:
    """Tell somebody that their certificate is there, or is revoked and why; as it stands when the letter leaves.

    One that was replaced meanwhile sends nothing: its successor has a letter of its own.
    """
    found = certificates().filter(pk=certificate).exclude(state=CertificateState.SUPERSEDED).first()
    if found is None or not found.account.email or not found.account.is_active:
        return
    with override("id"):
        told = {
            "course": course_as_issued(found, "id"), "code": found.code, "reason": found.reason,
            "door": settings.SITE_URL.rstrip("/") + reverse("training:my_certificates"),
        }  # fmt: skip
        if found.state == CertificateState.REVOKED:
            subject = _("Your certificate %(code)s is revoked")
            body = _(
                "Your certificate “%(course)s” (%(code)s) is revoked. Reason: %(reason)s\n\n"
                "If that is not right, ask the programme secretariat. Your certificates: %(door)s"
            )
        else:
            subject = _("Your certificate %(code)s is ready")
            body = _(
                "Your certificate “%(course)s” (%(code)s) is ready. Download it, or show its code to whoever wants to "
                "check it: %(door)s"
            )
        send_mail(subject % told, body % told, settings.DEFAULT_FROM_EMAIL, [found.account.email])
