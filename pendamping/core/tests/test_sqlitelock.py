"""Writers stand in line on a real SQLite file: threads, processes, forks, failures, sudden deaths."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, OperationalError, connections, transaction

from pendamping.core.databases import sqlite
from pendamping.core.sqlitelock import base
from pendamping.core.sqlitelock.filesystems import filesystem
from pendamping.core.sqlitelock.writelock import WriteLock, supported

pytestmark = pytest.mark.skipif(not supported(), reason="no kernel file locks here")

FILE = "file"

PREAMBLE = """
import os, sys, time
from pathlib import Path
from pendamping.core.engine import use_safe_sqlite
use_safe_sqlite()
import django
from django.conf import settings
from pendamping.core.databases import sqlite
settings.configure(DATABASES={"default": sqlite(Path(sys.argv[1]))}, USE_TZ=True)
django.setup()
from django.db import connection, transaction

def read():
    with connection.cursor() as cursor:
        return cursor.execute("SELECT value FROM tally").fetchone()[0]

def add_one():
    with transaction.atomic():
        value = read()
        time.sleep(0.0005)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE tally SET value = %s", [value + 1])

"""


def process(path: Path, code: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": ""}
    return subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + code, str(path)], env=environment, stdout=subprocess.PIPE, text=True
    )


@pytest.fixture
def path(tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A file with one number in it, reachable as the database "file"."""
    path = tmp_path / "tally.sqlite3"
    connections.settings[FILE] = connections.configure_settings({"default": {}, FILE: sqlite(path)})[FILE]
    with django_db_blocker.unblock():
        execute("CREATE TABLE tally (value integer NOT NULL)")
        execute("INSERT INTO tally VALUES (0)")
        yield path
        connections[FILE].close()
    del connections[FILE]
    del connections.settings[FILE]


def execute(sql: str, parameters: Any = None) -> Any:
    with connections[FILE].cursor() as cursor:
        return cursor.execute(sql, parameters).fetchone()


def value() -> int:
    return int(execute("SELECT value FROM tally")[0])


def add_one() -> None:
    with transaction.atomic(using=FILE):
        seen = value()
        time.sleep(0.0005)
        execute("UPDATE tally SET value = %s", [seen + 1])


def in_thread(work: Callable[[], Any]) -> Any:
    """Run something on a connection of its own, and hand back what it returned or raised."""
    answer: list[Any] = []

    def run() -> None:
        try:
            answer.append(work())
        except BaseException as error:
            answer.append(error)
        finally:
            connections[FILE].close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    return answer[0]


def is_free(path: Path) -> bool:
    lock = WriteLock(f"{path}.writelock")
    free = lock.acquire(0)
    lock.close()
    return free


def test_the_file_is_as_durable_as_we_promise(path: Path) -> None:
    assert connections[FILE].vendor == "sqlite"
    assert execute("PRAGMA journal_mode")[0] == "wal"
    assert execute("PRAGMA synchronous")[0] == 2  # FULL
    assert execute("PRAGMA foreign_keys")[0] == 1
    assert execute("PRAGMA mmap_size")[0] == 0


def test_no_update_is_lost_between_threads_and_processes(path: Path) -> None:
    errors: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(50):
                add_one()
        except BaseException as error:
            errors.append(error)
        finally:
            connections[FILE].close()

    others = [process(path, "for _ in range(50): add_one()") for _ in range(2)]
    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        other.communicate(timeout=60)
    assert [other.returncode for other in others] == [0, 0]
    assert errors == []
    assert value() == 8 * 50


def test_waiting_ends_with_an_error_after_the_time_out(path: Path) -> None:
    connections.settings[FILE]["OPTIONS"]["timeout"] = 0.2
    with transaction.atomic(using=FILE):
        start = time.monotonic()
        error = in_thread(add_one)
        waited = time.monotonic() - start
        execute("UPDATE tally SET value = 7")
    assert isinstance(error, OperationalError)
    assert "database is locked" in str(error)
    assert 0.2 <= waited < 2
    assert in_thread(add_one) is None
    assert value() == 8


def test_the_place_of_one_who_gave_up_does_not_block_the_line(path: Path) -> None:
    holder, hasty, patient = (WriteLock(f"{path}.writelock") for _ in range(3))
    assert holder.acquire(0)
    assert not hasty.acquire(0.05)
    assert not patient.acquire(0)
    holder.release()
    assert patient.acquire(5)
    assert not hasty.acquire(0.05)
    patient.release()
    assert hasty.acquire(5)
    hasty.close()
    holder.close()
    patient.close()


def test_a_nested_block_keeps_the_lock_to_the_end_of_the_outer_one(path: Path) -> None:
    with transaction.atomic(using=FILE):
        with transaction.atomic(using=FILE):
            execute("UPDATE tally SET value = 1")
        assert not is_free(path)
        with pytest.raises(ZeroDivisionError), transaction.atomic(using=FILE):
            execute("UPDATE tally SET value = 2")
            raise ZeroDivisionError
        assert not is_free(path)
    assert is_free(path)
    assert value() == 1


