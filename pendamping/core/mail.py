"""Letters leave through here: what a mail server says of an address stands in no log and in no failed task."""

from __future__ import annotations

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


class NotSent(OSError):
    """Something did not go out; its words name the kind of trouble, never an address (id: surat tidak terkirim)."""


class NoMailbox(NotSent):
    """The server does not take letters for this mailbox (id: kotak surat menolak)."""


class Backend(smtp.EmailBackend):
    """SMTP whose errors are ours: those of the library quote the address."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        try:
            return super().send_messages(email_messages)
        except Exception as problem:  # also what the library says of an address that it cannot write
            raise trouble(problem) from None


def trouble(problem: Exception) -> NotSent:
    """An error without its words: raise it `from None`, or the trace of the other is kept with it."""
    if isinstance(problem, NotSent):
        return problem
    if isinstance(problem, SMTPRecipientsRefused):
        answers = list(problem.recipients.values())
        kind = NoMailbox if answers and all(_is_of_mailbox(*answer) for answer in answers) else NotSent
        return kind(f"refused {' '.join(str(code) for code, _words in answers)}")
    code = f" {problem.smtp_code}" if isinstance(problem, SMTPResponseException) else ""
    return NotSent(type(problem).__name__ + code)


def _is_of_mailbox(code: int, words: Any) -> bool:
    """For good, and not because of us: 5.7 is said to a sender who may not send (RFC 3463)."""
    said = words if isinstance(words, bytes) else str(words).encode()
    return 500 <= code < 600 and b"5.7." not in said


def goes() -> bool:
    """Does this installation send mail? Without a server nothing goes out, and no page offers it."""
    return bool(settings.EMAIL_BACKEND != NOWHERE)
