"""What must be in place before the first page: translations, tables, static files and, if asked, a demo city."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pendamping.core.messages import ensure_compiled

SIGN_INS = "demo-sign-ins.txt"  # written by the demo command, shown at every start of the demo
UNUSED = ("htmx-4*", "htmax-*", "htmx-2.js", "ext", "leaflet-src*")  # variants that no page asks for
MIGRATION_LOCK = 7_305_202_607  # any number, the same on every machine


def everything(*, say: Callable[[str], None]) -> None:
    """Bring the data folder up to date; doing it again costs next to nothing."""
    translations()
    import django

    django.setup()
    with _one_at_a_time():
        half_a_demo(say=say)
        tables(say=say)
        static_files(say=say)
        demo(say=say)
    from django.db import connections

    connections.close_all()  # the children open their own


def translations() -> None:
    """Compile what changed, before Django reads it."""
    ensure_compiled()


def tables(*, say: Callable[[str], None]) -> None:
    """Migrate when something is waiting."""
    from django.core.management import call_command

    if pending_migrations():
        say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)


def pending_migrations() -> list[str]:
    """Migrations that this code has and the database has not, as app.name."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def static_files(*, say: Callable[[str], None]) -> None:
    """Collect, hash and compress when a source file changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    say("Preparing styles and scripts …")
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=list(UNUSED))
    stamp.write_text(now)


def _fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    import pendamping

    seen = hashlib.sha256(pendamping.__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            seen.update(f"{path}:{storage.size(path)}:".encode())
            seen.update(hashlib.sha256(Path(storage.path(path)).read_bytes()).digest())
    return seen.hexdigest()


def demo(*, say: Callable[[str], None]) -> None:
    """With PENDAMPING_DEMO=1, fill a database that holds nobody yet."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    if not demo_wanted() or get_user_model()._default_manager.exists():
        return
    say("\nMembuat kota contoh; semua orang di dalamnya rekaan …")
    begun = _begun_demo()
    begun.touch()
    call_command("demo", verbosity=0)
    begun.unlink()


def half_a_demo(*, say: Callable[[str], None]) -> None:
    """A demo that was interrupted while it was made is thrown away, so that it is made anew; nothing else ever is."""
    from django.conf import settings
    from django.db import connection

    if not demo_wanted() or not _begun_demo().exists() or connection.vendor != "sqlite":
        return
    say("Kota contoh belum selesai dibuat; dibuat lagi dari awal …")
    connection.close()
    database = Path(str(connection.settings_dict["NAME"]))
    for path in (database, *(database.with_name(database.name + tail) for tail in ("-wal", "-shm"))):
        path.unlink(missing_ok=True)
    for folder in ("photos", "documents", "files"):
        shutil.rmtree(Path(settings.DATA_DIR) / folder, ignore_errors=True)
    _begun_demo().unlink()


def _begun_demo() -> Path:
    from django.conf import settings

    return Path(settings.DATA_DIR) / ".demo-begun"


def demo_wanted() -> bool:
    return os.environ.get("PENDAMPING_DEMO", "").lower() in ("1", "true", "yes", "on")


def demo_sign_ins() -> list[str]:
    """How to sign in to the demo, as the demo command wrote it down."""
    from django.conf import settings

    path = Path(settings.DATA_DIR) / SIGN_INS
    return path.read_text("utf-8").splitlines() if demo_wanted() and path.exists() else []


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Several machines that start at once on one PostgreSQL prepare it one after the other."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