def test_an_exception_frees_the_lock(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(using=FILE):
        execute("UPDATE tally SET value = 2")
        raise ZeroDivisionError
    assert is_free(path)
    assert value() == 0


def test_closing_inside_a_transaction_frees_the_lock(path: Path) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(using=FILE):
        connections[FILE].close()
        assert is_free(path)
        execute("SELECT 1")
    add_one()
    assert value() == 1


def test_a_failing_commit_rolls_back_then_frees_the_lock(path: Path) -> None:
    execute("CREATE TABLE parent (id integer PRIMARY KEY)")
    execute("CREATE TABLE child (parent integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(IntegrityError), transaction.atomic(using=FILE):
        execute("INSERT INTO child VALUES (99)")  # noticed only by COMMIT, which leaves the transaction open
    assert is_free(path)
    assert not connections[FILE].connection.in_transaction
    assert execute("SELECT count(*) FROM child")[0] == 0
    add_one()
    assert value() == 1


def test_the_lock_is_held_while_a_failed_commit_is_still_open(path: Path) -> None:
    execute("CREATE TABLE parent (id integer PRIMARY KEY)")
    execute("CREATE TABLE child (parent integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
    connection = connections[FILE]
    connection.ensure_connection()
    connection._start_transaction_under_autocommit()
    execute("INSERT INTO child VALUES (99)")
    with pytest.raises(IntegrityError):
        connection._commit()
    assert not is_free(path)
    connection._rollback()
    assert is_free(path)


def test_a_begin_that_fails_frees_the_lock(path: Path) -> None:
    connections.settings[FILE]["OPTIONS"]["timeout"] = 0.1
    connections[FILE].close()
    with connections[FILE].cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")  # as a tool from outside would say it, past our line
        error = in_thread(add_one)
        assert isinstance(error, OperationalError)
        assert is_free(path)
        cursor.execute("ROLLBACK")


def test_a_child_shares_neither_lock_nor_connection(path: Path) -> None:
    forked = process(
        path,
        """
read()
with transaction.atomic():
    add = connection.cursor().execute("UPDATE tally SET value = 5")
    child = os.fork()
    if child == 0:
        try:
            connection.cursor()
        except Exception as error:
            print(type(error).__name__, flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    from pendamping.core.sqlitelock.writelock import WriteLock
    print(WriteLock(sys.argv[1] + ".writelock").acquire(0), flush=True)
child = os.fork()
if child == 0:
    add_one()
    print(read(), flush=True)
    os._exit(0)
os.waitpid(child, 0)
add_one()
print(read())
""",
    )
    out, _ = forked.communicate(timeout=60)
    assert out.split() == ["ProgrammingError", "False", "6", "7"]


def test_a_forked_child_does_not_keep_its_dead_parents_lock(path: Path) -> None:
    parent = process(
        path,
        """
with transaction.atomic():
    read()
    born, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(told, b"!")
        time.sleep(60)
        os._exit(0)
    os.read(born, 1)  # killed sooner, the child would not have got as far as letting go
    print(child, flush=True)
    time.sleep(60)
""",
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    try:
        assert not is_free(path)
        parent.kill()
        parent.wait()
        assert is_free(path)
    finally:
        os.kill(child, signal.SIGKILL)
        parent.stdout.close()


def test_a_killed_writer_holds_nobody_up(path: Path) -> None:
    writer = process(
        path,
        """
with transaction.atomic():
    connection.cursor().execute("UPDATE tally SET value = 99")
    print("writing", flush=True)
    time.sleep(60)
""",
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    waiting: list[Any] = []
    thread = threading.Thread(target=lambda: waiting.append(in_thread(add_one)))
    thread.start()
    time.sleep(0.1)
    assert waiting == []
    writer.kill()
    thread.join(10)
    writer.communicate()
    assert waiting == [None]
    assert value() == 1


def test_a_database_in_memory_needs_no_line(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        alone = base.DatabaseWrapper(
            {**connections.configure_settings({"default": {}})["default"], "NAME": ":memory:"}, "memory"
        )
        alone.ensure_connection()
        alone._start_transaction_under_autocommit()
        assert alone._write_lock is None
        alone._rollback()
        alone.connection.close()


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/data", "ext4"),
        ("/srv/share", "nfs4"),
        ("/srv/share/deep/er", "nfs4"),
        ("/srv/shared", "ext4"),
        ("/mnt/my disk/x", "cifs"),
        ("/mnt/phone", "fuse.sshfs"),
    ],
)
def test_the_deepest_mount_names_the_file_system(folder: str, kind: str) -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n"
        "nas:/x /srv/share nfs4 rw 0 0\n"
        "//nas/y /mnt/my\\040disk cifs rw 0 0\n"
        "me@host: /mnt/phone fuse.sshfs rw 0 0\n"
    )
    assert filesystem(folder, mounts) == kind


def test_a_file_on_the_network_is_refused_with_what_to_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connections[FILE].close()
    monkeypatch.setattr(base, "network_filesystem", lambda name: "nfs4")
    with pytest.raises(ImproperlyConfigured, match=r"network file system \(nfs4\).*local disk"):
        connections[FILE].ensure_connection()
