"""What is set up wrongly, and how to mend it: one small question each, asked of the running settings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from pendamping.core import prepare
from pendamping.core.engine import is_affected
from pendamping.core.messages import stale
from pendamping.core.secrets import secret_path
from pendamping.core.sqlitelock.filesystems import network_filesystem

OLDEST_POSTGRESQL = 150000
LITTLE_SPACE, NO_SPACE = 2_000_000_000, 200_000_000  # bytes: a month of photos; a night's journal
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
SECRETS = {
    "PENDAMPING_SECRET_KEY": "SECRET_KEY",
    "PENDAMPING_FIELD_KEY": "FIELD_KEY",
    "PENDAMPING_PUSH_KEY": "PUSH_KEY",
    "PENDAMPING_GATEWAY_KEY": "GATEWAY_KEY",
}
SHORTEST_SECRET = 32
HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or could be better (`grave` is False)."""

    what: str
    mend: str
    grave: bool = True


Question = Callable[[], Iterator[Finding]]


def examine() -> Iterator[tuple[str, list[Finding]]]:
    """Ask every question; a name and what was found, nothing when all is well."""
    for name, question in QUESTIONS.items():
        yield name, list(question())


def engine() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding(f"The database does not answer: {error}", "Check DATABASE_URL and that the server runs.")
        return
    if connection.vendor == "sqlite":
        yield from _sqlite()
    elif connection.pg_version < OLDEST_POSTGRESQL:  # type: ignore[attr-defined]
        yield Finding("PostgreSQL is older than 15.", "Upgrade the server to 15 or newer.")


def _sqlite() -> Iterator[Finding]:
    version = connection.Database.sqlite_version_info  # type: ignore[attr-defined]
    if is_affected(version):
        yield Finding(f"SQLite {'.'.join(map(str, version))} can corrupt its file.", "pip install 'pysqlite3>=0.6.1'")
    with connection.cursor() as cursor:
        if cursor.execute("PRAGMA synchronous").fetchone()[0] < 2:
            yield Finding(
                "A power cut may lose the last acknowledged reports (synchronous=NORMAL).",
                "Remove PENDAMPING_SQLITE_SYNCHRONOUS unless that is what you want.",
                grave=False,
            )


def data_folder() -> Iterator[Finding]:
    folder = Path(settings.DATA_DIR)
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(
            f"The data folder {folder} cannot be written.", "Give it to the user who runs Pendamping (chown)."
        )
        return
    if folder.stat().st_mode & 0o007:
        yield Finding(f"Everybody on this machine can read {folder}.", f"chmod o-rwx {folder}", grave=False)
    kind = network_filesystem(folder / "x")
    if kind and connection.vendor == "sqlite":
        yield Finding(f"The data folder is on a network ({kind}).", "Use a local disk, or PostgreSQL (DATABASE_URL).")
    free = shutil.disk_usage(folder).free
    if free < LITTLE_SPACE:
        yield Finding(f"Only {free // 1_000_000} MB are free.", "Make room or move PENDAMPING_DATA.", free < NO_SPACE)


def secrets() -> Iterator[Finding]:
    for name, setting in SECRETS.items():
        path = secret_path(name, Path(settings.DATA_DIR))
        if len(getattr(settings, setting)) < SHORTEST_SECRET:
            yield Finding(
                f"{name} is short.", "Let Pendamping make one (unset it), or use 32 random characters or more."
            )
        if not os.environ.get(name) and path.stat().st_mode & 0o077:
            yield Finding(f"Others can read {path}.", f"chmod 600 {path}")
    if settings.SECRET_KEY == settings.FIELD_KEY:
        yield Finding(
            "Both secrets are the same.", "Give PENDAMPING_FIELD_KEY a value of its own before people register."
        )


def address() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding("DEBUG is on: errors show code and settings to strangers.", "Turn it off.")
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding("Any host name is accepted.", "Name yours in PENDAMPING_HOSTS.")
    if prepare.demo_wanted() or not settings.MFA_REQUIRED:
        yield Finding(
            "Officials sign in without a second factor" + (", and the demo is on." if prepare.demo_wanted() else "."),
            "For a real city unset PENDAMPING_DEMO and PENDAMPING_REQUIRE_MFA.",
            grave=settings.HTTPS,
        )
    if settings.GALLERY:
        yield Finding("The gallery of components is open to everyone.", "Unset PENDAMPING_GALLERY.", grave=False)
    site = urlsplit(settings.SITE_URL)
    if site.hostname not in settings.ALLOWED_HOSTS and f"[{site.hostname}]" not in settings.ALLOWED_HOSTS:
        yield Finding(f"{settings.SITE_URL} is not answered.", f"Add {site.hostname} to PENDAMPING_HOSTS.")
    if site.scheme != "https" and site.hostname not in HERE:
        yield Finding("People would sign in without encryption.", "Set PENDAMPING_URL to an https:// address.")
    if site.scheme == "https" and not settings.PROXY_COUNT:
        yield Finding(
            "No proxy is declared, so everybody seems to come from the same address.",
            "Set PENDAMPING_PROXIES to the number of proxies in front (usually 1).",
        )


def tables() -> Iterator[Finding]:
    waiting = prepare.pending_migrations()
    if waiting:
        yield Finding(f"{len(waiting)} migrations are waiting.", "pendamping migrate (pendamping run does it too)")


def translations() -> Iterator[Finding]:
    if waiting := stale():
        yield Finding(
            f"{len(waiting)} catalogues are not compiled.", "python -m tools.messages compile, or start again"
        )


def zone() -> Iterator[Finding]:
    try:
        ZoneInfo(settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        yield Finding(f"The time zone {settings.TIME_ZONE} is unknown.", f"Set PENDAMPING_ZONE to {', '.join(ZONES)}.")
        return
    if settings.TIME_ZONE not in ZONES:
        yield Finding(f"{settings.TIME_ZONE} is not Indonesian.", f"Set PENDAMPING_ZONE: {', '.join(ZONES)}.", False)


def mail() -> Iterator[Finding]:
    if not settings.EMAIL_HOST:
        yield Finding(
            "No mail is sent: residents are not offered it, and notices of a changed password reach nobody.",
            "Set EMAIL_HOST.",
            grave=False,
        )
    elif settings.EMAIL_HOST_PASSWORD and settings.EMAIL_TLS == "none" and settings.EMAIL_HOST not in HERE:
        yield Finding("The password of the mail server travels unencrypted.", "Set EMAIL_TLS to starttls or tls.")


def background() -> Iterator[Finding]:
    from django_tasks_db.models import DBTaskResult

    late = timezone.now() - timedelta(minutes=10)
    try:
        waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=late).count()
    except DatabaseError:  # no tables yet: told by another question
        return
    if waiting:
        yield Finding(f"{waiting} tasks wait for more than ten minutes.", "Start a worker: pendamping worker")


QUESTIONS: dict[str, Question] = {
    "Database engine": engine,
    "Data folder": data_folder,
    "Secrets": secrets,
    "Address and hosts": address,
    "Tables": tables,
    "Translations": translations,
    "Time zone": zone,
    "Mail": mail,
    "Background work": background,
}
