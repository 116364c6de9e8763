"""Django's SQLite backend whose transactions queue on a kernel file lock.

SQLite's own waiting sleeps and tries again, for up to 100 ms a time and in no order: a writer that came late may pass
one that waits for a second. The kernel wakes those who wait on a file lock the moment it is free, and frees it when its
holder dies. Everything else is Django's: the lock only decides who may say BEGIN, so a writer that passes it by (a bare
statement outside `atomic()`) is still right, only slower.
"""

from __future__ import annotations

import os
import weakref
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from pendamping.core.sqlitelock.filesystems import network_filesystem
from pendamping.core.sqlitelock.writelock import WriteLock, supported

DEFAULT_WAIT = 5.0  # seconds, as sqlite3.connect


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite, one writer at a time, first come first served; `vendor` stays "sqlite"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._write_lock: WriteLock | None = None
        _living.add(self)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; refuse a file on a network, where neither WAL nor file locks hold."""
        if not self.is_in_memory_db():
            kind = network_filesystem(self.settings_dict["NAME"])
            if kind:
                raise ImproperlyConfigured(
                    f"The SQLite file {self.settings_dict['NAME']} is on a network file system ({kind}), where it can "
                    "be corrupted. Put PENDAMPING_DATA on a local disk, or use PostgreSQL (set DATABASE_URL)."
                )
        return super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self) -> None:
        self._stand_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        finally:
            self._leave_when_over()

    def _commit(self) -> Any:
        # A COMMIT that fails may leave the transaction open: the lock stays until Django has rolled it back.
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._leave_when_over()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_when_over()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            if self._write_lock is not None:
                self._write_lock.close()
                self._write_lock = None

    def _stand_in_line(self) -> None:
        if self.is_in_memory_db() or not supported():
            return
        if self._write_lock is None:
            self._write_lock = WriteLock(f"{self.settings_dict['NAME']}.writelock")
        wait = float(self.settings_dict["OPTIONS"].get("timeout", DEFAULT_WAIT))
        if not self._write_lock.acquire(wait):
            raise OperationalError(f"database is locked: another transaction has been writing for {wait:g} seconds")

    def _leave_when_over(self) -> None:
        if self._write_lock is not None and not (self.connection is not None and self.connection.in_transaction):
            self._write_lock.release()

    def _forget_after_fork(self) -> None:
        """In the child: a connection is its parent's, and closing it here would disturb the parent's file.

        A child born inside a transaction cannot use the database until it has left that block, as after close().
        """
        self._write_lock = None
        if self.connection is None or self.is_in_memory_db():
            return
        _parents_connections.append(self.connection)
        self.run_on_commit = []
        if self.in_atomic_block:
            self.closed_in_transaction = True
            self.needs_rollback = True
        self.connection = None


_living: weakref.WeakSet[DatabaseWrapper] = weakref.WeakSet()
_parents_connections: list[Any] = []  # kept, so that they are never closed from here


def _after_fork() -> None:
    for wrapper in list(_living):
        wrapper._forget_after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
