"""What a mail server says of an address is kept nowhere; what is set by variables is what SMTP is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from traceback import format_exception
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

from pendamping.core import mail

ANI = "ani@contoh.id"


def refused(code: int, words: bytes) -> Exception:
    return SMTPRecipientsRefused({ANI: (code, words)})


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (refused(550, b"5.1.1 <ani@contoh.id>: User unknown"), mail.NoMailbox),
        (refused(450, b"4.2.0 <ani@contoh.id>: greylisted"), mail.NotSent),
        (refused(554, b"5.7.1 <ani@contoh.id>: Relay access denied"), mail.NotSent),
        (SMTPDataError(552, b"too much for ani@contoh.id"), mail.NotSent),
        (SMTPServerDisconnected(f"while {ANI}"), mail.NotSent),
        (ValueError(f"Invalid address; {ANI}"), mail.NotSent),
    ],
)
def test_an_error_of_the_server_is_told_without_the_address(
    monkeypatch: pytest.MonkeyPatch, problem: Exception, kind: type[Exception]
) -> None:
    def fails(*_: Any) -> int:
        raise problem

    monkeypatch.setattr(smtp.EmailBackend, "send_messages", fails)
    with pytest.raises(mail.NotSent) as caught:
        EmailMessage("Kabar", "Isi", "kami@contoh.id", [ANI], connection=mail.Backend()).send()
    assert type(caught.value) is kind
    assert "ani" not in "".join(format_exception(caught.value)).replace(__file__, "")


def configured(folder: Path, **variables: str) -> list[str]:
    code = (
        "from pendamping.config import settings as s; print(s.EMAIL_BACKEND.split('.')[-2], s.EMAIL_PORT,"
        " s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.EMAIL_FILE_PATH.name)"
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith(("EMAIL_", "PENDAMPING_"))}
    env |= {"PENDAMPING_DATA": str(folder), **variables}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    return done.stdout.split() if done.returncode == 0 else ["broken"]


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "dummy 25 False False letters"),
        ({"PENDAMPING_DEMO": "1"}, "filebased 25 False False letters"),
        ({"EMAIL_HOST": "surat"}, "mail 25 False False letters"),
        ({"EMAIL_HOST": "surat", "EMAIL_TLS": "starttls", "EMAIL_USER": "a", "EMAIL_PASSWORD": "b"},
         "mail 587 True False a b letters"),
        ({"EMAIL_HOST": "surat", "EMAIL_TLS": "tls", "PENDAMPING_DEMO": "1"}, "mail 465 False True letters"),
        ({"EMAIL_HOST": "surat", "EMAIL_TLS": "tls", "EMAIL_PORT": "2465"}, "mail 2465 False True letters"),
        ({"EMAIL_HOST": "surat", "EMAIL_TLS": "ssl", "EMAIL_PORT": "465"}, "broken"),
    ],
)  # fmt: skip
def test_what_is_set_by_variables(tmp_path: Path, variables: dict[str, str], said: str) -> None:
    assert configured(tmp_path, **variables) == said.split()


def test_mail_goes_unless_it_goes_nowhere(settings: Any) -> None:
    assert mail.goes()
    settings.EMAIL_BACKEND = mail.NOWHERE
    assert not mail.goes()
