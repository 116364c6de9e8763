"""What the doctor finds, and that it is content when all is well."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from pendamping.core import doctor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def healthy(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A set-up with nothing to mend."""
    tmp_path.chmod(0o700)
    settings.DATA_DIR = tmp_path
    settings.SITE_URL = "https://pendamping.example"
    settings.ALLOWED_HOSTS = ["pendamping.example"]
    settings.PROXY_COUNT = 1
    settings.EMAIL_HOST = "mail.example"
    settings.SECRET_KEY = "s" * 48
    settings.FIELD_KEY = "f" * 48
    settings.DEBUG = False
    settings.GALLERY = False
    settings.MFA_REQUIRED = settings.HTTPS = True
    for name in doctor.SECRETS:
        monkeypatch.setenv(name, "given")
    monkeypatch.setattr(doctor.prepare, "pending_migrations", list)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: Usage(50_000_000_000))


class Usage:
    def __init__(self, free: int) -> None:
        self.free = free


def whats(question: doctor.Question) -> list[str]:
    return [finding.what for finding in question()]


def test_a_sound_set_up_has_nothing_grave() -> None:
    out = StringIO()
    call_command("doctor", stdout=out)
    assert "FAIL" not in out.getvalue()
    assert out.getvalue().count("  ok  ") == len(doctor.QUESTIONS)


@pytest.mark.parametrize(
    ("setting", "value", "question", "said"),
    [
        ("DEBUG", True, doctor.address, "DEBUG is on"),
        ("ALLOWED_HOSTS", ["pendamping.example", "*"], doctor.address, "Any host name"),
        ("ALLOWED_HOSTS", ["other.example"], doctor.address, "is not answered"),
        ("SITE_URL", "http://pendamping.example", doctor.address, "without encryption"),
        ("PROXY_COUNT", 0, doctor.address, "No proxy"),
        ("GALLERY", True, doctor.address, "gallery of components"),
        ("MFA_REQUIRED", False, doctor.address, "without a second factor"),
        ("SECRET_KEY", "short", doctor.secrets, "PENDAMPING_SECRET_KEY is short"),
        ("PUSH_KEY", "short", doctor.secrets, "PENDAMPING_PUSH_KEY is short"),
        ("FIELD_KEY", "s" * 48, doctor.secrets, "Both secrets are the same"),
        ("TIME_ZONE", "Asia/Bandung", doctor.zone, "is unknown"),
        ("TIME_ZONE", "Europe/Berlin", doctor.zone, "is not Indonesian"),
        ("EMAIL_HOST", "", doctor.mail, "No mail is sent"),
        ("EMAIL_HOST_PASSWORD", "x", doctor.mail, "unencrypted"),
    ],
)
def test_each_mistake_is_named(settings: Any, setting: str, value: Any, question: Any, said: str) -> None:
    assert whats(question) == []
    setattr(settings, setting, value)
    assert [what for what in whats(question) if said in what]


def test_a_grave_finding_ends_with_an_error_and_a_remedy(settings: Any) -> None:
    settings.DEBUG = True
    out = StringIO()
    with pytest.raises(CommandError, match="1 to mend"):
        call_command("doctor", stdout=out)
    assert "-> Turn it off." in out.getvalue()


def test_an_open_folder_and_an_open_secret_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in doctor.SECRETS:
        monkeypatch.delenv(name)
        path = doctor.secret_path(name, tmp_path)
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
        path.chmod(0o644)
    tmp_path.chmod(0o755)
    assert len([what for what in whats(doctor.secrets) if what.startswith("Others can read")]) == len(doctor.SECRETS)
    assert [what for what in whats(doctor.data_folder) if what.startswith("Everybody")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "cannot be written" in whats(doctor.data_folder)[0]


@pytest.mark.parametrize(("free", "grave"), [(100_000_000, True), (1_000_000_000, False)])
def test_little_room_is_a_note_and_no_room_is_grave(monkeypatch: pytest.MonkeyPatch, free: int, grave: bool) -> None:
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: Usage(free))
    assert [finding.grave for finding in doctor.data_folder()] == [grave]


def test_waiting_migrations_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.prepare, "pending_migrations", lambda: ["needs.0002"])
    assert whats(doctor.tables) == ["1 migrations are waiting."]
