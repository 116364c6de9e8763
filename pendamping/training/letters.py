<<<<<<< HEAD
"""E-mail about certificates, sent by the worker; the queue holds keys, never an address."""
=======
"""E-mail to those expected at a session, sent by the worker: nothing of it lies in the queue but numbers."""
>>>>>>> aaaa4a3c787c379ae08deafe6bc6ef9f37e58dd1

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
<<<<<<< HEAD
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
=======
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from django_tasks import task

from pendamping.core import formats
from pendamping.training.models import Place, Session

EXPECTED, MOVED, CANCELLED = "expected", "moved", "cancelled"

NEWS = {
    EXPECTED: gettext_noop("You are expected at “%(title)s”: %(when)s, %(place)s."),
    MOVED: gettext_noop("“%(title)s” was moved. It is now: %(when)s, %(place)s. Reason: %(reason)s"),
    CANCELLED: gettext_noop("“%(title)s” of %(when)s, %(place)s, is cancelled. Reason: %(reason)s"),
}


@task()
def send_news(place: int, news: str, sequence: int) -> None:
    """One letter to one person; none when the place was given up or the session has changed again meanwhile."""
    found = Place.objects.select_related("session", "enrolment__account").filter(pk=place, given_up_at=None).first()
    if found is None or found.session.sequence != sequence or not found.enrolment.account.email:
        return
    session = found.session
    with override("id"):
        facts = {
            "title": session.title, "when": formats.day(session.starts_at, "jam"), "place": session.place,
            "reason": session.reason,
        }  # fmt: skip
        link = settings.SITE_URL.rstrip("/") + reverse("training:my_session", args=[session.code])
        body = _("%(news)s\n\nAll your sessions: %(link)s") % {"news": _(NEWS[news]) % facts, "link": link}
        subject = _("Session %(code)s: %(title)s") % {"code": session.code, "title": session.title}
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [found.enrolment.account.email])


def tell(place: Place, session: Session, news: str) -> None:
    """Kept in the transaction of the act: a letter goes out if and only if the act stands."""
    send_news.enqueue(place.pk, news, session.sequence)


def tell_expected(session: Session, news: str) -> None:
    """Everybody who has a place and a mailbox."""
    expected = session.places.filter(given_up_at=None).exclude(enrolment__account__email="")
    for place in expected.order_by("row"):
        tell(place, session, news)
>>>>>>> aaaa4a3c787c379ae08deafe6bc6ef9f37e58dd1
