"""E-mail to those expected at a session, sent by the worker: nothing of it lies in the queue but numbers."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
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
