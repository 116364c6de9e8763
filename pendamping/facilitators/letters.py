"""E-mail to applicants, sent by the worker; on its way through the database each letter is sealed with their key."""

from __future__ import annotations

import base64
import json

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from pendamping.core.personal.crypt import decrypt, encrypt
from pendamping.facilitators import keys
from pendamping.facilitators.models import Application
from pendamping.facilitators.queries.applications import identity

FIELD = "letter"


@task()
def send_letter(application: int, sealed: str) -> None:
    """Send one letter; nothing is sent when the applicant was forgotten meanwhile."""
    found = Application.objects.filter(pk=application).first()
    if found is None or found.subject_key is None:
        return
    words = json.loads(decrypt(base64.b64decode(sealed), subject_key=bytes(found.subject_key), field=FIELD))
    send_mail(words["subject"], words["body"], settings.DEFAULT_FROM_EMAIL, [words["to"]])


def send_key(application: Application, key: str) -> None:
    """Code and key, and the link that proves the mailbox is theirs."""
    address = identity(application)["email"]
    if not address:
        return
    with override("id"):
        body = _(
            "You have begun an application in the selection “%(round)s”.\n\nCode: %(code)s\nKey: %(key)s\n\n"
            "With both you come back to it here: %(door)s\nKeep the key to yourself.\n\n%(proof)s"
        ) % {
            "round": application.round.title, "code": application.code, "key": key,
            "door": _site(reverse("facilitators:applicant_sign_in")), "proof": _proof(application, address),
        }  # fmt: skip
        _queue(application, address, _("Your application %(code)s") % {"code": application.code}, body)


def send_proof(application: Application) -> None:
    """The code and the link that prove the mailbox is theirs."""
    address = identity(application)["email"]
    if not address:
        return
    with override("id"):
        subject = _("Confirm your e-mail for %(code)s") % {"code": application.code}
        _queue(application, address, subject, _proof(application, address))


def send_news(application: Application, news: str, **facts: object) -> None:
    """Something about the application has changed, with `facts` in its words; the rest they read behind their key."""
    address = identity(application)["email"]
    if not address:
        return
    with override("id"):
        body = _("%(news)s\n\nRead it with your code %(code)s and your key: %(door)s") % {
            "news": _(news) % facts,
            "code": application.code,
            "door": _site(reverse("facilitators:applicant_sign_in")),
        }
        _queue(application, address, _("News about your application %(code)s") % {"code": application.code}, body)


def _proof(application: Application, address: str) -> str:
    path = reverse("facilitators:applicant_mail_link", args=[application.code, keys.mail_token(application, address)])
    return _("Confirm that this is your mailbox: open %(link)s or type the code %(digits)s on the page.") % {
        "link": _site(path),
        "digits": keys.mail_code(application, address),
    }


def _site(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path


def _queue(application: Application, address: str, subject: str, body: str) -> None:
    """Kept in the transaction of the act: a letter goes out if and only if the act stands."""
    if application.subject_key is None:
        return
    text = json.dumps({"to": address, "subject": subject, "body": body})
    sealed = encrypt(text, subject_key=bytes(application.subject_key), field=FIELD)
    send_letter.enqueue(application.pk, base64.b64encode(sealed).decode())
